// What the file of the page carries: blocks of gzip in base64, each in an element of its own.

/**
 * @typedef {{format: string, version: number, kind: 'race'|'story'|'mark'|'index', lang: 'en'|'ja',
 *            title: string}} Head
 */

const VERSION = 1;

function bytesOfBase64(text) {
    const raw = atob(text);
    const bytes = new Uint8Array(raw.length);
    for (let i = 0; i < raw.length; i++)
        bytes[i] = raw.charCodeAt(i);
    return bytes;
}

async function unpack(bytes) {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
    return new Uint8Array(await new Response(stream).arrayBuffer());
}

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
        return unpack(bytesOfBase64(block.textContent.trim()));
    }

    /** @param {string} name */
    async text(name) {
        return new TextDecoder('utf-8', {fatal: true}).decode(await this.bytes(name));
    }

    /** @param {string} name */
    async json(name) {
        return JSON.parse(await this.text(name));
    }
}
