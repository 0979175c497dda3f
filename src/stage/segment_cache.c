/* segment_cache.c - one file a segment, in the byte order of the machine:
 *
 *   8 bytes  "HMSEG 1\n"
 *   16       the key: what the segment was made from
 *   8        n, bytes of the encoder's headers and packets
 *   8        m, bytes that belong to the frames
 *   n, m     those
 *   8        hash of all before
 *
 * A file appears whole or not at all; one whose key, lengths or hash do not fit is not believed. */
#include "segment_cache_priv.h"

#ifdef HM_HAS_FILM

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "io/sink.h"

static const char magic[8] = "HMSEG 1\n";

typedef struct file_head {
    char magic[8];
    uint64_t key[2], n_packet, n_extra;
} file_head;

enum { ENTRY_MAX = 1 << 28 };

static const char *path_of(const hm_encode_cache *c, int64_t i, hm_arena *a)
{
    return hm_arena_printf(a, "%s/%016llx%016llx.hmseg", c->dir, (unsigned long long)c->key[i][0],
                           (unsigned long long)c->key[i][1]);
}

/* Parts of a file that is sound; NULL = it is not. */
static const uint8_t *check(const hm_encode_cache *c, int64_t i, int64_t n_frame, const char *bytes,
                            size_t n, file_head *h)
{
    uint64_t sum;
    if (n < sizeof *h + sizeof sum)
        return NULL;
    memcpy(h, bytes, sizeof *h);
    memcpy(&sum, bytes + n - sizeof sum, sizeof sum);
    bool fits = memcmp(h->magic, magic, sizeof magic) == 0 && h->key[0] == c->key[i][0] &&
                h->key[1] == c->key[i][1] && h->n_extra == (uint64_t)n_frame * c->extra_bytes &&
                h->n_packet == n - sizeof *h - sizeof sum - h->n_extra &&
                sum == hm_hash(HM_HASH_START, bytes, n - sizeof sum);
    return fits ? (const uint8_t *)bytes + sizeof *h : NULL;
}

bool segment_cache_load(const hm_encode_cache *c, int64_t i, int64_t n_frame, const uint8_t *head,
                        size_t n_head, stage_segment **segment)
{
    hm_arena a;
    hm_arena_init(&a, 1 << 20);
    const char *path = path_of(c, i, &a);
    char *bytes;
    size_t n;
    file_head h;
    bool ok = path && hm_file_read(path, ENTRY_MAX, &a, &bytes, &n, NULL) == HM_OK;
    const uint8_t *at = ok ? check(c, i, n_frame, bytes, n, &h) : NULL;
    stage_segment *made = NULL;
    ok = at && stage_segment_unpack(at, h.n_packet, head, n_head, &made);
    if (ok) {
        memcpy(c->extra + (size_t)i * HM_ENCODE_SEGMENT_FRAME * c->extra_bytes, at + h.n_packet,
               h.n_extra);
        utimensat(AT_FDCWD, path, NULL, 0); /* used now */
    }
    if (segment && ok)
        *segment = made;
    else
        stage_segment_destroy(made);
    hm_arena_free(&a);
    return ok;
}

void segment_cache_save(const hm_encode_cache *c, int64_t i, int64_t n_frame,
                        const stage_segment *segment)
{
    hm_arena a;
    hm_arena_init(&a, 1 << 20);
    hm_memory packets = {.arena = &a}, all = {.arena = &a};
    hm_sink sink = hm_sink_memory(&all);
    const char *path = path_of(c, i, &a);
    file_head h = {.key = {c->key[i][0], c->key[i][1]}};
    memcpy(h.magic, magic, sizeof magic);
    bool ok = path && stage_segment_pack(segment, &packets);
    h.n_packet = packets.n;
    h.n_extra = (uint64_t)n_frame * c->extra_bytes;
    const uint8_t *extra = c->extra + (size_t)i * HM_ENCODE_SEGMENT_FRAME * c->extra_bytes;
    ok = ok && sink.put(sink.ctx, &h, sizeof h, NULL) == HM_OK &&
         sink.put(sink.ctx, packets.bytes, packets.n, NULL) == HM_OK &&
         sink.put(sink.ctx, extra, h.n_extra, NULL) == HM_OK;
    uint64_t sum = ok ? hm_hash(HM_HASH_START, all.bytes, all.n) : 0;
    ok = ok && sink.put(sink.ctx, &sum, sizeof sum, NULL) == HM_OK;
    if (ok && hm_file_write(path, all.bytes, all.n, NULL) != HM_OK)
        (void)unlink(path); /* what cannot be kept is drawn again */
    hm_arena_free(&a);
}

/* ---- size ---- */

typedef struct entry {
    const char *path;
    int64_t bytes, used_ns;
} entry;

static bool is_entry(const char *name)
{
    size_t n = strlen(name);
    return n == 32 + 6 && strcmp(name + 32, ".hmseg") == 0;
}

static int32_t oldest(const entry *e, int32_t n)
{
    int32_t at = -1;
    for (int32_t i = 0; i < n; i++)
        if (e[i].path && (at < 0 || e[i].used_ns < e[at].used_ns))
            at = i;
    return at;
}

void segment_cache_prune(const hm_encode_cache *c)
{
    hm_arena a;
    hm_arena_init(&a, 0);
    entry *list = NULL;
    size_t cap = 0;
    int32_t n = 0;
    int64_t sum = 0;
    DIR *dir = opendir(c->dir);
    for (struct dirent *d; dir && (d = readdir(dir)) != NULL;) {
        struct stat st;
        const char *path =
            is_entry(d->d_name) ? hm_arena_printf(&a, "%s/%s", c->dir, d->d_name) : NULL;
        entry *more = path && stat(path, &st) == 0 ? HM_GROW(&a, list, n, &cap) : NULL;
        if (!more)
            continue;
        list = more;
        list[n++] =
            (entry){path, st.st_size, st.st_mtim.tv_sec * INT64_C(1000000000) + st.st_mtim.tv_nsec};
        sum += st.st_size;
    }
    if (dir)
        closedir(dir);
    for (int32_t i; sum > c->most_bytes && (i = oldest(list, n)) >= 0;) {
        sum -= unlink(list[i].path) == 0 ? list[i].bytes : 0;
        list[i].path = NULL;
    }
    hm_arena_free(&a);
}

#else

typedef int stage_no_cache; /* a file must hold something */

#endif
