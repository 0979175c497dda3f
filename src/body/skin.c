#include "skin_priv.h"

#include "body/mesh.h"

/* Helper bones stand for half of the joint between these two. */
static const struct {
    uint8_t upper, lower, helper; /* hm_side_bone */
} HELPER[] = {{HM_SIDE_UPPER_ARM, HM_SIDE_FOREARM, HM_SIDE_ELBOW},
              {HM_SIDE_THIGH, HM_SIDE_SHANK, HM_SIDE_KNEE},
              {HM_SIDE_CLAVICLE, HM_SIDE_UPPER_ARM, HM_SIDE_SHOULDER}};

static bool related(int a, int b)
{
    int pa = hm_bone_parent(a), pb = hm_bone_parent(b);
    if (a == b || pa == b || pb == a)
        return true;
    /* a helper and its twin hang on the same bone */
    return pa == pb && pa >= 0 && a >= HM_BONE_LEFT && b >= HM_BONE_LEFT &&
           a / HM_BONE_RIGHT == b / HM_BONE_RIGHT && (a - b == 1 || b - a == 1);
}

static void distances(const body_field *f, hm_vec3 p, float d[HM_BONE_COUNT], int *nearest)
{
    for (int b = 0; b < HM_BONE_COUNT; b++)
        d[b] = 1e9f;
    for (int i = 0; i < f->n_prim; i++) {
        if (f->prim[i].carve)
            continue;
        float v = body_prim_distance(&f->prim[i], p);
        float *to = &d[f->prim[i].bone];
        *to = v < *to ? v : *to;
    }
    *nearest = 0;
    for (int b = 1; b < HM_BONE_COUNT; b++)
        *nearest = d[b] < d[*nearest] ? b : *nearest;
}

/* How wide a bone's influence fades [statures]: trunk wide, fingers narrow. */
static float fade(int bone)
{
    if (bone <= HM_BONE_CHEST)
        return .034f;
    if (bone < HM_BONE_LEFT)
        return .016f;
    int b = (bone - HM_BONE_LEFT) % HM_SIDE_BONE_COUNT;
    if (b >= HM_SIDE_HAND && b <= HM_SIDE_THUMB)
        return .006f;
    return b >= HM_SIDE_FOOT ? .010f : .031f;
}

static void share_with_helpers(float w[HM_BONE_COUNT])
{
    for (int side = 0; side < 2; side++)
        for (int i = 0; i < 3; i++) {
            float *a = &w[hm_bone_of(side, HELPER[i].upper)];
            float *b = &w[hm_bone_of(side, HELPER[i].lower)];
            float both = 2 * fminf(*a, *b);
            *a -= both / 2;
            *b -= both / 2;
            w[hm_bone_of(side, HELPER[i].helper)] += both;
        }
    for (int side = 0; side < 2; side++) {
        float *a = &w[HM_BONE_PELVIS], *b = &w[hm_bone_of(side, HM_SIDE_THIGH)];
        float both = 2 * fminf(*a, *b);
        *a -= both / 2;
        *b -= both / 2;
        w[hm_bone_of(side, HM_SIDE_HIP)] += both;
    }
}

/* The far half of the forearm turns with the hand. */
static void share_twist(const hm_shape *s, hm_vec3 p, float w[HM_BONE_COUNT])
{
    for (int side = 0; side < 2; side++) {
        const hm_vec3 *j = &s->joint_m[side == 0 ? HM_BONE_LEFT : HM_BONE_RIGHT];
        hm_vec3 u = hm_v3_sub(j[HM_SIDE_HAND], j[HM_SIDE_FOREARM]);
        float t = hm_v3_dot(hm_v3_sub(p, j[HM_SIDE_FOREARM]), u) / hm_v3_dot(u, u);
        t = t < .15f ? 0 : t > .85f ? 1 : (t - .15f) / .70f;
        float *a = &w[hm_bone_of(side, HM_SIDE_FOREARM)];
        w[hm_bone_of(side, HM_SIDE_WRIST)] += t * *a;
        *a -= t * *a;
    }
}

static void best_four(const float w[HM_BONE_COUNT], uint8_t bone[4], uint8_t weight[4])
{
    float top[4] = {0, 0, 0, 0}, sum = 0;
    for (int c = 0; c < 4; c++) {
        int best = 0;
        for (int b = 0; b < HM_BONE_COUNT; b++) {
            bool used = false;
            for (int e = 0; e < c; e++)
                used = used || (bone[e] == b && top[e] > 0);
            if (!used && w[b] > top[c]) {
                top[c] = w[b];
                best = b;
            }
        }
        bone[c] = (uint8_t)best;
        sum += top[c];
    }
    int left = 255;
    for (int c = 3; c > 0; c--) {
        weight[c] = (uint8_t)(255.0f * top[c] / sum + 0.5f);
        left -= weight[c];
    }
    weight[0] = (uint8_t)left;
}

void body_weights(const body_field *flesh, const hm_shape *s, hm_vec3 p, uint8_t bone[4],
                  uint8_t weight[4])
{
    float d[HM_BONE_COUNT], w[HM_BONE_COUNT];
    int nearest;
    distances(flesh, p, d, &nearest);
    float sum = 0, h = (float)s->stature_m;
    for (int b = 0; b < HM_BONE_COUNT; b++) {
        float x = (d[b] - d[nearest]) / (h * fmaxf(fade(b), fade(nearest)));
        w[b] = d[b] < 1e8f && x < 4 && related(nearest, b) ? body_exp(-2 * x * x - x) : 0;
        sum += w[b];
    }
    for (int b = 0; b < HM_BONE_COUNT; b++)
        w[b] /= sum;
    share_with_helpers(w);
    share_twist(s, p, w);
    best_four(w, bone, weight);
}

void hm_mesh_skin(const hm_mesh *m, const hm_pose *pose, hm_vec3 *pos_m, hm_vec3 *nrm)
{
    for (int32_t i = 0; i < m->n_vert; i++) {
        hm_frame f = {{0, 0, 0}, {0, 0, 0}, {0, 0, 0}, {0, 0, 0}};
        for (int c = 0; c < 4; c++) {
            float w = (float)m->weight[i][c] * (1 / 255.0f);
            if (m->weight[i][c] == 0)
                continue;
            const hm_frame *b = &pose->bone[m->bone[i][c]];
            f.x = hm_v3_mad(f.x, w, b->x);
            f.y = hm_v3_mad(f.y, w, b->y);
            f.z = hm_v3_mad(f.z, w, b->z);
            f.o = hm_v3_mad(f.o, w, b->o);
        }
        pos_m[i] = hm_frame_point(&f, m->rest_m[i]);
        if (nrm)
            nrm[i] = hm_v3_unit(hm_frame_turn(&f, m->rest_nrm[i]));
    }
}
