/* phone_body.c - bodies as functions of time: the trunk's first point at a plane, skins between
 * instants. */
#include "phone_priv.h"

#include <string.h>

/* Within this of the curve's time the trunk reaches a plane: it is on the curve to centimetres. */
#define NEAR_S 0.15
#define SCAN_S 0.002
#define ROOT_S 1e-7
#define REEL_S 0.001 /* a foot at 1000 m/s^2 strays by 0.13 mm from straight in that time */

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, "phone", 0, 0, NULL, "no memory");
}

hm_status phone_trunk_make(const hm_player *player, hm_detail detail, hm_arena *arena,
                           phone_trunk *trunk, hm_err *err)
{
    const hm_mesh *m = &player->mesh[detail];
    bool *used = HM_PUSH(arena, bool, m->n_vert);
    hm_mesh t = {0};
    t.rest_m = HM_PUSH(arena, hm_vec3, m->n_vert);
    t.rest_nrm = HM_PUSH(arena, hm_vec3, m->n_vert);
    t.bone = hm_arena_push(arena, (size_t)m->n_vert, sizeof *t.bone);
    t.weight = hm_arena_push(arena, (size_t)m->n_vert, sizeof *t.weight);
    hm_vec3 *pos_m = HM_PUSH(arena, hm_vec3, m->n_vert);
    if (!used || !t.rest_m || !t.rest_nrm || !t.bone || !t.weight || !pos_m)
        return no_memory(err);
    for (int32_t i = 0; i < m->n_tri; i++)
        for (int c = 0; c < 3; c++)
            used[m->tri[i][c]] |= m->part[i] == HM_PART_TORSO;
    for (int32_t i = 0; i < m->n_vert; i++)
        if (used[i]) {
            t.rest_m[t.n_vert] = m->rest_m[i];
            t.rest_nrm[t.n_vert] = m->rest_nrm[i];
            memcpy(t.bone[t.n_vert], m->bone[i], sizeof *t.bone);
            memcpy(t.weight[t.n_vert++], m->weight[i], sizeof *t.weight);
        }
    *trunk = (phone_trunk){player, t, pos_m};
    return HM_OK;
}

static double front_m(const phone_trunk *trunk, double t_s)
{
    hm_pose pose;
    hm_gait_pose(&trunk->player->gait, t_s, &pose);
    hm_mesh_skin(&trunk->mesh, &pose, trunk->pos_m, NULL);
    float most = -1e9f;
    for (int32_t i = 0; i < trunk->mesh.n_vert; i++)
        most = fmaxf(most, trunk->pos_m[i].z);
    return (double)most;
}

double phone_crossing_s(const phone_trunk *trunk, double x_m)
{
    double near_s = hm_curve_time_s(&trunk->player->lane->curve, x_m);
    if (near_s < 0)
        return NAN;
    double lo = near_s - NEAR_S, hi = lo;
    while (front_m(trunk, hi) < x_m) {
        lo = hi;
        hi += SCAN_S;
        if (hi > near_s + NEAR_S)
            return NAN;
    }
    while (hi - lo > ROOT_S) {
        double mid = 0.5 * (lo + hi);
        *(front_m(trunk, mid) < x_m ? &lo : &hi) = mid;
    }
    return 0.5 * (lo + hi);
}

hm_status phone_reel_make(const hm_player *player, hm_detail detail, double from_s, double to_s,
                          hm_arena *arena, phone_reel *reel, hm_err *err)
{
    phone_reel r = {.mesh = &player->mesh[detail], .from_s = from_s};
    r.n = to_s > from_s ? (int32_t)ceil((to_s - from_s) / REEL_S) + 1 : 1;
    r.step_s = r.n > 1 ? (to_s - from_s) / (r.n - 1) : 0;
    r.pos_m = HM_PUSH(arena, hm_vec3 *, r.n);
    r.nrm = HM_PUSH(arena, hm_vec3, r.mesh->n_vert);
    if (!r.pos_m || !r.nrm)
        return no_memory(err);
    for (int32_t i = 0; i < r.n; i++) {
        r.pos_m[i] = HM_PUSH(arena, hm_vec3, r.mesh->n_vert);
        if (!r.pos_m[i])
            return no_memory(err);
        hm_pose pose;
        hm_gait_pose(&player->gait, from_s + i * r.step_s, &pose);
        hm_mesh_skin(r.mesh, &pose, r.pos_m[i], i == r.n / 2 ? r.nrm : NULL);
        if (i == r.n / 2)
            r.pose = pose;
    }
    *reel = r;
    return HM_OK;
}

hm_vec3 phone_reel_at(const phone_reel *r, int32_t i_vert, double t_s)
{
    double u = r->n > 1 ? (t_s - r->from_s) / r->step_s : 0;
    int32_t i = u > 0 ? (int32_t)u : 0;
    if (i >= r->n - 1)
        i = r->n > 1 ? r->n - 2 : 0;
    if (r->n == 1)
        return r->pos_m[0][i_vert];
    return hm_v3_mix(r->pos_m[i][i_vert], r->pos_m[i + 1][i_vert], (float)(u - i));
}
