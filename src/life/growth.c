#include "life/growth.h"

#include <math.h>

#include "num/dmath.h"

/* ---- height: Preece-Baines 1, fitted to the Japanese tables in data/life ---- */

typedef struct curve {
    double h1_cm, htheta_cm, s0_per_y, s1_per_y, theta_y;
} curve;

static const curve curve_of[] = {
    /* data/life/growth_parameters.csv */
    {170.86, 158.79, 0.1191, 1.1522, 13.458},
    {157.85, 147.12, 0.1372, 1.0916, 11.606},
};

static double own_age_y(const curve *c, const hm_person *p, double age_y)
{
    return age_y * c->theta_y / (c->theta_y + p->timing_y);
}

double hm_height_cm(const hm_person *p, double age_y)
{
    const curve *c = &curve_of[p->sex];
    double t_y = own_age_y(c, p, age_y) - c->theta_y;
    double sum = hm_exp(c->s0_per_y * t_y) + hm_exp(c->s1_per_y * t_y);
    return p->height_ratio * (c->h1_cm - 2 * (c->h1_cm - c->htheta_cm) / sum);
}

double hm_height_velocity_cm_per_y(const hm_person *p, double age_y)
{
    const curve *c = &curve_of[p->sex];
    double pace = c->theta_y / (c->theta_y + p->timing_y);
    double t_y = own_age_y(c, p, age_y) - c->theta_y;
    double e0 = hm_exp(c->s0_per_y * t_y), e1 = hm_exp(c->s1_per_y * t_y);
    double rise = (c->s0_per_y * e0 + c->s1_per_y * e1) / ((e0 + e1) * (e0 + e1));
    return p->height_ratio * pace * 2 * (c->h1_cm - c->htheta_cm) * rise;
}

double hm_phv_age_y(const hm_person *p)
{
    /* all persons of a sex share one shape: the age is that of the average, at his own pace */
    static const double average_y[] = {12.93, 10.84};
    const curve *c = &curve_of[p->sex];
    return average_y[p->sex] * (c->theta_y + p->timing_y) / c->theta_y;
}

/* ---- mass and legs: tables by completed age, 6 to 17 ---- */

enum { N_AGE = 12 };

/* Survey labels are completed years, tested over the year: label + 0.6 (docs/physics/life.md). */
static const double first_age_y = 6.6;

/* data/life/jp_growth_by_age.csv; the sd of girls' mass is the boys' share of the mean */
static const double mass_kg[][N_AGE] = {
    {21.3, 23.9, 27.1, 30.4, 34.3, 38.3, 43.9, 48.8, 54.0, 58.9, 61.0, 62.8},
    {21.0, 23.6, 26.6, 30.1, 34.2, 39.5, 44.4, 47.9, 50.6, 52.3, 53.4, 53.7},
};
static const double mass_sd_frac[N_AGE] = {0.160, 0.172, 0.185, 0.201, 0.219, 0.219,
                                           0.221, 0.203, 0.185, 0.180, 0.170, 0.169};
static const double height_cm[][N_AGE] = {
    {116.6, 122.4, 128.2, 133.6, 139.0, 145.0, 152.3, 159.5, 165.0, 168.3, 169.9, 170.7},
    {115.8, 121.7, 127.4, 133.5, 140.2, 147.0, 152.0, 155.2, 156.7, 157.3, 157.8, 158.0},
};
static const double height_sd_cm[][N_AGE] = {
    {4.96, 5.19, 5.38, 5.64, 6.15, 7.06, 7.90, 7.68, 6.75, 5.95, 5.87, 5.77},
    {4.90, 5.17, 5.51, 6.18, 6.79, 6.76, 5.96, 5.42, 5.32, 5.29, 5.33, 5.36},
};
static const double leg_frac[][N_AGE] = {
    {.4443, .4477, .4524, .4566, .4604, .4648, .4668, .4683, .4661, .4635, .4620, .4610},
    {.4430, .4470, .4505, .4547, .4579, .4599, .4592, .4594, .4582, .4571, .4569, .4576},
};

static double by_age(const double v[N_AGE], double age_y)
{
    double at = age_y - first_age_y;
    int32_t i = at <= 0 ? 0 : at >= N_AGE - 1 ? N_AGE - 2 : (int32_t)at;
    double u = fmin(fmax(at - i, 0), 1);
    return v[i] + u * (v[i + 1] - v[i]);
}

double hm_leg_length_cm(const hm_person *p, double age_y)
{
    static const double own_sd = 0.009; /* [1] of the height; recalled */
    /* who matures early has his legs early */
    double frac = by_age(leg_frac[p->sex], age_y - p->timing_y) + own_sd * p->leg_z;
    return frac * hm_height_cm(p, age_y);
}

