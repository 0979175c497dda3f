/* smear_priv.h - the parts of the look in which bodies dissolve into their own motion. */
#ifndef HM_STAGE_SMEAR_PRIV_H
#define HM_STAGE_SMEAR_PRIV_H

#include "look_priv.h"

typedef struct smear_opts {
    double obsession_frac; /* NAN = from the race */
    double drag_m;         /* most that a trailing side is drawn out */
    double trail_s;        /* how long a limb's path is seen */
    double copies_frac;    /* share of the earlier poses that are shown */
    double band_frac;      /* strength of the bands on the lanes */
    double lines_frac;     /* share of the speed lines that are drawn */
} smear_opts;

/* How lost the race is in itself at a moment, 0 .. 1: told, or from the race: it grows with the
 * distance, sooner in a close race, and is gone in the instant of the finish. */
float smear_obsession(const look_drawing *d);

/* A flat colour for a part of a runner's earlier self; how it goes over into the paper, k 0 .. 1.
 */
hm_rgb smear_part_colour(const hm_costume *c, int part);
hm_rgb smear_paled(hm_rgb c, float k);

/* Arms and legs multiplied; strokes that the eye passes. */
hm_status smear_fans(const look_drawing *d, float lost, const look_scene *s, hm_err *err);
hm_status smear_lines(const look_drawing *d, float lost, const look_scene *s, hm_err *err);

/* More objects of one drawing: paths of limbs, earlier poses, bands on the lanes. */
hm_status smear_trails(const look_drawing *d, float lost, const look_scene *s, hm_err *err);
hm_status smear_copies(const look_drawing *d, float lost, const look_scene *s, hm_err *err);
hm_status smear_bands(const look_drawing *d, float lost, const look_scene *s, hm_err *err);

/* Shots for HM_CUT_LOOK: plain, apart, bands, the clear instant. */
hm_status smear_direct(const hm_race *race, const hm_direct_opts *opts, hm_arena *arena,
                       hm_film *film, hm_err *err);

#endif
