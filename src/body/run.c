#include "plan_priv.h"

#include "num/dmath.h"

static const float DEG = (float)(HM_PI / 180);
/* A foot in contact stands no steeper than this, and lifts its toes no more than that, rad (own).
 */
static const float STEEPEST = 1.52f, TOES_UP = -.10f;
static const float BLOCK_FRONT = .82f, BLOCK_REAR = 1.05f; /* pitch of the foot on its pedal, rad */

static float lean_deg(const plan *p, double x_m)
{
    double v = p->top_mps * sqrt(1.80 / p->rig.s.stature_m);
    float power = body_ramp(v, 4.5, 11.0);
    float first = p->lane->start.standing ? 16 + 22 * power : 26 + 34 * power;
    double u = fmax(x_m, 0) * 11.6 / fmax(p->top_mps, 3) / 12.5;
    return 4.5f + (first - 4.5f) * (float)hm_exp(-hm_pow(u, 1.1));
}

/* Tightening up: speed lost and the last 30 m. */
static float strain(const plan *p, double x_m, double v_mps)
{
    if (x_m > 101)
        return 0;
    double lost = (p->top_mps - v_mps) / p->top_mps;
    return (float)p->form.tension * body_ramp(x_m, 68, 98) * body_ramp(lost, .005, .08);
}

/* 1 in the middle of a foot's stance, 0 in the air. */
static float bearing(const plan *p, int side, double t_s)
{
    const body_contact *c = &p->contact[side][body_contact_at(p, side, t_s)];
    if (c->block || t_s < c->on_s)
        return 0;
    if (c->last)
        return .5f * body_ramp(t_s, c->on_s, c->on_s + .4);
    if (t_s > c->off_s)
        return 0;
    double s = hm_sin(HM_PI * (t_s - c->on_s) / (c->off_s - c->on_s));
    return (float)(s * s);
}

static void arm_control(const plan *p, int side, const body_event *e, float tight, float lean,
                        body_arm *a)
{
    float cross = (float)p->form.arms + .5f * tight + .30f * p->rig.s.child;
    float h0 = p->habit[side], h1 = p->habit[2 + side], back = fmaxf(-e->shoulder, 0) / 75;
    float fwd = fmaxf(e->shoulder, 0) / 55;
    a->flex = e->shoulder * DEG * (1 - .2f * tight) + .10f * lean * DEG;
    float odd = (float)p->form.asymmetry * (side == 0 ? 1.0f : -1.0f);
    a->abd = (13 + 3 * h0 + 9 * back + 24 * cross * (1 - .9f * fwd) + 9 * odd) * DEG;
    a->twist = (4 + 4 * h1 + 9 * fwd + 66 * cross * (.4f + fwd) - 4 * back) * DEG;
    a->elbow = (e->elbow + 5 * h0 - 8 * tight) * DEG;
    a->prone = (6 + 10 * h1) * DEG;
    a->wrist = (float)(-4 + 10 * back) * DEG;
    float fist = (float)p->form.hands + tight;
    float style = p->habit[4] > .1f ? .62f : .16f; /* loose fist or blade */
    float grip = fminf(style + .8f * fist, 1.15f);
    a->curl = (10 + 62 * grip) * DEG;
    a->thumb = .25f + .65f * fminf(grip, 1);
    float high = (float)p->form.shoulders + tight;
    a->fore = (e->shoulder * .11f + 7 * high) * DEG;
    a->up = (1.5f + 2.5f * fwd + 3.0f * back + 12 * high) * DEG;
}

/* Rolling and wandering of a poor runner: slow, never twice the same. */
static float wander(const plan *p, double t_s, int what)
{
    double a = 3.1 + .7 * what + .5 * (double)p->habit[5], b = 5.3 + .9 * what;
    double ph = 6.0 * (double)p->habit[6 + what];
    return (float)(.6 * hm_sin(a * t_s + ph) + .4 * hm_sin(b * t_s + 2 * ph));
}

