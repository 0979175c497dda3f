#include "field_priv.h"

/* Trunk, arms and legs as muscles. Lengths in shares of stature unless named otherwise: places
 * hang on the joints, so one recipe serves every age. Radii: a first sketch's (stage notes, own),
 * then drawn by eye. Left side only is written down; side() mirrors. */

typedef struct maker {
    const hm_shape *s;
    body_field *f;
    float h; /* stature */
    float t; /* hip to shoulder */
    float hip_y;
    float g;       /* girth */
    float m, w, c; /* muscle, female, child */
    int side;
    float sx;
} maker;

static hm_vec3 joint(const maker *k, hm_side_bone b)
{
    return k->s->joint_m[hm_bone_of(k->side, b)];
}

/* Trunk place: x, z in statures, y in trunk lengths above the hips. */
static hm_vec3 trunk(const maker *k, float x, float y, float z)
{
    return hm_v3(k->sx * x * k->h, k->hip_y + y * k->t, z * k->h);
}

/* Between two joints (u), then aside by statures: out (away from the middle), up, front. */
static hm_vec3 along(const maker *k, hm_side_bone a, hm_side_bone b, float u, float out, float up,
                     float front)
{
    hm_vec3 p = hm_v3_mix(joint(k, a), joint(k, b), u);
    return hm_v3_add(p, hm_v3(k->sx * out * k->h, up * k->h, front * k->h));
}

static void cone(maker *k, body_shell shell, int bone, hm_part part, hm_vec3 a, float ra, hm_vec3 b,
                 float rb)
{
    body_prim *q = body_add(k->f, shell, bone, part);
    q->a = a;
    q->b = b;
    q->ra = ra * k->h;
    q->rb = rb * k->h;
}

static int side_bone(const maker *k, hm_side_bone b)
{
    return hm_bone_of(k->side, b);
}

static void torso(maker *k, hm_vec3 a, float ra, hm_vec3 b, float rb, int bone)
{
    cone(k, BODY_SHELL_TRUNK, bone, HM_PART_TORSO, a, ra, b, rb);
}

static void chest_side(maker *k)
{
    float g = k->g, m = k->m, w = k->w;
    float wide = (1 - .06f * w - .11f * k->c) * (.94f + .06f * m) * (.5f + .5f * g);
    /* rib cage */
    torso(k, trunk(k, .036f * wide, .52f, .000f), .045f * g, trunk(k, .046f * wide, .84f, -.004f),
          .043f * g, HM_BONE_CHEST);
    /* latissimus, from the armpit to the waist */
    torso(k, trunk(k, .066f * wide, .80f, -.020f), .024f * g * (.8f + .3f * m),
          trunk(k, .046f * wide, .48f, -.018f), .028f * g, HM_BONE_CHEST);
    /* pectoral, breast */
    torso(k, trunk(k, .028f, .78f - .03f * w, .024f + .006f * w), (.022f + .006f * m) * g,
          trunk(k, .070f * wide, .86f, .014f), .020f * g, HM_BONE_CHEST);
    if (w > 0)
        torso(k, trunk(k, .040f, .74f, .034f), .021f * w * g, trunk(k, .042f, .75f, .034f),
              .021f * w * g, HM_BONE_CHEST);
    /* shoulder blade */
    torso(k, trunk(k, .046f * wide, .90f, -.034f), .022f * g, trunk(k, .044f * wide, .72f, -.036f),
          .020f * g, HM_BONE_CHEST);
    /* collar bone */
    torso(k, trunk(k, .016f, 1.02f, .016f), .0105f,
          along(k, HM_SIDE_UPPER_ARM, HM_SIDE_UPPER_ARM, 0, -.014f, .018f, .006f), .0105f,
          side_bone(k, HM_SIDE_CLAVICLE));
    /* trapezius: from the neck down to the point of the shoulder */
    torso(k, trunk(k, .014f, 1.13f, -.022f), .018f * (.8f + .25f * m) * g,
          along(k, HM_SIDE_UPPER_ARM, HM_SIDE_UPPER_ARM, 0, -.016f, .012f, -.010f), .0175f * g,
          side_bone(k, HM_SIDE_CLAVICLE));
    torso(k, trunk(k, .020f, 1.02f, -.030f), .024f * g, trunk(k, .060f * wide, .96f, -.026f),
          .022f * g, HM_BONE_CHEST);
}

