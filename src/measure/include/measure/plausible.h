/* measure/plausible.h - what about a trace looks wrong, mark by mark.
 *
 * Tables of splits are copied, interpolated, mistyped and made up (docs/formats/measure.md). None
 * of this is an error: each finding names the mark and says why, and stands in the notes. */
#ifndef HM_MEASURE_PLAUSIBLE_H
#define HM_MEASURE_PLAUSIBLE_H

#include "data/trace.h"

typedef enum hm_doubt_kind {
    HM_DOUBT_SPEED,  /* faster over a stretch than anybody was measured */
    HM_DOUBT_START,  /* earlier at a mark than anybody: often the reaction was left out */
    HM_DOUBT_TREND,  /* a mark that does not go with the others */
    HM_DOUBT_EVEN,   /* stretches that are equal to the last digit: interpolated */
    HM_DOUBT_SMOOTH, /* closer to a formula than measured times are */
    HM_DOUBT_KNOWN,  /* the marks of a well-known race under another name */
    HM_DOUBT_TWIN,   /* the same observations as another run of the file */
    HM_DOUBT_COUNT
} hm_doubt_kind;

typedef struct hm_doubt {
    hm_doubt_kind kind;
    int32_t obs;      /* index of the observation, -1 = all of them */
    const char *text; /* names the mark, what was found, what was to be expected */
} hm_doubt;

enum { HM_DOUBT_MAX = 12 };

typedef struct hm_doubts {
    int32_t n;
    hm_doubt doubt[HM_DOUBT_MAX]; /* (n) further ones are not kept */
} hm_doubts;

/**
 * Look at one trace: its gates and its finish; of a series of speeds only whether a human runs so.
 *
 * in     trace  passes hm_trace_check
 * out    doubts untouched on failure
 * errors HM_ERR_SYSTEM no memory
 * memory texts in arena
 * threads: pure
 * range  the trend needs 5 marks, smoothness 8; fitted to sprints of 30 to 100 m from a standing or
 *        block start. Thresholds and what they were tried on: docs/formats/measure.md
 * test   tests/unit/measure/test_plausible.c
 */
HM_CHECKED hm_status hm_measure_doubt(const hm_trace *trace, hm_arena *arena, hm_doubts *doubts,
                                      hm_err *err);

/**
 * Put a note into each run that repeats an earlier one, number by number: 5 marks in thousandths of
 * a second, in hundredths so many that chance does not share them among so many runs, 30 samples.
 * errors HM_ERR_SYSTEM.  memory notes in arena
 */
HM_CHECKED hm_status hm_measure_note_twins(hm_traces *traces, hm_arena *arena, hm_err *err);

#endif
