/* hecto life --cohort: birth years under a policy of selection, class by class into a folder that a
 * later run goes on from, and what came of them as tables. */
#include "crew.h"
#include "life_study.h"
#include "table.h"

#include <math.h>
#include <string.h>

#include "book/grid_db.h"
#include "book/points.h"
#include "io/file.h"
#include "io/folder.h"
#include "io/optab.h"
#include "life/class_file.h"
#include "life/study.h"

enum { CLASS_MAX = 10000 };

typedef struct run {
    const cli_args *args;
    const char *folder;
    life_world world;
    uint64_t setup;
    int32_t n;
    int n_thread;
    cli_progress progress;
    int64_t done, total; /* people of classes that are still to live */
    int32_t next;        /* class, where a crew shares them */
} run;

static const char *path_in(const run *r, const char *name)
{
    return hm_arena_printf(r->args->arena, "%s/%s", r->folder, name);
}

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
}

/* ---- what the folder says it is ---- */

static void put_setup(hm_json_out *j, const run *r)
{
    hm_optab_put(j, "cohort", &hm_cohort_table, &r->world.opts);
    hm_optab_put(j, "policy", &hm_policy_table, &r->world.policy);
    hm_optab_put(j, "life", &hm_life_params_table, &r->world.params);
}

static hm_status write_setup(const run *r, hm_err *err)
{
    hm_file f;
    const char *path = path_in(r, "setup.json");
    if (!path)
        return no_memory(err);
    HM_TRY(hm_file_create(path, &f, err));
    hm_json_out j = hm_json_out_make(hm_sink_file(&f), err);
    hm_json_put_object(&j, NULL, HM_JSON_BLOCK);
    hm_json_put_text(&j, "format", "hectometre-cohort-setup");
    hm_json_put_integer(&j, "version", 1);
    put_setup(&j, r);
    hm_json_put_end(&j);
    hm_status s = hm_json_finish(&j);
    if (s == HM_OK)
        return hm_file_commit(&f, err);
    hm_file_abort(&f);
    return s;
}

/* ---- classes ---- */

static const char *class_path(const run *r, int32_t i)
{
    return hm_arena_printf(r->args->arena, "%s/classes/%05d.class", r->folder, (int)i);
}

/* The next class without a file, to whoever asks; none after a stop. */
static int32_t take(void *ctx, bool finished)
{
    run *r = ctx;
    r->done += finished ? r->world.opts.people : 0;
    while (r->next < r->n && !cli_stop_asked()) {
        const char *path = class_path(r, r->next++);
        if (path && !hm_folder_has(path))
            return r->next - 1;
    }
    return -1;
}

static bool is_first(const run *r)
{
    return !r->args->crew || r->args->crew->rank == 0;
}

static bool tell(void *ctx, int32_t school_age)
{
    run *r = ctx;
    const cli_crew *crew = r->args->crew;
    if (crew && is_first(r))
        crew->serve(crew->ctx, take, r, false);
    int64_t part =
        (int64_t)r->world.opts.people * (school_age - HM_CLASS_FIRST_AGE + 1) / HM_CLASS_AGES;
    return cli_progress_tell(&r->progress, r->done + part, r->total);
}

/* From its file, or lived and filed. */
static hm_status get_class(run *r, int32_t i, hm_arena *room, hm_class *c, hm_err *err)
{
    const char *path = class_path(r, i);
    if (!path)
        return no_memory(err);
    if (hm_folder_has(path))
        return hm_class_read(path, r->setup, i, room, c, err);
    HM_TRY(hm_cohort_live(&r->world.opts, &r->world.policy, &r->world.params, i, r->n_thread, tell,
                          r, room, c, err));
    r->done += r->world.opts.people;
    return hm_class_write(path, r->setup, c, err);
}

/* One class into its file. */
static hm_status file_class(run *r, int32_t i, hm_err *err)
{
    hm_arena room;
    hm_arena_init(&room, 1 << 20);
    hm_class *c = HM_PUSH(&room, hm_class, 1);
    hm_status s = c ? get_class(r, i, &room, c, err) : no_memory(err);
    hm_arena_free(&room);
    return s;
}

/* This rank's part of the classes without a file; the first also hands them out. */
static hm_status share_classes(run *r, hm_err *err)
{
    const cli_crew *crew = r->args->crew;
    hm_status s = HM_OK;
    int32_t i = is_first(r) ? take(r, false) : crew->ask(crew->ctx, false);
    while (i >= 0) {
        s = file_class(r, i, err);
        if (s != HM_OK)
            break;
        i = is_first(r) ? take(r, false) : crew->ask(crew->ctx, true);
    }
    if (is_first(r)) {
        r->next = s == HM_OK ? r->next : r->n;
        crew->serve(crew->ctx, take, r, true);
    } else if (s != HM_OK) {
        crew->leave(crew->ctx);
    }
    return s;
}

