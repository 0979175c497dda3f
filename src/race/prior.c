#include "race/prior.h"

#include <math.h>
#include <string.h>

#include "base/hash.h"
#include "base/rng.h"
#include "num/dmath.h"
#include "num/stat.h"

/* Each draw has its own number, so that knowing one value changes no other. */
enum draw { DRAW_AGE, DRAW_STATURE, DRAW_MASS, DRAW_REACTION, DRAW_TAU, DRAW_DECAY };

static const double cut_sd = 2.0; /* no draw lies further out; own */

/* Size by completed years, measured in summer: stature m, its sd, mass kg, its sd. Boys 6-17:
 * Japanese school survey 2013; girls 6-17: Aomori open data (masses' sd: as boys); verified. Adults
 * (25): athletes, own. The year that a child is in counts as its middle. */
typedef struct size {
    double age_yr, stature_m, stature_sd, mass_kg, mass_sd;
} size;

enum { N_SIZE = 14 };
static const size size_table[2][N_SIZE] = {
    [HM_SEX_MEN] = {{4.5, 1.040, 0.045, 17.0, 2.3},
                    {6.5, 1.166, 0.0496, 21.3, 3.4},
                    {7.5, 1.224, 0.0519, 23.9, 4.1},
                    {8.5, 1.282, 0.0538, 27.1, 5.0},
                    {9.5, 1.336, 0.0564, 30.4, 6.1},
                    {10.5, 1.390, 0.0615, 34.3, 7.5},
                    {11.5, 1.450, 0.0706, 38.3, 8.4},
                    {12.5, 1.523, 0.0790, 43.9, 9.7},
                    {13.5, 1.595, 0.0768, 48.8, 9.9},
                    {14.5, 1.650, 0.0675, 54.0, 10.0},
                    {15.5, 1.683, 0.0595, 58.9, 9.0},
                    {16.5, 1.720, 0.0587, 64.0, 8.0},
                    {17.5, 1.750, 0.0577, 68.0, 7.0},
                    {22.0, 1.800, 0.0500, 77.0, 6.0}},
    [HM_SEX_WOMEN] = {{4.5, 1.030, 0.045, 16.5, 2.3},
                      {6.5, 1.158, 0.0490, 21.0, 3.4},
                      {7.5, 1.217, 0.0517, 23.6, 4.1},
                      {8.5, 1.274, 0.0551, 26.6, 5.0},
                      {9.5, 1.335, 0.0618, 30.1, 6.1},
                      {10.5, 1.402, 0.0679, 34.2, 7.0},
                      {11.5, 1.470, 0.0676, 39.5, 7.5},
                      {12.5, 1.520, 0.0596, 44.4, 7.5},
                      {13.5, 1.552, 0.0542, 47.9, 7.0},
                      {14.5, 1.567, 0.0532, 50.6, 6.5},
                      {15.5, 1.590, 0.0529, 52.3, 6.0},
                      {16.5, 1.620, 0.0533, 54.5, 5.5},
                      {17.5, 1.640, 0.0536, 56.0, 5.0},
                      {22.0, 1.680, 0.0500, 58.5, 4.5}},
};

static double clamp(double v, double lo, double hi)
{
    return v < lo ? lo : v > hi ? hi : v;
}

uint64_t hm_prior_person(const char *name, int32_t lane)
{
    uint64_t h = name && name[0] ? hm_hash(HM_HASH_START, name, strlen(name)) : (uint64_t)lane;
    return h & ((UINT64_C(1) << 56) - 1);
}

uint32_t hm_prior_day(const char *meet, const char *date, const char *round)
{
    const char *part[] = {meet, date, round};
    uint64_t h = HM_HASH_START;
    for (int i = 0; i < 3; i++)
        if (part[i])
            h = hm_hash(h, part[i], strlen(part[i]) + 1);
    return (uint32_t)(h ^ (h >> 32));
}

/* Of the person: the same on every day. */
static double draw(uint64_t seed, uint64_t person, enum draw what, double mean, double sd)
{
    double u = hm_rng_unit(seed, HM_FOR_PRIOR, person, 0, (uint32_t)what);
    return hm_normal_cut(u, mean, sd, cut_sd);
}

static double draw_of_day(const hm_prior_key *k, enum draw what, double mean, double sd)
{
    double u = hm_rng_unit(k->seed, HM_FOR_PRIOR, k->person, k->day, (uint32_t)what);
    return hm_normal_cut(u, mean, sd, cut_sd);
}