static void trunk_control(const plan *p, double t_s, const body_event e[2], float lean, float tight,
                          body_control *c)
{
    float sway = (float)p->form.sway + .3f * p->rig.s.child;
    float dth = e[0].thigh - e[1].thigh, darm = e[0].shoulder - e[1].shoulder;
    float load = bearing(p, 0, t_s) - bearing(p, 1, t_s);
    float roll = (float)p->form.shoulders + tight;
    float bent = fminf(lean / 50, 1);
    c->pelvis_yaw = -(.085f + .045f * bent) * dth * DEG;
    c->pelvis_pitch = ((.55f + .25f * bent) * lean + 4) * DEG;
    c->pelvis_roll = (3.6f + 4.6f * (float)p->form.sit) * load * DEG;
    c->chest_yaw = (-(.085f + .075f * roll) * darm + 5 * sway * wander(p, t_s, 0)) * DEG;
    float hunch = 17 * (float)p->form.lean - 9 * tight;
    float nod = 1.1f * (bearing(p, 0, t_s) + bearing(p, 1, t_s));
    c->chest_pitch = (lean + hunch + nod + 4.5f * sway * wander(p, t_s, 1)) * DEG;
    c->chest_roll = (-1.6f * load - 8 * sway * load + 4 * sway * wander(p, t_s, 2)) * DEG;
    float loll = (float)p->form.head + .8f * tight;
    c->head_pitch = (.74f * lean - 2.5f + .4f * hunch - 20 * loll) * DEG;
    c->head_yaw = (.10f * c->chest_yaw / DEG + 6 * loll * wander(p, t_s, 3)) * DEG;
    c->head_roll = (9 * loll * wander(p, t_s, 4) + 1.2f * p->habit[10]) * DEG;
}

/* Hanging hair: streams back with speed and follows the head's rise and fall a little late. */
static void tail_control(const plan *p, double t_s, double v_mps, body_control *c)
{
    const double late_s = .055, dt_s = .010;
    float rise = (float)((body_hop_y(p, t_s - late_s + dt_s) - body_hop_y(p, t_s - late_s - dt_s)) /
                         (2 * dt_s));
    rise = rise > 1.2f ? 1.2f : rise < -1.2f ? -1.2f : rise;
    float hang = -.55f * c->head_pitch;
    c->tail_pitch = fmaxf(hang, -.45f) + (30 * body_ramp(v_mps, 0, 10) - 24 * rise) * DEG;
    c->tail_roll = -.8f * c->chest_yaw;
}

void body_run_control(const plan *p, double t_s, body_goal *g)
{
    double x = hm_curve_x_m(&p->lane->curve, t_s), v = hm_curve_v_mps(&p->lane->curve, t_s);
    body_event e[2] = {body_leg_angles(p, 0, t_s), body_leg_angles(p, 1, t_s)};
    float lean = lean_deg(p, x), tight = strain(p, x, v);
    *g = (body_goal){.torso_z_m = x};
    trunk_control(p, t_s, e, lean, tight, &g->c);
    for (int side = 0; side < 2; side++)
        arm_control(p, side, &e[side], tight, lean, &g->c.arm[side]);
    float load = bearing(p, 0, t_s) - bearing(p, 1, t_s);
    g->root_x = (.007f + .008f * (float)p->form.sway) * (float)p->rig.s.stature_m * load;
    g->com_y = (float)body_hop_y(p, t_s);
    tail_control(p, t_s, v, &g->c);
}

/* --- legs ---------------------------------------------------------------------------------------
 */

static void lead_add(const body_lead *l, double since_s, hm_vec3 *at, float *pitch, float *bend)
{
    if (since_s >= l->span_s || since_s < 0)
        return;
    float u = (float)(since_s / l->span_s), span = (float)l->span_s;
    float k = 1 - u * u * (3 - 2 * u), r = span * u * (1 - u) * (1 - u);
    *at = hm_v3_mad(hm_v3_mad(*at, k, l->at), r, l->rate);
    *pitch += k * l->pitch + r * l->pitch_rate;
    *bend += k * l->bend;
}

static void lead_back(const body_lead *l, double before_s, hm_vec3 *at, float *pitch, float *bend)
{
    body_lead b = *l; /* time runs the other way */
    b.rate = hm_v3_mul(b.rate, -1);
    b.pitch_rate = -b.pitch_rate;
    lead_add(&b, before_s, at, pitch, bend);
}

