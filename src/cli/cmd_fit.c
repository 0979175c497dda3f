/* hecto fit: what was measured of a run becomes the runner, with 90 % intervals. */
#include "cmd.h"
#include "fit_plot.h"
#include "fit_print.h"

#include <string.h>

#include "base/par.h"
#include "fit/fit.h"
#include "fit/insitu.h"
#include "io/file.h"
#include "measure/read.h"

static const cli_opt opts[] = {
    {"json", 0, NULL, "Print one machine-readable object."},
    {"csv", 0, NULL, "Print a table with a row for each run and a column for each estimate."},
    {"plot", 0, "FILE", "Draw the runs: .svg, .png or .pdf."},
    {"in-situ", 0, NULL,
     "Acceleration-speed profiles from training: speeds or positions of sessions."},
    {"session", 0, "FILE", "Fit thousands of runs of one file: parameters only, as a table."},
};

static const cli_group groups[] = {
    {"", &hm_fit_table}, {"", &hm_measure_table}, {"insitu", &hm_insitu_table}};

/* All fits of one call. Each run writes only its own slots, so threads change nothing. */
typedef struct fit_job {
    const hm_traces *traces;
    const hm_fit_opts *opts;
    hm_arena *arena;      /* (n_thread) */
    hm_sprinter_run *run; /* (traces->n) */
    hm_err *err;          /* (traces->n) */
    int64_t first;
} fit_job;

static void fit_one(void *ctx, int64_t i, int worker)
{
    fit_job *job = ctx;
    int64_t k = job->first + i;
    job->err[k].status = hm_fit_run(&job->traces->trace[k], job->opts, &job->arena[worker],
                                    &job->run[k], &job->err[k]);
}

/* In chunks, so that progress is told and a stop is heard between them. */
static hm_status fit_all(const cli_args *args, fit_job *job, int n_thread, hm_err *err)
{
    enum { CHUNK = 256 };
    cli_progress progress = cli_progress_begin(args, "fitting");
    for (job->first = 0; job->first < job->traces->n; job->first += CHUNK) {
        int64_t left = job->traces->n - job->first;
        hm_par_for(n_thread, left < CHUNK ? left : CHUNK, fit_one, job);
        if (!cli_progress_tell(&progress, job->first, job->traces->n)) {
            cli_progress_end(&progress);
            return hm_err_set(err, HM_ERR_STOPPED, NULL, 0, 0, NULL, "stopped; nothing is written");
        }
    }
    cli_progress_end(&progress);
    return HM_OK;
}

/* "Aoi, 3: ", as far as it is known. */
static const char *label_of(const char *athlete, const char *run, hm_arena *arena)
{
    const char *text = hm_arena_printf(arena, "%s%s%s%s", athlete, athlete[0] && run[0] ? ", " : "",
                                       run, athlete[0] || run[0] ? ": " : "");
    return text ? text : "";
}

/* Keep the runs that could be fitted; a run alone that could not is the error of the verb. */
static hm_status gather(const cli_args *args, const char *path, const fit_job *job,
                        hm_sprinter *out, hm_err *err)
{
    const hm_traces *traces = job->traces;
    *out = (hm_sprinter){.run = job->run, .notes = traces->notes};
    for (int32_t i = 0; i < traces->n; i++) {
        if (job->err[i].status == HM_OK) {
            job->run[out->n_run++] = job->run[i];
            continue;
        }
        const hm_err *e = &job->err[i];
        if (traces->n == 1 || e->status == HM_ERR_USAGE || e->status == HM_ERR_SYSTEM)
            return hm_err_set(err, e->status, path, e->line, e->col, e->field, "%s", e->msg);
        char line[1024];
        hm_err_text(e, line, sizeof line);
        HM_TRY(hm_notes_add(&out->notes, args->arena, "%srun %d of the file is not fitted: %s",
                            label_of(traces->trace[i].athlete, traces->trace[i].run, args->arena),
                            i + 1, line));
    }
    if (out->n_run == 0)
        return hm_err_set(err, HM_ERR_INPUT, path, 0, 0, NULL,
                          "none of the %d runs can be fitted; the first: %s", traces->n,
                          job->err[0].msg);
    return HM_OK;
}

