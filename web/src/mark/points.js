// Tool 1: image points whose place on the track is known, and what view they give.
import {Picture, label, stroke} from './picture.js';
import {Plan, nodesOf, placeText} from './plan.js';
import {setupForm} from './setup.js';
import {refusalText} from './refusal.js';
import {fileMarks} from './store.js';
import {eyeOf, gridOf, pixelOf, worstOf} from './view.js';
import {tableNode} from './table.js';

const FIT_WAIT_MS = 60,
    NEAR_PX = 14,
    ERROR_TIMES = 20;
const LABELS_ALL = 16,
    LABEL_SCALE = 2; // more points than that are numbered only when zoomed in
const LOOSE_PX = 3; // above it hecto measure remarks that marks fit badly
const NO_ERROR_PX = 0.05; // below it no point is called the worst
const COLOUR = {
    lane: '#56b4e9',
    five: '#cfe8f7',
    ten: '#ffffff',
    finish: '#e69f00',
    pole: '#e69f00',
};

/** The tool in the page. */
export class Points {
    constructor(ctx, store, ask, say) {
        Object.assign(this, {ctx, store, ask, say});
        this.selected = -1;
        this.armed = null;
        this.fit = null; // the program's answer: {view} or {error, where}
        this.index = []; // of the answer's points among the marks' own
        const {el, w} = ctx;
        this.picture = new Picture(ctx, w('mark.points_picture'), this.tool());
        this.plan = new Plan(ctx, (place) => this.pickPlace(place));
        this.verdict = el('div', {class: 'mk-verdict', role: 'status'});
        this.rows = el('tbody');
        this.fields = el('div', {class: 'mk-fields'});
        this.grid = el('input', {
            type: 'checkbox',
            checked: true,
            onchange: () => this.picture.redraw(),
        });
        this.setup = setupForm(ctx, store);
        this.node = el(
            'div',
            {class: 'mk-tool'},
            el(
                'div',
                {class: 'mk-main'},
                this.picture.node,
                (this.bar = el('div', {class: 'mk-bar'})),
                this.plan.node
            ),
            el(
                'div',
                {class: 'mk-side'},
                this.verdict,
                el('label', {class: 'mk-check'}, this.grid, ' ', w('mark.show_grid')),
                tableNode(
                    w,
                    'mark.points',
                    ['mark.point', 'mark.residual_mm', 'mark.residual_px', ''],
                    this.rows
                ),
                this.fields,
                this.setup.node
            )
        );
        store.on((what) => this.changed(what));
    }

    // ---- what the picture asks ----

    tool() {
        const points = () => this.store.marks.points;
        return {
            overlay: (c, scale) => this.overlay(c, scale),
            hit: (u, v, tol) => {
                let best = null,
                    least = tol;
                points().forEach((p, i) => {
                    const far = Math.hypot(p.u_px - u, p.v_px - v);
                    if (far < least) {
                        least = far;
                        best = i;
                    }
                });
                return best;
            },
            at: (i) => [points()[i].u_px, points()[i].v_px],
            select: (i) => this.choose(i),
            place: (u, v) => this.add(u, v),
            drag: (i, u, v) => this.move(i, u, v, `drag ${i}`),
            nudge: (du, dv) => {
                const p = points()[this.selected];
                if (!p) return false;
                this.move(this.selected, p.u_px + du, p.v_px + dv, `nudge ${this.selected}`);
                return true;
            },
            key: (key) => this.key(key),
        };
    }

    key(key) {
        const n = this.store.marks.points.length;
        if ((key === 'n' || key === 'p') && n) {
            this.choose(
                (this.selected + (key === 'n' ? 1 : n - 1 + (this.selected < 0 ? 1 : 0)) + n) % n
            );
            const p = this.store.marks.points[this.selected];
            this.picture.look(p.u_px, p.v_px);
            return true;
        }
        if ((key === 'Delete' || key === 'Backspace') && this.selected >= 0) {
            this.remove(this.selected);
            return true;
        }
        if (key === 'Escape') {
            this.armed = null;
            this.choose(-1);
            return true;
        }
        return false;
    }

