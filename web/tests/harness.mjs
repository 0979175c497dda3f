// Opens pages in a real Chromium and fails on whatever a page must not do: an error or a warning in
// the console, an uncaught exception, a request that leaves the page, a breach of its own policy.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {existsSync, mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {createRequire} from 'node:module';
import {homedir, tmpdir} from 'node:os';
import path from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {gunzipSync} from 'node:zlib';

import {bytesOfBase85} from '../src/pack.js';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
/** Pictures to be looked at. */
export const pictures = path.join(root, 'out', 'page');
const cache = process.env.HECTO_WEB || path.join(homedir(), '.cache', 'hecto', 'web');
const modules = path.join(cache, 'node_modules');
const hectoPath = process.env.HECTO || path.join(root, 'build', 'hecto');
/** Longest wait for anything: a hang is caught, a busy machine is not. */
export const WAIT_MS = 120000;
const BROWSERS = [process.env.HECTO_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser'];

/** Why no page can be opened here; null = it can. */
export function whatIsMissing() {
    if (!existsSync(path.join(modules, 'playwright-core')))
        return 'playwright-core is not there: tools/fetch_web';
    if (!BROWSERS.some((name) => name && existsSync(name)))
        return 'chromium is not there: tools/setup';
    return existsSync(hectoPath) ? null : 'hecto is not built';
}

/** Run hecto in the source folder. @param {...string} args @returns {string} standard output */
export function hecto(...args) {
    return execFileSync(hectoPath, args, {cwd: root, encoding: 'utf8', maxBuffer: 1 << 26,
        stdio: ['ignore', 'pipe', 'pipe']});
}

export const BERLIN = 'data/races/2009-berlin-men-100m-final.csv';

/** A folder that is gone when the test has ended. @param {import('node:test').TestContext} t */
export function scratch(t) {
    const folder = mkdtempSync(path.join(tmpdir(), 'hecto-page-'));
    t.after(() => rmSync(folder, {recursive: true, force: true}));
    return folder;
}

let browser = null;

/** One browser for all tests of a file; closed by closeBrowser in an after hook. */
export async function openBrowser() {
    if (!browser) {
        const {chromium} = createRequire(path.join(modules, 'x.js'))('playwright-core');
        browser = await chromium.launch({
            executablePath: BROWSERS.find((name) => name && existsSync(name)),
            args: ['--no-sandbox', '--disable-gpu', '--autoplay-policy=no-user-gesture-required'],
        });
    }
    return browser;
}

export async function closeBrowser() {
    if (browser)
        await browser.close();
    browser = null;
}

/** What a page did that it must not do. */
function watch(page, allowed) {
    const faults = [];
    const note = (text) => {
        if (!allowed.some((pattern) => pattern.test(text)))
            faults.push(text);
    };
    page.on('console', (message) => {
        if (['error', 'warning', 'assert'].includes(message.type()))
            note(`console ${message.type()}: ${message.text()}`);
    });
    page.on('pageerror', (error) => note(`uncaught: ${error.stack || error.message}`));
    page.on('crash', () => note('the page crashed'));
    page.on('dialog', (dialog) => {
        note(`dialog: ${dialog.message()}`);
        dialog.dismiss();
    });
    page.on('request', (request) => {
        const url = request.url();
        if (!/^(file|blob|data|about):/.test(url))
            note(`request: ${url}`);
    });
    return faults;
}

/** Until the script says so, or has failed. */
async function waitReady(page) {
    const ready = page.waitForSelector('html[data-ready]', {state: 'attached'});
    await ready.catch((error) => {
        throw new Error(`${error.message}\n${page.faults.join('\n')}`);
    });
}

/**
 * Open a page from the disk in a context of its own and wait until its script says it is ready.
 * @param {import('node:test').TestContext} t
 * @param {string} file
 * @param {{allow?: RegExp[], ready?: boolean, hash?: string, init?: () => void}} [opts]
 *        allow: faults that the test expects; ready: wait for it (default); hash: of the address;
 *        init: runs before the page's script; all else as for newContext (viewport, locale,
 *        colorScheme, reducedMotion, javaScriptEnabled, hasTouch ...)
 * @returns {Promise<import('playwright-core').Page & {faults: string[]}>}  held against no faults
 *        when the test ends
 */
export async function openPage(t, file, opts = {}) {
    const {allow = [], ready = true, hash = '', init = null, ...context} = opts;
    const held = await (await openBrowser()).newContext({
        viewport: {width: 1280, height: 900}, ...context});
    const page = await held.newPage();
    page.setDefaultTimeout(WAIT_MS);
    page.faults = watch(page, allow);
    // breaches of the policy are told to the document
    if (context.javaScriptEnabled !== false)
        await page.addInitScript(() => addEventListener('securitypolicyviolation', (event) =>
            console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`)));
    if (init)
        await page.addInitScript(init);
    t.after(async () => {
        const told = page.isClosed() ? [] : await page.locator('.hm-fail').allTextContents();
        page.faults.push(...told.map((text) => `message: ${text}`)
            .filter((text) => !allow.some((pattern) => pattern.test(text))));
        await held.close();
        assert.deepEqual(page.faults, [], 'the page did what it must not do');
    });
    await page.goto(pathToFileURL(file).href + hash);
    if (ready && context.javaScriptEnabled !== false)
        await waitReady(page);
    return page;
}

/** Show the result as on paper, which the views fold away. */
export async function unfold(page) {
    const button = page.locator('.hm-fold button[aria-expanded=false]');
    if (await button.count())
        await button.click();
    return page.locator('#hm-result');
}

/**
 * Two fingers on a page with hasTouch: from so far apart to so far, beside each other about x, y.
 * @param {import('playwright-core').Page} page
 */
export async function pinch(page, x, y, from_px, to_px) {
    const hands = await page.context().newCDPSession(page);
    const send = (type, gap_px) => hands.send('Input.dispatchTouchEvent', {type,
        touchPoints: gap_px === null ? [] : [-0.5, 0.5].map((side, id) =>
            ({x: x + side * gap_px, y, id}))});
    await send('touchStart', from_px);
    for (let k = 1; k <= 8; k++)
        await send('touchMove', from_px + (to_px - from_px) * k / 8);
    await send('touchEnd', null);
}

/** A picture into out/page, to be looked at. */
export async function picture(page, name, opts = {}) {
    mkdirSync(pictures, {recursive: true});
    await page.screenshot({path: path.join(pictures, `${name}.png`), ...opts});
}

/** A block of a page's file, unpacked; null = there is none. @returns {Buffer|null} */
export function blockOf(html, name) {
    const found = html.match(new RegExp(`id="hm-${name}">([^<]*)<`));
    return found ? gunzipSync(bytesOfBase85(found[1])) : null;
}

/** Bytes as a page carries them: src/io/base85.h. @param {Uint8Array} bytes @returns {string} */
export function base85(bytes) {
    const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz' +
        '!#$%&()*+-;,=>?@^_`{|}~';
    let text = '';
    for (let i = 0; i < bytes.length; i += 4) {
        let group = 0, part = '';
        for (let k = i; k < i + 4; k++)
            group = group * 256 + (k < bytes.length ? bytes[k] : 0);
        for (let k = 0; k < 5; k++, group = Math.floor(group / 85))
            part = digits[group % 85] + part;
        text += part.slice(0, Math.min(bytes.length - i, 4) + 1);
    }
    return text;
}
