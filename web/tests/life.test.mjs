// The page of a story in Chromium: everything on it is clicked, and what it shows is held against
// the story file.
import assert from 'node:assert/strict';
import {mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {after, before, test} from 'node:test';

import {Model, officialTime} from '../src/life/model.js';
import {whyLife, whyRun, whySeason} from '../src/life/account.js';
import {Seconds, Span} from '../src/life/scale.js';
import {closeBrowser, hecto, openPage, picture, pinch, whatIsMissing} from './harness.mjs';

const skip = whatIsMissing() || false;
const RIVALS = 'data/scenarios/rivals.json';
const BYTES_MOST = 2 * 1024 * 1024;

/** What was asked for is drawn with the next picture of the screen. */
const drawn = (page) => page.evaluate(() =>
    new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(null)))));

/** A story and its page, made once. */
const made = {};
before(() => {
    if (skip)
        return;
    made.folder = mkdtempSync(path.join(tmpdir(), 'hecto-page-'));
    made.story_path = path.join(made.folder, 'story.json');
    made.file = path.join(made.folder, 'rivals.html');
    hecto('life', RIVALS, '--futures', '4', '-q', '-o', made.story_path);
    hecto('page', made.story_path, '-q', '-o', made.file);
    made.story = JSON.parse(readFileSync(made.story_path, 'utf8'));
    made.model = new Model(made.story, 'en');
});
after(async () => {
    await closeBrowser();
    if (made.folder)
        rmSync(made.folder, {recursive: true, force: true});
});

const person = (id) => made.model.byId.get(id);
const seasonKey = (id, year) => `[data-key="s:${person(id).index}:${year}"]`;
const runKey = (race, id) =>
    `[data-key="r:${made.model.raceById.get(race).index}:${person(id).index}"]`;
const milliseconds = (text) =>
    Math.round(Number(text.replace('−', '-').replace(/[^-+.\d]/g, '')) * 1000);

test('an account adds up to the change, as it is and as it is shown', {skip}, () => {
    let n = 0;
    const holds = (fall, name) => {
        n++;
        assert.ok(
            Math.abs(fall.rest_s) < 1e-5, `${name}: the entries explain all but ${fall.rest_s} s`);
        const shown_ms = fall.steps.reduce((sum, step) => sum + step.d_ms, 0);
        assert.equal(shown_ms, fall.to_ms - fall.from_ms, name);
    };
    for (const who of made.model.followed) {
        who.seasons.forEach((season) => holds(whySeason(season), `${who.id} ${season.year}`));
        holds(whyLife(who), who.id);
    }
    for (const race of made.model.races)
        race.runs.forEach((run) => holds(whyRun(run), `${race.id} ${run.person}`));
    assert.ok(n > 1000);
});

test('times are announced as rounded up: to hundredths, by hand to tenths', () => {
    // TR19.23.1 and TR19.22
    assert.deepEqual([officialTime(10.320648), officialTime(10.32), officialTime(12.141, true)],
        ['10.33', '10.32', '12.2']);
});

test('an account whose entries are wrong does not add up', () => {
    const season = {start_s: 11, end_s: 10.9, account: [{term: 'growth', ln: -0.02}]};
    assert.ok(Math.abs(whySeason(season).rest_s) > 0.1);
});

test('zooming keeps the instant under the pointer and stays within the story', () => {
    const span = new Span(1990, 2010);
    span.zoomAt(1995, 4);
    assert.ok(Math.abs(span.x(1995, 0, 100) - 25) < 1e-9);
    assert.ok(Math.abs(span.to_yr - span.from_yr - 5) < 1e-9);
    span.moveBy(-100);
    assert.equal(span.from_yr, 1990);
    span.zoomAt(1990, 1e-9);
    assert.deepEqual([span.from_yr, span.to_yr], [1990, 2010]);
    const seconds = new Seconds([9.9, 18, 10.4]);
    assert.ok(Math.abs(seconds.part(9.9) - 1) < 1e-9 && Math.abs(seconds.part(18)) < 1e-9);
    assert.ok(seconds.part(10) - seconds.part(10.1) > seconds.part(15) - seconds.part(15.1));
});

