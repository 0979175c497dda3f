// Sound faster or slower without another pitch: short pieces of it, each laid where it fits best
// (WSOLA). Every piece is counted from the beginning, so that the sound cannot drift from the film.

const HOP = 720; // samples between two pieces: 15 ms
const REACH = 384; // a piece may be taken so many samples sooner or later: 8 ms
const COARSE = 4; // every so many samples are compared

/** Where around `at` the sound goes on most like `like` does. */
function bestOffset(mono, at, like) {
    let best = 0,
        best_sum = -Infinity;
    for (let k = -REACH; k <= REACH; k += COARSE) {
        const from = at + k;
        if (from < 0 || from + HOP > mono.length || like + HOP > mono.length)
            continue;
        let sum = 0;
        for (let i = 0; i < HOP; i += COARSE)
            sum += mono[from + i] * mono[like + i];
        if (sum > best_sum) {
            best_sum = sum;
            best = k;
        }
    }
    return best;
}

function toMono(left, right) {
    const mono = new Float32Array(left.length);
    for (let i = 0; i < left.length; i++)
        mono[i] = left[i] + right[i];
    return mono;
}

/** Add a piece of 2 HOP samples under a raised cosine. */
function addPiece(out, to, from_samples, from, shape) {
    const n = Math.min(2 * HOP, out.length - to, from_samples.length - from);
    for (let i = Math.max(0, -from); i < n; i++)
        out[to + i] += shape[i] * from_samples[from + i];
}

/**
 * @param {Float32Array} left
 * @param {Float32Array} right
 * @param {number} speed  0.25 .. 4; sample i of the film is heard at i / speed, within 8 ms
 * @returns {{left: Float32Array, right: Float32Array}}
 */
export function stretch(left, right, speed) {
    const n = Math.round(left.length / speed),
        mono = toMono(left, right);
    const out = {left: new Float32Array(n), right: new Float32Array(n)};
    const shape = Float32Array.from(
        {length: 2 * HOP},
        (_, i) => 0.5 - 0.5 * Math.cos((Math.PI * (i + 0.5)) / HOP),
    );
    let next = null; // what would come after the last piece
    for (let k = -1; k * HOP < n; k++) {
        const at = Math.round(k * HOP * speed);
        const from = next === null ? at : at + bestOffset(mono, at, next);
        const skip = Math.max(0, -k * HOP); // the first piece begins before the sound
        addPiece(out.left, k * HOP + skip, left, from + skip, shape.subarray(skip));
        addPiece(out.right, k * HOP + skip, right, from + skip, shape.subarray(skip));
        next = from + HOP;
    }
    return out;
}
