#include "plan_priv.h"

#include "base/rng.h"
#include "num/dmath.h"

/* Contacts of each foot, the joint angles of each stride, how the centre of mass hops from step to
 * step, and how the free foot leaves and meets the ground. */

static const double GRAVITY_MPS2 = 9.81;
static const double PUSH_KNOTS_S =
    0.36; /* angles of the push begin this long before a foot leaves */
static const double CLOSE_S =
    0.55; /* after the last step: one foot lands, then the other beside it; own */
/* Contacts of running are shorter than the first, of walking longer than the second; own. */
static const double WALK_FROM_S = 0.24, WALK_S = 0.40;

float body_ramp(double v, double from, double to)
{
    double u = (v - from) / (to - from);
    u = u < 0 ? 0 : u > 1 ? 1 : u;
    return (float)(u * u * (3 - 2 * u));
}

/* Trunk lean of an elite start, deg, x_m of an elite run: 50 at exit, 38 at 5 m, 28 at 10, 15 at
 * 20, 6 from 40 (recalled ladder; the curve through it is own). */
static double elite_lean_deg(double x_m)
{
    double u = (x_m < 0 ? 0 : x_m) / 14.0;
    return 5 + 45 * hm_exp(-hm_pow(u, 1.1));
}

static void mix_events(body_event *to, const body_event *other, float u)
{
    for (int k = 0; k < BODY_EVENTS; k++)
        to[k] = body_event_mix(to[k], other[k], u);
}

static void copy_events(body_event *to, body_gait_table table)
{
    for (int k = 0; k < BODY_EVENTS; k++)
        to[k] = BODY_TABLE[table][k];
}

/* Angles of upright running at a speed, of a grown runner or a child. */
static void upright_events(const plan *p, double v_mps, body_event *e)
{
    double v = v_mps * sqrt(1.80 / p->rig.s.stature_m); /* equal Froude number */
    float slow = 1 - body_ramp(v, 6.8, 9.0), child = p->rig.s.child;
    copy_events(e, BODY_TOP);
    mix_events(e, BODY_TABLE[BODY_CHILD], fmaxf(.9f * child, .75f * slow));
    mix_events(e, BODY_TABLE[BODY_JOG], 1 - body_ramp(v, 3.6, 6.2));
    mix_events(e, BODY_TABLE[BODY_WALK], 1 - body_ramp(v, 1.3, 2.9));
}

/* Elbows of a poor runner are locked with the hands at the chest: 60 to 70 deg left open (own). */
static const float CHOP_DEG = 114;

/* What poor form does to the legs and arms of one stride. */
static void spoil(const plan *p, int side, body_event *e)
{
    const hm_form *f = &p->form;
    float knee = (float)f->knee, kick = (float)f->kick, over = (float)f->overstride;
    float odd = (float)f->asymmetry * (side == 0 ? 1.0f : -1.0f);
    e[5].thigh *= 1 - .35f * knee;
    e[6].thigh *= 1 - (.30f * knee + .12f * odd);
    e[7].thigh *= 1 - .18f * knee;
    e[3].thigh -= 9 * kick, e[4].thigh -= 22 * kick, e[5].thigh -= 10 * kick;
    e[3].knee += 14 * kick, e[4].knee -= 8 * kick, e[6].knee -= 6 * kick;
    e[0].thigh += 5 * over, e[0].knee -= 9 * over, e[0].ankle += 8 * over;
    e[7].knee -= 16 * over, e[7].ankle += 8 * over;
    e[0].knee += 10 * (float)f->sit, e[1].knee += 12 * (float)f->sit;
    e[2].knee += 6 * (float)f->sit;
    float swing = 1 - .45f * (float)f->arms + .12f * odd;
    for (int k = 0; k < BODY_EVENTS; k++) {
        e[k].shoulder *= swing;
        e[k].elbow += (CHOP_DEG - e[k].elbow) * .8f * (float)f->arms;
    }
}

