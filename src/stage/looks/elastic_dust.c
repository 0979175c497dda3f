/* elastic_dust.c - puffs of dust: each foot that leaves the ground kicks some up behind it. A puff
 * is a function of its step and its age, so any drawing can be made alone. */
#include "elastic_priv.h"
#include "noise_priv.h"

#include <math.h>

#include "num/dmath.h"

#define PUFF_S 0.42 /* from the kick to nothing */

enum {
    BALL_PER_PUFF = 5,
    RING = 8,
    RINGS = 4,
    BALL_VERT = RING * RINGS + 2,
    BALL_TRI = 2 * RING * RINGS,
    BALL_MAX = 240
};

typedef struct dust_ball {
    hm_vec3 at_m;
    float r_m;
    float chalk; /* 0 earth .. 1 chalk */
} dust_ball;

/* Chalk flies where lines lie, at the start and at the finish. */
static float chalky(const hm_step *s)
{
    double off_m = fmin(fabs(s->x_m), fabs(s->x_m - 100));
    double aside_m = fabs(fabs(s->side_m) - 0.61);
    return 1 - (float)(look_ramp(off_m, 0.35, 0.6) * look_ramp(aside_m, 0.1, 0.3));
}

static int32_t add_puff(const hm_lane *lane, int32_t k, double age_s, float size, dust_ball out[])
{
    const hm_step *s = &lane->step[k];
    float u = (float)(age_s / PUFF_S);
    float swell = u < 0.3f ? u / 0.3f : 1.0f - (u - 0.3f) / 0.7f; /* grows fast, shrinks away */
    float v = (float)hm_curve_v_mps(&lane->curve, s->off_s) * 0.1f;
    for (uint32_t i = 0; i < BALL_PER_PUFF; i++) {
        float side = noise_chance((uint32_t)lane->lane, (uint32_t)k, i) - 0.5f,
              push = noise_chance((uint32_t)lane->lane, (uint32_t)k, 7 + i);
        float r = size * (0.035f + 0.06f * push) * (0.5f + 0.7f * v) * sqrtf(swell);
        out[i].r_m = r;
        out[i].chalk = chalky(s);
        out[i].at_m = hm_v3((float)(hm_lane_centre_m(lane->lane) + s->side_m) + 0.26f * side,
                            r * 0.55f + (0.05f + 0.13f * push) * sqrtf(u) * (1.2f - u),
                            (float)s->x_m - 0.10f - (0.10f + 0.42f * push) * sqrtf(u) * v);
    }
    return BALL_PER_PUFF;
}

static int32_t list_balls(const look_drawing *d, float size, dust_ball out[BALL_MAX])
{
    double t_s = d->moment->race_t_s;
    int32_t n = 0;
    for (int32_t i = 0; i < d->film->race->n_lane; i++) {
        const hm_lane *lane = &d->film->race->lane[i];
        for (int32_t k = 0; k < lane->n_step && lane->step[k].off_s < t_s; k++) {
            double age_s = t_s - lane->step[k].off_s;
            if (age_s < PUFF_S && age_s > 0 && n + BALL_PER_PUFF <= BALL_MAX)
                n += add_puff(lane, k, age_s, size, &out[n]);
        }
    }
    return n;
}

/* Clouds of dust are broader than high. */
static hm_vec3 flat(const dust_ball *b, hm_vec3 q)
{
    return hm_v3(b->at_m.x + b->r_m * q.x, b->at_m.y + 0.72f * b->r_m * q.y,
                 b->at_m.z + 1.15f * b->r_m * q.z);
}

/* One ball, poles up and down. */
static void ball_mesh(const dust_ball *b, int32_t first, hm_vec3 *pos_m, hm_vec3 *nrm,
                      int32_t (*tri)[3])
{
    int32_t v = 0, t = 0;
    for (int j = 0; j < RINGS; j++)
        for (int i = 0; i < RING; i++) {
            double tilt = HM_PI * (j + 1) / (RINGS + 1), turn = 2 * HM_PI * i / RING;
            hm_vec3 q = hm_v3((float)(hm_sin(tilt) * hm_cos(turn)), (float)hm_cos(tilt),
                              (float)(hm_sin(tilt) * hm_sin(turn)));
            nrm[v] = q;
            pos_m[v++] = flat(b, q);
        }
    nrm[v] = hm_v3(0, 1, 0), pos_m[v] = flat(b, nrm[v]);
    nrm[v + 1] = hm_v3(0, -1, 0), pos_m[v + 1] = flat(b, nrm[v + 1]);
    for (int i = 0; i < RING; i++) {
        int32_t a = i, c = (i + 1) % RING;
        tri[t][0] = first + v, tri[t][1] = first + c, tri[t++][2] = first + a;
        for (int j = 0; j + 1 < RINGS; j++) {
            int32_t p = first + j * RING + a, q = first + j * RING + c;
            tri[t][0] = p, tri[t][1] = q, tri[t++][2] = p + RING;
            tri[t][0] = q, tri[t][1] = q + RING, tri[t++][2] = p + RING;
        }
        int32_t low = first + (RINGS - 1) * RING;
        tri[t][0] = first + v + 1, tri[t][1] = low + a, tri[t++][2] = low + c;
    }
}

/* rest_m.x: chalk */
static void dust_surface(const void *ctx, const hm_frag *f, hm_surface *out)
{
    (void)ctx;
    float k = f->rest_m.x;
    *out = (hm_surface){.albedo = {0.90f + 0.07f * k, 0.81f + 0.15f * k, 0.66f + 0.28f * k},
                        .emit = 0.35f};
}

hm_status elastic_dust(const look_drawing *d, const look_scene *s, hm_err *err)
{
    const elastic_opts *o = d->film->own;
    dust_ball ball[BALL_MAX];
    int32_t n = o->dust_frac > 0 ? list_balls(d, (float)o->dust_frac, ball) : 0;
    if (n == 0)
        return HM_OK;
    hm_vec3 *pos_m = HM_PUSH(d->scratch, hm_vec3, n * BALL_VERT);
    hm_vec3 *nrm = HM_PUSH(d->scratch, hm_vec3, n * BALL_VERT);
    int32_t(*tri)[3] = hm_arena_push(d->scratch, (size_t)n * BALL_TRI, sizeof *tri);
    hm_vec3 *rest_m = HM_PUSH(d->scratch, hm_vec3, n * BALL_VERT);
    if (!pos_m || !nrm || !tri || !rest_m)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the dust");
    for (int32_t i = 0; i < n; i++)
        ball_mesh(&ball[i], i * BALL_VERT, &pos_m[i * BALL_VERT], &nrm[i * BALL_VERT],
                  &tri[i * BALL_TRI]);
    for (int32_t i = 0; i < n * BALL_VERT; i++)
        rest_m[i] = hm_v3(ball[i / BALL_VERT].chalk, 0, 0);
    s->object[s->scene->n_object++] = (hm_object){.n_vert = n * BALL_VERT,
                                                  .n_tri = n * BALL_TRI,
                                                  .pos_m = pos_m,
                                                  .nrm = nrm,
                                                  .rest_m = rest_m,
                                                  .tri = (const int32_t(*)[3])tri,
                                                  .surface = dust_surface,
                                                  .flags = 0};
    return HM_OK;
}
