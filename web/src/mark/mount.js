// The marking page: three tools over one clip. Nothing leaves this computer.
import './mark.css';
import {openAsk} from './ask.js';
import {blobOf, checkSlit, give, kindOf} from './files.js';
import {Hashes} from './hashes.js';
import {Points} from './points.js';
import {Blank, Stills, Video} from './source.js';
import {Store, fileMarks} from './store.js';
import {Tracks} from './tracks.js';

const TOOLS = ['points', 'hashes', 'tracks'];

class MarkPage {
    constructor(node, ctx, ask) {
        Object.assign(this, {node, ctx, ask});
        this.store = new Store();
        this.source = new Blank();
        const say = (text) => this.say(text);
        const save = {
            marks: () => this.saveMarks(),
            marksText: () => this.marksText(),
            text: (name, text) => this.give(name, text),
        };
        this.tools = {
            points: new Points(ctx, this.store, ask, say),
            hashes: new Hashes(ctx, this.store, ask, say, save),
            tracks: new Tracks(ctx, this.store, ask, say, save),
        };
        this.build();
        this.store.on((what) => this.changed(what));
    }

    build() {
        const {el, w} = this.ctx;
        this.status = el(
            'p',
            {class: 'mk-status', role: 'status', 'aria-live': 'polite'},
            w('mark.welcome')
        );
        this.warning = el('p', {class: 'mk-warning', role: 'alert', hidden: true});
        this.picker = el('input', {
            type: 'file',
            multiple: true,
            class: 'mk-file',
            'aria-label': w('mark.open'),
            accept: 'video/*,image/*,.json,.csv',
            onchange: () => this.openFiles([...this.picker.files]),
        });
        const button = (name, fn, cls = null) =>
            el('button', {type: 'button', class: cls, onclick: fn}, w(name));
        this.tabs = Object.fromEntries(
            TOOLS.map((name) => [
                name,
                el(
                    'button',
                    {
                        type: 'button',
                        role: 'tab',
                        id: `mk-tab-${name}`,
                        'aria-controls': `mk-panel-${name}`,
                        onclick: () => this.show(name),
                        onkeydown: (e) => this.tabKey(e, name),
                    },
                    w(`mark.tool_${name}`)
                ),
            ])
        );
        this.panels = Object.fromEntries(
            TOOLS.map((name) => [
                name,
                el(
                    'div',
                    {role: 'tabpanel', id: `mk-panel-${name}`, 'aria-labelledby': `mk-tab-${name}`},
                    this.tools[name].node
                ),
            ])
        );
        this.name = el('span', {class: 'mk-name', dir: 'auto'});
        this.slider = el('input', {
            type: 'range',
            min: '0',
            max: '0',
            value: '0',
            'aria-label': w('mark.image'),
            oninput: () => this.showImage(+this.slider.value),
        });
        this.time = el('output', {class: 'mk-time'}, '');
        const step = (by, sign, name) =>
            el(
                'button',
                {
                    type: 'button',
                    'aria-label': w(name),
                    title: w(name),
                    onclick: () => this.showImage(this.source.i + by),
                },
                sign
            );
        this.tools.points.bar.append(
            step(-10, '«', 'mark.back_ten'),
            step(-1, '◀', 'mark.previous'),
            this.slider,
            step(1, '▶', 'mark.next'),
            step(10, '»', 'mark.on_ten'),
            this.time
        );
        this.node.append(
            el(
                'div',
                {class: 'mk-page'},
                el(
                    'div',
                    {class: 'mk-top'},
                    el('label', {class: 'mk-open'}, w('mark.open'), this.picker),
                    button('mark.save_marks', () => this.saveMarks(), 'mk-primary'),
                    button('mark.undo', () => this.store.undo()),
                    button('mark.redo', () => this.store.redo()),
                    this.name
                ),
                el('p', {class: 'mk-private'}, w('mark.private')),
                this.status,
                this.warning,
                el(
                    'div',
                    {role: 'tablist', class: 'mk-tabs', 'aria-label': w('mark.tools')},
                    ...TOOLS.map((name) => this.tabs[name])
                ),
                ...TOOLS.map((name) => this.panels[name])
            )
        );
        this.node.addEventListener('dragover', (e) => e.preventDefault());
        this.node.addEventListener('drop', (e) => {
            e.preventDefault();
            this.openFiles([...e.dataTransfer.files]);
        });
        addEventListener('keydown', (e) => this.key(e));
        addEventListener('beforeunload', (e) => {
            if (this.store.unsaved.marks || this.store.unsaved.track) e.preventDefault();
        });
    }

