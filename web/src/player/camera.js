// Cameras of the player's own: one that goes along with a runner, one that is led by hand. World as
// in the engine: x to the runners' left, y up, z along the track, metres.

const MIDDLE_LANE = 4.5,
    LANE_M = 1.22; // data/race.h: hm_lane_centre_m
const FOLLOW = {
    // where the eye is, from the runner's feet
    // on their right, as all of the director's cameras: nobody runs from right to left
    side: {from_m: [-6.5, 1.3, 0.4], up_m: 0.98, vfov_deg: 30},
    front: {from_m: [-1.1, 1.25, 8.5], up_m: 1.05, vfov_deg: 24},
    behind: {from_m: [-0.9, 1.75, -6.5], up_m: 1.05, vfov_deg: 30},
};
const OVER_M = 0.33; // higher, from the side, for each lane that is looked across
const SOFT_S = 0.35; // the camera looks at where the runner is on average over twice this
const LEAST_UP_M = 0.15;
const PITCH = {least_rad: -0.2, most_rad: 1.5};
const AWAY = {least_m: 1.2, most_m: 160};

/** How far a lane has come at a race time [m]. */
export function laneX(lane, race_t_s) {
    const x_m = lane.curve && lane.curve.x_m;
    if (!x_m || x_m.length === 0)
        return 0;
    const at = Math.min(Math.max(race_t_s / lane.curve.dt_s, 0), x_m.length - 1);
    const i = Math.min(Math.floor(at), Math.max(0, x_m.length - 2)),
        u = at - i;
    return x_m.length < 2 ? x_m[0] : x_m[i] + u * (x_m[i + 1] - x_m[i]);
}

function smoothX(lane, race_t_s) {
    let sum = 0;
    for (let k = -2; k <= 2; k++)
        sum += laneX(lane, race_t_s + (k * SOFT_S) / 2);
    return sum / 5;
}

const laneCentre = (lane) => (MIDDLE_LANE - lane.lane) * LANE_M;

function laneOf(race, number) {
    return race.lanes.find((lane) => lane.lane === number) || null;
}

/** The lane that is followed when nobody was chosen: the winner's. */
export function defaultLane(race) {
    const placed = race.lanes.filter((lane) => lane.place > 0);
    placed.sort((a, b) => a.place - b.place);
    return (placed[0] || race.lanes[0]).lane;
}

/**
 * A camera that goes along with a runner.
 * @param {any} race
 * @param {number} number  of the lane
 * @param {'side'|'front'|'behind'} view
 * @param {number} race_t_s
 * @returns {{eye_m: number[], at_m: number[], vfov_deg: number}}
 */
export function followCamera(race, number, view, race_t_s) {
    const lane = laneOf(race, number) || race.lanes[0],
        f = FOLLOW[view];
    const x_m = laneCentre(lane),
        z_m = smoothX(lane, race_t_s);
    // in the blocks a runner is low and behind the line
    const up = Math.min(1, Math.max(0, z_m / 8));
    const at_m = [x_m, f.up_m - 0.4 * (1 - up), z_m - 0.35 * (1 - up)];
    const n_across =
        view === 'side' ? race.lanes.filter((other) => other.lane > lane.lane).length : 0;
    const eye_m = [
        x_m + f.from_m[0],
        f.from_m[1] + OVER_M * Math.min(n_across, 5),
        z_m + f.from_m[2],
    ];
    return {eye_m, at_m, vfov_deg: f.vfov_deg};
}

/** Where the free camera begins: at the side, ahead of whoever leads. */
export function startFree(race, race_t_s) {
    const lead_m = Math.max(0, ...race.lanes.map((lane) => laneX(lane, race_t_s)));
    return {
        at_m: [0, 0.9, Math.min(lead_m, 108) - 1],
        yaw_rad: -0.75,
        pitch_rad: 0.2,
        away_m: 14,
        vfov_deg: 34,
    };
}

const clamp = (x, least, most) => Math.min(Math.max(x, least), most);

/** A free camera as film.draw takes it. yaw 0 looks back along the track, from ahead. */
export function freeCamera(free) {
    const flat_m = free.away_m * Math.cos(free.pitch_rad);
    const eye_m = [
        free.at_m[0] + flat_m * Math.sin(free.yaw_rad),
        free.at_m[1] + free.away_m * Math.sin(free.pitch_rad),
        free.at_m[2] + flat_m * Math.cos(free.yaw_rad),
    ];
    eye_m[1] = Math.max(eye_m[1], LEAST_UP_M);
    return {eye_m, at_m: free.at_m, vfov_deg: free.vfov_deg};
}

/** The free camera that stands where another one does. */
export function freeOf(camera) {
    const [x, y, z] = camera.eye_m.map((v, k) => v - camera.at_m[k]);
    const away_m = Math.hypot(x, y, z);
    return {
        at_m: camera.at_m,
        yaw_rad: Math.atan2(x, z),
        pitch_rad: Math.asin(y / away_m),
        away_m,
        vfov_deg: camera.vfov_deg,
    };
}

/** Turn around what is looked at. */
export function orbit(free, turn_rad, tilt_rad) {
    return {
        ...free,
        yaw_rad: free.yaw_rad + turn_rad,
        pitch_rad: clamp(free.pitch_rad + tilt_rad, PITCH.least_rad, PITCH.most_rad),
    };
}

/** Move what is looked at: to the right in the picture, up, and into the picture, in metres. */
export function pan(free, right_m, up_m, ahead_m) {
    const s = Math.sin(free.yaw_rad),
        c = Math.cos(free.yaw_rad);
    // on the ground the view goes along (-s, -c), so its right is (c, -s)
    const at_m = [
        free.at_m[0] + right_m * c - ahead_m * s,
        free.at_m[1] + up_m,
        free.at_m[2] - right_m * s - ahead_m * c,
    ];
    return {
        ...free,
        at_m: [clamp(at_m[0], -60, 60), clamp(at_m[1], 0, 30), clamp(at_m[2], -60, 170)],
    };
}

/** @param {number} factor  above 1: farther away */
export function zoom(free, factor) {
    return {...free, away_m: clamp(free.away_m * factor, AWAY.least_m, AWAY.most_m)};
}
