#include "field_priv.h"
#include "rig_priv.h"

#include "num/dmath.h"

/* Share of body mass: Dempster, in Winter (verified table). */
static const float HAND_KG = .006f, FOREARM_KG = .016f, UPPER_ARM_KG = .028f, FOOT_KG = .0145f,
                   SHANK_KG = .0465f, THIGH_KG = .100f, HEAD_KG = .081f, TRUNK_KG = .497f;
/* Centre of a segment from its near end. */
static const float THIGH_AT = .433f, SHANK_AT = .433f, FOREARM_AT = .430f, UPPER_ARM_AT = .436f;

/* The leg eases into its longest: 98 % on, never fully straight (own). */
static const float LEG_EASE = .980f, LEG_MOST = .9995f;
/* Toes bend this far before the shoe rolls over its tip, rad (own; 40 deg and more recalled). */
static const float TOE_BEND = 1.08f;

typedef struct turn {
    hm_vec3 x, y, z; /* columns */
} turn;

static turn turn_mul(turn a, turn b)
{
    hm_frame f = {a.x, a.y, a.z, {0, 0, 0}};
    return (turn){hm_frame_turn(&f, b.x), hm_frame_turn(&f, b.y), hm_frame_turn(&f, b.z)};
}

static hm_vec3 turn_v(turn a, hm_vec3 v)
{
    return hm_v3_mad(hm_v3_mad(hm_v3_mul(a.x, v.x), v.y, a.y), v.z, a.z);
}

static turn about_x(float r)
{
    float s = hm_sinf(r), c = hm_cosf(r);
    return (turn){{1, 0, 0}, {0, c, s}, {0, -s, c}};
}

static turn about_y(float r)
{
    float s = hm_sinf(r), c = hm_cosf(r);
    return (turn){{c, 0, -s}, {0, 1, 0}, {s, 0, c}};
}

static turn about_z(float r)
{
    float s = hm_sinf(r), c = hm_cosf(r);
    return (turn){{c, s, 0}, {-s, c, 0}, {0, 0, 1}};
}

static turn euler(float yaw, float pitch, float roll)
{
    return turn_mul(about_y(yaw), turn_mul(about_x(pitch), about_z(roll)));
}

/* Columns: d, its hinge h made square to it, and d x h. */
static turn basis(hm_vec3 d, hm_vec3 h)
{
    d = hm_v3_unit(d);
    h = hm_v3_unit(hm_v3_mad(h, -hm_v3_dot(h, d), d));
    return (turn){d, h, hm_v3_cross(d, h)};
}

static turn transpose(turn a)
{
    return (turn){{a.x.x, a.y.x, a.z.x}, {a.x.y, a.y.y, a.z.y}, {a.x.z, a.y.z, a.z.z}};
}

/* Rotation that takes rest direction d0 with hinge h0 to d with hinge h. */
static turn bring(hm_vec3 d0, hm_vec3 h0, hm_vec3 d, hm_vec3 h)
{
    return turn_mul(basis(d, h), transpose(basis(d0, h0)));
}

static hm_frame frame(turn r, hm_vec3 rest, hm_vec3 world)
{
    return (hm_frame){r.x, r.y, r.z, hm_v3_sub(world, turn_v(r, rest))};
}

static turn turn_of(const hm_frame *f)
{
    return (turn){f->x, f->y, f->z};
}

float body_soft_max(float v, float top, float width)
{
    float from = top - width;
    if (v <= from)
        return v;
    /* slope 1 at the beginning, 0 in the limit */
    float u = (v - from) / width;
    return from + width * (u / (1 + u));
}

