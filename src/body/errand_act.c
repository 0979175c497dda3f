/* errand_act.c - what is done while standing or walking, as changes to a body that stands. Angles
 * and times are own choice. */
#include "errand_priv.h"

#include "num/dmath.h"

static const float DEG = (float)(HM_PI / 180);

#define LEG_S     1.5  /* one leg shaken out */
#define HOP_S     0.56 /* from hop to hop */
#define HOP_AIR_S 0.34
#define G_MPS2    9.81

/** What acts work on. */
typedef struct act_ask {
    const plan *p;
    const errand_span *s;
    const errand_way *way;
    double t_s, since_s, u_frac; /* of the act */
    float u, h;                  /* how much of it; stature */
    body_goal *g;
} act_ask;

typedef void act_fn(const act_ask *q);

static void put_hand(const act_ask *q, int side, hm_vec3 at, hm_vec3 elbow_to, float u)
{
    body_arm to = q->g->c.arm[side];
    to.reach = 1;
    to.hand = at;
    to.elbow_to = elbow_to;
    to.wrist *= .5f;
    body_arm_mix(&q->g->c.arm[side], &to, u);
}

static void shake_arms(const act_ask *q)
{
    for (int side = 0; side < 2; side++) {
        body_arm to;
        body_loose_arm(q->p, side, q->t_s, 1, 0, &to);
        body_arm_mix(&q->g->c.arm[side], &to, q->u);
    }
}

static void shake_legs(const act_ask *q)
{
    double at = q->since_s / LEG_S, in = at - (double)(int64_t)at;
    int side = (int)((int64_t)at % 2);
    float lift = q->u * body_ramp(in, 0, .25) * (1 - body_ramp(in, .72, .98));
    float sx = side == 0 ? 1.0f : -1.0f, beat = (float)hm_sin(31 * q->t_s);
    body_leg *l = &q->g->c.leg[side];
    l->ball.y += q->h * lift * (.085f + .010f * beat);
    l->ball.z += q->h * lift * .050f;
    l->pitch += lift * (.55f + .30f * beat);
    l->toe = l->pitch * .6f;
    l->knee_out += .12f * lift;
    l->give_heel = false;
    q->g->root_x -= sx * .046f * q->h * lift;
    q->g->root_y -= .006f * q->h * lift;
    q->g->c.pelvis_roll += sx * 3 * lift * DEG;
    q->g->c.chest_roll -= sx * 4 * lift * DEG;
    for (int i = 0; i < 2; i++)
        q->g->c.arm[i].abd += 9 * lift * DEG;
}

static void hop(const act_ask *q)
{
    double at = q->since_s / HOP_S, in = (at - (double)(int64_t)at) * HOP_S;
    double air = in - (HOP_S - HOP_AIR_S);
    float up = air > 0 ? (float)(.5 * G_MPS2 * air * (HOP_AIR_S - air)) : 0;
    float dip = air > 0 ? 0 : (float)hm_sin(HM_PI * in / (HOP_S - HOP_AIR_S));
    float off = air > 0 ? (float)hm_sin(HM_PI * air / HOP_AIR_S) : 0;
    q->g->root_y += q->u * (up + .010f * q->h * off - .030f * q->h * dip);
    for (int side = 0; side < 2; side++) {
        body_leg *l = &q->g->c.leg[side];
        l->ball.y += q->u * up;
        l->pitch += q->u * (.85f * off + .22f + .10f * dip);
        l->toe = q->u * .6f * off;
        q->g->c.arm[side].elbow += q->u * (20 + 10 * dip) * DEG;
        q->g->c.arm[side].up += q->u * 4 * off * DEG;
    }
}

