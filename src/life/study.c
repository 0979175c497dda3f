#include "life/study.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "life/targets.h"

enum { SENIOR = 23 };

static const char *const about[] = {
#define ABOUT(name, text) text,
    HM_STUDY_LIST(ABOUT)
#undef ABOUT
};
enum {
#define INDEX(name, text) OF_##name,
    HM_STUDY_LIST(INDEX)
#undef INDEX
};

static double per(double a, double b)
{
    return b > 0 ? a / b : (double)NAN;
}

/* ---- seasons ---- */

static hm_class_year sum_of(int32_t n, const hm_class c[], int a)
{
    hm_class_year s = c[0].year[a];
    for (int32_t i = 1; i < n; i++) {
        const hm_class_year *y = &c[i].year[a];
        s.member += y->member;
        s.joined += y->joined;
        s.rejoined += y->rejoined;
        s.squad += y->squad;
        for (int k = 0; k < HM_EXIT_COUNT; k++)
            s.left[k] += y->left[k];
        for (int k = 0; k < HM_QUARTERS; k++) {
            s.member_quarter[k] += y->member_quarter[k];
            s.squad_quarter[k] += y->squad_quarter[k];
        }
        for (int k = 0; k < HM_TIMINGS; k++) {
            s.member_timing[k] += y->member_timing[k];
            s.squad_timing[k] += y->squad_timing[k];
        }
        for (int k = 0; k < HM_CALENDAR_MONTHS; k++)
            s.member_month[k] += y->member_month[k];
        s.member_talent_z += y->member_talent_z;
        s.squad_talent_z += y->squad_talent_z;
        s.season += y->season;
        s.season_injured += y->season_injured;
        s.season_hamstring += y->season_hamstring;
        s.days_out += y->days_out;
        s.rival_base += y->rival_base;
        s.rival_any += y->rival_any;
        s.burnt += y->burnt;
    }
    return s;
}

static void put_counts(hm_grid *g, int32_t n, const int64_t v[])
{
    for (int32_t i = 0; i < n; i++)
        hm_grid_number(g, (double)v[i]);
}

static hm_grid seasons(int32_t n, const hm_class c[], hm_arena *arena)
{
    static const hm_grid_column column[] = {
        {"school_age_y", HM_GRID_INTEGER},   {"people", HM_GRID_INTEGER},
        {"members", HM_GRID_INTEGER},        {"joined", HM_GRID_INTEGER},
        {"rejoined", HM_GRID_INTEGER},       {"left_school", HM_GRID_INTEGER},
        {"left_level", HM_GRID_INTEGER},     {"left_motivation", HM_GRID_INTEGER},
        {"left_burnout", HM_GRID_INTEGER},   {"left_injury", HM_GRID_INTEGER},
        {"left_age", HM_GRID_INTEGER},       {"left_life", HM_GRID_INTEGER},
        {"members_q1", HM_GRID_INTEGER},     {"members_q2", HM_GRID_INTEGER},
        {"members_q3", HM_GRID_INTEGER},     {"members_q4", HM_GRID_INTEGER},
        {"members_early", HM_GRID_INTEGER},  {"members_average", HM_GRID_INTEGER},
        {"members_late", HM_GRID_INTEGER},   {"members_talent_z", HM_GRID_NUMBER},
        {"squad", HM_GRID_INTEGER},          {"squad_q1", HM_GRID_INTEGER},
        {"squad_q2", HM_GRID_INTEGER},       {"squad_q3", HM_GRID_INTEGER},
        {"squad_q4", HM_GRID_INTEGER},       {"squad_early", HM_GRID_INTEGER},
        {"squad_average", HM_GRID_INTEGER},  {"squad_late", HM_GRID_INTEGER},
        {"squad_talent_z", HM_GRID_NUMBER},  {"injured_frac", HM_GRID_NUMBER},
        {"hamstring_frac", HM_GRID_NUMBER},  {"days_out_per_member", HM_GRID_NUMBER},
        {"with_rival_frac", HM_GRID_NUMBER}, {"burnt_out_frac", HM_GRID_NUMBER},
        {"best_s", HM_GRID_NUMBER},          {"tenth_s", HM_GRID_NUMBER},
        {"hundredth_s", HM_GRID_NUMBER},
    };
    hm_grid g =
        hm_grid_make(arena, "seasons", about[OF_seasons], sizeof column / sizeof *column, column);
    for (int a = 0; a < HM_CLASS_AGES; a++) {
        hm_class_year s = sum_of(n, c, a);
        double people = 0, rank_s[3] = {0}, ranked[3] = {0};
        static const int32_t rank[] = {0, 9, 99};
        for (int32_t i = 0; i < n; i++) {
            people += (double)c[i].people;
            for (int k = 0; k < 3; k++)
                if (c[i].year[a].n_list > rank[k]) {
                    rank_s[k] += c[i].year[a].list[rank[k]].sb_us / 1e6;
                    ranked[k]++;
                }
        }
        hm_grid_number(&g, a + HM_CLASS_FIRST_AGE);
        hm_grid_number(&g, people);
        put_counts(&g, 3, (int64_t[]){s.member, s.joined, s.rejoined});
        put_counts(&g, HM_EXIT_COUNT - 1, s.left + 1);
        put_counts(&g, HM_QUARTERS, s.member_quarter);
        put_counts(&g, HM_TIMINGS, s.member_timing);
        hm_grid_number(&g, per(s.member_talent_z, (double)s.member));
        hm_grid_number(&g, (double)s.squad);
        put_counts(&g, HM_QUARTERS, s.squad_quarter);
        put_counts(&g, HM_TIMINGS, s.squad_timing);
        hm_grid_number(&g, per(s.squad_talent_z, (double)s.squad));
        hm_grid_number(&g, per((double)s.season_injured, (double)s.season));
        hm_grid_number(&g, per((double)s.season_hamstring, (double)s.season));
        hm_grid_number(&g, per(s.days_out, (double)s.member));
        hm_grid_number(&g, per((double)s.rival_any, (double)s.rival_base));
        hm_grid_number(&g, per((double)s.burnt, (double)s.member));
        for (int k = 0; k < 3; k++)
            hm_grid_number(&g, per(rank_s[k], ranked[k]));
    }
    return g;
}

