#include "life/targets.h"

#include "embedded_priv.h"
#include "targets_priv.h"

#include <math.h>
#include <stdlib.h>

#include "io/csv.h"
#include "io/number.h"

/* ---- the table ---- */

enum { ID, QUANTITY, GROUP, VALUE, LO, HI, UNIT, PEOPLE, DEFINITION, SOURCE };

static double number(const char *text)
{
    double v;
    return hm_number_parse(text, '.', &v) == HM_NUMBER_OK ? v : (double)NAN;
}

hm_status hm_targets_read(hm_arena *arena, int32_t *n, hm_target **target, hm_err *err)
{
    hm_csv csv;
    HM_TRY(hm_csv_parse("validation_targets.csv", life_targets_csv, life_targets_csv_n, arena, &csv,
                        err));
    hm_target *out = HM_PUSH(arena, hm_target, csv.n_row);
    if (!out)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    for (int32_t i = 0; i < csv.n_row; i++) {
        const hm_csv_cell *c = csv.row[i].cell;
        out[i] = (hm_target){.id = c[ID].text,
                             .quantity = c[QUANTITY].text,
                             .group = c[GROUP].text,
                             .unit = c[UNIT].text,
                             .definition = c[DEFINITION].text,
                             .source = c[SOURCE].text,
                             .value = number(c[VALUE].text),
                             .lo = number(c[LO].text),
                             .hi = number(c[HI].text),
                             .got = (double)NAN,
                             .got_se = (double)NAN};
    }
    *n = csv.n_row;
    *target = out;
    return HM_OK;
}

/* ---- a mean over values, with its error ---- */

void target_take(target_mean *m, double v)
{
    m->n++;
    m->sum += v;
    m->sum2 += v * v;
}

double target_mean_of(const target_mean *m)
{
    return m->n > 0 ? m->sum / m->n : (double)NAN;
}

double target_sd_of(const target_mean *m)
{
    double var = m->n > 1 ? (m->sum2 - m->sum * m->sum / m->n) / (m->n - 1) : 0;
    return sqrt(fmax(var, 0));
}

void target_tell(hm_target *t, const target_mean *m, double scale)
{
    t->got = scale * target_mean_of(m);
    t->got_se = m->n > 0 ? scale * target_sd_of(m) / sqrt(m->n) : (double)NAN;
}

/* ---- each target by its id ---- */

static hm_status measure(const hm_target_worlds *w, hm_target *t, hm_arena *arena, hm_err *err)
{
    switch (strtol(t->id + 1, NULL, 10)) {
    case 1:
    case 3:
        target_survey(w, t);
        return HM_OK;
    case 2:
        target_speed_spread(w, t);
        return HM_OK;
    case 4:
        target_first_of_high_school(w, t);
        return HM_OK;
    case 5:
        target_club_mean(w, t);
        return HM_OK;
    case 6:
        target_stage_kept(w, t);
        return HM_OK;
    case 7:
    case 8:
        return target_list_kept(w, t, arena, err);
    case 9:
        return target_best_age(w, t, arena, err);
    case 10:
        return target_relative_age(w, t, arena, err);
    case 11:
        target_age_cost(w, t);
        return HM_OK;
    case 12:
        target_race_spread(w, t);
        return HM_OK;
    case 13:
        target_injured(w, t);
        return HM_OK;
    case 14:
        target_hamstring(w, t);
        return HM_OK;
    case 15:
        target_rivals(w, t);
        return HM_OK;
    case 16:
        target_ageing(w, t);
        return HM_OK;
    case 17:
        target_members(w, t);
        return HM_OK;
    case 18:
        target_maturity(w, t);
        return HM_OK;
    case 19:
        target_early_late(w, t);
        return HM_OK;
    default:
        return HM_OK;
    }
}

hm_status hm_targets_measure(const hm_target_worlds *w, int32_t n, hm_target target[],
                             hm_arena *arena, hm_err *err)
{
    for (int32_t i = 0; i < n; i++) {
        hm_target *t = &target[i];
        hm_arena_mark mark = hm_arena_mark_get(arena);
        HM_TRY(measure(w, t, arena, err));
        hm_arena_release(arena, mark);
        t->held = isfinite(t->got) && !(t->got < t->lo) && !(t->got > t->hi);
    }
    return HM_OK;
}
