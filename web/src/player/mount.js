// The player on the page: the picture, what lies on it, and the wires between player and controls.
import './panel.css';
import './player.css';
import {el} from '../words.js';
import {Controls} from './controls.js';
import {Hand} from './hand.js';
import {iconButton} from './icons.js';
import {keyDialog, pressKey} from './keys.js';
import {Panel} from './panel.js';
import {Player} from './player.js';
import {Captions, Teller} from './tell.js';
import {Timeline, raceText, timeText} from './timeline.js';

const IDLE_MS = 2500; // full screen: then the controls leave the picture

/** Canvas that shows drawings of any size. */
class Screen {
    constructor(label) {
        this.node = el('canvas', {
            class: 'hp-canvas',
            width: 1280,
            height: 720,
            role: 'img',
            'aria-label': label,
        });
        this.paint = this.node.getContext('2d', {alpha: false});
    }

    show(drawn) {
        const picture = drawn.bitmap || new ImageData(drawn.bytes, drawn.w_px, drawn.h_px);
        if (this.node.width !== picture.width || this.node.height !== picture.height) {
            this.node.width = picture.width;
            this.node.height = picture.height;
        }
        if (picture instanceof ImageData)
            this.paint.putImageData(picture, 0, 0);
        else
            this.paint.drawImage(picture, 0, 0);
    }
}

/* The picture that the program put into the page: it stands until the engine draws. */
function takePoster() {
    const place = document.querySelector('#hm-app > .hm-poster');
    if (!place)
        return null;
    const picture = place.firstElementChild;
    picture.className = 'hp-poster';
    place.remove();
    return picture;
}

/** What the player tells, shown. */
class View {
    constructor(node, ctx) {
        const {w} = ctx;
        Object.assign(this, {node, ctx, w});
        this.screen = new Screen(w('player.picture'));
        this.captions_of = new Captions();
        this.teller = new Teller();
        this.big = iconButton('play', w('player.play'), {
            class: 'hp-big',
            'data-do': 'big',
            hidden: true,
        });
        this.note = el('div', {class: 'hp-note', hidden: true});
        this.waiting = el('div', {class: 'hp-wait'}, w('player.wait'));
        this.stage = el(
            'div',
            {class: 'hp-stage', tabindex: 0, role: 'group', 'aria-label': w('player.stage')},
            this.screen.node,
            this.captions_of.node,
            this.note,
            this.waiting,
        );
        this.poster = takePoster();
        if (this.poster)
            this.screen.node.after(this.poster);
        this.frame = el('div', {class: 'hp-frame'}, this.stage, this.big);
        this.progress = (frac) => this.setNote(w('player.sound_making', Math.round(100 * frac)));
    }

    /** Controls need the player, the player the view. */
    join(player) {
        this.panel_of = new Panel(
            this.w,
            (from, to) => this.ctx.film.hash(from, to),
            (step) => player.setQuality(step)
        );
        this.controls = new Controls(this.w, this.commands(player), this.panel_of.badge);
        this.line = new Timeline(this.w, {
            seek: (t, drag) => player.scrub(t, drag),
            end: () => player.endScrub(),
        });
        this.hand = new Hand(this.stage, player.hands);
        this.keys = keyDialog(this.w);
        this.box = el(
            'div',
            {class: 'hp'},
            this.frame,
            el(
                'div',
                {class: 'hp-bar'},
                this.line.node,
                this.controls.row,
                this.controls.choices,
                this.panel_of.node,
            ),
            this.keys,
            this.teller.node,
        );
        this.big.addEventListener('click', () => player.toggle());
        this.node.append(this.box);
    }

    /** What buttons and keys may do: the player's methods, and some that only concern the view. */
    commands(player) {
        return new Proxy(player, {
            get: (target, name) => {
                if (name === 'full' || name === 'help' || name === 'panel')
                    return () => this[`${name}Toggle`]();
                const value = target[name];
                return typeof value === 'function' ? value.bind(target) : value;
            },
        });
    }

    // ---- told by the player ----

    wait(is_waiting) {
        this.waiting.hidden = !is_waiting;
    }

    film(info, player) {
        this.info = info;
        this.line.setFilm(info, this.ctx.race);
        const {controls: c, w} = this;
        c.fill(
            c.look,
            info.looks.map((look) => [look.name, w(`player.look.${look.name}`)]),
            player.look,
        );
        c.fill(
            c.cut,
            info.cuts.map((cut) => [cut, w(`player.cut.${cut}`)]),
            player.cut,
        );
        c.fill(
            c.lane,
            [
                ['0', w('player.nobody')],
                ...this.ctx.race.lanes.map((lane) => [
                    String(lane.lane),
                    `${lane.lane}  ${lane.name}`,
                ]),
            ],
            '0',
        );
        this.choices(player);
        this.captions(player);
        this.volume(player);
    }

    choices(player) {
        const {controls: c} = this;
        c.look.select.value = player.look;
        c.cut.select.value = player.cut;
        c.view.select.value = player.camera.view;
        c.lane.select.value = String(this.ctx.focusLane || 0);
        c.speed.select.value = String(player.clock.speed);
        this.stage.dataset.view = player.camera.view;
        this.soundNote(player);
    }

    picture(drawn, now_s, player) {
        this.screen.show(drawn);
        if (!this.is_seen) {
            performance.mark('hm-first-picture');
            if (this.poster)
                this.poster.remove();
        }
        this.is_seen = true;
        this.wait(false);
        const {film_t_s} = drawn;
        this.big.hidden =
            this.started || film_t_s > 0 || player.playing || player.camera.view !== 'directed';
        this.panel_of.shown(now_s);
        this.line.setTime(drawn.film_t_s, drawn.race_t_s);
        this.captions_of.setTime(drawn.film_t_s);
        if (player.playing)
            this.teller.follow(this.described, drawn.film_t_s);
        this.times(player);
        this.panel(player, now_s);
    }