static void torso_front(body_rig *rig)
{
    body_field all = {0}, trunk;
    body_flesh(&rig->s, &all);
    body_shell_field(&rig->s, &all, BODY_SHELL_TRUNK, &trunk);
    float h = (float)rig->s.stature_m, hip = rig->s.mark.hip_y_m;
    float t = rig->s.joint_m[HM_BONE_LEFT + HM_SIDE_UPPER_ARM].y - hip;
    rig->n_front = 0;
    for (int row = 0; row < 8; row++)
        for (int col = -2; col <= 2; col++) {
            hm_vec3 n,
                p = hm_v3(.026f * (float)col * h, hip + (.48f + .08f * (float)row) * t, .16f * h);
            for (int step = 0; step < 24; step++)
                p.z -= .8f * body_field_distance(&trunk, p, &n);
            if (p.z < -.03f * h)
                continue; /* beside the neck: looks past the body */
            rig->front_m[rig->n_front] = p;
            rig->front_bone[rig->n_front++] = row < 1 ? HM_BONE_ABDOMEN : HM_BONE_CHEST;
        }
}

void body_rig_make(const hm_shape *s, body_rig *rig)
{
    *rig = (body_rig){
        .s = *s, .l1 = s->thigh_m, .l2 = s->shank_m, .a1 = s->upper_arm_m, .a2 = s->forearm_m};
    for (int side = 0; side < 2; side++) {
        const hm_vec3 *j = &s->joint_m[side == 0 ? HM_BONE_LEFT : HM_BONE_RIGHT];
        rig->ankle_from_ball[side] = hm_v3_sub(j[HM_SIDE_FOOT], j[HM_SIDE_TOE]);
    }
    const hm_vec3 *j = &s->joint_m[HM_BONE_LEFT];
    rig->ball_y = j[HM_SIDE_TOE].y;
    rig->toe_m = s->toe_end_m[0].z - j[HM_SIDE_TOE].z;
    rig->heel_m = j[HM_SIDE_TOE].z - s->heel_m[0].z;
    rig->hand_m = hm_v3_len(hm_v3_sub(j[HM_SIDE_FINGERS], j[HM_SIDE_HAND]));
    torso_front(rig);
}

static hm_vec3 rest(const body_rig *rig, int bone)
{
    return rig->s.joint_m[bone];
}

static hm_vec3 rest_side(const body_rig *rig, int side, hm_side_bone b)
{
    return rig->s.joint_m[hm_bone_of(side, b)];
}

/* Joint b of the rest pose as carried by the frame of bone a. */
static hm_vec3 carried(const body_rig *rig, const hm_frame *f, int b)
{
    return hm_frame_point(f, rest(rig, b));
}

static float mixf(float a, float b, float u)
{
    return a + u * (b - a);
}

void body_pose_trunk(const body_rig *rig, const body_control *c, body_upper *up)
{
    hm_frame *b = up->bone;
    b[HM_BONE_PELVIS] = frame(euler(c->pelvis_yaw, c->pelvis_pitch, c->pelvis_roll),
                              rest(rig, HM_BONE_PELVIS), hm_v3(0, 0, 0));
    turn mid =
        euler(mixf(c->pelvis_yaw, c->chest_yaw, .45f), mixf(c->pelvis_pitch, c->chest_pitch, .5f),
              mixf(c->pelvis_roll, c->chest_roll, .5f));
    b[HM_BONE_ABDOMEN] =
        frame(mid, rest(rig, HM_BONE_ABDOMEN), carried(rig, &b[HM_BONE_PELVIS], HM_BONE_ABDOMEN));
    b[HM_BONE_CHEST] =
        frame(euler(c->chest_yaw, c->chest_pitch, c->chest_roll), rest(rig, HM_BONE_CHEST),
              carried(rig, &b[HM_BONE_ABDOMEN], HM_BONE_CHEST));
    turn neck =
        euler(mixf(c->chest_yaw, c->head_yaw, .5f), mixf(c->chest_pitch, c->head_pitch, .45f),
              mixf(c->chest_roll, c->head_roll, .5f));
    b[HM_BONE_NECK] =
        frame(neck, rest(rig, HM_BONE_NECK), carried(rig, &b[HM_BONE_CHEST], HM_BONE_NECK));
    turn head = euler(c->head_yaw, c->head_pitch, c->head_roll);
    b[HM_BONE_HEAD] =
        frame(head, rest(rig, HM_BONE_HEAD), carried(rig, &b[HM_BONE_NECK], HM_BONE_HEAD));
    b[HM_BONE_TAIL] = frame(turn_mul(head, euler(0, c->tail_pitch, c->tail_roll)),
                            rest(rig, HM_BONE_TAIL), carried(rig, &b[HM_BONE_HEAD], HM_BONE_TAIL));
    for (int side = 0; side < 2; side++)
        up->hip[side] = carried(rig, &b[HM_BONE_PELVIS], hm_bone_of(side, HM_SIDE_THIGH));
    hm_vec3 shoulder =
        hm_v3_mix(carried(rig, &b[HM_BONE_CHEST], hm_bone_of(0, HM_SIDE_UPPER_ARM)),
                  carried(rig, &b[HM_BONE_CHEST], hm_bone_of(1, HM_SIDE_UPPER_ARM)), .5f);
    hm_vec3 skull = hm_frame_point(&b[HM_BONE_HEAD], rig->s.head.centre_m);
    up->mass = .52f * TRUNK_KG + HEAD_KG;
    up->mass_m = hm_v3_add(hm_v3_mul(shoulder, .52f * TRUNK_KG), hm_v3_mul(skull, HEAD_KG));
    up->front_z = -1e9f;
    for (int i = 0; i < rig->n_front; i++)
        up->front_z = fmaxf(up->front_z, hm_frame_point(&b[rig->front_bone[i]], rig->front_m[i]).z);
    hm_vec3 sternum = hm_v3(0, rig->s.mark.chest_y_m, rig->s.mark.chest_front_z_m);
    up->sternum_z = hm_frame_point(&b[HM_BONE_CHEST], sternum).z;
}

