// A picture that one can zoom, shift and put marks on, with a loupe. Mouse, touch and keyboard.

const LOUPE_PX = 150,
    LOUPE_ZOOM = 8,
    MOVED_PX = 4,
    HOLD_MS = 400;
const ZOOM_STEP = 1.25,
    ZOOM_MAX = 64;

/**
 * @typedef {Object} Tool  what happens in the picture
 * @property {(c: CanvasRenderingContext2D, scale: number) => void} overlay  in the picture's pixels
 * @property {(u_px: number, v_px: number, tol_px: number) => any} hit  the handle there, or null
 * @property {(u_px: number, v_px: number) => void} place  a click beside all handles
 * @property {(handle: any) => void} select
 * @property {(handle: any) => [number, number]} at  where a handle is
 * @property {(handle: any, u_px: number, v_px: number) => void} drag
 * @property {(du_px: number, dv_px: number) => boolean} nudge  false = nothing is selected
 * @property {(key: string, event: KeyboardEvent) => boolean} [key]  other keys
 */

/** A canvas over a source of images, for one tool. */
export class Picture {
    /** @param {import('../context.js').Context} ctx @param {string} label @param {Tool} tool */
    constructor(ctx, label, tool) {
        this.tool = tool;
        this.source = null;
        this.scale = 1;
        this.shift = [0, 0];
        this.fitted = true;
        this.pointers = new Map();
        this.grab = null;
        this.loupeAt = null;
        const {el, w} = ctx;
        this.canvas = el('canvas', {
            class: 'mk-canvas',
            tabindex: '0',
            role: 'application',
            'aria-label': label,
            'aria-roledescription': w('mark.picture'),
        });
        const button = (text, name, fn) =>
            el(
                'button',
                {type: 'button', 'aria-label': w(name), title: w(name), onclick: fn},
                text
            );
        this.empty = el('p', {class: 'mk-empty'}, w('mark.nothing'));
        this.node = el(
            'div',
            {class: 'mk-picture'},
            this.canvas,
            this.empty,
            el(
                'div',
                {class: 'mk-zoom'},
                button('+', 'mark.zoom_in', () => this.zoom(ZOOM_STEP)),
                button('−', 'mark.zoom_out', () => this.zoom(1 / ZOOM_STEP)),
                button('⤢', 'mark.zoom_fit', () => this.fit())
            )
        );
        this.listen();
    }

    setSource(source) {
        const other =
            !this.source || this.source.w_px !== source.w_px || this.source.h_px !== source.h_px;
        this.source = source;
        this.empty.hidden = !source.blank;
        const high_px = Math.max(source.h_px, source.w_px / 3);
        this.canvas.style.aspectRatio = `${source.w_px} / ${high_px}`;
        if (other) this.fitted = true;
        this.redraw();
    }

    fit() {
        this.fitted = true;
        this.redraw();
    }

    /** Bring a pixel into the middle, not nearer than scale. */
    look(u_px, v_px, scale = this.scale) {
        const box = this.canvas.getBoundingClientRect();
        this.scale = Math.min(Math.max(scale, this.fitScale()), ZOOM_MAX);
        this.shift = [box.width / 2 - u_px * this.scale, box.height / 2 - v_px * this.scale];
        this.fitted = false;
        this.redraw();
    }

    fitScale() {
        const box = this.canvas.getBoundingClientRect();
        return Math.min(box.width / this.source.w_px, box.height / this.source.h_px) || 1;
    }

    zoom(by, x = null, y = null) {
        const box = this.canvas.getBoundingClientRect();
        const cx = x ?? box.width / 2,
            cy = y ?? box.height / 2;
        const [u, v] = this.toPicture(cx, cy);
        this.scale = Math.min(Math.max(this.scale * by, this.fitScale()), ZOOM_MAX);
        this.fitted = this.scale <= this.fitScale() * 1.0001;
        this.shift = [cx - u * this.scale, cy - v * this.scale];
        this.redraw();
    }

    toPicture(x, y) {
        return [(x - this.shift[0]) / this.scale, (y - this.shift[1]) / this.scale];
    }

    /** Where a pixel of the picture is on the page; for tests and labels. */
    toPage(u_px, v_px) {
        const box = this.canvas.getBoundingClientRect();
        return [
            box.left + this.shift[0] + u_px * this.scale,
            box.top + this.shift[1] + v_px * this.scale,
        ];
    }

    // ---- drawing ----

    redraw() {
        if (this.pending) return;
        this.pending = true;
        requestAnimationFrame(() => {
            this.pending = false;
            this.draw();
        });
    }

