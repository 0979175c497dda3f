/* stage/look.h - the ways of staging a race. One file in looks/ is one look.
 *
 * A look says how a race is drawn, cut and heard: it chooses a paint (stage/paint.h), may change
 * bodies, poses, light and picture, may stage the race itself, and tunes the sound. What it can be
 * told stands in an option table of its own. New look: a file in looks/, a row in HM_LOOK_LIST, a
 * line in meson.build, a page in docs/looks. */
#ifndef HM_STAGE_LOOK_H
#define HM_STAGE_LOOK_H

#include <stdint.h>

#include "base/arena.h"
#include "base/option.h"
#include "base/status.h"
#include "stage/director.h"
#include "stage/sound.h"
#include "stage/venue.h"

typedef struct hm_look hm_look;

/** Every look, the honest one first. Each has its table of options. */
#define HM_LOOK_LIST(X) X(broadcast) X(elastic) X(rotoscope) X(smear) X(sound) X(rain)

#define HM_LOOK_TABLE(id) extern const hm_option_table hm_look_##id##_table;
HM_LOOK_LIST(HM_LOOK_TABLE)
#undef HM_LOOK_TABLE

/**
 * The look of that name.
 * out    NULL when there is none
 * errors none.  memory static.  threads: pure
 */
const hm_look *hm_look_find(const char *name);

/** As hm_look_find. errors HM_ERR_USAGE an unknown name; the known ones are named */
HM_CHECKED hm_status hm_look_get(const char *name, const hm_look **look, hm_err *err);

/** Look number i from 0, NULL after the last: for lists and help. */
const hm_look *hm_look_at(int32_t i);

const char *hm_look_name(const hm_look *look);

/** One sentence that says what it is for. */
const char *hm_look_sentence(const hm_look *look);

/** What it can be told. Values are a struct laid out by the table. */
const hm_option_table *hm_look_table(const hm_look *look);

/** What it asks for where nobody says otherwise. */
typedef struct hm_look_wish {
    int32_t n_hold; /* frames a drawing is shown */
    hm_venue_kind venue;
    hm_venue_hour hour;
} hm_look_wish;

hm_look_wish hm_look_wish_of(const hm_look *look);

/** Stage a race as this look does; as hm_direct, which serves those without a way of their own when
 *  opts->cut is HM_CUT_LOOK. */
HM_CHECKED hm_status hm_look_direct(const hm_look *look, const hm_race *race,
                                    const hm_direct_opts *opts, hm_arena *arena, hm_film *film,
                                    hm_err *err);

/** What the look changes about the sound. in own as by hm_look_table, NULL = defaults */
void hm_look_sound(const hm_look *look, const void *own, hm_sound_opts *sound);

#endif
