// What the player really does: size and rate of the drawings, how far the picture is from the
// sound, and the frame hash, by which this film is held against that of the native program.
import {el} from '../words.js';
import {LADDER} from './quality.js';

const HASH_FRAMES = 24;
const WINDOW_S = 2;

/** The panel, and the small badge that is always there. */
export class Panel {
    /**
     * @param {(key: string, ...parts: any[]) => string} w
     * @param {(from: number, to: number) => Promise<string>} hash
     * @param {(step: string) => void} setSize
     */
    constructor(w, hash, setSize) {
        this.w = w;
        this.shown_s = []; // when pictures were shown
        this.cells = new Map();
        const row = (key) => {
            const cell = el('dd', {'data-cell': key}, '–');
            this.cells.set(key, cell);
            return [el('dt', {}, w(`player.panel.${key}`)), cell];
        };
        const keys = ['size', 'rate', 'draw', 'left_out', 'clock', 'offset', 'frame', 'hash'];
        this.button = el(
            'button',
            {type: 'button', class: 'hp-plain', onclick: () => this.takeHash(hash)},
            w('player.panel.make_hash', HASH_FRAMES),
        );
        const sizes = [['auto', w('player.panel.auto')],
            ...LADDER.slice(0, 3).map(({h_px}, i) => [String(i), `${h_px}p`])];
        const size = el('select', {'data-choice': 'size', onchange: () => setSize(size.value)},
            ...sizes.map(([value, text]) => el('option', {value}, text)));
        const about = {class: 'hp-panel', hidden: true, 'aria-label': w('player.panel')};
        this.node = el('section', about,
            el('dl', {}, ...keys.flatMap(row)),
            el('div', {class: 'hp-panel-row'}, this.button, el('label', {class: 'hp-choice'},
                el('span', {}, w('player.panel.size')), size)));
        this.badge = el('span', {class: 'hp-badge', title: w('player.badge')});
        this.from_frame = 0;
    }

    async takeHash(hash) {
        const from = this.from_frame,
            cell = this.cells.get('hash');
        this.button.disabled = true;
        cell.textContent = this.w('player.panel.wait');
        try {
            const hex = await hash(from, from + HASH_FRAMES);
            cell.textContent = `${hex} [${from}, ${from + HASH_FRAMES})`;
        } catch (error) {
            cell.textContent = error.message;
        }
        this.button.disabled = false;
    }

    shown(now_s) {
        this.shown_s.push(now_s);
    }

    /** Pictures in a second over the last two, while it plays. */
    rate(now_s) {
        this.shown_s = this.shown_s.filter((s) => now_s - s < WINDOW_S);
        const span_s =
            this.shown_s.length > 1 ? this.shown_s[this.shown_s.length - 1] - this.shown_s[0] : 0;
        return span_s > 0 ? (this.shown_s.length - 1) / span_s : 0;
    }

    /**
     * @param {{now_s: number, playing: boolean, w_px: number, h_px: number, every: number,
     *          ms: number,
     *          n_worker: number, n_left_out: number, clock: 'sound'|'own',
     *          film_t_s: number, offset_s: number|null,
     *          frame: number, n_frame: number}} state
     */
    update(state) {
        const rate = this.rate(state.now_s),
            {w} = this;
        const rate_text = state.playing
            ? w('player.panel.per_s', rate.toFixed(1))
            : w('player.panel.still');
        const badge = `${state.h_px}p${state.playing ? ` · ${rate.toFixed(0)}/s` : ''}`;
        if (this.badge.textContent !== badge)
            this.badge.textContent = badge;
        this.from_frame = state.frame;
        if (this.node.hidden)
            return;
        const put = (key, text) => {
            this.cells.get(key).textContent = text;
        };
        put(
            'size',
            `${state.w_px} × ${state.h_px}${state.every > 1 ? `, 1/${state.every}` : ''}`,
        );
        put('rate', rate_text);
        put('draw', w('player.panel.ms', state.ms.toFixed(0), state.n_worker));
        put('left_out', String(state.n_left_out));
        put('clock', `${w(`player.panel.by_${state.clock}`)}, ${state.film_t_s.toFixed(2)} s`);
        put('offset', state.offset_s === null ? '–' : `${(1000 * state.offset_s).toFixed(0)} ms`);
        put('frame', `${state.frame} / ${state.n_frame}`);
    }
}
