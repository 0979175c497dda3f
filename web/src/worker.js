// A worker holds one engine: it loads what it is sent, answers calls, draws pictures.
//   {id, do: 'load', code, letters}              -> {id}
//   {id, do: 'call', name, request}              -> {id, answer}
//   {id, do: 'open', request}                    -> {id, answer}            call film.open
//   {id, do: 'draw', film_t_s, camera, as_bytes} -> {id, bitmap | bytes, race_t_s, ms}
//   {id, do: 'music', lr}                        -> {id}    for sound.make
//   {id, do: 'floats', name, request}            -> {id, answer, floats}
//       for an answer with arrays: {NAME: {at, n}} in the engine's memory; floats has their copies
// What goes wrong: {id, error: {message, where}}. On the way of a long call: {progress}.
import {Engine} from './engine.js';
import {hostLetters} from './letters.js';

let engine = null;

const deeds = {
    async load({code, letters}) {
        const host_progress = (of, frac) => self.postMessage({progress: frac});
        engine = await Engine.load(code, {host_progress, ...hostLetters()});
        if (letters)
            engine.setLetters(letters);
        return {};
    },
    call: ({name, request}) => ({answer: engine.call(name, request)}),
    open: ({request}) => ({answer: engine.open(request)}),
    async draw({film_t_s, camera, as_bytes}) {
        const began_ms = performance.now();
        const {rgba, race_t_s} = engine.draw(film_t_s, camera);
        const ms = performance.now() - began_ms;
        const copy = new Uint8ClampedArray(rgba);
        if (as_bytes || typeof createImageBitmap !== 'function')
            return {bytes: copy, race_t_s, ms, take: [copy.buffer]};
        const bitmap = await createImageBitmap(new ImageData(copy, engine.w_px, engine.h_px));
        return {bitmap, race_t_s, ms, take: [bitmap]};
    },
    // lr: what the music sounds like, both channels in turn; null = none
    music({lr}) {
        engine.setMusic(lr);
        return {};
    },
    floats({name, request}) {
        const answer = engine.call(name, request), floats = {};
        for (const [key, {at, n}] of Object.entries(answer.arrays))
            floats[key] = engine.floats(at, n);
        return {answer, floats, take: Object.values(floats).map((f) => f.buffer)};
    },
};

self.onmessage = async ({data}) => {
    try {
        const {take = [], ...reply} = await deeds[data.do](data);
        self.postMessage({id: data.id, ...reply}, take);
    } catch (error) {
        self.postMessage({id: data.id, error: {message: error.message, where: error.where || ''}});
    }
};
