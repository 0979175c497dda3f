/* life/story.h - a scenario is lived: a story, its futures, and each of its races with every
 * footfall. */
#ifndef HM_LIFE_STORY_H
#define HM_LIFE_STORY_H

#include "life/one.h"

/** How to live it. */
typedef struct hm_live_opts {
    uint32_t cookie;
    uint64_t seed;    /* below 2^63 */
    int n_thread;     /* changes no byte */
    int32_t n_future; /* of each future that is asked for; 0 = none */
    int32_t follow;   /* whom futures follow; -1 = as the scenario says */
    const char *from; /* where futures branch, ISO 8601; NULL = as the scenario says */
    int32_t n_without;
    const char *const *without; /* (n_without) switches that are off in the story itself */
    int32_t n_set;
    const char *const *set; /* (n_set) NAME=VALUE of hm_life_params_table, over the scenario's */
    bool (*tell)(void *ctx, int64_t done, int64_t total); /* false = stop; NULL = nobody asks */
    void *tell_ctx;
} hm_live_opts;

hm_live_opts hm_live_opts_default(void);

enum { HM_LIVE_FUTURE_MAX = 100 * 1000 };

/**
 * Constants that a scenario and the options set by name, over the defaults of its sex.
 * errors HM_ERR_INPUT with the path of the value; HM_ERR_USAGE for those of the options
 */
HM_CHECKED hm_status hm_scenario_params(const hm_scenario *s, const hm_live_opts *opts,
                                        hm_arena *arena, hm_life_params *params, hm_err *err);

/**
 * Live a scenario.
 *
 * in     scenario  as hm_scenario_read gives it; its texts are shared with the story
 *        opts      from hm_live_opts_default (asserted)
 * out    story     passes hm_story_check; untouched on failure
 * errors HM_ERR_INPUT a setting by name that there is not; HM_ERR_USAGE a switch that is not
 *        declared; HM_ERR_STOPPED; HM_ERR_SYSTEM no memory
 * memory arena
 * threads: starts up to n_thread for futures; the same bytes for any number
 * test   tests/unit/life/test_story.c
 */
HM_CHECKED hm_status hm_story_live(const hm_scenario *scenario, const hm_live_opts *opts,
                                   hm_arena *arena, hm_story *story, hm_err *err);

/**
 * Number of the future that hm_story_live tells of, for world.future of a scenario: with it, and
 * without a search, the same story is lived at once. -1: the scenario has no branch.
 * errors those of hm_story_live
 * test   tests/unit/life/test_story.c
 */
HM_CHECKED hm_status hm_story_told_future(const hm_scenario *scenario, const hm_live_opts *opts,
                                          hm_arena *arena, int32_t *future, hm_err *err);

/** What one of the people met, in order: to live him again alone. */
typedef struct hm_encounters {
    int32_t n;
    size_t cap;
    hm_encounter *met; /* (n) */
} hm_encounters;

/**
 * The same as hm_story_live without futures, keeping what `person` met and how he ended.
 * memory arena
 */
HM_CHECKED hm_status hm_story_meet(const hm_scenario *scenario, const hm_live_opts *opts,
                                   int32_t person, hm_arena *arena, hm_encounters *met, hm_one *end,
                                   hm_err *err);

/**
 * Live one of the people again, alone, with what he met.
 * out    end  the same as hm_story_meet gave, bit for bit
 * test   tests/unit/life/test_story.c
 */
HM_CHECKED hm_status hm_story_relive(const hm_scenario *scenario, const hm_live_opts *opts,
                                     int32_t person, const hm_encounters *met, hm_arena *arena,
                                     hm_one *end, hm_err *err);

#endif