static void events_of(const plan *p, int side, body_contact *c)
{
    double x = hm_curve_x_m(&p->lane->curve, c->on_s), v = hm_curve_v_mps(&p->lane->curve, c->on_s);
    bool speeding = p->lane->top_speed_at_m > x || c->block;
    upright_events(p, speeding ? p->top_mps : v, c->event);
    double froude = p->top_mps * sqrt(1.80 / p->rig.s.stature_m);
    float power = body_ramp(froude, 4.5, 10.5), lean = (float)elite_lean_deg(x * 11.6 / p->top_mps);
    body_event start[BODY_EVENTS];
    copy_events(start, BODY_10M);
    mix_events(start, BODY_TABLE[BODY_STEP1], fmaxf((lean - 28) / 22, 0));
    float u = fminf((lean - 5) / 23, 1);
    mix_events(c->event, start, u * (.35f + .65f * power) * (p->lane->start.standing ? .8f : 1));
    spoil(p, side, c->event);
}

static body_contact *add_contact(plan *p, int side, double on_s, double off_s, double x_m,
                                 float side_m)
{
    body_contact *c = &p->contact[side][p->n_contact[side]++];
    *c = (body_contact){.on_s = on_s, .off_s = off_s, .x_m = x_m, .side_m = side_m};
    return c;
}

static void start_contacts(plan *p)
{
    const hm_start *s = &p->lane->start;
    for (int side = 0; side < 2; side++) {
        bool front = (int)s->front_foot == side;
        double off = front ? s->front_off_s : s->rear_off_s;
        float half = (s->standing ? .070f : .062f) * (float)p->rig.s.stature_m;
        body_contact *c = add_contact(p, side, off - PUSH_KNOTS_S, off,
                                      front ? s->front_x_m : s->rear_x_m, side ? -half : half);
        c->block = true;
    }
}

/* After the last footfall the other foot lands under the body that has come to a halt, and the
 * first one closes up. */
static void last_contacts(plan *p)
{
    const hm_lane *lane = p->lane;
    const hm_step *end = &lane->step[lane->n_step - 1];
    float half = .058f * (float)p->rig.s.stature_m;
    double rest_m = hm_curve_x_m(&lane->curve, 1e9) - .012 * p->rig.s.stature_m;
    double on = end->on_s + .55 * (end->off_s - end->on_s);
    for (int i = 0; i < 2; i++) {
        int side = i == 0 ? 1 - (int)end->foot : (int)end->foot;
        on = i == 0 ? on : fmax(on + CLOSE_S, end->off_s + .3);
        body_contact *c = add_contact(p, side, on, on + .4, rest_m - .012 * i, side ? -half : half);
        c->last = true;
    }
    p->rest_s = fmax(on, lane->end_s) + .2;
}

int32_t body_contact_at(const plan *p, int side, double t_s)
{
    int32_t lo = 0, hi = p->n_contact[side] - 1;
    while (lo < hi) {
        int32_t mid = (lo + hi + 1) / 2;
        if (p->contact[side][mid].on_s <= t_s)
            lo = mid;
        else
            hi = mid - 1;
    }
    return lo;
}

static double event_time(const plan *p, int side, int32_t e)
{
    int32_t i = e / BODY_EVENTS, k = e % BODY_EVENTS;
    const body_contact *c = &p->contact[side][i];
    if (k < 3)
        return c->on_s + (double)BODY_EVENT_AT[k] * (c->off_s - c->on_s);
    double next = i + 1 < p->n_contact[side] ? p->contact[side][i + 1].on_s : c->off_s + .4;
    return c->off_s + (double)BODY_EVENT_AT[k] * (next - c->off_s);
}

body_event body_leg_angles(const plan *p, int side, double t_s)
{
    int32_t i = body_contact_at(p, side, t_s), e = i * BODY_EVENTS;
    int32_t n = p->n_contact[side] * BODY_EVENTS;
    while (e + 1 < n && event_time(p, side, e + 1) <= t_s)
        e++;
    double t[4];
    body_event v[4];
    for (int k = 0; k < 4; k++) {
        int32_t at = e - 1 + k, in = at < 0 ? 0 : at >= n ? n - 1 : at;
        t[k] = event_time(p, side, in) + .05 * (at - in);
        v[k] = p->contact[side][in / BODY_EVENTS].event[in % BODY_EVENTS];
    }
    double at = t_s < t[1] ? t[1] : t_s > t[2] ? t[2] : t_s;
    return body_event_curve(t, v, at);
}

