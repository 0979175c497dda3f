#include "measure_priv.h"

#include <string.h>

#include "data/race_file.h"
#include "io/file.h"
#include "io/utf8.h"
#include "measure/plausible.h"

/* ---- what is it? ---- */

/* Files that people take for measurements, by their first bytes. */
static hm_status refuse_binary(const measure_job *job)
{
    static const struct {
        const char *magic, *what;
    } known[] = {
        {"RDX", "R's own data (.rda of R, not of a Stalker radar): write it with write.csv"},
        {"RDA", "R's own data (.rda of R, not of a Stalker radar): write it with write.csv"},
        {"\x1f\x8b", "compressed data (an .rda of R, or gzip): write.csv, or gunzip, first"},
        {"BZh", "compressed data (an .rda of R, or bzip2): write.csv, or bunzip2, first"},
        {"\xfd\x37", "compressed data (an .rda of R, or xz): write.csv, or unxz, first"},
        {"PK\x03\x04", "a spreadsheet or zip file: save the table as CSV"},
        {"\xd0\xcf\x11\xe0", "an old spreadsheet: save the table as CSV"},
        {"SQLite format 3", "a database: export the table as CSV"},
        {"c3d", "C3D motion capture"},
        {"%PDF", "a PDF file"},
        {"\x89PNG", "a picture"},
        {"\xff\xd8\xff", "a picture"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        size_t n = strlen(known[i].magic);
        if (job->n >= n && memcmp(job->bytes, known[i].magic, n) == 0)
            return hm_err_set(job->err, HM_ERR_INPUT, job->source, 0, 0, NULL,
                              "expected a table, radar samples or a trace, found %s",
                              known[i].what);
    }
    return HM_OK;
}

static hm_status read_json(const measure_job *job, hm_data_kind kind)
{
    if (kind != HM_DATA_TRACE)
        return hm_err_set(job->err, HM_ERR_INPUT, job->source, 1, 1, "format",
                          "expected \"" HM_TRACE_FORMAT "\", found %s",
                          kind == HM_DATA_RACE       ? "a race"
                          : kind == HM_DATA_SPRINTER ? "a sprinter"
                                                     : "another JSON file");
    if (job->n > HM_TRACE_FILE_MAX)
        return hm_err_set(job->err, HM_ERR_INPUT, job->source, 0, 0, NULL,
                          "expected a trace of at most %d bytes, found %zu", HM_TRACE_FILE_MAX,
                          job->n);
    hm_trace trace;
    HM_TRY(hm_trace_parse(job->source, job->bytes, job->n, job->arena, &trace, job->err));
    return measure_keep_one(job, &trace);
}

/* What looks wrong about a run stands in its notes. */
static hm_status note_doubts(const measure_job *job)
{
    for (int32_t i = 0; i < job->out->n; i++) {
        hm_trace *t = &job->out->trace[i];
        hm_doubts doubts;
        HM_TRY(hm_measure_doubt(t, job->scratch, &doubts, job->err));
        for (int32_t k = 0; k < doubts.n; k++)
            HM_TRY(hm_notes_add(&t->notes, job->arena, "doubtful: %s", doubts.doubt[k].text));
    }
    return hm_measure_note_twins(job->out, job->arena, job->err);
}

static hm_status read_text(const measure_job *job)
{
    measure_form form;
    HM_TRY(measure_recognise(job, &form));
    if (form != MEASURE_SHEET && job->opts->lane)
        return hm_err_set(job->err, HM_ERR_USAGE, job->source, 0, 0, "lane",
                          "expected a race sheet (columns lane, name, time_s), found none");
    int32_t kind = job->opts->kind;
    if ((form == MEASURE_SHEET && kind != HM_MEASURE_GATE && kind != HM_MEASURE_AUTO) ||
        (form == MEASURE_SAMPLES && kind != HM_MEASURE_SPEED && kind != HM_MEASURE_AUTO))
        return hm_err_set(job->err, HM_ERR_USAGE, job->source, 0, 0, "kind",
                          "expected the kind %s for %s, found another",
                          form == MEASURE_SHEET ? "gate" : "speed",
                          form == MEASURE_SHEET ? "a race sheet" : "a file of speeds");
    static hm_status (*const reader[])(const measure_job *) = {
        [MEASURE_TABLE] = measure_read_table,
        [MEASURE_SHEET] = measure_read_sheet,
        [MEASURE_SAMPLES] = measure_read_samples,
        [MEASURE_MOTION] = measure_read_motion,
    };
    HM_TRY(reader[form](job));
    return job->opts->doubt ? note_doubts(job) : HM_OK;
}

static hm_status read_any(const measure_job *job)
{
    HM_TRY(refuse_binary(job));
    hm_data_kind kind = hm_data_kind_of(job->bytes, job->n);
    if (kind != HM_DATA_SHEET)
        return read_json(job, kind);
    HM_TRY(hm_utf8_check(job->source, job->bytes, job->n, job->err));
    return read_text(job);
}

/* ---- doors ---- */

static hm_status parse(const char *source, const char *bytes, size_t n, const hm_measure_opts *opts,
                       hm_arena *arena, hm_arena *scratch, hm_traces *traces, hm_err *err)
{
    hm_traces out = {0};
    measure_job job = {source, bytes, n, opts, arena, scratch, &out, err};
    if (n > HM_MEASURE_FILE_MAX)
        return hm_err_set(err, HM_ERR_INPUT, source, 0, 0, NULL,
                          "expected a file of at most %d bytes, found %zu", HM_MEASURE_FILE_MAX, n);
    hm_status status = read_any(&job);
    if (status == HM_ERR_SYSTEM)
        return hm_err_set(err, status, source, 0, 0, NULL, "no memory");
    if (status == HM_OK)
        *traces = out;
    return status;
}

hm_status hm_measure_parse(const char *source, const char *bytes, size_t n,
                           const hm_measure_opts *opts, hm_arena *arena, hm_traces *traces,
                           hm_err *err)
{
    hm_measure_opts standard = hm_measure_opts_default();
    opts = opts ? opts : &standard;
    HM_ASSERT(measure_opts_made(opts));
    HM_TRY(hm_option_check(&hm_measure_table, opts, err));
    hm_arena scratch;
    hm_arena_init(&scratch, 0);
    hm_status status = parse(source, bytes, n, opts, arena, &scratch, traces, err);
    hm_arena_free(&scratch);
    return status;
}

hm_status hm_measure_read(const char *path, const hm_measure_opts *opts, hm_arena *arena,
                          hm_traces *traces, hm_err *err)
{
    char *bytes;
    size_t n;
    hm_arena file;
    hm_arena_init(&file, 0);
    hm_status status = hm_file_read(path, HM_MEASURE_FILE_MAX, &file, &bytes, &n, err);
    if (status == HM_OK)
        status = hm_measure_parse(strcmp(path, "-") == 0 ? "standard input" : path, bytes, n, opts,
                                  arena, traces, err);
    hm_arena_free(&file);
    return status;
}
