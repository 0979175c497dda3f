/* film_priv.h - the clip as drawings that wait to be drawn. */
#ifndef HM_ROTO_FILM_PRIV_H
#define HM_ROTO_FILM_PRIV_H

#include "draw_priv.h"
#include "keys_priv.h"
#include "roto/roto.h"
#include "see_priv.h"
#include "video/clip.h"

#include <stdatomic.h>

/* A place in the ring of drawings. */
typedef struct roto_slot {
    roto_drawing drawing;
    hm_arena arena, figure_arena[ROTO_PERSON_MAX];
} roto_slot;

enum { ROTO_DEPTH_MAX = 8, ROTO_NET_MAX = 4 }; /* drawings seen together; nets in memory */

/* The clip's image of a drawing, kept until it was seen. */
typedef struct roto_still {
    bool there;
    double time_s;
    uint8_t *rgb; /* (h w 3) of the clip */
} roto_still;

typedef struct roto_film {
    const hm_roto_opts *o;
    const char *path;
    hm_arena *arena;
    roto_look look;
    int32_t w_px, h_px, n_hold;
    float px_frac; /* clip px in a film px */
    double from_s, to_s;
    int64_t n_image, n_frame, n_drawing;
    hm_track track;
    struct roto_gather *gather; /* samples of the place, until it is found */
    double step_s;              /* from image to image, as a rule */
    hm_pose_net *net[ROTO_NET_MAX];
    int n_net;              /* that are open */
    uint8_t *empty, *place; /* (w h 3) the place as it is seen, as it is drawn */
    bool moves;             /* the camera does */
    roto_eye *eye;

    hm_clip *clip;
    hm_clip_image image; /* the last one that was read */
    bool has_image, ended;
    int32_t depth;     /* drawings that are seen together */
    roto_still *still; /* (2 depth) drawing k at k mod 2 depth */
    int64_t read;      /* drawings whose image was read */
    hm_status read_status;
    hm_err read_err;

    int64_t made; /* drawings that were seen */
    int32_t n_slot;
    roto_slot *slot; /* (n_slot) drawing k at k mod n_slot */
    roto_easel *easel;
    hm_arena *place_scratch; /* (n_thread) */
    hm_err *worker_err;      /* (n_thread) */
    atomic_bool failed;

    roto_keys keys;      /* that were there when it began */
    hm_clip_sound heard; /* of the clip, from heard_from_s to heard_to_s */
    double heard_from_s, heard_to_s;
    hm_arena sound_arena;
    hm_roto_progress_fn *progress;
    void *progress_ctx;
    hm_roto_report *report;
} roto_film;

/* Size, times, people and place: all that is known before the first drawing. */
hm_status roto_film_prepare(roto_film *film, hm_notes *notes, hm_err *err);

static inline double roto_film_s(const roto_film *f, int64_t drawing)
{
    return f->from_s + (double)(drawing * f->n_hold) / 24.0;
}

#endif
