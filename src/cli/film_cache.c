#include "film_cache.h"

#include "film_export.h"

#include <stdio.h>

#include "base/hash.h"
#include "io/file.h"

/* A number that changes with the program: the hash of its file. */
static hm_status program_key(const cli_args *args, uint64_t *key, hm_err *err)
{
    char *bytes;
    size_t n;
    HM_TRY(hm_file_read("/proc/self/exe", (size_t)1 << 30, args->arena, &bytes, &n, err));
    *key = hm_hash(HM_HASH_START, bytes, n);
    return HM_OK;
}

hm_status film_cache(const cli_args *args, hm_show_cache *cache, hm_err *err)
{
    int64_t mb = 2000;
    HM_TRY(cli_integer(args, "cache-mb", 1, 1000000, &mb, err));
    cache->dir = cli_value(args, "cache");
    cache->most_bytes = mb * 1000000;
    if (!cache->dir)
        return HM_OK;
    HM_TRY(film_make_folder(cache->dir, err));
    return program_key(args, &cache->program, err);
}

void film_tell_kept(const cli_args *args, int64_t n_kept, int64_t n_segment)
{
    if (n_segment > 0 && !args->quiet)
        fprintf(stderr, "hecto: %lld of %lld segments kept\n", (long long)n_kept,
                (long long)n_segment);
}
