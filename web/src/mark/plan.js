// A plan of the straight with what is painted on it: where a place is picked.

const PX_PER_M = 26,
    LANE_PX = 24,
    LANE_M = 1.22,
    PAD_PX = 26,
    FROM_M = -12,
    TO_M = 112;
/* Hurdle marks on the lane lines: 100 m hurdles 13 m and every 8.5 m; 110 m hurdles, from their own
   start 10 m behind, 13.72 m and every 9.14 m. World Athletics, Technical Rules, rule 22. */
const HURDLES = {h100: [13, 8.5], h110: [3.72, 9.14]};
const HURDLES_N = 10;

/** @typedef {{x_m: number, y_m: number, kind: string}} Node */

/** Crossings that can be picked. */
export function nodesOf(n_lane, marks, hurdles) {
    const xs = new Map();
    for (let x = 0; x <= 100; x += 5) xs.set(x, x === 0 ? 'start' : x === 100 ? 'finish' : 'five');
    for (const x of marks.gates_x_m) xs.set(x, 'gate');
    if (typeof marks.finish_x_m === 'number') xs.set(marks.finish_x_m, 'finish');
    if (hurdles)
        for (const [kind, [first_m, by_m]] of Object.entries(HURDLES))
            for (let k = 0; k < HURDLES_N; k++) xs.set(+(first_m + k * by_m).toFixed(2), kind);
    const nodes = [];
    for (const [x_m, kind] of [...xs].sort((a, b) => a[0] - b[0]))
        for (let k = 0; k <= n_lane; k++) nodes.push({x_m, y_m: +(k * LANE_M).toFixed(3), kind});
    return nodes;
}

/** A place in words. */
export function placeText(w, x_m, y_m, z_m = 0) {
    const k = Math.round(y_m / LANE_M),
        on_line = Math.abs(y_m - k * LANE_M) < 0.01 && k >= 0;
    const across = !on_line
        ? w('mark.at_y', +y_m.toFixed(2))
        : k === 0
          ? w('mark.line_first')
          : w('mark.line_of', k, k + 1);
    const up = z_m ? w('mark.at_z', +z_m.toFixed(2)) : '';
    return w('mark.place', +x_m.toFixed(2), across) + up;
}

/** The drawn plan; a click or Enter picks a place. */
export class Plan {
    /**
     * @param {import('../context.js').Context} ctx
     * @param {(node: {x_m: number, y_m: number}) => void} pick
     */
    constructor(ctx, pick) {
        this.ctx = ctx;
        this.pick = pick;
        this.n_lane = 8;
        this.hurdles = false;
        this.active = -1;
        this.shownKey = '';
        const {el, w} = ctx;
        this.svg = el('svg:svg', {
            class: 'mk-plan',
            tabindex: '0',
            role: 'application',
            'aria-label': w('mark.plan'),
            onkeydown: (e) => this.key(e),
            onclick: (e) => this.click(e),
        });
        this.box = el('div', {class: 'mk-plan-box'}, this.svg);
        this.lanes = el('input', {
            type: 'number',
            min: '1',
            max: '10',
            value: '8',
            onchange: () => {
                this.n_lane = Math.min(10, Math.max(1, Math.round(+this.lanes.value) || 8));
                this.emitChange();
            },
        });
        this.marksToo = el('input', {
            type: 'checkbox',
            onchange: () => {
                this.hurdles = this.marksToo.checked;
                this.emitChange();
            },
        });
        this.height = el('input', {type: 'number', step: '0.01', min: '0', max: '20', value: '0'});
        this.live = el('output', {class: 'mk-hint', 'aria-live': 'polite'});
        const jump = (x_m) =>
            el('button', {type: 'button', onclick: () => this.scrollTo(x_m)}, `${x_m} m`);
        this.node = el(
            'fieldset',
            {class: 'mk-plan-set'},
            el('legend', {}, w('mark.plan')),
            el(
                'div',
                {class: 'mk-row'},
                jump(0),
                jump(50),
                jump(100),
                el('label', {}, w('mark.height'), ' ', this.height),
                el('label', {}, w('mark.n_lanes'), ' ', this.lanes),
                el('label', {}, this.marksToo, ' ', w('mark.hurdles'))
            ),
            this.box,
            this.live
        );
    }

    emitChange() {
        this.shownKey = '';
        if (this.marks) this.show(this.marks, this.armed, this.selected);
    }

    get z_m() {
        return Math.max(0, +this.height.value || 0);
    }

    x(x_m) {
        return PAD_PX + (x_m - FROM_M) * PX_PER_M;
    }

    y(y_m) {
        return PAD_PX + (y_m / LANE_M) * LANE_PX;
    }

    scrollTo(x_m) {
        this.box.scrollLeft = this.x(x_m) - this.box.clientWidth / 2;
    }

