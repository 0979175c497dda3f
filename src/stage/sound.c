#include "stage/sound.h"

#include "sound_priv.h"

#include "data/film.h"
#include "num/dmath.h"

enum { COOKIE = 0x736e6431 };

#define PLAIN_LENS_RAD 0.872664625997165 /* 50 degrees: the ear stays at the eye */

hm_sound_opts hm_sound_opts_default(void)
{
    return (hm_sound_opts){.cookie = COOKIE,
                           .crowd_frac = -1.0,
                           .crowd_race_frac = 1.0,
                           .crowd_line_frac = 1.0,
                           .breath_gain = 1.0,
                           .set_s = HM_SET_S,
                           .echo_frac = 1.0,
                           .loud_lufs = -16.0,
                           .peak_dbtp = -2.5,
                           .n_thread = 1};
}

hm_listener hm_listener_of(double film_t_s, double race_t_s, const hm_camera *camera, int32_t shot)
{
    double half = 0.5 * (double)camera->vfov_rad;
    half = half < 0.001 ? 0.001 : half > 1.5 ? 1.5 : half;
    double zoom = hm_tan(half) / hm_tan(0.5 * PLAIN_LENS_RAD);
    hm_vec3 to = hm_v3_sub(camera->aim_m, camera->eye_m);
    /* The camera looks along `to`, +Y is up; right = to x up. */
    hm_vec3 right = hm_v3_unit(hm_v3_cross(to, hm_v3(0.0f, 1.0f, 0.0f)));
    if (!(hm_v3_dot(right, right) > 0.5f))
        right = hm_v3(-1.0f, 0.0f, 0.0f); /* straight down: as if looking along the lanes */
    hm_listener l = {.film_t_s = film_t_s, .race_t_s = race_t_s, .right = right, .shot = shot};
    l.ear_m = hm_v3_mad(camera->eye_m, zoom < 1.0 ? (float)(1.0 - zoom) : 0.0f, to);
    return l;
}

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, "sound", 0, 0, NULL, "no memory left");
}

/* ---- one film's sound, in a file ---- */

struct hm_sound {
    hm_arena arena;
    int64_t n_sample;
    stage_spool mixed, level;
};

/* Mixed from sample `at` of the film on; hush may be NULL. */
static hm_status mix_into(const sound_film *f, sound_hush *hush, int64_t at, const stage_spool *out,
                          hm_arena *scratch, hm_err *err)
{
    sound_mix *mix;
    HM_TRY(sound_mix_new(f, -1, 0, scratch, &mix, err));
    float *lr = HM_PUSH(scratch, float, 2 * SOUND_CHUNK);
    hm_status st = lr ? HM_OK : no_memory(err);
    for (int64_t i = 0, n; st == HM_OK && i < f->n_sample; i += n) {
        n = sound_mix_block(mix, lr);
        if (hush)
            sound_hush_block(hush, n, lr);
        st = stage_spool_write_lr(out, at + i, n, lr, err);
        if (st == HM_OK && f->o.progress && !f->o.progress(f->o.progress_ctx, i + n, f->n_sample))
            st = hm_err_set(err, HM_ERR_STOPPED, "sound", 0, 0, NULL, "stopped");
    }
    sound_mix_close(mix);
    return st;
}

/* One part onto what is there of s->mixed. */
static hm_status mix_part(hm_sound *s, const hm_sound_part *p, const hm_sound_opts *whole,
                          sound_hush *hush, hm_arena *scratch, hm_err *err)
{
    sound_film f;
    hm_sound_opts o = p->opts;
    o.loud_lufs = whole->loud_lufs;
    o.peak_dbtp = whole->peak_dbtp;
    o.score = whole->score;
    o.soundfont = whole->soundfont;
    o.n_thread = whole->n_thread;
    o.progress = whole->progress;
    o.progress_ctx = whole->progress_ctx;
    HM_TRY(sound_film_init(&f, p->race, p->n, p->listener, &o, scratch, err));
    HM_TRY(sound_bank_new(&f, scratch, &f.bank, err));
    if (hush) {
        f.fade_in_s = p->fade_in_s;
        f.fade_out_s = p->fade_out_s;
    }
    HM_TRY(mix_into(&f, hush, s->n_sample, &s->mixed, scratch, err));
    s->n_sample += f.n_sample;
    return HM_OK;
}

/* A film of one race begins and ends with it; one of several has a room around them. */
static hm_status make(hm_sound *s, int32_t n_part, const hm_sound_part part[],
                      const hm_sound_opts *whole, bool is_joined, const char *beside,
                      hm_arena *scratch, hm_err *err)
{
    sound_hush hush;
    sound_hush_start(&hush);
    HM_TRY(stage_spool_open(beside, &s->mixed, err));
    HM_TRY(stage_spool_open(beside, &s->level, err));
    for (int32_t i = 0; i < n_part; i++) {
        HM_TRY(mix_part(s, &part[i], whole, is_joined ? &hush : NULL, scratch, err));
        hm_arena_free(scratch);
    }
    HM_TRY(sound_level(s->n_sample, whole, &s->mixed, &s->level, scratch, err));
    stage_spool_close(&s->mixed);
    return HM_OK;
}

