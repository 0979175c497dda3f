// A race of the story: the result with what lies behind each time, the account of one runner, the
// meetings before and after, and the race itself, played.
import {mountExplain} from '../explain/mount.js';
import {mountPlayer} from '../player/mount.js';
import {el} from '../words.js';

import {signed} from './account.js';
import {legendMark, lookOfLife} from './marks.js';
import {askRace} from './replay.js';
import {accountOfRun} from './why.js';

/** The panel of a race, with a player and an explanation of its own. */
export class RacePanel {
    /** @param {{model: import('./model.js').Model, w: any, state: any, w_px: number}} at */
    constructor(at, ctx) {
        this.at = at;
        this.ctx = ctx;
        this.views = []; // the player and the explanation of the race
        this.asked = 0;  // so that an answer that comes late is dropped
    }

    /** Another thing is shown in place of the race. */
    leave() {
        this.asked++;
        this.leaveFilm();
    }

    /** @param {{race: import('./model.js').Race, who: any}} choice @returns {HTMLElement} */
    show(choice) {
        this.leave();
        const {model, w} = this.at, {race} = choice;
        const who = choice.who || (model.followedIn(race)[0] || race.runs[0]).who;
        this.account = el('div', {class: 'life-raceaccount'});
        this.place = el('div', {class: 'life-film'});
        const node = el('article', {class: 'life-racepanel'},
            el('header', {class: 'life-panelhead'}, this.titleNode(race),
                this.meetingNode(race, who)),
            el('div', {class: 'life-columns is-race'}, this.resultNode(race, who), this.account),
            this.place);
        this.tellWhy(model.runOf(race, who));
        this.play(race);
        return node;
    }

    titleNode(race) {
        const {model, w} = this.at;
        const facts = [
            race.date, w(`life.level.${race.level}`),
            w('life.race.air', signed(race.wind_mps, 1), race.temp_c.toFixed(0)),
            race.hand_timed ? w('life.race.hand') : null,
            race.standing_start ? w('life.race.standing') : null
        ].filter(Boolean);
        const {chapter} = race;
        return el('div', {}, el('h3', {dir: 'auto', tabindex: -1}, model.nameOf(race)),
            el('p', {class: 'life-soft'}, facts.join(' · ')),
            chapter
                ? el('div', {class: 'life-chapterbox'},
                      el('p', {class: 'life-chaptertitle', dir: 'auto'},
                          `★ ${model.text(chapter, 'title')}`),
                      el('p', {dir: 'auto'}, model.text(chapter, 'subtitle')),
                      el('div', {class: 'life-lines'},
                          ...(chapter.lines || [])
                              .map((line) => el('blockquote', {dir: 'auto'},
                                       model.text(line, 'text'),
                                       el('cite', {}, model.text(model.byId.get(line.person)))))))
                : null);
    }

    /** For each two who met here: the n-th time, and ways to the one before and the next. */
    meetingNode(race, who) {
        const {model, w, state} = this.at;
        const mine = race.meetings.filter((m) => m.a === who || m.b === who);
        return el('ul', {class: 'life-meetings'}, ...mine.map((meeting) => {
            const all = model.meetingsOf(meeting.a, meeting.b), i = all.indexOf(meeting);
            const button = (to, sign, key) => el('button', {
                type: 'button',
                disabled: !to,
                'aria-label': w(`life.race.${key}`),
                title: to ? `${w(`life.race.${key}`)}: ${to.race.date} ${model.nameOf(to.race)}`
                          : w(`life.race.${key}`),
                onclick: to ? () => state.choose({kind: 'race', race: to.race, who}) : null
            },
                sign);
            const other = meeting.a === who ? meeting.b : meeting.a;
            return el('li', {}, button(all[i - 1], '‹', 'previous'),
                el('span', {dir: 'auto'},
                    w('life.race.meeting', model.text(who), model.text(other), i + 1, all.length)),
                button(all[i + 1], '›', 'next'));
        }));
    }

