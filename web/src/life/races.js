// All races as a list, to be narrowed to a person or to the meetings.
import {el} from '../words.js';
import {signed} from './account.js';
import {legendMark, lookOfLife} from './marks.js';

const ROWS_AT_ONCE = 60;

/** Those that a filter keeps: a person, or the words all, chapters, meetings. */
export function keptRaces(model, filter) {
    if (filter === 'chapters')
        return model.races.filter((r) => r.chapter);
    if (filter === 'meetings')
        return model.races.filter((r) => r.meetings.length);
    const who = model.byId.get(filter);
    return who ? who.runs.map((run) => run.race) : model.races;
}

function row({model, w, state}, race) {
    const winner = race.runs[0];
    const followed = model.followedIn(race).map((run) => {
        const look = lookOfLife(model.followed.indexOf(run.who));
        return el('span', {class: 'life-inrow', dir: 'auto'}, legendMark(look.shape, look.ink),
            `${run.place}. ${model.text(run.who)} ${run.official}`);
    });
    return el('tr', {}, el('td', {class: 'life-date'}, race.date),
        el('th', {scope: 'row'},
            el('button', {
                type: 'button',
                class: 'life-link',
                dir: 'auto',
                onclick: () => state.choose({kind: 'race', race, who: null})
            },
                `${race.chapter ? '★ ' : ''}${model.nameOf(race)}`)),
        el('td', {}, w(`life.level.${race.level}`)),
        el('td', {class: 'r'}, signed(race.wind_mps, 1)),
        el('td', {dir: 'auto'}, model.text(winner.who)), el('td', {class: 'r'}, winner.official),
        el('td', {}, ...followed));
}

/** @returns {HTMLElement} */
export function racesView(at) {
    const {model, w, state} = at;
    const option = (value, text) => el('option', {value}, text);
    const select = el('select', {'aria-label': w('life.races.filter')},
        option('meetings', w('life.races.meetings')), option('chapters', w('life.races.chapters')),
        option('all', w('life.races.everybody')),
        ...[...model.followed,
            ...model.people.filter((p) => !model.followed.includes(p) && p.runs.length)]
            .map((p) => option(p.id, model.text(p))));
    const count = el('output', {class: 'life-soft'}), body = el('tbody');
    const more = el('button', {type: 'button', onclick: () => fill(ROWS_AT_ONCE)}, '…');
    let left = [];
    function fill(n) {
        body.append(...left.splice(0, n).map((race) => row(at, race)));
        more.hidden = left.length === 0;
        more.textContent = `+ ${Math.min(left.length, ROWS_AT_ONCE)}`;
    }
    function update() {
        left = [...keptRaces(model, select.value)];
        count.textContent = w('life.races.count', left.length);
        body.replaceChildren();
        fill(ROWS_AT_ONCE);
    }
    select.addEventListener('change', update);
    state.on((what) => {
        if (what !== 'sought' || !state.sought)
            return;
        select.value = state.sought.id;
        update();
        document.getElementById('life-tab-races').click();
    });
    if (!model.meetings.length)
        select.value = 'all';
    update();
    const head = ['date', 'race', 'level', 'wind', 'winner', 'time', 'followed'];
    return el('div', {},
        el('p', {class: 'life-filter'}, el('label', {}, w('life.races.filter'), ' ', select), ' ',
            count),
        el('div', {class: 'life-scroll'},
            el('table', {class: 'life-table'},
                el('thead', {},
                    el('tr', {},
                        ...head.map(
                            (k) => el('th',
                                {scope: 'col', class: ['wind', 'time'].includes(k) ? 'r' : null},
                                w(`life.races.${k}`))))),
                body)),
        more);
}