    overlay(c, scale) {
        const view = this.fit && this.fit.view,
            marks = this.store.marks;
        if (view && this.grid.checked)
            for (const l of gridOf(view, marks)) {
                c.beginPath();
                for (const part of l.parts)
                    part.forEach(([u, v], i) => (i ? c.lineTo(u, v) : c.moveTo(u, v)));
                stroke(c, scale, COLOUR[l.kind], l.kind === 'five' ? 0.8 : 1.3);
            }
        marks.points.forEach((p, i) => this.drawPoint(c, scale, p, i));
    }

    drawPoint(c, scale, p, i) {
        const r = 6 / scale,
            chosen = i === this.selected,
            pending = p.x_m === null;
        const colour = pending
            ? '#f0e442'
            : i === this.worst
              ? '#ff7a4d'
              : chosen
                ? '#fff'
                : '#7dffb0';
        const view = this.fit && this.fit.view,
            k = this.index.indexOf(i);
        if (view && k >= 0) {
            const seen = pixelOf(view, p.x_m, p.y_m, p.z_m || 0);
            if (seen) {
                c.beginPath();
                c.moveTo(p.u_px, p.v_px);
                c.lineTo(
                    p.u_px + ERROR_TIMES * (seen[0] - p.u_px),
                    p.v_px + ERROR_TIMES * (seen[1] - p.v_px)
                );
                stroke(c, scale, '#ff7a4d', 1.5);
            }
        }
        c.beginPath();
        c.arc(p.u_px, p.v_px, r, 0, 2 * Math.PI);
        c.moveTo(p.u_px - 2 * r, p.v_px);
        c.lineTo(p.u_px - 0.4 * r, p.v_px);
        c.moveTo(p.u_px + 0.4 * r, p.v_px);
        c.lineTo(p.u_px + 2 * r, p.v_px);
        c.moveTo(p.u_px, p.v_px - 2 * r);
        c.lineTo(p.u_px, p.v_px - 0.4 * r);
        c.moveTo(p.u_px, p.v_px + 0.4 * r);
        c.lineTo(p.u_px, p.v_px + 2 * r);
        stroke(c, scale, colour, chosen ? 2.5 : 1.5);
        if (
            chosen ||
            i === this.worst ||
            scale > LABEL_SCALE ||
            this.store.marks.points.length < LABELS_ALL
        )
            label(c, scale, String(i + 1), p.u_px + 1.3 * r, p.v_px - 1.3 * r, colour);
    }

    // ---- what a person does ----

    /** A place of the plan: for the point that waits for one, else for the next click. */
    pickPlace(place) {
        const points = this.store.marks.points,
            {w} = this.ctx;
        const same = points.findIndex(
            (p) => p.x_m === place.x_m && p.y_m === place.y_m && (p.z_m || 0) === (place.z_m || 0)
        );
        const waiting =
            this.selected >= 0 && points[this.selected].x_m === null
                ? this.selected
                : points.findIndex((p) => p.x_m === null);
        if (same >= 0) {
            this.choose(same);
            this.say(w('mark.chosen', same + 1, placeText(w, place.x_m, place.y_m, place.z_m)));
        } else if (waiting >= 0) {
            this.store.change('marks', '', () => Object.assign(points[waiting], this.named(place)));
            this.say(w('mark.placed', waiting + 1, placeText(w, place.x_m, place.y_m, place.z_m)));
        } else {
            this.armed = place;
            this.choose(-1);
            this.say(w('mark.now_click', placeText(w, place.x_m, place.y_m, place.z_m)));
        }
        this.plan.show(this.store.marks, this.armed, this.selected);
    }

    named(place) {
        const p = {x_m: place.x_m, y_m: place.y_m};
        if (place.z_m) p.z_m = place.z_m;
        return p;
    }

    /** The place that the view says is seen here, when it is one of the plan's. */
    guess(u, v) {
        const view = this.fit && this.fit.view,
            marks = this.store.marks;
        if (!view) return null;
        let best = null,
            least = NEAR_PX / Math.min(1, this.picture.scale);
        for (const node of nodesOf(this.plan.n_lane, marks, this.plan.hurdles)) {
            const uv = pixelOf(view, node.x_m, node.y_m);
            const far = uv ? Math.hypot(uv[0] - u, uv[1] - v) : Infinity;
            const taken = marks.points.some(
                (p) => p.x_m === node.x_m && p.y_m === node.y_m && !p.z_m
            );
            if (far < least && !taken) {
                least = far;
                best = node;
            }
        }
        return best && {x_m: best.x_m, y_m: best.y_m};
    }

