#include "book/points.h"

#include "num/dmath.h"

static const char *const event_word[HM_POINTS_N_EVENT] = {"50m", "55m", "60m", "100m", "200m"};
static const char *const venue_word[] = {"outdoor", "indoor"};
static const char *const source_word[] = {"table", "formula"};
static const char *const sex_word[] = {"men", "women"};
static const char *const edition_word[] = {"IAAF 2017", "WA 2022"}; /* by venue */

enum { HAND_CS = 24 }; /* introductions of the Scoring Tables and the Combined Events tables */

/* P = floor(a (b - T)^2), verified against each printed row: data/rules/scoring_coefficients.csv */
static const struct scoring {
    hm_points_event event;
    hm_sex sex;
    hm_points_venue venue;
    int64_t a_x1000, b_cs;
} scoring[] = {
    {HM_POINTS_100M, HM_SEX_MEN, HM_POINTS_OUTDOOR, 24630, 1700},
    {HM_POINTS_100M, HM_SEX_WOMEN, HM_POINTS_OUTDOOR, 9920, 2200},
    {HM_POINTS_200M, HM_SEX_MEN, HM_POINTS_OUTDOOR, 5080, 3550},
    {HM_POINTS_200M, HM_SEX_WOMEN, HM_POINTS_OUTDOOR, 2242, 4550},
    {HM_POINTS_60M, HM_SEX_MEN, HM_POINTS_INDOOR, 68600, 1070},
    {HM_POINTS_60M, HM_SEX_WOMEN, HM_POINTS_INDOOR, 24900, 1400},
    {HM_POINTS_50M, HM_SEX_MEN, HM_POINTS_INDOOR, 95800, 920},
    {HM_POINTS_50M, HM_SEX_WOMEN, HM_POINTS_INDOOR, 33030, 1210},
    {HM_POINTS_55M, HM_SEX_MEN, HM_POINTS_INDOOR, 78900, 1000},
    {HM_POINTS_55M, HM_SEX_WOMEN, HM_POINTS_INDOOR, 27680, 1315},
};

/* What the reading rule of the book gives where the formula gives more: scoring_errata.csv */
static const struct erratum {
    hm_points_event event;
    hm_sex sex;
    int32_t time_cs, points;
} erratum[] = {
    {HM_POINTS_100M, HM_SEX_WOMEN, 1200, 990},
    {HM_POINTS_100M, HM_SEX_WOMEN, 1450, 557},
    {HM_POINTS_55M, HM_SEX_WOMEN, 815, 689},
    {HM_POINTS_55M, HM_SEX_WOMEN, 1065, 171},
};

/* P = floor(a (b - T)^c): combined_coefficients.csv. Women's 60 m from WMA Appendix B 2023. */
static const struct combined {
    hm_points_event event;
    hm_sex sex;
    double a; /* points per s^1.81 */
    int32_t b_cs;
} combined[] = {
    {HM_POINTS_100M, HM_SEX_MEN, 25.4347, 1800}, {HM_POINTS_100M, HM_SEX_WOMEN, 17.857, 2100},
    {HM_POINTS_60M, HM_SEX_MEN, 58.015, 1150},   {HM_POINTS_60M, HM_SEX_WOMEN, 46.0849, 1300},
    {HM_POINTS_200M, HM_SEX_MEN, 5.8425, 3800},  {HM_POINTS_200M, HM_SEX_WOMEN, 4.99087, 4250},
};
static const double combined_power = 1.81; /* [1] c of every sprint */

const char *const hm_points_combined_edition = "IAAF 2001";

const char *hm_points_event_text(hm_points_event event)
{
    return event_word[event];
}

const char *hm_points_venue_text(hm_points_venue venue)
{
    return venue_word[venue];
}

const char *hm_points_source_text(hm_points_source source)
{
    return source_word[source];
}

hm_points_venue hm_points_usual_venue(hm_points_event event)
{
    return event <= HM_POINTS_60M ? HM_POINTS_INDOOR : HM_POINTS_OUTDOOR;
}

int32_t hm_points_hand_cs(int32_t hand_ds)
{
    return 10 * hand_ds + HAND_CS;
}

int32_t hm_points_hand_from_cs(int32_t time_cs)
{
    return (time_cs - HAND_CS) / 10;
}

/* ---- Scoring Tables of Athletics ---- */

static hm_status find_scoring(hm_points_event event, hm_sex sex, hm_points_venue venue,
                              const struct scoring **found, hm_err *err)
{
    for (size_t i = 0; i < sizeof scoring / sizeof *scoring; i++)
        if (scoring[i].event == event && scoring[i].sex == sex && scoring[i].venue == venue) {
            *found = &scoring[i];
            return HM_OK;
        }
    return hm_err_set(err, HM_ERR_INPUT, "scoring tables", 0, 0, event_word[event],
                      "there is no %s table for %s, only %s", venue_word[venue], event_word[event],
                      venue_word[!venue]);
}

