/* soundmap.c - when and how each event of the race is heard in the film. */
#include "sound_priv.h"

#include <math.h>

#include "base/rng.h"
#include "num/dmath.h"

#define EAR_DELAY_S                                                                                \
    0.00033 /* from one ear to the other, sideways; stage notes, 0.3-0.65 recalled */
#define AIR_HZ      18000.0             /* corner of the air's low-pass at the source */
#define AIR_M       30.0                /* distance at which it has halved */
#define CROSS_S     0.015               /* from one shot's sound to the next at a cut */
#define HEAD_GAIN   0.70710678118654752 /* as loud as stereo straight ahead */
#define HEAR_MAX_S  0.6                 /* no sound takes longer to the ear: 200 m */
#define CLICK_IN_S  0.01                /* no click where the film begins */
#define CLICK_OUT_S 0.04                /* nor where it ends */

static hm_status refuse(hm_err *err, const char *field, const char *what)
{
    return hm_err_set(err, HM_ERR_USAGE, "sound", 0, 0, field, "%s", what);
}

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, "sound", 0, 0, NULL, "no memory left");
}

static hm_status check(int64_t n, const hm_listener lis[], const hm_sound_opts *o, hm_err *err)
{
    if (n < 1)
        return refuse(err, "listener", "expected at least one frame");
    if (!(lis[0].film_t_s >= 0.0 && lis[n - 1].film_t_s < 36000.0))
        return refuse(err, "film_t_s", "expected 0 s to 10 hours");
    if (!(o->crowd_frac <= 1.0))
        return refuse(err, "crowd_frac", "expected at most 1");
    if (!(o->rain_frac >= 0 && o->rain_frac <= 2))
        return refuse(err, "rain_frac", "expected 0 to 2");
    if (!(o->lead_db_per_m >= 0 && o->lead_db_per_m <= 60))
        return refuse(err, "lead_db_per_m", "expected 0 to 60");
    if (!(o->crowd_race_frac >= 0 && o->crowd_race_frac <= 1))
        return refuse(err, "crowd_race_frac", "expected 0 to 1");
    if (!(o->crowd_line_frac >= 0 && o->crowd_line_frac <= 1))
        return refuse(err, "crowd_line_frac", "expected 0 to 1");
    if (!(o->hush_frac >= 0 && o->hush_frac <= 1))
        return refuse(err, "hush_frac", "expected 0 to 1");
    if (!(o->breath_gain >= 0 && o->breath_gain <= 10))
        return refuse(err, "breath_gain", "expected 0 to 10");
    if (!(o->echo_frac >= 0 && o->echo_frac <= 1))
        return refuse(err, "echo_frac", "expected 0 to 1");
    if (!(o->set_s < 0.0))
        return refuse(err, "set_s", "expected a time before the gun");
    if (!(o->loud_lufs >= -40.0 && o->loud_lufs <= -9.0))
        return refuse(err, "loud_lufs", "expected -40 to -9");
    if (!(o->peak_dbtp >= -20.0 && o->peak_dbtp <= 0.0))
        return refuse(err, "peak_dbtp", "expected -20 to 0");
    if (o->n_source < 0 || o->n_source > HM_SOURCE_MAX)
        return refuse(err, "source", "expected 0 to 16 sources");
    if (o->n_thread < 1)
        return refuse(err, "threads", "expected 1 or more");
    for (int64_t i = 1; i < n; i++) {
        if (!(lis[i].film_t_s > lis[i - 1].film_t_s))
            return refuse(err, "film_t_s", "expected frames in order");
        if (lis[i].shot == lis[i - 1].shot && !(lis[i].race_t_s >= lis[i - 1].race_t_s))
            return refuse(err, "race_t_s", "expected time not to run back within a shot");
    }
    return HM_OK;
}

/* ---- the film ---- */

static bool on_earth(const hm_race *race, hm_ground g)
{
    if (g != HM_GROUND_AUTO)
        return g == HM_GROUND_EARTH;
    for (int32_t i = 0; i < race->n_lane; i++)
        if (!race->lane[i].start.standing && race->lane[i].age_yr >= 13.0)
            return false;
    return race->n_lane > 0;
}

static int64_t sample_of(const sound_film *f, int64_t frame)
{
    return (int64_t)floor((f->lis[0].film_t_s + (double)frame * f->dt_s - f->t0_s) * HM_AUDIO_HZ +
                          0.5);
}

