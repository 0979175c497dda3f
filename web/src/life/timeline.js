// The time line of lives: lanes, axis, crossings; drawn anew whenever what is shown changes.
import {el} from '../words.js';

import {drawAxis, drawChapters} from './axis.js';
import {drawCrossings} from './crossings.js';
import {makeDescribe} from './describe.js';
import {drawFocusRows, FOCUS_ROWS} from './focus.js';
import {addGestures} from '../gestures.js';
import {addKeys, keepOneInTabOrder} from './keys.js';
import {fitText, Room} from './labels.js';
import {drawLane, yOf} from './lane.js';
import {lookOfLife, shapePath} from './marks.js';
import {officialTime} from './model.js';
import {Seconds} from './scale.js';

const NARROW_PX = 700;
const n1 = (value) => Math.round(value * 10) / 10;

/** What a key of a mark means. */
export function choiceOf(model, key) {
    const [kind, a, b] = key.split(':');
    if (kind === 's') {
        const season = model.people[a].seasons.find((s) => s.year === Number(b));
        return season ? {kind: 'season', season} : null;
    }
    return kind === 'r' ? {kind: 'race', race: model.races[a], who: model.people[b]}
                        : {kind: 'life', who: model.people[a]};
}

/** The picture of all lives. */
export class Timeline {
    /**
     * @param {HTMLElement} node
     * @param {import('./state.js').State} state
     * @param {(key: string, ...parts: any[]) => string} w
     * @param {import('./tip.js').Tip} tip
     */
    constructor(node, state, w, tip) {
        this.node = node;
        this.state = state;
        this.w = w;
        this.tip = tip;
        this.describe = makeDescribe(state.model, w);
        this.svg = el('svg:svg', {class: 'life-picture', role: 'group'});
        node.append(this.svg);
        this.seconds = new Seconds(state.model.followed.flatMap(
            (p) => [...p.seasons.filter((s) => s.standing !== 'left')
                        .flatMap((s) => [s.start_s, s.end_s, s.best_s]),
                ...p.runs.map((r) => r.time_s)]));
        this.listen();
    }

    listen() {
        const {svg, state} = this;
        const centre = () => (state.span.from_yr + state.span.to_yr) / 2;
        addGestures(svg, {
            at: (x) => this.instantAt(x),
            zoomAt: (at, f) => state.zoomAt(at, f),
            moveBy: (d) => state.moveBy(d),
            unit_px: () => this.year_px()
        });
        addKeys(svg, {
            open: (key) => this.open(key),
            all: () => state.showAll(),
            zoom: (factor) => {
                const mark =
                    svg.contains(document.activeElement) && document.activeElement.dataset.x;
                state.zoomAt(mark ? this.instantAt(Number(mark)) : centre(), factor);
            },
            edge: (side) => {
                const {from_yr, to_yr, whole} = state.span;
                if (side > 0 ? to_yr >= whole[1] - 1e-9 : from_yr <= whole[0] + 1e-9)
                    return false;
                state.moveBy(side * (to_yr - from_yr) / 3);
                return true;
            }
        });
        svg.addEventListener('click', (event) => {
            const mark = event.target.closest('[data-key]');
            if (mark)
                this.open(mark.dataset.key);
        });
        this.tip.watch(svg, (mark) => this.linesOf(mark.dataset.key));
    }

    open(key) {
        keepOneInTabOrder(this.svg, key);
        this.opened = key;
        this.state.choose(choiceOf(this.state.model, key));
    }

    linesOf(key) {
        const choice = choiceOf(this.state.model, key);
        if (choice.kind === 'season')
            return this.describe.season(choice.season);
        if (choice.kind === 'race')
            return this.describe.run(this.state.model.runOf(choice.race, choice.who));
        return [this.state.model.text(choice.who)];
    }

    instantAt(x_px) {
        const {x0, x1} = this.picture, {from_yr, to_yr} = this.state.span;
        return from_yr + (x_px - x0) / (x1 - x0) * (to_yr - from_yr);
    }

    year_px() {
        const {x0, x1} = this.picture, {from_yr, to_yr} = this.state.span;
        return (x1 - x0) / (to_yr - from_yr);
    }

    /** Where each lane stands. @returns {{lanes: import('./lane.js').Lane[], bottom: number}} */
    layOut(top, narrow) {
        const {state} = this;
        const orderOf = (person) => state.model.followed.indexOf(person);
        if (state.arrangement === 'together') {
            const plot1 = top + (narrow ? 320 : 420);
            return {
                bottom: plot1 + 8,
                lanes: state.shown.map((who) => ({
                    who,
                    order: orderOf(who),
                    y0: top,
                    y1: plot1 + 6,
                    plot0: top + 10,
                    plot1,
                    full: true,
                    bare: true
                }))
            };
        }
        let y = top;
        const lanes = state.shown.map((who) => {
            const full = !state.focus || state.focus === who;
            const lane = {who, order: orderOf(who), y0: y, full, bare: false};
            lane.plot0 = y + (narrow ? 34 : 18);
            lane.plot1 = lane.plot0 + (state.focus === who ? 190 : full ? 104 : 36);
            lane.figure0 = lane.plot1 + 3;
            lane.belief0 = full ? lane.figure0 + (narrow ? 30 : 36) : lane.figure0;
            lane.stage0 = full ? lane.belief0 + 13 : lane.figure0;
            lane.y1 = lane.stage0 + 20;
            y = lane.y1 +
                (state.focus === who ? FOCUS_ROWS.mind + FOCUS_ROWS.beliefs + FOCUS_ROWS.gains + 4
                                     : 0) +
                9;
            return lane;
        });
        return {lanes, bottom: y};
    }

