// What if: facts are taken away or added, the life is lived again by the same C, and the two
// stories stand beside one another.
import {el} from '../words.js';

import {compareNode} from './compare.js';
import {factsOf, ideasOf, injuriesOf, sayEvent, wishOfIdea, wishOfInjury} from './facts.js';
import {futuresGroup} from './futures.js';
import {Liver} from './live.js';
import {Model} from './model.js';
import {changedScenario, countedScenario} from './wish.js';

const FUTURES = [0, 10, 30, 100];
const KINDS = ['injury', 'leave', 'return', 'teach', 'coach'];
const DAYS_OUT = 120, SESSIONS = 4, SALIENCE = 3;

/** The panel of the story as it is told; lives on beside other stories that are shown. */
export class WhatIf {
    /**
     * @param {import('../context.js').Context} ctx  with data.scenario_text
     * @param {Model} told
     * @param {(lived: {story: any, races: any[]}, change: string) => void} onShow
     */
    constructor(ctx, told, onShow) {
        this.ctx = ctx;
        this.w = ctx.w;
        this.told = told;
        this.onShow = onShow;
        this.scenario = JSON.parse(ctx.data.scenario_text);
        this.liver = new Liver(ctx.film.code, ctx.data.seed);
        /** @type {Map<string, import('./wish.js').Wish>} */
        this.wishes = new Map();
        this.n_added = 0;
        this.node = this.build();
        this.tellWishes();
    }

    /* ---- what is wished ---- */

    /** Wish something, or not any more. @param {import('./wish.js').Wish} wish */
    set(wish, is_on) {
        if (is_on)
            this.wishes.set(wish.key, wish);
        else
            this.wishes.delete(wish.key);
        this.tellWishes();
    }

    /** Wishes of an account: of what befell one, of what he heard; null = cannot be wished away. */
    wishOf(thing, who) {
        if (!this.scenario.people.some((p) => p.id === who.id))
            return null;
        if ('days_out' in thing)
            return injuriesOf(this.told, this.w, this.scenario, who)
                .find((wish) => wish.key === wishOfInjury(this.told, this.w, who, thing).key) ||
                null;
        return wishOfIdea(this.told, this.w, this.scenario, who, thing);
    }

    tellWishes() {
        const {w} = this, wishes = [...this.wishes.values()];
        this.chosen.replaceChildren(...wishes.map((wish) => el('li', {},
            el('span', {dir: 'auto'}, wish.label),
            el('button', {type: 'button', class: 'life-drop', onclick: () => this.set(wish, false),
                'aria-label': w('life.whatif.drop', wish.label)}, '✕'))));
        for (const box of this.node.querySelectorAll('input[data-wish]'))
            box.checked = this.wishes.has(box.dataset.wish);
        this.go.disabled = wishes.length === 0 || this.busy;
        this.none.hidden = wishes.length > 0;
    }

    checkbox(wish) {
        return el('label', {class: 'life-wish'},
            el('input', {type: 'checkbox', 'data-wish': wish.key,
                onchange: (event) => this.set(wish, event.target.checked)}),
            el('span', {dir: 'auto'}, wish.label));
    }

    list(title, wishes) {
        return wishes.length ? el('details', {class: 'life-wishes'},
                                   el('summary', {}, `${title} (${wishes.length})`),
                                   ...wishes.map((wish) => this.checkbox(wish)))
                             : null;
    }

    peopleSelect(label, attrs = {}) {
        const {told, scenario} = this;
        return el('label', {}, `${label} `, el('select', attrs, ...scenario.people.map(
            (p) => el('option', {value: p.id}, told.byId.has(p.id) ? told.text(told.byId.get(p.id))
                                                                 : told.text(p)))));
    }

    /** Injuries and ideas of one person. */
    personNode() {
        const {w, told, scenario} = this, lists = el('div');
        const fill = (id) => {
            const who = told.byId.get(id);
            lists.replaceChildren(...[
                this.list(w('life.whatif.injuries'), injuriesOf(told, w, scenario, who)),
                this.list(w('life.whatif.ideas'), ideasOf(told, w, scenario, who))
            ].filter(Boolean));
            this.tellWishes();
        };
        const select = this.peopleSelect(w('life.whatif.of'), {
            onchange: (event) => fill(event.target.value)
        });
        this.fillPerson = () => fill(select.querySelector('select').value);
        return el('div', {class: 'life-ofperson'}, select, lists);
    }

    /** A form for an event more. */
    addNode() {
        const {w, told} = this, first = told.followed[0];
        const kind = el('select', {onchange: () => show()},
            ...KINDS.map((k) => el('option', {value: k}, w(`life.whatif.kind.${k}`))));
        const who = this.peopleSelect(w('life.whatif.who'));
        const from = this.peopleSelect(w('life.whatif.from'));
        const day = el('input', {type: 'date', value: `${first.seasons[0].year + 10}-06-15`,
            min: `${first.seasons[0].year}-04-02`, max: `${told.story.last_year}-12-31`});
        const days = el('input', {type: 'number', min: 1, max: 1400, value: DAYS_OUT});
        const daysLabel = el('label', {}, `${w('life.whatif.days')} `, days);
        const show = () => {
            from.hidden = !['teach', 'coach'].includes(kind.value);
            daysLabel.hidden = kind.value !== 'injury';
        };
        const value = (label) => label.querySelector('select').value;
        const add = () => {
            if (!day.value || (!from.hidden && value(from) === value(who)))
                return day.focus();
            const event = {kind: kind.value, who: value(who), date: day.value};
            if (!from.hidden)
                event.from = value(from);
            if (event.kind === 'teach')
                Object.assign(event, {until: event.date, sessions: SESSIONS, salience: SALIENCE});
            if (event.kind === 'injury')
                Object.assign(event, {site: 'hamstring', days_out: Number(days.value) || DAYS_OUT});
            const label = w('life.whatif.also', event.date, sayEvent(told, w, event));
            return this.set({key: `add:${this.n_added++}`, kind: 'add', event, label}, true);
        };
        show();
        return el('div', {class: 'life-add'},
            el('label', {}, `${w('life.whatif.add')} `, kind), who, from,
            el('label', {}, `${w('life.whatif.day')} `, day), daysLabel,
            el('button', {type: 'button', onclick: add}, w('life.whatif.put')));
    }

