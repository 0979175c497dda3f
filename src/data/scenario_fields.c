#include "scenario_priv.h"

static const char *const kind_word[HM_EVENT_COUNT] = {"teach", "move",   "race",  "injury", "coach",
                                                      "leave", "return", "spare", "unheard"};

/* as in life/mind.h and life/state.h, which this room does not see; test_scenario.c compares */
static const char *const level_word[HM_SCENARIO_LEVEL_COUNT] = {"club", "prefecture", "block",
                                                                "national", "final"};
static const char *const site_word[] = {"hamstring", "other"};

static const char *const sex_word[] = {"men", "women"};
static const char *const type_word[] = {"primary",    "junior_high", "high_school",
                                        "university", "corporate",   "country"};

const char *hm_event_kind_word(hm_event_kind kind)
{
    return (int)kind >= 0 && kind < HM_EVENT_COUNT ? kind_word[kind] : NULL;
}

const char *hm_scenario_level_word(int32_t level)
{
    return level >= 0 && level < HM_SCENARIO_LEVEL_COUNT ? level_word[level] : NULL;
}

static const record_row head_row[] = {
    RECORD_ROW_TEXT(hm_scenario, title),
    RECORD_ROW_TEXT(hm_scenario, title_ja),
};
const record_table scenario_head = RECORD_TABLE(head_row);

static const record_row world_row[] = {
    RECORD_ROW_CHOICE(hm_scenario_world, sex, sex_word),
    RECORD_ROW_TEXT(hm_scenario_world, cut_off),
    RECORD_ROW_COUNT(hm_scenario_world, last_year, 0, HM_SCENARIO_YEAR_HI + 100),
    RECORD_ROW_COUNT(hm_scenario_world, per_year, 1, 100 * 1000 * 1000),
    RECORD_ROW_COUNT(hm_scenario_world, others, 0, 5000),
    RECORD_ROW_COUNT(hm_scenario_world, search, 0, 100 * 1000),
    RECORD_ROW_DAY(hm_scenario_world, search_from),
    RECORD_ROW_COUNT(hm_scenario_world, future, -1, 100 * 1000),
};
const record_table scenario_world = RECORD_TABLE(world_row);

#define P(kind, f)       RECORD_ROW_##kind(hm_scenario_person, f)
#define RANGE(f, lo, hi) RECORD_ROW_MAYBE(hm_scenario_person, f, lo, hi)
static const record_row person_row[] = {
    P(TEXT, id),
    P(NAME, name),
    P(TEXT, name_ja),
    P(DATE, born),
    RECORD_ROW_CHOICE(hm_scenario_person, sex, sex_word),
    P(TEXT, kind),
    P(TEXT, kit),
    P(TEXT, club),
    P(TEXT, without),
    RECORD_ROW_COUNT(hm_scenario_person, region, 0, 47),
    RANGE(height_ratio, 0.7, 1.3),
    RANGE(timing_y, -4, 4),
    RANGE(trainable_ln, 0, 3),
    RANGE(mass_z, -5, 5),
    RANGE(leg_z, -5, 5),
    RANGE(talent_z, -8, 8),
    RANGE(slope_z, -5, 5),
    RANGE(fragility, 0, 20),
    RANGE(competitive_z, -5, 5),
    RANGE(anxiety_z, -5, 5),
    RANGE(confidence_z, -4, 4),
    RANGE(motivation_z, -4, 4),
    RANGE(stubborn_frac, 0, 1),
    RANGE(sociable_frac, 0, 1),
    RANGE(win_frac, 0, 1),
    RANGE(start_age_yr, 6, 60),
    RANGE(load_ratio, 0, 3),
    RANGE(technique, 0, 1),
    RANGE(active_until_yr, 6, 100),
};
#undef P
#undef RANGE
const record_table scenario_person = RECORD_TABLE(person_row);

static const record_row point_row[] = {
    RECORD_ROW_NUMBER(hm_scenario_point, age_yr, 0, 100),
    RECORD_ROW_NUMBER(hm_scenario_point, technique, 0, 1),
};
const record_table scenario_point = RECORD_TABLE(point_row);

