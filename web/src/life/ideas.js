// How ideas spread: each life a band of what it believes, and arcs from who spoke to who heard.
import {el} from '../words.js';

import {drawAxis} from './axis.js';
import {choiceButtons} from './controls.js';
import {makeDescribe} from './describe.js';
import {addGestures} from '../gestures.js';
import {addKeys, keepOneInTabOrder} from './keys.js';
import {fitText} from './labels.js';
import {lookOfLife, shapePath} from './marks.js';
import {BELIEFS} from './model.js';

const NARROW_PX = 700, BAND_PX = 62, GAP_PX = 46;
const BESIDE_PX = 5;
const LEAST = [0, 0.02, 0.03, 0.05];
const n1 = (value) => Math.round(value * 10) / 10;

/** Passings that are drawn: of an idea (null = all), of so much. */
export function keptIdeas(model, shown, belief, least) {
    return model.ideas.filter((i) => shown.includes(i.to) && (!belief || i.idea === belief) &&
            Math.abs(i.after - i.before) >= least);
}

/** The picture of the ideas, drawn anew whenever what is shown changes. */
export class IdeasView {
    constructor(node, at, tip) {
        Object.assign(this, {node, at, tip, least: 0.02});
        const {w, model, state} = at;
        this.describe = makeDescribe(model, w);
        this.svg = el('svg:svg', {class: 'life-picture life-ideas', role: 'group'});
        this.count = el('output', {class: 'life-soft'});
        this.twin = el('details', {class: 'life-twin'}, el('summary', {}, w('life.ideas.table')));
        this.twin.addEventListener('toggle', () => this.fillTwin());
        node.append(el('div', {class: 'life-controls'},
                        choiceButtons(w('life.ideas.which'), [null, ...BELIEFS], null,
                            (b) => b ? w(`life.idea.${b}`) : w('life.ideas.all'),
                            (b) => state.setBelief(b)),
                        choiceButtons(w('life.ideas.least'), LEAST, this.least, (v) => v.toFixed(2),
                            (v) => {
                                this.least = v;
                                this.render();
                            }),
                        this.count),
            this.svg, this.legend(), this.twin);
        this.listen();
    }

    listen() {
        const {state, model} = this.at, {svg} = this;
        addGestures(svg, {
            at: (x) => this.instantAt(x),
            zoomAt: (at, f) => state.zoomAt(at, f),
            moveBy: (d) => state.moveBy(d),
            unit_px: () => (this.x1 - this.x0) / (state.span.to_yr - state.span.from_yr)
        });
        addKeys(svg, {
            open: (key) => this.open(key),
            all: () => state.showAll(),
            edge: () => false,
            zoom: (f) => state.zoomAt((state.span.from_yr + state.span.to_yr) / 2, f)
        });
        svg.addEventListener('click', (event) => {
            const mark = event.target.closest('[data-key]');
            if (mark)
                this.open(mark.dataset.key);
        });
        this.tip.watch(
            svg, (mark) => this.describe.idea(model.ideas[mark.dataset.key.split(':')[1]]));
    }

    /** What was passed at a race opens the race, all else the year of the one who heard it. */
    open(key) {
        const {state, model} = this.at, idea = model.ideas[key.split(':')[1]];
        const season = model.seasonAt(idea.to, idea.at_yr);
        keepOneInTabOrder(this.svg, key);
        if (idea.race)
            state.choose({kind: 'race', race: idea.race, who: idea.to});
        else if (season)
            state.choose({kind: 'season', season});
    }

    instantAt(x_px) {
        const {from_yr, to_yr} = this.at.state.span;
        return from_yr + (x_px - this.x0) / (this.x1 - this.x0) * (to_yr - from_yr);
    }

    legend() {
        const {w} = this.at;
        const sample = (...parts) => el('svg:svg',
            {class: 'life-key', viewBox: '0 0 34 16', width: 34, height: 16, 'aria-hidden': 'true'},
            ...parts);
        return el('ul', {class: 'life-legend'},
            ...BELIEFS.map(
                (b) => el('li', {},
                    sample(el('svg:rect',
                        {x: 2, y: 2, width: 30, height: 12, style: `fill:var(--idea-${b})`})),
                    el('span', {}, el('b', {}, w(`life.idea.${b}`)), `: ${w(`life.says.${b}`)}`))),
            el('li', {},
                sample(el('svg:path', {
                    class: 'life-arc',
                    d: 'M3 14C14 14 10 3 28 3',
                    style: 'stroke:var(--ink);stroke-width:2.4'
                }),
                    el('svg:path', {d: 'M33 3l-7 -3v6Z', style: 'fill:var(--ink)'})),
                el('span', {}, w('life.ideas.legend_took'))),
            el('li', {}, sample(el('svg:path', {
                class: 'life-arc is-lost',
                d: 'M3 14C14 14 10 3 30 3',
                style: 'stroke:var(--ink);stroke-width:2'
            })),
                el('span', {}, w('life.ideas.legend_lost'))),
            el('li', {}, el('span', {}, w('life.ideas.legend_band'))));
    }

