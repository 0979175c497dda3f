#include "targets_priv.h"

#include <math.h>

void target_speed_spread(const hm_target_worlds *w, hm_target *t)
{
    target_mean m = {0};
    for (int32_t c = 0; c < w->n_middle; c++) {
        const hm_class *k = &w->middle[c];
        double mid = k->speed_sum_s / k->speed_n;
        target_take(&m, sqrt(fmax(k->speed_sum2_s2 / k->speed_n - mid * mid, 0)) / mid);
    }
    target_tell(t, &m, 100);
}

void target_club_mean(const hm_target_worlds *w, hm_target *t)
{
    bool high = strstr(t->group, "high school") != NULL, girls = target_sex(t) == HM_SEX_WOMEN;
    int32_t age = high ? 18 : strstr(t->group, "2") ? 14 : 15;
    int from = high ? 0 : 1, to = high ? 0 : 2; /* April; May and June */
    target_mean m = {0};
    for (int32_t c = 0; c < (girls ? w->n_women : w->n_middle); c++) {
        const hm_class_year *y = hm_class_at(girls ? &w->women[c] : &w->middle[c], age);
        double n = 0, sum_s = 0;
        for (int i = from; i <= to; i++) {
            n += (double)y->n_trial[i];
            sum_s += y->trial_s[i];
        }
        target_take(&m, sum_s / n);
    }
    target_tell(t, &m, 1);
}

static double members(const hm_class *c, int32_t from_age, int32_t to_age)
{
    double sum = 0;
    for (int32_t a = from_age; a <= to_age; a++)
        sum += (double)hm_class_at(c, a)->member;
    return sum / (to_age - from_age + 1);
}

void target_stage_kept(const hm_target_worlds *w, hm_target *t)
{
    bool high = strstr(t->quantity, "-> high") != NULL;
    target_mean m = {0};
    for (int32_t c = 0; c < w->n_middle || c < w->n_women; c++) {
        double before = 0, after = 0;
        for (int i = 0; i < 2; i++) {
            if (c >= (i ? w->n_women : w->n_middle))
                continue;
            const hm_class *k = i ? &w->women[c] : &w->middle[c];
            before += high ? members(k, 13, 15) : members(k, 16, 18);
            after += high ? members(k, 16, 18) : members(k, 19, 22);
        }
        if (before > 0)
            target_take(&m, after / before);
    }
    target_tell(t, &m, 100);
}

/* Share of a class in sprint clubs, mean of a school's years; both sexes as the registers have it.
 */
void target_members(const hm_target_worlds *w, hm_target *t)
{
    int32_t from = strcmp(t->group, "junior high") == 0 ? 13 : 16;
    target_mean m = {0};
    for (int32_t c = 0; c < w->n_middle; c++)
        target_take(&m, members(&w->middle[c], from, from + 2) / (double)w->middle[c].people);
    for (int32_t c = 0; c < w->n_women; c++)
        target_take(&m, members(&w->women[c], from, from + 2) / (double)w->women[c].people);
    target_tell(t, &m, 100);
}

void target_early_late(const hm_target_worlds *w, hm_target *t)
{
    target_mean m = {0};
    for (int32_t c = 0; c < w->n_middle; c++) {
        double early = 0, late = 0;
        for (int32_t a = 11; a <= 18; a++) {
            early += (double)hm_class_at(&w->middle[c], a)->member_timing[0];
            late += (double)hm_class_at(&w->middle[c], a)->member_timing[2];
        }
        if (late > 0)
            target_take(&m, early / late);
    }
    target_tell(t, &m, 1);
}

/* A ratio of sums over the grown (18 and over, or all), class by class. */
typedef double count_of(const hm_class_year *y);
static double n_season(const hm_class_year *y)
{
    return (double)y->season;
}
static double n_injured(const hm_class_year *y)
{
    return (double)y->season_injured;
}
static double n_hamstring(const hm_class_year *y)
{
    return (double)y->season_hamstring;
}
static double n_injury(const hm_class_year *y)
{
    return (double)y->injury;
}
static double n_long(const hm_class_year *y)
{
    return (double)y->injury_long;
}
static double n_rival_base(const hm_class_year *y)
{
    return (double)y->rival_base;
}
static double n_rival_any(const hm_class_year *y)
{
    return (double)y->rival_any;
}
static double n_rival_sum(const hm_class_year *y)
{
    return (double)y->rival_sum;
}
static double n_spread(const hm_class_year *y)
{
    return (double)y->n_spread;
}
static double n_spread_fast(const hm_class_year *y)
{
    return (double)y->n_spread_fast;
}
static double spread_var(const hm_class_year *y)
{
    return y->spread_var;
}
static double spread_fast_var(const hm_class_year *y)
{
    return y->spread_fast_var;
}

static void ratio_of(const hm_target_worlds *w, hm_target *t, count_of *up, count_of *down,
                     int32_t from_age, double scale, bool root)
{
    target_mean m = {0};
    for (int32_t c = 0; c < w->n_middle; c++) {
        double a = 0, b = 0;
        for (int32_t age = from_age; age <= HM_CLASS_LAST_AGE; age++) {
            a += up(hm_class_at(&w->middle[c], age));
            b += down(hm_class_at(&w->middle[c], age));
        }
        if (b > 0)
            target_take(&m, root ? sqrt(a / b) : a / b);
    }
    target_tell(t, &m, scale);
}

void target_race_spread(const hm_target_worlds *w, hm_target *t)
{
    bool all = strcmp(t->group, "all") == 0;
    ratio_of(w, t, all ? spread_var : spread_fast_var, all ? n_spread : n_spread_fast, 18, 100,
             true);
}

void target_injured(const hm_target_worlds *w, hm_target *t)
{
    bool any = strncmp(t->quantity, "any", 3) == 0;
    ratio_of(w, t, any ? n_injured : n_long, any ? n_season : n_injury, 18, 100, false);
}

void target_hamstring(const hm_target_worlds *w, hm_target *t)
{
    ratio_of(w, t, n_hamstring, n_season, 18, 100, false);
}

void target_rivals(const hm_target_worlds *w, hm_target *t)
{
    bool share = strcmp(t->unit, "pct") == 0;
    ratio_of(w, t, share ? n_rival_any : n_rival_sum, share ? n_rival_base : n_rival_any,
             HM_CLASS_FIRST_AGE, share ? 100 : 1, false);
}
