// One chart: lines of lanes over distance, time or speed, with bands, the instant of the film as a
// cursor, and the same numbers as a table. Mouse, touch and keys pick an instant; two fingers, the
// wheel with ctrl, + and - come nearer, 0 shows all again.
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import {addGestures} from '../gestures.js';
import {el} from '../words.js';
import {faint, hatch, isPrinting, laneLook, themeNow} from './style.js';

const NEAREST = 50; // times
const H_PX = 270, LABEL_PX = 12, PRINT_PX = [335, 185];
const FONT = '12px Inter, "Noto Sans", sans-serif';

/**
 * @typedef {{lane: number, name: string, y: (number|null)[], sd?: (number|null)[]|null,
 *            filled?: boolean, scale?: string}} Line   sd: one standard deviation, drawn as 90 %
 * @typedef {{lane: number, x: number, y: number, measured: boolean}} Dot
 */

const Z90 = 1.645;

/** A chart of lanes. */
export class Chart {
    /**
     * @param {{id: string, title: string, help: string, tableWord: string, noteWord?: string,
     *          pick: (x: number, hard: boolean) => void, valueText: (x: number) => string}} opts
     */
    constructor(opts) {
        this.opts = opts;
        this.plot = null;
        this.data = null;
        this.focusLane = null;
        this.allBands = false;
        this.x_now = null;
        this.near = null; // [from, to] of x; null = all of it
        this.hold = el('div', {class: 'chart-hold'});
        this.surface = el('div', {class: 'chart-surface', tabindex: '0', role: 'slider',
            'aria-label': `${opts.title}. ${opts.help}`, 'aria-valuemin': '0', 'aria-valuemax': '1',
            'aria-valuenow': '0', onkeydown: (event) => this.key(event)}, this.hold);
        this.readout = el('p', {class: 'chart-readout', 'data-readout': opts.id});
        this.tableBox = el('details', {class: 'chart-table', ontoggle: () => this.fillTable()},
            el('summary', {}, opts.tableWord), el('div', {class: 'scroll'}));
        this.tools = el('div', {class: 'chart-tools'});
        this.node = el('figure', {class: 'hm-chart', 'data-chart': opts.id},
            el('figcaption', {}, el('h3', {}, opts.title), this.tools),
            this.surface, this.readout,
            opts.noteWord ? el('p', {class: 'chart-note'}, opts.noteWord) : null, this.tableBox);
        this.watch = new ResizeObserver(() => this.fit());
        this.watch.observe(this.hold);
        this.cursor = el('div', {class: 'film-cursor', hidden: true});
        this.dot = el('div', {class: 'film-dot', hidden: true});
        this.pinched = addGestures(this.hold, {at: (x_px) => this.valueAt(x_px),
            zoomAt: (x, factor) => this.zoomAt(x, factor), moveBy: (by) => this.moveBy(by),
            unit_px: () => this.unit_px(), drags: () => false});
    }

    /** x so far from the left of the plot's frame; uPlot's own scale comes a moment later. */
    valueAt(x_px) {
        const {over} = this.plot, left_px = over.getBoundingClientRect().left -
            this.hold.getBoundingClientRect().left;
        return (this.near || this.whole())[0] + (x_px - left_px) / this.unit_px();
    }

    unit_px() {
        const [lo, hi] = this.near || this.whole();
        return this.plot.over.clientWidth / (hi - lo);
    }

    destroy() {
        this.watch.disconnect();
        if (this.plot)
            this.plot.destroy();
        this.plot = null;
    }

    /**
     * @param {{x: number[], lines: Line[], dots?: Dot[], xLabel: string, yLabel: string,
     *          y2Label?: string, down?: boolean, marks?: boolean, x_max?: number, step?: number,
     *          table: () => Node}} data
     */
    set(data) {
        this.data = data;
        const shape = this.shape();
        if (this.plot && shape === this.built) {
            this.plot.setData(this.series(themeNow()).columns);
            this.showAt(this.x_now);
        } else {
            this.build();
        }
        this.fillTable();
    }

    setFocus(lane) {
        this.focusLane = lane;
        if (this.data)
            this.build();
    }

    setAllBands(on) {
        this.allBands = on;
        this.build();
    }

