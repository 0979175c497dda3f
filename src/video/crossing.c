#include "video/crossing.h"

#include "cross_priv.h"
#include "video/shake.h"

#include <math.h>

/* ---- constants, own unless a source stands beside them ---- */
/* SD of what is taken for the first point of a trunk, so that nine of ten torsos that stand apart
 * lie within their intervals: tools/fit_torso_sigma.py */
static const double torso_m = 0.0110;
static const double off_middle_m = 0.15;     /* SD of a runner from the middle of the lane */
static const double guess_readout_s = 0.020; /* of phones: 8 to 27 ms (video.md's sources) */
static const double guess_mps = 9;           /* speed when none is measured */

/* ---- one pass over the clip ---- */

static hm_status choose_ring(cross_state *s, hm_crossings *out, hm_err *err)
{
    hm_clip_times times;
    const hm_crossing_job *job = s->job;
    HM_TRY(hm_clip_times_read(job->path, &job->clip, s->arena, &times, err));
    if (times.n < 3 || !(times.median_s > 0))
        return hm_err_set(err, HM_ERR_INPUT, job->path, 0, 0, NULL,
                          "expected three images or more at rising times, found %lld",
                          (long long)times.n);
    s->interval_s = times.median_s;
    out->fps = 1 / times.median_s;
    out->n_image = times.n;
    /* a quarter of a metre at 10 m/s, four images at least */
    int32_t n = 2 * (int32_t)lround(0.125 / (10 * times.median_s));
    s->n_ring = n < 4 ? 4 : n > CROSS_RING_MAX ? CROSS_RING_MAX : n;
    return HM_OK;
}

static hm_status moved(const hm_crossing_job *job, const hm_shake *shake, double time_s,
                       hm_err *err)
{
    return hm_err_set(err, HM_ERR_INPUT, job->path, 0, 0, NULL,
                      "the camera was moved: at %.2f s its picture lies %.0f px from where it lay "
                      "at first; only a fixed camera can be measured",
                      time_s, shake->most_px);
}

static hm_status step(cross_state *s, hm_shake *shake, const hm_clip_image *image, double *last_s,
                      hm_err *err)
{
    const hm_crossing_job *job = s->job;
    if (s->n_image == 0)
        hm_shake_init(shake, image, job->view, job->marks);
    else if (!hm_shake_step(shake, image))
        return moved(job, shake, image->time_s, err);
    for (int32_t i = 0; i < s->n_plane; i++)
        if (s->plane[i].n_line)
            hm_silhouette_step(&s->plane[i].moving, image, shake->at_u_px, shake->at_v_px,
                               image->time_s - *last_s);
    *last_s = image->time_s;
    return cross_step(s, image->time_s, shake->at_u_px, shake->at_v_px, err);
}

static hm_status go_through(cross_state *s, hm_clip *clip, hm_crossings *out, hm_err *err)
{
    const hm_crossing_job *job = s->job;
    hm_shake shake = {0};
    hm_clip_image image;
    double last_s = 0;
    bool more = true;
    for (;;) {
        HM_TRY(hm_clip_next(clip, &image, &more, err));
        if (!more)
            break;
        if (s->n_image == 0) {
            last_s = image.time_s;
            HM_TRY(cross_lay_out(s, image.width_px, image.height_px, err));
        }
        HM_TRY(step(s, &shake, &image, &last_s, err));
        if (job->progress && s->n_image % 32 == 0 &&
            !job->progress(job->ctx, s->n_image, out->n_image))
            return hm_err_set(err, HM_ERR_STOPPED, job->path, 0, 0, NULL,
                              "stopped; nothing is written");
    }
    if (s->n_image == 0)
        return hm_err_set(err, HM_ERR_INPUT, job->path, 0, 0, NULL, "no image in this span");
    out->n_image = s->n_image;
    out->n_corner = shake.n;
    out->drift_px = shake.most_px;
    out->shake_px = shake.n_image ? sqrt(shake.sum_px2 / (double)shake.n_image) : 0;
    out->whole = hm_clip_is_whole(clip);
    const hm_notes *notes = hm_clip_notes(clip);
    for (int32_t i = 0; i < notes->n; i++)
        HM_TRY(hm_notes_add(&out->notes, s->arena, "%s", notes->text[i]));
    return HM_OK;
}

/* ---- results ---- */

/* How far x moves when the runner stands 1 m further across than the lane's middle. */
static double x_per_y(const hm_view *view, const double at_m[3])
{
    double u, v, x, z;
    if (!hm_view_pixel(view, at_m, &u, &v) ||
        !hm_view_lane_plane(view, u, v, at_m[1] + 0.1, &x, &z))
        return 0;
    return (x - at_m[0]) / 0.1;
}

static double readout_sigma_s(const hm_marks *m)
{
    return isnan(m->readout_s) ? guess_readout_s : 0;
}

static void fill_budget(const cross_state *s, hm_torso *t, double tick_s)
{
    const hm_crossing_job *job = s->job;
    hm_budget *b = &t->budget;
    double v = isnan(t->speed_mps) ? guess_mps : t->speed_mps;
    b->torso_s = t->by_hand ? 0 : torso_m / v; /* a person's sigma says it all */
    b->stamp_s = tick_s / sqrt(12);
    b->depth_s = fabs(x_per_y(job->view, t->at_m)) * off_middle_m / v;
    b->view_s = sqrt(fmax(0, hm_view_x_covariance_m2(job->view, t->at_m, t->at_m))) / v;
    b->readout_s = fabs(t->read_out_frac) * readout_sigma_s(job->marks);
    t->sigma_s =
        sqrt(b->sampling_s * b->sampling_s + b->torso_s * b->torso_s + b->stamp_s * b->stamp_s +
             b->depth_s * b->depth_s + b->view_s * b->view_s + b->readout_s * b->readout_s);
}

