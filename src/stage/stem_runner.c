/* stem_runner.c - what a runner's feet sound like: touch-down and toe-off. */
#include "sound_priv.h"

#include "num/dmath.h"

#define TOUCH_S  0.17
#define SCRAPE_S 0.09
#define CONTACT_S                                                                                  \
    0.110 /* of a landing as the recipes have it; sprinters at top speed, stage notes */
#define EVEN_TARTAN                                                                                \
    0.145 /* root of the mean square of a landing at level 1, the middle of 8 runners */
#define EVEN_EARTH 0.105
#define TRAINER    0.15 /* what a soft sole leaves of the pins' bite; own choice */
#define GROW_STEPS 12.0 /* the landings grow harder over the first steps (stage notes) */

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, "sound", 0, 0, NULL, "no memory left");
}

/* ---- steps ---- */

/** Force of a landing against one at top speed. */
static double force(const hm_lane *l, int32_t i)
{
    double grow = i < GROW_STEPS ? 0.35 + 0.65 * i / GROW_STEPS : 1.0;
    double top = l->top_speed_mps > 1.0 ? l->top_speed_mps : 1.0;
    double v = hm_curve_v_mps(&l->curve, l->step[i].on_s) / top;
    double slow = i < GROW_STEPS ? 1.0 : 0.25 + 0.75 * (v < 1.0 ? v : 1.0); /* run-out */
    return grow * slow * sqrt(l->mass_kg / 75.0);
}

/** Level of a landing: by the force of this runner's; where the desk tells the lead, by that of
 *  anybody then, and steadier. */
static double landing(const sound_film *f, const hm_lane *l, int32_t i)
{
    double k = sound_lead_frac(f, l->step[i].on_s), told = sound_lead_force(f, l->step[i].on_s);
    double spread = 1.0 - 0.7 * k;
    double chance = 1.0 + 0.3 * spread * (sound_unit(f, (uint64_t)l->lane, (uint32_t)i, 0) - 0.5);
    return chance * (force(l, i) + k * (told - force(l, i)));
}

/** 0.72 .. 1.44: how high the sole of a lane rings, never the same in two lanes side by side. */
static double sole(const sound_film *f, const hm_lane *l)
{
    double u = 0.61803398875 * l->lane + sound_unit(f, 0, 0, 12); /* golden section: spread out */
    return 0.72 * (1.0 + u - floor(u));
}

/** A runner's own sound: light ones higher, each foot a little apart, long contacts duller and
 *  longer, no pins under who starts standing. */
static sound_event touch_of(const sound_film *f, const hm_lane *l, int32_t i)
{
    uint64_t who = (uint64_t)l->lane;
    const hm_step *s = &l->step[i];
    double left = s->foot == HM_FOOT_LEFT ? 1.0 : -1.0;
    double heavy = 1.0 + 0.45 * (75.0 - l->mass_kg) / 75.0;
    double contact = (s->off_s - s->on_s) / CONTACT_S;
    contact = contact < 0.8 ? 0.8 : contact > 1.6 ? 1.6 : contact;
    sound_event e = {.len_s = TOUCH_S, .key = sound_key((uint32_t)l->lane, (uint32_t)i, 1)};
    e.own = sound_key((uint32_t)l->lane, (uint32_t)s->foot, 9);
    e.level = landing(f, l, i);
    e.par[0] = heavy * (1.0 + 0.03 * left) * (0.96 + 0.08 * sound_unit(f, who, 0, 9)) *
               (0.98 + 0.04 * sound_unit(f, who, (uint32_t)i, 1)); /* pitch */
    e.par[1] = (i < GROW_STEPS ? 1.25 : 1.0) * (0.45 + 0.5 * sole(f, l)) *
               (0.9 + 0.2 * sound_unit(f, who, (uint32_t)i, 2)) *
               (1.0 + 0.16 * left * (sound_unit(f, who, 0, 8) - 0.5)); /* brightness */
    e.par[2] = contact;
    e.par[3] = l->start.standing ? TRAINER : 1.0;
    e.par[4] = sole(f, l);
    return e;
}

static sound_event scrape_of(const sound_film *f, const hm_lane *l, int32_t i)
{
    double push = i < GROW_STEPS ? 1.6 - 0.6 * i / GROW_STEPS : 1.0; /* hard pushes tear more */
    sound_event e = {.len_s = SCRAPE_S, .key = sound_key((uint32_t)l->lane, (uint32_t)i, 2)};
    double k = sound_lead_frac(f, l->step[i].on_s);
    double chance =
        0.8 * (1.0 - 0.7 * k) * (sound_unit(f, (uint64_t)l->lane, (uint32_t)i, 3) - 0.5);
    e.level = push * sqrt(landing(f, l, i)) * (1.0 + chance);
    e.par[0] = 0.85 + 0.3 * sound_unit(f, (uint64_t)l->lane, (uint32_t)i, 4);
    return e;
}

