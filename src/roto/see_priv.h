/* see_priv.h - from images of the clip to the figures of drawings.
 *
 * Some images are looked at together: what each tells by itself on many threads, then, person by
 * person and in order of time, what the drawing before holds, then areas and lines on many threads
 * again. How many are looked at together changes nothing. */
#ifndef HM_ROTO_SEE_PRIV_H
#define HM_ROTO_SEE_PRIV_H

#include "look_priv.h"
#include "trace_priv.h"

typedef struct roto_eye roto_eye;

typedef struct roto_eye_opts {
    int32_t w_px, h_px; /* of the film */
    float px_frac;      /* clip px in a film px */
    const hm_track *track;
    hm_pose_net *const *net; /* (n_net) NULL = the change against the empty place serves alone */
    roto_image empty;        /* the place at the film's size; rgb NULL = the camera moves */
    bool detail;             /* thin inner lines */
    int n_net, n_thread;     /* threads that may use a net; all: n_net or more */
    int32_t depth;           /* images looked at together, at most */
} roto_eye_opts;

hm_status roto_eye_new(const roto_eye_opts *opts, hm_arena *arena, roto_eye **eye, hm_err *err);
void roto_eye_close(roto_eye *eye);

/* An image, and where what is seen in it goes. */
typedef struct roto_sight {
    roto_image image; /* rgb NULL = there is none, and nobody */
    double time_s;
    roto_drawing *drawing;
    hm_arena *arena, *figure_arena; /* of the drawing; (ROTO_PERSON_MAX) of its figures */
} roto_sight;

/* Work of the caller's that is done meanwhile, once, on one thread. */
typedef void roto_aside_fn(void *ctx, int worker);

/* Looks at 1 .. depth images, in order of time; figures far to near. aside may be NULL. */
hm_status roto_eye_see(roto_eye *eye, int32_t n, const roto_sight sight[], roto_aside_fn *aside,
                       void *ctx, hm_err *err);

/* So far, summed over what was looked at: motion of outlines beyond that of the body, change of the
 * tones' colours, cells of the body whose paint is another than just now; figures without a net. */
typedef struct roto_eye_sums {
    roto_boil boil, flicker, swim;
    int64_t by_track;
} roto_eye_sums;

void roto_eye_measured(const roto_eye *eye, roto_eye_sums *sums);

#endif
