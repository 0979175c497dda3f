/* One runner's surface: which painter for which part. */
#include "stage/figure.h"

#include "face_priv.h"
#include "figure_priv.h"
#include "surface_priv.h"

#include "body/mesh.h"

static float bend_between(const hm_pose *pose, int a, int b)
{
    float c = hm_v3_dot(pose->bone[a].y, pose->bone[b].y);
    return fig_unit(0.5f - 0.5f * c) * 2.0f;
}

void hm_figure_of(const hm_costume *costume, const hm_shape *shape, const hm_mien *mien,
                  const hm_pose *pose, hm_figure *out)
{
    *out = (hm_figure){.costume = costume, .shape = shape, .has_pose = pose != NULL};
    face_plan_of(&costume->face, mien, &out->face);
    out->unit_m = fig_max(shape->head.eye_y_m - shape->head.chin_y_m, 0.01f);
    out->strain = mien->strain;
    /* The same light stands out more on deep skin. */
    out->skin_gloss = (0.20f + 0.25f * mien->sweat) * (0.45f + 0.70f * fig_luma(costume->skin));
    out->sweat = mien->sweat;
    if (!pose)
        return;
    out->head = pose->bone[HM_BONE_HEAD];
    out->chest = pose->bone[HM_BONE_CHEST];
    out->pelvis = pose->bone[HM_BONE_PELVIS];
    out->twist = hm_v3_dot(pose->bone[HM_BONE_CHEST].z, pose->bone[HM_BONE_PELVIS].x);
    for (int i = 0; i < 2; i++) {
        int thigh = hm_bone_of(i, HM_SIDE_THIGH);
        out->hip_bend[i] = fig_unit(bend_between(pose, HM_BONE_PELVIS, thigh));
        out->knee_bend[i] = fig_unit(bend_between(pose, thigh, hm_bone_of(i, HM_SIDE_SHANK)));
    }
}

void hm_figure_surface(const void *ctx, const hm_frag *f, hm_surface *out)
{
    const hm_figure *g = ctx;
    *out = (hm_surface){.albedo = g->costume->skin, .id = SURFACE_SKIN, .gloss = g->skin_gloss};
    spot p = {.x = f->rest_m.x, .y = f->rest_m.y, .z = f->rest_m.z, .px = fig_max(f->px_m, 1e-5f)};
    p.h = (float)g->shape->stature_m;
    p.side = p.x < 0.0f ? -1.0f : 1.0f;
    p.part = f->part;
    switch ((hm_part)f->part) {
    case HM_PART_HEAD:
        surface_head(g, f, &p, out);
        break;
    case HM_PART_HAIR:
        surface_hair(g, &p, out);
        break;
    case HM_PART_NECK:
    case HM_PART_TORSO:
    case HM_PART_ARM_L:
    case HM_PART_ARM_R:
        surface_trunk(g, f, &p, out);
        break;
    case HM_PART_HAND_L:
    case HM_PART_HAND_R:
        surface_hand(g, &p, out);
        break;
    case HM_PART_SHORTS:
        surface_shorts(g, &p, out);
        break;
    case HM_PART_LEG_L:
    case HM_PART_LEG_R:
        surface_leg(g, &p, out);
        break;
    case HM_PART_FOOT_L:
    case HM_PART_FOOT_R:
        surface_shoe(g, &p, out);
        break;
    case HM_PART_COUNT:
        break;
    }
}