static void reach_up(const act_ask *q)
{
    float high = q->u * body_ramp(q->u_frac, .1, .4) * (1 - body_ramp(q->u_frac, .7, .95));
    for (int side = 0; side < 2; side++) {
        const body_arm to = {.flex = 158 * DEG,
                             .abd = 16 * DEG,
                             .twist = -20 * DEG,
                             .elbow = 16 * DEG,
                             .up = 26 * DEG,
                             .curl = 10 * DEG};
        body_arm_mix(&q->g->c.arm[side], &to, high);
        q->g->c.leg[side].pitch += .42f * high;
    }
    q->g->root_y += .036f * q->h * high;
    q->g->c.chest_pitch -= 5 * high * DEG;
    q->g->c.head_pitch -= 14 * high * DEG;
}

static void pockets(const act_ask *q)
{
    for (int side = 0; side < 2; side++) {
        float sx = side == 0 ? 1.0f : -1.0f;
        body_arm *a = &q->g->c.arm[side];
        put_hand(q, side, hm_v3(sx * .085f * q->h, .030f * q->h, .085f * q->h),
                 hm_v3(sx * .8f, -.1f, -.75f), q->u);
        a->on_body = a->reach > 0;
        a->up += 6 * q->u * DEG;
        a->curl += 20 * q->u * DEG;
    }
    q->g->c.head_pitch += 7 * q->u * DEG;
    q->g->c.chest_pitch += 3 * q->u * DEG;
}

float hm_undress_frac(double u_frac)
{
    return body_ramp(u_frac, .30, .92);
}

/* Opened from the collar down, shrugged off, drawn down behind, dropped with a swing. */
static void undress(const act_ask *q)
{
    float zip = q->u * (1 - body_ramp(q->u_frac, .26, .38));
    float shrug = q->u * body_ramp(q->u_frac, .28, .42) * (1 - body_ramp(q->u_frac, .58, .72));
    float down = q->u * body_ramp(q->u_frac, .50, .66) * (1 - body_ramp(q->u_frac, .88, 1));
    float y = .80f - .20f * body_ramp(q->u_frac, .04, .26);
    for (int side = 0; side < 2; side++) {
        float sx = side == 0 ? 1.0f : -1.0f;
        float tug = (float)hm_sin(17 * q->t_s + 2.5 * side);
        put_hand(q, side, hm_v3(sx * .022f * q->h, (y + .02f * sx) * q->h, .105f * q->h),
                 hm_v3(sx * .8f, -.4f, -.1f), zip);
        const body_arm off = {.flex = -30 * DEG,
                              .abd = 34 * DEG,
                              .twist = 24 * DEG,
                              .elbow = 52 * DEG,
                              .up = 9 * DEG,
                              .fore = -10 * DEG};
        const body_arm back = {.flex = (-46 + 5 * tug) * DEG,
                               .abd = 12 * DEG,
                               .twist = -12 * DEG,
                               .elbow = (14 + 8 * tug) * DEG,
                               .fore = -12 * DEG,
                               .curl = 60 * DEG};
        body_arm_mix(&q->g->c.arm[side], &off, shrug);
        body_arm_mix(&q->g->c.arm[side], &back, down);
    }
    float turn = (float)hm_sin(5.5 * q->t_s) * (shrug + .6f * down);
    q->g->c.chest_yaw += 9 * turn * DEG;
    q->g->c.chest_pitch += (4 * zip - 5 * shrug + 7 * down) * DEG;
    q->g->c.head_pitch += (16 * zip - 6 * shrug) * DEG;
}

static void knees(const act_ask *q)
{
    float breath = (float)hm_sin(4.2 * q->t_s + (double)q->p->habit[5]);
    body_control *c = &q->g->c;
    c->pelvis_pitch += 34 * q->u * DEG;
    c->chest_pitch += (50 + 2.5f * breath) * q->u * DEG;
    c->head_pitch += (26 - 3 * breath) * q->u * DEG;
    q->g->root_z -= .060f * q->h * q->u;
    q->g->root_y -= .045f * q->h * q->u;
    for (int side = 0; side < 2; side++) {
        float sx = side == 0 ? 1.0f : -1.0f;
        put_hand(q, side, hm_v3(sx * .072f * q->h, .322f * q->h, .066f * q->h),
                 hm_v3(sx * .9f, 0, -.5f), q->u);
        c->leg[side].knee_out += .10f * q->u;
    }
}

