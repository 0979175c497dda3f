// What if, in a story's page: facts taken away and added are lived again by the C of `hecto life`,
// with the same bits, and compared with the story as told.
import assert from 'node:assert/strict';
import {mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {after, before, test} from 'node:test';

import {firstChange, meanBelief, rankOf} from '../src/life/compare.js';
import {Model} from '../src/life/model.js';
import {branchOf, changedScenario, dayAfter} from '../src/life/wish.js';
import {blockOf, closeBrowser, hecto, openPage, picture, whatIsMissing} from './harness.mjs';

const skip = whatIsMissing() || false;
const RIVALS = 'data/scenarios/rivals.json';
const BYTES_MOST = 2 * 1024 * 1024;
const made = {};
before(() => {
    if (skip)
        return;
    made.folder = mkdtempSync(path.join(tmpdir(), 'hecto-whatif-'));
    made.file = path.join(made.folder, 'rivals.html');
    hecto('page', RIVALS, '-q', '-o', made.file);
    made.data = JSON.parse(blockOf(readFileSync(made.file, 'utf8'), 'data').toString('utf8'));
    made.scenario = JSON.parse(made.data.scenario_text);
    made.told = new Model(made.data.story, 'en');
});
after(async () => {
    await closeBrowser();
    if (made.folder)
        rmSync(made.folder, {recursive: true, force: true});
});

/** The story that the program lives. */
function lived(scenario, ...args) {
    const file = path.join(made.folder, 'scenario.json');
    writeFileSync(file, JSON.stringify(scenario));
    return new Model(JSON.parse(hecto('life', file, '--json', '-q', ...args)), 'en');
}

const open = async (t, file = made.file, opts = {}) => {
    const page = await openPage(t, file, opts);
    await page.click('#life-tab-futures');
    return page;
};
const go = async (page) => {
    await page.click('.life-go');
    await page.waitForSelector('.life-compare');
    await page.waitForFunction(() => document.querySelector('.life-whatif progress').hidden, null);
};
const cells = (page, i) => page.locator('.life-compare table').nth(i).locator('tbody tr')
    .evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent)));
const last = (text) => text.split(' → ').at(-1);

test('the page lives the story as told again, and it is small', {skip}, () => {
    assert.ok(statSync(made.file).size <= BYTES_MOST, `${statSync(made.file).size} bytes`);
    assert.ok(made.scenario.world.future >= 0 && !made.scenario.world.search);
    assert.deepEqual(lived(made.scenario).story.races, made.data.story.races);
});

test('a wish is one switch more: as told without it, changed with it', {skip}, () => {
    const wishes = [{kind: 'event', index: 3, label: 'he stays'}, {kind: 'switch', name: 'injury'},
        {kind: 'add', label: 'hurt', event: {kind: 'injury', who: 'niwa', date: '2003-06-02',
            site: 'other', days_out: 60}}];
    const {scenario, without} = changedScenario(made.scenario, wishes);
    assert.deepEqual(without, ['injury', 'what-if']);
    assert.equal(made.scenario.events.length, scenario.events.length - 1, 'the told one is whole');
    assert.deepEqual(lived(scenario).story.races, made.data.story.races);
    assert.ok(firstChange(made.told, lived(scenario, '--without', without.join())));
    assert.equal(branchOf(made.scenario, wishes), dayAfter('2001-03-20', -8));
});

test('an injury that did not happen: the same C, the same bits, told beside one another', {skip},
    async (t) => {
        const page = await open(t);
        assert.ok(await page.locator('.life-go').isDisabled());
        await page.locator('.life-wish', {hasText: 'hamstring holds'}).locator('input').check();
        await go(page);
        const now = lived(made.scenario, '--without', 'injury');
        const rows = await cells(page, 0);
        assert.deepEqual(rows.map((row) => row[0]),
            made.told.followed.map((who) => who.name));
        for (const [name, pb, , rank, races] of rows) {
            const who = now.followed.find((p) => p.name === name);
            const hundredths = Math.ceil(Math.round(who.pb_s * 1e6) / 1e4) / 100;
            assert.equal(last(pb), hundredths.toFixed(2), name);
            assert.equal(Number(last(rank)), rankOf(now, who), name);
            assert.equal(Number(last(races)), who.runs.length, name);
        }
        assert.ok((await page.locator('.life-first').innerText())
            .includes(firstChange(made.told, now)));
        const order = meanBelief(now.followed, 'order').at(-1)[1].toFixed(2);
        assert.match(await page.locator('.life-compare svg').nth(now.followed.length + 3)
            .getAttribute('aria-label'), new RegExp(`“order”.*, ${order}$`));
        await picture(page.locator('.life-whatif'), 'whatif');
        // the whole page shows the other lives, and goes back
        await page.click('.life-show');
        assert.match(await page.locator('.life-other').innerText(), /hamstring holds/);
        await page.click('#life-tab-races');
        const meeting = now.races.at(-1);
        await page.selectOption('#life-view-races select', 'togashi');
        const own = now.byId.get('togashi').runs.length;
        assert.match(await page.locator('#life-view-races output').innerText(),
            new RegExp(`^${own} `));
        await page.click('#life-tab-lives');
        await picture(page, 'whatif-lives', {fullPage: false});
        const run = meeting.runs.find((r) => now.followed.includes(r.who));
        if (run) {
            await page.locator(`[data-key="r:${meeting.index}:${run.who.index}"]`).press('Enter');
            await page.waitForSelector('#hm-explain table');
            assert.ok((await page.locator('#hm-explain').innerText()).includes(run.official));
        }
        await page.click('.life-other button');
        assert.equal(await page.locator('.life-other').count(), 0);
        await page.click('#life-tab-futures');
        assert.ok(await page.locator('.life-compare').isVisible(), 'the answer is still there');
    });

