/* Skin, hair and face from a seed: parameters in wide ranges, none tied to where somebody is from.
 */
#include "costume_priv.h"
#include "figure_priv.h"

#include "base/hash.h"

/* Twelve tones from light to deep; own values, chosen so that shade and ink stay legible. */
static const hm_rgb SKIN[] = {
    {0.957f, 0.827f, 0.741f}, {0.929f, 0.773f, 0.663f}, {0.898f, 0.722f, 0.588f},
    {0.859f, 0.667f, 0.522f}, {0.808f, 0.604f, 0.455f}, {0.745f, 0.541f, 0.396f},
    {0.675f, 0.475f, 0.341f}, {0.604f, 0.412f, 0.294f}, {0.537f, 0.357f, 0.255f},
    {0.475f, 0.310f, 0.224f}, {0.420f, 0.271f, 0.204f}, {0.369f, 0.239f, 0.188f},
};
enum { N_SKIN = sizeof SKIN / sizeof SKIN[0] };

static const hm_rgb HAIR[] = {
    {0.075f, 0.063f, 0.071f}, {0.110f, 0.082f, 0.075f}, {0.173f, 0.118f, 0.094f},
    {0.259f, 0.169f, 0.118f}, {0.376f, 0.243f, 0.153f}, {0.545f, 0.376f, 0.212f},
    {0.745f, 0.569f, 0.329f}, {0.573f, 0.255f, 0.129f},
};

/* What some women wear to the start. */
static const hm_rgb DYE[] = {
    {0.745f, 0.580f, 0.345f},
    {0.455f, 0.110f, 0.140f},
    {0.620f, 0.310f, 0.130f},
    {0.700f, 0.430f, 0.220f},
};
enum { N_DYE = sizeof DYE / sizeof DYE[0] };

static const hm_rgb IRIS[] = {
    {0.28f, 0.16f, 0.09f}, {0.36f, 0.21f, 0.11f}, {0.45f, 0.29f, 0.13f},
    {0.40f, 0.42f, 0.22f}, {0.30f, 0.45f, 0.58f}, {0.42f, 0.50f, 0.52f},
};

/* Names of draws; only grows. */
enum {
    D_TONE,
    D_HAIR,
    D_IRIS,
    D_EYE_W,
    D_EYE_UP,
    D_EYE_TILT,
    D_FOLD,
    D_BROW_THICK,
    D_BROW_ARCH,
    D_BROW_TILT,
    D_NOSE_W,
    D_LIP,
    D_LIP_RATIO,
    D_BOW,
    D_LEAN,
    D_FRECKLE,
    D_BEARD,
    D_MOUTH,
    D_BROW_LEN,
    D_EYE_LOW,
    D_BROW_V,
    D_CHAIN,
    D_WRIST,
    D_BAND,
    D_SLEEVE,
    D_STUD,
    D_DYE
};

static float spread(uint64_t seed, uint64_t who, uint32_t what, float lo, float hi)
{
    return lo + (hi - lo) * costume_draw(seed, who, what);
}

static bool name_is_wide(const hm_lane *lane)
{
    return ((unsigned char)costume_who(lane)[0] & 0xF0u) == 0xE0u;
}

/* Tone index and fine mix. The middle and deep tones are the commoner ones in the world. */
static int tone_of(const hm_lane *lane, uint64_t seed, uint64_t who, hm_rgb *skin)
{
    float r = costume_draw(seed, who, D_TONE);
    float at = name_is_wide(lane) ? 0.6f + 3.2f * r : 1.2f + 9.8f * (r + 0.35f * r * (1.0f - r));
    int i = (int)fig_clamp(at, 0.0f, (float)(N_SKIN - 2));
    *skin = fig_mix(SKIN[i], SKIN[i + 1], fig_unit(at - (float)i));
    return i;
}

static void hair_of(const hm_lane *lane, uint64_t seed, uint64_t who, int tone, float female,
                    hm_costume *c)
{
    float r = costume_draw(seed, who, D_HAIR);
    int n = tone >= 6 || name_is_wide(lane) ? 3 : tone >= 4 ? 5 : 8;
    hm_rgb hair = HAIR[(int)fig_clamp(r * (float)n, 0.0f, (float)(n - 1))];
    float grey = fig_step(38.0f, 68.0f, (float)lane->age_yr + 16.0f * (r - 0.5f));
    c->hair = fig_mix(hair, fig_rgb(0.70f, 0.69f, 0.68f), 0.9f * grey);
    c->grey_hair = grey > 0.4f;
    c->face.brow_rgb = fig_mix(fig_scale(c->hair, 0.62f), fig_scale(c->skin, 0.22f), 0.30f);
    float dye = costume_draw(seed, who, D_DYE);
    if (female > 0.5f && grey < 0.1f && dye > 0.72f)
        c->hair =
            DYE[(int)fig_clamp((dye - 0.72f) / 0.28f * (float)N_DYE, 0.0f, (float)(N_DYE - 1))];
}

