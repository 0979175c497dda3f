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
import {whyPanel} from './why.js';

/**
 * What the views share.
 * @typedef {{model: Model, w: (key: string, ...parts: any[]) => string, state: State,
 *            w_px: number}} At  w_px: room of what is chosen
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

/** @param {HTMLElement} node @param {import('../context.js').Context} ctx */
export async function mountLife(node, ctx) {
    const {w} = ctx, model = new Model(ctx.data.story, ctx.lang), state = new State(model);
    const at = {model, w, state, w_px: 0};
    node.classList.add('life');
    const lives = el('div', {class: 'life-view'}), ideas = el('div', {class: 'life-view'});
    const futures = el('div', {class: 'life-view'}), races = el('div', {class: 'life-view'});
    const detail = el('div', {class: 'life-detail', 'aria-live': 'polite'});
    const dropped = ctx.data.races_told > model.races.length
        ? el('p', {class: 'life-dropped'},
              w('life.races.dropped', model.races.length, ctx.data.races_told))
        : null;
    const views = [['lives', lives], ['ideas', ideas], ['races', races]];
    if (model.story.futures && model.story.futures.length)
        views.splice(2, 0, ['futures', futures]);
    const {tabs, onShow} = viewTabs(views, w);
    node.append(
        ...[dropped].filter(Boolean), controls(at), tabs, ...views.map(([, view]) => view), detail);
    const tip = new Tip(node);
    const timeline = new Timeline(lives, state, w, tip);
    lives.append(legend(model, w), el('p', {class: 'life-hint'}, w('life.hint')));
    const ideasView = new IdeasView(ideas, at, tip);
    futures.append(futuresView(at));
    races.append(racesView(at));
    mountDetail(detail, at, ctx);
    const draw = once(() => {
        timeline.render();
        ideasView.render();
    });
    state.on(draw);
    onShow(draw);
    new ResizeObserver(draw).observe(node);
    timeline.render();
    ideasView.render();
}