static int32_t by_formula(const struct scoring *s, int32_t time_cs)
{
    int64_t d_cs = s->b_cs - time_cs;
    return d_cs <= 0 ? 0 : (int32_t)(s->a_x1000 * d_cs * d_cs / 10000000); /* below 1e11 */
}

static int32_t by_book(const struct scoring *s, hm_points_source source, int32_t time_cs)
{
    for (size_t i = 0; i < sizeof erratum / sizeof *erratum; i++)
        if (source == HM_POINTS_TABLE && erratum[i].event == s->event && erratum[i].sex == s->sex &&
            erratum[i].time_cs == time_cs)
            return erratum[i].points;
    return by_formula(s, time_cs);
}

hm_status hm_points_scoring(hm_points_event event, hm_sex sex, hm_points_venue venue,
                            hm_points_source source, int32_t time_cs, hm_points_score *score,
                            hm_err *err)
{
    HM_ASSERT(time_cs > 0);
    const struct scoring *s = NULL;
    HM_TRY(find_scoring(event, sex, venue, &s, err));
    int32_t points = by_book(s, source, time_cs);
    *score = (hm_points_score){.points = points,
                               .formula_points = by_formula(s, time_cs),
                               .extrapolated = points > HM_POINTS_PRINTED_MAX,
                               .edition = edition_word[venue]};
    return HM_OK;
}

/* The least whole number whose square is at least x. */
static int64_t ceil_sqrt(int64_t x)
{
    int64_t low = 0, high = 3037000499; /* its square still fits */
    while (low < high) {
        int64_t mid = (low + high) / 2;
        if (mid * mid >= x)
            high = mid;
        else
            low = mid + 1;
    }
    return low;
}

static hm_status no_time(const char *table, hm_points_event event, int32_t points, hm_err *err)
{
    return hm_err_set(
        err, HM_ERR_INPUT, table, 0, 0, event_word[event],
        points < 1 ? "expected at least 1 point, found %d" : "no time is worth %d points", points);
}

hm_status hm_points_scoring_worth(hm_points_event event, hm_sex sex, hm_points_venue venue,
                                  hm_points_source source, int32_t points, int32_t *time_cs,
                                  hm_err *err)
{
    const struct scoring *s = NULL;
    HM_TRY(find_scoring(event, sex, venue, &s, err));
    if (points < 1 || by_formula(s, 1) < points)
        return no_time("scoring tables", event, points, err);
    int64_t need = points * INT64_C(10000000);
    need = (need + s->a_x1000 - 1) / s->a_x1000;
    int32_t t_cs = (int32_t)(s->b_cs - ceil_sqrt(need));
    while (by_book(s, source, t_cs) < points) /* the book gives less at single times */
        t_cs--;
    *time_cs = t_cs;
    return HM_OK;
}

/* ---- combined events ---- */

static hm_status find_combined(hm_points_event event, hm_sex sex, const struct combined **found,
                               hm_err *err)
{
    for (size_t i = 0; i < sizeof combined / sizeof *combined; i++)
        if (combined[i].event == event && combined[i].sex == sex) {
            *found = &combined[i];
            return HM_OK;
        }
    return hm_err_set(err, HM_ERR_INPUT, "combined events", 0, 0, event_word[event],
                      "there is no table for %s %s, only for 60m, 100m, 200m", event_word[event],
                      sex_word[sex]);
}

/* Over every hundredth from 5 s the exact value is never within 4e-6 of a whole number, so that
 * the error of the power, some 1e-13, does not matter. */
static int32_t combined_points(const struct combined *c, int32_t time_cs)
{
    if (time_cs >= c->b_cs)
        return 0;
    return (int32_t)(c->a * hm_pow((c->b_cs - time_cs) / 100.0, combined_power));
}

hm_status hm_points_combined(hm_points_event event, hm_sex sex, int32_t time_cs, int32_t *points,
                             hm_err *err)
{
    HM_ASSERT(time_cs > 0);
    const struct combined *c = NULL;
    HM_TRY(find_combined(event, sex, &c, err));
    *points = combined_points(c, time_cs);
    return HM_OK;
}

hm_status hm_points_combined_worth(hm_points_event event, hm_sex sex, int32_t points,
                                   int32_t *time_cs, hm_err *err)
{
    const struct combined *c = NULL;
    HM_TRY(find_combined(event, sex, &c, err));
    if (points < 1 || combined_points(c, 1) < points)
        return no_time("combined events", event, points, err);
    int32_t enough_cs = 1, less_cs = c->b_cs; /* points fall with time */
    while (less_cs - enough_cs > 1) {
        int32_t mid_cs = (enough_cs + less_cs) / 2;
        if (combined_points(c, mid_cs) >= points)
            enough_cs = mid_cs;
        else
            less_cs = mid_cs;
    }
    *time_cs = enough_cs;
    return HM_OK;
}
