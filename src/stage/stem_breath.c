/* stem_breath.c - the lungs of a runner, heard; what is planned here is also what can be seen. */
#include "breath_priv.h"
#include "sound_priv.h"

#include "base/rng.h"
#include "num/dmath.h"

#define SPENT_S 1.0

static void breathe(breath_plan *l, breath b)
{
    if (l->n < BREATH_MAX)
        l->b[l->n++] = b;
}

static double chance(const hm_race *race, const hm_lane *l, uint32_t draw)
{
    return hm_rng_unit(race->seed, HM_FOR_SOUND, (uint64_t)l->lane, 0, draw);
}

/* In the blocks: calm, drawn at "set" and held. */
static void plan_waiting(const hm_race *race, const hm_lane *l, double set, breath_plan *out)
{
    double off = chance(race, l, 20);
    double cycle = 2.6 + 1.2 * chance(race, l, 21);
    for (int k = 7; k >= 1; k--) {
        double t = set - 0.9 - cycle * (k - off);
        if (t < set - 1.2) {
            breathe(out, (breath){t, 0.9, 0.12, 0, true});
            breathe(out, (breath){t + 1.1, 1.1, 0.16, 0, false});
        }
    }
    breathe(out, (breath){set - 0.15 + 0.2 * off, 0.55, 0.22, 0.1, true});
}

/** Locked to the stride, a cycle in three to five steps as the runner is; effort grows to the line
 *  and tears at the lungs. */
static void plan_running(const hm_race *race, const hm_lane *l, int32_t last, breath_plan *out)
{
    int32_t per = 3 + (int32_t)(2.999 * chance(race, l, 23));
    double lungs = 0.8 + 0.4 * chance(race, l, 24);
    for (int32_t i = 4; i + per / 2 < last; i += per) {
        double on_s = l->step[i].on_s, effort = sound_ramp(on_s, -2.0, 11.0);
        double level = lungs * (0.45 + 0.65 * effort);
        breathe(out, (breath){on_s, 0.20 + 0.03 * per, 0.9 * level, effort, false});
        breathe(out, (breath){l->step[i + per / 2].on_s, 0.16 + 0.02 * per, 0.6 * level,
                              0.7 * effort, true});
    }
}

/* The step behind the line, or where a runner stopped, from which on the stride no longer sets the
 * breath: a second after it. */
static int32_t spent(const hm_lane *l)
{
    double line_s = hm_curve_time_s(&l->curve, 100.0);
    int32_t i = 0;
    while (i + 1 < l->n_step && (line_s < 0.0 || l->step[i].on_s < line_s + SPENT_S))
        i++;
    return i;
}

/* Held at "set", burst out of the blocks, on the run, panting after it. */
void breath_plan_of(const hm_race *race, const hm_lane *l, double set_s, breath_plan *out)
{
    out->n = 0;
    if (l->status == HM_RUN_DNS)
        return;
    plan_waiting(race, l, set_s, out);
    if (l->n_step == 0)
        return;
    double exit_s = l->start.front_off_s > l->reaction_s ? l->start.front_off_s - 0.06 : 0.3;
    breathe(out, (breath){exit_s, 0.28, 0.6, 0.6, false});
    int32_t last = spent(l);
    plan_running(race, l, last, out);
    double t = l->step[last].off_s, pace = 0.9 + 0.2 * chance(race, l, 25);
    for (int k = 0; k < 26; k++) {
        double effort = 1.0 - 0.028 * k;
        breathe(out, (breath){t, 0.30 * pace, 0.30 * effort, 0.6 * effort, true});
        breathe(out, (breath){t + 0.36 * pace, 0.34 * pace, 0.50 * effort, 0.8 * effort, false});
        t += (0.76 + 0.012 * k) * pace;
    }
}

/** Pitch at which a throat grates: men about 95-140 Hz, women and children higher. */
static double voice_hz(const sound_film *f, const hm_lane *l)
{
    double low = l->age_yr < 13.0 ? 230.0 : l->sex == HM_SEX_WOMEN ? 165.0 : 95.0;
    return low * (1.0 + 0.45 * sound_unit(f, (uint64_t)l->lane, 0, 26));
}