static void waist_side(maker *k)
{
    float g = k->g, w = k->w;
    torso(k, trunk(k, .034f - .004f * w, .46f, .000f), .040f * g, trunk(k, .034f, .26f, .002f),
          .042f * g, HM_BONE_ABDOMEN);
    torso(k, trunk(k, .016f, .60f, .016f), .034f * g, trunk(k, .016f, .16f, .016f), .036f * g,
          HM_BONE_ABDOMEN);
    torso(k, trunk(k, .016f, .56f, -.028f), .022f * g, trunk(k, .018f, .16f, -.028f), .026f * g,
          HM_BONE_ABDOMEN); /* erectors */
    torso(k, trunk(k, .038f + .003f * w, .12f, -.002f), .046f * g,
          trunk(k, .042f + .004f * w, -.04f, .000f), .050f * g, HM_BONE_PELVIS);
}

static void buttock(maker *k)
{
    float g = k->g * (1 + .06f * k->w + .06f * k->m);
    torso(k, along(k, HM_SIDE_THIGH, HM_SIDE_SHANK, 0, -.004f, .030f, -.030f), .040f * g,
          along(k, HM_SIDE_THIGH, HM_SIDE_SHANK, .10f, .000f, 0, -.030f), .043f * g,
          side_bone(k, HM_SIDE_HIP));
}

static void upper_arm(maker *k)
{
    float g = k->g * (1 - .10f * k->w) * (1 - .08f * k->c), m = k->m;
    hm_part part = k->side == 0 ? HM_PART_ARM_L : HM_PART_ARM_R;
    int arm = side_bone(k, HM_SIDE_UPPER_ARM), cap = side_bone(k, HM_SIDE_SHOULDER);
    float d = .0255f + .005f * m; /* deltoid */
    cone(k, BODY_SHELL_TRUNK, cap, part,
         along(k, HM_SIDE_UPPER_ARM, HM_SIDE_FOREARM, 0, .000f, .002f, 0), d * g,
         along(k, HM_SIDE_UPPER_ARM, HM_SIDE_FOREARM, .16f, .006f, .004f, .002f), d * g);
    cone(k, BODY_SHELL_ARM, arm, part,
         along(k, HM_SIDE_UPPER_ARM, HM_SIDE_FOREARM, .15f, .004f, .002f, 0), .024f * g,
         along(k, HM_SIDE_UPPER_ARM, HM_SIDE_FOREARM, 1, 0, 0, 0), .0195f * g);
    cone(k, BODY_SHELL_ARM, arm, part,
         along(k, HM_SIDE_UPPER_ARM, HM_SIDE_FOREARM, .30f, 0, 0, .010f), (.0165f + .0055f * m) * g,
         along(k, HM_SIDE_UPPER_ARM, HM_SIDE_FOREARM, .78f, 0, 0, .007f),
         (.0155f + .0025f * m) * g); /* biceps */
    cone(k, BODY_SHELL_ARM, arm, part,
         along(k, HM_SIDE_UPPER_ARM, HM_SIDE_FOREARM, .22f, .002f, 0, -.011f),
         (.0175f + .006f * m) * g, along(k, HM_SIDE_UPPER_ARM, HM_SIDE_FOREARM, .72f, 0, 0, -.008f),
         (.0155f + .002f * m) * g); /* triceps */
}

static void forearm(maker *k)
{
    float g = k->g * (1 - .10f * k->w) * (1 - .06f * k->c), m = k->m;
    hm_part part = k->side == 0 ? HM_PART_ARM_L : HM_PART_ARM_R;
    int bone = side_bone(k, HM_SIDE_FOREARM);
    cone(k, BODY_SHELL_ARM, bone, part, joint(k, HM_SIDE_FOREARM), .0190f * g,
         along(k, HM_SIDE_FOREARM, HM_SIDE_HAND, .30f, 0, 0, .004f), (.0205f + .002f * m) * g);
    cone(k, BODY_SHELL_ARM, bone, part,
         along(k, HM_SIDE_FOREARM, HM_SIDE_HAND, .15f, .002f, 0, .009f), (.0165f + .002f * m) * g,
         along(k, HM_SIDE_FOREARM, HM_SIDE_HAND, .50f, 0, 0, .007f),
         .0150f * g); /* brachioradialis */
    for (int i = 0; i < 2; i++) {
        float z = i ? .0050f : -.0050f;
        cone(k, BODY_SHELL_ARM, bone, part, along(k, HM_SIDE_FOREARM, HM_SIDE_HAND, .30f, 0, 0, z),
             .0175f * g, along(k, HM_SIDE_FOREARM, HM_SIDE_HAND, .98f, 0, 0, z), .0108f);
    }
}

