/* sound.c - the race carried by sound alone. The picture is almost black: a footfall lights what it
 * touches, softly and small, and the light is gone before the next. The ear goes before the runners
 * and looks back, so that every lane is heard where it is. */
#include "dark_priv.h"
#include "ear_priv.h"

#define FIELD(name) #name, offsetof(ear_opts, name), HM_OPTION_DOUBLE

/* Lights are small in area and rise over a tenth of a second (photosensitivity, WCAG 2.3.1). */
static const hm_option rows[] = {
    {FIELD(light_frac), "", 0.75, 0, 1.5, NULL, "Brightness of a footfall's light.", ""},
    {FIELD(reach_m), "m", 1.5, 0.2, 3, NULL, "How far it reaches.", ""},
    {FIELD(glow_s), "s", 0.30, 0.25, 1, NULL, "How long it takes to come and go.", ""},
    {FIELD(ambient_frac), "", 0.030, 0, 0.1, NULL, "What is seen without any light.", ""},
    {FIELD(mist_frac), "", 1, 0, 2, NULL, "Breath that is seen.", ""},
    {FIELD(lead_db_per_m), "dB/m", 12, 0, 30, NULL,
     "How much less loud a runner is for each metre behind the leader, up to 15 dB; 0: true "
     "levels.",
     ""},
    {FIELD(crowd_race_frac), "", 0.2, 0, 1, NULL, "The crowd between gun and line.", ""},
    {FIELD(wall_frac), "", 0.6, 0, 1, NULL, "The crowd after the line, 1: a full stadium.", ""},
    {FIELD(hush_frac), "", 0.95, 0, 1, NULL, "How silent it is between \"set\" and gun.", ""},
    {FIELD(breath_gain), "", 4, 0, 10, NULL, "How near the lungs are.", ""},
};
enum { N_ROW = sizeof rows / sizeof rows[0] };
_Static_assert(sizeof(ear_opts) == N_ROW * sizeof(double), "every field has a row");

const hm_option_table hm_look_sound_table = {"sound", sizeof(ear_opts), N_ROW, rows};

/* 0 .. 1 .. 0 over the glow: rises in a third of it, so no step in brightness is sudden. */
static float swell(double age_s, double glow_s)
{
    double u = age_s / glow_s;
    double k = u < 0.33 ? u / 0.33 : (1 - u) / 0.67;
    k = k < 0 ? 0 : k;
    return (float)(k * k * (3 - 2 * k));
}

static void light_step(const ear_opts *o, const hm_player *pl, const hm_step *s, double age_s,
                       dark_own *own)
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
    const ear_opts *o = d->film->own;
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
    sound->crowd_frac = o.wall_frac;
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
};
