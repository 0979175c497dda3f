// The index of a site: search and order over the list that the program wrote. Without the script
// the list stands as it is, newest first.
import './index.css';

/** Letters as they are compared: small, without marks, wide Latin as narrow. */
export function folded(text) {
    return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/**
 * Does a text hold every word that is asked for?
 * @param {string} text  folded
 * @param {string} query  as typed
 */
export function hasAll(text, query) {
    return folded(query).split(/\s+/).every((word) => text.includes(word));
}

/** Orders of cards: what a card shows, as numbers or texts; equal ones keep the program's order. */
const ORDERS = {
    newest: (a, b) => a.place - b.place,
    fastest: (a, b) => (a.winner_cs || Infinity) - (b.winner_cs || Infinity) || a.place - b.place,
};

function readCards(list) {
    return [...list.children].map((node, place) => ({
        node,
        place,
        winner_cs: Number(node.dataset.winnerCs),
        text: folded(`${node.textContent} ${node.dataset.names || ''} ${node.dataset.date || ''}`),
    }));
}

/** What is asked for stands in the address, so that it can be sent and the way back leads to it. */
function readAddress() {
    const asked = new URLSearchParams(location.hash.slice(1));
    const order = asked.get('order');
    return {query: asked.get('q') || '', order: order in ORDERS ? order : 'newest'};
}

function writeAddress(query, order) {
    const asked = new URLSearchParams();
    if (query)
        asked.set('q', query);
    if (order !== 'newest')
        asked.set('order', order);
    history.replaceState(null, '', `#${asked}`);
}

/**
 * @param {HTMLElement} node
 * @param {import('../context.js').Context} ctx
 */
export async function mountIndex(node, ctx) {
    const {el, w} = ctx;
    const list = document.querySelector('.hm-races');
    const cards = readCards(list);
    const asked = readAddress();
    const search = el('input', {type: 'search', id: 'hm-search', value: asked.query,
        placeholder: w('index.search_hint'), autocomplete: 'off', spellcheck: 'false',
        'aria-controls': 'hm-races'});
    const order = el('select', {id: 'hm-order'},
        el('option', {value: 'newest'}, w('index.newest')),
        el('option', {value: 'fastest'}, w('index.fastest')));
    order.value = asked.order;
    const count = el('output', {for: 'hm-search', 'aria-live': 'polite'});
    const none = el('p', {class: 'hm-none', hidden: true}, w('index.none'));
    const show = () => {
        const found = cards.filter((card) => hasAll(card.text, search.value));
        list.replaceChildren(...found.sort(ORDERS[order.value]).map((card) => card.node));
        count.textContent = w('index.shown', found.length, cards.length);
        none.hidden = found.length > 0;
        writeAddress(search.value, order.value);
    };
    list.id = 'hm-races';
    search.addEventListener('input', show);
    order.addEventListener('change', show);
    node.append(el('form', {role: 'search', class: 'hm-ask', submit: (event) =>
        event.preventDefault()},
    el('span', {}, el('label', {for: 'hm-search'}, w('index.search')), search),
    el('span', {}, el('label', {for: 'hm-order'}, w('index.order')), order), count), none);
    show();
}
