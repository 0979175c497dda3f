// Pictures on the player's buttons: paths in a square of 24.
import {el} from '../words.js';

const PATHS = {
    play: 'M8 5.2v13.6a.8.8 0 0 0 1.2.7l10.9-6.8a.8.8 0 0 0 0-1.4L9.2 4.5A.8.8 0 0 0 8 5.2Z',
    pause: 'M7 5h3.4v14H7zM13.6 5H17v14h-3.4z',
    back:
        'M6 5h2.2v14H6zM18.5 5.6v12.8a.7.7 0 0 1-1.1.6L9 12.6a.7.7 0 0 1 0-1.2l8.4-6.4' +
        'a.7.7 0 0 1 1.1.6Z',
    ahead:
        'M15.8 5H18v14h-2.2zM5.5 5.6v12.8c0 .6.7.9 1.1.6l8.4-6.4a.7.7 0 0 0 0-1.2L6.6 5' +
        'a.7.7 0 0 0-1.1.6Z',
    loud:
        'M4 9.2v5.6h3.6l4.9 4.4a.6.6 0 0 0 1-.4V5.2a.6.6 0 0 0-1-.4L7.6 9.2zM15.6 8.3l1-1.5' +
        'a6.2 6.2 0 0 1 0 10.4l-1-1.5a4.4 4.4 0 0 0 0-7.4Z',
    mute:
        'M4 9.2v5.6h3.6l4.9 4.4a.6.6 0 0 0 1-.4V5.2a.6.6 0 0 0-1-.4L7.6 9.2zM15.4 9.9' +
        'l1.3-1.3 1.9 1.9 1.9-1.9 1.3 1.3-1.9 1.9 1.9 1.9-1.3 1.3-1.9-1.9-1.9 1.9-1.3-1.3 1.9-1.9' +
        'z',
    full:
        'M4 4h6v2.2H6.2V10H4zM14 4h6v6h-2.2V6.2H14zM4 14h2.2v3.8H10V20H4zM17.8 14H20v6h-6' +
        'v-2.2h3.8z',
    small:
        'M7.8 4H10v6H4V7.8h3.8zM14 4h2.2v3.8H20V10h-6zM4 14h6v6H7.8v-3.8H4zM14 14h6v2.2h-3.8' +
        'V20H14z',
    captions:
        'M4.5 5h15A1.5 1.5 0 0 1 21 6.5v11a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 17.5v-11' +
        'A1.5 1.5 0 0 1 4.5 5ZM5 7v10h14V7ZM6.5 11H12v1.8H6.5zM13.5 11h4v1.8h-4zM6.5 14h2.5' +
        'v1.8H6.5zM10.5 14h7v1.8h-7z',
    help:
        'M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18Zm0 2a7 7 0 1 0 0 14 7 7 0 0 0 0-14Zm-1.1 9.9h2.2' +
        'v2.2h-2.2zM12 6.9c2.1 0 3.5 1.2 3.5 3 0 2.4-2.4 2.5-2.4 4h-2.2' +
        'c0-2.7 2.3-2.9 2.3-4 0-.6-.5-1-1.2-1s-1.3.5-1.4 1.3l-2.1-.3c.2-1.8 1.6-3 3.5-3Z',
    meter:
        'M4 19V5h2.2v11.8H20V19zM8.5 14.5V10h2.2v4.5zM12.2 14.5V6.5h2.2v8zM15.9 14.5V9h2.2' +
        'v5.5z',
};

/** @param {keyof PATHS} name */
export function icon(name) {
    return el(
        'svg:svg',
        {viewBox: '0 0 24 24', 'aria-hidden': 'true', focusable: 'false'},
        el('svg:path', {d: PATHS[name], 'fill-rule': 'evenodd'}),
    );
}

/** A button with a picture and a name. Other attributes as for el. */
export function iconButton(name, label, attrs) {
    const {class: more = '', ...rest} = attrs;
    return el(
        'button',
        {type: 'button', class: `hp-button ${more}`, 'aria-label': label, title: label, ...rest},
        icon(name),
    );
}

/** Another picture and name for a button. */
export function setIcon(button, name, label) {
    button.replaceChildren(icon(name));
    button.setAttribute('aria-label', label);
    button.title = label;
}
