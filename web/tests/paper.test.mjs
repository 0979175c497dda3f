// The page on paper, on a phone, in the dark, for hands that use the keyboard and eyes that do not
// tell red from green.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {mkdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {after, test} from 'node:test';
import {BERLIN, closeBrowser, hecto, openPage, picture, pictures, scratch, unfold, whatIsMissing}
    from './harness.mjs';

const skip = whatIsMissing() || false;
const PHONE = {viewport: {width: 390, height: 844}, deviceScaleFactor: 2, hasTouch: true,
    isMobile: true};
after(closeBrowser);

function makePage(t, sheet = BERLIN, lang = 'en') {
    const file = path.join(scratch(t), 'r.html');
    hecto('page', sheet, '-q', '--lang', lang, '-o', file);
    return file;
}

for (const [sheet, lang] of [[BERLIN, 'en'], [BERLIN, 'ja'],
    ['data/races/school-100m-by-age.csv', 'en'], ['data/races/masters-100m-final.csv', 'ja']])
    test(`${path.basename(sheet)} prints to two pages A4 (${lang})`, {skip}, async (t) => {
        const page = await openPage(t, makePage(t, sheet, lang), {colorScheme: 'dark'});
        await page.waitForSelector('.hp-wait', {state: 'hidden'});
        await page.locator('#hm-explain-photo').scrollIntoViewIfNeeded();
        await page.waitForSelector('#hm-explain-photo .readings');
        mkdirSync(pictures, {recursive: true});
        const file = path.join(pictures, `print-${path.basename(sheet, '.csv')}-${lang}.pdf`);
        await page.pdf({path: file, preferCSSPageSize: true, printBackground: false});
        const pdf = readFileSync(file, 'latin1');
        assert.equal(pdf.match(/\/Type\s*\/Page\b/g).length, 2);
        const [w_pt, h_pt] = pdf.match(/\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/).slice(1);
        assert.ok(Math.abs(w_pt - 595) < 2 && Math.abs(h_pt - 842) < 2, `${w_pt} x ${h_pt} pt`);
    });

test('on a phone nothing is wider than the screen, and fingers find what they press', {skip},
    async (t) => {
        for (const lang of ['en', 'ja']) {
            const page = await openPage(t, makePage(t, BERLIN, lang), PHONE);
            assert.ok(await page.evaluate(() =>
                document.documentElement.scrollWidth <= innerWidth), lang);
            const small = await page.locator('#hm-app :is(button, select, input)')
                .evaluateAll((nodes) => nodes.filter((node) => node.checkVisibility())
                    .map((node) => [node.outerHTML.slice(0, 90), (/radio|checkbox/.test(node.type)
                        && node.closest('label') || node).getBoundingClientRect()])
                    .filter(([, box]) => Math.max(box.width, 1) * box.height > 0 &&
                        (box.height < 24 || box.width < 24)).map(([html]) => html));
            assert.deepEqual(small, []); // WCAG 2.2, 2.5.8: 24 px
            await picture(page, `race-phone-${lang}`, {fullPage: true});
        }
    });

test('the Japanese page is Japanese throughout', {skip}, async (t) => {
    const page = await openPage(t, makePage(t, BERLIN, 'ja'));
    assert.equal(await page.getAttribute('html', 'lang'), 'ja');
    await unfold(page);
    const text = await page.locator('#hm-body').innerText();
    for (const word of ['順位', 'レーン', '記録', '反応時間', '途中計時', '出典', '2009年8月16日'])
        assert.ok(text.includes(word), word);
    await picture(page, 'race-ja', {fullPage: true});
});

