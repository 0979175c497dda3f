#include "story_priv.h"

static const char *const stage_word[HM_STAGE_COUNT] = {"primary", "junior_high", "high_school",
                                                       "university", "corporate"};

/* as in life/account.h, which this room does not see; tests/contract/test_story_file.c compares */
static const char *const term_word[HM_STORY_TERM_COUNT] = {
    "growth", "timing", "training", "technique", "detraining", "form",      "injury",
    "ageing", "luck",   "mind",     "rival",     "idea",       "conditions"};

static const char *const belief_word[HM_STORY_BELIEF_COUNT] = {"joy",   "fastest", "effort",
                                                               "order", "form",    "fear"};

static const char *const sex_word[] = {"men", "women"};

const char *hm_stage_of_life_word(hm_stage_of_life stage)
{
    return (int)stage >= 0 && stage < HM_STAGE_COUNT ? stage_word[stage] : NULL;
}

const char *hm_story_term_word(int32_t term)
{
    return term >= 0 && term < HM_STORY_TERM_COUNT ? term_word[term] : NULL;
}

const char *hm_story_belief_word(int32_t belief)
{
    return belief >= 0 && belief < HM_STORY_BELIEF_COUNT ? belief_word[belief] : NULL;
}

/* Bounds are wide: against slips, not against wonders. */
enum { YEAR_LO = 1, YEAR_HI = 9999, WEEK_HI = 52 * 200 };

static const record_row head_row[] = {
    RECORD_ROW_TEXT(hm_story, title),
    RECORD_ROW_TEXT(hm_story, title_ja),
    RECORD_ROW_TEXT(hm_story, scenario),
    RECORD_ROW_INT(hm_story, first_year, YEAR_LO, YEAR_HI),
    RECORD_ROW_INT(hm_story, last_year, YEAR_LO, YEAR_HI),
    RECORD_ROW_NAME(hm_story, year_begins),
};
const record_table story_head = RECORD_TABLE(head_row);

static const record_row person_row[] = {
    RECORD_ROW_NAME(hm_story_person, id),
    RECORD_ROW_NAME(hm_story_person, name),
    RECORD_ROW_TEXT(hm_story_person, name_ja),
    RECORD_ROW_DATE(hm_story_person, born),
    RECORD_ROW_WORD(hm_story_person, sex, sex_word),
    RECORD_ROW_BOOL(hm_story_person, pinned),
    RECORD_ROW_TEXT(hm_story_person, kind),
    RECORD_ROW_TEXT(hm_story_person, kit),
    RECORD_ROW_MAYBE(hm_story_person, pb_s, 5, 300),
    RECORD_ROW_MAYBE(hm_story_person, pb_age_yr, 0, 130),
    RECORD_ROW_TEXT(hm_story_person, exit),
    RECORD_ROW_INT(hm_story_person, exit_week, -1, WEEK_HI),
};
const record_table story_person = RECORD_TABLE(person_row);

static const record_row season_row[] = {
    RECORD_ROW_INT(hm_story_season, year, YEAR_LO, YEAR_HI),
    RECORD_ROW_NUMBER(hm_story_season, age_yr, 0, 130),
    RECORD_ROW_WORD(hm_story_season, stage, stage_word),
    RECORD_ROW_NAME(hm_story_season, standing),
    RECORD_ROW_MAYBE(hm_story_season, best_s, 5, 300),
    RECORD_ROW_NUMBER(hm_story_season, start_s, 5, 300),
    RECORD_ROW_NUMBER(hm_story_season, end_s, 5, 300),
    RECORD_ROW_INT(hm_story_season, n_race, 0, 1000),
    RECORD_ROW_INT(hm_story_season, weeks_trained, 0, 53),
    RECORD_ROW_INT(hm_story_season, weeks_out, 0, 53),
    RECORD_ROW_NUMBER(hm_story_season, height_cm, 50, 260),
    RECORD_ROW_NUMBER(hm_story_season, mass_kg, 5, 300),
    RECORD_ROW_NUMBER(hm_story_season, technique, 0, 1),
    RECORD_ROW_NUMBER(hm_story_season, confidence_z, -20, 20),
    RECORD_ROW_NUMBER(hm_story_season, motivation_z, -20, 20),
    RECORD_ROW_NUMBER(hm_story_season, burnout_frac, 0, 1),
};
const record_table story_season = RECORD_TABLE(season_row);

static const record_row race_row[] = {
    RECORD_ROW_NAME(hm_story_race, id),
    RECORD_ROW_NAME(hm_story_race, name),
    RECORD_ROW_TEXT(hm_story_race, name_ja),
    RECORD_ROW_DATE(hm_story_race, date),
    RECORD_ROW_TEXT(hm_story_race, venue),
    RECORD_ROW_WORD(hm_story_race, stage, stage_word),
    RECORD_ROW_NAME(hm_story_race, level),
    RECORD_ROW_TEXT(hm_story_race, round),
    RECORD_ROW_INT(hm_story_race, week, 0, WEEK_HI),
    RECORD_ROW_NUMBER(hm_story_race, wind_mps, -20, 20),
    RECORD_ROW_NUMBER(hm_story_race, temp_c, -40, 55),
    RECORD_ROW_BOOL(hm_story_race, standing_start),
    RECORD_ROW_BOOL(hm_story_race, hand_timed),
};
const record_table story_race = RECORD_TABLE(race_row);

