// Opening what the person gives and handing back what is made. Nothing is sent anywhere.

const TEXT_MAX = 512 * 1024 * 1024;

/** What a file is, by its kind and, for JSON, by what it says of itself. */
export async function kindOf(file) {
    const name = file.name.toLowerCase();
    if (file.type.startsWith('image/') || /\.(png|jpe?g|webp)$/.test(name)) return {kind: 'image'};
    if (name.endsWith('.csv') || file.type === 'text/csv') {
        if (file.size > TEXT_MAX) throw new Error('size');
        return {kind: 'track', text: await file.text()};
    }
    if (name.endsWith('.json') || file.type === 'application/json') {
        const text = await file.text();
        let format = '';
        try {
            format = JSON.parse(text).format;
        } catch {
            // the program's own reader says where it is broken
        }
        return {kind: format === 'hectometre-slit' ? 'slit' : 'marks', text};
    }
    return {kind: 'video'};
}

/** Hand a file to the person. */
export function give(el, name, text, type) {
    const url = URL.createObjectURL(new Blob([text], {type}));
    const link = el('a', {href: url, download: name, hidden: true});
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 60000);
}

/**
 * A slit file as `hecto measure --slit --hashlines FILE` writes it, checked.
 * @throws {Error} with what is wrong
 */
export function checkSlit(slit) {
    const number = (key) => {
        if (typeof slit[key] !== 'number' || !Number.isFinite(slit[key]))
            throw new Error(`${key}: ${JSON.stringify(slit[key]) ?? 'missing'}`);
    };
    if (!slit || slit.format !== 'hectometre-slit' || slit.version !== 1)
        throw new Error('format: hectometre-slit 1');
    ['w_px', 'h_px', 'from_s', 'line_hz', 'zero_s', 'finish_x_m', 'fps'].forEach(number);
    if (!(slit.line_hz > 0) || !(slit.w_px > 0) || !(slit.h_px > 0))
        throw new Error('line_hz, w_px, h_px');
    if (!/^data:image\/(jpeg|png);base64,[A-Za-z0-9+/=]+$/.test(slit.picture || ''))
        throw new Error('picture');
    if (!Array.isArray(slit.torsos) || slit.torsos.length > 20) throw new Error('torsos');
    const lanes = new Set();
    for (const t of slit.torsos) {
        if (!Number.isInteger(t.lane) || t.lane < 1 || t.lane > 20 || lanes.has(t.lane))
            throw new Error(`torsos: lane ${JSON.stringify(t.lane)}`);
        lanes.add(t.lane);
        if (t.seen && !(Number.isFinite(t.time_s) && t.sigma_s > 0))
            throw new Error(`torsos: time_s of lane ${t.lane}`);
    }
    return slit;
}

/** A data address as a Blob. */
export function blobOf(data_url) {
    const [head, body] = data_url.split(',', 2);
    const raw = atob(body),
        bytes = new Uint8Array(raw.length);
    for (let i = 0; i < raw.length; i++) bytes[i] = raw.charCodeAt(i);
    return new Blob([bytes], {type: head.slice(5).split(';')[0]});
}
