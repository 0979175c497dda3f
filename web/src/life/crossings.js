// Where lives meet: a thread through all who were in the race, and each one's mark on it.
import {el} from '../words.js';

import {yOf} from './lane.js';
import {lookOfLife, raceMark, shapePath} from './marks.js';

const n1 = (value) => Math.round(value * 10) / 10;
const PLACES_FROM_PX = 56; // a year at least so wide: marks carry the place as a number

function isChosen(state, race) {
    const {choice} = state;
    return Boolean(choice && choice.kind === 'race' && choice.race === race);
}

/** Points of a race in the picture, from the upper to the lower. */
function pointsOf(picture, lanes, race) {
    return race.runs
        .map((run) => {
            const lane = lanes.find((l) => l.who === run.who);
            return lane &&
                {run, lane, x: picture.x(run.who, race.at_yr), y: yOf(picture, lane, run.time_s)};
        })
        .filter(Boolean)
        .sort((a, b) => a.y - b.y);
}

function threadPath(points) {
    let path = `M${n1(points[0].x)} ${n1(points[0].y)}`;
    for (let i = 1; i < points.length; i++) {
        const a = points[i - 1], b = points[i], mid = (a.y + b.y) / 2;
        path += Math.abs(a.x - b.x) < 0.5
            ? `L${n1(b.x)} ${n1(b.y)}`
            : `C${n1(a.x)} ${n1(mid)} ${n1(b.x)} ${n1(mid)} ${n1(b.x)} ${n1(b.y)}`;
    }
    return path;
}

function addMark(g, picture, point, first, r, describe, chosen) {
    const {run, lane, x, y} = point;
    const look = lookOfLife(lane.order);
    const kind = `${first ? ' is-first' : ''}${chosen ? ' is-chosen' : ''}`;
    const mark = raceMark(run, lane, {x, y, r: Math.max(r + 3, 8)}, kind, describe);
    if (run.race.chapter)
        mark.append(el('svg:path', {class: 'life-star', d: shapePath('star', x, y, r + 4.5)}));
    mark.append(el('svg:path', {
        class: 'life-mark',
        d: shapePath(look.shape, x, y, r),
        style: first ? `fill:${look.ink};stroke:${look.ink}` : `stroke:${look.ink}`
    }));
    if (r > 6)
        mark.append(el('svg:text',
            {class: `life-place${first ? ' is-on' : ''}`, x: n1(x), y: n1(y + 3.2)}, run.place));
    g.append(mark);
}

/**
 * Draw all meetings of the lives shown.
 * @param {SVGElement} under  threads go here
 * @param {SVGElement} over  marks go here
 * @returns {{lane: any, box: number[]}[]}  room that the marks take
 */
export function drawCrossings(under, over, picture, lanes, describe) {
    const {state} = picture;
    const year_px = (picture.x1 - picture.x0) / (state.span.to_yr - state.span.from_yr);
    const r = year_px >= PLACES_FROM_PX ? 6.5 : year_px > 28 ? 4 : 3.2;
    const taken = [];
    for (const race of state.model.races) {
        if (race.meetings.length === 0)
            continue;
        const points = pointsOf(picture, lanes, race);
        if (points.length === 0 || points.every((p) => p.x < picture.x0 - 2) ||
            points.every((p) => p.x > picture.x1 + 2))
            continue;
        const chosen = isChosen(state, race);
        const near = !state.focus || points.some((p) => p.run.who === state.focus);
        if (points.length > 1)
            under.append(el('svg:path', {
                class: `life-thread${race.chapter ? ' is-chapter' : ''}` +
                    `${chosen ? ' is-chosen' : ''}${near ? '' : ' is-far'}`,
                d: threadPath(points)
            }));
        const best = Math.min(...points.map((p) => p.run.place));
        for (const point of points) {
            const small = point.lane.full ? r : Math.min(r, 3.2);
            addMark(over, picture, point, points.length > 1 && point.run.place === best, small,
                describe, chosen);
            taken.push({
                lane: point.lane,
                box: [point.x - r - 1, point.y - r - 1, point.x + r + 1, point.y + r + 1]
            });
        }
    }
    return taken;
}
