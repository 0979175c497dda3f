// Names that would be markup, and pages that somebody's hand has broken.
import assert from 'node:assert/strict';
import {readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {after, test} from 'node:test';
import {gzipSync} from 'node:zlib';
import {base85, BERLIN, blockOf, closeBrowser, hecto, openPage, picture, scratch, unfold,
    whatIsMissing} from './harness.mjs';

const skip = whatIsMissing() || false;
after(closeBrowser);

const NAMES = ['<script>window.hacked=1</script>', '"><img src=x onerror="window.hacked=2">',
    "' onload='window.hacked=3", 'مرحبا \u202e evil', '😀🏃‍♀️💨 & \u0000'.replace('\u0000', '\u0007'),
    '</script><script>window.hacked=4</script>', '<!-- <script>', '{{script}}{{body}}\\u003c',
    '</title></style><svg onload=window.hacked=5>'];
const LONG = 'Ā\u0301'.repeat(5000);

/** A race file whose texts are hostile. */
function hostileRace(folder) {
    const file = path.join(folder, 'race.json');
    hecto('race', 'data/races/joggers-100m.csv', '-q', '-o', file);
    const race = JSON.parse(readFileSync(file, 'utf8'));
    race.lanes.forEach((lane, i) => {
        lane.name = NAMES[i % NAMES.length];
        lane.team = NAMES[(i + 3) % NAMES.length];
    });
    race.lanes[0].name = LONG;
    race.lanes[0].bib = NAMES[0];
    Object.assign(race, {meet: NAMES[5], event: NAMES[8], venue: NAMES[7], round: NAMES[0],
        record_s: 9.9, record_name: NAMES[1], sources: NAMES.slice(), notes: [NAMES[5]]});
    writeFileSync(file, JSON.stringify(race));
    return file;
}


test('hostile names are text on the page, in its title and in its data', {skip}, async (t) => {
    const folder = scratch(t), file = path.join(folder, 'x.html');
    hecto('page', hostileRace(folder), '-q', '-o', file);
    const page = await openPage(t, file);
    assert.equal(await page.evaluate(() => window.hacked), undefined);
    assert.ok((await page.title()).startsWith(NAMES[5]));
    const text = await (await unfold(page)).innerText();
    for (const name of [NAMES[0], NAMES[1], NAMES[2], NAMES[7]])
        assert.ok(text.includes(name), name);
    assert.equal(await page.locator('#hm-body :is(script, img, iframe, svg[onload])').count(), 0);
    const handlers = await page.evaluate(() => [...document.querySelectorAll('#hm-body *')]
        .filter((node) => [...node.attributes].some((a) => a.name.startsWith('on'))).length);
    assert.equal(handlers, 0);
    // 10,000 letters neither widen the page nor push the result away
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    const row_h_px = (await page.locator('#hm-result tbody tr', {hasText: 'Ā'}).first()
        .boundingBox()).height;
    assert.ok(row_h_px < 150, `row of ${row_h_px} px`);
    await picture(page, 'hostile', {fullPage: true});
});

test('a text from right to left turns nothing around it', {skip}, async (t) => {
    const folder = scratch(t), file = path.join(folder, 'x.html');
    hecto('page', hostileRace(folder), '-q', '-o', file);
    const page = await openPage(t, file, {javaScriptEnabled: false});
    const html = readFileSync(file, 'utf8');
    assert.doesNotMatch(html, /[\u202a-\u202e\u2066-\u2069]/u);
    const cell = page.locator('#hm-result bdi', {hasText: 'مرحبا'}).first();
    assert.equal(await cell.evaluate((node) => getComputedStyle(node).unicodeBidi), 'isolate');
});

/** The page with one block put in the place of its own. */
function withBlock(html, name, change) {
    const pattern = new RegExp(`(<script type="text/plain" id="hm-${name}">)([^<]*)(</script>)`);
    assert.match(html, pattern);
    return html.replace(pattern, (all, open, text, close) => open + change(text) + close);
}

function withRace(html, change) {
    return withBlock(html, 'data', () => {
        const data = JSON.parse(blockOf(html, 'data').toString('utf8'));
        change(data);
        return base85(gzipSync(JSON.stringify(data)));
    });
}

const BROKEN = [
    ['a block that is not base 85', (html) => withBlock(html, 'data', () => '@@@'), /unpacked/],
    ['a block that is cut', (html) => withBlock(html, 'data', (b) => b.slice(0, 4000)), /unpacked/],
    ['data that are no JSON', (html) => withBlock(html, 'data', () =>
        base85(gzipSync('{"race":'))), /unpacked/],
    ['no race', (html) => withRace(html, (data) => delete data.race), /damaged.*format/],
    ['a race without lanes', (html) => withRace(html, (data) => data.race.lanes = []),
        /damaged.*lanes/],
    ['a name that is a number', (html) => withRace(html, (data) => data.race.lanes[2].name = 7),
        /damaged.*lanes\[2\]\.name/],
    ['a curve with a hole', (html) => withRace(html, (data) =>
        data.race.lanes[1].curve.x_m = [0, null]), /damaged.*lanes\[1\]\.curve\.x_m/],
    ['curves that are cut', (html) => withBlock(html, 'curves', () =>
        base85(gzipSync(blockOf(html, 'curves').subarray(0, 4000)))), /unpacked.*curves/],
    ['steps of another kind', (html) => withRace(html, (data) =>
        data.race.lanes[0].steps = [{on_s: '1'}]), /damaged.*lanes\[0\]\.steps/],
    ['a head of another version', (html) => html.replace('"version": 1', '"version": 2'),
        /version 1/],
];

for (const [what, change, told] of BROKEN)
    test(`a page broken by hand says so, with its result below: ${what}`, {skip}, async (t) => {
        const file = path.join(scratch(t), 'x.html');
        hecto('page', BERLIN, '-q', '-o', file);
        const html = readFileSync(file, 'utf8'), broken = change(html);
        assert.notEqual(broken, html);
        writeFileSync(file, broken);
        const page = await openPage(t, file, {allow: [/^message: /]});
        assert.match(await page.locator('.hm-fail').first().innerText(), new RegExp(told, 's'));
        assert.match(await page.locator('#hm-result').innerText(), /Usain Bolt/);
    });

test('a script that is not the page\'s own does not run', {skip}, async (t) => {
    const file = path.join(scratch(t), 'x.html');
    hecto('page', BERLIN, '-q', '-o', file);
    const html = readFileSync(file, 'utf8').replace('</body>',
        '<script>window.hacked = 1</script><img src=x onerror="window.hacked = 2"></body>');
    writeFileSync(file, html);
    const page = await openPage(t, file, {allow: [/policy|Content Security Policy/]});
    assert.equal(await page.evaluate(() => window.hacked), undefined);
    assert.ok(page.faults.length === 0);
});

test('without WebAssembly the page says so and its result stands', {skip}, async (t) => {
    const file = path.join(scratch(t), 'x.html');
    hecto('page', BERLIN, '-q', '-o', file);
    const page = await openPage(t, file, {allow: [/no WebAssembly/],
        init: () => delete window.WebAssembly});
    assert.match(await page.locator('.hm-fail').innerText(), /no WebAssembly/);
    assert.match(await page.locator('#hm-result').innerText(), /9\.58/);
});

test('the same page is the same bytes', {skip}, (t) => {
    const folder = scratch(t), a = path.join(folder, 'a.html'), b = path.join(folder, 'b.html');
    hecto('page', BERLIN, '-q', '-o', a);
    hecto('page', BERLIN, '-q', '--threads', '1', '-o', b);
    assert.ok(readFileSync(a).equals(readFileSync(b)));
});