static hm_status find_shots(sound_film *f, hm_arena *a, hm_err *err)
{
    int32_t n = 1;
    for (int64_t i = 1; i < f->n_lis; i++)
        n += f->lis[i].shot != f->lis[i - 1].shot;
    sound_shot *s = HM_PUSH(a, sound_shot, n);
    if (!s)
        return no_memory(err);
    int32_t k = -1;
    for (int64_t i = 0; i < f->n_lis; i++) {
        if (i == 0 || f->lis[i].shot != f->lis[i - 1].shot)
            s[++k] = (sound_shot){.first = i, .from = sample_of(f, i)};
        s[k].n++;
        s[k].to = sample_of(f, i + 1);
    }
    f->n_shot = n;
    f->shot = s;
    return HM_OK;
}

hm_status sound_film_init(sound_film *f, const hm_race *race, int64_t n, const hm_listener lis[],
                          const hm_sound_opts *o, hm_arena *a, hm_err *err)
{
    HM_TRY(check(n, lis, o, err));
    *f = (sound_film){.race = race, .o = *o, .lis = lis, .n_lis = n};
    f->t0_s = lis[0].film_t_s;
    f->dt_s = n > 1 ? (lis[n - 1].film_t_s - f->t0_s) / (double)(n - 1) : 1.0 / 24.0;
    f->n_sample = sample_of(f, n);
    f->c_mps = 331.3 + 0.606 * race->temp_c;
    f->earth = on_earth(race, o->ground);
    if (f->o.crowd_frac < 0.0)
        f->o.crowd_frac = f->earth ? 0.4 : 1.0;
    f->win_s = -1.0;
    f->fade_in_s = CLICK_IN_S;
    f->fade_out_s = CLICK_OUT_S;
    for (int32_t i = 0; i < race->n_lane; i++) {
        double t = (double)race->lane[i].time_us * 1e-6;
        if (t > 0.0 && (f->win_s < 0.0 || t < f->win_s))
            f->win_s = t;
        f->last_s = fmax(f->last_s, t);
    }
    HM_TRY(find_shots(f, a, err));
    return sound_mood_build(f, a, err);
}

/* ---- time ---- */

/** Frame that film_s falls in, and the shot of it. */
static int64_t frame_at(const sound_film *f, double film_s)
{
    double k = floor((film_s - f->t0_s) / f->dt_s);
    if (!(k > 0.0))
        return 0;
    return k < (double)(f->n_lis - 1) ? (int64_t)k : f->n_lis - 1;
}

static int32_t shot_of_frame(const sound_film *f, int64_t frame)
{
    int32_t lo = 0, hi = f->n_shot - 1;
    while (lo < hi) {
        int32_t mid = (lo + hi + 1) / 2;
        if (f->shot[mid].first <= frame)
            lo = mid;
        else
            hi = mid - 1;
    }
    return lo;
}

/** Race seconds from frame i to i + 1 of the shot (its last step goes on). */
static double step_race_s(const sound_film *f, const sound_shot *s, int64_t i)
{
    int64_t last = s->first + s->n - 1;
    if (s->n == 1)
        return f->dt_s;
    if (i >= last)
        i = last - 1;
    return f->lis[i + 1].race_t_s - f->lis[i].race_t_s;
}

static double frame_film_s(const sound_film *f, int64_t i)
{
    return f->t0_s + (double)i * f->dt_s;
}

double sound_race_s(const sound_film *f, double film_s)
{
    int64_t i = frame_at(f, film_s);
    const sound_shot *s = &f->shot[shot_of_frame(f, i)];
    double u = (film_s - frame_film_s(f, i)) / f->dt_s;
    u = u < 0.0 ? 0.0 : u > 1.0 ? 1.0 : u;
    return f->lis[i].race_t_s + u * step_race_s(f, s, i);
}

double sound_rate(const sound_film *f, double film_s)
{
    int64_t i = frame_at(f, film_s);
    return step_race_s(f, &f->shot[shot_of_frame(f, i)], i) / f->dt_s;
}

