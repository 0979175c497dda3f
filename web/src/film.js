// A film that is drawn as it is asked for: a pool of workers, each with an engine of its own.
import {EngineWorker} from './crew.js';

const MOST_WORKERS = 4;

/** Workers that draw: one core is left to the page, but where there are only two. */
function workersOf(n_core) {
    return Math.min(MOST_WORKERS, n_core > 2 ? n_core - 1 : n_core);
}

/**
 * @typedef {{name: string, from_s: number, to_s: number, race_from_s: number, speed: number,
 *   camera: string, look: string, lane: number|null}} Shot
 * @typedef {{duration_s: number, w_px: number, h_px: number, fps: number, n_hold: number,
 *   n_frame: number, look: string, shots: Shot[], race_s_at: number[],
 *   captions: {from_s: number, to_s: number, text: string}[],
 *   looks: {name: string, sentence: string}[], cuts: string[], notes: string[]}} FilmInfo
 * @typedef {{bitmap: ImageBitmap|null, bytes: Uint8ClampedArray|null, w_px: number, h_px: number,
 *   film_t_s: number, race_t_s: number, ms: number}} Drawing  bitmap is the asker's, who closes it
 */

/** A race as a film: opened, then drawn at any instant, in any order. */
export class Film {
    /** @param {Uint8Array} code @param {Uint8Array|null} letters */
    constructor(code, letters) {
        this.code = code;
        this.letters = letters;
        this.crew = [];
        this.queue = [];
        this.generation = 0;
        this.followed = 0; // generation that all workers were told of
        /** How many will draw. */
        this.n_worker = workersOf(navigator.hardwareConcurrency || 1);
        /** @type {FilmInfo|null} */
        this.info = null;
    }

    /**
     * Open a film; the one before it is gone. Resolves when the first worker can draw; the others
     * follow when it has drawn, so that the first picture waits for nobody.
     * @param {object} request  {race, look, cut, lang, w_px, h_px, fps, on, overlays, options,
     *   ...}: web/engine/film.c
     * @returns {Promise<FilmInfo>}
     */
    async open(request) {
        const generation = ++this.generation;
        this.forget();
        this.request = request;
        for (const hand of this.crew)
            hand.busy = true;
        const info = await this.prepare(this.handOf(0), generation);
        if (generation === this.generation)
            this.info = info;
        return info;
    }

    /* The first worker has drawn: now the others open the film. */
    follow(generation) {
        if (this.followed === generation || generation !== this.generation)
            return;
        this.followed = generation;
        for (let i = 1; i < this.n_worker; i++)
            this.prepare(this.handOf(i), generation).catch(() => {}); // the first can draw alone
    }

    handOf(i) {
        while (this.crew.length <= i)
            this.crew.push({worker: new EngineWorker(this.code, this.letters), busy: true});
        return this.crew[i];
    }

    /* One worker opens the film and is free then. */
    async prepare(hand, generation) {
        await hand.worker.ready;
        const {answer} = await hand.worker.ask({do: 'open', request: this.request});
        if (generation === this.generation) {
            Object.assign(hand, {generation, busy: false, w_px: answer.w_px, h_px: answer.h_px});
            this.work();
        }
        return answer;
    }

    forget() {
        for (const job of this.queue.splice(0))
            job.reject(new Error('another film has been opened'));
    }

    /** The own time of the drawing that is shown at an instant. */
    drawingAt_s(film_t_s) {
        const per_s = this.info.fps / this.info.n_hold;
        const last = Math.ceil(this.info.n_frame / this.info.n_hold) - 1;
        return Math.min(Math.max(Math.floor(film_t_s * per_s + 1e-6), 0), last) / per_s;
    }

