// Is what a page carries a race that views can rely on? The engine reads it again with all its own
// checks; these keep the charts and tables from ever meeting another shape than a race's.

const LANE_MAX = 10;

const isNumber = (v) => typeof v === 'number' && Number.isFinite(v);
const isText = (v) => typeof v === 'string';
const isObject = (v) => typeof v === 'object' && v !== null && !Array.isArray(v);

function rows(list, columns) {
    return Array.isArray(list) && list.every((row) => isObject(row) &&
        columns.every((name) => isNumber(row[name])));
}

function faultOfCurve(curve) {
    if (!isObject(curve) || !isNumber(curve.dt_s) || curve.dt_s <= 0)
        return '.dt_s';
    for (const name of ['x_m', 'v_mps'])
        if (!Array.isArray(curve[name]) || !curve[name].every(isNumber))
            return `.${name}`;
    return curve.x_m.length === curve.v_mps.length ? null : '.x_m';
}

function faultOfLane(lane) {
    if (!isObject(lane))
        return '';
    if (!Number.isInteger(lane.lane) || lane.lane < 1 || lane.lane > LANE_MAX)
        return '.lane';
    const text = ['name', 'team', 'status'].find((name) => !isText(lane[name]));
    if (text)
        return `.${text}`;
    if (lane.status !== 'dns' && !isNumber(lane.reaction_s))
        return '.reaction_s';
    if (!rows(lane.splits, ['distance_m', 'time_s']))
        return '.splits';
    if (!rows(lane.steps, ['on_s', 'off_s', 'x_m', 'side_m']))
        return '.steps';
    const curve = faultOfCurve(lane.curve);
    return curve === null ? null : `.curve${curve}`;
}

/**
 * Where a value is not what the file format of a race (docs/formats/race.md) has there.
 * @param {any} race
 * @returns {string|null}  the path of the value, as in "lanes[2].steps"; null = none
 */
export function faultOfRace(race) {
    if (!isObject(race) || race.format !== 'hectometre-race' || race.version !== 1)
        return 'format';
    const text = ['meet', 'event', 'date', 'round', 'venue', 'mode'].find((k) => !isText(race[k]));
    if (text)
        return text;
    const number = ['wind_mps', 'altitude_m', 'temp_c'].find((k) => !isNumber(race[k]));
    if (number)
        return number;
    if (!Array.isArray(race.lanes) || race.lanes.length < 1 || race.lanes.length > LANE_MAX)
        return 'lanes';
    for (const [i, lane] of race.lanes.entries()) {
        const fault = faultOfLane(lane);
        if (fault !== null)
            return `lanes[${i}]${fault}`;
    }
    return null;
}
