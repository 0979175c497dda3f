#include "file_error_priv.h"
#include "names_priv.h"
#include "story_priv.h"

#include <math.h>
#include <string.h>

typedef struct reading {
    hm_arena *arena;
    const char *source;
    hm_err *err;
    hm_story *story;
    data_names people, races;
} reading;

static hm_status no_memory(const reading *r)
{
    return hm_err_set(r->err, HM_ERR_SYSTEM, r->source, 0, 0, NULL, "no memory");
}

/* An array by its name; room for its n items. */
static hm_status list_of(const reading *r, const hm_json *v, const char *key, int32_t most,
                         size_t size, const hm_json **list, void *items, int32_t *n)
{
    HM_TRY(hm_json_get_array(v, key, list, r->err));
    if ((*list)->n > most)
        return hm_json_refuse(*list, r->err, "at most %d", most);
    void *room = hm_arena_push(r->arena, (size_t)((*list)->n ? (*list)->n : 1), size);
    if (!room)
        return no_memory(r);
    memcpy(items, &room, sizeof room);
    *n = (*list)->n;
    return HM_OK;
}

static hm_status get_record(const reading *r, const hm_json *v, const record_table *t, void *at,
                            int32_t n_more, const char *const more[])
{
    HM_TRY(record_get(v, t, at, r->err));
    if (record_note_unknown(v, t, n_more, more, r->arena, &r->story->notes) != HM_OK)
        return no_memory(r);
    return HM_OK;
}

static hm_status get_link(const reading *r, const hm_json *v, const char *key,
                          const data_names *names, const char *what, int32_t *out)
{
    const char *text;
    HM_TRY(hm_json_get_text(v, key, &text, r->err));
    *out = names_find(names, text);
    return *out >= 0 ? HM_OK : hm_json_refuse(hm_json_find(v, key), r->err, "%s", what);
}

static hm_status get_person(const reading *r, const hm_json *v, const char *key, int32_t *out)
{
    return get_link(r, v, key, &r->people, "the id of one of the people", out);
}

static hm_status get_race(const reading *r, const hm_json *v, const char *key, int32_t *out)
{
    return get_link(r, v, key, &r->races, "the id of one of the races", out);
}

static int32_t word_in(const char *text, int32_t n, const char *(*word)(int32_t))
{
    for (int32_t i = 0; i < n; i++)
        if (strcmp(text, word(i)) == 0)
            return i;
    return -1;
}

/* ---- people ---- */

static hm_status read_beliefs(const reading *r, const hm_json *v, double belief[])
{
    const hm_json *o;
    HM_TRY(hm_json_get_object(v, "beliefs", &o, r->err));
    for (int32_t i = 0; i < HM_STORY_BELIEF_COUNT; i++)
        HM_TRY(hm_json_get_number(o, hm_story_belief_word(i), 0, 1, &belief[i], r->err));
    return HM_OK;
}

static hm_status read_term(const reading *r, const hm_json *v, hm_story_person *p)
{
    int64_t year;
    const char *word;
    double d_ln;
    HM_TRY(hm_json_get_integer(v, "year", 1, 9999, &year, r->err));
    HM_TRY(hm_json_get_text(v, "term", &word, r->err));
    HM_TRY(hm_json_get_number(v, "d_ln_t", -10, 10, &d_ln, r->err));
    int32_t term = word_in(word, HM_STORY_TERM_COUNT, hm_story_term_word);
    if (term < 0)
        return hm_json_refuse(hm_json_find(v, "term"), r->err, "a term of an account");
    for (int32_t i = 0; i < p->n_season; i++)
        if (p->season[i].year == year) {
            p->season[i].term_ln[term] = d_ln;
            return HM_OK;
        }
    return hm_json_refuse(hm_json_find(v, "year"), r->err, "the year of a season");
}

static hm_status read_person(const reading *r, const hm_json *v, hm_story_person *p)
{
    static const char *const more[] = {"seasons", "account"};
    static const char *const in_season[] = {"beliefs"};
    const hm_json *list;
    HM_TRY(get_record(r, v, &story_person, p, 2, more));
    HM_TRY(list_of(r, v, "seasons", 200, sizeof *p->season, &list, &p->season, &p->n_season));
    for (int32_t i = 0; i < list->n; i++) {
        HM_TRY(get_record(r, &list->as.item[i], &story_season, &p->season[i], 1, in_season));
        HM_TRY(read_beliefs(r, &list->as.item[i], p->season[i].belief));
    }
    HM_TRY(hm_json_get_array(v, "account", &list, r->err));
    for (int32_t i = 0; i < list->n; i++)
        HM_TRY(read_term(r, &list->as.item[i], p));
    return HM_OK;
}

