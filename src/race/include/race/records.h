/* race/records.h - may a mark stand as a record, and which age group is an athlete in? CR, TR =
 * World Athletics Competition, Technical Rules. The list of conditions is told, never a bare
 * verdict. */
#ifndef HM_RACE_RECORDS_H
#define HM_RACE_RECORDS_H

#include "data/race.h"
#include "race/rules.h"

/** What is known of a mark. */
typedef struct hm_record_facts {
    int32_t official_cs, record_cs; /* record_cs: to be equalled or bettered */
    int32_t n_competitor;           /* who started */
    bool hand;
    bool combined; /* in a combined event, CR31.14.4 */
    bool u20;      /* a U20 record needs no start information system */
    bool indoor;   /* 60 m and less: no wind */
    bool has_wind;
    int32_t wind_dmps;
    hm_answer certified, zero_control, sis_reactions, own_false_start, doping_control;
} hm_record_facts;

/** All unknown, senior, outdoors. */
hm_record_facts hm_record_facts_default(void);

/**
 * The conditions of CR31 for a 100 m, one by one.
 * out    condition  room for HM_CONDITION_MAX; texts are static. Returns how many
 * errors none.  memory none
 * test   tests/unit/race/test_records.c
 */
int32_t hm_record_conditions(const hm_record_facts *facts, hm_condition condition[]);

/** No if one is no, else unknown if one is unknown, else yes. */
hm_answer hm_record_ratifiable(int32_t n, const hm_condition condition[]);

/**
 * Lay the conditions for the winner of a judged race into its ruling; altitude above 1000 m is a
 * note
 * ("A" of the statisticians, recalled), never a condition.
 * in     race   of hm_referee_judge
 * out    race   ruling->record, ruling->condition
 * errors HM_ERR_SYSTEM no memory
 * memory arena
 */
HM_CHECKED hm_status hm_record_judge(const hm_rules *rules, int32_t record_cs, bool u20,
                                     hm_arena *arena, hm_race *race, hm_err *err);

typedef struct hm_date {
    int32_t year, month, day;
} hm_date;

enum { HM_AGE_GROUP_TEXT = 16 };

/**
 * Age group on a day (TR3.1): U18 and U20 by the age on 31 December of the year, masters M35, W40
 * ... from the day of the birthday; "senior" between, "youth" below U18 (local rules). 29 February
 * has its birthday on 1 March of other years (ours). out    text  written and returned
 */
const char *hm_age_group(hm_date born, hm_date on, hm_sex sex, char text[HM_AGE_GROUP_TEXT]);

#endif
