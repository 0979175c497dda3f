// Shapes that tell lives, ideas and events apart without colour.
import {el} from '../words.js';

/** One for each life, in order: told apart by shape as well as by ink. */
const SHAPES = ['disc', 'square', 'diamond', 'up', 'hexagon', 'down', 'plus'];

/** Ink and shape of the n-th followed life; they come round again after all are used. */
export function lookOfLife(n) {
    return {ink: `var(--life-${n % 7})`, shape: SHAPES[n % SHAPES.length]};
}

const n1 = (value) => Math.round(value * 10) / 10;

function polygon(x, y, r, n, turn) {
    const points = [];
    for (let i = 0; i < n; i++) {
        const a = turn + 2 * Math.PI * i / n;
        points.push(`${n1(x + r * Math.sin(a))} ${n1(y - r * Math.cos(a))}`);
    }
    return `M${points.join('L')}Z`;
}

/** Path of a shape around a point. */
export function shapePath(shape, x, y, r) {
    const s = r * 0.9, b = r * 0.42;
    switch (shape) {
    case 'square':
        return `M${n1(x - s)} ${n1(y - s)}h${n1(2 * s)}v${n1(2 * s)}h${n1(-2 * s)}Z`;
    case 'diamond':
        return polygon(x, y, r * 1.25, 4, 0);
    case 'up':
        return polygon(x, y + r * 0.15, r * 1.3, 3, 0);
    case 'down':
        return polygon(x, y - r * 0.15, r * 1.3, 3, Math.PI);
    case 'hexagon':
        return polygon(x, y, r * 1.1, 6, Math.PI / 6);
    case 'star': {
        const points = [];
        for (let i = 0; i < 10; i++) {
            const a = Math.PI * i / 5, q = i % 2 ? r * 0.55 : r * 1.35;
            points.push(`${n1(x + q * Math.sin(a))} ${n1(y - q * Math.cos(a))}`);
        }
        return `M${points.join('L')}Z`;
    }
    case 'plus':
        return `M${n1(x - b)} ${n1(y - r)}h${n1(2 * b)}v${n1(r - b)}h${n1(r - b)}v${n1(2 * b)}` +
            `h${n1(b - r)}v${n1(r - b)}h${n1(-2 * b)}v${n1(b - r)}h${n1(b - r)}v${n1(-2 * b)}h${
                n1(r - b)}Z`;
    default:
        return `M${n1(x - r)} ${n1(y)}a${n1(r)} ${n1(r)} 0 1 0 ${n1(2 * r)} 0a${n1(r)} ${
            n1(r)} 0 1 0 ${n1(-2 * r)} 0Z`;
    }
}

/** A shape as a small picture of its own, for legends. */
export function legendMark(shape, ink, hollow = false) {
    return el('svg:svg',
        {class: 'life-key', viewBox: '0 0 16 16', width: 16, height: 16, 'aria-hidden': 'true'},
        el('svg:path', {
            d: shapePath(shape, 8, 8, 5.5),
            style: hollow ? `fill:var(--paper);stroke:${ink};stroke-width:2` : `fill:${ink}`
        }));
}

/**
 * Where a run stands on the time line: found by keys and pointer, opened as a button.
 * @param {{x: number, y: number, r: number}} at  where it is hit
 * @param {string} kind  classes more, each with a space before it
 */
export function raceMark(run, lane, at, kind, describe) {
    return el('svg:g', {
        class: `life-race${kind}`,
        role: 'button',
        tabindex: -1,
        'aria-label': describe.run(run).join('. '),
        'data-key': `r:${run.race.index}:${run.who.index}`,
        'data-row': lane.order,
        'data-x': n1(at.x)
    },
        el('svg:circle', {class: 'life-hit', cx: n1(at.x), cy: n1(at.y), r: at.r}));
}

/** A path through points; a point that is not a number breaks it. */
export function linePath(points) {
    let path = '', pen = 'M';
    for (const [x, y] of points) {
        if (!Number.isFinite(x) || !Number.isFinite(y)) {
            pen = 'M';
            continue;
        }
        path += `${pen}${n1(x)} ${n1(y)}`;
        pen = 'L';
    }
    return path;
}

/** A child as tall as he is: feet at (x, y), h_px to the crown. */
export function figurePath(x, y, h_px) {
    const head = h_px * 0.085, top = y - h_px, hip = y - h_px * 0.47, w = h_px * 0.115;
    const shoulder = top + head * 2.5, leg = w * 0.36;
    return `M${n1(x - head)} ${n1(top + head)}a${n1(head)} ${n1(head)} 0 1 0 ${n1(2 * head)} 0` +
        `a${n1(head)} ${n1(head)} 0 1 0 ${n1(-2 * head)} 0Z` +
        `M${n1(x - w)} ${n1(shoulder)}L${n1(x + w)} ${n1(shoulder)}L${n1(x + w * 0.72)} ${
            n1(hip)}` +
        `L${n1(x + leg * 2)} ${n1(y)}L${n1(x + leg * 0.6)} ${n1(y)}L${n1(x)} ${n1(hip + w * 0.8)}` +
        `L${n1(x - leg * 0.6)} ${n1(y)}L${n1(x - leg * 2)} ${n1(y)}L${n1(x - w * 0.72)} ${
            n1(hip)}Z`;
}
