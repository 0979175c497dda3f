#include "study_priv.h"

#include "life/targets.h"

static const char *const about[] = {
#define ABOUT(name, text) text,
    HM_STUDY_LIST(ABOUT)
#undef ABOUT
};

const char *study_about(study_grid grid)
{
    return about[grid];
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
    hm_grid g = hm_grid_make(arena, "seasons", about[STUDY_seasons], sizeof column / sizeof *column,
                             column);
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
        hm_grid_number(&g, study_per(s.member_talent_z, (double)s.member));
        hm_grid_number(&g, (double)s.squad);
        put_counts(&g, HM_QUARTERS, s.squad_quarter);
        put_counts(&g, HM_TIMINGS, s.squad_timing);
        hm_grid_number(&g, study_per(s.squad_talent_z, (double)s.squad));
        hm_grid_number(&g, study_per((double)s.season_injured, (double)s.season));
        hm_grid_number(&g, study_per((double)s.season_hamstring, (double)s.season));
        hm_grid_number(&g, study_per(s.days_out, (double)s.member));
        hm_grid_number(&g, study_per((double)s.rival_any, (double)s.rival_base));
        hm_grid_number(&g, study_per((double)s.burnt, (double)s.member));
        for (int k = 0; k < 3; k++)
            hm_grid_number(&g, study_per(rank_s[k], ranked[k]));
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
        hm_grid_make(arena, "births", about[STUDY_births], sizeof column / sizeof *column, column);
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
} list_class[] = {{"U13", 11, 12}, {"U15", 13, 14},
                  {"U17", 15, 16}, {"U20", 17, 19},
                  {"U23", 20, 22}, {"senior", STUDY_SENIOR_AGE, HM_CLASS_LAST_AGE}};
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
    *g = hm_grid_make(arena, "transitions", about[STUDY_transitions],
                      sizeof column / sizeof *column, column);
    for (int b = 0; b < 2; b++) {
        hm_ever ever[N_LIST];
        for (int i = 0; i < N_LIST; i++)
            HM_TRY(hm_ever_listed(n, c, list_class[i].from_age, list_class[i].to_age, best[b],
                                  arena, &ever[i], err));
        for (int i = 0; i < N_LIST; i++)
            for (int k = i + 1; k < N_LIST; k++) {
                double both = hm_ever_both(&ever[i], &ever[k]), p = study_per(both, ever[i].n);
                hm_grid_number(g, best[b]);
                hm_grid_text(g, list_class[i].name);
                hm_grid_text(g, list_class[k].name);
                hm_grid_number(g, ever[i].n);
                hm_grid_number(g, ever[k].n);
                hm_grid_number(g, both);
                hm_grid_number(g, p);
                hm_grid_number(g, sqrt(p * (1 - p) / ever[i].n));
                hm_grid_number(g, study_per(both, ever[k].n));
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
        hm_grid_make(arena, "lists", about[STUDY_lists], sizeof column / sizeof *column, column);
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

hm_status hm_study_make(int32_t n, const hm_class c[], hm_sex sex, int32_t listed,
                        hm_points_of *points, void *ctx, hm_arena *arena, hm_study *out,
                        hm_err *err)
{
    hm_study s;
    HM_TRY(study_value(n, c, sex, points, ctx, arena, &s, err));
    HM_TRY(transitions(n, c, arena, &s.transitions, err));
    s.seasons = seasons(n, c, arena);
    s.births = births(n, c, arena);
    s.lists = lists(n, c, listed, arena);
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
