// The marking page: what a person does with mouse and keys is what hecto measure then reads.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {hecto, openPage, picture, scratch, whatIsMissing} from './harness.mjs';
import {
    POINTS_X_M,
    POINTS_Y_M,
    film,
    mark,
    marking,
    onGround,
    onScreen,
    openFiles,
    save,
    status,
    verdict,
    waitVerdict,
} from './marking.mjs';

const skip = whatIsMissing() || false;

test(
    'true points clicked by mouse give the true view, and hecto measures with the saved marks',
    {skip},
    async (t) => {
        const folder = scratch(t),
            truth = film();
        const page = await openPage(t, marking(folder, 'mark.html'));
        await picture(page, 'mark-empty');
        assert.match(await verdict(page), /^0 points/);
        await openFiles(page, truth.clip);
        for (const x_m of POINTS_X_M)
            for (const y_m of POINTS_Y_M) {
                const p = onGround(truth.marks, x_m, y_m);
                await mark(page, x_m, y_m, p.u_px, p.v_px);
            }
        await waitVerdict(page, 'The view fits to 0\\.\\d+ px');
        // every other true point lies where the page draws it
        const off_px = await page.evaluate((points) => {
            const {view} = document.querySelector('#hm-mark').markPage.tools.points.fit;
            return points.map((p) => {
                const at = (r, c) =>
                    view.r[3 * r] * p.x_m +
                    view.r[3 * r + 1] * p.y_m +
                    view.r[3 * r + 2] * (p.z_m || 0) +
                    view.t_m[r];
                return Math.hypot(
                    view.centre_u_px + (view.focal_px * at(0)) / at(2) - p.u_px,
                    view.centre_v_px + (view.focal_px * at(1)) / at(2) - p.v_px
                );
            });
        }, truth.marks.points);
        assert.equal(off_px.length, truth.marks.points.length);
        assert.ok(
            Math.max(...off_px) < 1,
            `the worst point is ${Math.max(...off_px).toFixed(2)} px off`
        );
        await page.mouse.move(...(await onScreen(page, 'points', 330, 200)));
        await picture(page, 'mark-points', {fullPage: true});

        await page.getByText('Lanes, planes, camera, gun').click();
        await page.getByLabel('Finish plane, m').fill('100');
        await page.getByLabel('Finish plane, m').press('Tab');
        for (let lane = 1; lane <= 8; lane++)
            await page.getByRole('button', {name: 'Add a lane'}).click();
        await page.getByLabel('Who runs in lane 4').fill('Usain "<b>" Bolt');
        await page.getByLabel('Who runs in lane 4').press('Tab');
        const saved = path.join(folder, 'saved.json');
        writeFileSync(saved, await save(page, 'Save marks'));
        const file = JSON.parse(readFileSync(saved, 'utf8'));
        assert.deepEqual(
            [file.format, file.clip, file.width_px, file.points.length, file.lanes.length],
            ['hectometre-marks', 'finish.mp4', 640, 6, 8]
        );
        const told = hecto('measure', truth.clip, '--slit', '--marks', saved);
        const bolt = truth.lanes
            .find((l) => l.lane === 4)
            .crossings.find((c) => c.x_m === 100).clip_s;
        const row = told
            .split('\n')
            .find((line) => line.includes('Bolt'))
            .trim()
            .split(/\s{2,}/);
        assert.ok(Math.abs(+row[3] - bolt) < 0.01, `lane 4 at ${row[3]} s, in truth ${bolt}`);

        // what is saved is read back, and saved the same
        const again = await openPage(t, marking(folder, 'again.html', '--marks', saved));
        await waitVerdict(again, 'The view fits');
        assert.equal(await save(again, 'Save marks'), readFileSync(saved, 'utf8'));
    }
);

