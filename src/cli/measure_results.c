/* hecto measure --lif, --sheet: the finish as files that others read. Never official: a person
 * makes it so. */
#include "measure_torso.h"

#include <math.h>
#include <string.h>

#include "io/csv.h"
#include "io/file.h"
#include "measure/lynx.h"

enum { CELL_MAX = 3 + HM_PLANE_MAX };

static hm_status no_memory(const measure_job *job, hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, job->path, 0, 0, NULL, "no memory");
}

static hm_status write_text(const char *path, const hm_memory *text, hm_err *err)
{
    return hm_file_write(path, text->bytes, text->n, err);
}

static hm_status write_lif(const measure_job *job, const measure_torsos *t, int32_t n,
                           const int32_t order[], const char *path, hm_err *err)
{
    static const char remark[] = "; measured from a clip by hecto, not judged\r\n";
    hm_memory text = {.arena = job->args->arena};
    hm_sink sink = hm_sink_memory(&text);
    hm_meet meet = hm_meet_default();
    hm_heat heat = hm_heat_default();
    hm_mark *mark = HM_PUSH(job->args->arena, hm_mark, n + 1);
    if (!mark)
        return no_memory(job, err);
    for (int32_t i = 0; i < n; i++) {
        const hm_torso *r = &t->found.torso[order[i]];
        mark[i] = hm_mark_default();
        mark[i].lane = r->lane;
        mark[i].place = i + 1;
        mark[i].status = HM_MARK_FINISHED;
        mark[i].who.last_name = hm_meet_text(job->args->arena, measure_name(job, r));
        mark[i].time_us = llround(1e6 * (r->time_s - t->zero_s));
        mark[i].time_digits = 3;
        if (!mark[i].who.last_name)
            return no_memory(job, err);
    }
    heat.event = "1";
    heat.round = heat.heat = 1;
    heat.distance_m = job->marks.finish_x_m;
    heat.n_mark = n;
    heat.mark = mark;
    meet.n_heat = 1;
    meet.heat = &heat;
    HM_TRY(sink.put(sink.ctx, remark, sizeof remark - 1, err));
    HM_TRY(hm_lynx_write_lif(sink, &meet, 0, err));
    return write_text(path, &text, err);
}

/* Planes between start and finish are splits. */
static int32_t split_planes(const measure_job *job, const measure_torsos *t,
                            double x_m[HM_PLANE_MAX])
{
    int32_t n = 0;
    for (int32_t i = 0; i < t->found.n; i += job->marks.n_lane) {
        double x = t->found.torso[i].x_m;
        if (x > 0 && x < job->marks.finish_x_m && n < HM_PLANE_MAX)
            x_m[n++] = x;
    }
    return n;
}

static const hm_torso *torso_at(const measure_torsos *t, double x_m, int32_t lane)
{
    for (int32_t i = 0; i < t->found.n; i++)
        if (t->found.torso[i].seen && t->found.torso[i].x_m == x_m &&
            t->found.torso[i].lane == lane)
            return &t->found.torso[i];
    return NULL;
}

static hm_status put_runner(const measure_job *job, const measure_torsos *t, const hm_torso *r,
                            int32_t n_split, const double x_m[], hm_sink sink, hm_err *err)
{
    const char *cell[CELL_MAX];
    hm_arena *arena = job->args->arena;
    cell[0] = hm_arena_printf(arena, "%d", r->lane);
    cell[1] = measure_name(job, r);
    if (!cell[1][0])
        cell[1] = hm_arena_printf(arena, "Lane %d", r->lane);
    for (int32_t k = 0; k < n_split; k++) {
        const hm_torso *s = torso_at(t, x_m[k], r->lane);
        cell[2 + k] = s ? hm_arena_printf(arena, "%.3f", s->time_s - t->zero_s) : "";
    }
    cell[2 + n_split] = hm_arena_printf(arena, "%.3f", r->time_s - t->zero_s);
    for (int32_t k = 0; k < 3 + n_split; k++)
        if (!cell[k])
            return no_memory(job, err);
    return hm_csv_put_row(sink, 3 + n_split, cell, err);
}

static hm_status write_sheet(const measure_job *job, const measure_torsos *t, int32_t n,
                             const int32_t order[], const char *path, hm_err *err)
{
    double x_m[HM_PLANE_MAX];
    int32_t n_split = split_planes(job, t, x_m);
    hm_memory text = {.arena = job->args->arena};
    hm_sink sink = hm_sink_memory(&text);
    const char *cell[CELL_MAX] = {"lane", "name"};
    const char *remark =
        hm_arena_printf(job->args->arena, "# source: measured from %s by hecto\n", job->path);
    if (!remark)
        return no_memory(job, err);
    for (int32_t k = 0; k < n_split; k++) {
        cell[2 + k] = hm_arena_printf(job->args->arena, "split_%g_s", x_m[k]);
        if (!cell[2 + k])
            return no_memory(job, err);
    }
    cell[2 + n_split] = "time_s";
    HM_TRY(sink.put(sink.ctx, remark, strlen(remark), err));
    HM_TRY(hm_csv_put_row(sink, 3 + n_split, cell, err));
    for (int32_t i = 0; i < n; i++)
        HM_TRY(put_runner(job, t, &t->found.torso[order[i]], n_split, x_m, sink, err));
    return write_text(path, &text, err);
}

hm_status measure_write_results(const measure_job *job, const measure_torsos *t, hm_err *err)
{
    const char *lif = cli_value(job->args, "lif"), *sheet = cli_value(job->args, "sheet");
    int32_t order[HM_MARKS_LANE_MAX];
    if (!lif && !sheet)
        return HM_OK;
    int32_t n = isnan(job->marks.finish_x_m) ? 0 : measure_order(t, job->marks.finish_x_m, order);
    if (n == 0 || !t->from_gun)
        return hm_err_set(err, HM_ERR_INPUT, job->path, 0, 0, lif ? "--lif" : "--sheet",
                          n ? "expected times from the gun: the clip's sound or the marks do not "
                              "tell when it was fired"
                            : "nobody was seen at the finish; nothing is written");
    if (lif)
        HM_TRY(write_lif(job, t, n, order, lif, err));
    return sheet ? write_sheet(job, t, n, order, sheet, err) : HM_OK;
}
