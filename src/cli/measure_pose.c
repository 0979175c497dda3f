/* hecto measure --pose: where the points of people are, as a track. */
#include "measure_pose.h"

#include "measure_verb.h"
#include "pose/people.h"
#include "video/place.h"

#include <math.h>
#include <string.h>

#include "base/clock.h"

/* ---- the clip as the room sees it ---- */

typedef struct door {
    const char *path;
    hm_clip_opts opts;
} door;

static hm_status open_reader(void *ctx, double from_s, double to_s, hm_arena *arena, void **reader,
                             hm_err *err)
{
    const door *d = ctx;
    hm_clip_opts opts = d->opts;
    hm_clip *clip;
    opts.pixels = HM_CLIP_RGB;
    opts.from_s = from_s;
    opts.to_s = to_s;
    HM_TRY(hm_clip_open(d->path, &opts, arena, &clip, err));
    *reader = clip;
    return HM_OK;
}

static hm_status next_image(void *reader, hm_pose_image *image, double *time_s, bool *more,
                            hm_err *err)
{
    hm_clip_image seen;
    HM_TRY(hm_clip_next(reader, &seen, more, err));
    if (*more) {
        *image = (hm_pose_image){seen.width_px, seen.height_px, seen.stride, seen.bytes};
        *time_s = seen.time_s;
    }
    return HM_OK;
}

static void close_reader(void *reader)
{
    hm_clip_close(reader);
}

static hm_status open_door(const measure_job *job, door *d, hm_people_clip *clip, hm_err *err)
{
    hm_clip_times times;
    *d = (door){job->path, job->clip};
    HM_TRY(hm_clip_times_read(job->path, &job->clip, job->args->arena, &times, err));
    double first_s = fmax(times.first_s, job->clip.from_s);
    double until_s = fmin(times.last_s + fmax(times.median_s, 1e-3), job->clip.to_s);
    if (times.n < 1 || !(first_s < until_s))
        return hm_err_set(err, HM_ERR_INPUT, job->path, 0, 0, NULL, "no images between %g and %g s",
                          job->clip.from_s, job->clip.to_s);
    double all_s = times.last_s - times.first_s;
    double part = all_s > 0 ? fmin(1, (until_s - first_s) / all_s) : 1;
    *clip = (hm_people_clip){.ctx = d,
                             .n_image = (int32_t)fmin(1e9, ceil((double)times.n * part)),
                             .from_s = first_s,
                             .until_s = until_s,
                             .open = open_reader,
                             .next = next_image,
                             .close = close_reader};
    return HM_OK;
}

/* ---- places on the track ---- */

static hm_status place_people(measure_job *job, hm_track *track, hm_err *err)
{
    if (!job->has_marks)
        return HM_OK;
    HM_TRY(measure_view(job, err));
    if (!job->view.has_camera)
        return measure_note(job, err,
                            "the marks give no camera (points off the ground, or the focal "
                            "length): the track has no metres");
    hm_view_place_track(&job->view, &job->marks, HM_PLACE_ALL, track);
    return HM_OK;
}

/* ---- the deed ---- */

static hm_status read_opts(const measure_job *job, hm_people_opts *opts, hm_track *hand,
                           hm_err *err)
{
    const cli_args *args = job->args;
    const char *net = cli_value(args, "net"), *by_hand = cli_value(args, "hand");
    *opts = hm_people_opts_default();
    opts->models = cli_value(args, "models");
    opts->raw = cli_flag(args, "raw");
    int n_thread;
    HM_TRY(cli_threads(args, &n_thread, err));
    opts->n_thread = n_thread;
    if (net) {
        int k = 0;
        while (k < HM_POSE_SIZE_COUNT && strcmp(net, hm_pose_size_word((hm_pose_size)k)) != 0)
            k++;
        if (k == HM_POSE_SIZE_COUNT)
            return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--net",
                              "expected lite, full or heavy, found '%s'", net);
        opts->size = (hm_pose_size)k;
    }
    if (!by_hand)
        return HM_OK;
    opts->hand = hand;
    return hm_track_read(by_hand, args->arena, hand, err);
}

static void tell(const measure_job *job, const hm_track *track, const hm_people_report *r,
                 double took_s)
{
    fprintf(job->table, "%d %s in %lld images (%.1f ms an image)\n", track->n_person,
            track->n_person == 1 ? "person" : "persons", (long long)r->n_image,
            r->n_image ? 1000 * took_s / (double)r->n_image : 0.0);
    for (int32_t i = 0; i < track->n_person; i++) {
        const hm_track_person *who = &track->person[i];
        int32_t n_ambiguous = 0;
        for (int32_t f = 0; f < who->n_frame; f++)
            n_ambiguous += who->frame[f].ambiguous;
        fprintf(job->table, "  person %d%s%.0d: %d images from %.3f to %.3f s", who->id,
                who->lane ? ", lane " : "", who->lane, who->n_frame, who->frame[0].time_s,
                who->frame[who->n_frame - 1].time_s);
        fprintf(job->table, n_ambiguous ? ", sides ambiguous in %d\n" : "\n", n_ambiguous);
    }
    fprintf(job->table,
            "  left and right exchanged in %d (legs) and %d (arms) images of a person\n",
            r->n_swap_leg, r->n_swap_arm);
}

hm_status measure_pose(measure_job *job, hm_err *err)
{
    hm_people_opts opts;
    hm_track hand, *track = &job->track;
    hm_people_clip clip;
    hm_people_report report;
    door d;
    HM_TRY(read_opts(job, &opts, &hand, err));
    /* said before the whole clip is read for its times */
    HM_TRY(hm_pose_models_check(opts.models, opts.size, job->args->arena, err));
    HM_TRY(open_door(job, &d, &clip, err));
    double began_s = hm_clock_wall_s();
    HM_TRY(hm_people_find(&clip, &opts, job->args->arena, track, &report, err));
    HM_TRY(place_people(job, track, err));
    tell(job, track, &report, hm_clock_wall_s() - began_s);
    job->has_track = job->has_pose = true;
    if (cli_value(job->args, "track"))
        HM_TRY(hm_track_write(cli_value(job->args, "track"), track, err));
    if (cli_value(job->args, "skeletons"))
        return measure_pose_sheet(job, track, cli_value(job->args, "skeletons"), err);
    return HM_OK;
}
