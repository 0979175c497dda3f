#include "parts_priv.h"

#include <math.h>

static const char *const words[ROTO_PART_COUNT] = {
    "head",      "chest",   "hips",    "upper_arm_l", "forearm_l",
    "hand_l",    "thigh_l", "shank_l", "foot_l",      "upper_arm_r",
    "forearm_r", "hand_r",  "thigh_r", "shank_r",     "foot_r"};

const char *roto_part_word(int part)
{
    return part >= 0 && part < ROTO_PART_COUNT ? words[part] : NULL;
}

static roto_xy mix(roto_xy a, roto_xy b, float k)
{
    return (roto_xy){a.x + k * (b.x - a.x), a.y + k * (b.y - a.y)};
}

static float dist(roto_xy a, roto_xy b)
{
    float dx = b.x - a.x, dy = b.y - a.y;
    return sqrtf(dx * dx + dy * dy);
}

/* Length of the trunk were it seen square on: foreshortened ones are told by the legs. Shares of
 * stature: trunk 0.29, leg 0.49 (Drillis and Contini, recalled). */
static float trunk_of(const roto_xy *p, const roto_body *was)
{
    roto_xy sh = mix(p[HM_POINT_SHOULDER_L], p[HM_POINT_SHOULDER_R], 0.5f);
    roto_xy hip = mix(p[HM_POINT_HIP_L], p[HM_POINT_HIP_R], 0.5f);
    float leg_l =
        dist(p[HM_POINT_HIP_L], p[HM_POINT_KNEE_L]) + dist(p[HM_POINT_KNEE_L], p[HM_POINT_ANKLE_L]);
    float leg_r =
        dist(p[HM_POINT_HIP_R], p[HM_POINT_KNEE_R]) + dist(p[HM_POINT_KNEE_R], p[HM_POINT_ANKLE_R]);
    float now = dist(sh, hip), leg = 0.55f * (leg_l > leg_r ? leg_l : leg_r);
    now = now > leg ? now : leg;
    now = now > 4 ? now : 4;
    return was ? was->trunk_px + 0.25f * (now - was->trunk_px) : now;
}

/* -1 .. 1: faces left or right of the picture, body upright; near 0: toward the eye or away. */
static float facing_of(const roto_xy *p, float trunk_px)
{
    roto_xy sh = mix(p[HM_POINT_SHOULDER_L], p[HM_POINT_SHOULDER_R], 0.5f);
    roto_xy hip = mix(p[HM_POINT_HIP_L], p[HM_POINT_HIP_R], 0.5f);
    roto_xy ear = mix(p[HM_POINT_EAR_L], p[HM_POINT_EAR_R], 0.5f);
    float ux = sh.x - hip.x, uy = sh.y - hip.y, len = sqrtf(ux * ux + uy * uy) + 1e-6f;
    float rx = -uy / len, ry = ux / len, sum = 0;
    for (int k = 0; k < 2; k++) {
        roto_xy heel = p[HM_POINT_HEEL_L + k], toe = p[HM_POINT_TOE_L + k];
        sum += (toe.x - heel.x) * rx + (toe.y - heel.y) * ry;
    }
    sum += 2 * ((p[HM_POINT_NOSE].x - ear.x) * rx + (p[HM_POINT_NOSE].y - ear.y) * ry);
    return roto_clamp(sum / (0.9f * trunk_px), -1, 1);
}

static void bone(roto_body *b, int part, roto_xy from, roto_xy to, float half_a, float half_b,
                 float depth)
{
    b->bone[part] = (roto_bone){from, to, half_a * b->trunk_px, half_b * b->trunk_px, depth};
}