/* Directions of upper arm and forearm for a wrist at `to`, the elbow toward `pole`. */
static void reach(float l1, float l2, hm_vec3 from, hm_vec3 to, hm_vec3 pole, hm_vec3 *mid)
{
    hm_vec3 d = hm_v3_sub(to, from);
    float len = fmaxf(hm_v3_len(d), 1e-4f), most = (l1 + l2) * .9999f;
    float a = fminf(len, most);
    hm_vec3 u = hm_v3_mul(d, 1 / len);
    float x = (l1 * l1 + a * a - l2 * l2) / (2 * a);
    float y = sqrtf(fmaxf(l1 * l1 - x * x, 0));
    hm_vec3 n = hm_v3_unit(hm_v3_mad(pole, -hm_v3_dot(pole, u), u));
    *mid = hm_v3_mad(hm_v3_mad(from, x, u), y, n);
}

typedef struct arm_dirs {
    hm_vec3 d1, d2, hinge;
} arm_dirs;

static arm_dirs arm_by_angles(const body_arm *a, int side, turn girdle)
{
    float sx = side == 0 ? 1.0f : -1.0f;
    turn upper = turn_mul(girdle, turn_mul(about_x(-a->flex), turn_mul(about_z(sx * a->abd),
                                                                       about_y(-sx * a->twist))));
    turn fore = turn_mul(upper, about_x(-a->elbow));
    hm_vec3 down = hm_v3(0, -1, 0);
    return (arm_dirs){turn_v(upper, down), turn_v(fore, down), upper.x};
}

static arm_dirs arm_by_reach(const body_rig *rig, const body_arm *a, hm_vec3 shoulder, hm_vec3 hand)
{
    hm_vec3 elbow;
    hm_vec3 d = hm_v3_sub(hand, shoulder);
    float far = body_soft_max(hm_v3_len(d), (rig->a1 + rig->a2) * .998f, .03f * rig->a1);
    hand = hm_v3_mad(shoulder, far, hm_v3_unit(d));
    reach(rig->a1, rig->a2, shoulder, hand, a->elbow_to, &elbow);
    hm_vec3 d1 = hm_v3_unit(hm_v3_sub(elbow, shoulder)), d2 = hm_v3_unit(hm_v3_sub(hand, elbow));
    /* bending turns d1 toward d2 about -hinge */
    hm_vec3 h = hm_v3_cross(d2, d1);
    return (arm_dirs){d1, d2, hm_v3_unit(h)};
}