static void hand(maker *k)
{
    hm_part part = k->side == 0 ? HM_PART_HAND_L : HM_PART_HAND_R;
    float s = 1 - .08f * k->w;
    int palm = side_bone(k, HM_SIDE_HAND);
    cone(k, BODY_SHELL_HAND, side_bone(k, HM_SIDE_WRIST), part,
         along(k, HM_SIDE_FOREARM, HM_SIDE_HAND, .80f, 0, 0, -.005f), .0118f,
         along(k, HM_SIDE_FOREARM, HM_SIDE_HAND, 1.02f, 0, 0, -.005f), .0108f);
    cone(k, BODY_SHELL_HAND, side_bone(k, HM_SIDE_WRIST), part,
         along(k, HM_SIDE_FOREARM, HM_SIDE_HAND, .80f, 0, 0, .005f), .0118f,
         along(k, HM_SIDE_FOREARM, HM_SIDE_HAND, 1.02f, 0, 0, .005f), .0108f);
    static const float len[4] = {.80f, .93f, 1.0f, .94f}; /* little .. index finger */
    for (int i = 0; i < 4; i++) {
        float z = (-.0165f + .011f * (float)i) * s;
        cone(k, BODY_SHELL_HAND, palm, part,
             along(k, HM_SIDE_HAND, HM_SIDE_FINGERS, .05f, 0, 0, z * .55f), .0090f * s,
             along(k, HM_SIDE_HAND, HM_SIDE_FINGERS, .95f, 0, 0, z), .0078f * s);
        float r = (i == 0 ? .0052f : .0060f) * s, u = len[i];
        hm_vec3 knuckle = along(k, HM_SIDE_HAND, HM_SIDE_FINGERS, 1, 0, 0, z);
        hm_vec3 mid = along(k, HM_SIDE_FINGERS, HM_SIDE_TIPS, u, 0, 0, z * 1.03f);
        hm_vec3 tip = hm_v3_mix(joint(k, HM_SIDE_TIPS), k->s->finger_end_m[k->side], u - .06f);
        tip.z += z * 1.0f * k->h;
        cone(k, BODY_SHELL_HAND, side_bone(k, HM_SIDE_FINGERS), part, knuckle, r * 1.10f, mid, r);
        cone(k, BODY_SHELL_HAND, side_bone(k, HM_SIDE_TIPS), part, mid, r, tip, r * .85f);
    }
    hm_vec3 root = joint(k, HM_SIDE_THUMB);
    hm_vec3 u = hm_v3_unit(hm_v3_sub(joint(k, HM_SIDE_FINGERS), joint(k, HM_SIDE_HAND)));
    hm_vec3 out = hm_v3_unit(hm_v3_add(hm_v3_mul(u, .80f), hm_v3(0, 0, .62f)));
    hm_vec3 mid = hm_v3_mad(root, .026f * k->h, out);
    hm_vec3 tip = hm_v3_mad(mid, .024f * k->h, hm_v3_unit(hm_v3_mad(out, .35f, u)));
    cone(k, BODY_SHELL_HAND, side_bone(k, HM_SIDE_THUMB), part,
         hm_v3_mix(joint(k, HM_SIDE_HAND), root, .7f), .0095f * s, mid, .0078f * s);
    cone(k, BODY_SHELL_HAND, side_bone(k, HM_SIDE_THUMB), part, mid, .0070f * s, tip, .0056f * s);
}

