/* hecto life --validate: what is publicly known of careers, and what cohorts make of it. */
#include "life_study.h"
#include "table.h"

#include <math.h>
#include <string.h>

#include "io/json.h"
#include "life/targets.h"

hm_status life_world_of(const cli_args *args, life_world *w, hm_err *err)
{
    w->opts = hm_cohort_default();
    w->policy = hm_policy_default();
    HM_TRY(cli_fill(args, &hm_cohort_table, &w->opts, err));
    HM_TRY(cli_fill(args, &hm_policy_table, &w->policy, err));
    w->params = hm_life_params_default(w->opts.sex);
    return cli_fill(args, &hm_life_params_table, &w->params, err);
}

/* ---- the classes that targets are meant for ---- */

typedef struct sizes {
    int32_t people, n;
} sizes;

typedef struct work {
    const cli_args *args;
    cli_progress progress;
    int64_t done, total; /* people */
    int n_thread;
    hm_arena room; /* of the class that is lived */
} work;

typedef struct one {
    work *w;
    int64_t people;
} one;

static bool tell(void *ctx, int32_t school_age)
{
    one *o = ctx;
    int64_t part = o->people * (school_age - HM_CLASS_FIRST_AGE + 1) / HM_CLASS_AGES;
    return cli_progress_tell(&o->w->progress, o->w->done + part, o->w->total);
}

static hm_status live(work *w, const life_world *world, sizes s, int64_t first,
                      const hm_class **out, hm_err *err)
{
    hm_class *c = HM_PUSH(w->args->arena, hm_class, s.n);
    if (!c)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    hm_cohort_opts opts = world->opts;
    opts.people = s.people;
    for (int32_t i = 0; i < s.n; i++) {
        one o = {w, s.people};
        hm_arena_mark mark = hm_arena_mark_get(&w->room);
        HM_TRY(hm_cohort_live(&opts, &world->policy, &world->params, first + i, w->n_thread, tell,
                              &o, &w->room, &c[i], err));
        hm_arena_release(&w->room, mark);
        w->done += s.people;
    }
    *out = c;
    return HM_OK;
}

enum { LARGE, MIDDLE, SMALL, WOMEN, SMALL_WOMEN, N_SIZE };

/* Four classes of the middle size seen as one large one: as far as the best of them goes. */
static hm_status pool(const cli_args *args, int32_t n, const hm_class middle[], hm_target_worlds *t,
                      hm_err *err)
{
    enum { PER_LARGE = 4 };
    hm_class *large = HM_PUSH(args->arena, hm_class, n / PER_LARGE);
    if (!large)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    memset(large, 0, (size_t)(n / PER_LARGE) * sizeof *large);
    for (int32_t i = 0; i < n / PER_LARGE * PER_LARGE; i++)
        for (int a = 0; a < HM_CLASS_AGES; a++) {
            int32_t us = middle[i].year[a].early_us,
                    *best_us = &large[i / PER_LARGE].year[a].early_us;
            *best_us = *best_us == 0 || (us != 0 && us < *best_us) ? us : *best_us;
        }
    t->n_large = n / PER_LARGE;
    t->large = large;
    return HM_OK;
}

static hm_status live_all(work *w, const cli_args *args, const sizes size[N_SIZE],
                          hm_target_worlds *t, hm_err *err)
{
    life_world told, men, women;
    HM_TRY(life_world_of(args, &told, err));
    /* --set life.NAME speaks of men, with --no-men of women; the other sex keeps what it has */
    told.opts.sex = cli_flag(args, "no-men") ? HM_SEX_WOMEN : HM_SEX_MEN;
    told.params = hm_life_params_default(told.opts.sex);
    HM_TRY(cli_fill(args, &hm_life_params_table, &told.params, err));
    men = women = told;
    men.opts.sex = HM_SEX_MEN;
    women.opts.sex = HM_SEX_WOMEN;
    if (told.opts.sex == HM_SEX_MEN)
        women.params = hm_life_params_default(HM_SEX_WOMEN);
    else
        men.params = hm_life_params_default(HM_SEX_MEN);
    for (int i = 0; i < N_SIZE; i++)
        w->total += (int64_t)size[i].people * size[i].n;
    *t = (hm_target_worlds){.n_large = size[LARGE].n,
                            .n_middle = size[MIDDLE].n,
                            .n_small = size[SMALL].n,
                            .n_women = size[WOMEN].n,
                            .n_small_women = size[SMALL_WOMEN].n,
                            .params = {men.params, women.params},
                            .seed = told.opts.seed,
                            .n_survey = 60000};
    HM_TRY(live(w, &men, size[MIDDLE], 0, &t->middle, err));
    HM_TRY(live(w, &women, size[WOMEN], 0, &t->women, err));
    HM_TRY(live(w, &men, size[SMALL], 1000, &t->small, err));
    HM_TRY(live(w, &women, size[SMALL_WOMEN], 1000, &t->small_women, err));
    if (size[LARGE].n == 0)
        return pool(args, size[MIDDLE].n, t->middle, t, err);
    return live(w, &men, size[LARGE], 2000, &t->large, err);
}

/* ---- print ---- */

static const char *cell_of(hm_arena *arena, double v)
{
    return isfinite(v) ? hm_arena_printf(arena, "%.*f", fabs(v) < 100 ? 2 : 1, v) : "";
}

