/* sound.c - the race carried by sound alone. The picture is almost black: a footfall lights what it
 * touches, softly and small, and the light is gone before the next. The ear goes before the runners
 * and looks back, so that every lane is heard where it is. */
#include "dark_priv.h"
#include "look_priv.h"
#include "staging_priv.h"

typedef struct sound_look_opts {
    double light_frac, reach_m, glow_s, ambient_frac;
} sound_look_opts;

#define FIELD(name) #name, offsetof(sound_look_opts, name), HM_OPTION_DOUBLE

/* Lights are small in area and rise over a tenth of a second (photosensitivity, WCAG 2.3.1). */
static const hm_option rows[] = {
    {FIELD(light_frac), "", 0.75, 0, 1.5, NULL, "Brightness of a footfall's light.", ""},
    {FIELD(reach_m), "m", 1.5, 0.2, 3, NULL, "How far it reaches.", ""},
    {FIELD(glow_s), "s", 0.30, 0.25, 1, NULL, "How long it takes to come and go.", ""},
    {FIELD(ambient_frac), "", 0.030, 0, 0.1, NULL, "What is seen without any light.", ""},
};
enum { N_ROW = sizeof rows / sizeof rows[0] };
_Static_assert(sizeof(sound_look_opts) == N_ROW * sizeof(double), "every field has a row");

const hm_option_table hm_look_sound_table = {"sound", sizeof(sound_look_opts), N_ROW, rows};

/* 0 .. 1 .. 0 over the glow: rises in a third of it, so no step in brightness is sudden. */
static float swell(double age_s, double glow_s)
{
    double u = age_s / glow_s;
    double k = u < 0.33 ? u / 0.33 : (1 - u) / 0.67;
    k = k < 0 ? 0 : k;
    return (float)(k * k * (3 - 2 * k));
}

static void light_step(const sound_look_opts *o, const hm_player *pl, const hm_step *s,
                       double age_s, dark_own *own)
{
    float k = (float)o->light_frac * swell(age_s, o->glow_s);
    hm_rgb c = pl->costume.main_rgb;
    if (own->n < DARK_LIGHT_MAX && k > 0)
        own->light[own->n++] =
            (dark_light){.x_m = (float)(hm_lane_centre_m(pl->lane->lane) + s->side_m),
                         .y_m = 0.10f,
                         .z_m = (float)s->x_m,
                         .r = k * (0.75f + 0.5f * c.r),
                         .g = k * (0.75f + 0.5f * c.g),
                         .b = k * (0.80f + 0.5f * c.b),
                         .inv_reach = (float)(1 / o->reach_m)};
}

static hm_status scene(const look_drawing *d, const look_scene *s, hm_err *err)
{
    const sound_look_opts *o = d->film->own;
    dark_own *own = HM_PUSH(d->scratch, dark_own, 1);
    if (!own)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the drawing");
    own->n = 0;
    own->ambient = (float)o->ambient_frac;
    double t_s = d->moment->race_t_s;
    for (int32_t i = 0; i < d->film->cast->n_player; i++) {
        const hm_player *pl = &d->film->cast->player[i];
        for (int32_t k = 0; !pl->absent && k < pl->lane->n_step; k++) {
            double age_s = t_s - pl->lane->step[k].on_s;
            if (age_s >= 0 && age_s < o->glow_s)
                light_step(o, pl, &pl->lane->step[k], age_s, own);
        }
    }
    s->paint->own = own;
    s->scene->haze_per_m = 0;
    return HM_OK;
}

/* One view: before the runners, going with them, as near to the track as they breathe. */
static hm_status direct(const hm_race *race, const hm_direct_opts *opts, hm_arena *arena,
                        hm_film *film, hm_err *err)
{
    staging s;
    HM_TRY(staging_begin(&s, race, opts, err));
    double sum_m = 0;
    for (int32_t i = 0; i < race->n_lane; i++)
        sum_m += race->lane[i].curve.n > 0 ? hm_lane_centre_m(race->lane[i].lane) : 0;
    double mid_m = sum_m / s.n_runner;
    hm_shot *shot = staging_add(&s, "dark", HM_RIG_KEYS, staging_at(HM_AT_SET, -4),
                                staging_at(HM_AT_LAST, 4), HM_ROLE_ALL, 0);
    shot->follow = true;
    staging_key(&s, &(hm_cam_key){.at_frac = 0,
                                  .eye_m = {mid_m, 0.9, 7.5},
                                  .aim_m = {mid_m, 0.55, -2},
                                  .vfov_deg = 46});
    return staging_end(&s, arena, film, err);
}

const hm_look look_sound = {
    .name = "sound",
    .sentence = "the race by ear: almost black, each footfall lights what it touches",
    .paint = "dark",
    .wish = {.n_hold = 1, .venue = HM_VENUE_AUTO, .hour = HM_HOUR_EVENING},
    .table = &hm_look_sound_table,
    .direct = direct,
    .scene = scene,
};