static arm_dirs arm_blend(const arm_dirs *p, const arm_dirs *q, float u)
{
    return (arm_dirs){hm_v3_unit(hm_v3_mix(p->d1, q->d1, u)),
                      hm_v3_unit(hm_v3_mix(p->d2, q->d2, u)),
                      hm_v3_unit(hm_v3_mix(p->hinge, q->hinge, u))};
}

static hm_vec3 unit_between(hm_vec3 a, hm_vec3 b)
{
    return hm_v3_unit(hm_v3_add(hm_v3_unit(a), hm_v3_unit(b)));
}

static void hand_frames(const body_rig *rig, const body_arm *a, int side, hm_vec3 d2, hm_vec3 hinge,
                        hm_vec3 wrist, hm_frame *b)
{
    float sx = side == 0 ? 1.0f : -1.0f;
    hm_vec3 r0 = rest_side(rig, side, HM_SIDE_FOREARM), r1 = rest_side(rig, side, HM_SIDE_HAND);
    hm_vec3 d0 = hm_v3_sub(r1, r0), h0 = hm_v3(1, 0, 0);
    hm_vec3 elbow = hm_frame_point(&b[hm_bone_of(side, HM_SIDE_FOREARM)], r0);
    /* the hinge turned about the forearm's own axis */
    hm_vec3 side_of = hm_v3_cross(d2, hinge);
    float s = hm_sinf(sx * a->prone), co = hm_cosf(a->prone);
    hm_vec3 h = hm_v3_mad(hm_v3_mul(hinge, co), s, side_of);
    b[hm_bone_of(side, HM_SIDE_WRIST)] = frame(bring(d0, h0, d2, h), r0, elbow);
    /* In the hand's own axes: rest direction of the hand, z across the palm (thumb side). Bending
     * at wrist and knuckles is about z. */
    turn palm = bring(d0, h0, d2, h);
    float wrist_turn = sx * a->wrist, curl = -sx * a->curl;
    turn hand = turn_mul(palm, about_z(wrist_turn));
    b[hm_bone_of(side, HM_SIDE_HAND)] = frame(hand, r1, wrist);
    hm_vec3 k0 = rest_side(rig, side, HM_SIDE_FINGERS);
    turn fingers = turn_mul(hand, about_z(curl));
    hm_vec3 k = hm_frame_point(&b[hm_bone_of(side, HM_SIDE_HAND)], k0);
    b[hm_bone_of(side, HM_SIDE_FINGERS)] = frame(fingers, k0, k);
    hm_vec3 t0 = rest_side(rig, side, HM_SIDE_TIPS);
    turn tips = turn_mul(fingers, about_z(1.15f * curl));
    b[hm_bone_of(side, HM_SIDE_TIPS)] =
        frame(tips, t0, hm_frame_point(&b[hm_bone_of(side, HM_SIDE_FINGERS)], t0));
    hm_vec3 th0 = rest_side(rig, side, HM_SIDE_THUMB);
    turn thumb = turn_mul(hand, turn_mul(about_z(-sx * .9f * a->thumb), about_x(.55f * a->thumb)));
    b[hm_bone_of(side, HM_SIDE_THUMB)] =
        frame(thumb, th0, hm_frame_point(&b[hm_bone_of(side, HM_SIDE_HAND)], th0));
}

