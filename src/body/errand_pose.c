/* errand_pose.c - poses of who runs errands: legs from contact to contact, arms that swing against
 * them, and what he does on top. */
#include "errand_priv.h"

#include <string.h>

#include "num/dmath.h"

#define MIX_S 0.6 /* from errand to stride and back */

static void turn_pose(hm_pose *pose, float face, float x, float z)
{
    float c = hm_cosf(face), s = hm_sinf(face);
    const hm_frame by = {{c, 0, -s}, {0, 1, 0}, {s, 0, c}, {x, 0, z}};
    for (int b = 0; b < HM_BONE_COUNT; b++) {
        hm_frame *f = &pose->bone[b];
        *f = (hm_frame){hm_frame_turn(&by, f->x), hm_frame_turn(&by, f->y),
                        hm_frame_turn(&by, f->z), hm_frame_point(&by, f->o)};
    }
    pose->com_m = hm_frame_point(&by, pose->com_m);
    for (int side = 0; side < 2; side++)
        pose->ball_m[side] = hm_frame_point(&by, pose->ball_m[side]);
}

static int32_t contact_at(const struct hm_errands_data *d, int side, double t_s)
{
    int32_t lo = 0, hi = d->n_contact[side] - 1;
    while (lo < hi) {
        int32_t mid = (lo + hi + 1) / 2;
        /* in the air between two: the one before */
        if (d->contact[side][mid].on_s <= t_s)
            lo = mid;
        else
            hi = mid - 1;
    }
    return lo;
}

/* The place of a foot in his own directions. */
static hm_vec3 own_place(const errand_way *w, float x, float y, float z)
{
    float c = hm_cosf(w->face), s = hm_sinf(w->face), dx = x - w->x, dz = z - w->z;
    return hm_v3(dx * c - dz * s, y, dx * s + dz * c);
}

/* A foot that stands on its heel: where its ball is. */
static hm_vec3 on_heel(const body_rig *rig, hm_vec3 ball, float pitch, float yaw)
{
    if (pitch >= 0)
        return ball;
    float s = hm_sinf(pitch), c = hm_cosf(pitch), dz = rig->heel_m, dy = rig->ball_y;
    float up = dy * c - dz * s - dy, on = dy * s + dz * c - dz;
    return hm_v3_add(ball, hm_v3(on * hm_sinf(yaw), up, on * hm_cosf(yaw)));
}

/* How long a step it was, in strides: shuffles have no heel strike. */
static float striding(const errand_contact *a, const errand_contact *b)
{
    float dx = b->x - a->x, dz = b->z - a->z;
    return body_ramp(sqrt((double)(dx * dx + dz * dz)), .25, .9);
}

static void stance(const struct hm_errands_data *d, int side, int32_t i, double t_s, float *pitch)
{
    const errand_contact *c = &d->contact[side][i];
    float in = i > 0 ? striding(c - 1, c) : 0;
    float out = i + 1 < d->n_contact[side] ? striding(c, c + 1) : 0;
    double lasts = c->off_s - c->on_s, roll = fmin(.16, .3 * lasts), rise = fmin(.30, .48 * lasts);
    *pitch = -.34f * in * (1 - body_ramp(t_s, c->on_s, c->on_s + roll));
    float up = body_ramp(t_s, c->off_s - rise, c->off_s + .3 * rise);
    *pitch += (.25f + .75f * out) * 1.05f * up * up;
}

static void swing(const struct hm_errands_data *d, int side, int32_t i, double t_s,
                  const errand_way *w, body_leg *leg)
{
    const errand_contact *a = &d->contact[side][i], *b = a + 1;
    float h = (float)d->p->rig.s.stature_m, far = striding(a, b);
    float u = (float)((t_s - a->off_s) / (b->on_s - a->off_s));
    float run = body_ramp((double)w->speed, 1.9, 3.2), k = u * u * (3 - 2 * u);
    float out = .74f; /* of the lift that stance ends with, see above */
    leg->ball = own_place(w, a->x + k * (b->x - a->x), d->p->rig.ball_y, a->z + k * (b->z - a->z));
    leg->ball.y += h * 4 * u * (1 - u) * (.020f + .035f * far * (1 - .5f * u) + .10f * run);
    float from = (.25f + .75f * far) * 1.05f * out * out, to = -.34f * far;
    float mid = .55f * far + .9f * run;
    leg->pitch = from * (1 - body_ramp((double)u, .15, .8)) + to * body_ramp((double)u, .55, 1) +
                 mid * 4 * u * (1 - u) * (1 - u);
    leg->yaw = a->yaw + k * (b->yaw - a->yaw) - w->face;
    leg->toe = leg->pitch > 0 ? .55f * leg->pitch : leg->pitch;
    leg->give_heel = false;
}

