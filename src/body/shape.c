#include "body/shape.h"

#include "base/rng.h"

/* Children: share of stature by age. Head heights follow the drawing canon of heads tall (5.5 at 6,
 * 6.5 at 11, 7 at 15, 7.5 grown up; recalled); hips follow the ratio of upper to lower segment that
 * growth clinics print (1.0 from about 8 years). Between rows: straight lines. */
typedef struct proportion {
    double age_yr, head, hip, neck, shoulder_half, hip_half;
} proportion;

static const proportion BY_AGE[] = {
    {3, .212, .450, .018, .092, .050},  {6, .183, .485, .026, .092, .050},
    {8, .169, .500, .031, .093, .050},  {11, .154, .518, .038, .097, .050},
    {14, .144, .530, .043, .103, .051}, {18, .1335, .530, .0485, .109, .052},
};
enum { N_AGE = sizeof BY_AGE / sizeof BY_AGE[0] };

/* Adult segments over stature: Drillis and Contini 1966, as in Winter 2009 (recalled). */
static const double UPPER_ARM = .186, FOREARM = .146, HAND = .108;
static const double ANKLE = .039, THIGH_OF_LEG = .499; /* .245 / (.245 + .246) */
/* Arms of the rest pose: 35 deg from the vertical. */
static const float ARM_SIN = 0.573576f, ARM_COS = 0.819152f;
/* A body of average build: mass = 13.5 kg/m3 stature^3. */
static const double BUILD_KG_PER_M3 = 13.5;

static double clamp(double v, double lo, double hi)
{
    return v < lo ? lo : v > hi ? hi : v;
}

static double ramp(double v, double from, double to)
{
    double u = clamp((v - from) / (to - from), 0, 1);
    return u * u * (3 - 2 * u);
}

static double mix(double a, double b, double u)
{
    return a + u * (b - a);
}

static proportion proportion_at(double age_yr)
{
    if (age_yr <= BY_AGE[0].age_yr)
        return BY_AGE[0];
    for (int i = 1; i < N_AGE; i++) {
        const proportion *a = &BY_AGE[i - 1], *b = &BY_AGE[i];
        if (age_yr > b->age_yr)
            continue;
        double u = (age_yr - a->age_yr) / (b->age_yr - a->age_yr);
        return (proportion){age_yr,
                            mix(a->head, b->head, u),
                            mix(a->hip, b->hip, u),
                            mix(a->neck, b->neck, u),
                            mix(a->shoulder_half, b->shoulder_half, u),
                            mix(a->hip_half, b->hip_half, u)};
    }
    return BY_AGE[N_AGE - 1];
}

/* Uniform in -1 .. 1: what the sheet leaves open about this runner. */
static double habit(const hm_shape *s, int lane, uint32_t what)
{
    return 2 * hm_rng_unit(s->seed, HM_FOR_BODY, (uint64_t)lane, what, 0) - 1;
}

static hm_hair hair_of(const hm_shape *s, int lane)
{
    static const hm_hair men[] = {HM_HAIR_CROP, HM_HAIR_SHAVED, HM_HAIR_CROP,   HM_HAIR_PARTED,
                                  HM_HAIR_AFRO, HM_HAIR_CROP,   HM_HAIR_BRAIDS, HM_HAIR_PARTED};
    static const hm_hair women[] = {HM_HAIR_PONYTAIL, HM_HAIR_BRAIDS, HM_HAIR_BUN,
                                    HM_HAIR_PONYTAIL, HM_HAIR_CROP,   HM_HAIR_BOB,
                                    HM_HAIR_PONYTAIL, HM_HAIR_AFRO};
    static const hm_hair boys[] = {HM_HAIR_CROP,   HM_HAIR_PARTED, HM_HAIR_CROP, HM_HAIR_BOB,
                                   HM_HAIR_PARTED, HM_HAIR_AFRO,   HM_HAIR_CROP, HM_HAIR_PARTED};
    /* Neighbours differ: the seed turns the list, the lane walks along it. */
    uint32_t turn = hm_rng(s->seed, HM_FOR_BODY, 0, 0, 0).u[0];
    uint32_t i = (turn + (uint32_t)lane * 3u) % 8u;
    if (s->sex == HM_SEX_WOMEN)
        return women[i];
    return s->age_yr < 15 ? boys[i] : men[i];
}