static void thigh(maker *k)
{
    float g = k->g * (1 - .04f * k->c), m = k->m;
    hm_part part = k->side == 0 ? HM_PART_LEG_L : HM_PART_LEG_R;
    int bone = side_bone(k, HM_SIDE_THIGH);
    float q = .90f + .12f * m;
    cone(k, BODY_SHELL_LEG, bone, part,
         along(k, HM_SIDE_THIGH, HM_SIDE_SHANK, .02f, .000f, 0, .002f), .046f * g * q,
         along(k, HM_SIDE_THIGH, HM_SIDE_SHANK, 1, 0, 0, 0), .0270f * g);
    cone(k, BODY_SHELL_LEG, bone, part,
         along(k, HM_SIDE_THIGH, HM_SIDE_SHANK, .16f, .008f, 0, .018f), .033f * g * q,
         along(k, HM_SIDE_THIGH, HM_SIDE_SHANK, .80f, .004f, 0, .010f),
         .0225f * g); /* quadriceps */
    cone(k, BODY_SHELL_LEG, bone, part,
         along(k, HM_SIDE_THIGH, HM_SIDE_SHANK, .16f, .000f, 0, -.020f), .034f * g * q,
         along(k, HM_SIDE_THIGH, HM_SIDE_SHANK, .82f, 0, 0, -.012f), .0195f * g); /* hamstrings */
    cone(k, BODY_SHELL_LEG, bone, part,
         along(k, HM_SIDE_THIGH, HM_SIDE_SHANK, .74f, -.014f, 0, .012f), (.0130f + .004f * m) * g,
         along(k, HM_SIDE_THIGH, HM_SIDE_SHANK, .88f, -.010f, 0, .010f),
         .0130f * g); /* the drop above the knee, inside */
    cone(k, BODY_SHELL_LEG, bone, part, along(k, HM_SIDE_THIGH, HM_SIDE_SHANK, .06f, -.014f, 0, 0),
         .030f * g, along(k, HM_SIDE_THIGH, HM_SIDE_SHANK, .50f, -.010f, 0, -.004f),
         .022f * g); /* adductors */
}

static void shank(maker *k)
{
    float g = k->g * (1 - .04f * k->c), m = k->m;
    hm_part part = k->side == 0 ? HM_PART_LEG_L : HM_PART_LEG_R;
    int bone = side_bone(k, HM_SIDE_SHANK);
    cone(k, BODY_SHELL_LEG, side_bone(k, HM_SIDE_KNEE), part,
         along(k, HM_SIDE_SHANK, HM_SIDE_SHANK, 0, 0, .006f, .012f), .0185f,
         along(k, HM_SIDE_SHANK, HM_SIDE_SHANK, 0, 0, -.004f, .013f), .0175f); /* knee cap */
    cone(k, BODY_SHELL_LEG, bone, part, joint(k, HM_SIDE_SHANK), .0255f * g,
         along(k, HM_SIDE_SHANK, HM_SIDE_FOOT, 1.02f, 0, 0, 0), .0150f);
    cone(k, BODY_SHELL_LEG, bone, part, along(k, HM_SIDE_SHANK, HM_SIDE_FOOT, .05f, 0, 0, .010f),
         .0140f, along(k, HM_SIDE_SHANK, HM_SIDE_FOOT, .85f, 0, 0, .006f), .0110f); /* shin */
    for (int i = 0; i < 2; i++) { /* the two heads of the calf */
        float x = i ? .0095f : -.0105f, low = i ? .24f : .28f;
        cone(k, BODY_SHELL_LEG, bone, part,
             along(k, HM_SIDE_SHANK, HM_SIDE_FOOT, .06f, x * .8f, 0, -.012f), .0165f * g,
             along(k, HM_SIDE_SHANK, HM_SIDE_FOOT, low, x, 0, -.019f), (.0195f + .0040f * m) * g);
        cone(k, BODY_SHELL_LEG, bone, part,
             along(k, HM_SIDE_SHANK, HM_SIDE_FOOT, low, x, 0, -.019f), (.0195f + .0040f * m) * g,
             along(k, HM_SIDE_SHANK, HM_SIDE_FOOT, .62f, x * .5f, 0, -.014f), .0115f * g);
    }
    cone(k, BODY_SHELL_LEG, bone, part, along(k, HM_SIDE_SHANK, HM_SIDE_FOOT, .55f, 0, 0, -.014f),
         .0115f, along(k, HM_SIDE_SHANK, HM_SIDE_FOOT, 1, 0, 0, -.014f), .0088f); /* Achilles */
}

