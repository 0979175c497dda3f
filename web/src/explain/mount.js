// The race explained: result, linked charts, photo finish, what if, sources. One view holds what
// they share: the race that changes start from, the one that is shown, the numbers of the charts.
import './explain.css';
import {el} from '../words.js';
import {Charts} from './charts.js';
import {fixed} from './numbers.js';
import {Photo} from './photo.js';
import {Result} from './result.js';
import {Sources} from './sources.js';
import {WhatIf} from './whatif.js';

/* A picture that is asked for comes within that time; one of an instant so near is it. */
const ECHO_MS = 2000, NEAR_S = 0.1;

let n_mounted = 0;

/** The view of one race. */
export class Explain {
    /** @param {import('../context.js').Context} ctx */
    constructor(ctx) {
        this.ctx = ctx;
        this.number = n_mounted++;
        this.base = ctx.race;
        this.shown = ctx.race;
        this.bounds = null;
        this.series = null;
        this.baseSeries = null;
        this.made = false;
        this.effects = [];
        this.offs = [];
        this.seek_t_s = null;
        this.asked = null; // of the film, by the charts, until it comes
    }

    /** Who is followed; else the winner; else the first lane. */
    nearLane() {
        const {lanes} = this.shown;
        const has = (lane) => lanes.some((l) => l.lane === lane);
        if (this.ctx.focusLane !== null && has(this.ctx.focusLane))
            return this.ctx.focusLane;
        const first = lanes.find((l) => l.place === 1) || lanes[0];
        return first.lane;
    }

    effectOf(lane) {
        return this.made ? this.effects.find((e) => e.lane === lane) : null;
    }

    sources() {
        return this.shown.sources || this.ctx.data && this.ctx.data.sources || [];
    }

    /** How wide the prior was that a value was taken from. */
    priorText(lane, what) {
        const l = this.series.lanes.find((x) => x.lane === lane.lane);
        const prior = what === 'reaction' && l ? l.prior.reaction_s : null;
        return prior ? ` (${this.ctx.w('explain.prior_of', fixed(prior.lo90, 3),
            fixed(prior.hi90, 3))})` : '';
    }

    /** Move the film; a pointer that only passes over does not stop a film that plays. */
    seek(race_t_s, hard) {
        if (race_t_s === null || !Number.isFinite(race_t_s) || !hard && this.ctx.clock.playing)
            return;
        if (this.seek_t_s === null)
            requestAnimationFrame(() => {
                const to_s = this.seek_t_s;
                this.seek_t_s = null;
                this.charts.setTime(to_s);
                this.asked = {race_t_s: to_s, until_ms: performance.now() + ECHO_MS};
                this.ctx.seekRace(to_s);
            });
        this.seek_t_s = race_t_s;
    }

    /** A picture that was on its way when the charts asked for another instant: they stay there. */
    isEarlier(race_t_s) {
        const {asked, ctx} = this;
        const waits = asked !== null && !ctx.clock.playing &&
            performance.now() < asked.until_ms && Math.abs(race_t_s - asked.race_t_s) > NEAR_S;
        if (!waits)
            this.asked = null;
        return waits;
    }

    build(node, runners) {
        const {ctx} = this;
        this.result = new Result(this);
        this.charts = new Charts(this);
        this.photo = new Photo(this);
        this.whatif = new WhatIf(this, runners);
        this.sourcesView = new Sources(this);
        this.parts = [this.result, this.charts, this.photo, this.sourcesView];
        this.banner = el('p', {class: 'whatif-banner', hidden: true}, ctx.w('explain.is_whatif'),
            ' ', el('button', {type: 'button', onclick: () => this.whatif.go(() =>
                this.whatif.history.set({lanes: {}}))}, ctx.w('explain.reset')));
        node.classList.add('hm-explain');
        node.append(this.banner, this.result.node, this.charts.node, this.photo.node,
            this.whatif.node, this.sourcesView.node);
    }

    /** Everything again, of the race that is shown. */
    show() {
        this.banner.hidden = !this.made;
        this.parts.forEach((part) => part.show());
    }

    /**
     * A change was computed, or taken back.
     * @param {object|null} series  of the changed race, with effects; null = as it was
     */
    take(series) {
        this.made = series !== null;
        this.effects = series ? series.effects : [];
        this.series = series || this.baseSeries;
        this.shown = series ? raceOf(this.base, series) : this.base;
        this.show();
    }

    /** The race that is shown, with its curves and footfalls. */
    wholeRace() {
        return this.made ? this.ctx.lab.race() : Promise.resolve(this.base);
    }

    /** Another race altogether is what changes start from. */
    async openBase(race) {
        this.bounds = await this.ctx.lab.open(race);
        this.baseSeries = this.series = await this.ctx.lab.series(false);
        this.base = this.shown = race;
        this.made = false;
        this.effects = [];
        this.whatif.begin();
        this.show();
        if (this.ctx.race !== race)
            this.ctx.setRace(race, 'opened');
    }

    listen() {
        const {ctx} = this;
        this.offs.push(ctx.on('time', ({race_t_s}) => {
            if (!this.isEarlier(race_t_s))
                this.charts.setTime(race_t_s);
        }));
        this.offs.push(ctx.on('focus', (lane) => this.focus(lane)));
        this.offs.push(ctx.on('race', ({race}) => {
            if (race !== this.whatif.race && race !== this.base)
                this.openBase(race).catch((error) =>
                    ctx.fail(ctx.w('explain.impossible'), error.message));
        }));
        const repaint = () => this.charts.all.forEach((chart) => chart.repaint());
        const dark = matchMedia('(prefers-color-scheme: dark)');
        const before = () => {
            document.documentElement.dataset.print = '1';
            repaint();
        };
        const after = () => {
            delete document.documentElement.dataset.print;
            repaint();
        };
        const hash = () => this.whatif.takeLink();
        dark.addEventListener('change', repaint);
        addEventListener('beforeprint', before);
        addEventListener('afterprint', after);
        addEventListener('hashchange', hash);
        this.offs.push(() => {
            dark.removeEventListener('change', repaint);
            removeEventListener('beforeprint', before);
            removeEventListener('afterprint', after);
            removeEventListener('hashchange', hash);
        });
    }

    focus(lane) {
        this.charts.focus();
        this.result.focus(lane);
        this.photo.focus(lane);
        this.whatif.follow(lane);
        this.charts.setTime(this.ctx.clock.race_t_s);
    }

    destroy() {
        this.offs.forEach((off) => off());
        this.charts.destroy();
        this.photo.destroy();
    }
}

/** A changed race as far as tables need it: without curves and footfalls. */
function raceOf(base, series) {
    const {notes, wind_mps, altitude_m, temp_c} = series;
    return {...base, mode: 'simulate', notes, wind_mps, altitude_m, temp_c, lanes: series.lanes};
}

/**
 * Explain the race of the context.
 * @param {HTMLElement} node
 * @param {import('../context.js').Context} ctx
 * @returns {Promise<{destroy: () => void}>}
 */
export async function mountExplain(node, ctx) {
    const view = new Explain(ctx);
    view.bounds = await ctx.lab.open(ctx.race);
    view.baseSeries = view.series = await ctx.lab.series(false);
    const runners = ctx.bundle.has('runners') ? await ctx.bundle.json('runners') : {races: []};
    view.build(node, runners);
    view.whatif.begin();
    view.show();
    view.listen();
    await view.whatif.takeLink();
    return view;
}
