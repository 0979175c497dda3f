#include "life/targets.h"

#include "embedded_priv.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "io/csv.h"
#include "io/number.h"
#include "life/growth.h"
#include "life/quick.h"
#include "num/dmath.h"

/* ---- the table ---- */

enum { ID, QUANTITY, GROUP, VALUE, LO, HI, UNIT, PEOPLE, DEFINITION, SOURCE };

static double number(const char *text)
{
    double v;
    return hm_number_parse(text, '.', &v) == HM_NUMBER_OK ? v : (double)NAN;
}

hm_status hm_targets_read(hm_arena *arena, int32_t *n, hm_target **target, hm_err *err)
{
    hm_csv csv;
    HM_TRY(hm_csv_parse("validation_targets.csv", life_targets_csv, life_targets_csv_n, arena, &csv,
                        err));
    hm_target *out = HM_PUSH(arena, hm_target, csv.n_row);
    if (!out)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    for (int32_t i = 0; i < csv.n_row; i++) {
        const hm_csv_cell *c = csv.row[i].cell;
        out[i] = (hm_target){.id = c[ID].text,
                             .quantity = c[QUANTITY].text,
                             .group = c[GROUP].text,
                             .unit = c[UNIT].text,
                             .definition = c[DEFINITION].text,
                             .source = c[SOURCE].text,
                             .value = number(c[VALUE].text),
                             .lo = number(c[LO].text),
                             .hi = number(c[HI].text),
                             .got = (double)NAN,
                             .got_se = (double)NAN};
    }
    *n = csv.n_row;
    *target = out;
    return HM_OK;
}

/* ---- lists of a ring ---- */

typedef struct entry {
    int32_t sb_us;
    uint64_t who;
} entry;

static int by_time(const void *a, const void *b)
{
    const entry *x = a, *y = b;
    if (x->sb_us != y->sb_us)
        return x->sb_us < y->sb_us ? -1 : 1;
    return x->who < y->who ? -1 : x->who > y->who;
}

