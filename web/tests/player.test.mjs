// The player: each control is used and what it does is looked at, in a real Chromium.
import assert from 'node:assert/strict';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {after, before, test} from 'node:test';
import {BERLIN, blockOf, closeBrowser, hecto, openPage, picture, pinch, whatIsMissing}
    from './harness.mjs';
import {bySound, changesPicture, clickOn, film_s, firstPicture, gunApart_ms, listenIn, pick,
    pictureSum, seek, settles, soundReady, stands, watchShown} from './playing.mjs';

const skip = whatIsMissing() || false;
const files = {};
let folder = null;
before(() => {
    if (skip)
        return;
    folder = mkdtempSync(path.join(tmpdir(), 'hecto-player-'));
    for (const lang of ['en', 'ja']) {
        files[lang] = path.join(folder, `${lang}.html`);
        hecto('page', BERLIN, '--lang', lang, '-o', files[lang]);
    }
});
after(async () => {
    await closeBrowser();
    if (folder)
        rmSync(folder, {recursive: true, force: true});
});

/** A page whose player has drawn its first picture. */
async function open(t, opts = {}) {
    const page = await openPage(t, files[opts.lang || 'en'], opts);
    await firstPicture(page);
    return page;
}

test('play and pause: film time goes on with the clock and stands still', {skip}, async (t) => {
    const page = await open(t);
    assert.equal(await film_s(page), 0);
    await picture(page, 'player-first');
    await clickOn(page, 'play');
    assert.equal(await page.getAttribute('.hp-main', 'aria-label'), 'Pause');
    await page.waitForFunction(() =>
        Number(document.querySelector('.hp-line').getAttribute('aria-valuenow')) > 1);
    await clickOn(page, 'play');
    await stands(page);
    assert.equal(await page.getAttribute('.hp-main', 'aria-label'), 'Play');
    await page.locator('.hp-stage').click();
    assert.equal(await page.getAttribute('.hp-main', 'aria-label'), 'Pause');
    await page.keyboard.press(' ');
    assert.equal(await page.getAttribute('.hp-main', 'aria-label'), 'Play');
});

test('the line of time: drag, click, keys, marks, a typed time, one drawing', {skip}, async (t) => {
    const page = await open(t);
    const line = await page.locator('.hp-track').boundingBox();
    const whole_s = Number(await page.getAttribute('.hp-line', 'aria-valuemax'));
    const at = (frac) => [line.x + frac * line.width, line.y + line.height / 2];
    await changesPicture(page, () => page.mouse.click(...at(0.5)), 'a click on the line');
    await settles(page, whole_s / 2, 'a click on the line', 0.06);
    await page.mouse.move(...at(0.5));
    await page.mouse.down();
    await page.mouse.move(...at(0.6));
    await page.mouse.move(...at(0.4), {steps: 4});
    await page.mouse.up();
    await settles(page, 0.4 * whole_s, 'dragged', 0.06);
    assert.match(await page.innerText('.hp-tip'), /0:\d\d\.\d\d race [+−]?\d+\.\d\d s/);
    await seek(page, 12.34);
    await settles(page, 12.34, 'typed');
    assert.match(await page.getAttribute('.hp-line', 'aria-valuetext'), /^12\.34 of .* race time/);
    await page.focus('.hp-line');
    for (const [key, by_s] of [['+', 0.01], ['-', -0.01], ['ArrowRight', 1], ['ArrowLeft', -1],
        ['PageUp', 5], ['PageDown', -5]]) {
        const from_s = await film_s(page);
        await page.keyboard.press(key);
        await settles(page, from_s + by_s, key);
    }
    await clickOn(page, 'step_ahead');
    await settles(page, 12.41666, 'one drawing on');
    await clickOn(page, 'step_back');
    await settles(page, 12.33333, 'one drawing back');
    for (const [key, mark] of [['g', 'gun'], ['h', 'finish']]) {
        await page.keyboard.press(key);
        const there_s = Number(await page.getAttribute(`[data-mark=${mark}]`, 'data-film'));
        await settles(page, there_s, mark);
        const race = parseFloat((await page.innerText('.hp-race')).replace('−', '-').slice(5));
        assert.ok(Math.abs(race - {gun: 0, finish: 9.572}[mark]) < 0.09, `${mark}: ${race}`);
    }
    await picture(page, 'player-finish');
    await page.keyboard.press('End');
    await settles(page, whole_s, 'end', 0.1);
    await page.keyboard.press('Home');
    await settles(page, 0, 'home');
    await page.keyboard.press('n');
    assert.ok(await film_s(page) >= 0);
});

