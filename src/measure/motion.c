/* 1080 Motion: base64 of records of five little-endian float32 (20 bytes): time, position, speed,
 * acceleration, force. Source: Performance-Diagnostic-Suite, vendors/motion_1080/decoder.py. */
#include "measure_priv.h"

#include <math.h>
#include <string.h>

enum { RECORD = 20 };

static int value_of(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* The bytes that a base64 text stands for; what is no digit of it is skipped up to the first '='.
 */
static size_t decode(const char *s, size_t n, unsigned char *out)
{
    uint32_t held = 0;
    int n_bit = 0;
    size_t k = 0;
    for (size_t i = 0; i < n && s[i] != '='; i++) {
        int v = value_of(s[i]);
        if (v < 0)
            continue;
        held = (held << 6 | (uint32_t)v) & 0xffffff;
        n_bit += 6;
        if (n_bit >= 8) {
            n_bit -= 8;
            out[k++] = (unsigned char)(held >> n_bit);
        }
    }
    return k;
}

static double float_at(const unsigned char *p)
{
    uint32_t bits = p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
    float v;
    memcpy(&v, &bits, sizeof v);
    return (double)v;
}

static hm_status take(const measure_job *job, const unsigned char *record, int32_t i, hm_obs *o)
{
    double time_s = float_at(record), distance_m = float_at(record + 4),
           speed_mps = float_at(record + 8);
    measure_bounds d = measure_column_bounds(COL_DISTANCE), v = measure_column_bounds(COL_SPEED);
    if (!isfinite(time_s) || !(distance_m >= d.lo && distance_m <= d.hi) ||
        !(speed_mps >= v.lo && speed_mps <= v.hi))
        return hm_err_set(job->err, HM_ERR_INPUT, job->source, 0, 0, "record",
                          "expected time, position and speed of a run in record %d, found %g s, %g "
                          "m, %g m/s",
                          i + 1, time_s, distance_m, speed_mps);
    *o = (hm_obs){.kind = HM_OBS_KIND_COUNT,
                  .time_s = time_s,
                  .distance_m = distance_m,
                  .speed_mps = speed_mps,
                  .sigma_m = NAN,
                  .sigma_s = NAN,
                  .sigma_mps = NAN};
    return HM_OK;
}

hm_status measure_read_motion(const measure_job *job)
{
    unsigned char *bytes = HM_PUSH(job->scratch, unsigned char, job->n);
    if (!bytes)
        return HM_ERR_SYSTEM;
    size_t n = decode(job->bytes, job->n, bytes);
    if (n == 0 || n % RECORD != 0)
        return hm_err_set(job->err, HM_ERR_INPUT, job->source, 0, 0, NULL,
                          "expected base64 of records of %d bytes (1080 Motion), found %zu bytes",
                          RECORD, n);
    if (n / RECORD > HM_TRACE_OBS_MAX)
        return hm_err_set(job->err, HM_ERR_INPUT, job->source, 0, 0, NULL,
                          "expected at most %d records, found %zu", HM_TRACE_OBS_MAX, n / RECORD);
    measure_run run = {.trace = hm_trace_default(), .has_speed = true, .has_distance = true};
    run.trace.device = "1080 Motion";
    run.trace.n_obs = (int32_t)(n / RECORD);
    run.trace.obs = HM_PUSH(job->arena, hm_obs, run.trace.n_obs);
    if (!run.trace.obs)
        return HM_ERR_SYSTEM;
    for (int32_t i = 0; i < run.trace.n_obs; i++)
        HM_TRY(take(job, bytes + (size_t)i * RECORD, i, &run.trace.obs[i]));
    HM_TRY(measure_run_finish(job, &run));
    return measure_keep_one(job, &run.trace);
}
