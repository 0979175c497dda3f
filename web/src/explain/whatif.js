// What if: another wind, another reaction, another runner. The engine computes the race anew while
// a value is dragged; the film follows when it comes to rest.
import {el} from '../words.js';
import {changeOfHash, hashWith, History, isNothing, noChange, requestOf, Runners, textOf, withValue}
    from './changes.js';
import {openRaceFile, saveRace} from './file.js';
import {boardTime, fixed, signed} from './numbers.js';
import {makeTable} from './table.js';

const FILM_WAIT_MS = 250;

/** name, what the slider reaches (numbers reach the engine's bounds), step, digits, unit */
const FIELDS = {
    wind_mps: {lo: -5, hi: 5, step: .1, digits: 1, unit: 'm/s', sign: true},
    altitude_m: {lo: 0, hi: 3500, step: 10, digits: 0, unit: 'm'},
    temp_c: {lo: -5, hi: 45, step: 1, digits: 0, unit: '°C'},
    reaction_s: {lo: .1, hi: .4, step: .001, digits: 3, unit: 's'},
    force_frac: {lo: -10, hi: 10, step: .5, digits: 1, unit: '%', sign: true, percent: true},
    top_speed_mps: {lo: -1, hi: 1, step: .05, digits: 2, unit: 'm/s', sign: true},
};

/** The panel of the changes and what they come to. */
export class WhatIf {
    /** @param {import('./mount.js').Explain} view @param {object} table  block hm-runners */
    constructor(view, table) {
        this.view = view;
        this.runners = new Runners(table);
        this.history = new History();
        this.lane = view.nearLane();
        this.drag = null;
        this.busy = false;
        this.again = false;
        this.film_timer = 0;
        // with curves and footfalls: what film and photo finish show
        this.race = view.base;
        const {w} = view.ctx;
        this.fields = {};
        this.message = el('p', {class: 'whatif-message', role: 'status', 'aria-live': 'polite'});
        this.list = el('ul', {class: 'whatif-list'});
        this.table = el('div', {class: 'scroll'});
        this.node = el('section', {class: 'hm-part', id: 'hm-explain-whatif'},
            el('h2', {}, w('explain.whatif')), el('p', {class: 'hint'}, w('explain.whatif_hint')),
            el('div', {class: 'whatif-grid'}, this.airSet(w), this.laneSet(w)),
            el('div', {class: 'chart-bar'}, this.buttons(w)), this.message, this.list, this.table,
            this.linkRow(w));
    }

    // ---- controls ----

    airSet(w) {
        return el('fieldset', {}, el('legend', {}, w('explain.air')),
            ['wind_mps', 'altitude_m', 'temp_c'].map((name) => this.field(name, w)));
    }

    laneSet(w) {
        this.laneSelect = el('select', {'data-lane-select': '', onchange: () => {
            this.lane = Number(this.laneSelect.value);
            this.fill();
        }});
        this.guestSelect = el('select', {'data-guest': '', onchange: () =>
            this.set(this.lane, 'guest', this.guestSelect.value || undefined)});
        this.empty = el('input', {type: 'checkbox', 'data-empty': '', onchange: () =>
            this.set(this.lane, 'empty', this.empty.checked || undefined)});
        return el('fieldset', {}, el('legend', {}, w('explain.one_runner')),
            el('label', {class: 'row'}, w('explain.runner'), this.laneSelect),
            ['reaction_s', 'force_frac', 'top_speed_mps'].map((name) => this.field(name, w)),
            el('label', {class: 'row'}, w('explain.guest'), this.guestSelect),
            el('label', {class: 'check'}, this.empty, w('explain.empty')));
    }

    field(name, w) {
        const f = FIELDS[name], label = w(`explain.set_${name}`);
        const take = (input, is_drag) => {
            const v = Number(input.value);
            if (input.value !== '' && Number.isFinite(v))
                this.setField(name, v, is_drag);
        };
        const slider = el('input', {type: 'range', min: f.lo, max: f.hi, step: f.step,
            'aria-label': label, 'data-slider': name, oninput: () => take(slider, true),
            onchange: () => { this.drag = null; }});
        const number = el('input', {type: 'number', step: f.step, 'aria-label':
            `${label} (${f.unit})`, 'data-number': name, onchange: () => take(number, false)});
        const was = el('button', {type: 'button', class: 'was', 'data-was': name,
            onclick: () => this.set(this.laneOfField(name), name, undefined)});
        this.fields[name] = {slider, number, was};
        return el('div', {class: 'field'}, el('span', {class: 'name'}, label), slider,
            el('span', {class: 'number'}, number, ` ${f.unit}`), was);
    }

