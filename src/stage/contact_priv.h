/* contact_priv.h - pictures side by side on a sheet. */
#ifndef HM_STAGE_CONTACT_PRIV_H
#define HM_STAGE_CONTACT_PRIV_H

#include "stage/scene.h"

/* Copy a picture into a larger one, its top left corner at (x, y). */
void contact_paste(const hm_picture *from, hm_picture *to, int32_t x_px, int32_t y_px);

#endif
