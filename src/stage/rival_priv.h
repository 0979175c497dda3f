/* rival_priv.h - records and ghosts of a film on their way into a drawing. */
#ifndef HM_STAGE_RIVAL_PRIV_H
#define HM_STAGE_RIVAL_PRIV_H

#include "data/rival.h"
#include "stage/raster.h"
#include "stage/venue.h"

/* How much of a ghost is seen [of 256]: the race shows through. */
#define GHOST_ALPHA_256 140

/* The record's line: bright at its front, a band behind that fades [m]. */
#define RECORD_LINE_M 0.14f
#define RECORD_TAIL_M 1.8f

/* Ghosts as a race of their own, each in the lane where he runs here. Points into the rivals. */
typedef struct rival_ghosts {
    hm_race race;
    hm_lane lane[HM_LANE_MAX];
} rival_ghosts;

void rival_ghosts_of(const hm_rivals *rivals, rival_ghosts *out);

/* The record's line on the ground of a drawing. */
typedef struct record_mark {
    hm_object object;
    hm_vec3 pos_m[4];
    int32_t tri[2][3];
    const hm_object *ground;
    hm_vec3 eye_m;
    float z_m;   /* front of the line */
    float alpha; /* 0 .. 1 */
} record_mark;

/* Where the record is at race time t_s, as the front of its torso [m]; how much of its line is to
 * be seen then: nothing before it moves and some time after it is in. */
double rival_record_z_m(const hm_record_line *record, double t_s, double *alpha);

/* In: ground  the drawing's, whose colours stay under the line. False: nothing is to be seen. mark
 * must outlive the drawing. */
bool rival_record_mark(const hm_record_line *record, const hm_venue *venue, const hm_object *ground,
                       hm_vec3 eye_m, double t_s, record_mark *mark);

#endif
