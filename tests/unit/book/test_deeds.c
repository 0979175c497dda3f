/* What changes a book: conflicts settled, people merged, meets categorised; all of it undone. */
#include "ht_book.h"

static hm_book_conflict only_conflict(bench *b)
{
    int32_t n = 0;
    hm_book_conflict *c = NULL;
    assert_int_equal(hm_book_conflicts(b->book, 10, &b->arena, &n, &c, &b->err), HM_OK);
    assert_int_equal(n, 1);
    return c[0];
}

static int32_t count_conflicts(bench *b)
{
    int32_t n = -1;
    hm_book_conflict *c = NULL;
    assert_int_equal(hm_book_conflicts(b->book, 10, &b->arena, &n, &c, &b->err), HM_OK);
    return n;
}

static hm_book_deed undo(bench *b, int64_t which)
{
    hm_book_deed d = {0};
    hm_status s = hm_book_undo(b->book, which, &b->arena, &d, &b->err);
    if (s != HM_OK)
        print_error("%s\n", b->err.msg);
    assert_int_equal(s, HM_OK);
    return d;
}

static int64_t settle(bench *b, int64_t mark, bool take)
{
    int64_t deed = 0;
    assert_int_equal(hm_book_settle(b->book, mark, take, &deed, &b->err), HM_OK);
    return deed;
}

static int64_t person_named(bench *b, const char *text)
{
    int32_t n = 0;
    hm_book_person *p = NULL;
    assert_int_equal(hm_book_find(b->book, text, 10, &b->arena, &n, &p, &b->err), HM_OK);
    return n == 1 ? p[0].id : -n;
}

static int32_t marks_of(bench *b, int64_t person)
{
    return list(b, (hm_book_filter){.person = person, .every = true}).n;
}

/* Games of 2020-05-01 where Ada ran 11.00, Bea 11.10; another file says 10.90 of Ada. */
static void contested(bench *b)
{
    hm_mark m[] = {finished("Ada", 1, 1100), finished("Bea", 2, 1110)};
    hm_heat h = heat_of(m, 2);
    hm_meet meet = meet_of("Games", "2020-05-01", &h);
    TOOK(take(b, &meet), 2, 0, 0);
    m[0] = finished("Ada", 1, 1090);
    m[0].line = 7;
    meet.source = "folder/second.csv";
    TOOK(take(b, &meet), 0, 1, 1);
}

/* ---- contests ---- */

static void a_conflict_tells_both_versions_and_where_they_come_from(void **state)
{
    bench *b = *state;
    contested(b);
    hm_book_conflict c = only_conflict(b);
    assert_string_equal(c.name, "Ada");
    assert_string_equal(c.meet, "Games");
    assert_int_equal(c.n_side, 2);
    assert_true(c.side[0].stands);
    assert_int_equal(c.side[0].official_cs, 1100);
    assert_string_equal(c.side[0].file, "made.csv");
    assert_false(c.side[1].stands);
    assert_int_equal(c.side[1].official_cs, 1090);
    assert_string_equal(c.side[1].file, "second.csv");
    assert_int_equal(c.side[1].line, 7);
    assert_int_equal(c.side[1].deed, 2);
}

static void the_version_that_is_taken_stands_and_undo_brings_the_other_back(void **state)
{
    bench *b = *state;
    contested(b);
    int64_t rival = only_conflict(b).side[1].mark;
    int64_t deed = settle(b, rival, true);
    hm_book_rows rows = list(b, (hm_book_filter){.every = true});
    assert_int_equal(rows.n, 2);
    assert_int_equal(rows.row[0].official_cs, 1090);
    assert_int_equal(rows.row[0].mark, rival);
    assert_false(rows.row[0].disputed);
    assert_int_equal(count_conflicts(b), 0);
    assert_int_equal(undo(b, deed).kind, HM_BOOK_SETTLED);
    rows = list(b, (hm_book_filter){0});
    assert_int_equal(rows.row[0].official_cs, 1100);
    assert_true(rows.row[0].disputed);
    assert_int_equal(only_conflict(b).n_side, 2);
}

static void what_was_settled_is_no_conflict_again_but_a_third_version_is(void **state)
{
    bench *b = *state;
    contested(b);
    settle(b, only_conflict(b).side[1].mark, false);
    assert_int_equal(list(b, (hm_book_filter){0}).row[0].official_cs, 1100);
    assert_int_equal(count_conflicts(b), 0);
    hm_mark m = finished("Ada", 1, 1090);
    hm_heat h = heat_of(&m, 1);
    hm_meet meet = meet_of("Games", "2020-05-01", &h);
    TOOK(take(b, &meet), 0, 1, 0); /* known, and settled */
    m = finished("Ada", 1, 1080);
    TOOK(take(b, &meet), 0, 0, 1);
    assert_int_equal(only_conflict(b).n_side, 3);
    settle(b, only_conflict(b).side[2].mark, true);
    assert_int_equal(list(b, (hm_book_filter){0}).row[0].official_cs, 1080);
}

