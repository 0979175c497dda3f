/* A lane of a race sheet: its splits and its official time, from the gun. */
#include "data/sheet.h"

#include "measure_priv.h"

#include <math.h>
#include <string.h>

#include "io/csv.h"

static const double finish_m = 100;

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

static int32_t n_split_of(const hm_sheet *sheet, const hm_sheet_row *row)
{
    int32_t n = 0;
    for (int32_t i = 0; i < sheet->n_split; i++)
        n += !isnan(row->split_s[i]);
    return n;
}

/* Official times are rounded up: to the next 0.1 s by hand (TR19), else to the last digit printed.
 */
static double rounded_up_s(const hm_sheet *sheet, const hm_sheet_row *row)
{
    static const double step_s[] = {1, 0.1, 0.01, 0.001};
    if (sheet->by_hand)
        return 0.1;
    return row->time_digits >= 1 && row->time_digits <= 3 ? step_s[row->time_digits] : (double)NAN;
}

static hm_status head_of(const measure_job *job, const hm_sheet *sheet, const hm_sheet_row *row,
                         hm_trace *t)
{
    *t = hm_trace_default();
    t->athlete = row->name;
    t->run = hm_arena_printf(job->arena, "%s%slane %d", sheet->round, sheet->round[0] ? ", " : "",
                             row->lane);
    t->date = sheet->date;
    t->device = "sheet";
    t->time_zero = HM_ZERO_GUN;
    t->reaction_s = row->reaction_s;
    t->rounded_up_s = isnan(row->time_s) ? (double)NAN : rounded_up_s(sheet, row);
    t->mass_kg = row->mass_kg;
    t->stature_m = row->stature_m;
    t->age_yr = isnan(row->age_yr) ? sheet->age_yr : row->age_yr;
    t->wind_mps = sheet->wind_mps;
    t->altitude_m = sheet->altitude_m;
    t->temp_c = sheet->temp_c;
    if (!t->run)
        return HM_ERR_SYSTEM;
    if (row->has_sex || sheet->has_sex)
        return hm_notes_add(&t->notes, job->arena, "class of the race: %s",
                            (row->has_sex ? row->sex : sheet->sex) == HM_SEX_MEN ? "men" : "women");
    return HM_OK;
}

static hm_status read_lane(const measure_job *job, const hm_sheet *sheet, const hm_sheet_row *row)
{
    int32_t room = sheet->n_split + 1;
    measure_run run = {.has_distance = true};
    hm_trace *t = &run.trace;
    HM_TRY(head_of(job, sheet, row, t));
    t->obs = HM_PUSH(job->arena, hm_obs, room);
    run.line = HM_PUSH(job->scratch, uint32_t, room);
    if (!t->obs || !run.line)
        return HM_ERR_SYSTEM;
    for (int32_t i = 0; i < room; i++)
        run.line[i] = (uint32_t)row->line;
    for (int32_t i = 0; i < sheet->n_split; i++)
        if (!isnan(row->split_s[i]))
            t->obs[t->n_obs++] = mark(HM_OBS_GATE, row->lane, sheet->split_m[i], row->split_s[i]);
    if (!isnan(row->time_s))
        t->obs[t->n_obs++] = mark(HM_OBS_FINISH, row->lane, finish_m, row->time_s);
    HM_TRY(measure_run_finish(job, &run));
    job->out->trace[job->out->n++] = *t;
    return HM_OK;
}

/* One lane was asked for: it must be there and have run. */
static hm_status read_one(const measure_job *job, const hm_sheet *sheet)
{
    for (int32_t i = 0; i < sheet->n_row; i++) {
        const hm_sheet_row *row = &sheet->row[i];
        if (row->lane != job->opts->lane)
            continue;
        if (isnan(row->time_s) && n_split_of(sheet, row) == 0)
            return hm_err_set(job->err, HM_ERR_INPUT, job->source, row->line, 1, "time_s",
                              "expected a time in lane %d, found none", row->lane);
        return read_lane(job, sheet, row);
    }
    return hm_err_set(job->err, HM_ERR_USAGE, job->source, 0, 0, "lane",
                      "expected lane %d in the sheet, found none", job->opts->lane);
}

/* The lanes that have nothing but an official time. */
static hm_status note_others(const measure_job *job, const hm_sheet *sheet)
{
    char list[64] = "";
    for (int32_t i = 0; i < sheet->n_row; i++) {
        size_t at = strlen(list);
        if (n_split_of(sheet, &sheet->row[i]) == 0)
            snprintf(list + at, sizeof list - at, "%s%d", at ? ", " : "", sheet->row[i].lane);
    }
    return list[0] ? hm_notes_add(&job->out->notes, job->arena,
                                  "lanes without splits left out: %s (the option lane takes one "
                                  "with its official time alone)",
                                  list)
                   : HM_OK;
}

static hm_status read_all(const measure_job *job, const hm_sheet *sheet)
{
    for (int32_t i = 0; i < sheet->n_row; i++)
        if (n_split_of(sheet, &sheet->row[i]) > 0)
            HM_TRY(read_lane(job, sheet, &sheet->row[i]));
    if (job->out->n == 0)
        return hm_err_set(job->err, HM_ERR_INPUT, job->source, 0, 0, "split",
                          "expected a lane with splits, found official times alone (the option "
                          "lane takes one of them)");
    return note_others(job, sheet);
}

hm_status measure_read_sheet(const measure_job *job)
{
    /* what no human can run becomes a note here, not an error */
    hm_sheet_opts opts = hm_sheet_opts_default();
    opts.allow_implausible = true;
    hm_sheet sheet;
    HM_TRY(hm_sheet_parse(job->source, job->bytes, job->n, &opts, job->arena, &sheet, job->err));
    job->out->notes = sheet.notes;
    job->out->trace = HM_PUSH(job->arena, hm_trace, sheet.n_row);
    if (!job->out->trace)
        return HM_ERR_SYSTEM;
    return job->opts->lane ? read_one(job, &sheet) : read_all(job, &sheet);
}
