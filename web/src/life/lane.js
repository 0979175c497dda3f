// One life as a lane: how fast, how tall, where, what held it up, what it believed.
import {el} from '../words.js';

import {fitText, Room, textWidth} from './labels.js';
import {figurePath, linePath, lookOfLife, raceMark, shapePath} from './marks.js';
import {BELIEFS, officialTime} from './model.js';

const LONG_DAYS = 14;  // shorter injuries are bands without a mark
const NAMED_DAYS = 50; // injuries that are named where there is room
const TALL_CM = 182;
/** Thickness of the stripe over the schools, px. */
const HIGH_PX = {
    outside: 1,
    club: 2.5,
    squad: 5,
    left: 1
};
const n1 = (value) => Math.round(value * 10) / 10;

/**
 * @typedef {Object} Lane  px in the picture
 * @property {import('./model.js').Person} who
 * @property {number} order  among the followed
 * @property {number} y0 @property {number} y1
 * @property {number} plot0 @property {number} plot1  where seconds stand
 * @property {boolean} full  not a narrow one beside the one in focus
 * @property {boolean} bare  only its lines: it shares its room with other lanes
 *
 * @typedef {Object} Picture
 * @property {import('./state.js').State} state
 * @property {(key: string, ...parts: any[]) => string} w
 * @property {number} x0 @property {number} x1  px, where time runs
 * @property {import('./scale.js').Seconds} seconds
 * @property {(who: any, at_yr: number) => number} x
 * @property {number} size_px  of letters
 * @property {SVGElement} names  over all lanes: names of what stands in them
 */

/** px up a lane. */
export function yOf(picture, lane, time_s) {
    return lane.plot1 - picture.seconds.part(time_s) * (lane.plot1 - lane.plot0);
}

function seen(picture, x_from, x_to = x_from) {
    return x_to >= picture.x0 - 2 && x_from <= picture.x1 + 2;
}

/* ---- what lies behind ---- */

function addSeasons(g, picture, lane, describe) {
    const {state} = picture;
    for (const season of lane.who.seasons) {
        const x = picture.x(lane.who, season.from_yr), x_to = picture.x(lane.who, season.to_yr);
        if (!seen(picture, x, x_to))
            continue;
        const a = Math.max(x, picture.x0), b = Math.min(x_to, picture.x1);
        if (b - a < 1)
            continue;
        const chosen =
            state.choice && state.choice.kind === 'season' && state.choice.season === season;
        g.append(el('svg:rect', {
            class: `life-season${chosen ? ' is-chosen' : ''}`,
            x: n1(a),
            y: lane.y0 + 1,
            width: n1(b - a),
            height: lane.y1 - lane.y0 - 2,
            role: 'button',
            tabindex: -1,
            'aria-label': describe.season(season).join('. '),
            'data-key': `s:${lane.who.index}:${season.year}`,
            'data-row': lane.order,
            'data-x': n1((x + x_to) / 2)
        }));
    }
}

function addGrid(g, picture, lane) {
    const h = lane.plot1 - lane.plot0;
    for (const time_s of picture.seconds.ticks(h, picture.size_px * 1.35)) {
        const y = n1(yOf(picture, lane, time_s));
        g.append(el('svg:line', {class: 'life-grid', x1: picture.x0, x2: picture.x1, y1: y, y2: y}),
            el('svg:text', {class: 'life-tick', x: picture.x1 + 5, y: y + picture.size_px * 0.33},
                Number.isInteger(time_s) ? `${time_s} s` : String(time_s)));
    }
}

/** School after school, and whether he is in a club, chosen for a squad, outside, or gone. */
function addStages(g, picture, lane, y, h) {
    const {w} = picture, runs = [];
    for (const season of lane.who.seasons) {
        const last = runs.at(-1);
        if (last && last.stage === season.stage)
            last.to = season;
        else
            runs.push({stage: season.stage, from: season, to: season});
    }
    const begins = Math.max(picture.x(lane.who, lane.who.seasons[0].from_yr), picture.x0);
    const ends = Math.min(picture.x(lane.who, lane.who.seasons.at(-1).to_yr), picture.x1);
    if (ends > begins)
        g.append(el('svg:rect', {
            class: 'life-stageband',
            x: n1(begins),
            y: y - 1,
            width: n1(ends - begins),
            height: h + 1
        }));
    for (const season of lane.who.seasons) {
        const x = Math.max(picture.x(lane.who, season.from_yr), picture.x0);
        const x_to = Math.min(picture.x(lane.who, season.to_yr), picture.x1);
        if (x_to > x)
            g.append(el('svg:rect', {
                class: `life-standing is-${season.standing}`,
                x: n1(x),
                y: y - 1,
                width: n1(x_to - x + 0.2),
                height: HIGH_PX[season.standing] || 1
            }));
    }
    for (const run of runs) {
        const x = Math.max(picture.x(lane.who, run.from.from_yr), picture.x0);
        const x_to = Math.min(picture.x(lane.who, run.to.to_yr), picture.x1);
        if (x_to - x < 8)
            continue;
        const ages = `${Math.round(run.from.age_yr)}–${Math.round(run.to.age_yr + 1)}`;
        const name = w(`life.stage.${run.stage}`);
        const size = picture.size_px - 1;
        const long = `${name} ${ages}`;
        const text =
            textWidth(long, size) < x_to - x - 6 ? long : fitText(name, x_to - x - 6, size);
        g.append(el('svg:line', {class: 'life-cut', x1: n1(x), x2: n1(x), y1: y - 1, y2: y + h}),
            el('svg:text', {class: 'life-stage', x: n1(x + 4), y: y + h * 0.5 + size * 0.35 + 2},
                text));
    }
}

