/* ruling_priv.h - a ruling as a member of the race file. */
#ifndef HM_DATA_RULING_PRIV_H
#define HM_DATA_RULING_PRIV_H

#include "data/ruling.h"
#include "io/json.h"

/** The object "referee". */
void data_put_ruling(hm_json_out *o, const hm_ruling *r);

/** out  ruling  in the arena; untouched on failure */
hm_status data_read_ruling(const hm_json *v, hm_arena *arena, const hm_ruling **ruling,
                           hm_err *err);

#endif
