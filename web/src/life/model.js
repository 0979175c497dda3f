// A story as the views ask for it: people, seasons, races and what passed between lives, linked.

const DAY_MS = 86400e3, YEAR_DAYS = 365.2425;

/** Reasons of an account, in the order of docs/formats/story.md. */
export const TERMS = [
    'growth', 'timing', 'training', 'technique', 'detraining', 'form', 'injury', 'ageing', 'luck',
    'mind', 'rival', 'idea', 'conditions'
];
/** What one can believe, in that order. */
export const BELIEFS = ['joy', 'fastest', 'effort', 'order', 'form', 'fear'];

/** Calendar year and its part of a day "YYYY-MM-DD"; NaN = not a day. */
export function yearOf(date) { return 1970 + Date.parse(`${date}T00:00:00Z`) / DAY_MS / YEAR_DAYS; }

/**
 * A time as it is announced: the next longer hundredth unless exact, by hand the next longer tenth.
 * @param {number} time_s
 * @param {boolean} [by_hand]
 */
export function officialTime(time_s, by_hand = false) {
    const step_us = by_hand ? 100000 : 10000;
    const time_us = Math.ceil(Math.round(time_s * 1e6) / step_us) * step_us;
    return (time_us / 1e6).toFixed(by_hand ? 1 : 2);
}

/** The number, or NaN for what a story leaves out. */
const numberOf = (value) => typeof value === 'number' ? value : NaN;

/**
 * @typedef {Object} Season  one school year: what the file says, and
 * @property {number} from_yr  calendar year and part, of its first day
 * @property {number} to_yr
 * @property {number} best_s  NaN = did not race
 * @property {{term: string, ln: number}[]} account  sums to ln end_s - ln start_s
 *
 * @typedef {Object} Person  what the file says, and
 * @property {number} index  among all people
 * @property {number} born_yr
 * @property {Season[]} seasons
 * @property {Run[]} runs  in time
 *
 * @typedef {Object} Run  what the file says, and
 * @property {Race} race
 * @property {Person} who
 * @property {number} time_s
 * @property {string} official  the time as it is announced
 * @property {{term: string, ln: number}[]} account  sums to ln time_s - ln level_s
 * @property {number} level_s  of a rested, calm runner in still air that day
 *
 * @typedef {Object} Race  what the file says, and
 * @property {number} index  in time
 * @property {number} at_yr
 * @property {Run[]} runs  by place
 * @property {Meeting[]} meetings  of the followed in it
 * @property {any} chapter  of the film, or null
 *
 * @typedef {{a: Person, b: Person, race: Race, count: number}} Meeting
 * @typedef {{from: Person, to: Person, idea: string, race: Race|null, at_yr: number, date: string,
 *            how: string, before: number, after: number}} Idea
 */

function accountOf(entries) {
    return TERMS.filter((term) => entries.has(term)).map((term) => ({term, ln: entries.get(term)}));
}

const sumOf = (account) => account.reduce((sum, entry) => sum + entry.ln, 0);

/** A story read, with all that points at one another linked. */
export class Model {
    /** @param {any} story  a story file @param {'en'|'ja'} lang */
    constructor(story, lang) {
        this.story = story;
        this.lang = lang;
        this.year_begins = story.year_begins || '04-02';
        /** @type {Person[]} */
        this.people = story.people.map((person, index) => this.readPerson(person, index));
        this.byId = new Map(this.people.map((person) => [person.id, person]));
        /** @type {Race[]} */
        this.races = story.races.map((race, index) => this.readRace(race, index));
        this.raceById = new Map(this.races.map((race) => [race.id, race]));
        this.readLinks();
        /** those whose years are told */
        this.followed = this.people.filter((person) => person.pinned && person.seasons.length);
        if (this.followed.length === 0)
            this.followed = this.people.filter((person) => person.seasons.length);
        const ends = this.followed.flatMap((p) => [p.seasons[0].from_yr, p.seasons.at(-1).to_yr]);
        this.from_yr = ends.length ? Math.min(...ends) : story.first_year;
        this.to_yr = ends.length ? Math.max(...ends) : story.last_year + 1;
    }

    readPerson(person, index) {
        const books = new Map();
        for (const entry of person.account || []) {
            if (!books.has(entry.year))
                books.set(entry.year, new Map());
            books.get(entry.year).set(entry.term, entry.d_ln_t);
        }
        const read = {
            ...person,
            index,
            born_yr: yearOf(person.born),
            runs: [],
            injuries: [],
            heard: [],
            told: [],
            pb_s: numberOf(person.pb_s),
            pb_age_yr: numberOf(person.pb_age_yr)
        };
        read.seasons = (person.seasons || []).map((season) => ({
            ...season,
            who: read,
            best_s: numberOf(season.best_s),
            from_yr: yearOf(`${season.year}-${this.year_begins}`),
            to_yr: yearOf(`${season.year + 1}-${this.year_begins}`),
            account: accountOf(books.get(season.year) || new Map())
        }));
        return read;
    }