test(
    'points are nudged, taken back, told wrong ones, refused with the reason',
    {skip},
    async (t) => {
        const folder = scratch(t),
            truth = film();
        const page = await openPage(t, marking(folder, 'mark.html', truth.clip));
        const point = (i) =>
            page.evaluate(
                (k) => ({...document.querySelector('#hm-mark').markPage.store.marks.points[k]}),
                i
            );
        for (const [x_m, y_m] of [
            [95, 0],
            [95, 4.88],
            [95, 8.54],
        ]) {
            const p = onGround(truth.marks, x_m, y_m);
            await mark(page, x_m, y_m, p.u_px, p.v_px);
        }
        await waitVerdict(page, '3 points with a place; 1 more');
        const fourth = onGround(truth.marks, 95, 2.44);
        await mark(page, 95, 2.44, fourth.u_px, fourth.v_px);
        await waitVerdict(page, 'no three are in line');
        await picture(page, 'mark-refused');
        await page.keyboard.press('Control+z');
        await waitVerdict(page, '3 points');
        const p = onGround(truth.marks, 100, 0),
            q = onGround(truth.marks, 100, 8.54);
        await mark(page, 100, 0, p.u_px, p.v_px);
        await mark(page, 100, 8.54, q.u_px, q.v_px);
        await waitVerdict(page, 'The view fits');
        // a point clicked without the plan is taken for the crossing that the view shows there
        const near = onGround(truth.marks, 100, 4.88);
        await page.mouse.click(...(await onScreen(page, 'points', near.u_px + 2, near.v_px - 2)));
        assert.match(await status(page), /Point 6 is 100 m, line of lanes 4 \| 5/);
        const was = await point(5);
        for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowLeft');
        await page.keyboard.press('Shift+ArrowDown');
        const now = await point(5);
        assert.ok(
            Math.abs(now.u_px - was.u_px + 0.5) < 1e-9 && Math.abs(now.v_px - was.v_px - 1) < 1e-9,
            'five tenths left, one down'
        );
        // dragged far off it is called the worst
        const at = await onScreen(page, 'points', now.u_px, now.v_px);
        await page.mouse.move(...at);
        await page.mouse.down();
        await page.mouse.move(at[0] + 20, at[1] + 5);
        await page.mouse.move(at[0] + 40, at[1] + 12);
        await page.mouse.up();
        await waitVerdict(page, 'Worst: point 6');
        await picture(page, 'mark-worst');
        await page.keyboard.press('Delete');
        assert.equal(await page.locator('.mk-table tbody tr').count(), 5);
        await page.keyboard.press('Control+z');
        assert.equal((await point(5)).x_m, 100);
    }
);

test('hashlines are moved by hand, and win in hecto measure', {skip}, async (t) => {
    const folder = scratch(t),
        truth = film();
    const slit = path.join(folder, 'slit.json'),
        saved = path.join(folder, 'saved.json');
    hecto('measure', truth.clip, '--slit', '--marks', truth.truth, '--hashlines', slit);
    // as if the gun had been heard 9 s before the clip
    writeFileSync(
        slit,
        JSON.stringify({...JSON.parse(readFileSync(slit, 'utf8')), from_gun: true, zero_s: -9})
    );
    const page = await openPage(
        t,
        marking(folder, 'mark.html', truth.clip, '--marks', truth.truth, '--slit', slit)
    );
    const found = JSON.parse(readFileSync(slit, 'utf8')).torsos.find((r) => r.lane === 4);
    const row = (lane) => page.locator(`tr[data-lane="${lane}"]`);
    const time = async (lane) => +(await row(lane).locator('td').nth(2).innerText());
    await page.waitForSelector('tr[data-lane="4"]');
    assert.ok(Math.abs((await time(4)) - 9 - found.time_s) < 6e-5);
    const line = await page.evaluate(() => {
        const tool = document.querySelector('#hm-mark').markPage.tools.hashes;
        return [tool.u_px(tool.reading(4).at_s), 200, tool.slit.line_hz, tool.picture.scale];
    });
    const at = await onScreen(page, 'hashes', line[0], line[1]);
    await page.mouse.move(...at);
    await page.mouse.down();
    await page.mouse.move(at[0] + 10, at[1]);
    await page.mouse.move(at[0] + 20, at[1]);
    await picture(page, 'mark-hashes', {fullPage: true});
    await page.mouse.up();
    const moved_s = found.time_s + 20 / line[3] / line[2];
    assert.ok(Math.abs((await time(4)) - 9 - moved_s) < 2e-4, 'twenty pixels of the screen later');
    for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowLeft');
    assert.ok(Math.abs((await time(4)) - 9 - moved_s + 0.003) < 2e-4, 'three thousandths back');
    assert.match(await row(4).innerText(), /by hand/);
    // one that the program did not see gets a line where the click is
    const unseen = JSON.parse(readFileSync(slit, 'utf8')).torsos.find((r) => !r.seen);
    await row(unseen.lane).getByRole('button').first().click();
    await page.mouse.click(...(await onScreen(page, 'hashes', line[0] + 60, line[1])));
    assert.match(await row(unseen.lane).innerText(), /by hand/);

    writeFileSync(saved, await save(page, 'Save marks'));
    const hashes = JSON.parse(readFileSync(saved, 'utf8')).hashes;
    assert.deepEqual(hashes.map((h) => h.lane).sort(), [4, unseen.lane].sort());
    const told = hecto('measure', truth.clip, '--slit', '--marks', saved)
        .split('\n')
        .find((text) => text.includes('Usain Bolt'));
    assert.match(told, /by hand/);
    assert.ok(
        Math.abs(+told.trim().split(/\s{2,}/)[3] - hashes.find((h) => h.lane === 4).time_s) < 6e-5
    );

    const sheet = path.join(folder, 'result.csv'),
        lif = path.join(folder, 'result.lif');
    writeFileSync(sheet, await save(page, 'Save sheet'));
    writeFileSync(lif, await save(page, 'Save .lif'));
    assert.match(
        readFileSync(sheet, 'utf8'),
        new RegExp(`4,Usain Bolt,${(9 + hashes.find((h) => h.lane === 4).time_s).toFixed(3)}`)
    );
    assert.match(hecto('race', sheet), /Usain Bolt/);
    assert.match(readFileSync(lif, 'utf8'), /,4,Usain Bolt|,4,.*Bolt/);
    await row(4).getByRole('button', {name: 'back to what was found'}).click();
    assert.ok(Math.abs((await time(4)) - 9 - found.time_s) < 6e-5);
});