    resultNode(race, who) {
        const {model, w} = this.at;
        const rows = race.runs.map((run) => {
            const order = model.followed.indexOf(run.who), name = model.text(run.who);
            const look = order >= 0 ? lookOfLife(order) : null;
            const why = el('button', {
                type: 'button',
                class: 'life-link',
                'aria-label': w('life.race.why_of', name, run.official),
                onclick: () => this.tellWhy(run)
            },
                w('life.race.why'));
            const row = el('tr', {class: order >= 0 ? 'is-followed' : null},
                el('td', {class: 'r'}, run.place), el('td', {class: 'r'}, run.lane),
                el('th', {scope: 'row', dir: 'auto'},
                    look ? legendMark(look.shape, look.ink) : null, name),
                el('td', {class: 'r'}, run.age_yr.toFixed(1)),
                el('td', {class: 'r'}, el('b', {}, run.official)),
                el('td', {class: 'r'}, run.level_s.toFixed(2)),
                el('td', {class: 'r'}, signed(run.time_s - run.level_s, 2)),
                el('td', {}, w(`life.idea.${run.belief}`)), el('td', {}, why));
            row.dataset.person = run.who.index;
            return row;
        });
        this.rows = rows;
        const head = ['place', 'lane', 'name', 'age', 'time', 'level', 'against', 'belief', 'why'];
        return el('div', {
            class: 'life-scroll',
            tabindex: 0,
            role: 'region',
            'aria-label': w('life.race.results')
        },
            el('table', {class: 'life-table'},
                el('thead', {},
                    el('tr', {},
                        ...head.map((k) => el('th', {
                            scope: 'col',
                            class: ['name', 'belief', 'why'].includes(k) ? null : 'r'
                        },
                                        w(`life.race.${k}`))))),
                el('tbody', {}, ...rows)));
    }

    tellWhy(run) {
        const {model, w} = this.at, name = model.text(run.who);
        for (const row of this.rows)
            row.classList.toggle('is-chosen', Number(row.dataset.person) === run.who.index);
        const w_px = this.at.w_px > 1000 ? Math.floor(this.at.w_px * 0.46) : this.at.w_px;
        this.account.replaceChildren(
            el('h4', {dir: 'auto'}, w('life.why.run', name, run.time_s.toFixed(3))),
            accountOfRun(model, w, run, w_px));
    }

    /** Have the race and hand it to the player; a race that is shown already stays. */
    async play(race) {
        const {w} = this.at, {ctx} = this;
        if (!ctx.film || !ctx.lab) {
            this.place.replaceChildren(el('p', {class: 'life-soft'}, w('life.race.no_film')));
            return;
        }
        const asked = ++this.asked;
        this.place.replaceChildren(
            el('p', {class: 'life-wait', role: 'status'}, w('life.race.playing')));
        try {
            const answer = await askRace(ctx, this.at.model, race);
            if (asked !== this.asked)
                return;
            ctx.data.look = answer.look;
            await this.mount(answer.race, asked);
        } catch (error) {
            if (asked === this.asked)
                this.place.replaceChildren(el('p', {class: 'life-off', role: 'alert'},
                    `${w('life.race.failed')}: ${error.message}`));
        }
    }

    /** A player and an explanation of this race, in place of those of the race before. */
    async mount(race, asked) {
        const {ctx} = this, {w} = this.at;
        this.leaveFilm();
        ctx.filedRace = ctx.race = race;
        ctx.setFocus(null);
        const player = el('section', {id: 'hm-film', 'aria-label': w('life.race.film')});
        const explain = el('section', {id: 'hm-explain', 'aria-label': w('page.explain')});
        this.place.replaceChildren(player, explain);
        for (const [node, mountView] of [[player, mountPlayer], [explain, mountExplain]]) {
            const view = await mountView(node, ctx);
            if (asked !== this.asked)
                return view.destroy();
            this.views.push(view);
        }
        return null;
    }

    leaveFilm() {
        for (const view of this.views.splice(0))
            view.destroy();
    }
}
