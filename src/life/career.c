#include "life/career.h"

#include <math.h>

#include "num/dmath.h"
#include "num/stat.h"

static double chance(double logit)
{
    return 1 / (1 + hm_exp(-logit));
}

/* ---- references ---- */

double hm_time_median_s(const hm_life_params *q, hm_sex sex, double age_y)
{
    return hm_growth_ratio(sex, age_y) * (q->floor_s + hm_exp(q->distance_ln));
}

double hm_time_good_s(const hm_life_params *q, hm_sex sex, double age_y)
{
    static const double talent_z = 1.3, trained_ln = 0.2; /* probe */
    double over = q->distance_ln - q->talent_ln * talent_z - trained_ln;
    return hm_growth_ratio(sex, age_y) * (q->floor_s + hm_exp(over));
}

static double standing(double reference_s, double t_s, double unit_ln)
{
    return hm_log(reference_s / t_s) / unit_ln;
}

/* ---- joining ---- */

bool hm_can_join(int32_t school_age)
{
    return school_age == 11 || school_age == 13 || (school_age >= 16 && school_age <= 22);
}

static double join_offset(const hm_life_params *q, const hm_career_case *c)
{
    if (c->was_in)
        return c->school_age >= 16 ? q->rejoin_logit : -100;
    if (c->school_age == 11)
        return q->join_early_logit;
    if (c->school_age == 13)
        return 0;
    return c->school_age == 16 ? q->join_high_logit : q->join_late_logit;
}

static const double spread_ln = 0.085; /* of the whole school population; probe */

double hm_join_chance(const hm_life_params *q, const hm_career_case *c)
{
    if (!hm_can_join(c->school_age))
        return 0;
    double st = standing(hm_time_median_s(q, c->sex, c->class_age_y), c->t_s, spread_ln);
    return chance(c->join_logit + join_offset(q, c) + q->join_slope * st +
                  q->join_motivation_logit * c->motivation_z);
}

/* What moves people of a class at 13 beside the constant: a standing and a motivation of normal
 * talent, age and wish, by their quantiles. */
enum { N_TALENT = 24, N_AGE = 12, N_WISH = 6, N_MOVED = N_TALENT * N_AGE * N_WISH };

static double quantile(int i, int n)
{
    return hm_normal_of((i + 0.5) / n);
}

static void moved_of_a_class(const hm_life_params *q, hm_sex sex, double moved[N_MOVED])
{
    static const double class_y = 12.5; /* hm_class_age_y(13, 0) */
    static const double birth_sd_y = 0.288675;
    double timing_y = q->timing_sd_y * q->timing_weight;
    double age_sd_y = sqrt(timing_y * timing_y + birth_sd_y * birth_sd_y);
    double skill = (1 - q->stock_frac) * q->trainable_ln * q->technique_alone;
    double median_s = hm_time_median_s(q, sex, class_y);
    double *at = moved;
    for (int i = 0; i < N_TALENT; i++) {
        double over = q->distance_ln - q->talent_ln * quantile(i, N_TALENT) - skill;
        double grown_s = q->floor_s + hm_exp(over);
        for (int j = 0; j < N_AGE; j++) {
            double bio_y = class_y + age_sd_y * quantile(j, N_AGE);
            double t_s = grown_s * hm_growth_ratio(sex, bio_y);
            for (int k = 0; k < N_WISH; k++)
                *at++ = q->join_slope * standing(median_s, t_s, spread_ln) +
                        q->join_motivation_logit * quantile(k, N_WISH);
        }
    }
}

double hm_join_logit(const hm_life_params *q, hm_sex sex)
{
    double moved[N_MOVED], lo = -40, hi = 20;
    moved_of_a_class(q, sex, moved);
    while (hi - lo > 1e-9) {
        double mid = (lo + hi) / 2, in = 0;
        for (int i = 0; i < N_MOVED; i++)
            in += 1 -
                  (1 - chance(mid + moved[i])) * (1 - chance(mid + q->join_early_logit + moved[i]));
        if (in < q->club_13_frac * N_MOVED)
            lo = mid;
        else
            hi = mid;
    }
    return (lo + hi) / 2;
}

