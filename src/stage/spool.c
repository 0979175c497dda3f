#define _XOPEN_SOURCE 700 /* mkstemp */

#include "spool_priv.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATH_BYTES = 4096 };

static hm_status refuse(const stage_spool *s, hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, s->beside ? s->beside : "temporary file", 0, 0, NULL,
                      "%s", strerror(errno));
}

hm_status stage_spool_open(const char *beside, stage_spool *s, hm_err *err)
{
    const char *slash = beside ? strrchr(beside, '/') : NULL;
    char path[PATH_BYTES];
    stage_spool made = {.beside = beside};
    int n = beside ? snprintf(path, sizeof path, "%.*s.hecto-XXXXXX",
                              slash ? (int)(slash - beside) + 1 : 0, beside)
                   : snprintf(path, sizeof path, "/tmp/hecto-XXXXXX");
    errno = ENAMETOOLONG;
    made.fd = n < PATH_BYTES ? mkstemp(path) : -1;
    if (made.fd < 0)
        return refuse(&made, err);
    unlink(path);
    made.open = true;
    *s = made;
    return HM_OK;
}

hm_status stage_spool_write(const stage_spool *s, int64_t at, const void *bytes, size_t n,
                            hm_err *err)
{
    const char *from = bytes;
    while (n > 0) {
        ssize_t done = pwrite(s->fd, from, n, (off_t)at);
        if (done < 0 && errno != EINTR)
            return refuse(s, err);
        if (done <= 0)
            continue;
        from += done;
        at += done;
        n -= (size_t)done;
    }
    return HM_OK;
}

hm_status stage_spool_read(const stage_spool *s, int64_t at, void *bytes, size_t n, hm_err *err)
{
    char *to = bytes;
    while (n > 0) {
        ssize_t done = pread(s->fd, to, n, (off_t)at);
        if (done < 0 && errno != EINTR)
            return refuse(s, err);
        if (done == 0)
            return hm_err_set(err, HM_ERR_BUG, "stage_spool_read", 0, 0, NULL,
                              "read beyond what was written");
        if (done < 0)
            continue;
        to += done;
        at += done;
        n -= (size_t)done;
    }
    return HM_OK;
}

void stage_spool_close(stage_spool *s)
{
    if (s->open)
        close(s->fd);
    *s = (stage_spool){0};
}