function addFigures(g, picture, lane, y, h) {
    const all = lane.who.seasons;
    let last_x = -Infinity;
    for (const season of all) {
        const x = (picture.x(lane.who, season.from_yr) + picture.x(lane.who, season.to_yr)) / 2;
        if (!seen(picture, x - 6, x + 6) || x - last_x < 12 || x < picture.x0 + 6 ||
            x > picture.x1 - 6)
            continue;
        last_x = x;
        const tall = season.height_cm / TALL_CM * h;
        g.append(el('svg:path', {
            class: `life-figure${season.standing === 'left' ? ' is-out' : ''}`,
            d: figurePath(x, y + h, tall)
        }));
        const year_px = picture.x(lane.who, season.to_yr) - picture.x(lane.who, season.from_yr);
        if (year_px > 74)
            g.append(el('svg:text', {class: 'life-small', x: n1(x + 9), y: y + h - 2},
                `${Math.round(season.height_cm)} cm`));
    }
}

/** What he holds by most firmly: a cell a year, deeper the more firmly; named where it fits. */
function addBeliefs(g, picture, lane, y, h) {
    let last = null;
    for (const season of lane.who.seasons) {
        const x = Math.max(picture.x(lane.who, season.from_yr), picture.x0);
        const x_to = Math.min(picture.x(lane.who, season.to_yr), picture.x1);
        if (x_to - x < 1)
            continue;
        const belief = picture.state.belief ||
            BELIEFS.reduce(
                (most, b) => season.beliefs[b] > season.beliefs[most] ? b : most, BELIEFS[0]);
        const firm = season.beliefs[belief];
        g.append(el('svg:rect', {
            x: n1(x),
            y,
            width: n1(x_to - x + 0.3),
            height: h,
            style: `fill:var(--idea-${belief});fill-opacity:${
                n1(Math.max(0.12, firm * 0.85) * 100) / 100}`
        }));
        if (belief !== last) {
            let end = season.to_yr;
            for (const s of lane.who.seasons)
                if (s.from_yr >= season.to_yr - 1e-9) {
                    const most = picture.state.belief ||
                        BELIEFS.reduce((m, b) => s.beliefs[b] > s.beliefs[m] ? b : m, BELIEFS[0]);
                    if (most !== belief)
                        break;
                    end = s.to_yr;
                }
            const room = Math.min(picture.x(lane.who, end), picture.x1) - x - 6;
            const text = fitText(picture.w(`life.idea.${belief}`), room, picture.size_px - 2);
            if ([...text].length > 2)
                g.append(
                    el('svg:text', {class: 'life-onband', x: n1(x + 4), y: y + h - 2.5}, text));
            last = belief;
        }
    }
}

/* ---- what happened ---- */

function addInjuries(g, picture, lane, room) {
    for (const injury of lane.who.injuries) {
        const x = picture.x(lane.who, injury.at_yr), x_to = picture.x(lane.who, injury.to_yr);
        if (!seen(picture, x, x_to) || x > picture.x1)
            continue;
        const a = Math.max(x, picture.x0), b = Math.min(x_to, picture.x1);
        const top = lane.plot0 - 2, bottom = lane.plot1;
        if (b > a)
            g.append(el('svg:rect', {
                class: 'life-injury',
                x: n1(a),
                y: top,
                width: n1(Math.max(b - a, 1)),
                height: bottom - top
            }));
        if (injury.days_out >= LONG_DAYS && x >= picture.x0) {
            g.append(
                el('svg:path', {class: 'life-injury-mark', d: shapePath('up', x, top + 1, 3.6)}));
            room.take([x - 4, top - 4, x + 4, top + 6]);
        }
    }
}

function nameInjuries(picture, lane, room) {
    const long = lane.who.injuries.filter((i) => i.days_out >= NAMED_DAYS)
                     .sort((a, b) => b.days_out - a.days_out);
    for (const injury of long) {
        const x = picture.x(lane.who, injury.at_yr);
        if (!seen(picture, x))
            continue;
        const site =
            picture.w(injury.site === 'hamstring' ? 'life.site.hamstring' : 'life.site.other');
        const text = picture.w('life.label.injury', site, Math.round(injury.days_out));
        const at = room.place(text, x, lane.plot0 - 4, picture.size_px - 1, 6);
        if (at)
            picture.names.append(
                el('svg:text', {class: 'life-name is-injury', x: n1(at.x), y: n1(at.y)}, text));
    }
}