static void limbs(roto_body *b, int side, float near)
{
    const roto_xy *p = b->point;
    int first = side ? ROTO_UPPER_ARM_R : ROTO_UPPER_ARM_L;
    roto_xy shoulder = p[HM_POINT_SHOULDER_L + side], elbow = p[HM_POINT_ELBOW_L + side];
    roto_xy wrist = p[HM_POINT_WRIST_L + side], hip = p[HM_POINT_HIP_L + side];
    roto_xy knee = p[HM_POINT_KNEE_L + side], ankle = p[HM_POINT_ANKLE_L + side];
    roto_xy heel = p[HM_POINT_HEEL_L + side], toe = p[HM_POINT_TOE_L + side];
    roto_xy knuckles =
        mix(p[HM_POINT_INDEX_FINGER_L + side], p[HM_POINT_LITTLE_FINGER_L + side], 0.5f);
    /* near 1 .. -1 far; seen from the front both arms are before the trunk */
    float arm = near > 0 ? 1 + near : 1 + 3 * near, leg = near > 0 ? 0.2f * near : near;
    bone(b, first, shoulder, elbow, 0.14f, 0.10f, arm);
    bone(b, first + 1, elbow, wrist, 0.10f, 0.065f, arm + 0.1f);
    bone(b, first + 2, wrist, mix(wrist, knuckles, 1.7f), 0.07f, 0.075f, arm + 0.2f);
    bone(b, first + 3, hip, knee, 0.20f, 0.13f, leg);
    bone(b, first + 4, knee, ankle, 0.13f, 0.075f, leg + 0.05f);
    roto_xy back = mix(heel, ankle, 0.25f);
    bone(b, first + 5, back, mix(back, toe, 1.12f), 0.085f, 0.075f, leg + 0.1f);
}

void roto_body_bones(roto_body *b, const roto_body *was)
{
    const roto_xy *p = b->point;
    b->trunk_px = trunk_of(p, was);
    float facing = facing_of(p, b->trunk_px);
    if (was)
        facing = was->facing + 0.3f * (facing - was->facing);
    b->facing = facing;
    float side = roto_clamp((fabsf(facing) - 0.2f) / 0.3f, 0, 1), right = facing > 0 ? side : -side;
    roto_xy sh = mix(p[HM_POINT_SHOULDER_L], p[HM_POINT_SHOULDER_R], 0.5f);
    roto_xy hip = mix(p[HM_POINT_HIP_L], p[HM_POINT_HIP_R], 0.5f);
    roto_xy ear = mix(p[HM_POINT_EAR_L], p[HM_POINT_EAR_R], 0.5f);
    float wide_sh = 0.5f * dist(p[HM_POINT_SHOULDER_L], p[HM_POINT_SHOULDER_R]) / b->trunk_px;
    float wide_hip = 0.5f * dist(p[HM_POINT_HIP_L], p[HM_POINT_HIP_R]) / b->trunk_px;
    wide_sh = wide_sh + 0.06f > 0.24f ? wide_sh + 0.06f : 0.24f;
    wide_hip = wide_hip + 0.10f > 0.22f ? wide_hip + 0.10f : 0.22f;
    bone(b, ROTO_HEAD, mix(sh, ear, 0.45f), mix(sh, ear, 1.35f), 0.16f, 0.19f, 0.5f);
    bone(b, ROTO_CHEST, mix(sh, hip, 0.05f), mix(sh, hip, 0.65f), wide_sh,
         0.5f * (wide_sh + wide_hip), 0);
    bone(b, ROTO_HIPS, mix(sh, hip, 0.8f), mix(sh, hip, 1.05f), wide_hip, wide_hip, 0.05f);
    limbs(b, 0, -right);
    limbs(b, 1, right);
}

