/* elastic.c - childhood: big heads and hands, bodies that stretch and squash, washes and a thick
 * line that boils, a school yard seen from low down by somebody who runs along and is too slow. */
#include "elastic_priv.h"

#include <math.h>
#include <string.h>

#include "base/rng.h"

#define FIELD(name) #name, offsetof(elastic_opts, name), HM_OPTION_DOUBLE

static const hm_option rows[] = {
    {FIELD(head_frac), "", 0.42, 0, 1, NULL, "Heads are larger by this.", ""},
    {FIELD(hand_frac), "", 0.50, 0, 1, NULL, "Hands are larger by this.", ""},
    {FIELD(foot_frac), "", 0.32, 0, 1, NULL, "Feet are larger by this.", ""},
    {FIELD(eye_frac), "", 0.28, 0, 0.6, NULL, "Eyes are larger by this.", ""},
    {FIELD(stretch_frac), "", 0.17, 0, 0.4, NULL,
     "How far a body is drawn out in flight and pressed together on the ground.", ""},
    {FIELD(sway_m), "m", 0.07, 0, 0.3, NULL, "How far the head lags behind and swings.", ""},
    {FIELD(face_frac), "", 0.35, 0, 1, NULL, "Faces show more by this.", ""},
    {FIELD(boil_px), "px", 0.8, 0, 2, NULL, "Lines stray by this at 720 rows.", ""},
    {FIELD(line_frac), "", 1, 0.2, 1.4, NULL, "Width of all lines, 1 = as tuned.", ""},
    {FIELD(dust_frac), "", 1, 0, 3, NULL, "Size of the puffs of dust; 0 = none.", ""},
    {FIELD(bounce_m), "m", 0.07, 0, 0.3, NULL, "How far bodies rise in flight.", ""},
    {FIELD(wheel_frac), "", 1, 0, 1, NULL, "Strength of the wheels that legs become.", ""},
    {FIELD(friend_frac), "", 0.8, 0, 1, NULL, "Strength of the shadows of those who watch.", ""},
    {FIELD(torn_lane), "", NAN, 0, HM_LANE_MAX, NULL,
     "Lane of the one whose trainers come apart, 0 = nobody; not told: a child by the seed.", ""},
};
enum { N_ROW = sizeof rows / sizeof rows[0] };
_Static_assert(sizeof(elastic_opts) == N_ROW * sizeof(double), "every field has a row");

const hm_option_table hm_look_elastic_table = {"elastic", sizeof(elastic_opts), N_ROW, rows};

/* ---- the face ---- */

/* Told, or one of the lanes by the race's seed, when a child runs in it. */
static bool wears_torn(const elastic_opts *o, const hm_player *player)
{
    if (!isnan(o->torn_lane))
        return (int32_t)o->torn_lane == player->lane->lane;
    uint64_t race = player->shape.seed;
    int32_t lane = 1 + (int32_t)(8 * hm_rng_unit(race, HM_FOR_COSTUME, 0, 300, 0));
    return lane == player->lane->lane && player->lane->age_yr < 15;
}

static void wide_eyes(const void *own, const hm_player *player, hm_costume *costume)
{
    const elastic_opts *o = own;
    hm_face *f = &costume->face;
    float k = 1.0f + (float)o->eye_frac;
    f->eye_w *= 1.0f + 0.6f * (k - 1.0f);
    f->eye_up *= k, f->eye_low *= k, f->iris *= 1.0f + 0.8f * (k - 1.0f);
    f->brow_v *= 1.0f + 0.5f * (k - 1.0f);
    f->nose_w *= 0.85f;
    f->age_lines = 0;
    f->youth = 1;
    f->beard = HM_BEARD_NONE;
    costume->trainers = true;
    costume->head_more = (float)o->head_frac;
    costume->torn = wears_torn(o, player);
}

static void act(const look_drawing *d, const look_body *body)
{
    const elastic_opts *o = d->film->own;
    elastic_face(d, body, 1.0f + (float)o->face_frac);
}

/* ---- the picture ---- */

static hm_rgb paper_sky(const void *ctx, hm_vec3 dir)
{
    (void)ctx;
    float up = dir.y < 0 ? 0 : dir.y > 0.625f ? 1 : 1.6f * dir.y;
    return (hm_rgb){0.80f - 0.30f * up, 0.90f - 0.14f * up, 0.97f - 0.02f * up};
}

static hm_status scene(const look_drawing *d, const look_scene *s, hm_err *err)
{
    const elastic_opts *o = d->film->own;
    look_widen_lines(s->paint, o->line_frac);
    look_boil(s->paint, o->boil_px);
    s->paint->key_turn_frac = 0.6f; /* faces are read first */
    s->scene->sky = paper_sky;
    s->scene->haze = (hm_rgb){0.97f, 0.95f, 0.90f};
    s->scene->haze_per_m = 0.010f;
    HM_TRY(elastic_friends(d, s, err));
    HM_TRY(elastic_wheels(d, s, err));
    return elastic_dust(d, s, err);
}

const hm_look look_elastic = {
    .name = "elastic",
    .sentence = "childhood: bodies of rubber, washes on paper, a thick line that boils",
    .paint = "watercolour",
    .wish = {.n_hold = 2, .venue = HM_VENUE_SCHOOL, .hour = HM_HOUR_DAY},
    .table = &hm_look_elastic_table,
    .direct = elastic_direct,
    .costume = wide_eyes,
    .body = act,
    .skin = elastic_skin,
    .scene = scene,
};
