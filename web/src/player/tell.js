// Words of the film as it goes on: captions in the picture, and the race told to screen readers.
import {el} from '../words.js';

const LEAST_S = 1.5; // between two messages to a screen reader
const OLD_S = 4; // a message that waited longer is not told any more

/** The cue that stands at an instant, or null. */
export function cueAt(cues, film_t_s) {
    for (const cue of cues || []) if (film_t_s >= cue.from_s && film_t_s < cue.to_s)
        return cue;
    return null;
}

/** Captions: off, or a language. */
export class Captions {
    constructor() {
        this.text = el('span', {});
        this.node = el('div', {class: 'hp-caption', hidden: true}, this.text);
        this.cues = [];
    }

    /** @param {{from_s: number, to_s: number, text: string}[]} cues  [] = off */
    setCues(cues, lang) {
        this.cues = cues;
        this.node.lang = lang;
    }

    setTime(film_t_s) {
        const cue = cueAt(this.cues, film_t_s),
            text = cue ? cue.text : '';
        if (this.text.textContent !== text)
            this.text.textContent = text;
        this.node.hidden = !text;
    }
}

/** A live region: polite, never two messages within 1.5 s, the newest if several wait. */
export class Teller {
    /** @param {() => number} [now_s] */
    constructor(now_s = () => performance.now() / 1000) {
        this.now_s = now_s;
        this.node = el('div', {class: 'hp-told', 'aria-live': 'polite', role: 'status'});
        this.told_s = -Infinity;
        this.waiting = null;
        this.cue = null;
    }

    /** @param {string} text  @param {boolean} keeps  an answer to the user: nothing old */
    say(text) {
        this.waiting = {text, since_s: this.now_s()};
        this.flush();
    }

    flush() {
        clearTimeout(this.timer);
        if (!this.waiting)
            return;
        const now_s = this.now_s(),
            wait_s = this.told_s + LEAST_S - now_s;
        if (now_s - this.waiting.since_s > OLD_S) {
            this.waiting = null;
        } else if (wait_s > 0) {
            this.timer = setTimeout(() => this.flush(), 1000 * wait_s + 10);
        } else {
            this.told_s = now_s;
            this.node.textContent = this.waiting.text;
            this.waiting = null;
        }
    }

    /** While it plays: each cue of the description once, when it begins. */
    follow(cues, film_t_s) {
        const cue = cueAt(cues, film_t_s);
        if (cue && cue !== this.cue)
            this.say(cue.text);
        this.cue = cue || this.cue;
    }

    destroy() {
        clearTimeout(this.timer);
    }
}
