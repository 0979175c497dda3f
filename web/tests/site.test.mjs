// A site: pages, pictures and an index that open from the disk; what has not changed stays.
import assert from 'node:assert/strict';
import {copyFileSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync}
    from 'node:fs';
import path from 'node:path';
import {after, test} from 'node:test';
import {closeBrowser, hecto, openPage, picture, root, scratch, unfold, whatIsMissing}
    from './harness.mjs';

const skip = whatIsMissing() || false;
const TITLE = 'Races & <others>';
const RACES = ['1988-seoul-women-100m-final', '2009-berlin-men-100m-final', 'joggers-100m'];
after(closeBrowser);

function makeSite(t, lang = 'en') {
    const folder = path.join(scratch(t), 'site');
    hecto('page', '--site', folder, '-q', '--lang', lang, '--title', TITLE,
        ...RACES.map((name) => `data/races/${name}.csv`));
    return folder;
}

const shown = (page) => page.locator('.hm-races a').evaluateAll((links) =>
    links.map((link) => link.getAttribute('href').replace('.html', '')));

test('the index opens from the disk: search, order, pictures, a way to each race', {skip},
    async (t) => {
        const folder = makeSite(t);
        const page = await openPage(t, path.join(folder, 'index.html'));
        assert.equal(await page.title(), TITLE);
        assert.deepEqual(await shown(page), [RACES[1], RACES[0], RACES[2]]);
        await page.waitForFunction(() => [...document.images].every((image) =>
            image.complete && image.naturalWidth === 320));
        await picture(page, 'site-desktop', {fullPage: true});
        await page.getByLabel('Order').selectOption('fastest');
        assert.deepEqual(await shown(page), [RACES[1], RACES[0], RACES[2]]);
        await page.getByLabel('Search').fill('bólt BERLIN');
        assert.deepEqual(await shown(page), [RACES[1]]);
        assert.equal(await page.locator('.hm-ask output').innerText(), '1 of 3 races');
        await page.getByLabel('Search').fill('1988 griffith');
        assert.deepEqual(await shown(page), [RACES[0]]);
        await page.getByLabel('Search').fill('<nobody>');
        assert.deepEqual(await shown(page), []);
        assert.ok(await page.getByText('No race has all these words.').isVisible());
        // what was asked for is in the address, and survives the way there and back
        await page.getByLabel('Search').fill('seoul');
        await page.locator('.hm-races a').click();
        await page.waitForSelector('html[data-ready]', {state: 'attached'});
        assert.match(await page.title(), /XXIV Olympiad/);
        assert.match(await (await unfold(page)).innerText(), /10\.54/);
        await page.getByRole('link', {name: 'All races'}).waitFor();
        await page.goBack();
        await page.waitForSelector('html[data-ready]', {state: 'attached'});
        assert.deepEqual(await shown(page), [RACES[0]]);
        await page.locator('.hm-races a').click();
        await page.getByRole('link', {name: 'All races'}).click();
        await page.waitForSelector('.hm-ask');
        assert.equal((await shown(page)).length, 3);
    });

test('the index reads without its script, on a phone, in Japanese', {skip}, async (t) => {
    const folder = makeSite(t, 'ja');
    const page = await openPage(t, path.join(folder, 'index.html'), {
        javaScriptEnabled: false, viewport: {width: 390, height: 844}});
    assert.deepEqual(await shown(page), [RACES[1], RACES[0], RACES[2]]);
    assert.equal(await page.getAttribute('html', 'lang'), 'ja');
    assert.match(await page.locator('.hm-races').innerText(), /2009年8月16日/);
    const phone = await openPage(t, path.join(folder, 'index.html'), {
        viewport: {width: 390, height: 844}, colorScheme: 'dark', deviceScaleFactor: 2});
    assert.ok(await phone.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    await picture(phone, 'site-phone-ja', {fullPage: true});
});

test('only what has changed is written again', (t) => {
    const folder = makeSite(t), old = new Date(1e12);
    const touch = () => readdirSync(folder).forEach((name) =>
        utimesSync(path.join(folder, name), old, old));
    const fresh = () => readdirSync(folder).filter((name) =>
        statSync(path.join(folder, name)).mtimeMs !== old.getTime()).sort();
    const again = (...list) => hecto('page', '--site', folder, '-q', '--title', TITLE, ...list);
    const sheets = RACES.map((name) => path.join(root, 'data/races', `${name}.csv`));
    touch();
    again(...sheets);
    assert.deepEqual(fresh(), []);
    // one race changes: its page, its picture and the index
    const other = path.join(scratch(t), 'joggers-100m.csv');
    writeFileSync(other, readFileSync(sheets[2], 'utf8').replace('15.9', '15.8'));
    again(sheets[0], sheets[1], other);
    assert.deepEqual(fresh(), ['index.html', 'joggers-100m.html', 'joggers-100m.png']);
    // one page is cut short: it is made anew
    again(...sheets);
    const page = path.join(folder, `${RACES[1]}.html`);
    const whole = readFileSync(page);
    writeFileSync(page, whole.subarray(0, 300));
    again(...sheets);
    assert.ok(readFileSync(page).equals(whole));
});

test('two sheets of one name, a sheet called index and a broken sheet are refused', (t) => {
    const folder = scratch(t), berlin = path.join(root, `data/races/${RACES[1]}.csv`);
    const other = path.join(folder, 'other');
    mkdirSync(other);
    copyFileSync(berlin, path.join(other, path.basename(berlin)));
    copyFileSync(berlin, path.join(other, 'index.csv'));
    writeFileSync(path.join(other, 'bad.csv'), 'lane,name\n1,"');
    const refuse = (status, text, ...sheets) => assert.throws(() =>
        hecto('page', '--site', path.join(folder, 'site'), '-q', ...sheets), (error) =>
        error.status === status && error.stderr.includes(text));
    refuse(2, 'each sheet once', berlin, path.join(other, path.basename(berlin)));
    refuse(2, 'a name of its own', path.join(other, 'index.csv'));
    refuse(65, 'bad.csv:2', path.join(other, 'bad.csv'));
    assert.throws(() => hecto('page', berlin, berlin, '-q'), (error) => error.status === 2);
});
