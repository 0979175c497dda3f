/* stem_start.c - the starter: "set", the gun, and what the stands throw back of them. */
#include "sound_priv.h"

#include "num/dmath.h"

/* The starter stands inside the track, a little behind the line, the gun above his head. */
static const hm_vec3 gun_m = {6.6f, 2.4f, -4.0f};
static const hm_vec3 speaker_m = {0.0f, 1.0f, -5.0f}; /* behind the lanes */

hm_vec3 sound_gun_m(void)
{
    return gun_m;
}

/** A wall that gives an echo: a plane x = at_m or z = at_m, its loss and its dullness. */
typedef struct wall {
    bool across; /* z = at_m instead of x */
    float at_m;
    double gain; /* [1] */
    double low_hz;
} wall;

/* Main stand, stand opposite, the two curves: distances of the venue's bowl; losses by ear. */
static const wall bowl[] = {{false, -15.0f, 0.32, 2600.0},
                            {false, 97.0f, 0.22, 1500.0},
                            {true, -52.0f, 0.20, 1800.0},
                            {true, 150.0f, 0.16, 1300.0}};
static const wall school[] = {{true, -38.0f, 0.22, 1900.0}}; /* the school house */

static hm_vec3 mirror(hm_vec3 p, const wall *w)
{
    if (w->across)
        p.z = 2.0f * w->at_m - p.z;
    else
        p.x = 2.0f * w->at_m - p.x;
    return p;
}

static int64_t cast_echoes(const sound_film *f, double race_s, hm_vec3 pos_m, sound_event like,
                           sound_event *list)
{
    const wall *w = f->earth ? school : bowl;
    int64_t n_wall = f->earth ? 1 : 4, n = sound_cast(f, race_s, pos_m, like, list);
    for (int64_t k = 0; k < n_wall; k++) {
        sound_event e = like;
        e.key += 77u * (uint32_t)(k + 1);
        /* The loss with distance is kept small: a stand is wide and gives back from all over. */
        e.level *= w[k].gain * 2.8 * f->o.echo_frac;
        e.par[0] = w[k].low_hz;
        n += sound_cast(f, race_s, mirror(pos_m, &w[k]), e, list ? list + n : NULL);
    }
    return n;
}

hm_status sound_starts(const sound_film *f, hm_arena *a, sound_events *gun, sound_events *set,
                       hm_err *err)
{
    sound_event bang = {.len_s = 1.4, .level = 11.0, .key = sound_key(0, 0, 4)};
    sound_event word = {.len_s = 0.42, .level = 1.6, .key = sound_key(0, 0, 5)};
    sound_events g = {.n = cast_echoes(f, 0.0, gun_m, bang, NULL)};
    sound_events s = {.n = cast_echoes(f, f->o.set_s, speaker_m, word, NULL)};
    g.e = HM_PUSH(a, sound_event, g.n + 1);
    s.e = HM_PUSH(a, sound_event, s.n + 1);
    if (!g.e || !s.e)
        return hm_err_set(err, HM_ERR_SYSTEM, "sound", 0, 0, NULL, "no memory left");
    cast_echoes(f, 0.0, gun_m, bang, g.e);
    cast_echoes(f, f->o.set_s, speaker_m, word, s.e);
    *gun = g;
    *set = s;
    return HM_OK;
}

/** Echoes are smeared and dull: one low-pass and a softened edge. */
static void dull(const sound_event *e, int64_t n, double *mono)
{
    if (!(e->par[0] > 0.0))
        return;
    sound_biquad low = {0};
    sound_lowpass(&low, e->par[0], 0.7);
    double spread = 0.0, k = sound_pole(60.0);
    for (int64_t i = 0; i < n; i++) {
        double y = sound_filter(&low, mono[i]);
        spread += k * (y - spread);
        mono[i] = y + 1.5 * spread;
    }
}

/** Pressure jump, crack, body and a low thump. */
void sound_gun_recipe(const sound_film *f, const sound_event *e, double frac, int64_t n,
                      double *mono)
{
    (void)f;
    sound_biquad high = {0}, body = {0};
    sound_lowpass(&high, 5200.0, 0.7);
    sound_bandpass(&body, 900.0, 2.0);
    double k_crack = sound_decay(130), k_tail = sound_decay(7), k_body = sound_decay(40),
           k_thump = sound_decay(20);
    double crack = 1.0, tail = 0.22, a_body = 0.8, thump = 0.9, end = 1.0;
    for (int64_t i = 0; i < n; i++) {
        double t = ((double)i - frac) / HM_AUDIO_HZ, x = sound_noise(e->key, (uint32_t)i);
        if (i > n - 4800)
            end = (double)(n - i) / 4800.0;
        double y = sound_filter(&high, x) * (crack + tail) + sound_filter(&body, x) * a_body;
        /* The jump: up at once, down through zero within a millisecond. */
        if (t >= 0.0 && t < 0.0012)
            y += 1.6 * (1.0 - t / 0.0005) * (1.0 - t / 0.0012);
        y += thump * hm_sin(HM_TAU * (74.0 - 60.0 * t) * t) * sound_ramp(t, 0.0, 0.004);
        mono[i] = t < 0.0 ? 0.0 : y * end;
        crack *= k_crack;
        tail *= k_tail;
        a_body *= k_body;
        thump *= k_thump;
    }
    dull(e, n, mono);
}

/** Parts of the word: hiss, vowel, stop. Formants of a man's short e (Peterson & Barney 1952). */
void sound_set_recipe(const sound_film *f, const sound_event *e, double frac, int64_t n,
                      double *mono)
{
    (void)f;
    (void)frac;
    sound_biquad hiss = {0}, stop = {0}, form[3] = {0}, horn = {0}, horn_low = {0};
    sound_bandpass(&hiss, 5600.0, 1.4);
    sound_bandpass(&stop, 3800.0, 1.0);
    sound_bandpass(&form[0], 530.0, 6.0);
    sound_bandpass(&form[1], 1840.0, 9.0);
    sound_bandpass(&form[2], 2480.0, 10.0);
    sound_highpass(&horn, 380.0, 0.8); /* through a loudspeaker */
    sound_lowpass(&horn_low, 5500.0, 0.8);
    double phase = 0.0;
    for (int64_t i = 0; i < n; i++) {
        double t = (double)i / HM_AUDIO_HZ, x = sound_noise(e->key, (uint32_t)i);
        double voice = sound_ramp(t, 0.10, 0.125) * (1.0 - sound_ramp(t, 0.22, 0.27));
        phase += (146.0 - 90.0 * (t - 0.1)) / HM_AUDIO_HZ;
        phase -= phase >= 1.0 ? 1.0 : 0.0;
        double glottis = (1.0 - 2.0 * phase) * voice + 0.04 * x * voice, y = 0.0;
        y += 1.5 * sound_filter(&form[0], glottis) + 1.3 * sound_filter(&form[1], glottis) +
             0.9 * sound_filter(&form[2], glottis);
        y += 0.35 * sound_filter(&hiss, x) * sound_ramp(t, 0.0, 0.05) *
             (1.0 - sound_ramp(t, 0.09, 0.125));
        double burst = t >= 0.325 ? hm_exp(-110.0 * (t - 0.325)) : 0.0;
        y += 0.5 * sound_filter(&stop, x * burst);
        mono[i] = sound_filter(&horn_low, sound_filter(&horn, y));
    }
    dull(e, n, mono);
}
