// The charts of a race, linked to the film and to each other: speed, gaps, steps, force and speed.
import {el} from '../words.js';
import {Chart} from './chart.js';
import {fixed, placeOf, sampleAt, signed} from './numbers.js';
import {isFilled} from './result.js';
import {laneCss} from './style.js';
import {makeTable} from './table.js';

const TABLE_M = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100];
const Z90 = 1.645;
const STEP_KINDS = {rate_hz: [2, 'Hz'], length_m: [2, 'm'], contact_s: [3, 's'],
    flight_s: [3, 's']};

const upTo = (n, dx) => Array.from({length: n}, (_, i) => +(i * dx).toFixed(6));

/** Four charts and what belongs to all of them. */
export class Charts {
    /** @param {import('./mount.js').Explain} view */
    constructor(view) {
        this.view = view;
        this.by = 'distance';
        this.stepKind = 'rate_hz';
        const {w} = view.ctx;
        this.speed = this.make('speed', (x) => this.timeAt(x));
        this.gaps = this.make('gaps', (x) => this.timeAt(x));
        this.steps = this.make('steps', (x) => this.timeOfPlace(x));
        this.force = this.make('force', (v) => this.timeOfSpeed(v));
        this.all = [this.speed, this.gaps, this.steps, this.force];
        this.chips = el('div', {class: 'chips', role: 'group', 'aria-label': w('explain.runner')});
        this.fv = el('div', {class: 'fv', 'aria-live': 'polite'});
        this.force.tableBox.before(this.fv);
        this.addTools(w);
        this.node = el('section', {class: 'hm-part', id: 'hm-explain-charts'},
            el('h2', {}, w('explain.charts')), el('p', {class: 'hint'}, w('explain.chart_hint')),
            el('div', {class: 'chart-bar'}, this.chips, this.axisSwitch(w),
                el('label', {class: 'check'}, this.allBox(), w('explain.all_intervals'))),
            el('div', {class: 'chart-grid'}, this.all.map((chart) => chart.node)),
            el('p', {class: 'legend'}, w('explain.chart_legend')));
    }

    make(id, timeOf) {
        const {w} = this.view.ctx;
        return new Chart({id, title: w(`explain.${id}`), help: w('explain.chart_keys'),
            tableWord: w('explain.as_table'), noteWord: w(`explain.${id}_note`),
            pick: (x, hard) => this.view.seek(timeOf(x), hard),
            valueText: (x) => this.valueText(id, x)});
    }

    addTools(w) {
        const select = el('select', {'aria-label': w('explain.step_kind'), 'data-steps': '',
            onchange: () => {
                this.stepKind = select.value;
                this.showSteps();
            }}, Object.keys(STEP_KINDS).map((kind) => el('option', {value: kind},
            w(`explain.step_${kind}`))));
        this.steps.tools.append(select);
    }

    axisSwitch(w) {
        return el('fieldset', {class: 'switch'}, el('legend', {}, w('explain.over')),
            ['distance', 'time'].map((by) => el('label', {}, el('input', {type: 'radio',
                name: `hm-over-${this.view.number}`, value: by, checked: by === this.by,
                onchange: () => {
                    this.by = by;
                    this.showRuns();
                    this.setTime(this.view.ctx.clock.race_t_s);
                }}), w(`explain.over_${by}`))));
    }

    allBox() {
        const box = el('input', {type: 'checkbox', 'data-bands': '', onchange: () =>
            this.all.forEach((chart) => chart.setAllBands(box.checked))});
        return box;
    }

    destroy() {
        this.all.forEach((chart) => chart.destroy());
    }

    // ---- instants ----

    laneSeries(lane) {
        return this.view.series.lanes.find((l) => l.lane === lane);
    }

    /** Whose instant a place stands for: who is followed, else the winner, else anybody. */
    near() {
        const lane = this.view.nearLane();
        return this.laneSeries(lane);
    }

    timeAt(x) {
        return this.by === 'time' ? x : this.timeOfPlace(x);
    }

    timeOfPlace(x_m) {
        return sampleAt(this.near().t_at_m, this.view.series.dx_m, x_m);
    }

    placeAt(race_t_s) {
        return sampleAt(this.near().x_at_s, this.view.series.dt_s, race_t_s);
    }

    speedAt(race_t_s) {
        return sampleAt(this.near().v_at_s, this.view.series.dt_s, race_t_s);
    }

    /** First instant at this speed on the way up. */
    timeOfSpeed(v_mps) {
        const speeds = this.near().v_at_s, dt_s = this.view.series.dt_s;
        const at_s = placeOf(speeds, dt_s, v_mps);
        return at_s === null ? dt_s * speeds.indexOf(Math.max(...speeds)) : at_s;
    }

