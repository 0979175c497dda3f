/* sound.c - the race carried by sound alone. The picture is almost black: a footfall lights what it
 * touches, softly and small, and the light is gone before the next. The ear goes before the runners
 * and looks back, so that every lane is heard where it is. */
#include "dark_priv.h"
#include "ear_priv.h"

#include <math.h>

#include "num/dmath.h"

#define FIELD(name) #name, offsetof(ear_opts, name), HM_OPTION_DOUBLE

/* Lights are small in area and rise over a tenth of a second (photosensitivity, WCAG 2.3.1). */
static const hm_option rows[] = {
    {FIELD(light_frac), "", 1.35, 0, 1.5, NULL, "Brightness of a footfall's light.", ""},
    {FIELD(wave_frac), "", 0.34, 0, 1, NULL, "Of it, how strong the wave is that runs out from it.",
     ""},
    {FIELD(reach_m), "m", 1.6, 0.2, 3, NULL, "How far it reaches.", ""},
    {FIELD(glow_s), "s", 0.46, 0.40, 1, NULL, "How long it takes to come and go.", ""},
    {FIELD(ambient_frac), "", 0.030, 0, 0.1, NULL, "What is seen without any light.", ""},
    {FIELD(rim_frac), "", 0.12, 0, 0.3, NULL, "The edges of runners.", ""},
    {FIELD(mist_frac), "", 1, 0, 2, NULL, "Breath that is seen.", ""},
    {FIELD(lead_db_per_m), "dB/m", 12, 0, 30, NULL,
     "How much less loud a runner is for each metre behind the leader, up to 15 dB; 0: true "
     "levels.",
     ""},
    {FIELD(crowd_race_frac), "", 0.2, 0, 1, NULL, "The crowd between gun and line.", ""},
    {FIELD(wall_frac), "", 0.75, 0, 1, NULL, "The crowd behind the line.", ""},
    {FIELD(hush_frac), "", 0.95, 0, 1, NULL, "How silent it is between \"set\" and gun.", ""},
    {FIELD(breath_gain), "", 4, 0, 10, NULL, "How near the lungs are.", ""},
};
enum { N_ROW = sizeof rows / sizeof rows[0] };
_Static_assert(sizeof(ear_opts) == N_ROW * sizeof(double), "every field has a row");

const hm_option_table hm_look_sound_table = {"sound", sizeof(ear_opts), N_ROW, rows};

/* 0 .. 1 .. 0 over the glow: rises in a quarter of it, three frames, so no step in brightness is
 * sudden. */
static float swell(double u)
{
    double k = u < 0.25 ? u / 0.25 : (1 - u) / 0.75;
    k = k < 0 ? 0 : k;
    return (float)(k * k * (3 - 2 * k));
}

/* A footfall's light is as strong as its sound: by how far behind the leader it falls, to half. */
static float place_light(const look_drawing *d, const hm_lane *l, double t_s)
{
    double most = 0;
    for (int32_t i = 0; i < d->film->race->n_lane; i++)
        most = fmax(most, hm_curve_x_m(&d->film->race->lane[i].curve, t_s));
    double behind_m = most - hm_curve_x_m(&l->curve, t_s);
    return (float)(0.5 + 0.5 * hm_exp(-0.8 * behind_m));
}

/* Before the foot, so that it lights what comes on it; the wave runs out over the ground. */
static void light_step(const look_drawing *d, const hm_player *pl, const hm_step *s, double age_s,
                       dark_own *own)
{
    const ear_opts *o = d->film->own;
    double u = age_s / o->glow_s;
    float k = (float)o->light_frac * swell(u) * place_light(d, pl->lane, s->on_s);
    hm_rgb c = pl->costume.main_rgb;
    if (own->n < DARK_LIGHT_MAX && k > 0)
        own->light[own->n++] =
            (dark_light){.x_m = (float)(hm_lane_centre_m(pl->lane->lane) + s->side_m),
                         .y_m = 0.22f,
                         .z_m = (float)s->x_m + 0.28f,
                         .r = k * (0.70f + 0.6f * c.r),
                         .g = k * (0.70f + 0.6f * c.g),
                         .b = k * (0.78f + 0.6f * c.b),
                         .inv_reach = (float)(1 / o->reach_m),
                         .wave = (float)o->wave_frac,
                         .wave_m = 0.25f + (float)(o->reach_m * u)};
}

/* What is seen without any light goes with what is heard: dark in the silence, and behind the line
 * the stands come out of the night with their roar. Slow: a second and more. */
static double dusk(const look_drawing *d)
{
    double t_s = d->moment->race_t_s, win_s = 1e9;
    for (int32_t i = 0; i < d->film->race->n_lane; i++)
        if (d->film->race->lane[i].time_us > 0)
            win_s = fmin(win_s, 1e-6 * (double)d->film->race->lane[i].time_us);
    double hush = look_ramp(t_s, HM_SET_S - 1, HM_SET_S + 0.6);
    double wall = look_ramp(t_s, win_s, win_s + 1.6) - 0.6 * look_ramp(t_s, win_s + 5, win_s + 9);
    return 1.5 - 0.7 * hush + 3.2 * wall;
}

static hm_status scene(const look_drawing *d, const look_scene *s, hm_err *err)
{
    const ear_opts *o = d->film->own;
    dark_own *own = HM_PUSH(d->scratch, dark_own, 1);
    if (!own)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the drawing");
    own->n = 0;
    own->ambient = (float)(o->ambient_frac * dusk(d));
    own->rim = (float)o->rim_frac;
    double t_s = d->moment->race_t_s;
    for (int32_t i = 0; i < d->film->cast->n_player; i++) {
        const hm_player *pl = &d->film->cast->player[i];
        for (int32_t k = 0; !pl->absent && k < pl->lane->n_step; k++) {
            double age_s = t_s - pl->lane->step[k].on_s;
            if (age_s >= 0 && age_s < o->glow_s)
                light_step(d, pl, &pl->lane->step[k], age_s, own);
        }
    }
    s->paint->own = own;
    s->scene->haze_per_m = 0;
    return HM_OK;
}

/* Headphones, and a course from silence to a wall. */
static void hear(const void *own, hm_sound_opts *sound)
{
    ear_opts o;
    hm_option_defaults(&hm_look_sound_table, &o);
    if (own)
        o = *(const ear_opts *)own;
    sound->space = HM_SPACE_BINAURAL;
    sound->lead_db_per_m = o.lead_db_per_m;
    sound->crowd_race_frac = o.crowd_race_frac;
    sound->crowd_line_frac = o.wall_frac;
    sound->hush_frac = o.hush_frac;
    sound->breath_gain = o.breath_gain;
}

const hm_look look_sound = {
    .name = "sound",
    .sentence = "the race by ear: almost black, each footfall lights what it touches",
    .paint = "dark",
    .wish = {.n_hold = 1, .venue = HM_VENUE_AUTO, .hour = HM_HOUR_EVENING},
    .table = &hm_look_sound_table,
    .direct = ear_direct,
    .sound = hear,
    .scene = scene,
    .picture = ear_mist,
};
