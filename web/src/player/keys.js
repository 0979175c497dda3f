// The keyboard: one table of keys, which also is the list under "?".
import {el} from '../words.js';

/** key as in KeyboardEvent.key (letters small), act: method of the player, with its argument */
export const KEYS = [
    {keys: [' ', 'k'], act: 'toggle', word: 'player.key.play'},
    {keys: ['ArrowRight'], act: 'skip', by: 1, word: 'player.key.ahead'},
    {keys: ['ArrowLeft'], act: 'skip', by: -1, word: 'player.key.back'},
    {keys: ['.'], act: 'step', by: 1, word: 'player.key.step'},
    {keys: [','], act: 'step', by: -1, word: 'player.key.unstep'},
    {keys: ['+'], act: 'nudge', by: 0.01, word: 'player.key.nudge'},
    {keys: ['-'], act: 'nudge', by: -0.01, word: 'player.key.unnudge'},
    {keys: ['Home'], act: 'toStart', word: 'player.key.start'},
    {keys: ['End'], act: 'toEnd', word: 'player.key.end'},
    {keys: ['g'], act: 'toMark', by: 'gun', word: 'player.key.gun'},
    {keys: ['h'], act: 'toMark', by: 'finish', word: 'player.key.finish'},
    {keys: ['n'], act: 'shot', by: 1, word: 'player.key.shot'},
    {keys: ['b'], act: 'shot', by: -1, word: 'player.key.unshot'},
    {keys: ['>'], act: 'faster', by: 1, word: 'player.key.faster'},
    {keys: ['<'], act: 'faster', by: -1, word: 'player.key.slower'},
    {keys: ['ArrowUp'], act: 'louder', by: 0.1, word: 'player.key.louder'},
    {keys: ['ArrowDown'], act: 'louder', by: -0.1, word: 'player.key.quieter'},
    {keys: ['m'], act: 'mute', word: 'player.key.mute'},
    {keys: ['c'], act: 'nextCaptions', word: 'player.key.captions'},
    {keys: ['v'], act: 'nextView', word: 'player.key.view'},
    {keys: ['l'], act: 'nextLook', word: 'player.key.look'},
    {
        keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'],
        act: 'followLane',
        digit: true,
        shown: '1 … 9',
        word: 'player.key.lane',
    },
    {keys: ['f'], act: 'full', word: 'player.key.full'},
    {keys: ['i'], act: 'panel', word: 'player.key.panel'},
    {keys: ['?'], act: 'help', word: 'player.key.help'},
];

const SHOWN = {' ': 'Space', ArrowRight: '→', ArrowLeft: '←', ArrowUp: '↑', ArrowDown: '↓'};
const TYPES = 'input, select, textarea, [contenteditable], dialog, .uplot, [role=tablist]';

/** Is this key the player's, where the focus is? */
function isOurs(event) {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey)
        return false;
    const at = event.target instanceof Element ? event.target : null;
    if (at && at.closest(TYPES))
        return false;
    if (at !== null && at.closest('.hp'))
        return !((event.key === ' ' || event.key === 'Enter') && at.closest('button'));
    // where nothing has the focus, space and arrows are the page's
    return (at === null || at === document.body) && !/^( |Arrow|Home|End)/.test(event.key);
}

/**
 * Do what a key says.
 * @param {KeyboardEvent} event
 * @param {Object<string, (by?: any) => void>} player
 * @returns {boolean}  it was one of these
 */
export function pressKey(event, player) {
    if (!isOurs(event))
        return false;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const row = KEYS.find((entry) => entry.keys.includes(key));
    if (!row)
        return false;
    event.preventDefault();
    player[row.act](row.digit ? Number(key) || 10 : row.by);
    return true;
}

/** The list of all keys, in a dialog. */
export function keyDialog(w) {
    const rows = KEYS.map((row) =>
        el(
            'tr',
            {},
            el(
                'td',
                {},
                ...(row.shown
                    ? [el('kbd', {}, row.shown)]
                    : row.keys.map((key) => el('kbd', {}, SHOWN[key] || key.toUpperCase()))),
            ),
            el('td', {}, w(row.word)),
        ),
    );
    const free = ['player.free.drag', 'player.free.pan', 'player.free.zoom', 'player.free.keys'];
    const dialog = el(
        'dialog',
        {class: 'hp-help', 'aria-label': w('player.help')},
        el('h2', {}, w('player.help')),
        el(
            'div',
            {class: 'hp-help-in'},
            el('table', {}, el('tbody', {}, ...rows)),
            el(
                'div',
                {},
                el('h3', {}, w('player.view.free')),
                el('ul', {}, ...free.map((key) => el('li', {}, w(key)))),
                el('h3', {}, w('player.sound')),
                el('p', {}, w('player.sound_rule')),
            ),
        ),
        el('form', {method: 'dialog'}, el('button', {class: 'hp-plain'}, w('player.close'))),
    );
    dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
    return dialog;
}
