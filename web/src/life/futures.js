// What might have become of a life: season's bests of many lives that share a past, as a fan, the
// futures of one day beside one another on one scale.
import {el} from '../words.js';

import {linePath} from './marks.js';

const W_PX = 380, H_PX = 190, LEFT = 44, RIGHT = 10, TOP = 12, BOTTOM = 24;
const n1 = (value) => Math.round(value * 10) / 10;
const known = (value) => typeof value === 'number';

/** Futures that branch on the same day for the same one. */
export function groupsOf(futures) {
    const groups = new Map();
    for (const future of futures) {
        const key = `${future.person} ${future.from_week}`;
        groups.set(key, [...groups.get(key) || [], future]);
    }
    return [...groups.values()];
}

function scaleOf(group) {
    const all = group.flatMap((f) => [...f.best_s_lo90, ...f.best_s_hi90]).filter(known);
    const years = group.flatMap((f) => [f.first_year, f.first_year + f.best_s_median.length - 1]);
    const lo = Math.min(...all), hi = Math.min(Math.max(...all), lo + 2.4),
          first = Math.min(...years), last = Math.max(...years);
    return {
        lo,
        hi,
        first,
        last,
        x: (year) => LEFT + (year - first) / Math.max(last - first, 1) * (W_PX - LEFT - RIGHT),
        y: (time_s) =>
            TOP + (Math.min(time_s, hi) - lo) / Math.max(hi - lo, 0.1) * (H_PX - TOP - BOTTOM)
    };
}

function fanPath(future, scale) {
    const points = future.best_s_lo90
                       .map((lo, i) => [scale.x(future.first_year + i), lo, future.best_s_hi90[i]])
                       .filter(([, lo, hi]) => known(lo) && known(hi));
    if (points.length < 2)
        return '';
    return `M${points.map(([x, lo]) => `${n1(x)} ${n1(scale.y(lo))}`).join('L')}` +
        `L${points.reverse().map(([x, , hi]) => `${n1(x)} ${n1(scale.y(hi))}`).join('L')}Z`;
}

function drawFuture(future, first, scale, at) {
    const {model, w} = at, who = model.byId.get(future.person);
    const median = (f) => linePath(
        f.best_s_median.map((t, i) => [scale.x(f.first_year + i), known(t) ? scale.y(t) : NaN]));
    const told = linePath(
        who.seasons.filter((s) => s.year >= scale.first)
            .map((s) => [scale.x(s.year), Number.isFinite(s.best_s) ? scale.y(s.best_s) : NaN]));
    const svg = el('svg:svg', {
        class: 'life-future',
        viewBox: `0 0 ${W_PX} ${H_PX}`,
        role: 'img',
        'aria-label': w('life.futures.picture', model.text(future), future.n)
    });
    const step = scale.hi - scale.lo > 1.2 ? 0.5 : 0.2;
    for (let k = Math.ceil(scale.lo / step - 1e-9); k * step <= scale.hi + 1e-9; k++)
        svg.append(el('svg:line', {
            class: 'life-grid',
            x1: LEFT,
            x2: W_PX - RIGHT,
            y1: n1(scale.y(k * step)),
            y2: n1(scale.y(k * step))
        }),
            el('svg:text', {
                class: 'life-tick',
                x: LEFT - 5,
                y: n1(scale.y(k * step)) + 4,
                'text-anchor': 'end'
            },
                (k * step).toFixed(1)));
    for (let year = Math.ceil(scale.first / 4) * 4; year <= scale.last; year += 4)
        svg.append(el('svg:text',
            {class: 'life-tick', x: n1(scale.x(year)), y: H_PX - 8, 'text-anchor': 'middle'},
            year));
    svg.append(el('svg:path', {class: 'life-fan', d: fanPath(future, scale)}));
    if (first !== future)
        svg.append(el('svg:path', {class: 'life-fan-base', d: median(first)}));
    svg.append(el('svg:path', {class: 'life-fan-told', d: told}),
        el('svg:path', {class: 'life-fan-median', d: median(future)}));
    return el('figure', {class: 'life-futurebox'},
        el('figcaption', {dir: 'auto'}, el('b', {}, model.text(future)), ' ',
            el('span', {class: 'life-soft'}, model.text(future, 'change'))),
        svg);
}

const percent = (p) => known(p) ? `${Math.round(100 * p)} %` : '';

function oddsTable(group, at) {
    const {model, w} = at;
    const rows =
        group.flatMap((f) => [{f, o: null}, ...(f.odds || []).map((o) => ({f, o}))])
            .map(({f, o}) => {
                if (o) {
                    const race = model.raceById.get(o.race);
                    return el('tr', {class: 'is-sub'},
                        el('td', {dir: 'auto'}, race ? model.nameOf(race) : o.race), el('td'),
                        el('td'), el('td'), el('td', {class: 'r'}, percent(o.p_meets)),
                        el('td', {class: 'r'}, percent(o.p_ahead)),
                        el('td', {class: 'r'}, percent(o.p_wins)));
                }
                return el('tr', {}, el('th', {scope: 'row', dir: 'auto'}, model.text(f)),
                    el('td', {class: 'r'}, f.n),
                    el('td', {class: 'r'},
                        known(f.pb_s_median) ? w('life.futures.range', f.pb_s_median.toFixed(2),
                                                   f.pb_s_lo90.toFixed(2), f.pb_s_hi90.toFixed(2))
                                             : ''),
                    el('td', {class: 'r'}, percent(f.p_active_30)), el('td'), el('td'), el('td'));
            });
    const head = ['name', 'runs', 'best', 'active', 'meets', 'ahead', 'wins'];
    return el('div', {class: 'life-scroll'},
        el('table', {class: 'life-table'},
            el('thead', {},
                el('tr', {},
                    ...head.map((k, i) => el('th', {scope: 'col', class: i ? 'r' : null},
                                    w(`life.futures.${k}`))))),
            el('tbody', {}, ...rows)));
}

/** Futures of one day and one person: their fans and what came of them. */
export function futuresGroup(group, at) {
    const {model, w} = at, who = model.byId.get(group[0].person), scale = scaleOf(group);
    const day = model.weekYear(group[0].from_week);
    return el('section', {class: 'life-futuregroup'},
        el('h3', {dir: 'auto'}, w('life.futures.of', day.toFixed(1), model.text(who))),
        el('div', {class: 'life-fans'},
            ...group.map((future) => drawFuture(future, group[0], scale, at))),
        el('p', {class: 'life-soft life-fankey'}, el('span', {class: 'is-fan'}), ` 90 % `,
            el('span', {class: 'is-median'}), ' 50 % ', el('span', {class: 'is-base'}),
            ` ${model.text(group[0])} `, el('span', {class: 'is-told'}),
            ` ${w('life.futures.told')}`),
        oddsTable(group, at));
}

/** All futures that a story holds. @returns {HTMLElement} */
export function futuresView(at) {
    const futures = at.model.story.futures || [];
    return el('div', {}, ...groupsOf(futures).map((group) => futuresGroup(group, at)));
}
