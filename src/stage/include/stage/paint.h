/* stage/paint.h - the ways of turning surfaces into colours. One file in paints/ is one paint.
 *
 * A paint is a pixel kernel (surface and light in, colour out) that is compiled into its own tile
 * loop, so no pixel ever asks which paint it is in; the numbers it works with stand in
 * hm_paint_params. A look (stage/look.h) chooses a paint and does the rest. New paint: a file in
 * paints/, a row in HM_PAINT_LIST, a line in meson.build. */
#ifndef HM_STAGE_PAINT_H
#define HM_STAGE_PAINT_H

#include <stdint.h>

#include "stage/scene.h"

/** What can be tuned without another kernel. Widths are pixels of a picture 720 rows high. */
typedef struct hm_paint_params {
    float outline_px;      /* line around a runner at mid distance */
    float inner_px;        /* line between parts and along creases */
    float far_px;          /* thinnest outline, far away */
    float near_px;         /* thickest outline, in a close-up */
    float shade_side_frac; /* outline grows by this on the side away from the sun, shrinks on the
                              other */
    hm_rgb ink;            /* colour of lines */
    float boil_px;         /* lines stray by this, anew in each drawing; 0 = ruled */
    float boil_frac;       /* and their width varies by this share [1] */
    float boil_len_px;     /* a line strays once within this length */
    float shift_x_px, shift_y_px; /* lines lie beside the colour by this, to whole pixels, +-3 */
    float gap_frac;      /* share of a line that is left out, in runs of about boil_len_px [1] */
    float lit_cos;       /* N.L above: lit tone [1] */
    float half_cos;      /* N.L above: half tone; below: shadow [1] */
    float half_mix_frac; /* half tone = this share of lit, the rest of shadow */
    hm_rgb shade;        /* a surface in shadow = albedo x this */
    float key_turn_frac; /* 0..1 how far the light of runners turns toward the camera */
    float gloss_frac;    /* strength of the small highlight */
    float rim_frac;      /* strength of the bright rim toward the sun */
    float cast_frac;     /* darkness of shadows cast on the ground */
    float contact_frac;  /* darkness right under a foot */
    float vignette_frac; /* darkening in the corners */
    float grain_frac;    /* grain of runners, anew in each drawing (cel) */
    uint32_t drawing;    /* number of the drawing: seeds whatever is drawn anew each time */
    const void *own;     /* what the kernel of one paint reads besides; NULL = nothing */
} hm_paint_params;

typedef struct hm_paint hm_paint;

/** Every paint: name, what it is for, parameters (a macro of paint.c). */
#define HM_PAINT_LIST(X)                                                                           \
    X(broadcast, "three tones, clean line, all readable", PAINT_DAY)                               \
    X(watercolour, "two washes on white paper, thick line", PAINT_WASH)                            \
    X(cel, "five flat tones, muted, the place in dry brush", PAINT_CEL)                            \
    X(motion, "the plain scene dissolving into streaks", PAINT_DAY)                                \
    X(night, "rims of light in the dark over a wet mirror", PAINT_NIGHT)                           \
    X(dark, "almost nothing: what small lights reach", PAINT_DARK)

/**
 * The paint of that name.
 * out    NULL when there is none
 * errors none.  memory static.  threads: pure
 */
const hm_paint *hm_paint_find(const char *name);

/** Look number i from 0, NULL after the last: for lists and error messages. */
const hm_paint *hm_paint_at(int32_t i);

const char *hm_paint_name(const hm_paint *paint);

/** What it does, in some words. */
const char *hm_paint_sentence(const hm_paint *paint);

/** The parameters a paint was tuned with. */
hm_paint_params hm_paint_params_of(const hm_paint *paint);

#endif
