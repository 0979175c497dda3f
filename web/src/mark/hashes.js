// Tool 2: the hashlines of a finish, moved by hand over the slit picture.
import {Picture, label, stroke} from './picture.js';
import {Blank} from './source.js';
import {tableNode} from './table.js';

// of a hand that put a line with a loupe; own, to be changed in the field
const HAND_SIGMA_S = 0.001;
const TO_90 = 1.6449;
const COLOURS = [
    '#e69f00',
    '#56b4e9',
    '#2bd9a0',
    '#f0e442',
    '#8fb8ff',
    '#ff8a4d',
    '#ff9bd2',
    '#d0d0d0',
];
const PARTS_S = [1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001];

/** The tool in the page. */
export class Hashes {
    constructor(ctx, store, ask, say, save) {
        Object.assign(this, {ctx, store, ask, say, save});
        this.lane = null;
        const {el, w} = ctx;
        this.picture = new Picture(ctx, w('mark.slit_picture'), this.tool());
        this.rows = el('tbody');
        this.note = el('p', {class: 'mk-hint'});
        this.fields = el('div', {class: 'mk-fields'});
        this.files = el('div', {class: 'mk-row'});
        this.node = el(
            'div',
            {class: 'mk-tool'},
            el(
                'div',
                {class: 'mk-main'},
                this.picture.node,
                el('p', {class: 'mk-hint'}, w('mark.hash_keys'))
            ),
            el(
                'div',
                {class: 'mk-side'},
                this.note,
                tableNode(
                    w,
                    'mark.finish_at',
                    ['mark.place_no', 'mark.lane', 'mark.name', 'mark.time',
                     'mark.within', 'mark.gap', ''],
                    this.rows
                ),
                this.fields,
                this.files
            )
        );
        this.picture.setSource(new Blank());
        this.changed();
        store.on(() => this.changed());
    }

    get slit() {
        return this.store.slit;
    }

    // ---- readings ----

    hashOf(lane) {
        return this.store.marks.hashes.find(
            (h) => h.lane === lane && Math.abs(h.x_m - this.slit.finish_x_m) < 1e-3
        );
    }

    /** All lanes of the picture, by time; who has none comes last. */
    readings() {
        const list = this.slit.torsos.map((t, i) => {
            const hand = this.hashOf(t.lane);
            return {
                ...t,
                i,
                hand,
                at_s: hand ? hand.time_s : t.seen ? t.time_s : null,
                own_s: hand ? hand.sigma_s : (t.own_sigma_s ?? t.sigma_s),
                whole_s: hand ? hand.sigma_s : t.sigma_s,
            };
        });
        return list.sort((a, b) => (a.at_s ?? Infinity) - (b.at_s ?? Infinity) || a.lane - b.lane);
    }

    /** Standard deviation of a gap: what the program found for the pair; by hand, the own parts. */
    gapSigma_s(a, b) {
        const found =
            this.slit.gap_sigma_s && this.slit.gap_sigma_s[a.i]
                ? this.slit.gap_sigma_s[a.i][b.i]
                : null;
        if (!a.hand && !b.hand && found !== null) return found;
        return Math.hypot(a.own_s ?? 0, b.own_s ?? 0);
    }

    u_px(time_s) {
        return (time_s - this.slit.from_s) * this.slit.line_hz;
    }

    time_s(u_px) {
        return this.slit.from_s + u_px / this.slit.line_hz;
    }

    set(lane, time_s, key) {
        const marks = this.store.marks,
            x_m = this.slit.finish_x_m;
        this.store.change('marks', key, () => {
            const hand = this.hashOf(lane);
            if (hand) hand.time_s = time_s;
            else marks.hashes.push({lane, x_m, time_s, sigma_s: HAND_SIGMA_S});
        });
    }

    reset(lane) {
        const hand = this.hashOf(lane);
        if (hand)
            this.store.change('marks', '', () =>
                this.store.marks.hashes.splice(this.store.marks.hashes.indexOf(hand), 1)
            );
    }

    // ---- what the picture asks ----

