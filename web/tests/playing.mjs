// What the player's tests and its bench share: its controls, its picture, what is heard of it.
import assert from 'node:assert/strict';
import {WAIT_MS} from './harness.mjs';

export const film_s = async (page) =>
    Number(await page.getAttribute('.hp-line', 'aria-valuenow'));
export const pick = (page, name, value) => page.selectOption(`[data-choice=${name}]`, value);
export const clickOn = (page, name) => page.click(`.hp-bar [data-do=${name}]`);

/** Until the player has drawn its first picture. */
export const firstPicture = (page) => page.waitForSelector('.hp-wait', {state: 'hidden'});
/** Until there is sound. */
export const soundReady = (page) => page.waitForSelector('.hp[data-sound=ready]');
/** Until the film goes by the clock of its sound. */
export const bySound = (page) => page.waitForFunction(() =>
    document.querySelector('[data-cell=clock]').textContent.startsWith('the sound'));

export async function seek(page, at_s) {
    await page.fill('.hp-time', String(at_s));
    await page.press('.hp-time', 'Enter');
}

/** A number that changes with the picture. */
export function pictureSum(page) {
    return page.evaluate(() => {
        const small = Object.assign(document.createElement('canvas'), {width: 320, height: 180});
        const paint = small.getContext('2d', {willReadFrequently: true});
        paint.drawImage(document.querySelector('.hp-canvas'), 0, 0, 320, 180);
        const {data} = paint.getImageData(0, 0, 320, 180);
        let sum = 0;
        for (let i = 0; i < data.length; i += 4)
            sum = (sum * 31 + data[i] + 7 * data[i + 1] + 13 * data[i + 2]) % 1000000007;
        return sum;
    });
}

/** Ask again and again until it is so. @param {() => Promise<boolean>} isSo */
export async function until(page, isSo, what, every_ms = 50) {
    for (const end_ms = performance.now() + WAIT_MS; performance.now() < end_ms;) {
        if (await isSo())
            return;
        await page.waitForTimeout(every_ms);
    }
    assert.fail(what);
}

/** Do it, and wait until another picture is there. */
export async function changesPicture(page, doIt, what) {
    const before = await pictureSum(page);
    await doIt();
    await until(page, async () => await pictureSum(page) !== before,
        `the picture does not change: ${what}`);
}

/** Until the film is there. */
export async function settles(page, near_s, what, by_s = 0.006) {
    let at_s = NaN;
    const isThere = async () => Math.abs((at_s = await film_s(page)) - near_s) <= by_s;
    await until(page, isThere, `${what}: it does not come to ${near_s}`)
        .catch((error) => assert.fail(`${error.message}, but to ${at_s}`));
}

/** Until the picture of the instant where it stands is there, and no other comes. */
export async function stands(page) {
    let before = -1;
    await until(page, async () => {
        const now = await pictureSum(page), isSame = now === before;
        before = now;
        return isSame;
    }, 'it does not stand still', 700);
}

/** For a page's init: from now on what leaves its sound passes window.ear. */
export function listenIn() {
    const own = AudioNode.prototype.connect;
    AudioNode.prototype.connect = function connect(to, ...rest) {
        if (to instanceof AudioDestinationNode && !window.ear) {
            window.ear = new AnalyserNode(this.context, {fftSize: 32768});
            own.call(this, window.ear);
        }
        return own.call(this, to, ...rest);
    };
}

/** From now on window.shown holds when, by the clock of its sound, each race time was shown. */
export function watchShown(page) {
    return page.evaluate(() => {
        window.shown = [];
        new MutationObserver(() => {
            const race = document.querySelector('.hp-race').textContent.slice(5).replace('−', '-');
            window.shown.push([window.ear ? window.ear.context.currentTime : 0, parseFloat(race)]);
        }).observe(document.querySelector('.hp-race'), {childList: true});
    });
}

/**
 * Play over the gun, in a page that listens (listenIn) and watches (watchShown).
 * @returns {Promise<number>} milliseconds from the gun in the sound to the first drawing that
 *          shows it: one drawing at most, and what a screen and the device's report of its time add
 */
export async function gunApart_ms(page) {
    const gun_s = Number(await page.getAttribute('[data-mark=gun]', 'data-film'));
    await seek(page, gun_s - 1.5);
    await stands(page);
    await page.evaluate(() => { window.shown.length = 0; });
    await clickOn(page, 'play');
    const heard = await page.evaluate(() => new Promise((done) => {
        const n = 32768, wave = new Float32Array(n), {context} = window.ear;
        let gun = null;
        const listen = () => {
            window.ear.getFloatTimeDomainData(wave);
            const end_s = context.currentTime, first = wave.findIndex((x) => Math.abs(x) > 0.12);
            if (!gun && first >= 0)
                gun = {at_s: end_s - (n - first) / context.sampleRate, first};
            if (gun && window.shown.some(([, race_s]) => race_s > 0.15))
                done(gun);
            else
                setTimeout(listen, 50);
        };
        listen();
    }));
    await clickOn(page, 'play');
    assert.ok(heard.first > 0, 'the gun is heard after silence');
    const shown = (await page.evaluate(() => window.shown)).find(([, race_s]) => race_s >= -0.001);
    return 1000 * (shown[0] - heard.at_s);
}
