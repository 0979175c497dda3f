// Tool 3: points of people over the images of the clip, corrected by hand.
import {ARMS, Joints, LEGS, MIN_DRAWN, sideOf} from './joints.js';
import {Picture, label, stroke} from './picture.js';
import {tableNode} from './table.js';

const HAND_SIGMA_PX = 2; // as a track file has it for points by hand
const BONES = [
    ['shoulder_l', 'shoulder_r'],
    ['hip_l', 'hip_r'],
    ...['l', 'r'].flatMap((s) => [
        [`shoulder_${s}`, `elbow_${s}`],
        [`elbow_${s}`, `wrist_${s}`],
        [`shoulder_${s}`, `hip_${s}`],
        [`hip_${s}`, `knee_${s}`],
        [`knee_${s}`, `ankle_${s}`],
        [`ankle_${s}`, `heel_${s}`],
        [`heel_${s}`, `toe_${s}`],
        [`ankle_${s}`, `toe_${s}`],
    ]),
];
const COLOUR = {l: '#ff9a2e', r: '#4db4ff', m: '#ffffff'};

/** The tool in the page. */
export class Tracks extends Joints {
    constructor(ctx, store, ask, say, save) {
        super(store);
        Object.assign(this, {ctx, ask, say, save});
        this.who = 0; // index among the persons
        this.f = 0; // among the person's frames
        this.point = -1;
        const {el, w} = ctx;
        this.picture = new Picture(ctx, w('mark.track_picture'), this.tool());
        this.person = el('select', {
            'aria-label': w('mark.person'),
            onchange: () => this.go(+this.person.value, 0),
        });
        this.state = el('p', {class: 'mk-hint', role: 'status'});
        this.slider = el('input', {
            type: 'range',
            min: '0',
            value: '0',
            'aria-label': w('mark.image'),
            oninput: () => this.go(this.who, +this.slider.value),
        });
        this.list = el('tbody');
        this.fields = el('div', {class: 'mk-fields'});
        this.span = el('div', {class: 'mk-row'});
        const button = (name, fn, cls = null) =>
            el('button', {type: 'button', class: cls, onclick: fn}, w(name));
        this.node = el(
            'div',
            {class: 'mk-tool'},
            el(
                'div',
                {class: 'mk-main'},
                this.picture.node,
                el(
                    'div',
                    {class: 'mk-bar'},
                    el(
                        'button',
                        {
                            type: 'button',
                            'aria-label': w('mark.previous'),
                            onclick: () => this.go(this.who, this.f - 1),
                        },
                        '◀'
                    ),
                    this.slider,
                    el(
                        'button',
                        {
                            type: 'button',
                            'aria-label': w('mark.next'),
                            onclick: () => this.go(this.who, this.f + 1),
                        },
                        '▶'
                    )
                ),
                this.state,
                el('p', {class: 'mk-hint'}, w('mark.track_keys'))
            ),
            el(
                'div',
                {class: 'mk-side'},
                el(
                    'div',
                    {class: 'mk-row'},
                    el('label', {}, w('mark.person'), ' ', this.person),
                    button('mark.previous_doubt', () => this.doubt(-1)),
                    button('mark.next_doubt', () => this.doubt(1))
                ),
                el('fieldset', {}, el('legend', {}, w('mark.swap')), this.span),
                this.fields,
                tableNode(
                    w,
                    'mark.joints',
                    ['mark.joint', 'mark.sigma_px', 'mark.by'],
                    this.list,
                    'mk-low'
                ),
                el(
                    'div',
                    {class: 'mk-row'},
                    button('mark.save_track', () => this.saveTrack(false), 'mk-primary'),
                    button('mark.save_hand', () => this.saveTrack(true))
                )
            )
        );
        this.makeSpan();
        store.on((what) => this.changed(what));
    }

    put(f, k, value, key) {
        this.store.change('track', key, () => {
            this.store.edits[this.key3(this.who, f, k)] = value;
        });
    }