    setTime(race_t_s) {
        if (!this.view.series)
            return;
        const x_m = this.placeAt(race_t_s);
        this.speed.showAt(this.by === 'time' ? race_t_s : x_m);
        this.gaps.showAt(this.by === 'time' ? race_t_s : x_m);
        this.steps.showAt(x_m);
        this.force.showAt(this.speedAt(race_t_s));
    }

    // ---- lines ----

    show() {
        this.showChips();
        this.all.forEach((chart) => { chart.focusLane = this.view.nearLane(); });
        this.showRuns();
        this.showSteps();
        this.showForce();
        this.setTime(this.view.ctx.clock.race_t_s);
    }

    nameOf(lane) {
        const found = this.view.shown.lanes.find((l) => l.lane === lane);
        return found ? found.name : '';
    }

    /** The name by which a runner is called on a line. */
    shortOf(lane) {
        const parts = this.nameOf(lane).split(/\s+/);
        return parts[parts.length - 1];
    }

    lines(column, sd) {
        const race = this.view.shown;
        return this.view.series.lanes.map((l) => {
            const lane = race.lanes.find((r) => r.lane === l.lane);
            return {lane: l.lane, name: this.shortOf(l.lane), y: l[column], sd: sd ? l[sd] || null
                : null, filled: isFilled(lane, 'splits')};
        }).filter((line) => line.y && line.y.some((v) => v !== null));
    }

    /** When the first arrives; undefined when nobody does. */
    winner_s() {
        const first = this.laneSeries(this.view.series.winner);
        return first && first.t_at_m[100] !== null ? first.t_at_m[100] : undefined;
    }

    /** Lines over time; the spread that belongs to a place stands where he was then. */
    timeLines(column, spreadAt) {
        return this.lines(column, null).map((line) => {
            const l = this.laneSeries(line.lane);
            const sd = !l.t_sd_s_at_m ? null : line.y.map((v, i) => v === null ||
                l.x_at_s[i] === null || l.x_at_s[i] > 100 ? null
                : spreadAt(l, l.x_at_s[i], l.v_at_s[i]));
            return {...line, sd};
        });
    }

    showRuns() {
        const {w} = this.view.ctx, s = this.view.series, by_time = this.by === 'time';
        const n = by_time ? Math.max(...s.lanes.map((l) => l.x_at_s.length)) : 101;
        const x = upTo(n, by_time ? s.dt_s : s.dx_m);
        const xLabel = w(by_time ? 'explain.x_time' : 'explain.x_distance');
        const step = by_time ? s.dt_s : s.dx_m;
        this.speed.set({x, xLabel, step, yLabel: w('explain.y_speed'), dots: this.meanSpeeds(),
            lines: by_time ? this.timeLines('v_at_s', (l, x_m) =>
                sampleAt(l.v_sd_mps_at_m, s.dx_m, x_m)) : this.lines('v_at_m', 'v_sd_mps_at_m'),
            table: () => this.table('v_at_m', 'v_sd_mps_at_m', 2, 'm/s')});
        this.gaps.set({x, xLabel, step, down: true,
            yLabel: w(by_time ? 'explain.y_gap_m' : 'explain.y_gap_s'),
            x_max: by_time ? this.winner_s() : undefined,
            lines: by_time ? this.timeLines('gap_m_at_s', (l, x_m, v_mps) =>
                v_mps * sampleAt(l.t_sd_s_at_m, s.dx_m, x_m))
                : this.lines('gap_s_at_m', 't_sd_s_at_m'),
            table: () => this.table('gap_s_at_m', 't_sd_s_at_m', 2, 's')});
    }

    /** Mean speeds between what was measured, in the middle of each stretch. */
    meanSpeeds() {
        const dots = [];
        for (const lane of this.view.shown.lanes) {
            let from = {distance_m: 0, time_s: lane.reaction_s};
            for (const split of lane.splits.filter((s) => s.measured)) {
                const at_m = (from.distance_m + split.distance_m) / 2;
                const y = (split.distance_m - from.distance_m) / (split.time_s - from.time_s);
                const at_s = sampleAt(this.laneSeries(lane.lane).t_at_m, 1, at_m);
                if (split.distance_m - from.distance_m <= 20.01 && at_s !== null)
                    dots.push({lane: lane.lane, x: this.by === 'time' ? at_s : at_m, y,
                        measured: from.distance_m > 0});
                from = split;
            }
        }
        return dots;
    }