    build() {
        const {w} = this;
        this.chosen = el('ul', {class: 'life-chosen'});
        this.none = el('p', {class: 'life-soft'}, w('life.whatif.none'));
        this.count = el('select', {}, ...FUTURES.map((n) => el('option', {value: n},
            n ? w('life.whatif.times', n) : w('life.whatif.once'))));
        this.follow = this.peopleSelect(w('life.whatif.follow'));
        this.go = el('button', {type: 'button', class: 'life-go', onclick: () => this.run()},
            w('life.whatif.go'));
        this.end = el('button', {type: 'button', hidden: true, onclick: () => this.liver.stop()},
            w('life.whatif.stop'));
        this.bar = el('progress', {max: 1, hidden: true, 'aria-label': w('life.whatif.go')});
        this.status = el('p', {class: 'life-soft', role: 'status'});
        this.result = el('div', {class: 'life-result'});
        const node = el('section', {class: 'life-whatif', 'aria-label': w('life.whatif.title')},
            el('h3', {}, w('life.whatif.title')),
            el('p', {class: 'life-soft'}, w('life.whatif.help')),
            el('div', {class: 'life-asking'},
                el('fieldset', {}, el('legend', {}, w('life.whatif.facts')),
                    ...factsOf(this.told, w, this.scenario).map((wish) => this.checkbox(wish))),
                el('fieldset', {}, el('legend', {}, w('life.whatif.befell')), this.personNode(),
                    this.addNode())),
            el('h4', {}, w('life.whatif.chosen')), this.none, this.chosen,
            el('div', {class: 'life-controls'}, this.go, this.end,
                el('label', {}, `${w('life.whatif.futures')} `, this.count), this.follow, this.bar),
            this.status, this.result);
        this.node = node;
        this.fillPerson();
        return node;
    }

    /* ---- living ---- */

    setBusy(is_busy) {
        this.busy = is_busy;
        this.go.disabled = is_busy || this.wishes.size === 0;
        this.end.hidden = this.bar.hidden = !is_busy;
        this.bar.removeAttribute('value');
    }

    async run() {
        const {w} = this, wishes = [...this.wishes.values()];
        this.setBusy(true);
        this.status.textContent = w('life.whatif.living');
        try {
            await this.liveOnce(wishes);
            if (Number(this.count.value) > 0)
                await this.liveOften(wishes, Number(this.count.value));
            this.status.textContent = '';
        } catch (error) {
            this.status.textContent =
                this.liver.worker ? `${w('life.whatif.failed')}: ${error.message}`
                                  : w('life.whatif.stopped');
        }
        this.setBusy(false);
    }

    async liveOnce(wishes) {
        const {w, told} = this, began_ms = performance.now();
        const {scenario, without} = changedScenario(this.scenario, wishes);
        const lived = await this.liver.live(scenario, without, 0, () => {});
        const took_s = (performance.now() - began_ms) / 1000;
        const change = wishes.map((wish) => wish.label).join('; ');
        this.result.replaceChildren(
            el('h4', {dir: 'auto'}, w('life.whatif.result', change)),
            el('div', {class: 'life-controls'},
                el('button', {type: 'button', class: 'life-show',
                    onclick: () => this.onShow(lived, change)}, w('life.whatif.show')),
                el('button', {type: 'button', onclick: () => this.save(scenario)},
                    w('life.whatif.save')),
                el('code', {}, `hecto life what-if.json --seed ${this.ctx.data.seed} --without ${
                    without.join(',')}`),
                el('span', {class: 'life-soft'}, w('life.whatif.took', took_s.toFixed(1)))),
            compareNode(told, new Model(lived.story, told.lang), scenario, w));
    }

    async liveOften(wishes, n) {
        const {w, told} = this, person = this.follow.querySelector('select').value;
        const names = [w('life.whatif.as_it_was'), w('life.whatif.as_wished')];
        const scenario = countedScenario(this.scenario, wishes, person, names);
        this.status.textContent = w('life.whatif.counting', 2 * n);
        const lived = await this.liver.live(scenario, [], n, (frac) => (this.bar.value = frac));
        const at = {model: told, w};
        this.result.append(futuresGroup(lived.story.futures, at));
    }

    save(scenario) {
        const bytes = new Blob([JSON.stringify(scenario, null, 1)], {type: 'application/json'});
        const link = el('a', {href: URL.createObjectURL(bytes), download: 'what-if.json'});
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    }
}