    doubt(way) {
        const {w} = this.ctx;
        if (!this.people.length) return;
        const n = this.people[this.who].frames.length;
        for (let k = 1; k <= n; k++) {
            const f = (this.f + way * k + n * 2) % n;
            const why = this.doubtOf(this.who, f);
            if (why) {
                this.go(this.who, f);
                return this.say(
                    w('mark.doubt_at', this.people[this.who].time_s[f].toFixed(3), w(why))
                );
            }
        }
        this.say(w('mark.no_doubt'));
    }

    swap(from, to, which) {
        this.exchange(this.who, from, to, which);
        this.say(this.ctx.w('mark.swapped', to - from + 1));
    }

    makeSpan() {
        const {el, w} = this.ctx;
        const number = (name) =>
            el('input', {type: 'number', min: '1', value: '1', 'aria-label': w(name)});
        this.from = number('mark.first_image');
        this.to = number('mark.last_image');
        const here = (input) =>
            el(
                'button',
                {
                    type: 'button',
                    'aria-label': w('mark.this_image'),
                    onclick: () => {
                        input.value = this.f + 1;
                    },
                },
                w('mark.here')
            );
        const go = (name, which) =>
            el(
                'button',
                {
                    type: 'button',
                    onclick: () => {
                        if (!this.people.length) return;
                        const n = this.people[this.who].frames.length;
                        const a = Math.min(n, Math.max(1, +this.from.value || 1)),
                            b = Math.min(n, Math.max(1, +this.to.value || 1));
                        this.swap(Math.min(a, b) - 1, Math.max(a, b) - 1, which);
                    },
                },
                w(name)
            );
        this.span.append(
            el('label', {}, w('mark.first_image'), ' ', this.from, here(this.from)),
            el('label', {}, w('mark.last_image'), ' ', this.to, here(this.to)),
            go('mark.swap_legs', LEGS),
            go('mark.swap_arms', ARMS)
        );
    }

    // ---- what the picture asks ----

    tool() {
        return {
            overlay: (c, scale) => this.people.length && this.overlay(c, scale),
            hit: (u, v, tol) => {
                let best = null,
                    least = tol;
                for (let k = 0; this.people.length && k < this.words.length; k++) {
                    const p = k === 0 || k >= MIN_DRAWN ? this.at(this.who, this.f, k) : null;
                    const far = p
                        ? Math.hypot(p.x_px - u, p.y_px - v) -
                          (k === this.point ? 2 / this.picture.scale : 0)
                        : Infinity;
                    if (far < least) {
                        least = far;
                        best = k;
                    }
                }
                return best;
            },
            at: (k) => {
                const p = this.at(this.who, this.f, k);
                return p ? [p.x_px, p.y_px] : [0, 0];
            },
            select: (k) => this.choose(k),
            place: (u, v) => {
                if (this.people.length && this.point >= 0) this.moveTo(this.point, u, v, '');
                else this.say(this.ctx.w('mark.choose_joint'));
            },
            drag: (k, u, v) => this.moveTo(k, u, v, `joint ${this.who} ${this.f} ${k}`),
            nudge: (du, dv) => {
                const p =
                    this.people.length && this.point >= 0
                        ? this.at(this.who, this.f, this.point)
                        : null;
                if (!p) return false;
                this.moveTo(
                    this.point,
                    p.x_px + du,
                    p.y_px + dv,
                    `joint ${this.who} ${this.f} ${this.point}`
                );
                return true;
            },
            key: (key) => this.key(key),
        };
    }

    moveTo(k, x_px, y_px, key) {
        const round = (v) => Math.round(v * 1000) / 1000;
        this.put(this.f, k, {x_px: round(x_px), y_px: round(y_px), sigma_px: HAND_SIGMA_PX}, key);
    }

    key(key) {
        if (!this.people.length) return false;
        const by = {',': -1, '.': 1, PageUp: -10, PageDown: 10}[key];
        if (by) this.go(this.who, this.f + by);
        else if (key === 'd') this.doubt(1);
        else if (key === 'D') this.doubt(-1);
        else if (key === 'x') this.swap(this.f, this.f, LEGS);
        else if (key === 'n' || key === 'p') this.step(key === 'n' ? 1 : -1);
        else if ((key === 'Delete' || key === 'Backspace') && this.point >= 0)
            this.put(this.f, this.point, null, '');
        else if (key === 'Escape') this.choose(-1);
        else return false;
        return true;
    }

