/* mix.c - all stems, block by block, into one pair of channels. */
#include "sound_priv.h"

#include <string.h>

#include "base/par.h"
#include "num/dmath.h"
#include "stage/score.h"

/* What is near is rounded off above this level: spikes, not clicks. It ends at 1.5 times. */
#define NEAR_KNEE 0.42
#define GUN_KNEE  1.1
/* AAC keeps nothing above; cut here, else its coder's cut would raise the peaks. */
#define TOP_HZ 16500.0

/* Music gives way to steps: this share of its level at the loudest of them, back in 0.12 s. */
#define STEP_DUCK 0.45
/* The crowd gives way to music: by 4 dB where it is loud, slowly. */
#define MUSIC_DUCK 0.37
#define MUSIC_KNEE 0.7

enum { JOB_MAX = 3 * HM_LANE_MAX + SOUND_SECTION_MAX + 6, STEP = 96 };

/** One stem, or one part of it: what is rendered in one task. */
typedef struct job {
    hm_stem stem;
    sound_events a, b; /* b with its own recipe; may be empty */
    sound_recipe *recipe_a, *recipe_b;
    sound_section *section;
    sound_wind *wind;
    sound_rain *rain;
    sound_water *water; /* (HM_SOURCE_MAX) */
    score_player *player;
    float *lr; /* (SOUND_CHUNK x 2) */
} job;

typedef struct sound_mix {
    const sound_film *f;
    bool plain; /* one stem, as it is */
    int32_t n_job;
    job job[JOB_MAX];
    sound_section section[SOUND_SECTION_MAX];
    sound_wind wind;
    sound_rain rain;
    sound_water water[HM_SOURCE_MAX];
    double **mono;   /* scratch of each worker */
    int64_t from, n; /* this block */
    sound_room *room;
    float *send;
    sound_biquad slow_low[2], rumble[2], top[2][2];
    double slow; /* 0 real time .. 1 slow motion, smoothed */
    sound_events gun;
    score_player *player; /* NULL = no music */
    double music;         /* its level reached so far */
    double loud;          /* how loud it is, falling slowly */
    double steps;         /* how loud steps are, falling slowly */
} mix;

/* Level of each stem in the mix, and how much of it the room hears. By measurement: see README. */
static const double bus_gain[HM_STEM_COUNT] = {2.4, 1.0, 1.2, 0.50, 6.0, 0.14, 1.3};
static const double bus_send[HM_STEM_COUNT] = {0.10, 0.0, 0.20, 0.14, 0.35, 0.0, 0.0};

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, "sound", 0, 0, NULL, "no memory left");
}

/* ---- jobs ---- */

/** A new job, if its stem is asked for: only < 0 = all. */
static job *add_job(mix *m, int32_t only, hm_stem stem, sound_recipe *a, sound_recipe *b)
{
    if (only >= 0 && only != (int32_t)stem)
        return NULL;
    job *j = &m->job[m->n_job++];
    *j = (job){.stem = stem, .recipe_a = a, .recipe_b = b};
    return j;
}

static hm_status add_lane(mix *m, int32_t only, const hm_lane *l, hm_arena *a, hm_err *err)
{
    job *j = add_job(m, only, HM_STEM_STEPS, sound_touch_recipe, sound_scrape_recipe);
    if (j)
        HM_TRY(sound_steps(m->f, l, a, &j->a, &j->b, err));
    j = add_job(m, only, HM_STEM_BREATH, sound_breath_recipe, NULL);
    if (j)
        HM_TRY(sound_breaths(m->f, l, a, &j->a, err));
    return HM_OK;
}

static hm_status add_place(mix *m, int32_t only, hm_arena *a, hm_err *err)
{
    job *j = add_job(m, only, HM_STEM_START, sound_gun_recipe, sound_set_recipe);
    if (j) {
        HM_TRY(sound_starts(m->f, a, &j->a, &j->b, err));
        m->gun = j->a;
    }
    int32_t n = sound_sections(m->f, m->section);
    for (int32_t k = 0; k < n; k++)
        if ((j = add_job(m, only, HM_STEM_CROWD, NULL, NULL)) != NULL)
            j->section = &m->section[k];
    j = add_job(m, only, HM_STEM_VOICES, sound_grain_recipe, NULL);
    if (j)
        HM_TRY(sound_voices(m->f, a, &j->a, err));
    j = add_job(m, only, HM_STEM_PLACE, sound_bird_recipe, NULL);
    if (!j)
        return HM_OK;
    j->wind = &m->wind;
    j->rain = &m->rain;
    j->water = m->water;
    return sound_birds(m->f, a, &j->a, err);
}

