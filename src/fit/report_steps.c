/* The steps of a fitted run by the laws of sprint/steps.h, their stiffness by Morin 2005. */
#include "report_priv.h"

#include <math.h>

#include "sprint/spring_mass.h"
#include "sprint/start.h"
#include "sprint/steps.h"

/* Sex and age are not part of a trace's run. Men step by 1/h of stature, women by its root: at 16
 * the law for boys stands half way between, and contacts are an adult's. */
static hm_stepper stepper_of(const hm_sprinter_run *run)
{
    return (hm_stepper){.stature_m = run->stature_m,
                        .age_yr = 16,
                        .sex = HM_SEX_MEN,
                        .top_mps = run->top_speed_mps.value};
}

/* Model time at which the first step begins: block exit, counted from the reaction where it is
 * known, or the model's own start takes its place. */
static double exit_s(const fit_report *r, const hm_stepper *who)
{
    double push_s = hm_start_of(false, 0, who->stature_m, who->top_mps, HM_FOOT_LEFT).front_off_s;
    return r->clock.reaction_s > 0 ? push_s - r->clock.tc_s : push_s;
}

/* A runner who steps along his curve. */
typedef struct walker {
    const hm_stepper *who;
    const hm_drive_curve *curve;
    double t_s, n; /* the step under way began then; number, from 0 */
    double rate_hz, peak_mps;
} walker;

/* Rate of the step under way, from the speed at its middle as far as the last rate tells it. */
static void look(walker *w)
{
    double v = hm_drive_v_mps(w->curve, w->t_s + 0.5 / w->rate_hz);
    w->peak_mps = fmax(w->peak_mps, v);
    w->rate_hz = hm_step_rate_of_hz(w->who, w->n, v, w->peak_mps);
}

static void walk_to(walker *w, double t_s)
{
    while (w->t_s + 1 / w->rate_hz <= t_s) {
        w->t_s += 1 / w->rate_hz;
        w->n += 1;
        look(w);
    }
}

static void put_step(const hm_sprinter_run *run, const walker *w, double t_s, hm_fit_step *s)
{
    double v = hm_drive_v_mps(w->curve, t_s);
    /* the number whose middle is here: steady between two steps, so that the table is smooth */
    double n = fmax(w->n + (t_s - w->t_s) * w->rate_hz - 0.5, 0);
    double rate_hz = hm_step_rate_of_hz(w->who, n, v, fmax(v, w->peak_mps));
    double contact_s = hm_step_contact_s(w->who, v, rate_hz), flight_s = 1 / rate_hz - contact_s;
    hm_spring_mass k = hm_spring_mass_of(run->mass_kg, run->stature_m, v, contact_s, flight_s);
    s->speed_mps = v;
    s->rate_hz.value = rate_hz;
    s->length_m.value = v / rate_hz;
    s->contact_s.value = contact_s;
    s->flight_s.value = flight_s;
    s->vertical_n_per_m.value = k.vertical_n_per_m; /* NAN without mass */
    s->leg_n_per_m.value = k.leg_n_per_m;
}

static void clear_step(hm_fit_step *s)
{
    s->speed_mps = s->rate_hz.value = s->length_m.value = s->contact_s.value = s->flight_s.value =
        s->vertical_n_per_m.value = s->leg_n_per_m.value = (double)NAN;
}

void fit_report_steps(const fit_report *r)
{
    hm_sprinter_run *run = r->run;
    double x_m[HM_DRIVE_SAMPLE_MAX], v_mps[HM_DRIVE_SAMPLE_MAX];
    hm_drive_curve curve = {.x_m = x_m, .v_mps = v_mps};
    hm_stepper who = stepper_of(run);
    for (int32_t i = 0; i < run->n_step; i++)
        clear_step(&run->step[i]);
    if (run->n_step == 0 || !(who.top_mps > 0))
        return;
    double to_m = fit_report_model_m(r, run->step[run->n_step - 1].distance_m);
    if (!(to_m > 0 && to_m <= 400) ||
        !hm_drive_run(&r->drive, r->drag_per_m, r->wind_mps, to_m, &curve))
        return;
    walker w = {.who = &who, .curve = &curve, .t_s = exit_s(r, &who), .rate_hz = 4};
    look(&w);
    look(&w); /* with a rate of its own */
    for (int32_t i = 0; i < run->n_step; i++) {
        double t_s = hm_drive_time_s(&curve, fit_report_model_m(r, run->step[i].distance_m));
        if (!(t_s >= w.t_s)) /* still in the blocks */
            continue;
        walk_to(&w, t_s);
        put_step(run, &w, t_s, &run->step[i]);
    }
}
