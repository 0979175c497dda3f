#include "plan_priv.h"

#include "num/dmath.h"

/* Behind the blocks, on the marks, set, and the push. Times before the gun, s (own). */
static const double SHAKE_S = -14.0, SHAKE_END_S = -10.6;
static const double STEP_UP_S = -9.4, DOWN_S = -6.2, RISE_S = -2.75, SET_S = -1.85;
static const double READY_S = -3.4, READY_END_S = -2.2; /* standing starts */
static const float DEG = (float)(HM_PI / 180);

static float lerp(float a, float b, float u)
{
    return a + u * (b - a);
}

void body_arm_mix(body_arm *a, const body_arm *b, float u)
{
    a->flex = lerp(a->flex, b->flex, u);
    a->abd = lerp(a->abd, b->abd, u);
    a->twist = lerp(a->twist, b->twist, u);
    a->elbow = lerp(a->elbow, b->elbow, u);
    a->prone = lerp(a->prone, b->prone, u);
    a->wrist = lerp(a->wrist, b->wrist, u);
    a->curl = lerp(a->curl, b->curl, u);
    a->thumb = lerp(a->thumb, b->thumb, u);
    a->up = lerp(a->up, b->up, u);
    a->fore = lerp(a->fore, b->fore, u);
    /* a hand that only one of both puts somewhere stays there while it fades */
    if (a->reach <= 0 && b->reach > 0)
        a->hand = b->hand, a->elbow_to = b->elbow_to;
    else if (b->reach > 0)
        a->hand = hm_v3_mix(a->hand, b->hand, u),
        a->elbow_to = hm_v3_mix(a->elbow_to, b->elbow_to, u);
    a->reach = lerp(a->reach, b->reach, u);
}

/* Everything but the legs. */
static void control_mix(body_control *a, const body_control *b, float u)
{
    a->pelvis_pitch = lerp(a->pelvis_pitch, b->pelvis_pitch, u);
    a->pelvis_yaw = lerp(a->pelvis_yaw, b->pelvis_yaw, u);
    a->pelvis_roll = lerp(a->pelvis_roll, b->pelvis_roll, u);
    a->chest_pitch = lerp(a->chest_pitch, b->chest_pitch, u);
    a->chest_yaw = lerp(a->chest_yaw, b->chest_yaw, u);
    a->chest_roll = lerp(a->chest_roll, b->chest_roll, u);
    a->head_pitch = lerp(a->head_pitch, b->head_pitch, u);
    a->head_yaw = lerp(a->head_yaw, b->head_yaw, u);
    a->head_roll = lerp(a->head_roll, b->head_roll, u);
    a->tail_pitch = lerp(a->tail_pitch, b->tail_pitch, u);
    a->tail_roll = lerp(a->tail_roll, b->tail_roll, u);
    for (int side = 0; side < 2; side++)
        body_arm_mix(&a->arm[side], &b->arm[side], u);
}

/* Hands on the ground behind the line, thumb and fingers spread into a bridge. */
static void hands_down(const plan *p, body_control *c)
{
    float h = (float)p->rig.s.stature_m;
    for (int side = 0; side < 2; side++) {
        float sx = side == 0 ? 1.0f : -1.0f;
        body_arm *a = &c->arm[side];
        a->reach = 1;
        a->hand = hm_v3(sx * .145f * h, .094f * h, -.050f * h);
        a->elbow_to = hm_v3(sx * .55f, 0, -.8f);
        a->flex = 80 * DEG;
        a->abd = 8 * DEG;
        a->elbow = 6 * DEG;
        a->prone = -50 * DEG;
        a->wrist = 22 * DEG;
        a->curl = 16 * DEG;
        a->thumb = -.35f;
        a->up = 6 * DEG;
    }
}

static void set_control(const plan *p, body_goal *g)
{
    *g = (body_goal){.free = true, .root_y = p->set_root_y, .root_z = p->set_root_z};
    body_control *c = &g->c;
    float weak = 1 - body_ramp(p->top_mps, 6, 10);
    c->pelvis_pitch = (84 - 8 * weak + 3 * p->habit[7]) * DEG;
    c->chest_pitch = (101 - 8 * weak + 3 * p->habit[7]) * DEG;
    c->head_pitch = (92 + 5 * p->habit[8]) * DEG;
    hands_down(p, c);
}

