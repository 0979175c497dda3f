#include "book/points.h"

enum {
    PLACE_MAX = 16,
    PER_MPS = 6,      /* points for 1 m/s, either way */
    FREE_DMPS = 20,   /* a wind up to +2.0 m/s takes nothing */
    NO_READING = -30, /* points */
    DMPS_PER_MPS = 10
};

/* Numbers of github.com/blonsky95/AthleticsRankingPointsAndroid (2023), in no text of World
 * Athletics that was read: secondary. That wind changes the result score is verified (ranking rules
 * in force from 1 Jan 2024). */
const char *const hm_points_ranking_edition = "2023, secondary";

/* Group of the 100 m: data/rules/placing_points.csv */
static const struct placing {
    const char *name;
    int32_t n;
    int32_t points[PLACE_MAX];
} placing[HM_POINTS_N_CATEGORY] = {
    {"OW", 16, {350, 310, 280, 250, 230, 215, 200, 185, 130, 120, 110, 100, 95, 90, 85, 80}},
    {"DF", 12, {240, 210, 185, 170, 155, 145, 135, 125, 90, 80, 70, 60}},
    {"GW", 12, {200, 170, 150, 140, 130, 120, 110, 100, 70, 60, 50, 45}},
    {"GL", 12, {170, 145, 130, 120, 110, 100, 90, 80, 60, 50, 45, 40}},
    {"A", 8, {140, 120, 110, 100, 90, 80, 70, 60}},
    {"B", 8, {100, 80, 70, 60, 55, 50, 45, 40}},
    {"C", 8, {60, 50, 45, 40, 35, 30, 27, 25}},
    {"D", 8, {40, 35, 30, 25, 22, 19, 17, 15}},
    {"E", 6, {25, 21, 18, 15, 12, 10}},
    {"F", 3, {15, 10, 5}},
};

const char *hm_points_category_text(hm_points_category category)
{
    return placing[category].name;
}

int32_t hm_points_n_place(hm_points_category category)
{
    return placing[category].n;
}

int32_t hm_points_placing(hm_points_category category, int32_t place)
{
    HM_ASSERT(place >= 1);
    return place <= placing[category].n ? placing[category].points[place - 1] : 0;
}

int32_t hm_points_wind(hm_points_gauge gauge, int32_t wind_dmps)
{
    if (gauge != HM_POINTS_WIND)
        return gauge == HM_POINTS_NO_READING ? NO_READING : 0;
    if (wind_dmps < 0) /* upward */
        return (PER_MPS * -wind_dmps + DMPS_PER_MPS - 1) / DMPS_PER_MPS;
    return wind_dmps > FREE_DMPS ? -(PER_MPS * wind_dmps / DMPS_PER_MPS) : 0;
}

static hm_status check_group(hm_points_event event, hm_err *err)
{
    if (event != HM_POINTS_200M)
        return HM_OK;
    return hm_err_set(err, HM_ERR_INPUT, "world rankings", 0, 0, "200m",
                      "only the group of the 100 m is known: 50m, 55m, 60m, 100m");
}

hm_status hm_points_ranking(hm_points_event event, hm_sex sex, hm_points_venue venue,
                            int32_t time_cs, int32_t wind_points, int32_t placing_points,
                            hm_points_performance *performance, hm_err *err)
{
    hm_points_performance p = {.wind_points = wind_points, .placing_points = placing_points};
    HM_TRY(check_group(event, err));
    HM_TRY(hm_points_scoring(event, sex, venue, HM_POINTS_TABLE, time_cs, &p.result, err));
    int32_t result = p.result.points ? p.result.points + wind_points : 0;
    p.points = (result > 0 ? result : 0) + placing_points;
    *performance = p;
    return HM_OK;
}

hm_status hm_points_ranking_worth(hm_points_event event, hm_sex sex, hm_points_venue venue,
                                  int32_t wind_points, int32_t placing_points, int32_t points,
                                  int32_t *time_cs, hm_err *err)
{
    HM_TRY(check_group(event, err));
    if (points <= placing_points)
        return hm_err_set(err, HM_ERR_INPUT, "world rankings", 0, 0, hm_points_event_text(event),
                          "the place alone is worth %d points, so any time is worth %d",
                          placing_points, points);
    int32_t need = points - placing_points - wind_points;
    return hm_points_scoring_worth(event, sex, venue, HM_POINTS_TABLE, need < 1 ? 1 : need, time_cs,
                                   err);
}
