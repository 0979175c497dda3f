// What the page carries is what was put in, to the last bit, and small.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {gzipSync} from 'node:zlib';
import {fillCurves} from '../src/curves.js';
import {bytesOfBase85, unpack} from '../src/pack.js';
import {BERLIN, base85, blockOf, hecto, scratch, whatIsMissing} from './harness.mjs';

const skip = (whatIsMissing() || '').startsWith('hecto') ? whatIsMissing() : false;
const SCHOOL = 'data/races/school-100m-by-age.csv';

test('a race comes out of its page with every number as it went in', {skip}, (t) => {
    const folder = scratch(t), page = path.join(folder, 'r.html'), file = path.join(folder, 'r');
    for (const sheet of [BERLIN, SCHOOL, 'data/races/joggers-100m.csv']) {
        hecto('page', sheet, '-q', '-o', page);
        hecto('race', sheet, '-q', '-o', file);
        const html = readFileSync(page, 'utf8'), {race} = JSON.parse(blockOf(html, 'data'));
        assert.ok(race.lanes.every((lane) => lane.curve.x_m.length === 0));
        fillCurves(race, blockOf(html, 'curves'));
        assert.deepEqual(race, JSON.parse(readFileSync(file, 'utf8')));
    }
});

test('the longest race with music is 1.5 MB', {skip}, (t) => {
    const page = path.join(scratch(t), 'r.html');
    hecto('page', SCHOOL, '-q', '--look', 'rain', '-o', page);
    const html = readFileSync(page);
    t.diagnostic(`${html.length} bytes`);
    assert.ok(html.length < 1.6e6, `${html.length} bytes`);
});

test('letters that do not belong into a block are refused, space around it is not', async () => {
    const text = base85(gzipSync('abc'));
    assert.equal(new TextDecoder().decode(await unpack(` \n${text}\n`)), 'abc');
    for (const wrong of ['a<', '<a', 'aé', 'a b'])
        assert.throws(() => bytesOfBase85(wrong), /base 85/);
});
