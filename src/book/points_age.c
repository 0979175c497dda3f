#include "book/points.h"

const char *const hm_points_age_edition = "WMA Appendix B 2023";

enum {
    AGE_MIN = HM_POINTS_GRADE_AGE_MIN,
    N_AGE = HM_POINTS_AGE_MAX - HM_POINTS_GRADE_AGE_MIN + 1,
    GROUP_YR = 5
};

/* One-year factors times 10000 and open standards, WMA Appendix B 2023 by way of athlib
 * (Apache-2.0), equal in all 486 values: data/rules/wma_2023_age_factors.csv. That of a five-year
 * group is the one of its youngest age. */
static const struct ages {
    hm_points_event event;
    hm_sex sex;
    int32_t open_standard_cs;
    int16_t factor_x10000[N_AGE]; /* ages 30 to 110 */
} ages[] = {
    {HM_POINTS_60M,
     HM_SEX_MEN,
     634,
     {10000, 10000, 10000, 10000, 10000, 9991, 9946, 9901, 9855, 9809, 9763, 9716, 9669, 9622,
      9574,  9526,  9478,  9429,  9380,  9331, 9281, 9232, 9181, 9131, 9080, 9029, 8978, 8926,
      8874,  8822,  8769,  8716,  8663,  8610, 8556, 8502, 8448, 8393, 8338, 8283, 8228, 8172,
      8116,  8060,  8003,  7946,  7889,  7832, 7774, 7716, 7658, 7593, 7521, 7442, 7357, 7264,
      7164,  7058,  6944,  6824,  6696,  6562, 6421, 6273, 6118, 5956, 5787, 5612, 5429, 5239,
      5043,  4840,  4630,  4412,  4189,  3958, 3720, 3475, 3224, 2965, 2700}},
    {HM_POINTS_60M,
     HM_SEX_WOMEN,
     695,
     {10000, 10000, 10000, 10000, 10000, 10000, 10000, 10000, 10000, 10000, 9985, 9909, 9834, 9760,
      9686,  9613,  9541,  9469,  9398,  9328,  9259,  9190,  9122,  9055,  8988, 8922, 8857, 8793,
      8729,  8666,  8603,  8541,  8480,  8420,  8360,  8300,  8242,  8184,  8127, 8070, 8014, 7958,
      7903,  7849,  7796,  7743,  7690,  7632,  7569,  7501,  7427,  7348,  7263, 7173, 7078, 6977,
      6871,  6759,  6643,  6520,  6393,  6260,  6121,  5977,  5828,  5673,  5513, 5348, 5177, 5000,
      4818,  4631,  4438,  4240,  4036,  3827,  3613,  3393,  3167,  2936,  2700}},
    {HM_POINTS_100M,
     HM_SEX_MEN,
     958,
     {10000, 10000, 10000, 10000, 10000, 9999, 9932, 9866, 9799, 9733, 9668, 9602, 9537, 9473,
      9409,  9345,  9281,  9218,  9155,  9093, 9031, 8969, 8908, 8847, 8786, 8726, 8666, 8606,
      8546,  8487,  8429,  8370,  8312,  8254, 8197, 8139, 8083, 8026, 7970, 7914, 7858, 7803,
      7748,  7693,  7638,  7584,  7530,  7477, 7423, 7370, 7317, 7257, 7190, 7116, 7035, 6946,
      6850,  6747,  6637,  6520,  6396,  6264, 6125, 5980, 5827, 5666, 5499, 5324, 5142, 4953,
      4757,  4554,  4343,  4126,  3901,  3669, 3429, 3183, 2929, 2668, 2400}},
    {HM_POINTS_100M,
     HM_SEX_WOMEN,
     1054,
     {10000, 10000, 10000, 10000, 10000, 10000, 10000, 10000, 9960, 9885, 9810, 9735, 9661, 9588,
      9514,  9441,  9368,  9295,  9223,  9151,  9080,  9008,  8937, 8866, 8796, 8726, 8656, 8586,
      8517,  8447,  8379,  8310,  8242,  8174,  8106,  8038,  7971, 7904, 7838, 7771, 7705, 7639,
      7573,  7508,  7442,  7377,  7313,  7248,  7184,  7114,  7040, 6960, 6875, 6785, 6690, 6590,
      6484,  6373,  6258,  6137,  6011,  5879,  5743,  5601,  5454, 5302, 5145, 4983, 4815, 4642,
      4464,  4281,  4093,  3900,  3701,  3497,  3288,  3074,  2854, 2630, 2400}},
    {HM_POINTS_200M,
     HM_SEX_MEN,
     1919,
     {10000, 10000, 9981, 9917, 9854, 9791, 9729, 9667, 9605, 9543, 9482, 9421, 9360, 9299,
      9239,  9179,  9120, 9060, 9001, 8942, 8883, 8825, 8767, 8709, 8652, 8594, 8537, 8480,
      8424,  8368,  8312, 8256, 8200, 8145, 8090, 8035, 7980, 7926, 7872, 7818, 7764, 7711,
      7658,  7605,  7552, 7500, 7447, 7388, 7322, 7249, 7170, 7083, 6990, 6890, 6783, 6669,
      6549,  6421,  6287, 6146, 5998, 5843, 5682, 5513, 5338, 5156, 4966, 4771, 4568, 4358,
      4142,  3918,  3688, 3451, 3207, 2957, 2699, 2435, 2163, 1885, 1600}},
    {HM_POINTS_200M,
     HM_SEX_WOMEN,
     2153,
     {10000, 10000, 10000, 10000, 10000, 10000, 10000, 10000, 9939, 9863, 9787, 9712, 9636, 9561,
      9486,  9411,  9337,  9262,  9188,  9114,  9040,  8966,  8893, 8819, 8746, 8673, 8600, 8527,
      8454,  8382,  8309,  8237,  8165,  8093,  8022,  7950,  7879, 7807, 7736, 7665, 7594, 7524,
      7453,  7382,  7312,  7242,  7172,  7102,  7032,  6956,  6875, 6787, 6693, 6593, 6486, 6374,
      6256,  6132,  6002,  5865,  5723,  5574,  5420,  5259,  5092, 4920, 4741, 4556, 4365, 4168,
      3965,  3756,  3541,  3319,  3092,  2858,  2619,  2373,  2122, 1864, 1600}},
};

