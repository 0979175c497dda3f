#include "io/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static hm_status refuse(const char *path, const char *what, hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, path, 0, 0, NULL, "%s: %s", what, strerror(errno));
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool is_file(const char *folder, const char *name)
{
    char path[HM_FILE_PATH_MAX];
    struct stat s;
    int n = snprintf(path, sizeof path, "%s/%s", folder, name);
    return n > 0 && (size_t)n < sizeof path && stat(path, &s) == 0 && S_ISREG(s.st_mode);
}

/* Names one by one; arrays grow by doubling, the old ones stay in the arena. */
static hm_status take(DIR *dir, const char *path, hm_arena *arena, int32_t *n, const char ***name,
                      hm_err *err)
{
    size_t cap = 0;
    *n = 0;
    *name = NULL;
    for (const struct dirent *e; (e = readdir(dir)) != NULL;) {
        if (e->d_name[0] == '.' || !is_file(path, e->d_name))
            continue;
        if (*n == HM_FOLDER_MAX)
            return hm_err_set(err, HM_ERR_INPUT, path, 0, 0, NULL, "expected at most %d files",
                              HM_FOLDER_MAX);
        const char **grown = HM_GROW(arena, *name, *n, &cap);
        if (!grown)
            return hm_err_set(err, HM_ERR_SYSTEM, path, 0, 0, NULL, "no memory");
        *name = grown;
        (*name)[*n] = hm_arena_text(arena, e->d_name);
        if (!(*name)[*n])
            return hm_err_set(err, HM_ERR_SYSTEM, path, 0, 0, NULL, "no memory");
        ++*n;
    }
    return HM_OK;
}

hm_status hm_folder_list(const char *path, hm_arena *arena, int32_t *n, const char ***name,
                         hm_err *err)
{
    int32_t count = 0;
    const char **list = NULL;
    DIR *dir = opendir(path);
    if (!dir && errno != ENOENT)
        return refuse(path, "cannot read the folder", err);
    if (dir) {
        hm_status s = take(dir, path, arena, &count, &list, err);
        closedir(dir);
        HM_TRY(s);
    }
    if (count)
        qsort(list, (size_t)count, sizeof *list, by_bytes);
    *n = count;
    *name = list;
    return HM_OK;
}

hm_status hm_folder_make(const char *path, hm_err *err)
{
    struct stat s;
    if (mkdir(path, 0777) == 0 || (errno == EEXIST && stat(path, &s) == 0 && S_ISDIR(s.st_mode)))
        return HM_OK;
    return refuse(path, "cannot make the folder", err);
}

bool hm_folder_has(const char *path)
{
    struct stat s;
    return stat(path, &s) == 0;
}

hm_status hm_folder_remove(const char *path, hm_err *err)
{
    return unlink(path) == 0 || errno == ENOENT ? HM_OK : refuse(path, "cannot remove", err);
}

hm_status hm_hold_take(const char *path, hm_hold *hold, hm_err *err)
{
    struct flock all = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    hold->fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (hold->fd < 0)
        return refuse(path, "cannot write", err);
    if (fcntl(hold->fd, F_SETLK, &all) == 0)
        return HM_OK;
    bool taken = errno == EACCES || errno == EAGAIN;
    hm_status s = taken ? hm_err_set(err, HM_ERR_STOPPED, path, 0, 0, NULL,
                                     "another hecto is at work here; call again when it is done")
                        : refuse(path, "cannot lock", err);
    hm_hold_drop(hold);
    return s;
}

void hm_hold_drop(hm_hold *hold)
{
    if (hold->fd >= 0)
        close(hold->fd);
    hold->fd = -1;
}
