// Tables that are walked with the arrow keys: one stop for the tabulator, whatever their size.
import {el} from '../words.js';

/**
 * @param {{caption: string, head: (string|Node)[], rows: {lane?: number, cells: Cell[]}[],
 *          label?: string, class?: string}} t
 *        Cell: {text, kind?: 'measured'|'derived'|'filled'|'computed'|'plain', head?: boolean,
 *               why?: string}; why: what the cell says of itself when it is asked
 * @param {(why: string, cell: HTMLElement) => void} [ask]
 * @returns {HTMLTableElement}
 */
export function makeTable(t, ask) {
    const cellOf = (cell) => el(cell.head ? 'th' : 'td', {class: `v-${cell.kind || 'plain'}`,
        scope: cell.head ? 'row' : null, tabindex: ask && cell.why ? '-1' : null,
        'data-why': cell.why || null, dir: 'auto'}, ...marked(cell));
    const table = el('table', {class: t.class || null, 'aria-label': t.label || null},
        t.caption ? el('caption', {}, t.caption) : null,
        el('thead', {}, el('tr', {}, t.head.map((h) => h instanceof Node && h.nodeName === 'TH' ? h
            : el('th', {scope: 'col'}, h)))),
        el('tbody', {}, t.rows.map((row) => el('tr', {'data-lane': row.lane || null},
            row.cells.map(cellOf)))));
    if (ask)
        walk(table, ask);
    return table;
}

function marked(cell) {
    return [cell.kind === 'derived' ? el('i', {}, cell.text)
        : cell.kind === 'filled' ? el('span', {}, '~', cell.text) : cell.text];
}

function walk(table, ask) {
    const cells = () => [...table.tBodies[0].rows].map((row) => [...row.cells]);
    const first = table.querySelector('[data-why]');
    if (first)
        first.tabIndex = 0;
    const go = (to) => {
        if (!to || !to.dataset.why)
            return;
        for (const other of table.querySelectorAll('[tabindex="0"]'))
            other.tabIndex = -1;
        to.tabIndex = 0;
        to.focus();
    };
    table.addEventListener('click', (event) => {
        const cell = event.target.closest('[data-why]');
        if (cell) {
            go(cell);
            ask(cell.dataset.why, cell);
        }
    });
    table.addEventListener('keydown', (event) => {
        const cell = event.target.closest('[data-why]');
        if (!cell)
            return;
        const grid = cells(), row = grid.findIndex((r) => r.includes(cell));
        const column = grid[row].indexOf(cell);
        const move = {ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0],
            ArrowDown: [1, 0]}[event.key];
        if (move) {
            event.preventDefault();
            event.stopPropagation();
            go((grid[row + move[0]] || [])[column + move[1]]);
        } else if (event.key === 'Enter' || event.key === ' ') {
            event.preventDefault();
            event.stopPropagation();
            ask(cell.dataset.why, cell);
        }
    });
}
