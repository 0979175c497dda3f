#include "lab.h"

#include <math.h>
#include <string.h>

#include "data/trace.h"
#include "fit/fit.h"
#include "race/reaction.h"

static const double finish_m = 100;

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the lab");
}

bool lab_standing(const hm_race *race)
{
    for (int32_t i = 0; i < race->n_lane; i++)
        if (race->lane[i].curve.n > 0)
            return race->lane[i].start.standing;
    return false;
}

/* ---- fits ---- */

static hm_obs mark(hm_obs_kind kind, int32_t lane, double distance_m, double time_s)
{
    return (hm_obs){.kind = kind,
                    .lane = lane,
                    .distance_m = distance_m,
                    .time_s = time_s,
                    .speed_mps = NAN,
                    .sigma_m = NAN,
                    .sigma_s = NAN,
                    .sigma_mps = NAN};
}

/* Decimals of a board; a time in odd microseconds was computed, not rounded up. */
static double rounded_up_s(int64_t time_us)
{
    return time_us % 10000 == 0 ? 0.01 : time_us % 1000 == 0 ? 0.001 : (double)NAN;
}

/* A run that determines no runner (hurt, walked in) is told; what is out of memory is not a run. */
static hm_status take_fit(hm_status status, const hm_err *told, lab_fit *fit, hm_err *err)
{
    if (status != HM_ERR_INPUT && status != HM_ERR_NUMERIC)
        return hm_err_set(err, status, told->source, told->line, told->col, told->field, "%s",
                          told->msg);
    *fit = (lab_fit){0};
    memcpy(fit->why, told->msg, sizeof fit->why - 1);
    return HM_OK;
}

/* What was measured of him, or, of one who was computed, his run every 10 m. */
static void fill_obs(const hm_lane *l, hm_trace *t)
{
    bool measured = (l->filled & HM_FILLED_SPLITS) != 0;
    for (int32_t i = 0; i < l->n_split; i++)
        measured = measured || (l->split[i].measured && l->split[i].distance_m < finish_m);
    for (int32_t i = 0; i < l->n_split; i++)
        if (l->split[i].distance_m < finish_m && (l->split[i].measured || !measured))
            t->obs[t->n_obs++] =
                mark(HM_OBS_GATE, l->lane, l->split[i].distance_m, l->split[i].time_s);
    t->obs[t->n_obs++] = mark(HM_OBS_FINISH, l->lane, finish_m, (double)l->time_us * 1e-6);
}

hm_status lab_fit_lane(const hm_race *race, const hm_lane *lane, bool standing, hm_arena *arena,
                       lab_fit *fit, hm_err *err)
{
    lab_fit f = {0};
    if (lane->status == HM_RUN_DNS || lane->time_us <= 0) {
        *fit = f;
        return HM_OK;
    }
    double time_s = (double)lane->time_us * 1e-6;
    hm_prior_key key = {
        .sex = lane->sex, .age_yr = lane->age_yr, .time_s = time_s, .standing = standing};
    hm_reaction_law law = hm_prior_reaction_law(&key);
    bool read = !(lane->filled & HM_FILLED_REACTION);
    hm_trace t = hm_trace_default();
    t.athlete = lane->name;
    t.time_zero = HM_ZERO_GUN;
    t.reaction_s = read ? lane->reaction_s : hm_reaction_mean_s(&law);
    t.rounded_up_s = rounded_up_s(lane->time_us);
    t.mass_kg = lane->mass_kg;
    t.stature_m = lane->stature_m;
    t.wind_mps = lane->has_wind ? lane->wind_mps : race->has_wind ? race->wind_mps : (double)NAN;
    t.altitude_m = race->altitude_m;
    t.temp_c = race->temp_c;
    t.obs = HM_PUSH(arena, hm_obs, lane->n_split + 1);
    if (!t.obs)
        return no_memory(err);
    fill_obs(lane, &t);
    hm_fit_opts opts = hm_fit_opts_default();
    opts.report = false;
    opts.interval = HM_INTERVAL_WALD;
    hm_err told = {0};
    hm_status status = hm_fit_run(&t, &opts, arena, &f.run, &told);
    if (status == HM_OK)
        status = hm_runner_of_run(&f.run, hm_prior_person(lane->name, lane->lane), &law, &f.runner,
                                  &told);
    if (status == HM_OK && !read)
        status = hm_runner_doubt_reaction(&f.runner, &told);
    if (status != HM_OK)
        return take_fit(status, &told, fit, err);
    f.run.athlete = ""; /* the name is the caller's */
    f.known = true;
    f.by_splits = t.n_obs > 1;
    *fit = f;
    return HM_OK;
}

