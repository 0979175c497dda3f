/* faces_priv.h - faces that are not to be known. */
#ifndef HM_ROTO_FACES_PRIV_H
#define HM_ROTO_FACES_PRIV_H

#include "roto_priv.h"

/**
 * Blur the heads of all people of the track in a picture at the film's size: the head points and a
 * margin. Where points are missing or doubtful, all of the body's upper third; where a person is
 * lost for a while, there where he was and will be.
 * in     px_frac  clip px in a film px
 */
void roto_faces_blur(const hm_track *track, double time_s, float px_frac, int32_t w_px,
                     int32_t h_px, uint8_t *rgb);

#endif
