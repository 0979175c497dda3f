/* hecto measure --slit: the finish out of a finish-line clip. */
#include "cmd.h"
#include "measure_torso.h"
#include "table.h"
#include "video/slit.h"

#include <math.h>

#include "stage/print.h"

static hm_status print_finish(const measure_job *job, const measure_torsos *t, int32_t n,
                              const int32_t order[], hm_err *err)
{
    static const char *const head[] = {">place", ">lane",  "name", ">time s", ">+- ms",
                                       ">gap s", ">+- ms", ">m/s", "remarks"};
    cli_table *out;
    HM_TRY(cli_table_begin(job->args->arena, 9, head, &out, err));
    for (int32_t i = 0; i < n; i++) {
        const hm_torso *r = &t->found.torso[order[i]], *first = &t->found.torso[order[0]];
        double all = sqrt(r->sigma_s * r->sigma_s + t->zero_sigma_s * t->zero_sigma_s);
        cli_table_row(out);
        cli_table_cell(out, "%d", i + 1);
        cli_table_cell(out, "%d", r->lane);
        cli_table_cell(out, "%s", measure_name(job, r));
        cli_table_cell(out, "%.4f", r->time_s - t->zero_s);
        cli_table_cell(out, "%.1f", 1000 * MEASURE_TO_90 * all);
        cli_table_cell(out, "%.4f", r->time_s - first->time_s);
        cli_table_cell(out, "%.1f",
                       i ? 1000 * MEASURE_TO_90 * hm_torso_gap_sigma_s(&job->view, first, r) : 0.0);
        measure_cell(out, 2, r->speed_mps);
        cli_table_cell(out, "%s", measure_remark(job, r));
    }
    fprintf(job->table, "Finish at %g m, %s; +- are 90 %% intervals. Measured, not judged.\n",
            job->marks.finish_x_m,
            t->from_gun ? "times from the gun" : "times of the clip: only gaps count");
    cli_table_print(out, job->table);
    return HM_OK;
}

static hm_status missing(measure_job *job, const measure_torsos *t, hm_err *err)
{
    for (int32_t i = 0; i < t->found.n; i++)
        if (!t->found.torso[i].seen)
            HM_TRY(measure_note(job, err, "lane %d: no torso seen at the finish",
                                t->found.torso[i].lane));
    return HM_OK;
}

/* Before the first torso and after the last there is room for arms and legs. */
static const double before_s = 0.12, after_s = 0.20;

static hm_status draw_print(const measure_job *job, const measure_torsos *t, int32_t n,
                            const int32_t order[], const hm_slit *slit, hm_picture *sheet,
                            hm_err *err)
{
    hm_print_hash hash[HM_PRINT_HASH_MAX];
    hm_arena *arena = job->args->arena;
    hm_print p = {.w_px = slit->w_px,
                  .h_px = slit->h_px,
                  .rgb = slit->rgb,
                  .line_hz = slit->line_hz,
                  .from_s = slit->from_s - t->zero_s,
                  .hash = hash};
    for (int32_t i = 0; i < n && i < HM_PRINT_HASH_MAX; i++) {
        const hm_torso *r = &t->found.torso[order[i]];
        const char *label =
            hm_arena_printf(arena, "%d  %s (%d)  %.3f ± %.0f ms", i + 1, measure_name(job, r),
                            r->lane, r->time_s - t->zero_s, 1000 * MEASURE_TO_90 * r->sigma_s);
        hash[p.n_hash++] = (hm_print_hash){r->time_s - t->zero_s, label ? label : ""};
    }
    p.title = hm_arena_printf(arena, "%s  ·  finish at %g m", job->path, job->marks.finish_x_m);
    p.note =
        hm_arena_printf(arena, "%.0f images a second%s, laid out by their times; %s", t->found.fps,
                        t->found.fps < 100 ? " (not photo-finish grade)" : "",
                        t->from_gun ? "scale from the gun" : "scale of the clip, only gaps count");
    p.right = "measured, not judged";
    if (!p.title || !p.note)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    return hm_print_draw(&p, arena, sheet, err);
}

static hm_status plot(const measure_job *job, const measure_torsos *t, int32_t n,
                      const int32_t order[], hm_err *err)
{
    const char *path = cli_value(job->args, "plot"), *lines = cli_value(job->args, "hashlines");
    hm_slit slit;
    hm_picture sheet;
    if (!path && !lines)
        return HM_OK;
    double from_s = job->clip.from_s, to_s = fmin(job->clip.to_s, from_s + 10);
    if (n > 0) {
        from_s = fmax(from_s, t->found.torso[order[0]].time_s - before_s);
        to_s = t->found.torso[order[n - 1]].time_s + after_s;
    }
    HM_TRY(hm_slit_record(job->path, &job->clip, &job->marks, &job->view, job->marks.finish_x_m,
                          from_s, to_s, job->args->arena, &slit, err));
    if (lines)
        HM_TRY(measure_write_hashlines(job, t, &slit, lines, err));
    if (!path)
        return HM_OK;
    HM_TRY(draw_print(job, t, n, order, &slit, &sheet, err));
    return cmd_write_picture(path, &sheet, err);
}

hm_status measure_slit(measure_job *job, hm_err *err)
{
    measure_torsos t;
    int32_t order[HM_MARKS_LANE_MAX];
    double x_m = job->marks.finish_x_m;
    if (isnan(x_m))
        return hm_err_set(err, HM_ERR_INPUT, cli_value(job->args, "marks"), 0, 0, "finish_x_m",
                          "the marks do not say where the finish is");
    HM_TRY(measure_cross(job, 1, &x_m, &t, err));
    HM_TRY(missing(job, &t, err));
    int32_t n = measure_order(&t, x_m, order);
    HM_TRY(print_finish(job, &t, n, order, err));
    HM_TRY(measure_print_budget(job, &t, err));
    HM_TRY(plot(job, &t, n, order, err));
    HM_TRY(measure_write_results(job, &t, err));
    return measure_observe_torsos(job, &t, err);
}
