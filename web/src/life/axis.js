// The axis of time over the lanes, and the chapters of the film where they lie on it.
import {el} from '../words.js';

import {fitText, Room, textWidth} from './labels.js';
import {shapePath} from './marks.js';
import {yearTicks} from './scale.js';

const n1 = (value) => Math.round(value * 10) / 10;
const MONTHS = 12;

function tickText(at, step, axis, w) {
    if (axis === 'age')
        return step >= 1 ? w('life.age', Math.round(at)) : `${Math.round(at * 100) / 100}`;
    if (step >= 1)
        return String(Math.round(at));
    const month = Math.round((at - Math.floor(at + 1e-9)) * MONTHS);
    return month === 0 ? String(Math.round(at))
                       : `${Math.floor(at + 1e-9)}-${String(month + 1).padStart(2, '0')}`;
}

/** Years or ages along the top, with lines down through the lanes. */
export function drawAxis(g, picture, y_px, bottom_px) {
    const {state, w, x0, x1, size_px} = picture;
    const widest =
        state.axis === 'age' ? textWidth(w('life.age', 44), size_px) : textWidth('2004', size_px);
    const {step, ticks} = yearTicks(state.span, x1 - x0, widest + 16);
    const room = new Room(x0 - 30, -20, x1 + 40, bottom_px + 40);
    for (const at of ticks) {
        const x = n1(state.span.x(at, x0, x1)), text = tickText(at, step, state.axis, w);
        const half = textWidth(text, size_px) / 2 + 3;
        g.append(el('svg:line', {class: 'life-year', x1: x, x2: x, y1: y_px + 4, y2: bottom_px}));
        const box = [x - half, y_px - size_px, x + half, y_px];
        if (room.isFree(box)) {
            room.take(box);
            g.append(el('svg:text', {class: 'life-yeartext', x, y: y_px}, text));
        }
    }
}

/** Titles of the chapters, each where its race was run. Only years have one place for a race. */
export function drawChapters(g, picture, y_px, bottom_px) {
    const {state, x0, x1, size_px} = picture;
    if (state.axis !== 'year')
        return;
    const all = state.model.races.filter((r) => r.chapter)
                    .map((race) => ({race, x: state.span.x(race.at_yr, x0, x1)}))
                    .filter(({x}) => x >= x0 && x <= x1);
    all.forEach(({race, x}, i) => {
        const next = i + 1 < all.length ? all[i + 1].x - 8 : x1 + 44;
        const text = state.model.text(race.chapter, 'title');
        g.append(
            el('svg:line',
                {class: 'life-chapterline', x1: n1(x), x2: n1(x), y1: y_px + 2, y2: bottom_px}),
            el('svg:path', {class: 'life-star', d: shapePath('star', x, y_px - 4, 5)}));
        const shown = fitText(text, next - x - 12, size_px + 2);
        if ([...shown].length > 2)
            g.append(el('svg:text', {class: 'life-chapter', x: n1(x + 9), y: y_px}, shown));
    });
}
