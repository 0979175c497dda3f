/* Did he ease up? What a run loses late is told by fatigue, of which the prior knows how much it
 * can be, or it is his own will, a stumble, a cramp.
 *
 * From the marks up to each N the last one is predicted, with all that is unsure of that; later
 * than it may be by chance is told, with the first such N. tools/calibrate_drive.py judges the runs
 * of the prior by the same rule. docs/physics/drive.md */
#include "drive_priv.h"

#include <math.h>

#include "num/stat.h"

enum { MARK_MIN = 3, N_MAX = 32 };

/* m: he is at speed by then, and what follows is no start; own */
static const double from_m = 40;
/* m between one N and the next; own */
static const double apart_m = 9.99;
/* [1] of runs without easing that may be told so, over all N of a run; own */
static const double odds = 0.01;

/* The numbers of first marks that are tried. */
static int32_t candidates(const fit_points *o, int32_t n_mark[N_MAX])
{
    int32_t n = 0;
    double next_m = from_m;
    for (int32_t k = MARK_MIN; k < o->n && n < N_MAX; k++)
        if (o->at[k - 1] >= next_m && o->at[o->n - 1] - o->at[k - 1] >= apart_m) {
            n_mark[n++] = k;
            next_m = o->at[k - 1] + apart_m;
        }
    return n;
}

/* What noise to reckon with where none is told: marks behind an easing tell too much, few marks
 * tell it badly; so that of all or of all but the last, whichever is less, and what is usual at
 * least. */
static double reckoned_noise(const fit_model *model, const fit_points *o, const fit_solution *best,
                             fit_work *work)
{
    fit_model m = *model;
    fit_points part = *o;
    fit_solution s = *best;
    double noise = m.noise_sd;
    part.n--;
    if (!o->sigma && fit_guess_noise(&m, &part, work, &s, NULL) == HM_OK)
        noise = fmin(noise, m.noise_sd);
    return fmax(noise, m.usual_sd);
}

/* How much later the last mark came than the first n told, s and sds of that; false = no fit. */
static bool lateness(const fit_model *m, const fit_points *o, int32_t n, const fit_solution *best,
                     fit_work *work, double *late_s, double *late_sd)
{
    fit_points part = *o;
    fit_solution s;
    const double *at = &o->at[o->n - 1];
    double t_s, dt[FIT_PARAM_MAX], noise_s = o->sigma ? o->sigma[o->n - 1] : m->noise_sd;
    part.n = n;
    if (fit_solve(m, &part, NULL, best->p, work, &s, NULL) != HM_OK || !s.converged ||
        !m->observe(m, s.p, HM_OBSERVE_TIME, 1, at, &t_s, dt))
        return false;
    double var = noise_s * noise_s;
    for (int32_t j = 0; j < m->n_param; j++)
        for (int32_t k = 0; k < m->n_param; k++)
            var += dt[j] * s.covariance[j][k] * dt[k];
    *late_s = o->observed[o->n - 1] - t_s;
    *late_sd = *late_s / sqrt(var);
    return true;
}

hm_status fit_note_ease(const fit_model *model, const fit_points *points, const fit_solution *best,
                        fit_work *work, hm_arena *arena, hm_notes *notes)
{
    int32_t n_mark[N_MAX];
    if (model->kind != HM_MODEL_DRIVE || points->observe != HM_OBSERVE_TIME || !best->converged)
        return HM_OK;
    int32_t n = candidates(points, n_mark);
    fit_model m = *model;
    m.noise_sd = reckoned_noise(model, points, best, work);
    for (int32_t i = 0; i < n; i++) {
        double late_s, late_sd;
        if (lateness(&m, points, n_mark[i], best, work, &late_s, &late_sd) &&
            late_sd > hm_normal_of(1 - odds / n))
            return hm_notes_add(notes, arena,
                                "slowed more than fatigue explains after %g m: eased up? %g m came "
                                "%.2f s later than expected, %.1f sd",
                                points->at[n_mark[i] - 1], points->at[points->n - 1], late_s,
                                late_sd);
    }
    return HM_OK;
}
