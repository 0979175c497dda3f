// Letters that the page must draw by itself: words of a changed race that nobody recorded.

const FAMILY = 'Inter, "Noto Sans CJK JP", "Noto Sans JP", "Hiragino Sans", "Yu Gothic", ' +
    'sans-serif';
const GUESS_EM = 0.56; // [1] mean width of a letter, where there is no canvas

/** A canvas of at least this size, kept for the next word; null where there is none. */
function makeCanvas() {
    let canvas = null;
    return (w_px, h_px) => {
        if (typeof OffscreenCanvas !== 'function')
            return null;
        if (!canvas || canvas.width < w_px || canvas.height < h_px)
            canvas = new OffscreenCanvas(Math.max(w_px, 512), Math.max(h_px, 128));
        return canvas.getContext('2d', {willReadFrequently: true});
    };
}

/**
 * What the engine asks its host to draw (web/engine/text_host.c), as imports of Engine.load. Where
 * there is no canvas words keep their room and stay blank.
 * @returns {Record<string, Function>}
 */
export function hostLetters() {
    const context = makeCanvas();
    const setFont = (to, em_px, weight, track_px) => {
        to.font = `${weight} ${em_px}px ${FAMILY}`;
        if ('letterSpacing' in to)
            to.letterSpacing = `${track_px}px`;
        to.fontVariantNumeric = 'tabular-nums';
    };
    return {
        text_measure(engine, at, n, em_px, weight, track_px) {
            const text = engine.text(at, n), to = context(1, 1);
            if (!to)
                return [...text].length * (GUESS_EM * em_px + track_px);
            setFont(to, em_px, weight, track_px);
            return to.measureText(text).width;
        },
        text_draw_box(engine, at, n, em_px, weight, track_px, x, y, k, w_px, h_px, cover) {
            const text = engine.text(at, n), to = context(w_px, h_px);
            if (!to)
                return;
            to.setTransform(1, 0, 0, 1, 0, 0);
            to.clearRect(0, 0, w_px, h_px);
            setFont(to, em_px, weight, track_px);
            to.setTransform(k, 0, 0, 1, x, y);
            to.fillText(text, 0, 0);
            const rgba = to.getImageData(0, 0, w_px, h_px).data;
            const out = new Uint8Array(engine.c.memory.buffer, cover, w_px * h_px);
            for (let i = 0; i < out.length; i++)
                out[i] = Math.max(out[i], rgba[4 * i + 3]);
        },
    };
}
