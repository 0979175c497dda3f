#include "ht.h"

#include <string.h>

#include "data/meet.h"

/* A heat of two that nobody can object to. */
typedef struct meet_case {
    hm_mark mark[2];
    hm_heat heat;
    hm_person person;
    hm_meet meet;
} meet_case;

static void make(meet_case *c)
{
    *c = (meet_case){.heat = hm_heat_default(), .meet = hm_meet_default()};
    for (int i = 0; i < 2; i++) {
        c->mark[i] = hm_mark_default();
        c->mark[i].who.id = i ? "102" : "101";
        c->mark[i].who.last_name = i ? "小宮" : "O'Neil, \"Ann\"";
        c->mark[i].status = HM_MARK_FINISHED;
        c->mark[i].place = 1 + i;
        c->mark[i].lane = 3 + i;
        c->mark[i].time_us = 11312000 + 1000 * i;
    }
    c->person = c->mark[0].who;
    c->heat.mark = c->mark;
    c->heat.n_mark = 2;
    c->meet.heat = &c->heat;
    c->meet.n_heat = 1;
    c->meet.person = &c->person;
    c->meet.n_person = 1;
}

static void refused(const meet_case *c, const char *where, const char *field)
{
    hm_err err = {0};
    assert_int_equal(hm_meet_check(&c->meet, &err), HM_ERR_INPUT);
    assert_string_equal(err.source, where);
    assert_string_equal(err.field, field);
}

static void a_plain_meet_is_taken(void **state)
{
    (void)state;
    meet_case c;
    make(&c);
    assert_int_equal(hm_meet_check(&c.meet, NULL), HM_OK);
    hm_meet empty = hm_meet_default();
    assert_int_equal(hm_meet_check(&empty, NULL), HM_OK);
    c.mark[1].who.id = c.mark[0].who.id = ""; /* nobody has an id: nobody has the same */
    assert_int_equal(hm_meet_check(&c.meet, NULL), HM_OK);
}

static void what_cannot_be_names_heat_row_and_field(void **state)
{
    (void)state;
    meet_case c;
    make(&c), c.mark[1].lane = 100, refused(&c, "heat 1, row 2", "lane");
    make(&c), c.mark[0].status = HM_MARK_DNF, refused(&c, "heat 1, row 1", "place");
    make(&c), c.mark[1].who.id = "101", refused(&c, "heat 1", "id");
    make(&c), c.mark[1].time_us = -1, refused(&c, "heat 1, row 2", "time");
    make(&c), c.mark[1].reaction_us = -2, refused(&c, "heat 1, row 2", "reaction");
    make(&c), c.mark[1].delta_us = INT64_C(-360000000001), refused(&c, "heat 1, row 2", "delta");
    make(&c), c.mark[0].note = NULL, refused(&c, "heat 1, row 1", "note");
    make(&c), c.heat.round = 1000, refused(&c, "heat 1", "round");
    make(&c), c.heat.has_wind = true, c.heat.wind_cmps = 10000, refused(&c, "heat 1", "wind");
    make(&c), c.heat.name = "\xff", refused(&c, "heat 1", "name");
    make(&c), c.meet.venue = "a\xc0\xaf", refused(&c, "meet", "venue");
    make(&c), c.person.team = NULL, refused(&c, "person 1", "team");
    hm_meet_split split = {.distance_m = 50, .time_us = 0};
    make(&c), c.mark[0].split = &split, c.mark[0].n_split = 1,
              refused(&c, "heat 1, row 1", "split");
}

static void names_have_ten_thousand_characters_at_most(void **state)
{
    (void)state;
    static char long_name[3 * HM_MEET_TEXT_MAX + 4];
    for (int i = 0; i < HM_MEET_TEXT_MAX; i++)
        memcpy(long_name + 3 * (size_t)i, "小", 3);
    meet_case c;
    make(&c);
    c.mark[0].who.last_name = long_name;
    assert_int_equal(hm_meet_check(&c.meet, NULL), HM_OK);
    long_name[3 * HM_MEET_TEXT_MAX] = 'x';
    refused(&c, "heat 1, row 1", "last_name");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plain_meet_is_taken),
        cmocka_unit_test(what_cannot_be_names_heat_row_and_field),
        cmocka_unit_test(names_have_ten_thousand_characters_at_most),
    };
    return cmocka_run_group_tests_name("data/meet", tests, NULL, NULL);
}
