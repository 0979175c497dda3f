/* base/hash.h - one 64-bit hash for golden results and keys. FNV-1a; not for secrets. */
#ifndef HM_BASE_HASH_H
#define HM_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

#define HM_HASH_START UINT64_C(0xcbf29ce484222325)

/** Go on with hash h over n bytes. hm_hash(HM_HASH_START, "", 0) = HM_HASH_START. */
uint64_t hm_hash(uint64_t h, const void *bytes, size_t n);

/** Go on with the eight bytes of v, lowest first on every machine. */
uint64_t hm_hash_u64(uint64_t h, uint64_t v);

#endif