    /**
     * The picture of an instant. Without a camera it is the drawing that is shown then; with one,
     * that instant.
     * @param {number} film_t_s
     * @param {{camera?: {eye_m: number[], at_m: number[], vfov_deg: number}|null,
     *          exact?: boolean}} [how]  exact: as with a camera
     * @returns {Promise<Drawing>}
     */
    draw(film_t_s, {camera = null, exact = false} = {}) {
        if (!this.info)
            return Promise.reject(new Error('no film has been opened'));
        const at_s = camera || exact ? film_t_s : this.drawingAt_s(film_t_s);
        return this.enqueue({film_t_s: at_s, camera}, false);
    }

    enqueue(job, urgent) {
        const promise = new Promise((resolve, reject) => Object.assign(job, {resolve, reject}));
        if (urgent)
            this.queue.unshift(job);
        else
            this.queue.push(job);
        this.work();
        return promise;
    }

    /* Give work to whoever is free. */
    work() {
        for (const hand of this.crew) {
            if (hand.busy || hand.generation !== this.generation)
                continue;
            const job = this.queue.shift();
            if (job)
                this.hire(hand, job);
            else
                this.warm(hand);
        }
    }

    /* Nothing to do: what later drawings would wait for. Never before the first picture. */
    async warm(hand) {
        const generation = hand.generation;
        if (hand.drew !== generation || hand.warm === generation)
            return;
        hand.busy = true;
        const {warm} = await hand.worker.call('film.warm').catch(() => ({warm: true}));
        if (warm)
            hand.warm = generation;
        if (generation === this.generation) {
            hand.busy = false;
            this.work();
        }
    }

    async hire(hand, job) {
        hand.busy = true;
        const generation = hand.generation;
        try {
            job.resolve(await this.perform(hand, job));
        } catch (error) {
            job.reject(error);
        }
        this.follow(generation);
        if (generation === this.generation) {
            hand.busy = false;
            this.work();
        }
    }

    async perform(hand, job) {
        if (job.call)
            return hand.worker.call(job.call, job.request);
        const {film_t_s, camera} = job,
            {w_px, h_px} = hand;
        const got = await hand.worker.ask({do: 'draw', film_t_s, camera});
        hand.drew = hand.generation;
        const {bitmap = null, bytes = null, race_t_s, ms} = got;
        return {bitmap, bytes, w_px, h_px, film_t_s, race_t_s, ms};
    }

    /**
     * The hash of the frames from .. to - 1 before any encoder, as `hecto film --hash` prints it.
     * @param {number} from_frame  a multiple of n_hold
     * @param {number} to_frame
     * @returns {Promise<string>}
     */
    async hash(from_frame, to_frame) {
        const request = {from: from_frame, to: to_frame};
        return (await this.enqueue({call: 'film.hash', request}, true)).hash;
    }

    /**
     * The film's sound, made by the same C in a worker of its own.
     * @param {(frac: number) => void} [told]  how far it is
     * @param {Float32Array|null} [music]  48 kHz, both channels in turn: what its score sounds like
     * @returns {Promise<{rate_hz: number, left: Float32Array, right: Float32Array}>}
     */
    async sound(told = () => {}, music = null) {
        const worker = new EngineWorker(this.code), {overlays = true} = this.request;
        // pictures are not asked of it: small, and without words
        const request = {titles: overlays, ...this.request, w_px: 128, h_px: 72, overlays: false};
        worker.onProgress = told;
        try {
            await worker.ready;
            await worker.ask({do: 'open', request});
            await worker.ask({do: 'music', lr: music});
            const {answer, floats} = await worker.floats('sound.make');
            return {rate_hz: answer.rate_hz, left: floats.left, right: floats.right};
        } finally {
            worker.close();
        }
    }

    /** The film in words. @param {'en'|'ja'} lang @returns {Promise<{captions, description}>} */
    texts(lang) {
        return this.enqueue({call: 'film.texts', request: {lang}}, true);
    }

    /** Workers end. */
    close() {
        this.generation++;
        this.forget();
        for (const hand of this.crew.splice(0))
            hand.worker.close();
    }
}
