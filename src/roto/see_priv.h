/* see_priv.h - from an image of the clip to the figures of a drawing. */
#ifndef HM_ROTO_SEE_PRIV_H
#define HM_ROTO_SEE_PRIV_H

#include "look_priv.h"
#include "trace_priv.h"

typedef struct roto_eye roto_eye;

typedef struct roto_eye_opts {
    int32_t w_px, h_px; /* of the film */
    float px_frac;      /* clip px in a film px */
    const hm_track *track;
    hm_pose_net *net; /* NULL = the change against the empty place serves alone */
    roto_image empty; /* the place at the film's size; rgb NULL = the camera moves */
    bool detail;      /* thin inner lines */
    int n_thread;
} roto_eye_opts;

hm_status roto_eye_new(const roto_eye_opts *opts, hm_arena *arena, roto_eye **eye, hm_err *err);
void roto_eye_close(roto_eye *eye);

/* What is seen at time_s, in order of time; figures far to near, in arena. */
hm_status roto_eye_see(roto_eye *eye, const roto_image *image, double time_s, hm_arena *arena,
                       roto_drawing *drawing, hm_err *err);

/* So far: motion of outlines, change of colours, figures without a net. */
void roto_eye_measured(const roto_eye *eye, roto_boil *boil, roto_boil *flicker, int64_t *by_track);

#endif
