// Words and elements: how every view speaks and builds its part of the page.

/**
 * A function that gives the words of a key in the page's language, {0} {1} ... filled in.
 * @param {'en'|'ja'} lang
 * @param {...{en: Object<string, string>, ja: Object<string, string>}} tables  one a view
 * @returns {(key: string, ...parts: (string|number)[]) => string}
 */
export function makeWords(lang, ...tables) {
    const words = Object.assign({}, ...tables.map((table) => table[lang]));
    return (key, ...parts) => {
        if (!(key in words))
            throw new Error(`no words for "${key}"`);
        return words[key].replace(/\{(\d)\}/g, (mark, i) => i in parts ? String(parts[i]) : mark);
    };
}

const SVG = 'http://www.w3.org/2000/svg';

/**
 * An element with attributes and children; never markup. A function as attribute `onclick` listens
 * to `click`; true is an empty attribute, false and null are none. Tags that begin with "svg:" are
 * SVG. Strings become text.
 * @param {string} tag
 * @param {Object<string, any>} [attrs]
 * @param {...(Node|string|number|null)} children
 * @returns {HTMLElement & SVGElement}
 */
export function el(tag, attrs = {}, ...children) {
    const node = tag.startsWith('svg:') ? document.createElementNS(SVG, tag.slice(4))
        : document.createElement(tag);
    for (const [name, value] of Object.entries(attrs)) {
        if (typeof value === 'function')
            node.addEventListener(name.replace(/^on/, ''), value);
        else if (value !== false && value !== null && value !== undefined)
            node.setAttribute(name, value === true ? '' : value);
    }
    node.append(...children.flat().filter((child) => child !== null && child !== undefined)
        .map((child) => typeof child === 'number' ? String(child) : child));
    return node;
}

/** Words of the page around the views. */
export const words = {
    en: {
        'page.film': 'The film',
        'page.explain': 'The race explained',
        'page.story': 'The story',
        'page.mark': 'Marks on a clip',
        'page.index': 'Races',
        'page.result': 'The result as on paper',
        'page.failed': 'This part of the page does not work here',
        'page.no_engine': 'This page was made without the film: the result stands below.',
        'page.no_wasm':
            'This browser has no WebAssembly: the film cannot be drawn. The result stands below.',
        'page.no_unpack':
            'This browser is too old to unpack the page. The result stands below.',
        'page.bad_data': 'What this page carries cannot be unpacked',
        'page.bad_race': 'The race in this page is damaged',
    },
    ja: {
        'page.film': '映像',
        'page.explain': 'レースの解説',
        'page.story': 'ものがたり',
        'page.mark': '映像への印付け',
        'page.index': 'レース一覧',
        'page.result': '印刷用の結果',
        'page.failed': 'ページのこの部分は表示できません',
        'page.no_engine': 'このページには映像が含まれていません。結果は下にあります。',
        'page.no_wasm': 'このブラウザーは WebAssembly に対応していないため、映像を描けません。結果は下にあります。',
        'page.no_unpack': 'このブラウザーは古いため、ページを展開できません。結果は下にあります。',
        'page.bad_data': 'このページのデータを展開できません',
        'page.bad_race': 'このページのレースのデータが壊れています',
    },
};