static void arm_frames(const body_rig *rig, const body_arm *a, int side, hm_vec3 root,
                       body_upper *up)
{
    hm_frame *b = up->bone;
    float sx = side == 0 ? 1.0f : -1.0f;
    int c = hm_bone_of(side, HM_SIDE_CLAVICLE), u = hm_bone_of(side, HM_SIDE_UPPER_ARM);
    int f = hm_bone_of(side, HM_SIDE_FOREARM);
    turn chest = turn_of(&b[HM_BONE_CHEST]);
    turn girdle = turn_mul(chest, turn_mul(about_y(-sx * a->fore), about_z(sx * a->up)));
    b[c] = frame(girdle, rest(rig, c), carried(rig, &b[HM_BONE_CHEST], c));
    hm_vec3 shoulder = carried(rig, &b[c], u);
    arm_dirs d = arm_by_angles(a, side, chest);
    if (a->reach > 0) {
        arm_dirs r =
            arm_by_reach(rig, a, shoulder, a->on_body ? a->hand : hm_v3_sub(a->hand, root));
        d = arm_blend(&d, &r, a->reach);
    }
    hm_vec3 elbow = hm_v3_mad(shoulder, rig->a1, d.d1), wrist = hm_v3_mad(elbow, rig->a2, d.d2);
    hm_vec3 r0 = rest(rig, u), r1 = rest(rig, f), r2 = rest_side(rig, side, HM_SIDE_HAND);
    hm_vec3 e1 = hm_v3_sub(r1, r0), e2 = hm_v3_sub(r2, r1), h0 = hm_v3(1, 0, 0);
    turn upper = bring(e1, h0, d.d1, d.hinge);
    b[u] = frame(upper, r0, shoulder);
    b[f] = frame(bring(e2, h0, d.d2, d.hinge), r1, elbow);
    b[hm_bone_of(side, HM_SIDE_ELBOW)] =
        frame(bring(unit_between(e1, e2), h0, unit_between(d.d1, d.d2), d.hinge), r1, elbow);
    hm_vec3 hung = turn_v(girdle, hm_v3_unit(e1)), hung_h = turn_v(girdle, h0);
    b[hm_bone_of(side, HM_SIDE_SHOULDER)] =
        frame(bring(e1, h0, unit_between(hung, d.d1), unit_between(hung_h, d.hinge)), r0, shoulder);
    hand_frames(rig, a, side, d.d2, d.hinge, wrist, b);
    hm_vec3 palm =
        hm_frame_point(&b[hm_bone_of(side, HM_SIDE_HAND)], rest_side(rig, side, HM_SIDE_FINGERS));
    up->mass_m = hm_v3_mad(up->mass_m, UPPER_ARM_KG, hm_v3_mix(shoulder, elbow, UPPER_ARM_AT));
    up->mass_m = hm_v3_mad(up->mass_m, FOREARM_KG, hm_v3_mix(elbow, wrist, FOREARM_AT));
    up->mass_m = hm_v3_mad(up->mass_m, HAND_KG, palm);
    up->mass += UPPER_ARM_KG + FOREARM_KG + HAND_KG;
}

void body_pose_arms(const body_rig *rig, const body_control *c, hm_vec3 root, body_upper *up)
{
    for (int side = 0; side < 2; side++)
        arm_frames(rig, &c->arm[side], side, root, up);
}

hm_vec3 body_ankle_of(const body_rig *rig, float thigh, float knee)
{
    float shank = thigh - knee;
    return hm_v3(0, -rig->l1 * hm_cosf(thigh) - rig->l2 * hm_cosf(shank),
                 rig->l1 * hm_sinf(thigh) + rig->l2 * hm_sinf(shank));
}

hm_vec3 body_ankle_on(const body_rig *rig, int side, hm_vec3 ball, float pitch, float yaw)
{
    turn r = turn_mul(about_y(yaw), about_x(pitch));
    return hm_v3_add(ball, turn_v(r, rig->ankle_from_ball[side]));
}

/* Where the ball joint goes when the toes are tilted by q over their tip. */
static hm_vec3 roll_over_tip(const body_rig *rig, hm_vec3 ball, float q, float yaw)
{
    float s = hm_sinf(q), c = hm_cosf(q), dz = -rig->toe_m, dy = rig->ball_y;
    hm_vec3 off = hm_v3(0, dy * c - dz * s - dy, dy * s + dz * c - dz);
    return hm_v3_add(ball, turn_v(about_y(yaw), off));
}

hm_vec3 body_ankle_tiptoe(const body_rig *rig, int side, hm_vec3 ball, float pitch, float yaw)
{
    ball = roll_over_tip(rig, ball, fmaxf(pitch - TOE_BEND, 0), yaw);
    return body_ankle_on(rig, side, ball, pitch, yaw);
}

