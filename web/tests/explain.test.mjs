// The race explained and what if: each control is used and what it does is seen.
import assert from 'node:assert/strict';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {after, before, test} from 'node:test';
import {BERLIN, closeBrowser, hecto, openPage, picture, pictures, pinch, whatIsMissing}
    from './harness.mjs';

const skip = whatIsMissing() || false;
const JOGGERS = 'data/races/joggers-100m.csv';
const folder = mkdtempSync(path.join(tmpdir(), 'hecto-explain-'));
const berlin = path.join(folder, 'berlin.html');
let race;

before(() => {
    if (skip)
        return;
    hecto('page', BERLIN, '-o', berlin);
    race = JSON.parse(hecto('race', BERLIN, '-q', '--json'));
});
after(async () => {
    await closeBrowser();
    rmSync(folder, {recursive: true, force: true});
});

const lane = (n, from = race) => from.lanes.find((l) => l.lane === n);

async function open(t, file = berlin, opts = {}) {
    const page = await openPage(t, file, opts);
    await page.waitForSelector('.hm-chart canvas');
    return page;
}

/** Set a number of the what-if panel and wait until its message says that it was computed. */
async function ask(page, name, value) {
    const number = page.locator(`[data-number=${name}]`);
    await page.evaluate(() => { delete document.getElementById('hm-explain-whatif').dataset.ms; });
    await number.fill(String(value));
    await number.press('Enter');
    await number.blur();
    await page.waitForSelector('#hm-explain-whatif[data-ms]');
}

async function act(page, fn) {
    await page.evaluate(() => { delete document.getElementById('hm-explain-whatif').dataset.ms; });
    await fn();
    await page.waitForSelector('#hm-explain-whatif[data-ms]');
}

const number = (text) => Number(text.replace('−', '-').replace(/[+~±]/, ''));

/** Column of the table of differences by lane. */
async function difference(page, column) {
    const rows = await page.locator('table.difference tbody tr').evaluateAll((list, c) =>
        list.map((r) => [Number(r.dataset.lane), r.cells[c].textContent]), column);
    return Object.fromEntries(rows);
}

const readout = (page, chart) => page.locator(`[data-readout=${chart}]`);
const surface = (page, chart) => page.locator(`[data-chart=${chart}] .chart-surface`);

test('the result sorts by every column and each number says where it comes from', {skip},
    async (t) => {
        const page = await open(t);
        const names = () => page.locator('table.result tbody th').allTextContents();
        assert.equal((await names())[0], 'Usain Bolt');
        await page.locator('[data-sort=lane]').click();
        assert.equal((await names())[0], 'Dwain Chambers');
        await page.locator('[data-sort=lane]').click();
        assert.equal((await names())[0], 'Richard Thompson');
        assert.equal(await page.locator('th[aria-sort=descending]').innerText(), 'Lane ▼');
        await page.locator('[data-sort="60"]').click();
        assert.equal((await names())[0], 'Usain Bolt');
        const told = page.locator('.told');
        const bolt = page.locator('table.result tr[data-lane="4"]');
        await bolt.locator('td', {hasText: '6.29'}).click();
        assert.match(await told.innerText(),
            /Usain Bolt, 60 m 6\.29: Measured\. Told by the 6 sources/);
        const derived = page.locator('table.result tr[data-lane="5"] i').first();
        await derived.click();
        assert.match(await told.innerText(), /Tyson Gay, 10 m .*: derived/);
        await page.keyboard.press('ArrowRight');
        await page.keyboard.press('Enter');
        assert.match(await told.innerText(), /Tyson Gay, 20 m/);
        assert.equal(await bolt.locator('i').count(), 1); // all but his top speed was measured
    });

