/* data/rival.h - what else is in the picture of a race: the line that a record would draw across
 * the track, and ghosts, runners of other races in a lane of this one. All of them follow the race
 * time of the film that shows them: their gun is its gun, in a replay as live. */
#ifndef HM_DATA_RIVAL_H
#define HM_DATA_RIVAL_H

#include "data/race.h"

typedef struct hm_record_line {
    const hm_curve *curve; /* where its torso was; NULL = no line */
    int32_t official_cs;   /* > 0 */
    const char *name;      /* "Record", "WR" */
} hm_record_line;

typedef struct hm_ghost {
    const hm_race *race; /* the other race */
    int32_t i_lane;      /* who of it: index into its lanes, who has a curve */
    int32_t lane;        /* where he runs here, 1 .. HM_LANE_MAX */
} hm_ghost;

typedef struct hm_rivals {
    hm_record_line record;
    int32_t n_ghost;
    hm_ghost ghost[HM_LANE_MAX];
} hm_rivals;

/**
 * The lane in which a ghost is best seen: his own where nobody runs in it, else the free one next
 * to it (of the painted eight, or as many as there are), else his own, through the runner there.
 *
 * in     race   this race
 *        rivals ghosts that already have a lane; NULL = none
 *        own    the lane he had in his race
 * errors none.  threads: pure
 * test   tests/unit/stage/test_rival.c
 */
int32_t hm_ghost_lane(const hm_race *race, const hm_rivals *rivals, int32_t own);

#endif