static hm_status sound_make(int32_t n_part, const hm_sound_part part[], const hm_sound_opts *whole,
                            bool is_joined, const char *beside, hm_sound **out, hm_err *err)
{
    hm_arena arena, scratch;
    hm_arena_init(&arena, 0);
    hm_arena_init(&scratch, 0);
    hm_sound *s = HM_PUSH(&arena, hm_sound, 1);
    if (!s)
        return no_memory(err);
    s->arena = arena;
    hm_status st = make(s, n_part, part, whole, is_joined, beside, &scratch, err);
    hm_arena_free(&scratch);
    if (st == HM_OK)
        *out = s;
    else
        hm_sound_destroy(s);
    return st;
}

hm_status hm_sound_new(const hm_race *race, int64_t n, const hm_listener listener[],
                       const hm_sound_opts *opts, const char *beside, hm_sound **out, hm_err *err)
{
    HM_ASSERT(opts->cookie == COOKIE);
    const hm_sound_part part = {.race = race, .n = n, .listener = listener, .opts = *opts};
    return sound_make(1, &part, opts, false, beside, out, err);
}

hm_status hm_sound_join(int32_t n_part, const hm_sound_part part[], const hm_sound_opts *whole,
                        const char *beside, hm_sound **out, hm_err *err)
{
    HM_ASSERT(n_part >= 1 && whole->cookie == COOKIE);
    return sound_make(n_part, part, whole, true, beside, out, err);
}

int64_t hm_sound_sample_count(const hm_sound *s)
{
    return s->n_sample;
}

hm_status hm_sound_read(void *sound, int64_t from, int64_t n, float *lr, hm_err *err)
{
    hm_sound *s = sound;
    HM_ASSERT(from >= 0 && n >= 0 && from + n <= s->n_sample);
    return stage_spool_read_lr(&s->level, from, n, lr, err);
}

void hm_sound_destroy(hm_sound *s)
{
    if (!s)
        return;
    stage_spool_close(&s->mixed);
    stage_spool_close(&s->level);
    hm_arena arena = s->arena; /* the sound lives in it */
    hm_arena_free(&arena);
}

/* ---- in memory ---- */

hm_status hm_sound_render(const hm_race *race, int64_t n, const hm_listener listener[],
                          const hm_sound_opts *opts, hm_arena *arena, hm_audio *audio, hm_err *err)
{
    hm_sound *s = NULL;
    HM_TRY(hm_sound_new(race, n, listener, opts, NULL, &s, err));
    hm_audio made = {s->n_sample, HM_PUSH(arena, float, 2 * s->n_sample)};
    hm_status st = made.lr ? hm_sound_read(s, 0, s->n_sample, made.lr, err) : no_memory(err);
    hm_sound_destroy(s);
    if (st == HM_OK)
        *audio = made;
    return st;
}

static hm_status stem(const hm_race *race, int64_t n, const hm_listener listener[],
                      const hm_sound_opts *opts, int32_t only, int32_t lane, hm_arena *scratch,
                      hm_arena *arena, hm_audio *audio, hm_err *err)
{
    sound_film f;
    sound_mix *mix;
    HM_TRY(sound_film_init(&f, race, n, listener, opts, scratch, err));
    if (only == HM_STEM_CROWD || only == HM_STEM_VOICES)
        HM_TRY(sound_bank_new(&f, scratch, &f.bank, err));
    HM_TRY(sound_mix_new(&f, only, lane, scratch, &mix, err));
    float *lr = HM_PUSH(arena, float, 2 * f.n_sample);
    for (int64_t i = 0; lr && i < f.n_sample;)
        i += sound_mix_block(mix, lr + 2 * i);
    sound_mix_close(mix);
    if (!lr)
        return no_memory(err);
    *audio = (hm_audio){f.n_sample, lr};
    return HM_OK;
}

hm_status hm_sound_stem(const hm_race *race, int64_t n, const hm_listener listener[],
                        const hm_sound_opts *opts, hm_stem which, int32_t lane, hm_arena *arena,
                        hm_audio *audio, hm_err *err)
{
    HM_ASSERT(opts->cookie == COOKIE && which >= 0 && which < HM_STEM_COUNT);
    hm_arena scratch;
    hm_arena_init(&scratch, 0);
    hm_status st = stem(race, n, listener, opts, (int32_t)which, lane, &scratch, arena, audio, err);
    hm_arena_free(&scratch);
    return st;
}