    /** Colours may have changed: paper, dark mode. */
    repaint() {
        if (this.data)
            this.build();
    }

    hasBand(line) {
        return Boolean(line.sd) && (this.allBands || line.lane === this.focusLane);
    }

    series(theme) {
        const series = [{}], bands = [], columns = [this.data.x];
        const ordered = [...this.data.lines].sort((a, b) =>
            (a.lane === this.focusLane) - (b.lane === this.focusLane));
        for (const line of ordered) {
            const look = laneLook(line.lane, theme), near = line.lane === this.focusLane;
            const alpha = line.filled ? .5 : near ? 1 : .8, scale = line.scale || 'y';
            if (this.hasBand(line)) {
                const edge = (side) => line.y.map((v, i) => v === null || line.sd[i] === null ? null
                    : v + side * Z90 * line.sd[i]);
                columns.push(edge(1), edge(-1));
                const hidden = {scale, width: 0, stroke: 'transparent', points: {show: false}};
                series.push({...hidden}, {...hidden});
                bands.push({series: [series.length - 2, series.length - 1],
                    fill: (u) => line.filled ? hatch(u.ctx, look.colour)
                        : faint(look.colour, .22)});
            }
            columns.push(line.y);
            series.push({scale, label: String(line.lane), stroke: faint(look.colour, alpha),
                width: near ? 3 : 1.4, dash: scale === 'y2' ? [2, 3] : look.dash,
                spanGaps: Boolean(this.data.marks), points: {show: Boolean(this.data.marks),
                    size: near ? 6 : 4, fill: faint(look.colour, alpha)}});
        }
        return {series, bands, columns};
    }

    axis(theme, label, more = {}) {
        return {label, labelFont: FONT, font: FONT, stroke: theme.ink, labelSize: 20,
            grid: {stroke: faint(theme.line, .6), width: 1}, ticks: {stroke: theme.line, width: 1},
            values: (u, list) => list.map((v) => v === null ? '' : String(+v.toFixed(3))
                .replace('-', '−')), ...more};
    }

    build() {
        const theme = themeNow(), data = this.data;
        const {series, bands, columns} = this.series(theme);
        if (this.plot)
            this.plot.destroy();
        const axes = [this.axis(theme, data.xLabel, {size: 40}),
            this.axis(theme, data.yLabel, {size: 46})];
        if (data.y2Label)
            axes.push(this.axis(theme, data.y2Label, {scale: 'y2', side: 1, size: 44,
                grid: {show: false}}));
        this.plot = new uPlot({width: this.width_px(), height: this.h_px(), series, bands, axes,
            padding: [14, data.y2Label ? 8 : 76, 0, 0], legend: {show: false},
            cursor: {show: false},
            scales: {x: {time: false, range: () => this.near || this.whole()},
            y: {dir: data.down ? -1 : 1, range: (u, lo, hi) => rangeOf(this.data, lo, hi)},
            y2: {range: (u, lo, hi) => [0, hi * 1.08 || 1]}},
            hooks: {draw: [(u) => this.paint(u, theme)],
                setScale: [(u, key) => key === 'x' && this.showAt(this.x_now)]}},
        columns, this.hold);
        this.built = this.shape();
        this.plot.over.append(this.cursor, this.dot);
        this.listen(this.plot.over);
        const [lo, hi] = this.whole();
        this.surface.setAttribute('aria-valuemin', lo);
        this.surface.setAttribute('aria-valuemax', hi);
        this.showAt(this.x_now);
    }

    // ---- how much of it is shown ----

    whole() {
        const {x, x_max} = this.data;
        return [x[0], x_max || x[x.length - 1]];
    }

    /** Show from lo on, so much of x; more than there is shows all. */
    showFrom(lo, span) {
        const [first, last] = this.whole(), most = last - first;
        const shown = Math.max(span, most / NEAREST);
        const from = Math.min(Math.max(lo, first), last - shown);
        this.near = shown < most * .999 ? [from, from + shown] : null;
        this.plot.setData(this.plot.data);
    }

    zoomAt(x, factor) {
        const [lo, hi] = this.near || this.whole();
        this.showFrom(x - (x - lo) / factor, (hi - lo) / factor);
    }

