/* smear.c - abstraction: as a race takes hold, outlines open, faces go, limbs become arcs, colour
 * leaves the bodies, until only motion remains; and everything is clear in the instant of the line.
 */
#include "motion_priv.h"
#include "shots_priv.h"
#include "smear_priv.h"

#include <math.h>

#include "num/dmath.h"

#define FIELD(name) #name, offsetof(smear_opts, name), HM_OPTION_DOUBLE

static const hm_option rows[] = {
    {FIELD(obsession_frac), "", NAN, 0, 1, NULL,
     "How far bodies are lost in their motion; not told: as the race goes.", ""},
    {FIELD(drag_m), "m", 0.75, 0, 2, NULL, "How far the trailing side of a limb is drawn out.", ""},
    {FIELD(trail_s), "s", 0.20, 0.02, 0.5, NULL, "How long the path of a limb is seen.", ""},
    {FIELD(copies_frac), "", 1, 0, 1, NULL, "Share of the earlier poses that are shown.", ""},
    {FIELD(band_frac), "", 1, 0, 1, NULL, "Strength of the bands of colour on the lanes.", ""},
    {FIELD(lines_frac), "", 1, 0, 1, NULL, "Share of the speed lines beside the lanes.", ""},
};
enum { N_ROW = sizeof rows / sizeof rows[0] };
_Static_assert(sizeof(smear_opts) == N_ROW * sizeof(double), "every field has a row");

const hm_option_table hm_look_smear_table = {"smear", sizeof(smear_opts), N_ROW, rows};

/* ---- obsession ---- */

/* First torso and the gap to the second, now. */
static double leader_m(const hm_race *race, double t_s, double *gap_m)
{
    double first = 0, second = -1e9;
    for (int32_t i = 0; i < race->n_lane; i++) {
        if (race->lane[i].curve.n == 0)
            continue;
        double x_m = hm_curve_x_m(&race->lane[i].curve, t_s);
        if (x_m > first)
            second = first, first = x_m;
        else if (x_m > second)
            second = x_m;
    }
    *gap_m = first - second;
    return first;
}

float smear_obsession(const look_drawing *d)
{
    const smear_opts *o = d->film->own;
    if (d->moment->has_obsession)
        return (float)d->moment->obsession_frac;
    if (!isnan(o->obsession_frac))
        return (float)o->obsession_frac;
    double t_s = d->moment->race_t_s, gap_m, line_s = shots_finish_s(d->film->race, false);
    double x_m = leader_m(d->film->race, t_s, &gap_m);
    if (t_s <= 0)
        return 0;
    double close = 1 / (1 + gap_m);
    double grown = look_ramp(x_m, 12, 88 - 18 * close);
    double clear = 1 - look_ramp(t_s, line_s - 0.09, line_s - 0.03); /* the instant of the line */
    double back = 0.85 * look_ramp(t_s, line_s + 0.05, line_s + 0.16) *
                  (1 - look_ramp(t_s, line_s + 0.3, line_s + 2));
    return (float)(grown * clear + back);
}

/* ---- the body ---- */

/* Draw out what trails: along the limb's own way, in smooth teeth. */
static void drag(const look_drawing *d, const look_body *body, const hm_mesh *mesh, hm_vec3 pos_m[],
                 hm_vec3 nrm[])
{
    const double look_back_s = 0.03;
    const float least_mps = 6, full_mps = 12;
    float lost = smear_obsession(d);
    hm_vec3 *was_m = lost > 0.02f ? HM_PUSH(d->scratch, hm_vec3, mesh->n_vert) : NULL;
    hm_pose *was = was_m ? HM_PUSH(d->scratch, hm_pose, 1) : NULL;
    if (!was)
        return;
    const smear_opts *o = d->film->own;
    hm_gait_pose(&body->player->gait, d->moment->race_t_s - look_back_s, was);
    hm_mesh_skin(mesh, was, was_m, NULL);
    float lane = (float)body->player->lane->lane;
    for (int32_t v = 0; v < mesh->n_vert; v++) {
        hm_vec3 back = hm_v3_sub(was_m[v], pos_m[v]);
        float len_m = hm_v3_len(back), mps = len_m * (float)(1 / look_back_s);
        if (mps < least_mps)
            continue;
        float fast = (mps - least_mps) / (full_mps - least_mps);
        fast = fast > 1 ? 1 : fast;
        float trails = hm_v3_dot(nrm[v], back) / len_m;
        if (trails <= 0)
            continue;
        hm_vec3 r = mesh->rest_m[v];
        float tooth = 0.5f + 0.5f * (float)hm_sin((double)(26 * r.y + 17 * r.x + 5 * lane));
        float reach =
            lost * (float)o->drag_m * fast * trails * trails * (0.15f + 0.85f * tooth * tooth);
        pos_m[v] = hm_v3_mad(pos_m[v], reach / len_m, back);
    }
}

/* ---- the picture ---- */

/* Outlines open as the race goes on. */
static void open_lines(hm_paint_params *p, float lost)
{
    look_widen_lines(p, 1 - 0.55 * (double)lost);
    p->gap_frac = 0.75f * lost;
    p->boil_px = 1.2f * lost;
    p->boil_len_px = 26;
    p->cast_frac *= 1 - lost;
    p->contact_frac *= 1 - lost;
    p->vignette_frac *= 1 - lost;
}

static hm_status scene(const look_drawing *d, const look_scene *s, hm_err *err)
{
    float lost = smear_obsession(d);
    motion_own *own = HM_PUSH(d->scratch, motion_own, 1);
    if (!own)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the drawing");
    own->lost = lost;
    s->paint->own = own;
    if (lost <= 0)
        return smear_bands(d, lost, s, err);
    open_lines(s->paint, lost);
    float far = s->scene->haze_per_m;
    s->scene->haze = MOTION_PAPER;
    s->scene->haze_per_m = far + lost * (0.005f - far);
    HM_TRY(smear_bands(d, lost, s, err));
    HM_TRY(smear_copies(d, lost, s, err));
    HM_TRY(smear_fans(d, lost, s, err));
    HM_TRY(smear_lines(d, lost, s, err));
    return smear_trails(d, lost, s, err);
}

const hm_look look_smear = {
    .name = "smear",
    .sentence = "abstraction: bodies dissolve into their motion and come back at the line",
    .paint = "motion",
    .wish = {.n_hold = 1, .venue = HM_VENUE_AUTO, .hour = HM_HOUR_DAY},
    .table = &hm_look_smear_table,
    .direct = smear_direct,
    .skin = drag,
    .scene = scene,
};