/* Heel strikers: the foot turns about its heel until it is flat. */
static hm_vec3 over_heel(const body_rig *rig, hm_vec3 ball, float pitch, float yaw)
{
    if (pitch >= 0)
        return ball;
    float s = hm_sinf(pitch), c = hm_cosf(pitch), dz = rig->heel_m, dy = rig->ball_y;
    float away = dy * s + dz * c - dz;
    return hm_v3_add(ball, hm_v3(away * hm_sinf(yaw), dy * c - dz * s - dy, away * hm_cosf(yaw)));
}

static float block_pitch(const plan *p, int side, const body_contact *c, double t_s)
{
    bool front = (int)p->lane->start.front_foot == side;
    float still = p->lane->start.standing ? (front ? .02f : .35f)
                  : front                 ? BLOCK_FRONT
                                          : BLOCK_REAR;
    float last = front ? STEEPEST : BLOCK_REAR + .06f;
    float u = body_ramp(t_s, fmax(c->off_s - .20, p->reaction_s), c->off_s + .06);
    return still + (last - still) * u;
}

static void planted(const plan *p, int side, const body_contact *c, double t_s, double origin_z_m,
                    body_leg *leg)
{
    body_event e = body_leg_angles(p, side, t_s);
    float pitch = -(e.thigh - e.knee + e.ankle) * DEG;
    leg->planted = true;
    leg->give_heel = true;
    leg->ball = hm_v3(c->side_m, p->rig.ball_y, (float)(c->x_m - origin_z_m));
    if (c->block) {
        pitch = block_pitch(p, side, c, t_s);
        if (!p->lane->start.standing) /* toes on the ground, sole on the pedal */
            leg->toe = pitch * .86f;
    } else if (c->last) {
        pitch *= 1 - body_ramp(t_s, c->on_s, c->on_s + .25);
    }
    pitch = body_soft_max(pitch, STEEPEST, .25f);
    pitch = -body_soft_max(-pitch, -TOES_UP, .06f);
    if (!c->block && !c->last) { /* flat by a fifth of the stance */
        float flat = body_ramp(t_s, c->on_s, c->on_s + .22 * (c->off_s - c->on_s));
        if (pitch < 0)
            pitch *= 1 - flat;
    }
    leg->pitch = pitch;
    leg->ball = over_heel(&p->rig, leg->ball, pitch, leg->yaw);
}

static void swinging(const plan *p, int side, const body_contact *c, double t_s, body_leg *leg)
{
    const body_contact *next = c + 1;
    body_event e = body_leg_angles(p, side, t_s);
    float sx = side == 0 ? 1.0f : -1.0f, h = (float)p->rig.s.stature_m;
    hm_vec3 at = body_ankle_of(&p->rig, e.thigh * DEG, e.knee * DEG);
    at.x = sx * (.050f * (float)p->form.kick - .018f) * h; /* or out and round */
    float pitch = -(e.thigh - e.knee + e.ankle) * DEG, bend = .10f;
    lead_add(&c->leave, t_s - c->off_s, &at, &pitch, &bend);
    lead_back(&next->land, next->on_s - t_s, &at, &pitch, &bend);
    leg->planted = false;
    leg->hip_to_ankle = at;
    leg->pitch = pitch;
    leg->toe = pitch - bend;
    double up = fmin(t_s - c->off_s, next->on_s - t_s);
    leg->least_sole_m = .012f * h * body_ramp(up, 0, .10);
}

void body_leg_control(const plan *p, int side, double t_s, double origin_z_m, body_leg *leg)
{
    int32_t i = body_contact_at(p, side, t_s);
    const body_contact *c = &p->contact[side][i];
    float sx = side == 0 ? 1.0f : -1.0f;
    *leg = (body_leg){.yaw = sx * (3.5f + 11 * (float)p->form.overstride) * DEG,
                      .knee_out = (2.5f + 7 * (float)p->form.sit) * DEG};
    if (t_s < c->off_s || c->last)
        planted(p, side, c, t_s, origin_z_m, leg);
    else
        swinging(p, side, c, t_s, leg);
}
