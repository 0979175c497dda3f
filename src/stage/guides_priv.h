/* guides_priv.h - what is seen at the middle of each pixel: exact, without smoothing, for tools
 * that measure pictures instead of looking at them. */
#ifndef HM_STAGE_GUIDES_PRIV_H
#define HM_STAGE_GUIDES_PRIV_H

#include "base/arena.h"
#include "base/status.h"
#include "stage/scene.h"

#define GUIDES_DEPTH_M     0.005  /* a step of depth; 0 = sky */
#define GUIDES_VELOCITY_PX 0.0625 /* a step of velocity; 32768 = still */
#define GUIDES_REST_M      0.01 /* a step of a rest position; 128, 0, 128 = the middle of the soles */

enum { GUIDES_VELOCITY_ZERO = 32768, GUIDES_REST_ZERO = 128 };

/* Rows top down, no gaps. */
typedef struct guides {
    int32_t w_px, h_px;
    uint8_t *colour;    /* (3 x w x h) albedo, no light, no lines */
    uint8_t *id;        /* (w x h) index into race->lane + 1, 0 = the place */
    uint8_t *part;      /* (w x h) hm_part + 1 on runners, 0 elsewhere */
    uint8_t *normal;    /* (3 x w x h) 128 + 127 x unit vector in the world; 128 128 128 = sky */
    uint8_t *rest;      /* (3 x w x h) on runners, 0 elsewhere */
    uint16_t *depth;    /* (w x h) along the camera's axis */
    uint16_t *velocity; /* (3 x w x h) to the next drawing: right, down, 65535 = known */
} guides;

/* Buffers for pictures of one size, 22 bytes a pixel. */
HM_CHECKED hm_status guides_make(int32_t w_px, int32_t h_px, hm_arena *arena, guides *g,
                                 hm_err *err);

/* Where things will be when the next drawing is made. */
typedef struct guides_next {
    bool known;
    hm_camera camera;
    const hm_vec3 *const *pos_m; /* (n_object) corners of each object, NULL = it stays */
} guides_next;

/* errors HM_ERR_SYSTEM no memory.  memory scratch */
HM_CHECKED hm_status guides_draw(const hm_scene *scene, const guides_next *next, hm_arena *scratch,
                                 guides *g, hm_err *err);

#endif