    times(player) {
        const {film_t_s, race_t_s} = player.picture;
        this.controls.setTimes(
            timeText(film_t_s),
            timeText(player.clock.duration_s),
            this.w('player.race_now', raceText(race_t_s)),
        );
    }

    playing(playing) {
        this.controls.setPlaying(playing);
        this.started = this.started || playing;
        this.big.hidden = this.big.hidden || playing;
        this.box.classList.toggle('is-playing', playing);
        this.wakeBar();
        this.teller.say(this.w(playing ? 'player.plays' : 'player.stands'));
    }

    captions(player) {
        if (!this.info)
            return;
        const {captions: lang} = player;
        const {texts} = this.info;
        this.controls.texts.select.value = lang;
        this.controls.captions.setAttribute('aria-pressed', String(lang !== 'off'));
        const captions = texts ? (texts[lang] || {captions: []}).captions : [];
        this.captions_of.setCues(captions, lang === 'off' ? this.ctx.lang : lang);
        this.captions_of.setTime(player.picture.film_t_s);
    }

    /** What a screen reader is told as it happens. */
    get described() {
        return this.info.texts ? this.info.texts[this.ctx.lang].description : [];
    }

    volume(player) {
        this.controls.setSound(player.sound.volume, player.sound.muted, false);
    }

    sound(player, state, error) {
        this.box.dataset.sound = state;
        this.sound_error = error;
        this.soundNote(player);
    }

    /** What there is to be said about the sound; nothing, most of the time. */
    soundNote(player) {
        const state = this.box.dataset.sound;
        this.box.classList.toggle('is-silent', player.clock.speed < 0.5);
        if (state === 'making')
            this.setNote(this.w('player.sound_making', 0));
        else if (state === 'failed')
            this.setNote(
                this.w('player.sound_failed', this.sound_error ? this.sound_error.message : ''),
            );
        else
            this.setNote(player.clock.speed < 0.5 ? this.w('player.sound_slow') : '');
    }

    setNote(text) {
        this.note.textContent = text;
        this.note.hidden = !text;
    }

    panel(player, now_s) {
        const {quality, pump, info} = player,
            {rung} = quality;
        if (!info) // the film is not there yet
            return;
        this.panel_of.update({
            now_s,
            playing: player.playing,
            w_px: rung.w_px,
            h_px: rung.h_px,
            every: rung.every,
            ms: quality.typical_ms,
            n_worker: player.n_worker,
            n_left_out: player.n_left_out,
            clock: player.by_sound ? 'sound' : 'own',
            film_t_s: player.clock.at(),
            offset_s: player.offset_s === undefined ? null : player.offset_s,
            frame: pump.indexOf(player.picture.film_t_s) * info.n_hold,
            n_frame: info.race_s_at.length * info.n_hold,
        });
    }

    // ---- of the view alone ----

    tap(player) {
        this.stage.focus({preventScroll: true});
        player.toggle();
    }

    fullToggle() {
        if (document.fullscreenElement)
            document.exitFullscreen();
        else
            this.box.requestFullscreen().catch(() => this.box.classList.toggle('is-wide'));
    }

    helpToggle() {
        if (this.keys.open)
            this.keys.close();
        else
            this.keys.showModal();
    }

    panelToggle() {
        const {node} = this.panel_of;
        node.hidden = !node.hidden;
        this.controls.meter.setAttribute('aria-expanded', String(!node.hidden));
        this.afterPanel();
    }

    /** In full screen the controls go when nothing moves, and come back. */
    wakeBar() {
        this.box.classList.remove('is-idle');
        clearTimeout(this.idle_timer);
        this.idle_timer = setTimeout(
            () => this.box.classList.toggle('is-idle', this.box.classList.contains('is-playing')),
            IDLE_MS,
        );
    }
}

function listen(view, player, ctx) {
    const off = [
        ctx.on('seek', ({film_t_s}) => player.seek(film_t_s)),
        ctx.on('focus', () => player.focused()),
        ctx.on('race', () => player.open(true)),
    ];
    const on = (target, name, fn) => {
        target.addEventListener(name, fn);
        off.push(() => target.removeEventListener(name, fn));
    };
    const commands = view.commands(player);
    on(document, 'keydown', (event) => {
        if (pressKey(event, commands))
            view.wakeBar();
    });
    on(window, 'hashchange', () => player.followLink());
    on(view.box, 'pointermove', () => view.wakeBar());
    on(view.stage, 'keydown', () => player.camera.view === 'free' && player.loop());
    on(document, 'fullscreenchange', () =>
        view.controls.setFull(document.fullscreenElement === view.box),
    );
    return off;
}

/**
 * @param {HTMLElement} node
 * @param {import('../context.js').Context} ctx
 * @returns {Promise<{player: Player, destroy: () => void}>}
 */
export async function mountPlayer(node, ctx) {
    const view = new View(node, ctx),
        player = new Player(ctx, view);
    view.join(player);
    view.afterPanel = () => view.panel(player, performance.now() / 1000);
    const off = listen(view, player, ctx);
    if (player.link.lane !== null)
        ctx.setFocus(player.link.lane);
    if (player.link.film_t_s !== null)
        player.clock.film_t_s = player.link.film_t_s;
    player.clock.duration_s = Infinity; // not known yet
    await player.open(true);
    return {
        player,
        destroy() {
            off.forEach((fn) => fn());
            player.destroy();
            view.teller.destroy();
            view.box.remove();
        },
    };
}
