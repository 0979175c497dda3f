// How a lane looks in every chart and table: a colour that the colour-blind can tell, a dash and
// its number; never the colour alone. Colours: Okabe and Ito 2008, black as the ink of the page.

const COLOURS = ['ink', '#e69f00', '#56b4e9', '#009e73', '#0072b2', '#d55e00', '#cc79a7', '#8a8a8a',
    '#b3a100', 'ink'];
const DASHES = [[], [9, 3], [2, 3], [], [10, 3, 2, 3], [5, 4], [14, 4], [2, 2, 7, 2], [9, 3],
    [3, 6]];

const LIGHT = {ink: '#1a1a1a', soft: '#555555', line: '#c9c9c9', paper: '#ffffff'};

/** Is the page being laid out for paper? (set by mount.js) */
export function isPrinting() {
    return Boolean(document.documentElement.dataset.print);
}

/** Colours of the page as they are now; on paper always dark on white. */
export function themeNow() {
    if (isPrinting())
        return LIGHT;
    const style = getComputedStyle(document.documentElement);
    return Object.fromEntries(Object.keys(LIGHT).map((name) =>
        [name, style.getPropertyValue(`--${name}`).trim() || LIGHT[name]]));
}

/** @param {number} lane @param {{ink: string}} theme */
export function laneLook(lane, theme) {
    const i = (lane - 1) % COLOURS.length;
    return {colour: COLOURS[i] === 'ink' ? theme.ink : COLOURS[i], dash: DASHES[i]};
}

/** The colour for a style sheet. */
export function laneCss(lane) {
    const colour = COLOURS[(lane - 1) % COLOURS.length];
    return colour === 'ink' ? 'var(--ink)' : colour;
}

/** Stripes of a colour: what stands on filled-in values. */
export function hatch(ctx, colour) {
    const tile = document.createElement('canvas');
    tile.width = tile.height = 8;
    const c = tile.getContext('2d');
    c.strokeStyle = colour;
    c.globalAlpha = .45;
    c.lineWidth = 1.4;
    c.beginPath();
    for (const from_px of [-8, 0, 8]) {
        c.moveTo(from_px, 8);
        c.lineTo(from_px + 8, 0);
    }
    c.stroke();
    return ctx.createPattern(tile, 'repeat');
}

/** #rrggbb with an alpha. */
export function faint(colour, alpha) {
    const hex = colour.replace('#', '');
    if (!/^[0-9a-f]{6}$/i.test(hex))
        return colour;
    const part = (i) => parseInt(hex.slice(i, i + 2), 16);
    return `rgba(${part(0)},${part(2)},${part(4)},${alpha})`;
}