    draw() {
        const box = this.canvas.getBoundingClientRect(),
            ratio = devicePixelRatio || 1;
        if (!this.source || !box.width) return;
        const w = Math.round(box.width * ratio),
            h = Math.round(box.height * ratio);
        if (this.canvas.width !== w || this.canvas.height !== h) {
            this.canvas.width = w;
            this.canvas.height = h;
        }
        if (this.fitted) {
            this.scale = this.fitScale();
            this.shift = [
                (box.width - this.source.w_px * this.scale) / 2,
                (box.height - this.source.h_px * this.scale) / 2,
            ];
        }
        const c = this.canvas.getContext('2d');
        c.setTransform(1, 0, 0, 1, 0, 0);
        c.clearRect(0, 0, w, h);
        this.drawAt(
            c,
            ratio * this.scale,
            ratio * this.shift[0],
            ratio * this.shift[1],
            this.scale
        );
        if (this.loupeAt) this.drawLoupe(c, box, ratio);
    }

    drawAt(c, scale, x, y, css_scale) {
        c.setTransform(scale, 0, 0, scale, x, y);
        c.imageSmoothingEnabled = css_scale < 3;
        c.imageSmoothingQuality = 'high';
        this.source.paint(c);
        this.tool.overlay(c, css_scale);
    }

    drawLoupe(c, box, ratio) {
        const [u, v] = this.loupeAt;
        const side = LOUPE_PX * ratio,
            zoom = Math.max(LOUPE_ZOOM, 2 * this.scale);
        const x_css = this.shift[0] + u * this.scale,
            left = x_css > box.width / 2;
        const at = left ? 8 * ratio : (box.width - 8) * ratio - side,
            top = 8 * ratio;
        c.save();
        c.setTransform(1, 0, 0, 1, 0, 0);
        c.beginPath();
        c.rect(at, top, side, side);
        c.clip();
        c.fillStyle = '#000';
        c.fillRect(at, top, side, side);
        this.drawAt(
            c,
            zoom * ratio,
            at + side / 2 - u * zoom * ratio,
            top + side / 2 - v * zoom * ratio,
            zoom
        );
        c.setTransform(1, 0, 0, 1, 0, 0);
        const cross = (style, width) => {
            c.strokeStyle = style;
            c.lineWidth = width * ratio;
            c.beginPath();
            for (const [dx, dy] of [
                [1, 0],
                [-1, 0],
                [0, 1],
                [0, -1],
            ]) {
                c.moveTo(at + side / 2 + dx * 6 * ratio, top + side / 2 + dy * 6 * ratio);
                c.lineTo(at + side / 2 + (dx * side) / 2, top + side / 2 + (dy * side) / 2);
            }
            c.stroke();
        };
        cross('#000', 3);
        cross('#fff', 1);
        c.strokeStyle = '#fff';
        c.strokeRect(at, top, side, side);
        c.restore();
    }

    // ---- hands ----

    listen() {
        const c = this.canvas;
        c.addEventListener(
            'wheel',
            (e) => {
                e.preventDefault();
                this.zoom(Math.exp(-0.0015 * e.deltaY), e.offsetX, e.offsetY);
            },
            {passive: false}
        );
        c.addEventListener('pointerdown', (e) => this.down(e));
        c.addEventListener('pointermove', (e) => this.move(e));
        c.addEventListener('pointerup', (e) => this.up(e));
        c.addEventListener('pointercancel', (e) => this.letGo(e));
        c.addEventListener('pointerleave', () => this.showLoupe(null));
        c.addEventListener('keydown', (e) => this.key(e));
        new ResizeObserver(() => this.redraw()).observe(c);
    }

    showLoupe(at) {
        if (this.grab && at === null) return;
        this.loupeAt = at;
        this.redraw();
    }

    down(e) {
        if (e.button > 1) return;
        this.canvas.focus({preventScroll: true});
        this.canvas.setPointerCapture(e.pointerId);
        this.pointers.set(e.pointerId, [e.offsetX, e.offsetY]);
        if (this.pointers.size > 1) {
            clearTimeout(this.holding);
            this.grab = {pinch: true};
            return;
        }
        const [u, v] = this.toPicture(e.offsetX, e.offsetY);
        const tol = (e.pointerType === 'mouse' ? 9 : 24) / this.scale;
        const handle = e.button === 0 ? this.tool.hit(u, v, tol) : null;
        this.grab = {x: e.offsetX, y: e.offsetY, handle, moved: false, fine: null};
        if (handle !== null) {
            this.tool.select(handle);
            this.loupeAt = this.tool.at(handle);
        } else if (e.pointerType !== 'mouse') {
            // a finger that rests lays the mark under the loupe; one that moves shifts the picture
            this.holding = setTimeout(() => this.hold(u, v), HOLD_MS);
        }
        this.redraw();
    }

    hold(u, v) {
        if (!this.grab || this.grab.moved || this.grab.handle !== null) return;
        this.tool.place(u, v);
        const handle = this.tool.hit(u, v, 2 / this.scale);
        this.grab.placed = true;
        this.grab.handle = handle;
        if (handle !== null) this.loupeAt = this.tool.at(handle);
        this.redraw();
    }

