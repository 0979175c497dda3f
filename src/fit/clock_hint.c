/* Does the clock begin where the run does? Most misfits of gates come from there. */
#include "model_priv.h"

#include <math.h>

#include "num/stat.h"

/* Said only where it cannot be chance and matters. own */
static const double sure_u = 0.995; /* two-sided 99 % */
static const double least_shift_s = 0.05;
static const double least_gain = 2; /* [1] by which the residuals shrink */

/* Least squares of mono, with or without a time correction; false = no fit. */
static bool solve(const hm_fit_opts *opts, hm_fit_correct correct, const fit_points *points,
                  fit_work *work, fit_solution *out)
{
    hm_fit_opts o = *opts;
    fit_model m;
    o.model = HM_MODEL_MONO;
    o.correct = (int32_t)correct;
    return fit_classic_model(&o, points, &m, NULL) == HM_OK &&
           fit_solve(&m, points, NULL, NULL, work, out, NULL) == HM_OK && out->converged;
}

hm_status fit_note_clock(const hm_fit_opts *opts, const fit_points *points, hm_arena *scratch,
                         hm_arena *arena, hm_notes *notes)
{
    enum { I_TC = 2, N_PARAM = 3 };
    fit_solution plain, shifted;
    bool asked = opts->correct == HM_CORRECT_NONE && isnan(opts->fixed_fd_m) &&
                 points->observe == HM_OBSERVE_TIME;
    if (!asked || points->n < I_TC + 3)
        return HM_OK;
    fit_work *work = fit_work_new(scratch, points->n, N_PARAM);
    if (!work)
        return HM_ERR_SYSTEM;
    if (!solve(opts, HM_CORRECT_NONE, points, work, &plain) ||
        !solve(opts, HM_CORRECT_TC, points, work, &shifted))
        return HM_OK;
    double tc_s = shifted.p[I_TC], sd_s = sqrt(shifted.covariance[I_TC][I_TC]);
    bool sure = fabs(tc_s) > least_shift_s && plain.sse > least_gain * least_gain * shifted.sse &&
                fabs(tc_s) > sd_s * hm_student_t_of(sure_u, shifted.dof);
    /* from blocks the torso leads any curve that starts from rest, and the clock is the gun's */
    if (!sure || (tc_s < 0 && opts->reaction_s > 0))
        return HM_OK;
    return hm_notes_add(notes, arena,
                        tc_s < 0
                            ? "the clock seems to begin %.2f s after the run: a flying start or "
                              "a first gate ahead; see correct (tc, fd)"
                            : "the run seems to begin %.2f s after the clock: see reaction_s, or "
                              "correct (tc)",
                        fabs(tc_s));
}
