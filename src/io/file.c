#define _XOPEN_SOURCE 700 /* realpath */

#include "io/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static hm_status refuse(hm_err *err, const char *path, const char *doing)
{
    if (strcmp(path, "-") == 0)
        path = "standard output";
    return hm_err_set(err, HM_ERR_SYSTEM, path, 0, 0, NULL, "%s: %s", doing, strerror(errno));
}

/* The place that path means: an existing link is followed, so that the rename keeps it. */
static bool resolve(const char *path, char out[HM_FILE_PATH_MAX])
{
    char real[PATH_MAX];
    struct stat st;
    if (lstat(path, &st) == 0 && S_ISLNK(st.st_mode) && realpath(path, real))
        path = real;
    size_t n = strlen(path);
    if (n >= HM_FILE_PATH_MAX)
        return false;
    memcpy(out, path, n + 1);
    return true;
}

/* "dir/.name.PID.K.part" for the first K that is free; mode as for any new file. */
static int open_temp(hm_file *f)
{
    const char *slash = strrchr(f->path, '/');
    const char *name = slash ? slash + 1 : f->path;
    int n_dir = (int)(name - f->path);
    for (int k = 0; k < 1000; k++) {
        int n = snprintf(f->temp, sizeof f->temp, "%.*s.%s.%ld.%d.part", n_dir, f->path, name,
                         (long)getpid(), k);
        if (n < 0 || (size_t)n >= sizeof f->temp) {
            errno = ENAMETOOLONG;
            return -1;
        }
        int fd = open(f->temp, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (fd >= 0 || errno != EEXIST)
            return fd;
    }
    return -1;
}

hm_status hm_file_create(const char *path, hm_file *f, hm_err *err)
{
    f->open = f->direct = false;
    f->fd = -1;
    f->n_held = 0;
    f->temp[0] = '\0';
    if (strcmp(path, "-") == 0) {
        f->direct = true;
        f->fd = STDOUT_FILENO;
        memcpy(f->path, "-", 2);
    } else if (!*path || !resolve(path, f->path)) {
        errno = *path ? ENAMETOOLONG : ENOENT;
        return refuse(err, path, "cannot write");
    } else {
        struct stat st;
        f->direct = stat(f->path, &st) == 0 && !S_ISREG(st.st_mode);
        f->fd = f->direct ? open(f->path, O_WRONLY | O_CLOEXEC) : open_temp(f);
        if (f->fd < 0)
            return refuse(err, path, "cannot write");
    }
    f->open = true;
    return HM_OK;
}

static hm_status flush(hm_file *f, hm_err *err)
{
    size_t done = 0;
    while (done < f->n_held) {
        ssize_t n = write(f->fd, f->held + done, f->n_held - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return refuse(err, f->path, "cannot write");
        done += (size_t)n;
    }
    f->n_held = 0;
    return HM_OK;
}

hm_status hm_file_put(hm_file *f, const void *bytes, size_t n, hm_err *err)
{
    HM_ASSERT(f->open);
    const unsigned char *from = bytes;
    while (n > 0) {
        size_t room = sizeof f->held - f->n_held;
        size_t part = n < room ? n : room;
        memcpy(f->held + f->n_held, from, part);
        f->n_held += part;
        from += part;
        n -= part;
        if (f->n_held == sizeof f->held)
            HM_TRY(flush(f, err));
    }
    return HM_OK;
}

hm_status hm_file_commit(hm_file *f, hm_err *err)
{
    HM_ASSERT(f->open);
    hm_status status = flush(f, err);
    if (status == HM_OK && !f->direct && fsync(f->fd) != 0)
        status = refuse(err, f->path, "cannot write");
    if (status != HM_OK || f->direct) {
        hm_file_abort(f);
        return status;
    }
    /* some file systems tell a full disk only here */
    int closed = close(f->fd);
    f->open = false;
    if (closed == 0 && rename(f->temp, f->path) == 0)
        return HM_OK;
    status = refuse(err, f->path, "cannot write");
    unlink(f->temp);
    return status;
}

void hm_file_abort(hm_file *f)
{
    if (!f->open)
        return;
    f->open = false;
    if (f->fd != STDOUT_FILENO)
        close(f->fd);
    if (!f->direct)
        unlink(f->temp);
}

hm_status hm_file_write(const char *path, const void *bytes, size_t n, hm_err *err)
{
    hm_file f;
    HM_TRY(hm_file_create(path, &f, err));
    hm_status status = hm_file_put(&f, bytes, n, err);
    if (status == HM_OK)
        return hm_file_commit(&f, err);
    hm_file_abort(&f);
    return status;
}

static hm_status too_large(const char *path, size_t max_bytes, hm_err *err)
{
    return hm_err_set(err, HM_ERR_INPUT, path, 0, 0, NULL,
                      "expected a file of at most %zu bytes, found a larger one", max_bytes);
}

/* All that fd gives, in blocks that double. */
static hm_status read_all(int fd, const char *path, size_t max_bytes, hm_arena *arena, char **bytes,
                          size_t *n, hm_err *err)
{
    size_t cap = 64 * 1024, used = 0;
    char *buf = NULL;
    struct stat st;
    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) {
        if (st.st_size > 0 && (uintmax_t)st.st_size > max_bytes)
            return too_large(path, max_bytes, err);
        cap = (size_t)st.st_size + 1;
    }
    for (;;) {
        char *grown = HM_PUSH(arena, char, cap + 1);
        if (!grown)
            return hm_err_set(err, HM_ERR_SYSTEM, path, 0, 0, NULL, "no memory");
        if (used)
            memcpy(grown, buf, used);
        buf = grown;
        ssize_t got = 1;
        while (used < cap && got > 0) {
            got = read(fd, buf + used, cap - used);
            if (got < 0 && errno == EINTR)
                got = 1;
            else if (got < 0)
                return refuse(err, path, "cannot read");
            else
                used += (size_t)got;
            if (used > max_bytes)
                return too_large(path, max_bytes, err);
        }
        if (got == 0)
            break;
        cap *= 2;
    }
    buf[used] = '\0';
    *bytes = buf;
    *n = used;
    return HM_OK;
}

hm_status hm_file_read(const char *path, size_t max_bytes, hm_arena *arena, char **bytes, size_t *n,
                       hm_err *err)
{
    if (strcmp(path, "-") == 0)
        return read_all(STDIN_FILENO, "standard input", max_bytes, arena, bytes, n, err);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return hm_err_set(err, HM_ERR_NOFILE, path, 0, 0, NULL, "cannot open: %s", strerror(errno));
    struct stat st;
    hm_status status =
        fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)
            ? hm_err_set(err, HM_ERR_NOFILE, path, 0, 0, NULL, "expected a file, found a directory")
            : read_all(fd, path, max_bytes, arena, bytes, n, err);
    close(fd);
    return status;
}
