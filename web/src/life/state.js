// What is shown of a story at the moment, and who wants to know when that changes.
import {Span} from './scale.js';

/**
 * @typedef {{kind: 'season', season: import('./model.js').Season}
 *         | {kind: 'life', who: import('./model.js').Person}
 *         | {kind: 'race', race: import('./model.js').Race, who: import('./model.js').Person|null}
 *         | null} Choice
 */

/** Changed by its methods, which tell whoever listens what has changed. */
export class State {
    /** @param {import('./model.js').Model} model */
    constructor(model) {
        this.model = model;
        this.axis = 'year';
        this.arrangement = 'lanes';
        this.focus = null;
        this.belief = null;
        this.hidden = new Set();
        /** @type {Choice} */
        this.choice = null;
        this.span = new Span(model.from_yr, model.to_yr);
        this.listeners = new Set();
        this.beginNear();
    }

    /** The first two lives fill the picture; earlier years of others are a step away. */
    beginNear() {
        const first = this.model.followed.slice(0, 2).filter((p) => p.seasons.length);
        if (first.length)
            this.span.put(Math.min(...first.map((p) => p.seasons[0].from_yr)), Infinity);
    }

    /** @param {(what: string) => void} fn */
    on(fn) { this.listeners.add(fn); }

    tell(what) {
        for (const fn of this.listeners)
            fn(what);
    }

    /** The lives that are shown, in order. */
    get shown() { return this.model.followed.filter((person) => !this.hidden.has(person)); }

    /** Where an instant of a life lies on the axis. */
    at(person, at_yr) { return this.axis === 'age' ? at_yr - person.born_yr : at_yr; }

    setAxis(axis) {
        if (axis === this.axis)
            return;
        this.axis = axis;
        const ends = this.model.followed.flatMap((p) => p.seasons.length
                ? [this.at(p, p.seasons[0].from_yr), this.at(p, p.seasons.at(-1).to_yr)]
                : []);
        this.span.reset(Math.min(...ends), Math.max(...ends));
        this.tell('span');
    }

    setArrangement(arrangement) {
        this.arrangement = arrangement;
        this.tell('shown');
    }

    setFocus(person) {
        this.focus = person;
        this.hidden.delete(person);
        this.tell('shown');
    }

    setBelief(belief) {
        this.belief = belief;
        this.tell('belief');
    }

    toggle(person) {
        if (this.hidden.has(person))
            this.hidden.delete(person);
        else if (this.shown.length > 1)
            this.hidden.add(person);
        if (this.hidden.has(this.focus))
            this.focus = null;
        this.tell('shown');
    }

    zoomAt(at, factor) {
        this.span.zoomAt(at, factor);
        this.tell('span');
    }

    moveBy(d_yr) {
        this.span.moveBy(d_yr);
        this.tell('span');
    }

    showAll() {
        this.span.reset();
        this.tell('span');
    }

    /** @param {Choice} choice */
    choose(choice) {
        this.choice = choice;
        if (choice && choice.kind === 'race') {
            const who = choice.who && choice.who.seasons.length
                ? choice.who
                : (this.model.followedIn(choice.race)[0] || {}).who;
            if (who)
                this.span.show(this.at(who, choice.race.at_yr));
        }
        this.tell('choice');
    }
}
