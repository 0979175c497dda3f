/* soup_priv.h - loose triangles that a look adds to a drawing, each corner with a brightness. */
#ifndef HM_STAGE_SOUP_PRIV_H
#define HM_STAGE_SOUP_PRIV_H

#include "base/arena.h"
#include "base/status.h"
#include "stage/scene.h"

typedef struct soup {
    hm_vec3 *pos_m, *rest_m; /* rest_m.x: brightness 0 .. 1 */
    int32_t (*tri)[3];
    int32_t n_vert, n_tri, tri_max;
} soup;

/* errors HM_ERR_SYSTEM no memory */
hm_status soup_init(soup *s, int32_t vert_max, int32_t tri_max, hm_arena *scratch, hm_err *err);

/* A corner; returns its number. */
int32_t soup_put(soup *s, hm_vec3 at_m, float bright);

void soup_join(soup *s, int32_t a, int32_t b, int32_t c);

/* A flat ring on the ground, bright outside, dimmer by inner_frac inside. in side 3 .. 32 */
void soup_ring(soup *s, hm_vec3 at_m, float r_m, float w_m, int side, float bright,
               float inner_frac);

/* Seen from both sides, as bright as its corners say, in the colour of water in light. */
hm_object soup_object(const soup *s);

#endif
