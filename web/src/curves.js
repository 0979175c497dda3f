// The curves of a race as the page carries them, apart from the rest (src/cli/page_curves.c): what
// each number is apart from one that is foretold from the five before it.

const N_PLACE = 8, COUNT_BYTES = 4;

/* In the same order of operations as the C: the same bits. */
function foretell(x, i) {
    const a = i > 0 ? x[i - 1] : 0, b = i > 1 ? x[i - 2] : 0, c = i > 2 ? x[i - 3] : 0;
    const d = i > 3 ? x[i - 4] : 0, e = i > 4 ? x[i - 5] : 0;
    return 5 * (a - d) - 10 * (b - c) + e;
}

/* The numbers of all planes from number `at` on. */
function readNumbers(planes, n_all, at, n) {
    const numbers = [], value = new Float64Array(1), bits = new BigUint64Array(value.buffer);
    const bytes = new Uint8Array(N_PLACE), folded = new DataView(bytes.buffer);
    for (let i = 0; i < n; i++) {
        for (let k = 0; k < N_PLACE; k++)
            bytes[k] = planes[k * n_all + at + i];
        const apart = folded.getBigUint64(0, true);
        value[0] = foretell(numbers, i);
        bits[0] += apart & 1n ? ~(apart >> 1n) : apart >> 1n;
        numbers.push(value[0]);
    }
    return numbers;
}

/**
 * Put the curves where they belong. What is not a race is left as it is: it is told elsewhere.
 * @param {any} race  whose lanes lack theirs
 * @param {Uint8Array} bytes  block hm-curves; throws where it is cut short
 */
export function fillCurves(race, bytes) {
    const lanes = race && Array.isArray(race.lanes) ? race.lanes : [];
    const head_bytes = COUNT_BYTES * lanes.length;
    const n_all = Math.floor((bytes.length - head_bytes) / N_PLACE);
    if (lanes.length === 0)
        return;
    if (n_all < 0)
        throw new Error('curves: cut short');
    const counts = new DataView(bytes.buffer, bytes.byteOffset, head_bytes);
    const planes = bytes.subarray(head_bytes);
    let at = 0;
    for (const [i, lane] of lanes.entries()) {
        const n = counts.getUint32(COUNT_BYTES * i, true);
        if (at + 2 * n > n_all)
            throw new Error('curves: cut short');
        const x_m = readNumbers(planes, n_all, at, n);
        const v_mps = readNumbers(planes, n_all, at + n, n);
        at += 2 * n;
        if (lane && lane.curve && Array.isArray(lane.curve.x_m) && lane.curve.x_m.length === 0)
            Object.assign(lane.curve, {x_m, v_mps});
    }
}
