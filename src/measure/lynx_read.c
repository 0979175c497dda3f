#include "lynx_priv.h"

#include <stdarg.h>
#include <string.h>

#include "base/hash.h"
#include "io/file.h"
#include "io/utf8.h"

/* What the rows of a file have given so far; arrays in scratch. */
typedef struct rows {
    lynx_job *job;
    hm_heat *heat;
    hm_mark *mark; /* of all heats, one after the other */
    hm_person *person;
    int32_t n_heat, heat_cap, n_mark, mark_cap, n_person, person_cap;
    bool begun;     /* an event row was there, even if it could not be used */
    bool dropped;   /* what follows belongs to nothing */
    bool lane[100]; /* taken in this heat */
    uint64_t *seen; /* (seen_cap) keys of ids; 0 = free */
    int32_t n_seen, seen_cap;
} rows;

/* ---- messages ---- */

hm_status lynx_no_memory(const lynx_job *job)
{
    return hm_err_set(job->err, HM_ERR_SYSTEM, job->source, 0, 0, NULL, "no memory");
}

/* Column of the field that a message is about; 0 = it is about the line. */
static int64_t column_of(lynx_job *job)
{
    const char *at = job->at;
    job->at = NULL;
    for (int32_t i = 0; at && i < job->fields.n; i++)
        if (job->fields.f[i] == at)
            return job->fields.col[i] + job->skipped;
    return 0;
}

hm_status lynx_say(lynx_job *job, const char *code, const char *fmt, ...)
{
    char msg[400];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(msg, sizeof msg, fmt, ap);
    va_end(ap);
    bool fault = code[0] == 'E';
    int64_t col = column_of(job);
    if (fault && !job->lenient)
        return hm_err_set(job->err, HM_ERR_INPUT, job->source, job->line, col, code, "%s", msg);
    for (char *p = msg; *p; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7f)
            *p = '?';
    job->n_fault += fault;
    return hm_notes_add(&job->notes, job->arena, "%lld:%s %s", (long long)job->line, code, msg) ==
                   HM_OK
               ? HM_OK
               : lynx_no_memory(job);
}

/* ---- rows that are kept ---- */

static hm_status grow(rows *r, void **array, int32_t n, int32_t *cap, size_t size)
{
    if (n < *cap)
        return HM_OK;
    int32_t more = *cap ? 2 * *cap : 16;
    void *grown = hm_arena_push(r->job->scratch, (size_t)more, size);
    if (!grown)
        return lynx_no_memory(r->job);
    if (n)
        memcpy(grown, *array, (size_t)n * size);
    *array = grown;
    *cap = more;
    return HM_OK;
}

static void seen_put(uint64_t *seen, int32_t cap, uint64_t key)
{
    uint64_t i = key & (uint64_t)(cap - 1);
    while (seen[i])
        i = (i + 1) & (uint64_t)(cap - 1);
    seen[i] = key;
}

/* 64-bit keys of (heat, id): two among 100,000 are equal by chance once in 4e9 files [1]. */
static hm_status see(rows *r, const char *id, bool *again)
{
    *again = false;
    if (2 * (r->n_seen + 1) > r->seen_cap) {
        int32_t cap = r->seen_cap ? 2 * r->seen_cap : 64;
        uint64_t *seen = HM_PUSH(r->job->scratch, uint64_t, cap);
        if (!seen)
            return lynx_no_memory(r->job);
        for (int32_t i = 0; i < r->seen_cap; i++)
            if (r->seen[i])
                seen_put(seen, cap, r->seen[i]);
        r->seen = seen;
        r->seen_cap = cap;
    }
    uint64_t key = hm_hash(hm_hash_u64(HM_HASH_START, (uint64_t)r->n_heat), id, strlen(id));
    key = key ? key : 1;
    for (uint64_t i = key & (uint64_t)(r->seen_cap - 1); r->seen[i];
         i = (i + 1) & (uint64_t)(r->seen_cap - 1))
        if (r->seen[i] == key) {
            *again = true;
            return HM_OK;
        }
    seen_put(r->seen, r->seen_cap, key);
    r->n_seen++;
    return HM_OK;
}

