/* elastic_body.c - rubber: what the skin of a child's body does in a stride. */
#include "elastic_priv.h"

#include <math.h>

#include "num/dmath.h"

/* ---- the beat ---- */

elastic_beat elastic_beat_at(const hm_lane *lane, double t_s)
{
    elastic_beat b = {0};
    int32_t k = -1; /* the last step begun */
    for (int32_t lo = 0, hi = lane->n_step; lo < hi;) {
        int32_t mid = (lo + hi) / 2;
        if (lane->step[mid].on_s <= t_s)
            k = mid, lo = mid + 1;
        else
            hi = mid;
    }
    if (k < 0 || k + 1 >= lane->n_step)
        return b;
    const hm_step *s = &lane->step[k], *next = &lane->step[k + 1];
    double v_mps = hm_curve_v_mps(&lane->curve, t_s);
    b.speed_frac = lane->top_speed_mps > 0 ? fmin(v_mps / lane->top_speed_mps, 1) : 0;
    b.on_ground = t_s < s->off_s;
    b.side_x_m = hm_lane_centre_m(lane->lane) + s->side_m;
    b.z_m = s->x_m;
    double on_s = s->off_s - s->on_s, fly_s = next->on_s - s->off_s;
    if (b.on_ground)
        b.stretch = -hm_sin(HM_PI * (t_s - s->on_s) / on_s);
    else if (fly_s > 0)
        b.stretch = hm_sin(HM_PI * (t_s - s->off_s) / fly_s);
    double u = (t_s - s->on_s) / (next->on_s - s->on_s);
    b.stride_rad = HM_PI * (u + (s->foot == HM_FOOT_LEFT ? 0 : 1));
    return b;
}

/* ---- larger parts ---- */

/* A part of the body about a point of it. */
typedef struct swelling {
    uint8_t bone[4];
    int n_bone;
    float more;   /* size - 1 */
    hm_vec3 at_m; /* world */
} swelling;

enum { N_SWELLING = 5 };

static void list_swellings(const elastic_opts *o, const look_body *b, swelling s[N_SWELLING])
{
    const hm_shape *shape = &b->player->shape;
    s[0] = (swelling){{HM_BONE_HEAD, HM_BONE_TAIL},
                      2,
                      (float)o->head_frac,
                      hm_frame_point(&b->pose->bone[HM_BONE_HEAD], shape->joint_m[HM_BONE_HEAD])};
    for (int side = 0; side < 2; side++) {
        int hand = hm_bone_of(side, HM_SIDE_HAND), toe = hm_bone_of(side, HM_SIDE_TOE);
        hm_vec3 ball = shape->joint_m[toe];
        ball.y = 0; /* soles stay where they stand */
        s[1 + side] = (swelling){{(uint8_t)hand, (uint8_t)hm_bone_of(side, HM_SIDE_FINGERS),
                                  (uint8_t)hm_bone_of(side, HM_SIDE_TIPS),
                                  (uint8_t)hm_bone_of(side, HM_SIDE_THUMB)},
                                 4,
                                 (float)o->hand_frac,
                                 hm_frame_point(&b->pose->bone[hand], shape->joint_m[hand])};
        s[3 + side] = (swelling){{(uint8_t)hm_bone_of(side, HM_SIDE_FOOT), (uint8_t)toe},
                                 2,
                                 (float)o->foot_frac,
                                 hm_frame_point(&b->pose->bone[toe], ball)};
    }
}

/* By bone: which swelling takes it, -1 = none. */
static void map_bones(const swelling s[N_SWELLING], int8_t of_bone[HM_BONE_COUNT])
{
    for (int b = 0; b < HM_BONE_COUNT; b++)
        of_bone[b] = -1;
    for (int i = 0; i < N_SWELLING; i++)
        for (int k = 0; k < s[i].n_bone; k++)
            of_bone[s[i].bone[k]] = (int8_t)i;
}

