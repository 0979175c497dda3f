/* A meet as competition JSON after the draft of the W3C OpenTrack group (model of World Athletics;
 * read, docs/formats/opentrack.md): athletes, venues, units > rounds > races > results. What the
 * draft wants and the meet does not tell is left out, and a note says so. */
#include "results_priv.h"

#include <string.h>

#include "io/json.h"

/* Where a mark's athlete stands in the list: equal people share a number. */
typedef struct roll {
    int32_t n;             /* marks of all heats */
    const hm_mark **mark;  /* (n) by person */
    int32_t *number;       /* (n) of the k-th mark in the order of the meet, from 1 */
    const hm_heat **heat;  /* (n) of the k-th mark */
    const hm_mark **first; /* (n_person) the first mark of each number */
    const hm_heat **first_heat;
    int32_t n_person;
} roll;

typedef struct entry {
    const hm_mark *mark;
    int32_t at; /* in the order of the meet */
} entry;

static int by_text(const char *a, const char *b)
{
    return strcmp(a, b);
}

/* One person: by id where both have one, else by all that tells people apart. */
static int by_person(const void *pa, const void *pb)
{
    const entry *ea = pa, *eb = pb;
    const hm_person *a = &ea->mark->who, *b = &eb->mark->who;
    int d = by_text(a->id, b->id);
    if (d || *a->id)
        return d ? d : ea->at - eb->at;
    const char *const pair[][2] = {{a->last_name, b->last_name},
                                   {a->first_name, b->first_name},
                                   {a->team, b->team},
                                   {a->born, b->born},
                                   {a->license, b->license}};
    for (size_t i = 0; i < sizeof pair / sizeof pair[0]; i++)
        if ((d = by_text(pair[i][0], pair[i][1])))
            return d;
    return ea->at - eb->at;
}

static bool same_person(const hm_person *a, const hm_person *b)
{
    if (*a->id || *b->id)
        return strcmp(a->id, b->id) == 0;
    return strcmp(a->last_name, b->last_name) == 0 && strcmp(a->first_name, b->first_name) == 0 &&
           strcmp(a->team, b->team) == 0 && strcmp(a->born, b->born) == 0 &&
           strcmp(a->license, b->license) == 0;
}

static int by_place_in_meet(const void *pa, const void *pb)
{
    return ((const entry *)pa)->at - ((const entry *)pb)->at;
}

/* Numbers in the order of first appearance. */
static hm_status call_roll(const hm_meet *meet, hm_arena *arena, roll *r, hm_err *err)
{
    size_t n = 1;
    for (int32_t i = 0; i < meet->n_heat; i++)
        n += (size_t)meet->heat[i].n_mark;
    *r = (roll){.mark = HM_PUSH(arena, const hm_mark *, n),
                .number = HM_PUSH(arena, int32_t, n),
                .heat = HM_PUSH(arena, const hm_heat *, n),
                .first = HM_PUSH(arena, const hm_mark *, n),
                .first_heat = HM_PUSH(arena, const hm_heat *, n)};
    entry *e = HM_PUSH(arena, entry, n);
    int32_t *leader = HM_PUSH(arena, int32_t, n); /* first mark of the same person */
    if (!r->mark || !r->number || !r->heat || !r->first || !r->first_heat || !e || !leader)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    for (int32_t i = 0; i < meet->n_heat; i++)
        for (int32_t k = 0; k < meet->heat[i].n_mark; k++) {
            r->heat[r->n] = &meet->heat[i];
            r->mark[r->n] = &meet->heat[i].mark[k];
            e[r->n] = (entry){r->mark[r->n], r->n};
            r->n++;
        }
    qsort(e, (size_t)r->n, sizeof *e, by_person);
    for (int32_t i = 0; i < r->n; i++)
        leader[e[i].at] =
            i && same_person(&e[i - 1].mark->who, &e[i].mark->who) ? leader[e[i - 1].at] : e[i].at;
    qsort(e, (size_t)r->n, sizeof *e, by_place_in_meet);
    for (int32_t i = 0; i < r->n; i++) {
        if (leader[i] == i) {
            r->first[r->n_person] = r->mark[i];
            r->first_heat[r->n_person] = r->heat[i];
            r->number[i] = ++r->n_person;
        } else
            r->number[i] = r->number[leader[i]];
    }
    return HM_OK;
}

