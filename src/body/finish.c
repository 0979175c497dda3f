#include "plan_priv.h"

#include "num/dmath.h"

static const float DEG = (float)(HM_PI / 180);

static float lerp(float a, float b, float u)
{
    return a + u * (b - a);
}

/* The dip: 0 .. 1 .. 0 about the finish. */
static float dip(const plan *p, double t_s)
{
    if (p->finish_s < 0)
        return 0;
    double t = t_s - p->finish_s;
    return body_ramp(t, -.27, -.015) * (1 - body_ramp(t, .06, .55));
}

static void dip_control(const plan *p, float u, body_control *c)
{
    float deep = .75f + .25f * p->habit[9];
    u *= deep;
    c->chest_pitch += 30 * u * DEG;
    c->pelvis_pitch += 11 * u * DEG;
    c->head_pitch += 22 * u * DEG;
    for (int side = 0; side < 2; side++) {
        body_arm *a = &c->arm[side];
        a->flex = lerp(a->flex, -52 * DEG, .85f * u);
        a->abd = lerp(a->abd, 24 * DEG, u);
        a->elbow = lerp(a->elbow, 42 * DEG, .8f * u);
        a->fore = lerp(a->fore, -9 * DEG, u);
    }
}

/* Slowing down: trunk comes up, arms drop and swing loosely. */
static void slow_control(const plan *p, double t_s, body_control *c)
{
    double v = hm_curve_v_mps(&p->lane->curve, t_s);
    float since = p->finish_s < 0 ? 1 : body_ramp(t_s - p->finish_s, .1, 1.1);
    float slow = since * (1 - body_ramp(v, .25 * p->top_mps, .85 * p->top_mps));
    c->chest_pitch -= 5 * slow * DEG;
    c->pelvis_pitch -= 4 * slow * DEG;
    c->head_pitch -= 3 * slow * DEG;
    for (int side = 0; side < 2; side++)
        c->arm[side].curl = lerp(c->arm[side].curl, 26 * DEG, since);
}

void body_rest_arms(const plan *p, int style, double t_s, float u, body_goal *g)
{
    float breath = (float)hm_sin(3.6 * t_s + (double)p->habit[5]);
    for (int side = 0; side < 2; side++) {
        body_arm *a = &g->c.arm[side];
        body_arm to = {.abd = 10 * DEG,
                       .twist = 8 * DEG,
                       .elbow = 18 * DEG,
                       .curl = 26 * DEG,
                       .thumb = .3f,
                       .prone = 15 * DEG,
                       .flex = 2 * DEG};
        if (style == 2) {
            to.flex = 24 * DEG, to.abd = (132 + 3 * breath) * DEG, to.twist = -62 * DEG;
            to.elbow = (26 + 4 * breath) * DEG, to.up = 26 * DEG, to.curl = 14 * DEG;
        } else if (style == 0) {
            to.flex = -28 * DEG, to.abd = 48 * DEG, to.twist = 52 * DEG, to.elbow = 104 * DEG;
            to.prone = 40 * DEG, to.wrist = 30 * DEG;
        } else if (style == 1) {
            to.flex = 26 * DEG, to.abd = 12 * DEG, to.elbow = 14 * DEG, to.prone = 62 * DEG;
        }
        to.up += 2 * breath * DEG;
        a->flex = lerp(a->flex, to.flex, u), a->abd = lerp(a->abd, to.abd, u);
        a->twist = lerp(a->twist, to.twist, u), a->elbow = lerp(a->elbow, to.elbow, u);
        a->prone = lerp(a->prone, to.prone, u), a->wrist = lerp(a->wrist, to.wrist, u);
        a->curl = lerp(a->curl, to.curl, u), a->thumb = lerp(a->thumb, to.thumb, u);
        a->up = lerp(a->up, to.up, u), a->fore = lerp(a->fore, to.fore, u);
    }
}

/* Pulled up: a hand goes to the back of the thigh, the trunk folds over it. */
static void hurt_control(const plan *p, double t_s, body_control *c)
{
    double v = hm_curve_v_mps(&p->lane->curve, t_s), x = hm_curve_x_m(&p->lane->curve, t_s);
    if (p->lane->status != HM_RUN_DNF || x < p->lane->top_speed_at_m)
        return;
    float u = 1 - body_ramp(v, .50 * p->top_mps, .88 * p->top_mps), h = (float)p->rig.s.stature_m;
    int side = p->habit[3] > 0 ? 0 : 1;
    float sx = side == 0 ? 1.0f : -1.0f;
    body_arm *a = &c->arm[side];
    a->reach = u;
    a->on_body = true;
    a->hand = hm_v3(sx * .085f * h, -.030f * h, -.085f * h);
    a->elbow_to = hm_v3(sx * .7f, .1f, -.7f);
    a->wrist = lerp(a->wrist, 0, u);
    c->chest_pitch += 22 * u * DEG;
    c->chest_roll -= sx * 7 * u * DEG;
    c->chest_yaw += sx * 9 * u * DEG;
    c->head_pitch += 20 * u * DEG;
}

static void rest_control(const plan *p, double t_s, body_goal *g)
{
    const hm_lane *lane = p->lane;
    const hm_step *end = &lane->step[lane->n_step - 1];
    float u = body_ramp(t_s, .5 * (end->on_s + end->off_s), end->off_s + .5);
    float arms = p->celebrate == 2 ? body_ramp(t_s - p->finish_s, .5, 1.3)
                                   : body_ramp(t_s, p->rest_s - 1.4, p->rest_s + .3);
    float breath = (float)hm_sin(3.6 * t_s + (double)p->habit[5]);
    float bow = p->celebrate == 1 ? body_ramp(t_s, p->rest_s - .2, p->rest_s + 1.0) : 0;
    body_rest_arms(p, p->celebrate, t_s, p->celebrate == 1 ? bow : arms, g);
    g->c.chest_pitch = lerp(g->c.chest_pitch, (3 + 2.0f * breath) * DEG, u) + 44 * bow * DEG;
    g->c.pelvis_pitch = lerp(g->c.pelvis_pitch, 3 * DEG, u) + 30 * bow * DEG;
    g->c.head_pitch = lerp(g->c.head_pitch, (p->celebrate == 2 ? -8 : 4) * DEG, u) + 20 * bow * DEG;
    if (u > 0)
        g->com_y = lerp(g->com_y, p->rest_com_y - .035f * (float)p->rig.s.stature_m * bow, u);
}

void body_finish_control(const plan *p, double t_s, body_goal *g)
{
    slow_control(p, t_s, &g->c);
    float u = dip(p, t_s);
    if (u > 0)
        dip_control(p, u, &g->c);
    rest_control(p, t_s, g);
    hurt_control(p, t_s, &g->c);
}