static void only_a_mark_in_contest_can_be_settled(void **state)
{
    bench *b = *state;
    contested(b);
    int64_t deed = -5, bea = list(b, (hm_book_filter){0}).row[1].mark;
    assert_int_equal(hm_book_settle(b->book, bea, true, &deed, NULL), HM_ERR_INPUT);
    assert_int_equal(hm_book_settle(b->book, 999, true, &deed, NULL), HM_ERR_INPUT);
    assert_int_equal(deed, -5);
}

static void a_rival_stands_when_the_import_of_the_first_mark_goes(void **state)
{
    bench *b = *state;
    contested(b);
    undo(b, 1);
    hm_book_rows rows = list(b, (hm_book_filter){0});
    assert_int_equal(rows.n, 2); /* Bea: the second file told the same of her */
    assert_int_equal(rows.row[0].official_cs, 1090);
    assert_false(rows.row[0].disputed);
    assert_int_equal(rows.row[1].official_cs, 1110);
    assert_int_equal(count_conflicts(b), 0);
    undo(b, 0);
    assert_int_equal(list(b, (hm_book_filter){0}).n, 0);
    assert_int_equal(person_named(b, "ada"), 0);
}

static void a_settlement_is_void_when_its_mark_goes(void **state)
{
    bench *b = *state;
    contested(b);
    int64_t deed = settle(b, only_conflict(b).side[1].mark, true);
    undo(b, 2); /* the import that told it */
    hm_book_rows rows = list(b, (hm_book_filter){0});
    assert_int_equal(rows.row[0].official_cs, 1100);
    assert_false(rows.row[0].disputed);
    assert_int_equal(undo(b, deed).id, deed);
    assert_int_equal(list(b, (hm_book_filter){0}).row[0].official_cs, 1100);
}

/* ---- people ---- */

/* One win for each of the names, in meets of their own. */
static void wins(bench *b, int n, const char *const name[])
{
    for (int i = 0; i < n; i++) {
        hm_mark m = finished(name[i], 1, 1000 + i);
        hm_heat h = heat_of(&m, 1);
        hm_meet meet = meet_of("A", "2020-05-01", &h);
        char venue[8];
        snprintf(venue, sizeof venue, "%d", i);
        meet.venue = venue;
        take(b, &meet);
    }
}

static void merge(bench *b, int64_t keep, int64_t drop)
{
    assert_int_equal(hm_book_merge(b->book, keep, drop, &b->arena, &b->err), HM_OK);
}

static void a_merge_undone_gives_each_mark_to_the_name_its_file_told(void **state)
{
    bench *b = *state;
    wins(b, 2, (const char *const[]){"Ann Brown", "A. Brown"});
    int64_t ann = person_named(b, "ann brown"), a = person_named(b, "a. brown");
    merge(b, ann, a);
    hm_mark m = finished("A. BROWN", 1, 1050); /* after the merge, by the old name */
    hm_heat h = heat_of(&m, 1);
    hm_meet meet = meet_of("B", "2021-05-01", &h);
    assert_int_equal(take(b, &meet).people, 0);
    assert_int_equal(marks_of(b, ann), 3);
    assert_int_equal(person_named(b, "brown"), ann);
    undo(b, 3);
    assert_int_equal(marks_of(b, ann), 1);
    assert_int_equal(marks_of(b, a), 2);
    assert_int_equal(person_named(b, "brown"), -2);
}

static void nested_merges_are_undone_in_any_order(void **state)
{
    bench *b = *state;
    wins(b, 3, (const char *const[]){"One", "Two", "Three"});
    int64_t one = person_named(b, "one"), two = person_named(b, "two"),
            three = person_named(b, "three");
    merge(b, two, one);   /* deed 4 */
    merge(b, three, two); /* deed 5 */
    assert_int_equal(marks_of(b, three), 3);
    hm_mark m = finished("one", 1, 1050);
    hm_heat h = heat_of(&m, 1);
    hm_meet meet = meet_of("B", "2021-05-01", &h);
    assert_int_equal(take(b, &meet).people, 0);
    assert_int_equal(marks_of(b, three), 4);
    undo(b, 4);
    assert_int_equal(marks_of(b, three), 2);
    assert_int_equal(marks_of(b, one), 2);
    undo(b, 5);
    assert_int_equal(marks_of(b, two), 1);
    assert_int_equal(marks_of(b, three), 1);
    assert_int_equal(marks_of(b, one), 2);
}