static void build_of(hm_shape *s, const hm_lane *lane)
{
    double h = s->stature_m;
    s->child = (float)(1 - ramp(s->age_yr, 6, 17));
    double grown = 1 - (double)s->child;
    s->girth = (float)clamp(sqrt(s->mass_kg / (BUILD_KG_PER_M3 * h * h * h)), 0.82, 1.35);
    s->female = s->sex == HM_SEX_WOMEN ? (float)ramp(s->age_yr, 9, 16) : 0.0f;
    double fast = lane->top_speed_mps > 0 ? ramp(lane->top_speed_mps, 7.0, 11.3) : 0.8;
    double old = ramp(s->age_yr, 36, 70);
    double m = grown * (0.25 + 0.75 * fast) * (1 - 0.5 * old) * (s->female > 0.5f ? 0.8 : 1.0);
    s->muscle = (float)clamp(m + 0.10 * habit(s, lane->lane, 1), 0, 1);
}

static hm_vec3 at(double h, double x, double y, double z)
{
    return hm_v3((float)(h * x), (float)(h * y), (float)(h * z));
}

static void place_trunk(hm_shape *s, const proportion *p, double shoulder)
{
    double h = s->stature_m, t = shoulder - p->hip;
    s->joint_m[HM_BONE_PELVIS] = at(h, 0, p->hip, 0);
    s->joint_m[HM_BONE_ABDOMEN] = at(h, 0, p->hip + .20 * t, -.010);
    s->joint_m[HM_BONE_CHEST] = at(h, 0, p->hip + .47 * t, -.016);
    s->joint_m[HM_BONE_NECK] = at(h, 0, shoulder + .014, -.018);
    s->joint_m[HM_BONE_HEAD] = at(h, 0, 1 - p->head * .80, -.004);
    s->joint_m[HM_BONE_TAIL] = at(h, 0, 1 - p->head * .28, -.040);
}

static void place_arm(hm_shape *s, int side, double half, double shoulder)
{
    double h = s->stature_m;
    float sx = side == 0 ? 1.0f : -1.0f;
    hm_vec3 *j = &s->joint_m[side == 0 ? HM_BONE_LEFT : HM_BONE_RIGHT];
    hm_vec3 u = hm_v3(sx * ARM_SIN, -ARM_COS, 0);
    float hand = (float)(h * HAND * mix(1, .96, (double)s->child));
    j[HM_SIDE_CLAVICLE] = at(h, (double)sx * .014, shoulder + .006, .020);
    j[HM_SIDE_UPPER_ARM] = j[HM_SIDE_SHOULDER] = at(h, (double)sx * half, shoulder, -.008);
    j[HM_SIDE_FOREARM] = j[HM_SIDE_ELBOW] = hm_v3_mad(j[HM_SIDE_UPPER_ARM], s->upper_arm_m, u);
    j[HM_SIDE_WRIST] = hm_v3_mad(j[HM_SIDE_FOREARM], 0.5f * s->forearm_m, u);
    j[HM_SIDE_HAND] = hm_v3_mad(j[HM_SIDE_FOREARM], s->forearm_m, u);
    j[HM_SIDE_FINGERS] = hm_v3_mad(j[HM_SIDE_HAND], 0.48f * hand, u);
    j[HM_SIDE_TIPS] = hm_v3_mad(j[HM_SIDE_HAND], 0.73f * hand, u);
    s->finger_end_m[side] = hm_v3_mad(j[HM_SIDE_HAND], hand, u);
    j[HM_SIDE_THUMB] = hm_v3_mad(j[HM_SIDE_HAND], 0.20f * hand, u);
    j[HM_SIDE_THUMB].z += 0.17f * hand;
}

