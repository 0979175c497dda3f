#include "program_priv.h"

#include <string.h>

#include "race/official.h"
#include "race/rounds.h"

/* Own rows: three by place if that halves the number of heats, else two, else one (TR20.8: at least
 * two, preferably three). The next round has the fewest heats that hold them; time places fill it.
 */
static const int32_t own_by_place = 3;
static const int32_t one_final_heats = 3; /* so many heats go straight to the final, two by place */

static hm_round_plan own_round(int32_t n_heat, int32_t per_heat, int32_t *n_next)
{
    hm_round_plan plan = {.n_heat = n_heat};
    if (n_heat == 1)
        return plan;
    *n_next = n_heat;
    for (int32_t p = own_by_place; p > 0 && *n_next > (n_heat + 1) / 2; p--)
        *n_next = (int32_t)hm_ceil_div((int64_t)n_heat * p, per_heat);
    if (n_heat <= one_final_heats && 2 * n_heat <= per_heat)
        *n_next = 1;
    int32_t room = *n_next * per_heat;
    plan.by_place = room / n_heat < own_by_place ? room / n_heat : own_by_place;
    plan.by_time = room - n_heat * plan.by_place;
    return plan;
}

/* R1, R2 ...; of three rounds or more the last but one is the semi-final. */
static void name_rounds(hm_program *p)
{
    for (int32_t i = 0; i < p->n_round; i++) {
        const char *name = i + 1 == p->n_round                     ? "F"
                           : i + 2 == p->n_round && p->n_round > 2 ? "SF"
                                                                   : NULL;
        if (name)
            snprintf(p->round[i].code, sizeof p->round[i].code, "%s", name);
        else
            snprintf(p->round[i].code, sizeof p->round[i].code, "R%d", (i + 1) % 100);
    }
}

static void own_rows(int32_t n_entry, hm_program *p)
{
    int32_t n_heat = (int32_t)hm_ceil_div(n_entry, p->per_heat);
    p->table = "own";
    p->n_round = 0;
    for (bool last = false; !last;) {
        HM_ASSERT(p->n_round < HM_ROUND_MAX);
        last = n_heat == 1;
        p->round[p->n_round++] = own_round(n_heat, p->per_heat, &n_heat);
    }
    name_rounds(p);
}

/* Rows of a table for a field; false = it does not go so far. A field that one heat holds is a
 * final in every table, also where it has no row for it. */
static bool table_rows(const char *table, int32_t n_entry, hm_program *p)
{
    p->table = table;
    p->n_round = 0;
    for (int32_t i = 0; i < race_n_program_row; i++) {
        const race_program_row *row = &race_program_rows[i];
        if (strcmp(row->table, table) != 0 || n_entry < row->entries_min ||
            n_entry > row->entries_max)
            continue;
        hm_round_plan *plan = &p->round[p->n_round++];
        *plan = (hm_round_plan){
            .n_heat = row->heats, .by_place = row->by_place, .by_time = row->by_time};
        snprintf(plan->code, sizeof plan->code, "%s", row->round);
    }
    if (p->n_round == 0 && n_entry <= p->per_heat) {
        p->round[p->n_round++] = (hm_round_plan){.code = "F", .n_heat = 1};
    }
    return p->n_round > 0;
}

static const char *table_of(const hm_rules *rules)
{
    bool masters = rules->progression == HM_PROGRESSION_WMA_2025;
    if (rules->lane_scheme == HM_SCHEME_WPA_2024_VI) /* two lanes each, lane 9 is free */
        return rules->track_lanes == 8 || rules->track_lanes == 9 ? "WPA2024_T11_12" : NULL;
    if (rules->track_lanes == 8)
        return masters ? "WMA2025_8" : "WPA2024";
    if (rules->progression == HM_PROGRESSION_WPA_2024)
        return NULL;
    return rules->track_lanes == 6 ? "WMA2025_6" : rules->track_lanes == 9 ? "WMA2025_9" : NULL;
}

hm_status hm_program_make(const hm_rules *rules, int32_t n_entry, hm_program *program, hm_err *err)
{
    HM_ASSERT(n_entry >= 1 && n_entry <= HM_ENTRY_MAX);
    bool pairs = rules->lane_scheme == HM_SCHEME_WPA_2024_VI; /* two lanes each, WPA21.4 */
    hm_program p = {.per_heat = pairs ? rules->track_lanes / 2 : rules->track_lanes};
    const char *table = table_of(rules);
    if (rules->heats == HM_HEATS_SIMILAR) { /* TR39.7: combined events have no rounds */
        p.table = "none";
        p.n_round = 1;
        p.round[0] =
            (hm_round_plan){.code = "F", .n_heat = (int32_t)hm_ceil_div(n_entry, p.per_heat)};
    } else if (rules->progression == HM_PROGRESSION_OWN ||
               (rules->progression == HM_PROGRESSION_AUTO && !table)) {
        own_rows(n_entry, &p);
    } else if (!table) {
        return hm_err_set(err, HM_ERR_USAGE, "rules", 0, 0, "progression",
                          "expected a number of lanes that the table is made for, found %d; auto "
                          "and own take any",
                          rules->track_lanes);
    } else if (!table_rows(table, n_entry, &p)) {
        own_rows(n_entry, &p);
        p.beyond = true;
    }
    *program = p;
    return HM_OK;
}
