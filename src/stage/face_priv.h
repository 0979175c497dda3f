/* face_priv.h - the plan of one face for one drawing: identity and expression turned into curves.
 */
#ifndef HM_STAGE_FACE_PRIV_H
#define HM_STAGE_FACE_PRIV_H

#include <stdbool.h>

#include "stage/face.h"
#include "stage/figure.h"
#include "stage/mien.h"

/* Heads smaller than this show no drawn face at all, resp. brows, eye line and mouth only. */
#define FACE_NONE_BELOW_PX  12.0f
#define FACE_PLAIN_BELOW_PX 28.0f
#define FACE_HEAD_UNITS     2.0f /* head height in face units, about */

void face_plan_of(const hm_face *face, const hm_mien *mien, hm_face_plan *out);
/** Paint all at (u, v); px = width of a pixel in face units. o holds skin before. */
void face_paint(const hm_face_plan *p, float u, float v, float px, hm_surface *o);

/* Parts of face_paint, one file each. */
void face_eyes(const hm_face_plan *p, float u, float v, float px, hm_surface *o);
void face_brows(const hm_face_plan *p, float u, float v, float px, hm_surface *o);
void face_mouth(const hm_face_plan *p, float u, float v, float px, hm_surface *o);
void face_nose(const hm_face_plan *p, float u, float v, float px, hm_surface *o);
void face_lines(const hm_face_plan *p, float u, float v, float px, hm_surface *o);
void face_beard(const hm_face_plan *p, float u, float v, float px, hm_surface *o);

#endif
