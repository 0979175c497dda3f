/* The results book: what goes in, once; what comes out, in order; what is refused. */
#include "ht_book.h"

/* ---- import ---- */

static void the_same_twice_adds_nothing(void **state)
{
    bench *b = *state;
    hm_mark m[] = {finished("Ada", 1, 1100), finished("Bea", 2, 1110)};
    hm_heat h = heat_of(m, 2);
    hm_meet meet = meet_of("Games", "2020-05-01", &h);
    TOOK(take(b, &meet), 2, 0, 0);
    TOOK(take(b, &meet), 0, 2, 0);
    meet.source = "copy.csv";
    TOOK(take(b, &meet), 0, 2, 0);
    m[0].reaction_us = 150000; /* tells more, contradicts nothing */
    TOOK(take(b, &meet), 0, 2, 0);
    assert_int_equal(list(b, (hm_book_filter){0}).n, 2);
}

static void a_mark_that_contradicts_is_kept_beside_and_not_listed(void **state)
{
    bench *b = *state;
    hm_mark m[] = {finished("Ada", 1, 1100), finished("Bea", 2, 1110)};
    hm_heat h = heat_of(m, 2);
    hm_meet meet = meet_of("Games", "2020-05-01", &h);
    take(b, &meet);
    m[0] = finished("Ada", 1, 1090);
    hm_book_report r = take(b, &meet);
    TOOK(r, 0, 1, 1);
    assert_int_equal(r.notes.n, 1);
    assert_non_null(strstr(r.notes.text[0], "Ada"));
    hm_book_rows rows = list(b, (hm_book_filter){.every = true});
    assert_int_equal(rows.n, 2);
    assert_int_equal(rows.row[0].official_cs, 1100);
    assert_true(rows.row[0].disputed);
    assert_false(rows.row[1].disputed);
    h.wind_cmps = 10; /* another content: the conflict is known by now */
    m[0].who.team = "X";
    TOOK(take(b, &meet), 0, 0, 2);
}

static void namesakes_in_one_heat_are_two_people(void **state)
{
    bench *b = *state;
    hm_mark m[] = {finished("Kim", 1, 1100), finished("KIM", 2, 1110)};
    hm_heat h = heat_of(m, 2);
    hm_meet meet = meet_of("Games", "2020-05-01", &h);
    hm_book_report r = take(b, &meet);
    assert_int_equal(r.people, 2);
    m[0].note = "so that it is read again";
    TOOK(take(b, &meet), 0, 2, 0);
}

static void a_person_is_known_by_name_unless_sex_or_birth_differ(void **state)
{
    bench *b = *state;
    hm_mark m = finished("Zoë Ångström", 1, 1200);
    hm_heat h = heat_of(&m, 1);
    hm_meet meet = meet_of("A", "2020-05-01", &h);
    m.who.born = "1999-03-04";
    assert_int_equal(take(b, &meet).people, 1);
    meet.name = "B";
    m.who.last_name = "ANGSTROM";
    m.who.first_name = "ZOE";
    m.who.born = "1999";
    assert_int_equal(take(b, &meet).people, 0);
    meet.name = "C";
    m.who.born = "2001";
    assert_int_equal(take(b, &meet).people, 1);
    meet.name = "D";
    m.who.born = "1999";
    h.sex = HM_SEX_WOMEN;
    assert_int_equal(take(b, &meet).people, 1);
}

static void results_join_a_start_list(void **state)
{
    bench *b = *state;
    hm_mark m = hm_mark_default();
    m.who.last_name = "Ada";
    hm_heat h = heat_of(&m, 1);
    hm_meet meet = meet_of("Games", "2020-05-01", &h);
    TOOK(take(b, &meet), 1, 0, 0);
    assert_int_equal(list(b, (hm_book_filter){0}).n, 0);
    m = finished("Ada", 1, 1100);
    TOOK(take(b, &meet), 1, 0, 0);
    assert_int_equal(list(b, (hm_book_filter){0}).n, 1);
}

static void sheets_without_a_name_are_known_by_their_file(void **state)
{
    bench *b = *state;
    hm_mark m = finished("Ada", 1, 1100);
    hm_heat h = heat_of(&m, 1);
    hm_meet meet = meet_of("", "", &h);
    TOOK(take(b, &meet), 1, 0, 0);
    m = finished("Ada", 1, 1090);
    meet.source = "folder/another.csv";
    TOOK(take(b, &meet), 1, 0, 0);
    m = finished("Ada", 1, 1080);
    TOOK(take(b, &meet), 0, 0, 1);
}

