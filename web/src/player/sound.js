// The film's sound: samples from the engine, played by the page's own AudioContext so that its
// clock can lead the picture. Below half speed it is silent; at other speeds the pitch stays.
import text from '@worker/stretch_worker';
import {heardClock} from './clock.js';

const LEAD_S = 0.03; // between asking for sound and hearing it
const SILENT_BELOW = 0.5; // of the film's speed: stretched farther, steps would smear

/** The sound of the film that is open, at any speed. */
export class FilmSound {
    /** @param {(state: 'none'|'making'|'ready'|'failed') => void} told */
    constructor(told) {
        this.told = told;
        this.audio = null;
        this.plain = null; // at speed 1
        this.stretched = new Map();
        this.asked = new Set();
        this.worker = null;
        this.source = null;
        this.volume = 1;
        this.muted = false;
        this.n_load = 0;
        this.onStretched = () => {};
    }

    /** Only where a gesture has been made: else the browser keeps it silent. */
    wake() {
        if (!this.audio && typeof AudioContext === 'function') {
            this.audio = new AudioContext({latencyHint: 'interactive'});
            this.gain = this.audio.createGain();
            this.gain.connect(this.audio.destination);
            this.heard_s = heardClock(this.audio);
            this.setVolume(this.volume, this.muted);
        }
        if (this.audio && this.audio.state === 'suspended')
            return this.audio.resume();
        return Promise.resolve();
    }

    get running() {
        return this.audio !== null && this.audio.state === 'running';
    }

    /**
     * Have the sound of the film that is open made.
     * @param {() => Promise<{rate_hz: number, left: Float32Array, right: Float32Array}>} make
     */
    async load(make) {
        const mine = ++this.n_load;
        this.clear();
        this.told('making');
        try {
            const made = await make();
            if (mine !== this.n_load)
                return;
            this.plain = made;
            this.told('ready');
        } catch (error) {
            if (mine === this.n_load)
                this.told('failed', error);
        }
    }

    clear() {
        this.stop();
        this.plain = null;
        this.stretched.clear();
        this.asked.clear();
        if (this.worker)
            this.worker.terminate();
        this.worker = null;
    }

    bufferOf(sound) {
        const buffer = this.audio.createBuffer(2, sound.left.length, this.plain.rate_hz);
        buffer.copyToChannel(sound.left, 0);
        buffer.copyToChannel(sound.right, 1);
        return buffer;
    }

    /** The samples for a speed, when they are there; else they are asked for. */
    forSpeed(speed) {
        if (!this.plain || speed < SILENT_BELOW)
            return null;
        if (!this.stretched.has(speed) && speed === 1)
            this.stretched.set(1, this.bufferOf(this.plain));
        if (!this.stretched.has(speed) && !this.asked.has(speed))
            this.askStretch(speed);
        return this.stretched.get(speed) || null;
    }

    askStretch(speed) {
        if (!this.worker) {
            const url = URL.createObjectURL(new Blob([text], {type: 'text/javascript'}));
            this.worker = new Worker(url);
            URL.revokeObjectURL(url);
            this.worker.onmessage = ({data}) => {
                this.stretched.set(data.speed, this.bufferOf(data));
                this.onStretched(data.speed);
            };
            this.worker.postMessage({left: this.plain.left, right: this.plain.right});
        }
        this.asked.add(speed);
        this.worker.postMessage({speed});
    }

    /** Is there something to be heard at this speed, now? */
    canPlay(speed) {
        return this.running && this.forSpeed(speed) !== null;
    }

    /**
     * Sound from an instant on.
     * @returns {number}  when it will be heard, by heard_s
     */
    start(film_t_s, speed) {
        this.stop();
        const buffer = this.forSpeed(speed),
            at_s = this.audio.currentTime + LEAD_S;
        const offset_s = film_t_s / speed;
        if (offset_s < buffer.duration) {
            this.source = this.audio.createBufferSource();
            this.source.buffer = buffer;
            this.source.connect(this.gain);
            this.source.start(at_s, offset_s);
        }
        return at_s;
    }

    stop() {
        if (!this.source)
            return;
        this.source.stop();
        this.source.disconnect();
        this.source = null;
    }

    setVolume(volume, muted) {
        this.volume = volume;
        this.muted = muted;
        if (this.audio)
            this.gain.gain.setTargetAtTime(
                muted ? 0 : volume * volume,
                this.audio.currentTime,
                0.015,
            );
    }

    destroy() {
        this.n_load++;
        this.clear();
        if (this.audio)
            this.audio.close();
        this.audio = null;
    }
}

const LEAD_SAMPLES = 1024; // of an AAC coder's start-up; some decoders cut them off themselves

/**
 * The page's music as samples, both channels in turn; null = it cannot be decoded here.
 * @param {Uint8Array} file  AAC in ADTS
 * @param {number} n_sample  that it had before it was coded
 * @param {number} rate_hz
 */
export async function decodeMusic(file, n_sample, rate_hz = 48000) {
    let buffer;
    try {
        const bytes = file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength);
        buffer = await new OfflineAudioContext(2, 1, rate_hz).decodeAudioData(bytes);
    } catch {
        return null;
    }
    const from = buffer.length >= n_sample + LEAD_SAMPLES ? LEAD_SAMPLES : 0;
    const lr = new Float32Array(2 * n_sample);
    for (let c = 0; c < 2; c++) {
        const channel = buffer.getChannelData(Math.min(c, buffer.numberOfChannels - 1));
        for (let i = 0; i < Math.min(n_sample, channel.length - from); i++)
            lr[2 * i + c] = channel[from + i];
    }
    return lr;
}