double hm_mass_kg(const hm_person *p, double age_y)
{
    static const double with_height = 0.6;                 /* correlation; recalled */
    static const double grown_kg[] = {4, 1}, grown_y = 22; /* after the table; recalled */
    double height_z = (hm_height_cm(p, age_y) - by_age(height_cm[p->sex], age_y)) /
                      by_age(height_sd_cm[p->sex], age_y);
    double z = with_height * height_z + sqrt(1 - with_height * with_height) * p->mass_z;
    double last_y = first_age_y + N_AGE - 1;
    double grown = grown_kg[p->sex] * fmin(fmax((age_y - last_y) / (grown_y - last_y), 0), 1);
    /* masses lean to the heavy side: a log-normal of that mean and spread */
    double cv = by_age(mass_sd_frac, age_y), log_sd = sqrt(hm_log1p(cv * cv));
    return (by_age(mass_kg[p->sex], age_y) + grown) * hm_exp(log_sd * z - log_sd * log_sd / 2);
}

/* ---- what a coach would reckon ---- */

double hm_maturity_mirwald_y(hm_sex sex, double age_y, double h_cm, double leg_cm, double m_kg)
{
    /* Mirwald 2002 as in J. Sports Sci. Med. 21:640, table 2 */
    double sit_cm = h_cm - leg_cm, ratio = 100 * m_kg / h_cm;
    if (sex == HM_SEX_MEN)
        return -9.236 + 0.0002708 * leg_cm * sit_cm - 0.001663 * age_y * leg_cm +
               0.007216 * age_y * sit_cm + 0.02292 * ratio;
    return -9.376 + 0.0001882 * leg_cm * sit_cm + 0.0022 * age_y * leg_cm +
           0.005841 * age_y * sit_cm - 0.002658 * age_y * m_kg + 0.07693 * ratio;
}

double hm_maturity_moore_y(hm_sex sex, double age_y, double h_cm, double leg_cm)
{
    /* Moore 2015, recalled in part */
    if (sex == HM_SEX_MEN)
        return -8.125741 + 0.0070346 * age_y * (h_cm - leg_cm);
    return -7.709133 + 0.0042232 * age_y * h_cm;
}

/* ---- speed by age ---- */

/* How far maturing early or late moves the age of one's speed: while it lasts. */
static double timing_at(double age_y)
{
    static const double child = 0.45;
    if (age_y < 9)
        return child;
    if (age_y < 12)
        return child + (1 - child) * (age_y - 9) / 3;
    if (age_y < 15.5)
        return 1;
    return fmax(0, 1 - (age_y - 15.5) / 4);
}

double hm_bio_age_y(const hm_life_params *params, const hm_person *p, double age_y)
{
    return age_y - p->timing_y * params->timing_weight * timing_at(age_y);
}

enum { N_RATIO = 12 };

static const double first_ratio_y = 6.5;
static const double ratio[][N_RATIO] = {
    /* data/life/growth_ratio.csv, by tools/fit_growth_ratio.py */
    {1.64566, 1.54138, 1.46153, 1.37035, 1.28638, 1.24332, 1.17877, 1.09779, 1.06197, 1.03471,
     1.00000, 1.00000},
    {1.39878, 1.29756, 1.22561, 1.16829, 1.11585, 1.07561, 1.05244, 1.01951, 1.00976, 1.00000,
     1.00000, 1.00000},
};

double hm_growth_ratio(hm_sex sex, double bio_age_y)
{
    double at = bio_age_y - first_ratio_y;
    if (at <= 0)
        return ratio[sex][0];
    if (at >= N_RATIO - 1)
        return 1;
    int32_t i = (int32_t)at;
    return ratio[sex][i] + (at - i) * (ratio[sex][i + 1] - ratio[sex][i]);
}

double hm_growth_ln(hm_sex sex, double bio_age_y)
{
    return bio_age_y >= first_ratio_y + N_RATIO - 1 ? 0 : hm_log(hm_growth_ratio(sex, bio_age_y));
}

double hm_ageing_ln(const hm_life_params *params, double age_y)
{
    /* 1/y, 1/y^2; then evenly: Korhonen 2003, 5-6 % in ten years from 35 */
    static const double first = 0.0015, bend = 0.0004, late = 0.0055, bend_y = 6;
    double over_y = age_y - params->peak_age_y;
    if (over_y <= 0)
        return 0;
    double in_bend_y = fmin(over_y, bend_y);
    return first * in_bend_y + bend * in_bend_y * in_bend_y + late * (over_y - in_bend_y);
}