hm_status lab_open(const hm_race *race, hm_arena *base, hm_arena *made, lab *out, hm_err *err)
{
    lab l = {.base_arena = base, .made_arena = made, .base = *race};
    for (int32_t i = 0; i < l.base.n_lane; i++)
        HM_TRY(lab_fit_lane(&l.base, &l.base.lane[i], lab_standing(&l.base), base, &l.fit[i], err));
    *out = l;
    return HM_OK;
}

/* ---- what is asked ---- */

/* A change that is being read, with what its guests need. */
typedef struct asked {
    lab *lab;
    hm_change change;
    lab_fit guest_fit[HM_LANE_MAX];
    hm_err *err;
} asked;

static const char *const sex_word[] = {"men", "women"};

static hm_status read_splits(const asked *a, const hm_json *v, hm_lane *l)
{
    const hm_json *list;
    HM_TRY(hm_json_get_array(v, "splits", &list, a->err));
    l->split = HM_PUSH(a->lab->made_arena, hm_split, list->n);
    if (!l->split)
        return no_memory(a->err);
    for (int32_t i = 0; i < list->n; i++) {
        hm_split *s = &l->split[l->n_split++];
        HM_TRY(hm_json_element(&list->as.item[i], 0, 0, finish_m, &s->distance_m, a->err));
        HM_TRY(hm_json_element(&list->as.item[i], 1, 0, 3600, &s->time_s, a->err));
        double measured;
        HM_TRY(hm_json_element(&list->as.item[i], 2, 0, 1, &measured, a->err));
        s->measured = measured > 0;
        if (i > 0 && !(s->distance_m > s[-1].distance_m && s->time_s > s[-1].time_s))
            return hm_json_refuse(&list->as.item[i], a->err, "expected splits that rise");
    }
    return HM_OK;
}

static hm_status read_guest(const asked *a, const hm_json *v, hm_lane *l, hm_race *race)
{
    const hm_json *r;
    int32_t sex;
    int64_t filled;
    hm_err *err = a->err;
    l->status = HM_RUN_OK;
    l->team = l->bib = l->form = "";
    HM_TRY(hm_json_get_text(v, "name", &l->name, err));
    HM_TRY(hm_json_get_text(v, "team", &l->team, err));
    HM_TRY(hm_json_get_word(v, "sex", 2, sex_word, &sex, err));
    l->sex = (hm_sex)sex;
    HM_TRY(hm_json_get_number(v, "age_yr", 3, 120, &l->age_yr, err));
    HM_TRY(hm_json_get_number(v, "stature_m", 0.5, 2.6, &l->stature_m, err));
    HM_TRY(hm_json_get_number(v, "mass_kg", 5, 250, &l->mass_kg, err));
    HM_TRY(hm_json_get_integer(v, "filled", 0, 63, &filled, err));
    l->filled = (uint32_t)filled;
    HM_TRY(hm_json_get_number(v, "reaction_s", 0, 10, &l->reaction_s, err));
    HM_TRY(hm_json_get_integer(v, "time_us", 1000000, 600000000, &l->time_us, err));
    HM_TRY(read_splits(a, v, l));
    HM_TRY(hm_json_get_object(v, "race", &r, err));
    HM_TRY(hm_json_get_text(r, "meet", &race->meet, err));
    HM_TRY(hm_json_get_text(r, "date", &race->date, err));
    race->has_wind = true;
    HM_TRY(hm_json_get_number(r, "wind_mps", -30, 30, &race->wind_mps, err));
    HM_TRY(hm_json_get_number(r, "altitude_m", -500, 6000, &race->altitude_m, err));
    HM_TRY(hm_json_get_number(r, "temp_c", -60, 60, &race->temp_c, err));
    return hm_json_get_bool(r, "standing", &l->start.standing, err);
}

static hm_status take_guest(asked *a, const hm_json *v, int32_t i)
{
    hm_lane *l = HM_PUSH(a->lab->made_arena, hm_lane, 1);
    hm_race *race = HM_PUSH(a->lab->made_arena, hm_race, 1);
    if (!l || !race)
        return no_memory(a->err);
    HM_TRY(read_guest(a, v, l, race));
    HM_TRY(lab_fit_lane(race, l, l->start.standing, a->lab->made_arena, &a->guest_fit[i], a->err));
    a->change.lane[i].guest = (hm_guest){race, l, &a->guest_fit[i].runner};
    return HM_OK;
}

static int32_t lane_at(const hm_race *race, int64_t lane)
{
    for (int32_t i = 0; i < race->n_lane; i++)
        if (race->lane[i].lane == lane)
            return i;
    return -1;
}