test('what was drawn: an injury from its year, an idea of a life; futures are counted', {skip},
    async (t) => {
        const page = await openPage(t, made.file);
        const who = made.told.byId.get('togashi');
        const injury = [...who.injuries].filter((i) => i.days_out !== 190)
            .sort((a, b) => b.days_out - a.days_out)[0];
        const season = who.seasons.find((s) => injury.at_yr >= s.from_yr && injury.at_yr < s.to_yr);
        await page.locator(`[data-key="s:${who.index}:${season.year}"]`).press('Enter');
        await page.locator('.life-whatnot', {hasText: 'What if not?'}).first().click();
        assert.ok(await page.locator('.life-whatif').isVisible());
        assert.match(await page.locator('.life-chosen').innerText(), /is not injured on/);
        await page.locator('.life-drop').click();
        assert.equal(await page.locator('.life-chosen li').count(), 0);
        await page.locator('.life-ofperson select').selectOption('komiya');
        await page.locator('.life-wishes summary', {hasText: 'Ideas'}).click();
        const idea = page.locator('.life-wishes input:visible').first();
        await idea.check();
        assert.match(await page.locator('.life-chosen').innerText(), /does not hear/);
        await page.locator('.life-controls select').first().selectOption('10');
        await go(page);
        assert.equal(await page.locator('.life-result .life-future').count(),
            made.told.followed.length + 6 + 2);
        const odds = await page.locator('.life-result .life-futuregroup tbody tr')
            .first().innerText();
        assert.match(odds, /as it was\s+10\s/);
    });

test('an event more, saved as a scenario that the program lives; stopped on the way', {skip},
    async (t) => {
        const page = await open(t, made.file);
        await page.locator('.life-add select').nth(0).selectOption('injury');
        await page.locator('.life-add select').nth(1).selectOption('niwa');
        await page.fill('.life-add input[type=date]', '2003-06-02');
        await page.fill('.life-add input[type=number]', '200');
        await page.locator('.life-add button').click();
        await go(page);
        const [download] = await Promise.all([page.waitForEvent('download'),
            page.getByRole('button', {name: 'Save the scenario'}).click()]);
        const file = path.join(made.folder, 'saved.json');
        await download.saveAs(file);
        const now = lived(JSON.parse(readFileSync(file, 'utf8')), '--without', 'what-if');
        const niwa = now.byId.get('niwa');
        assert.ok(niwa.injuries.some((i) => i.days_out === 200));
        const row = (await cells(page, 0)).find(([name]) => name === 'Niwa');
        assert.equal(Number(last(row[4])), niwa.runs.length);
        await page.locator('.life-controls select').first().selectOption('100');
        await page.click('.life-go');
        await page.waitForFunction(() => {
            const bar = document.querySelector('.life-whatif progress');
            return !bar.hidden && bar.position > 0;
        });
        await page.getByRole('button', {name: 'Stop'}).click();
        await page.waitForSelector('text=Stopped.');
        await page.locator('.life-controls select').first().selectOption('0');
        await go(page);
        assert.equal(await page.locator('.life-result .life-futuregroup').count(), 0);
    });

test('in Japanese, on a phone, in the dark: it fits', {skip}, async (t) => {
    const ja = path.join(made.folder, 'ja.html');
    hecto('page', RIVALS, '-q', '--lang', 'ja', '-o', ja);
    const page = await open(t, ja, {viewport: {width: 390, height: 844}, hasTouch: true,
        colorScheme: 'dark'});
    await page.locator('.life-wish', {hasText: '教わらない'}).locator('input').check();
    await picture(page.locator('.life-whatif'), 'whatif-phone-ask');
    await go(page);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `${wide} px stand out`);
    await picture(page.locator('.life-whatif'), 'whatif-phone');
});