static hm_status read_people(reading *r, const hm_json *root)
{
    hm_story *s = r->story;
    const hm_json *list;
    HM_TRY(list_of(r, root, "people", HM_STORY_PEOPLE_MAX, sizeof *s->person, &list, &s->person,
                   &s->n_person));
    r->people.name = HM_PUSH(r->arena, data_name, list->n + 1);
    if (!r->people.name)
        return no_memory(r);
    for (int32_t i = 0; i < list->n; i++) {
        HM_TRY(read_person(r, &list->as.item[i], &s->person[i]));
        r->people.name[r->people.n++] = (data_name){s->person[i].id, i};
    }
    const char *twice = names_sort(&r->people);
    return twice ? hm_json_refuse(list, r->err, "each id once ('%.40s' stands twice)", twice)
                 : HM_OK;
}

/* ---- races ---- */

static hm_status read_run(const reading *r, const hm_json *v, hm_story_run *run)
{
    static const char *const more[] = {"person", "time_us", "account"};
    const hm_json *account;
    HM_TRY(get_record(r, v, &story_run, run, 3, more));
    HM_TRY(get_person(r, v, "person", &run->person));
    HM_TRY(hm_json_get_integer(v, "time_us", 5 * 1000000, 300 * 1000000, &run->time_us, r->err));
    HM_TRY(hm_json_get_object(v, "account", &account, r->err));
    for (int32_t i = 0; i < account->n; i++) {
        const hm_json *m = &account->as.item[i];
        int32_t term = word_in(m->key, HM_STORY_TERM_COUNT, hm_story_term_word);
        if (term < 0)
            return hm_json_refuse(m, r->err, "a term of an account");
        HM_TRY(hm_json_get_number(account, m->key, -10, 10, &run->term_ln[term], r->err));
    }
    return HM_OK;
}

static hm_status read_race(const reading *r, const hm_json *v, hm_story_race *race)
{
    static const char *const more[] = {"people", "winner", "runs"};
    const hm_json *list;
    HM_TRY(get_record(r, v, &story_race, race, 3, more));
    HM_TRY(list_of(r, v, "runs", HM_LANE_MAX, sizeof *race->run, &list, &race->run, &race->n_run));
    for (int32_t i = 0; i < list->n; i++)
        HM_TRY(read_run(r, &list->as.item[i], &race->run[i]));
    return HM_OK;
}

static hm_status read_races(reading *r, const hm_json *root)
{
    hm_story *s = r->story;
    const hm_json *list;
    HM_TRY(
        list_of(r, root, "races", HM_STORY_RACE_MAX, sizeof *s->race, &list, &s->race, &s->n_race));
    r->races.name = HM_PUSH(r->arena, data_name, list->n + 1);
    if (!r->races.name)
        return no_memory(r);
    for (int32_t i = 0; i < list->n; i++) {
        HM_TRY(read_race(r, &list->as.item[i], &s->race[i]));
        r->races.name[r->races.n++] = (data_name){s->race[i].id, i};
    }
    const char *twice = names_sort(&r->races);
    return twice ? hm_json_refuse(list, r->err, "each id once ('%.40s' stands twice)", twice)
                 : HM_OK;
}

/* ---- what links them ---- */

enum { LINK_MAX = 1000 * 1000 };

static hm_status read_meetings(const reading *r, const hm_json *root)
{
    static const char *const more[] = {"a", "b", "race"};
    hm_story *s = r->story;
    const hm_json *list;
    HM_TRY(list_of(r, root, "meetings", LINK_MAX, sizeof *s->meeting, &list, &s->meeting,
                   &s->n_meeting));
    for (int32_t i = 0; i < list->n; i++) {
        const hm_json *v = &list->as.item[i];
        HM_TRY(get_record(r, v, &story_meeting, &s->meeting[i], 3, more));
        HM_TRY(get_person(r, v, "a", &s->meeting[i].a));
        HM_TRY(get_person(r, v, "b", &s->meeting[i].b));
        HM_TRY(get_race(r, v, "race", &s->meeting[i].race));
    }
    return HM_OK;
}