    /** Steps of all lanes on one axis of places. */
    showSteps() {
        const {w} = this.view.ctx, lanes = this.view.series.lanes;
        const x = [...new Set(lanes.flatMap((l) => l.steps.x_m))].sort((a, b) => a - b);
        const at = new Map(x.map((v, i) => [v, i]));
        const lines = lanes.filter((l) => l.steps.x_m.length).map((l) => {
            const y = new Array(x.length).fill(null);
            l.steps.x_m.forEach((v, i) => { y[at.get(v)] = l.steps[this.stepKind][i]; });
            return {lane: l.lane, name: this.shortOf(l.lane), y, sd: null, filled: true};
        });
        this.steps.set({x, lines, marks: true, step: 2, xLabel: w('explain.x_distance'),
            yLabel: w(`explain.y_${this.stepKind}`), table: () => this.stepTable()});
    }

    showForce() {
        const {w} = this.view.ctx;
        const fitted = this.view.series.lanes.filter((l) => l.fit);
        const x_max = Math.ceil(Math.max(4, ...fitted.map((l) => l.fit.line.v_mps.at(-1))));
        const x = upTo(81, x_max / 80);
        const onto = (line, name) => x.map((v) => {
            const dv = line.v_mps[1] || 1;
            return v > line.v_mps.at(-1) + 1e-6 ? null : sampleAt(line[name], dv, v);
        });
        const lines = fitted.map((l) => ({lane: l.lane, name: this.shortOf(l.lane),
            y: onto(l.fit.line, 'f_n_per_kg'), sd: onto(l.fit.line, 'f_sd_n_per_kg'),
            filled: l.fit.by === 'time'}));
        const near = fitted.find((l) => l.lane === this.view.nearLane());
        if (near)
            lines.push({lane: near.lane, name: '', scale: 'y2',
                y: onto(near.fit.line, 'p_w_per_kg'),
                sd: onto(near.fit.line, 'p_sd_w_per_kg'), filled: near.fit.by === 'time'});
        this.force.set({x, lines, step: x_max / 80, xLabel: w('explain.x_speed'),
            yLabel: w('explain.y_force'), y2Label: near ? w('explain.y_power') : null,
            table: () => this.forceTable()});
        this.showFit(near);
    }

    showFit(near) {
        const {w} = this.view.ctx;
        if (!near) {
            const l = this.near(), why = l && l.why_no_fit ? ` (${l.why_no_fit})` : '';
            this.fv.replaceChildren(el('p', {}, w('explain.no_fit') + why));
            return;
        }
        const row = (name, digits, unit) => {
            const e = near.fit[name];
            return el('div', {}, el('dt', {}, w(`explain.fit_${name}`)), el('dd', {},
                el('b', {}, `${fixed(e.value, digits)} ${unit}`), ` ${this.interval(e, digits)}`));
        };
        this.fv.replaceChildren(el('p', {}, `${near.lane} ${this.nameOf(near.lane)}: `,
            w(`explain.fit_by_${near.fit.by}`, near.fit.n_point),
            near.fit.changed ? ` ${w('explain.fit_changed')}` : ''),
        el('dl', {}, row('f0_n_per_kg', 2, 'N/kg'), row('v0_mps', 2, 'm/s'),
            row('pmax_w_per_kg', 1, 'W/kg')));
    }

    interval(e, digits) {
        return e.lo90 === null ? this.view.ctx.w('explain.no_interval')
            : `(90 %: ${fixed(e.lo90, digits)}–${fixed(e.hi90, digits)})`;
    }

    // ---- tables ----

    table(column, sd, digits, unit) {
        const {w} = this.view.ctx;
        const rows = this.view.series.lanes.map((l) => ({lane: l.lane, cells: [
            {text: `${l.lane} ${this.nameOf(l.lane)}`, head: true},
            ...TABLE_M.map((m) => ({text: this.withSpread(l, column, sd, m, digits)}))]}));
        return makeTable({caption: w('explain.table_caption', unit), rows,
            head: [w('explain.runner'), ...TABLE_M.map((m) => `${m} m`)]});
    }

    withSpread(l, column, sd, m, digits) {
        const v = l[column][m];
        if (v === null)
            return '–';
        const spread = l[sd] && l[sd][m] !== null ? ` ±${fixed(Z90 * l[sd][m], digits)}` : '';
        return fixed(v, digits) + spread;
    }

    stepTable() {
        const {w} = this.view.ctx, [digits, unit] = STEP_KINDS[this.stepKind];
        const rows = this.view.series.lanes.map((l) => ({lane: l.lane, cells: [
            {text: `${l.lane} ${this.nameOf(l.lane)}`, head: true}, {text: l.steps.x_m.length},
            ...TABLE_M.map((m) => {
                const i = l.steps.x_m.findIndex((x) => x >= m - 10 && x < m + .5);
                const j = l.steps.x_m.findIndex((x) => x >= m);
                const at = (j < 0 ? l.steps.x_m.length : j) - 1;
                return {text: i < 0 || at < 0 ? '–' : fixed(l.steps[this.stepKind][at], digits)};
            })]}));
        return makeTable({caption: w('explain.step_caption', unit), rows,
            head: [w('explain.runner'), w('explain.n_steps'), ...TABLE_M.map((m) => `${m} m`)]});
    }

