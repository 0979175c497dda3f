/* stage/face.h - the drawn face of one runner: who it is, apart from what it does (stage/mien.h).
 *
 * A face is a drawing on the head: shapes in the plane (u, v) before it, u to the runner's left, v
 * up, origin midway between the eyes, unit = eye line to chin. So it is as crisp as the picture. */
#ifndef HM_STAGE_FACE_H
#define HM_STAGE_FACE_H

#include <stdint.h>

#include "data/race.h"
#include "stage/scene.h"

typedef enum hm_beard {
    HM_BEARD_NONE,
    HM_BEARD_STUBBLE,
    HM_BEARD_MOUSTACHE,
    HM_BEARD_GOATEE,
    HM_BEARD_FULL,
    HM_BEARD_COUNT
} hm_beard;

/** Identity. Lengths in face units [1]; all parameters are clamped by the maker. */
typedef struct hm_face {
    float eye_u, eye_w;     /* centre, half width */
    float eye_up, eye_low;  /* height of the opening above and below the corners' line */
    float eye_tilt;         /* rise per unit outward [1] */
    float iris;             /* radius */
    float lash;             /* thickness of the lid line */
    float fold;             /* crease above the eye: 0 none .. 1 */
    float brow_v, brow_len; /* height above the eye line, half length */
    float brow_thick, brow_arch, brow_tilt;
    float nose_v, nose_w;       /* base height (< 0), half width at the wings */
    float mouth_v, mouth_w;     /* height (< 0), half width */
    float lip_up, lip_low, bow; /* thickness at rest, depth of the bow */
    float lean;                 /* 0 round cheeks .. 1 hollow */
    float age_lines;            /* 0 .. 1 */
    float freckles;             /* 0 .. 1 */
    float youth;                /* 0 grown .. 1 child: fewer lines */
    hm_beard beard;
    uint32_t grain; /* seed of freckles and stubble */
    hm_rgb iris_rgb, lip_rgb, brow_rgb;
} hm_face;

#endif
