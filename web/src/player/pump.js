// Keeps drawings coming: asks the film for them ahead of time, keeps a few, shows the one whose
// time it is. Never shows a drawing before its time, nor after it when the next one's has come;
// when workers cannot keep up it leaves some out.

const MOST_AHEAD = 8;
const SMOOTH = 0.2; // share of the newest in the running mean of a drawing's way [1]
const SPREAD = 2; // a drawing is counted on to come within so many mean deviations [1], own choice
const STILL_LONGEST_S = 0.7; // rather a late picture than none for so long

/** @typedef {import('../film.js').Drawing} Drawn */

/** Drawings on their way to the screen. */
export class Pump {
    /**
     * @param {import('../film.js').Film} film
     * @param {(drawn: Drawn) => void} show
     * @param {(drawn: Drawn) => void} made  told of each drawing, shown or not
     * @param {(error: Error) => void} fail
     */
    constructor(film, show, made, fail) {
        Object.assign(this, {film, show, made, fail});
        this.n_worker = 1;
        this.way_s = 0.1; // from asking to having, and how far it is from that
        this.spread_s = 0.02;
        this.reset(0.1, 1);
    }

    /**
     * Another film comes, or another size of the same: nothing is asked for.
     * @param {boolean} is_other  else what was drawn is shown until it comes
     */
    hold(is_other = true) {
        this.is_held = true;
        this.wanted = null; // a picture of an exact instant, while paused
        this.n_late = 0;
        if (!is_other)
            return;
        this.drop();
        this.epoch = (this.epoch || 0) + 1;
        this.n_busy = 0;
        this.shown = null; // {i, version}
    }

    /** It is there. */
    reset(drawing_s, n_drawing, is_other = true) {
        this.hold(is_other);
        this.is_held = false;
        this.drawing_s = drawing_s;
        this.n_drawing = n_drawing;
        this.every = 1;
        for (const [i, entry] of [...this.ring])
            if (!entry.drawn)
                this.ring.delete(i); // was asked of the size before, and refused
    }

    /** What was drawn ahead is not wanted any more: the camera is another. */
    drop() {
        for (const entry of this.ring ? this.ring.values() : [])
            close(entry.drawn);
        this.ring = new Map();
        this.version = (this.version || 0) + 1;
    }

    indexOf(film_t_s) {
        const i = Math.floor(film_t_s / this.drawing_s + 1e-6);
        return Math.min(Math.max(i, 0), this.n_drawing - 1);
    }

    ask(film_t_s, camera, done, exact = false) {
        const {epoch, version} = this,
            asked_ms = performance.now();
        this.n_busy++;
        this.film.draw(film_t_s, {camera, exact}).then(
            (drawn) => {
                if (epoch !== this.epoch)
                    return close(drawn);
                this.n_busy--;
                const off_s = (performance.now() - asked_ms) / 1000 - this.way_s;
                this.way_s += SMOOTH * off_s;
                this.spread_s += SMOOTH * (Math.abs(off_s) - this.spread_s);
                this.made(drawn);
                done(drawn, version);
            },
            (error) => {
                if (epoch !== this.epoch)
                    return;
                this.n_busy--;
                this.still_busy = 0;
                if (!this.is_held)
                    this.fail(error);
            },
        );
    }

    put(drawn, i, version) {
        this.shown = {i, version};
        this.shown_ms = performance.now();
        this.show(drawn);
        close(drawn);
    }

    /**
     * While it plays: show what is due, ask for what comes.
     * @param {number} film_t_s  now
     * @param {number} speed
     * @param {(film_t_s: number) => object|null} cameraAt
     * @param {number} n_ahead  fewer while a camera is being moved
     */
    run(film_t_s, speed, cameraAt, n_ahead = MOST_AHEAD) {
        const now = this.indexOf(film_t_s);
        this.showDue(now);
        if (this.is_held)
            return;
        this.wanted = null;
        const way_s = this.way_s + SPREAD * this.spread_s;
        const lead = Math.ceil((way_s * speed) / this.drawing_s);
        const first =
            this.ring.has(now) || this.isShown(now) ? now : now + (this.ring.size ? 1 : 0);
        const start = this.n_late > 2 ? now + lead : first;
        // what takes long has to be begun earlier than that
        const last = now + Math.max(n_ahead * this.every, lead + this.every);
        for (
            let i = this.onStep(start);
            i < this.n_drawing && i <= last && this.n_busy <= this.n_worker;
            i += this.every
        ) {
            if (this.ring.has(i) || this.isShown(i))
                continue;
            const entry = {drawn: null};
            this.ring.set(i, entry);
            const at_s = i * this.drawing_s;
            this.ask(at_s, cameraAt(at_s), (drawn, version) => {
                if (version === this.version && this.ring.get(i) === entry)
                    entry.drawn = drawn;
                else
                    close(drawn);
            });
        }
    }

    onStep(i) {
        return Math.ceil(i / this.every) * this.every;
    }

    isShown(i) {
        return this.shown !== null && this.shown.i === i && this.shown.version === this.version;
    }

    /** The drawing whose time it is; older ones go, unseen: the sound is past them. */
    showDue(now) {
        let due = -1;
        for (const [i, entry] of this.ring)
            if (entry.drawn && i <= now && i > due)
                due = i;
        for (const [i, entry] of [...this.ring])
            if (i < due || (i !== due && i < now - MOST_AHEAD)) {
                close(entry.drawn);
                this.ring.delete(i);
            }
        if (due >= 0) {
            const {drawn} = this.ring.get(due);
            this.ring.delete(due);
            if (this.mayShow(due, now))
                this.put(drawn, due, this.version);
            else
                close(drawn);
        }
        const behind =
            this.shown && this.shown.version === this.version
                ? this.onStep(now - this.every + 1) - this.shown.i
                : 0;
        this.n_late = behind > 0 ? this.n_late + 1 : 0;
    }

    mayShow(i, now) {
        const is_due = i + this.every > now;
        const still_ms = performance.now() - (this.shown_ms || 0);
        const is_other = this.shown === null || this.shown.version !== this.version;
        return is_due || is_other || still_ms > 1000 * STILL_LONGEST_S;
    }

    /**
     * While it stands: the picture of this very instant. Asked again and again (a slider, a camera
     * that is dragged) it draws the newest, one at a time.
     */
    still(film_t_s, camera) {
        this.wanted = {film_t_s, camera};
        this.drawWanted();
    }

    drawWanted() {
        if (!this.wanted || this.is_held || this.still_busy === this.epoch)
            return;
        const {film_t_s, camera} = this.wanted;
        this.wanted = null;
        this.still_busy = this.epoch;
        const exact = Math.abs(film_t_s - this.indexOf(film_t_s) * this.drawing_s) > 1e-3;
        const done = (drawn, version) => {
            this.still_busy = 0;
            if (this.paused)
                this.put(drawn, this.indexOf(film_t_s), version);
            else
                close(drawn);
            this.drawWanted();
        };
        this.ask(film_t_s, camera, done, exact);
    }

    /** Is everything drawn that was asked for? */
    get idle() {
        return this.n_busy === 0 && this.wanted === null;
    }
}

function close(drawn) {
    if (drawn && drawn.bitmap)
        drawn.bitmap.close();
}
