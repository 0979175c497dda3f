// The player itself: what it shows, what it is told, and the loop that keeps picture and sound
// together. What it looks like is in mount.js and controls.js.
import {FilmClock} from './clock.js';
import {defaultLane, followCamera, freeCamera, freeOf, orbit, pan, startFree, zoom}
    from './camera.js';
import {SPEEDS, VIEWS} from './controls.js';
import {readLink, writeLink} from './link.js';
import {Pump} from './pump.js';
import {LADDER, Quality} from './quality.js';
import {ScreenBeat} from './screen.js';
import {FilmSound, decodeMusic} from './sound.js';
import {marksOf} from './timeline.js';

const JUDGE_S = 0.5;
const LATE_LIMIT = 12; // pictures of the screen in a row without a drawing: one or two drawings
const SKIP_S = 1;
const LINK_WAIT_MS = 250;
const MOVED_AHEAD = 2; // drawings ahead while a camera is moved
const ownNow_s = () => performance.now() / 1000;

/** One film at a time: its instant, speed, camera, look. */
export class Player {
    /**
     * @param {import('../context.js').Context} ctx
     * @param {any} view  what shows it: see mount.js
     */
    constructor(ctx, view) {
        Object.assign(this, {ctx, view});
        const link = readLink(location.hash);
        this.home = {look: (ctx.data && ctx.data.look) || 'broadcast', cut: 'look'};
        this.look = link.look || this.home.look;
        this.cut = link.cut || this.home.cut;
        this.link = link;
        this.info = null;
        this.camera = link.camera || {view: 'directed', free: null};
        this.captions = 'off';
        this.n_worker = ctx.film.n_worker;
        this.quality = new Quality(this.n_worker);
        this.clock = new FilmClock(ownNow_s);
        this.screen = new ScreenBeat();
        this.sound = new FilmSound((state, error) => this.toldSound(state, error));
        this.sound.onStretched = () => this.joinSound();
        this.pump = new Pump(
            ctx.film,
            (drawn) => this.shown(drawn),
            (drawn) => this.made(drawn),
            (error) => this.failed(error),
        );
        this.pump.n_worker = this.n_worker;
        this.pump.paused = true;
        this.picture = {film_t_s: 0, race_t_s: 0};
        this.is_bare = false; // open, but without sound and words yet
        this.by_sound = false;
        this.n_left_out = 0;
        this.judged_s = 0;
        this.moved_s = -Infinity;
        this.seeking = null;
        this.n_open = 0;
        this.frame = this.frame.bind(this);
    }

    // ---- the film that is open ----

    request() {
        const {
            ctx,
            quality: {rung},
        } = this;
        return {
            race: ctx.race,
            look: this.look,
            cut: this.cut,
            lang: ctx.lang,
            w_px: rung.w_px,
            h_px: rung.h_px,
            fps: 24,
            on: 0,
            overlays: true,
            calm: matchMedia('(prefers-reduced-motion: reduce)').matches,
            options: this.ownOptions(),
        };
    }

    ownOptions() {
        const {data} = this.ctx;
        return data && data.options && this.look === this.home.look ? data.options : {};
    }

    /**
     * Open the film as it is asked for now; the instant stays.
     * @param {boolean} is_other  another film, not another size of the same
     */
    async open(is_other) {
        const mine = ++this.n_open,
            film_t_s = this.clock.at();
        this.is_new ||= is_other; // another size may be asked for before the film is there
        if (is_other) {
            this.sound.clear();
            this.leaveSound();
            this.view.wait(true);
        }
        this.pump.hold(this.is_new);
        let info;
        try {
            info = await this.ctx.film.open(this.request());
        } catch (error) {
            return mine === this.n_open ? this.failed(error) : undefined;
        }
        if (mine !== this.n_open)
            return;
        this.info = info;
        this.pump.reset(info.n_hold / info.fps, info.race_s_at.length, this.is_new);
        this.pump.every = this.quality.rung.every;
        this.clock.duration_s = info.duration_s;
        if (this.is_new)
            this.opened(info, film_t_s);
        this.is_new = false;
        if (!this.clock.playing)
            this.still();
    }

    opened(info, film_t_s) {
        this.marks = marksOf(info, this.ctx.race);
        this.clock.seek(film_t_s);
        this.view.film(info, this);
        this.ctx.setFilm(info);
        this.is_bare = true;
    }

