// A few lines beside the mark that is pointed at or has the focus. The same words are the mark's
// label, so that nothing is said here alone.
import {el} from '../words.js';

/** One tip for all pictures of the page. */
export class Tip {
    /** @param {HTMLElement} node  what it may not leave; positioned */
    constructor(node) {
        this.node = node;
        this.box = el('div', {class: 'life-tip', 'aria-hidden': 'true', hidden: true});
        node.append(this.box);
    }

    hide() { this.box.hidden = true; }

    show(mark, lines) {
        const [first, ...rest] = lines;
        this.box.replaceChildren(el('strong', {dir: 'auto'}, first),
            ...rest.map((line) => el('span', {dir: 'auto'}, line)));
        this.box.hidden = false;
        const frame = this.node.getBoundingClientRect(), at = mark.getBoundingClientRect();
        const own = this.box.getBoundingClientRect();
        const x = Math.min(Math.max(at.left + at.width / 2 - frame.left - own.width / 2, 4),
            frame.width - own.width - 4);
        const above = at.top - frame.top - own.height - 8;
        this.box.style.left = `${x}px`;
        this.box.style.top =
            `${above > 0 && at.top - own.height > 8 ? above : at.bottom - frame.top + 8}px`;
    }

    /** @param {SVGElement} svg @param {(mark: Element) => string[]} linesOf */
    watch(svg, linesOf) {
        const on = (event) => {
            const mark = event.target.closest && event.target.closest('[data-key]');
            if (mark)
                this.show(mark, linesOf(mark));
            else
                this.hide();
        };
        svg.addEventListener('pointerover', on);
        svg.addEventListener('focusin', on);
        svg.addEventListener('pointerleave', () => this.hide());
        svg.addEventListener('focusout', () => this.hide());
        svg.addEventListener('keydown', (event) => {
            if (event.key === 'Escape')
                this.hide();
        });
    }
}
