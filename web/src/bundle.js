// What the file of the page carries: blocks, each in an element of its own.
import {fillCurves} from './curves.js';
import {unpack} from './pack.js';

/**
 * @typedef {{format: string, version: number, kind: 'race'|'story'|'mark'|'index', lang: 'en'|'ja',
 *            title: string}} Head
 */

const VERSION = 1;

/**
 * The blocks of a document, unpacked when they are asked for.
 */
export class Bundle {
    /** @param {Document} doc */
    constructor(doc) {
        this.doc = doc;
        /** @type {Head} */
        this.head = JSON.parse(doc.getElementById('hm-page').textContent);
        if (this.head.format !== 'hectometre-page' || this.head.version !== VERSION)
            throw new Error(`not a page of version ${VERSION}`);
    }

    /** @param {string} name */
    has(name) {
        return this.doc.getElementById(`hm-${name}`) !== null;
    }

    /**
     * @param {string} name  as in "engine" for the block hm-engine
     * @returns {Promise<Uint8Array>}
     */
    async bytes(name) {
        const block = this.doc.getElementById(`hm-${name}`);
        if (!block)
            throw new Error(`the page has no block "${name}"`);
        return unpack(block.textContent);
    }

    /** @param {string} name */
    async text(name) {
        return new TextDecoder('utf-8', {fatal: true}).decode(await this.bytes(name));
    }

    /** @param {string} name */
    async json(name) {
        return JSON.parse(await this.text(name));
    }

    /** What the page is about; the curves of its race are put back where they belong. */
    async data() {
        const data = await this.json('data');
        if (this.has('curves'))
            fillCurves(data.race, await this.bytes('curves'));
        return data;
    }
}
