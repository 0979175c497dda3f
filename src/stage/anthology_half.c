/* anthology_half.c - two races of the same two people at once: half a picture for each, started by
 * one gun and told by the same cameras, so that what is unlike in them is the years between. */
#include "anthology_priv.h"
#include "shots_priv.h"
#include "staging_priv.h"

#include <math.h>

#include "num/dmath.h"

#define DEG    (HM_PI / 180)
#define LEAD_S 2.2 /* before the gun */

typedef struct half {
    const antho_half *is;
    staging *s;
    double mid_x_m, wide_m; /* of the two lanes */
    double right_x_m;       /* edge of the lane furthest to the right */
    double stature_m;
} half;

static half half_of(const antho_half *is, staging *s)
{
    half h = {.is = is, .s = s, .right_x_m = 1e9};
    double lo = 1e9, hi = -1e9;
    for (int32_t i = 0; i < is->race->n_lane; i++) {
        const hm_lane *l = &is->race->lane[i];
        double x = hm_lane_centre_m(l->lane);
        h.right_x_m = fmin(h.right_x_m, x - 0.61);
        if (l->lane != is->lane[0] && l->lane != is->lane[1])
            continue;
        lo = fmin(lo, x), hi = fmax(hi, x);
        h.stature_m = fmax(h.stature_m, l->stature_m);
    }
    h.mid_x_m = 0.5 * (lo + hi);
    h.wide_m = hi - lo;
    return h;
}

static hm_shot *add(const half *h, const char *name, hm_rig rig, hm_anchor from, hm_anchor to)
{
    hm_shot *shot = staging_add(h->s, name, rig, from, to, HM_ROLE_LANE, HM_OVERLAY_CLOCK);
    shot->n_focus = 2;
    shot->focus[0] = (hm_focus){HM_ROLE_LANE, h->is->lane[0]};
    shot->focus[1] = (hm_focus){HM_ROLE_LANE, h->is->lane[1]};
    shot->follow = rig == HM_RIG_KEYS;
    return shot;
}

/* Lens that holds both of them and a body's height at a distance. */
static double lens_deg(const half *h, double far_m)
{
    double aspect = (double)h->is->w_px / h->is->h_px;
    double across = (0.5 * h->wide_m + 0.75) / aspect, up = 0.62 * h->stature_m;
    double deg = 2 * hm_atan((across > up ? across : up) / far_m) / DEG;
    return deg < 12 ? 12 : deg > 80 ? 80 : deg;
}

static void key(const half *h, double at_frac, double aside_m, double up_frac, double ahead_m,
                double aim_up_frac)
{
    double far_m = sqrt(aside_m * aside_m + ahead_m * ahead_m);
    staging_key(h->s,
                &(hm_cam_key){.at_frac = at_frac,
                              .eye_m = {h->mid_x_m - aside_m, up_frac * h->stature_m, ahead_m},
                              .aim_m = {h->mid_x_m, aim_up_frac * h->stature_m, 0},
                              .vfov_deg = lens_deg(h, far_m)});
}

hm_status antho_direct_half(const antho_half *is, hm_arena *arena, hm_film *film, hm_err *err)
{
    staging s;
    hm_direct_opts o = hm_direct_opts_default();
    o.look = is->look;
    o.w_px = is->w_px, o.h_px = is->h_px, o.fps = is->fps;
    o.seed = is->seed, o.lang = is->lang;
    HM_TRY(staging_begin(&s, is->race, &o, err));
    half h = half_of(is, &s);
    hm_shot *shot =
        add(&h, "still", HM_RIG_KEYS, staging_at(HM_AT_GUN, -LEAD_S), staging_at(HM_AT_GUN, 0.5));
    shot->overlays = HM_OVERLAY_TITLE;
    shot->card = (hm_film_card){is->title, ""};
    key(&h, 0, 0.6, 0.42, 6.6, 0.34);
    key(&h, 1, 0.6, 0.40, 6.0, 0.34);
    add(&h, "out", HM_RIG_KEYS, staging_at(HM_AT_GUN, 0.5), staging_leader(26));
    key(&h, 0, 0.5, 0.30, 5.0, 0.46);
    key(&h, 1, 0.4, 0.46, 7.5, 0.50);
    double side_m = h.mid_x_m - h.right_x_m + 3.4;
    add(&h, "beside", HM_RIG_KEYS, staging_leader(26), staging_leader(62));
    key(&h, 0, side_m, 0.60, 1.6, 0.52);
    key(&h, 1, side_m, 0.60, -0.4, 0.52);
    add(&h, "coming", HM_RIG_KEYS, staging_leader(62), staging_leader(89));
    key(&h, 0, 0.3, 0.62, 11, 0.50);
    key(&h, 1, 0.5, 0.55, 6.5, 0.54);
    add(&h, "line", HM_RIG_LINE, staging_leader(89), staging_at(HM_AT_FINISH, 1.1));
    add(&h, "after", HM_RIG_FACE, staging_at(HM_AT_FINISH, 1.1), staging_at(HM_AT_GUN, is->end_s));
    return staging_bind(&s, arena, film, err);
}