test('cameras: side, front, behind, free by drag, wheel and keys, and back', {skip}, async (t) => {
    const page = await open(t, {hash: '#t=19'});
    for (const view of ['side', 'front', 'behind']) {
        await changesPicture(page, () => pick(page, 'camera', view), view);
        await picture(page, `player-${view}`);
    }
    await changesPicture(page, () => pick(page, 'lane', '8'), 'another runner');
    await changesPicture(page, () => pick(page, 'camera', 'side'), 'his side');
    await picture(page, 'player-side-8');
    await pick(page, 'camera', 'free');
    await page.waitForTimeout(500);
    const box = await page.locator('.hp-stage').boundingBox();
    const x = box.x + box.width / 2, y = box.y + box.height / 2;
    const drag = async (button) => {
        await page.mouse.move(x, y);
        await page.mouse.down({button});
        await page.mouse.move(x + 150, y + 60, {steps: 5});
        await page.mouse.up({button});
    };
    await changesPicture(page, () => drag('left'), 'turned');
    await changesPicture(page, () => drag('right'), 'moved');
    await changesPicture(page, () => page.mouse.wheel(0, 400), 'farther away');
    await picture(page, 'player-free');
    await page.focus('.hp-stage');
    await changesPicture(page, () => page.keyboard.press('w', {delay: 300}), 'walked');
    await changesPicture(page, () => page.keyboard.press('ArrowLeft', {delay: 300}), 'went aside');
    assert.ok(Math.abs(await film_s(page) - 19) < 0.01, 'arrows walk; they do not wind the film');
    await changesPicture(page, () => pick(page, 'camera', 'directed'), 'as directed again');
    await page.keyboard.press('4');
    assert.equal(await page.inputValue('[data-choice=camera]'), 'side');
    assert.equal(await page.inputValue('[data-choice=lane]'), '4');
});

test('look and cut are other films; instant and choices are in the link', {skip}, async (t) => {
    const page = await open(t, {hash: '#t=16.5'});
    const whole = await page.innerText('.hp-whole');
    await changesPicture(page, () => pick(page, 'cut', 'race'), 'the race alone');
    await page.waitForFunction((old) => document.querySelector('.hp-whole').textContent !== old,
        whole);
    await pick(page, 'cut', 'look');
    await changesPicture(page, () => pick(page, 'look', 'rotoscope'), 'rotoscope');
    await seek(page, 16.5);
    await changesPicture(page, () => pick(page, 'camera', 'behind'), 'behind');
    await pick(page, 'lane', '3');
    await stands(page);
    await picture(page, 'player-rotoscope');
    const sum = await pictureSum(page);
    const hash = await page.evaluate(() => location.hash);
    assert.match(hash, /t=16\.50/);
    assert.match(hash, /look=rotoscope.*camera=behind.*lane=3/);
    const again = await open(t, {hash});
    assert.equal(await again.inputValue('[data-choice=look]'), 'rotoscope');
    assert.equal(await again.inputValue('[data-choice=lane]'), '3');
    await stands(again);
    assert.equal(await pictureSum(again), sum, 'the link shows the same picture');
});

/**
 * Seconds that the film goes in a second: of its sound if it is heard, of the computer if not. From
 * the means of two halves of some seconds, as a picture may come late.
 */
