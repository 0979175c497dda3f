// Views of one thing behind tabs; print shows them all.
import {el} from '../words.js';

/**
 * @param {[string, HTMLElement][]} views  name (words "life.view.NAME") and element
 * @returns {{tabs: HTMLElement, onShow: (fn: () => void) => void, show: (name: string) => void}}
 */
export function viewTabs(views, w) {
    const listeners = [];
    const buttons = views.map(([name, view], i) => {
        view.id = `life-view-${name}`;
        view.setAttribute('role', 'tabpanel');
        view.setAttribute('aria-labelledby', `life-tab-${name}`);
        return el('button', {
            type: 'button',
            role: 'tab',
            id: `life-tab-${name}`,
            'aria-controls': view.id,
            onclick: () => show(i)
        },
            w(`life.view.${name}`));
    });
    function show(chosen) {
        buttons.forEach((button, i) => {
            button.setAttribute('aria-selected', String(i === chosen));
            button.tabIndex = i === chosen ? 0 : -1;
            views[i][1].classList.toggle('is-away', i !== chosen);
        });
        for (const fn of listeners)
            fn();
    }
    const tabs = el('div', {
        class: 'life-tabs',
        role: 'tablist',
        'aria-label': w('life.views'),
        onkeydown: (event) => {
            const step = {ArrowRight: 1, ArrowLeft: -1}[event.key];
            if (!step)
                return;
            const next =
                (buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length;
            show(next);
            buttons[next].focus();
            event.preventDefault();
        }
    },
        ...buttons);
    show(0);
    return {
        tabs,
        onShow: (fn) => listeners.push(fn),
        show: (name) => show(views.findIndex(([own]) => own === name))
    };
}