test('the page is small and shows every life, meeting and chapter', {skip}, async (t) => {
    assert.ok(statSync(made.file).size <= BYTES_MOST, `${statSync(made.file).size} bytes`);
    const page = await openPage(t, made.file);
    const {model} = made;
    assert.equal(await page.locator('.life-head').count(), model.followed.length);
    const meetings = model.races.filter((race) => race.meetings.length).length;
    assert.equal(await page.locator('.life-thread').count(), meetings);
    assert.equal(await page.locator('.life-chapter').count(), 5);
    for (const who of model.followed)
        assert.ok(await page.locator(`[data-key^="s:${who.index}:"]`).count() >= 15);
    await picture(page, 'life-desktop', {fullPage: false});
});

test('a year opens why it changed; what stands there adds up', {skip}, async (t) => {
    const page = await openPage(t, made.file);
    await page.locator(seasonKey('togashi', 2005)).click({position: {x: 4, y: 90}});
    assert.match(await page.locator('.life-panelhead h3').innerText(), /Togashi.*2005/);
    await page.locator('.life-account summary').click();
    const cells = await page.locator('.life-fall-table tbody tr td:nth-child(2)').allInnerTexts();
    const parts = cells.slice(1, -1).map(milliseconds);
    assert.equal(parts.reduce((a, b) => a + b, 0), milliseconds(cells.at(-1)));
    const season = person('togashi').seasons.find((s) => s.year === 2005);
    assert.equal(milliseconds(cells.at(-1)),
        Math.round(season.end_s * 1000) - Math.round(season.start_s * 1000));
    const text = await page.locator('.life-detail').innerText();
    assert.match(text, /injury.*hamstring, 2005-08-1\d, 190 days/s);
    await picture(page, 'life-why');
    await page.getByRole('button', {name: 'The whole life'}).click();
    assert.match(await page.locator('.life-panelhead h3').innerText(), /Togashi became/);
    await page.locator(seasonKey('komiya', 2000)).press('Enter');
    assert.match(await page.locator('.life-detail').innerText(), /from Togashi: Form comes first/);
    await page.getByRole('button', {name: 'Year after ›'}).click();
    assert.match(await page.locator('.life-panelhead h3').innerText(), /Komiya.*2001/);
});

test('a race is played by the engine, with the times that the story books', {skip}, async (t) => {
    const page = await openPage(t, made.file);
    await page.locator(runKey('inter-high', 'komiya')).press('Enter');
    assert.equal(await page.locator('.life-panelhead h3').innerText(), 'Inter-high final');
    const race = made.model.raceById.get('inter-high');
    const rows = await page.locator('.life-racepanel .life-table')
                     .first()
                     .locator('tbody tr')
                     .allInnerTexts();
    assert.equal(rows.length, race.runs.length);
    rows.forEach((row, i) => assert.ok(row.includes(race.runs[i].official), row));
    await page.waitForSelector('#hm-film canvas');
    await page.waitForSelector('#hm-explain table');
    const told = await page.locator('#hm-explain').innerText();
    for (const run of race.runs)
        assert.ok(told.includes(run.official), `${run.person}: ${run.time_s}`);
    await page.waitForFunction(() => {
        const small = Object.assign(document.createElement('canvas'), {width: 320, height: 180});
        const paint = small.getContext('2d', {willReadFrequently: true});
        paint.drawImage(document.querySelector('#hm-film canvas'), 0, 0, 320, 180);
        const {data} = paint.getImageData(0, 0, 320, 180), seen = new Set();
        for (let i = 0; i < data.length; i += 4 * 97)
            seen.add(data[i] << 16 | data[i + 1] << 8 | data[i + 2]);
        return seen.size > 50;
    });
    await picture(page, 'life-race', {fullPage: true});
    // on to the next race of the same two: it takes the place of this one
    await page.locator('.life-meetings li', {hasText: 'Togashi'})
        .getByRole('button', {name: 'next meeting'})
        .click();
    assert.notEqual(await page.locator('.life-panelhead h3').innerText(), 'Inter-high final');
    assert.match(await page.locator('.life-meetings').innerText(), /meeting \d+ of 15/);
    await page.waitForSelector('#hm-explain table');
    assert.equal(await page.locator('#hm-film').count(), 1);
    const [why] = await page.locator('.life-racepanel tbody .life-link').all();
    await why.click();
    assert.match(await page.locator('.life-raceaccount h4').innerText(), /^Why .* ran [\d.]+ s$/);
});