static void marks_control(const plan *p, body_goal *g)
{
    float h = (float)p->rig.s.stature_m;
    *g = (body_goal){.free = true};
    g->root_y = .262f * h;
    g->root_z = (float)p->lane->start.front_x_m - .105f * h;
    body_control *c = &g->c;
    c->pelvis_pitch = 52 * DEG;
    c->chest_pitch = 76 * DEG;
    c->head_pitch = (66 + 8 * p->habit[8]) * DEG;
    hands_down(p, c);
}

/* Ready for a standing start: bent knees, one arm forward. */
static void ready_control(const plan *p, body_goal *g)
{
    int front = (int)p->lane->start.front_foot;
    *g = (body_goal){.free = true, .root_y = p->set_root_y, .root_z = p->set_root_z};
    body_control *c = &g->c;
    c->pelvis_pitch = 24 * DEG;
    c->chest_pitch = 38 * DEG;
    c->head_pitch = 14 * DEG;
    for (int side = 0; side < 2; side++) {
        body_arm *a = &c->arm[side];
        bool fwd = side != front;
        *a = (body_arm){.flex = (fwd ? 34.0f : -38.0f) * DEG,
                        .abd = 16 * DEG,
                        .twist = 14 * DEG,
                        .elbow = (fwd ? 88.0f : 72.0f) * DEG,
                        .curl = 40 * DEG,
                        .thumb = .5f};
    }
}

/* Hands on the hips until it is time to shake out: one runner in three. */
static void arms_akimbo(const plan *p, float u, body_control *c)
{
    const body_arm to = {.flex = -26 * DEG,
                         .abd = 46 * DEG,
                         .twist = 50 * DEG,
                         .elbow = 102 * DEG,
                         .prone = 40 * DEG,
                         .wrist = 28 * DEG,
                         .curl = 30 * DEG,
                         .thumb = .4f};
    for (int side = 0; side < 2; side++)
        body_arm_mix(&c->arm[side], &to, u * (p->habit[9] > .5f && side == 0 ? .0f : 1.0f));
}

void body_loose_arm(const plan *p, int side, double t_s, float shake, float breath, body_arm *a)
{
    float h0 = p->habit[side], h1 = p->habit[2 + side], s = shake * (.6f + .4f * h0);
    float beat = (float)hm_sin(19.0 * t_s + 1.6 * side + (double)h0);
    float turn = (float)hm_sin(16.0 * t_s + 2.2 * side + .9);
    float idle = (float)hm_sin(1.3 * t_s + 2.6 * side + 4 * (double)h1);
    *a = (body_arm){.flex = (3 + 6 * h1 + 2 * idle + 9 * s * beat + 8 * s) * DEG,
                    .abd = (13 + 3 * h0 + 7 * s) * DEG,
                    .twist = (14 + 8 * h1) * DEG,
                    .elbow = (24 + 9 * h0 + 2 * idle + 13 * s + 13 * s * turn) * DEG,
                    .prone = (26 + 12 * h1 + 26 * s * turn) * DEG,
                    .wrist = (-6 + 26 * s * beat) * DEG,
                    .curl = (30 + 8 * h1) * DEG,
                    .thumb = .3f,
                    .up = (1 + 1.2f * breath + 3 * s) * DEG};
}