static void hostile_names_come_out_as_they_went_in(void **state)
{
    bench *b = *state;
    static char longest[HM_MEET_TEXT_MAX + 1];
    memset(longest, 'x', HM_MEET_TEXT_MAX);
    const char *const name[] = {"Robert'); DROP TABLE people;--",
                                "=1+1|cmd",
                                "\"a\", b",
                                "\xf0\x9f\x8f\x83\xe2\x80\x8d\xe2\x99\x80",
                                "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d",
                                "%s%n%d",
                                longest};
    enum { N = sizeof name / sizeof name[0] };
    hm_mark m[N];
    for (int i = 0; i < N; i++)
        m[i] = finished(name[i], i + 1, 1000 + i);
    hm_heat h = heat_of(m, N);
    hm_meet meet = meet_of("'; DELETE FROM mark; --", "2020-05-01", &h);
    TOOK(take(b, &meet), N, 0, 0);
    hm_book_rows rows = list(b, (hm_book_filter){0});
    assert_int_equal(rows.n, N);
    for (int i = 0; i < N; i++)
        assert_string_equal(rows.row[i].name, name[i]);
    assert_string_equal(rows.row[0].meet, "'; DELETE FROM mark; --");
}

static void a_meet_that_cannot_be_changes_nothing(void **state)
{
    bench *b = *state;
    hm_mark m[] = {finished("Ada", 1, 1100), finished("Bea", 2, 1110)};
    hm_heat h = heat_of(m, 2);
    hm_meet meet = meet_of("Games", "2020-05-01", &h);
    hm_book_report r = {.added = 77};
    m[1].lane = 1000;
    assert_int_equal(hm_book_import(b->book, &meet, &b->arena, &r, &b->err), HM_ERR_INPUT);
    assert_int_equal(r.added, 77);
    assert_int_equal(list(b, (hm_book_filter){0}).n, 0);
}

/* ---- lists ---- */

static void equal_times_share_a_place_and_the_best_of_each_counts(void **state)
{
    bench *b = *state;
    hm_mark m[] = {finished("A", 1, 990), finished("B", 2, 993), finished("C", 3, 993),
                   finished("D", 4, 1000)};
    hm_heat h = heat_of(m, 4);
    hm_meet meet = meet_of("Games", "2020-05-01", &h);
    take(b, &meet);
    m[0] = finished("A", 1, 980);
    meet.date = "2021-05-01";
    h.n_mark = 1;
    h.wind_cmps = 201;
    take(b, &meet);
    hm_book_rows rows = list(b, (hm_book_filter){0});
    static const int32_t place[] = {1, 2, 2, 4}, cs[] = {980, 993, 993, 1000};
    assert_int_equal(rows.n, 4);
    for (int i = 0; i < 4; i++) {
        assert_int_equal(rows.row[i].place, place[i]);
        assert_int_equal(rows.row[i].official_cs, cs[i]);
    }
    assert_int_equal(list(b, (hm_book_filter){.every = true}).n, 5);
    assert_int_equal(list(b, (hm_book_filter){.legal = true}).row[0].official_cs, 990);
    assert_int_equal(list(b, (hm_book_filter){.year = 2021}).n, 1);
    assert_int_equal(list(b, (hm_book_filter){.has_sex = true, .sex = HM_SEX_WOMEN}).n, 0);
    assert_int_equal(list(b, (hm_book_filter){.n_max = 2}).n, 2);
}

static void wind_that_was_not_measured_is_not_legal_outdoors(void **state)
{
    bench *b = *state;
    hm_mark m = finished("A", 1, 990);
    hm_heat h = heat_of(&m, 1);
    hm_meet meet = meet_of("Games", "2020-05-01", &h);
    h.has_wind = false;
    take(b, &meet);
    h.code = "60m";
    take(b, &meet);
    assert_int_equal(list(b, (hm_book_filter){.legal = true}).n, 0);
    assert_int_equal(list(b, (hm_book_filter){.legal = true, .code = "60m"}).n, 1);
}

static void disciplines_are_written_one_way(void **state)
{
    (void)state;
    static const char *const pair[][2] = {{"100 m", "100m"},
                                          {"100m", "100m"},
                                          {"100 m Men", "100m"},
                                          {"100 metres", "100m"},
                                          {"60 M", "60m"},
                                          {"110 m hurdles", "110mH"},
                                          {"110mH", "110mH"},
                                          {"100m H", "100mH"},
                                          {"Long Jump", "long jump"},
                                          {"100 yd", "100 yd"},
                                          {"", ""},
                                          {"100 miles", "100 miles"}};
    char code[HM_BOOK_CODE_MAX];
    for (size_t i = 0; i < sizeof pair / sizeof pair[0]; i++)
        assert_string_equal(hm_book_code(pair[i][0], code), pair[i][1]);
}

