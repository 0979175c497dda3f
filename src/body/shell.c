#include "field_priv.h"

/* Where one shell ends inside the next. */

static void cut(body_field *f, hm_vec3 n, hm_vec3 at)
{
    n = hm_v3_unit(n);
    f->cut[f->n_cut++] = (body_cut){n, hm_v3_dot(n, at)};
}

static void take(const body_field *all, body_shell shell, body_field *out)
{
    for (int i = 0; i < all->n_prim; i++)
        if (all->prim[i].shell == shell)
            out->prim[out->n_prim++] = all->prim[i];
}

/* Primitives of one bone from another shell, so that both shells meet on the same surface. */
static void take_bone(const body_field *all, body_shell shell, int bone, body_field *out)
{
    for (int i = 0; i < all->n_prim; i++)
        if (all->prim[i].shell == shell && all->prim[i].bone == bone)
            out->prim[out->n_prim++] = all->prim[i];
}

/* The neck is parted halfway, along a plane that falls to the front. */
static hm_vec3 neck_middle(const hm_shape *s)
{
    return hm_v3_mix(s->joint_m[HM_BONE_NECK], s->joint_m[HM_BONE_HEAD], .30f);
}

/* Where the arm's shell takes over, of the upper arm from the shoulder. */
static const float SLEEVE = .34f;

static void arm_cut(const hm_shape *s, int side, bool keep_far, hm_side_bone a, hm_side_bone b,
                    float u, body_field *out)
{
    hm_vec3 from = s->joint_m[hm_bone_of(side, a)], to = s->joint_m[hm_bone_of(side, b)];
    hm_vec3 d = hm_v3_sub(to, from);
    cut(out, keep_far ? hm_v3_mul(d, -1) : d, hm_v3_mad(from, u, d));
}

/* The beginning of the upper arm: its rounded end lies inside the arm's shell. */
static void take_stump(const hm_shape *s, const body_field *all, int side, body_field *out)
{
    hm_vec3 a = s->joint_m[hm_bone_of(side, HM_SIDE_UPPER_ARM)];
    hm_vec3 u = hm_v3_sub(s->joint_m[hm_bone_of(side, HM_SIDE_FOREARM)], a);
    int first = out->n_prim;
    take_bone(all, BODY_SHELL_ARM, hm_bone_of(side, HM_SIDE_UPPER_ARM), out);
    for (int i = first; i < out->n_prim; i++) {
        body_prim *q = &out->prim[i];
        float ua = hm_v3_dot(hm_v3_sub(q->a, a), u) / hm_v3_dot(u, u);
        float ub = hm_v3_dot(hm_v3_sub(q->b, a), u) / hm_v3_dot(u, u);
        float k = (SLEEVE + .02f - ua) / (ub - ua);
        k = k < 0 ? 0 : k > 1 ? 1 : k;
        q->b = hm_v3_mix(q->a, q->b, k);
        q->rb = q->ra + k * (q->rb - q->ra);
    }
}

static void trunk_shell(const hm_shape *s, const body_field *all, body_field *out)
{
    float h = (float)s->stature_m;
    take(all, BODY_SHELL_TRUNK, out);
    for (int side = 0; side < 2; side++)
        take_stump(s, all, side, out);
    cut(out, hm_v3(0, -1, 0), hm_v3(0, s->mark.hip_y_m - .012f * h, 0));
    cut(out, hm_v3(0, 1, .35f), hm_v3_add(neck_middle(s), hm_v3(0, .012f * h, 0)));
}

static void left_only(body_field *out)
{
    int n = 0;
    for (int i = 0; i < out->n_prim; i++)
        if (out->prim[i].bone < HM_BONE_RIGHT)
            out->prim[n++] = out->prim[i];
    out->n_prim = n;
}

static void arm_shell(const hm_shape *s, const body_field *all, body_field *out)
{
    take(all, BODY_SHELL_ARM, out);
    take_bone(all, BODY_SHELL_TRUNK, HM_BONE_LEFT + HM_SIDE_SHOULDER, out);
    left_only(out);
    arm_cut(s, 0, true, HM_SIDE_UPPER_ARM, HM_SIDE_FOREARM, SLEEVE, out);
    arm_cut(s, 0, false, HM_SIDE_FOREARM, HM_SIDE_HAND, .94f, out);
}

