// The photo finish: the picture as the finish camera has it, hashlines, and a cursor that reads the
// time of any of its lines.
import {addGestures} from '../gestures.js';
import {el} from '../words.js';
import {Lab} from './lab.js';
import {boardTime, fixed} from './numbers.js';
import {laneCss} from './style.js';

const H_PX = 360, LINE_HZ = 1000, TAP_PX = 6;
// 0: all of it in the frame
const ZOOM = [0, 1, 2, 4, 8];

/** The photo finish of the race that is shown; recorded when it comes into view. */
export class Photo {
    /** @param {import('./mount.js').Explain} view */
    constructor(view) {
        this.view = view;
        this.photo = null;
        this.line = 0;
        this.zoom = 1;
        this.wanted = false;
        this.recorded = null;
        // of its own: what-if does not wait for a picture
        this.lab = new Lab(view.ctx.lab.engine);
        const {w} = view.ctx;
        this.canvas = el('canvas', {class: 'photo-canvas'});
        this.marks = el('div', {class: 'photo-marks', 'aria-hidden': 'true'});
        this.cursor = el('div', {class: 'photo-cursor', 'aria-hidden': 'true'},
            el('span', {class: 'photo-time'}));
        this.strip = el('div', {class: 'photo-strip', tabindex: '0', role: 'slider',
            'aria-label': `${w('explain.photo_cursor')}. ${w('explain.photo_keys')}`,
            onkeydown: (event) => this.key(event)}, this.canvas, this.marks, this.cursor);
        this.frame = el('div', {class: 'photo-frame'}, this.strip);
        this.reading = el('output', {class: 'photo-reading'});
        this.list = el('div', {class: 'photo-list scroll'});
        this.state = el('p', {class: 'hint', role: 'status'}, w('explain.photo_wait'));
        this.node = el('section', {class: 'hm-part', id: 'hm-explain-photo'},
            el('h2', {}, w('explain.photo')), this.state, this.tools(w), this.frame, this.list);
        this.listen();
        this.watch = new IntersectionObserver((entries) => {
            if (entries.some((entry) => entry.isIntersecting)) {
                this.wanted = true;
                this.record();
            }
        }, {rootMargin: '200px'});
        this.watch.observe(this.node);
    }

    tools(w) {
        this.zooms = ZOOM.map((zoom) => el('button', {type: 'button', 'data-zoom': zoom,
            'aria-pressed': String(zoom === 1), onclick: () => this.setZoom(zoom)},
        zoom ? `${zoom}×` : w('explain.photo_all')));
        this.lines = el('input', {type: 'checkbox', checked: true, 'data-hashlines': '',
            onchange: () => { this.marks.hidden = !this.lines.checked; }});
        return el('div', {class: 'chart-bar'}, el('span', {role: 'group',
            'aria-label': w('explain.photo_zoom'), class: 'chips'}, this.zooms),
        el('label', {class: 'check'}, this.lines, w('explain.photo_lines')), this.reading);
    }

    destroy() {
        this.watch.disconnect();
        this.lab.close();
    }

    /** The marks of a race that is changing; it is recorded when it has come to rest. */
    show() {
        this.drawMarks();
    }

    /** Record the race that is shown, unless it stands there; the last one asked for wins. */
    async record() {
        const {race} = this.view.whatif;
        if (!this.wanted || this.recorded === race)
            return;
        this.recorded = race;
        const {w} = this.view.ctx;
        this.state.textContent = w('explain.photo_wait');
        try {
            await this.lab.open(race);
            const photo = await this.lab.photo({h_px: H_PX, line_hz: LINE_HZ});
            if (this.recorded === race)
                this.draw(photo);
        } catch (error) {
            if (this.recorded === race)
                this.state.textContent = `${w('explain.photo_none')} ${error.message}`;
        }
    }

    draw(photo) {
        const {w} = this.view.ctx, first = this.photo === null;
        this.photo = photo;
        this.strip.style.setProperty('--lines', photo.w_px);
        this.canvas.width = photo.w_px;
        this.canvas.height = photo.h_px;
        this.canvas.getContext('2d').putImageData(photo.image, 0, 0);
        this.state.textContent = w('explain.photo_told', photo.line_hz, fixed(photo.from_s, 3),
            fixed(photo.from_s + photo.w_px / photo.line_hz, 3));
        this.strip.setAttribute('aria-valuemin', photo.from_s.toFixed(3));
        this.strip.setAttribute('aria-valuemax',
            (photo.from_s + photo.w_px / photo.line_hz).toFixed(3));
        const near = photo.lanes.find((l) => l.lane === this.view.nearLane()) || photo.lanes[0];
        this.drawMarks();
        this.listReadings();
        this.setLine(first && near ? near.line : Math.min(this.line, photo.w_px - 1));
    }

    setZoom(zoom) {
        this.showZoom(zoom);
        this.setLine(this.line);
    }

    showZoom(zoom) {
        this.zoom = zoom;
        for (const button of this.zooms)
            button.setAttribute('aria-pressed', String(Number(button.dataset.zoom) === zoom));
        this.strip.style.setProperty('--zoom', zoom || 1);
        this.strip.classList.toggle('fit', zoom === 0);
        this.drawMarks();
    }

    line_px() {
        return this.strip.clientWidth / this.photo.w_px;
    }

