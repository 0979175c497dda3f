// Where things stand: time along the page, which can be zoomed and moved, and seconds up a lane.

const NARROWEST_YR = 0.25;

/** A stretch of years that is shown, within the whole. Changed only by its methods. */
export class Span {
    /** @param {number} from_yr @param {number} to_yr */
    constructor(from_yr, to_yr) {
        this.whole = [from_yr, to_yr];
        this.from_yr = from_yr;
        this.to_yr = to_yr;
    }

    /** Another whole, all of it shown. */
    reset(from_yr = this.whole[0], to_yr = this.whole[1]) {
        this.whole = [from_yr, to_yr];
        this.from_yr = from_yr;
        this.to_yr = to_yr;
    }

    get zoom() { return (this.whole[1] - this.whole[0]) / (this.to_yr - this.from_yr); }

    /** width_yr: Infinity = to the end. */
    put(from_yr, width_yr) {
        const [lo, hi] = this.whole;
        const room = width_yr === Infinity ? hi - Math.max(from_yr, lo) : width_yr;
        const wide_yr = Math.min(Math.max(room, NARROWEST_YR), hi - lo);
        this.from_yr = Math.min(Math.max(from_yr, lo), hi - wide_yr);
        this.to_yr = this.from_yr + wide_yr;
    }

    /** Closer (factor > 1) or wider; the instant at_yr stays where it is. */
    zoomAt(at_yr, factor) {
        const wide_yr = (this.to_yr - this.from_yr) / factor;
        const kept = Math.min(Math.max(wide_yr, NARROWEST_YR), this.whole[1] - this.whole[0]);
        const part = (at_yr - this.from_yr) / (this.to_yr - this.from_yr);
        this.put(at_yr - part * kept, kept);
    }

    moveBy(d_yr) { this.put(this.from_yr + d_yr, this.to_yr - this.from_yr); }

    /** So much as is needed to have an instant in sight. */
    show(at_yr) {
        const wide_yr = this.to_yr - this.from_yr, margin = 0.08 * wide_yr;
        if (at_yr < this.from_yr + margin)
            this.put(at_yr - margin, wide_yr);
        else if (at_yr > this.to_yr - margin)
            this.put(at_yr + margin - wide_yr, wide_yr);
    }

    /** px of an instant in a picture from x0 to x1. */
    x(at_yr, x0_px, x1_px) {
        return x0_px + (at_yr - this.from_yr) / (this.to_yr - this.from_yr) * (x1_px - x0_px);
    }
}

/** Whole years, or their parts, that stand at least gap_px apart. */
export function yearTicks(span, w_px, gap_px) {
    const per_px = (span.to_yr - span.from_yr) / w_px;
    const step = [1 / 12, 0.25, 0.5, 1, 2, 5, 10, 20].find((s) => s / per_px >= gap_px) || 50;
    const ticks = [];
    for (let i = Math.ceil(span.from_yr / step - 1e-9); i * step <= span.to_yr + 1e-9; i++)
        ticks.push(i * step);
    return {step, ticks};
}

const SECONDS =
    [9, 9.2, 9.4, 9.6, 9.8, 10, 10.2, 10.5, 11, 11.5, 12, 13, 14, 15, 16, 18, 20, 25, 30, 40, 60];

/**
 * Seconds up a lane: what is near the fastest gets room, as a tenth means more there. Equal room
 * is an equal factor of the distance to a time that nobody reaches.
 */
export class Seconds {
    /** @param {number[]} times_s  all that must find a place */
    constructor(times_s) {
        const known = times_s.filter(Number.isFinite);
        this.fast_s = known.length ? Math.min(...known) : 10;
        this.slow_s = known.length ? Math.max(...known) : 12;
        if (this.slow_s - this.fast_s < 0.2)
            this.slow_s = this.fast_s + 0.2;
        this.floor_s = this.fast_s - 0.08 - 0.02 * (this.slow_s - this.fast_s);
    }

    /** 0 = slowest .. 1 = fastest. */
    part(time_s) {
        const far = Math.log(this.slow_s - this.floor_s),
              near = Math.log(this.fast_s - this.floor_s);
        const at = Math.log(Math.max(time_s - this.floor_s, 1e-3));
        return Math.min(Math.max((far - at) / (far - near), -0.02), 1.02);
    }

    /** Round times that stand at least gap_px apart in h_px, the fast ones first. */
    ticks(h_px, gap_px) {
        const kept = [];
        for (const time_s of SECONDS)
            if (time_s >= this.fast_s - 1e-9 && time_s <= this.slow_s &&
                kept.every((k) => Math.abs(this.part(k) - this.part(time_s)) * h_px >= gap_px))
                kept.push(time_s);
        return kept;
    }
}
