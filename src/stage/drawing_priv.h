/* drawing_priv.h - the looks of a film made ready, and one drawing by any worker. */
#ifndef HM_STAGE_DRAWING_PRIV_H
#define HM_STAGE_DRAWING_PRIV_H

#include "look_priv.h"
#include "rival_priv.h"

enum { DRAWING_LOOK_MAX = 16 }; /* looks in one film, with the options of each */

/* One look in use. */
typedef struct drawing_look {
    const hm_look *look;
    const hm_paint *paint;
    hm_cast cast;   /* its own where it changes bodies, else that of the film */
    hm_cast ghosts; /* by rivals->ghost; empty without */
    look_film film;
    int n_work;
    void **work; /* (n_work) of each worker; NULL without open */
} drawing_look;

/* What all drawings of a film share; read only once it is made, but for skins (stage/cast.h). */
typedef struct drawing_set {
    const hm_race *race;
    const hm_film *film;
    const hm_venue *venue;
    hm_letters *letters; /* of the bibs; NULL = made */
    hm_skins *skins;     /* kept for other films; NULL = none */
    rival_ghosts *ghosts;
    int32_t w_px, h_px;
    int32_t n_look;
    drawing_look look[DRAWING_LOOK_MAX];
    uint8_t look_of_shot[HM_SHOT_MAX];
} drawing_set;

/* What one worker draws with. */
typedef struct drawing_hand {
    int worker;
    hm_raster *raster;
    hm_picture pic;
    hm_arena scratch;
} drawing_hand;

/* In: name of the film's own look, and options for it laid out by its table (NULL = defaults);
 * shots may name others, and set options for themselves. frames: w_px, h_px, fps, n_hold are taken
 * from it. */
hm_status drawing_begin(drawing_set *d, const char *look, const void *own, const look_film *frames,
                        int n_worker, int n_thread, hm_arena *arena, hm_err *err);
void drawing_end(drawing_set *d);

/* Make one skin that was left for later; *warm: there was none left. For one thread. */
hm_status drawing_warm(const drawing_set *d, bool *warm, hm_err *err);

/* One drawing ready for the rasteriser; all of it lies in the hand's scratch memory. */
typedef struct drawing_job {
    look_drawing d;
    const hm_look *look;
    const hm_paint *paint;
    hm_scene scene;
    hm_paint_params params;
} drawing_job;

/* The scene of the instant m, which must outlive job; head_m of m is made exact. */
hm_status drawing_scene(const drawing_set *d, drawing_hand *hand, int64_t number, hm_moment *m,
                        drawing_job *job, hm_err *err);

/* A runner of `race` who is not of the film's, as he is by himself: no look bends him. seen: he, or
 * his shadow, may be in the picture; else out is empty. */
hm_status drawing_figure(const drawing_set *d, const hm_race *race, const hm_player *player,
                         const hm_moment *m, hm_arena *scratch, hm_object *out, bool *seen,
                         hm_err *err);

/* Where the corners of a scene's objects are at the instant m of the drawing after it: pos_m
 * (scene.n_object), NULL for what stays. */
hm_status drawing_next(const drawing_set *d, drawing_hand *hand, const drawing_job *job,
                       hm_moment *m, const hm_vec3 *const **pos_m, hm_err *err);

/* Is this object of a job the skin of one of the film's runners: not a trail, not dust? */
bool drawing_is_runner(const drawing_job *job, const hm_object *o);

/* Rasterise a job into hand->pic, ghosts and what the look does to the picture included. */
hm_status drawing_paint(const drawing_set *d, drawing_hand *hand, const drawing_job *job,
                        hm_err *err);

/* The instant m into hand->pic, without words and numbers; head_m of m is made exact. */
hm_status drawing_draw(const drawing_set *d, drawing_hand *hand, int64_t number, hm_moment *m,
                       hm_err *err);

#endif
