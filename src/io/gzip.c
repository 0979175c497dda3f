#include "io/gzip.h"

#include <limits.h>
#define ZLIB_CONST /* next_in points to what is only read */
#include <zlib.h>

enum {
    WINDOW_GZIP = 15 + 16, /* zlib.h: 15 = the largest window, + 16 = head and tail of gzip */
    MEMORY_LEVEL = 9
};

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory to pack in");
}

hm_status hm_gzip(const void *bytes, size_t n, hm_arena *arena, unsigned char **packed,
                  size_t *n_packed, hm_err *err)
{
    z_stream z = {0};
    if (n > INT_MAX || deflateInit2(&z, Z_BEST_COMPRESSION, Z_DEFLATED, WINDOW_GZIP, MEMORY_LEVEL,
                                    Z_DEFAULT_STRATEGY) != Z_OK)
        return no_memory(err);
    uLong most = deflateBound(&z, (uLong)n);
    unsigned char *out = HM_PUSH(arena, unsigned char, most);
    if (!out) {
        (void)deflateEnd(&z);
        return no_memory(err);
    }
    z.next_in = bytes;
    z.avail_in = (uInt)n;
    z.next_out = out;
    z.avail_out = (uInt)most;
    int done = deflate(&z, Z_FINISH);
    size_t n_out = z.total_out;
    (void)deflateEnd(&z);
    if (done != Z_STREAM_END)
        return hm_err_set(err, HM_ERR_BUG, NULL, 0, 0, "hm_gzip", "zlib packed %zu of %zu bytes",
                          n_out, n);
    *packed = out;
    *n_packed = n_out;
    return HM_OK;
}