bool sound_film_s(const sound_film *f, int32_t shot, double race_s, double *film_s)
{
    const sound_shot *s = &f->shot[shot];
    int64_t lo = s->first, hi = s->first + s->n - 1;
    if (race_s >= f->lis[hi].race_t_s)
        lo = hi;
    while (hi - lo > 1) { /* before the first frame lo stays there */
        int64_t mid = (lo + hi) / 2;
        if (f->lis[mid].race_t_s <= race_s)
            lo = mid;
        else
            hi = mid;
    }
    double step = step_race_s(f, s, lo);
    if (!(step > 0.0))
        return false; /* held picture */
    *film_s = frame_film_s(f, lo) + (race_s - f->lis[lo].race_t_s) / step * f->dt_s;
    return true;
}

hm_listener sound_ear(const sound_film *f, int32_t shot, double film_s)
{
    int64_t i = frame_at(f, film_s);
    const sound_shot *s = &f->shot[shot >= 0 ? shot : shot_of_frame(f, i)];
    int64_t last = s->first + s->n - 1;
    i = i < s->first ? s->first : i > last ? last : i;
    double u = (film_s - frame_film_s(f, i)) / f->dt_s;
    float k = (float)(u < 0.0 ? 0.0 : u > 1.0 ? 1.0 : u);
    const hm_listener *p = &f->lis[i], *q = i < last ? p + 1 : p;
    hm_listener ear = *p;
    ear.ear_m = hm_v3_mix(p->ear_m, q->ear_m, k);
    ear.right = hm_v3_unit(hm_v3_mix(p->right, q->right, k));
    return ear;
}

double sound_unit(const sound_film *f, uint64_t who, uint32_t when, uint32_t draw)
{
    return hm_rng_unit(f->race->seed, HM_FOR_SOUND, who, when, draw);
}

/* ---- space ---- */

hm_vec3 sound_lane_m(const hm_lane *l, double side_m, double up_m, double x_m)
{
    return hm_v3((float)(hm_lane_centre_m(l->lane) + side_m), (float)up_m, (float)x_m);
}

static double distance_m(hm_vec3 a, hm_vec3 b)
{
    double x = (double)a.x - (double)b.x, y = (double)a.y - (double)b.y,
           z = (double)a.z - (double)b.z;
    return sqrt(x * x + y * y + z * z);
}

/** Stereo: constant power, and a little later at the far side. */
static void hear_by_level(hm_vec3 to, hm_vec3 right, sound_heard *h)
{
    double d = h->d_m, pan = d > 1e-6 ? (double)hm_v3_dot(to, right) / d : 0.0;
    pan = pan < -1.0 ? -1.0 : pan > 1.0 ? 1.0 : pan;
    pan *= d / (d + 0.5); /* no jump from ear to ear when something passes through the head */
    double angle = (0.85 * pan + 1.0) * HM_PI / 4.0, loss = 1.0 / (1.0 + d);
    h->gain[0] = loss * hm_cos(angle);
    h->gain[1] = loss * hm_sin(angle);
    h->late_s[0] = pan > 0.0 ? EAR_DELAY_S * pan : 0.0;
    h->late_s[1] = pan < 0.0 ? -EAR_DELAY_S * pan : 0.0;
}

/** Binaural: the nearer ear hears it before the middle of the head would. */
static void hear_by_head(const sound_film *f, hm_vec3 to, hm_vec3 right, sound_heard *h)
{
    head_ears e = head_hear(to, right);
    double first = fmin(e.way_m[0], e.way_m[1]);
    h->at_s += first / f->c_mps;
    h->rear = e.rear;
    for (int k = 0; k < 2; k++) {
        h->gain[k] = HEAD_GAIN / (1.0 + h->d_m);
        h->late_s[k] = (e.way_m[k] - first) / f->c_mps;
        h->high[k] = e.high[k];
    }
}

sound_heard sound_hear(const sound_film *f, int32_t shot, double from_s, hm_vec3 pos_m)
{
    /* The ear moves while the sound is on its way: two rounds bring it within a microsecond. */
    double at = from_s, d = 0.0;
    hm_listener ear = {0};
    for (int k = 0; k < 3; k++) {
        ear = sound_ear(f, shot, at);
        d = distance_m(ear.ear_m, pos_m);
        at = from_s + d / f->c_mps;
    }
    sound_heard h = {.at_s = at, .d_m = d, .air_hz = AIR_HZ / (1.0 + d / AIR_M)};
    hm_vec3 to = hm_v3_sub(pos_m, ear.ear_m);
    if (f->o.space == HM_SPACE_BINAURAL)
        hear_by_head(f, to, ear.right, &h);
    else
        hear_by_level(to, ear.right, &h);
    return h;
}

