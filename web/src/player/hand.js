// The free camera by hand: drag, wheel, pinch, and keys that are held.

const TURN_RAD = 2.6; // over the picture's width
const PINCH_LEAST_PX = 8;
const WALK_PER_S = 0.9; // of the distance to what is looked at
const HELD = {
    w: [0, 0, 1],
    s: [0, 0, -1],
    a: [-1, 0, 0],
    d: [1, 0, 0],
    e: [0, 1, 0],
    q: [0, -1, 0],
    ArrowUp: [0, 0, 1],
    ArrowDown: [0, 0, -1],
    ArrowLeft: [-1, 0, 0],
    ArrowRight: [1, 0, 0],
};

/**
 * Listens on the picture while the camera is free.
 */
export class Hand {
    /**
     * @param {HTMLElement} node
     * @param {{isFree: () => boolean, away_m: () => number, tap: () => void,
     *          orbit: (turn_rad: number, tilt_rad: number) => void, again: () => void,
     *          pan: (right_m: number, up_m: number, ahead_m: number) => void,
     *          zoom: (factor: number) => void}} act
     */
    constructor(node, act) {
        Object.assign(this, {node, act});
        this.points = new Map();
        this.held = new Set();
        this.moved_px = 0;
        const on = (name, fn, opts) => node.addEventListener(name, fn, opts);
        on('pointerdown', (e) => this.down(e));
        on('pointermove', (e) => this.drag(e));
        on('pointerup', (e) => this.up(e));
        on('pointercancel', (e) => this.up(e));
        on('wheel', (e) => this.wheel(e), {passive: false});
        on('contextmenu', (e) => this.act.isFree() && e.preventDefault());
        on('keydown', (e) => this.key(e, true));
        on('keyup', (e) => this.key(e, false));
        on('blur', () => this.held.clear());
        on('dblclick', () => this.act.isFree() && this.act.again());
    }

    down(event) {
        this.moved_px = this.points.size ? Infinity : 0;
        this.points.set(event.pointerId, {x: event.clientX, y: event.clientY});
        if (this.act.isFree())
            this.node.setPointerCapture(event.pointerId);
    }

    drag(event) {
        const old = this.points.get(event.pointerId);
        if (!old)
            return;
        const dx = event.clientX - old.x,
            dy = event.clientY - old.y;
        this.moved_px += Math.abs(dx) + Math.abs(dy);
        const before = this.spread();
        this.points.set(event.pointerId, {x: event.clientX, y: event.clientY});
        if (!this.act.isFree())
            return;
        const w_px = this.node.clientWidth,
            per_px = (this.act.away_m() * 0.62) / w_px;
        if (this.points.size > 1) {
            const after = this.spread();
            this.act.pan((-dx * per_px) / 2, (dy * per_px) / 2, 0);
            if (before > PINCH_LEAST_PX && after > PINCH_LEAST_PX)
                this.act.zoom(before / after);
        } else if (event.shiftKey || event.buttons & 6) {
            this.act.pan(-dx * per_px, dy * per_px, 0);
        } else {
            this.act.orbit((-dx / w_px) * TURN_RAD, (dy / w_px) * TURN_RAD);
        }
    }

    up(event) {
        const was = this.points.delete(event.pointerId);
        if (
            was &&
            event.type === 'pointerup' &&
            event.button === 0 &&
            this.moved_px < 6 &&
            this.points.size === 0
        )
            this.act.tap();
    }

    spread() {
        const [a, b] = [...this.points.values()];
        return b ? Math.hypot(a.x - b.x, a.y - b.y) : 0;
    }

    wheel(event) {
        if (!this.act.isFree())
            return;
        event.preventDefault();
        this.act.zoom(Math.exp(event.deltaY * (event.deltaMode === 1 ? 0.05 : 0.0015)));
    }

    key(event, is_down) {
        const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
        if (!(name in HELD) || event.ctrlKey || event.metaKey || event.altKey)
            return;
        if (is_down && !this.act.isFree())
            return;
        this.held[is_down ? 'add' : 'delete'](name);
        if (!this.act.isFree())
            return;
        event.preventDefault();
        event.stopPropagation();
    }

    /** Keys that are held move the camera. @returns {boolean} they do */
    walk(gone_s) {
        if (this.held.size === 0 || !this.act.isFree())
            return false;
        const by = [0, 0, 0],
            step_m = WALK_PER_S * this.act.away_m() * Math.min(gone_s, 0.1);
        for (const name of this.held)
            HELD[name].forEach((v, k) => {
                by[k] += v * step_m;
            });
        this.act.pan(by[0], by[1], by[2]);
        return true;
    }
}
