/* rain_bib.c - a number that the rain has taken from somebody's hip: the gutter carries it to the
 * drain, where it hangs on the bars, comes free and goes on. Something to follow while nobody runs.
 */
#include "figure_priv.h"
#include "rain_priv.h"
#include "shots_priv.h"
#include "soup_priv.h"
#include "surface_priv.h"

#include <math.h>

#include "num/dmath.h"

enum { N_X = 4, N_Z = 5 };

#define WIDE_M 0.15f /* larger than life by half: it is seen from a step away */
#define TALL_M 0.15f

typedef struct bib_ctx {
    const hm_bib *bib;
} bib_ctx;

/* rest_m: place on the paper, 0 .. 1 */
static void paper(const void *ctx, const hm_frag *f, hm_surface *out)
{
    const bib_ctx *c = ctx;
    *out = (hm_surface){.albedo = {0.96f, 0.96f, 0.94f}};
    bib_paint(c->bib, f->rest_m.x, f->rest_m.y, f->px_m, fig_rgb(0.10f, 0.25f, 0.42f), out);
    out->emit = 0.22f; /* wet, and white */
}

/* Where it is along the gutter against the drain [m], since the last was at the line. Own choice.
 */
static double along_m(double since_s)
{
    static const double key[][2] = {{12, -2.6}, {17, -0.30}, {18, -0.02}, {21, 0.04},
                                    {23, 0.75}, {27, 3.5},   {32, 6.9},   {36, 8.2}};
    enum { N = sizeof key / sizeof key[0] };
    int k = 0;
    while (k + 2 < N && since_s > key[k + 1][0])
        k++;
    double u = look_ramp(since_s, key[k][0], key[k + 1][0]);
    double straight = (since_s - key[k][0]) / (key[k + 1][0] - key[k][0]);
    straight = fmin(fmax(straight, 0), 1);
    return key[k][1] + (key[k + 1][1] - key[k][1]) * (0.5 * u + 0.5 * straight);
}

/* It turns as it goes, and the water lifts its corners. */
static void lay(soup *s, const rain_place *p, double since_s)
{
    double z_m = along_m(since_s), turn = 0.9 + 0.35 * z_m;
    float c = (float)hm_cos(turn), n = (float)hm_sin(turn);
    float mid_x = (float)(p->left_m + 0.205 + 0.03 * hm_sin(1.7 * z_m));
    for (int iz = 0; iz < N_Z; iz++)
        for (int ix = 0; ix < N_X; ix++) {
            float u = (float)ix / (N_X - 1), v = (float)iz / (N_Z - 1);
            float x = (u - 0.5f) * WIDE_M, z = (0.5f - v) * TALL_M;
            float wave = (float)hm_sin(7 * since_s + 4 * (double)u + 5 * (double)v);
            float corner = 4 * (u - 0.5f) * (v - 0.5f);
            float y = 0.020f + 0.005f * wave + 0.010f * corner * corner;
            int32_t k = soup_put(
                s,
                hm_v3(mid_x + x * c - z * n, y, (float)(p->drain_z_m + 0.3 + z_m) + x * n + z * c),
                0);
            s->rest_m[k] = hm_v3(1 - u, v, 0); /* the world's x goes to the left */
        }
    for (int iz = 0; iz + 1 < N_Z; iz++)
        for (int ix = 0; ix + 1 < N_X; ix++) {
            int32_t a = iz * N_X + ix;
            soup_join(s, a, a + 1, a + N_X);
            soup_join(s, a + 1, a + N_X + 1, a + N_X);
        }
}

hm_status rain_bib(const look_drawing *d, const look_scene *s, hm_err *err)
{
    const hm_race *race = d->film->race;
    const rain_state *state = d->film->state;
    double since_s = d->moment->race_t_s - rain_last_s(race);
    int32_t i_lane = shots_by_rank(race, 2);
    i_lane = i_lane < 0 ? state->hero : i_lane;
    if (since_s < 12 || since_s > 36 || !state->life[state->hero].has ||
        s->scene->n_object >= s->object_cap)
        return HM_OK;
    const hm_bib *bib = NULL;
    for (int32_t i = 0; i < d->film->cast->n_player; i++)
        if (d->film->cast->player[i].lane == &race->lane[i_lane])
            bib = &d->film->cast->player[i].costume.hip;
    bib_ctx *ctx = HM_PUSH(d->scratch, bib_ctx, 1);
    if (!bib || !ctx)
        return HM_OK;
    *ctx = (bib_ctx){bib};
    soup p;
    HM_TRY(soup_init(&p, N_X * N_Z, 2 * (N_X - 1) * (N_Z - 1), d->scratch, err));
    rain_place place = rain_place_of(race);
    lay(&p, &place, since_s);
    hm_object o = soup_object(&p);
    o.surface = paper, o.surface_ctx = ctx;
    s->object[s->scene->n_object++] = o;
    return HM_OK;
}