int64_t sound_cast(const sound_film *f, double race_s, hm_vec3 pos_m, sound_event like,
                   sound_event *list)
{
    int64_t n = 0;
    for (int32_t k = 0; k < f->n_shot; k++) {
        const sound_shot *s = &f->shot[k];
        double from = f->t0_s + (double)s->from / HM_AUDIO_HZ - CROSS_S;
        double to = f->t0_s + (double)s->to / HM_AUDIO_HZ + CROSS_S, film_s;
        if (!sound_film_s(f, k, race_s, &film_s) || film_s > to ||
            film_s + like.len_s + HEAR_MAX_S < from)
            continue;
        if (list) {
            list[n] = like;
            list[n].shot = k;
            list[n].heard = sound_hear(f, k, film_s, pos_m);
        }
        n++;
    }
    return n;
}

/* ---- events into samples ---- */

/** Level of a shot's sounds at a sample: 1 inside, crossing over to its neighbours at cuts. */
static double fade(const sound_film *f, int32_t shot, double sample)
{
    if (shot < 0)
        return 1.0;
    const sound_shot *s = &f->shot[shot];
    double half = 0.5 * CROSS_S * HM_AUDIO_HZ, g = 1.0;
    if (shot > 0)
        g = sound_ramp(sample, (double)s->from - half, (double)s->from + half);
    if (shot + 1 < f->n_shot)
        g *= 1.0 - sound_ramp(sample, (double)s->to - half, (double)s->to + half);
    return g;
}

static void low_pass(double *mono, int64_t n, double f_hz)
{
    double k = sound_pole(f_hz), y = 0.0;
    for (int64_t i = 0; i < n; i++) {
        y += k * (mono[i] - y);
        mono[i] = y;
    }
}

/** Add mono, which begins at sample k0 of the film, to one channel, `late` samples later. */
static void add_ear(const sound_film *f, const sound_event *e, const sound_block *b, int64_t k0,
                    int64_t n, int ear)
{
    double late = e->heard.late_s[ear] * HM_AUDIO_HZ, gain = e->heard.gain[ear] * e->level;
    int64_t whole = (int64_t)late;
    double part = late - (double)whole, last = 0.0;
    bool head = f->o.space == HM_SPACE_BINAURAL;
    head_shadow dark = {0};
    if (head)
        head_shadow_set(&dark, e->heard.high[ear], f->c_mps);
    int64_t end = b->from + b->n - k0 - whole; /* of the block, in samples of the event */
    n = n < end ? n : end;
    for (int64_t i = 0; i < n; i++) { /* from its beginning: the shadow remembers */
        double v = b->mono[i] + part * (last - b->mono[i]);
        int64_t s = k0 + whole + i;
        last = b->mono[i];
        if (head)
            v = head_shadow_next(&dark, v);
        if (s >= b->from)
            b->lr[2 * (s - b->from) + ear] += (float)(v * gain * fade(f, e->shot, (double)s));
    }
}

void sound_place(const sound_film *f, const sound_events *ev, sound_recipe *recipe,
                 const sound_block *b)
{
    for (int64_t k = 0; k < ev->n; k++) {
        const sound_event *e = &ev->e[k];
        double at = (e->heard.at_s - f->t0_s) * HM_AUDIO_HZ;
        if (at > (double)(b->from + b->n) ||
            at + (e->len_s + 0.001) * HM_AUDIO_HZ < (double)b->from)
            continue;
        int64_t k0 = (int64_t)floor(at), n = (int64_t)(e->len_s * HM_AUDIO_HZ);
        n = n < SOUND_EVENT_MAX ? n : SOUND_EVENT_MAX;
        if (e->shot >= 0 && (k0 > f->shot[e->shot].to + HM_AUDIO_HZ / 100 ||
                             k0 + n < f->shot[e->shot].from - HM_AUDIO_HZ / 100))
            continue;
        recipe(f, e, at - (double)k0, n, b->mono);
        low_pass(b->mono, n, e->heard.air_hz);
        head_rear(e->heard.rear, n, b->mono);
        add_ear(f, e, b, k0, n, 0);
        add_ear(f, e, b, k0, n, 1);
    }
}
