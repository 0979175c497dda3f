#include "race/records.h"

#include <math.h>

#include "race/official.h"

static const int32_t wind_most_dmps = 20;   /* CR31.14.3 */
static const int32_t competitors_least = 3; /* CR31.1 */
static const double high_m = 1000;          /* marks above it bear an A; recalled */

hm_record_facts hm_record_facts_default(void)
{
    return (hm_record_facts){.certified = HM_UNKNOWN,
                             .zero_control = HM_UNKNOWN,
                             .sis_reactions = HM_UNKNOWN,
                             .own_false_start = HM_UNKNOWN,
                             .doping_control = HM_UNKNOWN};
}

static hm_answer answer_of(bool holds)
{
    return holds ? HM_YES : HM_NO;
}

static hm_condition mark_condition(const hm_record_facts *f)
{
    bool better = f->official_cs < f->record_cs, equal = f->official_cs == f->record_cs;
    return (hm_condition){"equals or betters the record", "CR31.5",
                          answer_of(f->official_cs > 0 && (better || equal)),
                          f->official_cs <= 0 ? "no mark"
                          : better            ? "betters it"
                          : equal             ? "equals it: the same standing"
                                              : "slower"};
}

static hm_condition wind_condition(const hm_record_facts *f)
{
    bool legal = f->has_wind && f->wind_dmps <= wind_most_dmps;
    return (hm_condition){"wind at most +2.0 m/s", "CR31.14.3", answer_of(legal),
                          !f->has_wind ? "no reading (NWI)"
                          : legal      ? "as measured"
                                       : "wind-aided"};
}

/* Asked of the organisers: the result does not tell. */
static hm_condition asked(const char *what, const char *rule, hm_answer answer)
{
    static const char *const why[] = {"told: no", "told: yes", "the result does not tell"};
    return (hm_condition){what, rule, answer, why[answer]};
}

int32_t hm_record_conditions(const hm_record_facts *f, hm_condition c[])
{
    int32_t n = 0;
    c[n++] = mark_condition(f);
    c[n++] = (hm_condition){"three competitors or more", "CR31.1",
                            answer_of(f->n_competitor >= competitors_least), "by the result"};
    c[n++] = asked("certified facility", "CR31", f->certified);
    c[n++] = (hm_condition){"fully automatic timing", "CR31.14.2", answer_of(!f->hand),
                            f->hand ? "hand times" : "photo finish"};
    if (!f->hand)
        c[n++] = asked("zero control test of the session", "CR31.14.1", f->zero_control);
    if (!f->indoor)
        c[n++] = wind_condition(f);
    if (!f->u20)
        c[n++] = (hm_condition){"blocks with start information, reactions in the result",
                                "CR31.14.5", f->sis_reactions, "by the result"};
    if (f->combined)
        c[n++] = asked("no false start of the athlete", "CR31.14.4",
                       f->own_false_start == HM_UNKNOWN ? HM_UNKNOWN
                                                        : answer_of(f->own_false_start == HM_NO));
    c[n++] = asked("doping control", "CR31", f->doping_control);
    HM_ASSERT(n <= HM_CONDITION_MAX);
    return n;
}

hm_answer hm_record_ratifiable(int32_t n, const hm_condition c[])
{
    hm_answer all = HM_YES;
    for (int32_t i = 0; i < n; i++) {
        if (c[i].answer == HM_NO)
            return HM_NO;
        if (c[i].answer == HM_UNKNOWN)
            all = HM_UNKNOWN;
    }
    return all;
}

/* ---- of a judged race ---- */

/* Every starter's reaction is on the sheet. */
static bool has_reactions(const hm_race *race)
{
    for (int32_t i = 0; i < race->n_lane; i++)
        if (race->lane[i].status == HM_RUN_OK && (race->lane[i].filled & HM_FILLED_REACTION))
            return false;
    return true;
}

static hm_record_facts facts_of(const hm_race *race, const hm_rules *rules, int32_t winner)
{
    hm_record_facts f = hm_record_facts_default();
    const hm_ruling *r = race->ruling;
    f.official_cs = race->lane[winner].official_cs;
    f.hand = r->hand;
    f.combined = rules->false_start == HM_FALSE_START_FIELD_WARNING;
    f.has_wind = r->has_wind;
    f.wind_dmps = r->wind_dmps;
    f.own_false_start = answer_of(r->lane[winner].card != HM_CARD_NONE);
    f.sis_reactions =
        answer_of(rules->sis && has_reactions(race) && !race->lane[winner].start.standing);
    for (int32_t i = 0; i < race->n_lane; i++) /* who was sent away before it did not compete */
        f.n_competitor += race->lane[i].curve.n > 0;
    return f;
}

hm_status hm_record_judge(const hm_rules *rules, int32_t record_cs, bool u20, hm_arena *arena,
                          hm_race *race, hm_err *err)
{
    static const char *const verdict[] = {"not ratifiable", "ratifiable",
                                          "ratifiable if all that is unknown holds"};
    char mark[HM_OFFICIAL_TEXT], record[HM_OFFICIAL_TEXT];
    int32_t winner = -1;
    for (int32_t i = race->n_lane - 1; i >= 0; i--)
        winner = race->lane[i].place == 1 ? i : winner;
    hm_ruling *r = HM_PUSH(arena, hm_ruling, 1);
    hm_condition *c = HM_PUSH(arena, hm_condition, HM_CONDITION_MAX);
    if (!r || !c)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the record");
    *r = *race->ruling;
    if (winner < 0) {
        r->record = "nobody has a mark";
        race->ruling = r;
        return HM_OK;
    }
    hm_record_facts f = facts_of(race, rules, winner);
    f.record_cs = record_cs;
    f.u20 = u20;
    r->condition = c;
    r->n_condition = hm_record_conditions(&f, c);
    r->record = hm_arena_printf(arena, "lane %d, %s, against %s: %s", race->lane[winner].lane,
                                hm_time_text(f.official_cs, f.hand, mark),
                                hm_time_text(record_cs, false, record),
                                verdict[hm_record_ratifiable(r->n_condition, c)]);
    if (!r->record || (race->altitude_m > high_m &&
                       hm_notes_add(&race->notes, arena,
                                    "altitude %.0f m: statisticians mark it A; no rule forbids it",
                                    race->altitude_m) != HM_OK))
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the record");
    race->ruling = r;
    return HM_OK;
}

/* ---- ages ---- */

const char *hm_age_group(hm_date born, hm_date on, hm_sex sex, char text[HM_AGE_GROUP_TEXT])
{
    bool had = on.month > born.month || (on.month == born.month && on.day >= born.day);
    int32_t age_yr = on.year - born.year - !had, year_end_yr = on.year - born.year;
    if (age_yr >= 35)
        snprintf(text, HM_AGE_GROUP_TEXT, "%c%d", sex == HM_SEX_MEN ? 'M' : 'W',
                 age_yr / 5 * 5 % 1000);
    else
        snprintf(text, HM_AGE_GROUP_TEXT, "%s",
                 year_end_yr < 16   ? "youth"
                 : year_end_yr < 18 ? "U18"
                 : year_end_yr < 20 ? "U20"
                                    : "senior");
    return text;
}