static hm_status read_idea(const reading *r, const hm_json *v, hm_story_idea *d)
{
    static const char *const more[] = {"from", "to", "idea", "race"};
    const char *word;
    HM_TRY(get_record(r, v, &story_idea, d, 4, more));
    HM_TRY(get_person(r, v, "from", &d->from));
    HM_TRY(get_person(r, v, "to", &d->to));
    HM_TRY(hm_json_get_text(v, "idea", &word, r->err));
    d->belief = word_in(word, HM_STORY_BELIEF_COUNT, hm_story_belief_word);
    if (d->belief < 0)
        return hm_json_refuse(hm_json_find(v, "idea"), r->err, "a known belief");
    d->race = -1;
    return hm_json_find(v, "race") ? get_race(r, v, "race", &d->race) : HM_OK;
}

static hm_status read_ideas(const reading *r, const hm_json *root)
{
    hm_story *s = r->story;
    const hm_json *list;
    HM_TRY(list_of(r, root, "ideas", LINK_MAX, sizeof *s->idea, &list, &s->idea, &s->n_idea));
    for (int32_t i = 0; i < list->n; i++)
        HM_TRY(read_idea(r, &list->as.item[i], &s->idea[i]));
    return HM_OK;
}

/* May be missing: older stories have none. */
static hm_status read_practices(const reading *r, const hm_json *root)
{
    static const char *const more[] = {"person", "from"};
    hm_story *s = r->story;
    const hm_json *list;
    if (!hm_json_find(root, "practices"))
        return HM_OK;
    HM_TRY(list_of(r, root, "practices", LINK_MAX, sizeof *s->practice, &list, &s->practice,
                   &s->n_practice));
    for (int32_t i = 0; i < list->n; i++) {
        const hm_json *v = &list->as.item[i], *from = hm_json_find(v, "from");
        HM_TRY(get_record(r, v, &story_practice, &s->practice[i], 2, more));
        HM_TRY(get_person(r, v, "person", &s->practice[i].person));
        s->practice[i].from = -1;
        if (from && from->kind != HM_JSON_NULL)
            HM_TRY(get_person(r, v, "from", &s->practice[i].from));
    }
    return HM_OK;
}

static hm_status read_injuries(const reading *r, const hm_json *root)
{
    static const char *const more[] = {"person"};
    hm_story *s = r->story;
    const hm_json *list;
    HM_TRY(
        list_of(r, root, "injuries", LINK_MAX, sizeof *s->injury, &list, &s->injury, &s->n_injury));
    for (int32_t i = 0; i < list->n; i++) {
        HM_TRY(get_record(r, &list->as.item[i], &story_injury, &s->injury[i], 1, more));
        HM_TRY(get_person(r, &list->as.item[i], "person", &s->injury[i].person));
    }
    return HM_OK;
}

static hm_status read_rivals(const reading *r, const hm_json *root)
{
    static const char *const more[] = {"person", "other"};
    hm_story *s = r->story;
    const hm_json *list;
    HM_TRY(list_of(r, root, "rivals", LINK_MAX, sizeof *s->rival, &list, &s->rival, &s->n_rival));
    for (int32_t i = 0; i < list->n; i++) {
        HM_TRY(get_record(r, &list->as.item[i], &story_rival, &s->rival[i], 2, more));
        HM_TRY(get_person(r, &list->as.item[i], "person", &s->rival[i].person));
        HM_TRY(get_person(r, &list->as.item[i], "other", &s->rival[i].other));
    }
    return HM_OK;
}

/* ---- futures and chapters ---- */

static hm_status read_years(const reading *r, const hm_json *v, const char *key, int32_t *n,
                            double **out)
{
    const hm_json *list;
    HM_TRY(list_of(r, v, key, 200, sizeof **out, &list, out, n));
    for (int32_t i = 0; i < list->n; i++) {
        (*out)[i] = NAN;
        if (list->as.item[i].kind != HM_JSON_NULL)
            HM_TRY(hm_json_element(list, i, 5, 300, &(*out)[i], r->err));
    }
    return HM_OK;
}

static hm_status read_future(const reading *r, const hm_json *v, hm_story_future *f)
{
    static const char *const more[] = {"person", "best_s_lo90", "best_s_median", "best_s_hi90",
                                       "odds"};
    const hm_json *list;
    int32_t n_lo, n_hi;
    HM_TRY(get_record(r, v, &story_future, f, 5, more));
    HM_TRY(get_person(r, v, "person", &f->person));
    HM_TRY(read_years(r, v, "best_s_median", &f->n_year, &f->best_s_median));
    HM_TRY(read_years(r, v, "best_s_lo90", &n_lo, &f->best_s_lo90));
    HM_TRY(read_years(r, v, "best_s_hi90", &n_hi, &f->best_s_hi90));
    if (n_lo != f->n_year || n_hi != f->n_year)
        return hm_json_refuse(v, r->err, "as many years in each list");
    if (!hm_json_find(v, "odds"))
        return HM_OK;
    HM_TRY(list_of(r, v, "odds", 1000, sizeof *f->odds, &list, &f->odds, &f->n_odds));
    for (int32_t i = 0; i < f->n_odds; i++)
        HM_TRY(get_record(r, &list->as.item[i], &story_odds, &f->odds[i], 0, NULL));
    return HM_OK;
}

