#include "life/params.h"

static const uint32_t cookie = 0x6c696665u;

/* Sources in short: probe = a random search over 23 published figures by a yearly sketch of this
 * model, set A; calibrated = tools/calibrate_life.py, from those; assumed = nobody has measured it.
 * docs/physics/life.md */
#define AT(field) #field, offsetof(hm_life_params, field)
#define REAL      HM_OPTION_DOUBLE
#define ON(f, text)                                                                                \
    {                                                                                              \
        AT(f), HM_OPTION_BOOL, "", 1, 0, 1, NULL, text, ""                                         \
    }
static const hm_option row[] = {
    ON(injury, "injuries happen"),
    ON(mind, "anxiety, confidence, motivation and burnout act"),
    ON(rivals, "rivals act"),
    ON(ideas, "ideas pass and act"),
    ON(support, "selection is followed by support"),

    {AT(floor_s), REAL, "s", 9.359, 5, 20, NULL, "floor of the adult 100 m", "probe"},
    {AT(distance_ln), REAL, "ln s", 1.452, -2, 5, NULL,
     "log distance of the untrained median adult from the floor", "calibrated"},
    {AT(talent_ln), REAL, "ln per z", 0.2165, 0, 2, NULL, "spread of talent on it", "calibrated"},
    {AT(heritable_frac), REAL, "", 0.7, 0, 1, NULL, "inborn share of the variance of talent",
     "Alonso 2016"},
    {AT(timing_sd_y), REAL, "y", 0.86, 0, 3, NULL, "spread of the timing of growth",
     "heights, docs/physics/life.md"},
    {AT(timing_weight), REAL, "", 0.5048, 0, 3, NULL, "weight of that timing on speed",
     "calibrated"},
    {AT(drift_weight), REAL, "", 0.2948, 0, 1, NULL, "weight of slow drift against talent",
     "calibrated"},
    {AT(drift_kept_per_y), REAL, "", 0.8252, 0, 1, NULL, "of the drift that is left after a year",
     "probe"},
    {AT(trainable_ln), REAL, "ln", 0.4356, 0, 2, NULL, "mean of what training can bring",
     "calibrated"},
    {AT(trainable_log_sd), REAL, "ln", 0.2075, 0, 2, NULL, "its log-normal spread", "calibrated"},
    {AT(peak_age_y), REAL, "y", 26, 18, 35, NULL, "ageing begins",
     "Agudo-Ortega 2024, Haugen 2018"},

    {AT(train_rate_per_y), REAL, "per y", 0.1858, 0, 5, NULL,
     "share of what is left to train that a full year gains", "calibrated"},
    {AT(stock_frac), REAL, "", 0.75, 0, 1, NULL, "physical share of what training can bring",
     "assumed"},
    {AT(load_youth_frac), REAL, "", 0.6315, 0, 2, NULL, "load from 13 to 15", "probe"},
    {AT(load_child_frac), REAL, "", 0.6, 0, 2, NULL, "load before 13 against that", "probe"},
    {AT(detrain_y), REAL, "y", 2.5, 0.1, 50, NULL, "stock falls to 1/e without training in",
     "recalled 2 to 3"},
    {AT(technique_rate_per_y), REAL, "per y", 1, 0, 20, NULL,
     "share of the gap to the teacher's technique closed in a year", "assumed"},
    {AT(technique_alone), REAL, "", 0.3, 0, 1, NULL, "technique one comes to alone", "assumed"},
    {AT(technique_club), REAL, "", 0.6, 0, 1, NULL, "technique a club teaches", "assumed"},
    {AT(technique_teacher), REAL, "", 0.9, 0, 1, NULL, "technique a good teacher teaches",
     "assumed"},
    {AT(teach_frac), REAL, "", 0.06, 0, 1, NULL,
     "share of the gap that one session with a better runner closes", "assumed"},
    {AT(squad_load_frac), REAL, "", 1.1, 0, 3, NULL, "load with support against without",
     "assumed"},
    {AT(squad_trainable_frac), REAL, "", 1.108, 0, 3, NULL,
     "what training can bring with support against without", "calibrated"},
    {AT(form_ln), REAL, "ln", 0.010, 0, 0.1, NULL, "what the best form is worth",
     "practice; fitted constants scatter"},

    {AT(day_sd_ln), REAL, "ln", 0.0085, 0, 0.1, NULL, "luck of a day, sd",
     "Hopkins 2005, what is left of 1.0 %"},

    {AT(hamstring_per_week), REAL, "per week", 0.0040, 0, 0.5, NULL,
     "hazard of a hamstring injury, full-time senior", "assumed, to injury_facts.csv"},
    {AT(other_per_week), REAL, "per week", 0.0105, 0, 0.5, NULL, "hazard of any other injury",
     "assumed, to injury_facts.csv"},
    {AT(history_ln), REAL, "ln", 0.5, -2, 5, NULL, "hazard after an injury of the same site",
     "assumed"},
    {AT(recent_ln), REAL, "ln", 0.8, -2, 5, NULL, "and in the week of return from it, for 26 weeks",
     "assumed"},
    {AT(age_ln_per_y), REAL, "ln per y", 0.03, -1, 1, NULL, "hazard by age from 22 on", "assumed"},
    {AT(load_ln), REAL, "ln", 0.6, -2, 5, NULL, "hazard by load, against full-time",
     "Jacobsson 2013: 1.79 between quartiles"},
    {AT(spike_ln), REAL, "ln", 0.4, -2, 5, NULL, "hazard by load above 1.3 of the last four weeks",
     "contested, recalled"},
    {AT(early_season_ratio), REAL, "", 1.3, 0, 5, NULL, "hazard in the first 13 weeks",
     "Yeung 2009, kept small"},
    {AT(late_season_ratio), REAL, "", 0.9, 0, 5, NULL, "hazard after them", "the rest of a year"},
    {AT(child_hazard_ratio), REAL, "", 0.35, 0, 5, NULL, "hazard below school age 15", "probe"},
    {AT(hamstring_days), REAL, "d", 11.5, 0.5, 200, NULL, "median days out, hamstring",
     "Pollock 2022: mean 18.6"},
    {AT(other_days), REAL, "d", 23, 0.5, 200, NULL, "median days out, other",
     "Jacobsson 2013: 51 % above three weeks"},
    {AT(hamstring_days_log_sd), REAL, "ln", 0.9, 0, 3, NULL, "spread of its logarithm",
     "Pollock 2022"},
    {AT(other_days_log_sd), REAL, "ln", 1.0, 0, 3, NULL, "spread of its logarithm",
     "Jacobsson 2013"},
    {AT(tendon_frac), REAL, "", 0.08, 0, 1, NULL, "hamstring injuries that reach the tendon",
     "Pollock 2022"},
    {AT(tendon_ratio), REAL, "", 2.5, 1, 10, NULL, "and last longer by", "Pollock 2022"},
    {AT(return_ln), REAL, "ln", 0.015, 0, 0.2, NULL,
     "slower in the week of return, gone with 8 weeks", "Mendiguchia 2014, soccer"},

    {AT(anxiety_ln), REAL, "ln per z", 0.0020, -0.02, 0.02, NULL, "what anxiety costs",
     "sign Woodman and Hardy 2003, size assumed"},
    {AT(confidence_ln), REAL, "ln per z", 0.0025, -0.02, 0.02, NULL, "what confidence brings",
     "sign Woodman and Hardy 2003, size assumed"},
    {AT(rival_ln), REAL, "ln", 0.0020, -0.02, 0.02, NULL, "what a rival in the race brings",
     "sign Kilduff 2014, size assumed"},
    {AT(psych_most_ln), REAL, "ln", 0.010, 0, 0.1, NULL, "mind and rival move a time no further",
     "assumed"},
    {AT(confidence_sd), REAL, "z", 0.8, 0, 5, NULL, "spread of confidence as a trait", "assumed"},

    {AT(rival_gap_s), REAL, "s", 0.10, 0.001, 2, NULL, "a finish this close counts 1/e", "assumed"},
    {AT(rival_age_y), REAL, "y", 2, 0.1, 20, NULL, "an age gap of this counts 1/e",
     "rivals are alike in age: Kilduff 2014"},
    {AT(rival_kept_frac), REAL, "", 0.9, 0, 1, NULL, "of a rivalry kept at each race", "assumed"},
    {AT(rival_from), REAL, "", 1.379, 0, 20, NULL, "a rival from this strength on", "calibrated"},

    {AT(idea_rate), REAL, "", 0.05, 0, 1, NULL, "share of a gap of beliefs that a meeting closes",
     "assumed"},
    {AT(practice_chance), REAL, "per week", 1e-4, 0, 1, NULL, "takes up a practice alone",
     "assumed; noise: arXiv 1810.03579"},
    {AT(practice_pull), REAL, "per week", 0.02, 0, 1, NULL,
     "for each adopter beyond one's threshold", "assumed"},

    {AT(club_13_frac), REAL, "", 0.021, 1e-4, 0.9, NULL, "of a class has joined a club by 13",
     "JAAF 2017; a third sprint, recalled; participation.csv"},
    {AT(join_slope), REAL, "logit", 2.185, -20, 20, NULL, "for 8.5 % faster than the median",
     "calibrated"},
    {AT(join_early_logit), REAL, "logit", -0.8006, -20, 20, NULL, "at 11 against 13", "calibrated"},
    {AT(join_high_logit), REAL, "logit", -1.93, -20, 20, NULL, "at 16 against 13", "calibrated"},
    {AT(join_late_logit), REAL, "logit", -5.435, -40, 20, NULL,
     "each year from 17 to 22 against 13", "calibrated"},
    {AT(rejoin_logit), REAL, "logit", -5.0, -40, 20, NULL,
     "each year from 16 to 22 for one who left, against 13", "set by hand to the targets"},
    {AT(join_motivation_logit), REAL, "logit per z", 0.35, -5, 5, NULL, "for motivation", "probe"},
    {AT(leave_child_logit), REAL, "logit", -2.4, -20, 20, NULL, "leaves in a year, below 15",
     "probe"},
    {AT(leave_15_logit), REAL, "logit", 0.2024, -20, 20, NULL, "at the end of junior high school",
     "calibrated"},
    {AT(leave_youth_logit), REAL, "logit", -2.2, -20, 20, NULL, "at 16 and 17", "probe"},
    {AT(leave_slope), REAL, "logit", -0.09289, -20, 20, NULL,
     "up to 17, for 5 % faster than a good one of his age", "calibrated"},
    {AT(leave_18_logit), REAL, "logit", 2.337, -20, 20, NULL, "at the end of high school",
     "calibrated"},
    {AT(leave_18_slope), REAL, "logit", -0.6602, -20, 20, NULL, "then, for 5 % faster",
     "calibrated"},
    {AT(leave_univ_logit), REAL, "logit", -2.356, -20, 20, NULL, "from 19 to 21", "probe"},
    {AT(leave_22_logit), REAL, "logit", 2.334, -20, 20, NULL, "at the end of university", "probe"},
    {AT(leave_senior_logit), REAL, "logit", -0.8758, -20, 20, NULL, "later", "calibrated"},
    {AT(leave_senior_slope), REAL, "logit", -0.5563, -20, 20, NULL,
     "from 22 for 2 % faster than senior_s; a quarter of it from 19 to 21", "probe"},
    {AT(leave_age_logit_per_y), REAL, "logit per y", 0.12, -5, 5, NULL, "for each year beyond",
     "probe"},
    {AT(leave_age_y), REAL, "y", 27, 15, 60, NULL, "this age", "probe"},
    {AT(leave_motivation_logit), REAL, "logit per z", -0.45, -5, 5, NULL, "for motivation",
     "probe"},
    {AT(leave_injury_logit), REAL, "logit", 0.3, -5, 5, NULL, "when injured that year", "probe"},
    {AT(leave_burnout_logit), REAL, "logit", 1.2, -5, 5, NULL, "when burnt out",
     "sign Isoard-Gautheur 2016, size assumed"},
    {AT(squad_stay_logit), REAL, "logit", -0.2859, -10, 10, NULL, "with the support of a squad",
     "calibrated"},
    {AT(senior_s), REAL, "s", 11.46, 5, 20, NULL, "a senior of this time stands at the middle",
     "probe"},
    {AT(club_technique_sd), REAL, "", 0.12, 0, 1, NULL, "spread of what clubs can teach",
     "assumed"},
    {AT(club_autonomy_sd), REAL, "", 0.4, 0, 1, NULL, "spread of how much coaches leave to one",
     "assumed"},
};
#undef AT
#undef REAL
#undef ON

_Static_assert(sizeof row / sizeof *row == 85, "a field of hm_life_params lacks its row");

const hm_option_table hm_life_params_table = {"life", sizeof(hm_life_params),
                                              sizeof row / sizeof *row, row};

hm_life_params hm_life_params_default(hm_sex sex)
{
    hm_life_params p = {.cookie = cookie};
    hm_option_defaults(&hm_life_params_table, &p);
    if (sex == HM_SEX_WOMEN) { /* calibrated but floor and timing; careers are men's:
                                  docs/physics/life.md */
        p.floor_s = 10.15;
        p.distance_ln = 1.839;
        p.talent_ln = 0.2155;
        p.timing_sd_y = 0.783;
        p.senior_s = 12.97;
        p.peak_age_y = 26.5; /* half a year after men: Agudo-Ortega 2024, 25.79 and 25.31 */
    }
    return p;
}