    /** Closer by a factor; what lies under the fingers stays there. */
    zoomAt(line, factor) {
        const {frame, photo} = this, whole_px = Math.max(frame.clientWidth, photo.w_px);
        const at_px = line * this.line_px() - frame.scrollLeft;
        const zoom = Math.min(this.strip.clientWidth * factor / whole_px, ZOOM.at(-1));
        this.showZoom(zoom * whole_px > 1.001 * frame.clientWidth ? zoom : 0);
        frame.scrollLeft = line * this.line_px() - at_px;
    }

    laneOf(lane) {
        return this.view.shown.lanes.find((l) => l.lane === lane);
    }

    drawMarks() {
        if (!this.photo)
            return;
        const {w_px, h_px} = this.photo;
        this.marks.replaceChildren(...this.photo.lanes.map((at, i) => {
            const lane = this.laneOf(at.lane);
            return el('div', {class: 'hashline', 'data-lane': at.lane, style:
                `left:${100 * at.line / w_px}%;--row:${100 * at.row / h_px}%;--step:${i % 4};` +
                `border-color:${laneCss(at.lane)}`},
            el('span', {dir: 'auto'}, lane ? `${lane.place ? `${lane.place}. ` : ''}${
                lane.name.split(/\s+/).at(-1)} (${at.lane})` : at.lane));
        }));
    }

    listReadings() {
        const {w} = this.view.ctx;
        const order = [...this.photo.lanes].sort((a, b) => a.read_s - b.read_s);
        this.list.replaceChildren(el('ol', {class: 'readings'}, order.map((at) => {
            const lane = this.laneOf(at.lane);
            return el('li', {}, el('button', {type: 'button', 'data-lane': at.lane,
                onclick: () => this.goTo(at)}, el('span', {class: 'swatch', 'aria-hidden': 'true',
                style: `background:${laneCss(at.lane)}`}), el('span', {dir: 'auto'},
                `${at.lane} ${lane.name}`), ` ${w('explain.photo_read', at.read_s.toFixed(3),
                boardTime(lane))}`));
        })));
    }

    goTo(at) {
        this.setLine(at.line);
        this.view.ctx.setFocus(at.lane);
        this.view.seek(at.read_s, true);
        this.strip.focus();
    }

    time_s() {
        return this.photo.from_s + this.line / this.photo.line_hz;
    }

    setLine(line) {
        if (!this.photo)
            return;
        this.line = Math.min(Math.max(Math.round(line), 0), this.photo.w_px - 1);
        const share = this.line / this.photo.w_px, text = `${this.time_s().toFixed(3)} s`;
        this.cursor.style.left = `${100 * share}%`;
        this.cursor.firstChild.textContent = text;
        this.cursor.classList.toggle('flip', share > .85);
        const here = this.photo.lanes.find((l) => Math.abs(l.line - this.line) < .5);
        this.reading.textContent = here ? `${text} · ${here.lane} ${this.laneOf(here.lane).name}`
            : text;
        this.strip.setAttribute('aria-valuenow', this.time_s().toFixed(3));
        this.strip.setAttribute('aria-valuetext', this.reading.textContent);
        this.keepInView();
    }

    keepInView() {
        const frame = this.frame, at_px = this.strip.clientWidth * this.line / this.photo.w_px;
        if (at_px < frame.scrollLeft + 20 || at_px > frame.scrollLeft + frame.clientWidth - 60)
            frame.scrollLeft = at_px - frame.clientWidth / 2;
    }

    listen() {
        let held = false, down_px = 0;
        const to = (event) => {
            const box = this.strip.getBoundingClientRect();
            this.setLine((event.clientX - box.left) / box.width * this.photo.w_px);
        };
        const pinched = addGestures(this.frame, {
            at: (x_px) => (x_px + this.frame.scrollLeft) / this.line_px(),
            zoomAt: (line, factor) => this.photo && this.zoomAt(line, factor),
            moveBy: (lines) => { this.frame.scrollLeft += lines * this.line_px(); },
            unit_px: () => this.line_px(), drags: (event) => event.pointerType === 'touch'});
        // a mouse drags the cursor; a finger drags the picture and sets the cursor where it taps
        this.strip.addEventListener('pointerdown', (event) => {
            if (!this.photo)
                return;
            down_px = event.clientX;
            if (event.pointerType === 'touch')
                return;
            held = true;
            this.strip.setPointerCapture(event.pointerId);
            to(event);
        });
        this.strip.addEventListener('pointermove', (event) => {
            if (held)
                to(event);
        });
        this.strip.addEventListener('pointerup', (event) => {
            const taps = this.photo && event.pointerType === 'touch' && !pinched() &&
                Math.abs(event.clientX - down_px) < TAP_PX;
            if (taps)
                to(event);
            if (held || taps)
                this.view.seek(this.time_s(), true);
            held = false;
        });
        this.strip.addEventListener('pointercancel', () => { held = false; });
    }

    key(event) {
        if (!this.photo || event.altKey || event.ctrlKey || event.metaKey)
            return;
        const lines = [...this.photo.lanes].map((l) => l.line).sort((a, b) => a - b);
        const to = {ArrowRight: this.line + (event.shiftKey ? 10 : 1),
            ArrowLeft: this.line - (event.shiftKey ? 10 : 1), Home: 0, End: this.photo.w_px,
            PageDown: lines.find((v) => v > this.line),
            PageUp: lines.reverse().find((v) => v < this.line)}[event.key];
        if (to === undefined)
            return;
        event.preventDefault();
        event.stopPropagation();
        this.setLine(to);
        this.view.seek(this.time_s(), true);
    }

    focus(lane) {
        for (const mark of this.marks.children)
            mark.classList.toggle('near', Number(mark.dataset.lane) === lane);
    }
}
