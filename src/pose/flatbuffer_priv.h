/* flatbuffer_priv.h - tables, vectors and numbers of a flatbuffer that may come from anybody.
 *
 * A table at p: i32 at p tells how far before it its vtable stands; the vtable is u16 its own size,
 * u16 the table's size, then a u16 a field: offset from p, 0 = the field has its default. Texts,
 * vectors and tables stand u32 behind the place that refers to them; a vector is u32 its count and
 * then its items. Nothing need be aligned. Every place is checked in 64 bits against the end; the
 * first fault is kept, and all that is read after it is 0. */
#ifndef HM_POSE_FLATBUFFER_PRIV_H
#define HM_POSE_FLATBUFFER_PRIV_H

#include <stddef.h>
#include <stdint.h>

typedef struct pose_fb {
    const uint8_t *bytes;
    uint64_t n;
    const char *fault; /* NULL = none so far */
    uint64_t at;       /* of the fault */
} pose_fb;

/** Where a vector's items begin and how many there are. */
typedef struct pose_fb_vec {
    uint64_t at;
    uint32_t n;
} pose_fb_vec;

uint32_t pose_fb_u8(pose_fb *f, uint64_t at);
uint32_t pose_fb_u16(pose_fb *f, uint64_t at);
uint32_t pose_fb_u32(pose_fb *f, uint64_t at);
int32_t pose_fb_i32(pose_fb *f, uint64_t at);

/** The root table; fails unless the four letters of the kind stand behind. */
uint64_t pose_fb_root(pose_fb *f, const char kind[4]);

/** Place of a field of so many bytes in a table, 0 = not there (or table = 0). */
uint64_t pose_fb_field(pose_fb *f, uint64_t table, uint32_t field, uint32_t size);

/** A number in a table, or its default. */
int32_t pose_fb_number(pose_fb *f, uint64_t table, uint32_t field, uint32_t size, int32_t absent);

/** A table that a field refers to, 0 = not there. */
uint64_t pose_fb_table(pose_fb *f, uint64_t table, uint32_t field);

/** A vector of items of so many bytes; n = 0 when not there. */
pose_fb_vec pose_fb_vector(pose_fb *f, uint64_t table, uint32_t field, uint32_t size);

/** The i-th of a vector of tables; i < n (asserted). */
uint64_t pose_fb_item(pose_fb *f, pose_fb_vec v, uint32_t i);

#endif