/* Pitch at which a foot on its ball brings the ankle to distance d from the hip: the heel rises
 * until the leg is long enough. */
static float pitch_for(const body_rig *rig, int side, const body_leg *c, hm_vec3 ball, hm_vec3 hip,
                       float pitch, float d)
{
    float lo = pitch, hi = 1.85f;
    for (int i = 0; i < 14; i++) {
        float mid = .5f * (lo + hi);
        hm_vec3 a = body_ankle_tiptoe(rig, side, ball, mid, c->yaw);
        if (hm_v3_len(hm_v3_sub(a, hip)) > d)
            lo = mid;
        else
            hi = mid;
    }
    return hi;
}

static void plant(const body_rig *rig, const body_leg *c, int side, hm_vec3 hip, body_leg_pose *o)
{
    float most = rig->l1 + rig->l2, pitch = c->pitch;
    hm_vec3 ball = c->ball;
    hm_vec3 a = body_ankle_tiptoe(rig, side, ball, pitch, c->yaw);
    float d = hm_v3_len(hm_v3_sub(a, hip));
    float want = body_soft_max(d, LEG_MOST * most, (LEG_MOST - LEG_EASE) * most);
    if (c->give_heel && d - want > 1e-5f)
        pitch = pitch_for(rig, side, c, ball, hip, pitch, want);
    o->toe = fmaxf(pitch - TOE_BEND, 0);
    if (c->toe > o->toe)
        o->toe = c->toe;
    o->ball = roll_over_tip(rig, ball, o->toe, c->yaw);
    o->pitch = pitch;
    o->ankle = body_ankle_on(rig, side, o->ball, pitch, c->yaw);
    o->short_m = fmaxf(hm_v3_len(hm_v3_sub(o->ankle, hip)) - most * .9999f, 0);
}

/* Lowest place of a free foot's sole over the ankle. */
static float sole_drop(const body_rig *rig, float pitch, float toe)
{
    const hm_vec3 *a = &rig->ankle_from_ball[0];
    float ankle_y = rig->ball_y + a->y, dz = -a->z; /* ankle over the ground, ball before it */
    float s = hm_sinf(pitch), c = hm_cosf(pitch);
    float ball = -ankle_y * c - dz * s, joint = -a->y * c - dz * s;
    float heel = -ankle_y * c + (rig->heel_m - dz) * s;
    float tip = joint - rig->ball_y * hm_cosf(toe) - rig->toe_m * hm_sinf(toe);
    return -fminf(fminf(ball, heel), tip);
}

static void swing(const body_rig *rig, const body_leg *c, int side, hm_vec3 hip, body_leg_pose *o)
{
    o->pitch = c->pitch;
    o->toe = c->toe;
    o->ankle = hm_v3_add(hip, c->hip_to_ankle);
    float low = o->ankle.y - sole_drop(rig, c->pitch, c->toe);
    float keep = -body_soft_max(-low, -c->least_sole_m, .03f);
    o->ankle.y += keep - low;
    turn r = turn_mul(about_y(c->yaw), about_x(o->pitch));
    o->ball = hm_v3_sub(o->ankle, turn_v(r, rig->ankle_from_ball[side]));
    o->short_m = 0;
}

void body_pose_leg(const body_rig *rig, const body_leg *c, int side, hm_vec3 hip, body_leg_pose *o)
{
    o->hip = hip;
    if (c->planted)
        plant(rig, c, side, hip, o);
    else
        swing(rig, c, side, hip, o);
    float sx = side == 0 ? 1.0f : -1.0f, most = rig->l1 + rig->l2;
    hm_vec3 d = hm_v3_sub(o->ankle, hip);
    float len = hm_v3_len(d);
    if (!c->planted || len > .9999f * most) {
        float ok = c->planted ? .9999f * most
                              : body_soft_max(len, LEG_MOST * most, (LEG_MOST - LEG_EASE) * most);
        hm_vec3 moved = hm_v3_mul(d, ok / len - 1);
        o->ankle = hm_v3_add(o->ankle, moved);
        o->ball = hm_v3_add(o->ball, moved);
    }
    turn plane = about_y(sx * c->knee_out);
    hm_vec3 u = hm_v3_unit(d), x = plane.x;
    hm_vec3 h = hm_v3_unit(hm_v3_mad(x, -hm_v3_dot(x, u), u));
    reach(rig->l1, rig->l2, hip, o->ankle, hm_v3_cross(u, h), &o->knee);
}

