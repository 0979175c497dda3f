// What can be wished otherwise in a story: switches and events of its scenario, injuries that were
// drawn, ideas that passed.

const IDEAS_MOST = 12, DAY_MS = 86400e3;
const days = (date) => Date.parse(`${date}T00:00:00Z`) / DAY_MS;

/** @param {import('./model.js').Model} model */
function nameOf(model, id) {
    const person = model.byId.get(id);
    return person ? model.text(person) : id;
}

/** An event of the scenario in words. */
export function sayEvent(model, w, event) {
    const who = nameOf(model, event.who), from = event.from ? nameOf(model, event.from) : '';
    switch (event.kind) {
    case 'race':
        return w('life.whatif.race', model.text(event));
    case 'teach':
        return w('life.whatif.teach', from, who);
    case 'coach':
        return from ? w('life.whatif.coach', from, who) : w('life.whatif.coached', who);
    case 'move':
        return event.club ? w('life.whatif.move', who, event.club) : w('life.whatif.moves', who);
    case 'injury':
        return w('life.whatif.injury', who, Math.round(event.days_out));
    default:
        return w(`life.whatif.${event.kind}`, who);
    }
}

/** Wishes that take a fact of the scenario away. @returns {import('./wish.js').Wish[]} */
export function factsOf(model, w, scenario) {
    const switches = scenario.switches.map((s) => ({
        key: `switch:${s.name}`,
        kind: 'switch',
        name: s.name,
        label: model.text(s, 'change') || s.name
    }));
    const events = scenario.events.map((event, index) => ({event, index}))
                       .filter(({event}) => !event.without && !event.unless)
                       .map(({event, index}) => ({
                           key: `event:${index}`,
                           kind: 'event',
                           index,
                           label: w('life.whatif.not', event.date, sayEvent(model, w, event))
                       }));
    return [...switches, ...events];
}

/** Injuries of one that nobody pinned, the longest first. @returns {import('./wish.js').Wish[]} */
export function injuriesOf(model, w, scenario, who) {
    const pinned = (injury) => scenario.events.some((e) => e.kind === 'injury' &&
        e.who === who.id && Math.abs(days(e.date) - days(injury.date)) < 7);
    return who.injuries.filter((injury) => !pinned(injury))
        .sort((a, b) => b.days_out - a.days_out)
        .map((injury) => wishOfInjury(model, w, who, injury));
}

/** That an injury did not happen. @returns {import('./wish.js').Wish} */
export function wishOfInjury(model, w, who, injury) {
    const site = injury.site === 'hamstring' ? 'hamstring' : 'other';
    return {
        key: `spare:${who.id}:${injury.date}`,
        kind: 'spare',
        who: who.id,
        date: injury.date,
        label: w('life.whatif.spare', model.text(who), injury.date, w(`life.site.${site}`),
            Math.round(injury.days_out))
    };
}

/** Days of one school year past which the same words count as said again, another time. */
const APART_DAYS = 120;

/** Ideas that one met, the same from the same one in a row as one; what moved him most first. */
export function ideasOf(model, w, scenario, who) {
    const rows = [];
    for (const idea of [...who.heard].sort((a, b) => a.date < b.date ? -1 : 1)) {
        const row = rows.find((r) => r.from === idea.from && r.idea === idea.idea &&
            days(idea.date) - days(r.until) < APART_DAYS);
        if (row)
            Object.assign(row, {until: idea.date, sum: row.sum + idea.after - idea.before});
        else
            rows.push({...idea, until: idea.date, sum: idea.after - idea.before});
    }
    return rows.sort((a, b) => Math.abs(b.sum) - Math.abs(a.sum)).slice(0, IDEAS_MOST)
        .map((row) => wishOfIdea(model, w, scenario, who, row));
}

/**
 * That an idea was not met; from one who is not in the scenario: from nobody in that time.
 * @returns {import('./wish.js').Wish}
 */
export function wishOfIdea(model, w, scenario, who, row) {
    const from = scenario.people.some((p) => p.id === row.from.id) ? row.from.id : null;
    const until = row.until || row.date;
    return {
        key: `unheard:${who.id}:${row.from.id}:${row.idea}:${row.date}`,
        kind: 'unheard',
        who: who.id,
        from,
        idea: row.idea,
        date: row.date,
        until,
        label: w('life.whatif.unheard', model.text(who), w(`life.says.${row.idea}`),
            model.text(row.from),
            until === row.date ? row.date : w('life.whatif.span', row.date, until))
    };
}
