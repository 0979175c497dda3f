/* Expressions: a table of presets and the order in which a race goes through them. */
#include "stage/mien.h"

#include "costume_priv.h"
#include "figure_priv.h"

#include "base/hash.h"
#include "base/rng.h"
#include "base/status.h"

/* Seconds from the gun; the call to "set" comes about two seconds before it (estimate). */
#define SET_FROM_S (-2.4)
#define SET_TO_S   (-1.8)
#define SNAP_S     0.22 /* how long the start of the drive shows on a face */
#define DRIVE_M    32.0 /* end of the drive phase */
#define LAST_M     62.0 /* from here on loss of speed shows */
#define DIP_S      0.14 /* before the line */

/* Columns: brow in, out; lid up, low; gaze x, y; open, wide, corner, skew; teeth, press, wrinkle,
 * strain, puff, sweat. All [1]. Estimates, tuned by eye on sheets of drawn faces. */
static const hm_mien MOOD[HM_MOOD_COUNT] = {
    [HM_MOOD_CALM] = {0.0f, 0.0f, 0.95f, 0.05f, 0, 0, 0.0f, 0.0f, 0.10f, 0, 0, 0.1f, 0, 0, 0, 0},
    [HM_MOOD_FOCUSED] = {-0.45f, 0.05f, 0.85f, 0.25f, 0, 0, 0, 0, -0.15f, 0, 0, 0.5f, 0, 0.05f, 0,
                         0},
    [HM_MOOD_WIDE] = {0.45f, 0.30f, 1.28f, 0.0f, 0, 0, 0.10f, 0.0f, -0.15f, 0, 0, 0, 0, 0.1f, 0,
                      0.3f},
    [HM_MOOD_TIGHT] = {-0.60f, 0.0f, 0.72f, 0.35f, 0, -0.1f, 0, 0.1f, -0.30f, 0, 0, 0.9f, 0.1f,
                       0.2f, 0, 0},
    [HM_MOOD_SNAP] = {-0.55f, 0.25f, 1.18f, 0.1f, 0, -0.2f, 0.30f, 0.2f, -0.2f, 0, 0.45f, 0, 0.3f,
                      0.35f, 0, 0},
    [HM_MOOD_CLENCH] = {-0.95f, -0.1f, 0.72f, 0.55f, 0, -0.1f, 0.34f, 0.55f, -0.25f, 0, 1.0f, 0,
                        0.8f, 0.6f, 0, 0.2f},
    [HM_MOOD_LOOSE] = {-0.20f, 0.0f, 0.82f, 0.2f, 0, 0, 0.26f, -0.25f, -0.10f, 0, 0.15f, 0, 0,
                       0.15f, 0.7f, 0.4f},
    [HM_MOOD_STRAIN1] = {-0.55f, -0.1f, 0.78f, 0.4f, 0, 0, 0.34f, 0.3f, -0.25f, 0, 0.5f, 0, 0.4f,
                         0.45f, 0.2f, 0.5f},
    [HM_MOOD_STRAIN2] = {-0.80f, -0.2f, 0.66f, 0.6f, 0, 0, 0.42f, 0.55f, -0.40f, 0, 0.9f, 0, 0.7f,
                         0.75f, 0, 0.7f},
    [HM_MOOD_STRAIN3] = {-1.0f, -0.35f, 0.45f, 0.9f, 0, 0, 0.52f, 0.85f, -0.55f, 0.15f, 1.0f, 0,
                         1.0f, 1.0f, 0, 0.9f},
    [HM_MOOD_DIP] = {-0.75f, 0.2f, 1.0f, 0.35f, 0, 0.35f, 0.62f, 0.35f, -0.25f, 0, 0.6f, 0, 0.6f,
                     0.9f, 0, 0.9f},
    [HM_MOOD_PAIN] = {0.55f, -0.5f, 0.22f, 0.8f, 0, 0, 0.46f, 0.65f, -0.70f, 0.25f, 0.85f, 0, 0.9f,
                      0.9f, 0, 0.8f},
    [HM_MOOD_JOY] = {0.55f, 0.55f, 0.72f, 0.60f, 0, 0.1f, 0.70f, 0.75f, 1.0f, 0, 0.40f, 0, 0.1f,
                     0.1f, 0, 0.7f},
    [HM_MOOD_DISBELIEF] = {0.95f, 0.8f, 1.38f, 0, 0, 0.2f, 0.55f, -0.45f, 0.0f, 0, 0.1f, 0, 0, 0.2f,
                           0, 0.7f},
    [HM_MOOD_BLANK] = {0.15f, -0.1f, 0.72f, 0, 0, -0.1f, 0.10f, -0.05f, -0.10f, 0, 0, 0, 0, 0, 0,
                       0.7f},
    [HM_MOOD_FEAR] = {0.85f, 0.0f, 1.32f, 0.1f, 0, 0, 0.22f, 0.45f, -0.50f, 0, 0.3f, 0, 0, 0.35f, 0,
                      0.5f},
    [HM_MOOD_CONTEMPT] = {-0.25f, 0.35f, 0.68f, 0.15f, 0.5f, 0, 0.0f, 0.1f, 0.15f, 0.9f, 0, 0.4f,
                          0.2f, 0.1f, 0, 0},
};