static const record_row run_row[] = {
    RECORD_ROW_INT(hm_story_run, lane, 1, HM_LANE_MAX),
    RECORD_ROW_INT(hm_story_run, place, 1, HM_LANE_MAX),
    RECORD_ROW_NUMBER(hm_story_run, expected_s, 5, 300),
    RECORD_ROW_NUMBER(hm_story_run, age_yr, 0, 130),
    RECORD_ROW_NUMBER(hm_story_run, height_cm, 50, 260),
    RECORD_ROW_NUMBER(hm_story_run, mass_kg, 5, 300),
    RECORD_ROW_NUMBER(hm_story_run, technique, 0, 1),
    RECORD_ROW_NUMBER(hm_story_run, anxiety_z, -20, 20),
    RECORD_ROW_NUMBER(hm_story_run, confidence_z, -20, 20),
    RECORD_ROW_INT(hm_story_run, n_rival, 0, HM_LANE_MAX),
    RECORD_ROW_WORD(hm_story_run, belief, belief_word),
    RECORD_ROW_NUMBER(hm_story_run, belief_frac, 0, 1),
};
const record_table story_run = RECORD_TABLE(run_row);

static const record_row meeting_row[] = {RECORD_ROW_INT(hm_story_meeting, count, 1, 100 * 1000)};
const record_table story_meeting = RECORD_TABLE(meeting_row);

static const record_row idea_row[] = {
    RECORD_ROW_INT(hm_story_idea, week, 0, WEEK_HI),
    RECORD_ROW_DATE(hm_story_idea, date),
    RECORD_ROW_NAME(hm_story_idea, how),
    RECORD_ROW_NUMBER(hm_story_idea, before, 0, 1),
    RECORD_ROW_NUMBER(hm_story_idea, after, 0, 1),
};
const record_table story_idea = RECORD_TABLE(idea_row);

static const record_row practice_row[] = {
    RECORD_ROW_INT(hm_story_practice, week, 0, WEEK_HI),
    RECORD_ROW_DATE(hm_story_practice, date),
    RECORD_ROW_NAME(hm_story_practice, practice),
    RECORD_ROW_INT(hm_story_practice, around, 0, HM_STORY_PEOPLE_MAX),
};
const record_table story_practice = RECORD_TABLE(practice_row);

static const record_row injury_row[] = {
    RECORD_ROW_INT(hm_story_injury, week, 0, WEEK_HI),
    RECORD_ROW_DATE(hm_story_injury, date),
    RECORD_ROW_NAME(hm_story_injury, site),
    RECORD_ROW_NUMBER(hm_story_injury, days_out, 0, 5000),
    RECORD_ROW_BOOL(hm_story_injury, recurrence),
};
const record_table story_injury = RECORD_TABLE(injury_row);

static const record_row rival_row[] = {
    RECORD_ROW_INT(hm_story_rival, week, 0, WEEK_HI),
    RECORD_ROW_NUMBER(hm_story_rival, strength, 0, 1000),
    RECORD_ROW_INT(hm_story_rival, meetings, 1, 100 * 1000),
};
const record_table story_rival = RECORD_TABLE(rival_row);

static const record_row future_row[] = {
    RECORD_ROW_NAME(hm_story_future, name),
    RECORD_ROW_TEXT(hm_story_future, name_ja),
    RECORD_ROW_TEXT(hm_story_future, change),
    RECORD_ROW_INT(hm_story_future, n, 1, 1000 * 1000),
    RECORD_ROW_INT(hm_story_future, from_week, 0, WEEK_HI),
    RECORD_ROW_MAYBE(hm_story_future, pb_s_lo90, 5, 300),
    RECORD_ROW_MAYBE(hm_story_future, pb_s_median, 5, 300),
    RECORD_ROW_MAYBE(hm_story_future, pb_s_hi90, 5, 300),
    RECORD_ROW_MAYBE(hm_story_future, p_active_30, 0, 1),
    RECORD_ROW_MAYBE(hm_story_future, p_meets, 0, 1),
    RECORD_ROW_MAYBE(hm_story_future, p_wins, 0, 1),
    RECORD_ROW_INT(hm_story_future, first_year, YEAR_LO, YEAR_HI),
};
const record_table story_future = RECORD_TABLE(future_row);

static const record_row odds_row[] = {
    RECORD_ROW_NAME(hm_story_odds, race),
    RECORD_ROW_NUMBER(hm_story_odds, p_meets, 0, 1),
    RECORD_ROW_MAYBE(hm_story_odds, p_wins, 0, 1),
    RECORD_ROW_MAYBE(hm_story_odds, p_ahead, 0, 1),
};
const record_table story_odds = RECORD_TABLE(odds_row);

static const record_row chapter_row[] = {
    RECORD_ROW_TEXT(hm_story_chapter, look),        RECORD_ROW_TEXT(hm_story_chapter, title),
    RECORD_ROW_TEXT(hm_story_chapter, title_ja),    RECORD_ROW_TEXT(hm_story_chapter, subtitle),
    RECORD_ROW_TEXT(hm_story_chapter, subtitle_ja),
};
const record_table story_chapter = RECORD_TABLE(chapter_row);

static const record_row line_row[] = {
    RECORD_ROW_NAME(hm_story_line, text),
    RECORD_ROW_TEXT(hm_story_line, text_ja),
};
const record_table story_line = RECORD_TABLE(line_row);
