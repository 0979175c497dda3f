/* mood.c - how loud the people are as the race goes on. */
#include "sound_priv.h"

#include "num/dmath.h"

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, "sound", 0, 0, NULL, "no memory left");
}

/** Leader's way so far, and how near the second is to him, 0 .. 1. */
static void lead(const hm_race *race, double t_s, double *progress, double *close)
{
    double first = 0.0, second = -1.0;
    for (int32_t i = 0; i < race->n_lane; i++) {
        const hm_lane *l = &race->lane[i];
        if (l->curve.n == 0)
            continue;
        double x = hm_curve_x_m(&l->curve, t_s);
        if (x > first) {
            second = first;
            first = x;
        } else if (x > second) {
            second = x;
        }
    }
    *progress = first < 100.0 ? first / 100.0 : 1.0;
    *close = second < 0.0 ? 0.0 : hm_exp(-(first - second) / 0.6);
}

double sound_awake(const sound_film *f, double race_s)
{
    double set = f->o.set_s;
    double still = sound_ramp(race_s, set - 0.6, set + 0.5) * (race_s < 0.0 ? 1.0 : 0.0);
    return 1.0 - f->o.hush_frac * still;
}

/** What the crowd would do at once; it follows with some delay. */
static double mood_now(const sound_film *f, double t_s)
{
    double set = f->o.set_s, part = f->o.crowd_race_frac;
    if (t_s < 0.25) { /* a murmur, quiet for the start; nobody breathes at "set" */
        double hush = sound_ramp(t_s, set - 4.0, set - 1.5);
        double still = sound_ramp(t_s, set - 1.0, set);
        return (0.24 - 0.12 * hush - 0.09 * still) * sound_awake(f, t_s < 0.0 ? t_s : -1e-9);
    }
    double p, close;
    lead(f->race, t_s, &p, &close);
    double level = 0.38 * sound_ramp(t_s, 0.25, 1.1) + 0.45 * hm_pow(p, 1.6) +
                   0.14 * close * sound_ramp(p, 0.3, 0.8);
    if (f->win_s < 0.0 || t_s < f->win_s)
        return level * part;
    double since = t_s - f->win_s;
    return f->o.crowd_line_frac * (1.08 - 0.6 * sound_ramp(since, 1.5, 9.0));
}

hm_status sound_mood_build(sound_film *f, hm_arena *a, hm_err *err)
{
    float *m = HM_PUSH(a, float, SOUND_MOOD_N);
    if (!m)
        return no_memory(err);
    double now = mood_now(f, SOUND_MOOD_FROM_S);
    for (int32_t i = 0; i < SOUND_MOOD_N; i++) {
        double want = mood_now(f, SOUND_MOOD_FROM_S + (double)i / SOUND_MOOD_HZ);
        now += (want - now) * (want > now ? 0.12 : 0.045); /* 0.15 s up, 0.45 s down */
        m[i] = (float)now;
    }
    f->mood = m;
    return HM_OK;
}

double sound_mood(const sound_film *f, double film_s)
{
    double x = (sound_race_s(f, film_s) - SOUND_MOOD_FROM_S) * SOUND_MOOD_HZ;
    if (!(x > 0.0))
        return (double)f->mood[0];
    if (x >= SOUND_MOOD_N - 1)
        return (double)f->mood[SOUND_MOOD_N - 1];
    int32_t i = (int32_t)x;
    double u = x - i;
    return (1.0 - u) * (double)f->mood[i] + u * (double)f->mood[i + 1];
}
