#include "flatbuffer_priv.h"

#include <stdbool.h>
#include <string.h>

#include "base/status.h"

static bool fits(pose_fb *f, uint64_t at, uint64_t size)
{
    if (!f->fault && at <= f->n && size <= f->n - at)
        return true;
    if (!f->fault) {
        f->fault = "a place beyond the end of the file";
        f->at = at;
    }
    return false;
}

static void fail(pose_fb *f, uint64_t at, const char *fault)
{
    if (f->fault)
        return;
    f->fault = fault;
    f->at = at;
}

uint32_t pose_fb_u8(pose_fb *f, uint64_t at)
{
    return fits(f, at, 1) ? f->bytes[at] : 0;
}

uint32_t pose_fb_u16(pose_fb *f, uint64_t at)
{
    return fits(f, at, 2) ? (uint32_t)(f->bytes[at] | f->bytes[at + 1] << 8) : 0;
}

uint32_t pose_fb_u32(pose_fb *f, uint64_t at)
{
    if (!fits(f, at, 4))
        return 0;
    const uint8_t *b = f->bytes + at;
    return (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

int32_t pose_fb_i32(pose_fb *f, uint64_t at)
{
    return (int32_t)pose_fb_u32(f, at);
}

/* The place `at` refers forward to; 0 after a fault. */
static uint64_t follow(pose_fb *f, uint64_t at)
{
    uint64_t to = at + pose_fb_u32(f, at);
    if (to == at)
        fail(f, at, "a reference to itself");
    return f->fault ? 0 : to;
}

uint64_t pose_fb_root(pose_fb *f, const char kind[4])
{
    if (fits(f, 0, 8) && memcmp(f->bytes + 4, kind, 4) != 0)
        fail(f, 4, "another kind of file");
    return follow(f, 0);
}

uint64_t pose_fb_field(pose_fb *f, uint64_t table, uint32_t field, uint32_t size)
{
    if (!table || f->fault)
        return 0;
    int64_t vtable = (int64_t)table - pose_fb_i32(f, table);
    if (vtable < 0) {
        fail(f, table, "a table description before the file");
        return 0;
    }
    uint32_t room = pose_fb_u16(f, (uint64_t)vtable);
    uint32_t bytes = pose_fb_u16(f, (uint64_t)vtable + 2);
    uint32_t slot = 4 + 2 * field;
    if (slot + 2 > room)
        return 0;
    uint32_t offset = pose_fb_u16(f, (uint64_t)vtable + slot);
    if (offset == 0)
        return 0;
    if (offset < 4 || offset + size > bytes) {
        fail(f, (uint64_t)vtable + slot, "a field outside its table");
        return 0;
    }
    return fits(f, table + offset, size) ? table + offset : 0;
}

int32_t pose_fb_number(pose_fb *f, uint64_t table, uint32_t field, uint32_t size, int32_t absent)
{
    uint64_t at = pose_fb_field(f, table, field, size);
    if (!at)
        return absent;
    return size == 1 ? (int8_t)pose_fb_u8(f, at) : pose_fb_i32(f, at);
}

uint64_t pose_fb_table(pose_fb *f, uint64_t table, uint32_t field)
{
    uint64_t at = pose_fb_field(f, table, field, 4);
    return at ? follow(f, at) : 0;
}

pose_fb_vec pose_fb_vector(pose_fb *f, uint64_t table, uint32_t field, uint32_t size)
{
    uint64_t at = pose_fb_table(f, table, field);
    if (!at)
        return (pose_fb_vec){0};
    pose_fb_vec v = {at + 4, pose_fb_u32(f, at)};
    return fits(f, v.at, (uint64_t)v.n * size) ? v : (pose_fb_vec){0};
}

uint64_t pose_fb_item(pose_fb *f, pose_fb_vec v, uint32_t i)
{
    HM_ASSERT(i < v.n);
    return follow(f, v.at + 4 * (uint64_t)i);
}