hm_mien hm_mien_of(hm_mood mood)
{
    HM_ASSERT((int)mood >= 0 && mood < HM_MOOD_COUNT);
    return MOOD[mood];
}

hm_mien hm_mien_mix(const hm_mien *a, const hm_mien *b, float k)
{
    /* All fields are floats in one row. */
    _Static_assert(sizeof(hm_mien) == 16 * sizeof(float), "hm_mien holds floats only");
    hm_mien m;
    const float *fa = (const float *)a, *fb = (const float *)b;
    float *fm = (float *)&m;
    for (int i = 0; i < 16; i++)
        fm[i] = fig_mix1(fa[i], fb[i], fig_unit(k));
    return m;
}

static float ramp(double t, double from, double to)
{
    return fig_step(0.0f, 1.0f, (float)((t - from) / (to - from)));
}

static hm_mien between(hm_mood a, hm_mood b, float k)
{
    return hm_mien_mix(&MOOD[a], &MOOD[b], k);
}

/* One blink in each slot of time, at a moment of its own. */
static float blink_at(uint64_t seed, uint64_t who, double t_s)
{
    double slot = 3.4, n = floor(t_s / slot);
    double r = hm_rng_unit(seed, HM_FOR_COSTUME, who, 200, (uint32_t)(int32_t)n);
    double d = fabs(t_s - (n + 0.1 + 0.8 * r) * slot);
    return d < 0.09 ? (float)(d / 0.09) : 1.0f;
}

static void glance(hm_mien *m, uint64_t seed, uint64_t who, double t_s)
{
    double n = floor(t_s / 1.3);
    uint32_t k = (uint32_t)(int32_t)n;
    float x = (float)hm_rng_unit(seed, HM_FOR_COSTUME, who, 201, k) - 0.5f;
    float y = (float)hm_rng_unit(seed, HM_FOR_COSTUME, who, 202, k) - 0.5f;
    bool wander = hm_rng_unit(seed, HM_FOR_COSTUME, who, 203, k) > 0.55;
    m->gaze_x = wander ? 1.5f * x : 0.0f;
    m->gaze_y = wander ? 0.5f * y : 0.05f;
}

static hm_mien before(uint64_t seed, uint64_t who, double t_s)
{
    static const hm_mood nerve[] = {HM_MOOD_CALM, HM_MOOD_FOCUSED, HM_MOOD_FOCUSED, HM_MOOD_WIDE};
    static const hm_mood set[] = {HM_MOOD_FOCUSED, HM_MOOD_TIGHT, HM_MOOD_TIGHT, HM_MOOD_WIDE};
    int i = (int)fig_clamp(4.0f * costume_draw(seed, who, 204), 0.0f, 3.0f);
    hm_mien m = between(nerve[i], set[i], ramp(t_s, SET_FROM_S, SET_TO_S));
    if (t_s < SET_FROM_S) {
        glance(&m, seed, who, t_s);
        m.lid_up *= blink_at(seed, who, t_s);
    } else {
        m.gaze_y = -0.35f;
    }
    return m;
}

/* Loss of speed against the runner's best, 0 at 1 %, 1 at 8 %. */
static float fade_of(const hm_lane *lane, double t_s)
{
    double top = lane->top_speed_mps;
    if (top <= 0.0)
        return 0.5f;
    double loss = (top - hm_curve_v_mps(&lane->curve, t_s)) / top;
    return fig_unit((float)((loss - 0.01) / 0.07));
}

/* Cheeks and jaw swing after each touch-down: 1 at contact, gone after 0.12 s. */
static float jolt_at(const hm_lane *lane, double t_s)
{
    for (int32_t i = lane->n_step; i-- > 0;)
        if (lane->step[i].on_s <= t_s)
            return fig_unit(1.0f - (float)((t_s - lane->step[i].on_s) / 0.12));
    return 0.0f;
}

