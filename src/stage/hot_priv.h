/* hot_priv.h - names and vectors of the files that are built once for each instruction set.
 *
 * meson builds them with STAGE_ISA = base and STAGE_ISA = v3 (x86-64-v3). Vector extensions of the
 * compiler, no intrinsics: the same arithmetic lane by lane everywhere, so the same bytes. */
#ifndef HM_STAGE_HOT_PRIV_H
#define HM_STAGE_HOT_PRIV_H

#include "raster_priv.h"

#define HOT_PASTE2(a, b) a##_##b
#define HOT_PASTE(a, b)  HOT_PASTE2(a, b)
#define HOT(name)        HOT_PASTE(name, STAGE_ISA)

#define HOT_INLINE static inline __attribute__((always_inline))

typedef int32_t hot_i8 __attribute__((vector_size(32)));
typedef uint32_t hot_u8 __attribute__((vector_size(32)));
typedef uint16_t hot_s8 __attribute__((vector_size(16)));
typedef float hot_f8 __attribute__((vector_size(32)));

/* Where the four samples of a pixel lie, in 1/8 pixel from its corner. */
#define HOT_SAMPLE_X 3, 7, 1, 5
#define HOT_SAMPLE_Y 1, 3, 5, 7

#define HOT_DECLARE(isa)                                                                           \
    void visible_tile_##isa(const raster_job *job, int32_t i_tile, raster_scratch *s);             \
    void ink_tile_##isa(const raster_job *job, int32_t i_tile);                                    \
    void guide_tile_##isa(const raster_job *job, int32_t i_tile, raster_scratch *s);               \
    void nv12_rows_##isa(const hm_picture *p, uint8_t *luma, uint8_t *chroma);
HOT_DECLARE(base)
HOT_DECLARE(v3)
#undef HOT_DECLARE

#define HOT_PAINT(id, text, values)                                                                \
    void id##_tile_base(const raster_job *job, int32_t i_tile, raster_scratch *s);                 \
    void id##_tile_v3(const raster_job *job, int32_t i_tile, raster_scratch *s);
HM_PAINT_LIST(HOT_PAINT)
#undef HOT_PAINT

/* May this machine run the v3 build? */
bool hot_has_v3(void);

/* The build for the widest vectors; where there is but one, that one. */
#if defined(__x86_64__)
#define HOT_WIDE(name) name##_v3
#else
#define HOT_WIDE(name) name##_base
#endif

/* The build that this machine runs fastest; all give the same bytes. */
#define HOT_PICK(name) (hot_has_v3() ? HOT_WIDE(name) : name##_base)

#endif