    add(u_px, v_px) {
        const {w} = this.ctx,
            marks = this.store.marks;
        const place = this.armed || this.guess(u_px, v_px);
        this.store.change('marks', '', () => {
            marks.points.push({
                x_m: null,
                y_m: null,
                ...(place ? this.named(place) : {}),
                u_px,
                v_px,
            });
        });
        this.armed = null;
        this.choose(marks.points.length - 1);
        this.say(
            place
                ? w(
                      'mark.placed',
                      marks.points.length,
                      placeText(w, place.x_m, place.y_m, place.z_m)
                  )
                : w('mark.now_plan', marks.points.length)
        );
    }

    move(i, u_px, v_px, key) {
        this.store.change('marks', key, () =>
            Object.assign(this.store.marks.points[i], {u_px, v_px})
        );
    }

    remove(i) {
        this.store.change('marks', '', () => this.store.marks.points.splice(i, 1));
        this.choose(Math.min(this.selected, this.store.marks.points.length - 1));
    }

    choose(i) {
        this.selected = i;
        this.showFields();
        this.showRows();
        this.plan.show(this.store.marks, this.armed, i);
        this.picture.redraw();
    }

    // ---- what is shown ----

    changed(what) {
        if (what === 'slit' || what === 'track' || what === 'clip') return;
        if (this.selected >= this.store.marks.points.length) this.selected = -1;
        this.setup.show();
        this.choose(this.selected);
        clearTimeout(this.waiting);
        this.waiting = setTimeout(() => this.askFit(), FIT_WAIT_MS);
    }

    async askFit() {
        const marks = this.store.marks,
            source = this.picture.source;
        const file = {
            ...fileMarks(marks),
            width_px: marks.width_px || source.w_px,
            height_px: marks.height_px || source.h_px,
        };
        const index = marks.points.map((p, i) => i).filter((i) => marks.points[i].x_m !== null);
        if (file.points.length === 0) {
            this.fit = null;
        } else {
            const answer = await this.ask('marks.fit', {marks: JSON.stringify(file)});
            this.fit = answer.error
                ? {error: answer.error.message, where: answer.error.where || ''}
                : {view: answer};
        }
        this.index = index;
        const worst = this.fit && this.fit.view ? worstOf(this.fit.view, file.points) : -1;
        this.worst =
            worst >= 0 && this.fit.view.residual_px[worst] >= NO_ERROR_PX ? index[worst] : -1;
        this.showVerdict();
        this.showRows();
        this.picture.redraw();
        this.store.view = this.fit && this.fit.view;
        this.store.tell('view');
    }

    showVerdict() {
        const {el, w} = this.ctx,
            fit = this.fit,
            points = this.store.marks.points;
        const n = points.filter((p) => p.x_m !== null).length;
        const state = () =>
            fit.error ? 'refused' : fit.view.rms_px > LOOSE_PX ? 'loose' : 'fits';
        this.verdict.dataset.state = !fit || n < 4 ? 'few' : state();
        if (n < 4) {
            this.verdict.replaceChildren(
                el('strong', {}, w('mark.few', n, 4 - n)),
                el('p', {}, w('mark.few_how'))
            );
        } else if (fit.error) {
            const i = /points\[(\d+)\]/.exec(fit.where);
            this.verdict.replaceChildren(
                el('strong', {}, w('mark.refused')),
                el(
                    'p',
                    {},
                    (i ? w('mark.of_point', this.index[+i[1]] + 1) : '') +
                        refusalText(this.ctx, fit.error)
                )
            );
        } else {
            this.verdict.replaceChildren(...this.describe(fit.view));
        }
    }

    describe(view) {
        const {el, w} = this.ctx,
            eye = eyeOf(view),
            lines = [];
        const how = view.rms_px > LOOSE_PX ? 'mark.fits_badly' : 'mark.fits';
        lines.push(el('strong', {}, w(how, view.rms_px.toFixed(2))));
        if (eye)
            lines.push(
                el(
                    'p',
                    {},
                    w(
                        'mark.camera',
                        view.focal_px.toFixed(0),
                        (1.645 * view.focal_sigma_px).toFixed(0),
                        eye[0].toFixed(1),
                        eye[1].toFixed(1),
                        eye[2].toFixed(1)
                    )
                )
            );
        else lines.push(el('p', {}, w('mark.no_camera', refusalText(this.ctx, view.no_camera))));
        if (this.worst >= 0) {
            const k = this.index.indexOf(this.worst),
                mm = view.residual_mm[k],
                px = view.residual_px[k];
            lines.push(
                el(
                    'p',
                    {},
                    w(
                        'mark.worst',
                        this.worst + 1,
                        this.title(this.worst),
                        mm === null ? '–' : mm.toFixed(0),
                        px === null ? '–' : px.toFixed(2)
                    )
                )
            );
        }
        return lines;
    }