    key(e) {
        if (!(e.ctrlKey || e.metaKey) || /^(INPUT|TEXTAREA)$/.test(e.target.tagName)) return;
        const key = e.key.toLowerCase();
        if (key === 'z' || key === 'y') {
            e.preventDefault();
            const done = key === 'y' || e.shiftKey ? this.store.redo() : this.store.undo();
            this.say(this.ctx.w(done ? 'mark.taken_back' : 'mark.nothing_back'));
        } else if (key === 's') {
            e.preventDefault();
            this.saveMarks();
        }
    }

    tabKey(e, name) {
        const by = {ArrowRight: 1, ArrowLeft: -1}[e.key];
        if (!by) return;
        const next = TOOLS[(TOOLS.indexOf(name) + by + TOOLS.length) % TOOLS.length];
        this.show(next);
        this.tabs[next].focus();
    }

    show(name) {
        this.tool = name;
        for (const each of TOOLS) {
            this.tabs[each].setAttribute('aria-selected', String(each === name));
            this.tabs[each].tabIndex = each === name ? 0 : -1;
            this.panels[each].hidden = each !== name;
        }
        this.tools[name].shown();
    }

    say(text) {
        this.status.textContent = text;
    }

    fail(text) {
        this.status.textContent = text;
        this.status.dataset.bad = '1';
        setTimeout(() => delete this.status.dataset.bad, 6000);
    }

    changed(what) {
        if (what !== 'marks' && what !== 'undo') return;
        this.checkSize();
        this.findSlow();
    }

    /** How much slower than life the file plays: times of marks and tracks are life's. */
    findSlow() {
        const fps = this.store.marks.capture_fps,
            s = this.source;
        const interval_s =
            s.n > 1 && s.timeOf(1) !== null ? (s.timeOf(s.n - 1) - s.timeOf(0)) / (s.n - 1) : 0;
        this.store.slow = fps > 0 && interval_s > 0 ? fps * interval_s : 1;
    }

    // ---- opening ----

    async openFiles(files) {
        const images = [];
        for (const file of files) {
            try {
                const {kind, text} = await kindOf(file);
                if (kind === 'image')
                    images.push({url: URL.createObjectURL(file), time_s: null, name: file.name});
                else if (kind === 'video') await this.openVideo(file, file.name, null);
                else await this.openText(kind, text, file.name);
            } catch (error) {
                this.fail(this.ctx.w('mark.cannot_open', file.name, error.message));
            }
        }
        if (images.length) {
            await this.useSource(await new Stills(images).open(), images[0].name);
            this.tell(images[0].name);
        }
        this.picker.value = '';
    }

    tell(name) {
        this.say(this.ctx.w('mark.opened', name));
    }

    async openText(kind, text, name) {
        if (kind === 'marks') await this.openMarks(text);
        else if (kind === 'slit') await this.openSlit(JSON.parse(text));
        else await this.openTrack(text);
        this.tell(name);
    }

    async openMarks(text) {
        const answer = await this.ask('marks.read', {marks: text});
        if (answer.error)
            throw new Error([answer.error.where, answer.error.message].filter(Boolean).join(': '));
        this.store.setMarks(JSON.parse(answer.text));
    }

    async openSlit(slit) {
        checkSlit(slit);
        const picture = new Stills([{url: URL.createObjectURL(blobOf(slit.picture)), time_s: 0}]);
        await picture.open(slit.w_px, slit.h_px);
        this.store.setSlit(slit);
        this.tools.hashes.picture.setSource(picture);
        this.show('hashes');
    }

    async openTrack(text) {
        const answer = await this.ask('marks.track', {track: text});
        if (answer.error)
            throw new Error([answer.error.where, answer.error.message].filter(Boolean).join(': '));
        this.store.setTrack(answer, text);
        this.show('tracks');
    }

    async openVideo(blob, name, times_s) {
        const known =
            times_s ||
            (this.ctx.data && this.ctx.data.clip && this.ctx.data.clip.name === name
                ? this.ctx.data.clip.times_s
                : null);
        const video = new Video(blob, known);
        try {
            await video.open();
        } catch {
            video.close();
            throw new Error(this.ctx.w('mark.no_codec'));
        }
        await this.useSource(video, name);
        this.tell(name);
    }