const filmSpeed = (page, is_silent) => page.evaluate((silent) => new Promise((done) => {
    const cell = document.querySelector('[data-cell=clock]'), pairs = [];
    const end_ms = performance.now() + 3000;
    const look = (now_ms) => {
        pairs.push([silent ? now_ms / 1000 : window.ear.context.currentTime,
            parseFloat(cell.textContent.split(', ')[1])]);
        if (now_ms < end_ms)
            return requestAnimationFrame(look);
        const half = pairs.length >> 1;
        const mean = (list, i) => list.reduce((sum, one) => sum + one[i], 0) / list.length;
        const [way_s, film_s] = [0, 1].map((i) =>
            mean(pairs.slice(half), i) - mean(pairs.slice(0, half), i));
        return done(film_s / way_s);
    };
    requestAnimationFrame(look);
}), is_silent);

test('speed: the film goes as fast as is asked, silent below a half', {skip}, async (t) => {
    const page = await open(t, {hash: '#t=5', init: listenIn});
    await soundReady(page);
    await clickOn(page, 'panel');
    await pick(page, 'size', '2');
    for (const [speed, is_silent] of [['0.25', true], ['2', false], ['1.25', false]]) {
        await pick(page, 'speed', speed);
        await clickOn(page, 'play');
        if (!is_silent)
            await bySound(page);
        await page.waitForTimeout(500);
        const found = await filmSpeed(page, is_silent);
        await clickOn(page, 'play');
        assert.ok(Math.abs(found / Number(speed) - 1) < 0.06, `${speed}: ${found}`);
        assert.equal(await page.textContent('.hp-note'), is_silent ? 'Silent below 0.5×' : '');
        await seek(page, 5);
    }
});

test('captions in two languages, and the race told to a screen reader', {skip}, async (t) => {
    const page = await open(t);
    const gun_s = Number(await page.getAttribute('[data-mark=gun]', 'data-film'));
    await seek(page, (gun_s + 0.25).toFixed(2));
    await clickOn(page, 'captions');
    assert.equal(await page.inputValue('[data-choice=captions]'), 'en');
    await page.waitForFunction(() => document.querySelector('.hp-caption').textContent !== '');
    const english = await page.innerText('.hp-caption');
    await picture(page, 'player-captions');
    await pick(page, 'captions', 'ja');
    assert.match(await page.innerText('.hp-caption'), /[\u3040-\u30ff\u4e00-\u9fff]/);
    assert.doesNotMatch(english, /[\u3040-\u30ff\u4e00-\u9fff]/);
    await pick(page, 'captions', 'off');
    assert.equal(await page.isVisible('.hp-caption'), false);
    await page.evaluate(() => {
        // at the instant at which it is written: an observer is told when the task has ended
        const write = Object.getOwnPropertyDescriptor(Node.prototype, 'textContent').set;
        window.told = [];
        Object.defineProperty(document.querySelector('.hp-told'), 'textContent', {set(text) {
            window.told.push([performance.now(), text]);
            write.call(this, text);
        }});
    });
    await clickOn(page, 'play');
    await page.waitForFunction(() => window.told.length >= 3 && window.told.some(([, text]) =>
        /Bolt|Powell|Gay|Thompson/.test(text)));
    await clickOn(page, 'play');
    const told = await page.evaluate(() => window.told);
    for (let i = 1; i < told.length; i++)
        assert.ok(told[i][0] - told[i - 1][0] >= 1500, 'two messages within 1.5 s');
});