    /** Six bands on one another, about a life's middle line; or the one that is asked for. */
    drawBands(g, who, mid) {
        const {state} = this.at, {x0, x1} = this;
        const seasons =
            who.seasons.filter((s) => this.x(who, s.to_yr) > x0 && this.x(who, s.from_yr) < x1);
        if (seasons.length === 0)
            return;
        const kinds = state.belief ? [state.belief] : BELIEFS,
              scale = state.belief ? BAND_PX : BAND_PX / 3.1;
        const stacks = seasons.map((s) => {
            const heights = kinds.map((b) => Math.max(s.beliefs[b] * scale, 0.6)),
                  total = heights.reduce((a, b) => a + b, 0);
            let y = mid - Math.min(total, BAND_PX + 10) / 2;
            const k = Math.min(1, (BAND_PX + 10) / total);
            return heights.map((h) => {
                const from = y;
                y += h * k;
                return [from, y];
            });
        });
        kinds.forEach((belief, i) => {
            const xs = seasons.map((s) => this.x(who, s.from_yr)),
                  end = this.x(who, seasons.at(-1).to_yr);
            let top = `M${n1(xs[0])} ${n1(stacks[0][i][0])}`, back = '';
            for (let k = 1; k < seasons.length; k++) {
                const m = (xs[k - 1] + xs[k]) / 2;
                top += `C${n1(m)} ${n1(stacks[k - 1][i][0])} ${n1(m)} ${n1(stacks[k][i][0])} ${
                    n1(xs[k])} ${n1(stacks[k][i][0])}`;
                back = `C${n1(m)} ${n1(stacks[k][i][1])} ${n1(m)} ${n1(stacks[k - 1][i][1])} ${
                    n1(xs[k - 1])} ${n1(stacks[k - 1][i][1])}${back}`;
            }
            const [a, b] = stacks.at(-1)[i];
            g.append(el('svg:path', {
                class: 'life-band',
                style: `fill:var(--idea-${belief})`,
                'clip-path': 'url(#life-ideaclip)',
                d: `${top}L${n1(end)} ${n1(a)}L${n1(end)} ${n1(b)}L${n1(xs.at(-1))} ${
                    n1(stacks.at(-1)[i][1])}${back}Z`
            }));
        });
        this.nameBands(g, who, seasons, stacks, kinds);
    }

    /** Each band's name once, where it is widest. */
    nameBands(g, who, seasons, stacks, kinds) {
        if (this.narrow)
            return;
        kinds.forEach((belief, i) => {
            let best = null;
            stacks.forEach((s, k) => {
                const h = s[i][1] - s[i][0], x = this.x(who, seasons[k].from_yr);
                if (x > this.x0 + 4 && x < this.x1 - 60 && (!best || h > best.h + 0.4))
                    best = {h, x, y: (s[i][0] + s[i][1]) / 2};
            });
            if (best && best.h > 11.5)
                g.append(el('svg:text',
                    {class: 'life-onband is-inside', x: n1(best.x + 3), y: n1(best.y + 3.6)},
                    this.at.w(`life.idea.${belief}`)));
        });
    }

    /** beside: how many arcs of the same moment between the same two stand left of it. */
    drawArc(g, idea, rows, index, beside) {
        const from = rows.get(idea.from) || rows.get('others'), to = rows.get(idea.to);
        const x = this.x(idea.to, idea.at_yr) + beside * BESIDE_PX;
        const x_from = rows.has(idea.from) ? this.x(idea.from, idea.at_yr) + beside * BESIDE_PX : x;
        if (x < this.x0 || x > this.x1)
            return;
        const much = Math.abs(idea.after - idea.before), lost = idea.after < idea.before;
        const down = to.mid > from.mid ? 1 : -1, ink = `var(--idea-${idea.idea})`;
        const y0 = from.mid + down * from.half, y1 = to.mid - down * (to.half + 5);
        const bow = Math.min(14 + Math.abs(y1 - y0) * 0.16, 60) + beside * BESIDE_PX;
        const lean = (y1 - y0) * 0.3;
        const d = `M${n1(x_from)} ${n1(y0)}C${n1(x_from + bow)} ${n1(y0 + lean)} ` +
            `${n1(x + bow)} ${n1(y1 - lean)} ${n1(x)} ${n1(y1)}`;
        const style = `stroke:${ink};stroke-width:${n1(Math.min(1 + much * 34, 5))}`;
        g.append(el('svg:g', {
            class: `life-passing${lost ? ' is-lost' : ''}`,
            role: 'button',
            tabindex: -1,
            'data-key': `i:${index}`,
            'data-row': to.row,
            'data-x': n1(x),
            'aria-label': this.describe.idea(idea).join('. '),
        },
            el('svg:path', {class: 'life-hitline', d}),
            el('svg:path', {class: `life-arc${lost ? ' is-lost' : ''}`, style, d}),
            el('svg:circle', {cx: n1(x_from), cy: n1(y0), r: 1.8, style: `fill:${ink}`}),
            el('svg:path', {
                style: `fill:${ink}`,
                d: `M${n1(x)} ${n1(y1 + down * 6)}l-3.4 ${n1(-down * 7)}h6.8Z`,
                transform: `rotate(${down * 14} ${n1(x)} ${n1(y1)})`,
            })));
    }