static hm_status find_ages(hm_points_event event, hm_sex sex, int32_t age_yr, int32_t least_yr,
                           const struct ages **found, hm_err *err)
{
    const char *name = hm_points_event_text(event);
    if (age_yr < least_yr || age_yr > HM_POINTS_AGE_MAX)
        return hm_err_set(err, HM_ERR_INPUT, "age factors", 0, 0, "age",
                          "expected %d to %d years, found %d", least_yr, HM_POINTS_AGE_MAX, age_yr);
    for (size_t i = 0; i < sizeof ages / sizeof *ages; i++)
        if (ages[i].event == event && ages[i].sex == sex) {
            *found = &ages[i];
            return HM_OK;
        }
    return hm_err_set(err, HM_ERR_INPUT, "age factors", 0, 0, name,
                      "there are none for %s, only for 60m, 100m, 200m", name);
}

hm_status hm_points_masters_score(hm_points_event event, hm_sex sex, int32_t age_yr,
                                  int32_t time_cs, hm_points_masters *score, hm_err *err)
{
    HM_ASSERT(time_cs > 0);
    const struct ages *a = NULL;
    HM_TRY(find_ages(event, sex, age_yr, HM_POINTS_MASTERS_AGE_MIN, &a, err));
    int32_t group_yr = age_yr - age_yr % GROUP_YR;
    int32_t factor = a->factor_x10000[group_yr - AGE_MIN];
    hm_points_masters m = {
        .group_yr = group_yr,
        .factor_x10000 = factor,
        .factored_cs = (int32_t)(((int64_t)time_cs * factor + 9999) / 10000),
    };
    HM_TRY(hm_points_combined(event, sex, m.factored_cs, &m.points, err));
    *score = m;
    return HM_OK;
}

hm_status hm_points_masters_worth(hm_points_event event, hm_sex sex, int32_t age_yr, int32_t points,
                                  int32_t *time_cs, hm_err *err)
{
    const struct ages *a = NULL;
    int32_t factored_cs;
    HM_TRY(find_ages(event, sex, age_yr, HM_POINTS_MASTERS_AGE_MIN, &a, err));
    HM_TRY(hm_points_combined_worth(event, sex, points, &factored_cs, err));
    /* rounded up it is at most factored_cs exactly if it is so before rounding */
    *time_cs = factored_cs * 10000 / a->factor_x10000[age_yr - age_yr % GROUP_YR - AGE_MIN];
    return HM_OK;
}

hm_status hm_points_age_grade(hm_points_event event, hm_sex sex, int32_t age_yr, int32_t time_cs,
                              hm_points_grade *grade, hm_err *err)
{
    HM_ASSERT(time_cs > 0);
    const struct ages *a = NULL;
    HM_TRY(find_ages(event, sex, age_yr, HM_POINTS_GRADE_AGE_MIN, &a, err));
    int32_t factor = a->factor_x10000[age_yr - AGE_MIN];
    int64_t share = a->open_standard_cs * INT64_C(100000000) / ((int64_t)time_cs * factor);
    *grade = (hm_points_grade){.factor_x10000 = factor,
                               .open_standard_cs = a->open_standard_cs,
                               .percent_x100 = (int32_t)share};
    return HM_OK;
}
