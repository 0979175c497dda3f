/* hecto measure --info: what the file says of itself, and the times of its images. */
#include "measure_verb.h"
#include "table.h"

#include <math.h>
#include <stdarg.h>

static void row(cli_table *t, const char *what, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

static void row(cli_table *t, const char *what, const char *fmt, ...)
{
    char text[256];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    cli_table_row(t);
    cli_table_cell(t, "%s", what);
    cli_table_cell(t, "%s", text);
}

static void tell_file(cli_table *t, const hm_clip_info *i)
{
    row(t, "picture", "%d x %d px%s, %s in %s", i->width_px, i->height_px,
        i->rotation_deg ? " (turned upright)" : "", i->codec, i->container);
    row(t, "sound", "%s", i->has_sound ? "yes" : "none");
    if (!isnan(i->fps))
        row(t, "images a second", "%.3f (mean, as the file says)", i->fps);
    if (!isnan(i->camera_fps))
        row(t, "camera", "%.3f images a second, as it says", i->camera_fps);
    if (i->slow != 1)
        row(t, "slow motion", "plays %.4g times slower than life; times below are life's", i->slow);
}

static void tell_times(cli_table *t, const hm_clip_times *times)
{
    row(t, "images", "%lld from %.4f to %.4f s%s", (long long)times->n, times->first_s,
        times->last_s, times->whole ? "" : " (the file breaks off)");
    if (times->n > 1) {
        row(t, "intervals", "%.3f ms at the middle, %.3f to %.3f", 1000 * times->median_s,
            1000 * times->min_s, 1000 * times->max_s);
        row(t, "off by more than 20 %", "%lld of %lld", (long long)times->n_off,
            (long long)times->n - 1);
    }
    row(t, "stamps", "multiples of %.4g ms (%.2g ms of error); %lld missing, %lld repeated",
        1000 * times->tick_s, 1000 * times->tick_s / sqrt(12), (long long)times->n_missing,
        (long long)times->n_repeated);
}

hm_status measure_info(measure_job *job, hm_err *err)
{
    hm_clip *clip;
    hm_clip_times times;
    static const char *const head[] = {"clip", ""};
    cli_table *t;
    HM_TRY(cli_table_begin(job->args->arena, 2, head, &t, err));
    HM_TRY(hm_clip_times_read(job->path, &job->clip, job->args->arena, &times, err));
    HM_TRY(hm_clip_open(job->path, &job->clip, job->args->arena, &clip, err));
    const hm_clip_info *info = hm_clip_info_of(clip);
    double fps = info->slow * (isnan(info->fps) ? 1 / times.median_s : info->fps);
    tell_file(t, info);
    tell_times(t, &times);
    hm_clip_close(clip);
    cli_table_print(t, job->table);
    if (times.n > 1 && 1 / times.median_s < 100)
        return measure_note(job, err, "%.0f images a second: not photo-finish grade", fps);
    return HM_OK;
}
