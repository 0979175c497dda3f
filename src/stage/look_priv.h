/* look_priv.h - what a look may do, in the order in which it is asked. Every function may be NULL:
 * then nothing is changed.
 *
 * Drawing k depends on the film and k alone, never on the drawing before: what has inertia asks for
 * earlier poses itself (hm_gait_pose of a player). All functions are pure but for what they are
 * handed. */
#ifndef HM_STAGE_LOOK_PRIV_H
#define HM_STAGE_LOOK_PRIV_H

#include "stage/cast.h"
#include "stage/look.h"
#include "stage/mien.h"
#include "stage/raster.h"
#include "stage/shots.h"

enum { LOOK_OBJECT_MAX = 64 }; /* objects that a look may add to a drawing */

/* The film that is drawn; the same for all drawings and workers. */
typedef struct look_film {
    const hm_race *race;
    const hm_film *film; /* bound */
    const hm_cast *cast; /* with this look's bodies */
    const hm_venue *venue;
    int32_t w_px, h_px, fps, n_hold;
    const void *own;   /* options by the look's table */
    const void *state; /* what begin made */
} look_film;

/* One drawing. */
typedef struct look_drawing {
    const look_film *film;
    const hm_moment *moment;
    int64_t number; /* of the drawing in the film, from 0: seeds whatever boils */
    void *work;     /* what open made for this worker */
    hm_arena *scratch;
} look_drawing;

/* What of a runner may be exaggerated before he is drawn. */
typedef struct look_body {
    int32_t i_player;
    const hm_player *player;
    hm_pose *pose;
    hm_mien *mien;
} look_body;

/* A scene on its way to the rasteriser. */
typedef struct look_scene {
    hm_scene *scene;    /* light, sky, haze, camera may be changed */
    hm_object *object;  /* scene->object, to be added to or changed */
    int32_t object_cap; /* scene->n_object + LOOK_OBJECT_MAX on entry */
    hm_paint_params *paint;
} look_scene;

struct hm_look {
    const char *name, *sentence, *paint;
    hm_look_wish wish;
    const hm_option_table *table;

    /* its own way to stage a race, for HM_CUT_LOOK */
    hm_status (*direct)(const hm_race *race, const hm_direct_opts *opts, hm_arena *arena,
                        hm_film *film, hm_err *err);

    /* once a film */
    void (*shape)(const void *own, const hm_lane *lane, hm_shape *shape);
    void (*costume)(const void *own, const hm_player *player, hm_costume *costume);
    hm_status (*begin)(const look_film *film, hm_arena *arena, const void **state, hm_err *err);
    void (*sound)(const void *own, hm_sound_opts *sound);

    /* once a film that is heard: what is placed in its sound; in arena. NULL = nothing */
    hm_status (*hear)(const look_film *film, hm_arena *arena, hm_sound_opts *sound, hm_err *err);

    /* once a worker; close gives back what does not lie in the arena */
    hm_status (*open)(const look_film *film, hm_arena *arena, void **work, hm_err *err);
    void (*close)(void *work);

    /* each drawing: race time at which the place is seen (a held background); NULL = now */
    double (*place_s)(const look_drawing *d);

    /* each drawing: bodies before they are skinned, their skins, the scene, the picture before
     * words and numbers are put on it */
    void (*body)(const look_drawing *d, const look_body *body);
    void (*skin)(const look_drawing *d, const look_body *body, const hm_mesh *mesh, hm_vec3 pos_m[],
                 hm_vec3 nrm[]);
    hm_status (*scene)(const look_drawing *d, const look_scene *scene, hm_err *err);
    hm_status (*picture)(const look_drawing *d, const hm_scene *scene, hm_picture *pic,
                         hm_err *err);
};

/* 0 below a, 1 above b, smooth between. */
static inline double look_ramp(double v, double a, double b)
{
    double u = (v - a) / (b - a);
    u = u < 0 ? 0 : u > 1 ? 1 : u;
    return u * u * (3 - 2 * u);
}

/* All lines so many times as wide. */
static inline void look_widen_lines(hm_paint_params *p, double by)
{
    float k = (float)by;
    p->outline_px *= k, p->inner_px *= k, p->far_px *= k, p->near_px *= k;
}

/* Lines stray by boil_px, anew in each drawing; 0: nothing is redrawn at all. */
static inline void look_boil(hm_paint_params *p, double boil_px)
{
    p->boil_px = (float)boil_px;
    if (boil_px <= 0)
        p->boil_frac = 0, p->drawing = 0;
}

#endif
