/* What other air or another runner would be worth over 100 m: the fitted runner runs again. */
#include "report_priv.h"

#include <math.h>

#include "sprint/air.h"

/* Against still air at sea level and 15 C; the first row: still air against the run's own. */
typedef struct change {
    const char *name;
    double wind_mps, altitude_m, warmer_c, lighter_kg;
    double more_f0_frac, more_v0_frac;
} change;

static const change known[] = {
    {"still air, sea level, 15 C", 0, 0, 0, 0, 0, 0},
    {"wind +2.0 m/s", 2, 0, 0, 0, 0, 0},
    {"wind -2.0 m/s", -2, 0, 0, 0, 0, 0},
    {"altitude 1000 m", 0, 1000, 0, 0, 0, 0},
    {"altitude 2000 m", 0, 2000, 0, 0, 0, 0},
    {"temperature 35 C", 0, 0, 20, 0, 0, 0},
    {"temperature 5 C", 0, 0, -10, 0, 0, 0},
    {"1 kg lighter", 0, 0, 0, 1, 0, 0},
    {"force +1 %", 0, 0, 0, 0, 0.01, 0},
    {"velocity +1 %", 0, 0, 0, 0, 0, 0.01},
};
enum { N_KNOWN = sizeof known / sizeof *known, OWN_AIR = 0 };

_Static_assert((int)N_KNOWN <= (int)FIT_CHANGE_MAX, "a change lacks room");

/* A lighter body asks how heavy it was. */
static bool applies(const change *c, const hm_sprinter_run *run)
{
    return c->lighter_kg == 0 || run->mass_kg > 10 * c->lighter_kg;
}

int32_t fit_change_names(const hm_sprinter_run *run, const char *name[FIT_CHANGE_MAX])
{
    int32_t n = 0;
    for (int32_t i = 0; i < N_KNOWN; i++)
        if (applies(&known[i], run))
            name[n++] = known[i].name;
    return n;
}

/* The same force in N moves less: all that is per kilogram rises, what the fitted force spent on
 * the air inside it too. The air outside asks the smaller body. */
static double changed_100m_s(const fit_report *r, const change *c)
{
    hm_drive d = r->drive;
    double mass_kg = r->run->mass_kg - c->lighter_kg;
    if (c->lighter_kg > 0) {
        double k = r->run->mass_kg / mass_kg;
        d.f0_n_per_kg *= k;
        d.fade_mps3 *= k;
        d.drag_inside_per_m *= k;
    }
    d.f0_n_per_kg *= 1 + c->more_f0_frac;
    d.v0_mps *= 1 + c->more_v0_frac;
    hm_air air = hm_air_reference();
    air.altitude_m = c->altitude_m;
    air.temp_c += c->warmer_c;
    double drag = hm_drag_per_m(r->m->kind, r->run->altitude_law, &air, mass_kg, r->run->stature_m);
    return fit_report_100m_s(r, &d, drag, c->wind_mps);
}

void fit_report_changes(const fit_report *r)
{
    hm_sprinter_run *run = r->run;
    double still_s = run->still_100m_s.value;
    int32_t n = 0;
    for (int32_t i = 0; i < N_KNOWN && n < run->n_change; i++)
        if (applies(&known[i], run))
            run->change[n++].gain_s.value = i == OWN_AIR ? run->predicted_100m_s.value - still_s
                                                         : still_s - changed_100m_s(r, &known[i]);
}

/* ---- force against velocity ---- */

/* F0 dx/dF0 - V0 dx/dV0 at s: above 0 while a share more of force leads a share more of velocity.
 * *x_m gets the place. */
static double lead_m(const hm_drive_path *path, double s_s, double *x_m)
{
    hm_drive_point at;
    hm_drive_path_at(path, s_s, &at);
    *x_m = at.x_m;
    return path->drive.f0_n_per_kg * at.dx[HM_DRIVE_BY_F0] -
           path->drive.v0_mps * at.dx[HM_DRIVE_BY_V0];
}

void fit_report_probe(const fit_report *r)
{
    const double longest_m = 400; /* what a report may hold */
    hm_drive_path path;
    double x_m = 0;
    r->run->equal_gain_at_m.value = (double)NAN;
    hm_drive_path_begin(&path, &r->drive, r->m->drag_ref_per_m, 0, true);
    while (lead_m(&path, path.s_s + path.length_s, &x_m) > 0)
        if (!hm_drive_path_next(&path) || x_m > longest_m)
            return;
    double from = path.s_s, to = from + path.length_s;
    for (int i = 0; i < 45; i++) { /* to 1e-13 of a piece: intervals take differences of it */
        double mid = 0.5 * (from + to);
        *(lead_m(&path, mid, &x_m) > 0 ? &from : &to) = mid;
    }
    r->run->equal_gain_at_m.value = x_m;
}
