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
                           .set_s = HM_SET_S,
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

/** Render with scratch of its own: only = one stem before mixing, else the finished sound. */
static hm_status render(const hm_race *race, int64_t n, const hm_listener listener[],
                        const hm_sound_opts *opts, int32_t only, int32_t lane, hm_arena *scratch,
                        hm_arena *arena, hm_audio *audio, hm_err *err)
{
    HM_ASSERT(opts->cookie == COOKIE);
    sound_film f;
    HM_TRY(sound_film_init(&f, race, n, listener, opts, scratch, err));
    if (only < 0 || only == HM_STEM_CROWD || only == HM_STEM_VOICES)
        HM_TRY(sound_bank_new(&f, scratch, &f.bank, err));
    float *out = HM_PUSH(arena, float, 2 * f.n_sample), *raw = out;
    if (only < 0)
        raw = HM_PUSH(scratch, float, 2 * f.n_sample);
    if (!out || !raw)
        return hm_err_set(err, HM_ERR_SYSTEM, "sound", 0, 0, NULL, "no memory left");
    HM_TRY(sound_mix(&f, only, lane, scratch, raw, err));
    if (only < 0)
        HM_TRY(sound_level(&f, raw, out, scratch, err));
    *audio = (hm_audio){f.n_sample, out};
    return HM_OK;
}

static hm_status render_alone(const hm_race *race, int64_t n, const hm_listener listener[],
                              const hm_sound_opts *opts, int32_t only, int32_t lane,
                              hm_arena *arena, hm_audio *audio, hm_err *err)
{
    hm_arena scratch;
    hm_arena_init(&scratch, 0);
    hm_status st = render(race, n, listener, opts, only, lane, &scratch, arena, audio, err);
    hm_arena_free(&scratch);
    return st;
}

hm_status hm_sound_render(const hm_race *race, int64_t n, const hm_listener listener[],
                          const hm_sound_opts *opts, hm_arena *arena, hm_audio *audio, hm_err *err)
{
    return render_alone(race, n, listener, opts, -1, 0, arena, audio, err);
}

hm_status hm_sound_stem(const hm_race *race, int64_t n, const hm_listener listener[],
                        const hm_sound_opts *opts, hm_stem stem, int32_t lane, hm_arena *arena,
                        hm_audio *audio, hm_err *err)
{
    HM_ASSERT(stem >= 0 && stem < HM_STEM_COUNT);
    return render_alone(race, n, listener, opts, (int32_t)stem, lane, arena, audio, err);
}
