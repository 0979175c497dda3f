// Numbers as a person reads them.

/** @param {number|null} v @param {number} digits @returns {string} "–" when there is none */
export function fixed(v, digits) {
    return v === null || v === undefined || !Number.isFinite(v) ? '–'
        : v.toFixed(digits).replace(/^-(?=0(\.0*)?$)/, '').replace('-', '−');
}

/** With its sign, + too. */
export function signed(v, digits) {
    if (v === null || v === undefined || !Number.isFinite(v))
        return '–';
    const text = fixed(v, digits);
    return text.startsWith('−') || Number(v.toFixed(digits)) === 0 ? text : `+${text}`;
}

/** Official time of a lane as on a board; of one without it, its status. */
export function boardTime(lane) {
    return lane.time_s === null || lane.time_s === undefined ? lane.status.toUpperCase()
        : lane.time_s.toFixed(2);
}

/** Linear between samples that stand dx apart from 0; null outside and beside gaps. */
export function sampleAt(samples, dx, x) {
    const u = x / dx, i = Math.floor(u + 1e-9);
    if (!(i >= 0) || i >= samples.length)
        return null;
    const a = samples[i], b = samples[Math.min(i + 1, samples.length - 1)];
    return a === null || b === null ? a : a + (b - a) * (u - i);
}

/** Where rising samples dx apart reach v; null = nowhere. */
export function placeOf(samples, dx, v) {
    for (let i = 1; i < samples.length; i++) {
        const a = samples[i - 1], b = samples[i];
        if (a !== null && b !== null && v >= a && v <= b && b > a)
            return dx * (i - 1 + (v - a) / (b - a));
    }
    return null;
}
