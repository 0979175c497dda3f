#include "scenario_priv.h"

#include <math.h>
#include <string.h>

#include "data/date.h"

enum { LIFE_YEARS = 110 };

typedef struct checking {
    const hm_scenario *s;
    const hm_json *root;
    hm_err *err;
} checking;

/* Item i of a list of the file. */
static const hm_json *item(const checking *c, const char *list, int32_t i)
{
    return &hm_json_find(c->root, list)->as.item[i];
}

/* A member of it, or the item when it was left out. */
static const hm_json *member(const hm_json *v, const char *key)
{
    const hm_json *m = hm_json_find(v, key);
    return m ? m : v;
}

static int32_t day_of(const char *text)
{
    hm_date d = {1, 1, 1};
    HM_ASSERT(hm_date_parse(text, &d));
    return hm_date_number(d);
}

static const char *name_of(const checking *c, int32_t person)
{
    return c->s->person[person].name;
}

/* ---- people ---- */

static hm_status ascending(const checking *c, const hm_json *v, const char *key, int32_t n,
                           const double *age_yr, size_t stride)
{
    for (int32_t i = 1; i < n; i++) {
        double before, now;
        memcpy(&before, (const char *)age_yr + (size_t)(i - 1) * stride, sizeof before);
        memcpy(&now, (const char *)age_yr + (size_t)i * stride, sizeof now);
        if (!(now > before))
            return hm_json_refuse(&hm_json_find(v, key)->as.item[i], c->err,
                                  "ages that rise from one to the next");
    }
    return HM_OK;
}

static bool is_switch(const checking *c, const char *name)
{
    bool found = !name[0];
    for (int32_t i = 0; i < c->s->n_switch; i++)
        found |= strcmp(c->s->change[i].name, name) == 0;
    return found;
}

static hm_status check_person(const checking *c, int32_t i)
{
    static const char *const kind[] = {"", "prodigy", "transfer", "veteran", "champion"};
    const hm_scenario_person *p = &c->s->person[i];
    const hm_json *v = item(c, "people", i);
    int32_t year = 0;
    hm_date born;
    if (hm_date_parse(p->born, &born))
        year = born.year;
    if (year < HM_SCENARIO_YEAR_LO || year > HM_SCENARIO_YEAR_HI - 50)
        return hm_json_refuse(member(v, "born"), c->err, "a birth from %d to %d",
                              HM_SCENARIO_YEAR_LO, HM_SCENARIO_YEAR_HI - 50);
    bool known = false;
    for (size_t k = 0; k < sizeof kind / sizeof *kind; k++)
        known |= strcmp(p->kind, kind[k]) == 0;
    if (!known)
        return hm_json_refuse(member(v, "kind"), c->err, "prodigy, transfer, veteran or champion");
    if (!is_switch(c, p->without))
        return hm_json_refuse(member(v, "without"), c->err, "the name of one of the switches");
    for (int32_t k = 0; k < i; k++)
        if (strcmp(c->s->person[k].name, p->name) == 0)
            return hm_json_refuse(member(v, "name"), c->err, "each name once");
    if (p->n_path)
        HM_TRY(ascending(c, v, "technique_path", p->n_path, &p->path->age_yr, sizeof *p->path));
    if (p->n_time)
        HM_TRY(ascending(c, v, "times", p->n_time, &p->time->age_yr, sizeof *p->time));
    if (c->s->world.last_year > year + LIFE_YEARS)
        return hm_json_refuse(member(member(c->root, "world"), "last_year"), c->err,
                              "a year at most %d after a birth, here %d", LIFE_YEARS, year);
    if (c->s->world.last_year && year + 7 > c->s->world.last_year)
        return hm_json_refuse(member(v, "born"), c->err,
                              "a birth at least seven years before the last year, %d",
                              c->s->world.last_year);
    return HM_OK;
}

/* ---- events ---- */

static hm_status check_age(const checking *c, const hm_json *v, int32_t person, const char *date)
{
    static const double year_day = 365.2425, first_yr = 6;
    double age_yr = (day_of(date) - day_of(c->s->person[person].born)) / year_day;
    if (age_yr >= first_yr)
        return HM_OK;
    return hm_json_refuse(member(v, "date"), c->err,
                          "a day on which %.40s, born %s, is at least six (he is %.1f)",
                          name_of(c, person), c->s->person[person].born, age_yr);
}

static hm_status check_race(const checking *c, int32_t i)
{
    const hm_scenario_event *e = &c->s->event[i];
    const hm_json *v = item(c, "events", i);
    if (e->n_person < 1 || e->n_person > e->field)
        return hm_json_refuse(member(v, "people"), c->err, "1 to %d people, the field", e->field);
    for (int32_t k = 0; k < e->n_person; k++) {
        HM_TRY(check_age(c, v, e->person[k], e->date));
        for (int32_t m = 0; m < k; m++)
            if (e->person[m] == e->person[k])
                return hm_json_refuse(member(v, "people"), c->err, "each of the people once");
    }
    for (int32_t k = 0; k < i; k++)
        if (c->s->event[k].kind == HM_EVENT_RACE && strcmp(c->s->event[k].id, e->id) == 0)
            return hm_json_refuse(member(v, "id"), c->err, "each race once");
    return HM_OK;
}