test('files that are broken, foreign or of another size end in a message', {skip}, async (t) => {
    const folder = scratch(t),
        truth = film();
    const put = (name, text) => {
        writeFileSync(path.join(folder, name), text);
        return path.join(folder, name);
    };
    const page = await openPage(t, marking(folder, 'mark.html'));
    const opened = async (file) => {
        await page.locator('input[type=file]').setInputFiles(file);
        await page.waitForFunction(
            (name) => document.querySelector('.mk-status').textContent.includes(name),
            path.basename(file)
        );
        return status(page);
    };
    assert.match(
        await opened(put('film.mp4', 'not a film')),
        /cannot be opened: this browser cannot show/
    );
    assert.match(
        await opened(put('half.json', '{"format": "hectometre-marks", "ver')),
        /cannot be opened/
    );
    assert.match(
        await opened(
            put(
                'lane.json',
                '{"format":"hectometre-marks","version":1,"width_px":9,"height_px":9,' +
                    '"lanes":[{"lane":77}]}'
            )
        ),
        /lane/
    );
    assert.match(
        await opened(put('bad.csv', 'time_s,person,point,x_px,y_px\n0.1,1,tail,1,1\n')),
        /bad\.csv cannot be opened:.*(2|tail)/
    );
    assert.match(
        await opened(put('slit.json', '{"format":"hectometre-slit","version":1}')),
        /slit\.json cannot be opened/
    );
    assert.match(
        await opened(
            put(
                'script.json',
                JSON.stringify({
                    ...truth.marks,
                    format: 'hectometre-marks',
                    version: 1,
                    lanes: [
                        {
                            lane: 1,
                            name: '<img src=x onerror=window.hacked=1>',
                            from_y_m: 0,
                            to_y_m: 1.22,
                        },
                    ],
                })
            )
        ),
        /script\.json is open/
    );
    await page.getByText('Lanes, planes, camera, gun').click();
    assert.equal(
        await page.getByLabel('Who runs in lane 1').inputValue(),
        '<img src=x onerror=window.hacked=1>'
    );
    assert.equal(await page.evaluate(() => window.hacked), undefined);
    const small = put(
        'small.json',
        JSON.stringify({
            ...truth.marks,
            format: 'hectometre-marks',
            version: 1,
            width_px: 320,
            height_px: 180,
        })
    );
    await opened(truth.clip);
    await page.locator('input[type=file]').setInputFiles(small);
    await page.waitForFunction(() =>
        /small\.json/.test(document.querySelector('.mk-status').textContent)
    );
    assert.match(await page.locator('.mk-warning').innerText(), /320 × 180, this one is 640 × 360/);
});