/* Weight on one leg, the other knee loose; it changes over slowly. */
void body_stand_control(const plan *p, double t_s, body_goal *g)
{
    float h = (float)p->rig.s.stature_m;
    double slow = hm_sin(.55 * t_s + 3 * (double)p->habit[6]);
    float breath = (float)hm_sin(2.1 * t_s + 5 * (double)p->habit[5]);
    float side = p->habit[7] > 0 ? 1.0f : -1.0f, lean = side * (.75f + .25f * (float)slow);
    float calm = 1 - body_ramp(t_s, SHAKE_S - .4, SHAKE_S + .8);
    lean *= .35f + .65f * calm;
    *g = (body_goal){.free = true};
    g->root_x = .017f * h * lean + .004f * h * (float)slow;
    g->root_y = p->rig.s.mark.hip_y_m - .004f * h + .0008f * h * breath;
    g->root_z = (float)p->stand_z_m - .058f * h;
    body_control *c = &g->c;
    c->pelvis_roll = 4.2f * lean * DEG;
    c->pelvis_yaw = -3 * lean * DEG;
    c->pelvis_pitch = 2 * DEG;
    c->chest_pitch = (2 + 1.0f * breath) * DEG;
    c->chest_roll = -3.4f * lean * DEG;
    c->chest_yaw = 2.5f * lean * DEG;
    c->head_pitch = (5 + 4 * (float)hm_sin(.31 * t_s + 2 * (double)p->habit[9])) * DEG;
    c->head_yaw = 12 * (float)hm_sin(.23 * t_s + 3 * (double)p->habit[8]) * DEG;
    c->head_roll = 2.0f * lean * DEG;
    float shake =
        body_ramp(t_s, SHAKE_S, SHAKE_S + .5) * (1 - body_ramp(t_s, SHAKE_END_S - .7, SHAKE_END_S));
    for (int i = 0; i < 2; i++)
        body_loose_arm(p, i, t_s, shake, breath, &c->arm[i]);
    if (p->habit[10] > .35f)
        arms_akimbo(p, calm, c);
}

/* A foot on its way from standing to its block. */
static void foot_walk(const plan *p, int side, double t_s, double from_s, double to_s,
                      body_leg *leg)
{
    float sx = side == 0 ? 1.0f : -1.0f, h = (float)p->rig.s.stature_m;
    float u = body_ramp(t_s, from_s, to_s), arc = 4 * u * (1 - u);
    hm_vec3 stand =
        hm_v3(sx * .058f * h, p->rig.ball_y, (float)p->stand_z_m + (sx > 0 ? .012f : -.012f) * h);
    hm_vec3 to = leg->ball;
    float pitch = leg->pitch, toe = leg->toe;
    leg->ball = hm_v3_mix(stand, to, u);
    leg->ball.y += .085f * h * arc;
    float late = body_ramp(u, .55, 1);
    leg->pitch = lerp(0, pitch, late) + .18f * arc * (1 - late);
    leg->toe = lerp(0, toe, late) + .10f * arc * (1 - late);
}

static void start_legs(const plan *p, double t_s, body_goal *g)
{
    int front = (int)p->lane->start.front_foot;
    bool standing = p->lane->start.standing;
    double first = standing ? READY_S - 2.2 : STEP_UP_S;
    for (int side = 0; side < 2; side++) {
        body_leg *leg = &g->c.leg[side];
        body_leg_control(p, side, t_s, 0, leg);
        bool is_front = side == front;
        double from = standing ? first + (is_front ? .15 : .95) : first + (is_front ? .55 : 1.75);
        foot_walk(p, side, t_s, from, from + .8, leg);
        leg->give_heel = t_s <= from || t_s >= from + .8;
        leg->knee_out = lerp(.05f, .10f, body_ramp(t_s, from, from + 1));
    }
}

static void to_ready(const plan *p, double t_s, body_goal *g)
{
    body_goal next;
    ready_control(p, &next);
    float walk = body_ramp(t_s, READY_S - 2.2, READY_S - .6);
    float u = body_ramp(t_s, READY_S, READY_END_S);
    g->root_z = lerp(g->root_z, p->set_root_z - .03f, walk);
    g->root_x = lerp(g->root_x, 0, walk);
    g->root_y -= .018f * (float)p->rig.s.stature_m * walk;
    control_mix(&g->c, &next.c, u);
    g->root_y = lerp(g->root_y, next.root_y, u);
    g->root_z = lerp(g->root_z, next.root_z, u);
}