static int by_who(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

static const hm_class *class_of(int32_t n_class, const hm_class c[], int32_t season, int32_t age)
{
    return &c[((season - age) % n_class + n_class) % n_class];
}

/* The best of one season, from the lists of its classes. */
static int32_t season_list(int32_t n_class, const hm_class c[], int32_t season, int32_t from_age,
                           int32_t to_age, int32_t most, entry e[])
{
    int32_t n = 0;
    for (int32_t a = from_age; a <= to_age; a++) {
        const hm_class *cl = class_of(n_class, c, season, a);
        const hm_class_year *y = hm_class_at(cl, a);
        for (int32_t k = 0; k < y->n_list && k < most; k++)
            e[n++] = (entry){y->list[k].sb_us, (uint64_t)(cl - c) << 32 | y->list[k].person};
    }
    qsort(e, (size_t)n, sizeof *e, by_time);
    return n < most ? n : most;
}

hm_status hm_ever_listed(int32_t n_class, const hm_class c[], int32_t from_age, int32_t to_age,
                         int32_t most, hm_arena *arena, hm_ever *out, hm_err *err)
{
    int32_t n = 0;
    *out = (hm_ever){0, NULL};
    if (n_class == 0)
        return HM_OK;
    entry *e = HM_PUSH(arena, entry, (to_age - from_age + 1) * most);
    uint64_t *who = HM_PUSH(arena, uint64_t, n_class * most);
    if (!e || !who)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    for (int32_t s = 0; s < n_class; s++) {
        int32_t m = season_list(n_class, c, s, from_age, to_age, most, e);
        for (int32_t k = 0; k < m; k++)
            who[n++] = e[k].who;
    }
    qsort(who, (size_t)n, sizeof *who, by_who);
    *out = (hm_ever){0, who};
    for (int32_t k = 0; k < n; k++)
        if (k == 0 || who[k] != who[k - 1])
            who[out->n++] = who[k];
    return HM_OK;
}

int32_t hm_ever_both(const hm_ever *a, const hm_ever *b)
{
    int32_t n = 0;
    for (int32_t i = 0, k = 0; i < a->n; i++) {
        while (k < b->n && b->who[k] < a->who[i])
            k++;
        n += k < b->n && b->who[k] == a->who[i];
    }
    return n;
}

/* ---- a mean over values, with its error ---- */

typedef struct mean {
    double n, sum, sum2;
} mean;

static void take(mean *m, double v)
{
    m->n++;
    m->sum += v;
    m->sum2 += v * v;
}

static double mean_of(const mean *m)
{
    return m->n > 0 ? m->sum / m->n : (double)NAN;
}

static double sd_of(const mean *m)
{
    double var = m->n > 1 ? (m->sum2 - m->sum * m->sum / m->n) / (m->n - 1) : 0;
    return sqrt(fmax(var, 0));
}

static void tell_mean(hm_target *t, const mean *m, double scale)
{
    t->got = scale * mean_of(m);
    t->got_se = m->n > 0 ? scale * sd_of(m) / sqrt(m->n) : (double)NAN;
}

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

static hm_sex sex_of(const hm_target *t)
{
    return strncmp(t->group, "girls", 5) == 0 || strcmp(t->group, "women") == 0 ? HM_SEX_WOMEN
                                                                                : HM_SEX_MEN;
}

static void survey(const hm_target_worlds *w, hm_target *t)
{
    static const double tested = 0.6; /* labels are completed years, tested over the year */
    hm_sex sex = sex_of(t);
    double age_y = label_of(t) + tested;
    mean m = {0};
    hm_quick k;
    hm_quick_init(&w->params[sex], &k);
    for (int32_t i = 0; i < w->n_survey; i++) {
        hm_life_state s;
        hm_person p = hm_person_draw(w->seed, (uint64_t)i, sex, &w->params[sex]);
        take(&m, t->id[1] == '1' ? (untrained_s(&k, &p, w->seed, age_y, &s) + 0.6) / 2
                                 : hm_height_cm(&p, age_y));
    }
    tell_mean(t, &m, 1);
    if (strcmp(t->id, "T3s") == 0) {
        t->got = sd_of(&m);
        t->got_se = t->got / sqrt(2 * m.n);
    }
}

/* Slope of ln T on age within a class, each weighted by his chance to enter. */
static void relative_age_cost(const hm_target_worlds *w, hm_target *t)
{
    const hm_life_params *q = &w->params[HM_SEX_MEN];
    int32_t label = label_of(t);
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

/* ---- what classes say ---- */

static void speed_spread(const hm_target_worlds *w, hm_target *t)
{
    mean m = {0};
    for (int32_t c = 0; c < w->n_middle; c++) {
        const hm_class *k = &w->middle[c];
        double mid = k->speed_sum_s / k->speed_n;
        take(&m, sqrt(fmax(k->speed_sum2_s2 / k->speed_n - mid * mid, 0)) / mid);
    }
    tell_mean(t, &m, 100);
}

static void first_of_high_school(const hm_target_worlds *w, hm_target *t)
{
    mean all = {0};
    int32_t n = w->n_large;
    for (int32_t a = 0; a < n; a++)
        for (int32_t b = 0; b < n; b++)
            for (int32_t c = 0; c < n; c++) {
                if (a == b || b == c || a == c)
                    continue;
                double us = fmin(hm_class_at(&w->large[a], 18)->early_us,
                                 fmin(hm_class_at(&w->large[b], 17)->early_us,
                                      hm_class_at(&w->large[c], 16)->early_us));
                take(&all, us / 1e6);
            }
    t->got = mean_of(&all);
    t->got_se = n > 0 ? sd_of(&all) / sqrt(n) : (double)NAN;
}

static void club_mean(const hm_target_worlds *w, hm_target *t)
{
    bool high = strstr(t->group, "high school") != NULL;
    int32_t age = high ? 18 : strstr(t->group, "2") ? 14 : 15;
    int from = high ? 0 : 1, to = high ? 0 : 2; /* April; May and June */
    mean m = {0};
    for (int32_t c = 0; c < w->n_middle; c++) {
        const hm_class_year *y = hm_class_at(&w->middle[c], age);
        double n = 0, sum_s = 0;
        for (int i = from; i <= to; i++) {
            n += (double)y->n_trial[i];
            sum_s += y->trial_s[i];
        }
        take(&m, sum_s / n);
    }
    tell_mean(t, &m, 1);
}

static double members(const hm_class *c, int32_t from_age, int32_t to_age)
{
    double sum = 0;
    for (int32_t a = from_age; a <= to_age; a++)
        sum += (double)hm_class_at(c, a)->member;
    return sum / (to_age - from_age + 1);
}

static void stage_kept(const hm_target_worlds *w, hm_target *t)
{
    bool high = strstr(t->quantity, "-> high") != NULL;
    mean m = {0};
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
            take(&m, after / before);
    }
    tell_mean(t, &m, 100);
}

static const struct {
    const char *name;
    int32_t from, to;
} list_class[] = {
    {"U13", 11, 12}, {"U14", 12, 13}, {"U15", 13, 14}, {"U16", 14, 15},
    {"U17", 15, 16}, {"U18", 16, 17}, {"U20", 17, 19}, {"senior", 23, HM_CLASS_LAST_AGE}};

static hm_status listed_as(const hm_target_worlds *w, const char *name, hm_arena *arena,
                           hm_ever *out, hm_err *err)
{
    *out = (hm_ever){0};
    for (size_t i = 0; i < sizeof list_class / sizeof *list_class; i++)
        if (strncmp(list_class[i].name, name, strlen(list_class[i].name)) == 0)
            return hm_ever_listed(w->n_middle, w->middle, list_class[i].from, list_class[i].to, 20,
                                  arena, out, err);
    return HM_OK;
}

static hm_status list_kept(const hm_target_worlds *w, hm_target *t, hm_arena *arena, hm_err *err)
{
    const char *arrow = strstr(t->group, "-> ");
    hm_ever from, to;
    HM_TRY(listed_as(w, t->group, arena, &from, err));
    HM_TRY(listed_as(w, arrow ? arrow + 3 : "", arena, &to, err));
    double p = from.n ? (double)hm_ever_both(&from, &to) / from.n : (double)NAN;
    t->got = 100 * p;
    t->got_se = 100 * sqrt(p * (1 - p) / from.n);
    return HM_OK;
}

/* Ages at their best of those ever in the senior top 20. */
static hm_status best_age(int32_t n, const hm_class c[], hm_arena *arena, mean *elite,
                          double *others_y, hm_err *err)
{
    hm_ever ever;
    HM_TRY(hm_ever_listed(n, c, 23, HM_CLASS_LAST_AGE, 20, arena, &ever, err));
    *elite = (mean){0};
    double grown = 0, sum_y = 0;
    for (int32_t i = 0; i < n; i++) {
        grown += (double)c[i].grown;
        sum_y += c[i].grown_pb_age_y;
    }
    for (int32_t e = 0; e < ever.n; e++) {
        const hm_class *k = &c[ever.who[e] >> 32];
        const hm_listed *found = NULL;
        for (int32_t a = 23; a <= HM_CLASS_LAST_AGE && !found; a++)
            for (int32_t r = 0; r < hm_class_at(k, a)->n_list && !found; r++)
                if (hm_class_at(k, a)->list[r].person == (uint32_t)ever.who[e])
                    found = &hm_class_at(k, a)->list[r];
        take(elite, (double)found->pb_age_y);
    }
    *others_y = (sum_y - elite->sum) / (grown - elite->n);
    return HM_OK;
}

static hm_status best_ages(const hm_target_worlds *w, hm_target *t, hm_arena *arena, hm_err *err)
{
    mean men, women;
    double others_men_y, others_women_y;
    HM_TRY(best_age(w->n_middle, w->middle, arena, &men, &others_men_y, err));
    HM_TRY(best_age(w->n_women, w->women, arena, &women, &others_women_y, err));
    if (strcmp(t->group, "both") != 0) {
        tell_mean(t, sex_of(t) == HM_SEX_MEN ? &men : &women, 1);
        return HM_OK;
    }
    double m_se = sd_of(&men) / sqrt(men.n), w_se = sd_of(&women) / sqrt(women.n);
    t->got = (mean_of(&men) - others_men_y + mean_of(&women) - others_women_y) / 2;
    t->got_se = sqrt(m_se * m_se + w_se * w_se) / 2;
    return HM_OK;
}

/* Born in the first against the last quarter, among all ever in the top 100 of their class. */
static hm_status relative_age(const hm_target_worlds *w, hm_target *t, hm_arena *arena, hm_err *err)
{
    double first = 0, last = 0;
    for (int32_t c = 0; c < w->n_small; c++) {
        const hm_class *k = &w->small[c];
        hm_arena_mark mark = hm_arena_mark_get(arena);
        char *seen = HM_PUSH(arena, char, k->people);
        if (!seen)
            return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
        memset(seen, 0, (size_t)k->people);
        for (int32_t a = 13; a <= HM_CLASS_LAST_AGE; a++)
            for (int32_t r = 0; r < hm_class_at(k, a)->n_list && r < 100; r++) {
                const hm_listed *l = &hm_class_at(k, a)->list[r];
                first += !seen[l->person] && l->birth_frac < 0.25f;
                last += !seen[l->person] && l->birth_frac >= 0.75f;
                seen[l->person] = 1;
            }
        hm_arena_release(arena, mark);
    }
    t->got = first / last;
    t->got_se = t->got * sqrt(1 / first + 1 / last);
    return HM_OK;
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
    mean m = {0};
    for (int32_t c = 0; c < w->n_middle; c++) {
        double a = 0, b = 0;
        for (int32_t age = from_age; age <= HM_CLASS_LAST_AGE; age++) {
            a += up(hm_class_at(&w->middle[c], age));
            b += down(hm_class_at(&w->middle[c], age));
        }
        if (b > 0)
            take(&m, root ? sqrt(a / b) : a / b);
    }
    tell_mean(t, &m, scale);
}

static void ageing(const hm_target_worlds *w, hm_target *t)
{
    const hm_life_params *q = &w->params[HM_SEX_MEN];
    t->got = 100 * 2 * (hm_ageing_ln(q, 40) - hm_ageing_ln(q, 35));
    t->got_se = 0;
}

/* ---- each target by its id ---- */

static hm_status measure(const hm_target_worlds *w, hm_target *t, hm_arena *arena, hm_err *err)
{
    switch (strtol(t->id + 1, NULL, 10)) {
    case 1:
    case 3:
        survey(w, t);
        return HM_OK;
    case 2:
        speed_spread(w, t);
        return HM_OK;
    case 4:
        first_of_high_school(w, t);
        return HM_OK;
    case 5:
        club_mean(w, t);
        return HM_OK;
    case 6:
        stage_kept(w, t);
        return HM_OK;
    case 7:
    case 8:
        return list_kept(w, t, arena, err);
    case 9:
        return best_ages(w, t, arena, err);
    case 10:
        return relative_age(w, t, arena, err);
    case 11:
        relative_age_cost(w, t);
        return HM_OK;
    case 12:
        if (strcmp(t->group, "all") == 0)
            ratio_of(w, t, spread_var, n_spread, 18, 100, true);
        else
            ratio_of(w, t, spread_fast_var, n_spread_fast, 18, 100, true);
        return HM_OK;
    case 13:
        if (strncmp(t->quantity, "any", 3) == 0)
            ratio_of(w, t, n_injured, n_season, 18, 100, false);
        else
            ratio_of(w, t, n_long, n_injury, 18, 100, false);
        return HM_OK;
    case 14:
        ratio_of(w, t, n_hamstring, n_season, 18, 100, false);
        return HM_OK;
    case 15:
        if (strcmp(t->unit, "pct") == 0)
            ratio_of(w, t, n_rival_any, n_rival_base, HM_CLASS_FIRST_AGE, 100, false);
        else
            ratio_of(w, t, n_rival_sum, n_rival_any, HM_CLASS_FIRST_AGE, 1, false);
        return HM_OK;
    case 16:
        ageing(w, t);
        return HM_OK;
    default:
        return HM_OK;
    }
}

hm_status hm_targets_measure(const hm_target_worlds *w, int32_t n, hm_target target[],
                             hm_arena *arena, hm_err *err)
{
    for (int32_t i = 0; i < n; i++) {
        hm_target *t = &target[i];
        hm_arena_mark mark = hm_arena_mark_get(arena);
        HM_TRY(measure(w, t, arena, err));
        hm_arena_release(arena, mark);
        t->held = isfinite(t->got) && !(t->got < t->lo) && !(t->got > t->hi);
    }
    return HM_OK;
}
