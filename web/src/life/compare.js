// Two stories beside one another: the one that is told and the one that might have been.
import {el} from '../words.js';

import {signed} from './account.js';
import {linePath} from './marks.js';
import {BELIEFS, officialTime} from './model.js';

const W_PX = 300, H_PX = 130, LEFT = 36, RIGHT = 8, TOP = 8, BOTTOM = 20;
const YEARS_BEFORE = 2, MOST_S = 1.5;
const n1 = (value) => Math.round(value * 10) / 10;
const clock = (time_s) => Number.isFinite(time_s) ? officialTime(time_s) : '–';

/** Those who are followed in both, as [told, now]. */
export function pairsOf(told, now) {
    return told.followed.map((who) => [who, now.byId.get(who.id)])
        .filter(([, other]) => other && other.seasons.length);
}

/** Place by personal best among all people of a story, from 1; NaN without a best. */
export function rankOf(model, who) {
    return Number.isFinite(who.pb_s) ? 1 + model.people.filter((p) => p.pb_s < who.pb_s).length
                                     : NaN;
}

const sameRace = (a, b) => a.date === b.date && a.runs.length === b.runs.length &&
    a.runs.every((run, i) => run.person === b.runs[i].person && run.time_us === b.runs[i].time_us);

/** The day of the first race that is another one; null = all are the same. */
export function firstChange(told, now) {
    const n = Math.min(told.races.length, now.races.length);
    for (let i = 0; i < n; i++)
        if (!sameRace(told.races[i], now.races[i]))
            return [told.races[i].date, now.races[i].date].sort()[0];
    const more = told.races[n] || now.races[n];
    return more ? more.date : null;
}

function table(head, rows) {
    return el('div', {class: 'life-scroll', tabindex: 0, role: 'region', 'aria-label': head[0]},
        el('table', {class: 'life-table'},
            el('thead', {},
                el('tr', {},
                    ...head.map((text, i) => el('th', {scope: 'col', class: i ? 'r' : null},
                                    text)))),
            el('tbody', {}, ...rows)));
}

const row = (name, ...cells) => el('tr', {}, el('th', {scope: 'row', dir: 'auto'}, name),
    ...cells.map((cell) => el('td', {class: 'r'}, cell)));

const fromTo = (a, b) => a === b ? `${a}` : `${a} → ${b}`;

function livesTable(told, now, w) {
    const lastYear = (who) => {
        const raced = who.seasons.filter((s) => Number.isFinite(s.best_s));
        return raced.length ? raced.at(-1).year : '–';
    };
    const rows = pairsOf(told, now).map(([a, b]) => row(told.text(a),
        fromTo(clock(a.pb_s), clock(b.pb_s)),
        Number.isFinite(b.pb_s - a.pb_s) ? signed(b.pb_s - a.pb_s, 2) : '',
        fromTo(rankOf(told, a) || '–', rankOf(now, b) || '–'), fromTo(a.runs.length, b.runs.length),
        fromTo(a.injuries.length, b.injuries.length), fromTo(lastYear(a), lastYear(b))));
    return table(['name', 'pb', 'faster', 'rank', 'races', 'injuries', 'last'].map(
        (key) => w(`life.compare.${key}`)), rows);
}

/** What one did in a race that the scenario names. */
function resultOf(model, id, who) {
    const race = model.raceById.get(id), run = race && model.runOf(race, who);
    return run ? `${run.place}. ${run.official}` : '–';
}

function racesTable(told, now, scenario, w) {
    const rows = scenario.events.filter((e) => e.kind === 'race').flatMap((event) =>
        pairsOf(told, now).map(([a, b]) => [a, resultOf(told, event.id, a),
            resultOf(now, event.id, b)])
            .filter(([, before, after]) => before !== '–' || after !== '–')
            .map(([who, before, after]) =>
                row(`${told.text(event)}: ${told.text(who)}`, before, after)));
    return rows.length ? table(['race', 'told', 'now'].map((key) => w(`life.compare.${key}`)), rows)
                       : null;
}

/* ---- pictures ---- */

