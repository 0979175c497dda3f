// Places to pixels through the view that the program has fitted; the twin of hm_view_pixel.

const LANE_M = 1.22;

/**
 * @typedef {{has_camera: boolean, no_camera: string, focal_px: number, centre_u_px: number,
 *   centre_v_px: number, k1: number, k2: number, ground: number[], r?: number[], t_m?: number[],
 *   rms_px: number, residual_px: (number|null)[], residual_mm: (number|null)[],
 *   leave_out_px: (number|null)[], focal_sigma_px: number|null, condition: number}} View
 */

function bend(view, u_px, v_px) {
    if (!view.k1 && !view.k2) return [u_px, v_px];
    const x = (u_px - view.centre_u_px) / view.focal_px,
        y = (v_px - view.centre_v_px) / view.focal_px;
    const q = x * x + y * y,
        grow = 1 + view.k1 * q + view.k2 * q * q;
    if (!(1 + 3 * view.k1 * q + 5 * view.k2 * q * q > 0)) return null;
    return [
        view.centre_u_px + grow * x * view.focal_px,
        view.centre_v_px + grow * y * view.focal_px,
    ];
}

/**
 * Pixel of a place; null behind the camera, or off the ground when there is no camera.
 * @param {View} view
 * @returns {[number, number]|null}
 */
export function pixelOf(view, x_m, y_m, z_m = 0) {
    if (view.has_camera) {
        const {r, t_m} = view;
        const c = [0, 3, 6].map((i, k) => r[i] * x_m + r[i + 1] * y_m + r[i + 2] * z_m + t_m[k]);
        if (!(c[2] > 1e-3)) return null;
        return bend(
            view,
            view.centre_u_px + (view.focal_px * c[0]) / c[2],
            view.centre_v_px + (view.focal_px * c[1]) / c[2]
        );
    }
    const h = view.ground,
        w = h[6] * x_m + h[7] * y_m + h[8];
    if (z_m !== 0 || !(w > 1e-12)) return null;
    return [(h[0] * x_m + h[1] * y_m + h[2]) / w, (h[3] * x_m + h[4] * y_m + h[5]) / w];
}

/** Where the camera stands, metres of the track; null without one. */
export function eyeOf(view) {
    if (!view.has_camera) return null;
    const {r, t_m} = view;
    return [0, 1, 2].map((j) => -(r[j] * t_m[0] + r[3 + j] * t_m[1] + r[6 + j] * t_m[2]));
}

/** The edges of lanes that a marks file or, without lanes, its points speak of [m]. */
export function laneEdges_m(marks) {
    const edges = new Set();
    for (const lane of marks.lanes)
        edges.add(+lane.from_y_m.toFixed(3)).add(+lane.to_y_m.toFixed(3));
    if (edges.size === 0) {
        const most_m = Math.max(LANE_M, ...marks.points.map((p) => p.y_m ?? 0));
        for (let k = 0; k * LANE_M < most_m + 0.5 * LANE_M; k++)
            edges.add(+(k * LANE_M).toFixed(3));
    }
    return [...edges].sort((a, b) => a - b);
}

function line(view, from, to, step_m) {
    const length_m = Math.hypot(...from.map((v, i) => to[i] - v));
    const n = Math.max(1, Math.ceil(length_m / step_m));
    const parts = [[]];
    for (let i = 0; i <= n; i++) {
        const at = from.map((v, k) => v + ((to[k] - v) * i) / n);
        const uv = pixelOf(view, at[0], at[1], at[2]);
        if (uv && Math.abs(uv[0]) < 1e5 && Math.abs(uv[1]) < 1e5) parts[parts.length - 1].push(uv);
        else if (parts[parts.length - 1].length) parts.push([]);
    }
    return parts.filter((p) => p.length > 1);
}

/**
 * The track as lines over the picture.
 * @param {View} view
 * @returns {{kind: 'lane'|'five'|'ten'|'finish'|'pole', at_m: number,
 *            parts: [number, number][][]}[]}
 */
export function gridOf(view, marks) {
    const placed = marks.points.filter((p) => p.x_m !== null);
    const edges = laneEdges_m(marks),
        lo_y = edges[0],
        hi_y = edges[edges.length - 1];
    const xs = placed.map((p) => p.x_m);
    const lo_x = Math.max(-15, 5 * Math.floor(Math.min(...xs) / 5) - 5);
    const hi_x = Math.min(125, 5 * Math.ceil(Math.max(...xs) / 5) + 5);
    const lines = edges.map((y) => ({
        kind: 'lane',
        at_m: y,
        parts: line(view, [lo_x, y, 0], [hi_x, y, 0], 0.5),
    }));
    for (let x = lo_x; x <= hi_x; x += 5)
        lines.push({
            kind: x % 10 ? 'five' : 'ten',
            at_m: x,
            parts: line(view, [x, lo_y, 0], [x, hi_y, 0], 0.3),
        });
    const finish_m = marks.finish_x_m;
    if (typeof finish_m === 'number') {
        lines.push({
            kind: 'finish',
            at_m: finish_m,
            parts: line(view, [finish_m, lo_y, 0], [finish_m, hi_y, 0], 0.3),
        });
        for (const y of view.has_camera ? [lo_y, hi_y] : [])
            lines.push({
                kind: 'pole',
                at_m: finish_m,
                parts: line(view, [finish_m, y, 0], [finish_m, y, 1.5], 0.3),
            });
    }
    return lines;
}

/**
 * The point without which the rest would fit best; -1 = none. What leaving it out takes from the
 * sum of squares is its error times the error it has when left out (linear least squares): the
 * latter alone would blame a point that merely stands far off.
 */
export function worstOf(view, points) {
    let worst = -1,
        most = 0;
    points.forEach((p, i) => {
        const px = view.residual_px[i] ?? 0,
            share = (px * (view.leave_out_px[i] ?? px)) / (p.sigma_px ?? 1) ** 2;
        if (share > most) {
            most = share;
            worst = i;
        }
    });
    return worst;
}
