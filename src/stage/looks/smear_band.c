/* smear_band.c - the race as it is in the end: a band of colour on each lane, as wide as the runner
 * was fast there, notched by his footfalls. */
#include "shots_priv.h"
#include "smear_priv.h"

#include <math.h>

enum { PER_M = 2, BAND_M = 130, N_KNOT = PER_M * BAND_M + 1 };

typedef struct band_ctx {
    hm_rgb colour, second;
    const hm_lane *lane;
    float strength;
} band_ctx;

/* How near z is to a footfall: 1 on it, 0 from 0.16 m on. */
static float notch(const hm_lane *lane, float z_m)
{
    int32_t lo = 0, hi = lane->n_step;
    while (lo < hi) {
        int32_t mid = (lo + hi) / 2;
        if (lane->step[mid].x_m < (double)z_m)
            lo = mid + 1;
        else
            hi = mid;
    }
    float best = 1;
    for (int32_t k = lo - 1; k <= lo; k++)
        if (k >= 0 && k < lane->n_step) {
            float gap = fabsf((float)lane->step[k].x_m - z_m) * (1.0f / 0.16f);
            best = gap < best ? gap : best;
        }
    return 1 - best;
}

static void band_surface(const void *ctx, const hm_frag *f, hm_surface *out)
{
    const band_ctx *c = ctx;
    float n = notch(c->lane, f->pos_m.z);
    float k = n > 0.5f ? 1 : 2 * n;
    hm_rgb a = c->colour, b = c->second;
    *out = (hm_surface){
        .albedo = {a.r + k * (b.r - a.r), a.g + k * (b.g - a.g), a.b + k * (b.b - a.b)},
        .emit = 0.8f};
}

static int32_t lay(const hm_lane *lane, double t_s, float strength, hm_vec3 *pos_m,
                   int32_t (*tri)[3], int32_t *n_tri)
{
    float x_m = (float)hm_lane_centre_m(lane->lane);
    double end_m = hm_curve_x_m(&lane->curve, t_s) - 0.4;
    int32_t n = 0;
    *n_tri = 0;
    for (int32_t k = 0; k < N_KNOT; k++) {
        double z_m = (double)k / PER_M;
        bool last = z_m >= end_m;
        z_m = last ? end_m : z_m;
        if (end_m <= 0)
            break;
        double v_mps = hm_curve_v_mps(&lane->curve, hm_curve_time_s(&lane->curve, z_m));
        float w = 0.5f * strength * (float)(1.0 * v_mps / 12.5);
        pos_m[n] = hm_v3(x_m - w, 0.006f, (float)z_m);
        pos_m[n + 1] = hm_v3(x_m + w, 0.006f, (float)z_m);
        if (n >= 2) {
            const int32_t t[2][3] = {{n - 2, n, n - 1}, {n - 1, n, n + 1}};
            for (int j = 0; j < 2; j++, ++*n_tri)
                for (int c = 0; c < 3; c++)
                    tri[*n_tri][c] = t[j][c];
        }
        n += 2;
        if (last)
            break;
    }
    return n;
}

hm_status smear_bands(const look_drawing *d, float lost, const look_scene *s, hm_err *err)
{
    const smear_opts *o = d->film->own;
    /* they stay when bodies have come back */
    float stay =
        (float)look_ramp(d->moment->race_t_s - shots_finish_s(d->film->race, false), 0.2, 1.2);
    float strength = (float)o->band_frac * fmaxf((lost - 0.2f) / 0.8f, 0.8f * stay);
    for (int32_t i = 0; strength > 0 && i < d->film->cast->n_player; i++) {
        const hm_player *pl = &d->film->cast->player[i];
        if (pl->absent || s->scene->n_object == s->object_cap)
            continue;
        hm_vec3 *pos_m = HM_PUSH(d->scratch, hm_vec3, 2 * N_KNOT);
        int32_t(*tri)[3] = hm_arena_push(d->scratch, 2 * N_KNOT, sizeof *tri);
        band_ctx *c = HM_PUSH(d->scratch, band_ctx, 1);
        if (!pos_m || !tri || !c)
            return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the bands");
        *c = (band_ctx){pl->costume.main_rgb, pl->costume.second_rgb, pl->lane, strength};
        int32_t n_tri, n = lay(pl->lane, d->moment->race_t_s, strength, pos_m, tri, &n_tri);
        if (n_tri > 0)
            s->object[s->scene->n_object++] = (hm_object){.n_vert = n,
                                                          .n_tri = n_tri,
                                                          .pos_m = pos_m,
                                                          .tri = (const int32_t(*)[3])tri,
                                                          .surface = band_surface,
                                                          .surface_ctx = c,
                                                          .flags = HM_OBJECT_TWO_SIDED,
                                                          .actor = (uint16_t)(i + 1)};
    }
    return HM_OK;
}
