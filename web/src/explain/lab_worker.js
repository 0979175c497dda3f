// The laboratory's own thread: one engine that fits, changes and photographs races.
//   {id, do: 'load', code}            -> {id}
//   {id, do: 'call', name, request}   -> {id, answer, ms}
//   {id, do: 'photo', request}        -> {id, answer, pixels}   Uint8ClampedArray, moved
// What goes wrong: {id, error: {message, where}}.
import {Engine} from '../engine.js';

let engine = null;

function timed(name, request) {
    const began_ms = performance.now();
    const answer = engine.call(name, request);
    return {answer, ms: performance.now() - began_ms};
}

const deeds = {
    async load({code}) {
        engine = await Engine.load(code);
        return {};
    },
    call: ({name, request}) => timed(name, request),
    photo({request}) {
        const {answer, ms} = timed('lab.photo', request);
        const pixels = new Uint8ClampedArray(engine.c.memory.buffer, answer.pixels_at,
            4 * answer.w_px * answer.h_px).slice();
        return {answer, ms, pixels, take: [pixels.buffer]};
    },
};

async function answer(data) {
    try {
        const {take = [], ...reply} = await deeds[data.do](data);
        self.postMessage({id: data.id, ...reply}, take);
    } catch (error) {
        self.postMessage({id: data.id,
            error: {message: error.message, where: error.where || ''}});
    }
}

// one after the other: the engine may still be loading
let turn = Promise.resolve();
self.onmessage = ({data}) => {
    turn = turn.then(() => answer(data));
};
