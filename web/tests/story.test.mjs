// A story's page holds what the native program makes: its races to the bit, and the pictures of
// their films to the byte, words and all. In node, with the blocks of the page's file.
// usage: HECTO=build/hecto STORY_RACE=build/tests/story_race node --test web/tests/story.test.mjs
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {existsSync, mkdtempSync, readFileSync, rmSync, statSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {after, before, test} from 'node:test';

import {Engine} from '../src/engine.js';
import {Model} from '../src/life/model.js';
import {storyOf} from '../src/life/replay.js';
import {blockOf, hecto, root} from './harness.mjs';

const RIVALS = 'data/scenarios/rivals.json';
const STORY_RACE = process.env.STORY_RACE || path.join(root, 'build/tests/story_race');
const FPS = 24, BYTES_MOST = 2 * 1024 * 1024;
/** Chapters, the first race, the last, and some between. */
const RACES = ['river', 'inter-high', 'national-final', 0, 41, 97, 150, 213];
/** Seconds into a film: its title, the race, the end. */
const FILMS = [['river', 'elastic', [1]], ['inter-high', 'rotoscope', [2, 12]],
    ['national-final', 'rain', [3]], ['national-final', 'broadcast', [0.5, 22]], [0, 'smear', [1]],
    [150, 'sound', [1.5]], [213, 'broadcast', [14]]];
const made = {};

before(() => {
    made.folder = mkdtempSync(path.join(tmpdir(), 'hecto-story-'));
    made.story = path.join(made.folder, 'story.json');
    made.file = path.join(made.folder, 'story.html');
    hecto('life', RIVALS, '-q', '-o', made.story);
    hecto('page', made.story, '-q', '-o', made.file);
    const html = readFileSync(made.file, 'utf8');
    made.block = (name) => blockOf(html, name);
    made.engine = made.block('engine');
    if (!made.engine)
        return;
    made.data = JSON.parse(made.block('data').toString('utf8'));
    made.model = new Model(made.data.story, 'en');
});
after(() => rmSync(made.folder, {recursive: true, force: true}));

const raceOf = (key) =>
    typeof key === 'number' ? made.model.races[key] : made.model.raceById.get(key);

/** As life/replay.js asks for it. */
function fromEngine(engine, race) {
    return engine.call('story.race', {
        story_text: JSON.stringify(storyOf(made.model, race)),
        seed: made.data.seed,
        index: made.data.races[race.index].index,
    }).race;
}

function fromProgram(race) {
    const file = path.join(made.folder, `race-${race.index}.json`);
    if (!existsSync(file))
        execFileSync(STORY_RACE, [made.story, `${race.index}`, file]);
    return file;
}

const skip = existsSync(STORY_RACE) ? false : 'needs the test program story_race';

test('the page with all its words is small', {skip}, (t) => {
    if (!made.engine)
        return t.skip('built without the engine');
    assert.ok(statSync(made.file).size <= BYTES_MOST, `${statSync(made.file).size} bytes`);
});

for (const key of RACES)
    test(`race ${key}: the engine has the same bits as the program`, {skip}, async (t) => {
        if (!made.engine)
            return t.skip('built without the engine');
        const race = raceOf(key), engine = await Engine.load(made.engine);
        const here = fromEngine(engine, race);
        const there = JSON.parse(readFileSync(fromProgram(race), 'utf8'));
        assert.ok(there.lanes[0].steps.length > 30 && there.lanes[0].curve.x_m.length > 100);
        assert.deepEqual(here, there);
    });

for (const [key, look, at] of FILMS)
    test(`race ${key} as ${look}: pictures have the hash of hecto film`, {skip}, async (t) => {
        if (!made.engine)
            return t.skip('built without the engine');
        const race = raceOf(key), engine = await Engine.load(made.engine, {
            text_measure: () => assert.fail('a word is not recorded'),
            text_draw_box: () => assert.fail('a word is not recorded'),
        });
        engine.setLetters(made.block('letters'));
        engine.open({race: fromEngine(engine, race), look, w_px: 1280, h_px: 720});
        for (const from_s of at) {
            const from = Math.round(from_s * FPS), to_s = from_s + 2 / FPS;
            const {hash} = engine.call('film.hash', {from, to: from + 2});
            const told = hecto('film', fromProgram(race), '--look', look, '--from', `${from_s}`,
                '--to', `${to_s}`, '--hash', '-q');
            assert.equal(`frames 2 hash ${hash}`, told.trim());
        }
    });