static void leg_shell(const hm_shape *s, const body_field *all, body_field *out)
{
    float h = (float)s->stature_m;
    take(all, BODY_SHELL_LEG, out);
    left_only(out);
    cut(out, hm_v3(0, 1, 0), hm_v3(0, s->mark.hip_y_m - .020f * h, 0));
}

static void hand_shell(const hm_shape *s, const body_field *all, body_field *out)
{
    const hm_vec3 *j = &s->joint_m[HM_BONE_LEFT];
    take(all, BODY_SHELL_HAND, out);
    left_only(out);
    hm_vec3 u = hm_v3_sub(j[HM_SIDE_HAND], j[HM_SIDE_FOREARM]);
    take_bone(all, BODY_SHELL_ARM, HM_BONE_LEFT + HM_SIDE_FOREARM, out);
    cut(out, hm_v3_mul(u, -1), hm_v3_mad(j[HM_SIDE_FOREARM], .90f, u));
    out->k_m = .0024f * (float)s->stature_m;
}

static void foot_shell(const hm_shape *s, const body_field *all, body_field *out)
{
    take(all, BODY_SHELL_FOOT, out);
    left_only(out);
    cut(out, hm_v3(0, -1, 0), hm_v3(0, 0, 0));
    cut(out, hm_v3(0, 1, .25f),
        hm_v3(0, s->mark.shoe_top_y_m, s->joint_m[HM_BONE_LEFT + HM_SIDE_FOOT].z));
    out->k_m = .0035f * (float)s->stature_m;
}

static void head_shell(const hm_shape *s, const body_field *all, body_field *out)
{
    take(all, BODY_SHELL_HEAD, out);
    cut(out, hm_v3(0, -1, -.35f),
        hm_v3_sub(neck_middle(s), hm_v3(0, .004f * (float)s->stature_m, 0)));
    out->k_m = .0038f * (float)s->stature_m;
    out->carve_k_m = .0060f * (float)s->stature_m;
}

/* Cloth: hips and thighs, held off the skin, wider toward the hem. */
static void shorts_shell(const hm_shape *s, const body_field *all, body_field *out)
{
    float h = (float)s->stature_m, loose = .004f + .010f * (1 - s->muscle) + .003f * s->child;
    for (int i = 0; i < all->n_prim; i++) {
        const body_prim *q = &all->prim[i];
        bool leg = q->shell == BODY_SHELL_LEG, hips = q->shell == BODY_SHELL_TRUNK;
        bool trunk_low =
            hips && fminf(q->a.y, q->b.y) < s->mark.waistband_y_m && q->part == HM_PART_TORSO;
        if (!(leg && q->a.y > s->mark.hem_y_m) && !trunk_low)
            continue;
        body_prim *c = &out->prim[out->n_prim++];
        *c = *q;
        c->shell = BODY_SHELL_SHORTS;
        c->part = HM_PART_SHORTS;
        float lift = .0035f * h;
        c->ra += lift;
        c->rb += leg ? lift + loose * h : lift;
    }
    cut(out, hm_v3(0, 1, 0), hm_v3(0, s->mark.waistband_y_m, 0));
    cut(out, hm_v3(0, -1, 0), hm_v3(0, s->mark.hem_y_m, 0));
}

void body_shell_field(const hm_shape *s, const body_field *all, body_shell shell, body_field *out)
{
    out->n_prim = out->n_cut = 0;
    out->k_m = .0060f * (float)s->stature_m;
    out->carve_k_m = out->k_m;
    switch (shell) {
    case BODY_SHELL_TRUNK:
        trunk_shell(s, all, out);
        break;
    case BODY_SHELL_ARM:
        arm_shell(s, all, out);
        break;
    case BODY_SHELL_LEG:
        leg_shell(s, all, out);
        break;
    case BODY_SHELL_SHORTS:
        shorts_shell(s, all, out);
        break;
    case BODY_SHELL_HEAD:
        head_shell(s, all, out);
        break;
    case BODY_SHELL_HAIR:
        body_hair(s, out);
        break;
    case BODY_SHELL_HAND:
        hand_shell(s, all, out);
        break;
    case BODY_SHELL_FOOT:
        foot_shell(s, all, out);
        break;
    case BODY_SHELL_COUNT:
        break;
    }
}
