/* elastic.c - childhood: big heads and hands, bodies that stretch and squash, washes and a thick
 * line that boils, a school yard seen from low down by somebody who runs along and is too slow. */
#include "elastic_priv.h"

#include <math.h>
#include <string.h>

#define FIELD(name) #name, offsetof(elastic_opts, name), HM_OPTION_DOUBLE

static const hm_option rows[] = {
    {FIELD(head_frac), "", 0.30, 0, 1, NULL, "Heads are larger by this.", ""},
    {FIELD(hand_frac), "", 0.35, 0, 1, NULL, "Hands are larger by this.", ""},
    {FIELD(foot_frac), "", 0.22, 0, 1, NULL, "Feet are larger by this.", ""},
    {FIELD(eye_frac), "", 0.28, 0, 0.6, NULL, "Eyes are larger by this.", ""},
    {FIELD(stretch_frac), "", 0.13, 0, 0.4, NULL,
     "How far a body is drawn out in flight and pressed together on the ground.", ""},
    {FIELD(sway_m), "m", 0.07, 0, 0.3, NULL, "How far the head lags behind and swings.", ""},
    {FIELD(face_frac), "", 0.35, 0, 1, NULL, "Faces show more by this.", ""},
    {FIELD(boil_px), "px", 0.8, 0, 2, NULL, "Lines stray by this at 720 rows.", ""},
    {FIELD(line_frac), "", 1, 0.2, 1.4, NULL, "Width of all lines, 1 = as tuned.", ""},
    {FIELD(dust_frac), "", 1, 0, 3, NULL, "Size of the puffs of dust; 0 = none.", ""},
};
enum { N_ROW = sizeof rows / sizeof rows[0] };
_Static_assert(sizeof(elastic_opts) == N_ROW * sizeof(double), "every field has a row");

const hm_option_table hm_look_elastic_table = {"elastic", sizeof(elastic_opts), N_ROW, rows};

/* ---- the face ---- */

static void wide_eyes(const void *own, const hm_player *player, hm_costume *costume)
{
    (void)player;
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
}

static float within(float v, float lo, float hi)
{
    return v < lo ? lo : v > hi ? hi : v;
}

/* More of everything, within what a face can do. */
static void overact(hm_mien *m, float k)
{
    m->brow_in = within(m->brow_in * k, -1, 1), m->brow_out = within(m->brow_out * k, -1, 1);
    m->lid_up = within(1 + (m->lid_up - 1) * k, 0, 1.4f);
    m->mouth_open = within(m->mouth_open * k, 0, 1);
    m->mouth_wide = within(m->mouth_wide * k, -1, 1);
    m->corner = within(m->corner * k, -1, 1);
    m->skew = within(m->skew * k, -1, 1);
    m->puff = within(m->puff * k, 0, 1);
}

/* Who is ahead beams, who is caught is in panic, who chases stares at the back before him. */
static void play(const look_drawing *d, const look_body *body)
{
    const hm_race *race = d->film->race;
    double t_s = d->moment->race_t_s;
    const hm_lane *me = body->player->lane;
    double x_m = hm_curve_x_m(&me->curve, t_s), v_mps = hm_curve_v_mps(&me->curve, t_s);
    if (t_s < 0.4 || x_m > 99.5 || v_mps < 2)
        return;
    double behind_m = 1e9, ahead_m = 1e9;
    for (int32_t i = 0; i < race->n_lane; i++) {
        const hm_lane *o = &race->lane[i];
        if (o == me || o->curve.n == 0)
            continue;
        double gap_m = hm_curve_x_m(&o->curve, t_s) - x_m;
        if (gap_m > 0)
            ahead_m = fmin(ahead_m, gap_m);
        else
            behind_m = fmin(behind_m, -gap_m);
    }
    hm_mood mood = ahead_m > 1e8 ? (behind_m < 0.7 ? HM_MOOD_FEAR : HM_MOOD_JOY)
                   : ahead_m < 2 ? HM_MOOD_CLENCH
                                 : HM_MOOD_STRAIN2;
    hm_mien want = hm_mien_of(mood);
    float k = within((float)(t_s - 0.4) / 1.2f, 0, 1);
    float late = within((float)(x_m - 97) / 2.5f, 0, 1);
    *body->mien = hm_mien_mix(body->mien, &want, 0.75f * k * (1 - late));
}

static void act(const look_drawing *d, const look_body *body)
{
    const elastic_opts *o = d->film->own;
    play(d, body);
    overact(body->mien, 1.0f + (float)o->face_frac);
}

/* ---- the picture ---- */

static hm_rgb paper_sky(const void *ctx, hm_vec3 dir)
{
    (void)ctx;
    float up = within(dir.y * 1.6f, 0, 1);
    return (hm_rgb){0.80f - 0.30f * up, 0.90f - 0.14f * up, 0.97f - 0.02f * up};
}

static hm_status scene(const look_drawing *d, const look_scene *s, hm_err *err)
{
    const elastic_opts *o = d->film->own;
    look_widen_lines(s->paint, o->line_frac);
    s->paint->boil_px = (float)o->boil_px;
    s->scene->sky = paper_sky;
    s->scene->haze = (hm_rgb){0.97f, 0.95f, 0.90f};
    s->scene->haze_per_m = 0.010f;
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