    /** A drawing is there, shown or not. Sound and words wait for the film's first. */
    made(drawn) {
        if (drawn.w_px === this.quality.rung.w_px)
            this.quality.drawn(drawn.ms);
        if (!this.is_bare)
            return;
        this.is_bare = false;
        this.sound.load(async () =>
            this.ctx.film.sound(this.view.progress, await this.music()));
        this.loadTexts(this.info);
    }

    /** The page's music, while the film is the one it was made for. */
    async music() {
        const {data, race, filedRace, bundle} = this.ctx;
        const is_home = this.look === this.home.look && this.cut === this.home.cut;
        if (!data || !data.score || !is_home || race !== filedRace || !bundle.has('score'))
            return null;
        return decodeMusic(await bundle.bytes('score'), data.score.n_sample);
    }

    async loadTexts(info) {
        const texts = {};
        try {
            for (const lang of ['en', 'ja'])
                texts[lang] = await this.ctx.film.texts(lang);
        } catch {
            return; // another film has been opened meanwhile
        }
        info.texts = texts;
        this.view.captions(this);
    }

    failed(error) {
        this.pause();
        this.view.wait(false);
        this.ctx.fail(this.ctx.w('player.failed'), error.message);
    }

    setLook(look) {
        this.look = look;
        this.changed(true);
    }

    setCut(cut) {
        this.cut = cut;
        this.changed(true);
    }

    nextLook() {
        const names = this.info ? this.info.looks.map((look) => look.name) : [this.look];
        this.setLook(names[(names.indexOf(this.look) + 1) % names.length]);
    }

    changed(is_other) {
        this.view.choices(this);
        this.keepLink();
        return this.open(is_other);
    }

    // ---- time ----

    get playing() {
        return this.clock.playing;
    }

    toggle() {
        if (this.clock.playing)
            return this.pause();
        return this.play();
    }

    play() {
        if (!this.info)
            return;
        if (this.clock.at() >= this.info.duration_s - 0.02)
            this.clock.seek(0);
        this.pump.paused = false;
        this.clock.play();
        this.view.playing(true);
        this.ctx.setPlaying(true);
        this.joinSound();
        this.sound.wake().then(() => this.joinSound());
        this.loop();
    }

    pause() {
        const was = this.clock.playing;
        this.clock.pause();
        this.leaveSound();
        this.pump.paused = true;
        if (!was)
            return;
        this.view.playing(false);
        this.ctx.setPlaying(false);
        this.clock.seek(this.clock.at());
        this.still();
        this.keepLink();
    }

    /** The sound takes the lead as soon as there is one. */
    joinSound() {
        if (!this.clock.playing || this.by_sound || !this.sound.canPlay(this.clock.speed))
            return;
        this.clock.setSource(this.sound.heard_s);
        const film_t_s = this.clock.at();
        this.clock.playFrom(film_t_s, this.sound.start(film_t_s, this.clock.speed));
        this.by_sound = true;
    }

    leaveSound() {
        this.sound.stop();
        if (!this.by_sound)
            return;
        this.clock.setSource(ownNow_s);
        this.by_sound = false;
    }

    /** Go to an instant; the film plays on if it played. */
    seek(film_t_s) {
        this.leaveSound();
        this.clock.seek(film_t_s);
        if (this.clock.playing) {
            this.pump.drop();
            this.joinSound();
        } else {
            this.still();
            this.keepLink();
        }
    }

    /** The handle of the line of time is held: stand still until it is let go. */
    scrub(film_t_s, is_dragged) {
        if (is_dragged && this.seeking === null) {
            this.seeking = {played: this.clock.playing};
            if (this.clock.playing)
                this.pause();
        }
        this.seek(film_t_s);
    }

    endScrub() {
        const played = this.seeking !== null && this.seeking.played;
        this.seeking = null;
        if (played)
            this.play();
    }

    skip(n) {
        this.seek(this.clock.at() + n * SKIP_S);
    }

    nudge(by_s) {
        this.pause();
        this.seek(Math.round(100 * (this.clock.at() + by_s)) / 100);
    }

    /** n drawings on. */
    step(n) {
        if (!this.info)
            return;
        this.pause();
        const {drawing_s, n_drawing} = this.pump;
        const i = this.pump.indexOf(this.clock.at()) + n;
        this.seek(Math.min(Math.max(i, 0), n_drawing - 1) * drawing_s);
    }

    toStart() {
        this.seek(0);
    }

    toEnd() {
        this.pause();
        this.seek((this.pump.n_drawing - 1) * this.pump.drawing_s);
    }

    toMark(name) {
        const mark = (this.marks || []).find(({key}) => key === `player.mark.${name}`);
        return mark && this.seek(mark.film_t_s);
    }

