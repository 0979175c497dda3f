/* bench_book.c - a book of a million marks: how long the imports take, and each list of 100.
 * Arguments: marks (default 1000000), file (default bench_book.db in the folder for scratch files).
 * The file is made anew and removed. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/hash.h"
#include "book/deeds.h"
#include "book/records.h"

enum {
    N_HEAT = 1250, /* of a file */
    N_LANE = 8,
    N_PERSON = 100 * 1000,
    N_VENUE = 200,
    N_TEAM = 500,
    N_YEAR = 20,
    N_REPEAT = 7,
    NAME = 48
};

/* A number from 0 to n - 1 that hangs on what it is for. */
static uint32_t draw(uint64_t n, uint64_t a, uint64_t b)
{
    return (uint32_t)((hm_hash_u64(hm_hash_u64(HM_HASH_START, a), b) >> 20) % n);
}

typedef struct maker {
    char name[N_PERSON][NAME], born[N_PERSON][12], team[N_TEAM][12], venue[N_VENUE][16];
    hm_heat heat[N_HEAT];
    hm_mark mark[N_HEAT][N_LANE];
} maker;

static void make_people(maker *m)
{
    static const char *const part[] = {"an", "bo",  "chi", "da",  "el", "fa", "gu", "ho",
                                       "is", "jon", "ka",  "lee", "mo", "na", "ou", "per",
                                       "qa", "ra",  "sho", "ta",  "ul", "vi", "we", "yu"};
    for (int i = 0; i < N_PERSON; i++) {
        const char *p[5];
        for (uint64_t k = 0; k < 5; k++)
            p[k] = part[draw(24, (uint64_t)i, k)];
        snprintf(m->name[i], NAME, "%s%s %s%s%s %d", p[0], p[1], p[2], p[3], p[4], i % 100);
        snprintf(m->born[i], 12, "%04u-%02u-%02u", 1950 + draw(60, (uint64_t)i, 11),
                 1 + draw(12, (uint64_t)i, 12), 1 + draw(28, (uint64_t)i, 13));
    }
    for (int i = 0; i < N_TEAM; i++)
        snprintf(m->team[i], 12, "Club %d", i);
    for (int i = 0; i < N_VENUE; i++)
        snprintf(m->venue[i], 16, "Stadium %d", i);
}

/* year = of the meet, from 0: those who run then are a tenth of all, a year later half of them. */
static void make_heat(maker *m, int meet, int year, int h, hm_heat *heat)
{
    uint64_t key = (uint64_t)meet * 10000 + (uint64_t)h;
    bool women = h % 2;
    int kind = h % 10; /* 0-5: 100 m, 6-7: 200 m, 8-9: 60 m */
    int32_t base_cs = kind < 6 ? 1000 : kind < 8 ? 2020 : 650;
    *heat = hm_heat_default();
    heat->event = h < 625 ? "1" : "2";
    heat->round = 1;
    heat->heat = h % 625 + 1;
    heat->round_name = h < 200 ? "Final" : "Heats";
    heat->code = kind < 6 ? "100m" : kind < 8 ? "200m" : "60m";
    heat->has_sex = true;
    heat->sex = women ? HM_SEX_WOMEN : HM_SEX_MEN;
    heat->has_wind = kind < 8;
    heat->wind_cmps = (int32_t)draw(500, key, 1) - 200;
    heat->timing = HM_TIMING_FAT;
    heat->mark = m->mark[h];
    heat->n_mark = N_LANE;
    for (int k = 0; k < N_LANE; k++) {
        hm_mark *mark = &heat->mark[k];
        uint32_t who = (uint32_t)(year * 2250) + draw(N_PERSON / 20, key, 100 + (uint64_t)k);
        who = 2 * who + women;
        double slow = -log((1 + draw(1000000, who, 7)) / 1e6); /* few are fast */
        double day = draw(1000, key, 200 + (uint64_t)k) / 1000.0;
        *mark = hm_mark_default();
        mark->who.last_name = m->name[who];
        mark->who.born = m->born[who];
        mark->who.team = m->team[who % N_TEAM];
        mark->lane = k + 1;
        mark->place = k + 1;
        mark->status = HM_MARK_FINISHED;
        mark->official_cs = (int32_t)(base_cs * (women ? 1.1 : 1.0) *
                                      (1.16 - 0.16 * exp(-0.15 * slow) + 0.04 * day));
        mark->time_us = (int64_t)mark->official_cs * 10000;
        mark->time_digits = 2;
        mark->reaction_us = 130000 + (int64_t)draw(60000, key, 300 + (uint64_t)k);
        mark->line = h * 10 + k;
    }
}