static void hips(const act_ask *q)
{
    body_rest_arms(q->p, 0, q->t_s, q->u, q->g);
}

static void arms_up(const act_ask *q)
{
    body_rest_arms(q->p, 2, q->t_s, q->u, q->g);
    q->g->c.head_pitch -= 12 * q->u * DEG;
}

static void behind_head(const act_ask *q)
{
    for (int side = 0; side < 2; side++) {
        const body_arm to = {.flex = 62 * DEG,
                             .abd = 96 * DEG,
                             .twist = -58 * DEG,
                             .elbow = 128 * DEG,
                             .up = 20 * DEG,
                             .curl = 30 * DEG};
        body_arm_mix(&q->g->c.arm[side], &to, q->u);
    }
    q->g->c.chest_pitch -= 4 * q->u * DEG;
    q->g->c.head_pitch -= 6 * q->u * DEG;
}

static void sky(const act_ask *q)
{
    q->g->c.head_pitch -= 36 * q->u * DEG;
    q->g->c.chest_pitch -= 6 * q->u * DEG;
    q->g->c.head_yaw *= 1 - .8f * q->u;
}

static void shake_hand(const act_ask *q)
{
    const hm_errand *e = &q->s->e;
    float c = hm_cosf(q->way->face), s = hm_sinf(q->way->face);
    float dx = (float)e->hand_m[0] - q->way->x, dz = (float)e->hand_m[2] - q->way->z;
    float pump = (float)hm_sin(15 * q->since_s) * .018f * q->h * body_ramp(q->u_frac, .25, .4) *
                 (1 - body_ramp(q->u_frac, .65, .8));
    hm_vec3 at = hm_v3(dx * c - dz * s, (float)e->hand_m[1] + pump, dx * s + dz * c);
    put_hand(q, 1, at, hm_v3(-.5f, -.8f, -.3f), q->u);
    q->g->c.arm[1].curl = 28 * DEG;
    q->g->c.chest_yaw += 8 * q->u * DEG;
    q->g->c.chest_pitch += 5 * q->u * DEG;
}

static void fold(const act_ask *q)
{
    q->g->c.head_pitch += 30 * q->u * DEG;
    q->g->c.chest_pitch += 9 * q->u * DEG;
    put_hand(q, 1, hm_v3(-.012f * q->h, .868f * q->h, .125f * q->h), hm_v3(-.8f, -.6f, .2f), q->u);
}

static act_fn *const act_of[HM_ACT_COUNT] = {[HM_ACT_SHAKE_ARMS] = shake_arms,
                                             [HM_ACT_SHAKE_LEGS] = shake_legs,
                                             [HM_ACT_HOP] = hop,
                                             [HM_ACT_REACH] = reach_up,
                                             [HM_ACT_POCKETS] = pockets,
                                             [HM_ACT_UNDRESS] = undress,
                                             [HM_ACT_KNEES] = knees,
                                             [HM_ACT_HIPS] = hips,
                                             [HM_ACT_ARMS_UP] = arms_up,
                                             [HM_ACT_HEAD] = behind_head,
                                             [HM_ACT_SKY] = sky,
                                             [HM_ACT_SHAKE_HAND] = shake_hand,
                                             [HM_ACT_FOLD] = fold};

void errand_act(const struct hm_errands_data *d, const errand_span *s, double t_s, float u,
                const errand_way *way, body_goal *g)
{
    double lasts = s->end_s - s->begin_s;
    const act_ask q = {.p = d->p,
                       .s = s,
                       .way = way,
                       .t_s = t_s,
                       .since_s = t_s - s->begin_s,
                       .u_frac = lasts > 0 ? (t_s - s->begin_s) / lasts : 1,
                       .u = u,
                       .h = (float)d->p->rig.s.stature_m,
                       .g = g};
    act_of[s->e.act](&q);
}
