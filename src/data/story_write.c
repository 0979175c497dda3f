#include "story_priv.h"

/* Terms that are not 0, by name. */
static void put_terms(hm_json_out *o, const double term_ln[])
{
    hm_json_put_object(o, "account", HM_JSON_LINE);
    for (int32_t i = 0; i < HM_STORY_TERM_COUNT; i++)
        if (term_ln[i] != 0)
            hm_json_put_number(o, hm_story_term_word(i), term_ln[i]);
    hm_json_put_end(o);
}

static void put_season(hm_json_out *o, const hm_story_season *s)
{
    hm_json_put_object(o, NULL, HM_JSON_LINE);
    record_put(o, &story_season, s);
    hm_json_put_object(o, "beliefs", HM_JSON_LINE);
    for (int32_t i = 0; i < HM_STORY_BELIEF_COUNT; i++)
        hm_json_put_number(o, hm_story_belief_word(i), s->belief[i]);
    hm_json_put_end(o);
    hm_json_put_end(o);
}

static void put_account(hm_json_out *o, const hm_story_season *s)
{
    for (int32_t i = 0; i < HM_STORY_TERM_COUNT; i++) {
        if (s->term_ln[i] == 0)
            continue;
        hm_json_put_object(o, NULL, HM_JSON_LINE);
        hm_json_put_integer(o, "year", s->year);
        hm_json_put_text(o, "term", hm_story_term_word(i));
        hm_json_put_number(o, "d_ln_t", s->term_ln[i]);
        hm_json_put_end(o);
    }
}

static void put_person(hm_json_out *o, const hm_story_person *p)
{
    hm_json_put_object(o, NULL, HM_JSON_BLOCK);
    record_put(o, &story_person, p);
    hm_json_put_array(o, "seasons", HM_JSON_BLOCK);
    for (int32_t i = 0; i < p->n_season; i++)
        put_season(o, &p->season[i]);
    hm_json_put_end(o);
    hm_json_put_array(o, "account", HM_JSON_BLOCK);
    for (int32_t i = 0; i < p->n_season; i++)
        put_account(o, &p->season[i]);
    hm_json_put_end(o);
    hm_json_put_end(o);
}

static void put_run(hm_json_out *o, const hm_story *s, const hm_story_run *r)
{
    hm_json_put_object(o, NULL, HM_JSON_LINE);
    hm_json_put_text(o, "person", s->person[r->person].id);
    hm_json_put_integer(o, "time_us", r->time_us);
    record_put(o, &story_run, r);
    put_terms(o, r->term_ln);
    hm_json_put_end(o);
}

static void put_race(hm_json_out *o, const hm_story *s, const hm_story_race *r)
{
    hm_json_put_object(o, NULL, HM_JSON_BLOCK);
    record_put(o, &story_race, r);
    hm_json_put_array(o, "people", HM_JSON_LINE);
    for (int32_t i = 0; i < r->n_run; i++)
        hm_json_put_text(o, NULL, s->person[r->run[i].person].id);
    hm_json_put_end(o);
    hm_json_put_text(o, "winner", s->person[r->run[0].person].id);
    hm_json_put_array(o, "runs", HM_JSON_BLOCK);
    for (int32_t i = 0; i < r->n_run; i++)
        put_run(o, s, &r->run[i]);
    hm_json_put_end(o);
    hm_json_put_end(o);
}

static void put_meetings(hm_json_out *o, const hm_story *s)
{
    hm_json_put_array(o, "meetings", HM_JSON_BLOCK);
    for (int32_t i = 0; i < s->n_meeting; i++) {
        const hm_story_meeting *m = &s->meeting[i];
        hm_json_put_object(o, NULL, HM_JSON_LINE);
        hm_json_put_text(o, "a", s->person[m->a].id);
        hm_json_put_text(o, "b", s->person[m->b].id);
        hm_json_put_text(o, "race", s->race[m->race].id);
        record_put(o, &story_meeting, m);
        hm_json_put_end(o);
    }
    hm_json_put_end(o);
}

static void put_ideas(hm_json_out *o, const hm_story *s)
{
    hm_json_put_array(o, "ideas", HM_JSON_BLOCK);
    for (int32_t i = 0; i < s->n_idea; i++) {
        const hm_story_idea *d = &s->idea[i];
        hm_json_put_object(o, NULL, HM_JSON_LINE);
        hm_json_put_text(o, "from", s->person[d->from].id);
        hm_json_put_text(o, "to", s->person[d->to].id);
        hm_json_put_text(o, "idea", hm_story_belief_word(d->belief));
        if (d->race < 0)
            hm_json_put_null(o, "race");
        else
            hm_json_put_text(o, "race", s->race[d->race].id);
        record_put(o, &story_idea, d);
        hm_json_put_end(o);
    }
    hm_json_put_end(o);
}

static void put_practices(hm_json_out *o, const hm_story *s)
{
    hm_json_put_array(o, "practices", HM_JSON_BLOCK);
    for (int32_t i = 0; i < s->n_practice; i++) {
        const hm_story_practice *p = &s->practice[i];
        hm_json_put_object(o, NULL, HM_JSON_LINE);
        hm_json_put_text(o, "person", s->person[p->person].id);
        if (p->from < 0)
            hm_json_put_null(o, "from");
        else
            hm_json_put_text(o, "from", s->person[p->from].id);
        record_put(o, &story_practice, p);
        hm_json_put_end(o);
    }
    hm_json_put_end(o);
}