/* What does not hold is said after everything was written. */
static hm_status verdict(const char *path, const hm_sprinter *s, int32_t n_trace, hm_err *err)
{
    int32_t n_bad = 0, first = -1;
    for (int32_t i = 0; i < s->n_run; i++)
        if (!s->run[i].converged) {
            first = first < 0 ? i : first;
            n_bad++;
        }
    if (n_bad)
        return hm_err_set(err, HM_ERR_CHECK, path, 0, 0, s->run[first].athlete,
                          "%d of %d fits did not converge; see the notes", n_bad, s->n_run);
    if (s->n_run < n_trace)
        return hm_err_set(err, HM_ERR_CHECK, path, 0, 0, NULL,
                          "%d of %d runs could not be fitted; see the notes", n_trace - s->n_run,
                          n_trace);
    return HM_OK;
}

static hm_status plot(const cli_args *args, const hm_sprinter *s, hm_err *err)
{
    const char *path = cli_value(args, "plot");
    fit_plot_opts o = fit_plot_opts_default();
    char *bytes;
    size_t n;
    if (!path)
        return HM_OK;
    HM_TRY(fit_plot_format_of(path, &o.format, err));
    HM_TRY(fit_plot(s, &o, args->arena, &bytes, &n, err));
    return hm_file_write(path, bytes, n, err);
}

static hm_status put(const cli_args *args, const hm_sprinter *s, hm_err *err)
{
    const char *path = cli_value(args, "output");
    bool csv = cli_flag(args, "csv") || (cli_flag(args, "session") && !cli_flag(args, "json"));
    if (csv)
        return hm_sprinter_write_csv(path ? path : "-", s, err);
    if ((path || cli_flag(args, "json")) && s->n_run > HM_SPRINTER_RUN_MAX)
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--json",
                          "expected at most %d runs in one file, found %d; --csv takes any number",
                          HM_SPRINTER_RUN_MAX, s->n_run);
    if (path || cli_flag(args, "json"))
        return hm_sprinter_write(path ? path : "-", s, err);
    return fit_print(s, args->arena, stdout, err);
}

static hm_status read_traces(const cli_args *args, const char *path, hm_traces *traces, hm_err *err)
{
    hm_measure_opts o = hm_measure_opts_default();
    HM_TRY(cli_fill(args, &hm_measure_table, &o, err));
    return hm_measure_read(path, &o, args->arena, traces, err);
}

/* A remark that runs have in common. */
typedef struct remark {
    const char *text;
    const hm_sprinter_run *first; /* of whom it was said first */
    int32_t n;
} remark;

/* What is said of many runs is said once, with their number; what concerns one, with its name. */
static void print_remarks(const cli_args *args, const hm_sprinter *s)
{
    enum { REMARK_MAX = 64 };
    remark list[REMARK_MAX];
    int32_t n = 0, left_out = 0;
    for (int32_t i = 0; i < s->n_run; i++)
        for (int32_t k = 0; k < s->run[i].notes.n; k++) {
            const char *text = s->run[i].notes.text[k];
            int32_t j = 0;
            while (j < n && strcmp(list[j].text, text) != 0)
                j++;
            if (j == n && n < REMARK_MAX)
                list[n++] = (remark){.text = text, .first = &s->run[i]};
            if (j < n)
                list[j].n++;
            else
                left_out++;
        }
    for (int32_t j = 0; j < n && !args->quiet; j++)
        if (list[j].n > 1)
            fprintf(stderr, "hecto: note: %d runs: %s\n", list[j].n, list[j].text);
        else
            fprintf(stderr, "hecto: note: %s%s\n",
                    s->n_run > 1 ? label_of(list[j].first->athlete, list[j].first->run, args->arena)
                                 : "",
                    list[j].text);
    if (left_out && !args->quiet)
        fprintf(stderr, "hecto: note: %d more remarks; --json has them all\n", left_out);
}

