// Why a time changed: the account of a season, of a life or of one run, with what is behind each
// entry.
import {el} from '../words.js';
import {signed, whyLife, whyRun, whySeason} from './account.js';
import {officialTime} from './model.js';
import {drawWaterfall, tableOfWaterfall} from './waterfall.js';

const HEARD_MOST = 5;
const HEARD_WORTH = 0.02;
const OFF_S = 0.0005; // an account that misses more than that says so

function noteOfSeason(model, w, season, term) {
    if (term === 'training')
        return w('life.why.weeks', season.weeks_trained, season.weeks_out);
    if (term === 'injury') {
        const worst = model.injuriesIn(season).sort((a, b) => b.days_out - a.days_out)[0];
        return worst ? w('life.why.injury',
                           w(`life.site.${worst.site === 'hamstring' ? 'hamstring' : 'other'}`),
                           worst.date, Math.round(worst.days_out))
                     : w('life.why.injury_before');
    }
    const heard = term === 'idea' ? model.heardIn(season)[0] : null;
    return heard ? w('life.why.idea', w(`life.idea.${heard.idea}`), model.text(heard.from)) : '';
}

function noteOfRun(w, run, term) {
    switch (term) {
    case 'conditions':
        return w('life.why.wind', signed(run.race.wind_mps, 1));
    case 'mind':
        return w('life.why.mind_run', signed(run.anxiety_z, 1), signed(run.confidence_z, 1));
    case 'rival':
        return w('life.why.rivals', run.n_rival);
    default:
        return '';
    }
}

/**
 * Picture, sum in words, notes and the table of an account.
 * @returns {HTMLElement}
 */
function accountNode(fall, how, w_px) {
    const {w} = how, d_ms = fall.to_ms - fall.from_ms;
    const way = d_ms < 0 ? w('life.why.faster')
        : d_ms > 0       ? w('life.why.slower')
                         : w('life.why.same');
    const notes = fall.steps.map((s) => [s.term, how.note(s.term)]).filter(([, note]) => note);
    return el('div', {class: 'life-account'}, drawWaterfall(fall, {...how, w_px}),
        el('p', {class: 'life-sum'},
            w('life.why.sum', fall.steps.length, signed(d_ms / 1000, 3),
                signed(100 * Math.log(fall.to_s / fall.from_s), 2), way)),
        Math.abs(fall.rest_s) > OFF_S
            ? el('p', {class: 'life-off'}, w('life.why.off', signed(fall.rest_s, 3)))
            : null,
        notes.length
            ? el('ul', {class: 'life-notes'},
                  ...notes.map(([term, note]) => el('li', {}, el('b', {}, w(`life.term.${term}`)),
                                   ' ', el('span', {dir: 'auto'}, note))))
            : null,
        el('details', {class: 'life-twin'}, el('summary', {}, w('life.why.table')),
            tableOfWaterfall(fall, how)));
}

/** Why one ran as he did in one race. */
export function accountOfRun(model, w, run, w_px) {
    return accountNode(whyRun(run), {
        w,
        from: w('life.why.from_run'),
        to: w('life.why.to_run'),
        note: (term) => noteOfRun(w, run, term)
    },
        w_px);
}

/** A way from what happened to what if it had not; null where that cannot be asked. */
function whatIfNot(at, thing, who) {
    const wish = at.whatIf && at.whatIf.wishOf(thing, who);
    return wish ? el('button', {
        type: 'button',
        class: 'life-link life-whatnot',
        'aria-label': `${at.w('life.whatif.button')} ${wish.label}`,
        onclick: () => at.ask(wish)
    }, at.w('life.whatif.button')) : null;
}

function hurtNode(at, season) {
    const {model, w} = at, injuries = model.injuriesIn(season);
    if (!injuries.length || !at.whatIf)
        return null;
    return el('ul', {class: 'life-notes'}, ...injuries.map((injury) => el('li', {},
        w('life.why.injury', w(`life.site.${injury.site === 'hamstring' ? 'hamstring' : 'other'}`),
            injury.date, Math.round(injury.days_out)), ' ', whatIfNot(at, injury, season.who))));
}

function heardNode(at, season) {
    const {model, w} = at;
    const heard = model.heardIn(season)
                      .filter((i) => Math.abs(i.after - i.before) >= HEARD_WORTH)
                      .slice(0, HEARD_MOST);
    const kept = model.practices.filter(
        (p) => p.who === season.who && p.at_yr >= season.from_yr && p.at_yr < season.to_yr);
    if (heard.length + kept.length === 0)
        return null;
    return el('div', {}, el('h4', {}, w('life.why.heard')),
        el('ul', {class: 'life-notes'},
            ...heard.map(
                (i) => el('li', {dir: 'auto'},
                    w(i.after >= i.before ? 'life.why.took' : 'life.why.lost', model.text(i.from),
                        w(`life.says.${i.idea}`), i.before.toFixed(2), i.after.toFixed(2),
                        i.race ? model.nameOf(i.race) : w(`life.how.${i.how}`)),
                    ' ', whatIfNot(at, i, season.who))),
            ...kept.map(
                (p) => el('li', {},
                    w('life.why.practice', p.date, w(`life.practice.${p.practice}`), p.around)))));
}