static hm_status add_music(mix *m, int32_t only, hm_arena *a, hm_err *err)
{
    const hm_sound_opts *o = &m->f->o;
    job *j = o->score ? add_job(m, only, HM_STEM_SCORE, NULL, NULL) : NULL;
    if (!j)
        return HM_OK;
    HM_TRY(score_player_new(o->score, o->soundfont, m->f->t0_s, a, &m->player, err));
    j->player = m->player;
    return HM_OK;
}

static hm_status add_jobs(mix *m, int32_t only, int32_t lane, hm_arena *a, hm_err *err)
{
    const hm_race *race = m->f->race;
    for (int32_t i = 0; i < race->n_lane; i++)
        if (lane == 0 || race->lane[i].lane == lane)
            HM_TRY(add_lane(m, only, &race->lane[i], a, err));
    if (m->f->o.n_tread > 0 && lane == 0) {
        job *j = add_job(m, only, HM_STEM_STEPS, sound_touch_recipe, NULL);
        if (j)
            HM_TRY(sound_treads(m->f, a, &j->a, err));
    }
    HM_TRY(add_place(m, only, a, err));
    HM_TRY(add_music(m, only, a, err));
    for (int32_t i = 0; i < m->n_job; i++)
        if (!(m->job[i].lr = HM_PUSH(a, float, 2 * SOUND_CHUNK)))
            return no_memory(err);
    m->mono = HM_PUSH(a, double *, m->f->o.n_thread);
    for (int32_t i = 0; m->mono && i < m->f->o.n_thread; i++)
        if (!(m->mono[i] = HM_PUSH(a, double, SOUND_EVENT_MAX)))
            return no_memory(err);
    m->room = sound_room_new(a);
    m->send = HM_PUSH(a, float, 2 * SOUND_CHUNK);
    return m->mono && m->room && m->send ? HM_OK : no_memory(err);
}

static void work(void *ctx, int64_t i, int worker)
{
    mix *m = ctx;
    job *j = &m->job[i];
    sound_block b = {m->from, m->n, j->lr, m->mono[worker]};
    memset(j->lr, 0, (size_t)m->n * 2 * sizeof(float));
    if (j->section)
        sound_section_block(m->f, j->section, &b);
    if (j->wind)
        sound_wind_block(m->f, j->wind, &b);
    if (j->rain)
        sound_rain_block(m->f, j->rain, &b);
    if (j->water)
        sound_water_block(m->f, j->water, &b);
    if (j->player)
        score_player_block(j->player, m->n, j->lr);
    if (j->recipe_a)
        sound_place(m->f, &j->a, j->recipe_a, &b);
    if (j->recipe_b)
        sound_place(m->f, &j->b, j->recipe_b, &b);
}

/* ---- levels that move ---- */

/** The crowd gives way to the gun for a moment, and a little to the last steps before the line. */
static double gun_duck(const mix *m, double film_s)
{
    double g = 1.0;
    for (int64_t k = 0; k < m->gun.n; k++) {
        double since = film_s - m->gun.e[k].heard.at_s;
        if (m->gun.e[k].par[0] > 0.0 || since < -0.01 || since > 3.0)
            continue; /* an echo, or not now */
        g *= 1.0 - 0.6 * sound_ramp(since, -0.01, 0.0) * hm_exp(-(since > 0.0 ? since : 0.0) / 0.5);
    }
    return g;
}

static double crowd_duck(const mix *m, double film_s)
{
    const sound_film *f = m->f;
    double g = gun_duck(m, film_s);
    double to_line = f->win_s >= 0.0 ? sound_race_s(f, film_s) - f->win_s : -9.0;
    return g *
           (1.0 - 0.35 * sound_ramp(to_line, -0.5, -0.15) * (1.0 - sound_ramp(to_line, 0.0, 0.3)));
}