    /** To the beginning of another shot. */
    shot(n) {
        if (!this.info)
            return;
        const at_s = this.clock.at(),
            {shots} = this.info;
        const i = Math.max(
            0,
            shots.findIndex((shot) => at_s < shot.to_s - 1e-6),
        );
        // back: to the beginning of this one, unless it has just begun
        const back = n < 0 && at_s > shots[i].from_s + 0.5 ? 0 : n;
        this.seek(shots[Math.min(Math.max(i + back, 0), shots.length - 1)].from_s);
    }

    /** "12.34" or "1:02.5" by hand. */
    typeTime(text) {
        const parts = text.trim().replace(',', '.').split(':').map(Number);
        const s = parts.reduce((sum, part) => 60 * sum + part, 0);
        if (parts.every(Number.isFinite)) {
            this.pause();
            this.seek(s);
        }
        this.view.times(this);
    }

    setSpeed(speed) {
        this.leaveSound();
        this.clock.setSpeed(speed);
        this.joinSound();
        this.view.choices(this);
    }

    faster(n) {
        const i = SPEEDS.indexOf(this.clock.speed) + n;
        this.setSpeed(SPEEDS[Math.min(Math.max(i, 0), SPEEDS.length - 1)]);
    }

    // ---- camera ----

    get lane() {
        return this.ctx.focusLane === null ? defaultLane(this.ctx.race) : this.ctx.focusLane;
    }

    raceAt(film_t_s) {
        return this.info.race_s_at[this.pump.indexOf(film_t_s)];
    }

    cameraAt(film_t_s) {
        const {view, free} = this.camera;
        if (view === 'directed')
            return null;
        return view === 'free'
            ? freeCamera(free)
            : followCamera(this.ctx.race, this.lane, view, this.raceAt(film_t_s));
    }

    setView(view) {
        if (!this.info || !VIEWS.includes(view))
            return;
        const before = this.cameraAt(this.clock.at());
        const free =
            view !== 'free'
                ? null
                : before
                  ? freeOf(before)
                  : startFree(this.ctx.race, this.picture.race_t_s);
        this.moveCamera({view, free});
        this.view.choices(this);
        this.keepLink();
    }

    nextView() {
        this.setView(VIEWS[(VIEWS.indexOf(this.camera.view) + 1) % VIEWS.length]);
    }

    moveCamera(camera) {
        this.camera = camera;
        if (!this.info)
            return;
        this.moved_s = ownNow_s();
        if (this.clock.playing)
            this.pump.drop();
        else
            this.still();
    }

    moveFree(free) {
        this.moveCamera({view: 'free', free});
        this.keepLink();
    }

    get hands() {
        const free = () => this.camera.free;
        return {
            isFree: () => this.camera.view === 'free',
            away_m: () => free().away_m,
            tap: () => this.view.tap(this),
            again: () => this.moveFree(startFree(this.ctx.race, this.picture.race_t_s)),
            orbit: (...by) => this.moveFree(orbit(free(), ...by)),
            pan: (...by) => this.moveFree(pan(free(), ...by)),
            zoom: (factor) => this.moveFree(zoom(free(), factor)),
        };
    }

    /** Whom the camera goes along with; 0 = nobody. */
    setLane(lane) {
        const known = lane > 0 && this.ctx.race.lanes.some((entry) => entry.lane === lane);
        this.ctx.setFocus(known ? lane : null);
        if (known && this.camera.view === 'directed')
            this.setView('side');
        if (!known && ['side', 'front', 'behind'].includes(this.camera.view))
            this.setView('directed');
    }

    followLane(lane) {
        if (this.ctx.race.lanes.some((entry) => entry.lane === lane))
            this.setLane(lane);
    }

    /** The page follows another runner. */
    focused() {
        this.view.choices(this);
        if (['side', 'front', 'behind'].includes(this.camera.view))
            this.moveCamera(this.camera);
        this.keepLink();
    }

    // ---- sound and words ----

    toldSound(state, error) {
        this.view.sound(this, state, error);
        if (state === 'ready')
            this.joinSound();
    }

    mute() {
        this.setVolume(this.sound.volume || 0.5, !this.sound.muted);
    }

    setVolume(volume, muted = false) {
        this.sound.setVolume(Math.min(1, Math.max(0, Math.round(20 * volume) / 20)), muted);
        this.view.volume(this);
    }

    louder(by) {
        this.setVolume(this.sound.volume + by);
    }

    setCaptions(lang) {
        this.captions = lang;
        this.view.captions(this);
    }