roto_grid roto_body_grid(const roto_body *b)
{
    float x0 = INFINITY, y0 = INFINITY, x1 = -INFINITY, y1 = -INFINITY;
    for (int k = 0; k < ROTO_PART_COUNT; k++) {
        const roto_bone *o = &b->bone[k];
        x0 = fminf(x0, fminf(o->a.x, o->b.x)), x1 = fmaxf(x1, fmaxf(o->a.x, o->b.x));
        y0 = fminf(y0, fminf(o->a.y, o->b.y)), y1 = fmaxf(y1, fmaxf(o->a.y, o->b.y));
    }
    float wide = x1 - x0, high = y1 - y0, room = 0.45f * b->trunk_px;
    float side = (wide > high ? wide : high) + 2 * room;
    float cell = side / ROTO_SIDE;
    cell = cell > 0.35f ? cell : 0.35f;
    return (roto_grid){0.5f * (x0 + x1) - 0.5f * cell * ROTO_SIDE,
                       0.5f * (y0 + y1) - 0.5f * cell * ROTO_SIDE, cell};
}

float roto_bone_distance(const roto_bone *o, roto_xy p)
{
    float ax = o->b.x - o->a.x, ay = o->b.y - o->a.y, px = p.x - o->a.x, py = p.y - o->a.y;
    float len2 = ax * ax + ay * ay + 1e-6f;
    float t = roto_clamp((px * ax + py * ay) / len2, 0, 1);
    float dx = px - t * ax, dy = py - t * ay;
    return sqrtf(dx * dx + dy * dy) - (o->half_a_px + t * (o->half_b_px - o->half_a_px));
}

/* A bone made ready to be measured from many places. */
typedef struct ruler {
    float ax, ay, dx, dy, unit; /* unit: 1 / length squared */
    float half_px, grow_px;     /* half width at its beginning; what it gains to its end */
    float step;                 /* most that the distance changes in a px of way */
    float lead_px;              /* by its depth it counts as so much nearer */
    uint8_t part;
} ruler;

static ruler ruler_of(const roto_bone *o, int part, float layer_px)
{
    ruler r = {.ax = o->a.x, .ay = o->a.y, .dx = o->b.x - o->a.x, .dy = o->b.y - o->a.y};
    float len2 = r.dx * r.dx + r.dy * r.dy + 1e-6f;
    r.unit = 1 / len2;
    r.half_px = o->half_a_px, r.grow_px = o->half_b_px - o->half_a_px;
    r.step = 1 + fabsf(r.grow_px) / sqrtf(len2);
    r.lead_px = layer_px * o->depth;
    r.part = (uint8_t)part;
    return r;
}

static float skin_of(const ruler *r, roto_xy p)
{
    float px = p.x - r->ax, py = p.y - r->ay;
    float t = roto_clamp((px * r->dx + py * r->dy) * r->unit, 0, 1);
    float dx = px - t * r->dx, dy = py - t * r->dy;
    return sqrtf(dx * dx + dy * dy) - (r->half_px + t * r->grow_px);
}

/* By what the nearest part is told: within a hand of the skin all are as near, then depth. */
static float rank(const ruler *r, float skin_px, float inside_px)
{
    float s = skin_px < -inside_px ? -inside_px : skin_px;
    return s - (skin_px < 0 ? r->lead_px : 0);
}

/* Of the bones those that may be the nearest of some place within reach_px of p, by rank or by
 * skin, in order. least_px: no skin is nearer */
static int near_ones(const ruler all[], roto_xy p, float reach_px, float inside_px, ruler some[],
                     float *least_px)
{
    float most = INFINITY, skin_most = INFINITY, lo[ROTO_PART_COUNT], skin_lo[ROTO_PART_COUNT];
    *least_px = INFINITY;
    for (int k = 0; k < ROTO_PART_COUNT; k++) {
        float skin = skin_of(&all[k], p), way = all[k].step * reach_px;
        float hi = skin + way > -inside_px ? skin + way : -inside_px;
        skin_lo[k] = skin - way;
        lo[k] = skin_lo[k] > -inside_px ? skin_lo[k] : -inside_px;
        *least_px = skin_lo[k] < *least_px ? skin_lo[k] : *least_px;
        skin_most = skin + way < skin_most ? skin + way : skin_most;
        hi += all[k].lead_px < 0 ? -all[k].lead_px : 0;
        lo[k] -= all[k].lead_px > 0 ? all[k].lead_px : 0;
        most = hi < most ? hi : most;
    }
    int n = 0;
    for (int k = 0; k < ROTO_PART_COUNT; k++)
        if (lo[k] <= most || skin_lo[k] <= skin_most)
            some[n++] = all[k];
    return n;
}

