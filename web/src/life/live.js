// A scenario lived in the page: the C of `hecto life` in a worker of its own, which can be stopped.
import {EngineWorker} from '../crew.js';

/** @typedef {{story: any, races: {id: string, index: number, look: string}[]}} Lived */

/** Lives one scenario at a time. */
export class Liver {
    /** @param {Uint8Array} code  the engine @param {string} seed  of the story */
    constructor(code, seed) {
        this.code = code;
        this.seed = seed;
        this.worker = null;
    }

    /**
     * @param {any} scenario
     * @param {string[]} without  switches that are taken away
     * @param {number} n_future   each future that the scenario asks for so often; 0 = none
     * @param {(frac: number) => void} onProgress
     * @returns {Promise<Lived>}  rejected when it is stopped
     */
    async live(scenario, without, n_future, onProgress) {
        this.worker = this.worker || new EngineWorker(this.code);
        this.worker.onProgress = onProgress;
        return this.worker.call('life.live', {
            scenario_text: JSON.stringify(scenario),
            seed: this.seed,
            without,
            n_future,
        });
    }

    /** Whatever is being lived is given up. */
    stop() {
        if (this.worker)
            this.worker.close();
        this.worker = null;
    }
}