/* ---- the parts ---- */

typedef struct missing {
    int64_t birthdate, country; /* athletes without */
} missing;

static void put_athletes(hm_json_out *o, const roll *r, missing *lacks)
{
    hm_json_put_array(o, "athletes", HM_JSON_BLOCK);
    for (int32_t i = 0; i < r->n_person; i++) {
        const hm_person *p = &r->first[i]->who;
        hm_sex sex;
        hm_json_put_object(o, NULL, HM_JSON_LINE);
        hm_json_put_integer(o, "id", i + 1);
        hm_json_put_text(o, "firstName", p->first_name);
        hm_json_put_text(o, "lastName", p->last_name);
        if (results_is_date(p->born))
            hm_json_put_text(o, "birthdate", p->born);
        else
            lacks->birthdate++;
        if (results_is_country(p->team))
            hm_json_put_text(o, "country", p->team);
        else
            lacks->country++;
        if (results_sex(r->first_heat[i], r->first[i], &sex))
            hm_json_put_text(o, "sex", sex == HM_SEX_MEN ? "male" : "female");
        hm_json_put_end(o);
    }
    hm_json_put_end(o);
}

static void put_venue(hm_json_out *o, const hm_meet *meet)
{
    hm_json_put_array(o, "venues", HM_JSON_BLOCK);
    if (*meet->venue) {
        hm_json_put_object(o, NULL, HM_JSON_LINE);
        hm_json_put_integer(o, "id", 1);
        hm_json_put_text(o, "name", meet->venue);
        hm_json_put_end(o);
    }
    hm_json_put_end(o);
}

static void put_result(hm_json_out *o, const hm_heat *h, const hm_mark *m, int32_t number)
{
    char text[RESULTS_TEXT];
    hm_json_put_object(o, NULL, HM_JSON_LINE);
    hm_json_put_integer(o, "athleteId", number);
    if (*results_mark(h, m, "h", text))
        hm_json_put_text(o, "result", text);
    if (m->place)
        hm_json_put_integer(o, "placeInRace", m->place);
    if (strcmp(m->qualified, "Q") == 0 || strcmp(m->qualified, "q") == 0)
        hm_json_put_text(o, "qualified", m->qualified);
    hm_json_put_end(o);
}

/* "14:05:03.217" and nothing shorter is a time of the draft. */
static bool is_time(const char *s)
{
    return strlen(s) >= 8 && s[2] == ':' && s[5] == ':' && strspn(s, "0123456789:.") == strlen(s);
}

static void put_race(hm_json_out *o, const hm_meet *meet, const hm_heat *h, const int32_t number[])
{
    char wind[RESULTS_TEXT];
    hm_json_put_object(o, NULL, HM_JSON_BLOCK);
    hm_json_put_integer(o, "number", h->heat);
    hm_json_put_text(o, "wind", h->has_wind ? results_wind(h, true, wind) : "NWI");
    if (results_is_date(meet->date))
        hm_json_put_text(o, "date", meet->date);
    if (is_time(h->start_clock))
        hm_json_put_text(o, "startTime", h->start_clock);
    hm_json_put_array(o, "results", HM_JSON_BLOCK);
    for (int32_t k = 0; k < h->n_mark; k++)
        put_result(o, h, &h->mark[k], number[k]);
    hm_json_put_end(o);
    hm_json_put_end(o);
}

static void put_title(hm_json_out *o, const hm_heat *h)
{
    char code[RESULTS_CODE];
    hm_json_put_text(o, "title", *h->name ? h->name : results_discipline(h, code));
}

/* The draft names no second or third round. */
static void put_round_type(hm_json_out *o, const hm_meet *meet, const hm_heat *h)
{
    static const char *const name[] = {[RESULTS_PRELIMINARY] = "Round 1",
                                       [RESULTS_QUARTERFINAL] = "Quarterfinal",
                                       [RESULTS_SEMIFINAL] = "Semifinal",
                                       [RESULTS_FINAL] = "Final"};
    results_stage stage = results_stage_of(meet, h);
    if (stage != RESULTS_PRELIMINARY || h->round <= 1)
        hm_json_put_text(o, "type", name[stage]);
}

