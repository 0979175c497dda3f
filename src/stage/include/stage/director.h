/* stage/director.h - the default staging of a race, made from the race's own events. */
#ifndef HM_STAGE_DIRECTOR_H
#define HM_STAGE_DIRECTOR_H

#include "data/film.h"

typedef enum hm_cut {
    HM_CUT_BROADCAST, /* introduction, race, replay, faces, board: 25 to 40 s, slow races more */
    HM_CUT_RACE,      /* one second before the gun to 1.5 s after the winner, at life's speed */
    HM_CUT_LOOK       /* as the look stages it (stage/look.h); hm_direct takes it as broadcast */
} hm_cut;

typedef struct hm_direct_opts {
    uint32_t cookie;
    hm_cut cut;
    const char *look;
    int32_t w_px, h_px, fps;
    uint64_t seed;
    const void *look_own;          /* options of the look, laid out by its table; NULL = defaults */
    hm_lang lang;                  /* of the words in the film */
    int32_t n_followed;            /* of whom the film is about */
    int32_t followed[HM_LANE_MAX]; /* (n_followed) lanes */
    double record_s;               /* a time to beat, 0 = none */
    bool titles; /* a title card at the start, credits at the end; not with HM_CUT_RACE */
} hm_direct_opts;

/** broadcast, 1280 x 720, 24 fps, look "broadcast", seed 1. */
hm_direct_opts hm_direct_opts_default(void);

/**
 * Stage a race.
 *
 * in     race   as hm_race_check wants it
 * out    film   bound to the race (stage/shots.h), 12 to 90 s long; untouched on failure
 * errors HM_ERR_USAGE for a size or rate out of range; HM_ERR_INPUT when nobody runs;
 *        HM_ERR_SYSTEM
 * memory arena
 * threads: pure but for the arena; same race and options, same film
 * test   tests/unit/stage/test_director.c
 */
HM_CHECKED hm_status hm_direct(const hm_race *race, const hm_direct_opts *opts, hm_arena *arena,
                               hm_film *film, hm_err *err);

#endif