/* ---- months of birth ---- */

static hm_grid births(int32_t n, const hm_class c[], hm_arena *arena)
{
    static const hm_grid_column column[] = {
        {"month", HM_GRID_INTEGER},      {"members_11", HM_GRID_INTEGER},
        {"members_13", HM_GRID_INTEGER}, {"members_15", HM_GRID_INTEGER},
        {"members_18", HM_GRID_INTEGER}, {"members_22", HM_GRID_INTEGER},
        {"members_26", HM_GRID_INTEGER}};
    static const int32_t age[] = {11, 13, 15, 18, 22, 26};
    hm_grid g =
        hm_grid_make(arena, "births", about[OF_births], sizeof column / sizeof *column, column);
    for (int m = 0; m < HM_CALENDAR_MONTHS; m++) {
        hm_grid_number(&g, m + 1);
        for (size_t k = 0; k < sizeof age / sizeof *age; k++) {
            int64_t sum = 0;
            for (int32_t i = 0; i < n; i++)
                sum += hm_class_at(&c[i], age[k])->member_month[m];
            hm_grid_number(&g, (double)sum);
        }
    }
    return g;
}

/* ---- from list to list ---- */

static const struct {
    const char *name;
    int32_t from_age, to_age;
} list_class[] = {{"U13", 11, 12}, {"U15", 13, 14}, {"U17", 15, 16},
                  {"U20", 17, 19}, {"U23", 20, 22}, {"senior", SENIOR, HM_CLASS_LAST_AGE}};
enum { N_LIST = sizeof list_class / sizeof *list_class };

static hm_status transitions(int32_t n, const hm_class c[], hm_arena *arena, hm_grid *g,
                             hm_err *err)
{
    static const hm_grid_column column[] = {
        {"best", HM_GRID_INTEGER},         {"from_list", HM_GRID_TEXT},
        {"to_list", HM_GRID_TEXT},         {"n_from", HM_GRID_INTEGER},
        {"n_to", HM_GRID_INTEGER},         {"n_both", HM_GRID_INTEGER},
        {"kept_frac", HM_GRID_NUMBER},     {"kept_se", HM_GRID_NUMBER},
        {"came_from_frac", HM_GRID_NUMBER}};
    static const int32_t best[] = {20, 100};
    *g = hm_grid_make(arena, "transitions", about[OF_transitions], sizeof column / sizeof *column,
                      column);
    for (int b = 0; b < 2; b++) {
        hm_ever ever[N_LIST];
        for (int i = 0; i < N_LIST; i++)
            HM_TRY(hm_ever_listed(n, c, list_class[i].from_age, list_class[i].to_age, best[b],
                                  arena, &ever[i], err));
        for (int i = 0; i < N_LIST; i++)
            for (int k = i + 1; k < N_LIST; k++) {
                double both = hm_ever_both(&ever[i], &ever[k]), p = per(both, ever[i].n);
                hm_grid_number(g, best[b]);
                hm_grid_text(g, list_class[i].name);
                hm_grid_text(g, list_class[k].name);
                hm_grid_number(g, ever[i].n);
                hm_grid_number(g, ever[k].n);
                hm_grid_number(g, both);
                hm_grid_number(g, p);
                hm_grid_number(g, sqrt(p * (1 - p) / ever[i].n));
                hm_grid_number(g, per(both, ever[k].n));
            }
    }
    return HM_OK;
}

