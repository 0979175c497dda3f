// From mark to mark with the arrow keys: one mark of a picture is in the order of Tab, the others
// are reached from it.

/** Marks of a picture in one row, from left to right. */
function marksOf(svg, row) {
    return [...svg.querySelectorAll(`[data-key][data-row="${row}"]`)].sort(
        (a, b) => a.dataset.x - b.dataset.x);
}

function nearest(marks, x, kind) {
    const same = marks.filter((m) => m.dataset.key[0] === kind);
    return (same.length ? same : marks)
        .reduce((best, m) =>
                    !best || Math.abs(m.dataset.x - x) < Math.abs(best.dataset.x - x) ? m : best,
            null);
}

function target(svg, from, key) {
    const row = Number(from.dataset.row), x = Number(from.dataset.x), kind = from.dataset.key[0];
    const inRow = marksOf(svg, row).filter((m) => m.dataset.key[0] === kind);
    const i = inRow.indexOf(from);
    switch (key) {
    case 'ArrowRight':
        return inRow[i + 1] || null;
    case 'ArrowLeft':
        return inRow[i - 1] || null;
    case 'Home':
        return inRow[0];
    case 'End':
        return inRow.at(-1);
    case 'ArrowUp':
    case 'ArrowDown': {
        const rows = [
            ...new Set([...svg.querySelectorAll('[data-key]')].map((m) => Number(m.dataset.row)))
        ].sort((a, b) => a - b);
        const next = rows[rows.indexOf(row) + (key === 'ArrowDown' ? 1 : -1)];
        return next === undefined ? null : nearest(marksOf(svg, next), x, kind);
    }
    // between the years of a life and its races
    case 'Tab':
        return null;
    case 'r':
        return nearest(marksOf(svg, row), x, kind === 's' ? 'r' : 's');
    default:
        return null;
    }
}

/** Let exactly one mark be in the order of Tab. */
export function keepOneInTabOrder(svg, key) {
    const marks = [...svg.querySelectorAll('[data-key]')];
    const one = marks.find((m) => m.dataset.key === key) || marks[0];
    for (const mark of marks)
        mark.setAttribute('tabindex', mark === one ? 0 : -1);
    return one;
}

/**
 * @param {SVGElement} svg
 * @param {{open: (key: string) => void, zoom: (factor: number) => void, all: () => void,
 *          edge: (side: number) => boolean}} hands  edge: move on, is there more on that side?
 */
export function addKeys(svg, hands) {
    svg.addEventListener('keydown', (event) => {
        const from = event.target.closest('[data-key]');
        if (event.ctrlKey || event.metaKey || event.altKey)
            return;
        if (event.key === '+' || event.key === '=')
            hands.zoom(1.5);
        else if (event.key === '-')
            hands.zoom(1 / 1.5);
        else if (event.key === '0')
            hands.all();
        else if (from && (event.key === 'Enter' || event.key === ' '))
            hands.open(from.dataset.key);
        else if (from) {
            const to = target(svg, from, event.key);
            if (to) {
                keepOneInTabOrder(svg, to.dataset.key);
                to.focus();
            } else if (!(event.key === 'ArrowRight' && hands.edge(1)) &&
                !(event.key === 'ArrowLeft' && hands.edge(-1))) {
                return;
            }
        } else {
            return;
        }
        event.preventDefault();
    });
}