    step(way) {
        const shown = this.words.map((word, k) => k).filter((k) => k === 0 || k >= MIN_DRAWN),
            i = shown.indexOf(this.point);
        this.choose(shown[(i + way + shown.length) % shown.length]);
    }

    overlay(c, scale) {
        this.people.forEach((p, who) => {
            const f =
                who === this.who
                    ? this.f
                    : p.time_s.findIndex((t) => Math.abs(t - this.time_s) < 1e-4);
            if (f >= 0) this.drawPerson(c, scale, who, f);
        });
    }

    drawPerson(c, scale, who, f) {
        const mine = who === this.who,
            index = Object.fromEntries(this.words.map((word, k) => [word, k]));
        c.globalAlpha = mine ? 1 : 0.45;
        c.setLineDash(this.ambiguous(who, f) ? [5 / scale, 4 / scale] : []);
        for (const [a, b] of BONES) {
            const p = this.at(who, f, index[a]),
                q = this.at(who, f, index[b]);
            if (!p || !q) continue;
            c.beginPath();
            c.moveTo(p.x_px, p.y_px);
            c.lineTo(q.x_px, q.y_px);
            stroke(c, scale, COLOUR[sideOf(a) === sideOf(b) ? sideOf(a) : 'm'], 2);
        }
        c.setLineDash([]);
        for (let k = 0; mine && k < this.words.length; k++) {
            const p = k === 0 || k >= MIN_DRAWN ? this.at(who, f, k) : null;
            if (!p) continue;
            const chosen = k === this.point,
                r = (chosen ? 7 : 4) / scale;
            c.beginPath();
            if (this.byHand(who, f, k)) c.rect(p.x_px - r, p.y_px - r, 2 * r, 2 * r);
            else c.arc(p.x_px, p.y_px, r, 0, 2 * Math.PI);
            stroke(c, scale, COLOUR[sideOf(this.words[k])], chosen ? 3 : 1.5);
            if (chosen) label(c, scale, this.words[k], p.x_px + 10 / scale, p.y_px - 8 / scale);
        }
        c.globalAlpha = 1;
    }

    // ---- what is shown ----

    get time_s() {
        return this.people[this.who].time_s[this.f];
    }

    async go(who, f) {
        if (!this.people.length) return;
        this.who = who;
        this.f = Math.min(Math.max(f, 0), this.people[who].frames.length - 1);
        this.showFrame();
        if (this.picture.source) {
            await this.picture.source.showTime(this.time_s * (this.store.slow || 1));
            this.picture.redraw();
        }
    }

    choose(k) {
        this.point = k;
        this.showFrame();
    }

    changed(what) {
        if (what === 'track') {
            const {el, w} = this.ctx;
            if (
                this.people.length !== this.person.options.length ||
                this.trackWas !== this.store.track
            ) {
                this.trackWas = this.store.track;
                this.person.replaceChildren(
                    ...this.people.map((p, i) =>
                        el(
                            'option',
                            {value: i},
                            w(p.lane ? 'mark.person_lane' : 'mark.person_n', p.person, p.lane)
                        )
                    )
                );
                this.who = this.people.reduce(
                    (best, p, i) => (p.frames.length > this.people[best].frames.length ? i : best),
                    0
                );
                this.person.value = this.who;
                this.go(this.who, 0);
            }
        }
        this.showFrame();
    }

    showFrame() {
        const {el, w} = this.ctx;
        if (!this.people.length) {
            this.state.textContent = w('mark.no_track');
            this.list.replaceChildren();
            this.fields.replaceChildren();
            return;
        }
        const n = this.people[this.who].frames.length,
            why = this.doubtOf(this.who, this.f);
        this.slider.max = n - 1;
        this.slider.value = this.f;
        this.slider.setAttribute(
            'aria-valuetext',
            w('mark.image_at', this.f + 1, n, this.time_s.toFixed(3))
        );
        this.state.textContent =
            w('mark.image_at', this.f + 1, n, this.time_s.toFixed(3)) +
            (why ? ` · ${w(why)}` : '') +
            ` · ${w('mark.n_edits', Object.keys(this.store.edits).length)}`;
        this.list.replaceChildren(
            ...this.words.map((word, k) => this.row(word, k)).filter(Boolean)
        );
        this.showFields();
        this.picture.redraw();
    }