static hm_status refuse_twin(rows *r, const char *id, const char *where, bool *usable)
{
    bool again = false;
    if (*usable && *id)
        HM_TRY(see(r, id, &again));
    if (!again)
        return HM_OK;
    *usable = false;
    return lynx_say(r->job, "E-DUPID", "ID \"%.*s\" stands twice in the %s: this row is left out",
                    hm_utf8_clip(id, 40), id, where);
}

static hm_status keep_mark(rows *r, const hm_mark *m, bool usable)
{
    lynx_job *job = r->job;
    HM_TRY(refuse_twin(r, m->who.id, "heat", &usable));
    if (!usable)
        return HM_OK;
    hm_heat *heat = &r->heat[r->n_heat - 1];
    if (heat->n_mark == HM_MEET_IN_HEAT_MAX) {
        r->dropped = true;
        return lynx_say(job, "E-ROWS", "expected at most %d athletes in a heat, found more",
                        HM_MEET_IN_HEAT_MAX);
    }
    if (m->lane && r->lane[m->lane])
        HM_TRY(lynx_say(job, "W-DUPLANE", "lane %d is taken twice", m->lane));
    r->lane[m->lane] = true;
    HM_TRY(grow(r, (void **)&r->mark, r->n_mark, &r->mark_cap, sizeof *r->mark));
    r->mark[r->n_mark++] = *m;
    heat->n_mark++;
    if (job->kind != HM_LYNX_LIF)
        return HM_OK;
    if (m->time_digits >= 2)
        heat->timing = HM_TIMING_FAT;
    return lynx_check_result(job, r->mark + r->n_mark - heat->n_mark, heat->n_mark);
}

static hm_status keep_heat(rows *r, const hm_heat *heat, bool usable)
{
    r->begun = true;
    r->dropped = !usable;
    if (!usable)
        return HM_OK;
    HM_TRY(grow(r, (void **)&r->heat, r->n_heat, &r->heat_cap, sizeof *r->heat));
    r->heat[r->n_heat++] = *heat;
    memset(r->lane, 0, sizeof r->lane);
    return HM_OK;
}

/* ---- lines ---- */

/* A row of a start list: which, and where its fields begin. */
static bool is_competitor(const char *line, size_t n, size_t *skip, bool *status)
{
    *status = line[0] == '\\';
    if (!strchr(" \t,\\", line[0]))
        return false;
    *skip = *status && n > 1 && strchr(" \t,", line[1]) ? 2 : 1;
    return true;
}

/* Texts go into a meet only up to a length; splits are no text. */
static bool has_long_text(const lynx_job *job)
{
    int32_t splits = job->kind == HM_LYNX_LIF ? 10 : job->kind == HM_LYNX_EVT ? 9 : -1;
    for (int32_t i = 0; i < job->fields.n; i++)
        if (i != splits &&
            hm_utf8_count(job->fields.f[i], strlen(job->fields.f[i])) > HM_MEET_TEXT_MAX)
            return true;
    return false;
}

/* Cut the line, or say why not. */
static hm_status cut(rows *r, const char *line, size_t n, bool *usable)
{
    lynx_job *job = r->job;
    lynx_split split = lynx_split_line(line, n, &job->fields);
    job->skipped = 0;
    *usable = false;
    if (split == LYNX_SPLIT_OPEN)
        return lynx_say(job, "E-QUOTE", "a quote does not end in this line: it is left out");
    if (split == LYNX_SPLIT_MANY)
        return lynx_say(job, "E-FIELDS", "expected at most %d fields: the line is left out",
                        HM_LYNX_FIELD_MAX);
    if (has_long_text(job))
        return lynx_say(job, "E-FIELDS",
                        "expected texts of at most %d characters: the line is left out",
                        HM_MEET_TEXT_MAX);
    *usable = true;
    return HM_OK;
}

