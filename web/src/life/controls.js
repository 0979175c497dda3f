// Over the views: axis, arrangement, zoom, who is shown, who is looked for.
import {el} from '../words.js';

import {legendMark, lookOfLife} from './marks.js';

/** Buttons of which one is down. */
export function choiceButtons(title, values, now, labelOf, onChoose) {
    const buttons = values.map((value) => el('button', {
        type: 'button',
        'aria-pressed': String(value === now),
        onclick: () => {
            buttons.forEach((b, i) => b.setAttribute('aria-pressed', String(values[i] === value)));
            onChoose(value);
        }
    },
                                   labelOf(value)));
    return el('div', {class: 'life-choice', role: 'group', 'aria-label': title},
        el('span', {}, title), ...buttons);
}

function zoomButtons({w, state}) {
    const centre = () => (state.span.from_yr + state.span.to_yr) / 2;
    const button = (key, sign, fn) => el('button',
        {type: 'button', 'aria-label': w(`life.${key}`), title: w(`life.${key}`), onclick: fn},
        sign);
    return el('div', {class: 'life-choice', role: 'group'},
        button('zoom_out', '−', () => state.zoomAt(centre(), 1 / 1.6)),
        button('zoom_in', '+', () => state.zoomAt(centre(), 1.6)),
        button('zoom_all', '⤢', () => state.showAll()));
}

function people({model, w, state}) {
    const chips = model.followed.map((who, i) => {
        const look = lookOfLife(i), name = model.text(who);
        const focus = el('button', {
            type: 'button',
            class: 'life-chipname',
            title: w('life.focus', name),
            onclick: () => state.setFocus(state.focus === who ? null : who)
        },
            legendMark(look.shape, look.ink), el('span', {dir: 'auto'}, name));
        const shown = el('input', {
            type: 'checkbox',
            'aria-label': w('life.hide', name),
            onchange: () => state.toggle(who)
        });
        return {who, focus, shown, node: el('span', {class: 'life-chip'}, shown, focus)};
    });
    const update = () => {
        for (const {who, focus, shown, node} of chips) {
            focus.setAttribute('aria-pressed', String(state.focus === who));
            shown.checked = !state.hidden.has(who);
            node.classList.toggle('is-focus', state.focus === who);
        }
    };
    update();
    state.on(update);
    return el('div', {class: 'life-people'}, ...chips.map((c) => c.node));
}

/** The one whose name is meant: all of it, else its beginning, else a part of it. */
export function findPerson(model, text) {
    const sought = text.trim().toLocaleLowerCase();
    if (!sought)
        return null;
    const names =
        (p) => [p.name, p.name_ja, p.id].filter(Boolean).map((n) => n.toLocaleLowerCase());
    const tests = [(n) => n === sought, (n) => n.startsWith(sought), (n) => n.includes(sought)];
    for (const test of tests) {
        const found = [...model.followed, ...model.people].find((p) => names(p).some(test));
        if (found)
            return found;
    }
    return null;
}

function search({model, w, state}) {
    const list = el('datalist', {id: 'life-names'},
        ...model.people.filter((p) => p.runs.length || p.seasons.length)
            .map((p) => el('option', {value: model.text(p)})));
    const input = el('input', {
        type: 'search',
        list: 'life-names',
        'aria-label': w('life.search'),
        placeholder: w('life.search')
    });
    const answer = el('output', {class: 'life-soft', dir: 'auto'});
    const go = (event) => {
        event.preventDefault();
        const found = findPerson(model, input.value);
        answer.textContent = !input.value.trim() ? ''
            : found ? w('life.person.races', model.text(found), found.runs.length)
                    : w('life.search_none', input.value.trim());
        if (!found)
            return;
        state.sought = found;
        if (found.seasons.length) {
            state.setFocus(found);
            state.choose({kind: 'life', who: found});
        } else {
            state.tell('sought');
        }
    };
    return el('form', {class: 'life-search', role: 'search', onsubmit: go}, input, list,
        el('button', {type: 'submit'}, w('life.search_go')), answer);
}

/** @param {{model: import('./model.js').Model, w: any, state: import('./state.js').State}} at */
export function controls(at) {
    const {w, state} = at;
    return el('div', {class: 'life-controls'}, people(at),
        choiceButtons(w('life.lanes'), ['lanes', 'together'], state.arrangement,
            (v) => w(`life.lanes.${v}`), (v) => state.setArrangement(v)),
        choiceButtons(w('life.axis'), ['year', 'age'], state.axis, (v) => w(`life.axis.${v}`),
            (v) => state.setAxis(v)),
        zoomButtons(at), search(at));
}