static void place_leg(hm_shape *s, int side, const proportion *p)
{
    double h = s->stature_m, sx = side == 0 ? 1 : -1;
    double hip = mix(p->hip_half, p->hip_half + .004, (double)s->female);
    double sole = (double)s->sole_m / h, knee = ANKLE + (1 - THIGH_OF_LEG) * (p->hip - ANKLE);
    hm_vec3 *j = &s->joint_m[side == 0 ? HM_BONE_LEFT : HM_BONE_RIGHT];
    j[HM_SIDE_THIGH] = j[HM_SIDE_HIP] = at(h, sx * hip, p->hip, 0);
    j[HM_SIDE_SHANK] = j[HM_SIDE_KNEE] = at(h, sx * (hip + .030), knee, .006);
    j[HM_SIDE_FOOT] = at(h, sx * (hip + .045), ANKLE + sole, -.012);
    j[HM_SIDE_TOE] = at(h, sx * (hip + .051), .013 + sole, .066);
    s->toe_end_m[side] = at(h, sx * (hip + .051), .010 + sole, .105);
    s->heel_m[side] = at(h, sx * (hip + .043), sole, -.045);
}

/* Stature is measured barefoot; feet were placed on their soles already. */
static void stand_on_soles(hm_shape *s)
{
    for (int b = 0; b < HM_BONE_COUNT; b++) {
        int side = b < HM_BONE_LEFT ? -1 : (b - HM_BONE_LEFT) % HM_SIDE_BONE_COUNT;
        if (side != HM_SIDE_FOOT && side != HM_SIDE_TOE)
            s->joint_m[b].y += s->sole_m;
    }
    for (int side = 0; side < 2; side++)
        s->finger_end_m[side].y += s->sole_m;
}

static float distance(hm_vec3 a, hm_vec3 b)
{
    return hm_v3_len(hm_v3_sub(a, b));
}

static void place_head(hm_shape *s, const proportion *p, int lane)
{
    double h = s->stature_m, head = p->head * h, c = (double)s->child;
    double crown = h + (double)s->sole_m, chin = crown - head;
    hm_head_box *b = &s->head;
    double wide = mix(.345, .375, c) * (1 + .035 * habit(s, lane, 2)) * (s->female > 0 ? .985 : 1);
    b->half_height_m = (float)(head / 2);
    b->half_width_m = (float)(head * wide);
    b->half_depth_m = (float)(head * mix(.435, .445, c) * (1 + .02 * habit(s, lane, 3)));
    b->centre_m = hm_v3(0, (float)(crown - head / 2), (float)(.012 * h));
    b->crown_y_m = (float)crown;
    b->chin_y_m = (float)chin;
    b->eye_y_m = (float)(chin + head * (mix(.50, .455, c) + .008 * habit(s, lane, 4)));
    b->brow_y_m = b->eye_y_m + (float)(head * mix(.085, .095, c));
    b->nose_y_m = (float)(chin + head * mix(.305, .29, c));
    b->mouth_y_m = (float)(chin + head * (mix(.195, .18, c) + .006 * habit(s, lane, 5)));
    b->hairline_y_m = (float)(chin + head * mix(.835, .80, c));
    b->eye_x_m = (float)(head * mix(.142, .150, c));
    b->mouth_half_m = (float)(head * (.105 + .008 * habit(s, lane, 6)));
    float front = b->centre_m.z + b->half_depth_m;
    b->eye_z_m = front - (float)(head * .095);
    b->nose_tip_m = hm_v3(0, b->nose_y_m + (float)(head * .025),
                          front + (float)(head * (mix(.055, .03, c) + .015 * habit(s, lane, 7))));
    b->ear_y_m = 0.5f * (b->eye_y_m + b->nose_y_m) + (float)(head * .02);
    b->ear_z_m = b->centre_m.z - (float)(head * .05);
}