static void feet(const struct hm_errands_data *d, double t_s, const errand_way *w, body_goal *g,
                 bool on_ground[2])
{
    for (int side = 0; side < 2; side++) {
        int32_t i = contact_at(d, side, t_s);
        const errand_contact *c = &d->contact[side][i];
        body_leg *leg = &g->c.leg[side];
        *leg = (body_leg){.planted = true, .knee_out = .05f, .give_heel = true};
        on_ground[side] = t_s < c->off_s || i + 1 >= d->n_contact[side];
        if (!on_ground[side]) {
            swing(d, side, i, t_s, w, leg);
            continue;
        }
        leg->yaw = c->yaw - w->face;
        leg->ball = own_place(w, c->x, d->p->rig.ball_y, c->z);
        stance(d, side, i, t_s, &leg->pitch);
        leg->ball = on_heel(&d->p->rig, leg->ball, leg->pitch, leg->yaw);
    }
}

/* The last step that was begun: how far through it he is, which foot swings. */
static float beat_at(const struct hm_errands_data *d, double t_s, int *side)
{
    int32_t lo = 0, hi = d->n_beat - 1;
    *side = 0;
    if (d->n_beat == 0 || t_s < d->beat[0].at_s)
        return 1;
    while (lo < hi) {
        int32_t mid = (lo + hi + 1) / 2;
        if (d->beat[mid].at_s <= t_s)
            lo = mid;
        else
            hi = mid - 1;
    }
    *side = d->beat[lo].side;
    float u = (float)((t_s - d->beat[lo].at_s) / d->beat[lo].for_s);
    return u < 1 ? u : 1;
}

static void walk_arm(const plan *p, int side, float ahead, float walk, float run, body_arm *a)
{
    float deg = (float)(HM_PI / 180), h0 = p->habit[side];
    float fwd = ahead > 0 ? ahead : 0;
    const body_arm to = {.flex = (2 + (17 + 14 * run + 3 * h0) * ahead) * deg,
                         .abd = (10 + 2 * h0 + 4 * run) * deg,
                         .twist = (10 + 10 * fwd) * deg,
                         .elbow = (14 + 12 * fwd + 58 * run) * deg,
                         .prone = 22 * deg,
                         .curl = (34 + 16 * run) * deg,
                         .thumb = .4f,
                         .up = 2 * run * deg};
    body_arm_mix(a, &to, walk);
}

/* Pelvis and arms over one step. */
static void carry(const struct hm_errands_data *d, double t_s, const errand_way *w, body_goal *g)
{
    int side;
    float u = beat_at(d, t_s, &side), deg = (float)(HM_PI / 180);
    float h = (float)d->p->rig.s.stature_m, walk = errand_walking(w->speed / 1.1f);
    float run = body_ramp((double)w->speed, 1.9, 3.0), sx = side == 0 ? 1.0f : -1.0f;
    float ahead = -hm_cosf((float)HM_PI * fminf(u / .92f, 1)); /* the swinging leg, -1 .. 1 */
    float left = sx * ahead, over = hm_sinf((float)HM_PI * u);
    float high = hm_cosf((float)HM_TAU * (u - .46f));
    g->root_x = g->root_x * (1 - walk) - sx * .016f * h * over * walk;
    g->root_z = .004f * h * walk;
    g->root_y -= h * walk * (.016f + .020f * run);
    g->root_y += h * walk * high * (.0095f * (1 - run) - .016f * run);
    body_control *c = &g->c;
    c->pelvis_yaw = c->pelvis_yaw * (1 - walk) - 6 * left * walk * deg;
    c->chest_yaw = c->chest_yaw * (1 - walk) + 5 * left * walk * deg;
    c->pelvis_roll = c->pelvis_roll * (1 - walk) - sx * 3.0f * over * walk * deg;
    c->chest_roll = c->chest_roll * (1 - walk) + sx * 1.2f * over * walk * deg;
    c->chest_pitch += (2 + 5 * run) * walk * deg;
    c->pelvis_pitch += (1 + 3 * run) * walk * deg;
    c->head_pitch += 3 * walk * deg;
    c->head_yaw = c->head_yaw * (1 - .6f * walk) + fminf(fmaxf(.35f * w->turn, -.6f), .6f);
    for (int i = 0; i < 2; i++)
        walk_arm(d->p, i, i == 0 ? -left : left, walk, run, &c->arm[i]);
}

