/* people_priv.h - what the files that follow people hand each other. */
#ifndef HM_POSE_PEOPLE_PRIV_H
#define HM_POSE_PEOPLE_PRIV_H

#include "pose/people.h"

/** One person in one image, as the net saw it. */
typedef struct people_frame {
    double time_s;
    double score;
    hm_pose_region region;
    bool ambiguous; /* of sides */
    bool legs_lost; /* the net gave both legs the place between them: they say nothing */
    hm_pose_point point[HM_POINT_COUNT];
} people_frame;

/** One person without a break. */
typedef struct people_path {
    int32_t n;
    size_t cap;
    people_frame *frame; /* (n) ascending times */
} people_path;

/** A range of the clip and what was found in it, by one thread. */
typedef struct people_chunk {
    double from_s, to_s;
    hm_arena arena; /* of all below; freed by whoever freed the chunk's maker */
    int32_t n_path;
    people_path *path; /* (n_path) */
    int64_t n_image, n_net, n_detect;
    hm_status status;
    hm_err err;
} people_chunk;

/** Follow everybody through a chunk. errors in the chunk itself */
void people_chunk_run(const hm_people_clip *clip, hm_pose_net *net, people_chunk *chunk);

/** Middle of the hips. */
void people_hip(const hm_pose_point point[], double *x_px, double *y_px);

/** How many looks an image counts for, at most 1: what a net sees again within a sixtieth of a
 * second (own) is the same picture, and its errors are the same errors. */
double people_looks(const people_path *path, int32_t i);

/** Pixels of a metre at a person, from the size of the region (own: it is 1.2 statures of 1.75 m).
 */
double people_px_per_m(const people_frame *frame);

/** Paths of all chunks joined to persons, most prominent first. errors HM_ERR_SYSTEM
 *  out  person (*n_person) in the arena; n_dropped = joined paths that were no people */
HM_CHECKED hm_status people_join(int32_t n_path, const people_path *const path[],
                                 int32_t person_max, hm_arena *arena, people_path **person,
                                 int32_t *n_person, int32_t *n_dropped, hm_err *err);

/**
 * Which leg and which arm is the left one, over the whole path: points are exchanged, images that
 * cannot be told marked.
 * in     hand  of this person, NULL = none: points that a person set tell sides
 * out    n_leg, n_arm  images in which they were exchanged
 * errors HM_ERR_SYSTEM
 */
HM_CHECKED hm_status people_sides(people_path *path, const hm_track_person *hand, hm_arena *arena,
                                  int32_t *n_leg, int32_t *n_arm, hm_err *err);

/**
 * Smooth over the whole path.
 * in     hand        of this person, NULL = none: measurements of their own sigma
 * out    frame       (path->n)
 */
HM_CHECKED hm_status people_smooth(const people_path *path, const hm_track_person *hand,
                                   hm_arena *arena, hm_track_frame frame[], hm_err *err);

/** The hand's frame at a time, NULL = none within half a millisecond or half an image. */
const hm_track_frame *people_hand_at(const hm_track_person *hand, const people_path *path,
                                     int32_t i);

#endif
