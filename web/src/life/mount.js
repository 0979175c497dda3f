// The page of a story: time line, ideas, futures, races; beneath it what is chosen.
import './life.css';

import {el} from '../words.js';

import {controls} from './controls.js';
import {futuresView} from './futures.js';
import {IdeasView} from './ideas.js';
import {legend} from './legend.js';
import {Model} from './model.js';
import {RacePanel} from './race.js';
import {racesView} from './races.js';
import {State} from './state.js';
import {viewTabs} from './tabs.js';
import {Timeline} from './timeline.js';
import {Tip} from './tip.js';
import {WhatIf} from './whatif.js';
import {whyPanel} from './why.js';

/**
 * What the views share.
 * @typedef {{model: Model, w: (key: string, ...parts: any[]) => string, state: State,
 *            w_px: number, whatIf: WhatIf|null, ask: (wish: any) => void}} At
 *   w_px: room of what is chosen; whatIf: of the story as told, null = it cannot be lived again
 */

const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** Draw once before the next picture, however often it is asked for. */
function once(draw) {
    let asked = false;
    return () => {
        if (asked)
            return;
        asked = true;
        requestAnimationFrame(() => {
            asked = false;
            draw();
        });
    };
}

/** Beneath the time line: the account of a season or a life, or a race. */
function mountDetail(node, at, ctx) {
    const {state} = at, race = new RacePanel(at, ctx);
    state.on((what) => {
        if (what === 'left')
            race.leave();
        if (what !== 'choice')
            return;
        const {choice} = state;
        at.w_px = Math.floor(node.clientWidth) || 600;
        if (choice && choice.kind === 'race')
            node.replaceChildren(race.show(choice));
        else {
            race.leave();
            node.replaceChildren(...choice ? [whyPanel(at, choice)] : []);
        }
        const title = node.querySelector('.life-panelhead h3');
        if (!title)
            return;
        title.focus({preventScroll: true});
        node.scrollIntoView({block: 'start', behavior: still() ? 'auto' : 'smooth'});
    });
}

/** What is above the views: which races are left out, which story this is. */
function headNotes(ctx, model, other, back) {
    const {w} = ctx, notes = [];
    if (ctx.data.races_told > model.races.length && !other)
        notes.push(el('p', {class: 'life-dropped'},
            w('life.races.dropped', model.races.length, ctx.data.races_told)));
    if (other)
        notes.push(el('p', {class: 'life-dropped life-other', role: 'status'},
            el('span', {dir: 'auto'}, w('life.whatif.shown', other.change)), ' ',
            el('button', {type: 'button', onclick: back}, w('life.whatif.back'))));
    return notes;
}

/** All views of one story. @returns {() => void} takes them away */
function mountStory(node, ctx, shared, other) {
    const {w} = ctx, model = new Model(ctx.data.story, ctx.lang), state = new State(model);
    const at = {model, w, state, w_px: 0, whatIf: other ? null : shared.whatIf};
    const lives = el('div', {class: 'life-view'}), ideas = el('div', {class: 'life-view'});
    const futures = el('div', {class: 'life-view'}), races = el('div', {class: 'life-view'});
    const detail = el('div', {class: 'life-detail', 'aria-live': 'polite'});
    const views = [['lives', lives], ['ideas', ideas], ['races', races]];
    if (shared.whatIf || (model.story.futures || []).length)
        views.splice(2, 0, ['futures', futures]);
    const {tabs, onShow, show} = viewTabs(views, w);
    at.ask = (wish) => {
        shared.whatIf.set(wish, true);
        show('futures');
        shared.whatIf.go.focus();
        shared.whatIf.node.scrollIntoView({block: 'start', behavior: still() ? 'auto' : 'smooth'});
    };
    node.append(...headNotes(ctx, model, other, shared.back), controls(at), tabs,
        ...views.map(([, view]) => view), detail);
    const tip = new Tip(node);
    const timeline = new Timeline(lives, state, w, tip);
    lives.append(legend(model, w), el('p', {class: 'life-hint'}, w('life.hint')));
    const ideasView = new IdeasView(ideas, at, tip);
    futures.append(...[shared.whatIf && shared.whatIf.node, futuresView(at)].filter(Boolean));
    races.append(racesView(at));
    mountDetail(detail, at, ctx);
    const draw = once(() => {
        timeline.render();
        ideasView.render();
    });
    state.on(draw);
    onShow(draw);
    const sized = new ResizeObserver(draw);
    sized.observe(node);
    timeline.render();
    ideasView.render();
    return () => {
        sized.disconnect();
        state.tell('left');
        node.replaceChildren();
    };
}

/** @param {HTMLElement} node @param {import('../context.js').Context} ctx */
export async function mountLife(node, ctx) {
    const {story, races} = ctx.data, shared = {whatIf: null};
    let leave = () => {};
    const show = (lived, change) => {
        leave();
        Object.assign(ctx.data, lived);
        leave = mountStory(node, ctx, shared, change === null ? null : {change});
        node.scrollIntoView({block: 'start'});
    };
    shared.back = () => show({story, races}, null);
    if (ctx.film && ctx.data.scenario_text)
        shared.whatIf = new WhatIf(ctx, new Model(story, ctx.lang), show);
    node.classList.add('life');
    leave = mountStory(node, ctx, shared, null);
}
