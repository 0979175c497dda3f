// Labels that do not stand on one another.

const WIDE = /[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60]/;

/** Width of a text, near enough to place it; never too narrow. */
export function textWidth(text, size_px) {
    let em = 0;
    for (const letter of text)
        em += WIDE.test(letter)                 ? 1.02
            : letter.length > 1                 ? 1.2
            : /[MWmw@—]/.test(letter)         ? 0.9
            : /[iIljtf.,:;'()\- ]/.test(letter) ? 0.36
                                                : 0.6;
    return em * size_px;
}

/** The text, cut with an ellipsis so that it is no wider. */
export function fitText(text, w_px, size_px) {
    if (textWidth(text, size_px) <= w_px)
        return text;
    let letters = [...text];
    while (letters.length && textWidth(`${letters.join('')}…`, size_px) > w_px)
        letters = letters.slice(0, -1);
    return letters.length ? `${letters.join('').trimEnd()}…` : '';
}

/** Boxes that are taken in a picture. */
export class Room {
    /** Corners of the picture [px]. */
    constructor(x0, y0, x1, y1) {
        this.bounds = [x0, y0, x1, y1];
        this.taken = [];
    }

    isFree([x0, y0, x1, y1]) {
        const [bx0, by0, bx1, by1] = this.bounds;
        return x0 >= bx0 && y0 >= by0 && x1 <= bx1 && y1 <= by1 &&
            this.taken.every((t) => x1 <= t[0] || x0 >= t[2] || y1 <= t[1] || y0 >= t[3]);
    }

    take(box) { this.taken.push(box); }

    /**
     * Find a place for a text beside a point: right, left, above, below it, then further out.
     * @returns {{x: number, y: number, anchor: string}|null}  null = there is none
     */
    place(text, x, y, size_px, away_px = 7) {
        const w = textWidth(text, size_px), h = size_px * 1.1;
        for (const out of [1, 1.9, 2.8])
            for (const [side, up] of [
                     [1, 0], [-1, 0], [0, -1], [0, 1], [1, -1], [-1, -1], [1, 1], [-1, 1]]) {
                const cx = x + side * (away_px * (up ? 0.7 * out : out) + w / 2);
                const cy = y + up * (away_px * out + h / 2);
                const box = [cx - w / 2 - 1, cy - h / 2, cx + w / 2 + 1, cy + h / 2];
                if (!this.isFree(box))
                    continue;
                this.take(box);
                return {x: cx - w / 2, y: cy + size_px * 0.36, anchor: 'start'};
            }
        return null;
    }
}
