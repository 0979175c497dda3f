// The result with its splits: sorted by any column, and each number says where it comes from.
import {el} from '../words.js';
import {boardTime, fixed} from './numbers.js';
import {laneCss} from './style.js';
import {makeTable} from './table.js';

const GRID_M = [10, 20, 30, 40, 50, 60, 70, 80, 90];

/** Which values of the race a lane was filled in with. */
export function isFilled(lane, name) {
    return (lane.filled || []).includes(name);
}

/** The table of results of the race that is shown. */
export class Result {
    /** @param {import('./mount.js').Explain} view */
    constructor(view) {
        this.view = view;
        this.sortBy = 'place';
        this.down = false;
        const {w} = view.ctx;
        this.told = el('p', {class: 'told', role: 'status', 'aria-live': 'polite'},
            w('explain.ask_hint'));
        this.box = el('div', {class: 'scroll'});
        this.node = el('section', {class: 'hm-part', id: 'hm-explain-result'},
            el('h2', {}, w('explain.result')), this.box,
            el('p', {class: 'legend'}, el('b', {}, '1.23'), ` ${w('explain.measured')} · `,
                el('i', {class: 'v-derived'}, '1.23'), ` ${w('explain.derived')} · `,
                el('span', {class: 'v-filled'}, '~1.23'), ` ${w('explain.filled')} · `,
                el('span', {class: 'v-computed'}, '1.23'), ` ${w('explain.computed')}`), this.told);
    }

    /** @param {any} lane @returns {boolean} computed by a what-if or a simulation */
    isComputed(lane) {
        const effect = this.view.effectOf(lane.lane);
        return effect ? effect.changed : this.view.shown.mode === 'simulate' && !this.view.made;
    }

    why(lane, what, kind, value) {
        const {w} = this.view.ctx;
        const source = kind === 'measured' && this.view.sources().length
            ? w('explain.why_sources', this.view.sources().length) : '';
        const prior = kind === 'filled' ? this.view.priorText(lane, what) : '';
        const is = `${w(`explain.is_${kind}`)}${prior}${w('explain.stop')}`;
        return `${lane.name}, ${this.wordOf(what)} ${value}: ${is}${source}`;
    }

    wordOf(what) {
        const {w} = this.view.ctx;
        return typeof what === 'number' ? w('explain.at_m', what) : w(`explain.col_${what}`);
    }

    cell(lane, what, text, kind) {
        return {text, kind, why: text === '–' ? null : this.why(lane, what, kind, text)};
    }

    split(lane, distance_m) {
        const s = lane.splits.find((split) => split.distance_m === distance_m);
        if (!s)
            return {text: '–', kind: 'plain'};
        const kind = s.measured ? 'measured' : this.isComputed(lane) ? 'computed' : 'derived';
        return this.cell(lane, distance_m, fixed(s.time_s, 2), kind);
    }

    row(lane) {
        const computed = this.isComputed(lane) ? 'computed' : 'measured';
        const swatch = el('span', {class: 'swatch', style: `background:${laneCss(lane.lane)}`,
            'aria-hidden': 'true'});
        const reaction = lane.status === 'dns' ? {text: '–'} : this.cell(lane, 'reaction',
            fixed(lane.reaction_s, 3), isFilled(lane, 'reaction_s') ? 'filled'
                : this.isComputed(lane) ? 'computed' : 'measured');
        const timed = lane.time_s !== null && lane.time_s !== undefined;
        return {lane: lane.lane, cells: [
            {text: lane.place === null ? '–' : lane.place},
            {text: el('span', {}, swatch, lane.lane)},
            {text: lane.name, head: true}, {text: lane.team},
            timed ? this.cell(lane, 'time', boardTime(lane), computed) : {text: boardTime(lane)},
            reaction, ...GRID_M.map((m) => this.split(lane, m)),
            lane.top_speed_mps > 0 ? this.cell(lane, 'top', fixed(lane.top_speed_mps, 2),
                this.isComputed(lane) ? 'computed' : isFilled(lane, 'splits') ? 'filled'
                    : 'derived') : {text: '–'}]};
    }

    valueOf(lane) {
        const split = lane.splits.find((s) => s.distance_m === Number(this.sortBy));
        const value = {place: lane.place, lane: lane.lane, name: lane.name, team: lane.team,
            time: lane.time_us, reaction: lane.reaction_s, top: -lane.top_speed_mps}[this.sortBy];
        const v = value === undefined ? split && split.time_s : value;
        return v === null || v === undefined ? Infinity : v;
    }

    sorted() {
        const sign = this.down ? -1 : 1;
        return [...this.view.shown.lanes].sort((a, b) => {
            const va = this.valueOf(a), vb = this.valueOf(b);
            if (va === Infinity || vb === Infinity)
                return (va === Infinity) - (vb === Infinity) || a.lane - b.lane;
            const order = typeof va === 'string' ? va.localeCompare(vb) : va - vb;
            return sign * order || a.lane - b.lane;
        });
    }

    head(name, word) {
        const on = this.sortBy === String(name);
        return el('th', {scope: 'col', 'aria-sort': on ? this.down ? 'descending' : 'ascending'
            : 'none'}, el('button', {type: 'button', 'data-sort': name, onclick: () => {
            this.down = on && !this.down;
            this.sortBy = String(name);
            this.show();
            this.box.querySelector(`[data-sort="${name}"]`).focus();
        }}, word, el('span', {'aria-hidden': 'true'}, on ? this.down ? ' ▼' : ' ▲' : '')));
    }

    show() {
        const {w} = this.view.ctx;
        const names = ['place', 'lane', 'name', 'team', 'time', 'reaction'];
        const head = [...names.map((n) => this.head(n, w(`explain.col_${n}`))),
            ...GRID_M.map((m) => this.head(m, `${m} m`)), this.head('top', w('explain.col_top'))];
        const table = makeTable({caption: '', label: w('explain.result'), head, class: 'result',
            rows: this.sorted().map((lane) => this.row(lane))},
        (why) => { this.told.textContent = why; });
        for (const row of table.tBodies[0].rows)
            row.cells[2].addEventListener('click', () =>
                this.view.ctx.setFocus(Number(row.dataset.lane)));
        this.box.replaceChildren(table);
        this.focus(this.view.ctx.focusLane);
    }

    focus(lane) {
        for (const row of this.box.querySelectorAll('tbody tr'))
            row.classList.toggle('near', Number(row.dataset.lane) === lane);
    }
}
