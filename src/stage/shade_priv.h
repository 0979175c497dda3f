/* shade_priv.h - the points of one row of a tile while they are shaded, one array a quantity, so
 * that everything but the surfaces' own functions runs eight points at a time. */
#ifndef HM_STAGE_SHADE_PRIV_H
#define HM_STAGE_SHADE_PRIV_H

#include "hot_priv.h"

enum {
    SHADE_MAX = RASTER_TILE * RASTER_SAMPLE, /* points of a row at most */
    SHADE_CAP = SHADE_MAX + 8                /* vectors may write past the end */
};

typedef struct shade_row {
    int n;
    uint8_t first[RASTER_TILE + 1]; /* point where each pixel begins */
    bool mixed;                     /* some pixel has several points */
    bool any_actor;                 /* some point is on a runner */
    int n_run;                      /* points in a row on one triangle */
    uint8_t run[SHADE_MAX + 1];     /* (n_run + 1) where each begins */
    uint32_t id[SHADE_CAP];         /* triangle + 1, 0 = sky */
    uint8_t surf_id[SHADE_CAP];
    _Alignas(64) float x_px[SHADE_CAP];
    float y_px[SHADE_CAP];
    float share[SHADE_CAP]; /* of its pixel */
    float cast[SHADE_CAP];  /* share in a cast shadow; 0 where none is received */
    float depth_m[SHADE_CAP];
    float pos[3][SHADE_CAP]; /* [m] */
    float nrm[3][SHADE_CAP];
    float rest[3][SHADE_CAP]; /* [m] */
    float albedo[3][SHADE_CAP];
    float ink[SHADE_CAP], gloss[SHADE_CAP], emit[SHADE_CAP], bias[SHADE_CAP];
    float actor[SHADE_CAP];  /* 1 on runners, 0 elsewhere */
    float ground[SHADE_CAP]; /* 1 on what receives shadows, 0 elsewhere */
    float rgb[3][SHADE_CAP];
} shade_row;

/* Points that are asked for their colours together. */
typedef struct shade_ask {
    int n;
    uint8_t at[SHADE_MAX]; /* in the row */
    float rest[3][SHADE_CAP], depth_m[SHADE_CAP], colour[3][SHADE_CAP];
} shade_ask;

/* One point as a paint sees it. */
typedef struct shade_point {
    float nx, ny, nz;    /* unit normal */
    float px_m, depth_m; /* pixel width, depth */
    float vx, vy, vz;    /* unit, toward the eye */
    float r, g, b;       /* albedo */
    float ink, gloss, emit, bias, actor, cast;
    float x_px, y_px;    /* in the picture */
    float x_m, y_m, z_m; /* in the world; of the sky 0 */
    float rest_x_m, rest_y_m, rest_z_m;
    float ground; /* 1 on what receives cast shadows */
} shade_point;

HOT_INLINE float shade_clamp01(float v)
{
    v = v > 0 ? v : 0;
    return v < 1 ? v : 1;
}

HOT_INLINE float shade_mix(float a, float b, float k)
{
    return a + k * (b - a);
}

/* 0 below a, 1 above, a straight ramp of width 1 / inv_w around it. */
HOT_INLINE float shade_ramp(float v, float a, float inv_w)
{
    return shade_clamp01((v - a) * inv_w + 0.5f);
}

/* A radius of curvature typical of limbs: one pixel turns the normal by px_m / this [m]. */
#define SHADE_LIMB_M 0.06f

/* Half a pixel's turn of the normal on a limb, times by: how soft a border of tones is. */
HOT_INLINE float shade_soft(float px_m, float by, float most)
{
    float soft = by / SHADE_LIMB_M * px_m;
    soft = soft < 0.02f ? 0.02f : soft;
    return soft > most ? most : soft;
}

/* Runners are lit by their own key, the place by the sun. */
HOT_INLINE hm_vec3 shade_key(const raster_job *job, const shade_point *p)
{
    return hm_v3(shade_mix(job->sun.x, job->key.x, p->actor),
                 shade_mix(job->sun.y, job->key.y, p->actor),
                 shade_mix(job->sun.z, job->key.z, p->actor));
}

/* Cosine of a light at the point, as the tones are cut. */
HOT_INLINE float shade_cos(const shade_point *p, hm_vec3 light)
{
    return p->nx * light.x + p->ny * light.y + p->nz * light.z + p->bias;
}

#endif