/* ---- lists ---- */

static hm_grid lists(int32_t n, const hm_class c[], int32_t listed, hm_arena *arena)
{
    static const hm_grid_column column[] = {
        {"class", HM_GRID_INTEGER},   {"school_age_y", HM_GRID_INTEGER},
        {"rank", HM_GRID_INTEGER},    {"person", HM_GRID_INTEGER},
        {"sb_s", HM_GRID_NUMBER},     {"pb_s", HM_GRID_NUMBER},
        {"pb_age_y", HM_GRID_NUMBER}, {"birth_frac", HM_GRID_NUMBER},
        {"timing_y", HM_GRID_NUMBER}, {"squad", HM_GRID_INTEGER}};
    hm_grid g =
        hm_grid_make(arena, "lists", about[OF_lists], sizeof column / sizeof *column, column);
    for (int32_t i = 0; i < n; i++)
        for (int a = 0; a < HM_CLASS_AGES; a++) {
            const hm_class_year *y = &c[i].year[a];
            for (int32_t k = 0; k < y->n_list && k < listed; k++) {
                const hm_listed *l = &y->list[k];
                const double v[] = {(double)c[i].index,
                                    a + HM_CLASS_FIRST_AGE,
                                    k + 1,
                                    l->person,
                                    l->sb_us / 1e6,
                                    l->pb_us / 1e6,
                                    floor((double)l->pb_age_y * 100 + 0.5) / 100,
                                    floor((double)l->birth_frac * 1000 + 0.5) / 1000,
                                    floor((double)l->timing_y * 100 + 0.5) / 100,
                                    l->squad};
                for (size_t f = 0; f < sizeof v / sizeof *v; f++)
                    hm_grid_number(&g, v[f]);
            }
        }
    return g;
}

/* ---- value ---- */

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
        for (int32_t a = SENIOR; a <= HM_CLASS_LAST_AGE; a++)
            most += hm_class_at(&c[i], a)->n_list;
    earner *e = HM_PUSH(arena, earner, most + 1);
    if (!e)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    int32_t k = 0, kept = 0;
    for (int32_t i = 0; i < n; i++)
        for (int32_t a = SENIOR; a <= HM_CLASS_LAST_AGE; a++)
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
    enum { MOST = (HM_CLASS_LAST_AGE - SENIOR + 1) * HM_LIST_MAX };
    hm_arena_mark mark = hm_arena_mark_get(arena);
    place *p = HM_PUSH(arena, place, MOST);
    int32_t k = 0;
    if (!p)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    for (int32_t a = SENIOR; a <= HM_CLASS_LAST_AGE; a++) {
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
    hm_grid g =
        hm_grid_make(arena, "earners", about[OF_earners], sizeof column / sizeof *column, column);
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
    hm_grid g =
        hm_grid_make(arena, "value", about[OF_value], sizeof column / sizeof *column, column);
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
        const double v[] = {
            m, paid, usd, per(usd, all_usd), points, per(points, all_points), best_us / 1e6};
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
    out->top_tenth_prize_frac = per(top, all);
    return HM_OK;
}

hm_status hm_study_make(int32_t n, const hm_class c[], hm_sex sex, int32_t listed,
                        hm_points_of *points, void *ctx, hm_arena *arena, hm_study *out,
                        hm_err *err)
{
    hm_study s;
    earner *e = NULL;
    int32_t n_earner = 0;
    HM_TRY(gather(n, c, arena, &n_earner, &e, err));
    for (int32_t season = 0; season < n; season++)
        HM_TRY(pay(n, c, season, sex, points, ctx, n_earner, e, arena, err));
    HM_TRY(transitions(n, c, arena, &s.transitions, err));
    HM_TRY(inequality(n_earner, e, arena, &s, err));
    s.seasons = seasons(n, c, arena);
    s.births = births(n, c, arena);
    s.lists = lists(n, c, listed, arena);
    s.value = value_rows(n_earner, e, sex, arena);
    s.earners = earner_rows(c, n_earner, e, arena);
    *out = s;
    return HM_OK;
}

void hm_study_grids(const hm_study *s, const hm_grid *grid[HM_STUDY_GRIDS])
{
    int i = 0;
#define TAKE(name, text) grid[i++] = &s->name;
    HM_STUDY_LIST(TAKE)
#undef TAKE
}
