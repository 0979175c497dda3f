// The engine in node: it draws what the native program draws, and nothing that is sent to it brings
// it down.
// usage: HECTO=build/hecto ENGINE=build/web/engine.wasm node --test web/tests/engine.test.mjs
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {readFileSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {Engine} from '../src/engine.js';

const HECTO = process.env.HECTO || 'build/hecto';
const ENGINE = process.env.ENGINE || 'build/web/engine.wasm';
const SHEET = new URL('../../data/races/2009-berlin-men-100m-final.csv', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'hecto-engine-'));
let race, code, letters = null;

before(() => {
    execFileSync(HECTO, ['race', SHEET, '-q', '-o', join(folder, 'race.json')]);
    race = JSON.parse(readFileSync(join(folder, 'race.json'), 'utf8'));
    if (process.env.RECORD_LETTERS) {
        const file = join(folder, 'letters');
        execFileSync(process.env.RECORD_LETTERS, [join(folder, 'race.json'), file]);
        letters = readFileSync(file);
    }
    code = new WebAssembly.Module(readFileSync(ENGINE));
});
after(() => rmSync(folder, {recursive: true}));

test('a film says its shots, its time and the race time of each drawing', async () => {
    const engine = await Engine.load(code);
    const info = engine.open({race, look: 'broadcast', w_px: 320, h_px: 180});
    assert.equal(info.n_frame, Math.ceil(info.duration_s * 24 - 1e-6));
    assert.equal(info.race_s_at.length, Math.ceil(info.n_frame / info.n_hold));
    assert.equal(info.shots[0].from_s, 0);
    assert.ok(Math.abs(info.shots.at(-1).to_s - info.duration_s) < 1e-9);
    assert.ok(info.captions.some((c) => c.text.includes('Bolt')));
    assert.equal(info.looks.map((l) => l.name).join(),
        'broadcast,elastic,rotoscope,smear,sound,rain');
});

const LOOKS = [['broadcast', 5], ['elastic', 12], ['rotoscope', 9], ['smear', 7], ['sound', 10],
    ['rain', 21]];
for (const [look, from_s] of LOOKS)
    test(`${look}: frames with letters have the hash that hecto film prints`, async (t) => {
        if (!process.env.RECORD_LETTERS)
            return t.skip('needs the test program record_letters');
        const to_s = from_s + 0.25, frame = (s) => Math.round(24 * s);
        const engine = await Engine.load(code);
        engine.setLetters(letters);
        engine.open({race, look, w_px: 1280, h_px: 720});
        const {hash} = engine.call('film.hash', {from: frame(from_s), to: frame(to_s)});
        const native = execFileSync(HECTO, ['film', SHEET, '--look', look, '--from', `${from_s}`,
            '--to', `${to_s}`, '--hash', '-q'], {encoding: 'utf8'});
        assert.equal(`frames 6 hash ${hash}`, native.trim());
    });

test('words of another size than was recorded are there, words nobody recorded keep the film whole',
    async () => {
        const engine = await Engine.load(code);
        const board = {race, look: 'broadcast', w_px: 640, h_px: 360};
        const last = (request) => {
            const info = engine.open(request), shot = info.shots.at(-1);
            return engine.draw((shot.from_s + shot.to_s) / 2).rgba.slice();
        };
        const blank = last(board);
        if (letters)
            engine.setLetters(letters);
        const inked = last(board).filter((v, i) => v !== blank[i]).length;
        assert.ok(!letters || inked > 10000, `${inked} bytes differ`);
        const stranger = structuredClone(race);
        stranger.lanes[0].name = 'Somebody \u3042 Else';
        last({...board, race: stranger});
        assert.throws(() => engine.setLetters(new Uint8Array(40)), /not letters/);
    });

