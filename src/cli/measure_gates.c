/* hecto measure --gates: times at planes across the track out of a side view. */
#include "measure_torso.h"
#include "table.h"

#include <math.h>

/* Gates of the marks, and the finish behind them. */
static int32_t planes_of(const hm_marks *m, double plane_x_m[HM_PLANE_MAX])
{
    int32_t n = 0;
    for (int32_t i = 0; i < m->n_gate; i++)
        if (m->gate_x_m[i] != m->finish_x_m)
            plane_x_m[n++] = m->gate_x_m[i];
    if (isnan(m->finish_x_m))
        return n;
    int32_t k = n++;
    for (; k > 0 && plane_x_m[k - 1] > m->finish_x_m; k--)
        plane_x_m[k] = plane_x_m[k - 1];
    plane_x_m[k] = m->finish_x_m;
    return n;
}

static hm_status print_gates(const measure_job *job, const measure_torsos *t, hm_err *err)
{
    static const char *const head[] = {">lane",    "name",   ">x m", ">time s", ">+- ms",
                                       ">split s", ">+- ms", ">m/s", "remarks"};
    cli_table *out;
    HM_TRY(cli_table_begin(job->args->arena, 9, head, &out, err));
    for (int32_t lane = 0; lane < job->marks.n_lane; lane++) {
        const hm_torso *before = NULL;
        for (int32_t i = 0; i < t->found.n; i++) {
            const hm_torso *r = &t->found.torso[i];
            if (r->i_lane != lane || !r->seen)
                continue;
            double all = sqrt(r->sigma_s * r->sigma_s + t->zero_sigma_s * t->zero_sigma_s);
            cli_table_row(out);
            cli_table_cell(out, "%d", r->lane);
            cli_table_cell(out, "%s", measure_name(job, r));
            cli_table_cell(out, "%g", r->x_m);
            cli_table_cell(out, "%.4f", r->time_s - t->zero_s);
            cli_table_cell(out, "%.1f", 1000 * MEASURE_TO_90 * all);
            double gap_s = before ? r->time_s - before->time_s : (double)NAN;
            double sigma_s = before ? hm_torso_gap_sigma_s(&job->view, before, r) : (double)NAN;
            measure_cell(out, 4, gap_s);
            measure_cell(out, 1, 1000 * MEASURE_TO_90 * sigma_s);
            measure_cell(out, 2, r->speed_mps);
            cli_table_cell(out, "%s", measure_remark(job, r));
            before = r;
        }
    }
    fprintf(job->table, "Gates, %s; +- are 90 %% intervals.\n",
            t->from_gun ? "times from the gun" : "times of the clip");
    cli_table_print(out, job->table);
    return HM_OK;
}

/* One runner and no gun: the clock begins at the first gate. */
static void begin_at_first_gate(measure_job *job, measure_torsos *t)
{
    const hm_torso *first = NULL;
    for (int32_t i = 0; i < t->found.n; i++) {
        const hm_torso *r = &t->found.torso[i];
        if (r->seen && first && r->lane != first->lane)
            return;
        if (r->seen && !first)
            first = r;
    }
    if (!first || t->from_gun)
        return;
    t->zero_s = first->time_s;
    job->trace.time_zero = HM_ZERO_FIRST_GATE;
    job->trace.gate0_m = first->x_m;
}

hm_status measure_gates(measure_job *job, hm_err *err)
{
    measure_torsos t;
    double plane_x_m[HM_PLANE_MAX];
    int32_t n = planes_of(&job->marks, plane_x_m), n_seen = 0;
    HM_TRY(measure_cross(job, n, plane_x_m, &t, err));
    for (int32_t i = 0; i < t.found.n; i++)
        n_seen += t.found.torso[i].seen;
    if (n_seen < t.found.n)
        HM_TRY(measure_note(job, err, "%d of %d crossings seen", n_seen, t.found.n));
    HM_TRY(print_gates(job, &t, err));
    HM_TRY(measure_print_budget(job, &t, err));
    HM_TRY(measure_write_results(job, &t, err));
    begin_at_first_gate(job, &t);
    return measure_observe_torsos(job, &t, err);
}