static hm_status read_futures(const reading *r, const hm_json *root)
{
    hm_story *s = r->story;
    const hm_json *list;
    HM_TRY(list_of(r, root, "futures", 1000, sizeof *s->future, &list, &s->future, &s->n_future));
    for (int32_t i = 0; i < list->n; i++)
        HM_TRY(read_future(r, &list->as.item[i], &s->future[i]));
    return HM_OK;
}

static hm_status read_chapter(const reading *r, const hm_json *v, hm_story_chapter *c)
{
    static const char *const more[] = {"race", "lines"}, *const in_line[] = {"person"};
    const hm_json *list;
    HM_TRY(get_record(r, v, &story_chapter, c, 2, more));
    HM_TRY(get_race(r, v, "race", &c->race));
    HM_TRY(list_of(r, v, "lines", 100, sizeof *c->line, &list, &c->line, &c->n_line));
    for (int32_t i = 0; i < list->n; i++) {
        HM_TRY(get_record(r, &list->as.item[i], &story_line, &c->line[i], 1, in_line));
        HM_TRY(get_person(r, &list->as.item[i], "person", &c->line[i].person));
    }
    return HM_OK;
}

static hm_status read_chapters(const reading *r, const hm_json *root)
{
    hm_story *s = r->story;
    const hm_json *list;
    HM_TRY(
        list_of(r, root, "chapters", 1000, sizeof *s->chapter, &list, &s->chapter, &s->n_chapter));
    for (int32_t i = 0; i < list->n; i++)
        HM_TRY(read_chapter(r, &list->as.item[i], &s->chapter[i]));
    return HM_OK;
}

static hm_status read_story(reading *r, const hm_json *root)
{
    static const char *const more[] = {"format",   "version",  "seed",      "people",   "races",
                                       "meetings", "ideas",    "practices", "injuries", "rivals",
                                       "futures",  "chapters", "notes"};
    int64_t seed;
    HM_TRY(hm_json_check_format(root, HM_STORY_FORMAT, HM_STORY_VERSION, r->err));
    HM_TRY(hm_json_get_notes(root, "notes", r->arena, &r->story->notes, r->err));
    HM_TRY(get_record(r, root, &story_head, r->story, sizeof more / sizeof *more, more));
    HM_TRY(hm_json_get_integer(root, "seed", 0, INT64_MAX, &seed, r->err));
    r->story->seed = (uint64_t)seed;
    HM_TRY(read_people(r, root));
    HM_TRY(read_races(r, root));
    HM_TRY(read_meetings(r, root));
    HM_TRY(read_ideas(r, root));
    HM_TRY(read_practices(r, root));
    HM_TRY(read_injuries(r, root));
    HM_TRY(read_rivals(r, root));
    HM_TRY(read_futures(r, root));
    HM_TRY(read_chapters(r, root));
    hm_err found = {0};
    return hm_story_check(r->story, &found) == HM_OK ? HM_OK
                                                     : data_refuse_file(r->source, &found, r->err);
}

hm_status hm_story_parse(const char *source, const char *bytes, size_t n, hm_arena *arena,
                         hm_story *story, hm_err *err)
{
    const hm_json *root;
    hm_story out = {0};
    HM_TRY(hm_json_parse(source, bytes, n, arena, &root, err));
    reading r = {.arena = arena, .source = root->key, .err = err, .story = &out};
    hm_status status = read_story(&r, root);
    if (status == HM_ERR_SYSTEM)
        return no_memory(&r);
    if (status == HM_OK)
        *story = out;
    return status;
}

hm_status hm_story_read(const char *path, hm_arena *arena, hm_story *story, hm_err *err)
{
    char *bytes;
    size_t n;
    HM_TRY(hm_file_read(path, HM_STORY_FILE_MAX, arena, &bytes, &n, err));
    return hm_story_parse(strcmp(path, "-") == 0 ? "standard input" : path, bytes, n, arena, story,
                          err);
}