static void begin_progress(run *r)
{
    for (int32_t i = 0; i < r->n; i++) {
        const char *path = class_path(r, i);
        r->total += path && hm_folder_has(path) ? 0 : r->world.opts.people;
    }
    r->progress = cli_progress_begin(r->args, "living");
    r->progress.on &= is_first(r);
}

/* What is there already belongs to these settings; get_class says so of each, this of one early. */
static hm_status check_first(run *r, hm_err *err)
{
    for (int32_t i = 0; i < r->n; i++) {
        const char *path = class_path(r, i);
        if (path && hm_folder_has(path))
            return file_class(r, i, err);
    }
    return HM_OK;
}

static hm_status get_classes(run *r, hm_class c[], hm_err *err)
{
    hm_arena room;
    hm_status s = HM_OK;
    begin_progress(r);
    if (r->args->crew)
        s = share_classes(r, err);
    for (int32_t i = 0; i < r->n && s == HM_OK && is_first(r); i++) {
        hm_arena_init(&room, 1 << 20);
        s = get_class(r, i, &room, &c[i], err);
        hm_arena_free(&room);
    }
    cli_progress_end(&r->progress);
    if (s == HM_ERR_STOPPED && err)
        return hm_err_set(err, HM_ERR_STOPPED, r->folder, 0, 0, NULL,
                          "stopped; the same command goes on from the classes that are done");
    return s;
}

/* ---- what came of them ---- */

static double points_of(void *ctx, hm_sex sex, double time_s)
{
    (void)ctx;
    hm_points_score score = {0};
    int32_t cs = (int32_t)ceil(time_s * 100 - 1e-9); /* official: up to the hundredth */
    if (hm_points_scoring(HM_POINTS_100M, sex, HM_POINTS_OUTDOOR, HM_POINTS_TABLE, cs, &score,
                          NULL) != HM_OK)
        return 0;
    return score.points;
}

static hm_status write_csv(const run *r, const hm_grid *g, hm_err *err)
{
    hm_file f;
    const char *path = hm_arena_printf(r->args->arena, "%s/%s.csv", r->folder, g->name);
    if (!path)
        return no_memory(err);
    HM_TRY(hm_file_create(path, &f, err));
    hm_status s = hm_grid_write_csv(g, hm_sink_file(&f), err);
    if (s == HM_OK)
        return hm_file_commit(&f, err);
    hm_file_abort(&f);
    return s;
}

/* All but the long tables of persons. */
static hm_status write_json(const run *r, const char *path, const hm_study *study, hm_err *err)
{
    hm_file f;
    const hm_grid *brief[] = {&study->seasons, &study->births, &study->transitions, &study->value};
    HM_TRY(hm_file_create(path, &f, err));
    hm_json_out j = hm_json_out_make(hm_sink_file(&f), err);
    hm_json_put_object(&j, NULL, HM_JSON_BLOCK);
    hm_json_put_text(&j, "format", "hectometre-cohort");
    hm_json_put_integer(&j, "version", 1);
    hm_json_put_integer(&j, "classes", r->n);
    put_setup(&j, r);
    hm_json_put_number(&j, "gini_prize", study->gini_prize);
    hm_json_put_number(&j, "gini_points", study->gini_points);
    hm_json_put_number(&j, "top_tenth_prize_frac", study->top_tenth_prize_frac);
    hm_status s = HM_OK;
    for (size_t i = 0; i < sizeof brief / sizeof *brief && s == HM_OK; i++)
        s = hm_grid_put_json(brief[i], &j, err);
    hm_json_put_end(&j);
    if (s == HM_OK)
        s = hm_json_finish(&j);
    if (s == HM_OK)
        return hm_file_commit(&f, err);
    hm_file_abort(&f);
    return s;
}

static const char *share(hm_arena *arena, double a, double b)
{
    return b > 0 ? hm_arena_printf(arena, "%.1f", 100 * a / b) : "";
}

static double at(const hm_grid *g, int32_t age, int column)
{
    return g->cell[(age - HM_CLASS_FIRST_AGE) * g->n_column + column].number;
}