    tool() {
        return {
            overlay: (c, scale) => this.slit && this.overlay(c, scale),
            hit: (u, v, tol) => {
                let best = null,
                    least = tol;
                const chosen = this.reading(this.lane);
                // a runner without a line gets one wherever the click is
                if (!this.slit || (chosen && chosen.at_s === null)) return null;
                for (const r of this.readings()) {
                    const far = r.at_s === null ? Infinity : Math.abs(this.u_px(r.at_s) - u);
                    // of lines that stand close together the chosen one is meant
                    if (
                        far < least - (best === this.lane ? 1e-9 : 0) ||
                        (r.lane === this.lane && far < tol)
                    ) {
                        least = r.lane === this.lane ? -1 : far;
                        best = r.lane;
                    }
                }
                return best;
            },
            at: (lane) => [this.u_px(this.reading(lane).at_s), this.grabV ?? this.slit.h_px / 2],
            select: (lane) => this.choose(lane),
            place: (u) => {
                if (this.slit && this.lane !== null) this.set(this.lane, this.time_s(u), '');
                else this.say(this.ctx.w('mark.choose_lane'));
            },
            drag: (lane, u, v) => {
                this.grabV = v;
                this.set(lane, this.time_s(u), `hash ${lane}`);
            },
            nudge: (du) => {
                const r = this.reading(this.lane);
                if (!r || du === 0) return false;
                // the picture's 0.1 and 1 are 0.001 and 0.01 s here
                this.set(this.lane, (r.at_s ?? this.middle_s()) + du * 0.01, `hash ${this.lane}`);
                return true;
            },
            key: (key) => this.key(key),
        };
    }

    reading(lane) {
        return this.slit ? this.readings().find((r) => r.lane === lane) : undefined;
    }

    middle_s() {
        return this.time_s(this.slit.w_px / 2);
    }

    key(key) {
        if (!this.slit) return false;
        if (key === 'ArrowUp' || key === 'ArrowDown') {
            const list = this.readings(),
                n = list.length;
            const i = list.findIndex((r) => r.lane === this.lane),
                by = key === 'ArrowDown' ? 1 : -1;
            this.choose(list[i < 0 ? 0 : (i + by + n) % n].lane);
            this.show(this.lane);
            return true;
        }
        if ((key === 'Delete' || key === 'Backspace') && this.lane !== null) {
            this.reset(this.lane);
            return true;
        }
        if (key === 'Escape') {
            this.choose(null);
            return true;
        }
        return false;
    }

    overlay(c, scale) {
        this.drawScale(c, scale);
        const list = this.readings();
        list.forEach((r, k) => {
            if (r.at_s === null) return;
            const u = this.u_px(r.at_s),
                chosen = r.lane === this.lane,
                colour = COLOURS[(r.lane - 1) % COLOURS.length];
            const half = TO_90 * (r.whole_s ?? 0) * this.slit.line_hz;
            c.fillStyle = colour;
            c.globalAlpha = chosen ? 0.3 : 0.16;
            c.fillRect(u - half, 0, 2 * half, this.slit.h_px);
            c.globalAlpha = 1;
            c.setLineDash(r.hand || !(r.unsure || r.hidden) ? [] : [6 / scale, 5 / scale]);
            c.beginPath();
            c.moveTo(u, 0);
            c.lineTo(u, this.slit.h_px);
            stroke(c, scale, colour, chosen ? 2.4 : 1.2);
            c.setLineDash([]);
            const v =
                typeof r.v_px === 'number'
                    ? r.v_px
                    : ((k + 1) * this.slit.h_px) / (list.length + 1);
            c.beginPath();
            c.moveTo(u - 7 / scale, v);
            c.lineTo(u + 7 / scale, v);
            stroke(c, scale, colour, 2.4);
            label(c, scale, `${r.lane}`, u + 5 / scale, v - 6 / scale, colour, chosen ? 16 : 13);
        });
    }

    drawScale(c, scale) {
        const px_per_s = this.slit.line_hz * scale;
        const part_s = [...PARTS_S].reverse().find((s) => s * px_per_s > 70) ?? 1,
            zero_s = this.slit.zero_s;
        const from = Math.ceil((this.slit.from_s - zero_s) / part_s),
            to = Math.floor((this.time_s(this.slit.w_px) - zero_s) / part_s);
        for (let k = from; k <= to; k++) {
            const u = this.u_px(zero_s + k * part_s);
            c.beginPath();
            c.moveTo(u, this.slit.h_px - 10 / scale);
            c.lineTo(u, this.slit.h_px);
            stroke(c, scale, '#fff', 1);
            label(
                c,
                scale,
                (k * part_s).toFixed(part_s < 0.01 ? 3 : 2),
                u + 3 / scale,
                this.slit.h_px - 4 / scale,
                '#fff',
                11
            );
        }
    }

    // ---- what is shown ----

    choose(lane) {
        this.lane = lane;
        this.grabV = null;
        this.changed();
    }

    show(lane) {
        const r = this.reading(lane);
        if (r && r.at_s !== null)
            this.picture.look(this.u_px(r.at_s), r.v_px ?? this.slit.h_px / 2);
    }

