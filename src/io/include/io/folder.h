/* io/folder.h - what lies in a folder; one process at a time in it. */
#ifndef HM_IO_FOLDER_H
#define HM_IO_FOLDER_H

#include "io/file.h"

enum { HM_FOLDER_MAX = 100 * 1000 /* files */ };

/**
 * Names of the files in a folder, sorted by their bytes; hidden ones and folders are left out.
 * out    n = 0 when there is no such folder
 * errors HM_ERR_SYSTEM it cannot be read; HM_ERR_INPUT more than HM_FOLDER_MAX
 * memory arena
 */
HM_CHECKED hm_status hm_folder_list(const char *path, hm_arena *arena, int32_t *n,
                                    const char ***name, hm_err *err);

/** Make a folder unless it is there; the one above must be. errors HM_ERR_SYSTEM */
HM_CHECKED hm_status hm_folder_make(const char *path, hm_err *err);

/** Is there a file or a folder of that name? */
bool hm_folder_has(const char *path);

/** Take a file away; none is fine. errors HM_ERR_SYSTEM */
HM_CHECKED hm_status hm_folder_remove(const char *path, hm_err *err);

/** A file that one process holds at a time; the system lets go of it when that ends. */
typedef struct hm_hold {
    int fd; /* -1 = not held */
} hm_hold;

/**
 * in     path  made when it is not there, and left there
 * errors HM_ERR_STOPPED another process holds it; HM_ERR_SYSTEM
 */
HM_CHECKED hm_status hm_hold_take(const char *path, hm_hold *hold, hm_err *err);
void hm_hold_drop(hm_hold *hold);

#endif
