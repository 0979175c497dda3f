/* smear_trail.c - what a body leaves behind: ribbons along the paths of its joints, and earlier
 * poses that pale with age. Both ask the gait for the past, so a drawing needs no other drawing. */
#include "motion_priv.h"
#include "smear_priv.h"

#include <math.h>

enum { N_RAIL = 13, N_KNOT = 13, N_COPY = 4 };

/* A point of the body that leaves a ribbon. */
typedef struct rail {
    uint8_t bone, part;
    float width_m; /* fresh */
} rail;

#define SIDE(side, b) ((side) ? HM_BONE_RIGHT + (b) : HM_BONE_LEFT + (b))

static const rail rails[N_RAIL] = {
    {HM_BONE_HEAD, HM_PART_HAIR, 0.15f},
    {SIDE(0, HM_SIDE_UPPER_ARM), HM_PART_TORSO, 0.16f},
    {SIDE(1, HM_SIDE_UPPER_ARM), HM_PART_TORSO, 0.16f},
    {SIDE(0, HM_SIDE_FOREARM), HM_PART_ARM_L, 0.08f},
    {SIDE(1, HM_SIDE_FOREARM), HM_PART_ARM_R, 0.08f},
    {SIDE(0, HM_SIDE_FINGERS), HM_PART_HAND_L, 0.07f},
    {SIDE(1, HM_SIDE_FINGERS), HM_PART_HAND_R, 0.07f},
    {SIDE(0, HM_SIDE_THIGH), HM_PART_SHORTS, 0.15f},
    {SIDE(1, HM_SIDE_THIGH), HM_PART_SHORTS, 0.15f},
    {SIDE(0, HM_SIDE_SHANK), HM_PART_LEG_L, 0.11f},
    {SIDE(1, HM_SIDE_SHANK), HM_PART_LEG_R, 0.11f},
    {SIDE(0, HM_SIDE_TOE), HM_PART_FOOT_L, 0.08f},
    {SIDE(1, HM_SIDE_TOE), HM_PART_FOOT_R, 0.08f},
};

hm_rgb smear_part_colour(const hm_costume *c, int part)
{
    switch (part) {
    case HM_PART_HAIR:
        return c->hair;
    case HM_PART_TORSO:
        return c->main_rgb;
    case HM_PART_SHORTS:
        return c->shorts_rgb;
    case HM_PART_FOOT_L:
    case HM_PART_FOOT_R:
        return c->shoe_rgb;
    default:
        return c->skin;
    }
}

hm_rgb smear_paled(hm_rgb c, float k)
{
    hm_rgb p = MOTION_PAPER;
    return (hm_rgb){c.r + k * (p.r - c.r), c.g + k * (p.g - c.g), c.b + k * (p.b - c.b)};
}

/* ---- ribbons ---- */

/* rest_m carries (age 0 .. 1, across -1 .. 1, 0). */
typedef struct ribbon_ctx {
    const hm_costume *costume;
    float fade; /* how pale the oldest end is */
} ribbon_ctx;

static void ribbon_surface(const void *ctx, const hm_frag *f, hm_surface *out)
{
    const ribbon_ctx *c = ctx;
    hm_rgb base = smear_part_colour(c->costume, rails[f->part].part);
    *out = (hm_surface){.albedo = smear_paled(base, c->fade * f->rest_m.x), .emit = 0.55f};
}

/* Where the rails were, newest first. */
typedef struct paths {
    hm_vec3 at_m[N_KNOT][N_RAIL];
} paths;

static void follow(const hm_player *pl, double t_s, double trail_s, hm_pose *pose, paths *p)
{
    for (int k = 0; k < N_KNOT; k++) {
        hm_gait_pose(&pl->gait, t_s - trail_s * k / (N_KNOT - 1), pose);
        for (int i = 0; i < N_RAIL; i++)
            p->at_m[k][i] =
                hm_frame_point(&pose->bone[rails[i].bone], pl->shape.joint_m[rails[i].bone]);
    }
}

typedef struct strip {
    hm_vec3 *pos_m, *rest_m;
    int32_t (*tri)[3];
    uint8_t *part;
    int32_t n_vert, n_tri;
} strip;

/* A ribbon that faces the eye, broad where it is fresh, ending in a point. */
static void lay(strip *s, const paths *p, int i, hm_vec3 eye_m, float lost)
{
    int32_t first = s->n_vert;
    for (int k = 0; k < N_KNOT; k++) {
        float age = (float)k / (N_KNOT - 1);
        hm_vec3 at = p->at_m[k][i];
        hm_vec3 to = p->at_m[k > 0 ? k - 1 : 0][i], from = p->at_m[k + 1 < N_KNOT ? k + 1 : k][i];
        hm_vec3 aside = hm_v3_unit(hm_v3_cross(hm_v3_sub(to, from), hm_v3_sub(eye_m, at)));
        float w = 0.5f * rails[i].width_m * lost * (1 - age) * (0.6f + 0.4f * (1 - age));
        for (int side = -1; side <= 1; side += 2) {
            s->pos_m[s->n_vert] = hm_v3_mad(at, w * (float)side, aside);
            s->rest_m[s->n_vert++] = hm_v3(age, (float)side, 0);
        }
    }
    for (int k = 0; k + 1 < N_KNOT; k++) {
        int32_t a = first + 2 * k;
        const int32_t t[2][3] = {{a, a + 1, a + 2}, {a + 1, a + 3, a + 2}};
        for (int j = 0; j < 2; j++) {
            for (int c = 0; c < 3; c++)
                s->tri[s->n_tri][c] = t[j][c];
            s->part[s->n_tri++] = (uint8_t)i;
        }
    }
}

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the trails");
}

