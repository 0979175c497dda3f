/* ht_book.h - a results book for one test, and meets made by hand. */
#ifndef HT_BOOK_H
#define HT_BOOK_H

#include "ht.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "book/deeds.h"

typedef struct bench {
    hm_arena arena;
    hm_book *book;
    char path[64];
    hm_err err;
} bench;

static inline void remove_file(const char *path)
{
    char beside[128];
    unlink(path);
    snprintf(beside, sizeof beside, "%s-wal", path);
    unlink(beside);
    snprintf(beside, sizeof beside, "%s-shm", path);
    unlink(beside);
}

static inline int set_up(void **state)
{
    bench *b = calloc(1, sizeof *b);
    hm_arena_init(&b->arena, 0);
    snprintf(b->path, sizeof b->path, "/tmp/hm_book_%ld.db", (long)getpid());
    remove_file(b->path);
    *state = b;
    return hm_book_open(b->path, HM_BOOK_WRITE, &b->arena, &b->book, &b->err) != HM_OK;
}

static inline int tear_down(void **state)
{
    bench *b = *state;
    hm_book_close(b->book);
    remove_file(b->path);
    hm_arena_free(&b->arena);
    free(b);
    return 0;
}

/* ---- meets made by hand ---- */

static inline hm_mark finished(const char *name, int32_t place, int32_t official_cs)
{
    hm_mark m = hm_mark_default();
    m.who.last_name = name;
    m.place = place;
    m.status = HM_MARK_FINISHED;
    m.official_cs = official_cs;
    m.time_us = (int64_t)official_cs * 10000;
    m.time_digits = 2;
    return m;
}

static inline hm_heat heat_of(hm_mark *mark, int32_t n)
{
    hm_heat h = hm_heat_default();
    h.code = "100m";
    h.has_sex = true;
    h.sex = HM_SEX_MEN;
    h.has_wind = true;
    h.wind_cmps = 90;
    h.mark = mark;
    h.n_mark = n;
    return h;
}

static inline hm_meet meet_of(const char *name, const char *date, hm_heat *heat)
{
    hm_meet m = hm_meet_default();
    m.source = "made.csv";
    m.name = name;
    m.date = date;
    m.heat = heat;
    m.n_heat = 1;
    return m;
}

static inline hm_book_report take(bench *b, const hm_meet *meet)
{
    hm_book_report r = {0};
    hm_status s = hm_book_import(b->book, meet, &b->arena, &r, &b->err);
    if (s != HM_OK)
        print_error("%s: %s\n", b->err.field, b->err.msg);
    assert_int_equal(s, HM_OK);
    return r;
}

static inline hm_book_rows list(bench *b, hm_book_filter f)
{
    hm_book_rows rows = {0};
    if (!f.code)
        f.code = "100m";
    if (!f.n_max)
        f.n_max = 100;
    assert_int_equal(hm_book_list(b->book, &f, &b->arena, &rows, &b->err), HM_OK);
    return rows;
}

#define TOOK(r, a, b, c)                                                                           \
    do {                                                                                           \
        hm_book_report took_ = (r);                                                                \
        assert_int_equal(took_.added, a);                                                          \
        assert_int_equal(took_.already, b);                                                        \
        assert_int_equal(took_.conflicts, c);                                                      \
    } while (0)

#endif
