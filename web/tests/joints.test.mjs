// Joints of a track, corrected by hand in the marking page.
import assert from 'node:assert/strict';
import {readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {hecto, openPage, picture, scratch, whatIsMissing} from './harness.mjs';
import {film, marking, onScreen, save, status} from './marking.mjs';

const skip = whatIsMissing() || false;

const LEGS = ['hip', 'knee', 'ankle', 'heel', 'toe'];

/** A runner whose legs swing; in images 21 to 26 the sides are the wrong way round and doubtful. */
function trackText() {
    const rows = ['time_s,person,lane,point,x_px,y_px,sigma_px,source,note'];
    for (let i = 0; i < 60; i++) {
        const swing = Math.sin(i / 4),
            x = 120 + 5 * i,
            wrong = i >= 20 && i < 26;
        for (const [side, sign] of [
            ['l', 1],
            ['r', -1],
        ]) {
            const a = swing * sign * (wrong ? -1 : 1);
            const at = {
                shoulder: [x, 140],
                elbow: [x - 10, 165],
                wrist: [x, 180],
                hip: [x + 2 * sign, 195],
                knee: [x + 14 * a, 228],
                ankle: [x + 18 * a - 6, 262],
                heel: [x + 18 * a - 12, 268],
                toe: [x + 18 * a + 6, 272],
            };
            for (const [word, [u, v]] of Object.entries(at))
                rows.push(
                    [
                        (i / 240).toFixed(6),
                        1,
                        4,
                        `${word}_${side}`,
                        u.toFixed(3),
                        v.toFixed(3),
                        2.5,
                        'net',
                        wrong && LEGS.includes(word) ? 'ambiguous' : '',
                    ].join()
                );
        }
    }
    return rows.join('\n') + '\n';
}

test(
    'joints are moved and sides exchanged; the saved track is one that hecto reads',
    {skip},
    async (t) => {
        const folder = scratch(t),
            truth = film(),
            file = path.join(folder, 'track.csv');
        writeFileSync(file, trackText());
        const page = await openPage(
            t,
            marking(folder, 'mark.html', truth.clip, '--marks', truth.truth, '--track', file)
        );
        await page.getByRole('button', {name: 'Doubtful ▶'}).click();
        assert.match(await status(page), /left and right could not be told apart/);
        assert.match(
            await page.locator('[id=mk-panel-tracks] .mk-hint[role=status]').innerText(),
            /image 21 of 60, 0\.083 s/
        );
        await page.getByLabel('From image').fill('21');
        await page.getByLabel('to image').fill('26');
        await page.getByRole('button', {name: 'Swap legs'}).click();
        await page.getByRole('button', {name: 'Doubtful ▶'}).click();
        assert.match(await status(page), /No doubtful image is left/);
        const knee = await page.evaluate(() => {
            const tool = document.querySelector('#hm-mark').markPage.tools.tracks;
            return tool.at(0, tool.f, tool.words.indexOf('knee_l'));
        });
        const at = await onScreen(page, 'tracks', knee.x_px, knee.y_px);
        await page.mouse.move(...at);
        await page.mouse.down();
        await page.mouse.move(at[0] + 6, at[1] + 6);
        await page.mouse.move(at[0] + 24, at[1] + 12);
        await picture(page, 'mark-tracks', {fullPage: true});
        await page.mouse.up();
        await page.keyboard.press('ArrowUp');
        const saved = path.join(folder, 'saved.csv');
        writeFileSync(saved, await save(page, 'Save track'));
        const rows = readFileSync(saved, 'utf8')
            .split('\n')
            .filter((row) => /,hand,/.test(row + ','));
        assert.equal(
            rows.length,
            6 * 10,
            'ten points of the legs in six images; the knee is one of them'
        );
        const was = Object.fromEntries(
            trackText()
                .split('\n')
                .map((row) => row.split(','))
                .map((c) => [`${c[0]} ${c[3]}`, c])
        );
        const toe = rows
            .map((row) => row.split(','))
            .find((c) => c[0] === (22 / 240).toFixed(6) && c[3] === 'toe_l');
        assert.equal(
            (+toe[4]).toFixed(3),
            was[`${(22 / 240).toFixed(6)} toe_r`][4],
            'left has what right had'
        );
        assert.ok(Number.isFinite(parseFloat(toe[6])), 'and metres, from the marks');
        // hecto reads it: too short to hold steps, so it says that and not that the file is wrong
        let told = '';
        try {
            told = hecto('measure', saved, '--steps', '--marks', truth.truth);
        } catch (error) {
            told = error.stderr;
        }
        assert.doesNotMatch(told, /saved\.csv:\d/);
        writeFileSync(path.join(folder, 'hand.csv'), await save(page, 'Save corrections only'));
        assert.match(
            readFileSync(path.join(folder, 'hand.csv'), 'utf8'),
            /^time_s,person,lane,point,x_px,y_px,sigma_px,source\n0\.083333,1,,hip_l,/
        );
    }
);