static const record_row time_row[] = {
    RECORD_ROW_NUMBER(hm_scenario_time, age_yr, 6, 60),
    RECORD_ROW_NUMBER(hm_scenario_time, time_s, 8, 60),
};
const record_table scenario_time = RECORD_TABLE(time_row);

static const record_row switch_row[] = {
    RECORD_ROW_NAME(hm_scenario_switch, name),
    RECORD_ROW_TEXT(hm_scenario_switch, change),
    RECORD_ROW_TEXT(hm_scenario_switch, change_ja),
};
const record_table scenario_switch = RECORD_TABLE(switch_row);

static const record_row future_row[] = {
    RECORD_ROW_NAME(hm_scenario_future, name),
    RECORD_ROW_TEXT(hm_scenario_future, name_ja),
    RECORD_ROW_DATE(hm_scenario_future, date),
};
const record_table scenario_future = RECORD_TABLE(future_row);

static const record_row chapter_row[] = {
    RECORD_ROW_TEXT(hm_scenario_chapter, look),
    RECORD_ROW_TEXT(hm_scenario_chapter, title),
    RECORD_ROW_TEXT(hm_scenario_chapter, title_ja),
    RECORD_ROW_TEXT(hm_scenario_chapter, subtitle),
    RECORD_ROW_TEXT(hm_scenario_chapter, subtitle_ja),
};
const record_table scenario_chapter = RECORD_TABLE(chapter_row);

static const record_row line_row[] = {
    RECORD_ROW_NAME(hm_story_line, text),
    RECORD_ROW_TEXT(hm_story_line, text_ja),
};
const record_table scenario_line = RECORD_TABLE(line_row);

/* ---- events: each kind has its own fields behind the common ones ---- */

#define E(kind, f) RECORD_ROW_##kind(hm_scenario_event, f)
#define COMMON                                                                                     \
    RECORD_ROW_WORD(hm_scenario_event, kind, kind_word), E(DATE, date), E(TEXT, without),          \
        E(TEXT, unless)

static const record_row teach_row[] = {
    COMMON,
    E(DATE, until),
    RECORD_ROW_INT(hm_scenario_event, sessions, 1, 1000),
    RECORD_ROW_NUMBER(hm_scenario_event, salience, 1, 5),
};
static const record_row move_row[] = {
    COMMON,
    E(TEXT, club),
    RECORD_ROW_COUNT(hm_scenario_event, region, 0, 47),
};
static const record_row race_row[] = {
    COMMON,
    E(NAME, id),
    E(NAME, name),
    E(TEXT, name_ja),
    E(TEXT, venue),
    E(TEXT, round),
    RECORD_ROW_CHOICE(hm_scenario_event, level, level_word),
    RECORD_ROW_CHOICE(hm_scenario_event, final_of, type_word),
    E(BOOL, standing_start),
    E(BOOL, hand_timed),
    RECORD_ROW_COUNT(hm_scenario_event, field, 1, HM_LANE_MAX),
    RECORD_ROW_MAYBE(hm_scenario_event, wind_mps, -20, 20),
};
static const record_row injury_row[] = {
    COMMON,
    RECORD_ROW_WORD(hm_scenario_event, site, site_word),
    RECORD_ROW_NUMBER(hm_scenario_event, days_out, 1, 1400),
};
static const record_row coach_row[] = {
    COMMON,
    RECORD_ROW_MAYBE(hm_scenario_event, technique, 0, 1),
};
static const record_row leave_row[] = {COMMON};
static const record_row span_row[] = {COMMON, E(DAY, until)};
#undef E
#undef COMMON

const record_table scenario_event[HM_EVENT_COUNT] = {
    RECORD_TABLE(teach_row),  RECORD_TABLE(move_row),  RECORD_TABLE(race_row),
    RECORD_TABLE(injury_row), RECORD_TABLE(coach_row), RECORD_TABLE(leave_row),
    RECORD_TABLE(leave_row),  RECORD_TABLE(span_row),  RECORD_TABLE(span_row),
};
