/* stage/show.h - a film made ready: race, runners, venue, staging and overlays joined, so that any
 * frame can be drawn and the sound rendered. Frame k depends on nothing but what the show was made
 * from. */
#ifndef HM_STAGE_SHOW_H
#define HM_STAGE_SHOW_H

#include <stdbool.h>
#include <stdint.h>

#include "data/film.h"
#include "stage/encode.h"
#include "stage/flash.h"
#include "stage/letters.h"
#include "stage/look.h"
#include "stage/mocap.h"
#include "stage/overlay.h"
#include "stage/scene.h"
#include "stage/skins.h"
#include "stage/sound.h"
#include "stage/text_track.h"
#include "stage/venue.h"

typedef struct hm_show hm_show;

/** Where encoded segments of films are kept, so that unchanged ones are not drawn again. */
typedef struct hm_show_cache {
    const char *dir;    /* must exist; NULL = none */
    int64_t most_bytes; /* of all that is kept */
    uint64_t program;   /* a number that changes with the code that draws */
} hm_show_cache;

typedef struct hm_show_opts {
    uint32_t cookie;
    int32_t w_px, h_px;
    int32_t fps;
    int32_t n_hold;       /* frames that show one drawing: 1 = on ones, 2 = on twos, 3 = on threes;
                           * 0 = as the look wants it */
    double from_s, to_s;  /* part of the film [film s]; to_s = NAN: to its end */
    const char *look;     /* name, see stage/look.h; a shot may name another */
    const void *look_own; /* its options, laid out by hm_look_table; NULL = defaults */
    hm_space space;       /* how the two channels are made; auto = as the look wants it */
    hm_credits credits;   /* what credits name besides the race */
    bool burn;            /* draw the first text track into the picture */
    hm_letters *letters;  /* words as recorded, or where they are (stage/letters.h); NULL = none */
    hm_skins *skins;      /* of runners, kept for other shows (stage/skins.h); NULL = its own */
    hm_show_cache cache;
    bool refuse_flashes; /* a film that flashes too often (stage/flash.h) is not written */
    bool overlays;       /* words and numbers; off for frame hashes that do not depend on fonts */
    hm_venue_opts venue;
    const struct hm_score *score; /* music of the film (stage/score.h), NULL = none */
    const char *soundfont;        /* what it is played with */
    int32_t n_text;               /* text tracks of the file, at most HM_TEXT_TRACK_MAX */
    const hm_text_track *text;    /* (n_text) in time of the whole film */
    int n_thread;                 /* workers that may draw at the same time */
    bool share_picture; /* all threads on one picture, for stills; draw from one thread only */
} hm_show_opts;

/** 1280 x 720, 24 fps, broadcast, the whole film, one thread. */
hm_show_opts hm_show_opts_default(void);

/**
 * Make a film ready.
 *
 * in     race, film  valid and bound (hm_direct, hm_film_bind); must outlive the show
 * out    show   untouched on failure; hm_show_destroy when done
 * errors HM_ERR_USAGE an unknown look (the known ones are named), an empty span; those of the
 *        venue, the cast and the overlay
 */
HM_CHECKED hm_status hm_show_new(const hm_race *race, const hm_film *film, const hm_show_opts *opts,
                                 hm_show **show, hm_err *err);
void hm_show_destroy(hm_show *show);

/** What was remarked while it was made ready: characters without a font. */
const hm_notes *hm_show_notes(const hm_show *show);

int64_t hm_show_frame_count(const hm_show *show);

/** The runners, as the film's own look shapes them, over the frames of the show. */
hm_mocap hm_show_mocap(const hm_show *show);

/** Film time that a frame shows [s]: that of its drawing, hm_show_opts.from_s included. */
double hm_show_film_s(const hm_show *show, int64_t frame);

/**
 * Draw one frame. Each worker draws one at a time.
 * out    pic     the worker's own picture, valid until its next frame
 * errors HM_ERR_SYSTEM no memory
 */
HM_CHECKED hm_status hm_show_draw(hm_show *show, int worker, int64_t frame, const hm_picture **pic,
                                  hm_err *err);

/** Draw one frame at any film time, for stills. As hm_show_draw. */
HM_CHECKED hm_status hm_show_draw_at(hm_show *show, int worker, double film_t_s,
                                     const hm_picture **pic, hm_err *err);

/** With kept skins: make one that was left for the drawing that first needs it, so that this one is
 *  not late; *warm: none was left. */
HM_CHECKED hm_status hm_show_warm(hm_show *show, bool *warm, hm_err *err);

/** As hm_show_draw_at, seen by another camera than the directed one; NULL = by that one. A shot
 *  without a picture shows the place then. */
HM_CHECKED hm_status hm_show_draw_from(hm_show *show, int worker, double film_t_s,
                                       const hm_camera *camera, const hm_picture **pic,
                                       hm_err *err);

/** As hm_show_hash, of the frames from .. to - 1. in 0 <= from < to <= hm_show_frame_count */
HM_CHECKED hm_status hm_show_hash_part(hm_show *show, int64_t from, int64_t to, uint64_t *hash,
                                       hm_err *err);

/**
 * Hash of all frames as NV12, before any encoder.
 * in     progress  may be NULL
 * errors HM_ERR_STOPPED when progress says so
 */
HM_CHECKED hm_status hm_show_hash(hm_show *show, hm_encode_progress_fn *progress, void *ctx,
                                  uint64_t *hash, hm_err *err);

/** Segments of the last film that were not drawn again, of how many; both 0 without a cache. */
void hm_show_kept(const hm_show *show, int64_t *n_kept, int64_t *n_segment);

/** What flashes too often in the film that was last hashed or filmed. */
const hm_flash_report *hm_show_flashes(const hm_show *show);

/** Music that is played with a film. */
typedef struct hm_show_music {
    const struct hm_score *score; /* stage/score.h; NULL = none */
    const char *soundfont;        /* what it is played with */
} hm_show_music;

/**
 * The sound of the film, as hm_show_film writes it.
 * in     music     in place of that of the options
 *        beside    as hm_sound_new
 *        progress  told how many samples are mixed; may be NULL
 * out    sound     untouched on failure; hm_sound_destroy when done
 * errors those of hm_sound_new; HM_ERR_STOPPED when progress says so
 */
HM_CHECKED hm_status hm_show_sound(hm_show *show, const hm_show_music *music, const char *beside,
                                   hm_encode_progress_fn *progress, void *ctx, hm_sound **sound,
                                   hm_err *err);

/** Sound, drawings, MP4: the whole film into path.
 *  errors those of hm_encode_film and hm_show_draw; HM_ERR_CHECK when flashes are refused */
HM_CHECKED hm_status hm_show_film(hm_show *show, const hm_encode_opts *encode, const char *path,
                                  hm_encode_progress_fn *progress, void *ctx, hm_err *err);

#endif
