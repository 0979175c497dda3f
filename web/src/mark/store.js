// What is worked on: marks, the slit picture, the track with its corrections; and the way back.

const UNDO_MAX = 200;
const SAME_CHANGE_MS = 1200; // nudges of one thing within this time are taken back together; own

/** @typedef {{name?: string, x_m: number, y_m: number, z_m?: number, u_px: number, v_px: number,
 *             sigma_px?: number}} Point  as in a marks file; x_m null = no place yet */

/** A marks file with nothing in it. */
export function emptyMarks() {
    return {
        format: 'hectometre-marks',
        version: 1,
        width_px: 0,
        height_px: 0,
        points: [],
        lanes: [],
        gates_x_m: [],
        hashes: [],
        notes: [],
    };
}

/** A marks object as a file would have it: points without a place are left out. */
export function fileMarks(marks) {
    return {...marks, points: marks.points.filter((p) => p.x_m !== null && p.y_m !== null)};
}

/** One state for the three tools. */
export class Store {
    constructor() {
        this.marks = emptyMarks();
        /** corrections of the track: "person frame point" -> {x_px, y_px, sigma_px}; null = gone */
        this.edits = {};
        this.slit = null;
        this.track = null; // as the engine reads it
        this.trackText = ''; // the file's own text
        this.clipName = '';
        this.unsaved = {marks: false, track: false};
        this.undone = [];
        this.done = [];
        this.lastKey = '';
        this.lastAt_ms = 0;
        this.listeners = new Set();
    }

    /** @param {(what: string) => void} fn */
    on(fn) {
        this.listeners.add(fn);
    }

    tell(what) {
        for (const fn of this.listeners) fn(what);
    }

    snapshot() {
        return JSON.stringify({marks: this.marks, edits: this.edits});
    }

    /**
     * Change marks or edits so that it can be taken back.
     * @param {'marks'|'track'} what
     * @param {string} key  changes of one key in quick succession count as one; '' = never
     * @param {() => void} fn
     */
    change(what, key, fn) {
        const now_ms = performance.now();
        if (key === '' || key !== this.lastKey || now_ms - this.lastAt_ms > SAME_CHANGE_MS) {
            this.done.push(this.snapshot());
            if (this.done.length > UNDO_MAX) this.done.shift();
        }
        this.undone = [];
        this.lastKey = key;
        this.lastAt_ms = now_ms;
        fn();
        this.unsaved[what] = true;
        this.tell(what);
    }

    swapWith(from, to) {
        if (from.length === 0) return false;
        to.push(this.snapshot());
        Object.assign(this, JSON.parse(from.pop()));
        this.lastKey = '';
        this.unsaved = {marks: true, track: this.track !== null};
        this.tell('undo');
        return true;
    }

    undo() {
        return this.swapWith(this.done, this.undone);
    }

    redo() {
        return this.swapWith(this.undone, this.done);
    }

    /** Marks of a file take the place of what is there. */
    setMarks(marks) {
        this.change('marks', '', () => {
            this.marks = {...emptyMarks(), ...marks};
        });
        this.unsaved.marks = false;
    }

    setSlit(slit) {
        this.slit = slit;
        this.tell('slit');
    }

    setTrack(track, text) {
        this.track = track;
        this.trackText = text;
        this.edits = {};
        this.done = [];
        this.undone = [];
        this.unsaved.track = false;
        this.tell('track');
    }
}
