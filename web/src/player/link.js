// The part of the address after #: an instant, a look, a camera, a runner. Whoever opens the link
// sees what was seen. Keys of other views are left as they are.

const VIEWS = ['directed', 'side', 'front', 'behind', 'free'];

function numbers(text, n) {
    const parts = text.split(',').map(Number);
    return parts.length === n && parts.every(Number.isFinite) ? parts : null;
}

function readCamera(text) {
    const [view, rest] = text.split(':');
    if (!VIEWS.includes(view))
        return null;
    if (view !== 'free')
        return {view, free: null};
    const v = numbers(rest || '', 7);
    return v
        ? {
              view,
              free: {
                  at_m: v.slice(0, 3),
                  yaw_rad: v[3],
                  pitch_rad: v[4],
                  away_m: v[5],
                  vfov_deg: v[6],
              },
          }
        : null;
}

/**
 * What a link asks for; what it does not say or says wrongly is null.
 * @param {string} hash  with or without #
 * @returns {{film_t_s: number|null, look: string|null, cut: string|null, lane: number|null,
 *            camera: {view: string, free: object|null}|null}}
 */
export function readLink(hash) {
    const q = new URLSearchParams(hash.replace(/^#/, ''));
    const film_t_s = q.has('t') ? Number(q.get('t')) : NaN;
    const lane = Number(q.get('lane'));
    return {
        film_t_s: Number.isFinite(film_t_s) && film_t_s >= 0 ? film_t_s : null,
        look: q.get('look') || null,
        cut: q.get('cut') || null,
        lane: Number.isInteger(lane) && lane > 0 ? lane : null,
        camera: q.has('camera') ? readCamera(q.get('camera')) : null,
    };
}

function cameraText({view, free}) {
    if (view !== 'free')
        return view;
    const v = [...free.at_m, free.yaw_rad, free.pitch_rad, free.away_m, free.vfov_deg];
    return `free:${v.map((x) => String(Number(x.toFixed(3)))).join(',')}`;
}

/**
 * @param {string} hash  as it is
 * @param {{film_t_s: number, look: string, cut: string, lane: number|null,
 *          camera: {view: string, free: object|null}, home: {look: string, cut: string}}} state
 *        home: what the page shows without a link; it is not written down
 * @returns {string}  with #
 */
export function writeLink(hash, state) {
    const q = new URLSearchParams(hash.replace(/^#/, ''));
    const put = (key, value, is_plain) => (is_plain ? q.delete(key) : q.set(key, value));
    put('t', state.film_t_s.toFixed(2), false);
    put('look', state.look, state.look === state.home.look);
    put('cut', state.cut, state.cut === state.home.cut);
    put('lane', state.lane, state.lane === null);
    put('camera', cameraText(state.camera), state.camera.view === 'directed');
    return `#${q.toString().replaceAll('%3A', ':').replaceAll('%2C', ',')}`;
}
