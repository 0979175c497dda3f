// The first script of the page, the only one that stands in it as text: unpacks the other, which
// the page's policy knows by its hash, and lets it run.
import {showFailure} from './context.js';
import {unpack} from './pack.js';
import {words} from './words.js';

async function boot() {
    const block = document.getElementById('hm-script');
    if (!block)
        return;
    if (typeof DecompressionStream !== 'function')
        throw new Error(words[document.documentElement.lang]['page.no_unpack']);
    const script = document.createElement('script');
    script.textContent = new TextDecoder().decode(await unpack(block.textContent));
    document.body.append(script);
    script.remove(); // it has run; a page that is saved as it stands must not hold it twice
}

boot().catch((error) => {
    showFailure(error.message);
    document.documentElement.dataset.ready = '1';
});
