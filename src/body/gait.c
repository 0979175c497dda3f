#include "body/gait.h"

#include "plan_priv.h"

#include "base/rng.h"
#include "num/dmath.h"

void body_goal_at(const plan *p, double t_s, body_goal *g)
{
    if (p->n_hop == 0) { /* does not run: stands by */
        body_start_control(p, fmin(t_s, -10.7), g);
        return;
    }
    if (t_s < p->reaction_s) {
        body_start_control(p, t_s, g);
        return;
    }
    body_run_control(p, t_s, g);
    for (int side = 0; side < 2; side++)
        body_leg_control(p, side, t_s, g->torso_z_m, &g->c.leg[side]);
    for (int side = 0; side < 2; side++) {
        float sx = side == 0 ? 1.0f : -1.0f;
        g->c.leg[side].knee_out += .4f * sx * g->c.pelvis_yaw;
    }
    if (t_s < p->exit_s)
        body_start_control(p, t_s, g);
    else
        body_finish_control(p, t_s, g);
}

static hm_vec3 pose_legs(const plan *p, const body_goal *g, body_solution *s)
{
    hm_vec3 sum = hm_v3_mad(s->up.mass_m, s->up.mass, s->root);
    float mass = s->up.mass;
    for (int side = 0; side < 2; side++) {
        body_pose_leg(&p->rig, &g->c.leg[side], side, hm_v3_add(s->root, s->up.hip[side]),
                      &s->leg[side]);
        mass += body_leg_mass(&p->rig, &s->leg[side], &sum);
    }
    return hm_v3_mul(sum, 1 / mass);
}

/* A leg that is too short for its footfall: lower the hips a little. */
static void lower_for_legs(const plan *p, const body_goal *g, body_solution *s)
{
    float room = .030f;
    for (int i = 0; i < 4; i++) {
        float lack = fmaxf(s->leg[0].short_m, s->leg[1].short_m);
        if (lack <= 1e-5f || room <= 0)
            return;
        float down = fminf(1.3f * lack + 1e-4f, room);
        s->root.y -= down;
        room -= down;
        s->com = pose_legs(p, g, s);
    }
}

void body_solve(const plan *p, const body_goal *g, body_solution *s)
{
    s->origin_z_m = g->free ? 0 : g->torso_z_m;
    body_pose_trunk(&p->rig, &g->c, &s->up);
    float up_mass = s->up.mass;
    hm_vec3 up_sum = s->up.mass_m;
    s->root = g->free ? hm_v3(g->root_x, g->root_y, g->root_z)
                      : hm_v3(g->root_x, .5f * (float)p->rig.s.stature_m, -s->up.front_z);
    bool reaching = g->c.arm[0].reach > 0 || g->c.arm[1].reach > 0;
    body_pose_arms(&p->rig, &g->c, s->root, &s->up);
    s->com = pose_legs(p, g, s);
    if (g->free) {
        lower_for_legs(p, g, s);
        return;
    }
    float gain = 1.15f, y0 = 0, e0 = 0;
    for (int i = 0; i < 6; i++) {
        float e = g->com_y - s->com.y, y = s->root.y;
        if (fabsf(e) < 2e-5f)
            break;
        if (i > 0 && fabsf(e0 - e) > 1e-7f)
            gain = (y - y0) / (e0 - e);
        gain = gain < .8f ? .8f : gain > 2.5f ? 2.5f : gain;
        y0 = y;
        e0 = e;
        s->root.y = y + gain * e;
        if (reaching) {
            s->up.mass = up_mass;
            s->up.mass_m = up_sum;
            body_pose_arms(&p->rig, &g->c, s->root, &s->up);
        }
        s->com = pose_legs(p, g, s);
    }
    lower_for_legs(p, g, s);
}

static void habits(plan *p)
{
    for (uint32_t i = 0; i < 12; i++)
        p->habit[i] =
            (float)(2 * hm_rng_unit(p->rig.s.seed, HM_FOR_GAIT, (uint64_t)p->lane->lane, i, 0) - 1);
}

static void plan_rest(plan *p)
{
    body_control c = {0};
    body_solution s;
    float h = (float)p->rig.s.stature_m;
    body_goal g = {.free = true, .root_y = p->rig.s.mark.hip_y_m - .002f * h};
    g.c = c;
    for (int side = 0; side < 2; side++) {
        float sx = side == 0 ? 1.0f : -1.0f;
        g.c.leg[side] =
            (body_leg){.planted = true, .ball = hm_v3(sx * .058f * h, p->rig.ball_y, .055f * h)};
    }
    body_solve(p, &g, &s);
    p->rest_com_y = s.com.y;
}

hm_status hm_gait_plan(const hm_lane *lane, const hm_shape *shape, const hm_form *form,
                       hm_arena *arena, hm_gait *gait, hm_err *err)
{
    hm_form f;
    if (form)
        f = *form;
    else if (!hm_form_preset(lane->form, &f))
        return hm_err_set(err, HM_ERR_INPUT, "gait", 0, 0, "form", "no form preset is called '%s'",
                          lane->form);
    plan *p = HM_PUSH(arena, plan, 1);
    if (!p)
        return hm_err_set(err, HM_ERR_SYSTEM, "gait", 0, 0, NULL, "no memory for a runner");
    p->lane = lane;
    p->form = f;
    p->lane_x_m = (float)hm_lane_centre_m(lane->lane);
    p->top_mps = fmax(lane->top_speed_mps, 2);
    p->finish_s = lane->time_us > 0 ? 1e-6 * (double)lane->time_us : -1;
    p->reaction_s = lane->reaction_s;
    p->exit_s = lane->start.front_off_s;
    body_rig_make(shape, &p->rig);
    habits(p);
    p->celebrate = lane->place == 1 ? 2 : p->habit[11] > 0 ? 1 : 0;
    p->stand_z_m = fmin(lane->start.rear_x_m, -.25) - (lane->start.standing ? .04 : .14);
    plan_rest(p);
    if (lane->curve.n == 0 || lane->n_step == 0)
        HM_TRY(body_plan_stand_by(p, arena, err));
    else
        HM_TRY(body_plan_steps(p, arena, err));
    *gait = (hm_gait){.plan = p, .first_s = -20, .last_s = p->rest_s + 2};
    return HM_OK;
}

void hm_gait_pose(const hm_gait *gait, double t_s, hm_pose *pose)
{
    const plan *p = gait->plan;
    body_goal g;
    body_solution s;
    body_goal_at(p, t_s, &g);
    body_solve(p, &g, &s);
    body_pose_finish(&p->rig, &g.c, &s.up, s.root, s.leg, pose);
    hm_vec3 shift = hm_v3(p->lane_x_m, 0, (float)s.origin_z_m);
    for (int b = 0; b < HM_BONE_COUNT; b++)
        pose->bone[b].o = hm_v3_add(pose->bone[b].o, shift);
    for (int side = 0; side < 2; side++)
        pose->ball_m[side] = hm_v3_add(pose->ball_m[side], shift);
    pose->com_m = hm_v3_add(s.com, shift);
    pose->torso_front_m = s.origin_z_m + (double)(s.root.z + s.up.front_z);
}
