/* parts_priv.h - from the points of a body to its bones, and which bone a place belongs to. */
#ifndef HM_ROTO_PARTS_PRIV_H
#define HM_ROTO_PARTS_PRIV_H

#include "roto_priv.h"

/**
 * Bones of a body.
 * in     was   of the drawing before, NULL = none: sizes and depth change slowly
 *        body  point, time_s and sure are set
 * out    body  all else
 */
void roto_body_bones(roto_body *body, const roto_body *was);

/* Square grid over a body, with room around it. */
roto_grid roto_body_grid(const roto_body *body);

/* Distance from a bone's skin in film px: below 0 inside. */
float roto_bone_distance(const roto_bone *bone, roto_xy p);

/* The part of each cell: the nearest, where several cover it the one in front; distance to the
 * body's skin in film px. Cells far from the body: ROTO_NONE; the others lie in win. */
void roto_parts_label(const roto_body *body, const roto_grid *grid, uint8_t part[],
                      float distance_px[], roto_window *win);

/* A point that moves with a bone: it keeps its share along the bone and its distance from it. */
roto_xy roto_carry(const roto_bone *from, const roto_bone *to, roto_xy p);

/* Whether the border between two parts shows as a line when they are as near as they come: an arm
 * before the trunk does, a forearm at its upper arm does not. */
bool roto_parts_apart(int a, int b);

#endif