/* Elite runners wear it short; children and joggers loose and to the middle of the thigh. */
static double hem_share(const hm_shape *s, int lane)
{
    double loose = mix(.62, .40, (double)s->muscle) - .06 * (double)s->female;
    return clamp(loose + .05 * habit(s, lane, 8), .26, .66);
}

static void place_marks(hm_shape *s, int lane)
{
    double h = s->stature_m, g = (double)s->girth, f = (double)s->female;
    const hm_vec3 *j = s->joint_m, *l = &s->joint_m[HM_BONE_LEFT];
    hm_landmarks *m = &s->mark;
    float hip = j[HM_BONE_PELVIS].y, shoulder = l[HM_SIDE_UPPER_ARM].y, t = shoulder - hip;
    m->shoulder_x_m = l[HM_SIDE_UPPER_ARM].x;
    m->shoulder_y_m = shoulder + (float)(.030 * h * g);
    m->neck_y_m = l[HM_SIDE_CLAVICLE].y + (float)(.010 * h);
    m->armpit_y_m = shoulder - 0.20f * t;
    m->chest_y_m = shoulder - 0.26f * t;
    m->waist_y_m = hip + 0.38f * t;
    m->hip_y_m = hip;
    m->crotch_y_m = hip - (float)(.050 * h);
    m->waistband_y_m = hip + 0.24f * t;
    float thigh = l[HM_SIDE_THIGH].y - l[HM_SIDE_SHANK].y;
    m->hem_y_m = hip - (float)hem_share(s, lane) * thigh;
    m->knee_y_m = l[HM_SIDE_SHANK].y;
    m->ankle_y_m = l[HM_SIDE_FOOT].y;
    m->shoe_top_y_m = m->ankle_y_m + (float)(.012 * h);
    m->sole_y_m = s->sole_m;
    m->chest_half_m = (float)(h * g * mix(.094, .084, f));
    m->waist_half_m = (float)(h * g * mix(.076, .068, f));
    m->hip_half_m = (float)(h * g * mix(.094, .100, f));
    m->chest_front_z_m = (float)(h * g * .062);
    m->back_z_m = (float)(-h * g * .078);
}

hm_shape hm_shape_of(const hm_lane *lane, uint64_t seed)
{
    hm_shape s = {.sex = lane->sex, .seed = seed};
    s.age_yr = clamp(lane->age_yr, 3, 100);
    s.stature_m = clamp(lane->stature_m, 0.8, 2.3);
    s.mass_kg = clamp(lane->mass_kg, 10, 200);
    build_of(&s, lane);
    proportion p = proportion_at(s.age_yr);
    double h = s.stature_m, c = (double)s.child;
    double shoulder = 1 - p.head - p.neck;
    double half = p.shoulder_half * mix(1, .93, (double)s.female) *
                  (1 + .03 * ((double)s.muscle - .5) + .015 * habit(&s, lane->lane, 9));
    s.sole_m = (float)(.0075 * h);
    s.upper_arm_m = (float)(h * UPPER_ARM * mix(1, .96, c));
    s.forearm_m = (float)(h * FOREARM * mix(1, .96, c));
    place_trunk(&s, &p, shoulder);
    for (int side = 0; side < 2; side++) {
        place_arm(&s, side, half, shoulder);
        place_leg(&s, side, &p);
    }
    stand_on_soles(&s);
    const hm_vec3 *l = &s.joint_m[HM_BONE_LEFT];
    s.thigh_m = distance(l[HM_SIDE_THIGH], l[HM_SIDE_SHANK]);
    s.shank_m = distance(l[HM_SIDE_SHANK], l[HM_SIDE_FOOT]);
    place_head(&s, &p, lane->lane);
    s.hair = hair_of(&s, lane->lane);
    place_marks(&s, lane->lane);
    return s;
}
