/* anthology_chapters.c - which races of a story are told, and what the story leaves unsaid about
 * them. */
#include "anthology_priv.h"

#include <stdlib.h>
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

/* ---- races between the story's own chapters ---- */

/* Weeks from a race to the nearest chapter; -1 = not between the first and the last, or one of
 * them, or not a race of the pair. */
static int32_t apart(const hm_story *story, int32_t race, int32_t n, const hm_story_chapter c[])
{
    int32_t week = story->race[race].week, least = INT32_MAX;
    if (antho_count(story, race) == 0 || week <= story->race[c[0].race].week ||
        week >= story->race[c[n - 1].race].week)
        return -1;
    for (int32_t i = 0; i < n; i++) {
        int32_t far = abs(week - story->race[c[i].race].week);
        least = far < least ? far : least;
    }
    return least;
}

static bool is_in_time(const hm_story *story, int32_t n, const hm_story_chapter c[])
{
    for (int32_t i = 1; i < n; i++)
        if (story->race[c[i].race].week <= story->race[c[i - 1].race].week)
            return false;
    return true;
}

/* The look for a race that the story did not ask for: one that no chapter has yet. */
static const char *spare_look(int32_t n, const hm_story_chapter c[])
{
    static const char *const look[] = {"smear", "sound", "broadcast", "rain", "rotoscope"};
    for (size_t k = 0; k < sizeof look / sizeof look[0]; k++) {
        bool used = false;
        for (int32_t i = 0; i < n; i++)
            used |= c[i].look && strcmp(c[i].look, look[k]) == 0;
        if (!used)
            return look[k];
    }
    return "broadcast";
}

/* Few chapters leave long gaps: meetings of the pair are told between them, the loneliest first,
 * until there are enough for a film. */
static void fill_gaps(const hm_story *story, int32_t *n, hm_story_chapter c[])
{
    while (*n > 1 && *n < HM_ANTHOLOGY_FILLED_MAX && is_in_time(story, *n, c)) {
        int32_t best = -1, most = 0;
        for (int32_t i = 0; i < story->n_meeting; i++) {
            int32_t race = story->meeting[i].race, far = apart(story, race, *n, c);
            if (far > most)
                best = race, most = far;
        }
        if (best < 0)
            return;
        int32_t at = *n;
        for (; story->race[c[at - 1].race].week > story->race[best].week; at--)
            c[at] = c[at - 1];
        c[at] = (hm_story_chapter){.race = best};
        (*n)++;
    }
    for (int32_t i = 0; i < *n; i++) /* in order of time, so that obsession comes before the dark */
        if (!c[i].look && story->n_chapter > 0)
            c[i].look = spare_look(*n, c);
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

/* Which lines have been said: no two people of one film say the same. */
typedef struct spoken {
    bool line[HM_STORY_BELIEF_COUNT][ANTHO_AGES];
} spoken;

/* How firmly somebody held a belief in the year of a race. */
static double firmness(const hm_story_person *p, const hm_story_run *run, int32_t belief)
{
    for (int32_t i = 0; i < p->n_season; i++)
        if (run->age_yr >= p->season[i].age_yr && run->age_yr < p->season[i].age_yr + 1)
            return p->season[i].belief[belief];
    return 0;
}

/* The firmest that nobody has put into words yet; the firmest, when all are used up. */
static int32_t belief_to_say(const hm_story *story, const hm_story_run *run, const spoken *said)
{
    int age = antho_age_of(run->age_yr);
    int32_t best = -1;
    double most = -1;
    if (!said->line[run->belief][age])
        return run->belief;
    for (int32_t b = 0; b < HM_STORY_BELIEF_COUNT; b++) {
        double held = firmness(&story->person[run->person], run, b);
        if (!said->line[b][age] && held > most)
            best = b, most = held;
    }
    return best >= 0 ? best : run->belief;
}

static void add_line(const hm_story *story, const hm_story_run *run, hm_story_chapter *c,
                     spoken *said)
{
    int age = antho_age_of(run->age_yr);
    if (c->n_line == LINE_MAX || !story->person[run->person].pinned)
        return;
    int32_t belief = belief_to_say(story, run, said);
    said->line[belief][age] = true;
    c->line[c->n_line++] = (hm_story_line){run->person, antho_belief_line(HM_LANG_EN, belief, age),
                                           antho_belief_line(HM_LANG_JA, belief, age)};
}

/* Whoever is followed says why he runs, the pair first. */
static hm_status put_lines(const hm_story *story, hm_arena *arena, hm_story_chapter *c,
                           spoken *said, hm_err *err)
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
            add_line(story, run, c, said);
    }
    for (int32_t i = 0; i < r->n_run; i++)
        if (r->run[i].person != pair[0] && r->run[i].person != pair[1])
            add_line(story, &r->run[i], c, said);
    return HM_OK;
}

static hm_status complete(const hm_story *story, hm_arena *arena, int32_t i, int32_t n,
                          hm_story_chapter *c, spoken *said, hm_err *err)
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
    return c->n_line == 0 ? put_lines(story, arena, c, said, err) : HM_OK;
}

hm_status hm_anthology_chapters(const hm_story *story, hm_arena *arena, int32_t *n,
                                hm_story_chapter **chapter, hm_err *err)
{
    int32_t count = story->n_chapter; /* then of the film */
    hm_story_chapter *made = NULL;
    spoken words = {0};
    if (count > HM_ANTHOLOGY_CHAPTER_MAX)
        return hm_err_set(err, HM_ERR_INPUT, "story", 0, 0, "chapters",
                          "expected at most %d, found %d", HM_ANTHOLOGY_CHAPTER_MAX, (int)count);
    if (count == 0)
        HM_TRY(chosen_chapters(story, arena, &count, &made, err));
    else if (!(made = HM_PUSH(arena, hm_story_chapter, HM_ANTHOLOGY_CHAPTER_MAX)))
        return no_memory(err);
    else
        memcpy(made, story->chapter, (size_t)count * sizeof *made);
    fill_gaps(story, &count, made);
    for (int32_t i = 0; i < count; i++)
        HM_TRY(complete(story, arena, i, count, &made[i], &words, err));
    *n = count;
    *chapter = made;
    return HM_OK;
}

const char *hm_anthology_race_look(const hm_story *s, int32_t race, const char *otherwise)
{
    for (int32_t i = 0; i < s->n_chapter; i++)
        if (s->chapter[i].race == race && is_given(s->chapter[i].look))
            return s->chapter[i].look;
    switch (s->race[race].stage) {
    case HM_STAGE_PRIMARY:
        return "elastic";
    case HM_STAGE_JUNIOR_HIGH:
    case HM_STAGE_HIGH_SCHOOL:
        return "rotoscope";
    default:
        return otherwise;
    }
}