    /**
     * @param {any} marks
     * @param {any} armed  the place that the next click takes, or null
     * @param {number} selected  index of a point
     */
    show(marks, armed, selected) {
        this.marks = marks;
        this.armed = armed;
        this.selected = selected;
        const told = marks.lanes.length
            ? marks.lanes.map((l) => l.to_y_m)
            : marks.points.map((p) => p.y_m ?? 0);
        const n = Math.min(
            10,
            Math.max(this.n_lane, Math.ceil(Math.max(0, ...told) / LANE_M - 0.01))
        );
        if (n !== this.n_lane) this.lanes.value = this.n_lane = n;
        const key = JSON.stringify([n, this.hurdles, marks.gates_x_m, marks.finish_x_m]);
        if (key !== this.shownKey) this.drawTrack();
        this.shownKey = key;
        this.drawPoints();
    }

    drawTrack() {
        const {el, w} = this.ctx,
            low = this.y(this.n_lane * LANE_M),
            wide = this.x(TO_M) + PAD_PX,
            high = low + PAD_PX;
        this.nodes = nodesOf(this.n_lane, this.marks, this.hurdles);
        this.active = -1;
        this.svg.replaceChildren();
        this.svg.setAttribute('viewBox', `0 0 ${wide} ${high}`);
        this.svg.setAttribute('width', wide);
        this.svg.setAttribute('height', high);
        const put = (tag, attrs, ...more) => this.svg.append(el(`svg:${tag}`, attrs, ...more));
        put('rect', {class: 'grass', x: 0, y: 0, width: wide, height: high});
        put('rect', {class: 'track', x: 0, y: this.y(0), width: wide, height: low - this.y(0)});
        for (let k = 0; k <= this.n_lane; k++) {
            put('line', {
                class: 'lane',
                x1: 0,
                x2: wide,
                y1: this.y(k * LANE_M),
                y2: this.y(k * LANE_M),
            });
            for (const x_m of k ? [-6, 27.5, 52.5, 77.5, 106] : [])
                put(
                    'text',
                    {class: 'number', x: this.x(x_m), y: this.y((k - 0.5) * LANE_M) + 5},
                    String(k)
                );
        }
        const seen = new Set();
        for (const node of this.nodes) {
            if (seen.has(node.x_m)) continue;
            seen.add(node.x_m);
            put('line', {
                class: `across ${node.kind}`,
                x1: this.x(node.x_m),
                x2: this.x(node.x_m),
                y1: this.y(0),
                y2: low,
            });
            if (!HURDLES[node.kind])
                put(
                    'text',
                    {class: 'metres', x: this.x(node.x_m), y: PAD_PX - 8},
                    node.kind === 'finish' ? `${w('mark.finish')} ${node.x_m}` : String(node.x_m)
                );
        }
        this.nodes.forEach((node, i) =>
            put('circle', {
                class: `node ${node.kind}`,
                cx: this.x(node.x_m),
                cy: this.y(node.y_m),
                r: 6,
                'data-node': i,
                'data-x': node.x_m,
                'data-y': node.y_m,
            })
        );
        this.over = el('svg:g', {});
        this.svg.append(this.over);
    }

    drawPoints() {
        const {el} = this.ctx;
        this.over.replaceChildren();
        this.marks.points.forEach((p, i) => {
            if (p.x_m === null) return;
            this.over.append(
                el('svg:circle', {
                    class: i === this.selected ? 'point chosen' : 'point',
                    cx: this.x(p.x_m),
                    cy: this.y(p.y_m),
                    r: 4,
                })
            );
        });
        if (this.armed)
            this.over.append(
                el('svg:circle', {
                    class: 'armed',
                    cx: this.x(this.armed.x_m),
                    cy: this.y(this.armed.y_m),
                    r: 9,
                })
            );
        const node = this.nodes[this.active];
        if (node)
            this.over.append(
                el('svg:circle', {
                    class: 'active',
                    cx: this.x(node.x_m),
                    cy: this.y(node.y_m),
                    r: 11,
                })
            );
    }

    click(e) {
        const box = this.svg.getBoundingClientRect();
        const x = e.clientX - box.left,
            y = e.clientY - box.top;
        let best = null,
            least = 15;
        for (const node of this.nodes) {
            const far = Math.hypot(this.x(node.x_m) - x, this.y(node.y_m) - y);
            if (far < least) {
                least = far;
                best = node;
            }
        }
        if (best) this.pick({x_m: best.x_m, y_m: best.y_m, z_m: this.z_m});
    }

    key(e) {
        const rows = this.n_lane + 1,
            n = this.nodes.length;
        const by = {ArrowRight: rows, ArrowLeft: -rows, ArrowUp: -1, ArrowDown: 1}[e.key];
        if (e.key === 'Enter' || e.key === ' ') {
            const node = this.nodes[this.active];
            if (node) this.pick({x_m: node.x_m, y_m: node.y_m, z_m: this.z_m});
        } else if (by) {
            this.active =
                this.active < 0
                    ? Math.max(0, n - rows * 2)
                    : Math.min(n - 1, Math.max(0, this.active + by));
            const node = this.nodes[this.active];
            this.live.textContent = placeText(this.ctx.w, node.x_m, node.y_m, this.z_m);
            this.scrollTo(node.x_m);
            this.drawPoints();
        } else {
            return;
        }
        e.preventDefault();
    }
}
