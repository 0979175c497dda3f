/* skin_priv.h - which bones carry a point of the skin. */
#ifndef HM_BODY_SKIN_PRIV_H
#define HM_BODY_SKIN_PRIV_H

#include "field_priv.h"

/**
 * Up to four bones and their weights (sum 255) for a point of the rest pose: by the distances to
 * the flesh of the nearest bone and of its neighbours; what two bones share goes to the helper
 * between them.
 */
void body_weights(const body_field *flesh, const hm_shape *shape, hm_vec3 p, uint8_t bone[4],
                  uint8_t weight[4]);

#endif
