#include "study_priv.h"

#include <math.h>
#include <stdlib.h>

/* What a sport pays its seniors, and to whom: prizes, points, how unevenly. */

/* data/life/prize_money.csv, USD: one final and one meeting of a series a season */
static const double final_usd[] = {50000, 20000, 10000, 6000, 5000, 4000, 3000, 2000};
static const double meeting_usd[] = {20000, 10000, 6000, 5000, 3000, 2500, 2000, 1500};
enum { N_PRIZE = 8 };

typedef struct earner {
    uint64_t who; /* class << 32 | person */
    const hm_listed *last;
    bool young_squad, young_list; /* had support, stood on a list, at 15 or before */
    int32_t seasons, best_rank;
    double prize_usd, points;
} earner;

static int by_who(const void *a, const void *b)
{
    uint64_t x = ((const earner *)a)->who, y = ((const earner *)b)->who;
    return x < y ? -1 : x > y;
}

static earner *find(earner e[], int32_t n, uint64_t who)
{
    earner key = {.who = who};
    return bsearch(&key, e, (size_t)n, sizeof *e, by_who);
}

typedef struct place {
    int32_t sb_us;
    uint64_t who;
} place;

static int by_time(const void *a, const void *b)
{
    const place *x = a, *y = b;
    if (x->sb_us != y->sb_us)
        return x->sb_us < y->sb_us ? -1 : 1;
    return x->who < y->who ? -1 : x->who > y->who;
}

/* Who ever stood on a list of his class as a senior. */
static hm_status gather(int32_t n, const hm_class c[], hm_arena *arena, int32_t *n_earner,
                        earner **earners, hm_err *err)
{
    int64_t most = 0;
    for (int32_t i = 0; i < n; i++)
        for (int32_t a = STUDY_SENIOR_AGE; a <= HM_CLASS_LAST_AGE; a++)
            most += hm_class_at(&c[i], a)->n_list;
    earner *e = HM_PUSH(arena, earner, most + 1);
    if (!e)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    int32_t k = 0, kept = 0;
    for (int32_t i = 0; i < n; i++)
        for (int32_t a = STUDY_SENIOR_AGE; a <= HM_CLASS_LAST_AGE; a++)
            for (int32_t r = 0; r < hm_class_at(&c[i], a)->n_list; r++) {
                const hm_listed *l = &hm_class_at(&c[i], a)->list[r];
                e[k++] = (earner){.who = (uint64_t)i << 32 | l->person, .last = l};
            }
    qsort(e, (size_t)k, sizeof *e, by_who);
    for (int32_t i = 0; i < k; i++)
        if (i == 0 || e[i].who != e[kept - 1].who)
            e[kept++] = e[i];
    for (int32_t i = 0; i < n; i++)
        for (int32_t a = HM_CLASS_FIRST_AGE; a <= 15; a++)
            for (int32_t r = 0; r < hm_class_at(&c[i], a)->n_list; r++) {
                const hm_listed *l = &hm_class_at(&c[i], a)->list[r];
                earner *of = find(e, kept, (uint64_t)i << 32 | l->person);
                if (of) {
                    of->young_list = true;
                    of->young_squad |= l->squad != 0;
                }
            }
    *n_earner = kept;
    *earners = e;
    return HM_OK;
}

/* One season of the ring: ranks, prizes, points. */
static hm_status pay(int32_t n, const hm_class c[], int32_t season, hm_sex sex,
                     hm_points_of *points, void *ctx, int32_t n_earner, earner e[], hm_arena *arena,
                     hm_err *err)
{
    enum { MOST = (HM_CLASS_LAST_AGE - STUDY_SENIOR_AGE + 1) * HM_LIST_MAX };
    hm_arena_mark mark = hm_arena_mark_get(arena);
    place *p = HM_PUSH(arena, place, MOST);
    int32_t k = 0;
    if (!p)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    for (int32_t a = STUDY_SENIOR_AGE; a <= HM_CLASS_LAST_AGE; a++) {
        int32_t i = ((season - a) % n + n) % n;
        const hm_class_year *y = hm_class_at(&c[i], a);
        for (int32_t r = 0; r < y->n_list; r++)
            p[k++] = (place){y->list[r].sb_us, (uint64_t)i << 32 | y->list[r].person};
    }
    qsort(p, (size_t)k, sizeof *p, by_time);
    for (int32_t r = 0; r < k; r++) {
        earner *of = find(e, n_earner, p[r].who);
        of->seasons++;
        of->best_rank = of->best_rank == 0 || r + 1 < of->best_rank ? r + 1 : of->best_rank;
        of->prize_usd += r < N_PRIZE ? final_usd[r] + meeting_usd[r] : 0;
        of->points += points ? points(ctx, sex, p[r].sb_us / 1e6) : 0;
    }
    hm_arena_release(arena, mark);
    return HM_OK;
}

