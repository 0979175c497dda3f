/* elastic_face.c - faces of childhood: joy, panic, fixation. Which one, by who runs near, whether
 * he comes or goes, and by temperament: the same moment makes one beam and another stare. */
#include "elastic_priv.h"

#include <math.h>

#include "base/rng.h"

typedef enum temper { MERRY, ANXIOUS, STUBBORN, TEMPER_COUNT } temper;

/* Brow in, out; lid up, low; gaze x, y; open, wide, corner, skew; teeth, press, wrinkle, strain,
 * puff, sweat: as the moods of a grown face (mien.c), drawn for children. */
static const hm_mien FIXED = {-0.8f, 0.25f, 1.30f, 0.15f, 0,    0,    0.12f, -0.35f,
                              -0.2f, 0,     0.5f,  0,     0.3f, 0.3f, 0,     0.3f};
static const hm_mien PANIC = {1.0f,  0.35f, 1.40f, 0, 0, 0.1f, 0.95f, 0.15f,
                              -0.8f, 0.15f, 0.2f,  0, 0, 0.5f, 0,     1.0f};
static const hm_mien BEAM = {0.45f, 0.6f, 0.85f, 0.5f, 0, 0.15f, 0.8f, 0.7f,
                             1.0f,  0,    0.4f,  0,    0, 0,     0,    0.2f};
static const hm_mien WAIL = {0.95f, -0.35f, 0.5f, 0.6f, 0,    0.3f, 0.75f, 0.45f,
                             -1.0f, 0.2f,   0.3f, 0,    0.6f, 0.6f, 0,     0.9f};

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

/* Who is near. */
typedef struct company {
    double ahead_m, behind_m;      /* to the next; 1e9 = nobody */
    double ahead_mps, behind_mps;  /* how fast he goes away, or comes */
    float ahead_side, behind_side; /* of whom, + to the left */
} company;

static company company_of(const hm_race *race, const hm_lane *me, double t_s)
{
    company c = {.ahead_m = 1e9, .behind_m = 1e9};
    double x_m = hm_curve_x_m(&me->curve, t_s), v_mps = hm_curve_v_mps(&me->curve, t_s);
    for (int32_t i = 0; i < race->n_lane; i++) {
        const hm_lane *o = &race->lane[i];
        if (o == me || o->curve.n == 0)
            continue;
        double gap_m = hm_curve_x_m(&o->curve, t_s) - x_m;
        double off_mps = hm_curve_v_mps(&o->curve, t_s) - v_mps;
        float side = o->lane < me->lane ? 1.0f : -1.0f;
        if (gap_m > 0 && gap_m < c.ahead_m)
            c.ahead_m = gap_m, c.ahead_mps = off_mps, c.ahead_side = side;
        if (gap_m <= 0 && -gap_m < c.behind_m)
            c.behind_m = -gap_m, c.behind_mps = off_mps, c.behind_side = side;
    }
    return c;
}

static temper temper_of(const look_drawing *d, const hm_lane *lane)
{
    double u = hm_rng_unit(d->film->race->seed, HM_FOR_COSTUME, (uint64_t)lane->lane, 301, 0);
    return (temper)((lane->lane + (int32_t)(TEMPER_COUNT * u)) % TEMPER_COUNT);
}

/* Wide at both ends of a range of metres, gone beyond. */
static float near_m(double gap_m, double all_m, double none_m)
{
    return 1 - (float)look_ramp(gap_m, all_m, none_m);
}

static hm_mien running(const company *c, temper who)
{
    static const hm_mien *const free_of_all[] = {&BEAM, &FIXED, &FIXED};
    static const hm_mien *const left_behind[] = {&BEAM, &WAIL, &FIXED};
    hm_mien clench = hm_mien_of(HM_MOOD_CLENCH), strain = hm_mien_of(HM_MOOD_STRAIN2);
    const hm_mien *hunted = who == STUBBORN ? &FIXED : &PANIC;
    bool first = c->ahead_m > 1e8;
    float far = (float)look_ramp(c->ahead_m, 4, 9);
    hm_mien m = first ? *free_of_all[who] : hm_mien_mix(&strain, left_behind[who], far);
    /* somebody's back comes nearer: nothing else is there */
    float hunt = first ? 0 : near_m(c->ahead_m, 0.8, 3.2);
    const hm_mien *hunter = c->ahead_mps > 0.15 ? (who == ANXIOUS ? &WAIL : &clench) : &FIXED;
    m = hm_mien_mix(&m, hunter, hunt);
    float look = c->ahead_side * near_m(c->ahead_m, 0.3, 2) * 0.8f;
    m.gaze_x += hunt * (look - m.gaze_x);
    /* steps behind, louder */
    float fear = near_m(c->behind_m, 0.4, 1.6) * (first ? 1.0f : 0.75f) *
                 (c->behind_mps > -0.1 ? 1.0f : 0.6f);
    m = hm_mien_mix(&m, hunted, fear);
    m.gaze_x += fear * (c->behind_side * 0.95f - m.gaze_x) * (who == STUBBORN ? 0.2f : 1.0f);
    return m;
}

void elastic_face(const look_drawing *d, const look_body *body, float k)
{
    const hm_lane *me = body->player->lane;
    double t_s = d->moment->race_t_s, x_m = hm_curve_x_m(&me->curve, t_s);
    if (t_s > 0.4 && x_m < 99.5 && hm_curve_v_mps(&me->curve, t_s) > 2) {
        company c = company_of(d->film->race, me, t_s);
        hm_mien want = running(&c, temper_of(d, me));
        float in = within((float)(t_s - 0.4) / 1.2f, 0, 1);
        float late = within((float)(x_m - 97) / 2.5f, 0, 1);
        *body->mien = hm_mien_mix(body->mien, &want, 0.85f * in * (1 - late));
    }
    overact(body->mien, k);
}