function metNode(model, w, season, onRace) {
    const races =
        season.who.runs.map((run) => run.race)
            .filter((r) => r.meetings.some((m) => m.a === season.who || m.b === season.who) &&
                    r.at_yr >= season.from_yr && r.at_yr < season.to_yr);
    if (races.length === 0)
        return null;
    return el('div', {}, el('h4', {}, w('life.why.met')),
        el('ul', {class: 'life-met'},
            ...races.map(
                (race) => el('li', {},
                    el('button', {type: 'button', class: 'life-link', onclick: () => onRace(race)},
                        `${race.date} ${model.nameOf(race)}`),
                    ' ',
                    el('span', {class: 'life-soft', dir: 'auto'},
                        model.followedIn(race)
                            .map((r) => `${r.place}. ${model.text(r.who)} ${r.official}`)
                            .join(' · '))))));
}

/**
 * The panel of a season or of a whole life.
 * @param {import('./mount.js').At} at
 */
export function whyPanel(at, choice) {
    const {model, w, state} = at;
    const who = choice.kind === 'life' ? choice.who : choice.season.who, name = model.text(who);
    const open = (season) => () => state.choose({kind: 'season', season});
    const i = choice.kind === 'season' ? who.seasons.indexOf(choice.season) : -1;
    const wide = at.w_px > 900 ? at.w_px * 0.62 : at.w_px;
    const [fall, how] = choice.kind === 'season'
        ? [whySeason(choice.season), {w, from: w('life.why.from_year'), to: w('life.why.to_year'),
            note: (term) => noteOfSeason(model, w, choice.season, term)}]
        : [whyLife(who), {w, from: w('life.age', who.seasons[0].age_yr.toFixed(1)),
            to: w('life.age', (who.seasons.at(-1).age_yr + 1).toFixed(1)), note: () => ''}];
    const side = choice.kind === 'season'
        ? el('div', {class: 'life-side'}, seasonFacts(model, w, choice.season),
              hurtNode(at, choice.season), heardNode(at, choice.season),
              metNode(model, w, choice.season, (race) => state.choose({kind: 'race', race, who})))
        : el('div', {class: 'life-side'}, lifeFacts(model, w, who));
    return el('article', {class: 'life-why'},
        el('header', {class: 'life-panelhead'},
            el('h3', {dir: 'auto', tabindex: -1},
                choice.kind === 'season' ? w('life.why.season', name, choice.season.year)
                                         : w('life.why.life', name)),
            el('nav', {},
                el('button', {
                    type: 'button',
                    disabled: i === 0 || i < 0,
                    onclick: i > 0 ? open(who.seasons[i - 1]) : null
                },
                    `‹ ${w('life.why.year_before')}`),
                el('button', {
                    type: 'button',
                    disabled: choice.kind === 'life',
                    onclick: () => state.choose({kind: 'life', who})
                },
                    w('life.why.whole')),
                el('button', {
                    type: 'button',
                    disabled: i < 0 || i + 1 >= who.seasons.length,
                    onclick: i >= 0 && i + 1 < who.seasons.length ? open(who.seasons[i + 1]) : null
                },
                    `${w('life.why.year_after')} ›`))),
        el('div', {class: 'life-columns'}, accountNode(fall, how, Math.floor(wide)), side));
}

function facts(pairs) {
    return el('dl', {class: 'life-facts'},
        ...pairs.flatMap(([name, value]) => [el('dt', {}, name), el('dd', {dir: 'auto'}, value)]));
}

function seasonFacts(model, w, season) {
    const most = Object.entries(season.beliefs).reduce((a, b) => b[1] > a[1] ? b : a);
    return facts([
        [
            w('life.age', season.age_yr.toFixed(1)),
            `${w(`life.stage.${season.stage}`)}, ${w(`life.standing.${season.standing}`)}`
        ],
        [
            w('life.legend.best'),
            Number.isFinite(season.best_s)
                ? w('life.tip.best', officialTime(season.best_s), season.n_race)
                : w('life.tip.no_race')
        ],
        [
            w('life.legend.figure'),
            w('life.tip.body', season.height_cm.toFixed(1), season.mass_kg.toFixed(1))
        ],
        [w('life.mind.confidence'), signed(season.confidence_z, 1)],
        [w('life.mind.motivation'), signed(season.motivation_z, 1)],
        [w('life.mind.burnout'), season.burnout_frac.toFixed(2)],
        [w('life.legend.belief'), `${w(`life.says.${most[0]}`)} (${most[1].toFixed(2)})`]
    ]);
}

function lifeFacts(model, w, who) {
    const pairs = [[w('life.born', who.born), who.kind || '']];
    if (Number.isFinite(who.pb_s))
        pairs.push([w('life.pb', officialTime(who.pb_s), who.pb_age_yr.toFixed(1)), '']);
    if (who.exit)
        pairs.push([w('life.label.left', who.exit), '']);
    const others = model.followed.filter((p) => p !== who && model.meetingsOf(who, p).length);
    return el('div', {}, facts(pairs), el('ul', {class: 'life-notes'}, ...others.map((p) => {
        const met = model.meetingsOf(who, p);
        const ahead =
            met.filter((m) => model.runOf(m.race, who).place < model.runOf(m.race, p).place).length;
        return el('li', {dir: 'auto'}, w('life.why.tally', model.text(p), met.length, ahead));
    })));
}