/** Contrast of two colours, WCAG 2.2 1.4.3. */
function contrast(a, b) {
    const light = (rgb) => rgb.map((v) => v / 255).map((v) =>
        v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
        .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
    const [hi, lo] = [light(a), light(b)].sort((x, y) => y - x);
    return (hi + 0.05) / (lo + 0.05);
}

test('words stand out from the paper, by day and by night', {skip}, async (t) => {
    const file = makePage(t);
    assert.ok(Math.abs(contrast([255, 255, 255], [0, 0, 0]) - 21) < 1e-9);
    for (const colorScheme of ['light', 'dark']) {
        const page = await openPage(t, file, {colorScheme});
        const colour = await page.evaluate(() => {
            const probe = document.body.appendChild(document.createElement('i'));
            const names = ['paper', 'panel', 'ink', 'soft', 'mark', 'bad', 'focus'];
            const found = Object.fromEntries(names.map((name) => {
                probe.style.color = `var(--${name})`;
                return [name, getComputedStyle(probe).color.match(/\d+/g).map(Number)];
            }));
            probe.remove();
            return found;
        });
        for (const ground of ['paper', 'panel'])
            for (const [name, least] of [['ink', 7], ['soft', 4.5], ['mark', 4.5], ['bad', 4.5],
                ['focus', 3]]) {
                const got = contrast(colour[name], colour[ground]);
                assert.ok(got >= least, `${colorScheme}: ${name} on ${ground}: ${got.toFixed(2)}`);
            }
        await picture(page, `race-${colorScheme}`);
    }
});

test('one head, one main; what can be pressed has a name and comes in the order of reading',
    {skip}, async (t) => {
        const page = await openPage(t, makePage(t));
        assert.equal(await page.getByRole('main').count(), 1);
        assert.equal(await page.getByRole('heading', {level: 1}).count(), 1);
        assert.equal(await page.locator('[tabindex]:not([tabindex="0"], [tabindex="-1"])').count(),
            0);
        const unnamed = await page.evaluate(() =>
            [...document.querySelectorAll('button, select, input, a[href], [role=slider]')]
                .filter((node) => node.checkVisibility() && !(node.getAttribute('aria-label') ||
                    node.getAttribute('aria-labelledby') || node.title || node.innerText ||
                    node.labels && node.labels.length)).map((node) => node.outerHTML));
        assert.deepEqual(unnamed, []);
        // the first stop leads past everything to the result
        await page.keyboard.press('Tab');
        assert.equal(await page.evaluate(() => document.activeElement.className), 'hm-skip');
        const order = await page.evaluate(() => {
            window.stops = [document.activeElement];
            return window.stops.length;
        });
        assert.equal(order, 1);
        for (let i = 0; i < 30; i++) {
            await page.keyboard.press('Tab');
            const stop = await page.evaluate(() => {
                const node = document.activeElement, last = window.stops[window.stops.length - 1];
                if (node === document.body || window.stops.includes(node))
                    return 'end';
                window.stops.push(node);
                const style = getComputedStyle(node);
                return {
                    html: node.outerHTML.slice(0, 90),
                    after: Boolean(last.compareDocumentPosition(node) & 4),
                    ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
                };
            });
            if (stop === 'end')
                break;
            assert.ok(stop.after, `out of order: ${stop.html}`);
            assert.ok(stop.ring, `no ring: ${stop.html}`);
        }
        assert.ok(await page.evaluate(() => window.stops.length) > 5);
        await page.keyboard.press('Tab');
    });

test('nothing moves by itself where motion is not wanted', {skip}, async (t) => {
    const page = await openPage(t, makePage(t), {reducedMotion: 'reduce'});
    const moving = await page.evaluate(() => document.getAnimations().length);
    assert.equal(moving, 0);
});

test('pictures of the paper, to be looked at', {skip: skip || !hasPdftoppm()}, (t) => {
    for (const lang of ['en', 'ja'])
        execFileSync('pdftoppm', ['-r', '60', '-png',
            path.join(pictures, `print-2009-berlin-men-100m-final-${lang}.pdf`),
            path.join(pictures, `print-${lang}`)]);
    t.diagnostic('out/page/print-*.png');
});

function hasPdftoppm() {
    try {
        execFileSync('pdftoppm', ['-v'], {stdio: 'ignore'});
        return true;
    } catch {
        return false;
    }
}