    async useSource(source, name) {
        this.source.close();
        this.source = source;
        this.store.clipName = name || '';
        this.name.textContent = name || '';
        this.slider.max = source.n - 1;
        this.tools.points.setSource(source);
        this.tools.tracks.setSource(source);
        const marks = this.store.marks;
        if (!marks.width_px && marks.points.length === 0)
            Object.assign(marks, {width_px: source.w_px, height_px: source.h_px, clip: name || ''});
        await this.showImage(source.i);
        this.checkSize();
        this.findSlow();
    }

    /** Marks belong to one size of picture; nothing is scaled. */
    checkSize() {
        const m = this.store.marks,
            s = this.source;
        if (s instanceof Blank && m.width_px) {
            this.source = new Blank(m.width_px, m.height_px);
            this.tools.points.setSource(this.source);
            this.tools.tracks.setSource(this.source);
        } else if (
            !(s instanceof Blank) &&
            m.width_px &&
            (m.width_px !== s.w_px || m.height_px !== s.h_px)
        ) {
            this.warning.textContent = this.ctx.w(
                'mark.other_size',
                m.width_px,
                m.height_px,
                s.w_px,
                s.h_px
            );
            this.warning.hidden = false;
            return;
        }
        this.warning.hidden = true;
    }

    async showImage(i) {
        await this.source.show(Math.min(Math.max(i, 0), this.source.n - 1));
        this.slider.value = this.source.i;
        const time_s = this.source.time_s;
        this.time.textContent =
            time_s === null ? '' : `${time_s.toFixed(4)} s${this.source.exact ? '' : ' ~'}`;
        this.slider.setAttribute(
            'aria-valuetext',
            this.ctx.w('mark.image_at', this.source.i + 1, this.source.n, (time_s ?? 0).toFixed(3))
        );
        this.tools.points.picture.redraw();
    }

    // ---- saving ----

    marksText() {
        const marks = fileMarks(this.store.marks);
        return JSON.stringify({
            ...marks,
            width_px: marks.width_px || this.source.w_px,
            height_px: marks.height_px || this.source.h_px,
            clip: marks.clip || this.store.clipName,
        });
    }

    give(name, text) {
        const stem = (this.store.clipName || this.store.marks.clip || 'clip')
            .replace(/\.[^.]*$/, '')
            .replace(/[^\p{L}\p{N}_-]+/gu, '-');
        const type = name.endsWith('.json') ? 'application/json' : 'text/plain';
        give(this.ctx.el, `${stem}.${name}`, text, type);
        this.say(this.ctx.w('mark.saved', `${stem}.${name}`));
    }

    async saveMarks() {
        const answer = await this.ask('marks.read', {marks: this.marksText()});
        if (answer.error)
            return this.fail(
                this.ctx.w(
                    'mark.cannot_save',
                    [answer.error.where, answer.error.message].filter(Boolean).join(': ')
                )
            );
        this.give('marks.json', answer.text);
        this.store.unsaved.marks = false;
    }

    // ---- what the page brought along ----

    async openOwn(data) {
        const clip = data.clip;
        const each = [
            [data.marks, 'marks', () => this.openMarks(data.marks)],
            [clip, clip && clip.name, () => this.openOwnClip(clip)],
            [data.track, 'track', () => this.openTrack(data.track)],
            [data.slit, 'slit', () => this.openSlit(JSON.parse(data.slit))],
        ];
        for (const [there, name, open] of each)
            try {
                if (there) await open();
            } catch (error) {
                this.fail(this.ctx.w('mark.cannot_open', name, error.message));
            }
        this.store.unsaved = {marks: false, track: false};
        this.store.done = [];
    }

    async openOwnClip(clip) {
        if (clip.video) return this.openVideo(blobOf(clip.video), clip.name, clip.times_s);
        if (!clip.stills || !clip.stills.length) return;
        const stills = new Stills(clip.stills.map((s) => ({url: s.picture, time_s: s.time_s})));
        await this.useSource(await stills.open(clip.width_px, clip.height_px), clip.name);
        this.say(this.ctx.w('mark.stills', clip.name));
    }
}

/**
 * @param {HTMLElement} node
 * @param {import('../context.js').Context} ctx
 */
export async function mountMark(node, ctx) {
    const ask = await openAsk(ctx);
    const page = new MarkPage(node, ctx, ask);
    const without_script = document.getElementById('hm-result');
    if (without_script) without_script.hidden = true;
    page.show('points');
    await page.useSource(page.source, '');
    page.store.marks.width_px = page.store.marks.height_px = 0;
    if (ctx.data) await page.openOwn(ctx.data);
    node.markPage = page; // for tests
}
