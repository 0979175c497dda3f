#!/usr/bin/env node
// How fast a page is, in headless Chromium: one CSV line a figure, as tools/bench prints them. Nothing else should run beside it.
// usage: bench_page.mjs   says on standard error what is missing, and measures nothing then
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {BERLIN, closeBrowser, hecto, openPage, whatIsMissing} from '../web/tests/harness.mjs';
import {bySound, clickOn, firstPicture, gunApart_ms, listenIn, pick, seek, soundReady, stands, watchShown}
    from '../web/tests/playing.mjs';

const N_OPENED = 5, N_GUN = 5, N_CHANGE = 15, LISTENED_MS = 12000;
const LADDER = {720: '0', 540: '1', 360: '2'}; // steps of the player's sizes: web/src/player/quality.js

const quantile = (list, share) => [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(share * list.length))];
const say = (job, unit, value) => console.log(`${job},${unit},${value.toFixed(1)}`);

/** Open the page, use it, close it. @param {(page) => Promise} use */
async function withPage(file, use, opts = {}) {
    const closing = [], t = {after: (fn) => closing.push(fn)};
    try {
        return await use(await openPage(t, file, opts));
    } finally {
        for (const fn of closing)
            await fn();
    }
}

/** Milliseconds from the navigation to the first paint, which has the poster and the result, and to the first drawing that the
 *  page makes. */
const opened_ms = (file) => withPage(file, async (page) => {
    await firstPicture(page);
    return page.evaluate(() => ['first-contentful-paint', 'hm-first-picture'].map((name) =>
        performance.getEntriesByName(name)[0].startTime));
});

/** What the panel tells of each picture as it is shown, played for some seconds: by how much it is behind its sound, how long its
 *  drawing took. */
const played = (page) => page.evaluate((way_ms) => new Promise((done) => {
    const cell = (name) => document.querySelector(`[data-cell=${name}]`).textContent;
    const behind_ms = [], drawn_ms = [], end_ms = performance.now() + way_ms;
    let before = cell('frame');
    const look = (now_ms) => {
        if (cell('frame') !== before && cell('offset') !== '–') {
            behind_ms.push(parseFloat(cell('offset')));
            drawn_ms.push(parseFloat(cell('draw')));
        }
        before = cell('frame');
        if (now_ms < end_ms)
            requestAnimationFrame(look);
        else
            done({behind_ms, drawn_ms});
    };
    requestAnimationFrame(look);
}), LISTENED_MS);

/** Drawings of each size while it plays, and how far they are behind their sound. */
async function benchPlayer(file) {
    for (const [lines, step] of Object.entries(LADDER))
        await withPage(file, async (page) => {
            await firstPicture(page);
            await soundReady(page);
            await clickOn(page, 'panel');
            await pick(page, 'size', step);
            await stands(page);
            await clickOn(page, 'play');
            await bySound(page);
            const {behind_ms, drawn_ms} = await played(page);
            say(`page_${lines}p_draw`, 'ms', quantile(drawn_ms, 0.5));
            say(`page_${lines}p_rate`, 'drawings_per_s', 1000 * drawn_ms.length / LISTENED_MS);
            say(`page_${lines}p_behind_sound_median`, 'ms', quantile(behind_ms, 0.5));
            say(`page_${lines}p_behind_sound_95`, 'ms', quantile(behind_ms, 0.95));
        });
}

const benchGun = (file) => withPage(file, async (page) => {
    await soundReady(page);
    await watchShown(page);
    await clickOn(page, 'panel');
    await pick(page, 'size', LADDER[360]);
    const apart_ms = [];
    for (let k = 0; k < N_GUN; k++)
        apart_ms.push(await gunApart_ms(page));
    say('page_gun_seen_after_heard_median', 'ms', quantile(apart_ms, 0.5));
    say('page_gun_seen_after_heard_most', 'ms', Math.max(...apart_ms));
}, {init: listenIn});

const benchWhatIf = (file) => withPage(file, async (page) => {
    await firstPicture(page);
    await seek(page, 15);
    await stands(page);
    const panel = page.locator('#hm-explain-whatif'), took_ms = [];
    for (let k = 0; k < N_CHANGE; k++) {
        await panel.evaluate((node) => { delete node.dataset.ms; });
        await page.locator('[data-slider=wind_mps]').press('ArrowRight');
        await page.waitForSelector('#hm-explain-whatif[data-ms]');
        took_ms.push(Number(await panel.getAttribute('data-ms')));
    }
    say('page_what_if', 'ms', quantile(took_ms, 0.5));
});

const missing = whatIsMissing();
if (missing) {
    console.error(`the page is not measured: ${missing}`);
    process.exit(0);
}
const folder = mkdtempSync(path.join(tmpdir(), 'hecto-bench-'));
try {
    const file = path.join(folder, 'berlin.html');
    hecto('page', BERLIN, '-o', file);
    const opened = [];
    for (let k = 0; k < N_OPENED; k++)
        opened.push(await opened_ms(file));
    ['page_first_paint', 'page_first_drawing'].forEach((job, i) => say(job, 'ms', quantile(opened.map((ms) => ms[i]), 0.5)));
    await benchPlayer(file);
    await benchGun(file);
    await benchWhatIf(file);
} finally {
    await closeBrowser();
    rmSync(folder, {recursive: true, force: true});
}
