// What the views share: the race that is shown, the clock, who is followed, and who wants to know.
import {el} from './words.js';

/**
 * The drawing of a film that shows an instant of the race's own run: real time if there is one.
 * @param {{fps: number, n_hold: number, race_s_at: number[],
 *          shots: {from_s: number, to_s: number, speed: number}[]}} info
 * @param {number} race_t_s
 * @returns {number} film_t_s
 */
export function filmInstantOf(info, race_t_s) {
    const drawing_s = info.n_hold / info.fps;
    let best_film_t_s = 0, best_cost_s = Infinity;
    for (let i = 0; i < info.race_s_at.length; i++) {
        const film_t_s = i * drawing_s;
        const shot = info.shots.find((s) => film_t_s >= s.from_s && film_t_s < s.to_s);
        // a replay shows the same instant again: the run at its own speed comes first
        const again_s = shot && shot.speed === 1 ? 0 : drawing_s;
        const cost_s = Math.abs(info.race_s_at[i] - race_t_s) + again_s;
        if (cost_s < best_cost_s - 1e-9) {
            best_cost_s = cost_s;
            best_film_t_s = film_t_s;
        }
    }
    return best_film_t_s;
}

/** One page's state and events. Views read fields and call methods; they set nothing by hand. */
export class Context {
    /**
     * @param {import('./bundle.js').Bundle} bundle
     * @param {any} data  block hm-data
     * @param {(key: string, ...parts: any[]) => string} w
     */
    constructor(bundle, data, w) {
        this.bundle = bundle;
        this.kind = bundle.head.kind;
        this.lang = bundle.head.lang;
        this.data = data;
        this.w = w;
        this.el = el;
        /** the race as it was filed, and the one that is shown */
        this.race = data && data.race ? data.race : null;
        this.filedRace = this.race;
        /** @type {import('./film.js').Film|null} */
        this.film = null;
        this.lab = null;
        /** what film.open gave for the film that is shown; event 'film' */
        this.info = null;
        this.wanted_race_s = null; // asked for before there was a film
        this.clock = {film_t_s: 0, race_t_s: 0, playing: false};
        this.focusLane = null;
        this.listeners = new Map();
    }

    /**
     * @param {string} event  race, film, seek, time, playing, focus, or a view's own
     * @param {(data: any) => void} fn
     * @returns {() => void} takes it back
     */
    on(event, fn) {
        if (!this.listeners.has(event))
            this.listeners.set(event, new Set());
        this.listeners.get(event).add(fn);
        return () => this.listeners.get(event).delete(fn);
    }

    emit(event, data) {
        for (const fn of [...(this.listeners.get(event) || [])])
            fn(data);
    }

    /** Another race takes the place of the one that is shown. */
    setRace(race, why = '') {
        this.race = race;
        this.emit('race', {race, why});
    }

    /** The player has opened a film. */
    setFilm(info) {
        this.info = info;
        this.emit('film', info);
        const wanted_s = this.wanted_race_s;
        this.wanted_race_s = null;
        if (wanted_s !== null)
            this.seekRace(wanted_s);
    }

    /** The player has drawn a picture. */
    tick(film_t_s, race_t_s) {
        this.clock.film_t_s = film_t_s;
        this.clock.race_t_s = race_t_s;
        this.emit('time', this.clock);
    }

    setPlaying(playing) {
        this.clock.playing = playing;
        this.emit('playing', playing);
    }

    /** Ask the player for an instant of the film: event 'seek'. */
    seekFilm(film_t_s) {
        const last_s = this.info ? this.info.duration_s : Infinity;
        this.emit('seek', {film_t_s: Math.min(Math.max(film_t_s, 0), last_s)});
    }

    /** Ask the player for an instant of the race; where no film is open yet, when it is. */
    seekRace(race_t_s) {
        if (this.info)
            this.seekFilm(filmInstantOf(this.info, race_t_s));
        else
            this.wanted_race_s = race_t_s;
    }

    setFocus(lane) {
        this.focusLane = lane;
        this.emit('focus', lane);
    }

    /** A message in place of what does not work; the rest of the page stays. */
    fail(title, detail = '') {
        showFailure(title, detail);
    }
}

/**
 * Put a message at the head of the page, once for each text.
 * @param {string} title
 * @param {string} detail
 */
export function showFailure(title, detail) {
    const box = document.getElementById('hm-app') || document.body;
    const text = `${title} ${detail}`;
    if ([...box.querySelectorAll('.hm-fail')].some((old) => old.dataset.text === text))
        return;
    box.prepend(el('div', {class: 'hm-fail', role: 'alert', 'data-text': text},
        el('strong', {}, title), detail ? el('span', {dir: 'auto'}, detail) : null));
}

/**
 * @param {import('./bundle.js').Bundle} bundle
 * @param {any} data
 * @param {(key: string, ...parts: any[]) => string} w
 */
export function createContext(bundle, data, w) {
    return new Context(bundle, data, w);
}