test('ideas: arcs from life to life, of one idea alone, and the same as a table', {skip},
    async (t) => {
        const page = await openPage(t, made.file);
        await page.click('#life-tab-ideas');
        const least = (value) => made.model.ideas.filter(
            (i) => made.model.followed.includes(i.to) && Math.abs(i.after - i.before) >= value);
        await page.getByRole('button', {name: 'All years'}).click();
        await drawn(page);
        const count = async () =>
            Number((await page.locator('#life-view-ideas output').innerText()).split(' ')[0]);
        assert.equal(await count(), least(0.02).length);
        await picture(page, 'life-ideas', {fullPage: false});
        await page.getByRole('button', {name: 'fastest', exact: true}).click();
        await drawn(page);
        const fastest = least(0.02).filter((i) => i.idea === 'fastest');
        assert.equal(await count(), fastest.length);
        assert.equal(await page.locator('.life-passing').count(), fastest.length);
        await page.locator('#life-view-ideas summary').click();
        await page.waitForSelector('#life-view-ideas tbody tr');
        assert.equal(await page.locator('#life-view-ideas tbody tr').count(), fastest.length);
        const label = await page.locator('.life-passing').first().getAttribute('aria-label');
        assert.match(label, /^Being fastest solves everything/);
        await page.locator('.life-passing').first().press('Enter');
        assert.ok(await page.locator('.life-panelhead h3').count());
    });

test('futures are fans, races a list, people are found', {skip}, async (t) => {
    const page = await openPage(t, made.file);
    await page.click('#life-tab-futures');
    assert.equal(await page.locator('.life-future').count(), made.story.futures.length);
    assert.match(await page.locator('#life-view-futures').innerText(), /without the injury/);
    await picture(page, 'life-futures', {fullPage: false});
    await page.click('#life-tab-races');
    await page.selectOption('#life-view-races select', 'togashi');
    const own = person('togashi').runs.length;
    assert.match(await page.locator('#life-view-races output').innerText(), new RegExp(`^${own} `));
    await page.fill('.life-search input', 'kaido');
    await page.press('.life-search input', 'Enter');
    assert.match(await page.locator('.life-panelhead h3').innerText(), /Kaido/);
    await page.click('#life-tab-lives');
    assert.equal(await page.locator('.life-row').count(), 3);
    await page.fill('.life-search input', 'nobody at all');
    await page.press('.life-search input', 'Enter');
    assert.match(await page.locator('.life-search output').innerText(), /Nobody here/);
});

test('two fingers zoom the years', {skip}, async (t) => {
    const page = await openPage(t, made.file, {hasTouch: true});
    const years = async () => {
        const told = await page.locator('.life-axis .life-yeartext').allTextContents();
        const number = told.map(Number).filter((v) => v > 1000);
        return Math.max(...number) - Math.min(...number);
    };
    const at = await page.locator('#life-view-lives svg').first().boundingBox();
    const whole_yr = await years();
    await pinch(page, at.x + 600, at.y + 60, 80, 400);
    await drawn(page);
    const near_yr = await years();
    assert.ok(near_yr < 0.5 * whole_yr, `${near_yr} of ${whole_yr} years`);
    await pinch(page, at.x + 600, at.y + 60, 400, 60);
    await drawn(page);
    assert.ok(await years() >= whole_yr);
    assert.equal(await page.locator('.life-panelhead h3').count(), 0, 'two fingers open nothing');
});

