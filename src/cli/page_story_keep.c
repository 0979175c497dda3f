/* page_story_keep.c - of a story with very many races, those that matter. */
#include "page_story.h"

#include <string.h>

enum { RANK_CHAPTER, RANK_MEETING, RANK_NATIONAL, RANK_FOLLOWED, RANK_REST, RANK_COUNT };

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the page");
}

static bool has_followed(const hm_story *s, const hm_story_race *r)
{
    for (int32_t i = 0; i < r->n_run; i++)
        if (s->person[r->run[i].person].pinned)
            return true;
    return false;
}

static int rank_of(const hm_story *s, int32_t race)
{
    const hm_story_race *r = &s->race[race];
    for (int32_t i = 0; i < s->n_chapter; i++)
        if (s->chapter[i].race == race)
            return RANK_CHAPTER;
    for (int32_t i = 0; i < s->n_meeting; i++)
        if (s->meeting[i].race == race)
            return RANK_MEETING;
    if (!has_followed(s, r))
        return RANK_REST;
    return strcmp(r->level, "national") == 0 || strcmp(r->level, "final") == 0 ? RANK_NATIONAL
                                                                               : RANK_FOLLOWED;
}

void page_story_order(const hm_story *s, int32_t order[])
{
    int32_t n = 0;
    for (int k = 0; k < RANK_COUNT; k++)
        for (int32_t i = 0; i < s->n_race; i++)
            if (rank_of(s, i) == k)
                order[n++] = i;
}

/* New index of each race, -1 = dropped; returns how many are kept. */
static int32_t choose(const hm_story *s, int32_t most, const int rank[], int32_t at[])
{
    int32_t left = most, n = 0;
    for (int32_t i = 0; i < s->n_race; i++)
        at[i] = -1;
    for (int k = 0; k < RANK_COUNT; k++)
        for (int32_t i = 0; i < s->n_race && left > 0; i++)
            if (rank[i] == k)
                at[i] = 0, left--;
    for (int32_t i = 0; i < s->n_race; i++)
        if (at[i] == 0)
            at[i] = n++;
    return n;
}

/* What points at races points at those that are left. */
static void point(const hm_story *s, const int32_t at[], hm_story *k)
{
    k->n_meeting = k->n_chapter = 0;
    for (int32_t i = 0; i < s->n_meeting; i++)
        if (at[s->meeting[i].race] >= 0) {
            k->meeting[k->n_meeting] = s->meeting[i];
            k->meeting[k->n_meeting++].race = at[s->meeting[i].race];
        }
    for (int32_t i = 0; i < s->n_idea; i++) {
        k->idea[i] = s->idea[i];
        if (s->idea[i].race >= 0)
            k->idea[i].race = at[s->idea[i].race];
    }
    for (int32_t i = 0; i < s->n_chapter; i++)
        if (at[s->chapter[i].race] >= 0) {
            k->chapter[k->n_chapter] = s->chapter[i];
            k->chapter[k->n_chapter++].race = at[s->chapter[i].race];
        }
}

static hm_status allocate(const hm_story *s, int32_t n_race, hm_arena *arena, hm_story *k,
                          hm_err *err)
{
    *k = *s;
    k->n_race = n_race;
    k->race = HM_PUSH(arena, hm_story_race, n_race);
    k->meeting = HM_PUSH(arena, hm_story_meeting, s->n_meeting);
    k->idea = HM_PUSH(arena, hm_story_idea, s->n_idea);
    k->chapter = HM_PUSH(arena, hm_story_chapter, s->n_chapter);
    return (n_race && !k->race) || (s->n_meeting && !k->meeting) || (s->n_idea && !k->idea) ||
                   (s->n_chapter && !k->chapter)
               ? no_memory(err)
               : HM_OK;
}

hm_status page_story_keep(const hm_story *story, int32_t most, hm_arena *arena, hm_story *kept,
                          const int32_t **told, hm_err *err)
{
    int32_t n = story->n_race;
    int *rank = HM_PUSH(arena, int, n);
    int32_t *at = HM_PUSH(arena, int32_t, n), *from = HM_PUSH(arena, int32_t, n);
    hm_story k;
    if (n > 0 && (!rank || !at || !from))
        return no_memory(err);
    for (int32_t i = 0; i < n; i++)
        rank[i] = n > most ? rank_of(story, i) : RANK_REST;
    int32_t n_kept = choose(story, most, rank, at);
    HM_TRY(allocate(story, n_kept, arena, &k, err));
    for (int32_t i = 0; i < n; i++)
        if (at[i] >= 0) {
            k.race[at[i]] = story->race[i];
            from[at[i]] = i;
        }
    point(story, at, &k);
    *kept = k;
    *told = from;
    return HM_OK;
}