static void put_links(hm_json_out *o, const hm_story *s)
{
    hm_json_put_array(o, "injuries", HM_JSON_BLOCK);
    for (int32_t i = 0; i < s->n_injury; i++) {
        hm_json_put_object(o, NULL, HM_JSON_LINE);
        hm_json_put_text(o, "person", s->person[s->injury[i].person].id);
        record_put(o, &story_injury, &s->injury[i]);
        hm_json_put_end(o);
    }
    hm_json_put_end(o);
    hm_json_put_array(o, "rivals", HM_JSON_BLOCK);
    for (int32_t i = 0; i < s->n_rival; i++) {
        hm_json_put_object(o, NULL, HM_JSON_LINE);
        hm_json_put_text(o, "person", s->person[s->rival[i].person].id);
        hm_json_put_text(o, "other", s->person[s->rival[i].other].id);
        record_put(o, &story_rival, &s->rival[i]);
        hm_json_put_end(o);
    }
    hm_json_put_end(o);
}

static void put_futures(hm_json_out *o, const hm_story *s)
{
    hm_json_put_array(o, "futures", HM_JSON_BLOCK);
    for (int32_t i = 0; i < s->n_future; i++) {
        const hm_story_future *f = &s->future[i];
        hm_json_put_object(o, NULL, HM_JSON_BLOCK);
        hm_json_put_text(o, "person", s->person[f->person].id);
        record_put(o, &story_future, f);
        hm_json_put_numbers(o, "best_s_lo90", f->n_year, f->best_s_lo90);
        hm_json_put_numbers(o, "best_s_median", f->n_year, f->best_s_median);
        hm_json_put_numbers(o, "best_s_hi90", f->n_year, f->best_s_hi90);
        hm_json_put_array(o, "odds", HM_JSON_BLOCK);
        for (int32_t k = 0; k < f->n_odds; k++) {
            hm_json_put_object(o, NULL, HM_JSON_LINE);
            record_put(o, &story_odds, &f->odds[k]);
            hm_json_put_end(o);
        }
        hm_json_put_end(o);
        hm_json_put_end(o);
    }
    hm_json_put_end(o);
}

static void put_chapters(hm_json_out *o, const hm_story *s)
{
    hm_json_put_array(o, "chapters", HM_JSON_BLOCK);
    for (int32_t i = 0; i < s->n_chapter; i++) {
        const hm_story_chapter *c = &s->chapter[i];
        hm_json_put_object(o, NULL, HM_JSON_BLOCK);
        hm_json_put_text(o, "race", s->race[c->race].id);
        record_put(o, &story_chapter, c);
        hm_json_put_array(o, "lines", HM_JSON_BLOCK);
        for (int32_t k = 0; k < c->n_line; k++) {
            hm_json_put_object(o, NULL, HM_JSON_LINE);
            hm_json_put_text(o, "person", s->person[c->line[k].person].id);
            record_put(o, &story_line, &c->line[k]);
            hm_json_put_end(o);
        }
        hm_json_put_end(o);
        hm_json_put_end(o);
    }
    hm_json_put_end(o);
}

void hm_story_put(hm_json_out *o, const char *key, const hm_story *s)
{
    hm_json_put_object(o, key, HM_JSON_BLOCK);
    hm_json_put_text(o, "format", HM_STORY_FORMAT);
    hm_json_put_integer(o, "version", HM_STORY_VERSION);
    hm_json_put_integer(o, "seed", (int64_t)s->seed);
    record_put(o, &story_head, s);
    hm_json_put_array(o, "people", HM_JSON_BLOCK);
    for (int32_t i = 0; i < s->n_person; i++)
        put_person(o, &s->person[i]);
    hm_json_put_end(o);
    hm_json_put_array(o, "races", HM_JSON_BLOCK);
    for (int32_t i = 0; i < s->n_race; i++)
        put_race(o, s, &s->race[i]);
    hm_json_put_end(o);
    put_meetings(o, s);
    put_ideas(o, s);
    put_practices(o, s);
    put_links(o, s);
    put_futures(o, s);
    put_chapters(o, s);
    hm_json_put_notes(o, "notes", &s->notes);
    hm_json_put_end(o);
}

static hm_status put_story(hm_sink sink, const hm_story *s, hm_err *err)
{
    hm_json_out out = hm_json_out_make(sink, err);
    hm_story_put(&out, NULL, s);
    return hm_json_finish(&out);
}

hm_status hm_story_write(const char *path, const hm_story *story, hm_err *err)
{
    hm_file f;
    HM_TRY(hm_story_check(story, err));
    HM_TRY(hm_file_create(path, &f, err));
    hm_status status = put_story(hm_sink_file(&f), story, err);
    if (status == HM_OK)
        return hm_file_commit(&f, err);
    hm_file_abort(&f);
    return status;
}

hm_status hm_story_print(const hm_story *story, hm_arena *arena, char **text, size_t *n,
                         hm_err *err)
{
    hm_memory m = {.arena = arena};
    HM_TRY(hm_story_check(story, err));
    HM_TRY(put_story(hm_sink_memory(&m), story, err));
    *text = m.bytes;
    if (n)
        *n = m.n;
    return HM_OK;
}