static void eyes_of(const hm_shape *s, uint64_t seed, uint64_t who, int tone, bool dark, hm_face *f)
{
    float child = s->child, female = fig_max(s->female, 0.5f * child);
    float unit = s->head.eye_y_m - s->head.chin_y_m;
    f->eye_u = s->head.eye_x_m / unit;
    f->eye_w = spread(seed, who, D_EYE_W, 0.136f, 0.158f) + 0.012f * female + 0.024f * child;
    f->eye_up = spread(seed, who, D_EYE_UP, 0.056f, 0.080f) + 0.026f * female + 0.030f * child;
    f->eye_low = spread(seed, who, D_EYE_LOW, 0.030f, 0.046f) + 0.012f * child;
    f->eye_tilt = spread(seed, who, D_EYE_TILT, -0.07f, 0.14f) + 0.03f * female;
    f->iris = fig_clamp(0.62f * (f->eye_up + f->eye_low) + 0.004f, 0.062f, 0.096f);
    f->lash = 0.0155f + 0.0060f * female;
    f->fold = spread(seed, who, D_FOLD, 0.25f, 1.0f);
    int n = tone >= 5 || dark ? 2 : tone >= 3 ? 4 : 6;
    float r = costume_draw(seed, who, D_IRIS);
    f->iris_rgb = IRIS[(int)fig_clamp(r * (float)n, 0.0f, (float)(n - 1))];
    f->brow_v = (s->head.brow_y_m - s->head.eye_y_m) / unit +
                spread(seed, who, D_BROW_V, 0.005f, 0.045f) + 0.02f * female;
    f->brow_len = spread(seed, who, D_BROW_LEN, 0.165f, 0.200f);
    f->brow_thick = spread(seed, who, D_BROW_THICK, 0.023f, 0.040f) - 0.006f * female;
    f->brow_arch = spread(seed, who, D_BROW_ARCH, 0.012f, 0.050f) + 0.008f * female;
    f->brow_tilt = spread(seed, who, D_BROW_TILT, 0.00f, 0.16f) - 0.04f * child;
}

static void mouth_of(const hm_shape *s, uint64_t seed, uint64_t who, const hm_costume *c,
                     hm_face *f)
{
    float child = s->child, unit = s->head.eye_y_m - s->head.chin_y_m;
    f->nose_v = (s->head.nose_y_m - s->head.eye_y_m) / unit;
    f->nose_w =
        spread(seed, who, D_NOSE_W, 0.112f, 0.172f) * (1.0f - 0.16f * child) - 0.016f * s->female;
    f->mouth_v = (s->head.mouth_y_m - s->head.eye_y_m) / unit;
    f->mouth_w = s->head.mouth_half_m / unit * spread(seed, who, D_MOUTH, 0.98f, 1.14f);
    float full = spread(seed, who, D_LIP, 0.085f, 0.150f) + 0.022f * s->female - 0.02f * child;
    float part = spread(seed, who, D_LIP_RATIO, 0.36f, 0.45f);
    f->lip_up = full * part;
    f->lip_low = full * (1.0f - part);
    f->bow = spread(seed, who, D_BOW, 0.008f, 0.026f);
    hm_rgb rose = fig_rgb(0.70f, 0.27f, 0.29f);
    float light = fig_luma(c->skin);
    f->lip_rgb =
        fig_mix(fig_scale(c->skin, 0.84f), rose, 0.14f + 0.20f * light + 0.22f * s->female);
}

static void age_of(const hm_lane *lane, const hm_shape *s, uint64_t seed, uint64_t who, int tone,
                   hm_face *f)
{
    f->lean = spread(seed, who, D_LEAN, 0.2f, 1.0f) * (1.0f - s->child) * (1.0f - 0.5f * s->female);
    f->age_lines = fig_step(32.0f, 72.0f, (float)lane->age_yr);
    float freckle = costume_draw(seed, who, D_FRECKLE);
    f->youth = fig_max(s->child, 0.35f * s->female); /* women are drawn with fewer lines */
    f->freckles = tone <= 3 && freckle > 0.72f ? fig_unit(0.5f + 2.0f * (freckle - 0.72f)) : 0.0f;
    float r = costume_draw(seed, who, D_BEARD);
    f->beard = HM_BEARD_NONE;
    if (s->sex == HM_SEX_MEN && lane->age_yr >= 19.0)
        f->beard = r < 0.46f   ? HM_BEARD_NONE
                   : r < 0.68f ? HM_BEARD_STUBBLE
                   : r < 0.75f ? HM_BEARD_MOUSTACHE
                   : r < 0.88f ? HM_BEARD_GOATEE
                               : HM_BEARD_FULL;
}

void costume_person(const hm_lane *lane, const hm_shape *shape, uint64_t seed, hm_costume *c)
{
    uint64_t who = costume_entity(lane);
    hm_face *f = &c->face;
    int tone = tone_of(lane, seed, who, &c->skin);
    hair_of(lane, seed, who, tone, shape->female, c);
    eyes_of(shape, seed, who, tone, name_is_wide(lane), f);
    mouth_of(shape, seed, who, c, f);
    age_of(lane, shape, seed, who, tone, f);
    f->grain = (uint32_t)(who ^ (who >> 29));
    c->grain = f->grain;
    c->nail = fig_mix(c->skin, fig_rgb(0.95f, 0.78f, 0.74f), 0.45f);
    bool grown = shape->child<0.5f, woman = shape->female> 0.5f;
    c->neck_chain = grown && costume_draw(seed, who, D_CHAIN) > 0.72f;
    c->wrist_band = grown && costume_draw(seed, who, D_WRIST) > 0.70f;
    c->head_band = grown && costume_draw(seed, who, D_BAND) > (woman ? 0.72f : 0.88f) &&
                   shape->hair != HM_HAIR_SHAVED;
    c->ear_stud = grown && costume_draw(seed, who, D_STUD) > (woman ? 0.35f : 0.85f);
    c->arm_sleeve = grown && costume_draw(seed, who, D_SLEEVE) > 0.93f;
}