/* --- the hops of the centre of mass ------------------------------------------------------------
 */

/* Height of a hip at distance d from an ankle, the other two coordinates as they are. */
static float hip_above(hm_vec3 ankle, hm_vec3 hip, float d)
{
    float dx = ankle.x - hip.x, dz = ankle.z - hip.z;
    return ankle.y + sqrtf(fmaxf(d * d - dx * dx - dz * dz, .04f * d * d));
}

/* Height of the centre of mass that gives the planted leg of `side` the knee of its table; *most:
 * with the leg as long as it goes. */
static double wanted_com_y(const plan *p, int side, double t_s, bool tiptoe, double *most)
{
    body_goal g;
    body_solution s;
    body_goal_at(p, t_s, &g);
    body_event e = body_leg_angles(p, side, t_s);
    const float deg = (float)(HM_PI / 180);
    hm_vec3 straight = body_ankle_of(&p->rig, e.thigh * deg, e.knee * deg);
    float d = hm_v3_len(straight), longest = .997f * (p->rig.l1 + p->rig.l2);
    d = fminf(d, longest);
    body_solve(p, &g, &s); /* for the places along the lane and aside */
    const body_leg_pose *l = &s.leg[side];
    hm_vec3 a =
        body_ankle_on(&p->rig, side, g.c.leg[side].ball, g.c.leg[side].pitch, g.c.leg[side].yaw);
    double over = (double)(s.com.y - l->hip.y);
    *most = over + (double)hip_above(a, l->hip, longest);
    for (float pitch = 1.0f; tiptoe && pitch < 1.75f; pitch += .12f) {
        a = body_ankle_tiptoe(&p->rig, side, g.c.leg[side].ball, pitch, g.c.leg[side].yaw);
        *most = fmax(*most, over + (double)hip_above(a, l->hip, longest));
    }
    a = body_ankle_tiptoe(&p->rig, side, g.c.leg[side].ball, g.c.leg[side].pitch,
                          g.c.leg[side].yaw);
    return over + (double)hip_above(a, l->hip, d);
}

static double take_off(double d, double tc, double tf, double v_in)
{
    return (2 * d - tc * v_in + GRAVITY_MPS2 * tf * tf) / (2 * tf + tc);
}

/* Speeds for the heights; returns the rise over each contact in *rise. */
static void run_hops(plan *p, double *rise)
{
    double d0 = p->hop[0].h_m - p->exit_h_m, tf0 = p->hop[0].on_s - p->exit_s;
    tf0 = fmax(tf0, .01);
    p->exit_v_mps = d0 / tf0 + GRAVITY_MPS2 * tf0 / 2;
    double v = p->exit_v_mps - GRAVITY_MPS2 * tf0;
    for (int32_t i = 0; i < p->n_hop; i++) {
        body_hop *h = &p->hop[i];
        bool more = i + 1 < p->n_hop;
        double tc = h->off_s - h->on_s, tf = more ? p->hop[i + 1].on_s - h->off_s : .05;
        double d = more ? p->hop[i + 1].h_m - h->h_m : 0;
        h->v_in = v;
        h->v_out = take_off(d, tc, tf, v);
        rise[i] = tc * (h->v_in + h->v_out) / 2;
        v = h->v_out - GRAVITY_MPS2 * tf;
    }
}

static void smooth_heights(plan *p, const double *cap)
{
    double before = p->hop[0].h_m;
    for (int32_t i = 0; i < p->n_hop; i++) {
        double h = p->hop[i].h_m, after = i + 1 < p->n_hop ? p->hop[i + 1].h_m : h;
        p->hop[i].h_m = fmin(.25 * before + .5 * h + .25 * after, cap[i]);
        before = h;
    }
}

