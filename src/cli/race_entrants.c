/* Entrants become runners: as fitted, or by the best they entered with. */
#include "cli.h"
#include "race_verb.h"

#include <math.h>
#include <string.h>

#include "data/sprinter.h"
#include "data/trace.h"
#include "fit/fit.h"
#include "num/dmath.h"
#include "race/prior.h"
#include "sprint/air.h"

static const double least_sigma_s = 0.003; /* of rounding to 0.01 s, sprint.md: computed */
static const double grown_yr = 25;         /* of whom nothing is known, docs/physics/prior.md */

/* Files that were read, so that a squad in one file is read once. */
typedef struct squad {
    const char *path;
    hm_sprinter sprinter;
    struct squad *next;
} squad;

typedef struct entrants {
    const cli_args *args;
    const hm_entries *entries;
    race_event *event;
    hm_runner *runner;  /* (entries->n) */
    const char **given; /* (entries->n) file by --runner, NULL = none */
    squad *read;
    hm_err *err;
} entrants;

static hm_status no_memory(const entrants *e)
{
    return hm_err_set(e->err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
}

/* ---- --runner NAME=FILE,... ---- */

static int32_t entry_named(const entrants *e, const char *word)
{
    for (int32_t i = 0; i < e->entries->n; i++)
        if (e->entries->entry[i].id[0] && strcmp(e->entries->entry[i].id, word) == 0)
            return i;
    for (int32_t i = 0; i < e->entries->n; i++)
        if (strcmp(e->entries->entry[i].name, word) == 0)
            return i;
    return -1;
}

static hm_status take_option(entrants *e)
{
    const char *list = cli_offers(e->args, "runner") ? cli_value(e->args, "runner") : NULL;
    char *rest = list ? hm_arena_text(e->args->arena, list) : NULL;
    if (list && !rest)
        return no_memory(e);
    while (rest) {
        char *word = rest, *path = strchr(rest, '=');
        rest = strchr(rest, ',');
        if (rest)
            *rest++ = 0;
        if (path)
            *path++ = 0;
        int32_t i = path && path[0] ? entry_named(e, word) : -1;
        if (i < 0)
            return hm_err_set(e->err, HM_ERR_USAGE, NULL, 0, 0, "--runner",
                              "expected NAME=SPRINTER.json,... with names or ids of the entries, "
                              "found %s",
                              word);
        e->given[i] = path;
    }
    return HM_OK;
}

/* ---- as fitted ---- */

/* A path of the entries counts from their folder. */
static const char *beside(const entrants *e, const char *path)
{
    const char *slash = strrchr(e->entries->source, '/');
    if (path[0] == '/' || !slash)
        return path;
    return hm_arena_printf(e->args->arena, "%.*s%s", (int)(slash + 1 - e->entries->source),
                           e->entries->source, path);
}

static hm_status read_squad(entrants *e, const char *path, const hm_sprinter **out)
{
    for (const squad *s = e->read; s; s = s->next)
        if (strcmp(s->path, path) == 0) {
            *out = &s->sprinter;
            return HM_OK;
        }
    squad *s = HM_PUSH(e->args->arena, squad, 1);
    if (!s)
        return no_memory(e);
    s->path = path;
    HM_TRY(hm_sprinter_read(path, e->args->arena, &s->sprinter, e->err));
    s->next = e->read;
    e->read = s;
    *out = &s->sprinter;
    return HM_OK;
}

/* The run of this name; of a file that knows it not, the first. */
static const hm_sprinter_run *run_of(const hm_sprinter *s, const char *name)
{
    for (int32_t i = 0; i < s->n_run; i++)
        if (strcmp(s->run[i].athlete, name) == 0)
            return &s->run[i];
    return &s->run[0];
}

static hm_reaction_law reaction_of(const entrants *e, double time_s)
{
    hm_prior_key key = {.sex = e->entries->has_sex ? e->entries->sex : HM_SEX_MEN,
                        .age_yr = grown_yr,
                        .time_s = time_s};
    return hm_prior_reaction_law(&key);
}

static hm_status as_fitted(entrants *e, int32_t i, const char *path)
{
    const hm_entry *who = &e->entries->entry[i];
    const hm_sprinter *s = NULL;
    if (!path)
        return no_memory(e);
    HM_TRY(read_squad(e, path, &s));
    if (s->n_run == 0)
        return hm_err_set(e->err, HM_ERR_INPUT, e->entries->source, who->line, 0, "sprinter",
                          "expected a fitted runner in %.200s, found none", path);
    const hm_sprinter_run *run = run_of(s, who->name);
    double still_s = run->still_100m_s.value;
    hm_reaction_law law =
        reaction_of(e, isnan(still_s) ? hm_entry_level_s(e->entries, who) : still_s);
    e->event->n_fitted++;
    return hm_runner_of_run(run, who->key, &law, &e->runner[i], e->err);
}

/* ---- by a best ---- */

/* One observation: the time that he runs on average in still air at sea level. The shape of his run
 * comes from the priors of the fit, his size from those of the replay. */
static hm_trace trace_of(const entrants *e, const hm_entry *who, double mean_s, double sigma_s,
                         hm_obs *obs)
{
    hm_air sea = hm_air_reference();
    hm_reaction_law law = reaction_of(e, mean_s);
    hm_prior_key key = {.person = who->key,
                        .sex = e->entries->has_sex ? e->entries->sex : HM_SEX_MEN,
                        .age_yr = grown_yr,
                        .time_s = mean_s};
    *obs = (hm_obs){.kind = HM_OBS_FINISH,
                    .distance_m = 100,
                    .time_s = mean_s,
                    .speed_mps = (double)NAN,
                    .sigma_m = (double)NAN,
                    .sigma_s = sigma_s,
                    .sigma_mps = (double)NAN};
    hm_trace t = hm_trace_default();
    t.athlete = who->name;
    t.time_zero = HM_ZERO_GUN;
    t.gate0_m = 0;
    t.reaction_s = law.base_s + law.median_s * hm_exp(0.5 * law.spread * law.spread);
    t.stature_m = hm_prior_stature_m(&key);
    t.mass_kg = hm_prior_mass_kg(&key, t.stature_m);
    t.wind_mps = sea.wind_mps;
    t.altitude_m = sea.altitude_m;
    t.temp_c = sea.temp_c;
    t.n_obs = 1;
    t.obs = obs;
    return t;
}

static hm_status by_best(entrants *e, int32_t i, const hm_best_law *best)
{
    const hm_entry *who = &e->entries->entry[i];
    double level_s = hm_entry_level_s(e->entries, who), sd_s = e->event->day.form_sd_frac * level_s;
    double mean_s = level_s + best->below * sd_s;
    hm_obs obs;
    hm_trace trace = trace_of(e, who, mean_s, fmax(best->spread * sd_s, least_sigma_s), &obs);
    hm_fit_opts opts = hm_fit_opts_default();
    opts.report = false;
    opts.interval = HM_INTERVAL_WALD;
    hm_sprinter_run run;
    HM_TRY(hm_fit_run(&trace, &opts, e->args->arena, &run, e->err));
    hm_reaction_law law = reaction_of(e, mean_s);
    e->event->n_best++;
    return hm_runner_of_run(&run, who->key, &law, &e->runner[i], e->err);
}

hm_status race_event_load(const cli_args *args, const hm_entries *entries, const hm_rules *rules,
                          race_event *event, hm_err *err)
{
    entrants e = {.args = args,
                  .entries = entries,
                  .event = event,
                  .runner = HM_PUSH(args->arena, hm_runner, entries->n),
                  .given = HM_PUSH(args->arena, const char *, entries->n),
                  .err = err};
    if (!e.runner || !e.given)
        return no_memory(&e);
    *event = (race_event){.day = hm_day_default(), .heat = hm_heat_opts_default()};
    HM_TRY(cli_fill(args, &hm_day_table, &event->day, err));
    HM_TRY(cli_fill(args, &hm_heat_table, &event->heat, err));
    HM_TRY(take_option(&e));
    hm_best_law best = hm_best_law_of(event->heat.races_of_best);
    for (int32_t i = 0; i < entries->n; i++) {
        const char *typed = entries->entry[i].sprinter;
        if (e.given[i] || typed[0])
            HM_TRY(as_fitted(&e, i, e.given[i] ? e.given[i] : beside(&e, typed)));
        else
            HM_TRY(by_best(&e, i, &best));
    }
    event->sim = (hm_heat_sim){.runner = e.runner,
                               .day = &event->day,
                               .opts = &event->heat,
                               .rules = rules,
                               .arena = args->arena};
    return HM_OK;
}