static hm_status print_table(const cli_args *args, int32_t n, const hm_target t[], hm_err *err)
{
    static const char *const head[] = {"id",  "what", "of whom", ">known", ">from",
                                       ">to", ">got", ">+-",     "unit",   ""};
    cli_table *table;
    int32_t n_held = 0;
    HM_TRY(cli_table_begin(args->arena, sizeof head / sizeof *head, head, &table, err));
    for (int32_t i = 0; i < n; i++) {
        cli_table_row(table);
        cli_table_cell(table, "%s", t[i].id);
        cli_table_cell(table, "%s", t[i].quantity);
        cli_table_cell(table, "%s", t[i].group);
        cli_table_cell(table, "%s", cell_of(args->arena, t[i].value));
        cli_table_cell(table, "%s", cell_of(args->arena, t[i].lo));
        cli_table_cell(table, "%s", cell_of(args->arena, t[i].hi));
        cli_table_cell(table, "%s", cell_of(args->arena, t[i].got));
        cli_table_cell(table, "%s", cell_of(args->arena, t[i].got_se));
        cli_table_cell(table, "%s", t[i].unit);
        cli_table_cell(table, "%s", t[i].held ? "" : "MISSED");
        n_held += t[i].held;
    }
    cli_table_print(table, stdout);
    printf("\n%d of %d held; +- is one standard error of the simulation\n", n_held, n);
    return HM_OK;
}

static void put_target(hm_json_out *j, const hm_target *t)
{
    hm_json_put_object(j, NULL, HM_JSON_LINE);
    hm_json_put_text(j, "id", t->id);
    hm_json_put_text(j, "quantity", t->quantity);
    hm_json_put_text(j, "group", t->group);
    hm_json_put_text(j, "unit", t->unit);
    hm_json_put_number(j, "got", t->got);
    hm_json_put_number(j, "got_se", t->got_se);
    hm_json_put_number(j, "value", t->value);
    hm_json_put_number(j, "lo", t->lo);
    hm_json_put_number(j, "hi", t->hi);
    hm_json_put_bool(j, "held", t->held);
    hm_json_put_text(j, "source", t->source);
    hm_json_put_end(j);
}

static hm_status print_json(const char *path, const sizes size[N_SIZE], int32_t n,
                            const hm_target t[], hm_err *err)
{
    static const char *const of[] = {"men_large", "men", "men_small", "women", "women_small"};
    hm_file file;
    HM_TRY(hm_file_create(path, &file, err));
    hm_json_out j = hm_json_out_make(hm_sink_file(&file), err);
    hm_json_put_object(&j, NULL, HM_JSON_BLOCK);
    hm_json_put_text(&j, "format", "hectometre-validation");
    hm_json_put_integer(&j, "version", 1);
    for (int i = 0; i < N_SIZE; i++) {
        hm_json_put_object(&j, of[i], HM_JSON_LINE);
        hm_json_put_integer(&j, "people", size[i].people);
        hm_json_put_integer(&j, "classes", size[i].n);
        hm_json_put_end(&j);
    }
    hm_json_put_array(&j, "targets", HM_JSON_BLOCK);
    for (int32_t i = 0; i < n; i++)
        put_target(&j, &t[i]);
    hm_json_put_end(&j);
    hm_json_put_end(&j);
    hm_status s = hm_json_finish(&j);
    if (s == HM_OK)
        return hm_file_commit(&file, err);
    hm_file_abort(&file);
    return s;
}

hm_status life_validate(const cli_args *args, hm_err *err)
{
    /* quick: enough to see where a figure lies, not to hold it to its bounds */
    bool quick = cli_flag(args, "quick");
    int64_t people = 150000;
    HM_TRY(cli_integer(args, "people", 1000, 1000000, &people, err));
    int32_t n = (int32_t)people;
    bool no_men = cli_flag(args, "no-men"), no_women = cli_flag(args, "no-women");
    sizes size[N_SIZE] = {[LARGE] = {4 * n, quick ? 0 : 4},
                          [MIDDLE] = {n, quick ? 20 : 26},
                          [SMALL] = {n / 5, quick ? 10 : 30},
                          [WOMEN] = {n, quick ? 18 : 20},
                          [SMALL_WOMEN] = {n / 5, quick ? 10 : 20}};
    for (int i = 0; i < N_SIZE; i++)
        if (i >= WOMEN ? no_women : no_men)
            size[i].n = 0;
    work w = {.args = args};
    hm_target_worlds worlds;
    hm_target *target;
    int32_t n_target;
    HM_TRY(cli_threads(args, &w.n_thread, err));
    HM_TRY(hm_targets_read(args->arena, &n_target, &target, err));
    hm_arena_init(&w.room, 1 << 20);
    w.progress = cli_progress_begin(args, "living");
    hm_status s = live_all(&w, args, size, &worlds, err);
    cli_progress_end(&w.progress);
    hm_arena_free(&w.room);
    HM_TRY(s);
    HM_TRY(hm_targets_measure(&worlds, n_target, target, args->arena, err));
    const char *path = cli_value(args, "output");
    if (path || cli_flag(args, "json"))
        return print_json(path ? path : "-", size, n_target, target, err);
    return print_table(args, n_target, target, err);
}
