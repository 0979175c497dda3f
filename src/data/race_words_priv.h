/* race_words_priv.h - the words that stand for enums in the files. */
#ifndef HM_DATA_RACE_WORDS_PRIV_H
#define HM_DATA_RACE_WORDS_PRIV_H

enum { DATA_N_STATUS = 4, DATA_N_MODE = 2, DATA_N_SEX = 2, DATA_N_FOOT = 2, DATA_N_FILLED = 6 };

static const char *const data_status_word[DATA_N_STATUS] = {"ok", "dns", "dnf", "dq"};
static const char *const data_mode_word[DATA_N_MODE] = {"replay", "simulate"};
static const char *const data_sex_word[DATA_N_SEX] = {"men", "women"};
static const char *const data_foot_word[DATA_N_FOOT] = {"left", "right"};

/* bit k of hm_lane.filled */
static const char *const data_filled_word[DATA_N_FILLED] = {"reaction_s", "splits", "stature_m",
                                                            "mass_kg",    "age_yr", "sex"};

#endif