test('skins made ahead are those that a drawing makes when it needs them', async () => {
    const open = async () => {
        const engine = await Engine.load(code);
        const request = {race, look: 'broadcast', w_px: 1280, h_px: 720, overlays: false};
        return {engine, info: engine.open(request)};
    };
    const warmUp = ({engine}) => {
        let n = 0;
        while (!engine.call('film.warm', {}).warm)
            n++;
        return n;
    };
    const warm = await open(), cold = await open();
    const n_all = warmUp(warm);
    assert.equal(n_all, race.lanes.length); // one a runner
    for (const {from_s, to_s} of warm.info.shots) {
        const at_s = (from_s + to_s) / 2, picture = warm.engine.draw(at_s).rgba;
        assert.ok(Buffer.from(picture).equals(Buffer.from(cold.engine.draw(at_s).rgba)));
    }
    const n_left = warmUp(cold);
    assert.ok(n_left < n_all, 'some shot shows somebody from near');
});

test('a picture is opaque, as large as was asked for, and not all one colour', async () => {
    const engine = await Engine.load(code);
    engine.open({race, look: 'broadcast', cut: 'race', w_px: 320, h_px: 180});
    const {rgba, race_t_s} = engine.draw(4.0);
    assert.equal(rgba.length, 320 * 180 * 4);
    assert.ok(rgba.every((v, i) => i % 4 !== 3 || v === 255));
    assert.ok(new Set(new Uint32Array(rgba.slice().buffer)).size > 1000);
    assert.ok(Math.abs(race_t_s - 3.0) < 0.05); // the cut begins a second before the gun
});

test('a film that is opened again, with skins that were kept, has the same frames', async () => {
    const engine = await Engine.load(code);
    const hash = (look) => {
        engine.open({race, look, cut: 'race', w_px: 160, h_px: 90});
        return engine.call('film.hash', {from: 120, to: 124}).hash;
    };
    const first = [hash('broadcast'), hash('elastic')];
    assert.deepEqual([hash('broadcast'), hash('elastic')], first);
});

test('a free camera sees another picture, and the directed one is as it was', async () => {
    const engine = await Engine.load(code);
    engine.open({race, look: 'broadcast', cut: 'race', w_px: 320, h_px: 180});
    const directed = engine.draw(4.0).rgba.slice();
    const camera = {eye_m: [-20, 12, 30], at_m: [0, 1, 25], vfov_deg: 30};
    assert.notDeepEqual(engine.draw(4.0, camera).rgba.slice(), directed);
    assert.deepEqual(engine.draw(4.0).rgba.slice(), directed);
});

test('what is wrong is told and the engine goes on', async () => {
    const engine = await Engine.load(code);
    const refused = (name, request, words) =>
        assert.throws(() => engine.call(name, request), words);
    refused('film.open', {}, /race/);
    refused('film.open', {race: {...race, lanes: []}}, /lanes/);
    refused('film.open', {race: {...race, format: 'x'}}, /format/);
    refused('film.open', {race: {...race, lanes: [{...race.lanes[0], curve: null}]}}, /curve/);
    refused('film.open', {race, look: 'none'}, /no look "none"/);
    refused('film.open', {race, w_px: 1e9}, /w_px/);
    refused('film.open', {race, look: 'elastic', options: {nothing: 1}}, /nothing/);
    refused('film.hash', {from: 0, to: 1}, /no film/);
    refused('nothing', {}, /no call/);
    assert.throws(() => engine.draw(1), /no film/);
    engine.open({race, w_px: 64, h_px: 64});
    assert.throws(() => engine.draw(NaN), /time/);
    assert.equal(engine.draw(1e9).rgba.length, 64 * 64 * 4);
});

test('fifty films one after the other take no more memory than a few', async () => {
    const engine = await Engine.load(code);
    const look = (i) => (i % 2 ? 'broadcast' : 'elastic');
    const open = (i) => engine.open({race, look: look(i), w_px: 128, h_px: 72});
    for (let i = 0; i < 4; i++)
        open(i);
    const bytes = engine.c.memory.buffer.byteLength;
    for (let i = 4; i < 50; i++)
        open(i);
    assert.ok(engine.c.memory.buffer.byteLength - bytes < 1 << 20); // holes, not films
});