/* ---- leaving ---- */

bool hm_is_school_end(int32_t school_age)
{
    return school_age == 12 || school_age == 15 || school_age == 18 || school_age == 22;
}

/* The logit by its reasons. */
typedef struct reasons {
    double school, level, motivation, burnout, injury, age, squad;
} reasons;

static void senior(const hm_life_params *q, const hm_career_case *c, reasons *r)
{
    static const double unit_ln = 0.02, student_part = 0.25; /* probe */
    double st = standing(q->senior_s, c->t_s, unit_ln);
    bool student = c->school_age < 22;
    r->level = q->leave_senior_slope * st * (student ? student_part : 1);
    r->school = student               ? q->leave_univ_logit
                : c->school_age == 22 ? q->leave_22_logit
                                      : q->leave_senior_logit;
    if (c->school_age > 22)
        r->age = q->leave_age_logit_per_y * fmax(c->school_age - q->leave_age_y, 0);
}

static void pupil(const hm_life_params *q, const hm_career_case *c, reasons *r)
{
    static const double unit_ln = 0.05; /* probe */
    double st = standing(hm_time_good_s(q, c->sex, c->class_age_y), c->t_s, unit_ln);
    bool last = c->school_age == 18;
    r->level = st * (last ? q->leave_18_slope : q->leave_slope);
    r->school = last                  ? q->leave_18_logit
                : c->school_age < 15  ? q->leave_child_logit
                : c->school_age == 15 ? q->leave_15_logit
                                      : q->leave_youth_logit;
}

static reasons reasons_of(const hm_life_params *q, const hm_career_case *c)
{
    static const double burnt_out = 0.7; /* recalled: 1-10 % of athletes are */
    reasons r = {.motivation = q->leave_motivation_logit * c->motivation_z,
                 .burnout = c->burnout_frac > burnt_out ? q->leave_burnout_logit : 0,
                 .injury = c->injured ? q->leave_injury_logit : 0,
                 .squad = c->squad && q->support ? q->squad_stay_logit : 0};
    if (c->school_age > 18)
        senior(q, c, &r);
    else
        pupil(q, c, &r);
    return r;
}

double hm_chance_in_weeks(double chance_per_y, double weeks)
{
    return -hm_expm1(hm_log1p(-fmin(chance_per_y, 1 - 1e-12)) * weeks / 52);
}

double hm_leave_chance(const hm_life_params *q, const hm_career_case *c)
{
    reasons r = reasons_of(q, c);
    double p = chance(r.school + r.level + r.motivation + r.burnout + r.injury + r.age + r.squad);
    return c->exit_ratio == 1 ? p : hm_chance_in_weeks(p, 52 * c->exit_ratio);
}

/* ---- why ---- */

static const char *const exit_word[] = {
#define HM_EXIT_WORD(name, word) word,
    HM_EXIT_LIST(HM_EXIT_WORD)
#undef HM_EXIT_WORD
};

const char *hm_exit_word(hm_exit exit)
{
    return exit_word[exit];
}

hm_exit hm_leave_cause(const hm_life_params *q, const hm_career_case *c)
{
    reasons r = reasons_of(q, c);
    /* the end of a school weighs as what it adds to a year between */
    double between = c->school_age > 18 ? q->leave_univ_logit : q->leave_youth_logit;
    double end = hm_is_school_end(c->school_age) ? r.school - between : 0;
    const struct {
        double weight;
        hm_exit exit;
    } side[] = {{end, HM_EXIT_SCHOOL},
                {r.level, HM_EXIT_LEVEL},
                {r.motivation, HM_EXIT_MOTIVATION},
                {r.burnout, HM_EXIT_BURNOUT},
                {r.injury, HM_EXIT_INJURY},
                {r.age, HM_EXIT_AGE}};
    double most = 0.2; /* below that nothing of these: other things in life */
    hm_exit cause = HM_EXIT_LIFE;
    for (size_t i = 0; i < sizeof side / sizeof *side; i++)
        if (side[i].weight > most) {
            most = side[i].weight;
            cause = side[i].exit;
        }
    return cause;
}