static void swell(const swelling s[N_SWELLING], const hm_mesh *mesh, hm_vec3 pos_m[])
{
    int8_t of_bone[HM_BONE_COUNT];
    map_bones(s, of_bone);
    for (int32_t v = 0; v < mesh->n_vert; v++) {
        hm_vec3 p = pos_m[v], move = {0, 0, 0};
        for (int k = 0; k < 4; k++) {
            int i = of_bone[mesh->bone[v][k]];
            if (i < 0 || !mesh->weight[v][k])
                continue;
            float w = (float)mesh->weight[v][k] * (1.0f / 255.0f);
            move = hm_v3_mad(move, w * s[i].more, hm_v3_sub(p, s[i].at_m));
        }
        pos_m[v] = hm_v3_add(p, move);
    }
}

/* ---- faces that stretch, soles that come off ---- */

/* How tall a face is drawn: panic stretches it, joy makes it broad. */
static float tall_of(const hm_mien *m, float k)
{
    float wide_eyed = (m->lid_up - 1) * 2.5f, down = -1.5f * m->corner;
    wide_eyed = wide_eyed < 0 ? 0 : wide_eyed > 1 ? 1 : wide_eyed;
    down = down < 0 ? 0 : down > 1 ? 1 : down;
    float joy = m->corner > 0 ? m->corner * m->mouth_open : 0;
    return 1 + k * (0.55f * wide_eyed * down - 0.45f * joy);
}

/* The head along its own axis, its breadth so that its volume stays. */
static void stretch_head(const elastic_opts *o, const look_body *b, const hm_mesh *mesh,
                         hm_vec3 pos_m[])
{
    const hm_frame *head = &b->pose->bone[HM_BONE_HEAD];
    hm_vec3 at = hm_frame_point(head, b->player->shape.joint_m[HM_BONE_HEAD]);
    float tall = tall_of(b->mien, (float)o->face_frac), wide = 1.0f / sqrtf(tall);
    if (fabsf(tall - 1) < 1e-4f)
        return;
    for (int32_t v = 0; v < mesh->n_vert; v++) {
        float w = 0;
        for (int k = 0; k < 4; k++)
            if (mesh->bone[v][k] == HM_BONE_HEAD || mesh->bone[v][k] == HM_BONE_TAIL)
                w += (float)mesh->weight[v][k] * (1.0f / 255.0f);
        if (w <= 0)
            continue;
        hm_vec3 off = hm_v3_sub(pos_m[v], at);
        float up = hm_v3_dot(off, head->y);
        hm_vec3 aside = hm_v3_mad(off, -up, head->y);
        pos_m[v] =
            hm_v3_mad(hm_v3_mad(pos_m[v], w * (tall - 1) * up, head->y), w * (wide - 1), aside);
    }
}

/* How far a loose sole gapes: shut while the foot stands, flung open as it leaves. */
static float gape_of(const hm_lane *lane, int side, double t_s)
{
    double off_s = -1e9, on_s = 1e9;
    for (int32_t k = 0; k < lane->n_step; k++) {
        const hm_step *s = &lane->step[k];
        if ((int)s->foot != side)
            continue;
        if (s->on_s <= t_s && t_s < s->off_s)
            return 0;
        if (s->off_s <= t_s)
            off_s = s->off_s;
        else if (s->on_s < on_s)
            on_s = s->on_s;
    }
    if (off_s < -1e8 || on_s > 1e8)
        return 0;
    double since_s = t_s - off_s;
    double slap = 0.7 + 0.3 * hm_cos(2 * HM_PI * 9 * since_s);
    return (float)(look_ramp(since_s, 0, 0.05) * (1 - look_ramp(t_s, on_s - 0.04, on_s)) * slap);
}