    move(e) {
        const was = this.pointers.get(e.pointerId);
        if (!was || !this.grab) {
            if (e.pointerType === 'mouse') this.showLoupe(this.toPicture(e.offsetX, e.offsetY));
            return;
        }
        if (this.grab.pinch) return this.pinch(e, was);
        const dx = e.offsetX - was[0],
            dy = e.offsetY - was[1];
        if (
            !this.grab.moved &&
            Math.hypot(e.offsetX - this.grab.x, e.offsetY - this.grab.y) < MOVED_PX
        )
            return;
        this.pointers.set(e.pointerId, [e.offsetX, e.offsetY]);
        this.grab.moved = true;
        if (this.grab.handle !== null) {
            const by = (e.shiftKey ? 0.1 : 1) / this.scale,
                at = this.tool.at(this.grab.handle);
            this.tool.drag(this.grab.handle, at[0] + dx * by, at[1] + dy * by);
            this.loupeAt = this.tool.at(this.grab.handle);
        } else {
            this.fitted = false;
            this.shift = [this.shift[0] + dx, this.shift[1] + dy];
        }
        this.redraw();
    }

    pinch(e, was) {
        const [a, b] = [...this.pointers.values()];
        const before = Math.hypot(a[0] - b[0], a[1] - b[1]);
        this.pointers.set(e.pointerId, [e.offsetX, e.offsetY]);
        const [p, q] = [...this.pointers.values()];
        this.shift = [
            this.shift[0] + (e.offsetX - was[0]) / 2,
            this.shift[1] + (e.offsetY - was[1]) / 2,
        ];
        if (before > 0)
            this.zoom(
                Math.hypot(p[0] - q[0], p[1] - q[1]) / before,
                (p[0] + q[0]) / 2,
                (p[1] + q[1]) / 2
            );
    }

    up(e) {
        const grab = this.grab;
        if (
            grab &&
            !grab.pinch &&
            !grab.moved &&
            !grab.placed &&
            grab.handle === null &&
            e.button === 0
        ) {
            const [u, v] = this.toPicture(e.offsetX, e.offsetY);
            if (u >= 0 && v >= 0 && u <= this.source.w_px && v <= this.source.h_px)
                this.tool.place(u, v);
        }
        this.letGo(e);
    }

    letGo(e) {
        clearTimeout(this.holding);
        this.pointers.delete(e.pointerId);
        if (this.pointers.size === 0) this.grab = null;
        this.loupeAt = e.pointerType === 'mouse' ? this.toPicture(e.offsetX, e.offsetY) : null;
        this.redraw();
    }

    key(e) {
        const arrows = {
            ArrowLeft: [-1, 0],
            ArrowRight: [1, 0],
            ArrowUp: [0, -1],
            ArrowDown: [0, 1],
        };
        const way = arrows[e.key];
        let used = true;
        if (e.ctrlKey || e.metaKey) return;
        if (this.tool.key && this.tool.key(e.key, e)) {
            // the tool's own
        } else if (way && !e.altKey) {
            const by = e.shiftKey ? 1 : 0.1;
            if (!this.tool.nudge(way[0] * by, way[1] * by)) this.pan(way);
        } else if (way) {
            this.pan(way);
        } else if (e.key === '+' || e.key === '=') {
            this.zoom(ZOOM_STEP);
        } else if (e.key === '-') {
            this.zoom(1 / ZOOM_STEP);
        } else if (e.key === '0') {
            this.fit();
        } else if (e.key === 'Enter' && e.target === this.canvas) {
            const box = this.canvas.getBoundingClientRect();
            this.tool.place(...this.toPicture(box.width / 2, box.height / 2));
        } else {
            used = false;
        }
        if (used) e.preventDefault();
        this.redraw();
    }

    pan(way) {
        this.fitted = false;
        this.shift = [this.shift[0] - 40 * way[0], this.shift[1] - 40 * way[1]];
    }
}

/** Strokes that are seen on any ground: dark below, colour above. */
export function stroke(c, scale, colour, width_px = 1.5) {
    c.lineWidth = (width_px + 2) / scale;
    c.strokeStyle = 'rgba(0,0,0,.55)';
    c.stroke();
    c.lineWidth = width_px / scale;
    c.strokeStyle = colour;
    c.stroke();
}

/** A word that is seen on any ground, at a size that does not depend on the zoom. */
export function label(c, scale, text, u_px, v_px, colour = '#fff', size_px = 12) {
    c.font = `600 ${size_px / scale}px system-ui, sans-serif`;
    c.lineWidth = 3 / scale;
    c.lineJoin = 'round';
    c.strokeStyle = 'rgba(0,0,0,.75)';
    c.strokeText(text, u_px, v_px);
    c.fillStyle = colour;
    c.fillText(text, u_px, v_px);
}
