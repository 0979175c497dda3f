// The film's clock. While sound is heard, the sound is the master: pictures follow it.

/** Where the film stands, moved on by a source of seconds that may be exchanged while it runs. */
export class FilmClock {
    /** @param {() => number} now_s  seconds that never go back */
    constructor(now_s) {
        this.now_s = now_s;
        this.duration_s = 0;
        this.speed = 1;
        this.playing = false;
        this.film_t_s = 0; // at from_s
        this.from_s = 0; // of the source
    }

    /**
     * @param {number} [in_s]  not now but so many seconds of the source later, while it plays
     * @returns {number} film time, within the film
     */
    at(in_s = 0) {
        if (!this.playing)
            return this.film_t_s;
        const gone_s = Math.max(0, this.now_s() + in_s - this.from_s);
        return Math.min(this.duration_s, this.film_t_s + this.speed * gone_s);
    }

    /** Go on from here and now. */
    rebase() {
        this.film_t_s = this.at();
        this.from_s = this.now_s();
    }

    /** Another source of seconds takes over; the film goes on where it is. */
    setSource(now_s) {
        this.film_t_s = this.at();
        this.now_s = now_s;
        this.from_s = now_s();
    }

    /** @param {number} in_s  the source's time when film_t_s is to be seen and heard */
    playFrom(film_t_s, in_s) {
        this.film_t_s = film_t_s;
        this.from_s = in_s;
        this.playing = true;
    }

    play() {
        this.playFrom(this.at(), this.now_s());
    }

    pause() {
        this.film_t_s = this.at();
        this.playing = false;
    }

    seek(film_t_s) {
        this.film_t_s = Math.min(Math.max(film_t_s, 0), this.duration_s);
        this.from_s = this.now_s();
    }

    setSpeed(speed) {
        this.rebase();
        this.speed = speed;
    }
}

const SLOW = 0.05; // share of a new reading that is believed at once [1]
const JUMP_S = 0.08; // the device really has jumped

/**
 * Seconds of an AudioContext as they leave the loudspeaker, without the steps in which the device
 * reports them: the computer's own clock, led slowly after the sound.
 * @param {AudioContext} audio
 * @param {() => number} [now_ms]
 */
export function heardClock(audio, now_ms = () => performance.now()) {
    let offset_s = null;
    const reading_s = () => {
        const stamp = audio.getOutputTimestamp ? audio.getOutputTimestamp() : null;
        if (stamp && stamp.contextTime > 0 && stamp.performanceTime > 0)
            return stamp.contextTime + (now_ms() - stamp.performanceTime) / 1000;
        return audio.currentTime - (audio.outputLatency || audio.baseLatency || 0);
    };
    return () => {
        const own_s = now_ms() / 1000,
            found_s = reading_s() - own_s;
        if (offset_s === null || Math.abs(found_s - offset_s) > JUMP_S)
            offset_s = found_s;
        else
            offset_s += SLOW * (found_s - offset_s);
        return own_s + offset_s;
    };
}