    readRace(race, index) {
        const read = {...race, index, at_yr: yearOf(race.date), meetings: [], chapter: null};
        read.runs = race.runs.map((run) => {
            const account = accountOf(new Map(Object.entries(run.account || {})));
            const time_s = run.time_us / 1e6;
            const one = {
                ...run,
                official: officialTime(time_s, race.hand_timed),
                race: read,
                who: this.byId.get(run.person),
                time_s,
                account,
                level_s: time_s * Math.exp(-sumOf(account))
            };
            one.who.runs.push(one);
            return one;
        });
        return read;
    }

    readLinks() {
        const {story, byId, raceById} = this;
        /** @type {Meeting[]} */
        this.meetings = (story.meetings || []).map((m) => ({
            a: byId.get(m.a),
            b: byId.get(m.b),
            race: raceById.get(m.race),
            count: m.count
        }));
        for (const meeting of this.meetings)
            meeting.race.meetings.push(meeting);
        /** @type {Idea[]} */
        this.ideas = (story.ideas || []).map((idea) => ({
            ...idea,
            from: byId.get(idea.from),
            to: byId.get(idea.to),
            race: raceById.get(idea.race) || null,
            at_yr: yearOf(idea.date)
        }));
        for (const idea of this.ideas) {
            idea.to.heard.push(idea);
            idea.from.told.push(idea);
        }
        for (const injury of story.injuries || [])
            byId.get(injury.person).injuries.push({
                ...injury,
                at_yr: yearOf(injury.date),
                to_yr: yearOf(injury.date) + injury.days_out / YEAR_DAYS
            });
        this.practices = (story.practices ||
            []).map((p) => ({...p, who: byId.get(p.person), at_yr: yearOf(p.date)}));
        for (const chapter of story.chapters || [])
            if (raceById.has(chapter.race))
                raceById.get(chapter.race).chapter = chapter;
    }

    /** A text in the page's language, the other one where there is none. */
    text(thing, key = 'name') {
        return (this.lang === 'ja' && thing[`${key}_ja`]) || thing[key] || '';
    }

    /** A race's name, with its round where the name does not say it. */
    nameOf(race) {
        const name = this.text(race);
        return race.round && !name.toLowerCase().includes(race.round.toLowerCase()) &&
                !(this.lang === 'ja' && race.name_ja)
            ? `${name}, ${race.round}`
            : name;
    }

    /** Where a week of the story lies. */
    weekYear(week) {
        return yearOf(`${this.story.first_year}-${this.year_begins}`) + week * 7 / YEAR_DAYS;
    }

    /** A person's age at an instant. */
    ageOf(person, at_yr) { return at_yr - person.born_yr; }

    seasonAt(person, at_yr) {
        return person.seasons.find((s) => at_yr >= s.from_yr && at_yr < s.to_yr) || null;
    }

    /** Level of a rested runner [s], between the days that the seasons give; NaN outside. */
    levelAt(person, at_yr) {
        const season = this.seasonAt(person, at_yr);
        if (!season)
            return NaN;
        const part = (at_yr - season.from_yr) / (season.to_yr - season.from_yr);
        return season.start_s + part * (season.end_s - season.start_s);
    }

    runOf(race, person) { return race.runs.find((run) => run.who === person) || null; }

    /** The followed who ran in a race, by place. */
    followedIn(race) { return race.runs.filter((run) => this.followed.includes(run.who)); }

    /** Meetings of two people, in time. */
    meetingsOf(a, b) {
        return this.meetings.filter((m) => (m.a === a && m.b === b) || (m.a === b && m.b === a));
    }

    injuriesIn(season) {
        return season.who.injuries.filter(
            (i) => i.at_yr >= season.from_yr && i.at_yr < season.to_yr);
    }

    /** What moved one in a season, the largest first; what was said twice is told once. */
    heardIn(season) {
        const joined = new Map();
        for (const idea of season.who.heard) {
            if (idea.at_yr < season.from_yr || idea.at_yr >= season.to_yr)
                continue;
            const key = [idea.from.index, idea.idea, idea.date].join();
            const before = joined.has(key) ? joined.get(key).before : idea.before;
            joined.set(key, {...idea, before});
        }
        return [...joined.values()].sort(
            (x, y) => Math.abs(y.after - y.before) - Math.abs(x.after - x.before));
    }
}