float body_leg_mass(const body_rig *rig, const body_leg_pose *p, hm_vec3 *sum)
{
    (void)rig;
    *sum = hm_v3_mad(*sum, THIGH_KG, hm_v3_mix(p->hip, p->knee, THIGH_AT));
    *sum = hm_v3_mad(*sum, SHANK_KG, hm_v3_mix(p->knee, p->ankle, SHANK_AT));
    *sum = hm_v3_mad(*sum, FOOT_KG, hm_v3_mix(p->ankle, p->ball, .5f));
    *sum = hm_v3_mad(*sum, .24f * TRUNK_KG, p->hip);
    return THIGH_KG + SHANK_KG + FOOT_KG + .24f * TRUNK_KG;
}

static void leg_frames(const body_rig *rig, const body_leg *c, int side, const body_leg_pose *p,
                       hm_pose *pose)
{
    float sx = side == 0 ? 1.0f : -1.0f;
    hm_frame *b = pose->bone;
    hm_vec3 r0 = rest_side(rig, side, HM_SIDE_THIGH), r1 = rest_side(rig, side, HM_SIDE_SHANK);
    hm_vec3 r2 = rest_side(rig, side, HM_SIDE_FOOT), r3 = rest_side(rig, side, HM_SIDE_TOE);
    hm_vec3 e1 = hm_v3_sub(r1, r0), e2 = hm_v3_sub(r2, r1), h0 = hm_v3(1, 0, 0);
    hm_vec3 d1 = hm_v3_sub(p->knee, p->hip), d2 = hm_v3_sub(p->ankle, p->knee);
    hm_vec3 h = about_y(sx * c->knee_out).x;
    hm_vec3 u = hm_v3_unit(hm_v3_sub(p->ankle, p->hip));
    h = hm_v3_unit(hm_v3_mad(h, -hm_v3_dot(h, u), u));
    b[hm_bone_of(side, HM_SIDE_THIGH)] = frame(bring(e1, h0, d1, h), r0, p->hip);
    b[hm_bone_of(side, HM_SIDE_SHANK)] = frame(bring(e2, h0, d2, h), r1, p->knee);
    b[hm_bone_of(side, HM_SIDE_KNEE)] =
        frame(bring(unit_between(e1, e2), h0, unit_between(d1, d2), h), r1, p->knee);
    hm_vec3 hung = hm_frame_turn(&b[HM_BONE_PELVIS], hm_v3_unit(e1));
    hm_vec3 hung_h = hm_frame_turn(&b[HM_BONE_PELVIS], h0);
    b[hm_bone_of(side, HM_SIDE_HIP)] =
        frame(bring(e1, h0, unit_between(hung, d1), unit_between(hung_h, h)), r0, p->hip);
    turn foot = turn_mul(about_y(c->yaw), about_x(p->pitch));
    turn toe = turn_mul(about_y(c->yaw), about_x(p->toe));
    b[hm_bone_of(side, HM_SIDE_FOOT)] = frame(foot, r2, p->ankle);
    b[hm_bone_of(side, HM_SIDE_TOE)] = frame(toe, r3, p->ball);
    pose->ball_m[side] = p->ball;
}

void body_pose_finish(const body_rig *rig, const body_control *c, const body_upper *up,
                      hm_vec3 root, const body_leg_pose leg[2], hm_pose *pose)
{
    for (int i = 0; i < HM_BONE_COUNT; i++) {
        pose->bone[i] = up->bone[i];
        pose->bone[i].o = hm_v3_add(up->bone[i].o, root);
    }
    for (int side = 0; side < 2; side++) {
        leg_frames(rig, &c->leg[side], side, &leg[side], pose);
        pose->on_ground[side] = c->leg[side].planted;
    }
}