/** What the desk does to each foot of a runner, so that bright shoes do not lead: [1] by hm_foot.
 */
typedef struct evening {
    double gain[2];
} evening;

static int64_t cast_steps(const sound_film *f, const hm_lane *l, bool off, const evening *even,
                          sound_event *list)
{
    int64_t n = 0;
    for (int32_t i = 0; i < l->n_step; i++) {
        const hm_step *s = &l->step[i];
        double at_s = off ? s->off_s : s->on_s;
        sound_event e = off ? scrape_of(f, l, i) : touch_of(f, l, i), *to = list ? list + n : NULL;
        e.level *= 1.0 + sound_lead_frac(f, at_s) * (even->gain[s->foot] - 1.0);
        int64_t k = sound_cast(f, at_s, sound_lane_m(l, s->side_m, 0.0, s->x_m), e, to);
        if (list)
            sound_lead(f, l, at_s, k, to);
        n += k;
    }
    return n;
}

/** Loudness of one landing of a foot, at level 1: root of its energy. */
static double landing_rms(const sound_film *f, const hm_lane *l, int32_t i, double *mono)
{
    sound_event e = touch_of(f, l, i);
    int64_t n = (int64_t)(e.len_s * HM_AUDIO_HZ);
    double sum = 0.0;
    sound_touch_recipe(f, &e, 0.0, n, mono);
    for (int64_t k = 0; k < n; k++)
        sum += mono[k] * mono[k];
    return sqrt(sum / (double)n);
}

/** Bring both feet to EVEN_RMS, by four landings of each. */
static hm_status even_out(const sound_film *f, const hm_lane *l, hm_arena *a, evening *even,
                          hm_err *err)
{
    *even = (evening){{1.0, 1.0}};
    if (!(f->o.lead_db_per_m > 0.0) || l->n_step < 24)
        return HM_OK;
    hm_arena_mark mark = hm_arena_mark_get(a);
    double *mono = HM_PUSH(a, double, SOUND_EVENT_MAX);
    if (!mono)
        return no_memory(err);
    double sum[2] = {0};
    for (int32_t i = 13; i < 21; i++)
        sum[l->step[i].foot] += 0.25 * landing_rms(f, l, i, mono);
    hm_arena_release(a, mark);
    for (int k = 0; k < 2; k++)
        even->gain[k] = (f->earth ? EVEN_EARTH : EVEN_TARTAN) / sum[k];
    return HM_OK;
}

hm_status sound_steps(const sound_film *f, const hm_lane *l, hm_arena *a, sound_events *touch,
                      sound_events *scrape, hm_err *err)
{
    evening even;
    HM_TRY(even_out(f, l, a, &even, err));
    sound_events t = {.n = cast_steps(f, l, false, &even, NULL)};
    sound_events s = {.n = cast_steps(f, l, true, &even, NULL)};
    t.e = HM_PUSH(a, sound_event, t.n + 1);
    s.e = HM_PUSH(a, sound_event, s.n + 1);
    if (!t.e || !s.e)
        return no_memory(err);
    cast_steps(f, l, false, &even, t.e);
    cast_steps(f, l, true, &even, s.e);
    *touch = t;
    *scrape = s;
    return HM_OK;
}

/** A sine that slides from f0_hz by slide_hz_per_s: two rotations instead of a call a sample. */
typedef struct slide {
    double re, im, w_re, w_im, dw_re, dw_im;
} slide;

static slide slide_begin(double f0_hz, double slide_hz_per_s, double frac)
{
    double w = HM_TAU * f0_hz / HM_AUDIO_HZ;
    double dw = HM_TAU * slide_hz_per_s / HM_AUDIO_HZ / HM_AUDIO_HZ;
    return (slide){hm_cos(w * frac), -hm_sin(w * frac), hm_cos(w),
                   hm_sin(w),        hm_cos(dw),        hm_sin(dw)};
}

static double slide_next(slide *s)
{
    double y = s->im, re = s->re * s->w_re - s->im * s->w_im;
    s->im = s->re * s->w_im + s->im * s->w_re;
    s->re = re;
    double w = s->w_re * s->dw_re - s->w_im * s->dw_im;
    s->w_im = s->w_re * s->dw_im + s->w_im * s->dw_re;
    s->w_re = w;
    return y;
}

/** Noise of a landing: most of it is the foot's own, the rest each time another. */
static double grain_of(const sound_event *e, int64_t i)
{
    return 0.8 * sound_noise(e->own, (uint32_t)i) + 0.6 * sound_noise(e->key, (uint32_t)i);
}