    buttons(w) {
        const button = (name, fn) => el('button', {type: 'button', 'data-do': name, onclick: fn},
            w(`explain.${name}`));
        this.undoButton = button('undo', () => this.go(() => this.history.undo()));
        this.redoButton = button('redo', () => this.go(() => this.history.redo()));
        this.resetButton = button('reset', () => this.go(() => this.history.set(noChange())));
        const file = el('input', {type: 'file', accept: '.json,application/json', hidden: true,
            'data-file': '', onchange: () => this.openFile(file)});
        return [this.undoButton, this.redoButton, this.resetButton,
            button('save', async () => saveRace(await this.raceToSave())),
            button('open', () => file.click()), file];
    }

    linkRow(w) {
        this.link = el('input', {type: 'text', readonly: true, 'data-link': '',
            'aria-label': w('explain.link'), onfocus: () => this.link.select()});
        return el('div', {class: 'whatif-link'}, el('label', {class: 'row'}, w('explain.link'),
            this.link), el('button', {type: 'button', 'data-do': 'copy',
            onclick: () => this.copy()}, w('explain.copy')));
    }

    async copy() {
        const {w} = this.view.ctx;
        try {
            await navigator.clipboard.writeText(this.link.value);
            this.message.textContent = w('explain.copied');
        } catch {
            this.link.focus();
            this.message.textContent = w('explain.copy_by_hand');
        }
    }

    // ---- values ----

    laneOfField(name) {
        return name in {wind_mps: 1, altitude_m: 1, temp_c: 1} ? null : this.lane;
    }

    baseLane() {
        return this.view.base.lanes.find((l) => l.lane === this.lane);
    }

    /** As it was, in the unit of the field. */
    wasOf(name) {
        if (this.laneOfField(name) === null)
            return this.view.base[name];
        const guest = this.guestOf(this.lane);
        return name === 'reaction_s' ? (guest || this.baseLane()).reaction_s : 0;
    }

    guestOf(lane) {
        const l = this.history.now.lanes[lane];
        return l && l.guest ? this.runners.find(l.guest) : null;
    }

    valueOf(name) {
        const lane = this.laneOfField(name), c = this.history.now;
        const v = lane === null ? c[name] : (c.lanes[lane] || {})[name];
        if (v === undefined)
            return this.wasOf(name);
        return FIELDS[name].percent ? 100 * (v - 1) : v;
    }

    setField(name, v, is_drag) {
        const f = FIELDS[name], lane = this.laneOfField(name);
        const bound = this.view.bounds[name];
        const value = f.percent ? 1 + v / 100 : v;
        if (value < bound.lo || value > bound.hi) {
            this.message.textContent = this.view.ctx.w('explain.out_of_bounds',
                fixed(f.percent ? 100 * (bound.lo - 1) : bound.lo, f.digits),
                fixed(f.percent ? 100 * (bound.hi - 1) : bound.hi, f.digits));
            this.fill();
            return;
        }
        const same = Math.abs(v - this.wasOf(name)) < f.step / 1000;
        this.set(lane, name, same ? undefined : Number(value.toPrecision(10)),
            is_drag ? `${lane}.${name}` : null);
    }

    set(lane, name, value, drag = null) {
        let next = withValue(this.history.now, lane, name, value);
        if (name === 'guest' && value !== undefined)
            next = withValue(next, lane, 'reaction_s', undefined);
        this.history.set(next, drag !== null && drag === this.drag);
        this.drag = drag;
        this.changed();
    }

    /** The runner who is followed is the one to be changed. */
    follow(lane) {
        if (this.view.base.lanes.some((l) => l.lane === lane)) {
            this.lane = lane;
            this.fill();
        }
    }

    go(step) {
        step();
        this.drag = null;
        this.changed();
    }

    changed() {
        this.fill();
        this.compute();
    }

    // ---- the engine ----