// how near gun and picture are is measured by tools/bench_page.mjs: a busy machine draws late
test('the gun is heard after silence, volume and mute are heard', {skip}, async (t) => {
    const page = await open(t, {init: listenIn});
    await soundReady(page);
    await watchShown(page);
    await clickOn(page, 'panel');
    await pick(page, 'size', '2');
    t.diagnostic(`gun seen ${Math.round(await gunApart_ms(page))} ms after it is heard`);
    await clickOn(page, 'play');
    const level = () => page.evaluate(async () => {
        await new Promise((done) => setTimeout(done, 900));
        const wave = new Float32Array(32768);
        window.ear.getFloatTimeDomainData(wave);
        return Math.sqrt(wave.reduce((sum, x) => sum + x * x, 0) / wave.length);
    });
    const loud = await level();
    await page.fill('.hp-volume', '0.5');
    const half = await level();
    await clickOn(page, 'mute');
    const none = await level();
    assert.ok(loud > 0.005 && half < 0.7 * loud && none < 1e-4, `${loud} ${half} ${none}`);
    assert.equal(await page.getAttribute('[data-do=mute]', 'aria-pressed'), 'true');
});

test('the debug panel tells sizes, rates and the frame hash of the program', {skip}, async (t) => {
    const page = await open(t);
    await clickOn(page, 'panel');
    await page.click('.hp-panel button');
    await page.waitForFunction(() =>
        /^[0-9a-f]{16} /.test(document.querySelector('[data-cell=hash]').textContent));
    assert.match(await page.innerText('[data-cell=size]'), /^1280 × 720/);
    await page.locator('.hp').scrollIntoViewIfNeeded();
    await picture(page, 'player-panel', {fullPage: true});
});

test('two fingers bring the free camera nearer and farther', {skip}, async (t) => {
    const page = await open(t, {hash: '#t=19', hasTouch: true});
    await pick(page, 'camera', 'free');
    await page.waitForTimeout(500);
    const box = await page.locator('.hp-stage').boundingBox();
    const at = [box.x + box.width / 2, box.y + box.height / 2];
    await page.evaluate(() => window.scrollTo(0, 0));
    await picture(page, 'player-pinch-before');
    await changesPicture(page, () => pinch(page, ...at, 80, 320), 'nearer');
    await page.waitForTimeout(1500); // the drawings of the last moves
    await picture(page, 'player-pinch-near');
    await changesPicture(page, () => pinch(page, ...at, 320, 40), 'farther away');
    await page.waitForTimeout(1500);
    await picture(page, 'player-pinch-far');
    assert.ok(Math.abs(await film_s(page) - 19) < 0.01, 'the film stands still');
});

test('the list of keys, and full screen', {skip}, async (t) => {
    const page = await open(t);
    await page.keyboard.press('?');
    assert.equal(await page.isVisible('.hp-help'), true);
    await picture(page, 'player-keys');
    await page.click('.hp-help button');
    assert.equal(await page.isVisible('.hp-help'), false);
    await clickOn(page, 'full');
    await page.waitForFunction(() => document.fullscreenElement !== null);
    await page.waitForTimeout(300);
    const box = await page.locator('.hp-canvas').boundingBox();
    const view = await page.evaluate(() => [innerWidth, innerHeight]);
    assert.ok(box.width >= view[0] - 2 || box.height >= view[1] - 2, 'it fills the screen');
    await picture(page, 'player-full');
    await page.keyboard.press('f');
    await page.waitForFunction(() => document.fullscreenElement === null);
});

