// A table of the marking page.
import {el} from '../words.js';

/**
 * @param {(key: string) => string} w
 * @param {string} caption  key of its words
 * @param {string[]} head   keys of the columns, '' = a column without a name
 * @param {Node} body       its tbody
 * @param {string} [more]   a class more
 * @returns {HTMLElement} in a box that scrolls
 */
export function tableNode(w, caption, head, body, more = '') {
    const columns = head.map((key) => el('th', {scope: 'col'}, key ? w(key) : ''));
    return el(
        'div',
        {class: `mk-scroll ${more}`.trim()},
        el(
            'table',
            {class: 'mk-table'},
            el('caption', {}, w(caption)),
            el('thead', {}, el('tr', {}, ...columns)),
            body
        )
    );
}
