/* stage/layers.h - guide layers of a film's drawings, as PNG files, for people and programs that
 * draw over them. docs/exports.md says what each holds. */
#ifndef HM_STAGE_LAYERS_H
#define HM_STAGE_LAYERS_H

#include "stage/encode.h"
#include "stage/show.h"

enum { HM_LAYERS_FILE_MAX = 20000, HM_LAYERS_PATH_MAX = 4096 };

/** What would be written. */
typedef struct hm_layers_count {
    int64_t n_drawing, n_file;
    int32_t n_layer, n_shot;
    int32_t shot[HM_SHOT_MAX]; /* (n_shot) numbers from 1 of the shots that are touched */
} hm_layers_count;

/** Every layer. */
#define HM_LAYERS_ALL 0x1fffu

/**
 * Layers by name, with commas between: "alpha,shadow".
 * out    want  a bit each
 * errors HM_ERR_USAGE an unknown name; the known ones are named
 */
HM_CHECKED hm_status hm_layers_choose(const char *list, uint32_t *want, hm_err *err);

/** errors HM_ERR_USAGE more than HM_LAYERS_FILE_MAX files */
HM_CHECKED hm_status hm_layers_plan(const hm_show *show, uint32_t want, hm_layers_count *count,
                                    hm_err *err);

/** Folder of a shot below dir. errors HM_ERR_USAGE the path is too long */
HM_CHECKED hm_status hm_layers_folder(const char *dir, int32_t shot, char path[HM_LAYERS_PATH_MAX],
                                      hm_err *err);

/**
 * Write the wanted layers of every drawing, LAYER.ffconcat for each layer, and layers.json at the
 * very end.
 *
 * in     dir  exists, and so do the folders of the shots (hm_layers_folder)
 *        progress  of drawings; may be NULL
 * errors HM_ERR_SYSTEM disk or memory; HM_ERR_STOPPED. Each file is whole; without layers.json the
 *        set is not.
 * memory 43 bytes a pixel and worker, freed on return.  threads: those of the show
 * test   tests/cli/test_layers.py
 */
HM_CHECKED hm_status hm_layers_write(hm_show *show, const char *dir, uint32_t want,
                                     hm_encode_progress_fn *progress, void *ctx, hm_err *err);

#endif
