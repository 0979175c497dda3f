#include "measure_torso.h"

#include "table.h"

#include <math.h>

void measure_cell(cli_table *t, int decimals, double v)
{
    if (isnan(v))
        cli_table_cell(t, "%s", "");
    else
        cli_table_cell(t, "%.*f", decimals, v);
}

static bool tell(void *ctx, int64_t done, int64_t total)
{
    return cli_progress_tell(ctx, done, total);
}

static hm_status doubts(measure_job *job, const hm_crossings *f, hm_err *err)
{
    for (int32_t i = 0; i < f->notes.n; i++)
        HM_TRY(measure_note(job, err, "%s", f->notes.text[i]));
    if (f->fps < 100)
        HM_TRY(measure_note(job, err, "%.0f images a second: not photo-finish grade", f->fps));
    if (!f->whole)
        HM_TRY(measure_note(job, err, "the clip breaks off; what came before is measured"));
    if (f->n_corner < 3)
        HM_TRY(measure_note(job, err,
                            "nothing in the background to hold on to: whether the camera "
                            "moved is not known"));
    else if (f->drift_px > 0.3)
        HM_TRY(measure_note(job, err,
                            "the picture moved by %.1f px (RMS), %.1f at most, against its "
                            "background; taken off",
                            f->shake_px, f->drift_px));
    if (isnan(job->marks.readout_s))
        HM_TRY(measure_note(job, err,
                            "the sensor's read-out is not known: 20 ms (1 sigma) from top "
                            "to bottom is assumed (--readout-s)"));
    if (job->view.rms_px > 3)
        HM_TRY(measure_note(job, err, "the marks fit only to %.1f px", job->view.rms_px));
    return HM_OK;
}

/* Can the bang have been the start? Nobody runs x metres faster than at 13 m/s or comes later than
 * at 2 m/s, five seconds allowed. */
static bool may_be_start(const hm_crossings *f, double start_s)
{
    for (int32_t i = 0; i < f->n; i++) {
        double t_s = f->torso[i].time_s - start_s, x_m = fmax(0, f->torso[i].x_m);
        if (f->torso[i].seen && (t_s < x_m / 13 || t_s > x_m / 2 + 5))
            return false;
    }
    return true;
}

hm_status measure_cross(measure_job *job, int32_t n_plane, const double plane_x_m[],
                        measure_torsos *out, hm_err *err)
{
    HM_TRY(measure_view(job, err));
    cli_progress progress = cli_progress_begin(job->args, "measuring");
    const hm_crossing_job cross = {.path = job->path,
                                   .clip = job->clip,
                                   .marks = &job->marks,
                                   .view = &job->view,
                                   .n_plane = n_plane,
                                   .plane_x_m = plane_x_m,
                                   .progress = tell,
                                   .ctx = &progress};
    hm_status status = hm_crossings_find(&cross, job->args->arena, &out->found, err);
    cli_progress_end(&progress);
    HM_TRY(status);
    HM_TRY(doubts(job, &out->found, err));
    HM_TRY(measure_start(job, err));
    out->from_gun = job->has_start && !job->start.relative_only;
    if (out->from_gun && !may_be_start(&out->found, job->start.time_s)) {
        out->from_gun = false;
        HM_TRY(measure_note(job, err,
                            "the bang at %.2f s cannot be the start of who is seen: times are of "
                            "the clip, only gaps count",
                            job->start.time_s));
    }
    out->zero_s = out->from_gun ? job->start.time_s : 0;
    out->zero_sigma_s = out->from_gun ? job->start.sigma_s : 0;
    return HM_OK;
}

const char *measure_name(const measure_job *job, const hm_torso *t)
{
    const char *name = job->marks.lane[t->i_lane].name;
    return name && name[0] ? name : "";
}

const char *measure_remark(const measure_job *job, const hm_torso *t)
{
    const char *s = hm_arena_printf(job->args->arena, "%s%s%s", t->by_hand ? "by hand " : "",
                                    t->hidden ? "hidden " : "", t->unsure ? "lane unsure" : "");
    return s ? s : "";
}

