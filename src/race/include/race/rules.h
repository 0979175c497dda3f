/* race/rules.h - which rule book a meet goes by: the policies that differ between open races,
 * combined events, masters and para. docs/rules.md has the rules behind each. */
#ifndef HM_RACE_RULES_H
#define HM_RACE_RULES_H

#include "base/option.h"

/** Texts that were read: World Athletics C2.1 / C1.1 (2025), WMA Rules 2025 V1, WPA Rules 2024. */
typedef enum hm_edition { HM_EDITION_WA_2025, HM_EDITION_WMA_2025, HM_EDITION_WPA_2024 } hm_edition;

typedef enum hm_false_start {
    HM_FALSE_START_IMMEDIATE,       /* TR16.8, WPA17.8: out at the first */
    HM_FALSE_START_FIELD_WARNING,   /* TR39.8.3, TR16.9: the first warns the whole field */
    HM_FALSE_START_PERSONAL_WARNING /* WMA16.8: out at one's own second */
} hm_false_start;

typedef enum hm_lane_rule { HM_LANES_LOT, HM_LANES_SEED } hm_lane_rule;
typedef enum hm_lane_scheme {
    HM_SCHEME_WA_2025, /* TR20.4.3 */
    HM_SCHEME_IAAF_2019,
    HM_SCHEME_WPA_2024_VI /* T11-12: two lanes each, WPA21.4 */
} hm_lane_scheme;

typedef enum hm_progression {
    HM_PROGRESSION_AUTO, /* by the number of lanes: wpa_2024 on 8, wma_2025 on 6 and 9, else own */
    HM_PROGRESSION_WPA_2024,
    HM_PROGRESSION_WMA_2025,
    HM_PROGRESSION_OWN
} hm_progression;

typedef enum hm_heat_rule { HM_HEATS_ZIGZAG, HM_HEATS_SIMILAR } hm_heat_rule; /* TR20.3.3, TR39.7 */
typedef enum hm_timing_rule { HM_TIMING_RULE_FAT, HM_TIMING_RULE_HAND } hm_timing_rule; /* TR19.1 */

/** A tie for the last place that is larger than time places and free lanes (TR21.3 only says lots).
 */
typedef enum hm_tie_overflow {
    HM_TIE_ASK,         /* stop and say so */
    HM_TIE_LOTS_ALL,    /* lots for all that are left, time places consumed */
    HM_TIE_LOTS_SURPLUS /* lots among the tied for the places of the table, time places stay */
} hm_tie_overflow;

typedef struct hm_rules {
    uint32_t cookie;
    hm_edition edition;
    hm_false_start false_start;
    bool blocks, crouch, sis; /* required, required, start information system on */
    hm_lane_rule lanes_first_round, lanes_final_only;
    hm_lane_scheme lane_scheme;
    hm_progression progression;
    hm_heat_rule heats;
    hm_timing_rule timing;
    bool fill_vacancies;       /* TR20.2.1 */
    bool keep_time_qualifiers; /* TR20.8 commentary */
    hm_tie_overflow tie_overflow;
    int32_t track_lanes;
    int32_t rate_hz; /* image lines a second, a multiple of 100 */
} hm_rules;

extern const hm_option_table hm_rules_table;

hm_rules hm_rules_default(void);

/**
 * The policies of a kind of meet over the defaults.
 * in     preset  open, combined, masters or para
 * out    rules   untouched on failure
 * errors HM_ERR_USAGE: no such preset
 */
HM_CHECKED hm_status hm_rules_preset(const char *preset, hm_rules *rules, hm_err *err);

/**
 * errors HM_ERR_USAGE: out of range, or a rate of the camera whose lines would straddle two
 * official times (not a multiple of 100)
 */
HM_CHECKED hm_status hm_rules_check(const hm_rules *rules, hm_err *err);

/** "wa_2025", "field_warning" ... as in --set. */
const char *hm_edition_text(const hm_rules *rules);
const char *hm_false_start_text(const hm_rules *rules);

/** Rule by which a false start is punished under this policy: "TR16.8". */
const char *hm_false_start_rule(const hm_rules *rules);

#endif
