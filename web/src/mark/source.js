// Where pictures come from: a video that the person has opened, or stills. All on this computer.

const NEXT_IMAGE_S = 1 / 500; // finer than any phone's images stand apart
const NEXT_TRIES = 60;

function once(target, event, wait_ms = 8000) {
    return new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(event)), wait_ms);
        const end = (fn) => (value) => {
            clearTimeout(timer);
            fn(value);
        };
        target.addEventListener(event, end(resolve), {once: true});
        target.addEventListener(
            'error',
            end(() => reject(new Error('decode'))),
            {once: true}
        );
    });
}

/** One still image, or several with their times. */
export class Stills {
    /** @param {{url: string, time_s: number|null, name?: string}[]} list */
    constructor(list) {
        this.list = list;
        this.i = 0;
        this.image = null;
        this.scale = 1;
    }

    /** Upright size; stills may be stored smaller than the clip that they stand for. */
    async open(w_px = 0, h_px = 0) {
        await this.show(0);
        this.w_px = w_px || this.image.naturalWidth;
        this.h_px = h_px || this.image.naturalHeight;
        return this;
    }

    get n() {
        return this.list.length;
    }

    get exact() {
        return true;
    }

    get time_s() {
        return this.list[this.i].time_s;
    }

    timeOf(i) {
        return this.list[i].time_s;
    }

    async show(i) {
        const image = new Image();
        image.src = this.list[i].url;
        await image.decode();
        this.image = image;
        this.i = i;
    }

    async showTime(time_s) {
        let best = 0;
        for (let i = 1; i < this.n; i++)
            if (Math.abs(this.timeOf(i) - time_s) < Math.abs(this.timeOf(best) - time_s)) best = i;
        await this.show(best);
    }

    paint(c) {
        if (this.image) c.drawImage(this.image, 0, 0, this.w_px, this.h_px);
    }

    close() {}
}

/** A video; images by their own times where the program has told them, else by their interval. */
export class Video {
    /** @param {Blob} blob @param {number[]|null} times_s  stamps of all images */
    constructor(blob, times_s) {
        this.url = URL.createObjectURL(blob);
        this.times_s = times_s;
        this.video = document.createElement('video');
        this.video.muted = true;
        this.video.playsInline = true;
        this.video.preload = 'auto';
        this.i = 0;
        this.shown_s = 0;
        this.queue = Promise.resolve();
    }

    async open() {
        const ready = once(this.video, 'loadeddata');
        this.video.src = this.url;
        await ready;
        this.w_px = this.video.videoWidth;
        this.h_px = this.video.videoHeight;
        if (!this.w_px || !this.h_px) throw new Error('decode');
        if (!this.times_s) await this.findInterval();
        await this.show(0);
        return this;
    }

    /** Where the second image begins tells how far images stand apart. */
    async findInterval() {
        const first_s = await this.seek(0);
        this.first_s = first_s;
        this.interval_s = 1 / 30;
        for (let k = 1; k <= NEXT_TRIES; k++) {
            const seen_s = await this.seek(first_s + k * NEXT_IMAGE_S + 1e-4);
            if (seen_s > first_s + 1e-4) {
                this.interval_s = seen_s - first_s;
                break;
            }
        }
    }

    get exact() {
        return this.times_s !== null;
    }

    get n() {
        return this.times_s
            ? this.times_s.length
            : Math.max(
                  1,
                  Math.floor((this.video.duration - this.first_s) / this.interval_s + 1e-6)
              );
    }

    get time_s() {
        return this.times_s ? this.times_s[this.i] : this.shown_s;
    }

    timeOf(i) {
        return this.times_s ? this.times_s[i] : this.first_s + i * this.interval_s;
    }

    /** Seek; gives the stamp of the image that is then shown. */
    async seek(to_s) {
        const v = this.video;
        let stamp_s = null;
        const framed =
            'requestVideoFrameCallback' in v
                ? new Promise((resolve) => {
                      v.requestVideoFrameCallback((now, meta) => {
                          stamp_s = meta.mediaTime;
                          resolve();
                      });
                  })
                : null;
        const seeked = once(v, 'seeked');
        v.currentTime = Math.min(to_s, Math.max(0, v.duration - 1e-4));
        await seeked;
        if (framed)
            await Promise.race([framed, new Promise((resolve) => setTimeout(resolve, 120))]);
        return stamp_s ?? this.shown_s;
    }

    /** Show an image; of what is asked for while a seek is under way the last one wins. */
    show(i) {
        this.wanted = Math.min(Math.max(i, 0), this.n - 1);
        this.queue = this.queue
            .then(async () => {
                const k = this.wanted;
                if (k === this.i && this.painted) return;
                const here_s = this.timeOf(k);
                const next_s =
                    k + 1 < this.n ? this.timeOf(k + 1) : here_s + (this.interval_s || 1e-3);
                const stamp_s = await this.seek(here_s + 0.5 * Math.min(next_s - here_s, 0.05));
                this.i = k;
                this.shown_s = stamp_s;
                this.painted = true;
            })
            .catch(() => {});
        return this.queue;
    }

    showTime(time_s) {
        let lo = 0,
            hi = this.n - 1;
        while (lo < hi) {
            const mid = (lo + hi + 1) >> 1;
            if (this.timeOf(mid) <= time_s + 1e-6) lo = mid;
            else hi = mid - 1;
        }
        if (lo + 1 < this.n && this.timeOf(lo + 1) - time_s < time_s - this.timeOf(lo)) lo++;
        return this.show(lo);
    }

    paint(c) {
        c.drawImage(this.video, 0, 0, this.w_px, this.h_px);
    }

    close() {
        this.video.removeAttribute('src');
        URL.revokeObjectURL(this.url);
    }
}

/** A picture for whom nothing is open yet. */
export class Blank {
    constructor(w_px = 640, h_px = 360) {
        this.w_px = w_px;
        this.h_px = h_px;
        this.n = 1;
        this.i = 0;
        this.time_s = null;
        this.exact = true;
        this.blank = true;
    }

    async show() {}

    async showTime() {}

    timeOf() {
        return null;
    }

    paint() {}

    close() {}
}