static void foot(maker *k)
{
    hm_part part = k->side == 0 ? HM_PART_FOOT_L : HM_PART_FOOT_R;
    int bone = side_bone(k, HM_SIDE_FOOT), toe = side_bone(k, HM_SIDE_TOE);
    float up = k->s->sole_m / k->h, hh = 1 / k->h;
    hm_vec3 heel = k->s->heel_m[k->side], ball = joint(k, HM_SIDE_TOE);
    hm_vec3 end = k->s->toe_end_m[k->side], ankle = joint(k, HM_SIDE_FOOT);
    heel = hm_v3(heel.x, (.016f + up * .5f) * k->h, heel.z + .019f * k->h);
    cone(k, BODY_SHELL_FOOT, bone, part,
         hm_v3(ankle.x, ankle.y + .016f * k->h, ankle.z - .002f * k->h), .0195f, heel, .0185f);
    cone(k, BODY_SHELL_FOOT, bone, part, hm_v3(ankle.x, ankle.y + .010f * k->h, ankle.z), .0195f,
         hm_v3(ball.x, ball.y + .006f * k->h, ball.z), .0125f); /* instep */
    cone(k, BODY_SHELL_FOOT, bone, part, hm_v3(heel.x, .013f * k->h, heel.z), .0185f,
         hm_v3(ball.x - k->sx * .008f * k->h, .012f * k->h, ball.z), .0150f);
    cone(k, BODY_SHELL_FOOT, bone, part, hm_v3(heel.x + k->sx * .004f * k->h, .012f * k->h, heel.z),
         .0165f, hm_v3(ball.x + k->sx * .011f * k->h, .011f * k->h, ball.z - .006f * k->h), .0140f);
    for (int i = 0; i < 2; i++) {
        float x = k->sx * (i ? .012f : -.008f) * k->h;
        float back = i ? .012f * k->h : 0;
        cone(k, BODY_SHELL_FOOT, toe, part, hm_v3(ball.x + x, .0125f * k->h, ball.z - back), .0142f,
             hm_v3(end.x + x * .55f, (.0115f * hh + .0115f) * k->h * .98f,
                   end.z - back - .012f * k->h),
             .0112f);
    }
}

static void neck(maker *k)
{
    float r = (.0285f + .004f * k->m) * (1 - .10f * k->w) * (1 - .10f * k->c);
    hm_vec3 low = k->s->joint_m[HM_BONE_NECK], high = k->s->joint_m[HM_BONE_HEAD];
    for (int i = 0; i < 2; i++) {
        body_shell shell = i ? BODY_SHELL_HEAD : BODY_SHELL_TRUNK;
        cone(k, shell, HM_BONE_NECK, HM_PART_NECK, hm_v3_add(low, hm_v3(0, -.006f * k->h, 0)), r,
             hm_v3_add(high, hm_v3(0, 0, -.003f * k->h)), r * .94f);
        for (int e = -1; e <= 1; e += 2) { /* from behind the ear to the breast bone */
            float x = (float)e * k->h;
            cone(k, shell, HM_BONE_NECK, HM_PART_NECK,
                 hm_v3(.024f * x, high.y + .004f * k->h, high.z - .012f * k->h), .0095f,
                 hm_v3(.010f * x, low.y - .010f * k->h, low.z + .032f * k->h), .0080f);
        }
    }
}

void body_flesh(const hm_shape *s, body_field *all)
{
    maker k = {.s = s, .f = all, .h = (float)s->stature_m, .g = s->girth};
    k.hip_y = s->joint_m[HM_BONE_PELVIS].y;
    k.t = s->joint_m[HM_BONE_LEFT + HM_SIDE_UPPER_ARM].y - k.hip_y;
    k.m = s->muscle;
    k.w = s->female;
    k.c = s->child;
    neck(&k);
    for (k.side = 0; k.side < 2; k.side++) {
        k.sx = k.side == 0 ? 1.0f : -1.0f;
        chest_side(&k);
        waist_side(&k);
        buttock(&k);
        upper_arm(&k);
        forearm(&k);
        hand(&k);
        thigh(&k);
        shank(&k);
        foot(&k);
    }
    body_flesh_head(s, all);
}
