/* segment_cache_priv.h - encoded segments in files, named by what they were made from. */
#ifndef HM_STAGE_SEGMENT_CACHE_PRIV_H
#define HM_STAGE_SEGMENT_CACHE_PRIV_H

#include "encode_priv.h"

/* Is there a whole, sound file for segment i of n_frame frames? Its extra bytes are put into place,
 * and segment, when not NULL, is made from it. What is broken counts as not there. */
bool segment_cache_load(const hm_encode_cache *c, int64_t i, int64_t n_frame, const uint8_t *head,
                        size_t n_head, stage_segment **segment);

/* Keep a segment. A place that cannot be written keeps nothing. */
void segment_cache_save(const hm_encode_cache *c, int64_t i, int64_t n_frame,
                        const stage_segment *segment);

/* Remove the files that were not used for longest until the rest takes at most most_bytes. */
void segment_cache_prune(const hm_encode_cache *c);

#endif
