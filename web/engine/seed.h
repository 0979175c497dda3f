/* seed.h - the seed of a story in a request: text, as it may have 63 bits, which JSON's numbers do
 * not hold. */
#ifndef HM_ENGINE_SEED_H
#define HM_ENGINE_SEED_H

#include "io/json.h"

/** Member "seed". errors HM_ERR_INPUT not a whole number */
HM_CHECKED hm_status engine_read_seed(const hm_json *request, uint64_t *seed, hm_err *err);

#endif
