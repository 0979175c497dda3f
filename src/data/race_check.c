#include <math.h>

#include "data/race.h"

/* Slack of the checks: far below what can be seen, far above rounding. */
static const double still_m = 1e-6; /* nobody moves before the reaction */
static const double still_mps = 1e-6;
static const double finish_slack_s = 1e-4; /* the curve at 100 m against time_us */
static const double finish_m = 100.0;
static const double race_end_s = 3600.0; /* longest run that is taken for one */

/* One lane under inspection. */
typedef struct inspected {
    const hm_lane *lane;
    char name[32]; /* "lane 4", for errors */
    hm_err *err;
} inspected;

#define BAD(in, field, ...)                                                                        \
    hm_err_set((in)->err, HM_ERR_INPUT, (in)->name, 0, 0, field, __VA_ARGS__)

static bool within(double v, double lo, double hi)
{
    return v >= lo && v <= hi; /* false for NaN */
}

static hm_status check_person(const inspected *in)
{
    const hm_lane *l = in->lane;
    if (!l->name || !l->team || !l->bib || !l->form)
        return BAD(in, "name", "expected texts, found none");
    if (!within(l->age_yr, 3, 120))
        return BAD(in, "age_yr", "expected 3 to 120, found %g", l->age_yr);
    if (!within(l->stature_m, 0.5, 2.6))
        return BAD(in, "stature_m", "expected 0.5 to 2.6, found %g", l->stature_m);
    if (!within(l->mass_kg, 5, 250))
        return BAD(in, "mass_kg", "expected 5 to 250, found %g", l->mass_kg);
    if ((int)l->sex < 0 || l->sex > HM_SEX_WOMEN || (int)l->status < 0 || l->status > HM_RUN_DQ)
        return BAD(in, "status", "expected a known sex and status");
    return HM_OK;
}

static hm_status check_curve(const inspected *in)
{
    const hm_curve *c = &in->lane->curve;
    if (in->lane->status == HM_RUN_DNS && c->n != 0)
        return BAD(in, "curve", "expected none for one who did not start, found %d samples", c->n);
    if (c->n == 0 && (in->lane->status == HM_RUN_DNS || in->lane->status == HM_RUN_DQ))
        return HM_OK;
    if (c->n < 2 || !within(c->dt_s, 1e-4, 1) || c->dt_s * c->n > race_end_s)
        return BAD(in, "curve", "expected two or more samples, found %d every %g s", c->n, c->dt_s);
    if (c->x_m[0] != 0 || c->v_mps[0] != 0)
        return BAD(in, "curve", "expected rest at the gun, found %g m and %g m/s", c->x_m[0],
                   c->v_mps[0]);
    for (int32_t i = 1; i < c->n; i++) {
        double t_s = c->dt_s * i;
        if (!within(c->v_mps[i], 0, 100) || !within(c->x_m[i], c->x_m[i - 1], 1000))
            return BAD(in, "curve", "expected to run forward, found %g m and %g m/s at %g s",
                       c->x_m[i], c->v_mps[i], t_s);
        if (t_s <= in->lane->reaction_s && (c->x_m[i] > still_m || c->v_mps[i] > still_mps))
            return BAD(in, "curve", "expected rest until the reaction at %g s, found %g m at %g s",
                       in->lane->reaction_s, c->x_m[i], t_s);
    }
    return HM_OK;
}

static hm_status check_steps(const inspected *in)
{
    const hm_lane *l = in->lane;
    if (l->curve.n == 0)
        return l->n_step == 0 ? HM_OK : BAD(in, "steps", "expected none, found %d", l->n_step);
    for (int32_t i = 0; i < l->n_step; i++) {
        const hm_step *s = &l->step[i], *before = i ? s - 1 : NULL;
        if (!within(s->on_s, l->reaction_s, race_end_s) || !within(s->off_s, s->on_s, race_end_s) ||
            s->off_s <= s->on_s)
            return BAD(in, "steps", "step %d: expected touch-down, then toe-off, found %g and %g s",
                       i + 1, s->on_s, s->off_s);
        if (!within(s->x_m, -2, 1000) || !within(s->side_m, -1, 1))
            return BAD(in, "steps", "step %d: expected a place in the lane, found %g, %g m", i + 1,
                       s->x_m, s->side_m);
        if (before && (s->on_s < before->off_s || s->x_m <= before->x_m))
            return BAD(in, "steps", "step %d: expected after and beyond step %d, found %g s, %g m",
                       i + 1, i, s->on_s, s->x_m);
        if (before ? s->foot == before->foot : (int)s->foot < 0 || s->foot > HM_FOOT_RIGHT)
            return BAD(in, "steps", "step %d: expected the other foot", i + 1);
    }
    return HM_OK;
}

static hm_status check_start(const inspected *in)
{
    const hm_lane *l = in->lane;
    const hm_start *s = &l->start;
    if (l->status == HM_RUN_DNS)
        return l->reaction_s == 0
                   ? HM_OK
                   : BAD(in, "reaction_s", "expected 0 for one who did not start, found %g",
                         l->reaction_s);
    if (!within(l->reaction_s, l->status == HM_RUN_DQ ? -10 : 0, 10))
        return BAD(in, "reaction_s", "expected 0 to 10, found %g", l->reaction_s);
    if (l->curve.n == 0)
        return HM_OK;
    if (!(s->rear_x_m < s->front_x_m && s->front_x_m < 0 && s->rear_x_m > -3))
        return BAD(in, "start", "expected rear < front < 0 m, found %g and %g", s->rear_x_m,
                   s->front_x_m);
    if (!(s->rear_off_s > l->reaction_s && s->front_off_s > l->reaction_s))
        return BAD(in, "start", "expected feet to leave after the reaction, found %g and %g s",
                   s->rear_off_s, s->front_off_s);
    if (l->n_step > 0 && s->front_off_s > l->step[0].on_s)
        return BAD(in, "start", "expected block exit before the first touch-down, found %g s",
                   s->front_off_s);
    return HM_OK;
}

