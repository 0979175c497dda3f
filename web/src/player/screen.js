// When a picture that is painted now will be seen: a screen shows it at its next beat.

const KEPT = 24; // beats that the period is read off
const FASTEST_S = 1 / 250, SLOWEST_S = 1 / 20;

/** Beats of the screen, as requestAnimationFrame tells them. */
export class ScreenBeat {
    constructor() {
        this.period_s = 1 / 60;
        this.gaps_s = [];
        this.at_ms = null;
    }

    /** @param {number} at_ms  what requestAnimationFrame calls back with */
    beat(at_ms) {
        const gap_s = this.at_ms === null ? Infinity : (at_ms - this.at_ms) / 1000;
        this.at_ms = at_ms;
        if (!(gap_s > FASTEST_S && gap_s < SLOWEST_S))
            return;
        this.gaps_s.push(gap_s);
        if (this.gaps_s.length > KEPT)
            this.gaps_s.shift();
        // a page that is late leaves beats out: the short gaps are those of the screen
        const sorted = [...this.gaps_s].sort((a, b) => a - b);
        this.period_s = sorted[sorted.length >> 2];
    }

    /** Seconds until what is painted now is seen. @param {number} now_ms */
    seenIn_s(now_ms) {
        const beat_ms = 1000 * this.period_s;
        if (this.at_ms === null)
            return this.period_s;
        const since_ms = Math.max(0, now_ms - this.at_ms);
        return (beat_ms - since_ms % beat_ms) / 1000;
    }
}