test(
    'a clip that browsers cannot show lies in the page as stills of its own size',
    {skip},
    async (t) => {
        const folder = scratch(t),
            truth = film(),
            foreign = path.join(folder, 'foreign.avi');
        execFileSync('ffmpeg', [
            '-v',
            'error',
            '-y',
            '-i',
            truth.clip,
            '-c:v',
            'mpeg4',
            '-an',
            foreign,
        ]);
        const page = await openPage(t, marking(folder, 'mark.html', foreign, '--stills', '5'));
        assert.match(await status(page), /Still images of foreign\.avi/);
        const source = () =>
            page.evaluate(() => {
                const s = document.querySelector('#hm-mark').markPage.source;
                return [s.n, s.w_px, s.h_px, s.i, s.time_s];
            });
        const first = await source();
        assert.deepEqual(first.slice(0, 4), [5, 640, 360, 0]);
        await page.getByRole('button', {name: 'Next image'}).first().click();
        await page.waitForFunction(
            () => document.querySelector('#hm-mark').markPage.source.i === 1
        );
        assert.ok((await source())[4] > first[4] + 0.02);
    }
);

test('an image is the one of its time', {skip}, async (t) => {
    const folder = scratch(t),
        truth = film();
    for (const [name, args] of [
        ['own.html', [truth.clip]],
        ['opened.html', []],
    ]) {
        const page = await openPage(t, marking(folder, name, ...args));
        if (!args.length) await openFiles(page, truth.clip);
        const seen = [];
        for (const i of [0, 1, 2, 40, 41, 20]) {
            await page.evaluate((k) => document.querySelector('#hm-mark').markPage.showImage(k), i);
            seen.push(
                await page.evaluate(
                    () => document.querySelector('#hm-mark').markPage.source.shown_s
                )
            );
        }
        [0, 1, 2, 40, 41, 20].forEach((i, k) =>
            assert.ok(Math.abs(seen[k] - i / 240) < 1e-3, `${name}: image ${i} at ${seen[k]}`)
        );
    }
});

test(
    'every control has a name, the keyboard reaches all, a phone shows it in Japanese',
    {skip},
    async (t) => {
        const folder = scratch(t),
            truth = film();
        const file = marking(folder, 'ja.html', truth.clip, '--marks', truth.truth, '--lang', 'ja');
        const page = await openPage(t, file, {
            viewport: {width: 390, height: 844},
            hasTouch: true,
            isMobile: true,
            deviceScaleFactor: 2,
        });
        await waitVerdict(page, '見え方が');
        const nameless = await page.evaluate(() =>
            [...document.querySelectorAll('.mk-page :is(button, input, select, canvas, svg)')]
                .filter(
                    (n) =>
                        !(
                            n.getAttribute('aria-label') ||
                            n.textContent.trim() ||
                            (n.labels && [...n.labels].some((l) => l.textContent.trim()))
                        )
                )
                .map((n) => n.outerHTML)
        );
        assert.deepEqual(nameless, []);
        assert.equal(
            await page.evaluate(() => document.documentElement.scrollWidth),
            390,
            'nothing stands beyond the edge'
        );
        await picture(page, 'mark-phone-ja', {fullPage: true});
        // a tap lays a point
        const n = await page.evaluate(
            () => document.querySelector('#hm-mark').markPage.store.marks.points.length
        );
        await page.locator('.mk-canvas').first().scrollIntoViewIfNeeded();
        await page.touchscreen.tap(...(await onScreen(page, 'points', 250, 30)));
        assert.equal(
            await page.evaluate(
                () => document.querySelector('#hm-mark').markPage.store.marks.points.length
            ),
            n + 1
        );
        // tabs by arrow keys
        await page.getByRole('tab', {name: '点'}).focus();
        await page.keyboard.press('ArrowRight');
        assert.equal(
            await page.getByRole('tab', {name: '判定線'}).getAttribute('aria-selected'),
            'true'
        );
        // a place out of the plan by keys alone
        await page.getByRole('tab', {name: '点'}).click();
        await page.locator('.mk-plan').focus();
        await page.keyboard.press('ArrowLeft');
        assert.match(await page.locator('.mk-plan-set output').innerText(), /\d+ m、/);
        assert.ok(existsSync(file));
    }
);