function addLines(g, picture, lane, look, room) {
    const level = [], best = [];
    for (const season of lane.who.seasons) {
        const out = season.standing === 'left';
        level.push(
            [picture.x(lane.who, season.from_yr), out ? NaN : yOf(picture, lane, season.start_s)],
            [picture.x(lane.who, season.to_yr), out ? NaN : yOf(picture, lane, season.end_s)]);
        const x = (picture.x(lane.who, season.from_yr) + picture.x(lane.who, season.to_yr)) / 2;
        best.push([x, Number.isFinite(season.best_s) ? yOf(picture, lane, season.best_s) : NaN]);
    }
    const d = linePath(best);
    const clip = 'url(#life-lineclip)';
    g.append(el('svg:path', {
        class: 'life-level',
        d: linePath(level),
        style: `stroke:${look.ink}`,
        'clip-path': clip
    }),
        el('svg:path', {class: 'life-halo', d, 'clip-path': clip}),
        el('svg:path', {class: 'life-best', d, style: `stroke:${look.ink}`, 'clip-path': clip}));
    for (const [x, y] of best)
        if (Number.isFinite(y) && seen(picture, x)) {
            g.append(el('svg:circle',
                {class: 'life-ring', cx: n1(x), cy: n1(y), r: 2.6, style: `stroke:${look.ink}`}));
            room.take([x - 4, y - 4, x + 4, y + 4]);
        }
}

/** His fastest race, where it was run. */
function nameBest(picture, lane, look, room) {
    const best = lane.who.runs.reduce((a, run) => !a || run.time_s < a.time_s ? run : a, null);
    const season =
        lane.who.seasons.reduce((a, s) => s.best_s < (a ? a.best_s : Infinity) ? s : a, null);
    if (!season && !best)
        return;
    const time_s = season ? season.best_s : best.time_s;
    const x = best && Math.abs(best.time_s - time_s) < 0.0051
        ? picture.x(lane.who, best.race.at_yr)
        : (picture.x(lane.who, season.from_yr) + picture.x(lane.who, season.to_yr)) / 2;
    if (!seen(picture, x))
        return;
    const best_text = picture.w('life.label.best', officialTime(time_s));
    const text = lane.bare ? `${picture.state.model.text(lane.who)} ${best_text}` : best_text;
    const at = room.place(text, x, yOf(picture, lane, time_s), picture.size_px, 7);
    if (at)
        picture.names.append(el('svg:text',
            {class: 'life-name is-best', x: n1(at.x), y: n1(at.y), style: `fill:${look.ink}`},
            text));
}

function addExit(g, picture, lane, room) {
    const {who} = lane;
    if (!who.exit || who.exit_week < 0)
        return;
    const x = picture.x(who, picture.state.model.weekYear(who.exit_week));
    if (!seen(picture, x))
        return;
    const text = picture.w('life.label.left', who.exit);
    g.append(
        el('svg:line', {class: 'life-exit', x1: n1(x), x2: n1(x), y1: lane.plot0, y2: lane.plot1}));
    const at = room.place(text, x, (lane.plot0 + lane.plot1) / 2, picture.size_px, 6);
    if (at)
        g.append(el('svg:text', {class: 'life-name', x: n1(at.x), y: n1(at.y)}, text));
}

/** Races that nobody else who is followed ran in: small marks. */
function addRaces(g, picture, lane, look, describe) {
    for (const run of lane.who.runs) {
        const x = picture.x(lane.who, run.race.at_yr), y = yOf(picture, lane, run.time_s);
        if (!seen(picture, x) || run.race.meetings.length)
            continue;
        const mark = raceMark(run, lane, {x, y, r: 6}, ' is-alone', describe);
        mark.append(el('svg:circle', {cx: n1(x), cy: n1(y), r: 1.9, style: `fill:${look.ink}`}));
        g.append(mark);
    }
}

/** Draw a lane; the crossings and their marks come on top of all lanes. @param {Lane} lane */
export function drawLane(g, picture, lane, describe, room) {
    const look = lookOfLife(lane.order);
    for (const q of lane.taken || [])
        room.take(q);
    if (!lane.bare) {
        addGrid(g, picture, lane);
        addStages(g, picture, lane, lane.stage0, lane.y1 - lane.stage0 - 1);
        if (lane.full) {
            addFigures(g, picture, lane, lane.figure0, lane.belief0 - lane.figure0 - 2);
            addBeliefs(g, picture, lane, lane.belief0, lane.stage0 - lane.belief0 - 1);
        }
        addInjuries(g, picture, lane, room);
    }
    addSeasons(g, picture, lane, describe);
    addLines(g, picture, lane, look, room);
    addRaces(g, picture, lane, look, describe);
    addExit(g, picture, lane, room);
    if (lane.full)
        nameBest(picture, lane, look, room);
    if (lane.full && !lane.bare)
        nameInjuries(picture, lane, room);
}
