#include "tale_priv.h"

#include <math.h>
#include <string.h>

/* What all came to: the last pages of a story. */

static hm_status end_person(tale *b, const world *w, int32_t one)
{
    const hm_one *o = &w->one[one];
    hm_story_person *p = &b->story->person[b->number[one]];
    if (o->pb_us > 0) {
        p->pb_s = (double)o->pb_us / 1e6;
        p->pb_age_yr = o->pb_age_y;
    }
    if (o->state.standing != HM_STANDING_LEFT)
        return HM_OK;
    int32_t year = o->class_year + o->exit_when / HM_YEAR_WEEKS;
    int32_t week = (year - w->story_year) * HM_YEAR_WEEKS + o->exit_when % HM_YEAR_WEEKS;
    p->exit_week = week < 0 ? 0 : week;
    p->exit = hm_arena_printf(b->arena, "%s, at %.1f", hm_exit_word(o->exit),
                              (double)o->exit_when / HM_YEAR_WEEKS - o->person.birth_frac);
    return p->exit ? HM_OK : HM_ERR_SYSTEM;
}

/* Rivals of the pinned who are in the story. */
static hm_status end_rivals(tale *b, const world *w)
{
    hm_story *s = b->story;
    s->rival = HM_PUSH(b->arena, hm_story_rival, w->n_pinned * RIVAL_MAX);
    for (int32_t i = 0; s->rival && i < w->n_pinned * RIVAL_MAX; i++) {
        const world_link *l = &w->link[i];
        if (l->other < 0 || l->since < 0 || l->n < 1 || b->number[l->other] < 0)
            continue;
        int32_t since = l->since - (w->story_year - w->first_year) * HM_YEAR_WEEKS;
        s->rival[s->n_rival++] = (hm_story_rival){b->number[i / RIVAL_MAX], b->number[l->other],
                                                  since < 0 ? 0 : since, (double)l->peak, l->n};
    }
    return s->rival ? HM_OK : HM_ERR_SYSTEM;
}

static hm_status end_chapters(tale *b, const world *w)
{
    const hm_scenario *of = w->scenario;
    hm_story *s = b->story;
    s->chapter = HM_PUSH(b->arena, hm_story_chapter, of->n_chapter + 1);
    for (int32_t i = 0; s->chapter && i < of->n_chapter; i++) {
        const hm_scenario_chapter *c = &of->chapter[i];
        if (b->race_of[c->event] < 0)
            continue;
        s->chapter[s->n_chapter++] =
            (hm_story_chapter){b->race_of[c->event], c->look,        c->title,  c->title_ja,
                               c->subtitle,          c->subtitle_ja, c->n_line, c->line};
    }
    return s->chapter ? HM_OK : HM_ERR_SYSTEM;
}

/* ---- what a reader must know ---- */

static const char *why_absent(const world *w, int32_t one, int32_t week)
{
    const hm_one *o = &w->one[one];
    int32_t left = (o->class_year - w->first_year) * HM_YEAR_WEEKS + o->exit_when;
    if (world_is_off(w, w->scenario->person[one].without))
        return "is not in this world";
    if (o->state.standing == HM_STANDING_LEFT && left <= week)
        return "had left the sport";
    return "was injured or did not qualify";
}

static hm_status note_races(const tale *b, const world *w)
{
    for (int32_t i = 0; i < w->scenario->n_event; i++) {
        const hm_scenario_event *e = &w->scenario->event[i];
        if (e->kind != HM_EVENT_RACE || b->seen[i] || !world_has(w, e))
            continue;
        if (!b->took_place[i])
            HM_TRY(hm_notes_add(&b->story->notes, b->arena, "%s (%s) did not take place", e->name,
                                e->date));
        else
            HM_TRY(hm_notes_add(&b->story->notes, b->arena, "%s (%s) took place without %s, who %s",
                                e->name, e->date, w->scenario->person[b->absent[i]].name,
                                why_absent(w, b->absent[i], world_week_of(w, e->date))));
    }
    return HM_OK;
}

static hm_status note_people(const tale *b, const world *w)
{
    for (int32_t i = 0; i < w->n_pinned; i++) {
        const hm_scenario_person *p = &w->scenario->person[i];
        if (!isnan(p->active_until_yr))
            HM_TRY(hm_notes_add(&b->story->notes, b->arena,
                                "%s is kept in the sport by the scenario until he is %.4g", p->name,
                                p->active_until_yr));
    }
    for (int32_t i = 0; i < w->scenario->n_switch; i++)
        if (w->off && w->off[i])
            HM_TRY(hm_notes_add(
                &b->story->notes, b->arena, "without %s%s%s", w->scenario->change[i].name,
                w->scenario->change[i].change[0] ? ": " : "", w->scenario->change[i].change));
    if (b->story->n_person >= HM_STORY_PEOPLE_MAX - HM_LANE_MAX)
        HM_TRY(hm_notes_add(&b->story->notes, b->arena,
                            "more people than a story holds: later races are left out"));
    return HM_OK;
}

hm_status tale_end(tale *b, const world *w)
{
    for (int32_t i = 0; i < w->n; i++)
        if (b->number[i] >= 0)
            HM_TRY(end_person(b, w, i));
    HM_TRY(end_rivals(b, w));
    HM_TRY(end_chapters(b, w));
    HM_TRY(note_people(b, w));
    return note_races(b, w);
}
