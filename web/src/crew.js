// An engine in a worker of its own, asked by promises. Film, laboratory and sound each have theirs.
import workerText from '@worker/worker';

const compiled = new WeakMap();

/** The engine's code, compiled once for all workers. */
function codeOf(bytes) {
    if (!compiled.has(bytes))
        compiled.set(bytes, WebAssembly.compile(bytes));
    return compiled.get(bytes);
}

/** One engine in one worker. */
export class EngineWorker {
    /**
     * @param {Uint8Array} code
     * @param {Uint8Array|null} letters
     */
    constructor(code, letters = null) {
        this.waiting = new Map();
        this.next_id = 1;
        /** told how far a long call is, 0 .. 1 */
        this.onProgress = () => {};
        const url = URL.createObjectURL(new Blob([workerText], {type: 'text/javascript'}));
        this.worker = new Worker(url);
        URL.revokeObjectURL(url);
        this.worker.onmessage = ({data}) => this.take(data);
        this.worker.onerror = (event) => this.fail(event.message || 'the worker cannot start');
        this.ready = codeOf(code).then((module) => this.ask({do: 'load', code: module, letters}));
        this.ready.catch(() => {}); // whoever asks is told
    }

    take({id, error, ...reply}) {
        if (id === undefined)
            return this.onProgress(reply.progress);
        const {resolve, reject} = this.waiting.get(id);
        this.waiting.delete(id);
        if (error)
            reject(Object.assign(new Error(error.message), {where: error.where}));
        else
            resolve(reply);
    }

    fail(message) {
        this.broken = message;
        for (const {reject} of this.waiting.values())
            reject(new Error(message));
        this.waiting.clear();
    }

    /** @returns {Promise<any>} the reply, see worker.js */
    ask(message) {
        if (this.broken)
            return Promise.reject(new Error(this.broken));
        return new Promise((resolve, reject) => {
            const id = this.next_id++;
            this.waiting.set(id, {resolve, reject});
            this.worker.postMessage({id, ...message});
        });
    }

    /**
     * @param {string} name  as in web/engine/calls.h
     * @param {object} request
     * @returns {Promise<any>} the answer; rejected with what the C says against it
     */
    async call(name, request = {}) {
        await this.ready;
        return (await this.ask({do: 'call', name, request})).answer;
    }

    /**
     * As call, for answers with arrays of samples.
     * @returns {Promise<{answer: any, floats: Record<string, Float32Array>}>}
     */
    async floats(name, request = {}) {
        await this.ready;
        return this.ask({do: 'floats', name, request});
    }

    close() {
        this.fail('closed');
        this.worker.terminate();
    }
}