/* The first row of results: an event has no time in its seventh field, and a number first. */
static bool is_result(const lynx_fields *f)
{
    int64_t time_us;
    int32_t digits = 0;
    return lynx_same_word(f->f[0], "DNS") || lynx_same_word(f->f[0], "DNF") ||
           lynx_same_word(f->f[0], "DQ") ||
           (lynx_time(f->f[6], &time_us, &digits) && (digits > 0 || strchr(f->f[6], ':')));
}

static hm_status take_event(rows *r, const char *line, size_t n)
{
    bool usable;
    hm_heat heat;
    HM_TRY(cut(r, line, n, &usable));
    if (usable && r->job->kind == HM_LYNX_LIF && is_result(&r->job->fields)) {
        usable = false;
        HM_TRY(lynx_say(r->job, "E-NOEVENT", "expected an event first, found a result"));
    } else if (usable)
        HM_TRY(lynx_event_row(r->job, &heat, &usable));
    return keep_heat(r, &heat, usable);
}

/* A backslash stands before a status whose layout nobody has confirmed: the line is kept. */
static hm_status keep_status_line(rows *r, const char *line, size_t n, hm_mark *m)
{
    lynx_job *job = r->job;
    char *copy = HM_PUSH(job->arena, char, n + 1);
    if (!copy)
        return lynx_no_memory(job);
    memcpy(copy, line, n);
    copy[hm_utf8_clip(copy, HM_MEET_TEXT_MAX)] = '\0';
    m->note = hm_meet_text(job->arena, copy);
    if (!m->note)
        return lynx_no_memory(job);
    return lynx_say(job, "W-STATUS", "a row with a status that is not understood: kept as it is");
}

static hm_status take_evt(rows *r, const char *line, size_t n)
{
    size_t skip;
    bool status, usable;
    hm_mark m;
    if (!is_competitor(line, n, &skip, &status))
        return take_event(r, line, n);
    if (r->dropped)
        return HM_OK;
    if (!r->begun)
        return lynx_say(r->job, "E-ORPHAN", "expected an event first, found an athlete");
    HM_TRY(cut(r, line + skip, n - skip, &usable));
    r->job->skipped = (int32_t)skip;
    if (usable)
        HM_TRY(lynx_start_row(r->job, &m, &usable));
    if (!usable)
        return HM_OK;
    if (status)
        HM_TRY(keep_status_line(r, line, n, &m));
    return keep_mark(r, &m, usable);
}

static hm_status take_lif(rows *r, const char *line, size_t n)
{
    bool usable;
    hm_mark m;
    if (r->dropped)
        return HM_OK;
    if (!r->begun)
        return take_event(r, line, n);
    HM_TRY(cut(r, line, n, &usable));
    if (usable)
        HM_TRY(lynx_result_row(r->job, &m, &usable));
    return usable ? keep_mark(r, &m, usable) : HM_OK;
}

static hm_status take_sch(rows *r, const char *line, size_t n)
{
    bool usable;
    hm_heat heat = hm_heat_default();
    HM_TRY(cut(r, line, n, &usable));
    if (usable)
        HM_TRY(lynx_event_key(r->job, &heat, &usable));
    if (usable && r->job->fields.n > 3)
        HM_TRY(lynx_say(r->job, "W-EXTRA", "expected event, round and heat: the rest is ignored"));
    return keep_heat(r, &heat, usable);
}

static hm_status take_ppl(rows *r, const char *line, size_t n)
{
    bool usable;
    hm_person p;
    HM_TRY(cut(r, line, n, &usable));
    if (usable)
        HM_TRY(lynx_person_row(r->job, &p, &usable));
    if (!usable)
        return HM_OK;
    HM_TRY(refuse_twin(r, p.id, "file", &usable));
    if (!usable)
        return HM_OK;
    HM_TRY(grow(r, (void **)&r->person, r->n_person, &r->person_cap, sizeof *r->person));
    r->person[r->n_person++] = p;
    return HM_OK;
}

