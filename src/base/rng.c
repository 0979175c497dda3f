#include "base/rng.h"

#include <Random123/philox.h>

hm_draw4 hm_philox(const uint32_t counter[4], const uint32_t key[2])
{
    philox4x32_ctr_t c = {{counter[0], counter[1], counter[2], counter[3]}};
    philox4x32_key_t k = {{key[0], key[1]}};
    philox4x32_ctr_t r = philox4x32(c, k);
    return (hm_draw4){{r.v[0], r.v[1], r.v[2], r.v[3]}};
}

hm_draw4 hm_rng(uint64_t seed, hm_purpose purpose, uint64_t entity, uint32_t when, uint32_t draw)
{
    const uint32_t key[2] = {(uint32_t)seed, (uint32_t)(seed >> 32)};
    const uint32_t counter[4] = {draw, when, (uint32_t)entity,
                                 ((uint32_t)purpose << 24) | (uint32_t)((entity >> 32) & 0xffffff)};
    return hm_philox(counter, key);
}

double hm_rng_unit(uint64_t seed, hm_purpose purpose, uint64_t entity, uint32_t when, uint32_t draw)
{
    return ((double)hm_rng(seed, purpose, entity, when, draw).u[0] + 0.5) / 4294967296.0;
}
