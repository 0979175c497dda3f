// Why a time changed: the entries of an account as steps from one time to another. Every step is
// shown as the difference of two shown times, so what stands on the page adds up to the change.

/**
 * @typedef {{term: string, ln: number, from_s: number, to_s: number, d_ms: number}} Step
 *          d_ms: as it is shown, a whole number of milliseconds; below 0 = faster
 * @typedef {{from_s: number, to_s: number, from_ms: number, to_ms: number, steps: Step[],
 *            rest_s: number}} Waterfall  rest_s: what the entries do not explain
 */

const WORTH_LN = 0.0005; // an entry below that is put together with others like it
const ms = (time_s) => Math.round(time_s * 1000);

/**
 * Steps from a time to another, what made it faster or slower most first, the small ones together.
 * @param {number} from_s
 * @param {number} to_s
 * @param {{term: string, ln: number}[]} account
 * @returns {Waterfall}
 */
export function waterfallOf(from_s, to_s, account) {
    const entries = account.filter((e) => Math.abs(e.ln) >= WORTH_LN)
                        .sort((a, b) => Math.abs(b.ln) - Math.abs(a.ln));
    const small_ln =
        account.filter((e) => Math.abs(e.ln) < WORTH_LN).reduce((sum, e) => sum + e.ln, 0);
    if (small_ln !== 0)
        entries.push({term: 'small', ln: small_ln});
    const steps = [];
    let sum_ln = 0;
    for (const entry of entries) {
        const before_s = from_s * Math.exp(sum_ln);
        sum_ln += entry.ln;
        const after_s = from_s * Math.exp(sum_ln);
        steps.push({...entry, from_s: before_s, to_s: after_s, d_ms: ms(after_s) - ms(before_s)});
    }
    const rest_s = to_s - from_s * Math.exp(sum_ln);
    return {from_s, to_s, from_ms: ms(from_s), to_ms: ms(to_s), steps, rest_s};
}

/** Of one school year. @param {import('./model.js').Season} season */
export function whySeason(season) {
    return waterfallOf(season.start_s, season.end_s, season.account);
}

/** Of one race: from the level of a rested, calm runner in still air to the time that was run. */
export function whyRun(run) { return waterfallOf(run.level_s, run.time_s, run.account); }

/** Of a whole life. @param {import('./model.js').Person} person */
export function whyLife(person) {
    const sums = new Map();
    for (const season of person.seasons)
        for (const entry of season.account)
            sums.set(entry.term, (sums.get(entry.term) || 0) + entry.ln);
    return waterfallOf(person.seasons[0].start_s, person.seasons.at(-1).end_s,
        [...sums].map(([term, ln]) => ({term, ln})));
}

/** "−0.123" with a true minus; plus where it is slower. */
export function signed(value, digits) {
    const text = Math.abs(value).toFixed(digits);
    return Number(text) === 0 ? text : value < 0 ? `−${text}` : `+${text}`;
}