    moveBy(by) {
        if (this.near)
            this.showFrom(this.near[0] + by, this.near[1] - this.near[0]);
    }

    /** What a plot has to be made anew for: all but the numbers. */
    shape() {
        const d = this.data;
        return JSON.stringify([d.lines.map((l) => [l.lane, l.filled, l.scale, this.hasBand(l)]),
            d.xLabel, d.yLabel, d.y2Label, d.x_max, this.focusLane]);
    }

    width_px() {
        return isPrinting() ? PRINT_PX[0]
            : Math.max(220, Math.floor(this.hold.clientWidth || 600));
    }

    h_px() {
        return isPrinting() ? PRINT_PX[1] : H_PX;
    }

    fit() {
        if (this.plot && Math.abs(this.plot.width - this.width_px()) > 1)
            this.plot.setSize({width: this.width_px(), height: this.h_px()});
    }

    // ---- what uPlot does not draw: numbers of the lanes, dots of what was measured ----

    paint(u, theme) {
        const ctx = u.ctx, ratio = u.bbox.width / u.over.clientWidth || 1;
        ctx.save();
        this.paintDots(u, ctx, theme, ratio);
        if (!this.data.y2Label)
            this.paintLabels(u, ctx, theme, ratio);
        ctx.restore();
    }

    paintDots(u, ctx, theme, ratio) {
        for (const dot of this.data.dots || []) {
            if (dot.lane !== this.focusLane || dot.x < u.scales.x.min || dot.x > u.scales.x.max)
                continue;
            ctx.beginPath();
            ctx.arc(u.valToPos(dot.x, 'x', true), u.valToPos(dot.y, 'y', true), 4 * ratio, 0, 7);
            ctx.fillStyle = dot.measured ? laneLook(dot.lane, theme).colour : theme.paper;
            ctx.strokeStyle = dot.measured ? theme.paper : laneLook(dot.lane, theme).colour;
            ctx.lineWidth = 1.5 * ratio;
            ctx.fill();
            ctx.stroke();
        }
    }

    paintLabels(u, ctx, theme, ratio) {
        const x = this.data.x, edge_px = u.bbox.left + u.bbox.width;
        const {min: x_min, max: x_max} = u.scales.x;
        const all = this.data.lines.map((line) => {
            let i = line.y.length - 1;
            while (i >= 0 && (line.y[i] === null || x[i] > x_max))
                i--;
            return i < 0 || x[i] < x_min ? null : {line, from_px: u.valToPos(x[i], 'x', true),
                y_px: u.valToPos(line.y[i], 'y', true), at_px: 0};
        }).filter(Boolean).sort((a, b) => a.y_px - b.y_px);
        ctx.textBaseline = 'middle';
        ctx.textAlign = 'left';
        ctx.setLineDash([]);
        // whoever ends before the edge bears his name there
        const is_early = (l) => l.from_px < edge_px - 24 * ratio;
        for (const l of all.filter(is_early))
            this.paintLabel(ctx, theme, ratio, l.line, l.from_px + 5 * ratio,
                l.y_px - 9 * ratio);
        const labels = all.filter((l) => !is_early(l));
        const gap_px = LABEL_PX * ratio, low_px = u.bbox.top + u.bbox.height;
        labels.forEach((l, i) => {
            l.at_px = Math.max(l.y_px, i ? labels[i - 1].at_px + gap_px : u.bbox.top);
        });
        for (let i = labels.length - 1; i >= 0; i--)
            labels[i].at_px = Math.min(labels[i].at_px,
                i < labels.length - 1 ? labels[i + 1].at_px - gap_px : low_px);
        for (const {line, from_px, y_px, at_px} of labels) {
            ctx.strokeStyle = faint(laneLook(line.lane, theme).colour, .6);
            ctx.lineWidth = ratio;
            ctx.beginPath();
            ctx.moveTo(from_px, y_px);
            ctx.lineTo(edge_px + 8 * ratio, at_px);
            ctx.stroke();
            this.paintLabel(ctx, theme, ratio, line, edge_px + 10 * ratio, at_px);
        }
    }

    paintLabel(ctx, theme, ratio, line, x_px, y_px) {
        const near = line.lane === this.focusLane;
        ctx.font = `${near ? 'bold ' : ''}${(LABEL_PX - 1) * ratio}px Inter, sans-serif`;
        ctx.fillStyle = near ? theme.ink : theme.soft;
        ctx.fillText(`${line.lane} ${line.name}`.slice(0, 12), x_px, y_px);
    }

