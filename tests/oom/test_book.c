/* Allocations of the book and of SQLite under it are refused, one in each run: told as such, the
 * result untouched, and the file whole. The first sixty each, then fewer and fewer: there are tens
 * of thousands, most of them in statements that are alike. */
#include "ht_book.h"

#include <sqlite3.h>

#include "book/records.h"

static long n_call, fail_at = -1;

static bool refused(void)
{
    return n_call++ == fail_at;
}

void *__real_calloc(size_t n, size_t size);
void *__wrap_calloc(size_t n, size_t size);

void *__wrap_calloc(size_t n, size_t size)
{
    return refused() ? NULL : __real_calloc(n, size);
}

static sqlite3_mem_methods plain;

static void *lite_malloc(int n)
{
    return refused() ? NULL : plain.xMalloc(n);
}

static void *lite_realloc(void *p, int n)
{
    return refused() ? NULL : plain.xRealloc(p, n);
}

static int hook(void **state)
{
    (void)state;
    if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &plain) != SQLITE_OK)
        return 1;
    sqlite3_mem_methods mine = plain;
    mine.xMalloc = lite_malloc;
    mine.xRealloc = lite_realloc;
    return sqlite3_config(SQLITE_CONFIG_MALLOC, &mine) != SQLITE_OK;
}

/* ---- a book to begin with ---- */

static void fill_meet(hm_mark m[2], hm_heat *h, hm_meet *meet, int32_t first_cs)
{
    m[0] = finished("Ada", 1, first_cs);
    m[1] = finished("Bea", 2, 1110);
    m[0].who.born = "1980-01-01";
    m[0].who.team = "Red";
    *h = heat_of(m, 2);
    *meet = meet_of("Games", "2020-05-01", h);
    meet->category = "A";
}

typedef struct kept {
    char *bytes;
    size_t n;
    char path[64];
} kept;

static void write_file(const kept *k)
{
    remove_file(k->path);
    FILE *f = fopen(k->path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(k->bytes, 1, k->n, f), k->n);
    fclose(f);
}

/* A contested mark, two people. */
static kept begin(void)
{
    kept k = {0};
    bench *b;
    assert_int_equal(set_up((void **)&b), 0);
    for (int i = 0; i < 2; i++) {
        hm_mark m[2];
        hm_heat h;
        hm_meet meet;
        fill_meet(m, &h, &meet, 1100 - 10 * i);
        take(b, &meet);
    }
    hm_book_close(b->book);
    memcpy(k.path, b->path, sizeof k.path);
    FILE *f = fopen(k.path, "rb");
    assert_non_null(f);
    k.bytes = malloc(1 << 20);
    k.n = fread(k.bytes, 1, 1 << 20, f);
    fclose(f);
    hm_arena_free(&b->arena);
    free(b);
    return k;
}

static void end(kept *k)
{
    remove_file(k->path);
    free(k->bytes);
}

/* ---- jobs: what they give counts as one number ---- */

typedef hm_status job_fn(hm_book *book, hm_arena *a, int64_t *out, hm_err *err);

static hm_status list_job(hm_book *book, hm_arena *a, int64_t *out, hm_err *err)
{
    hm_book_filter f = {
        .code = "100m", .n_max = 5, .ties = true, .group = HM_BOOK_MASTERS, .group_yr = 40};
    hm_book_rows rows;
    HM_TRY(hm_book_list(book, &f, a, &rows, err));
    f.graded = true;
    f.group = HM_BOOK_OPEN;
    f.has_sex = true;
    int32_t n = rows.n;
    HM_TRY(hm_book_list(book, &f, a, &rows, err));
    *out = n + rows.n;
    return HM_OK;
}

static hm_status records_job(hm_book *book, hm_arena *a, int64_t *out, hm_err *err)
{
    hm_book_filter f = {.code = "100m", .has_sex = true};
    hm_book_records r;
    hm_book_ranking k;
    HM_TRY(hm_book_record_lines(book, &f, a, &r, err));
    HM_TRY(hm_book_rank(book, "100m", HM_SEX_MEN, NULL, 5, a, &k, err));
    *out = r.legal.n + k.n_few;
    return HM_OK;
}