static bool runs_now(const hm_player *pl, double t_s)
{
    return !pl->absent && hm_curve_v_mps(&pl->lane->curve, t_s) > 2.0;
}

hm_status smear_trails(const look_drawing *d, float lost, const look_scene *s, hm_err *err)
{
    const smear_opts *o = d->film->own;
    enum { VERT = N_RAIL * N_KNOT * 2, TRI = N_RAIL * (N_KNOT - 1) * 2 };
    paths *p = HM_PUSH(d->scratch, paths, 1);
    hm_pose *pose = HM_PUSH(d->scratch, hm_pose, 1);
    if (!p || !pose)
        return no_memory(err);
    for (int32_t i = 0; i < d->film->cast->n_player; i++) {
        const hm_player *pl = &d->film->cast->player[i];
        if (!runs_now(pl, d->moment->race_t_s) || s->scene->n_object == s->object_cap)
            continue;
        strip st = {.pos_m = HM_PUSH(d->scratch, hm_vec3, VERT),
                    .rest_m = HM_PUSH(d->scratch, hm_vec3, VERT),
                    .tri = hm_arena_push(d->scratch, TRI, sizeof *st.tri),
                    .part = hm_arena_push(d->scratch, TRI, 1)};
        ribbon_ctx *c = HM_PUSH(d->scratch, ribbon_ctx, 1);
        if (!st.pos_m || !st.rest_m || !st.tri || !st.part || !c)
            return no_memory(err);
        *c = (ribbon_ctx){&pl->costume, 0.75f};
        follow(pl, d->moment->race_t_s, o->trail_s, pose, p);
        for (int k = 0; k < N_RAIL; k++)
            lay(&st, p, k, s->scene->camera.eye_m, lost);
        s->object[s->scene->n_object++] = (hm_object){.n_vert = st.n_vert,
                                                      .n_tri = st.n_tri,
                                                      .pos_m = st.pos_m,
                                                      .rest_m = st.rest_m,
                                                      .tri = (const int32_t(*)[3])st.tri,
                                                      .part = st.part,
                                                      .surface = ribbon_surface,
                                                      .surface_ctx = c,
                                                      .flags = HM_OBJECT_TWO_SIDED,
                                                      .actor = (uint16_t)(i + 1)};
    }
    return HM_OK;
}

/* ---- earlier poses ---- */

typedef struct copy_ctx {
    const hm_costume *costume;
    float pale;
} copy_ctx;

static void copy_surface(const void *ctx, const hm_frag *f, hm_surface *out)
{
    const copy_ctx *c = ctx;
    *out = (hm_surface){.albedo = smear_paled(smear_part_colour(c->costume, f->part), c->pale),
                        .emit = 0.35f};
}

static hm_status add_copy(const look_drawing *d, const hm_player *pl, double t_s, float pale,
                          const look_scene *s, hm_err *err)
{
    const hm_mesh *mesh = &pl->mesh[HM_DETAIL_FAR];
    hm_pose *pose = HM_PUSH(d->scratch, hm_pose, 1);
    hm_vec3 *pos_m = HM_PUSH(d->scratch, hm_vec3, mesh->n_vert);
    hm_vec3 *nrm = HM_PUSH(d->scratch, hm_vec3, mesh->n_vert);
    copy_ctx *c = HM_PUSH(d->scratch, copy_ctx, 1);
    if (!pose || !pos_m || !nrm || !c)
        return no_memory(err);
    *c = (copy_ctx){&pl->costume, pale};
    hm_gait_pose(&pl->gait, t_s, pose);
    hm_mesh_skin(mesh, pose, pos_m, nrm);
    s->object[s->scene->n_object++] = (hm_object){.n_vert = mesh->n_vert,
                                                  .n_tri = mesh->n_tri,
                                                  .pos_m = pos_m,
                                                  .nrm = nrm,
                                                  .rest_m = mesh->rest_m,
                                                  .tri = (const int32_t(*)[3])mesh->tri,
                                                  .part = mesh->part,
                                                  .surface = copy_surface,
                                                  .surface_ctx = c,
                                                  .actor = (uint16_t)(pl->lane->lane)};
    return HM_OK;
}

hm_status smear_copies(const look_drawing *d, float lost, const look_scene *s, hm_err *err)
{
    const smear_opts *o = d->film->own;
    const double apart_s = 0.055;
    int n = (int)(N_COPY * o->copies_frac * (double)((lost - 0.25f) / 0.6f) + 0.5);
    n = n > N_COPY ? N_COPY : n;
    for (int32_t i = 0; i < d->film->cast->n_player; i++) {
        const hm_player *pl = &d->film->cast->player[i];
        for (int k = n; k >= 1 && runs_now(pl, d->moment->race_t_s); k--)
            if (s->scene->n_object < s->object_cap)
                HM_TRY(add_copy(d, pl, d->moment->race_t_s - apart_s * k,
                                0.30f + 0.60f * (float)k / N_COPY, s, err));
    }
    return HM_OK;
}