/* ---- the file ---- */

/* The line at p, and where the next begins; lines end in LF, CRLF or CR. */
static size_t line_at(const char *p, const char *end, const char **next)
{
    const char *q = p;
    while (q < end && *q != '\n' && *q != '\r')
        q++;
    *next = q + (q < end) + (q + 1 < end && q[0] == '\r' && q[1] == '\n');
    return (size_t)(q - p);
}

static bool is_silent(const char *line, size_t n)
{
    size_t blank = 0;
    while (blank < n && (line[blank] == ' ' || line[blank] == '\t'))
        blank++;
    return blank == n || line[0] == ';';
}

static hm_status take_lines(rows *r, const char *bytes, size_t n)
{
    static hm_status (*const take[])(rows *, const char *, size_t) = {
        [HM_LYNX_EVT] = take_evt,
        [HM_LYNX_PPL] = take_ppl,
        [HM_LYNX_SCH] = take_sch,
        [HM_LYNX_LIF] = take_lif,
    };
    lynx_job *job = r->job;
    int32_t n_row = 0;
    job->line = 0;
    for (const char *p = bytes, *end = bytes + n, *next; p < end; p = next) {
        size_t len = line_at(p, end, &next);
        job->line++;
        if (is_silent(p, len))
            continue;
        if (++n_row > HM_LYNX_ROW_MAX)
            return lynx_say(job, "E-ROWS", "expected at most %d rows, found more", HM_LYNX_ROW_MAX);
        HM_TRY(take[job->kind](r, p, len));
    }
    job->line = 0;
    if (!r->n_heat && !r->n_person && !job->n_fault)
        return lynx_say(job, "E-EMPTY", "expected %s, found nothing",
                        job->kind == HM_LYNX_PPL ? "people" : "an event");
    return HM_OK;
}

/* What can be told of the bytes as a whole; readable = false when no row can be trusted. */
static hm_status look_over(lynx_job *job, const lynx_text *t, bool *readable)
{
    *readable = false;
    if (t->odd)
        return lynx_say(job, "E-ENC", "expected UTF-16, found an odd number of bytes");
    if (t->guessed)
        HM_TRY(lynx_say(job, "W-ENC", "not UTF-8: read as Windows-1252"));
    if (t->replaced)
        HM_TRY(lynx_say(job, "W-BYTE", "bytes that mean nothing were replaced by U+FFFD"));
    for (const char *p = t->bytes, *end = p + t->n, *next; p < end; p = next) {
        job->line++;
        if (job->line == t->nul_line)
            return lynx_say(job, "E-NUL", "expected text, found a byte of 0: nothing is read");
        if (line_at(p, end, &next) > HM_LYNX_LINE_MAX)
            return lynx_say(
                job, "E-LONG",
                "expected lines of at most %d bytes, found a longer one: nothing is read",
                HM_LYNX_LINE_MAX);
    }
    *readable = true;
    return HM_OK;
}

static hm_status hand_over(rows *r, hm_meet *out)
{
    lynx_job *job = r->job;
    hm_heat *heat = HM_PUSH(job->arena, hm_heat, r->n_heat + 1);
    hm_mark *mark = HM_PUSH(job->arena, hm_mark, r->n_mark + 1);
    hm_person *person = HM_PUSH(job->arena, hm_person, r->n_person + 1);
    if (!heat || !mark || !person)
        return lynx_no_memory(job);
    for (int32_t i = 0, at = 0; i < r->n_heat; i++) {
        heat[i] = r->heat[i];
        heat[i].mark = mark + at;
        at += heat[i].n_mark;
    }
    if (r->n_mark)
        memcpy(mark, r->mark, (size_t)r->n_mark * sizeof *mark);
    if (r->n_person)
        memcpy(person, r->person, (size_t)r->n_person * sizeof *person);
    bool order = job->kind == HM_LYNX_SCH;
    out->heat = order ? NULL : heat;
    out->n_heat = order ? 0 : r->n_heat;
    out->order = order ? heat : NULL;
    out->n_order = order ? r->n_heat : 0;
    out->person = person;
    out->n_person = r->n_person;
    out->notes = job->notes;
    return HM_OK;
}