static int64_t cast_breaths(const sound_film *f, const hm_lane *l, const breath_plan *plan,
                            sound_event *list)
{
    int64_t n = 0;
    double mouth_m = 0.93 * l->stature_m;
    for (int i = 0; i < plan->n; i++) {
        const breath *b = &plan->b[i];
        uint32_t when = (uint32_t)i;
        sound_event e = {
            .len_s = b->len_s, .level = b->level, .key = sound_key((uint32_t)l->lane, when, 3)};
        e.par[0] = b->in ? 1.0 : 0.0;
        e.par[1] = (1.68 / l->stature_m) * (0.88 + 0.24 * sound_unit(f, (uint64_t)l->lane, 0, 22));
        e.par[2] = b->effort;
        e.par[3] = voice_hz(f, l);
        double x = hm_curve_x_m(&l->curve, b->at_s);
        double up = b->at_s < 0.0 ? 0.5 : mouth_m; /* head low in the blocks */
        int64_t k = sound_cast(f, b->at_s, sound_lane_m(l, 0.0, up, x), e, list ? list + n : NULL);
        if (list)
            sound_lead(f, l, b->at_s, k, list + n);
        n += k;
    }
    return n;
}

hm_status sound_breaths(const sound_film *f, const hm_lane *l, hm_arena *a, sound_events *out,
                        hm_err *err)
{
    breath_plan plan;
    breath_plan_of(f->race, l, f->o.set_s, &plan);
    sound_events ev = {.n = cast_breaths(f, l, &plan, NULL)};
    ev.e = HM_PUSH(a, sound_event, ev.n + 1);
    if (!ev.e)
        return hm_err_set(err, HM_ERR_SYSTEM, "sound", 0, 0, NULL, "no memory left");
    cast_breaths(f, l, &plan, ev.e);
    *out = ev;
    return HM_OK;
}

/** Air through throat and lips; with effort the throat grates, at a pitch of its own that is never
 *  quite steady, through the formants of an open mouth. */
void sound_breath_recipe(const sound_film *f, const sound_event *e, double frac, int64_t n,
                         double *mono)
{
    (void)f;
    (void)frac;
    bool in = e->par[0] > 0.5;
    double size = e->par[1], effort = e->par[2], phase = 0.0, rough = 0.0;
    double open = 1.0 + 0.25 * effort, grate = (in ? 0.25 : 0.55) * effort * effort;
    sound_biquad throat = {0}, lips = {0}, form[2] = {{0}};
    sound_bandpass(&throat, (in ? 1450.0 : 1050.0) * size * open, 1.2);
    sound_bandpass(&lips, (in ? 3300.0 : 2300.0) * size * open, 2.0);
    sound_bandpass(&form[0], 640.0 * size, 3.0); /* a man's open vowel, as the voices have it */
    sound_bandpass(&form[1], 1190.0 * size, 4.0);
    for (int64_t i = 0; i < n; i++) {
        double u = (double)i / (double)n, x = sound_noise(e->key, (uint32_t)i);
        /* Out: at once and dying away. In: drawn and cut off. */
        double env = in ? sound_ramp(u, 0.0, 0.7) * (1.0 - sound_ramp(u, 0.8, 1.0))
                        : sound_ramp(u, 0.0, 0.15) * (1.0 - sound_ramp(u, 0.15, 1.0));
        rough += 0.02 * (x - rough);
        phase += e->par[3] * (1.0 + 1.5 * rough) * (in ? 1.5 : 1.1 - 0.3 * u) / HM_AUDIO_HZ;
        phase -= phase >= 1.0 ? 1.0 : 0.0;
        double buzz = (1.0 - 2.0 * phase) * (0.6 + 0.8 * x * x) * grate;
        double voice = sound_filter(&form[0], buzz) + 0.7 * sound_filter(&form[1], buzz);
        mono[i] = (sound_filter(&throat, x) + 0.5 * sound_filter(&lips, x) + voice) * env;
    }
}
