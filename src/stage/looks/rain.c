/* rain.c - the one shot in the rain: night, light from behind, the ground a broken mirror; bodies
 * become streaks of light. The camera leaves the runners and stays with the water. */
#include "rain_priv.h"
#include "shots_priv.h"

static const char *const lengths[] = {"short", "long", NULL};

#define FIELD(name) #name, offsetof(rain_opts, name), HM_OPTION_DOUBLE

static const hm_option rows[] = {
    {"length", offsetof(rain_opts, length), HM_OPTION_WORD, "", RAIN_SHORT, 0, 0, lengths,
     "The path: short, from the blocks on, 40 s; long, from the gate to the last one at the line, "
     "4 minutes.",
     ""},
    {FIELD(drops_frac), "", 1, 0, 2, NULL, "How much rain falls.", ""},
    {FIELD(wet_frac), "", 0.9, 0, 1, NULL, "How much water stands on the track.", ""},
    {FIELD(ripple_frac), "", 1, 0, 3, NULL, "How rough the water is.", ""},
    {FIELD(splash_frac), "", 1, 0, 3, NULL, "How high feet throw the water.", ""},
    {FIELD(fill_frac), "", 0.75, 0, 1, NULL, "Light on what faces the camera.", ""},
    {FIELD(streak_frac), "", 1, 0, 3, NULL, "How long fast bodies stay as streaks of light.", ""},
    {FIELD(chill_c), "deg C", 9, 0, 30, NULL,
     "How much colder than the race's the air is in the rain: breath is seen below 16 deg C.", ""},
};
enum { N_ROW = sizeof rows / sizeof rows[0] };
_Static_assert(sizeof(rain_opts) == N_ROW * sizeof(double), "every field has a row, length a pad");

const hm_option_table hm_look_rain_table = {"rain", sizeof(rain_opts), N_ROW, rows};

/* The floodlights stand all around: the key is the one behind what the camera sees. */
static void set_light(hm_scene *s)
{
    hm_vec3 to = hm_v3_unit(hm_v3_sub(s->camera.aim_m, s->camera.eye_m));
    s->light =
        (hm_light){.to_sun = hm_v3_unit(hm_v3(to.x - 0.35f * to.z, 0.62f, to.z + 0.35f * to.x)),
                   .sun = {1.30f, 1.26f, 1.15f},
                   .sky = {1, 1, 1},
                   .bounce = {1, 1, 1}};
    s->haze = (hm_rgb){0.060f, 0.072f, 0.105f};
    s->haze_per_m = 0.012f;
}

static hm_status begin(const look_film *film, hm_arena *arena, const void **state, hm_err *err)
{
    rain_state *s = HM_PUSH(arena, rain_state, 1);
    if (!s)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the rain");
    s->hero = shots_by_rank(film->race, 1);
    bool early = false; /* is more shown than the race? */
    for (int32_t i = 0; i < film->film->n_shot; i++)
        early |= film->film->shot[i].race_from_s < RAIN_EARLY_S;
    for (int32_t i = 0; early && i < film->race->n_lane; i++)
        if (!film->cast->player[i].absent)
            HM_TRY(rain_life_plan(film->race, i, s->hero, &film->cast->player[i].gait, arena,
                                  &s->life[i], err));
    look_film with = *film;
    with.state = s;
    HM_TRY(rain_world_build(&with, &s->world, arena, err));
    *state = s;
    return HM_OK;
}

void rain_pose(const look_drawing *d, int32_t i_player, double t_s, hm_pose *pose)
{
    const rain_state *s = d->film->state;
    const hm_gait *gait = &d->film->cast->player[i_player].gait;
    hm_gait_pose(gait, t_s, pose);
    rain_life_pose(&s->life[i_player], t_s, pose);
}

static void body(const look_drawing *d, const look_body *b)
{
    const rain_state *s = d->film->state;
    rain_life_pose(&s->life[b->i_player], d->moment->race_t_s, b->pose);
}

static void skin(const look_drawing *d, const look_body *b, const hm_mesh *mesh, hm_vec3 pos_m[],
                 hm_vec3 nrm[])
{
    rain_kit_skin(d, b, mesh, pos_m, nrm);
}

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the drawing");
}

/* What the water gives back: the scene, and the light that is put on it. */
static hm_status reflect(const look_drawing *d, const look_scene *s, night_own *own, hm_err *err)
{
    hm_picture *pic;
    hm_camera under;
    HM_TRY(rain_mirror_draw(d->work, s->scene, s->paint, d->scratch, &pic, &under, err));
    glow g = glow_on(pic, &under);
    rain_trail(d, &g);
    own->mirror = (const uint32_t *)(const void *)pic->rgbx;
    own->w_px = pic->w_px, own->h_px = pic->h_px, own->stride_px = pic->stride / 4;
    return HM_OK;
}

static hm_status scene(const look_drawing *d, const look_scene *s, hm_err *err)
{
    const rain_opts *o = d->film->own;
    static const uint32_t black = 0;
    night_own *dry = HM_PUSH(d->scratch, night_own, 1), *own = HM_PUSH(d->scratch, night_own, 1);
    rain_light *light = HM_PUSH(d->scratch, rain_light, 1);
    if (!dry || !own || !light)
        return no_memory(err);
    set_light(s->scene);
    rain_light_at(d->film->race, d->moment->camera.eye_m, light);
    HM_TRY(rain_lamps(d, s, light, err));
    HM_TRY(rain_kit_wear(d, s, err));
    HM_TRY(rain_world_add(d, s, err));
    HM_TRY(rain_bib(d, s, err));
    *own = (night_own){.wet_frac = (float)o->wet_frac,
                       .ripple = (float)o->ripple_frac,
                       .fill_frac = (float)o->fill_frac};
    rain_light_paint(d, light, own);
    *dry = *own;
    dry->mirror = &black, dry->w_px = dry->h_px = dry->stride_px = 1, dry->wet_frac = 0;
    s->paint->own = dry;
    HM_TRY(reflect(d, s, own, err));
    s->paint->own = own;
    return HM_OK;
}

/* Light on the finished picture: what is small, bright and in the air. */
static hm_status picture(const look_drawing *d, const hm_scene *s, hm_picture *pic, hm_err *err)
{
    rain_light *light = HM_PUSH(d->scratch, rain_light, 1);
    if (!light)
        return no_memory(err);
    rain_light_at(d->film->race, d->moment->camera.eye_m, light);
    glow g = glow_on(pic, &s->camera);
    rain_halos(&g, light);
    rain_trail(d, &g);
    rain_splash(d, &g, &s->camera);
    rain_breath(d, &g);
    rain_fall(d, &g, light, &s->camera);
    rain_lens(d, pic);
    return HM_OK;
}

/* What is seen to fall is heard; most stay at home on such a night. */
static void wet_sound(const void *own, hm_sound_opts *sound)
{
    const rain_opts *o = own;
    sound->rain_frac = o ? o->drops_frac : 1;
    sound->crowd_frac = 0.35;
}

const hm_look look_rain = {
    .name = "rain",
    .sentence = "one unbroken shot in the rain: night, light from behind, a broken mirror",
    .paint = "night",
    .wish = {.n_hold = 2, .venue = HM_VENUE_AUTO, .hour = HM_HOUR_EVENING},
    .table = &hm_look_rain_table,
    .direct = rain_direct,
    .sound = wet_sound,
    .begin = begin,
    .hear = rain_hear,
    .open = rain_mirror_open,
    .close = rain_mirror_close,
    .body = body,
    .skin = skin,
    .scene = scene,
    .picture = picture,
};