/* Everything that is made of the runs, while their memory lasts. */
static hm_status tell(const cli_args *args, const char *path, const fit_job *job, hm_err *err)
{
    hm_sprinter s;
    HM_TRY(gather(args, path, job, &s, err));
    HM_TRY(plot(args, &s, err));
    HM_TRY(put(args, &s, err));
    cli_print_notes(args, &s.notes);
    print_remarks(args, &s);
    return verdict(path, &s, job->traces->n, err);
}

static hm_status fit_traces(const cli_args *args, const char *path, const hm_traces *traces,
                            const hm_fit_opts *fit, hm_err *err)
{
    int n_thread;
    HM_TRY(cli_threads(args, &n_thread, err));
    fit_job job = {.traces = traces, .opts = fit};
    job.run = HM_PUSH(args->arena, hm_sprinter_run, traces->n);
    job.err = HM_PUSH(args->arena, hm_err, traces->n);
    job.arena = HM_PUSH(args->arena, hm_arena, n_thread);
    if (!job.run || !job.err || !job.arena)
        return hm_err_set(err, HM_ERR_SYSTEM, path, 0, 0, NULL, "no memory");
    for (int i = 0; i < n_thread; i++)
        hm_arena_init(&job.arena[i], 0);
    hm_status status = fit_all(args, &job, n_thread, err);
    if (status == HM_OK)
        status = tell(args, path, &job, err);
    for (int i = 0; i < n_thread; i++)
        hm_arena_free(&job.arena[i]);
    return status;
}

/* Windows of training instead of runs. */
static hm_status fit_training(const cli_args *args, const char *path, const hm_traces *traces,
                              hm_err *err)
{
    hm_insitu_opts o = hm_insitu_opts_default();
    HM_TRY(cli_fill(args, &hm_insitu_table, &o, err));
    hm_sprinter s;
    hm_err found = {0};
    hm_status status = hm_fit_insitu(traces->trace, traces->n, &o, args->arena, &s, &found);
    if (status != HM_OK)
        return hm_err_set(err, status, path, 0, 0, found.field, "%s", found.msg);
    HM_TRY(plot(args, &s, err));
    HM_TRY(put(args, &s, err));
    cli_print_notes(args, &traces->notes);
    cli_print_notes(args, &s.notes);
    print_remarks(args, &s);
    return HM_OK;
}

static hm_status run(cli_args *args, hm_err *err)
{
    const char *session = cli_value(args, "session");
    const char *path = session ? session : args->operand[0];
    if (session && args->n_operand)
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--session",
                          "expected one file, found two: \"%s\" and \"%s\"", session,
                          args->operand[0]);
    if (!path)
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "fit", "expected TRACE");
    hm_fit_opts fit = hm_fit_opts_default();
    fit.report = !session;
    HM_TRY(cli_fill(args, &hm_fit_table, &fit, err));
    hm_traces traces;
    HM_TRY(read_traces(args, path, &traces, err));
    return cli_flag(args, "in-situ") ? fit_training(args, path, &traces, err)
                                     : fit_traces(args, path, &traces, &fit, err);
}

const cli_verb cmd_fit = {
    .name = "fit",
    .operand = "TRACE",
    .summary =
        "Fit a runner to gates, radar, positions or a sheet; every number with its interval.",
    .n_operand_min = 0,
    .n_operand_max = 1,
    .opt = opts,
    .n_opt = sizeof opts / sizeof opts[0],
    .group = groups,
    .n_group = sizeof groups / sizeof groups[0],
    .example =
        "  hecto fit data/traces/gates.csv --mass-kg 75 --stature-m 1.80 --plot profile.png\n"
        "  hecto fit gates.csv --model mono --correct tc\n"
        "  hecto fit radar.csv --model mono --correct tc --temp-c 25 --json\n"
        "  hecto fit gps.csv --in-situ --set insitu.window_day=28 --plot season.png\n"
        "  hecto fit --session season.csv -o season-fits.csv",
    .run = run,
};
