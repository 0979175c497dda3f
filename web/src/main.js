// The page begins here: read the blocks, make the context, mount the views of this kind of page.
import './page.css';
import {Bundle} from './bundle.js';
import {createContext, showFailure} from './context.js';
import {Film} from './film.js';
import {faultOfRace} from './race.js';
import {el, makeWords, words as pageWords} from './words.js';
import {Lab} from './explain/lab.js';
import {mountExplain} from './explain/mount.js';
import {words as explainWords} from './explain/words.js';
import {mountIndex} from './index/mount.js';
import {words as indexWords} from './index/words.js';
import {mountLife} from './life/mount.js';
import {words as whatIfWords} from './life/whatif_words.js';
import {words as lifeWords} from './life/words.js';
import {mountMark} from './mark/mount.js';
import {words as markWords} from './mark/words.js';
import {mountPlayer} from './player/mount.js';
import {words as playerWords} from './player/words.js';
import './print.css';

/** What is missing in this browser or this page, as a key of words; null = nothing. */
function whatIsMissing(bundle) {
    if (typeof WebAssembly !== 'object')
        return 'page.no_wasm';
    return bundle.has('engine') ? null : 'page.no_engine';
}

function section(name, ctx) {
    const node = el('section', {id: `hm-${name}`, 'aria-label': ctx.w(`page.${name}`)});
    document.getElementById('hm-app').append(node);
    return node;
}

/** A view that fails leaves a message, and the views beside it. Returns whether it stands. */
async function mount(name, mountView, ctx) {
    const node = section(name, ctx);
    try {
        await mountView(node, ctx);
        return true;
    } catch (error) {
        node.remove();
        ctx.fail(ctx.w('page.failed'), error.message);
        return false;
    }
}

/** The views show the result as well: the program's own is folded until it is asked for. */
function foldResult(ctx) {
    const result = document.getElementById('hm-result');
    const fold = (is_folded) => {
        result.toggleAttribute('data-folded', is_folded);
        button.setAttribute('aria-expanded', String(!is_folded));
    };
    const button = el('button', {type: 'button', 'aria-controls': 'hm-result',
        onclick: () => fold(!result.hasAttribute('data-folded'))}, ctx.w('page.result'));
    result.prepend(el('p', {class: 'hm-fold'}, button));
    document.documentElement.dataset.explained = '';
    // the link at the head of the page leads to it
    document.querySelector('.hm-skip').addEventListener('click', () => fold(false));
    fold(true);
}

async function openEngine(ctx, bundle) {
    const engine = await bundle.bytes('engine');
    ctx.film = new Film(engine, bundle.has('letters') ? await bundle.bytes('letters') : null);
    ctx.lab = new Lab(engine);
}

async function start() {
    const bundle = new Bundle(document);
    const w = makeWords(bundle.head.lang, pageWords, playerWords, explainWords, lifeWords,
        whatIfWords, markWords, indexWords);
    const say = (error) => showFailure(w('page.failed'), error && error.message || '');
    addEventListener('error', (event) => say(event.error));
    addEventListener('unhandledrejection', (event) => say(event.reason));
    let data = null;
    try {
        data = bundle.has('data') ? await bundle.data() : null;
    } catch (error) {
        return showFailure(w('page.bad_data'), error.message);
    }
    const fault = bundle.head.kind === 'race' ? faultOfRace(data && data.race) : null;
    if (fault !== null)
        return showFailure(w('page.bad_race'), fault);
    const ctx = createContext(bundle, data, w);
    if (ctx.kind === 'index')
        return mount('index', mountIndex, ctx);
    const missing = whatIsMissing(bundle);
    if (missing)
        ctx.fail(w(missing));
    else
        await openEngine(ctx, bundle);
    if (ctx.kind === 'race' && !missing) {
        await mount('film', mountPlayer, ctx);
        if (await mount('explain', mountExplain, ctx))
            foldResult(ctx);
    } else if (ctx.kind === 'story') {
        await mount('story', mountLife, ctx);
    } else if (ctx.kind === 'mark') {
        await mount('mark', mountMark, ctx);
    }
}

start().catch((error) => showFailure('Hectometre', error.message)).finally(() => {
    document.documentElement.dataset.ready = '1';
});
