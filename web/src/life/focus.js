// The lane of the life in focus has three rows more: head, beliefs, and what each year's change is
// made of.
import {el} from '../words.js';

import {Room, textWidth} from './labels.js';
import {linePath} from './marks.js';
import {BELIEFS, TERMS} from './model.js';

const n1 = (value) => Math.round(value * 10) / 10;
const MIND_Z = 3.2;
const GAIN_LEAST = 0.05; // percent: smaller pieces are not drawn

/** Heights of the rows, px. */
export const FOCUS_ROWS = {
    mind: 74,
    beliefs: 74,
    gains: 104
};

function rowFrame(g, picture, y0, y1, title) {
    g.append(el('svg:rect', {
        class: 'life-row',
        x: picture.x0,
        y: y0,
        width: picture.x1 - picture.x0,
        height: y1 - y0
    }),
        el('svg:text', {class: 'life-rowtitle', x: picture.x0 + 4, y: y0 + 12}, title));
}

function inside(picture, x) { return x >= picture.x0 && x <= picture.x1; }

/** Names at the ends of lines, moved apart. */
function endLabels(g, picture, ends, y0, y1) {
    const size = picture.size_px - 1;
    ends.sort((a, b) => a.y - b.y);
    let last = y0 + 2;
    ends.forEach((end, i) => {
        end.at = Math.max(end.y, last + (i ? size * 1.05 : size * 0.5));
        last = end.at;
    });
    const over = ends.length ? Math.max(0, ends.at(-1).at - (y1 - 3)) : 0;
    for (const end of ends)
        g.append(el('svg:text', {
            class: 'life-end',
            x: picture.x0 - 6,
            y: n1(end.at - over + size * 0.3),
            'text-anchor': 'end',
            style: `fill:${end.ink}`
        },
            end.text));
}

function drawMind(g, picture, who, y0, y1) {
    rowFrame(g, picture, y0, y1, picture.w('life.mind'));
    const top = y0 + 16, mid = (top + y1) / 2, half = (y1 - top) / 2 - 2;
    const y = (z) => mid - Math.min(Math.max(z / MIND_Z, -1), 1) * half;
    g.append(
        el('svg:line', {class: 'life-grid', x1: picture.x0, x2: picture.x1, y1: mid, y2: mid}));
    for (const season of who.seasons) {
        const a = Math.max(picture.x(who, season.from_yr), picture.x0);
        const b = Math.min(picture.x(who, season.to_yr), picture.x1),
              h = season.burnout_frac * (y1 - top);
        if (b > a && h > 0.5)
            g.append(el('svg:rect',
                {class: 'life-burnout', x: n1(a), y: n1(y1 - h), width: n1(b - a), height: n1(h)}));
    }
    for (const run of who.runs) {
        const x = picture.x(who, run.race.at_yr);
        if (inside(picture, x))
            g.append(el('svg:path', {
                class: 'life-anxiety',
                d: `M${n1(x - 2)} ${n1(y(run.anxiety_z) - 2)}l4 4m0 -4l-4 4`
            }));
    }
    const ends = [];
    for (const key of ['confidence', 'motivation']) {
        const points = who.seasons.map((s) => [picture.x(who, s.to_yr), y(s[`${key}_z`])]);
        g.append(el('svg:path', {
            class: `life-mind is-${key}`,
            d: linePath(points),
            'clip-path': 'url(#life-lineclip)'
        }));
        const first = points.find(([x]) => x >= picture.x0);
        if (first)
            ends.push({y: first[1], ink: 'var(--ink)', text: picture.w(`life.mind.${key}`)});
    }
    ends.push({y: y1 - 4, ink: 'var(--bad)', text: picture.w('life.mind.burnout')});
    endLabels(g, picture, ends, y0, y1);
}

const DASHES = {
    joy: '',
    fastest: '',
    effort: '7 3',
    order: '2 3',
    form: '9 3 2 3',
    fear: '4 2'
};

