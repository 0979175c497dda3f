// What the program says when it refuses, in the page's language and a person's words. Unknown texts
// stay as they are.

const KNOWN = [
    [/the same place as/, 'mark.why_same_place'],
    [/the same pixel as/, 'mark.why_same_pixel'],
    [/no three are in line/, 'mark.why_line'],
    [/swapped/, 'mark.why_swapped'],
    [/four or more points on the ground/, 'mark.why_few_ground'],
    [/focal length beside k1/, 'mark.why_k1'],
    [/tell the focal length/, 'mark.why_focal'],
    [/what a lens with/, 'mark.why_lens'],
];

/** @param {import('../context.js').Context} ctx @param {string} text */
export function refusalText(ctx, text) {
    const row = KNOWN.find(([like]) => like.test(text));
    return row ? ctx.w(row[1]) : text;
}