enum { BLOCK = 8 }; /* cells of a side of the squares that share their near bones */

void roto_parts_label(const roto_body *b, const roto_grid *g, uint8_t part[], float distance_px[],
                      roto_window *win)
{
    float inside = 0.05f * b->trunk_px, layer = 0.05f * b->trunk_px, far = 0.4f * b->trunk_px;
    ruler all[ROTO_PART_COUNT], some[ROTO_PART_COUNT];
    *win = roto_no_window;
    for (int k = 0; k < ROTO_PART_COUNT; k++)
        all[k] = ruler_of(&b->bone[k], k, layer);
    for (int32_t y0 = 0; y0 < ROTO_SIDE; y0 += BLOCK)
        for (int32_t x0 = 0; x0 < ROTO_SIDE; x0 += BLOCK) {
            roto_window block = {x0, y0, x0 + BLOCK, y0 + BLOCK};
            float mid = 0.5f * (BLOCK - 1), least;
            roto_xy c = roto_cell_at(g, (float)x0 + mid, (float)y0 + mid);
            int n = near_ones(all, c, 1.42f * mid * g->cell_px, inside, some, &least);
            ROTO_EACH (i, &block) {
                roto_xy p = roto_cell_at(g, (float)(i % ROTO_SIDE), (float)(i / ROTO_SIDE));
                float best = INFINITY, skin = INFINITY;
                int who = ROTO_NONE;
                for (int k = 0; k < n && least < far; k++) {
                    float d = skin_of(&some[k], p), s = rank(&some[k], d, inside);
                    skin = d < skin ? d : skin;
                    if (s < best)
                        best = s, who = some[k].part;
                }
                part[i] = (uint8_t)(skin < far ? who : ROTO_NONE);
                distance_px[i] = skin;
                if (skin < far)
                    roto_window_add(win, i % ROTO_SIDE, i / ROTO_SIDE);
            }
        }
}

roto_xy roto_carry(const roto_bone *from, const roto_bone *to, roto_xy p)
{
    float ax = from->b.x - from->a.x, ay = from->b.y - from->a.y;
    float bx = to->b.x - to->a.x, by = to->b.y - to->a.y;
    float la = sqrtf(ax * ax + ay * ay), lb = sqrtf(bx * bx + by * by);
    if (la < 1e-3f || lb < 1e-3f)
        return (roto_xy){p.x + to->a.x - from->a.x, p.y + to->a.y - from->a.y};
    ax /= la, ay /= la, bx /= lb, by /= lb;
    float along = (p.x - from->a.x) * ax + (p.y - from->a.y) * ay;
    float across = (p.y - from->a.y) * ax - (p.x - from->a.x) * ay;
    along = along <= 0 ? along : along >= la ? lb + along - la : along * lb / la;
    return (roto_xy){to->a.x + along * bx - across * by, to->a.y + along * by + across * bx};
}

/* 0 trunk and head, 1 2 arms, 3 4 legs */
static int chain(int part)
{
    if (part <= ROTO_HIPS)
        return 0;
    int limb = (part - ROTO_UPPER_ARM_L) / 3; /* arm l, leg l, arm r, leg r */
    return limb == 0 ? 1 : limb == 1 ? 3 : limb == 2 ? 2 : 4;
}

bool roto_parts_apart(int a, int b)
{
    int ca = chain(a), cb = chain(b);
    if (ca == cb)
        return false;
    bool leg_a = ca >= 3, leg_b = cb >= 3;
    if ((leg_a && cb == 0) || (leg_b && ca == 0)) /* thighs go over into the hips */
        return roto_kind(leg_a ? a : b) != ROTO_THIGH_L;
    return true;
}
