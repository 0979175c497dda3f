#include "targets_priv.h"

#include <math.h>
#include <stdlib.h>

#include "life/growth.h"
#include "life/quick.h"
#include "num/dmath.h"
#include "num/stat.h"

/* ---- what only bodies decide: a survey of untrained people ---- */

static double untrained_s(const hm_quick *k, const hm_person *p, uint64_t seed, double age_y,
                          hm_life_state *s)
{
    *s = hm_life_state_first(seed, p, &k->params);
    return hm_quick_level_s(k, p, s, age_y);
}

static int32_t label_of(const hm_target *t)
{
    const char *space = strchr(t->group, ' ');
    return space ? (int32_t)strtol(space + 1, NULL, 10) : 0;
}

void target_survey(const hm_target_worlds *w, hm_target *t)
{
    static const double tested = 0.6; /* labels are completed years, tested over the year */
    hm_sex sex = target_sex(t);
    double age_y = label_of(t) + tested;
    target_mean m = {0};
    hm_quick k;
    hm_quick_init(&w->params[sex], &k);
    for (int32_t i = 0; i < w->n_survey; i++) {
        hm_life_state s;
        hm_person p = hm_person_draw(w->seed, (uint64_t)i, sex, &w->params[sex]);
        target_take(&m, t->id[1] == '1' ? (untrained_s(&k, &p, w->seed, age_y, &s) + 0.6) / 2
                                        : hm_height_cm(&p, age_y));
    }
    target_tell(t, &m, 1);
    if (strcmp(t->id, "T3s") == 0) {
        t->got = target_sd_of(&m);
        t->got_se = t->got / sqrt(2 * m.n);
    }
}

/* Slope of ln T on age within a class, each weighted by his chance to enter. */
void target_age_cost(const hm_target_worlds *w, hm_target *t)
{
    const hm_life_params *q = &w->params[HM_SEX_MEN];
    int32_t label = label_of(t);
    double join_logit = hm_join_logit(q, HM_SEX_MEN);
    double sw = 0, sx = 0, sy = 0, sxx = 0, sxy = 0, syy = 0, sw2 = 0;
    hm_quick k;
    hm_quick_init(q, &k);
    for (int32_t i = 0; i < w->n_survey; i++) {
        hm_life_state s;
        hm_person p = hm_person_draw(w->seed, (uint64_t)i, HM_SEX_MEN, q);
        double x = label + 1 - p.birth_frac, t_s = untrained_s(&k, &p, w->seed, x, &s);
        hm_career_case c = {.school_age = 13,
                            .class_age_y = label + 0.5,
                            .t_s = t_s,
                            .motivation_z = p.motivation_z,
                            .join_logit = join_logit,
                            .exit_ratio = 1};
        double v = hm_join_chance(q, &c), y = hm_log(t_s);
        sw += v;
        sw2 += v * v;
        sx += v * x;
        sy += v * y;
        sxx += v * x * x;
        sxy += v * x * y;
        syy += v * y * y;
    }
    double vx = sxx / sw - sx * sx / (sw * sw), vy = syy / sw - sy * sy / (sw * sw);
    double slope = (sxy / sw - sx * sy / (sw * sw)) / vx, n = sw * sw / sw2;
    t->got = -100 * slope;
    t->got_se = 100 * sqrt(fmax(vy / vx - slope * slope, 0) / n);
}

/* Bone age tells speed: correlation of age less timing with time, ages as in the study. */
void target_maturity(const hm_target_worlds *w, hm_target *t)
{
    static const double mean_y = 13.9, sd_y = 0.8; /* of the group: data/life/maturity_facts.csv */
    const hm_sex sex = target_sex(t);
    double n = w->n_survey, sx = 0, sy = 0, sxx = 0, sxy = 0, syy = 0;
    hm_quick k;
    hm_quick_init(&w->params[sex], &k);
    for (int32_t i = 0; i < w->n_survey; i++) {
        hm_life_state s;
        hm_person p = hm_person_draw(w->seed, (uint64_t)i, sex, &w->params[sex]);
        double age_y = mean_y + sd_y * hm_normal_of((i + 0.5) / n);
        double x = age_y - p.timing_y, y = untrained_s(&k, &p, w->seed, age_y, &s);
        sx += x;
        sy += y;
        sxx += x * x;
        sxy += x * y;
        syy += y * y;
    }
    double r = (n * sxy - sx * sy) / sqrt((n * sxx - sx * sx) * (n * syy - sy * sy));
    t->got = r;
    t->got = -r;
    t->got_se = (1 - r * r) / sqrt(n);
}

void target_ageing(const hm_target_worlds *w, hm_target *t)
{
    const hm_life_params *q = &w->params[HM_SEX_MEN];
    t->got = 100 * 2 * (hm_ageing_ln(q, 40) - hm_ageing_ln(q, 35));
    t->got_se = 0;
}
