// What a mark of the picture says in words: for its label, and for the tip beside it.

import {officialTime} from './model.js';

/** @param {import('./model.js').Model} model @param {(key: string, ...parts: any[]) => string} w */
export function makeDescribe(model, w) {
    const nameOf = (person) => model.text(person);
    const self = {
        season(season) {
            const lines =
                [w('life.tip.season', nameOf(season.who), season.year, season.age_yr.toFixed(0),
                    w(`life.stage.${season.stage}`), w(`life.standing.${season.standing}`))];
            lines.push(Number.isFinite(season.best_s)
                    ? w('life.tip.best', officialTime(season.best_s), season.n_race)
                    : w('life.tip.no_race'));
            lines.push(w('life.tip.level', season.start_s.toFixed(2), season.end_s.toFixed(2)));
            if (season.weeks_out)
                lines.push(w('life.tip.out', season.weeks_out));
            lines.push(w('life.tip.body', season.height_cm.toFixed(0), season.mass_kg.toFixed(0)));
            return lines;
        },
        run(run) {
            const {race} = run;
            const lines = [
                w('life.tip.race', race.date, model.nameOf(race)),
                w('life.tip.run', nameOf(run.who), run.place, run.official)
            ];
            for (const m of race.meetings)
                if (m.a === run.who || m.b === run.who) {
                    const other = m.a === run.who ? m.b : m.a, their = model.runOf(race, other);
                    lines.push(w(their.place > run.place ? 'life.tip.ahead' : 'life.tip.behind',
                        nameOf(other), their.official, m.count));
                }
            if (race.chapter)
                lines.push(`★ ${model.text(race.chapter, 'title')}`);
            return lines;
        },
        idea(idea) {
            const how = idea.race ? model.nameOf(idea.race) : w(`life.how.${idea.how}`);
            return [
                w(`life.says.${idea.idea}`),
                w(idea.after >= idea.before ? 'life.tip.took' : 'life.tip.lost', nameOf(idea.from),
                    nameOf(idea.to), idea.before.toFixed(2), idea.after.toFixed(2)),
                `${idea.date}, ${how}`
            ];
        },
    };
    return self;
}
