// What the page asks about the race that it shows: curves, fits, what if, the photo finish. The
// answers come from the C (web/engine/lab.h) in a worker of its own, started at the first question.
import workerText from '@worker/lab_worker';

/** The laboratory. One race is open at a time; questions are answered in order. */
export class Lab {
    /** @param {Uint8Array} engine  the module's bytes */
    constructor(engine) {
        this.engine = engine;
        this.worker = null;
        this.waiting = new Map();
        this.next_id = 1;
        /** the race that is open, as text; and how long the last change took in the engine */
        this.openText = null;
        this.change_ms = 0;
    }

    start() {
        const url = URL.createObjectURL(new Blob([workerText], {type: 'text/javascript'}));
        this.worker = new Worker(url);
        URL.revokeObjectURL(url);
        this.worker.onmessage = ({data}) => {
            const {resolve, reject} = this.waiting.get(data.id);
            this.waiting.delete(data.id);
            if (data.error)
                reject(Object.assign(new Error(data.error.message), {where: data.error.where}));
            else
                resolve(data);
        };
        this.worker.onerror = (event) => {
            for (const {reject} of this.waiting.values())
                reject(new Error(event.message || 'the laboratory has stopped'));
            this.waiting.clear();
        };
        this.ask({do: 'load', code: this.engine}).catch(() => {});
    }

    ask(message) {
        if (!this.worker)
            this.start();
        const id = this.next_id++;
        return new Promise((resolve, reject) => {
            this.waiting.set(id, {resolve, reject});
            this.worker.postMessage({id, ...message});
        });
    }

    /** End its thread; whoever waits is told so. */
    close() {
        if (this.worker)
            this.worker.terminate();
        this.worker = null;
        for (const {reject} of this.waiting.values())
            reject(new Error('closed'));
        this.waiting.clear();
    }

    async call(name, request = {}) {
        return (await this.ask({do: 'call', name, request})).answer;
    }

    /**
     * Open a race; the engine checks all of it. The one that was open stays when it refuses.
     * @param {object} race
     * @returns {Promise<object>}  bounds of what can be changed
     */
    async open(race) {
        const race_text = JSON.stringify(race);
        const {bounds} = await this.call('lab.open', {race_text});
        this.openText = race_text;
        return bounds;
    }

    /** Curves, gaps, steps, splits, fits. @param {boolean} made  of the changed race */
    series(made = false) {
        return this.call('lab.series', {made});
    }

    /**
     * @param {object} change  wind_mps, altitude_m, temp_c, lanes: [{lane, reaction_s, ...}]
     * @returns {Promise<object>}  effects, and the series of the changed race
     */
    async change(change) {
        const {answer, ms} = await this.ask({do: 'call', name: 'lab.change', request: {change}});
        this.change_ms = ms;
        return answer;
    }

    /** What the race was last changed to, as a race file. */
    async race() {
        return (await this.call('lab.race')).race;
    }

    /**
     * The photo finish.
     * @param {{made?: boolean, line_hz?: number, h_px?: number}} opts
     * @returns {Promise<{image: ImageData, line_hz: number, from_s: number,
     *           lanes: {lane: number, read_s: number, line: number, row: number}[]}>}
     */
    async photo({made = false, line_hz = 1000, h_px = 360} = {}) {
        const {answer, pixels} = await this.ask({do: 'photo', request: {made, line_hz, h_px}});
        return {...answer, image: new ImageData(pixels, answer.w_px, answer.h_px)};
    }
}