static int by_number(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

double hm_gini(int64_t n, double v[])
{
    double sum = 0, ranked = 0;
    qsort(v, (size_t)n, sizeof *v, by_number);
    for (int64_t i = 0; i < n; i++) {
        sum += v[i];
        ranked += (double)(i + 1) * v[i];
    }
    double m = (double)n;
    return sum > 0 ? 2 * ranked / (m * sum) - (m + 1) / m : (double)NAN;
}

static hm_grid earner_rows(const hm_class c[], int32_t n, const earner e[], hm_arena *arena)
{
    static const hm_grid_column column[] = {
        {"class", HM_GRID_INTEGER},        {"person", HM_GRID_INTEGER},
        {"pb_s", HM_GRID_NUMBER},          {"pb_age_y", HM_GRID_NUMBER},
        {"birth_frac", HM_GRID_NUMBER},    {"timing_y", HM_GRID_NUMBER},
        {"seasons", HM_GRID_INTEGER},      {"best_rank", HM_GRID_INTEGER},
        {"prize_usd", HM_GRID_NUMBER},     {"points", HM_GRID_NUMBER},
        {"listed_by_15", HM_GRID_INTEGER}, {"squad_by_15", HM_GRID_INTEGER}};
    hm_grid g = hm_grid_make(arena, "earners", study_about(STUDY_earners),
                             sizeof column / sizeof *column, column);
    for (int32_t i = 0; i < n; i++) {
        const hm_listed *l = e[i].last;
        const double v[] = {(double)c[e[i].who >> 32].index,
                            l->person,
                            l->pb_us / 1e6,
                            floor((double)l->pb_age_y * 100 + 0.5) / 100,
                            floor((double)l->birth_frac * 1000 + 0.5) / 1000,
                            floor((double)l->timing_y * 100 + 0.5) / 100,
                            e[i].seasons,
                            e[i].best_rank,
                            e[i].prize_usd,
                            e[i].points,
                            e[i].young_list,
                            e[i].young_squad};
        for (size_t f = 0; f < sizeof v / sizeof *v; f++)
            hm_grid_number(&g, v[f]);
    }
    return g;
}

/* Groups that value is told by. */
enum { N_GROUP = 11 };
static const char *const group_name[N_GROUP] = {"born in quarter 1",
                                                "born in quarter 2",
                                                "born in quarter 3",
                                                "born in quarter 4",
                                                "early maturers",
                                                "average maturers",
                                                "late maturers",
                                                "squad by 15",
                                                "listed, no squad",
                                                "neither by 15",
                                                "all"};

static bool in_group(const earner *e, int g, double third_y)
{
    double t = (double)e->last->timing_y;
    if (g < 4)
        return (int)((double)e->last->birth_frac * 4) == g;
    switch (g) {
    case 4:
        return t < -third_y;
    case 5:
        return fabs(t) <= third_y;
    case 6:
        return t > third_y;
    case 7:
        return e->young_squad;
    case 8:
        return e->young_list && !e->young_squad;
    case 9:
        return !e->young_list;
    default:
        return true;
    }
}

static hm_grid value_rows(int32_t n, const earner e[], hm_sex sex, hm_arena *arena)
{
    static const hm_grid_column column[] = {
        {"who", HM_GRID_TEXT},           {"n", HM_GRID_INTEGER},
        {"n_paid", HM_GRID_INTEGER},     {"prize_usd", HM_GRID_NUMBER},
        {"prize_frac", HM_GRID_NUMBER},  {"points", HM_GRID_NUMBER},
        {"points_frac", HM_GRID_NUMBER}, {"best_s", HM_GRID_NUMBER}};
    double third_y = 0.4307273 * hm_life_params_default(sex).timing_sd_y;
    double all_usd = 0, all_points = 0;
    for (int32_t i = 0; i < n; i++) {
        all_usd += e[i].prize_usd;
        all_points += e[i].points;
    }
    hm_grid g = hm_grid_make(arena, "value", study_about(STUDY_value),
                             sizeof column / sizeof *column, column);
    for (int k = 0; k < N_GROUP; k++) {
        double m = 0, paid = 0, usd = 0, points = 0, best_us = (double)NAN;
        for (int32_t i = 0; i < n; i++) {
            if (!in_group(&e[i], k, third_y))
                continue;
            m++;
            paid += e[i].prize_usd > 0;
            usd += e[i].prize_usd;
            points += e[i].points;
            best_us = fmin(best_us, e[i].last->pb_us); /* of NAN and a number: the number */
        }
        hm_grid_text(&g, group_name[k]);
        const double v[] = {m,
                            paid,
                            usd,
                            study_per(usd, all_usd),
                            points,
                            study_per(points, all_points),
                            best_us / 1e6};
        for (size_t f = 0; f < sizeof v / sizeof *v; f++)
            hm_grid_number(&g, v[f]);
    }
    return g;
}

static hm_status inequality(int32_t n, const earner e[], hm_arena *arena, hm_study *out,
                            hm_err *err)
{
    double *v = HM_PUSH(arena, double, n + 1), top = 0, all = 0;
    if (!v)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    for (int32_t i = 0; i < n; i++)
        v[i] = e[i].points;
    out->gini_points = hm_gini(n, v);
    for (int32_t i = 0; i < n; i++)
        v[i] = e[i].prize_usd;
    out->gini_prize = hm_gini(n, v);
    for (int32_t i = 0; i < n; i++) {
        all += v[i];
        top += i >= n - (n + 9) / 10 ? v[i] : 0;
    }
    out->top_tenth_prize_frac = study_per(top, all);
    return HM_OK;
}

hm_status study_value(int32_t n, const hm_class c[], hm_sex sex, hm_points_of *points, void *ctx,
                      hm_arena *arena, hm_study *out, hm_err *err)
{
    earner *e = NULL;
    int32_t n_earner = 0;
    HM_TRY(gather(n, c, arena, &n_earner, &e, err));
    for (int32_t season = 0; season < n; season++)
        HM_TRY(pay(n, c, season, sex, points, ctx, n_earner, e, arena, err));
    HM_TRY(inequality(n_earner, e, arena, out, err));
    out->value = value_rows(n_earner, e, sex, arena);
    out->earners = earner_rows(c, n_earner, e, arena);
    return HM_OK;
}
