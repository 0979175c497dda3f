// An account drawn: from one time, step by step, to the other.
import {el} from '../words.js';
import {signed} from './account.js';
import {inkOfTerm} from './focus.js';
import {fitText} from './labels.js';

const n1 = (value) => Math.round(value * 10) / 10;
const ROW_PX = 26;

/**
 * @param {import('./account.js').Waterfall} fall
 * @param {{w: (key: string, ...parts: any[]) => string, from: string, to: string,
 *          note: (term: string) => string, w_px: number}} how  from, to: what the two times are
 */
export function drawWaterfall(fall, how) {
    const {w, w_px} = how, size = 13;
    const names_px = Math.min(w_px * 0.36, 210), values_px = 138;
    const x0 = names_px + 8, x1 = w_px - values_px;
    const all = [fall.from_s, fall.to_s, ...fall.steps.map((s) => s.to_s)];
    const lo = Math.min(...all), hi = Math.max(...all), pad = Math.max((hi - lo) * 0.06, 0.002);
    // faster to the right: what helped goes forward
    const x = (time_s) => x0 + (hi + pad - time_s) / (hi - lo + 2 * pad) * (x1 - x0);
    const rows = fall.steps.length + 2, h_px = rows * ROW_PX + 6;
    const svg = el('svg:svg', {
        class: 'life-fall',
        viewBox: `0 0 ${w_px} ${h_px}`,
        width: w_px,
        height: h_px,
        role: 'img',
        'aria-label': w('life.why.picture', fall.from_s.toFixed(3), fall.to_s.toFixed(3),
            fall.steps.map((s) => `${w(`life.term.${s.term}`)} ${signed(s.d_ms / 1000, 3)} s`)
                .join(', '))
    });
    const end = (i, text, time_s) => {
        const y = i * ROW_PX + 3, at = x(time_s);
        svg.append(el('svg:text', {class: 'life-fall-end', x: 0, y: y + 17},
                       fitText(text, names_px, size)),
            el('svg:line',
                {class: 'life-fall-now', x1: n1(at), x2: n1(at), y1: y + 2, y2: y + ROW_PX - 2}),
            el('svg:path', {class: 'life-fall-dot', d: `M${n1(at)} ${y + 7}l6 6l-6 6l-6 -6Z`}),
            el('svg:text', {class: 'life-fall-time', x: w_px, y: y + 17, 'text-anchor': 'end'},
                `${time_s.toFixed(3)} s`));
    };
    svg.append(el('svg:line', {
        class: 'life-fall-was',
        x1: n1(x(fall.from_s)),
        x2: n1(x(fall.from_s)),
        y1: ROW_PX,
        y2: h_px - 4
    }));
    end(0, how.from, fall.from_s);
    fall.steps.forEach((step, i) => {
        const y = (i + 1) * ROW_PX + 3, a = x(step.from_s), b = x(step.to_s),
              faster = step.d_ms < 0 || step.ln < 0;
        const left = Math.min(a, b), wide = Math.max(Math.abs(b - a), 1.5);
        svg.append(el('svg:rect', {
            class: 'life-fall-swatch',
            x: 0,
            y: y + 7,
            width: 8,
            height: 12,
            style: `fill:${inkOfTerm(step.term)}`
        }),
            el('svg:text', {class: 'life-fall-name', x: 14, y: y + 17},
                fitText(w(`life.term.${step.term}`), names_px - 14, size)),
            el('svg:line', {class: 'life-fall-link', x1: n1(a), x2: n1(a), y1: y - 4, y2: y + 6}),
            el('svg:rect', {
                class: `life-fall-bar ${faster ? 'is-faster' : 'is-slower'}`,
                x: n1(left),
                y: y + 5,
                width: n1(wide),
                height: 16
            }));
        if (wide > 11)
            svg.append(el('svg:path', {
                class: 'life-fall-arrow',
                d: faster ? `M${n1(b - 8)} ${y + 8.5}l4.5 4.5l-4.5 4.5`
                          : `M${n1(b + 8)} ${y + 8.5}l-4.5 4.5l4.5 4.5`
            }));
        svg.append(el('svg:text', {
            class: `life-fall-value ${faster ? 'is-faster' : 'is-slower'}`,
            x: w_px - 60,
            y: y + 17,
            'text-anchor': 'end'
        },
                       `${signed(step.d_ms / 1000, 3)} s`),
            el('svg:text', {class: 'life-fall-percent', x: w_px, y: y + 17, 'text-anchor': 'end'},
                `${signed(100 * step.ln, 2)} %`));
    });
    end(rows - 1, how.to, fall.to_s);
    return svg;
}

/** The same as rows for whoever reads and does not look. */
export function tableOfWaterfall(fall, how) {
    const {w} = how;
    const row = (name, change, percent, then) =>
        el('tr', {}, el('th', {scope: 'row'}, name), el('td', {class: 'r'}, change),
            el('td', {class: 'r'}, percent), el('td', {class: 'r'}, then));
    return el('table', {class: 'life-table life-fall-table'},
        el('thead', {},
            el('tr', {},
                ...['reason', 'seconds', 'percent', 'then'].map(
                    (k, i) =>
                        el('th', {scope: 'col', class: i ? 'r' : null}, w(`life.why.${k}`))))),
        el('tbody', {}, row(how.from, '', '', fall.from_s.toFixed(3)),
            ...fall.steps.map(
                (s) => row([w(`life.term.${s.term}`), how.note(s.term)].filter(Boolean).join(': '),
                    signed(s.d_ms / 1000, 3), signed(100 * s.ln, 2), s.to_s.toFixed(3))),
            row(how.to, signed((fall.to_ms - fall.from_ms) / 1000, 3),
                signed(100 * Math.log(fall.to_s / fall.from_s), 2), fall.to_s.toFixed(3))));
}