/** 1 in a silence of the score, when steps and breath are alone; there and back in 0.3 s. */
static double alone(const mix *m, double film_s)
{
    const hm_score *s = m->f->o.score;
    double most = 0.0;
    for (int32_t k = 0; s && k < s->n_silence; k++) {
        double in = sound_ramp(film_s, s->silence[k].from_s, s->silence[k].from_s + 0.3);
        double u = in * (1.0 - sound_ramp(film_s, s->silence[k].to_s - 0.05, s->silence[k].to_s));
        most = u > most ? u : most;
    }
    return most;
}

/** Level of a stem at an instant: slow motion takes the surroundings away. */
static double stem_level(const mix *m, hm_stem stem, double film_s)
{
    double g = bus_gain[stem];
    if (stem == HM_STEM_CROWD || stem == HM_STEM_VOICES)
        g *= crowd_duck(m, film_s) * (1.0 - 0.6 * m->slow) * (1.0 - 0.8 * alone(m, film_s)) *
             (1.0 - MUSIC_DUCK * sound_ramp(m->loud, 0.02, 0.30));
    if (stem == HM_STEM_STEPS || stem == HM_STEM_BREATH)
        g *= 1.0 + 0.5 * m->slow;
    if (stem == HM_STEM_BREATH)
        g *= m->f->o.breath_gain;
    if (stem == HM_STEM_PLACE)
        g *= sound_awake(m->f, sound_race_s(m->f, film_s));
    return g;
}

/** Muffle what is not the runners in slow motion. */
static void muffle(mix *m, float *lr, int64_t n)
{
    double hz = 16000.0 * hm_pow(800.0 / 16000.0, m->slow);
    for (int c = 0; c < 2; c++)
        sound_lowpass(&m->slow_low[c], hz, 0.7);
    for (int64_t i = 0; i < n; i++)
        for (int c = 0; c < 2; c++)
            lr[2 * i + c] = (float)sound_filter(&m->slow_low[c], (double)lr[2 * i + c]);
}

static bool around(hm_stem s)
{
    return s == HM_STEM_CROWD || s == HM_STEM_VOICES || s == HM_STEM_PLACE;
}

/** The music of these samples onto out, under the steps that are heard in them. */
static void add_score(mix *m, const float *in, int64_t n, const float *near, double film_s,
                      float *out)
{
    double peak = 0.0, loud = 0.0;
    for (int64_t j = 0; j < 2 * n; j++) {
        peak = fmax(peak, fabs((double)near[j]));
        loud = fmax(loud, fabs((double)in[j]));
    }
    m->loud += (loud - m->loud) * (loud > m->loud ? 0.02 : 0.004); /* 0.1 s up, 0.5 s down */
    m->steps = fmax(peak, m->steps * 0.983);                       /* 0.12 s to 1/e */
    double to = bus_gain[HM_STEM_SCORE] * gun_duck(m, film_s) *
                (1.0 - STEP_DUCK * sound_ramp(m->steps, 0.0, NEAR_KNEE));
    for (int64_t i = 0; i < n; i++) {
        double g = m->music + (to - m->music) * (double)(i + 1) / (double)n;
        for (int c = 0; c < 2; c++)
            out[2 * i + c] +=
                (float)(MUSIC_KNEE * sound_soft(g * (double)in[2 * i + c] / MUSIC_KNEE));
    }
    m->music = to;
}

