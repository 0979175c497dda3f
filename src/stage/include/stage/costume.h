/* stage/costume.h - what a runner looks like for a whole race: skin, hair, kit, bib, face.
 *
 * Everything comes from the sheet and a seed; nobody's likeness is meant or kept. */
#ifndef HM_STAGE_COSTUME_H
#define HM_STAGE_COSTUME_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"
#include "body/shape.h"
#include "data/race.h"
#include "stage/face.h"
#include "stage/letters.h"
#include "stage/scene.h"

typedef enum hm_top { HM_TOP_SINGLET, HM_TOP_CROP, HM_TOP_TEE, HM_TOP_COUNT } hm_top;

typedef enum hm_pattern {
    HM_PATTERN_PLAIN,
    HM_PATTERN_BAND,  /* across the chest */
    HM_PATTERN_SIDES, /* panels from armpit to hem */
    HM_PATTERN_SASH,
    HM_PATTERN_YOKE, /* shoulders in the second colour */
    HM_PATTERN_FADE, /* second colour from the hem up, in steps */
    HM_PATTERN_COUNT
} hm_pattern;

enum { HM_BIB_LEVEL_COUNT = 4 };

/** Text as coverage, rows top down, each level half the size of the one before. */
typedef struct hm_bib {
    int32_t w_px[HM_BIB_LEVEL_COUNT], h_px[HM_BIB_LEVEL_COUNT];
    const uint8_t *cover[HM_BIB_LEVEL_COUNT]; /* (h x w) 0 .. 255 */
    float width_m, height_m;                  /* of the panel */
} hm_bib;

typedef struct hm_costume {
    hm_face face;
    hm_rgb skin, nail, hair;
    bool grey_hair;
    hm_top top;
    hm_pattern pattern;
    hm_rgb main_rgb, second_rgb, trim_rgb, shorts_rgb;
    bool half_tights; /* tight to above the knee */
    bool name_patch;  /* sewn on the chest, schools */
    bool neck_chain, wrist_band, arm_sleeve, head_band, ear_stud;
    hm_rgb shoe_rgb, sole_rgb, lace_rgb, sock_rgb;
    bool low_sock;
    float head_more; /* the head is drawn larger by this share: faces show from further off */
    bool trainers;   /* thick soles, laces; else spikes */
    bool torn;       /* trainers half destroyed: a hole, tape, a sole that comes off */
    hm_bib chest, back, hip; /* hip: lane number on the shorts */
    uint32_t grain;
} hm_costume;

/**
 * Identity of the runner in a lane. Same name and seed: same skin, hair and face in every race;
 * kit goes by team (own colours for country codes, the rest by hash), neighbours kept apart.
 *
 * in     race   passes hm_race_check;  lane one of its lanes
 *        shape  of the same runner
 *        seed   below 2^63
 *        letters  words of bibs as recorded, or where they are (stage/letters.h); NULL = made
 * out    out    untouched on failure
 * errors HM_ERR_SYSTEM no memory, or no text could be drawn
 * memory arena (coverage of the bib)
 * test   tests/unit/stage/test_costume.c
 */
HM_CHECKED hm_status hm_costume_of(const hm_race *race, const hm_lane *lane, const hm_shape *shape,
                                   uint64_t seed, hm_letters *letters, hm_arena *arena,
                                   hm_costume *out, hm_err *err);

#endif