static const char *born_of(bench *b, const char *name)
{
    int32_t n = 0;
    hm_book_person *p = NULL;
    assert_int_equal(hm_book_find(b->book, name, 10, &b->arena, &n, &p, &b->err), HM_OK);
    assert_int_equal(n, 1);
    return p[0].born;
}

static void a_birth_is_learned_from_a_later_file_and_forgotten_with_it(void **state)
{
    bench *b = *state;
    static const char *const told[] = {"", "1990", "1990-05-17"};
    for (int i = 0; i < 3; i++) {
        hm_mark m = finished("Ada", 1, 1100);
        m.who.born = told[i];
        hm_heat h = heat_of(&m, 1);
        hm_meet meet = meet_of("Games", i == 0 ? "2020" : i == 1 ? "2021" : "2022", &h);
        take(b, &meet);
        assert_string_equal(born_of(b, "ada"), told[i]);
    }
    undo(b, 2);
    assert_string_equal(born_of(b, "ada"), "1990-05-17");
    undo(b, 3);
    assert_string_equal(born_of(b, "ada"), "");
}

/* ---- meets, the log ---- */

static hm_book_meet only_meet(bench *b)
{
    int32_t n = 0;
    hm_book_meet *m = NULL;
    assert_int_equal(hm_book_meets(b->book, "games", 10, &b->arena, &n, &m, &b->err), HM_OK);
    assert_int_equal(n, 1);
    return m[0];
}

static void the_category_of_a_meet_is_that_of_the_last_deed(void **state)
{
    bench *b = *state;
    hm_mark m = finished("Ada", 1, 1100);
    hm_heat h = heat_of(&m, 1);
    hm_meet meet = meet_of("Games", "2020-05-01", &h);
    meet.category = "C";
    take(b, &meet);
    assert_string_equal(only_meet(b).category, "C");
    int64_t deed = 0;
    assert_int_equal(hm_book_categorise(b->book, only_meet(b).id, "OW", &deed, &b->err), HM_OK);
    assert_string_equal(only_meet(b).category, "OW");
    assert_int_equal(hm_book_categorise(b->book, 1, "Z", &deed, NULL), HM_ERR_INPUT);
    assert_int_equal(hm_book_categorise(b->book, 99, "A", &deed, NULL), HM_ERR_INPUT);
    undo(b, deed);
    assert_string_equal(only_meet(b).category, "C");
    meet.category = "Z";
    hm_book_report r;
    assert_int_equal(hm_book_import(b->book, &meet, &b->arena, &r, NULL), HM_ERR_INPUT);
}

static void the_log_tells_what_was_done_the_newest_first(void **state)
{
    bench *b = *state;
    contested(b);
    settle(b, only_conflict(b).side[1].mark, true);
    undo(b, 0);
    int32_t n = 0;
    hm_book_deed *d = NULL;
    assert_int_equal(hm_book_log(b->book, 10, &b->arena, &n, &d, &b->err), HM_OK);
    assert_int_equal(n, 3);
    assert_int_equal(d[0].kind, HM_BOOK_SETTLED);
    assert_true(d[0].undone);
    assert_non_null(strstr(d[0].what, "Ada"));
    assert_string_equal(d[1].what, "second.csv");
    assert_int_equal(d[1].conflicts, 1);
    assert_false(d[1].undone);
    hm_book_deed none = {.id = -1};
    assert_int_equal(hm_book_undo(b->book, d[0].id, &b->arena, &none, NULL), HM_ERR_INPUT);
    assert_int_equal(hm_book_undo(b->book, 77, &b->arena, &none, NULL), HM_ERR_INPUT);
    assert_int_equal(none.id, -1);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(a_conflict_tells_both_versions_and_where_they_come_from),
        T(the_version_that_is_taken_stands_and_undo_brings_the_other_back),
        T(what_was_settled_is_no_conflict_again_but_a_third_version_is),
        T(only_a_mark_in_contest_can_be_settled),
        T(a_rival_stands_when_the_import_of_the_first_mark_goes),
        T(a_settlement_is_void_when_its_mark_goes),
        T(a_merge_undone_gives_each_mark_to_the_name_its_file_told),
        T(nested_merges_are_undone_in_any_order),
        T(a_birth_is_learned_from_a_later_file_and_forgotten_with_it),
        T(the_category_of_a_meet_is_that_of_the_last_deed),
        T(the_log_tells_what_was_done_the_newest_first),
    };
    return cmocka_run_group_tests_name("deeds", tests, NULL, NULL);
}