/** Spikes on tartan: pins that bite one after the other, the clack and slap of the sole, a thud. */
static void touch_tartan(const sound_event *e, double frac, int64_t n, double *mono)
{
    double pitch = e->par[0], bright = e->par[1];
    sound_biquad low = {0}, slap = {0}, clack = {0}, tick = {0};
    sound_lowpass(&low, 150.0 * pitch, 1.1);
    sound_bandpass(&slap, 430.0 * pitch, 1.0);
    sound_bandpass(&clack, 1250.0 * pitch * e->par[4], 1.6);
    sound_bandpass(&tick, 3100.0 * pitch * sqrt(e->par[4]), 1.5);
    slide thud = slide_begin(92.0 * pitch, -260.0, frac);
    double brief = 1.0 / e->par[2], pins = e->par[3];
    double k_thud = sound_decay(42 * brief), k_low = sound_decay(60 * brief),
           k_slap = sound_decay(85 * brief), k_clack = sound_decay(150), k_tick = sound_decay(330),
           k_rise = sound_decay(900);
    double a_thud = 0.6, a_low = 0.9, a_slap = 1.9, a_clack = 0.4 + pins, a_tick = 3.0 * pins,
           rise = 1.0;
    int64_t pin[3];
    for (uint32_t k = 0; k < 3; k++)
        pin[k] = (int64_t)(0.5 * (1.0 + sound_noise(e->key, 0x7000u + k)) * 0.006 * HM_AUDIO_HZ);
    for (int64_t i = 0; i < n; i++) {
        double x = grain_of(e, i), y = slide_next(&thud) * a_thud;
        for (int k = 0; k < 3; k++)
            if (i == pin[k])
                a_tick += 0.9 * pins;
        y += sound_filter(&low, x) * a_low + sound_filter(&slap, x) * a_slap;
        y = y * (1.0 - rise) + sound_filter(&clack, x) * a_clack * bright;
        mono[i] = y + sound_filter(&tick, x) * a_tick * bright;
        a_thud *= k_thud;
        a_low *= k_low;
        a_slap *= k_slap;
        a_clack *= k_clack;
        a_tick *= k_tick;
        rise *= k_rise;
    }
}

/** A child's trainer on earth: no tick, a softer thud, grit under the sole. */
static void touch_earth(const sound_event *e, double frac, int64_t n, double *mono)
{
    double pitch = e->par[0], bright = e->par[1];
    sound_biquad low = {0}, slap = {0}, grit = {0};
    sound_lowpass(&low, 230.0 * pitch, 0.9);
    sound_bandpass(&slap, 330.0 * pitch, 0.9);
    sound_bandpass(&grit, 3000.0 * pitch * e->par[4], 0.8);
    slide thud = slide_begin(118.0 * pitch, -150.0, frac);
    double k_thud = sound_decay(34), k_low = sound_decay(48), k_slap = sound_decay(70),
           k_grit = sound_decay(60), k_rise = sound_decay(420);
    double a_thud = 0.55, a_low = 1.1, a_slap = 0.8, a_grit = 0.9, rise = 1.0;
    for (int64_t i = 0; i < n; i++) {
        double x = grain_of(e, i);
        double grain = sound_noise(e->key ^ 0x55u, (uint32_t)i / 3);
        double sparse = grain * grain * grain * grain; /* few grains, some of them loud */
        double y = slide_next(&thud) * a_thud + sound_filter(&low, x) * a_low +
                   sound_filter(&slap, x) * a_slap;
        mono[i] = (y + sound_filter(&grit, x * sparse) * a_grit * bright) * (1.0 - rise);
        a_thud *= k_thud;
        a_low *= k_low;
        a_slap *= k_slap;
        a_grit *= k_grit;
        rise *= k_rise;
    }
}

void sound_touch_recipe(const sound_film *f, const sound_event *e, double frac, int64_t n,
                        double *mono)
{
    if (f->earth)
        touch_earth(e, frac, n, mono);
    else
        touch_tartan(e, frac, n, mono);
    if (f->o.rain_frac > 0)
        sound_splash(e->key, n, 0.9 * f->o.rain_frac, mono);
}

void sound_scrape_recipe(const sound_film *f, const sound_event *e, double frac, int64_t n,
                         double *mono)
{
    (void)frac; /* a rustle has no edge to place within a sample */
    sound_biquad band = {0};
    sound_bandpass(&band, (f->earth ? 2600.0 : 5200.0) * e->par[0], f->earth ? 0.6 : 1.2);
    double k = sound_decay(f->earth ? 60 : 90), k_rise = sound_decay(500), a = 0.4, rise = 1.0;
    for (int64_t i = 0; i < n; i++) {
        mono[i] = sound_filter(&band, sound_noise(e->key, (uint32_t)i)) * a * (1.0 - rise);
        a *= k;
        rise *= k_rise;
    }
}