static void names_are_compared_in_any_script(void **state)
{
    (void)state;
    static const char *const pair[][2] = {
        {"  Jos\xc3\xa9  \xc3\x81lvarez ", "jose alvarez"},
        {"Jose\xcc\x81", "jose"}, /* decomposed */
        {"Stra\xc3\x9f"
         "e",
         "strasse"},
        {"\xc5\x81ukasz", "lukasz"},
        {"\xce\x9a\xce\xa9\xce\xa3\xce\xa4\xce\x91\xce\xa3",
         "\xce\xba\xcf\x89\xcf\x83\xcf\x84\xce\xb1\xcf\x83"},
        {"\xd0\x91\xd0\x9e\xd0\xa0\xd0\x97", "\xd0\xb1\xd0\xbe\xd1\x80\xd0\xb7"},
        {"\xe3\x82\xab\xe3\x83\x8a", "\xe3\x81\x8b\xe3\x81\xaa"},         /* kana */
        {"\xef\xbc\xa1\xef\xbc\xa2\xe3\x80\x80\xef\xbc\xa3", "ab c"},     /* full width */
        {"\xe2\x80\x8f\xd7\xa9\xd7\x9c\xe2\x80\x8e", "\xd7\xa9\xd7\x9c"}, /* marks of direction */
        {"\xcc\x81", ""}};
    char buf[64];
    for (size_t i = 0; i < sizeof pair / sizeof pair[0]; i++)
        assert_string_equal(hm_book_fold(pair[i][0], buf, sizeof buf), pair[i][1]);
    assert_string_equal(hm_book_fold("\xe6\x97\xa5\xe6\x9c\xac", buf, 5), "\xe6\x97\xa5");
}

/* ---- people, undo, backup ---- */

static int64_t person_named(bench *b, const char *text)
{
    int32_t n = 0;
    hm_book_person *p = NULL;
    assert_int_equal(hm_book_find(b->book, text, 10, &b->arena, &n, &p, &b->err), HM_OK);
    return n == 1 ? p[0].id : -n;
}

static void two_spellings_become_one_person(void **state)
{
    bench *b = *state;
    hm_mark m[] = {finished("Bob Hayes", 1, 1000), finished("Armin Hary", 2, 1010)};
    hm_heat h = heat_of(m, 2);
    hm_meet meet = meet_of("A", "1960-05-01", &h);
    take(b, &meet);
    meet.name = "B";
    m[0].who.last_name = "Robert Hayes";
    take(b, &meet);
    assert_int_equal(person_named(b, "HAYES"), -2);
    int64_t bob = person_named(b, "b\xc3\xb6"
                                  "b"),
            robert = person_named(b, "robert");
    assert_int_equal(hm_book_merge(b->book, bob, person_named(b, "hary"), &b->arena, &b->err),
                     HM_ERR_INPUT);
    b->err = (hm_err){0};
    assert_int_equal(hm_book_merge(b->book, bob, robert, &b->arena, &b->err), HM_OK);
    assert_int_equal(person_named(b, "hayes"), bob);
    assert_int_equal(list(b, (hm_book_filter){.person = bob, .every = true}).n, 2);
    meet.name = "C"; /* the dropped spelling finds who was kept */
    assert_int_equal(take(b, &meet).people, 0);
    assert_int_equal(hm_book_merge(b->book, bob, robert, &b->arena, &b->err), HM_ERR_INPUT);
}

static void two_meet_as_often_as_they_ran_in_one_heat(void **state)
{
    bench *b = *state;
    hm_mark m[] = {finished("A", 1, 1000), finished("B", 2, 1000)};
    hm_heat h = heat_of(m, 2);
    hm_meet meet = meet_of("X", "2020-05-02", &h);
    take(b, &meet);
    meet.date = "2020-05-01";
    m[0].place = 2;
    m[1].place = 1;
    take(b, &meet);
    meet.date = "2020-05-03";
    m[0] = hm_mark_default();
    m[0].who.last_name = "A";
    m[0].status = HM_MARK_DNS;
    take(b, &meet);
    int32_t n, won_a, won_b;
    hm_book_duel *d;
    assert_int_equal(hm_book_duels(b->book, person_named(b, "a"), person_named(b, "b"), &b->arena,
                                   &n, &d, &won_a, &won_b, &b->err),
                     HM_OK);
    assert_int_equal(n, 2); /* who does not start does not meet */
    assert_int_equal(won_a, 1);
    assert_int_equal(won_b, 1);
    assert_string_equal(d[0].date, "2020-05-01");
    assert_int_equal(d[0].place_a, 2);
}