    title(i) {
        const p = this.store.marks.points[i];
        return (
            p.name ||
            (p.x_m === null
                ? this.ctx.w('mark.no_place')
                : placeText(this.ctx.w, p.x_m, p.y_m, p.z_m || 0))
        );
    }

    showRows() {
        const {el, w} = this.ctx,
            view = this.fit && this.fit.view;
        const cell = (v, digits) => (typeof v === 'number' ? v.toFixed(digits) : '–');
        this.rows.replaceChildren(
            ...this.store.marks.points.map((p, i) => {
                const k = view ? this.index.indexOf(i) : -1;
                const why =
                    i === this.worst ? el('em', {class: 'mk-worst'}, w('mark.is_worst')) : null;
                return el(
                    'tr',
                    {class: i === this.selected ? 'chosen' : null},
                    el(
                        'th',
                        {scope: 'row'},
                        el(
                            'button',
                            {
                                type: 'button',
                                class: 'mk-link',
                                'aria-pressed': String(i === this.selected),
                                onclick: () => {
                                    this.choose(i);
                                    this.picture.look(p.u_px, p.v_px);
                                },
                            },
                            `${i + 1} `,
                            el('bdi', {}, this.title(i))
                        ),
                        why
                    ),
                    el('td', {}, cell(k >= 0 ? view.residual_mm[k] : null, 0)),
                    el('td', {}, cell(k >= 0 ? view.residual_px[k] : null, 2)),
                    el(
                        'td',
                        {},
                        el(
                            'button',
                            {
                                type: 'button',
                                'aria-label': w('mark.remove', i + 1),
                                onclick: () => this.remove(i),
                            },
                            '✕'
                        )
                    )
                );
            })
        );
    }

    showFields() {
        const {el, w} = this.ctx,
            i = this.selected,
            p = this.store.marks.points[i];
        if (!p) return this.fields.replaceChildren();
        if (this.fields.contains(document.activeElement) && this.fields.dataset.of === String(i))
            return; // someone is typing
        this.fields.dataset.of = i;
        const number = (key, name, step) =>
            el(
                'label',
                {},
                w(name),
                el('input', {
                    type: 'number',
                    step,
                    inputmode: 'decimal',
                    value: p[key] ?? '',
                    onchange: (e) => {
                        const v = e.target.value === '' ? null : +e.target.value;
                        this.store.change('marks', '', () => {
                            if (v === null && key !== 'x_m' && key !== 'y_m') delete p[key];
                            else p[key] = v;
                        });
                    },
                })
            );
        this.fields.replaceChildren(
            el('h3', {}, w('mark.point_n', i + 1)),
            el(
                'label',
                {class: 'wide'},
                w('mark.name'),
                el('input', {
                    type: 'text',
                    value: p.name || '',
                    maxlength: 200,
                    dir: 'auto',
                    onchange: (e) =>
                        this.store.change('marks', '', () => {
                            p.name = e.target.value;
                        }),
                })
            ),
            number('x_m', 'mark.x_m', '0.01'),
            number('y_m', 'mark.y_m', '0.01'),
            number('z_m', 'mark.z_m', '0.01'),
            number('u_px', 'mark.u_px', '0.1'),
            number('v_px', 'mark.v_px', '0.1'),
            number('sigma_px', 'mark.sigma_px', '0.1')
        );
    }

    setSource(source) {
        this.picture.setSource(source);
    }

    shown() {
        this.showVerdict();
        this.plan.show(this.store.marks, this.armed, this.selected);
        if (!this.scrolled) {
            this.plan.scrollTo(
                typeof this.store.marks.finish_x_m === 'number'
                    ? this.store.marks.finish_x_m - 4
                    : 96
            );
            this.scrolled = true;
        }
        this.picture.redraw();
    }
}