static void plan_hops(plan *p, double *want_on, double *want_off, double *cap_on, double *cap_off,
                      double *rise)
{
    double sit = .030 * p->form.sit * p->rig.s.stature_m / 1.8;
    for (int32_t i = 0; i < p->n_hop; i++) {
        int side = (int)p->lane->step[i].foot;
        want_on[i] = wanted_com_y(p, side, p->hop[i].on_s, false, &cap_on[i]) - sit;
        want_off[i] = wanted_com_y(p, side, p->hop[i].off_s - 1e-6, true, &cap_off[i]) - sit;
        p->hop[i].h_m = fmin(want_on[i], cap_on[i]);
        rise[i] = 0;
    }
    double most;
    p->exit_h_m = wanted_com_y(p, (int)p->lane->start.front_foot, p->exit_s - 1e-6, true, &most);
    for (int32_t i = 0; i < p->n_hop; i++) {
        double both = .5 * (want_on[i] + want_off[i]), reach = fmin(want_on[i], cap_off[i] - .006);
        double walk = (double)body_ramp(p->hop[i].off_s - p->hop[i].on_s, WALK_FROM_S, WALK_S);
        p->hop[i].h_m = fmin(both + (.75 + .25 * walk) * (reach - both), cap_on[i]);
    }
    for (int pass = 0; pass < 3; pass++)
        smooth_heights(p, cap_off);
    p->exit_h_m = fmin(fmin(p->exit_h_m, most), p->hop[0].h_m + .02);
    run_hops(p, rise);
    for (int pass = 0; pass < 4; pass++) { /* legs that would be too short at toe-off */
        for (int32_t i = 0; i < p->n_hop; i++)
            p->hop[i].h_m -= .7 * fmax(p->hop[i].h_m + rise[i] - cap_off[i] + .004, 0);
        run_hops(p, rise);
    }
}

/* Half-sine force in running. A walker's force has two humps instead: there simply the cubic
 * between both ends. */
static double contact_y(const body_hop *h, double t)
{
    double tc = h->off_s - h->on_s, walk = (double)body_ramp(tc, WALK_FROM_S, WALK_S);
    double f = HM_PI / (2 * tc) * (h->v_out - h->v_in + GRAVITY_MPS2 * tc);
    double run = h->v_in * t - GRAVITY_MPS2 * t * t / 2 +
                 f * (tc / HM_PI) * (t - tc / HM_PI * hm_sin(HM_PI * t / tc));
    double u = t / tc, rise = tc * (h->v_in + h->v_out) / 2;
    double cubic =
        (3 * u * u - 2 * u * u * u) * rise + tc * u * (1 - u) * ((1 - u) * h->v_in - u * h->v_out);
    return h->h_m + run + walk * (cubic - run);
}

double body_hop_y(const plan *p, double t_s)
{
    if (t_s < p->hop[0].on_s) {
        double t = t_s - p->exit_s;
        return p->exit_h_m + p->exit_v_mps * t - GRAVITY_MPS2 * t * t / 2;
    }
    int32_t lo = 0, hi = p->n_hop - 1;
    while (lo < hi) {
        int32_t mid = (lo + hi + 1) / 2;
        if (p->hop[mid].on_s <= t_s)
            lo = mid;
        else
            hi = mid - 1;
    }
    const body_hop *h = &p->hop[lo];
    if (t_s <= h->off_s)
        return contact_y(h, t_s - h->on_s);
    double t = t_s - h->off_s;
    return contact_y(h, h->off_s - h->on_s) + h->v_out * t - GRAVITY_MPS2 * t * t / 2;
}

/* --- leads: the free foot leaves and meets the ground without a jump ----------------------------
 */

typedef struct foot_state {
    hm_vec3 at;
    float pitch, bend;
} foot_state;