static int import_all(hm_book *book, maker *m, int n_meet)
{
    static const char *const category[] = {"A", "B", "C", "D", "E", "F", "", "", "", ""};
    for (int i = 0; i < n_meet; i++) {
        char name[32], date[40], file[32];
        hm_arena a;
        hm_err err = {0};
        hm_book_report r;
        hm_arena_init(&a, 0);
        hm_meet meet = hm_meet_default();
        snprintf(name, sizeof name, "Meeting %d", i % 50);
        snprintf(file, sizeof file, "meet-%d.csv", i);
        snprintf(date, sizeof date, "%04d-%02u-%02u", 2005 + i * N_YEAR / n_meet,
                 1 + draw(12, (uint64_t)i, 1), 1 + draw(28, (uint64_t)i, 2));
        meet.source = file;
        meet.name = name;
        meet.date = date;
        meet.venue = m->venue[draw(N_VENUE, (uint64_t)i, 3)];
        meet.altitude_m = draw(1500, (uint64_t)i, 4);
        meet.category = category[i % 10];
        meet.heat = m->heat;
        meet.n_heat = N_HEAT;
        for (int h = 0; h < N_HEAT; h++)
            make_heat(m, i, i * N_YEAR / n_meet, h, &m->heat[h]);
        hm_status s = hm_book_import(book, &meet, &a, &r, &err);
        hm_arena_free(&a);
        if (s != HM_OK) {
            fprintf(stderr, "meet %d: %s\n", i, err.msg);
            return 1;
        }
    }
    return 0;
}

/* ---- lists ---- */

typedef hm_status job_fn(hm_book *book, hm_arena *a, int64_t *n, hm_err *err);

static hm_status list_of(hm_book *book, hm_book_filter f, hm_arena *a, int64_t *n, hm_err *err)
{
    hm_book_rows rows;
    f.code = "100m";
    f.n_max = 100;
    f.ties = true;
    HM_TRY(hm_book_list(book, &f, a, &rows, err));
    *n = rows.n;
    return HM_OK;
}

#define LIST(name, ...)                                                                            \
    static hm_status name(hm_book *book, hm_arena *a, int64_t *n, hm_err *err)                     \
    {                                                                                              \
        return list_of(book, (hm_book_filter){__VA_ARGS__}, a, n, err);                            \
    }
LIST(all_time, .has_sex = true)
LIST(all_time_legal, .has_sex = true, .legal = true, .timing = HM_BOOK_AUTOMATIC)
LIST(all_sexes, .legal = true)
LIST(every_mark, .has_sex = true, .every = true)
LIST(by_year, .has_sex = true, .sex = HM_SEX_WOMEN, .year = 2015, .legal = true)
LIST(by_dates, .has_sex = true, .from = "2015-05-01", .to = "2015-08-31")
LIST(by_team, .has_sex = true, .team = "Club 78")
LIST(by_meet, .has_sex = true, .meet = "Meeting 7")
LIST(by_venue, .has_sex = true, .venue = "Stadium 7")
LIST(u20, .has_sex = true, .group = HM_BOOK_U20)
LIST(u18_team, .has_sex = true, .group = HM_BOOK_U18, .team = "club 20")
LIST(m45, .has_sex = true, .group = HM_BOOK_MASTERS, .group_yr = 45)
LIST(age_graded, .graded = true)
LIST(age_graded_year, .graded = true, .has_sex = true, .year = 2015, .legal = true)

static hm_status records_of(hm_book *book, hm_book_filter f, hm_arena *a, int64_t *n, hm_err *err)
{
    hm_book_records r;
    f.code = "100m";
    f.has_sex = true;
    HM_TRY(hm_book_record_lines(book, &f, a, &r, err));
    *n = r.legal.n + r.aided.n + r.hand.n;
    return HM_OK;
}

static hm_status records(hm_book *book, hm_arena *a, int64_t *n, hm_err *err)
{
    return records_of(book, (hm_book_filter){0}, a, n, err);
}

static hm_status records_u20(hm_book *book, hm_arena *a, int64_t *n, hm_err *err)
{
    return records_of(book, (hm_book_filter){.group = HM_BOOK_U20}, a, n, err);
}

static hm_status records_team(hm_book *book, hm_arena *a, int64_t *n, hm_err *err)
{
    return records_of(book, (hm_book_filter){.team = "Club 78"}, a, n, err);
}

static hm_status records_venue(hm_book *book, hm_arena *a, int64_t *n, hm_err *err)
{
    return records_of(book, (hm_book_filter){.venue = "Stadium 7"}, a, n, err);
}

static hm_status ranking(hm_book *book, hm_arena *a, int64_t *n, hm_err *err)
{
    hm_book_ranking r;
    HM_TRY(hm_book_rank(book, "100m", HM_SEX_MEN, "2015-09-30", 100, a, &r, err));
    *n = r.n;
    return HM_OK;
}

static hm_status find(hm_book *book, hm_arena *a, int64_t *n, hm_err *err)
{
    int32_t found;
    hm_book_person *p;
    HM_TRY(hm_book_find(book, "Shota 4", 100, a, &found, &p, err));
    *n = found;
    return HM_OK;
}

