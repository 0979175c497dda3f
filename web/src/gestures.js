// Moving and zooming a picture along one axis: wheel, drag, two fingers.

const DRAG_PX = 5; // less is a click
const LEAST_GAP_PX = 10; // of two fingers

/**
 * @param {Element} node
 * @param {{at: (x_px: number) => number, zoomAt: (at: number, factor: number) => void,
 *          moveBy: (by: number) => void, unit_px: () => number,
 *          drags?: (event: PointerEvent) => boolean}} hands
 *          drags: false = one finger, or the mouse, does something else
 * @returns {() => boolean}  have two fingers been at it since all were lifted
 */
export function addGestures(node, hands) {
    const fingers = new Map();
    const {drags = () => true} = hands;
    let moved = false, pinched = false;
    const xOf = (event) => event.clientX - node.getBoundingClientRect().left;

    /* What lay under the first two fingers comes to lie under them again. */
    const follow = () => {
        const [a, b] = fingers.values(), gap_px = Math.abs(b.x - a.x);
        if (gap_px < LEAST_GAP_PX || a.under === b.under)
            return;
        hands.zoomAt(a.under, gap_px / Math.abs(b.under - a.under) / hands.unit_px());
        hands.moveBy((a.under + b.under - hands.at(a.x) - hands.at(b.x)) / 2);
    };

    node.addEventListener('wheel', (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey) {
            event.preventDefault();
            hands.zoomAt(
                hands.at(xOf(event)), Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0025)));
        } else if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
            event.preventDefault();
            hands.moveBy((event.deltaX || event.deltaY) / hands.unit_px());
        }
    }, {passive: false});

    node.addEventListener('pointerdown', (event) => {
        if (event.pointerType === 'mouse' && event.button !== 0)
            return;
        if (fingers.size === 0)
            moved = pinched = false;
        fingers.set(event.pointerId, {x: xOf(event), start: xOf(event)});
        pinched ||= fingers.size === 2;
        for (const finger of fingers.values())
            finger.under = hands.at(finger.x);
    }, true); // before whoever asks for what is returned
    node.addEventListener('pointermove', (event) => {
        const finger = fingers.get(event.pointerId);
        if (!finger)
            return;
        const x = xOf(event), d_px = x - finger.x;
        if (fingers.size === 1) {
            if (!drags(event) || pinched)
                return;
            if (!moved && Math.abs(x - finger.start) < DRAG_PX)
                return;
            if (!moved && node.setPointerCapture)
                node.setPointerCapture(event.pointerId);
            moved = true;
            finger.x = x;
            hands.moveBy(-d_px / hands.unit_px());
        } else {
            finger.x = x;
            moved = true;
            follow();
        }
    });
    const lift = (event) => {
        fingers.delete(event.pointerId);
        pinched &&= fingers.size > 0;
    };
    addEventListener('pointerup', lift);
    addEventListener('pointercancel', lift);
    // what was a drag is no click on whatever lies under its end
    node.addEventListener('click', (event) => {
        if (moved) {
            event.stopPropagation();
            event.preventDefault();
        }
        moved = false;
    }, true);
    return () => pinched;
}
