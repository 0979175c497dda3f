/* cli/film_export.h - what `hecto film` writes for animators beside the film: skeletons, a scene,
 * guide layers. */
#ifndef HM_CLI_FILM_EXPORT_H
#define HM_CLI_FILM_EXPORT_H

#include "cli.h"

#include "stage/show.h"

/** Rows for the table of the verb. */
#define FILM_EXPORT_OPTS                                                                           \
    {"bvh", 0, "FILE",                                                                             \
     "Write the runners' motion, a BVH file each: FILE is the winner's, FILE-laneN the others'."}, \
        {"glb", 0, "FILE", "Write runners, track and camera with their motion as glTF 2.0."},      \
        {"layers", 0, "DIR",                                                                       \
         "Write guide layers of each drawing as PNG: colour, ink, id, part, normal, depth, ..."},  \
    {                                                                                              \
        "layers-only", 0, "LIST", "Of them only these: alpha,shadow (default: all)."               \
    }

/** Make a folder; one that is there is fine. errors HM_ERR_SYSTEM */
HM_CHECKED hm_status film_make_folder(const char *path, hm_err *err);

/**
 * Write what the options ask for; nothing without them. Says on stderr what was written.
 * errors HM_ERR_USAGE more files than a folder should hold, runners none; HM_ERR_SYSTEM disk or
 *        memory; HM_ERR_STOPPED
 */
HM_CHECKED hm_status film_export(const cli_args *args, hm_show *show, hm_err *err);

#endif