test('a phone: it fits, targets are 44 px, touch turns the free camera', {skip}, async (t) => {
    const page = await open(t, {lang: 'ja', viewport: {width: 390, height: 844}, hasTouch: true,
        isMobile: true, hash: '#t=19'});
    await page.waitForTimeout(300);
    await picture(page, 'player-phone');
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 390, `${wide} px wide`);
    const small = await page.evaluate(() => [...document.querySelectorAll(
        '.hp button:not(dialog *), .hp select, .hp-line')].filter((node) => node.offsetParent)
        .map((node) => [node.getAttribute('aria-label') || node.textContent,
            node.getBoundingClientRect()])
        .filter(([, box]) => box.width < 43.5 || box.height < 43.5).map(([name]) => name));
    assert.deepEqual(small, []);
    await pick(page, 'camera', 'free');
    await page.waitForTimeout(800);
    const touch = await page.context().newCDPSession(page);
    const send = (type, ...points) => touch.send('Input.dispatchTouchEvent',
        {type, touchPoints: points.map(([x, y], id) => ({x, y, id}))});
    await changesPicture(page, async () => {
        await send('touchStart', [150, 250]);
        await send('touchMove', [200, 260]);
        await send('touchMove', [260, 270]);
        await send('touchEnd');
    }, 'one finger');
    await changesPicture(page, async () => {
        await send('touchStart', [150, 250], [200, 250]);
        await send('touchMove', [120, 250], [240, 250]);
        await send('touchEnd');
    }, 'two fingers');
});

test('names, values and contrast are there for those who cannot see well', {skip}, async (t) => {
    const page = await open(t, {reducedMotion: 'reduce'});
    await page.waitForTimeout(700);
    assert.equal(await film_s(page), 0, 'nothing moves by itself');
    const nameless = await page.evaluate(() => [...document.querySelectorAll(
        '.hp :is(button, select, input, [role=slider])')].filter((node) =>
        !(node.getAttribute('aria-label') || node.textContent.trim())).length);
    assert.equal(nameless, 0);
    const poor = await page.evaluate(() => {
        const light = (text) => {
            const [r, g, b] = text.match(/[\d.]+/g).map((x) => x / 255)
                .map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const ground = (node) => {
            const colour = getComputedStyle(node).backgroundColor;
            return /rgba\(0, 0, 0, 0\)/.test(colour) ? ground(node.parentElement) : colour;
        };
        const texts = '.hp-bar :is(span, select, input[type=text], output, dt)';
        return [...document.querySelectorAll(texts)]
            .filter((node) => node.textContent.trim() || node.value).map((node) => {
                const a = light(getComputedStyle(node).color), b = light(ground(node));
                return [(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), node.className];
            }).filter(([ratio]) => ratio < 4.5);
    });
    assert.deepEqual(poor, []);
});

test('a look that asks for music has it, small and in its place', {skip}, async (t) => {
    const file = path.join(folder, 'rain.html');
    hecto('page', BERLIN, '--look', 'rain', '-o', file);
    const page = await openPage(t, file);
    const coded = blockOf(readFileSync(file, 'utf8'), 'score');
    const music = coded && await page.evaluate(async (bytes) => {
        const own = Uint8Array.from(bytes), n = own.length;
        const sound = await new OfflineAudioContext(2, 1, 48000).decodeAudioData(own.buffer);
        return {n, n_decoded: sound.length,
            top: sound.getChannelData(0).reduce((top, x) => Math.max(top, Math.abs(x)), 0)};
    }, [...coded]);
    if (!music)
        return t.skip('no FluidSynth or no instruments here');
    assert.ok(music.n < 200000, `${music.n} bytes`);
    const data = JSON.parse(blockOf(readFileSync(file, 'utf8'), 'data').toString('utf8'));
    const more = music.n_decoded - data.score.n_sample;
    assert.ok(more >= 0 && more < 4096, `${more} samples more than were coded`);
    assert.ok(music.top > 0.05, 'it is not silence');
    await soundReady(page);
    assert.equal(await page.textContent('.hp-note'), '');
    hecto('page', BERLIN, '--look', 'rain', '--no-score', '-o', file);
    const without = await openPage(t, file);
    assert.equal(await without.locator('#hm-score').count(), 0);
});

test('who wants less motion has no camera in a hand', {skip}, async (t) => {
    const sums = [];
    for (const reducedMotion of ['reduce', 'no-preference']) {
        const page = await open(t, {reducedMotion, hash: '#look=rain&t=12'});
        await stands(page);
        sums.push(await pictureSum(page));
        await page.close();
    }
    assert.notEqual(sums[0], sums[1]);
});
