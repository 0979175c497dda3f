// The page around the views: opens from the disk, under its policy, is read without its script.
import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {after, test} from 'node:test';
import {BERLIN, closeBrowser, hecto, openPage, picture, scratch, unfold, whatIsMissing}
    from './harness.mjs';

const skip = whatIsMissing() || false;
after(closeBrowser);

test('the result stands in a table, with and without the script', {skip}, async (t) => {
    const file = path.join(scratch(t), 'r.html');
    hecto('page', BERLIN, '-o', file);
    for (const javaScriptEnabled of [true, false]) {
        const page = await openPage(t, file, {javaScriptEnabled});
        assert.equal(await page.title(), '12th World Championships in Athletics · 100 m men');
        await unfold(page);
        const first = page.locator('#hm-result tbody tr').first();
        assert.match(await first.innerText(), /1\s+4\s+Usain Bolt\s+JAM.*9\.58.*0\.146/s);
        assert.match(await page.locator('#hm-result').innerText(), /Wind \+0\.9 m\/s/);
        await picture(page, javaScriptEnabled ? 'race-desktop' : 'race-no-script',
            {fullPage: true});
    }
});

test('a picture stands until the film does, and where no script runs', {skip}, async (t) => {
    const file = path.join(scratch(t), 'r.html');
    hecto('page', BERLIN, '--lang', 'ja', '-o', file);
    const address = readFileSync(file, 'utf8').match(/src="(data:image\/[^"]*)"/)[1];
    assert.ok(address.length <= 60000, `${address.length} bytes`);
    const wide = (page, where) => page.evaluate((selector) =>
        document.querySelector(selector).naturalWidth, where);
    const phone = {viewport: {width: 390, height: 844}};
    for (const view of [{}, phone]) {
        const plain = await openPage(t, file, {javaScriptEnabled: false, ...view});
        assert.ok(await wide(plain, '#hm-app > .hm-poster img') >= 384);
        assert.match(await plain.getAttribute('.hm-poster img', 'alt'), /レース/);
        await picture(plain, view === phone ? 'poster-phone' : 'poster');
    }
    const page = await openPage(t, file, {ready: false, init: () => {
        // the film is kept from beginning: what is seen then?
        const own = window.Worker;
        window.held = [];
        window.Worker = function Held(...args) {
            const worker = new own(...args), {postMessage} = worker;
            worker.postMessage = (...message) => window.held.push(() =>
                postMessage.apply(worker, message));
            return worker;
        };
        window.letGo = () => {
            for (const act of window.held)
                act();
            window.held = {push: (act) => act()};
        };
    }});
    await page.waitForSelector('.hp-stage .hp-poster');
    assert.ok(await wide(page, '.hp-poster') >= 384);
    await picture(page, 'poster-before-film');
    await page.evaluate(() => window.letGo());
    await page.waitForSelector('.hp-wait', {state: 'hidden'});
    assert.equal(await page.locator('.hm-poster, .hp-poster').count(), 0);
});

test('the page of one race is 2 MB or less, asks no other place, and names the look', {skip},
    async (t) => {
        const file = path.join(scratch(t), 'r.html');
        hecto('page', BERLIN, '-q', '--look', 'rain', '--title', 'A & <b>', '-o', file);
        const html = readFileSync(file, 'utf8');
        assert.ok(html.length <= 2 * 1024 * 1024, `${html.length} bytes`);
        assert.doesNotMatch(html.replace(/<script>[^]*<\/script>/, ''), /(src|href)=["']?https?:/);
        const page = await openPage(t, file);
        assert.equal(await page.title(), 'A & <b>');
        assert.equal(await page.getByLabel('Look').inputValue(), 'rain');
    });

test('a page appears whole or not at all, and what is wrong is said', (t) => {
    const folder = scratch(t), file = path.join(folder, 'r.html');
    const refuse = (status, text, ...args) => {
        assert.throws(() => hecto('page', '-q', ...args), (error) =>
            error.status === status && error.stderr.includes(text), text);
        assert.deepEqual(readdirSync(folder), []);
    };
    refuse(2, '--lang', BERLIN, '--lang', 'de', '-o', file);
    refuse(2, 'look', BERLIN, '--look', 'rian', '-o', file);
    refuse(2, 'expected one sheet', '-o', file);
    refuse(66, 'none.csv', path.join(folder, 'none.csv'), '-o', file);
    refuse(74, 'nowhere', BERLIN, '-o', path.join(folder, 'nowhere', 'r.html'));
    assert.match(hecto('page', BERLIN, '-q', '-o', '-'), /^<!DOCTYPE html>[^]*<\/html>\n$/);
});
