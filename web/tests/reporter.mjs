// Reporter for node --test: one flat TAP line a test, whatever Node's version nests them in.

/** Node 18 reports a file as a test around its tests; only what went wrong with itself counts. */
function isFile(data) {
    return data.name.endsWith('.test.mjs');
}

function failureLines(error) {
    const cause = error && error.cause ? error.cause : error;
    const text = cause && (cause.stack || cause.message) || String(cause);
    return text.split('\n').map((line) => `# ${line}\n`).join('');
}

export default async function* report(source) {
    let n = 0;
    yield 'TAP version 13\n';
    for await (const {type, data} of source) {
        if (type !== 'test:pass' && type !== 'test:fail')
            continue;
        const error = data.details && data.details.error;
        const around = type === 'test:pass' ? isFile(data)
            : error && error.failureType === 'subtestsFailed';
        if (around)
            continue;
        n++;
        const skipped = data.skip !== undefined && data.skip !== false;
        const skip = skipped ? ` # SKIP ${data.skip === true ? '' : data.skip}` : '';
        const ms = data.details ? ` (${Math.round(data.details.duration_ms)} ms)` : '';
        const word = type === 'test:pass' ? 'ok' : 'not ok';
        yield `${word} ${n} - ${data.name.replaceAll('#', '')}${skip || ms}\n`;
        if (type === 'test:fail')
            yield failureLines(error);
    }
    yield `1..${n}\n`;
}
