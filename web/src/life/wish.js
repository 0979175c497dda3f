// What is wished otherwise in a life, and the scenario that says so: what is taken away or added
// hangs on one switch more, so that one scenario holds the story as told and the other one.

const SWITCH = 'what-if';
const DAY_MS = 86400e3, BEFORE_DAYS = 8; // an injury is spared from the week before on

/**
 * One thing that is otherwise. Which fields a kind has:
 *   switch  name                           a switch of the scenario is taken away
 *   event   index                          an event of the scenario does not happen
 *   spare   who, date                      an injury that was drawn does not happen
 *   unheard who, from|null, idea, date, until   an idea is not met
 *   add     event                          an event more
 * @typedef {{key: string, kind: 'switch'|'event'|'spare'|'unheard'|'add', label: string,
 *            name?: string, index?: number, who?: string, from?: string|null, idea?: string,
 *            date?: string, until?: string, event?: any}} Wish
 */

/** The event that a wish adds to a scenario; null = none. */
function eventOf(wish) {
    if (wish.kind === 'spare')
        return {kind: 'spare', who: wish.who, date: wish.date};
    if (wish.kind === 'unheard')
        return {
            kind: 'unheard',
            who: wish.who,
            ...(wish.from ? {from: wish.from} : {}),
            date: wish.date,
            until: wish.until,
            ideas: [wish.idea]
        };
    return wish.kind === 'add' ? wish.event : null;
}

/**
 * The scenario with the wishes in it, and the switches that make them come true.
 * @param {any} scenario
 * @param {Wish[]} wishes
 * @returns {{scenario: any, without: string[]}}  as for `hecto life --without`
 */
export function changedScenario(scenario, wishes) {
    const changed = structuredClone(scenario), without = [];
    const own = wishes.filter((wish) => wish.kind !== 'switch');
    for (const wish of wishes)
        if (wish.kind === 'switch')
            without.push(wish.name);
    for (const wish of own) {
        const event = eventOf(wish);
        if (event)
            changed.events.push({...event, unless: SWITCH});
        else
            changed.events[wish.index].without = SWITCH;
    }
    if (own.length) {
        const change = own.map((wish) => wish.label).join('; ');
        changed.switches.push({name: SWITCH, change, change_ja: change});
        without.push(SWITCH);
    }
    return {scenario: changed, without};
}

/** A day so many days later, YYYY-MM-DD. */
export function dayAfter(date, days) {
    return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Days on which a wish begins to matter. */
function datesOf(scenario, wish) {
    if (wish.kind === 'event')
        return [scenario.events[wish.index].date];
    if (wish.kind !== 'switch')
        return [eventOf(wish).date];
    const asked = scenario.futures.filter((f) => f.without.includes(wish.name));
    const events = scenario.events.filter((e) => e.without === wish.name || e.unless === wish.name);
    return [...events.map((e) => e.date), ...asked.map((f) => dayAfter(f.date, BEFORE_DAYS))];
}

/** The day on which the two stories part, a little before: futures branch there. */
export function branchOf(scenario, wishes) {
    const dates = wishes.flatMap((wish) => datesOf(scenario, wish)).sort();
    return dates.length ? dayAfter(dates[0], -BEFORE_DAYS) : null;
}

/** The scenario that counts futures of one life: as it was, and as it is wished. */
export function countedScenario(scenario, wishes, person, names) {
    const {scenario: changed, without} = changedScenario(scenario, wishes);
    const date = branchOf(scenario, wishes);
    changed.futures = [{name: names[0], date, person, without: []},
        {name: names[1], date, person, without}];
    return changed;
}