    drawHead(g, lane, narrow) {
        const {state, w} = this, {who} = lane, {x0, size_px} = this.picture;
        const look = lookOfLife(lane.order), name = state.model.text(who);
        const x = narrow ? 4 : 8, y = narrow ? lane.y0 + 14 : lane.y0 + 26;
        const room = narrow ? this.picture.x1 - x - 20 : x0 - 34;
        const label = el('svg:g', {
            class: 'life-head',
            role: 'button',
            tabindex: -1,
            'data-key': `p:${who.index}`,
            'data-row': lane.order,
            'data-x': 0,
            'aria-label': w('life.why.life', name)
        },
            el('svg:rect', {
                class: 'life-hit',
                x: 0,
                y: lane.y0,
                width: narrow ? room : x0 - 8,
                height: narrow ? 20 : 34
            }),
            el('svg:path',
                {d: shapePath(look.shape, x + 6, y - 5, 5.5), style: `fill:${look.ink}`}),
            el('svg:text', {class: 'life-who', x: x + 18, y, direction: 'auto'},
                fitText(name, room - 10, size_px + 4)));
        g.append(label);
        if (narrow || !lane.full)
            return;
        const lines = [
            w('life.born', who.born),
            Number.isFinite(who.pb_s)
                ? w('life.pb', officialTime(who.pb_s), who.pb_age_yr.toFixed(1))
                : null,
            who.kind || null
        ].filter(Boolean);
        lines.forEach((line, i) => g.append(el('svg:text',
                          {class: 'life-fact', x: x + 18, y: y + (i + 1) * (size_px + 5)},
                          fitText(line, x0 - x - 30, size_px))));
    }

    /** Seconds once for all. */
    drawTogether(g, lanes) {
        const {x0, x1, size_px} = this.picture, one = lanes[0];
        if (!one)
            return;
        for (const time_s of this.seconds.ticks(one.plot1 - one.plot0, size_px * 1.6)) {
            const y = n1(yOf(this.picture, one, time_s));
            g.append(el('svg:line', {class: 'life-grid', x1: x0, x2: x1, y1: y, y2: y}),
                el('svg:text', {class: 'life-tick', x: x0 - 6, y: y + 4, 'text-anchor': 'end'},
                    `${time_s} s`));
        }
        g.append(el('svg:text', {class: 'life-rowtitle', x: x0 + 4, y: one.plot1 - 4},
            this.w('life.level_axis')));
    }

    render() {
        const {svg, state} = this;
        this.width = Math.max(this.node.clientWidth, 280);
        const narrow = this.width < NARROW_PX, together = state.arrangement === 'together';
        const x0 = narrow ? (together ? 44 : 6) : 172,
              x1 = this.width -
            (together && !narrow ? 90
                    : narrow     ? 38
                                 : 52);
        this.picture = {
            state,
            w: this.w,
            x0,
            x1,
            seconds: this.seconds,
            size_px: 11,
            x: (who, at_yr) => state.span.x(state.at(who, at_yr), x0, x1)
        };
        const held =
            svg.contains(document.activeElement) ? document.activeElement.dataset.key : null;
        const {lanes, bottom} = this.layOut(46, narrow);
        const names = ['axis', 'lanes', 'threads', 'marks', 'names', 'heads'];
        const layer =
            Object.fromEntries(names.map((name) => [name, el('svg:g', {class: `life-${name}`})]));
        this.picture.names = layer.names;
        const roomOf = (lane) =>
            new Room(x0 - 2, lane.y0 + (narrow ? 18 : 0), x1 + 4, lane.plot1 + 3);
        const shared = together && lanes.length ? roomOf(lanes[0]) : null;
        const rooms = new Map(lanes.map((lane) => [lane, shared || roomOf(lane)]));
        drawAxis(layer.axis, this.picture, 38, bottom - 6);
        drawChapters(layer.axis, this.picture, 16, bottom - 6);
        for (const {lane, box} of drawCrossings(
                 layer.threads, layer.marks, this.picture, lanes, this.describe))
            rooms.get(lane).take(box);
        if (together)
            this.drawTogether(layer.lanes, lanes);
        for (const lane of lanes) {
            const g = el('svg:g', {class: `life-lane${lane.full ? '' : ' is-small'}`});
            if (!lane.bare)
                g.append(el('svg:rect', {
                    class: 'life-lanebox',
                    x: x0,
                    y: lane.y0,
                    width: x1 - x0,
                    height: lane.y1 - lane.y0
                }));
            drawLane(g, this.picture, lane, this.describe, rooms.get(lane));
            if (state.focus === lane.who && !lane.bare)
                drawFocusRows(g, this.picture, lane.who, lane.y1);
            if (!lane.bare)
                this.drawHead(layer.heads, lane, narrow);
            layer.lanes.append(g);
        }
        for (const name of ['threads', 'marks'])
            layer[name].setAttribute('clip-path', 'url(#life-clip)');
        const clip = (id, out_px) => el('svg:clipPath', {id},
            el('svg:rect', {x: x0 - out_px, y: 0, width: x1 - x0 + 2 * out_px, height: bottom}));
        svg.setAttribute('viewBox', `0 0 ${this.width} ${bottom}`);
        svg.setAttribute('width', this.width);
        svg.setAttribute('height', bottom);
        svg.setAttribute('aria-label',
            this.w('life.picture', lanes.length, state.model.story.first_year,
                state.model.story.last_year));
        svg.replaceChildren(el('svg:defs', {}, clip('life-clip', 8), clip('life-lineclip', 0)),
            ...names.map((name) => layer[name]));
        const one = keepOneInTabOrder(svg, held || this.opened || '');
        if (held && one)
            one.focus({preventScroll: true});
    }
}