/* A few lines of the seasons, so that one sees who was sorted where. */
static hm_status print(const run *r, const hm_study *study, hm_err *err)
{
    static const char *const head[] = {">age",  ">members", ">of 1000", ">Q1 %",
                                       ">Q4 %", ">early %", ">late %",  ">squad",
                                       ">Q1 %", ">Q4 %",    ">early %", ">best s"};
    static const int32_t age[] = {11, 13, 15, 16, 18, 20, 22, 25, 30, 35};
    enum {
        MEMBERS = 2,
        Q1 = 12,
        EARLY = 16,
        SQUAD = 20,
        SQUAD_Q1 = 21,
        SQUAD_EARLY = 25,
        BEST = 34
    };
    hm_arena *a = r->args->arena;
    const hm_grid *g = &study->seasons;
    cli_table *t;
    HM_TRY(cli_table_begin(a, sizeof head / sizeof *head, head, &t, err));
    for (size_t k = 0; k < sizeof age / sizeof *age; k++) {
        double m = at(g, age[k], MEMBERS), s = at(g, age[k], SQUAD), best = at(g, age[k], BEST);
        cli_table_row(t);
        cli_table_cell(t, "%d", (int)age[k]);
        cli_table_cell(t, "%.0f", m);
        cli_table_cell(t, "%.1f", 1000 * m / at(g, age[k], 1));
        cli_table_cell(t, "%s", share(a, at(g, age[k], Q1), m));
        cli_table_cell(t, "%s", share(a, at(g, age[k], Q1 + 3), m));
        cli_table_cell(t, "%s", share(a, at(g, age[k], EARLY), m));
        cli_table_cell(t, "%s", share(a, at(g, age[k], EARLY + 2), m));
        cli_table_cell(t, "%.0f", s);
        cli_table_cell(t, "%s", share(a, at(g, age[k], SQUAD_Q1), s));
        cli_table_cell(t, "%s", share(a, at(g, age[k], SQUAD_Q1 + 3), s));
        cli_table_cell(t, "%s", share(a, at(g, age[k], SQUAD_EARLY), s));
        cli_table_cell(t, "%s", isfinite(best) ? hm_arena_printf(a, "%.2f", best) : "");
    }
    cli_table_print(t, stdout);
    printf("\nGini of prize money %.2f, of points %.2f, among those ever on a senior list\n",
           study->gini_prize, study->gini_points);
    return HM_OK;
}

static hm_status report(const run *r, const hm_class c[], hm_err *err)
{
    hm_study study;
    const hm_grid *grid[HM_STUDY_GRIDS];
    HM_TRY(hm_study_make(r->n, c, r->world.opts.sex, HM_LIST_MAX, points_of, NULL, r->args->arena,
                         &study, err));
    hm_study_grids(&study, grid);
    for (int i = 0; i < HM_STUDY_GRIDS; i++)
        HM_TRY(write_csv(r, grid[i], err));
    const char *json = path_in(r, "summary.json"), *db = path_in(r, "cohort.db");
    if (!json || !db)
        return no_memory(err);
    HM_TRY(write_json(r, json, &study, err));
    HM_TRY(hm_grid_db_write(db, HM_STUDY_GRIDS, grid, r->args->arena, err));
    if (cli_value(r->args, "plot"))
        HM_TRY(life_cohort_plot(r->args, r->n, r->world.opts.people, &study,
                                cli_value(r->args, "plot"), err));
    if (cli_flag(r->args, "json"))
        return write_json(r, "-", &study, err);
    return r->args->quiet ? HM_OK : print(r, &study, err);
}

static hm_status begin(run *r, hm_class **c, hm_err *err)
{
    *c = HM_PUSH(r->args->arena, hm_class, r->n);
    if (!*c)
        return no_memory(err);
    HM_TRY(write_setup(r, err));
    return r->args->crew ? check_first(r, err) : HM_OK;
}

/* By the first rank, or the only process. */
static hm_status live_and_report(run *r, hm_err *err)
{
    hm_class *c = NULL;
    const cli_crew *crew = r->args->crew;
    hm_status s = begin(r, &c, err);
    if (crew)
        crew->agree(crew->ctx, s == HM_OK);
    HM_TRY(s);
    HM_TRY(get_classes(r, c, err));
    return report(r, c, err);
}

/* By the others: nothing is said if the first one finds a fault. */
static hm_status help(run *r, hm_err *err)
{
    const cli_crew *crew = r->args->crew;
    return crew->agree(crew->ctx, true) ? get_classes(r, NULL, err) : HM_OK;
}

/* The folder, held by this process while it works there. */
static hm_status take_folder(const run *r, hm_hold *hold, hm_err *err)
{
    const char *classes = path_in(r, "classes"), *lock = path_in(r, "lock");
    if (!classes || !lock)
        return no_memory(err);
    HM_TRY(hm_folder_make(r->folder, err));
    HM_TRY(hm_folder_make(classes, err));
    return hm_hold_take(lock, hold, err);
}

hm_status life_cohort(const cli_args *args, hm_err *err)
{
    run r = {.args = args, .folder = cli_value(args, "cohort")};
    int64_t people, n = 18;
    hm_hold hold;
    HM_TRY(life_world_of(args, &r.world, err));
    people = r.world.opts.people;
    HM_TRY(cli_integer(args, "people", 1, 10000000, &people, err));
    HM_TRY(cli_integer(args, "classes", 1, CLASS_MAX, &n, err));
    HM_TRY(cli_threads(args, &r.n_thread, err));
    r.world.opts.people = (int32_t)people;
    r.n = (int32_t)n;
    HM_TRY(hm_setup_number(&r.world.opts, &r.world.policy, &r.world.params, args->arena, &r.setup,
                           err));
    if (!is_first(&r))
        return help(&r, err);
    hm_status s = take_folder(&r, &hold, err);
    if (s != HM_OK) {
        if (args->crew)
            args->crew->agree(args->crew->ctx, false);
        return s;
    }
    s = live_and_report(&r, err);
    hm_hold_drop(&hold);
    return s;
}