static hm_status people_job(hm_book *book, hm_arena *a, int64_t *out, hm_err *err)
{
    int32_t n_person, n_best, n_duel, n_conflict, n_deed, n_meet;
    hm_book_person *p, who;
    hm_book_best *best;
    hm_book_duel *duel;
    hm_book_conflict *c;
    hm_book_deed *d;
    hm_book_meet *m;
    HM_TRY(hm_book_find(book, "a", 9, a, &n_person, &p, err));
    HM_TRY(hm_book_bests(book, 1, false, a, &who, &n_best, &best, err));
    HM_TRY(hm_book_duels(book, 1, 2, a, &n_duel, &duel, NULL, NULL, err));
    HM_TRY(hm_book_conflicts(book, 9, a, &n_conflict, &c, err));
    HM_TRY(hm_book_log(book, 9, a, &n_deed, &d, err));
    HM_TRY(hm_book_meets(book, "", 9, a, &n_meet, &m, err));
    *out = n_person + n_best + n_duel + n_conflict + n_deed + n_meet;
    return HM_OK;
}

static hm_status import_job(hm_book *book, hm_arena *a, int64_t *out, hm_err *err)
{
    hm_mark m[2];
    hm_heat h;
    hm_meet meet;
    hm_book_report r;
    fill_meet(m, &h, &meet, 1070);
    m[1].who.born = "1990";
    HM_TRY(hm_book_import(book, &meet, a, &r, err));
    *out = r.conflicts + r.already;
    return HM_OK;
}

static hm_status change_job(hm_book *book, hm_arena *a, int64_t *out, hm_err *err)
{
    int64_t deed;
    hm_book_deed d;
    HM_TRY(hm_book_settle(book, 3, true, &deed, err));
    HM_TRY(hm_book_categorise(book, 1, "B", &deed, err));
    HM_TRY(hm_book_undo(book, 1, a, &d, err));
    *out = d.id;
    return HM_OK;
}

/* ---- the sweep ---- */

static void check_file(const char *path)
{
    sqlite3 *db;
    sqlite3_stmt *st;
    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, "PRAGMA integrity_check", -1, &st, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(st), SQLITE_ROW);
    assert_string_equal((const char *)sqlite3_column_text(st, 0), "ok");
    sqlite3_finalize(st);
    assert_int_equal(sqlite3_prepare_v2(db, "PRAGMA foreign_key_check", -1, &st, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(st), SQLITE_DONE);
    sqlite3_finalize(st);
    sqlite3_close(db);
}

static hm_status open_and_do(const kept *k, job_fn *job, hm_book_mode mode, hm_arena *a,
                             int64_t *out, hm_err *err)
{
    hm_book *book;
    HM_TRY(hm_book_open(k->path, mode, a, &book, err));
    hm_status s = job(book, a, out, err);
    hm_book_close(book);
    return s;
}

/* SQLite gets by without some of what it asks for: then the answer must be the right one. */
static void sweep(job_fn *job, hm_book_mode mode, int64_t want)
{
    kept k = begin();
    long i = 0;
    for (bool done = false; !done; i += 1 + i / 60) {
        hm_arena a;
        hm_err err = {0};
        int64_t out = -1;
        write_file(&k);
        hm_arena_init(&a, 4096);
        n_call = 0;
        fail_at = i;
        hm_status s = open_and_do(&k, job, mode, &a, &out, &err);
        done = n_call <= i;
        fail_at = -1;
        hm_arena_free(&a);
        if (s != HM_OK && s != HM_ERR_SYSTEM)
            print_error("refusal %ld: %s\n", i, err.msg);
        assert_true(s == HM_OK || s == HM_ERR_SYSTEM);
        assert_int_equal(out, s == HM_OK ? want : -1);
        assert_true(!done || s == HM_OK);
        if (mode != HM_BOOK_READ)
            check_file(k.path);
    }
    assert_true(i > 100);
    end(&k);
}

static void lists_survive_refusals(void **state)
{
    (void)state;
    sweep(list_job, HM_BOOK_READ, 2);
}

static void records_survive_refusals(void **state)
{
    (void)state;
    sweep(records_job, HM_BOOK_READ, 3);
}

static void searches_survive_refusals(void **state)
{
    (void)state;
    sweep(people_job, HM_BOOK_READ, 2 + 2 + 1 + 1 + 2 + 1);
}

static void an_import_survives_refusals(void **state)
{
    (void)state;
    sweep(import_job, HM_BOOK_CHANGE, 2);
}

static void changes_survive_refusals(void **state)
{
    (void)state;
    sweep(change_job, HM_BOOK_CHANGE, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_survive_refusals),    cmocka_unit_test(records_survive_refusals),
        cmocka_unit_test(searches_survive_refusals), cmocka_unit_test(an_import_survives_refusals),
        cmocka_unit_test(changes_survive_refusals),
    };
    return cmocka_run_group_tests_name("oom/book", tests, hook, NULL);
}