static void before_gun(const plan *p, double t_s, body_goal *g)
{
    body_goal next;
    body_stand_control(p, t_s, g);
    if (p->lane->start.standing) {
        to_ready(p, t_s, g);
    } else {
        marks_control(p, &next);
        float u = body_ramp(t_s, STEP_UP_S + .1, DOWN_S - .7);
        float sink = body_ramp(t_s, STEP_UP_S + .5, DOWN_S);
        control_mix(&g->c, &next.c, u);
        g->root_x = lerp(g->root_x, 0, u);
        g->root_y = lerp(g->root_y, next.root_y, sink);
        g->root_z = lerp(g->root_z, next.root_z, u);
        /* one look down the lane, then the head sinks for good */
        g->c.head_pitch -= 50 * DEG * body_ramp(t_s, DOWN_S + .2, DOWN_S + 1.0) *
                           (1 - body_ramp(t_s, RISE_S - .9, RISE_S - .1));
        set_control(p, &next);
        float rise = body_ramp(t_s, RISE_S, SET_S);
        control_mix(&g->c, &next.c, rise);
        g->root_y = lerp(g->root_y, next.root_y, rise);
        g->root_z = lerp(g->root_z, next.root_z, rise);
    }
    start_legs(p, t_s, g);
}

static void push(const plan *p, double t_s, body_goal *g)
{
    body_goal set, run = *g;
    before_gun(p, p->reaction_s, &set);
    double t = p->exit_s - p->reaction_s, u = (t_s - p->reaction_s) / t;
    float w = body_ramp(u, -.10, 1.0) - body_ramp(0, -.10, 1.0) * (float)(1 - u);
    set.c.leg[0] = run.c.leg[0];
    set.c.leg[1] = run.c.leg[1];
    *g = run;
    g->c = set.c;
    float hands = body_ramp(t_s, p->reaction_s, p->reaction_s + .13);
    for (int side = 0; side < 2; side++)
        g->c.arm[side].reach *= 1 - hands;
    float kept[2] = {g->c.arm[0].reach, g->c.arm[1].reach};
    control_mix(&g->c, &run.c, w);
    for (int side = 0; side < 2; side++) {
        g->c.arm[side].reach = kept[side];
        g->c.arm[side].hand.z -= (float)g->torso_z_m; /* hands stay in the world */
        body_arm_mix(&g->c.arm[side], &(body_arm){0}, 0);
    }
    g->root_x = w * run.root_x;
    double u2 = u * u, u3 = u2 * u;
    g->com_y = (float)((2 * u3 - 3 * u2 + 1) * (double)p->set_com_y +
                       (3 * u2 - 2 * u3) * p->exit_h_m + (u3 - u2) * t * p->exit_v_mps);
}

void body_start_control(const plan *p, double t_s, body_goal *g)
{
    if (t_s < p->reaction_s)
        before_gun(p, t_s, g);
    else if (t_s < p->exit_s)
        push(p, t_s, g);
}

/* Set: torso front over the line, straight arms carry the shoulders. */
void body_plan_set(plan *p)
{
    body_goal g;
    body_solution s;
    bool standing = p->lane->start.standing;
    float h = (float)p->rig.s.stature_m;
    p->set_root_y = .8f;
    p->set_root_z = -.6f;
    before_gun(p, p->reaction_s - 1e-6, &g);
    body_pose_trunk(&p->rig, &g.c, &s.up);
    p->set_root_z = -s.up.front_z;
    if (standing) {
        p->set_root_y = p->rig.s.mark.hip_y_m - .045f * h;
    } else {
        hm_vec3 l = hm_frame_point(&s.up.bone[HM_BONE_CHEST],
                                   p->rig.s.joint_m[hm_bone_of(0, HM_SIDE_UPPER_ARM)]);
        hm_vec3 hand = g.c.arm[0].hand;
        float arm = .985f * (p->rig.a1 + p->rig.a2), dz = l.z + p->set_root_z - hand.z;
        float dx = l.x - hand.x;
        p->set_root_y = hand.y + sqrtf(fmaxf(arm * arm - dz * dz - dx * dx, .1f * arm * arm)) - l.y;
    }
    before_gun(p, p->reaction_s - 1e-6, &g);
    body_solve(p, &g, &s);
    p->set_com_y = s.com.y;
}
