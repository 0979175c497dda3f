// What the tests of the marking page share: a clip whose truth is known, a page on it, its files.
import {existsSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {after} from 'node:test';
import {BERLIN, closeBrowser, hecto} from './harness.mjs';

const own = mkdtempSync(path.join(tmpdir(), 'hecto-mark-'));
after(async () => {
    rmSync(own, {recursive: true, force: true});
    await closeBrowser();
});

export const POINTS_X_M = [95, 100],
    POINTS_Y_M = [0, 4.88, 8.54];

/** A clip of the finish whose truth is known, some tenths of a second of it. */
export function film() {
    const clip = path.join(own, 'finish.mp4'),
        truth = path.join(own, 'truth.json');
    if (!existsSync(clip))
        hecto(
            'film',
            BERLIN,
            '--camera',
            'phone',
            '--size',
            '640x360',
            '--from',
            '9.48',
            '--to',
            '9.82',
            '--truth',
            truth,
            '-o',
            clip,
            '-q'
        );
    return {
        clip,
        truth,
        marks: JSON.parse(readFileSync(truth, 'utf8')).marks,
        lanes: JSON.parse(readFileSync(truth, 'utf8')).lanes,
    };
}

export function marking(folder, name, ...args) {
    const file = path.join(folder, name);
    hecto('page', '--marking', ...args, '-o', file);
    return file;
}

export async function openFiles(page, ...files) {
    await page.locator('input[type=file]').setInputFiles(files);
    const last = path.basename(files[files.length - 1]).replace(/[.]/g, '\\.');
    await page.waitForFunction(
        (name) => new RegExp(name).test(document.querySelector('.mk-status').textContent),
        last
    );
}

/** Where a pixel of a tool's picture is on the screen. */
export function onScreen(page, tool, u_px, v_px) {
    return page.evaluate(
        ([name, u, v]) =>
            document.querySelector('#hm-mark').markPage.tools[name].picture.toPage(u, v),
        [tool, u_px, v_px]
    );
}

export async function save(page, name) {
    const waiting = page.waitForEvent('download');
    await page.getByRole('button', {name}).first().click();
    return readFileSync(await (await waiting).path(), 'utf8');
}

export const verdict = (page) => page.locator('.mk-verdict').innerText();
export const status = (page) => page.locator('.mk-status').innerText();

export async function waitVerdict(page, like) {
    await page.waitForFunction(
        (text) => new RegExp(text).test(document.querySelector('.mk-verdict').innerText),
        like
    );
}

/** Click a place in the plan, then its pixel in the picture. */
export async function mark(page, x_m, y_m, u_px, v_px) {
    await page.locator(`.mk-plan circle[data-x="${x_m}"][data-y="${y_m}"]`).click({force: true});
    await page.mouse.click(...(await onScreen(page, 'points', u_px, v_px)));
}

export const onGround = (truth, x_m, y_m) =>
    truth.points.find((p) => p.x_m === x_m && Math.abs(p.y_m - y_m) < 1e-6 && !p.z_m);
