/* sound.c - what the open film sounds like.
 *
 * sound.make {}  -> {rate_hz, n_sample, arrays: {left: {at, n}, right: {at, n}}}
 *
 * With music, its samples are put into memory first (engine_sound_score); the mix is then that of
 * the native program. While it works it tells the host how far it is. */
#include "stage/sound.h"

#include "calls.h"
#include "film_priv.h"
#include "host.h"
#include "score_samples.h"

#include <stdlib.h>

enum { READ_SAMPLES = 48000 };

/* The music that was put in, and the samples that were made. */
typedef struct page_sound {
    hm_arena arena;
    float *music; /* (n_music x 2) malloc'd by the host */
    int64_t n_music;
    int64_t n_sample;
    float *left, *right; /* (n_sample) in the arena */
} page_sound;

static void close_sound(void *state)
{
    page_sound *s = state;
    free(s->music);
    hm_arena_free(&s->arena);
    free(s);
}

static page_sound *sound_of(engine *e)
{
    page_sound *s = e->part[ENGINE_SOUND].state;
    if (s || !(s = calloc(1, sizeof *s)))
        return s;
    hm_arena_init(&s->arena, 0);
    engine_keep(e, ENGINE_SOUND, s, close_sound);
    return s;
}

bool engine_sound_score(engine *e, float *lr, uint32_t n_sample)
{
    page_sound *s = sound_of(e);
    if (!s)
        return false;
    free(s->music);
    s->music = lr;
    s->n_music = n_sample;
    return true;
}

static bool tell(void *ctx, int64_t done, int64_t total)
{
    (void)ctx;
    host_progress((double)done / (double)total);
    return true;
}

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the sound");
}

/* The score tells the mix where it is silent; its notes are in the samples. */
static hm_status compose(const page_film *f, const page_sound *s, hm_arena *arena,
                         page_score **score, hm_err *err)
{
    hm_score_opts o = hm_score_opts_default();
    *score = NULL;
    if (!s->music)
        return HM_OK;
    page_score *made = HM_PUSH(arena, page_score, 1);
    if (!made)
        return no_memory(err);
    HM_TRY(hm_score_compose(&f->race, &f->film, &o, arena, &made->score, err));
    made->lr = s->music;
    made->n_sample = s->n_music;
    *score = made;
    return HM_OK;
}

/* One array a channel, as the page plays them. */
static hm_status take_apart(page_sound *s, hm_sound *sound, hm_arena *scratch, hm_err *err)
{
    hm_arena_free(&s->arena);
    s->n_sample = hm_sound_sample_count(sound);
    s->left = HM_PUSH(&s->arena, float, s->n_sample);
    s->right = HM_PUSH(&s->arena, float, s->n_sample);
    float *lr = HM_PUSH(scratch, float, 2 * READ_SAMPLES);
    if (!s->left || !s->right || !lr)
        return no_memory(err);
    for (int64_t i = 0; i < s->n_sample; i += READ_SAMPLES) {
        int64_t left = s->n_sample - i, n = left < READ_SAMPLES ? left : READ_SAMPLES;
        HM_TRY(hm_sound_read(sound, i, n, lr, err));
        for (int64_t k = 0; k < n; k++) {
            s->left[i + k] = lr[2 * k];
            s->right[i + k] = lr[2 * k + 1];
        }
    }
    return HM_OK;
}

static void put_array(hm_json_out *o, const char *name, const float *at, int64_t n)
{
    hm_json_put_object(o, name, HM_JSON_LINE);
    hm_json_put_integer(o, "at", (int64_t)(intptr_t)at);
    hm_json_put_integer(o, "n", n);
    hm_json_put_end(o);
}

hm_status sound_make(engine *e, const hm_json *request, hm_arena *arena, hm_json_out *answer,
                     hm_err *err)
{
    (void)request;
    page_film *f;
    page_score *score;
    page_sound *s = sound_of(e);
    hm_sound *sound;
    if (!s)
        return no_memory(err);
    HM_TRY(engine_film(e, &f, err));
    HM_TRY(compose(f, s, arena, &score, err));
    const hm_show_music music = {.score = score ? &score->score : NULL, .soundfont = ""};
    HM_TRY(hm_show_sound(f->show, &music, NULL, tell, NULL, &sound, err));
    hm_status status = take_apart(s, sound, arena, err);
    hm_sound_destroy(sound);
    HM_TRY(status);
    hm_json_put_integer(answer, "rate_hz", HM_AUDIO_HZ);
    hm_json_put_integer(answer, "n_sample", s->n_sample);
    hm_json_put_object(answer, "arrays", HM_JSON_LINE);
    put_array(answer, "left", s->left, s->n_sample);
    put_array(answer, "right", s->right, s->n_sample);
    hm_json_put_end(answer);
    return HM_OK;
}
