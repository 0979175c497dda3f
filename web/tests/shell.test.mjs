// The page around the views: opens from the disk, under its policy, is read without its script.
import assert from 'node:assert/strict';
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
