// The player's buttons and choices; each only calls the player.
import {el} from '../words.js';
import {iconButton, setIcon} from './icons.js';

export const SPEEDS = [0.1, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 2];
export const VIEWS = ['directed', 'side', 'front', 'behind', 'free'];

function choice(label, name, options, onPick) {
    const select = el(
        'select',
        {
            'aria-label': label,
            title: label,
            'data-choice': name,
            onchange: () => onPick(select.value),
        },
        ...options.map(([value, text]) => el('option', {value}, text)),
    );
    return {select, node: el('label', {class: 'hp-choice'}, el('span', {}, label), select)};
}

/** The row under the picture, and the choices under it. */
export class Controls {
    /**
     * @param {(key: string, ...parts: any[]) => string} w
     * @param {any} player  the methods of Player
     * @param {Node} badge
     */
    constructor(w, player, badge) {
        this.w = w;
        const button = (name, key, act, attrs = {}) =>
            iconButton(name, w(key), {'data-do': key.split('.')[1], onclick: act, ...attrs});
        this.play = button('play', 'player.play', () => player.toggle(), {class: 'hp-main'});
        this.back = button('back', 'player.step_back', () => player.step(-1));
        this.ahead = button('ahead', 'player.step_ahead', () => player.step(1));
        this.sound = button('loud', 'player.mute', () => player.mute());
        this.volume = el('input', {
            type: 'range',
            min: 0,
            max: 1,
            step: 0.05,
            value: 1,
            class: 'hp-volume',
            'aria-label': w('player.volume'),
            title: w('player.volume'),
            oninput: () => player.setVolume(Number(this.volume.value)),
        });
        this.captions = button('captions', 'player.captions', () => player.nextCaptions());
        this.meter = button('meter', 'player.panel', () => player.panel(), {
            'aria-expanded': 'false',
        });
        this.help = button('help', 'player.help', () => player.help());
        this.full = button('full', 'player.full', () => player.full());
        this.film = el('input', {
            class: 'hp-time',
            type: 'text',
            inputmode: 'decimal',
            size: 7,
            'aria-label': w('player.time'),
            title: w('player.time'),
            autocomplete: 'off',
            onchange: () => player.typeTime(this.film.value),
            onkeydown: (e) => e.key === 'Enter' && this.film.blur(),
        });
        this.whole = el('span', {class: 'hp-whole'});
        this.race = el('output', {class: 'hp-race', title: w('player.race_time')});
        this.speed = choice(
            w('player.speed'),
            'speed',
            SPEEDS.map((v) => [String(v), `${v}×`]),
            (v) => player.setSpeed(Number(v)),
        );
        this.look = choice(w('player.look'), 'look', [], (v) => player.setLook(v));
        this.cut = choice(w('player.cut'), 'cut', [], (v) => player.setCut(v));
        this.view = choice(
            w('player.camera'),
            'camera',
            VIEWS.map((v) => [v, w(`player.view.${v}`)]),
            (v) => player.setView(v),
        );
        this.lane = choice(w('player.runner'), 'lane', [], (v) => player.setLane(Number(v)));
        this.texts = choice(
            w('player.captions'),
            'captions',
            ['off', 'en', 'ja'].map((v) => [v, w(`player.captions.${v}`)]),
            (v) => player.setCaptions(v),
        );
        this.speed.select.value = '1';
        this.row = el(
            'div',
            {class: 'hp-row'},
            this.play,
            this.back,
            this.ahead,
            el(
                'span',
                {class: 'hp-times'},
                el('span', {class: 'hp-film'}, this.film, this.whole),
                this.race,
            ),
            el('span', {class: 'hp-gap'}),
            badge,
            el('span', {class: 'hp-sound'}, this.sound, this.volume),
            this.captions,
            this.meter,
            this.help,
            this.full,
        );
        this.choices = el(
            'div',
            {class: 'hp-choices'},
            this.view.node,
            this.lane.node,
            this.look.node,
            this.cut.node,
            this.speed.node,
            this.texts.node,
        );
    }

    fill(part, options, value) {
        part.select.replaceChildren(
            ...options.map(([key, text]) => el('option', {value: key}, text)),
        );
        part.select.value = value;
    }

    setPlaying(playing) {
        setIcon(
            this.play,
            playing ? 'pause' : 'play',
            this.w(playing ? 'player.pause' : 'player.play'),
        );
    }

    setFull(is_full) {
        setIcon(
            this.full,
            is_full ? 'small' : 'full',
            this.w(is_full ? 'player.unfull' : 'player.full'),
        );
    }

    setSound(volume, muted, is_silent) {
        const off = muted || volume === 0;
        setIcon(
            this.sound,
            off || is_silent ? 'mute' : 'loud',
            this.w(off ? 'player.unmute' : 'player.mute'),
        );
        this.sound.setAttribute('aria-pressed', String(off));
        this.volume.value = String(volume);
    }

    setTimes(film_text, whole_text, race_text) {
        if (document.activeElement !== this.film)
            this.film.value = film_text;
        this.whole.textContent = ` / ${whole_text}`;
        this.race.textContent = race_text;
    }
}
