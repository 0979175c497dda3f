// The line of time: the film's shots, the gun and the finish on it, a handle that is dragged to a
// hundredth of a second.
import {filmInstantOf} from '../context.js';
import {el} from '../words.js';

/** 83.4 -> "1:23.40" */
export function timeText(s) {
    const cs = Math.max(0, Math.round(s * 100)),
        rest_s = (cs % 6000) / 100;
    return `${Math.floor(cs / 6000)}:${rest_s.toFixed(2).padStart(5, '0')}`;
}

/** Race time with its sign: "−1.20", "+9.58". */
export function raceText(s) {
    const text = Math.abs(s).toFixed(2);
    return text === '0.00' ? '0.00' : `${s < 0 ? '\u2212' : '+'}${text}`;
}

/** When the first torso is at the line; null = nobody finished. */
export function winnerTime(race) {
    const times_s = race.lanes
        .filter((lane) => lane.place > 0 && lane.time_s > 0)
        .map((lane) => (lane.time_us > 0 ? lane.time_us / 1e6 : lane.time_s));
    return times_s.length ? Math.min(...times_s) : null;
}

/** Where the race's own marks are on the film's line: [{film_t_s, key}]. */
export function marksOf(info, race) {
    const marks = [{race_t_s: 0, key: 'player.mark.gun'}],
        win_s = winnerTime(race);
    if (win_s !== null)
        marks.push({race_t_s: win_s, key: 'player.mark.finish'});
    const drawing_s = info.n_hold / info.fps;
    return marks
        .map(({race_t_s, key}) => ({film_t_s: filmInstantOf(info, race_t_s), race_t_s, key}))
        .filter(
            ({film_t_s, race_t_s}) =>
                Math.abs(info.race_s_at[Math.round(film_t_s / drawing_s)] - race_t_s) <
                2 * drawing_s,
        );
}

/** The slider. */
export class Timeline {
    /**
     * @param {(key: string, ...parts: any[]) => string} w
     * @param {{seek: (film_t_s: number, is_dragged: boolean) => void, end: () => void,
     *          step: (n: number) => void}} act
     */
    constructor(w, act) {
        Object.assign(this, {w, act});
        this.info = null;
        this.duration_s = 1;
        this.shots = el('div', {class: 'hp-shots'});
        this.done = el('div', {class: 'hp-done'});
        this.handle = el('div', {class: 'hp-handle'});
        this.marks = el('div', {class: 'hp-marks', 'aria-hidden': 'true'});
        this.tip = el('div', {class: 'hp-tip', hidden: true, 'aria-hidden': 'true'});
        this.track = el('div', {class: 'hp-track'}, this.shots, this.done, this.handle);
        this.node = el(
            'div',
            {
                class: 'hp-line',
                role: 'slider',
                tabindex: 0,
                'aria-label': w('player.timeline'),
                'aria-orientation': 'horizontal',
                'aria-valuemin': 0,
                onpointerdown: (e) => this.press(e),
                onpointermove: (e) => this.move(e),
                onpointerup: (e) => this.release(e),
                onpointercancel: (e) => this.release(e),
                onpointerleave: () => this.hideTip(),
                onkeydown: (e) => this.key(e),
            },
            this.marks,
            this.track,
            this.tip,
        );
    }

    setFilm(info, race) {
        this.info = info;
        this.duration_s = info.duration_s;
        this.node.setAttribute('aria-valuemax', info.duration_s.toFixed(2));
        const part = (s) => `${((100 * s) / info.duration_s).toFixed(4)}%`;
        this.shots.replaceChildren(
            ...info.shots.map((shot) =>
                el('i', {
                    class: shot.speed < 1 ? 'slow' : '',
                    style: `left:${part(shot.from_s)};width:${part(shot.to_s - shot.from_s)}`,
                }),
            ),
        );
        this.marks.replaceChildren(
            ...marksOf(info, race).map((mark) =>
                el(
                    'span',
                    {
                        style: `left:${part(mark.film_t_s)}`,
                        'data-mark': mark.key.split('.')[2],
                        'data-film': mark.film_t_s.toFixed(3),
                    },
                    this.w(mark.key),
                ),
            ),
        );
    }

    raceAt(film_t_s) {
        const at = this.info.race_s_at,
            i = Math.floor((film_t_s * this.info.fps) / this.info.n_hold);
        return at[Math.min(Math.max(i, 0), at.length - 1)];
    }

    shotAt(film_t_s) {
        const {shots} = this.info;
        return shots.find((s) => film_t_s < s.to_s) || shots[shots.length - 1];
    }

    shotText(film_t_s) {
        const shot = this.shotAt(film_t_s);
        if (!shot)
            return '';
        const name = this.w(`player.rig.${shot.camera}`);
        return shot.speed < 1 ? this.w('player.slow', name, shot.speed.toFixed(2)) : name;
    }

    /** The picture that is shown. */
    setTime(film_t_s, race_t_s) {
        const part = `${(100 * Math.min(1, film_t_s / this.duration_s)).toFixed(3)}%`;
        this.done.style.width = part;
        this.handle.style.left = part;
        this.node.setAttribute('aria-valuenow', film_t_s.toFixed(2));
        this.node.setAttribute(
            'aria-valuetext',
            this.w(
                'player.time_says',
                film_t_s.toFixed(2),
                this.duration_s.toFixed(2),
                raceText(race_t_s),
            ),
        );
    }

    timeOf(event) {
        const box = this.track.getBoundingClientRect();
        const s = ((event.clientX - box.left) / box.width) * this.duration_s;
        return Math.round(100 * Math.min(Math.max(s, 0), this.duration_s)) / 100;
    }

    press(event) {
        if (event.button !== 0 || !this.info)
            return;
        this.node.setPointerCapture(event.pointerId);
        this.dragging = true;
        this.act.seek(this.timeOf(event), true);
    }

    move(event) {
        if (!this.info)
            return;
        const film_t_s = this.timeOf(event);
        if (this.dragging)
            this.act.seek(film_t_s, true);
        const box = this.track.getBoundingClientRect(),
            x_px = event.clientX - box.left;
        this.tip.replaceChildren(
            el('b', {}, timeText(film_t_s)),
            ` ${this.w('player.race_short', raceText(this.raceAt(film_t_s)))}`,
            el('br'),
            this.shotText(film_t_s),
        );
        this.tip.hidden = false;
        const half_px = this.tip.offsetWidth / 2;
        this.tip.style.left = `${Math.min(Math.max(x_px, half_px), box.width - half_px)}px`;
    }

    release() {
        if (this.dragging)
            this.act.end();
        this.dragging = false;
    }

    hideTip() {
        this.tip.hidden = true;
    }

    key(event) {
        const at_s = Number(this.node.getAttribute('aria-valuenow'));
        const by_s = {PageUp: 5, PageDown: -5}[event.key];
        if (by_s !== undefined)
            this.act.seek(at_s + by_s, false);
        else
            return;
        event.preventDefault();
        event.stopPropagation();
    }
}