static foot_state foot_at(const plan *p, int side, double t_s)
{
    body_goal g;
    body_solution s;
    body_goal_at(p, t_s, &g);
    body_solve(p, &g, &s);
    const body_leg_pose *l = &s.leg[side];
    return (foot_state){hm_v3_sub(l->ankle, l->hip), l->pitch, l->pitch - l->toe};
}

/* How far the planted foot is from the free path at the edge t_s; into: +1 the contact lies before,
 * -1 after. */
static void lead_at(const plan *p, int side, double t_s, double into, body_lead *lead)
{
    const double eps = 1e-5, h = 1e-3;
    body_lead none = {.span_s = lead->span_s};
    *lead = none; /* the free path itself */
    foot_state g1 = foot_at(p, side, t_s - into * eps), g0 = foot_at(p, side, t_s - into * h);
    foot_state f1 = foot_at(p, side, t_s + into * eps), f0 = foot_at(p, side, t_s + into * h);
    float r = (float)(into / (h - eps));
    lead->at = hm_v3_sub(g1.at, f1.at);
    hm_vec3 vg = hm_v3_mul(hm_v3_sub(g1.at, g0.at), r), vf = hm_v3_mul(hm_v3_sub(f0.at, f1.at), r);
    lead->rate = hm_v3_sub(vg, vf);
    lead->pitch = g1.pitch - f1.pitch;
    lead->pitch_rate = (g1.pitch - g0.pitch) * r - (f0.pitch - f1.pitch) * r;
    lead->bend = g1.bend - f1.bend;
}

static void plan_leads(plan *p)
{
    for (int side = 0; side < 2; side++)
        for (int32_t i = 0; i + 1 < p->n_contact[side]; i++) {
            body_contact *c = &p->contact[side][i], *n = c + 1;
            double free_s = n->on_s - c->off_s;
            c->leave.span_s = fmin(.55 * free_s, .20);
            n->land.span_s = fmin(.42 * free_s, .13);
            lead_at(p, side, c->off_s, 1, &c->leave);
            lead_at(p, side, n->on_s, -1, &n->land);
        }
}

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, "gait", 0, 0, NULL, "no memory for a runner's steps");
}

/* Room for n footfalls, the start's two and the last stand's one. */
static hm_status contact_room(plan *p, int32_t n, hm_arena *arena, hm_err *err)
{
    for (int side = 0; side < 2; side++) {
        p->contact[side] = HM_PUSH(arena, body_contact, n + 3);
        if (!p->contact[side])
            return no_memory(err);
    }
    return HM_OK;
}

hm_status body_plan_stand_by(plan *p, hm_arena *arena, hm_err *err)
{
    HM_TRY(contact_room(p, 0, arena, err));
    start_contacts(p);
    for (int side = 0; side < 2; side++)
        copy_events(p->contact[side][0].event, BODY_WALK);
    return HM_OK;
}

hm_status body_plan_steps(plan *p, hm_arena *arena, hm_err *err)
{
    const hm_lane *lane = p->lane;
    int32_t n = lane->n_step;
    HM_TRY(contact_room(p, n, arena, err));
    p->hop = HM_PUSH(arena, body_hop, n + 1);
    double *work = HM_PUSH(arena, double, 5 * (n + 1));
    if (!p->hop || !work)
        return no_memory(err);
    start_contacts(p);
    for (int32_t i = 0; i < n; i++) {
        const hm_step *s = &lane->step[i];
        add_contact(p, (int)s->foot, s->on_s, s->off_s, s->x_m, (float)s->side_m);
        p->hop[i] = (body_hop){.on_s = s->on_s, .off_s = s->off_s, .h_m = 1};
    }
    p->n_hop = n;
    last_contacts(p);
    for (int side = 0; side < 2; side++)
        for (int32_t i = 0; i < p->n_contact[side]; i++)
            events_of(p, side, &p->contact[side][i]);
    body_plan_set(p);
    n += 1;
    for (int pass = 0; pass < 2; pass++) {
        plan_hops(p, work, work + n, work + 2 * n, work + 3 * n, work + 4 * n);
        plan_leads(p);
    }
    return HM_OK;
}