/* A path may be any bytes; a text of a meet is UTF-8. */
static hm_status keep_source(lynx_job *job, hm_meet *out)
{
    lynx_text t;
    char *copy = NULL;
    if (lynx_decode(job->source, strlen(job->source), job->scratch, &t) == HM_OK)
        copy = hm_arena_printf(job->arena, "%.*s", (int)t.n, t.n ? t.bytes : "");
    if (!copy)
        return lynx_no_memory(job);
    out->source = hm_meet_text(job->arena, copy);
    return out->source ? HM_OK : lynx_no_memory(job);
}

static hm_status parse(lynx_job *job, const char *bytes, size_t n, hm_meet *out)
{
    lynx_text text;
    bool readable;
    rows r = {.job = job};
    HM_TRY(keep_source(job, out));
    if (lynx_decode(bytes, n, job->scratch, &text) != HM_OK)
        return lynx_no_memory(job);
    HM_TRY(look_over(job, &text, &readable));
    if (readable)
        HM_TRY(take_lines(&r, text.bytes, text.n));
    return hand_over(&r, out);
}

/* ---- doors ---- */

static hm_lynx_kind kind_of(const char *source)
{
    static const char *const extension[] = {"EVT", "PPL", "SCH", "LIF"};
    const char *dot = strrchr(source, '.');
    int k = 0;
    while (k < HM_LYNX_AUTO && !(dot && lynx_same_word(dot + 1, extension[k])))
        k++;
    return (hm_lynx_kind)k;
}

hm_status hm_lynx_parse(const char *source, const char *bytes, size_t n, const hm_lynx_opts *opts,
                        hm_arena *arena, hm_meet *meet, hm_err *err)
{
    hm_lynx_kind kind = opts ? opts->kind : HM_LYNX_AUTO;
    HM_ASSERT(kind <= HM_LYNX_AUTO);
    kind = kind == HM_LYNX_AUTO ? kind_of(source) : kind;
    if (kind == HM_LYNX_AUTO)
        return hm_err_set(err, HM_ERR_USAGE, source, 0, 0, NULL,
                          "expected a file .evt, .ppl, .sch or .lif");
    if (n > HM_LYNX_FILE_MAX)
        return hm_err_set(err, HM_ERR_INPUT, source, 0, 0, NULL,
                          "expected a file of at most %d bytes, found %zu", HM_LYNX_FILE_MAX, n);
    hm_arena scratch;
    hm_arena_init(&scratch, 0);
    hm_meet out = hm_meet_default();
    lynx_job *job = HM_PUSH(&scratch, lynx_job, 1);
    hm_status status = HM_ERR_SYSTEM;
    if (job) {
        job->source = source;
        job->kind = kind;
        job->lenient = opts && opts->lenient;
        job->arena = arena;
        job->scratch = &scratch;
        job->err = err;
        status = parse(job, bytes, n, &out);
    } else
        hm_err_set(err, status, source, 0, 0, NULL, "no memory");
    hm_arena_free(&scratch);
    if (status == HM_OK)
        *meet = out;
    return status;
}

hm_status hm_lynx_read(const char *path, const hm_lynx_opts *opts, hm_arena *arena, hm_meet *meet,
                       hm_err *err)
{
    char *bytes;
    size_t n;
    hm_arena file;
    hm_arena_init(&file, 0);
    hm_status status = hm_file_read(path, HM_LYNX_FILE_MAX, &file, &bytes, &n, err);
    if (status == HM_OK)
        status = hm_lynx_parse(strcmp(path, "-") == 0 ? "standard input" : path, bytes, n, opts,
                               arena, meet, err);
    hm_arena_free(&file);
    return status;
}