    row(word, k) {
        const {el, w} = this.ctx;
        if (k > 0 && k < MIN_DRAWN) return null;
        const p = this.at(this.who, this.f, k),
            by = this.byHand(this.who, this.f, k)
                ? 'person'
                : p
                  ? ['net', 'silhouette', 'person', 'truth'][p.source]
                  : 'none';
        return el(
            'tr',
            {class: k === this.point ? 'chosen' : null},
            el(
                'th',
                {scope: 'row'},
                el(
                    'button',
                    {
                        type: 'button',
                        class: 'mk-link',
                        'aria-pressed': String(k === this.point),
                        onclick: () => this.choose(k),
                    },
                    w(`mark.j_${word.replace(/_[lr]$/, '')}`) +
                        (sideOf(word) === 'm' ? '' : ` ${w(`mark.side_${sideOf(word)}`)}`)
                )
            ),
            el('td', {}, p ? p.sigma_px.toFixed(1) : '–'),
            el('td', {}, w(`mark.by_${by}`))
        );
    }

    showFields() {
        const {el, w} = this.ctx,
            p = this.point >= 0 ? this.at(this.who, this.f, this.point) : null;
        if (this.point < 0) return this.fields.replaceChildren();
        const of = `${this.who} ${this.f} ${this.point}`;
        if (
            this.fields.contains(document.activeElement) &&
            this.fields.dataset.of === of &&
            document.activeElement.tagName === 'INPUT'
        )
            return;
        this.fields.dataset.of = of;
        const number = (key, name) =>
            el(
                'label',
                {},
                w(name),
                el('input', {
                    type: 'number',
                    step: '0.1',
                    value: p ? p[key] : '',
                    inputmode: 'decimal',
                    onchange: (e) =>
                        e.target.value !== '' &&
                        this.put(
                            this.f,
                            this.point,
                            {
                                x_px: 0,
                                y_px: 0,
                                sigma_px: HAND_SIGMA_PX,
                                ...(p && {
                                    x_px: p.x_px,
                                    y_px: p.y_px,
                                    sigma_px: p.source === 2 ? p.sigma_px : HAND_SIGMA_PX,
                                }),
                                [key]: +e.target.value,
                            },
                            ''
                        ),
                })
            );
        const key = this.key3(this.who, this.f, this.point);
        this.fields.replaceChildren(
            number('x_px', 'mark.u_px'),
            number('y_px', 'mark.v_px'),
            el(
                'button',
                {type: 'button', onclick: () => this.put(this.f, this.point, null, '')},
                w('mark.not_there')
            ),
            key in this.store.edits
                ? el(
                      'button',
                      {
                          type: 'button',
                          onclick: () =>
                              this.store.change('track', '', () => {
                                  delete this.store.edits[key];
                              }),
                      },
                      w('mark.as_it_was')
                  )
                : el('span')
        );
    }

    async saveTrack(only_hand) {
        if (!this.people.length) return;
        if (Object.keys(this.store.edits).length === 0 && only_hand)
            return this.say(this.ctx.w('mark.no_edits'));
        const hand = this.handRows();
        if (only_hand) {
            this.save.text('corrections.csv', hand);
        } else {
            const question = {track: this.store.trackText, hand};
            if (this.store.view && this.store.view.has_camera && this.store.marks.lanes.length)
                question.marks = this.save.marksText();
            const answer = await this.ask('marks.correct', question);
            if (answer.error) return this.say(answer.error.message);
            this.save.text('track.csv', answer.text);
        }
        this.store.unsaved.track = false;
    }

    setSource(source) {
        this.picture.setSource(source);
        if (this.people.length) this.go(this.who, this.f);
    }

    shown() {
        if (this.people.length) this.go(this.who, this.f);
        this.picture.redraw();
    }
}
