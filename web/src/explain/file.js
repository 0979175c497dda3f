// A race as a file: saved, and opened again. Nothing leaves the computer.
import {faultOfRace} from '../race.js';
import {el} from '../words.js';
import {changeOf} from './changes.js';

const FILE_MAX_BYTES = 16 << 20;
const WISH = 'what if link: ';

/** Hand a race to the reader as race.json, a file that hecto reads. */
export function saveRace(race) {
    const text = `${JSON.stringify(race)}\n`;
    const url = URL.createObjectURL(new Blob([text], {type: 'application/json'}));
    const link = el('a', {href: url, download: 'race.json', hidden: true});
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
}

/** Is a saved race a change of this one: the same meeting, with the wish written down? */
function wishOf(race, base) {
    const same = ['meet', 'event', 'date', 'round', 'venue'].every((k) => race[k] === base[k]);
    const note = race.notes.find((text) => text.startsWith(WISH));
    if (!same || !note)
        return null;
    const change = changeOf(note.slice(WISH.length));
    const known = Object.keys(change.lanes).every((lane) =>
        base.lanes.some((l) => l.lane === Number(lane)));
    return known ? change : null;
}

/**
 * @param {File} file
 * @param {object} base  the race that changes start from
 * @returns {Promise<{race: object, what: object|null}>}  what: the change of base that was saved
 */
export async function openRaceFile(file, base) {
    if (file.size > FILE_MAX_BYTES)
        throw new Error(`${file.size} > ${FILE_MAX_BYTES} bytes`);
    const race = JSON.parse(await file.text());
    const fault = faultOfRace(race);
    if (fault !== null || !Array.isArray(race.notes))
        throw new Error(fault || 'notes');
    return {race, what: wishOf(race, base)};
}