static hm_status take_lane(asked *a, const hm_json *v)
{
    int64_t lane;
    HM_TRY(hm_json_get_integer(v, "lane", 1, HM_LANE_MAX, &lane, a->err));
    int32_t i = lane_at(&a->lab->base, lane);
    if (i < 0)
        return hm_json_refuse(v, a->err, "expected a lane of the race, found %d", (int)lane);
    hm_change_lane *c = &a->change.lane[i];
    double big = HUGE_VAL, force = NAN, top = NAN;
    HM_TRY(hm_json_get_optional(v, "reaction_s", -big, big, &c->reaction_s, a->err));
    HM_TRY(hm_json_get_optional(v, "force_frac", -big, big, &force, a->err));
    HM_TRY(hm_json_get_optional(v, "top_speed_mps", -big, big, &top, a->err));
    c->force_frac = isnan(force) ? 1 : force;
    c->top_speed_mps = isnan(top) ? 0 : top;
    if (hm_json_find(v, "empty"))
        HM_TRY(hm_json_get_bool(v, "empty", &c->empty, a->err));
    const hm_json *guest = hm_json_find(v, "guest");
    return guest ? take_guest(a, guest, i) : HM_OK;
}

static hm_status take_change(asked *a, const hm_json *root)
{
    const hm_json *lanes;
    double big = HUGE_VAL;
    HM_TRY(hm_json_get_optional(root, "wind_mps", -big, big, &a->change.wind_mps, a->err));
    HM_TRY(hm_json_get_optional(root, "altitude_m", -big, big, &a->change.altitude_m, a->err));
    HM_TRY(hm_json_get_optional(root, "temp_c", -big, big, &a->change.temp_c, a->err));
    if (!hm_json_find(root, "lanes"))
        return HM_OK;
    HM_TRY(hm_json_get_array(root, "lanes", &lanes, a->err));
    for (int32_t i = 0; i < lanes->n; i++)
        HM_TRY(take_lane(a, &lanes->as.item[i]));
    return HM_OK;
}

/* ---- the changed race ---- */

void lab_put_effects(const lab *l, hm_json_out *o)
{
    hm_json_put_array(o, "effects", HM_JSON_BLOCK);
    for (int32_t i = 0; i < l->base.n_lane; i++) {
        const hm_change_effect *e = &l->effect[i];
        hm_json_put_object(o, NULL, HM_JSON_LINE);
        hm_json_put_integer(o, "lane", l->base.lane[i].lane);
        hm_json_put_bool(o, "changed", e->changed);
        hm_json_put_number(o, "longer_s", e->longer_s);
        hm_json_put_number(o, "longer_s_sd", e->longer_s_sd);
        hm_json_put_end(o);
    }
    hm_json_put_end(o);
}

/* Beside each lane of the changed race the fit that its runner came from. */
static void keep_fits(lab *l, const asked *a)
{
    for (int32_t k = 0; k < l->made.n_lane; k++) {
        int32_t i = lane_at(&l->base, l->made.lane[k].lane);
        l->made_fit[k] = a->change.lane[i].guest.lane ? a->guest_fit[i] : l->fit[i];
        l->made_drive[k] = l->effect[i].changed ? l->effect[i].drive : l->made_fit[k].runner.drive;
    }
}

hm_status lab_change(lab *l, const hm_json *ask, hm_err *err)
{
    hm_runner runner[HM_LANE_MAX] = {{0}};
    l->has_made = false;
    hm_arena_free(l->made_arena);
    asked *a = HM_PUSH(l->made_arena, asked, 1);
    if (!a)
        return no_memory(err);
    a->lab = l;
    a->err = err;
    a->change = hm_change_none();
    HM_TRY(take_change(a, ask));
    for (int32_t i = 0; i < l->base.n_lane; i++)
        runner[i] = l->fit[i].runner;
    HM_TRY(hm_race_change(&l->base, runner, &a->change, l->made_arena, &l->made, l->effect, err));
    keep_fits(l, a);
    l->has_made = true;
    return HM_OK;
}

static void put_bound(hm_json_out *o, const char *key, const hm_change_range *r)
{
    hm_json_put_object(o, key, HM_JSON_LINE);
    hm_json_put_number(o, "lo", r->lo);
    hm_json_put_number(o, "hi", r->hi);
    hm_json_put_end(o);
}

void lab_put_bounds(hm_json_out *o)
{
    const hm_change_bounds *b = &hm_change_bound;
    hm_json_put_object(o, "bounds", HM_JSON_BLOCK);
    put_bound(o, "wind_mps", &b->wind_mps);
    put_bound(o, "altitude_m", &b->altitude_m);
    put_bound(o, "temp_c", &b->temp_c);
    put_bound(o, "reaction_s", &b->reaction_s);
    put_bound(o, "force_frac", &b->force_frac);
    put_bound(o, "top_speed_mps", &b->top_speed_mps);
    hm_json_put_end(o);
}