static double ms_90(double sigma_s)
{
    return 1000 * MEASURE_TO_90 * sigma_s;
}

static void print_camera(const measure_job *job)
{
    hm_view_pose p;
    const double deg = 45 / atan(1);
    if (!hm_view_pose_of(&job->view, &p))
        return;
    fprintf(job->table, "\nCamera by the marks, which fit to %.2f px:", job->view.rms_px);
    for (int i = 0; i < 3; i++)
        fprintf(job->table, " %c %.3f +- %.3f m,", "xyz"[i], p.eye_m[i],
                MEASURE_TO_90 * p.eye_sigma_m[i]);
    fprintf(job->table, " yaw %.3f +- %.3f deg, focal length %.1f +- %.1f px\n", deg * p.yaw_rad,
            deg * MEASURE_TO_90 * p.yaw_sigma_rad, p.focal_px, MEASURE_TO_90 * p.focal_sigma_px);
}

hm_status measure_print_budget(const measure_job *job, const measure_torsos *t, hm_err *err)
{
    static const char *const head[] = {"90 %, ms", ">x m",      ">lane",  ">edges",
                                       ">torso",   ">stamps",   ">depth", "|",
                                       ">view",    ">read-out", ">clock"};
    cli_table *out;
    HM_TRY(cli_table_begin(job->args->arena, 11, head, &out, err));
    for (int32_t i = 0; i < t->found.n; i++) {
        const hm_torso *r = &t->found.torso[i];
        const hm_budget *b = &r->budget;
        if (!r->seen)
            continue;
        const double own[4] = {b->sampling_s, b->torso_s, b->stamp_s, b->depth_s},
                     common[3] = {b->view_s, b->readout_s, t->zero_sigma_s};
        cli_table_row(out);
        cli_table_cell(out, "%s", "");
        cli_table_cell(out, "%g", r->x_m);
        cli_table_cell(out, "%d", r->lane);
        for (int k = 0; k < 4; k++)
            cli_table_cell(out, "%.1f", ms_90(own[k]));
        cli_table_cell(out, "|");
        for (int k = 0; k < 3; k++)
            cli_table_cell(out, "%.1f", ms_90(common[k]));
    }
    fprintf(job->table,
            "\nWhat the times rest on: left of the bar independent from runner to runner, "
            "right of it common, so that gaps are surer than times.\n");
    cli_table_print(out, job->table);
    print_camera(job);
    return HM_OK;
}

hm_status measure_observe_torsos(measure_job *job, const measure_torsos *t, hm_err *err)
{
    if (t->from_gun)
        job->trace.time_zero = HM_ZERO_GUN;
    for (int32_t i = 0; i < t->found.n; i++) {
        const hm_torso *r = &t->found.torso[i];
        if (!r->seen)
            continue;
        const hm_obs obs = {.kind = r->x_m == job->marks.finish_x_m ? HM_OBS_FINISH : HM_OBS_GATE,
                            .lane = r->lane,
                            .distance_m = r->x_m,
                            .time_s = r->time_s - t->zero_s,
                            .speed_mps = NAN,
                            .sigma_m = NAN,
                            .sigma_s = r->sigma_s,
                            .sigma_mps = NAN};
        HM_TRY(measure_observe(job, &obs, err));
    }
    return HM_OK;
}

int32_t measure_order(const measure_torsos *t, double x_m, int32_t order[HM_MARKS_LANE_MAX])
{
    int32_t n = 0;
    for (int32_t i = 0; i < t->found.n; i++) {
        const hm_torso *r = &t->found.torso[i];
        if (!r->seen || r->x_m != x_m || n == HM_MARKS_LANE_MAX)
            continue;
        int32_t k = n++;
        for (; k > 0 && t->found.torso[order[k - 1]].time_s > r->time_s; k--)
            order[k] = order[k - 1];
        order[k] = i;
    }
    return n;
}