/** Two lines over years on one scale; the first is the story as told. */
function twoLines({lines, span, lo, hi, down, step, digits, title, label}) {
    const [first, last] = span;
    const x = (year) => LEFT + (year - first) / Math.max(last - first, 1) * (W_PX - LEFT - RIGHT);
    const y = (value) => {
        const part = (Math.min(Math.max(value, lo), hi) - lo) / Math.max(hi - lo, 1e-9);
        return TOP + (down ? part : 1 - part) * (H_PX - TOP - BOTTOM);
    };
    const svg = el('svg:svg', {class: 'life-future', viewBox: `0 0 ${W_PX} ${H_PX}`, role: 'img',
        'aria-label': label});
    for (let k = Math.ceil(lo / step - 1e-9); k * step <= hi + 1e-9; k++)
        svg.append(el('svg:line', {class: 'life-grid', x1: LEFT, x2: W_PX - RIGHT,
            y1: n1(y(k * step)), y2: n1(y(k * step))}),
            el('svg:text', {class: 'life-tick', x: LEFT - 4, y: n1(y(k * step)) + 4,
                'text-anchor': 'end'}, (k * step).toFixed(digits)));
    for (let year = Math.ceil(first / 5) * 5; year <= last; year += 5)
        svg.append(el('svg:text', {class: 'life-tick', x: n1(x(year)), y: H_PX - 6,
            'text-anchor': 'middle'}, year));
    const seen = ([year, value]) => year >= first && value <= hi;
    for (const [line, name] of [[lines[1], 'life-fan-median'], [lines[0], 'life-fan-told']])
        svg.append(el('svg:path', {
            class: name,
            d: linePath(line.map((at) => seen(at) ? [x(at[0]), y(at[1])] : [NaN, NaN]))
        }));
    return el('figure', {class: 'life-futurebox'}, el('figcaption', {dir: 'auto'}, title), svg);
}

const bests = (who) => who.seasons.map((s) => [s.year, s.best_s]);

/** Years from shortly before the stories part to their end. */
function spanOf(years, first) {
    const part = first ? Number(first.slice(0, 4)) - YEARS_BEFORE : -Infinity;
    return [Math.max(Math.min(...years), part), Math.max(...years)];
}

function bestsOf(told, now, first, w) {
    return pairsOf(told, now).map(([a, b]) => {
        const lines = [bests(a), bests(b)];
        const raced = lines.flat().filter(([, best_s]) => Number.isFinite(best_s));
        const span = spanOf(raced.map(([year]) => year), first);
        const all = raced.filter(([year]) => year >= span[0]);
        if (all.length === 0)
            return null;
        const lo = Math.min(...all.map(([, t]) => t)) - 0.05;
        const hi = Math.min(Math.max(...all.map(([, t]) => t)), lo + MOST_S) + 0.02;
        return twoLines({
            lines,
            span,
            lo,
            hi,
            down: true,
            step: hi - lo > 1.5 ? 1 : hi - lo > 0.6 ? 0.5 : 0.2,
            digits: 1,
            title: told.text(a),
            label: w('life.compare.bests_of', told.text(a), clock(a.pb_s), clock(b.pb_s))
        });
    }).filter(Boolean);
}

/** Mean of what the followed believe, a point a year in which somebody has one. */
export function meanBelief(people, belief) {
    const years = new Map();
    for (const season of people.flatMap((who) => who.seasons))
        years.set(season.year, [...years.get(season.year) || [], season.beliefs[belief]]);
    return [...years.entries()].sort((a, b) => a[0] - b[0])
        .map(([year, held]) => [year, held.reduce((sum, v) => sum + v, 0) / held.length]);
}

const passings = (model, belief) => model.ideas.filter((i) => i.idea === belief &&
    model.followed.includes(i.to)).length;

function ideasOf(told, now, first, w) {
    const pairs = pairsOf(told, now);
    return BELIEFS.map((belief) => {
        const lines = [0, 1].map((i) => meanBelief(pairs.map((pair) => pair[i]), belief));
        const [before, after] = lines.map((line) => line.at(-1)[1].toFixed(2));
        return twoLines({
            lines,
            span: spanOf(lines.flat().map(([year]) => year), first),
            lo: 0,
            hi: 1,
            down: false,
            step: 0.5,
            digits: 1,
            title: w('life.compare.idea', w(`life.idea.${belief}`),
                fromTo(passings(told, belief), passings(now, belief))),
            label: w('life.compare.idea_of', w(`life.idea.${belief}`), before, after)
        });
    });
}

/**
 * The comparison.
 * @param {import('./model.js').Model} told
 * @param {import('./model.js').Model} now
 * @param {any} scenario
 * @returns {HTMLElement}
 */
export function compareNode(told, now, scenario, w) {
    const first = firstChange(told, now);
    const key = el('p', {class: 'life-soft life-fankey'}, el('span', {class: 'is-told'}),
        ` ${w('life.compare.told')} `, el('span', {class: 'is-median'}),
        ` ${w('life.compare.now')}`);
    return el('div', {class: 'life-compare'},
        el('p', {class: 'life-first'},
            first ? w('life.compare.until', first) : w('life.compare.same')),
        livesTable(told, now, w), racesTable(told, now, scenario, w),
        el('h4', {}, w('life.compare.bests')), key,
        el('div', {class: 'life-fans is-small'}, ...bestsOf(told, now, first, w)),
        el('h4', {}, w('life.compare.ideas')),
        el('div', {class: 'life-fans is-small'}, ...ideasOf(told, now, first, w)));
}
