// The track with its corrections: points as they stand now, what is doubtful, rows for the file.

const DOUBT_SIGMA_PX = 8; // a point that is looser is doubtful; own
const JUMP_PX = 40; // one that leaps further from its neighbours' middle too; own
export const MIN_DRAWN = 11; // the face but the nose is not drawn
export const LEGS = /^(hip|knee|ankle|heel|toe)_/;
export const ARMS = /^(shoulder|elbow|wrist|little_finger|index_finger|thumb)_/;

/** Side of a point by its word. @param {string} word @returns {'l'|'r'|'m'} */
export const sideOf = (word) => (word.endsWith('_l') ? 'l' : word.endsWith('_r') ? 'r' : 'm');

/** What the tool shows and changes; pictures and hands are in tracks.js. */
export class Joints {
    /** @param {import('./store.js').Store} store */
    constructor(store) {
        this.store = store;
    }

    get people() {
        return this.store.track ? this.store.track.persons : [];
    }

    get words() {
        return this.store.track.points;
    }

    key3(who, f, k) {
        return `${this.people[who].person} ${f} ${k}`;
    }

    /** A point as it stands now; null = not there. */
    at(who, f, k) {
        const key = this.key3(who, f, k);
        if (key in this.store.edits) {
            const e = this.store.edits[key];
            return e && {...e, source: 2, edited: true};
        }
        const cell = this.people[who].frames[f],
            j = 4 * k;
        return cell[j] === null || cell[j + 2] === null
            ? null
            : {x_px: cell[j], y_px: cell[j + 1], sigma_px: cell[j + 2], source: cell[j + 3]};
    }

    /** Left and right are told by hand where both of a pair of the legs are. */
    ambiguous(who, f) {
        if (!this.people[who].ambiguous[f]) return false;
        return !this.words.some(
            (word, k) =>
                LEGS.test(word) &&
                sideOf(word) === 'l' &&
                this.byHand(who, f, k) &&
                this.byHand(who, f, k + 1)
        );
    }

    byHand(who, f, k) {
        const p = this.at(who, f, k);
        return this.key3(who, f, k) in this.store.edits || (p !== null && p.source === 2);
    }

    /** Why this image wants a look; '' = it does not. */
    doubtOf(who, f) {
        if (this.ambiguous(who, f)) return 'mark.doubt_sides';
        for (const [k, word] of this.words.entries()) {
            const p = k >= MIN_DRAWN && !/finger|thumb/.test(word) ? this.at(who, f, k) : null;
            if (!p || this.byHand(who, f, k)) continue;
            if (p.sigma_px > DOUBT_SIGMA_PX) return 'mark.doubt_loose';
            const a = f > 0 ? this.at(who, f - 1, k) : null,
                b = f + 1 < this.people[who].frames.length ? this.at(who, f + 1, k) : null;
            if (
                a &&
                b &&
                Math.hypot(p.x_px - (a.x_px + b.x_px) / 2, p.y_px - (a.y_px + b.y_px) / 2) > JUMP_PX
            )
                return 'mark.doubt_jump';
        }
        return '';
    }

    /** Left takes what right has, and the other way round. */
    exchange(who, from, to, which) {
        const pairs = this.words
            .map((word, k) => k)
            .filter((k) => sideOf(this.words[k]) === 'l' && which.test(this.words[k]));
        this.store.change('track', '', () => {
            for (let f = from; f <= to; f++)
                for (const k of pairs) {
                    const l = this.at(who, f, k),
                        r = this.at(who, f, k + 1);
                    if (!l && !r) continue;
                    const plain = (p) => p && {x_px: p.x_px, y_px: p.y_px, sigma_px: p.sigma_px};
                    this.store.edits[this.key3(who, f, k)] = plain(r);
                    this.store.edits[this.key3(who, f, k + 1)] = plain(l);
                }
        });
    }

    /** Corrections as rows of a track file. */
    handRows() {
        const rows = ['time_s,person,lane,point,x_px,y_px,sigma_px,source'];
        const of = new Map(this.people.map((p) => [p.person, p]));
        for (const [key, e] of Object.entries(this.store.edits)) {
            const [person, f, k] = key.split(' ').map(Number);
            rows.push(
                [
                    of.get(person).time_s[f].toFixed(6),
                    person,
                    '',
                    this.words[k],
                    e ? e.x_px : '',
                    e ? e.y_px : '',
                    e ? e.sigma_px : '',
                    'hand',
                ].join(',')
            );
        }
        return rows.join('\n') + '\n';
    }
}