    /** All that are kept; those that would lie on one another side by side. */
    drawArcs(g, kept, rows) {
        const {model} = this.at, beside = new Map();
        for (const idea of kept) {
            const key =
                `${rows.has(idea.from) ? idea.from.index : 'others'} ${idea.to.index} ${idea.date}`;
            const n = beside.get(key) || 0;
            beside.set(key, n + 1);
            this.drawArc(g, idea, rows, model.ideas.indexOf(idea), n);
        }
    }

    render() {
        if (this.node.classList.contains('is-away') && this.drawn)
            return;
        const {state, model, w} = this.at, {svg} = this;
        const w_px = Math.max(this.node.clientWidth || 900, 280);
        this.drawn = this.node.clientWidth > 0;
        this.narrow = w_px < NARROW_PX;
        this.x0 = this.narrow ? 8 : 172;
        this.x1 = w_px - 14;
        this.x = (who, at_yr) => state.span.x(state.at(who, at_yr), this.x0, this.x1);
        const kept = keptIdeas(model, state.shown, state.belief, this.least);
        const rows = new Map();
        let y = 34;
        if (kept.some((i) => !state.shown.includes(i.from))) {
            rows.set('others', {mid: y + 16, half: 4, row: -1});
            y += 16 + GAP_PX;
        }
        state.shown.forEach((who, i) => {
            rows.set(
                who, {mid: y + BAND_PX / 2 + (this.narrow ? 12 : 0), half: BAND_PX / 2, row: i});
            y += BAND_PX + GAP_PX;
        });
        const bottom = y - GAP_PX + 26;
        const axis = el('svg:g'), bands = el('svg:g'), arcs = el('svg:g'), heads = el('svg:g');
        drawAxis(axis, {state, w, x0: this.x0, x1: this.x1, size_px: 11}, 18, bottom - 6);
        for (const [who, row] of rows)
            this.drawRow(bands, heads, who, row);
        this.drawArcs(arcs, kept, rows);
        svg.setAttribute('viewBox', `0 0 ${w_px} ${bottom}`);
        svg.setAttribute('width', w_px);
        svg.setAttribute('height', bottom);
        svg.setAttribute('aria-label', w('life.ideas.picture', kept.length));
        const held =
            svg.contains(document.activeElement) ? document.activeElement.dataset.key : null;
        svg.replaceChildren(
            el('svg:defs', {},
                el('svg:clipPath', {id: 'life-ideaclip'},
                    el('svg:rect', {x: this.x0, y: 0, width: this.x1 - this.x0, height: bottom}))),
            axis, bands, arcs, heads);
        const one = keepOneInTabOrder(svg, held);
        if (held && one)
            one.focus({preventScroll: true});
        this.count.textContent = w('life.ideas.count', kept.length, model.ideas.length);
        this.kept = kept;
        this.fillTwin();
    }

    drawRow(bands, heads, who, row) {
        const {model, w} = this.at;
        const x = this.narrow ? 8 : 8, y = this.narrow ? row.mid - row.half - 6 : row.mid + 4;
        if (who === 'others') {
            bands.append(el('svg:line',
                {class: 'life-othersline', x1: this.x0, x2: this.x1, y1: row.mid, y2: row.mid}));
            heads.append(el('svg:text', {
                class: 'life-fact',
                x: this.narrow ? x : x + 18,
                y: this.narrow ? row.mid - 8 : row.mid + 4
            },
                w('life.ideas.others')));
            return;
        }
        this.drawBands(bands, who, row.mid);
        const look = lookOfLife(model.followed.indexOf(who));
        heads.append(el('svg:path',
                         {d: shapePath(look.shape, x + 6, y - 5, 5.5), style: `fill:${look.ink}`}),
            el('svg:text', {class: 'life-who', x: x + 18, y},
                fitText(model.text(who), this.narrow ? 200 : this.x0 - 40, 15)));
    }

    fillTwin() {
        if (!this.twin.open)
            return;
        const {model, w} = this.at;
        const keys = ['date', 'from', 'to', 'idea', 'how', 'before', 'after'];
        const table = el('table', {class: 'life-table'},
            el('thead', {},
                el('tr', {},
                    ...keys.map(
                        (k) => el('th',
                            {scope: 'col', class: ['before', 'after'].includes(k) ? 'r' : null},
                            w(`life.ideas.${k}`))))),
            el('tbody', {},
                ...this.kept.map((i) => el('tr', {}, el('td', {}, i.date),
                                     el('td', {dir: 'auto'}, model.text(i.from)),
                                     el('td', {dir: 'auto'}, model.text(i.to)),
                                     el('td', {}, w(`life.idea.${i.idea}`)),
                                     el('td', {dir: 'auto'},
                                         i.race ? model.nameOf(i.race) : w(`life.how.${i.how}`)),
                                     el('td', {class: 'r'}, i.before.toFixed(2)),
                                     el('td', {class: 'r'}, i.after.toFixed(2))))));
        this.twin.replaceChildren(this.twin.firstChild, el('div', {class: 'life-scroll'}, table));
    }
}