static hm_status find_many(hm_book *book, hm_arena *a, int64_t *n, hm_err *err)
{
    int32_t found;
    hm_book_person *p;
    HM_TRY(hm_book_find(book, "ta", 100, a, &found, &p, err));
    *n = found;
    return HM_OK;
}

static hm_status bests(hm_book *book, hm_arena *a, int64_t *n, hm_err *err)
{
    int32_t found;
    hm_book_best *b;
    hm_book_person who;
    HM_TRY(hm_book_bests(book, 3, true, a, &who, &found, &b, err));
    *n = found;
    return HM_OK;
}

static hm_status versus(hm_book *book, hm_arena *a, int64_t *n, hm_err *err)
{
    int32_t found;
    hm_book_duel *d;
    HM_TRY(hm_book_duels(book, 3, 4, a, &found, &d, NULL, NULL, err));
    *n = found;
    return HM_OK;
}

static hm_status meets(hm_book *book, hm_arena *a, int64_t *n, hm_err *err)
{
    int32_t found;
    hm_book_meet *m;
    HM_TRY(hm_book_meets(book, "meeting 7", 100, a, &found, &m, err));
    *n = found;
    return HM_OK;
}

static hm_status log_of(hm_book *book, hm_arena *a, int64_t *n, hm_err *err)
{
    int32_t found;
    hm_book_deed *d;
    HM_TRY(hm_book_log(book, 100, a, &found, &d, err));
    *n = found;
    return HM_OK;
}

static const struct {
    const char *name;
    job_fn *run;
} jobs[] = {
    {"list", all_time},
    {"list_legal", all_time_legal},
    {"list_all_sexes", all_sexes},
    {"list_every", every_mark},
    {"list_year", by_year},
    {"list_dates", by_dates},
    {"list_team", by_team},
    {"list_meet", by_meet},
    {"list_venue", by_venue},
    {"list_u20", u20},
    {"list_u18_team", u18_team},
    {"list_m45", m45},
    {"age_graded", age_graded},
    {"age_graded_year", age_graded_year},
    {"records", records},
    {"records_u20", records_u20},
    {"records_team", records_team},
    {"records_venue", records_venue},
    {"ranking", ranking},
    {"find", find},
    {"find_many", find_many},
    {"bests", bests},
    {"versus", versus},
    {"meets", meets},
    {"log", log_of},
};

/* The book is opened anew each time, as a command does. */
static int measure(const char *path, size_t job)
{
    double best_s = INFINITY;
    int64_t n = 0;
    for (int i = 0; i < N_REPEAT; i++) {
        hm_arena a;
        hm_book *book;
        hm_err err = {0};
        hm_arena_init(&a, 0);
        double from_s = hm_clock_wall_s();
        hm_status s = hm_book_open(path, HM_BOOK_READ, &a, &book, &err);
        if (s == HM_OK) {
            s = jobs[job].run(book, &a, &n, &err);
            hm_book_close(book);
        }
        best_s = fmin(best_s, hm_clock_wall_s() - from_s);
        hm_arena_free(&a);
        if (s != HM_OK) {
            fprintf(stderr, "%s: %s\n", jobs[job].name, err.msg);
            return 1;
        }
    }
    printf("book_%s_of_%lld,ms,%.2f\n", jobs[job].name, (long long)n, best_s * 1e3);
    return 0;
}

static void remove_book(const char *path)
{
    static const char *const end[] = {"", "-wal", "-shm"};
    char name[512];
    for (size_t i = 0; i < sizeof end / sizeof end[0]; i++) {
        snprintf(name, sizeof name, "%s%s", path, end[i]);
        unlink(name);
    }
}

int main(int argc, char **argv)
{
    int n_mark = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 1000000;
    const char *path = argc > 2 ? argv[2] : "/tmp/bench_book.db";
    maker *m = malloc(sizeof *m);
    hm_arena a;
    hm_book *book;
    hm_err err = {0};
    if (!m)
        return 1;
    make_people(m);
    if (!getenv("HM_BENCH_KEEP") || access(path, F_OK) != 0) {
        remove_book(path);
        hm_arena_init(&a, 0);
        double from_s = hm_clock_wall_s();
        if (hm_book_open(path, HM_BOOK_WRITE, &a, &book, &err) != HM_OK)
            return 1;
        int failed = import_all(book, m, n_mark / (N_HEAT * N_LANE));
        hm_book_close(book);
        hm_arena_free(&a);
        if (failed)
            return 1;
        printf("book_import_of_%d,s,%.1f\n", n_mark, hm_clock_wall_s() - from_s);
    }
    int failed = 0;
    for (size_t i = 0; i < sizeof jobs / sizeof jobs[0] && !failed; i++)
        failed = measure(path, i);
    if (!getenv("HM_BENCH_KEEP"))
        remove_book(path);
    free(m);
    return failed;
}
