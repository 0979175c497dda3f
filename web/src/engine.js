// One instance of the C behind the page (web/engine/engine.h): calls in JSON, pictures and samples
// by typed exports.

const WASI_BADF = 8;

/** What wasi-libc asks of a system: there are no files here; a dying program says why. */
function systemOf(getMemory, say) {
    const text = (at, n) => new TextDecoder().decode(new Uint8Array(getMemory().buffer, at, n));
    const known = {
        fd_write(fd, vectors, count, written) {
            const view = new DataView(getMemory().buffer);
            let n = 0;
            for (let i = 0; i < count; i++) {
                const at = view.getUint32(vectors + 8 * i, true);
                const size = view.getUint32(vectors + 8 * i + 4, true);
                say(text(at, size));
                n += size;
            }
            view.setUint32(written, n, true);
            return 0;
        },
        clock_time_get(id, precision, to) {
            new DataView(getMemory().buffer).setBigUint64(to, 0n, true);
            return 0;
        },
        proc_exit(code) {
            throw new Error(`the engine left with code ${code}`);
        },
    };
    return new Proxy(known, {get: (all, name) => all[name] || (() => WASI_BADF)});
}

/** An error that the engine told, not a fault of it. */
export class EngineError extends Error {
    /** @param {{message: string, where: string}} error */
    constructor(error) {
        super(error.where ? `${error.where}: ${error.message}` : error.message);
        this.name = 'EngineError';
        this.where = error.where;
    }
}

/** One engine. After a trap it is of no more use: every call says so. */
export class Engine {
    /**
     * @param {BufferSource|WebAssembly.Module} code
     * @param {Record<string, Function>} [host]  what the C may ask (web/engine/host.txt)
     * @returns {Promise<Engine>}
     */
    static async load(code, host = {}) {
        const engine = new Engine();
        const module = code instanceof WebAssembly.Module ? code : await WebAssembly.compile(code);
        engine.last_words = '';
        const system = systemOf(() => engine.c.memory, (text) => {
            engine.last_words = (engine.last_words + text).slice(-500);
        });
        const imports = {env: {}, wasi_snapshot_preview1: {}};
        for (const {module: place, name} of WebAssembly.Module.imports(module))
            imports[place][name] = place === 'env'
                ? (...args) => (host[name] ? host[name](engine, ...args) : 0)
                : system[name];
        engine.c = (await WebAssembly.instantiate(module, imports)).exports;
        engine.module = module;
        engine.c._initialize();
        engine.at = engine.c.engine_new();
        if (!engine.at)
            throw new Error('no memory for the engine');
        return engine;
    }

    /** Run fn with what is exported; a trap is told as an error, now and at every later call. */
    run(fn) {
        if (this.broken)
            throw new Error(this.broken);
        try {
            return fn(this.c);
        } catch (error) {
            if (error instanceof EngineError)
                throw error;
            this.broken = `the engine has stopped: ${this.last_words.trim() || error.message}`;
            throw new Error(this.broken);
        }
    }

    /** @param {number} at @param {number} n @returns {string} UTF-8 in memory */
    text(at, n) {
        return new TextDecoder().decode(new Uint8Array(this.c.memory.buffer, at, n));
    }

    /**
     * A copy of bytes in the engine's memory, given back by engine.c.engine_free.
     * @param {Uint8Array} bytes
     * @returns {number}
     */
    put(bytes) {
        const at = this.run((c) => c.engine_alloc(bytes.length));
        if (!at)
            throw new Error('no memory in the engine');
        new Uint8Array(this.c.memory.buffer, at, bytes.length).set(bytes);
        return at;
    }

    /** What the engine answered last; throws when it is an error. */
    answer() {
        const at = this.c.engine_answer(this.at), n = this.c.engine_answer_n(this.at);
        const answer = JSON.parse(this.text(at, n));
        if (answer.error)
            throw new EngineError(answer.error);
        return answer;
    }

    /**
     * @param {string} name     as in web/engine/calls.h
     * @param {object} request
     * @returns {any} the answer; throws EngineError with what the C says against it
     */
    call(name, request = {}) {
        const bytes = new TextEncoder().encode(JSON.stringify({call: name, ...request}));
        const at = this.put(bytes);
        try {
            this.run((c) => c.engine_call(this.at, at, bytes.length));
        } finally {
            if (!this.broken)
                this.c.engine_free(at);
        }
        return this.answer();
    }

    /**
     * Draw the open film.
     * @param {number} film_t_s
     * @param {{eye_m: number[], at_m: number[], vfov_deg: number}|null} camera  null = directed
     * @returns {{rgba: Uint8ClampedArray, race_t_s: number}}  rgba is the engine's own: copy it
     *   before the next call
     */
    draw(film_t_s, camera = null) {
        let at = 0;
        if (camera) {
            const numbers = new Float64Array([...camera.eye_m, ...camera.at_m, camera.vfov_deg]);
            at = this.put(new Uint8Array(numbers.buffer));
        }
        const px = this.run((c) => c.engine_draw(this.at, film_t_s, at));
        if (at)
            this.c.engine_free(at);
        if (!px)
            this.answer();
        const rgba = new Uint8ClampedArray(this.c.memory.buffer, px, 4 * this.w_px * this.h_px);
        return {rgba, race_t_s: this.c.engine_race_s(this.at)};
    }

    /** Music for sound.make. @param {Float32Array|null} lr  48 kHz, left and right in turn */
    setMusic(lr) {
        const at = lr ? this.put(new Uint8Array(lr.buffer, lr.byteOffset, lr.byteLength)) : 0;
        if (!this.run((c) => c.engine_sound_score(this.at, at, lr ? lr.length / 2 : 0)))
            throw new Error('no memory in the engine');
    }

    /** @param {number} at @param {number} n @returns {Float32Array} a copy of n floats in memory */
    floats(at, n) {
        return new Float32Array(this.c.memory.buffer, at, n).slice();
    }

    /**
     * Words of films as they were recorded, for all films that are opened from here on.
     * @param {Uint8Array} bytes  block hm-letters
     */
    setLetters(bytes) {
        const at = this.put(bytes);
        const done = this.run((c) => c.engine_letters(this.at, at, bytes.length));
        this.c.engine_free(at);
        if (!done)
            this.answer();
    }

    /** Open a film: see web/engine/film.c. */
    open(request) {
        const info = this.call('film.open', request);
        this.w_px = info.w_px;
        this.h_px = info.h_px;
        return info;
    }
}
