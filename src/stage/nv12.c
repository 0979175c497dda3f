#include "stage/nv12.h"

#include "hot_priv.h"

#include "base/hash.h"
#include "base/status.h"

size_t hm_nv12_bytes(int32_t w_px, int32_t h_px)
{
    return (size_t)w_px * (size_t)h_px * 3 / 2;
}

void hm_nv12_from_rgbx(const hm_picture *pic, uint8_t *nv12)
{
    HM_ASSERT(pic->w_px % 2 == 0 && pic->h_px % 2 == 0);
    uint8_t *chroma = nv12 + (size_t)pic->w_px * (size_t)pic->h_px;
    HOT_PICK(nv12_rows)(pic, nv12, chroma);
}

uint64_t hm_frame_hash(const uint8_t *nv12, int32_t w_px, int32_t h_px)
{
    uint64_t h = hm_hash_u64(hm_hash_u64(HM_HASH_START, (uint64_t)w_px), (uint64_t)h_px);
    return hm_hash(h, nv12, hm_nv12_bytes(w_px, h_px));
}
