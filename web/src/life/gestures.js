// Moving and zooming a picture in time: wheel, drag, two fingers.

const DRAG_PX = 5; // less is a click

/**
 * @param {SVGElement} svg
 * @param {{at: (x_px: number) => number, zoomAt: (at: number, factor: number) => void,
 *          moveBy: (d_yr: number) => void, year_px: () => number}} hands
 */
export function addGestures(svg, hands) {
    const fingers = new Map();
    let moved = false, gap_px = 0;
    const xOf = (event) => event.clientX - svg.getBoundingClientRect().left;

    svg.addEventListener('wheel', (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey) {
            event.preventDefault();
            hands.zoomAt(
                hands.at(xOf(event)), Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0025)));
        } else if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
            event.preventDefault();
            hands.moveBy((event.deltaX || event.deltaY) / hands.year_px());
        }
    }, {passive: false});

    svg.addEventListener('pointerdown', (event) => {
        if (event.pointerType === 'mouse' && event.button !== 0)
            return;
        if (fingers.size === 0)
            moved = false;
        fingers.set(event.pointerId, {x: xOf(event), start: xOf(event)});
        gap_px = fingers.size === 2 ? gapOf(fingers) : 0;
    });
    svg.addEventListener('pointermove', (event) => {
        const finger = fingers.get(event.pointerId);
        if (!finger)
            return;
        const x = xOf(event), d_px = x - finger.x;
        if (fingers.size === 1) {
            if (!moved && Math.abs(x - finger.start) < DRAG_PX)
                return;
            if (!moved && svg.setPointerCapture)
                svg.setPointerCapture(event.pointerId);
            moved = true;
            finger.x = x;
            hands.moveBy(-d_px / hands.year_px());
        } else {
            finger.x = x;
            moved = true;
            const gap = gapOf(fingers),
                  mid = [...fingers.values()].reduce((s, f) => s + f.x, 0) / fingers.size;
            if (gap_px > 10 && gap > 10)
                hands.zoomAt(hands.at(mid), gap / gap_px);
            gap_px = gap;
        }
    });
    const lift = (event) => fingers.delete(event.pointerId);
    addEventListener('pointerup', lift);
    addEventListener('pointercancel', lift);
    // what was a drag is no click on whatever lies under its end
    svg.addEventListener('click', (event) => {
        if (moved) {
            event.stopPropagation();
            event.preventDefault();
        }
        moved = false;
    }, true);
}

function gapOf(fingers) {
    const [a, b] = [...fingers.values()];
    return Math.abs(a.x - b.x);
}