static void walk_pose(const struct hm_errands_data *d, double t_s, hm_pose *pose)
{
    body_goal g;
    body_solution s;
    bool on_ground[2];
    errand_way w = errand_way_at(d, t_s);
    /* the calm of standing, not the clock of the start; from -15 s on that begins */
    body_stand_control(d->p, t_s < -15 ? t_s : t_s - 300, &g);
    g.root_z = 0;
    carry(d, t_s, &w, &g);
    feet(d, t_s, &w, &g, on_ground);
    for (int32_t i = 0; i < d->n_span; i++) {
        const errand_span *e = &d->span[i];
        if (e->e.act == HM_ACT_NONE || t_s < e->begin_s || t_s > e->end_s)
            continue;
        double fade = fmin(.6, .3 * (e->end_s - e->begin_s));
        float u = body_ramp(t_s, e->begin_s, e->begin_s + fade) *
                  (1 - body_ramp(t_s, e->end_s - fade, e->end_s));
        /* the same again goes on */
        if (i > 0 && (e - 1)->e.act == e->e.act && t_s < e->begin_s + fade)
            u = 1;
        if (i + 1 < d->n_span && (e + 1)->e.act == e->e.act && t_s > e->end_s - fade)
            u = 1;
        errand_act(d, e, t_s, u, &w, &g);
    }
    body_solve(d->p, &g, &s);
    body_pose_finish(&d->p->rig, &g.c, &s.up, s.root, s.leg, pose);
    pose->com_m = s.com;
    turn_pose(pose, w.face, w.x, w.z);
    for (int side = 0; side < 2; side++)
        pose->on_ground[side] = on_ground[side] && g.c.leg[side].ball.y < d->p->rig.ball_y + .05f;
    pose->torso_front_m = (double)pose->com_m.z;
}

void hm_pose_mix(hm_pose *a, const hm_pose *b, float k)
{
    for (int i = 0; i < HM_BONE_COUNT; i++) {
        hm_frame *f = &a->bone[i];
        const hm_frame *t = &b->bone[i];
        hm_vec3 x = hm_v3_unit(hm_v3_mix(f->x, t->x, k)), y = hm_v3_mix(f->y, t->y, k);
        y = hm_v3_unit(hm_v3_mad(y, -hm_v3_dot(x, y), x));
        *f = (hm_frame){x, y, hm_v3_cross(x, y), hm_v3_mix(f->o, t->o, k)};
    }
    a->com_m = hm_v3_mix(a->com_m, b->com_m, k);
    for (int side = 0; side < 2; side++)
        a->ball_m[side] = hm_v3_mix(a->ball_m[side], b->ball_m[side], k);
}

void hm_errands_pose(const hm_errands *errands, double t_s, hm_pose *pose)
{
    const struct hm_errands_data *d = errands->data;
    const errand_stride *s = errand_stride_at(d, t_s);
    if (!s) {
        walk_pose(d, t_s, pose);
        return;
    }
    hm_gait_pose(&s->gait, errand_stride_clock(t_s - s->from_s), pose);
    for (int b = 0; b < HM_BONE_COUNT; b++)
        pose->bone[b].o.z += (float)s->z0_m;
    pose->com_m.z += (float)s->z0_m;
    for (int side = 0; side < 2; side++)
        pose->ball_m[side].z += (float)s->z0_m;
    double k = fmin(t_s - s->from_s, s->to_s - t_s) / MIX_S;
    if (k < 1) {
        hm_pose other;
        walk_pose(d, t_s, &other);
        hm_pose_mix(pose, &other, 1 - body_ramp(k, 0, 1));
    }
}
