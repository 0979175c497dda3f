// Picture and sound, without a browser: a computer that is played, with drawings that take as long
// as they like.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Context} from '../src/context.js';
import {FilmClock, heardClock} from '../src/player/clock.js';
import {Pump} from '../src/player/pump.js';
import {ScreenBeat} from '../src/player/screen.js';

const DRAWING_S = 1 / 12, BEAT_S = 1 / 60;

/**
 * Play 20 s.
 * @param {() => number} way_s  a drawing takes
 * @param {{resized_s?: number, opens_s?: number}} [more]  when another size is asked for, how long
 *   the workers take to open it
 * @returns pictures as they were seen
 */
async function play(t, way_s, {n_worker = 1, speed = 1, resized_s = Infinity, opens_s = 0} = {}) {
    let now_s = 0, busy = [], opened_s = 0;
    t.mock.method(performance, 'now', () => 1000 * now_s);
    const waiting = [];
    const film = {draw: (film_t_s) => new Promise((done, refuse) =>
        waiting.push({film_t_s, done, refuse}))};
    const seen = [], audio_s = () => now_s - 0.04; // of the loudspeaker
    const clock = new FilmClock(audio_s), screen = new ScreenBeat();
    const pump = new Pump(film, (drawn) => seen.push({film_t_s: drawn.film_t_s,
        behind_s: clock.at(screen.seenIn_s(1000 * now_s)) - drawn.film_t_s}), () => {},
    (error) => assert.fail(error.message));
    pump.n_worker = n_worker;
    pump.reset(DRAWING_S, 10000);
    Object.assign(clock, {duration_s: 1000, speed});
    clock.playFrom(0, audio_s());
    for (let k = 0; k < 20 / BEAT_S; k++, now_s += BEAT_S) {
        for (const job of busy.filter((one) => one.ready_s <= now_s))
            job.done({film_t_s: job.film_t_s, race_t_s: 0, ms: 1});
        busy = busy.filter((one) => one.ready_s > now_s);
        if (resized_s <= now_s && !opened_s) {
            opened_s = now_s + opens_s;
            pump.hold(false);
            for (const job of waiting.splice(0))
                job.refuse(new Error('another film has been opened'));
        }
        if (opened_s && pump.is_held && now_s >= opened_s)
            pump.reset(DRAWING_S, 10000, false);
        for (let turn = 0; turn < 4; turn++)
            await null; // promises
        screen.beat(1000 * now_s);
        pump.run(clock.at(screen.seenIn_s(1000 * now_s)), speed, () => null);
        while (busy.length < n_worker && waiting.length > 0 && !pump.is_held)
            busy.push({...waiting.shift(), ready_s: now_s + way_s()});
    }
    return seen;
}

const quantile = (list, share) => [...list].sort((a, b) => a - b)[Math.floor(share * list.length)];

/** Numbers between 0 and 1 that are the same in each run: Numerical Recipes' generator. */
function makeChance() {
    let x = 1;
    return () => (x = (Math.imul(x, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}

const chance = makeChance();
const CASES = [
    ['drawings in time', () => 0.04, {}, 11.9],
    ['drawings that take nearly all of it', () => 0.075, {}, 10],
    ['drawings that now and then take long', () => (chance() < 0.1 ? 0.3 : 0.05), {}, 6],
    ['two workers, drawings slower than the film', () => 0.14, {n_worker: 2}, 8],
    ['drawings at half the rate of the film', () => 0.17, {}, 3],
    // a late picture is better than none for 0.7 s
    ['a machine that is much too slow', () => 0.3 + 0.15 * chance(), {seldom: 0.85}, 1.2],
    ['twice the speed', () => 0.06, {speed: 2}, 6],
];

for (const [what, way_s, more, least_per_s] of CASES)
    test(`a picture is shown in its own time or not at all: ${what}`, async (t) => {
        const seen = await play(t, way_s, more), behind_s = seen.map((one) => one.behind_s);
        const rate = seen.length / 20;
        t.diagnostic(`${rate.toFixed(1)} a second, behind by ${[0.5, 0.95, 1 - 1e-9].map((share) =>
            Math.round(1000 * quantile(behind_s, share)))} ms`);
        assert.ok(Math.min(...behind_s) > -1e-6, `${Math.min(...behind_s)} s before its sound`);
        for (const share of [0.5, more.seldom || 0.95])
            assert.ok(quantile(behind_s, share) < DRAWING_S,
                behind_s.map((s) => s.toFixed(3)).join(' '));
        assert.ok(seen.every((one, i) => i === 0 || one.film_t_s > seen[i - 1].film_t_s));
        assert.ok(rate >= least_per_s, `${rate} pictures a second`);
    });

// the bar: two drawings' time
test('another size of the film is opened while what was drawn is shown', async (t) => {
    for (const n_worker of [1, 2]) {
        const seen = await play(t, () => 0.04, {n_worker, resized_s: 5, opens_s: 0.5});
        const gaps_s = seen.slice(1).map((one, i) => one.film_t_s - seen[i].film_t_s);
        const most_s = Math.max(...gaps_s);
        assert.ok(most_s < 2.5 * DRAWING_S, `${most_s} s without another`);
        t.mock.restoreAll();
    }
});

test('the sound\'s clock is what leaves the loudspeaker, whatever its reports look like', () => {
    let now_s = 10;
    const chance_of = makeChance(), late_s = 0.18;
    // a device that reports every 20 ms, up to 5 ms wrong
    const audio = {getOutputTimestamp: () => {
        const told_s = Math.floor(now_s / 0.02) * 0.02;
        return {contextTime: told_s - late_s + 0.01 * (chance_of() - 0.5),
            performanceTime: 1000 * told_s};
    }};
    const clock = heardClock(audio, () => 1000 * now_s);
    let before_s = -Infinity;
    for (; now_s < 20; now_s += 1 / 60) {
        const at_s = clock();
        assert.ok(at_s > before_s);
        assert.ok(Math.abs(at_s - (now_s - late_s)) < 0.006);
        before_s = at_s;
    }
});

test('the screen\'s beat is found under frames that were left out', () => {
    const screen = new ScreenBeat();
    let at_ms = 5;
    for (let k = 0; k < 60; k++) {
        screen.beat(at_ms);
        at_ms += (k % 3 === 0 ? 2 : 1) * 1000 / 120;
    }
    assert.ok(Math.abs(screen.period_s - 1 / 120) < 1e-4);
    const last_ms = screen.at_ms;
    assert.ok(Math.abs(screen.seenIn_s(last_ms + 2) - (1 / 120 - 0.002)) < 1e-4);
    assert.ok(screen.seenIn_s(last_ms + 20) <= 1 / 120, 'at the next beat, however late it is');
});

test('an instant that is asked for before the film is there is sought when it is', () => {
    const ctx = new Context({head: {kind: 'race', lang: 'en'}}, null, (key) => key), sought = [];
    ctx.on('seek', ({film_t_s}) => sought.push(film_t_s));
    ctx.seekRace(1);
    ctx.seekRace(2);
    assert.deepEqual(sought, []);
    const film = {fps: 24, n_hold: 2, duration_s: 10, race_s_at: [...Array(120)].map((_, i) =>
        i / 12 - 3), shots: [{from_s: 0, to_s: 10, speed: 1}]};
    ctx.setFilm(film);
    assert.deepEqual(sought, [5]); // the last one, once
    ctx.setFilm(film);
    assert.deepEqual(sought, [5]);
});
