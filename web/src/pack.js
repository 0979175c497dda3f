// Blocks as they stand in the file: gzip in base 85 (src/io/include/io/base85.h).

const DIGITS =
    '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;,=>?@^_`{|}~';

/**
 * Bytes of what src/io/base85.h has written.
 * @param {string} text
 * @returns {Uint8Array}
 */
export function bytesOfBase85(text) {
    const value = new Uint8Array(128).fill(255);
    for (let i = 0; i < DIGITS.length; i++)
        value[DIGITS.charCodeAt(i)] = i;
    const n = Math.floor(text.length / 5) * 4 + Math.max(text.length % 5 - 1, 0);
    const bytes = new Uint8Array(n);
    for (let i = 0, at = 0; i < text.length; i += 5, at += 4) {
        let group = 0;
        for (let k = i; k < i + 5; k++) {
            const digit = k < text.length ? value[text.charCodeAt(k)] : 84;
            if (!(digit < 85))
                throw new Error('not base 85');
            group = group * 85 + digit;
        }
        group >>>= 0;
        for (let k = 0; k < 4 && at + k < bytes.length; k++)
            bytes[at + k] = group >>> 24 - 8 * k;
    }
    return bytes;
}

/** @param {string} text  of a block @returns {Promise<Uint8Array>} */
export async function unpack(text) {
    const stream = new Blob([bytesOfBase85(text.trim())]).stream()
        .pipeThrough(new DecompressionStream('gzip'));
    return new Uint8Array(await new Response(stream).arrayBuffer());
}
