/* cast_priv.h - who is in the picture at an instant, from a track. */
#ifndef HM_ROTO_CAST_PRIV_H
#define HM_ROTO_CAST_PRIV_H

#include "pose/pose.h"
#include "roto_priv.h"

/**
 * Points of a person at time_s, between the frames of his track; points that are not there are put
 * where a body has them. The clip's px are divided by px_frac.
 * out    body  point and time_s; all else untouched
 * return false: he is not there then
 */
bool roto_cast_at(const hm_track_person *person, double time_s, float px_frac, roto_body *body);

/* Where the landmark net has to look to see a body; in px of the clip. */
hm_pose_region roto_cast_region(const roto_body *body, float px_frac);

#endif