test('zoom by wheel and keys, move by drag, from mark to mark by arrows', {skip}, async (t) => {
    const page = await openPage(t, made.file);
    const years = () => page.locator('.life-axis .life-yeartext').allTextContents();
    const at = await page.locator('#life-view-lives svg').first().boundingBox();
    const before_zoom = await years();
    await page.mouse.move(at.x + 700, at.y + 60);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -600);
    await page.keyboard.up('Control');
    await drawn(page);
    const near = await years();
    assert.notDeepEqual(near, before_zoom);
    await page.mouse.move(at.x + 900, at.y + 60);
    await page.mouse.down();
    await page.mouse.move(at.x + 500, at.y + 60, {steps: 5});
    await page.mouse.up();
    await drawn(page);
    assert.notDeepEqual(await years(), near);
    assert.equal(await page.locator('.life-panelhead h3').count(), 0, 'a drag opens nothing');
    await page.getByRole('button', {name: 'All years'}).click();
    await drawn(page);
    const first = page.locator(seasonKey('togashi', 2004));
    await first.focus();
    await page.keyboard.press('ArrowRight');
    const key = () => page.evaluate(() => document.activeElement.dataset.key);
    assert.equal(await key(), `s:${person('togashi').index}:2005`);
    await page.keyboard.press('ArrowDown');
    assert.equal(await key(), `s:${person('komiya').index}:2005`);
    await page.keyboard.press('r');
    assert.match(await key(), /^r:\d+:1$/);
    assert.ok(await page.locator('.life-tip').isVisible());
    await page.keyboard.press('+');
    await drawn(page);
    assert.match(await key(), /^r:\d+:1$/, 'the focus outlives the drawing');
    assert.equal(await page.locator('#life-view-lives [tabindex="0"][data-key]').count(), 1);
});

test('by age, together, one hidden, in Japanese, on a phone, in the dark', {skip}, async (t) => {
    const ja = path.join(made.folder, 'ja.html');
    hecto('page', made.story_path, '-q', '--lang', 'ja', '-o', ja);
    const page = await openPage(
        t, ja, {viewport: {width: 390, height: 844}, hasTouch: true, colorScheme: 'dark'});
    assert.match(await page.locator('.life').innerText(), /トガシ/);
    const wide = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(await wide() <= 0, 'nothing stands out of a phone');
    await picture(page, 'life-phone', {fullPage: false});
    await page.locator('.life-choice button').nth(1).click();
    await page.locator('.life-choice button').nth(3).click();
    await page.locator('.life-chip input').nth(2).uncheck();
    await drawn(page);
    assert.equal(await page.locator('.life-best').count(), made.model.followed.length - 1 + 1);
    await page.locator(seasonKey('niwa', 2003)).press('Enter');
    assert.match(await page.locator('.life-panelhead h3').innerText(), /ニワ/);
    assert.ok(await wide() <= 0);
    await picture(page, 'life-phone-together', {fullPage: false});
});

test('paper has lives, ideas and futures; names that are markup stay text', {skip}, async (t) => {
    const bad = '<img src=x onerror="window.hacked=1">\u202e"\' 🏃';
    const story = JSON.parse(JSON.stringify(made.story));
    story.title = bad;
    story.people.forEach((p) => (p.name = `${bad}${p.id}`));
    story.races.forEach((r) => (r.name = bad));
    story.chapters.forEach((c) => c.lines.forEach((l) => (l.text = bad)));
    const bad_path = path.join(made.folder, 'bad.json'), file = path.join(made.folder, 'bad.html');
    writeFileSync(bad_path, JSON.stringify(story));
    hecto('page', bad_path, '-q', '-o', file);
    const page = await openPage(t, file);
    await page.locator(seasonKey('togashi', 2005)).press('Enter');
    for (const tab of ['ideas', 'futures', 'races', 'lives'])
        await page.click(`#life-tab-${tab}`);
    await page.locator('.life-race').first().press('Enter');
    await page.waitForSelector('#hm-explain table');
    assert.equal(await page.evaluate(() => window.hacked), undefined);
    assert.equal(await page.locator('.life img').count(), 0);
    await page.emulateMedia({media: 'print'});
    assert.equal(await page.locator('.life-view:visible').count(), 3, 'races stand below');
    assert.equal(await page.locator('.life-controls:visible').count(), 0);
});