/** Sum jobs, in their order, over STEP samples: what is around, what is near, the room's share. */
static void sum_step(mix *m, int64_t i, int64_t n, float *out, float *send)
{
    double at = m->f->t0_s + (double)(m->from + i) / HM_AUDIO_HZ;
    double rate = sound_rate(m->f, at);
    m->slow += 0.02 * (sound_ramp(rate, 0.85, 0.45) - m->slow); /* 0.1 s */
    float far[2 * STEP] = {0}, near[2 * STEP] = {0}, shot[2 * STEP] = {0};
    memset(send, 0, (size_t)n * 2 * sizeof(float));
    const float *music = NULL;
    for (int32_t k = 0; k < m->n_job; k++) {
        hm_stem s = m->job[k].stem;
        const float *in = m->job[k].lr + 2 * i;
        if (s == HM_STEM_SCORE) {
            music = in;
            continue;
        }
        float g = (float)stem_level(m, s, at), wet = (float)(bus_send[s] * (1.0 + 2.0 * m->slow));
        float *to = around(s) ? far : s == HM_STEM_START ? shot : near;
        for (int64_t j = 0; j < 2 * n; j++) {
            to[j] += g * in[j];
            send[j] += g * wet * in[j];
        }
    }
    muffle(m, far, n);
    for (int64_t j = 0; j < 2 * n; j++)
        out[j] = far[j] + (float)(NEAR_KNEE * sound_soft((double)near[j] / NEAR_KNEE) +
                                  GUN_KNEE * sound_soft((double)shot[j] / GUN_KNEE));
    if (music)
        add_score(m, music, n, near, at, out);
}

static void sum_mix(mix *m, float *out)
{
    for (int64_t i = 0; i < m->n; i += STEP) {
        int64_t n = i + STEP < m->n ? STEP : m->n - i;
        sum_step(m, i, n, out + 2 * i, m->send + 2 * i);
    }
    if (!m->f->earth) /* a school field has no walls around it */
        sound_room_block(m->room, m->n, m->send, 0.5, out);
    for (int64_t i = 0; i < m->n; i++)
        for (int c = 0; c < 2; c++) {
            double y = sound_filter(&m->rumble[c], (double)out[2 * i + c]);
            out[2 * i + c] = (float)sound_filter(&m->top[1][c], sound_filter(&m->top[0][c], y));
        }
}

static void sum_plain(const mix *m, float *out)
{
    memset(out, 0, (size_t)m->n * 2 * sizeof *out);
    for (int32_t k = 0; k < m->n_job; k++)
        for (int64_t j = 0; j < 2 * m->n; j++)
            out[j] += m->job[k].lr[j];
}

static void fade_ends(const mix *m, float *lr)
{
    const double in = m->f->fade_in_s * HM_AUDIO_HZ, out = m->f->fade_out_s * HM_AUDIO_HZ;
    const double end = (double)m->f->n_sample;
    for (int64_t i = 0; i < m->n; i++) {
        double at = (double)(m->from + i);
        double g = sound_ramp(at, 0.0, in) * (1.0 - sound_ramp(at, end - out, end));
        lr[2 * i] = (float)((double)lr[2 * i] * g);
        lr[2 * i + 1] = (float)((double)lr[2 * i + 1] * g);
    }
}

hm_status sound_mix_new(const sound_film *f, int32_t only, int32_t lane, hm_arena *a, mix **out,
                        hm_err *err)
{
    mix *m = HM_PUSH(a, mix, 1);
    if (!m)
        return no_memory(err);
    m->f = f;
    m->plain = only >= 0;
    hm_status st = add_jobs(m, only, lane, a, err);
    if (st != HM_OK) {
        sound_mix_close(m);
        return st;
    }
    m->music = bus_gain[HM_STEM_SCORE];
    for (int c = 0; c < 2; c++) {
        sound_highpass(&m->rumble[c], 28.0, 0.7);
        sound_lowpass(&m->top[0][c], TOP_HZ, 0.541); /* Butterworth, fourth order */
        sound_lowpass(&m->top[1][c], TOP_HZ, 1.307);
    }
    *out = m;
    return HM_OK;
}

int64_t sound_mix_block(mix *m, float *lr)
{
    m->from += m->n;
    int64_t left = m->f->n_sample - m->from;
    m->n = left < SOUND_CHUNK ? left : SOUND_CHUNK;
    hm_par_for(m->f->o.n_thread, m->n_job, work, m);
    if (m->plain) {
        sum_plain(m, lr);
    } else {
        sum_mix(m, lr);
        fade_ends(m, lr);
    }
    return m->n;
}

void sound_mix_close(mix *m)
{
    score_player_free(m->player);
    m->player = NULL;
}
