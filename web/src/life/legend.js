// How to read the time line.
import {el} from '../words.js';

import {figurePath, legendMark, shapePath} from './marks.js';

function sample(...parts) {
    return el('svg:svg',
        {class: 'life-key', viewBox: '0 0 26 16', width: 26, height: 16, 'aria-hidden': 'true'},
        ...parts);
}

const box = (cls) => el('svg:rect', {class: cls, x: 2, y: 3, width: 22, height: 10});

/** As over the schools: the thicker, the further in. */
function stripe(standing, h_px) {
    return sample(el('svg:rect', {class: 'life-stageband', x: 1, y: 3, width: 24, height: 11}),
        el('svg:rect',
            {class: `life-standing is-${standing}`, x: 1, y: 3, width: 24, height: h_px}));
}

/** @param {import('./model.js').Model} model */
export function legend(model, w) {
    const ink = 'stroke:var(--life-0)';
    const rows = [
        [
            sample(el('svg:path', {class: 'life-best', d: 'M1 12L13 5L25 8', style: ink}),
                el('svg:circle', {class: 'life-ring', cx: 13, cy: 5, r: 2.6, style: ink})),
            'best'
        ],
        [sample(el('svg:path', {class: 'life-level', d: 'M1 12L13 6L25 7', style: ink})), 'level'],
        [legendMark('disc', 'var(--life-0)'), 'meet', legendMark('disc', 'var(--life-0)', true)],
        [sample(el('svg:circle', {cx: 13, cy: 8, r: 2, style: 'fill:var(--life-0)'})), 'race'],
        [
            sample(box('life-injury'),
                el('svg:path', {class: 'life-injury-mark', d: shapePath('up', 13, 5, 3.6)})),
            'injury'
        ],
        [
            sample(el('svg:path', {class: 'life-figure', d: figurePath(8, 15, 9)}),
                el('svg:path', {class: 'life-figure', d: figurePath(18, 15, 14)})),
            'figure'
        ],
        [
            sample(el('svg:rect', {
                x: 2,
                y: 3,
                width: 22,
                height: 10,
                style: 'fill:var(--idea-effort);fill-opacity:.6'
            })),
            'belief'
        ],
        [stripe('outside', 1), 'outside'], [stripe('club', 2.5), 'club'],
        [stripe('squad', 5), 'squad']
    ];
    if (model.followed.some((p) => p.seasons.some((s) => s.standing === 'left')))
        rows.push([stripe('left', 1), 'left']);
    if (model.races.some((r) => r.chapter))
        rows.push([
            sample(el('svg:path', {class: 'life-star', d: shapePath('star', 13, 8, 5.5)})),
            'chapter'
        ]);
    return el('ul', {class: 'life-legend', 'aria-label': w('life.legend')},
        ...rows.map(([mark, key, more]) =>
                        el('li', {}, more || null, mark, el('span', {}, w(`life.legend.${key}`)))));
}
