// What is asked of the race: a plain object, its form in a link, its form for the engine, and the
// way back.

/**
 * @typedef {{reaction_s?: number, force_frac?: number, top_speed_mps?: number, empty?: boolean,
 *            guest?: string}} LaneChange   guest: "race id/lane" of the shipped runners
 * @typedef {{wind_mps?: number, altitude_m?: number, temp_c?: number,
 *            lanes: Object<number, LaneChange>}} Change
 */

const AIR = ['wind_mps', 'altitude_m', 'temp_c'];
const LANE = ['reaction_s', 'force_frac', 'top_speed_mps'];
const LINK_KEY = 'what';

/** @returns {Change} */
export function noChange() {
    return {lanes: {}};
}

/** @param {Change} c @returns {boolean} */
export function isNothing(c) {
    return AIR.every((name) => c[name] === undefined) &&
        Object.values(c.lanes).every((l) => Object.keys(l).length === 0);
}

/**
 * The change with one value set; undefined takes it out again.
 * @param {Change} c @param {number|null} lane  null = of the air
 * @returns {Change} another object
 */
export function withValue(c, lane, name, value) {
    const next = {...c, lanes: {...c.lanes}};
    const at = lane === null ? next : {...next.lanes[lane]};
    if (value === undefined)
        delete at[name];
    else
        at[name] = value;
    if (lane !== null && Object.keys(at).length)
        next.lanes[lane] = at;
    else if (lane !== null)
        delete next.lanes[lane];
    return next;
}

/** @param {Change} c @returns {string} as in "wind_mps:2,4.reaction_s:0.12,5.guest:ID/3" */
export function textOf(c) {
    const parts = AIR.filter((name) => c[name] !== undefined).map((name) => `${name}:${c[name]}`);
    for (const [lane, l] of Object.entries(c.lanes)) {
        parts.push(...LANE.filter((name) => l[name] !== undefined)
            .map((name) => `${lane}.${name}:${l[name]}`));
        if (l.empty)
            parts.push(`${lane}.empty:1`);
        if (l.guest)
            parts.push(`${lane}.guest:${l.guest}`);
    }
    return parts.join(',');
}

/** What a text asks for; parts that nobody can read are left out. @returns {Change} */
export function changeOf(text) {
    let c = noChange();
    for (const part of text.split(',')) {
        const m = /^(?:(\d{1,2})\.)?([a-z0-9_]+):([\w./+-]+)$/.exec(part.trim());
        if (!m)
            continue;
        const lane = m[1] === undefined ? null : Number(m[1]), v = Number(m[3]);
        if ((lane === null ? AIR : LANE).includes(m[2]) && Number.isFinite(v))
            c = withValue(c, lane, m[2], v);
        else if (lane !== null && m[2] === 'empty')
            c = withValue(c, lane, 'empty', true);
        else if (lane !== null && m[2] === 'guest')
            c = withValue(c, lane, 'guest', m[3]);
    }
    return c;
}

/** @param {string} hash @returns {Change} of the address after # */
export function changeOfHash(hash) {
    return changeOf(new URLSearchParams(hash.replace(/^#/, '')).get(LINK_KEY) || '');
}

/** The address after # with this change in it; what other views wrote there stays. */
export function hashWith(hash, c) {
    const q = new URLSearchParams(hash.replace(/^#/, ''));
    if (isNothing(c))
        q.delete(LINK_KEY);
    else
        q.set(LINK_KEY, textOf(c));
    const text = q.toString().replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%2F', '/');
    return text ? `#${text}` : '#';
}

/**
 * What the engine is asked for.
 * @param {Change} c
 * @param {(guest: string) => object|null} findGuest
 */
export function requestOf(c, findGuest) {
    const lanes = Object.entries(c.lanes).map(([lane, l]) => {
        const {guest, ...rest} = l;
        const found = guest ? findGuest(guest) : null;
        return {lane: Number(lane), ...rest, ...found ? {guest: found} : {}};
    });
    return {...Object.fromEntries(AIR.filter((n) => c[n] !== undefined).map((n) => [n, c[n]])),
        lanes};
}

/** The runners that a page carries (block hm-runners), found by "race id/lane". */
export class Runners {
    /** @param {{races: object[]}} table */
    constructor(table) {
        this.races = table.races;
    }

    /** @param {string} key @returns {object|null}  with the race that he ran in */
    find(key) {
        const [id, lane] = key.split('/');
        const race = this.races.find((r) => r.id === id);
        const runner = race && race.runners.find((r) => r.lane === Number(lane));
        if (!runner)
            return null;
        const {meet, date, wind_mps, altitude_m, temp_c, standing} = race;
        return {...runner, race: {meet, date, wind_mps, altitude_m, temp_c, standing}};
    }
}

/** Changes one after the other, with a way back and forth. */
export class History {
    constructor() {
        this.past = [];
        this.now = noChange();
        this.future = [];
    }

    /** Values that are dragged become one step of the way back. */
    set(change, is_same_drag = false) {
        if (!is_same_drag)
            this.past.push(this.now);
        this.now = change;
        this.future = [];
    }

    undo() {
        if (this.past.length) {
            this.future.push(this.now);
            this.now = this.past.pop();
        }
        return this.now;
    }

    redo() {
        if (this.future.length) {
            this.past.push(this.now);
            this.now = this.future.pop();
        }
        return this.now;
    }
}
