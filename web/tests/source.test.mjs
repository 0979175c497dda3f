// The rules of the house, as far as they can be seen in the text of web/: no browser is needed.
import assert from 'node:assert/strict';
import {readdirSync, readFileSync, statSync} from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {fileURLToPath, pathToFileURL} from 'node:url';

const web = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const MOST_COLUMNS = 100, MOST_LINES = 600;

function filesIn(folder, end) {
    return readdirSync(folder).map((name) => path.join(folder, name)).flatMap((name) =>
        statSync(name).isDirectory() ? filesIn(name, end) : name.endsWith(end) ? [name] : []);
}

const source = filesIn(path.join(web, 'src'), '.js');
const tests = filesIn(path.join(web, 'tests'), '.mjs');
const shown = (name, line) => `${path.relative(web, name)}:${line}`;

/** Width as in a terminal: CJK letters take two columns. */
const columns = (line) => [...line].reduce((n, letter) => n + (letter > '\u2e7f' ? 2 : 1), 0);

function linesThat(files, isBad) {
    return files.flatMap((name) => readFileSync(name, 'utf8').split('\n').flatMap((line, i) =>
        isBad(line, name) ? [`${shown(name, i + 1)}: ${line.trim().slice(0, 80)}`] : []));
}

test('lines are indented by spaces, end in none and fit 100 columns; files are short', () => {
    const files = [...source, ...tests, ...filesIn(path.join(web, 'src'), '.css')];
    assert.deepEqual(linesThat(files, (line) => /\t|\r| $/.test(line)), []);
    assert.deepEqual(linesThat(files, (line) => !/[\u2e80-\uffff]/.test(line) &&
        columns(line) > MOST_COLUMNS), []);
    assert.deepEqual(files.filter((name) =>
        readFileSync(name, 'utf8').split('\n').length > MOST_LINES), []);
});

test('no data becomes markup or code, nothing is fetched', () => {
    const never = new RegExp(['innerHTML', 'outerHTML', 'insertAdjacentHTML', 'document\\.write',
        '\\beval\\(', 'new Function', 'DOMParser', 'createContextualFragment', 'srcdoc',
        '\\bfetch\\(', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'sendBeacon', '\\bcookie\\b',
        'importScripts'].join('|'));
    assert.deepEqual(linesThat(source, (line) =>
        never.test(line.replace(/\/\/.*|\/?\*\*? .*/, ''))), []);
    assert.deepEqual(linesThat(filesIn(path.join(web, 'src'), '.css'), (line) =>
        /url\((?!["']?data:)|@import/.test(line)), []);
});

test('quantities carry their unit in their name, as in C', () => {
    const bare = /\b(const|let)\s+(time|duration|width|height|speed|distance|delay|wind)\b/;
    const camel = /\b[a-z]\w*[a-z](Ms|Px|Sec|Seconds|Metres|Mps|Hz|Deg|Rad)\b/;
    assert.deepEqual(linesThat(source, (line) => bare.test(line) ||
        camel.test(line.replace(/'[^']*'/g, ''))), []);
});

test('what a module exports is told in a comment above it', () => {
    const bad = source.filter((name) => !name.endsWith('words.js')).flatMap((name) => {
        const lines = readFileSync(name, 'utf8').split('\n');
        const exported = /^export (default )?(async )?(function|class)/;
        const comment = /^\s*\*\/|^\/\*\*.*\*\/$|^\/\/ /;
        return lines.flatMap((line, i) => exported.test(line) && !comment.test(lines[i - 1] || '')
            ? [shown(name, i + 1)] : []);
    });
    assert.deepEqual(bad, []);
    assert.deepEqual(source.filter((name) => !readFileSync(name, 'utf8').startsWith('//') &&
        !readFileSync(name, 'utf8').startsWith('/*')).map((name) => shown(name, 1)), []);
});

test('English and Japanese have the same words with the same blanks', async () => {
    const blanks = (text) => (text.match(/\{\d\}/g) || []).sort().join();
    for (const name of source.filter((file) => file.endsWith('words.js'))) {
        const {words} = await import(pathToFileURL(name).href);
        assert.deepEqual(Object.keys(words.ja).sort(), Object.keys(words.en).sort(), name);
        for (const key of Object.keys(words.en)) {
            assert.equal(blanks(words.ja[key]), blanks(words.en[key]), `${name}: ${key}`);
            assert.ok(words.en[key].trim() && words.ja[key].trim(), `${name}: ${key} is empty`);
        }
    }
});

test('every word that is asked for by name is there, in one table only', async () => {
    const keys = [];
    for (const name of source.filter((file) => file.endsWith('words.js')))
        keys.push(...Object.keys((await import(pathToFileURL(name).href)).words.en));
    assert.deepEqual(keys.filter((key, i) => keys.indexOf(key) !== i), []);
    assert.deepEqual(linesThat(source, (line) => [...line.matchAll(/\bw\('([^']+)'/g)]
        .some((match) => !keys.includes(match[1]))), []);
});