function drawBeliefs(g, picture, who, y0, y1) {
    rowFrame(g, picture, y0, y1, picture.w('life.beliefs'));
    const top = y0 + 16, ends = [];
    for (const belief of BELIEFS) {
        const points = who.seasons.map(
            (s) => [picture.x(who, s.from_yr), y1 - 2 - s.beliefs[belief] * (y1 - top - 4)]);
        g.append(el('svg:path', {
            class: 'life-belief',
            d: linePath(points),
            'clip-path': 'url(#life-lineclip)',
            style: `stroke:var(--idea-${belief})`,
            'stroke-dasharray': DASHES[belief] || null
        }));
        const first = points.find(([x]) => x >= picture.x0 - 1);
        if (first)
            ends.push({
                y: first[1],
                ink: `var(--idea-${belief})`,
                text: picture.w(`life.idea.${belief}`)
            });
    }
    endLabels(g, picture, ends, y0, y1);
}

function gainsOf(season) {
    return season.account.map((e) => ({term: e.term, gain: -100 * e.ln}))
        .filter((e) => Math.abs(e.gain) >= GAIN_LEAST);
}

function drawGains(g, picture, who, y0, y1) {
    rowFrame(g, picture, y0, y1, picture.w('life.gains'));
    let up = 0.5, down = 0.5;
    for (const season of who.seasons) {
        const gains = gainsOf(season);
        up = Math.max(up, gains.reduce((sum, e) => sum + Math.max(e.gain, 0), 0));
        down = Math.max(down, gains.reduce((sum, e) => sum - Math.min(e.gain, 0), 0));
    }
    const top = y0 + 18, per = (y1 - top - 4) / (up + down), zero = top + up * per;
    const room = new Room(picture.x0, top - 2, picture.x1, y1);
    const used = new Set();
    for (const season of who.seasons) {
        const x = picture.x(who, season.from_yr), x_to = picture.x(who, season.to_yr);
        let above = zero, below = zero;
        for (const {term, gain} of gainsOf(season)) {
            const h = Math.abs(gain) * per, y = gain > 0 ? (above -= h) : below;
            if (gain <= 0)
                below += h;
            const a = Math.max(x + 1, picture.x0), b = Math.min(x_to - 1, picture.x1);
            if (b - a < 1)
                continue;
            used.add(term);
            g.append(el('svg:rect', {
                class: 'life-gain',
                x: n1(a),
                y: n1(y),
                width: n1(b - a),
                height: n1(h),
                style: `fill:${inkOfTerm(term)}`
            },
                el('svg:title', {}, `${picture.w(`life.term.${term}`)} ${gain.toFixed(1)} %`)));
            const text = picture.w(`life.term.${term}`), size = picture.size_px - 2;
            if (h > size + 1 && textWidth(text, size) < b - a - 4 &&
                room.isFree([a, y, b, y + size]))
                g.append(el('svg:text',
                    {class: 'life-ongain', x: n1(a + 3), y: n1(y + h / 2 + size * 0.36)}, text));
        }
    }
    g.append(el('svg:line',
        {class: 'life-zero', x1: picture.x0, x2: picture.x1, y1: n1(zero), y2: n1(zero)}));
    endLabels(g, picture, TERMS.filter((t) => used.has(t)).slice(0, 8).map((term, i) => ({
        y: top + i * 11,
        ink: inkOfTerm(term),
        text: picture.w(`life.term.${term}`)
    })),
        y0, y1);
    for (const [gain, at] of [[up, top], [-down, y1 - 4]])
        g.append(el('svg:text', {class: 'life-tick', x: picture.x1 + 5, y: n1(at + 4)},
            `${gain > 0 ? '+' : '−'}${Math.abs(gain).toFixed(1)} %`));
}

/** Ink of a reason; what belongs together is near. */
export function inkOfTerm(term) { return `var(--term-${TERMS.includes(term) ? term : 'small'})`; }

/** Draw the three rows; y_px is the upper edge. Returns the lower. */
export function drawFocusRows(g, picture, who, y_px) {
    let y = y_px;
    for (const [draw, h] of [[drawMind, FOCUS_ROWS.mind], [drawBeliefs, FOCUS_ROWS.beliefs],
             [drawGains, FOCUS_ROWS.gains]]) {
        draw(g, picture, who, y + 4, y + h);
        y += h;
    }
    return y;
}