static hm_status check_event(const checking *c, int32_t i)
{
    const hm_scenario_event *e = &c->s->event[i];
    const hm_json *v = item(c, "events", i);
    hm_date end = {c->s->world.last_year + 2, 1, 1};
    if (!is_switch(c, e->without))
        return hm_json_refuse(member(v, "without"), c->err, "the name of one of the switches");
    if (!is_switch(c, e->unless))
        return hm_json_refuse(member(v, "unless"), c->err, "the name of one of the switches");
    if (c->s->world.last_year && day_of(e->date) >= hm_date_number(end))
        return hm_json_refuse(member(v, "date"), c->err, "a day up to the last year, %d",
                              c->s->world.last_year);
    if (e->kind == HM_EVENT_RACE)
        return check_race(c, i);
    HM_TRY(check_age(c, v, e->who, e->date));
    if (e->from >= 0)
        HM_TRY(check_age(c, v, e->from, e->date));
    if (e->from == e->who)
        return hm_json_refuse(member(v, "from"), c->err, "somebody else");
    if (e->until[0] && day_of(e->until) < day_of(e->date))
        return hm_json_refuse(member(v, "until"), c->err, "a day not before %s", e->date);
    if (e->kind == HM_EVENT_COACH && e->from < 0 && isnan(e->technique))
        return hm_json_refuse(v, c->err, "from or technique: who coaches, or how well");
    return HM_OK;
}

/* Whom does one reach by going from coach to coach? Back to oneself is a circle. */
static hm_status check_coaches(const checking *c)
{
    const hm_scenario *s = c->s;
    for (int32_t i = 0; i < s->n_event; i++) {
        if (s->event[i].kind != HM_EVENT_COACH || s->event[i].from < 0)
            continue;
        bool seen[HM_SCENARIO_PEOPLE_MAX] = {false};
        seen[s->event[i].from] = true;
        for (bool grown = true; grown;) {
            grown = false;
            for (int32_t k = 0; k < s->n_event; k++) {
                const hm_scenario_event *e = &s->event[k];
                if (e->kind == HM_EVENT_COACH && e->from >= 0 && seen[e->who] && !seen[e->from])
                    grown = seen[e->from] = true;
            }
        }
        if (seen[s->event[i].who])
            return hm_json_refuse(member(item(c, "events", i), "from"), c->err,
                                  "a coach whom %.40s does not coach himself, not even through "
                                  "others",
                                  name_of(c, s->event[i].who));
    }
    return HM_OK;
}

/* ---- the rest ---- */

static hm_status check_rest(const checking *c)
{
    const hm_scenario *s = c->s;
    for (int32_t i = 0; i < s->n_switch; i++)
        for (int32_t k = 0; k < i; k++)
            if (strcmp(s->change[i].name, s->change[k].name) == 0)
                return hm_json_refuse(item(c, "switches", i), c->err, "each switch once");
    for (int32_t i = 0; i < s->n_future; i++) {
        const hm_json *v = item(c, "futures", i);
        for (int32_t k = 0; k < s->future[i].n_without; k++)
            if (!is_switch(c, s->future[i].without[k]) || !s->future[i].without[k][0])
                return hm_json_refuse(&hm_json_find(v, "without")->as.item[k], c->err,
                                      "the name of one of the switches");
        HM_TRY(check_age(c, v, s->future[i].person, s->future[i].date));
    }
    return HM_OK;
}

static hm_status check_world(const checking *c)
{
    const hm_scenario_world *w = &c->s->world;
    int32_t month, day;
    if (!hm_date_parse_day(w->cut_off, &month, &day))
        return hm_json_refuse(member(member(c->root, "world"), "cut_off"), c->err,
                              "a day of the year as MM-DD");
    if (w->future >= 0 && w->search > 0)
        return hm_json_refuse(member(member(c->root, "world"), "future"), c->err,
                              "a future or how many to search, not both");
    if (w->others > w->per_year)
        return hm_json_refuse(member(member(c->root, "world"), "others"), c->err,
                              "at most per_year, %d", w->per_year);
    return HM_OK;
}

hm_status scenario_check(const hm_scenario *s, const hm_json *root, hm_err *err)
{
    const checking c = {s, root, err};
    HM_TRY(check_world(&c));
    for (int32_t i = 0; i < s->n_person; i++)
        HM_TRY(check_person(&c, i));
    for (int32_t i = 0; i < s->n_event; i++)
        HM_TRY(check_event(&c, i));
    HM_TRY(check_coaches(&c));
    return check_rest(&c);
}
