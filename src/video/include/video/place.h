/* video/place.h - places on the track of a track's points, through a calibrated view. */
#ifndef HM_VIDEO_PLACE_H
#define HM_VIDEO_PLACE_H

#include "video/view.h"

#include "data/track.h"

/** Which points get metres. */
typedef enum hm_place_which {
    HM_PLACE_ALL,
    HM_PLACE_MISSING /* those without any: what a person has moved */
} hm_place_which;

/**
 * Metres in the upright plane in the middle of each runner's lane; who has no lane gets the one
 * whose ground the lower foot stands on in most images.
 * in     view   has_camera, else no metres are given
 * in out track  a person without a lane of the marks is left as it was
 * threads: pure
 * test   tests/unit/video/test_place.c
 */
void hm_view_place_track(const hm_view *view, const hm_marks *marks, hm_place_which which,
                         hm_track *track);

#endif
