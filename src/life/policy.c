#include "life/cohort.h"

static const uint32_t policy_cookie = 0x706f6c79u, cohort_cookie = 0x636f6872u;

#define AT(type, field) #field, offsetof(type, field)

static const hm_option policy_row[] = {
    {AT(hm_policy, cutoff_day), HM_OPTION_INT, "d", 92, 1, 365, NULL,
     "day of the year that parts two classes, 92 = 2 April", "Japan"},
    {AT(hm_policy, squad_from_age), HM_OPTION_INT, "y", 13, 7, 60, NULL,
     "school age of the first selection for a squad", "assumed"},
    {AT(hm_policy, squad_youth_per_100k), HM_OPTION_DOUBLE, "", 10, 0, 100000, NULL,
     "places up to 18 for 100,000 of a class", "assumed"},
    {AT(hm_policy, squad_student_per_100k), HM_OPTION_DOUBLE, "", 20, 0, 100000, NULL,
     "places from 19 to 22", "assumed"},
    {AT(hm_policy, squad_senior_per_100k), HM_OPTION_DOUBLE, "", 10, 0, 100000, NULL,
     "places later", "assumed"},
    {AT(hm_policy, age_corrected), HM_OPTION_BOOL, "", 0, 0, 1, NULL,
     "up to 15 chosen by time for exact age instead of by time", ""},
    {AT(hm_policy, late_entry), HM_OPTION_BOOL, "", 1, 0, 1, NULL,
     "clubs take beginners from 17 on", ""},
    {AT(hm_policy, rejoin), HM_OPTION_BOOL, "", 1, 0, 1, NULL,
     "clubs take back those who left, from 16 on", ""},
};
_Static_assert(sizeof policy_row / sizeof *policy_row == 8, "a field of hm_policy lacks its row");

static const char *const sex_word[] = {"men", "women", NULL};
static const hm_option cohort_row[] = {
    {AT(hm_cohort_opts, seed), HM_OPTION_SEED, "", 1, 0, 9007199254740992.0, NULL,
     "number of the world", ""},
    {AT(hm_cohort_opts, people), HM_OPTION_INT, "", 100000, 1, 10000000, NULL, "people of a class",
     ""},
    {AT(hm_cohort_opts, sex), HM_OPTION_WORD, "", 0, 0, 0, sex_word, "men or women", ""},
    {AT(hm_cohort_opts, district_people), HM_OPTION_INT, "", 1000, 10, 100000, NULL,
     "people of a class in a district", "assumed"},
    {AT(hm_cohort_opts, clubs), HM_OPTION_INT, "", 1, 1, 100, NULL, "clubs in a district",
     "assumed"},
    {AT(hm_cohort_opts, everybody), HM_OPTION_BOOL, "", 0, 0, 1, NULL,
     "all join at six and stay, for measuring the program", ""},
};
_Static_assert(sizeof cohort_row / sizeof *cohort_row == 6,
               "a field of hm_cohort_opts lacks its row");
#undef AT

const hm_option_table hm_policy_table = {"policy", sizeof(hm_policy),
                                         sizeof policy_row / sizeof *policy_row, policy_row};
const hm_option_table hm_cohort_table = {"cohort", sizeof(hm_cohort_opts),
                                         sizeof cohort_row / sizeof *cohort_row, cohort_row};

hm_policy hm_policy_default(void)
{
    hm_policy p = {.cookie = policy_cookie};
    hm_option_defaults(&hm_policy_table, &p);
    return p;
}

hm_cohort_opts hm_cohort_default(void)
{
    hm_cohort_opts o = {.cookie = cohort_cookie};
    hm_option_defaults(&hm_cohort_table, &o);
    return o;
}