static size size_at(hm_sex sex, double age_yr)
{
    const size *t = size_table[sex];
    int i = 1;
    while (i < N_SIZE - 1 && t[i].age_yr < age_yr)
        i++;
    double u = clamp((age_yr - t[i - 1].age_yr) / (t[i].age_yr - t[i - 1].age_yr), 0, 1);
    const size *a = &t[i - 1], *b = &t[i];
    return (size){age_yr, a->stature_m + u * (b->stature_m - a->stature_m),
                  a->stature_sd + u * (b->stature_sd - a->stature_sd),
                  a->mass_kg + u * (b->mass_kg - a->mass_kg),
                  a->mass_sd + u * (b->mass_sd - a->mass_sd)};
}

double hm_prior_age_yr(uint64_t seed, uint64_t person)
{
    /* peak ages of sprinters: Agudo-Ortega 2024, Haugen 2018, verified */
    return floor(draw(seed, person, DRAW_AGE, 25, 2.5));
}

double hm_prior_stature_m(const hm_prior_key *k)
{
    size s = size_at(k->sex, k->age_yr);
    return draw(k->seed, k->person, DRAW_STATURE, s.stature_m, s.stature_sd);
}

double hm_prior_mass_kg(const hm_prior_key *k, double stature_m)
{
    size s = size_at(k->sex, k->age_yr);
    double tall = stature_m / s.stature_m;
    /* with the square of stature, and an own part of 0.8 sd (correlation 0.6, recalled) */
    double mean = s.mass_kg * tall * tall;
    return clamp(draw(k->seed, k->person, DRAW_MASS, mean, 0.8 * s.mass_sd), 0.8 * mean,
                 1.4 * mean);
}

/* Time of a man who is as good as a woman of this time: 10.49 against 9.58 of the best. */
static double level_s(const hm_prior_key *k)
{
    double grown = clamp((k->age_yr - 12) / 6, 0, 1);
    return k->sex == HM_SEX_WOMEN ? k->time_s * (1 - 0.08 * grown) : k->time_s;
}

hm_reaction_law hm_prior_reaction_law(const hm_prior_key *k)
{
    /* elite: 0.080 + lognormal (0.069, 0.41), fitted to 24 finalists, computed; slower fields and
     * standing starts by eye and ear: own */
    double late = clamp((level_s(k) - 10.5) / 4, 0, 1);
    return (hm_reaction_law){.base_s = k->standing ? 0.110 : 0.080,
                             .median_s = 0.069 + 0.045 * late + (k->standing ? 0.020 : 0.0),
                             .spread = k->standing ? 0.28 : 0.41,
                             .least_s = 0.102,
                             .most_s = 0.400};
}

double hm_prior_reaction_s(const hm_prior_key *k)
{
    hm_reaction_law law = hm_prior_reaction_law(k);
    double z = draw_of_day(k, DRAW_REACTION, 0, 1);
    double r = law.base_s + law.median_s * hm_exp(law.spread * z);
    return floor(clamp(r, law.least_s, law.most_s) * 1000 + 0.5) / 1000;
}

hm_prior_shape hm_prior_shape_of(const hm_prior_key *k)
{
    /* elite: centre of four races (docs/physics/replay.md), computed; children: tau near 0.9 s,
     * slower adults: own */
    double level = level_s(k), adult = clamp((k->age_yr - 11) / 7, 0, 1);
    double slow = clamp(level - 9.8, 0, 8);
    double tau = 1.32 - slow * (0.050 + adult * (0.015 - 0.050));
    double decay = 0.060 * (9.8 / level) * (9.8 / level);
    hm_prior_shape s = {.tau_s_sd = 0.12, .decay_mps2_sd = 0.4 * decay};
    /* half the spread goes into the draw: the whole made rivals look erratic */
    s.tau_s = draw_of_day(k, DRAW_TAU, tau, 0.5 * s.tau_s_sd);
    /* V / tau below 9.7 m/s2, so that with the burst acceleration stays below 13 */
    s.tau_s = fmax(s.tau_s, 12.2 / level);
    s.decay_mps2 = draw_of_day(k, DRAW_DECAY, decay, 0.5 * s.decay_mps2_sd);
    s.burst_per_rate_s2 = k->standing ? 0.030 : 0.085;
    return s;
}
