#include "life/person.h"

#include <math.h>

#include "base/rng.h"
#include "num/dmath.h"
#include "num/stat.h"

/* Which number of the key each constant is made of. Only grows. */
enum {
    BIRTH,
    HEIGHT,
    MASS,
    LEG,
    TIMING,
    INBORN,
    SURROUNDINGS,
    TRAINABLE,
    SLOPE,
    FRAGILE,
    COMPETITIVE,
    ANXIETY,
    CONFIDENCE,
    MOTIVATION,
    STUBBORN,
    SOCIABLE,
    WINNING
};

/* spread of adult height: docs/physics/life.md */
static const double height_cv[] = {0.0337, 0.0334};

static double unit(uint64_t seed, uint64_t id, uint32_t what)
{
    return hm_rng_unit(seed, HM_FOR_PERSON, id, 0, what);
}

static double normal(uint64_t seed, uint64_t id, uint32_t what)
{
    return hm_normal_of(unit(seed, id, what));
}

/* Gamma of shape 3 and mean 1: three waiting times. */
static double gamma3(uint64_t seed, uint64_t id)
{
    hm_draw4 d = hm_rng(seed, HM_FOR_PERSON, id, 0, FRAGILE);
    double product = 1;
    for (int i = 0; i < 3; i++)
        product *= (d.u[i] + 0.5) / 4294967296.0;
    return -hm_log(product) / 3;
}

hm_person hm_person_draw(uint64_t seed, uint64_t id, hm_sex sex, const hm_life_params *params)
{
    double h2 = params->heritable_frac;
    double log_sd = params->trainable_log_sd;
    return (hm_person){
        .id = id,
        .sex = sex,
        .birth_frac = unit(seed, id, BIRTH),
        .height_ratio = 1 + height_cv[sex] * normal(seed, id, HEIGHT),
        .mass_z = normal(seed, id, MASS),
        .leg_z = normal(seed, id, LEG),
        .timing_y = params->timing_sd_y * normal(seed, id, TIMING),
        .talent_z =
            sqrt(h2) * normal(seed, id, INBORN) + sqrt(1 - h2) * normal(seed, id, SURROUNDINGS),
        .trainable_ln = params->trainable_ln *
                        hm_exp(log_sd * normal(seed, id, TRAINABLE) - log_sd * log_sd / 2),
        .slope_z = normal(seed, id, SLOPE),
        .fragility = gamma3(seed, id),
        .competitive_z = normal(seed, id, COMPETITIVE),
        .anxiety_z = normal(seed, id, ANXIETY),
        .confidence_z = params->confidence_sd * normal(seed, id, CONFIDENCE),
        .motivation_z = normal(seed, id, MOTIVATION),
        .stubborn_frac = unit(seed, id, STUBBORN),
        .sociable_frac = unit(seed, id, SOCIABLE),
        .win_frac = unit(seed, id, WINNING),
    };
}