static void open_soles(const look_body *b, double t_s, const hm_mesh *mesh, hm_vec3 pos_m[])
{
    const hm_shape *shape = &b->player->shape;
    for (int side = 0; side < 2; side++) {
        float gape = gape_of(b->player->lane, side, t_s);
        if (gape <= 0)
            continue;
        int toe = hm_bone_of(side, HM_SIDE_TOE), foot = hm_bone_of(side, HM_SIDE_FOOT);
        hm_vec3 heel = shape->heel_m[side], tip = shape->toe_end_m[side];
        hm_vec3 down = hm_v3_mul(b->pose->bone[toe].y, -1);
        float len = tip.z - heel.z, most = 0.42f * len * gape;
        for (int32_t v = 0; v < mesh->n_vert; v++) {
            if (mesh->bone[v][0] != toe && mesh->bone[v][0] != foot)
                continue;
            hm_vec3 r = mesh->rest_m[v];
            float t = (r.z - heel.z) / len,
                  y = (r.y - shape->mark.sole_y_m) / (0.006f * len / 0.26f);
            if (t < 0.5f || y > 1)
                continue;
            float low = y < 0 ? 1 : 1 - y, u = (t - 0.5f) * 2;
            pos_m[v] = hm_v3_mad(pos_m[v], most * low * u * u, down);
        }
    }
}

/* ---- rubber ---- */

/* Squash and stretch of a whole body about a point, and a spine that bends after it. */
typedef struct rubber {
    hm_vec3 at_m;
    float sx, sy, sz;    /* their product is 1: the volume stays */
    float lag_m, sway_m; /* of the crown: backward, to the left */
    float up_m;          /* of everything */
    float inv_stature;
} rubber;

static rubber rubber_of(const elastic_opts *o, const look_body *b, const elastic_beat *beat)
{
    float most = (float)o->stretch_frac, k = (float)beat->stretch;
    float speed = (float)beat->speed_frac;
    rubber r = {.at_m = b->pose->com_m, .sx = 1, .sy = 1, .sz = 1};
    r.inv_stature = 1.0f / (float)b->player->shape.stature_m;
    if (beat->on_ground) { /* pressed down on the foot that stands */
        r.sy = 1.0f + most * k * (0.4f + 0.6f * speed);
        r.sx = r.sz = 1.0f / sqrtf(r.sy);
        r.at_m = hm_v3((float)beat->side_x_m, 0, (float)beat->z_m);
    } else { /* drawn out along the flight */
        r.sz = 1.0f + most * k * speed;
        r.sx = r.sy = 1.0f / sqrtf(r.sz);
        r.up_m = (float)o->bounce_m * k * speed;
    }
    float swing = (float)o->sway_m * speed;
    r.lag_m = swing * (float)(0.6 * hm_cos(2 * beat->stride_rad) - 0.2);
    r.sway_m = swing * (float)hm_sin(beat->stride_rad);
    return r;
}

static void bend(const rubber *r, int32_t n, hm_vec3 pos_m[], hm_vec3 nrm[])
{
    float ix = 1.0f / r->sx, iy = 1.0f / r->sy, iz = 1.0f / r->sz;
    for (int32_t v = 0; v < n; v++) {
        hm_vec3 p = pos_m[v];
        float up = p.y > 0 ? p.y * r->inv_stature : 0;
        float far = up * up;
        p.x = r->at_m.x + (p.x - r->at_m.x) * r->sx + far * r->sway_m;
        p.z = r->at_m.z + (p.z - r->at_m.z) * r->sz - far * r->lag_m;
        p.y = r->at_m.y + (p.y - r->at_m.y) * r->sy + r->up_m;
        pos_m[v] = p;
        nrm[v] = hm_v3_unit(hm_v3(nrm[v].x * ix, nrm[v].y * iy, nrm[v].z * iz));
    }
}

void elastic_skin(const look_drawing *d, const look_body *body, const hm_mesh *mesh,
                  hm_vec3 pos_m[], hm_vec3 nrm[])
{
    const elastic_opts *o = d->film->own;
    swelling s[N_SWELLING];
    list_swellings(o, body, s);
    swell(s, mesh, pos_m);
    stretch_head(o, body, mesh, pos_m);
    if (body->player->costume.torn)
        open_soles(body, d->moment->race_t_s, mesh, pos_m);
    elastic_beat beat = elastic_beat_at(body->player->lane, d->moment->race_t_s);
    rubber r = rubber_of(o, body, &beat);
    bend(&r, mesh->n_vert, pos_m, nrm);
}
