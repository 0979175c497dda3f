// Where the numbers come from: what was measured and by whom, what was filled in and from how wide
// a prior, what was computed, and the remarks of the race.
import {el} from '../words.js';
import {fixed} from './numbers.js';
import {makeTable} from './table.js';

const DIGITS = {reaction_s: 3, stature_m: 2, mass_kg: 0};

/** The list of sources and of what was filled in. */
export class Sources {
    /** @param {import('./mount.js').Explain} view */
    constructor(view) {
        this.view = view;
        this.box = el('div', {});
        this.node = el('section', {class: 'hm-part', id: 'hm-explain-sources'},
            el('h2', {}, view.ctx.w('explain.sources')), this.box);
    }

    show() {
        const {w} = this.view.ctx, race = this.view.shown, sources = this.view.sources();
        this.box.replaceChildren(
            el('h3', {}, w('explain.is_measured')),
            sources.length ? el('ol', {class: 'sources'}, sources.map((text) =>
                el('li', {dir: 'auto'}, text))) : el('p', {}, w('explain.no_sources')),
            el('h3', {}, w('explain.is_filled')), el('div', {class: 'scroll'}, this.filled()),
            el('h3', {}, w('explain.is_computed')), el('p', {}, w('explain.computed_how')),
            race.notes.length ? el('h3', {}, w('explain.notes')) : null,
            race.notes.length ? el('ul', {class: 'sources'}, race.notes.map((text) =>
                el('li', {dir: 'auto'}, text))) : null);
    }

    filled() {
        const {w} = this.view.ctx, race = this.view.shown;
        const names = ['reaction_s', 'stature_m', 'mass_kg'];
        const rows = this.view.series.lanes.filter((l) => l.filled.length).map((l) => {
            const lane = race.lanes.find((x) => x.lane === l.lane);
            return {lane: l.lane, cells: [{text: `${l.lane} ${lane.name}`, head: true},
                ...names.map((name) => l.filled.includes(name) ? {kind: 'filled', text:
                    `${fixed(lane[name], DIGITS[name])}${this.spread(l.prior[name], DIGITS[name])}`}
                    : {text: w('explain.told')}),
                {text: l.filled.includes('splits') ? w('explain.from_prior') : w('explain.told')},
                {text: l.filled.filter((name) => name === 'age_yr' || name === 'sex')
                    .map((name) => w(`explain.fill_${name}`)).join(', ') || '–'}]};
        });
        return rows.length ? makeTable({caption: w('explain.filled_caption'), rows,
            head: [w('explain.runner'), ...names.map((n) => w(`explain.fill_${n}`)),
                w('explain.fill_splits'), w('explain.fill_other')]})
            : el('p', {}, w('explain.nothing_filled'));
    }

    spread(prior, digits) {
        return prior ? ` (${this.view.ctx.w('explain.prior_of', fixed(prior.lo90, digits),
            fixed(prior.hi90, digits))})` : '';
    }
}