    /** Compute what is asked; while it computes, only the last wish is kept. */
    async compute() {
        this.again = true;
        if (this.busy)
            return;
        this.busy = true;
        while (this.again) {
            this.again = false;
            await this.computeOnce();
        }
        this.busy = false;
    }

    async computeOnce() {
        const c = this.history.now, began_ms = performance.now();
        try {
            const nothing = isNothing(c);
            const series = nothing ? null
                : await this.view.ctx.lab.change(requestOf(c, (key) => this.runners.find(key)));
            if (this.again)
                return;
            this.view.take(series);
            const effects = series ? series.effects : [];
            this.node.dataset.ms = (performance.now() - began_ms).toFixed(1);
            this.node.dataset.engine = this.view.ctx.lab.change_ms.toFixed(1);
            this.message.textContent = nothing ? '' : this.summary(effects);
            this.showDifference(effects, nothing);
            this.filmSoon();
        } catch (error) {
            this.message.textContent = `${this.view.ctx.w('explain.impossible')} ${error.message}`;
        }
    }

    summary(effects) {
        const {w} = this.view.ctx;
        const first = this.view.shown.lanes.find((l) => l.place === 1);
        const n = effects.filter((e) => e.changed).length;
        return first ? w('explain.now_first', n, first.name, boardTime(first)) : '';
    }

    /** Film and photo finish follow when nothing was changed for a moment. */
    filmSoon() {
        clearTimeout(this.film_timer);
        this.film_timer = setTimeout(() => this.toFilm(), FILM_WAIT_MS);
    }

    async toFilm() {
        const c = this.history.now, race = await this.view.wholeRace();
        if (c !== this.history.now)
            return;
        this.race = race;
        this.keepLink();
        if (this.view.ctx.race !== race)
            this.view.ctx.setRace(race, this.view.made ? 'what-if' : 'as it was');
        this.view.photo.record();
    }

    keepLink() {
        const hash = hashWith(location.hash, this.history.now);
        if (hash !== (location.hash || '#'))
            history.replaceState(null, '', hash);
        this.link.value = location.href;
    }

    /** The address may carry a change. */
    async takeLink() {
        const c = changeOfHash(location.hash);
        if (textOf(c) === textOf(this.history.now))
            return;
        const known = Object.keys(c.lanes).every((lane) =>
            this.view.base.lanes.some((l) => l.lane === Number(lane)));
        if (!known) {
            this.message.textContent = this.view.ctx.w('explain.bad_link');
            return;
        }
        this.history.set(c);
        const lane = Number(Object.keys(c.lanes)[0]);
        this.lane = lane || this.lane;
        this.changed();
    }

    // ---- files ----

    /** The race that is shown, with the wish it came from, so that it can be taken up again. */
    async raceToSave() {
        const race = await this.view.wholeRace(), what = textOf(this.history.now);
        return what ? {...race, notes: [...race.notes, `what if link: ${what}`]} : race;
    }

    async openFile(input) {
        const {w} = this.view.ctx, file = input.files[0];
        input.value = '';
        if (!file)
            return;
        try {
            const {race, what} = await openRaceFile(file, this.view.base);
            if (what === null)
                await this.view.openBase(race);
            this.history = new History();
            this.history.set(what || noChange());
            this.changed();
            this.message.textContent = w('explain.opened', file.name);
        } catch (error) {
            this.message.textContent = `${w('explain.not_opened', file.name)} ${error.message}`;
        }
    }

    // ---- what stands in the panel ----

    /** The race that changes start from is another one. */
    begin() {
        const {w} = this.view.ctx;
        this.race = this.view.base;
        this.laneSelect.replaceChildren(...this.view.base.lanes.map((l) => el('option',
            {value: l.lane, dir: 'auto'}, `${l.lane} ${l.name}`)));
        if (!this.view.base.lanes.some((l) => l.lane === this.lane))
            this.lane = this.view.base.lanes[0].lane;
        this.guestSelect.replaceChildren(el('option', {value: ''}, w('explain.nobody')),
            ...this.runners.races.map((r) => el('optgroup', {label: `${r.meet} ${
                r.date.slice(0, 4)}`}, r.runners.map((runner) => el('option',
                {value: `${r.id}/${runner.lane}`},
                `${runner.name} ${(runner.time_us / 1e6).toFixed(2)}`)))));
        for (const [name, {slider}] of Object.entries(this.fields)) {
            const f = FIELDS[name], was = this.wasOf(name);
            slider.min = Math.min(f.lo, was);
            slider.max = Math.max(f.hi, was);
        }
        this.fill();
    }