static void undo_takes_the_last_import_back_and_no_other(void **state)
{
    bench *b = *state;
    hm_mark m[] = {finished("A", 1, 1000), finished("B", 2, 1001)};
    hm_meet_split split = {.distance_m = 50, .time_us = 5600000};
    m[0].split = m[1].split = &split;
    m[0].n_split = m[1].n_split = 1;
    hm_heat h = heat_of(m, 1);
    hm_meet meet = meet_of("X", "2020-05-01", &h);
    take(b, &meet);
    h.n_mark = 2;
    m[0].official_cs = 999;
    TOOK(take(b, &meet), 1, 0, 1);
    hm_book_deed deed;
    assert_int_equal(hm_book_undo(b->book, 0, &b->arena, &deed, &b->err), HM_OK);
    assert_int_equal(deed.id, 2);
    hm_book_rows rows = list(b, (hm_book_filter){0});
    assert_int_equal(rows.n, 1);
    assert_false(rows.row[0].disputed);
    assert_int_equal(person_named(b, "b"), 0);
    TOOK(take(b, &meet), 1, 0, 1); /* can be imported again */
    for (int64_t want = 3; want >= 0; want = want == 3 ? 1 : want - 1) {
        assert_int_equal(hm_book_undo(b->book, 0, &b->arena, &deed, &b->err), HM_OK);
        assert_int_equal(deed.id, want);
    }
    assert_int_equal(list(b, (hm_book_filter){0}).n, 0);
}

static void a_backup_is_a_book(void **state)
{
    bench *b = *state;
    hm_mark m = finished("A", 1, 1000);
    hm_heat h = heat_of(&m, 1);
    hm_meet meet = meet_of("X", "2020-05-01", &h);
    take(b, &meet);
    char path[80];
    snprintf(path, sizeof path, "%s.bak", b->path);
    remove_file(path);
    assert_int_equal(hm_book_backup(b->book, path, &b->err), HM_OK);
    assert_int_equal(hm_book_backup(b->book, path, &b->err), HM_ERR_INPUT);
    hm_book *first = b->book;
    assert_int_equal(hm_book_open(path, HM_BOOK_READ, &b->arena, &b->book, &b->err), HM_OK);
    assert_int_equal(list(b, (hm_book_filter){0}).n, 1);
    hm_book_close(b->book);
    b->book = first;
    remove_file(path);
}

/* ---- refusals ---- */

static void write_bytes(const char *path, const char *bytes, size_t n)
{
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    fclose(f);
}

static void what_is_no_book_is_refused_and_left_alone(void **state)
{
    bench *b = *state;
    char path[80], back[32] = "";
    hm_book *book = NULL;
    snprintf(path, sizeof path, "%s.no", b->path);
    remove_file(path);
    assert_int_equal(hm_book_open(path, HM_BOOK_READ, &b->arena, &book, NULL), HM_ERR_NOFILE);
    static const char text[] = "not a database";
    for (int mode = HM_BOOK_READ; mode <= HM_BOOK_WRITE; mode++) {
        hm_err err = {0};
        write_bytes(path, text, sizeof text - 1);
        assert_int_equal(hm_book_open(path, (hm_book_mode)mode, &b->arena, &book, &err),
                         HM_ERR_INPUT);
        assert_string_equal(err.source, path);
        FILE *f = fopen(path, "rb");
        assert_int_equal(fread(back, 1, sizeof back, f), sizeof text - 1);
        fclose(f);
        assert_memory_equal(back, text, sizeof text - 1);
    }
    write_bytes(path, "", 0);
    assert_int_equal(hm_book_open(path, HM_BOOK_READ, &b->arena, &book, NULL), HM_ERR_INPUT);
    assert_int_equal(hm_book_open("/tmp", HM_BOOK_WRITE, &b->arena, &book, NULL), HM_ERR_INPUT);
    assert_null(book);
    remove_file(path);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(the_same_twice_adds_nothing),
        T(a_mark_that_contradicts_is_kept_beside_and_not_listed),
        T(namesakes_in_one_heat_are_two_people),
        T(a_person_is_known_by_name_unless_sex_or_birth_differ),
        T(results_join_a_start_list),
        T(sheets_without_a_name_are_known_by_their_file),
        T(hostile_names_come_out_as_they_went_in),
        T(a_meet_that_cannot_be_changes_nothing),
        T(equal_times_share_a_place_and_the_best_of_each_counts),
        T(wind_that_was_not_measured_is_not_legal_outdoors),
        cmocka_unit_test(disciplines_are_written_one_way),
        cmocka_unit_test(names_are_compared_in_any_script),
        T(two_spellings_become_one_person),
        T(two_meet_as_often_as_they_ran_in_one_heat),
        T(undo_takes_the_last_import_back_and_no_other),
        T(a_backup_is_a_book),
        T(what_is_no_book_is_refused_and_left_alone),
    };
    return cmocka_run_group_tests_name("book", tests, NULL, NULL);
}