    // ---- the instant ----

    /** Show where the film is. @param {number|null} x */
    showAt(x) {
        this.x_now = x;
        if (!this.plot)
            return;
        const hidden = x === null || !Number.isFinite(x) || x < this.plot.scales.x.min - 1e-9 ||
            x > this.plot.scales.x.max + 1e-9;
        this.cursor.hidden = hidden;
        this.dot.hidden = true;
        if (hidden) {
            this.readout.textContent = '';
            return;
        }
        const left_px = this.plot.valToPos(x, 'x');
        this.cursor.style.transform = `translateX(${left_px}px)`;
        this.showDot(x, left_px);
        this.surface.setAttribute('aria-valuenow', x.toFixed(2));
        const text = this.opts.valueText(x);
        this.surface.setAttribute('aria-valuetext', text);
        if (this.readout.textContent !== text)
            this.readout.textContent = text;
    }

    showDot(x, left_px) {
        const line = this.data.lines.find((l) => l.lane === this.focusLane && !l.scale);
        const y = line ? valueOf(this.data.x, line.y, x) : null;
        this.dot.hidden = y === null;
        if (y !== null)
            this.dot.style.transform =
                `translate(${left_px}px, ${this.plot.valToPos(y, 'y')}px)`;
    }

    listen(over) {
        const at = (event) => this.plot.posToVal(event.clientX -
            this.plot.over.getBoundingClientRect().left, 'x');
        let held = false;
        const {pinched} = this;
        over.addEventListener('dblclick', () => this.showFrom(0, Infinity));
        over.addEventListener('pointerdown', (event) => {
            held = !pinched();
            over.setPointerCapture(event.pointerId);
            if (held)
                this.pick(at(event), true);
        });
        over.addEventListener('pointermove', (event) => {
            if (pinched())
                return;
            if (held || event.pointerType === 'mouse')
                this.pick(at(event), held);
        });
        for (const name of ['pointerup', 'pointercancel'])
            over.addEventListener(name, () => { held = false; });
    }

    pick(x, hard) {
        const [min, max] = this.whole();
        this.opts.pick(Math.min(Math.max(x, min), max), hard);
    }

    key(event) {
        if (!this.plot || event.altKey || event.ctrlKey || event.metaKey)
            return;
        const step = this.data.step || 1, [min, max] = this.whole();
        const now = this.x_now === null ? min : this.x_now;
        const to = {ArrowRight: now + step, ArrowUp: now + step, ArrowLeft: now - step,
            ArrowDown: now - step, PageUp: now + 10 * step, PageDown: now - 10 * step, Home: min,
            End: max}[event.key];
        const factor = {'+': 2, '=': 2, '-': .5, '0': 0}[event.key];
        if (to === undefined && factor === undefined)
            return;
        event.preventDefault();
        event.stopPropagation();
        if (factor !== undefined)
            return factor ? this.zoomAt(now, factor) : this.showFrom(min, Infinity);
        this.showAt(Math.min(Math.max(to, min), max));
        if (this.near && (to < this.near[0] || to > this.near[1]))
            this.moveBy(to - (this.near[0] + this.near[1]) / 2);
        this.pick(to, true);
    }

    // ---- the same in numbers ----

    fillTable() {
        const box = this.tableBox.querySelector('.scroll');
        if (this.tableBox.open && this.data)
            box.replaceChildren(this.data.table());
    }
}

function rangeOf(data, lo, hi) {
    if (data.y_range)
        return data.y_range;
    const room = (hi - lo) * .06 || 1;
    return [data.down ? Math.min(lo, 0) - room : Math.max(lo - room, Math.min(lo, 0)), hi + room];
}

function valueOf(x, y, at) {
    let i = 0;
    while (i < x.length - 1 && x[i + 1] <= at)
        i++;
    if (y[i] === null || y[i] === undefined)
        return null;
    const next = y[i + 1];
    return next === null || next === undefined ? y[i]
        : y[i] + (next - y[i]) * (at - x[i]) / (x[i + 1] - x[i]);
}