/* ---- units and rounds from heats in any order ---- */

typedef struct program {
    const hm_meet *meet;
    const int32_t *number; /* of all marks */
    const int32_t *at;     /* (n_heat) first mark of a heat among all */
    bool *done;            /* (n_heat) */
} program;

static bool same_round(const hm_heat *a, const hm_heat *b)
{
    return a->round == b->round && strcmp(a->round_name, b->round_name) == 0;
}

static void put_round(hm_json_out *o, program *p, int32_t from)
{
    const hm_heat *h = p->meet->heat;
    hm_json_put_object(o, NULL, HM_JSON_BLOCK);
    put_round_type(o, p->meet, &h[from]);
    hm_json_put_array(o, "races", HM_JSON_BLOCK);
    for (int32_t i = from; i < p->meet->n_heat; i++)
        if (!p->done[i] && results_same_event(&h[from], &h[i]) && same_round(&h[from], &h[i])) {
            put_race(o, p->meet, &h[i], p->number + p->at[i]);
            p->done[i] = true;
        }
    hm_json_put_end(o);
    hm_json_put_end(o);
}

static void put_units(hm_json_out *o, program *p)
{
    const hm_heat *h = p->meet->heat;
    hm_json_put_array(o, "units", HM_JSON_BLOCK);
    for (int32_t i = 0; i < p->meet->n_heat; i++) {
        if (p->done[i])
            continue;
        hm_json_put_object(o, NULL, HM_JSON_BLOCK);
        put_title(o, &h[i]);
        hm_json_put_array(o, "rounds", HM_JSON_BLOCK);
        for (int32_t k = i; k < p->meet->n_heat; k++)
            if (!p->done[k] && results_same_event(&h[i], &h[k]))
                put_round(o, p, k);
        hm_json_put_end(o);
        hm_json_put_end(o);
    }
    hm_json_put_end(o);
}

/* ---- the file ---- */

static hm_status tell(const hm_meet *meet, const missing *lacks, hm_arena *arena, hm_notes *notes,
                      hm_err *err)
{
    hm_status s = HM_OK;
    if (!results_is_date(meet->date))
        s = hm_notes_add(notes, arena, "the draft wants a date of each race: none is known");
    if (s == HM_OK && lacks->birthdate)
        s = hm_notes_add(notes, arena, "the draft wants a date of birth: %lld athletes have none",
                         (long long)lacks->birthdate);
    if (s == HM_OK && lacks->country)
        s = hm_notes_add(notes, arena,
                         "the draft wants a country: the team of %lld athletes is none",
                         (long long)lacks->country);
    return s == HM_OK ? HM_OK : hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
}

hm_status opentrack_write(hm_sink sink, const hm_meet *meet, hm_arena *arena, hm_notes *notes,
                          hm_err *err)
{
    roll r;
    missing lacks = {0};
    HM_TRY(results_check(meet, err));
    HM_TRY(call_roll(meet, arena, &r, err));
    int32_t *at = HM_PUSH(arena, int32_t, meet->n_heat + 1);
    bool *done = HM_PUSH(arena, bool, meet->n_heat + 1);
    if (!at || !done)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    for (int32_t i = 0; i < meet->n_heat; i++)
        at[i + 1] = at[i] + meet->heat[i].n_mark;
    hm_json_out out = hm_json_out_make(sink, err), *o = &out;
    hm_json_put_object(o, NULL, HM_JSON_BLOCK);
    if (*meet->name)
        hm_json_put_text(o, "name", meet->name);
    put_athletes(o, &r, &lacks);
    hm_json_put_array(o, "relayTeams", HM_JSON_LINE);
    hm_json_put_end(o);
    put_venue(o, meet);
    put_units(o, &(program){meet, r.number, at, done});
    hm_json_put_end(o);
    HM_TRY(hm_json_finish(o));
    return tell(meet, &lacks, arena, notes, err);
}
