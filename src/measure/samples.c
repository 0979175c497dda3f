/* Radar text without times: one speed a line at a fixed rate, as a Stalker ATS writes it. */
#include "measure_priv.h"

#include <math.h>
#include <string.h>

#include "io/column.h"

/* No runner gains or loses so much from one sample to the next (at 46.875 Hz it would be 140 m/s2):
 * a number in front of the samples that does is part of the heading. */
static const double jump_mps = 3;

enum {
    HEADING_MAX = 5, /* numbers at the beginning that may be no samples */
    IN_ROW_MIN = 20  /* numbers in a row that begin the samples */
};

typedef struct samples {
    const measure_job *job;
    measure_rows *rows;
    measure_run run;
    double scale; /* [1] to m/s */
    int64_t first_line;
    int32_t n_skipped; /* lines behind first_line that hold no number */
    int64_t skipped_line;
} samples;

static const double mps_of_mph = 1609.344 / 3600;

/* A unit that a line of the heading names. */
static double unit_in(const char *text, size_t n)
{
    static const struct {
        const char *word;
        double scale;
    } known[] = {{"km/h", 1 / 3.6},        {"kph", 1 / 3.6}, {"kmh", 1 / 3.6},
                 {"mph", 1609.344 / 3600}, {"m/s", 1},       {"mps", 1}};
    char own[256], key[HM_COLUMN_KEY];
    if (n >= sizeof own)
        return 0;
    memcpy(own, text, n);
    own[n] = '\0';
    hm_column_fold(own, key);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strstr(key, known[i].word))
            return known[i].scale;
    return 0;
}

/* First pass: where the samples begin, how many lines there are, what unit the heading names. */
static hm_status survey(samples *s, int32_t *n_number, double *largest)
{
    measure_row row;
    int32_t in_row = 0;
    int64_t begin = 0;
    double v;
    for (bool more;;) {
        HM_TRY(measure_rows_next(s->rows, &row, &more, s->job->err));
        if (!more)
            return HM_OK;
        if (measure_line_number(&row, &v)) {
            begin = in_row++ ? begin : row.line;
            ++*n_number;
            *largest = fmax(*largest, v);
            if (in_row == IN_ROW_MIN && !s->first_line)
                s->first_line = begin;
            if (*n_number > HM_TRACE_OBS_MAX)
                return hm_err_set(s->job->err, HM_ERR_INPUT, s->job->source, row.line, 1, NULL,
                                  "expected at most %d samples, found more", HM_TRACE_OBS_MAX);
            continue;
        }
        in_row = 0;
        if (s->scale == 0)
            s->scale = unit_in(row.text, row.n);
        if (row.text[0] == '#')
            HM_TRY(measure_head_line(s->job, &row, &s->run.trace));
    }
}

static hm_status choose_unit(samples *s, double largest)
{
    static const double of_unit[] = {1, 1 / 3.6, 1609.344 / 3600};
    if (s->job->opts->speed_unit != HM_SPEED_AUTO)
        s->scale = of_unit[s->job->opts->speed_unit];
    if (s->scale != 0)
        return HM_OK;
    return hm_err_set(s->job->err, HM_ERR_USAGE, s->job->source, s->first_line, 1, "speed_unit",
                      "expected the unit of the speeds, which is a setting of the device (mps, kmh "
                      "or mph), found none; the largest, %.4g, would be %.4g, %.4g or %.4g m/s",
                      largest, largest, largest / 3.6, largest * mps_of_mph);
}

static hm_status take(samples *s, const measure_row *row, double v)
{
    hm_trace *t = &s->run.trace;
    double speed_mps = v * s->scale;
    measure_place p = {s->job->source, row->line, 1, "speed_mps"};
    measure_bounds b = measure_column_bounds(COL_SPEED);
    if (!(speed_mps >= b.lo && speed_mps <= b.hi) && t->n_obs > HEADING_MAX)
        return measure_expected(s->job->err, p, row->text, row->n,
                                "a speed from %g to %g m/s in the unit chosen", b.lo, b.hi);
    s->run.line[t->n_obs] = (uint32_t)row->line;
    t->obs[t->n_obs++] = (hm_obs){.kind = HM_OBS_SPEED,
                                  .distance_m = NAN,
                                  .speed_mps = speed_mps,
                                  .sigma_m = NAN,
                                  .sigma_s = NAN,
                                  .sigma_mps = NAN};
    return HM_OK;
}

/* A bare number of the heading that stands right before the samples. */
static hm_status drop_heading(samples *s)
{
    hm_trace *t = &s->run.trace;
    int32_t n = 0;
    for (int32_t i = 1; i <= HEADING_MAX && i < t->n_obs; i++)
        if (fabs(t->obs[i].speed_mps - t->obs[i - 1].speed_mps) > jump_mps)
            n = i;
    if (n == 0)
        return HM_OK;
    t->obs += n;
    s->run.line += n;
    t->n_obs -= n;
    return hm_notes_add(&t->notes, s->job->arena,
                        "line %lld: %d number%s before the samples taken for a heading",
                        (long long)s->first_line, n, n > 1 ? "s" : "");
}

static hm_status second_pass(samples *s)
{
    measure_row row;
    double v;
    for (bool more;;) {
        HM_TRY(measure_rows_next(s->rows, &row, &more, s->job->err));
        if (!more)
            return HM_OK;
        if (row.line < s->first_line || row.text[0] == '#')
            continue;
        if (measure_line_number(&row, &v))
            HM_TRY(take(s, &row, v));
        else if (s->n_skipped++ == 0)
            s->skipped_line = row.line;
    }
}

static hm_status finish(samples *s)
{
    hm_trace *t = &s->run.trace;
    double rate_hz = s->job->opts->sample_rate_hz;
    HM_TRY(drop_heading(s));
    for (int32_t i = 0; i < t->n_obs; i++)
        t->obs[i].time_s = i / rate_hz;
    if (!t->device[0])
        t->device = "radar";
    HM_TRY(hm_notes_add(&t->notes, s->job->arena, "no times in the file: %.15g samples a second",
                        rate_hz));
    if (s->n_skipped)
        HM_TRY(hm_notes_add(&t->notes, s->job->arena,
                            "%d lines among the samples hold no number, the first is line %lld: "
                            "left out, no time counted for them",
                            s->n_skipped, (long long)s->skipped_line));
    return measure_run_finish(s->job, &s->run);
}

hm_status measure_read_samples(const measure_job *job)
{
    samples s = {.job = job,
                 .rows = HM_PUSH(job->scratch, measure_rows, 1),
                 .run = {.trace = hm_trace_default(), .has_speed = true}};
    int32_t n = 0;
    double largest = 0;
    if (!s.rows)
        return HM_ERR_SYSTEM;
    HM_TRY(measure_rows_begin(s.rows, job->source, job->bytes, job->n, job->scratch, job->err));
    HM_TRY(survey(&s, &n, &largest));
    HM_TRY(choose_unit(&s, largest));
    s.run.trace.obs = HM_PUSH(job->arena, hm_obs, n);
    s.run.line = HM_PUSH(job->scratch, uint32_t, n);
    if (!s.run.trace.obs || !s.run.line)
        return HM_ERR_SYSTEM;
    measure_rows_rewind(s.rows, job->bytes);
    HM_TRY(second_pass(&s));
    HM_TRY(finish(&s));
    return measure_keep_one(job, &s.run.trace);
}
