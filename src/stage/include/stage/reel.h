/* stage/reel.h - a film of several races: parts one after the other, each with its own race,
 * runners, look and shots, one picture or two side by side; one sound, one score, one set of
 * captions.
 *
 * A part's runners and place are made when its frames come up and given back after them, so memory
 * does not grow with the number of parts. Frame k depends on nothing but what the reel was made
 * from. */
#ifndef HM_STAGE_REEL_H
#define HM_STAGE_REEL_H

#include "stage/show.h"

enum { HM_REEL_PART_MAX = 64, HM_REEL_PANE_MAX = 2 };

/** One race in the picture, or in a half of it. */
typedef struct hm_reel_pane {
    const hm_race *race;
    const hm_film *film; /* bound to it */
    hm_show_opts opts;   /* size, hold, look, venue, overlays; the rest is that of the reel */
    int32_t x_px, y_px;  /* its top left corner in the picture */
} hm_reel_pane;

typedef struct hm_reel_part {
    const char *name;
    int32_t n_pane;
    hm_reel_pane pane[HM_REEL_PANE_MAX]; /* (n_pane) the part lasts as long as the longest */
    int32_t heard;                       /* index of the pane that is listened to */
    double fade_in_s, fade_out_s;        /* picture, from and to black */
    double hush_in_s, hush_out_s;        /* sound, from and to the tone of a quiet room */
} hm_reel_part;

typedef struct hm_reel_opts {
    uint32_t cookie;
    int32_t w_px, h_px;
    int32_t fps;
    double from_s, to_s;          /* part of the film [film s]; to_s = NAN: to its end */
    const char *title;            /* of the file */
    const struct hm_score *score; /* in time of the whole film, NULL = none */
    const char *soundfont;
    hm_credits credits; /* of all parts that show some */
    int32_t n_text;
    const hm_text_track *text; /* (n_text) in time of the whole film */
    hm_show_cache cache;       /* of the parts' frames; the same for all */
    bool burn;                 /* draw the first text track into the picture */
    int n_thread;
    bool share_picture;  /* all threads on one picture, for stills */
    bool refuse_flashes; /* a film that flashes too often (stage/flash.h) is not written */
} hm_reel_opts;

typedef struct hm_reel hm_reel;

/** 1280 x 720, 24 fps, the whole film, one thread. */
hm_reel_opts hm_reel_opts_default(void);

/** Film time at which a part begins: parts begin on whole frames. i = n_part: the film's end. */
double hm_reel_part_s(const hm_reel_part part[], int32_t i, int32_t fps);

/**
 * Put parts one after the other.
 *
 * in     part   (n_part) copied; races, films, score and texts must outlive the reel
 * out    reel   untouched on failure; hm_reel_destroy when done
 * errors HM_ERR_USAGE an empty span, a pane outside the picture; HM_ERR_SYSTEM
 * memory a picture for each worker; with a part at work what a show of it takes
 * test   tests/unit/stage/test_reel.c
 */
HM_CHECKED hm_status hm_reel_new(int32_t n_part, const hm_reel_part part[],
                                 const hm_reel_opts *opts, hm_reel **reel, hm_err *err);
void hm_reel_destroy(hm_reel *reel);

int64_t hm_reel_frame_count(const hm_reel *reel);

/** What was remarked about the parts that were made so far, each remark once. */
const hm_notes *hm_reel_notes(const hm_reel *reel);

/**
 * Draw the frame of any film time, for stills; on the calling thread.
 * out    pic  valid until the next call
 * errors those of hm_show_new and hm_show_draw
 */
HM_CHECKED hm_status hm_reel_draw_at(hm_reel *reel, double film_t_s, const hm_picture **pic,
                                     hm_err *err);

/** What flashes too often in the film that was last hashed or filmed. */
const hm_flash_report *hm_reel_flashes(const hm_reel *reel);

/** Of the film made last, with a cache: segments that were not drawn again, and all. */
void hm_reel_kept(const hm_reel *reel, int64_t *n_kept, int64_t *n_segment);

/** As hm_show_hash and hm_show_film. */
HM_CHECKED hm_status hm_reel_hash(hm_reel *reel, hm_encode_progress_fn *progress, void *ctx,
                                  uint64_t *hash, hm_err *err);
HM_CHECKED hm_status hm_reel_film(hm_reel *reel, const hm_encode_opts *encode, const char *path,
                                  hm_encode_progress_fn *progress, void *ctx, hm_err *err);

/**
 * A picture of every so many seconds of the film, in rows.
 * in     every_s  > 0; the reel shares its picture
 * out    sheet    in the arena
 * errors those of hm_reel_draw_at; HM_ERR_SYSTEM
 */
HM_CHECKED hm_status hm_reel_sheet(hm_reel *reel, double every_s, int32_t per_row, hm_arena *arena,
                                   hm_picture *sheet, hm_err *err);

#endif