static hm_mien running(const hm_lane *lane, uint64_t seed, uint64_t who, double t_s)
{
    static const hm_mood last[] = {HM_MOOD_STRAIN1, HM_MOOD_STRAIN2, HM_MOOD_STRAIN3};
    double x = hm_curve_x_m(&lane->curve, t_s), react = lane->reaction_s;
    hm_mien m =
        between(HM_MOOD_SNAP, HM_MOOD_CLENCH, ramp(t_s, react + SNAP_S, react + 2 * SNAP_S));
    hm_mien cruise = between(HM_MOOD_LOOSE, HM_MOOD_STRAIN1, 0.6f * costume_draw(seed, who, 205));
    m = hm_mien_mix(&m, &cruise, ramp(x, DRIVE_M, DRIVE_M + 14.0));
    if (x > LAST_M) {
        float e = 2.0f * fig_unit(0.25f + 0.75f * fade_of(lane, t_s) +
                                  0.60f * (costume_draw(seed, who, 206) - 0.5f));
        int i = e >= 1.0f ? 1 : 0;
        hm_mien s = between(last[i], last[i + 1], e - (float)i);
        m = hm_mien_mix(&m, &s, ramp(x, LAST_M, LAST_M + 16.0));
    }
    /* Children strain with an open face. */
    float child = 1.0f - ramp(lane->age_yr, 8.0, 16.0);
    m.strain *= 1.0f - 0.5f * child;
    m.wrinkle *= 1.0f - 0.7f * child;
    m.lid_low *= 1.0f - 0.5f * child;
    m.brow_in *= 1.0f - 0.4f * child;
    m.mouth_wide *= 1.0f - 0.5f * child;
    float jolt = jolt_at(lane, t_s) * m.puff;
    m.mouth_open += 0.07f * jolt;
    m.corner -= 0.10f * jolt;
    return m;
}

/* What the place meant, by temperament. */
static hm_mood after_mood(const hm_race *race, const hm_lane *lane, uint64_t seed, uint64_t who)
{
    static const hm_mood beaten[] = {HM_MOOD_BLANK, HM_MOOD_PAIN, HM_MOOD_DISBELIEF, HM_MOOD_BLANK};
    if (lane->status == HM_RUN_DNF)
        return HM_MOOD_PAIN;
    float r = costume_draw(seed, who, 207);
    if (lane->place == 1)
        return r < 0.8f ? HM_MOOD_JOY : HM_MOOD_DISBELIEF;
    if (lane->place > 1 && lane->place <= 3 && race->n_lane > 3)
        return r < 0.45f ? HM_MOOD_JOY : r < 0.75f ? HM_MOOD_DISBELIEF : HM_MOOD_BLANK;
    return beaten[(int)fig_clamp(4.0f * r, 0.0f, 3.0f)];
}

static hm_mien after(const hm_race *race, const hm_lane *lane, uint64_t seed, uint64_t who,
                     double t_s, double end_s)
{
    double dt = t_s - end_s;
    hm_mien gasp = between(HM_MOOD_STRAIN1, HM_MOOD_LOOSE, 0.5f);
    gasp.mouth_open = 0.45f;
    hm_mien m = hm_mien_mix(&MOOD[HM_MOOD_DIP], &gasp, ramp(dt, 0.05, 0.35));
    /* First the clock, then the face falls or lights up. */
    m.gaze_x = -0.6f * ramp(dt, 0.35, 0.5);
    m.gaze_y = 0.5f * ramp(dt, 0.35, 0.5);
    const hm_mien *end = &MOOD[after_mood(race, lane, seed, who)];
    m = hm_mien_mix(&m, end, ramp(dt, 0.9, 1.5));
    double breath = dt * 1.15 - floor(dt * 1.15);
    m.mouth_open += 0.14f * (float)(1.0 - fabs(2.0 * breath - 1.0)) * (1.0f - m.press);
    if (dt > 1.0)
        m.lid_up *= blink_at(seed, who, t_s);
    m.sweat = 0.9f;
    return m;
}

void hm_mien_at(const hm_race *race, const hm_lane *lane, double t_s, hm_mien *out)
{
    uint64_t who = costume_entity(lane), seed = race->seed;
    bool ran = lane->status != HM_RUN_DNS && lane->curve.n > 1;
    if (!ran) {
        *out = before(seed, who, t_s < SET_FROM_S ? t_s : SET_FROM_S - 30.0 - t_s);
        return;
    }
    double end_s = lane->time_us > 0 ? 1e-6 * (double)lane->time_us : lane->end_s;
    if (t_s < lane->reaction_s) {
        *out = before(seed, who, t_s);
    } else if (t_s < end_s) {
        *out = running(lane, seed, who, t_s);
        if (lane->time_us > 0)
            *out = hm_mien_mix(out, &MOOD[HM_MOOD_DIP], ramp(t_s, end_s - DIP_S, end_s - 0.02));
    } else {
        *out = after(race, lane, seed, who, t_s, end_s);
    }
}
