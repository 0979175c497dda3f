#include "race/recall.h"

#include <math.h>

/* The recall gun is heard after a second and a half or so: a few strides; own. */
static const double called_back_lo_m = 5, called_back_hi_m = 11;

/* Out by a start before number k. */
static bool is_out(const hm_ruling *ruling, int32_t k, int32_t lane)
{
    for (int32_t i = 0; i < k - 1; i++)
        for (int32_t n = 0; n < ruling->start[i].n_charge; n++) {
            const hm_charge *c = &ruling->start[i].charge[n];
            if (c->lane == lane && c->card == HM_CARD_RC && !c->protest)
                return true;
        }
    return false;
}

/* Level of those who were sent away and have no time: the slowest of the others. */
static double level_s(const hm_sheet *sheet)
{
    double slowest_s = NAN;
    for (int32_t i = 0; i < sheet->n_row; i++)
        slowest_s = fmax(slowest_s, sheet->row[i].time_s); /* a NAN loses */
    return slowest_s;
}

static hm_sheet_row row_of(const hm_sheet_row *row, const hm_ruling *ruling, int32_t k,
                           double level)
{
    hm_sheet_row out = *row;
    const hm_sheet_start *start = &row->start[k - 1];
    bool absent = row->status == HM_RUN_DNS && isnan(start->reaction_s) && !start->fault;
    out.status = absent || is_out(ruling, k, row->lane) ? HM_RUN_DNS : HM_RUN_DNF;
    out.reaction_s = start->fault && isnan(start->reaction_s) ? 0 : fmax(start->reaction_s, 0);
    if (isnan(start->reaction_s) && !start->fault)
        out.reaction_s = NAN;
    out.time_s = isnan(row->time_s) ? level : row->time_s;
    if (out.status == HM_RUN_DNS)
        out.time_s = NAN;
    return out;
}

hm_status hm_recall_replay(const hm_sheet *timed, const hm_ruling *ruling, int32_t k,
                           const hm_replay_opts *opts, hm_arena *arena, hm_race *race, hm_err *err)
{
    if (k < 1 || k > timed->n_start)
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--start",
                          "expected a recalled start of the sheet, 1 to %d, found %d",
                          timed->n_start, k);
    hm_replay_opts o = opts ? *opts : hm_replay_opts_default();
    o.broken_off_lo_m = called_back_lo_m;
    o.broken_off_hi_m = called_back_hi_m;
    hm_sheet sheet = *timed;
    sheet.n_split = 0;
    sheet.notes = (hm_notes){0};
    sheet.row = HM_PUSH(arena, hm_sheet_row, timed->n_row);
    sheet.round = hm_arena_printf(arena, "%s%sstart %d, recalled", timed->round,
                                  timed->round[0] ? ", " : "", k);
    if (!sheet.row || !sheet.round)
        return hm_err_set(err, HM_ERR_SYSTEM, timed->source, 0, 0, NULL, "no memory");
    double level = level_s(timed);
    for (int32_t i = 0; i < timed->n_row; i++)
        sheet.row[i] = row_of(&timed->row[i], ruling, k, level);
    return hm_race_replay(&sheet, &o, arena, race, err);
}
