/* layers_priv.h - the guide layers of a film while they are made: which there are, one drawing's
 * planes, the drawings and their hands. */
#ifndef HM_STAGE_LAYERS_PRIV_H
#define HM_STAGE_LAYERS_PRIV_H

#include "guides_priv.h"
#include "show_priv.h"

#include "stage/layers.h"

typedef enum layer {
    LAYER_COLOUR,
    LAYER_INK,
    LAYER_ID,
    LAYER_PART,
    LAYER_NORMAL,
    LAYER_DEPTH,
    LAYER_VELOCITY,
    LAYER_REST,
    LAYER_MATTE,
    LAYER_ALPHA,
    LAYER_SHADOW,
    LAYER_SHADED,
    LAYER_EFFECTS,
    LAYER_COUNT
} layer;

/* Layers that come from what is seen at the middle of each pixel. */
#define LAYERS_MEASURED                                                                            \
    (1u << LAYER_COLOUR | 1u << LAYER_ID | 1u << LAYER_PART | 1u << LAYER_NORMAL |                 \
     1u << LAYER_DEPTH | 1u << LAYER_VELOCITY | 1u << LAYER_REST)

/* What one worker keeps besides his hand. */
typedef struct layer_hand {
    guides g;
    uint8_t *ink, *matte, *cover, *line, *shadow; /* (w x h) coverage, 255 = whole */
    uint8_t *empty, *alpha; /* (4 x w x h) the paint without anything; runners alone */
    uint8_t *shaded;        /* (3 x w x h) place and runners as painted */
    uint8_t *effects;       /* (4 x w x h) what the film's picture has over that */
} layer_hand;

typedef struct layer_drawing {
    int64_t frame, number; /* first frame of the show; number of the drawing in the film */
    int32_t n_held, shot, in_shot;
    double film_s, race_s;
    bool moves; /* the next drawing is of the same shot */
    hm_camera camera;
    hm_status status;
    hm_err err;
} layer_drawing;

typedef struct layers {
    hm_show *show;
    show_parts of;
    const char *dir;
    uint32_t want;            /* bit k = layer k */
    int64_t n_drawing, first; /* first of the round */
    layer_drawing *drawing;   /* (n_drawing) */
    layer_hand *hand;         /* (n_worker) */
} layers;

extern const char *const layers_name[LAYER_COUNT];

/** A path made as by printf. errors HM_ERR_USAGE too long */
hm_status layers_path(char path[HM_LAYERS_PATH_MAX], hm_err *err, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/** All planes of one drawing into h. errors HM_ERR_SYSTEM no memory */
hm_status layers_draw(layers *l, const layer_drawing *d, drawing_hand *hand, layer_hand *h,
                      hm_err *err);

/** layers.json, and the list by which ffmpeg puts a shot together.
 *  errors HM_ERR_SYSTEM no memory, the disk */
hm_status layers_write_json(const layers *l, hm_arena *arena, hm_err *err);
hm_status layers_write_concat(const layers *l, int i, hm_arena *arena, hm_err *err);

#endif
