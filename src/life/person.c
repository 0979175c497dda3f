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
    WINNING,
    FRAGILE_2,
    FRAGILE_3,
    N_NUMBER
};

/* spread of adult height: docs/physics/life.md */
static const double height_cv[] = {0.0337, 0.0334};

/* Uniform numbers of one key: four to a draw. */
typedef struct numbers {
    hm_draw4 draw[(N_NUMBER + 3) / 4];
} numbers;

static numbers numbers_of(uint64_t seed, uint64_t id)
{
    numbers n;
    for (uint32_t i = 0; i < sizeof n.draw / sizeof *n.draw; i++)
        n.draw[i] = hm_rng(seed, HM_FOR_PERSON, id, 0, i);
    return n;
}

static double unit(const numbers *n, int what)
{
    return (n->draw[what / 4].u[what % 4] + 0.5) / 4294967296.0;
}

static double normal(const numbers *n, int what)
{
    return hm_normal_near(unit(n, what));
}

/* Gamma of shape 3 and mean 1: three waiting times. */
static double gamma3(const numbers *n)
{
    return -hm_log(unit(n, FRAGILE) * unit(n, FRAGILE_2) * unit(n, FRAGILE_3)) / 3;
}

hm_person hm_person_draw(uint64_t seed, uint64_t id, hm_sex sex, const hm_life_params *params)
{
    numbers n = numbers_of(seed, id);
    double h2 = params->heritable_frac;
    double log_sd = params->trainable_log_sd;
    return (hm_person){
        .id = id,
        .sex = sex,
        .birth_frac = unit(&n, BIRTH),
        .height_ratio = 1 + height_cv[sex] * normal(&n, HEIGHT),
        .mass_z = normal(&n, MASS),
        .leg_z = normal(&n, LEG),
        .timing_y = params->timing_sd_y * normal(&n, TIMING),
        .talent_z = sqrt(h2) * normal(&n, INBORN) + sqrt(1 - h2) * normal(&n, SURROUNDINGS),
        .trainable_ln =
            params->trainable_ln * hm_exp(log_sd * normal(&n, TRAINABLE) - log_sd * log_sd / 2),
        .slope_z = normal(&n, SLOPE),
        .fragility = gamma3(&n),
        .competitive_z = normal(&n, COMPETITIVE),
        .anxiety_z = normal(&n, ANXIETY),
        .confidence_z = params->confidence_sd * normal(&n, CONFIDENCE),
        .motivation_z = normal(&n, MOTIVATION),
        .stubborn_frac = unit(&n, STUBBORN),
        .sociable_frac = unit(&n, SOCIABLE),
        .win_frac = unit(&n, WINNING),
    };
}
