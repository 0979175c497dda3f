/* anthology_chapters.c - which races of a story are told, and what the story leaves unsaid about
 * them. */
#include "anthology_priv.h"

#include <string.h>

enum { LINE_MAX = 3 }; /* of a chapter for which the story has none */

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, "story", 0, 0, NULL, "no memory for the film");
}

/* ---- the story ---- */

const hm_story_run *antho_run_of(const hm_story_race *race, int32_t person)
{
    for (int32_t i = 0; i < race->n_run; i++)
        if (race->run[i].person == person)
            return &race->run[i];
    return NULL;
}

bool antho_pair(const hm_story *story, int32_t pair[2])
{
    for (int32_t i = 0; i < story->n_meeting; i++) {
        const hm_story_meeting *m = &story->meeting[i];
        if (!story->person[m->a].pinned || !story->person[m->b].pinned)
            continue;
        pair[0] = m->a, pair[1] = m->b;
        return true;
    }
    return false;
}

int32_t antho_count(const hm_story *story, int32_t race)
{
    int32_t pair[2];
    if (!antho_pair(story, pair))
        return 0;
    for (int32_t i = 0; i < story->n_meeting; i++) {
        const hm_story_meeting *m = &story->meeting[i];
        bool is_they = (m->a == pair[0] && m->b == pair[1]) || (m->a == pair[1] && m->b == pair[0]);
        if (is_they && m->race == race)
            return m->count;
    }
    return 0;
}

/* ---- which races ---- */

static int32_t followed_in(const hm_story *story, int32_t race)
{
    const hm_story_race *r = &story->race[race];
    int32_t n = 0;
    for (int32_t i = 0; i < r->n_run; i++)
        n += story->person[r->run[i].person].pinned;
    return n;
}

/* From the first to the last of the races in which at least so many of the followed run. */
static int32_t choose(const hm_story *story, int32_t least, int32_t chosen[])
{
    int32_t n = 0, at = 0, taken = 0;
    for (int32_t i = 0; i < story->n_race; i++)
        n += followed_in(story, i) >= least;
    int32_t want = n < HM_ANTHOLOGY_CHOSEN_MAX ? n : HM_ANTHOLOGY_CHOSEN_MAX;
    for (int32_t i = 0; i < story->n_race && taken < want; i++) {
        if (followed_in(story, i) < least)
            continue;
        int32_t due = want > 1 ? (taken * (n - 1) + (want - 1) / 2) / (want - 1) : 0;
        if (at++ == due)
            chosen[taken++] = i;
    }
    return taken;
}

static hm_status chosen_chapters(const hm_story *story, hm_arena *arena, int32_t *n,
                                 hm_story_chapter **chapter, hm_err *err)
{
    int32_t race[HM_ANTHOLOGY_CHOSEN_MAX];
    int32_t count = choose(story, 2, race);
    count = count > 0 ? count : choose(story, 1, race);
    if (count == 0)
        return hm_err_set(err, HM_ERR_INPUT, "story", 0, 0, "races",
                          "expected a race of somebody who is pinned, found none");
    hm_story_chapter *made = HM_PUSH(arena, hm_story_chapter, count);
    if (!made)
        return no_memory(err);
    for (int32_t i = 0; i < count; i++)
        made[i] = (hm_story_chapter){.race = race[i]};
    *n = count;
    *chapter = made;
    return HM_OK;
}

/* ---- what is missing ---- */

static bool is_given(const char *text)
{
    return text && text[0];
}

/* By age and meaning: elastic in childhood, traced in youth, then obsession, the dark, the rain;
 * the last race plain. */
static const char *look_of(const hm_story_race *r, int32_t i, int32_t n)
{
    static const char *const grown[] = {"smear", "sound", "rain"};
    if (r->stage == HM_STAGE_PRIMARY)
        return "elastic";
    if (r->stage == HM_STAGE_JUNIOR_HIGH || r->stage == HM_STAGE_HIGH_SCHOOL)
        return "rotoscope";
    return i + 1 == n ? "broadcast" : grown[i % 3];
}

static void add_line(const hm_story *story, const hm_story_run *run, hm_story_chapter *c)
{
    const hm_story_line one = {run->person, antho_belief_line(HM_LANG_EN, run->belief, run->age_yr),
                               antho_belief_line(HM_LANG_JA, run->belief, run->age_yr)};
    if (c->n_line < LINE_MAX && story->person[run->person].pinned)
        c->line[c->n_line++] = one;
}

/* Whoever is followed says why he runs, the pair first. */
static hm_status put_lines(const hm_story *story, hm_arena *arena, hm_story_chapter *c, hm_err *err)
{
    const hm_story_race *r = &story->race[c->race];
    int32_t pair[2] = {-1, -1};
    antho_pair(story, pair);
    c->line = HM_PUSH(arena, hm_story_line, LINE_MAX);
    if (!c->line)
        return no_memory(err);
    for (int k = 0; k < 2; k++) {
        const hm_story_run *run = pair[k] >= 0 ? antho_run_of(r, pair[k]) : NULL;
        if (run)
            add_line(story, run, c);
    }
    for (int32_t i = 0; i < r->n_run; i++)
        if (r->run[i].person != pair[0] && r->run[i].person != pair[1])
            add_line(story, &r->run[i], c);
    return HM_OK;
}

static hm_status complete(const hm_story *story, hm_arena *arena, int32_t i, int32_t n,
                          hm_story_chapter *c, hm_err *err)
{
    const hm_story_race *r = &story->race[c->race];
    if (!is_given(c->look))
        c->look = look_of(r, i, n);
    if (!is_given(c->title)) {
        c->title = antho_race_name(r, HM_LANG_EN);
        c->title_ja = antho_race_name(r, HM_LANG_JA);
    }
    if (!is_given(c->title_ja))
        c->title_ja = c->title;
    c->subtitle = c->subtitle ? c->subtitle : "";
    c->subtitle_ja = is_given(c->subtitle_ja) ? c->subtitle_ja : c->subtitle;
    return c->n_line == 0 ? put_lines(story, arena, c, err) : HM_OK;
}

hm_status hm_anthology_chapters(const hm_story *story, hm_arena *arena, int32_t *n,
                                hm_story_chapter **chapter, hm_err *err)
{
    int32_t count = story->n_chapter;
    hm_story_chapter *made = NULL;
    if (count > HM_ANTHOLOGY_CHAPTER_MAX)
        return hm_err_set(err, HM_ERR_INPUT, "story", 0, 0, "chapters",
                          "expected at most %d, found %d", HM_ANTHOLOGY_CHAPTER_MAX, (int)count);
    if (count == 0)
        HM_TRY(chosen_chapters(story, arena, &count, &made, err));
    else if (!(made = HM_PUSH(arena, hm_story_chapter, count)))
        return no_memory(err);
    else
        memcpy(made, story->chapter, (size_t)count * sizeof *made);
    for (int32_t i = 0; i < count; i++)
        HM_TRY(complete(story, arena, i, count, &made[i], err));
    *n = count;
    *chapter = made;
    return HM_OK;
}
