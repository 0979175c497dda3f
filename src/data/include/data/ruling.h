/* data/ruling.h - what a referee decided about one race, and by which rule. Stands in a race
 * (data/race.h) that was judged. TR, CR = World Athletics Technical, Competition Rules. */
#ifndef HM_DATA_RULING_H
#define HM_DATA_RULING_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

enum {
    HM_START_MAX = 16, /* starts of one race, recalls included */
    HM_CONDITION_MAX = 16
};

typedef enum hm_card {
    HM_CARD_NONE,
    HM_CARD_YC, /* a warning, TR16.9, TR39.8.3 */
    HM_CARD_RC  /* out, TR16.8 */
} hm_card;

typedef enum hm_answer { HM_NO, HM_YES, HM_UNKNOWN } hm_answer;

/** One athlete who was held responsible for a start. */
typedef struct hm_charge {
    int32_t lane;
    bool has_reaction;
    int32_t reaction_ms; /* of the start information system, below 100; else seen by the Starter */
    hm_card card;
    bool protest; /* runs on under protest, TR8.4.1 */
} hm_charge;

typedef enum hm_start_verdict {
    HM_START_FAIR,
    HM_START_FALSE, /* TR16.7 */
    HM_START_GREEN, /* recalled, nobody's fault: no warning */
} hm_start_verdict;

typedef struct hm_start_ruling {
    hm_start_verdict verdict;
    bool ran;          /* the last start: the race was run from it */
    bool field_warned; /* TR39.8.3: everybody, from this start on */
    int32_t n_charge;
    hm_charge *charge; /* (n_charge) by lane */
} hm_start_ruling;

typedef struct hm_lane_ruling {
    int32_t lane;
    const char *rule; /* of a disqualification: "TR16.8"; "" = none */
    bool protest;     /* P: the result stands under protest */
    hm_card card;
    int64_t photo_line; /* 0 = none */
    bool thousandths;   /* they parted two who share an official time */
} hm_lane_ruling;

/** One condition of a record, CR31. */
typedef struct hm_condition {
    const char *what, *rule;
    hm_answer answer;
    const char *why; /* what it was judged by */
} hm_condition;

typedef struct hm_ruling {
    const char *edition, *false_start; /* "wa_2025", "immediate" */
    int32_t rate_hz;
    bool hand;            /* hand times: 0.1 s */
    bool has_wind;        /* else NWI */
    int32_t wind_cmps;    /* as measured, to the nearest cm/s */
    int32_t wind_dmps;    /* official, TR17.13 */
    hm_answer wind_legal; /* at most +2.0, CR31.14.3 */
    int32_t n_start;
    hm_start_ruling *start; /* (n_start) */
    int32_t n_lane;
    hm_lane_ruling *lane; /* (n_lane) by lane number */
    const char *record;   /* of whom and which mark: "lane 4, 9.58 against 9.58"; "" = not asked */
    int32_t n_condition;
    hm_condition *condition; /* (n_condition) of the record */
} hm_ruling;

#endif