    nextCaptions() {
        const all = ['off', this.ctx.lang, this.ctx.lang === 'en' ? 'ja' : 'en'];
        this.setCaptions(all[(all.indexOf(this.captions) + 1) % all.length]);
    }

    // ---- the loop ----

    loop() {
        if (!this.asked_frame)
            this.asked_frame = requestAnimationFrame(this.frame);
    }

    /** The film's instant when what is painted now will be seen. */
    get seen_film_t_s() {
        return this.clock.at(this.screen.seenIn_s(performance.now()));
    }

    frame(at_ms) {
        this.asked_frame = 0;
        this.screen.beat(at_ms);
        const now_s = ownNow_s(),
            gone_s = now_s - (this.frame_s || now_s);
        this.frame_s = now_s;
        const walks = this.view.hand.walk(gone_s);
        if (this.clock.playing)
            this.playFrame(now_s);
        if (this.clock.playing || walks || this.view.hand.held.size)
            this.loop();
        else
            this.frame_s = 0;
    }

    playFrame(now_s) {
        const film_t_s = this.seen_film_t_s;
        if (this.clock.at() >= this.info.duration_s - 1e-6) {
            this.pause();
            return;
        }
        const moving = this.camera.view !== 'directed' && now_s - this.moved_s < 0.5;
        this.pump.run(
            film_t_s,
            this.clock.speed,
            (at_s) => this.cameraAt(at_s),
            moving ? MOVED_AHEAD : undefined,
        );
        if (now_s - this.judged_s < JUDGE_S)
            return;
        this.judged_s = now_s;
        this.view.panel(this, now_s); // and with each picture: more often costs a layout each time
        const rate = this.clock.speed / this.pump.drawing_s,
            before = this.quality.rung;
        if (!this.quality.judge(now_s, rate, this.pump.n_late > LATE_LIMIT))
            return;
        const {rung} = this.quality;
        this.pump.every = rung.every;
        if (before.w_px !== rung.w_px)
            this.open(false);
    }

    /** The picture of this very instant, while the film stands. */
    still() {
        if (!this.info)
            return;
        const film_t_s = this.clock.at();
        this.pump.still(film_t_s, this.cameraAt(film_t_s));
    }

    /** How large is drawn: a step of LADDER, or 'auto'. */
    setQuality(step) {
        this.quality.is_fixed = step !== 'auto';
        if (!this.quality.is_fixed)
            return undefined;
        this.quality.take(Math.min(Math.max(Number(step), 0), LADDER.length - 1));
        return this.open(false);
    }

    shown(drawn) {
        const now_s = ownNow_s(), before = this.picture;
        this.picture = {film_t_s: drawn.film_t_s, race_t_s: drawn.race_t_s};
        if (this.clock.playing) {
            const n = Math.round((drawn.film_t_s - before.film_t_s) / this.pump.drawing_s);
            this.n_left_out += n > 1 && n < 100 ? n - 1 : 0;
        }
        this.offset_s =
            this.clock.playing && this.by_sound ? this.seen_film_t_s - drawn.film_t_s : null;
        this.view.picture(drawn, now_s, this);
        this.ctx.tick(drawn.film_t_s, drawn.race_t_s);
    }

    // ---- the address ----

    keepLink() {
        clearTimeout(this.link_timer);
        this.link_timer = setTimeout(() => {
            if (!this.info)
                return;
            const hash = writeLink(location.hash, {
                film_t_s: this.clock.at(),
                look: this.look,
                cut: this.cut,
                lane: this.ctx.focusLane,
                camera: this.camera,
                home: this.home,
            });
            if (hash !== location.hash)
                history.replaceState(null, '', hash);
        }, LINK_WAIT_MS);
    }

    /** The address was changed by hand, or by going back. */
    followLink() {
        const link = readLink(location.hash);
        const is_other =
            (link.look || this.home.look) !== this.look ||
            (link.cut || this.home.cut) !== this.cut;
        this.look = link.look || this.home.look;
        this.cut = link.cut || this.home.cut;
        this.camera = link.camera || {view: 'directed', free: null};
        if (link.lane !== this.ctx.focusLane)
            this.ctx.setFocus(link.lane);
        if (link.film_t_s !== null)
            this.seek(link.film_t_s);
        this.view.choices(this);
        return is_other ? this.open(true) : this.still();
    }

    destroy() {
        this.pause();
        this.n_open++;
        cancelAnimationFrame(this.asked_frame);
        clearTimeout(this.link_timer);
        this.pump.reset(1, 1);
        this.sound.destroy();
    }
}
