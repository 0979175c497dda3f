/* track_priv.h - the columns of a track file, shared by its reader and its writer. */
#ifndef HM_DATA_TRACK_PRIV_H
#define HM_DATA_TRACK_PRIV_H

#include "data/track.h"
#include "io/column.h"

typedef enum track_column {
    TRACK_TIME,
    TRACK_PERSON,
    TRACK_LANE,
    TRACK_POINT,
    TRACK_X_PX,
    TRACK_Y_PX,
    TRACK_X_M,
    TRACK_Z_M,
    TRACK_SIGMA,
    TRACK_SOURCE,
    TRACK_NOTE,
    TRACK_COLUMN_COUNT
} track_column;

extern const hm_column track_column_row[TRACK_COLUMN_COUNT];

#define TRACK_AMBIGUOUS "ambiguous" /* in column note: left and right may be swapped */

/** Word of a source: "net"; NULL past the end. */
const char *track_source_word(hm_track_source source);

/** A point that is not there, of nobody. */
hm_seen_point track_point_absent(void);

#endif
