/* paper_of_race.c - one race, replayed, simulated or judged, as it stands on paper. */
#include "paper.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "race/official.h"

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the sheet");
}

static const hm_lane_ruling *ruling_of(const hm_race *race, const hm_lane *lane)
{
    for (int32_t i = 0; race->ruling && i < race->ruling->n_lane; i++)
        if (race->ruling->lane[i].lane == lane->lane)
            return &race->ruling->lane[i];
    return NULL;
}

/* A race keeps the age on its day and no date of birth; of an age in whole years the year of birth
 * is not known. */
static const char *born_of(const hm_race *race, const hm_lane *lane, hm_arena *arena)
{
    int year = 0, month = 0, day = 0;
    if ((lane->filled & HM_FILLED_AGE) || lane->age_yr <= 0 ||
        lane->age_yr - floor(lane->age_yr) < 1e-9 ||
        sscanf(race->date, "%4d-%2d-%2d", &year, &month, &day) != 3)
        return "";
    double now_yr = year + ((month - 1) * 30.436875 + day - 0.5) / 365.2425;
    const char *text = hm_arena_printf(arena, "%d", (int)floor(now_yr - lane->age_yr));
    return text ? text : "";
}

static hm_mark_status status_of(const hm_lane *l)
{
    static const hm_mark_status of[] = {[HM_RUN_OK] = HM_MARK_FINISHED,
                                        [HM_RUN_DNS] = HM_MARK_DNS,
                                        [HM_RUN_DNF] = HM_MARK_DNF,
                                        [HM_RUN_DQ] = HM_MARK_DQ};
    return of[l->status];
}

/* Readings of 0.001 s have parted him from one of the same official time; of less, the Judges did.
 */
static bool by_thousandths(const hm_race *race, const hm_lane *l)
{
    const hm_lane_ruling *r = ruling_of(race, l);
    bool fine = false;
    for (int32_t i = 0; i < race->n_lane; i++)
        fine |= race->lane[i].official_cs == l->official_cs && race->lane[i].time_us % 10000 != 0;
    return r && r->thousandths && fine;
}

static paper_row row_of(const hm_race *race, const hm_lane *l, hm_arena *arena)
{
    const hm_lane_ruling *r = ruling_of(race, l);
    bool timed = l->status == HM_RUN_OK && l->time_us > 0;
    return (paper_row){.id = l->bib,
                       .name = l->name,
                       .team = l->team,
                       .born = born_of(race, l, arena),
                       .rule = r ? r->rule : "",
                       .qualified = "",
                       .status = status_of(l),
                       .heat = 1,
                       .lane = l->lane,
                       .lane_drawn = l->lane,
                       .place = l->place,
                       .official_cs = timed ? l->official_cs : 0,
                       .time_ms = timed ? hm_time_ms(l->time_us) : 0,
                       .reaction_ms = l->curve.n == 0 || (l->filled & HM_FILLED_REACTION)
                                          ? -1
                                          : hm_reaction_ms(l->reaction_s),
                       .thousandths = by_thousandths(race, l),
                       .warned = r && r->card == HM_CARD_YC,
                       .protest = r && r->protest};
}

/* One class of runners, told and not taken for granted. */
static bool one_sex(const hm_race *race)
{
    for (int32_t i = 0; i < race->n_lane; i++)
        if ((race->lane[i].filled & HM_FILLED_SEX) || race->lane[i].sex != race->lane[0].sex)
            return false;
    return race->n_lane > 0;
}

static paper_event head_of(const hm_race *race)
{
    const hm_ruling *r = race->ruling;
    bool sex = one_sex(race);
    return (paper_event){.meet = race->meet,
                         .venue = race->venue,
                         .date = race->date,
                         .name = race->event[0] ? race->event : "100 m",
                         .has_sex = sex,
                         .sex = sex ? race->lane[0].sex : HM_SEX_MEN,
                         .edition = r ? r->edition : "",
                         .table = "",
                         .rate_hz = r && !r->hand ? r->rate_hz : 0,
                         .timing = !r        ? HM_TIMING_UNKNOWN
                                   : r->hand ? HM_TIMING_HAND
                                             : HM_TIMING_FAT,
                         .practice = race->mode == HM_RACE_SIMULATE,
                         .ruling = r,
                         .n_round = 1};
}

hm_status paper_of_race(const hm_race *race, hm_arena *arena, paper_event *event, hm_err *err)
{
    paper_round *round = HM_PUSH(arena, paper_round, 1);
    paper_heat *heat = HM_PUSH(arena, paper_heat, 1);
    paper_row *row = HM_PUSH(arena, paper_row, race->n_lane + 1);
    if (!round || !heat || !row)
        return no_memory(err);
    for (int32_t i = 0; i < race->n_lane; i++)
        row[i] = row_of(race, &race->lane[i], arena);
    const hm_ruling *r = race->ruling;
    *heat = (paper_heat){.number = 1,
                         .run = true,
                         .hand = r && r->hand,
                         .has_wind = r ? r->has_wind : race->has_wind,
                         .clock = "",
                         .n_row = race->n_lane,
                         .row = row};
    if (heat->has_wind)
        heat->wind_dmps = r ? r->wind_dmps : hm_wind_dmps(hm_wind_cmps(race->wind_mps));
    *round = (paper_round){
        .code = paper_round_code(race->round), .name = race->round, .n_heat = 1, .heat = heat};
    *event = head_of(race);
    event->round = round;
    return HM_OK;
}
