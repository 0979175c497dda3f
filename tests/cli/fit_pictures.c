/* fit_pictures DIR: every figure of a fit from runs made by hand, as SVG, PNG and PDF. For
 * test_fit_pictures.py, and for looking at. Prints the name of each file. */
#include "fit_made.h"
#include "fit_plot.h"

#include <stdlib.h>

#include "io/file.h"

#define JAPANESE "\xe5\xb1\xb1\xe7\x94\xb0 \xe5\xa4\xaa\xe9\x83\x8e"
#define DIAZ                                                                                       \
    "D\xc3\xad"                                                                                    \
    "az"
#define LONG_NAME                                                                                  \
    "Maximiliana Philippa Charlotte Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh"

/* cairo 1.16 keeps 768 bytes of each PDF that has words in it (tests/unit/chart/test_pdf.c). */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libcairo.so";
}

static const made bolt = {
    "Usain Bolt", "2009-08-16", {13.3237, 1.6325, 0.1311}, -0.1569, 0.146, 94, 1.95, 0.015, 3};

static void put(const char *dir, const char *name, const hm_sprinter *s)
{
    for (int f = 0; f < HM_CHART_FORMAT_COUNT; f++) {
        hm_arena arena;
        hm_err err = {0};
        char *bytes, path[1024], line[1024];
        size_t n;
        hm_arena_init(&arena, 0);
        fit_plot_opts o = fit_plot_opts_default();
        o.format = (hm_chart_format)f;
        snprintf(path, sizeof path, "%s/%s.%s", dir, name, hm_chart_format_word[f]);
        if (fit_plot(s, &o, &arena, &bytes, &n, &err) != HM_OK ||
            hm_file_write(path, bytes, n, &err) != HM_OK) {
            hm_err_text(&err, line, sizeof line);
            fprintf(stderr, "%s: %s\n", path, line);
            exit(1);
        }
        puts(path);
        hm_arena_free(&arena);
    }
}

static void put_run(const char *dir, const char *name, hm_sprinter_run *r)
{
    put(dir, name, &(hm_sprinter){1, r, {0}});
}

static void one_run(const char *dir, hm_arena *a)
{
    made m = bolt;
    hm_sprinter_run r = made_run(&m, a);
    made_times(&m, a, &r, 10, 10, 6);
    put_run(dir, "run_times", &r);

    r.observe = HM_OBSERVE_TIME; /* no body: no steps, no changes, no force */
    m.mass_kg = m.stature_m = NAN;
    r = made_run(&m, a);
    made_times(&m, a, &r, 10, 10, -1);
    put_run(dir, "run_no_body", &r);

    m = (made){JAPANESE, "2024-05-03", {9.2067, 1.3311, 0}, -0.0114, NAN, 75, 1.72, 0.01, 5};
    r = made_run(&m, a);
    made_series(&m, a, &r, 232, 6, true);
    put_run(dir, "run_radar", &r);
    made_series(&m, a, &r, 300, 6, false);
    put_run(dir, "run_laser", &r);

    m = (made){LONG_NAME, "", {8.6, 1.1, 0}, 0, NAN, NAN, NAN, NAN, 7};
    r = made_run(&m, a);
    made_times(&m, a, &r, 3, 10, -1);
    r.converged = false;
    (void)hm_notes_add(&r.notes, a,
                       "the fit did not converge: these numbers are not to be trusted");
    (void)hm_notes_add(&r.notes, a, "mss_mps stands at its bound, 40: the observations want more");
    put_run(dir, "run_three_points", &r);

    r = hm_sprinter_run_default(); /* of which nothing is known but one estimate */
    r.mss_mps.value = 9;
    put_run(dir, "run_nothing", &r);
}

static hm_sprinter_run season_run(int i, const char *date, hm_arena *a)
{
    double u = hm_normal_of(hm_rng_unit(11, HM_FOR_TEST, 2, (uint32_t)i, 0));
    double w = hm_normal_of(hm_rng_unit(11, HM_FOR_TEST, 3, (uint32_t)i, 0));
    made m = {JAPANESE,
              date,
              {12.0 + 0.02 * i + 0.08 * u, 1.55 - 0.004 * i + 0.03 * w, 0.13},
              -0.15,
              0.15,
              70,
              1.76,
              i % 9 == 4 ? 0.2 : 0.015,
              (uint64_t)i};
    hm_sprinter_run r = made_run(&m, a);
    made_times(&m, a, &r, 6, 10, -1);
    return r;
}

static void seasons(const char *dir, hm_arena *a)
{
    enum { N = 30 };
    static hm_sprinter_run run[N];
    for (int i = 0; i < N; i++) {
        const char *date =
            hm_arena_printf(a, "%d-%02d-%02d", 2024 + i / 15, 3 + i % 15 / 2, 4 + 7 * (i % 4));
        run[i] = season_run(i, date, a);
    }
    put(dir, "season", &(hm_sprinter){N, run, {0}});
    put(dir, "season_of_two", &(hm_sprinter){2, run, {0}});
    for (int i = 0; i < N; i++) {
        run[i].date = "";
        run[i].run = hm_arena_printf(a, "sprint %d", i + 1);
    }
    put(dir, "season_no_dates", &(hm_sprinter){N, run, {0}});
    for (int i = 0; i < 6; i++) { /* all the same runner, nothing but one estimate */
        run[i] = hm_sprinter_run_default();
        run[i].mss_mps = (hm_estimate){9, 8.9, 9.1};
    }
    put(dir, "season_equal", &(hm_sprinter){6, run, {0}});
}

static void squads(const char *dir, hm_arena *a)
{
    enum { N = 90 };
    static hm_sprinter_run run[N];
    static const char *const family[] = {"Adams", "Baker", "Clark", DIAZ, "Evans", "Fischer"};
    for (int i = 0; i < N; i++) {
        run[i] = season_run(i * 7 % 60, "2025-06-01", a);
        run[i].athlete = i == 3   ? LONG_NAME
                         : i == 5 ? JAPANESE
                                  : hm_arena_printf(a, "%c. %s", 'A' + i % 26, family[i / 5 % 6]);
    }
    put(dir, "squad_of_two", &(hm_sprinter){2, run, {0}});
    put(dir, "squad", &(hm_sprinter){30, run, {0}});
    run[29].athlete = run[28].athlete = run[0].athlete;
    put(dir, "squad_of_90_runs", &(hm_sprinter){N, run, {0}});
}

int main(int argc, char **argv)
{
    if (argc != 2)
        return 2;
    hm_arena arena;
    hm_arena_init(&arena, 0);
    one_run(argv[1], &arena);
    seasons(argv[1], &arena);
    squads(argv[1], &arena);
    hm_arena_free(&arena);
    return 0;
}
