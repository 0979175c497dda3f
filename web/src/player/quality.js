// How large and how often is drawn: as well as this computer can while the sound goes on.

/** From the best down. every: one drawing of so many is drawn. */
export const LADDER = [
    {w_px: 1280, h_px: 720, every: 1},
    {w_px: 960, h_px: 540, every: 1},
    {w_px: 640, h_px: 360, every: 1},
    {w_px: 640, h_px: 360, every: 2},
    {w_px: 640, h_px: 360, every: 4},
];

const ROOM = 1.35; // a better step must have so much more than is needed [1]
const PATIENCE_S = 4; // before a better step is tried
const LONGEST_S = 60;
const WINDOW = 8; // drawings that a judgement rests on
const FIXED = 0.25; // share of a drawing's time that does not depend on its size [1], assumed

/** Decides by how long drawings take. Holds no clock of its own: whoever asks says when it is. */
export class Quality {
    /** @param {number} n_worker @param {number} step  of LADDER to begin with */
    constructor(n_worker, step = 0) {
        this.n_worker = n_worker;
        this.step = step;
        this.ms = [];
        this.wait_s = PATIENCE_S;
        this.good_from_s = null;
        this.has_risen = false;
        this.is_fixed = false;
    }

    get rung() {
        return LADDER[this.step];
    }

    /** One drawing was made. */
    drawn(ms) {
        this.ms.push(ms);
        if (this.ms.length > WINDOW)
            this.ms.shift();
    }

    /** Milliseconds of a drawing; the middle one of the last. */
    get typical_ms() {
        const sorted = [...this.ms].sort((a, b) => a - b);
        return sorted.length ? sorted[sorted.length >> 1] : 0;
    }

    /** What a drawing would take on another step, from what it takes on this one. */
    expected_ms(step) {
        const area = (LADDER[step].w_px * LADDER[step].h_px) / (this.rung.w_px * this.rung.h_px);
        return this.typical_ms * (FIXED + (1 - FIXED) * area);
    }

    /** Share of the workers' time that is taken on a step: 1 = all of it. */
    load(step, drawings_per_s) {
        return (
            ((this.expected_ms(step) / 1000) * drawings_per_s) /
            LADDER[step].every /
            this.n_worker
        );
    }

    /**
     * Should another step be taken?
     * @param {number} now_s
     * @param {number} drawings_per_s  that the film has at the speed it is played
     * @param {boolean} is_late  the picture has fallen behind the sound
     * @returns {boolean}  step has changed
     */
    judge(now_s, drawings_per_s, is_late) {
        if (this.ms.length < WINDOW || this.is_fixed)
            return false;
        if (
            (this.load(this.step, drawings_per_s) > 1 || is_late) &&
            this.step + 1 < LADDER.length
        ) {
            if (this.has_risen)
                this.wait_s = Math.min(LONGEST_S, this.wait_s * 2); // did not hold: ask less often
            this.has_risen = false;
            return this.take(this.step + 1);
        }
        if (this.step === 0 || this.load(this.step - 1, drawings_per_s) * ROOM > 1) {
            this.good_from_s = null;
            return false;
        }
        if (this.good_from_s === null)
            this.good_from_s = now_s;
        if (now_s - this.good_from_s < this.wait_s)
            return false;
        this.has_risen = true;
        return this.take(this.step - 1);
    }

    take(step) {
        this.step = step;
        this.ms = [];
        this.good_from_s = null;
        return true;
    }
}
