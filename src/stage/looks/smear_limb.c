/* smear_limb.c - limbs multiplied: arms and legs stand in the air where they were a moment ago, at
 * the body that has gone on, like a fan. */
#include "smear_priv.h"

#include <math.h>

enum { N_FAN = 3 };

#define APART_S 0.026

typedef struct fan_ctx {
    const hm_costume *costume;
} fan_ctx;

/* rest_m.x: how pale */
static void fan_surface(const void *ctx, const hm_frag *f, hm_surface *out)
{
    const fan_ctx *c = ctx;
    hm_rgb a = smear_part_colour(c->costume, f->part);
    *out = (hm_surface){.albedo = smear_paled(a, f->rest_m.x), .emit = 0.25f};
}

static bool is_limb(uint8_t part)
{
    switch (part) {
    case HM_PART_ARM_L:
    case HM_PART_ARM_R:
    case HM_PART_HAND_L:
    case HM_PART_HAND_R:
    case HM_PART_LEG_L:
    case HM_PART_LEG_R:
    case HM_PART_FOOT_L:
    case HM_PART_FOOT_R:
        return true;
    default:
        return false;
    }
}

typedef struct fan {
    hm_vec3 *pos_m, *nrm, *rest_m;
    int32_t (*tri)[3];
    uint8_t *part;
    int32_t n_vert, n_tri;
} fan;

static bool fan_room(fan *f, const hm_mesh *mesh, hm_arena *scratch)
{
    f->pos_m = HM_PUSH(scratch, hm_vec3, N_FAN * mesh->n_vert);
    f->nrm = HM_PUSH(scratch, hm_vec3, N_FAN * mesh->n_vert);
    f->rest_m = HM_PUSH(scratch, hm_vec3, N_FAN * mesh->n_vert);
    f->tri = hm_arena_push(scratch, (size_t)N_FAN * (size_t)mesh->n_tri, sizeof *f->tri);
    f->part = hm_arena_push(scratch, (size_t)N_FAN * (size_t)mesh->n_tri, 1);
    return f->pos_m && f->nrm && f->rest_m && f->tri && f->part;
}

/* The limbs of a pose, moved by carry. */
static void fan_add(fan *f, const hm_mesh *mesh, const hm_pose *pose, hm_vec3 carry, float pale)
{
    hm_vec3 *pos_m = &f->pos_m[f->n_vert];
    hm_mesh_skin(mesh, pose, pos_m, &f->nrm[f->n_vert]);
    for (int32_t v = 0; v < mesh->n_vert; v++) {
        pos_m[v] = hm_v3_add(pos_m[v], carry);
        f->rest_m[f->n_vert + v] = hm_v3(pale, 0, 0);
    }
    for (int32_t k = 0; k < mesh->n_tri; k++) {
        if (!is_limb(mesh->part[k]))
            continue;
        for (int c = 0; c < 3; c++)
            f->tri[f->n_tri][c] = f->n_vert + mesh->tri[k][c];
        f->part[f->n_tri++] = mesh->part[k];
    }
    f->n_vert += mesh->n_vert;
}

static hm_vec3 hips(const hm_player *pl, const hm_pose *pose)
{
    return hm_frame_point(&pose->bone[HM_BONE_PELVIS], pl->shape.joint_m[HM_BONE_PELVIS]);
}

static hm_status add_fan(const look_drawing *d, const hm_player *pl, float lost,
                         const look_scene *s, hm_err *err)
{
    const hm_mesh *mesh = &pl->mesh[HM_DETAIL_FAR];
    hm_pose *pose = HM_PUSH(d->scratch, hm_pose, 1);
    fan_ctx *c = HM_PUSH(d->scratch, fan_ctx, 1);
    fan f = {0};
    if (!pose || !c || !fan_room(&f, mesh, d->scratch))
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the trails");
    double t_s = d->moment->race_t_s;
    hm_gait_pose(&pl->gait, t_s, pose);
    hm_vec3 now = hips(pl, pose);
    for (int k = 1; k <= N_FAN; k++) {
        hm_gait_pose(&pl->gait, t_s - APART_S * k * (double)lost, pose);
        fan_add(&f, mesh, pose, hm_v3_sub(now, hips(pl, pose)), 0.22f + 0.2f * (float)k);
    }
    *c = (fan_ctx){&pl->costume};
    s->object[s->scene->n_object++] = (hm_object){.n_vert = f.n_vert,
                                                  .n_tri = f.n_tri,
                                                  .pos_m = f.pos_m,
                                                  .nrm = f.nrm,
                                                  .rest_m = f.rest_m,
                                                  .tri = (const int32_t(*)[3])f.tri,
                                                  .part = f.part,
                                                  .surface = fan_surface,
                                                  .surface_ctx = c,
                                                  .actor = (uint16_t)pl->lane->lane};
    return HM_OK;
}

hm_status smear_fans(const look_drawing *d, float lost, const look_scene *s, hm_err *err)
{
    const smear_opts *o = d->film->own;
    for (int32_t i = 0; i < d->film->cast->n_player && lost > 0.3f && o->copies_frac > 0; i++) {
        const hm_player *pl = &d->film->cast->player[i];
        if (pl->absent || s->scene->n_object == s->object_cap)
            continue;
        if (hm_curve_v_mps(&pl->lane->curve, d->moment->race_t_s) > 2)
            HM_TRY(add_fan(d, pl, lost, s, err));
    }
    return HM_OK;
}