    forceTable() {
        const {w} = this.view.ctx;
        const names = [['f0_n_per_kg', 2], ['v0_mps', 2], ['pmax_w_per_kg', 1]];
        const rows = this.view.series.lanes.map((l) => ({lane: l.lane, cells: [
            {text: `${l.lane} ${this.nameOf(l.lane)}`, head: true},
            ...names.map(([name, digits]) => ({text: l.fit ? `${fixed(l.fit[name].value, digits)} ${
                this.interval(l.fit[name], digits)}` : '–', kind: l.fit && l.fit.by === 'time'
                ? 'filled' : 'plain'}))]}));
        return makeTable({caption: w('explain.force_caption'), rows, head: [w('explain.runner'),
            ...names.map(([name]) => w(`explain.fit_${name}`))]});
    }

    // ---- who is followed ----

    showChips() {
        const names = this.view.shown.lanes.map((l) => `${l.lane} ${l.name}`).join();
        if (names === this.chip_names)
            return;
        this.chip_names = names;
        this.chips.replaceChildren(...this.view.shown.lanes.map((lane) => el('button',
            {type: 'button', class: 'chip', 'data-lane': lane.lane, 'aria-pressed': 'false',
                onclick: () => this.view.ctx.setFocus(this.view.ctx.focusLane === lane.lane ? null
                    : lane.lane)}, el('span', {class: 'swatch', 'aria-hidden': 'true',
                style: `background:${laneCss(lane.lane)}`}),
            el('span', {dir: 'auto'}, `${lane.lane} ${lane.name}`))));
        this.pressChips();
    }

    focus() {
        const near = this.view.nearLane();
        this.pressChips();
        this.all.forEach((chart) => chart.setFocus(near));
        if (this.view.series)
            this.showForce();
    }

    pressChips() {
        const {focusLane} = this.view.ctx;
        for (const chip of this.chips.children)
            chip.setAttribute('aria-pressed', String(Number(chip.dataset.lane) === focusLane));
    }

    valueText(id, x) {
        const {w} = this.view.ctx, l = this.near();
        if (!l)
            return '';
        const race_t_s = id === 'force' ? this.timeOfSpeed(x)
            : id === 'steps' ? this.timeOfPlace(x) : this.timeAt(x);
        const x_m = this.placeAt(race_t_s), v_mps = this.speedAt(race_t_s);
        const who = `${l.lane} ${this.nameOf(l.lane)}`;
        const at = w('explain.at', fixed(race_t_s, 2), fixed(x_m, 1), who);
        if (id === 'speed')
            return `${at}: ${fixed(v_mps, 2)} m/s${this.speedSpread(l, x_m)}`;
        if (id === 'gaps')
            return `${at}: ${w('explain.behind', signed(sampleAt(l.gap_s_at_m, 1, x_m), 3),
                fixed(sampleAt(l.gap_m_at_s, this.view.series.dt_s, race_t_s), 2))}`;
        if (id === 'steps')
            return `${at}: ${this.stepText(l, x_m, w)}`;
        return `${at}: ${this.forceText(l, x)}`;
    }

    speedSpread(l, x_m) {
        const sd = l.v_sd_mps_at_m ? sampleAt(l.v_sd_mps_at_m, 1, x_m) : null;
        return sd === null ? '' : ` ± ${fixed(Z90 * sd, 2)} (90 %)`;
    }

    stepText(l, x_m, w) {
        let i = l.steps.x_m.findIndex((v) => v > x_m) - 1;
        i = i === -2 ? l.steps.x_m.length - 1 : i;
        const at = (name) => fixed(i < 0 ? null : l.steps[name][i], STEP_KINDS[name][0]);
        return w('explain.step_at', i + 1, at('rate_hz'), at('length_m'), at('contact_s'),
            at('flight_s'));
    }

    forceText(l, v_mps) {
        if (!l.fit)
            return this.view.ctx.w('explain.no_fit');
        const line = l.fit.line, f = sampleAt(line.f_n_per_kg, line.v_mps[1], v_mps);
        const sd = sampleAt(line.f_sd_n_per_kg, line.v_mps[1], v_mps);
        return `${fixed(v_mps, 2)} m/s, ${fixed(f, 2)} ± ${fixed(Z90 * sd, 2)} N/kg, ${
            fixed(f * v_mps, 1)} W/kg`;
    }
}
