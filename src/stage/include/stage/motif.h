/* stage/motif.h - the tune of one person: four to seven notes that stand for him in every score.
 *
 * Words used here: a degree is a step of the scale, 0 the tonic, 4 the fifth above it, 7 its
 * octave, -3 the fifth below; a half is half the time from one footfall to the next. */
#ifndef HM_STAGE_MOTIF_H
#define HM_STAGE_MOTIF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

enum {
    HM_MOTIF_LEAST = 4,
    HM_MOTIF_MOST = 7,
    HM_MOTIF_LOW = -3,     /* degrees */
    HM_MOTIF_HIGH = 9,     /* degrees */
    HM_MOTIF_LONGEST = 16, /* halves of one note */
    HM_MOTIF_TEXT = 80     /* bytes that the text of any motif fits into */
};

typedef struct hm_motif {
    int32_t n; /* HM_MOTIF_LEAST .. HM_MOTIF_MOST */
    int8_t degree[HM_MOTIF_MOST];
    uint8_t length[HM_MOTIF_MOST]; /* halves, 1 .. HM_MOTIF_LONGEST */
    bool minor;                    /* mood: the scale is natural minor, else major */
} hm_motif;

/**
 * The motif of a person: a call by a fourth, a fifth or an octave, then steps, to a note of the
 * tonic triad; as long as eight or sixteen halves.
 *
 * in     name   UTF-8; the same name has the same motif in every race
 *        again  0; 1, 2, ... for another one where somebody else already has this
 * errors none.  memory none.  threads: pure
 * test   tests/unit/stage/test_motif.c
 */
hm_motif hm_motif_of(const char *name, uint32_t again);

/** Same notes and lengths; the mood does not count. */
bool hm_motif_equal(const hm_motif *a, const hm_motif *b);

/** All lengths together [halves]. */
int32_t hm_motif_halves(const hm_motif *m);

/**
 * What a pupil plays after a teacher: the teacher's first notes (all but his last, four at most),
 * then the end of the pupil's own, in the pupil's mood. For stories in which something passes from
 * one person to another.
 * errors none.  memory none.  threads: pure
 */
hm_motif hm_motif_quote(const hm_motif *pupil, const hm_motif *teacher);

/**
 * A motif from its text: the mood, then notes as degree:halves, degrees counted as musicians do
 * from 1 (tonic) to 10, below the tonic -1 to -3. "minor 1:4 5:2 6:2 8:8".
 * out    m      untouched on failure
 * errors HM_ERR_INPUT what was expected and found (the caller knows the place)
 */
HM_CHECKED hm_status hm_motif_parse(const char *text, hm_motif *m, hm_err *err);

/** The text of a motif into buf (HM_MOTIF_TEXT bytes hold any), always terminated. */
void hm_motif_text(const hm_motif *m, char *buf, size_t n);

#endif