    fill() {
        const {w} = this.view.ctx, c = this.history.now;
        this.laneSelect.value = String(this.lane);
        for (const [name, {slider, number, was}] of Object.entries(this.fields)) {
            const f = FIELDS[name], v = this.valueOf(name), before = this.wasOf(name);
            slider.value = String(v);
            number.value = v.toFixed(f.digits);
            slider.setAttribute('aria-valuetext', this.fieldText(f, v));
            const same = Math.abs(v - before) < f.step / 1000;
            was.hidden = same;
            was.textContent = w('explain.was', (f.sign ? signed : fixed)(before, f.digits));
        }
        const lane = c.lanes[this.lane] || {};
        this.guestSelect.value = lane.guest || '';
        this.empty.checked = Boolean(lane.empty);
        this.undoButton.disabled = this.history.past.length === 0;
        this.redoButton.disabled = this.history.future.length === 0;
        this.resetButton.disabled = isNothing(c);
        this.fillList(c, w);
        this.link.value = location.href.replace(/#.*$/, '') + hashWith(location.hash, c);
    }

    fieldText(f, v) {
        return `${(f.sign ? signed : fixed)(v, f.digits)} ${f.unit}`;
    }

    fillList(c, w) {
        const item = (lane, name, value) => {
            const f = FIELDS[name];
            const shown = name === 'guest' ? (this.runners.find(value) || {name: value}).name
                : f ? this.fieldText(f, f.percent ? 100 * (value - 1) : value) : '';
            const who = lane === null ? '' : `${lane} ${this.view.base.lanes.find((l) =>
                l.lane === lane).name}: `;
            return el('li', {}, el('span', {dir: 'auto'}, `${who}${w(`explain.set_${name}`)} ${
                shown}`), el('button', {type: 'button', 'aria-label': w('explain.take_out'),
                onclick: () => this.set(lane, name, undefined)}, '×'));
        };
        const air = ['wind_mps', 'altitude_m', 'temp_c'].filter((n) => c[n] !== undefined)
            .map((n) => item(null, n, c[n]));
        const lanes = Object.entries(c.lanes).flatMap(([lane, l]) => Object.entries(l)
            .map(([name, value]) => item(Number(lane), name, value)));
        this.list.replaceChildren(...air, ...lanes);
    }

    showDifference(effects, nothing) {
        if (nothing) {
            this.table.replaceChildren();
            return;
        }
        const {w} = this.view.ctx, made = this.view.shown;
        const rows = this.view.base.lanes.map((was) => {
            const is = made.lanes.find((l) => l.lane === was.lane);
            const e = effects.find((x) => x.lane === was.lane);
            const other = is && is.name !== was.name;
            const was_s = was.time_us ? was.time_us / 1e6 : null;
            const is_s = is && is.time_us ? is.time_us / 1e6 : null;
            const dt = was_s === null || is_s === null ? null : is_s - was_s;
            return {lane: was.lane, cells: [{text: was.lane},
                {text: is ? other ? `${is.name} ← ${was.name}` : is.name
                    : `${was.name} (${w('explain.away')})`, head: true},
                {text: e.changed ? signed(dt, 3) : '0', kind: dt > 0 ? 'slower' : dt < 0 ? 'faster'
                    : 'plain'},
                {text: fixed(is_s, 3), kind: e.changed ? 'computed' : 'measured'},
                {text: fixed(was_s, 3)},
                {text: e.longer_s_sd > 0 ? `±${fixed(1.645 * e.longer_s_sd, 3)}` : '–'},
                {text: `${was.place ?? '–'} → ${is ? is.place ?? '–' : '–'}`}]};
        });
        this.table.replaceChildren(makeTable({caption: w('explain.difference'), class: 'difference',
            head: ['lane', 'name', 'dt', 'now', 'was', 'spread', 'places']
                .map((n) => w(`explain.diff_${n}`)), rows}));
    }
}