static hm_status check_splits(const inspected *in)
{
    const hm_lane *l = in->lane;
    for (int32_t i = 0; i < l->n_split; i++) {
        const hm_split *s = &l->split[i], *before = i ? s - 1 : NULL;
        if (!within(s->distance_m, before ? before->distance_m : 0, finish_m) ||
            !within(s->time_s, before ? before->time_s : 0, race_end_s) ||
            (before && s->distance_m == before->distance_m))
            return BAD(in, "splits", "expected to rise, found %g s at %g m", s->time_s,
                       s->distance_m);
    }
    return HM_OK;
}

static hm_status check_result(const inspected *in)
{
    const hm_lane *l = in->lane;
    if (l->status != HM_RUN_OK) {
        if (l->place != 0)
            return BAD(in, "place", "expected none without a result, found %d", l->place);
        return l->status == HM_RUN_DQ || (l->time_us == 0 && l->official_cs == 0)
                   ? HM_OK
                   : BAD(in, "time_us", "expected none, found %lld", (long long)l->time_us);
    }
    if (l->place < 1 || l->place > HM_LANE_MAX)
        return BAD(in, "place", "expected 1 to %d, found %d", HM_LANE_MAX, l->place);
    int64_t official_us = (int64_t)l->official_cs * 10000;
    if (l->time_us <= 0 || official_us < l->time_us - 10000 || official_us > l->time_us + 10000)
        return BAD(in, "time_us", "expected within 0.01 s of the official %g s, found %lld us",
                   l->official_cs / 100.0, (long long)l->time_us);
    double at_s = hm_curve_time_s(&l->curve, finish_m);
    if (!(fabs(at_s - (double)l->time_us * 1e-6) <= finish_slack_s))
        return BAD(in, "time_us", "expected the curve at 100 m at %lld us, found %.6f s",
                   (long long)l->time_us, at_s);
    if (!within(l->top_speed_mps, 0, 100) || !within(l->top_speed_at_m, 0, 1000))
        return BAD(in, "top_speed_mps", "expected a speed on the way, found %g m/s at %g m",
                   l->top_speed_mps, l->top_speed_at_m);
    return HM_OK;
}

static hm_status check_lane(const hm_lane *lane, int32_t after_lane, hm_err *err)
{
    inspected in = {.lane = lane, .err = err};
    snprintf(in.name, sizeof in.name, "lane %d", lane->lane);
    if (lane->lane < 1 || lane->lane > HM_LANE_MAX)
        return BAD(&in, "lane", "expected 1 to %d, found %d", HM_LANE_MAX, lane->lane);
    if (lane->lane <= after_lane)
        return BAD(&in, "lane", "expected each lane once, in order, found it after lane %d",
                   after_lane);
    HM_TRY(check_person(&in));
    HM_TRY(check_start(&in));
    HM_TRY(check_curve(&in));
    HM_TRY(check_steps(&in));
    HM_TRY(check_splits(&in));
    HM_TRY(check_result(&in));
    if (!within(lane->wind_mps, -30, 30))
        return BAD(&in, "wind_mps", "expected -30 to 30, found %g", lane->wind_mps);
    if (!within(lane->end_s, 0, race_end_s))
        return BAD(&in, "end_s", "expected 0 or more, found %g", lane->end_s);
    return HM_OK;
}

/* A better official time never has a worse place; one place has one official time. */
static hm_status check_places(const hm_race *race, hm_err *err)
{
    for (int32_t i = 0; i < race->n_lane; i++)
        for (int32_t k = 0; k < race->n_lane; k++) {
            const hm_lane *a = &race->lane[i], *b = &race->lane[k];
            inspected in = {.lane = a, .err = err};
            snprintf(in.name, sizeof in.name, "lane %d", a->lane);
            if (a->status == HM_RUN_OK && b->status == HM_RUN_OK &&
                a->official_cs < b->official_cs && a->place >= b->place)
                return BAD(&in, "place", "expected before lane %d, which was slower, found %d",
                           b->lane, a->place);
        }
    return HM_OK;
}

hm_status hm_race_check(const hm_race *race, hm_err *err)
{
    if (race->n_lane < 1 || race->n_lane > HM_LANE_MAX)
        return hm_err_set(err, HM_ERR_INPUT, "race", 0, 0, "lanes", "expected 1 to %d, found %d",
                          HM_LANE_MAX, race->n_lane);
    if (!race->meet || !race->event || !race->date || !race->round || !race->venue)
        return hm_err_set(err, HM_ERR_INPUT, "race", 0, 0, "meet", "expected texts, found none");
    if (!within(race->wind_mps, -30, 30) || !within(race->altitude_m, -500, 6000) ||
        !within(race->temp_c, -50, 60))
        return hm_err_set(err, HM_ERR_INPUT, "race", 0, 0, "wind_mps",
                          "expected weather on this planet, found %g m/s, %g m, %g degrees",
                          race->wind_mps, race->altitude_m, race->temp_c);
    for (int32_t i = 0; i < race->n_lane; i++)
        HM_TRY(check_lane(&race->lane[i], i ? race->lane[i - 1].lane : 0, err));
    return check_places(race, err);
}