    changed() {
        const {el, w} = this.ctx,
            slit = this.slit;
        if (!slit) {
            this.note.textContent = w('mark.no_slit');
            this.rows.replaceChildren();
            this.files.replaceChildren();
            return;
        }
        this.note.textContent =
            w(slit.from_gun ? 'mark.from_gun' : 'mark.only_gaps') +
            ' ' +
            (slit.fps < 100 ? w('mark.not_grade', slit.fps.toFixed(0)) : '') +
            ' ' +
            w('mark.never_official');
        const list = this.readings(),
            first = list.find((r) => r.at_s !== null);
        let no = 0;
        this.rows.replaceChildren(
            ...list.map((r) => this.row(r, r.at_s === null ? '' : ++no, first))
        );
        this.showFields();
        const results = slit.from_gun
            ? ['sheet', 'lif'].map((kind) =>
                  el(
                      'button',
                      {type: 'button', onclick: () => this.saveResult(kind)},
                      w(`mark.save_${kind}`)
                  )
              )
            : [];
        this.files.replaceChildren(
            el(
                'button',
                {type: 'button', class: 'mk-primary', onclick: () => this.save.marks()},
                w('mark.save_marks')
            ),
            ...results
        );
        this.picture.redraw();
    }

    row(r, no, first) {
        const {el, w} = this.ctx,
            has = r.at_s !== null;
        const remark = r.hand
            ? w('mark.by_hand')
            : [
                  r.hidden ? w('mark.hidden') : '',
                  r.unsure ? w('mark.unsure') : '',
                  has ? '' : w('mark.not_seen'),
              ]
                  .filter(Boolean)
                  .join(', ');
        const ms = (s) => `± ${(1000 * TO_90 * s).toFixed(1)}`;
        return el(
            'tr',
            {class: r.lane === this.lane ? 'chosen' : null, 'data-lane': r.lane},
            el('td', {}, String(no)),
            el('td', {}, r.lane),
            el(
                'th',
                {scope: 'row'},
                el(
                    'button',
                    {
                        type: 'button',
                        class: 'mk-link',
                        'aria-pressed': String(r.lane === this.lane),
                        onclick: () => {
                            this.choose(r.lane);
                            this.show(r.lane);
                        },
                    },
                    el('bdi', {}, r.name || w('mark.lane_n', r.lane))
                ),
                remark ? el('em', {class: r.hand ? 'mk-hand' : 'mk-worst'}, remark) : null
            ),
            el('td', {}, has ? (r.at_s - this.slit.zero_s).toFixed(4) : '–'),
            el('td', {}, has ? ms(Math.hypot(r.whole_s ?? 0, this.slit.zero_sigma_s ?? 0)) : ''),
            el(
                'td',
                {},
                has && r !== first
                    ? `${(r.at_s - first.at_s).toFixed(4)} ${ms(this.gapSigma_s(first, r))}`
                    : ''
            ),
            el(
                'td',
                {},
                r.hand
                    ? el(
                          'button',
                          {
                              type: 'button',
                              'aria-label': w('mark.back_to_found', r.lane),
                              title: w('mark.back_to_found', r.lane),
                              onclick: () => this.reset(r.lane),
                          },
                          '↺'
                      )
                    : null
            )
        );
    }

    showFields() {
        const {el, w} = this.ctx,
            r = this.reading(this.lane);
        if (!r) return this.fields.replaceChildren();
        if (
            this.fields.contains(document.activeElement) &&
            this.fields.dataset.of === String(r.lane)
        )
            return;
        this.fields.dataset.of = r.lane;
        const input = (name, value, step, fn) =>
            el(
                'label',
                {},
                w(name),
                el('input', {
                    type: 'number',
                    step,
                    value,
                    inputmode: 'decimal',
                    onchange: (e) =>
                        Number.isFinite(+e.target.value) &&
                        e.target.value !== '' &&
                        fn(+e.target.value),
                })
            );
        this.fields.replaceChildren(
            el('h3', {}, w('mark.lane_n', r.lane)),
            input(
                'mark.time',
                r.at_s === null ? '' : (r.at_s - this.slit.zero_s).toFixed(4),
                '0.001',
                (v) => this.set(r.lane, v + this.slit.zero_s, '')
            ),
            r.hand
                ? input(
                      'mark.sigma_ms',
                      1000 * r.hand.sigma_s,
                      '0.5',
                      (v) =>
                          v > 0 &&
                          this.store.change('marks', '', () => {
                              this.hashOf(r.lane).sigma_s = v / 1000;
                          })
                  )
                : el('span')
        );
    }

    async saveResult(kind) {
        const rows = this.readings()
            .filter((r) => r.at_s !== null)
            .map((r) => ({lane: r.lane, name: r.name || '', time_s: r.at_s - this.slit.zero_s}));
        const answer = await this.ask('marks.results', {
            clip: this.slit.clip || this.store.clipName || 'clip',
            finish_x_m: this.slit.finish_x_m,
            rows,
        });
        if (answer.error) return this.say(answer.error.message);
        this.save.text(kind === 'lif' ? 'result.lif' : 'result.csv', answer[kind]);
    }

    shown() {
        this.picture.redraw();
    }
}
