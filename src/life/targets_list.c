#include "targets_priv.h"

#include <math.h>
#include <stdlib.h>

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

/* ---- what targets ask of them ---- */

void target_first_of_high_school(const hm_target_worlds *w, hm_target *t)
{
    target_mean all = {0};
    int32_t n = w->n_large;
    for (int32_t a = 0; a < n; a++)
        for (int32_t b = 0; b < n; b++)
            for (int32_t c = 0; c < n; c++) {
                if (a == b || b == c || a == c)
                    continue;
                double us = fmin(hm_class_at(&w->large[a], 18)->early_us,
                                 fmin(hm_class_at(&w->large[b], 17)->early_us,
                                      hm_class_at(&w->large[c], 16)->early_us));
                target_take(&all, us / 1e6);
            }
    t->got = target_mean_of(&all);
    t->got_se = n > 0 ? target_sd_of(&all) / sqrt(n) : (double)NAN;
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

hm_status target_list_kept(const hm_target_worlds *w, hm_target *t, hm_arena *arena, hm_err *err)
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
static hm_status best_age(int32_t n, const hm_class c[], hm_arena *arena, target_mean *elite,
                          double *others_y, hm_err *err)
{
    hm_ever ever;
    HM_TRY(hm_ever_listed(n, c, 23, HM_CLASS_LAST_AGE, 20, arena, &ever, err));
    *elite = (target_mean){0};
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
        target_take(elite, (double)found->pb_age_y);
    }
    *others_y = (sum_y - elite->sum) / (grown - elite->n);
    return HM_OK;
}

hm_status target_best_age(const hm_target_worlds *w, hm_target *t, hm_arena *arena, hm_err *err)
{
    target_mean men, women;
    double others_men_y, others_women_y;
    HM_TRY(best_age(w->n_middle, w->middle, arena, &men, &others_men_y, err));
    HM_TRY(best_age(w->n_women, w->women, arena, &women, &others_women_y, err));
    if (strcmp(t->group, "both") != 0) {
        target_tell(t, target_sex(t) == HM_SEX_MEN ? &men : &women, 1);
        return HM_OK;
    }
    double m_se = target_sd_of(&men) / sqrt(men.n), w_se = target_sd_of(&women) / sqrt(women.n);
    t->got = (target_mean_of(&men) - others_men_y + target_mean_of(&women) - others_women_y) / 2;
    t->got_se = sqrt(m_se * m_se + w_se * w_se) / 2;
    return HM_OK;
}

/* Born in the first against the last quarter, among all ever in the top 100 of their class. */
hm_status target_relative_age(const hm_target_worlds *w, hm_target *t, hm_arena *arena, hm_err *err)
{
    bool girls = target_sex(t) == HM_SEX_WOMEN;
    double first = 0, last = 0;
    for (int32_t c = 0; c < (girls ? w->n_small_women : w->n_small); c++) {
        const hm_class *k = girls ? &w->small_women[c] : &w->small[c];
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