/* A person's hashline wins. */
static void take_hashes(const hm_marks *m, hm_torso *t)
{
    for (int32_t i = 0; i < m->n_hash; i++) {
        const hm_marks_hash *h = &m->hash[i];
        if (h->lane != t->lane || fabs(h->x_m - t->x_m) > 1e-3)
            continue;
        if (!t->seen)
            t->speed_mps = t->first_s = t->half_s = NAN;
        t->seen = t->by_hand = true;
        t->hidden = t->unsure = false;
        t->time_s = h->time_s;
        t->budget = (hm_budget){.sampling_s = h->sigma_s};
    }
}

static hm_status read_all(cross_state *s, double tick_s, hm_crossings *out, hm_err *err)
{
    const hm_marks *m = s->job->marks;
    for (int32_t i = 0; i < s->n_plane; i++) {
        hm_torso *t = out->torso + (ptrdiff_t)i * m->n_lane;
        for (int32_t k = 0; k < m->n_lane; k++) {
            double y = 0.5 * (m->lane[k].from_y_m + m->lane[k].to_y_m);
            t[k] = (hm_torso){.lane = m->lane[k].lane,
                              .i_lane = k,
                              .x_m = s->job->plane_x_m[i],
                              .speed_mps = NAN,
                              .at_m = {s->job->plane_x_m[i], y, 1.3}};
        }
        if (s->plane[i].n_line)
            HM_TRY(cross_read(s, &s->plane[i], t, err));
        out->noise = fmax(out->noise, s->plane[i].moving.noise);
    }
    for (int32_t i = 0; i < out->n; i++)
        take_hashes(m, &out->torso[i]);
    cross_along(s, out->torso);
    for (int32_t i = 0; i < out->n; i++)
        if (out->torso[i].seen)
            fill_budget(s, &out->torso[i], tick_s);
    if (s->full)
        HM_TRY(hm_notes_add(&out->notes, s->arena,
                            "so much moves at the planes that the rest of it was left out"));
    return HM_OK;
}

static hm_status check(const hm_crossing_job *job, hm_err *err)
{
    if (!job->view->has_camera)
        return hm_err_set(err, HM_ERR_INPUT, "marks", 0, 0, "points", "%s", job->view->no_camera);
    if (job->marks->n_lane == 0)
        return hm_err_set(err, HM_ERR_INPUT, "marks", 0, 0, "lanes",
                          "expected the lanes that are run in, found none");
    if (job->n_plane == 0)
        return hm_err_set(err, HM_ERR_INPUT, "marks", 0, 0, "finish_x_m",
                          "expected a plane to be timed, found none");
    HM_ASSERT(job->n_plane <= HM_PLANE_MAX);
    return HM_OK;
}

hm_status hm_crossings_find(const hm_crossing_job *job, hm_arena *arena, hm_crossings *out,
                            hm_err *err)
{
    hm_clip *clip;
    hm_clip_opts opts = job->clip;
    hm_crossings found = {0};
    cross_state s = {.job = job, .arena = arena};
    HM_TRY(check(job, err));
    HM_TRY(choose_ring(&s, &found, err));
    found.n = job->n_plane * job->marks->n_lane;
    found.torso = HM_PUSH(arena, hm_torso, found.n);
    if (!found.torso)
        return hm_err_set(err, HM_ERR_SYSTEM, job->path, 0, 0, NULL, "no memory");
    opts.pixels = HM_CLIP_LUMA;
    HM_TRY(hm_clip_open(job->path, &opts, arena, &clip, err));
    const hm_clip_info *info = hm_clip_info_of(clip);
    double tick_s = info->slow * info->time_base_num / info->time_base_den;
    hm_status status = go_through(&s, clip, &found, err);
    hm_clip_close(clip);
    HM_TRY(status);
    HM_TRY(read_all(&s, tick_s, &found, err));
    *out = found;
    return HM_OK;
}

double hm_torso_gap_sigma_s(const hm_view *view, const hm_torso *a, const hm_torso *b)
{
    double va = isnan(a->speed_mps) ? guess_mps : a->speed_mps,
           vb = isnan(b->speed_mps) ? guess_mps : b->speed_mps, own = 0;
    const hm_torso *both[2] = {a, b};
    for (int i = 0; i < 2; i++) {
        const hm_budget *g = &both[i]->budget;
        own += g->sampling_s * g->sampling_s + g->torso_s * g->torso_s + g->stamp_s * g->stamp_s +
               g->depth_s * g->depth_s;
    }
    double apart = hm_view_x_covariance_m2(view, a->at_m, a->at_m) / (va * va) +
                   hm_view_x_covariance_m2(view, b->at_m, b->at_m) / (vb * vb) -
                   2 * hm_view_x_covariance_m2(view, a->at_m, b->at_m) / (va * vb);
    if (a->by_hand || b->by_hand || isnan(apart))
        apart = 0;
    double rows = a->budget.readout_s * (a->read_out_frac < 0 ? -1 : 1) -
                  b->budget.readout_s * (b->read_out_frac < 0 ? -1 : 1);
    return sqrt(own + fmax(0, apart) + rows * rows);
}