test('what was filled in is marked, with the width of its prior', {skip}, async (t) => {
    const file = path.join(folder, 'joggers.html');
    hecto('page', JOGGERS, '-o', file);
    const page = await open(t, file);
    const cell = page.locator('table.result tr[data-lane="1"] .v-filled').first();
    assert.match(await cell.innerText(), /^~0\.\d{3}$/);
    await cell.click();
    assert.match(await page.locator('.told').innerText(), /90 % of the prior: 0\.\d+ to 0\.\d+/);
    const sources = page.locator('#hm-explain-sources');
    assert.match(await sources.innerText(), /~0\.\d{3} \(90 % of the prior/);
    assert.match(await sources.innerText(), /names and race are invented/);
    await page.locator('.chip[data-lane="8"]').click(); // did not finish
    assert.match(await page.locator('.fv').innerText(), /No run could be fitted/);
    await picture(page, 'explain-joggers', {fullPage: true});
});

test('a chart moves the film by mouse and by keys, and the film moves the charts', {skip},
    async (t) => {
        const page = await open(t);
        await surface(page, 'speed').focus();
        for (let i = 0; i < 6; i++)
            await page.keyboard.press('PageUp');
        await page.waitForFunction(() => /[?#&]t=\d/.test(location.hash));
        await page.waitForFunction(() => /6\.\d\d s, (59|60)/.test(
            document.querySelector('[data-readout=speed]').textContent));
        assert.match(await readout(page, 'speed').innerText(), /4 Usain Bolt: 12\.\d\d m\/s ± 0/);
        assert.match(await readout(page, 'gaps').innerText(), /0\.000 s to the winner/);
        assert.match(await readout(page, 'steps').innerText(), /step \d+: 4\.\d+ Hz, 2\.\d+ m/);
        assert.match(await readout(page, 'force').innerText(), /12\.\d+ m\/s, .* N\/kg/);
        const at = () => page.evaluate(() =>
            Number(new URLSearchParams(location.hash.slice(1)).get('t')));
        const t60_s = await at();
        const over = page.locator('[data-chart=speed] .u-over');
        const box = await over.boundingBox();
        await page.mouse.move(box.x + box.width * .3, box.y + 50);
        await page.waitForFunction(() => /(29|30)\.\d m/.test(
            document.querySelector('[data-readout=gaps]').textContent));
        await page.waitForFunction((was) => Number(new URLSearchParams(location.hash.slice(1))
            .get('t')) !== was, t60_s);
        assert.ok(Math.abs(t60_s - await at() - (6.29 - 3.78)) < .3);
        // the film by itself: its own last picture
        await page.mouse.move(2, 2);
        await page.evaluate(() => history.replaceState(null, '', '#'));
        await page.evaluate((s) => { location.hash = `#t=${s}`; }, t60_s.toFixed(2));
        await page.waitForFunction(() => /(59|60)\.\d m/.test(
            document.querySelector('[data-readout=speed]').textContent));
        await picture(page, 'explain-linked', {fullPage: true});
    });

test('two fingers, the wheel and keys bring a chart nearer, and far again', {skip}, async (t) => {
    const page = await open(t, berlin, {hasTouch: true});
    const over = page.locator('[data-chart=gaps] .u-over');
    await over.scrollIntoViewIfNeeded();
    const box = await over.boundingBox();
    const metresAt = async (share) => {
        await page.mouse.move(box.x + box.width * share, box.y + 40);
        await page.waitForTimeout(150);
        return Number((await readout(page, 'gaps').innerText()).match(/([\d.]+) m/)[1]);
    };
    const shown = async () => await metresAt(.98) - await metresAt(.02);
    const whole_m = await shown(), x = box.x + .4 * box.width;
    assert.ok(whole_m > 90);
    const under_m = await metresAt(.4);
    await pinch(page, x, box.y + 80, 60, 300);
    const near_m = await shown();
    assert.ok(Math.abs(near_m - whole_m / 5) < 2, `${near_m} of ${whole_m} m`);
    assert.ok(Math.abs(await metresAt(.4) - under_m) < 1.5, 'what lay under the fingers stays');
    await picture(page, 'explain-pinch');
    await pinch(page, x, box.y + 80, 300, 40);
    assert.ok(Math.abs(await shown() - whole_m) < 1, 'no farther than all of it');
    await page.mouse.move(x, box.y + 80);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -400);
    await page.keyboard.up('Control');
    assert.ok(Math.abs(await shown() - whole_m / Math.E) < 3, `${await shown()} m by the wheel`);
    await surface(page, 'gaps').focus();
    await page.keyboard.press('0');
    assert.ok(Math.abs(await shown() - whole_m) < 1);
    await page.keyboard.press('+');
    assert.ok(Math.abs(await shown() - whole_m / 2) < 2);
    await page.keyboard.press('End'); // the part that is shown goes along
    assert.match(await readout(page, 'gaps').innerText(), /100\.0 m/);
});

test('over time, other steps, other runners, all intervals, tables', {skip}, async (t) => {
    const page = await open(t);
    assert.equal(await surface(page, 'speed').getAttribute('aria-valuemax'), '100');
    await page.locator('input[type=radio][value=time]').check();
    const max_s = Number(await surface(page, 'gaps').getAttribute('aria-valuemax'));
    assert.ok(Math.abs(max_s - 9.58) < .01); // until the first arrives
    await page.locator('input[type=radio][value=distance]').check();
    await page.locator('[data-chart=steps] summary').click();
    const steps = page.locator('[data-chart=steps] table');
    assert.match(await steps.locator('caption').innerText(), /Hz/);
    await page.locator('[data-steps]').selectOption('length_m');
    assert.match(await steps.locator('caption').innerText(), /, in m$/);
    const stride_m = Number(await steps.locator('tr[data-lane="4"] td').nth(7).innerText());
    assert.ok(stride_m > 2.5 && stride_m < 2.85); // Berlin: 2.77 m at his fastest
    await page.locator('[data-chart=speed] summary').click();
    const row = page.locator('[data-chart=speed] tr[data-lane="4"] td');
    assert.match(await row.nth(6).innerText(), /^12\.\d\d ±0\.\d\d$/);
    await page.locator('[data-chart=gaps] summary').click();
    const gap = await page.locator('[data-chart=gaps] tr[data-lane="7"] td').nth(9).innerText();
    assert.match(gap, /^0\.76/);
    await page.locator('.chip[data-lane="5"]').click();
    assert.equal(await page.locator('.chip[data-lane="5"]').getAttribute('aria-pressed'), 'true');
    assert.match(await page.locator('.fv').innerText(), /Tyson Gay: fitted to the finish time/);
    assert.equal(await page.locator('tr.near').first().getAttribute('data-lane'), '5');
    await page.locator('.chip[data-lane="4"]').click();
    assert.match(await page.locator('.fv').innerText(), /9 .*times|10 measured times/);
    const painted = () => page.locator('[data-chart=speed] canvas').evaluate((c) =>
        c.toDataURL().length);
    const before_bytes = await painted();
    await page.locator('[data-bands]').check();
    assert.notEqual(await painted(), before_bytes);
});

test('the photo finish is read by a cursor to the thousandth', {skip}, async (t) => {
    const page = await open(t);
    await page.locator('#hm-explain-photo').scrollIntoViewIfNeeded();
    await page.waitForSelector('.readings');
    const strip = page.locator('.photo-strip');
    const now_s = async () => Number(await strip.getAttribute('aria-valuenow'));
    assert.ok(Math.abs(await now_s() - 9.58) < .0021);
    await page.locator('.readings [data-lane="3"]').click();
    assert.ok(Math.abs(await now_s() - 9.93) < .0021);
    const at_s = await now_s();
    await page.keyboard.press('ArrowRight');
    assert.ok(Math.abs(await now_s() - at_s - .001) < 1e-9);
    await page.keyboard.press('PageUp');
    assert.ok(await now_s() < at_s + 1e-9);
    await page.keyboard.press('Home');
    const from_s = await now_s();
    const box = await strip.boundingBox();
    await page.mouse.move(box.x + 3, box.y + 100);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2, box.y + 100, {steps: 4});
    await page.mouse.up();
    const to_s = Number(await strip.getAttribute('aria-valuemax'));
    assert.ok(Math.abs(await now_s() - (from_s + to_s) / 2) < .003);
    await page.locator('[data-zoom="4"]').click();
    assert.ok((await strip.boundingBox()).width > 3.9 * box.width);
    assert.equal(await page.locator('.hashline').count(), 8);
    await page.locator('[data-zoom="0"]').click();
    assert.ok((await strip.boundingBox()).width <= box.width);
    await page.locator('[data-hashlines]').uncheck();
    assert.equal(await page.locator('.photo-marks').isVisible(), false);
    await picture(page, 'explain-photo');
});

test('two fingers bring the photo finish nearer, one moves it, a tap reads it', {skip},
    async (t) => {
        const page = await open(t, berlin, {hasTouch: true});
        await page.locator('#hm-explain-photo').scrollIntoViewIfNeeded();
        await page.waitForSelector('.readings');
        const strip = page.locator('.photo-strip'), frame = page.locator('.photo-frame');
        await strip.scrollIntoViewIfNeeded();
        const before = await strip.boundingBox(), box = await frame.boundingBox();
        const x = box.x + .5 * box.width, y = box.y + .4 * box.height;
        const under = (x - before.x) / before.width;
        await pinch(page, x, y, 60, 180);
        const after = await strip.boundingBox();
        assert.ok(Math.abs(after.width / before.width - 3) < .1, `${after.width / before.width}`);
        assert.ok(Math.abs((x - after.x) / after.width - under) < .01, 'what lay under them stays');
        const hands = await page.context().newCDPSession(page);
        const touch = (type, x_px) => hands.send('Input.dispatchTouchEvent', {type,
            touchPoints: x_px === null ? [] : [{x: x_px, y, id: 0}]});
        await touch('touchStart', x);
        for (let k = 1; k <= 6; k++)
            await touch('touchMove', x - 20 * k);
        await touch('touchEnd', null);
        assert.ok(Math.abs((await strip.boundingBox()).x - after.x + 120) < 8, 'a finger moves it');
        const was = await strip.getAttribute('aria-valuenow');
        await page.touchscreen.tap(x, y);
        await page.waitForFunction((old) => document.querySelector('.photo-strip')
            .getAttribute('aria-valuenow') !== old, was);
        const now = await strip.boundingBox(), share = (x - now.x) / now.width;
        const of = async (name) => Number(await strip.getAttribute(`aria-value${name}`));
        const want_s = await of('min') + share * (await of('max') - await of('min'));
        assert.ok(Math.abs(await of('now') - want_s) < .004, `${await of('now')} for ${want_s}`);
        await picture(page, 'explain-photo-pinch');
        await pinch(page, x, y, 300, 30);
        assert.ok((await strip.boundingBox()).width <= box.width + 1);
    });

test('wind and air change all', {skip}, async (t) => {
    const page = await open(t);
    await ask(page, 'wind_mps', 2);
    const dt = await difference(page, 2);
    for (const n of [1, 2, 3, 4, 5, 6, 7, 8])
        assert.ok(number(dt[n]) < -.04 && number(dt[n]) > -.06, `${n}: ${dt[n]}`);
    assert.match((await difference(page, 5))[4], /^±0\.00\d$/);
    assert.ok(await page.locator('.whatif-banner').isVisible());
    assert.match(await page.locator('table.result').innerText(), /9\.54/);
    for (let i = 0; i < 7; i++)
        await act(page, () => page.locator('[data-slider=wind_mps]').press('ArrowRight'));
    await ask(page, 'altitude_m', 2240);
    await ask(page, 'temp_c', 30);
    assert.ok(number((await difference(page, 2))[4]) < -.1);
    assert.equal(await page.locator('.whatif-list li').count(), 3);
    await page.locator('.whatif-list button').nth(1).click();
    await page.waitForFunction(() => document.querySelectorAll('.whatif-list li').length === 2);
    await page.locator('[data-was=temp_c]').click();
    await page.waitForFunction(() => document.querySelectorAll('.whatif-list li').length === 1);
    await ask(page, 'wind_mps', 0.9);
    assert.equal(await page.locator('table.difference').count(), 0);
    assert.equal(await page.locator('.whatif-banner').isVisible(), false);
});

test('one runner: reaction, start, top speed, someone else, nobody', {skip}, async (t) => {
    const page = await open(t);
    await page.locator('[data-lane-select]').selectOption('4');
    await ask(page, 'reaction_s', 0.246);
    const dt = await difference(page, 2);
    assert.equal(dt[4], '+0.100');
    assert.equal(dt[5], '0');
    assert.equal((await difference(page, 6))[4], '1 → 1');
    await ask(page, 'force_frac', 3);
    assert.ok(number((await difference(page, 2))[4]) < .07);
    await ask(page, 'top_speed_mps', -0.5);
    assert.equal((await difference(page, 6))[4], '1 → 3');
    await page.locator('.chip[data-lane="4"]').click();
    assert.match(await page.locator('.fv').innerText(), /4 Usain Bolt.*Changed by the what-if/);
    await page.locator('[data-lane-select]').selectOption('7');
    await act(page, () => page.locator('[data-guest]').selectOption('1991-tokyo-men-100m-final/5'));
    assert.match((await difference(page, 1))[7], /← Darvis Patton/);
    const guest = page.locator('table.result tr[data-lane="7"]');
    assert.doesNotMatch(await guest.innerText(), /Patton/);
    await page.locator('[data-lane-select]').selectOption('1');
    await act(page, () => page.locator('[data-empty]').check());
    assert.equal(await page.locator('table.result tbody tr').count(), 7);
    assert.match((await difference(page, 1))[1], /away/);
    await picture(page, 'explain-changed', {fullPage: true});
    await page.locator('[data-number=reaction_s]').fill('9');
    await page.locator('[data-number=reaction_s]').press('Enter');
    assert.match(await page.locator('.whatif-message').innerText(), /Only 0\.000 to 2\.000/);
});

test('undo, redo and as it was', {skip}, async (t) => {
    const page = await open(t);
    await ask(page, 'wind_mps', 1);
    await ask(page, 'wind_mps', 2);
    const at2 = (await difference(page, 2))[4];
    await act(page, () => page.locator('[data-do=undo]').click());
    assert.notEqual((await difference(page, 2))[4], at2);
    await act(page, () => page.locator('[data-do=redo]').click());
    assert.equal((await difference(page, 2))[4], at2);
    await act(page, () => page.locator('[data-do=reset]').click());
    assert.equal(await page.locator('table.difference').count(), 0);
    assert.ok(await page.locator('[data-do=reset]').isDisabled());
    await act(page, () => page.locator('[data-do=undo]').click());
    assert.equal((await difference(page, 2))[4], at2);
});

test('a changed race is a link and a file, and both come back', {skip}, async (t) => {
    const page = await open(t);
    await page.locator('[data-lane-select]').selectOption('4');
    await ask(page, 'reaction_s', 0.2);
    await ask(page, 'wind_mps', -1);
    const told = await difference(page, 2);
    await page.waitForFunction(() => location.hash.includes('what='));
    const hash = await page.evaluate(() => location.hash);
    assert.match(hash, /what=wind_mps:-1,4\.reaction_s:0\.2/);
    assert.ok((await page.locator('[data-link]').inputValue()).includes('what=wind_mps:-1'));
    const [download] = await Promise.all([page.waitForEvent('download'),
        page.locator('[data-do=save]').click()]);
    const saved = path.join(folder, 'saved.json');
    await download.saveAs(saved);
    const made = JSON.parse(readFileSync(saved, 'utf8'));
    assert.equal(made.mode, 'simulate');
    assert.ok(made.notes.some((n) => n.startsWith('what if: wind -1.0 m/s')));
    // hecto takes it, and its times are those that the page told
    assert.match(hecto('race', saved, '-q'), /Bolt/);
    for (const n of [1, 4, 8])
        assert.ok(Math.abs((lane(n, made).time_us - lane(n).time_us) / 1e6 - number(told[n])) <
            .0006);

    const linked = await open(t, berlin, {hash});
    await linked.waitForSelector('table.difference');
    assert.deepEqual(await difference(linked, 2), told);

    const fresh = await open(t);
    await fresh.locator('[data-file]').setInputFiles(saved);
    await fresh.waitForSelector('table.difference');
    assert.deepEqual(await difference(fresh, 2), told);
});

test('another race is opened from a file, a broken one is refused', {skip}, async (t) => {
    const page = await open(t);
    const seoul = path.join(folder, 'seoul.json');
    hecto('race', 'data/races/1988-seoul-women-100m-final.csv', '-q', '-o', seoul);
    await page.locator('[data-file]').setInputFiles(seoul);
    await page.waitForFunction(() =>
        /Griffith/.test(document.querySelector('table.result').textContent));
    await ask(page, 'wind_mps', 0);
    assert.ok(number((await difference(page, 2))[1]) !== 0);
    const broken = path.join(folder, 'broken.json');
    writeFileSync(broken, '{"format": "hectometre-race", "version": 1, "lanes": [<b>');
    await page.locator('[data-file]').setInputFiles(broken);
    await page.waitForFunction(() =>
        /is no race/.test(document.querySelector('.whatif-message').textContent));
    const hurt = structuredClone(race);
    hurt.lanes[3].curve.x_m[500] = 0; // runs backwards
    writeFileSync(broken, JSON.stringify(hurt));
    await page.locator('[data-file]').setInputFiles(broken);
    await page.waitForFunction(() =>
        /is no race: .*run forward/.test(document.querySelector('.whatif-message').textContent));
    assert.match(await page.locator('table.result').innerText(), /Griffith/);
});

test('in Japanese, on a phone, in the dark, on paper', {skip}, async (t) => {
    const file = path.join(folder, 'ja.html');
    hecto('page', BERLIN, '--lang', 'ja', '-o', file);
    const page = await open(t, file, {viewport: {width: 390, height: 844}, hasTouch: true,
        colorScheme: 'dark', deviceScaleFactor: 2});
    assert.equal(await page.locator('#hm-explain-whatif h2').innerText(), 'もしも');
    await page.locator('.chip[data-lane="4"]').tap();
    const box = await page.locator('[data-chart=speed] .u-over').boundingBox();
    await page.locator('[data-chart=speed] .u-over').scrollIntoViewIfNeeded();
    const seen = await page.locator('[data-chart=speed] .u-over').boundingBox();
    await page.touchscreen.tap(seen.x + seen.width / 2, seen.y + 40);
    await page.waitForFunction(() => /(49|50)\.\d m/.test(
        document.querySelector('[data-readout=speed]').textContent));
    assert.ok(box.width > 200);
    assert.equal(await page.evaluate(() =>
        document.documentElement.scrollWidth <= window.innerWidth), true);
    await picture(page, 'explain-phone-ja', {fullPage: true});
});

test('prints as it stands, dark on white, on two pages', {skip}, async (t) => {
    const page = await open(t, berlin, {colorScheme: 'dark'});
    await page.locator('#hm-explain-photo').scrollIntoViewIfNeeded();
    await page.waitForSelector('.readings');
    await ask(page, 'wind_mps', 2);
    const pdf = await page.pdf({format: 'A4', printBackground: true});
    writeFileSync(path.join(pictures, 'explain.pdf'), pdf);
    assert.ok(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g).length <= 2);
    assert.equal(await page.evaluate(() => document.documentElement.dataset.print), undefined);
});
