/* fuzz/replay.c - run each file of some folders through a harness, as an ordinary test. */
#include "harness.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/file.h"

enum { FILE_MAX_N = 4096, FILE_MAX_BYTES = 16 * 1024 * 1024 };

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static int list(hm_arena *a, const char *dir, char **path, int n)
{
    DIR *d = opendir(dir);
    if (!d)
        return n;
    for (struct dirent *e; n < FILE_MAX_N && (e = readdir(d));)
        if (e->d_name[0] != '.')
            path[n++] = hm_arena_printf(a, "%s/%s", dir, e->d_name);
    closedir(d);
    return n;
}

int main(int argc, char **argv)
{
    static char *path[FILE_MAX_N];
    hm_arena names;
    hm_arena_init(&names, 0);
    int n = 0;
    for (int i = 1; i < argc; i++)
        n = list(&names, argv[i], path, n);
    qsort(path, (size_t)n, sizeof *path, by_name);
    printf("1..%d\n", n > 0 ? n : 1);
    if (n == 0)
        puts("not ok 1 - the corpus is there");
    for (int i = 0; i < n; i++) {
        hm_arena a;
        hm_arena_init(&a, 0);
        char *bytes;
        size_t size;
        hm_err err = {0};
        bool good = hm_file_read(path[i], FILE_MAX_BYTES, &a, &bytes, &size, &err) == HM_OK;
        if (good) {
            /* a copy of its own size, so that a sanitizer sees one byte too far */
            uint8_t *own = malloc(size ? size : 1);
            HM_ASSERT(own);
            memcpy(own, bytes, size);
            (void)LLVMFuzzerTestOneInput(own, size);
            free(own);
        }
        printf("%s %d - %s\n", good ? "ok" : "not ok", i + 1, strrchr(path[i], '/') + 1);
        hm_arena_free(&a);
    }
    hm_arena_free(&names);
    return 0;
}
