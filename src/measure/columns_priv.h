/* columns_priv.h - what the columns and the head lines of a measurement may be called. */
#ifndef HM_MEASURE_COLUMNS_PRIV_H
#define HM_MEASURE_COLUMNS_PRIV_H

#include <stdbool.h>
#include <stdint.h>

#include "data/trace.h"

typedef enum measure_column {
    /* texts of a run; the first three tell runs apart */
    COL_ATHLETE,
    COL_RUN,
    COL_DATE,
    COL_DEVICE,
    COL_ZERO,
    /* numbers of a run */
    COL_GATE0,
    COL_REACTION,
    COL_ROUNDED,
    COL_MASS,
    COL_STATURE,
    COL_AGE,
    COL_WIND,
    COL_ALTITUDE,
    COL_TEMP,
    COL_PRESSURE,
    COL_RUN_COUNT, /* how many there are of a run */
    /* numbers of an observation */
    COL_TIME = COL_RUN_COUNT,
    COL_DISTANCE,
    COL_SPEED,
    COL_SIGMA_S,
    COL_SIGMA_M,
    COL_SIGMA_MPS,
    COL_SIGMA, /* of what is observed */
    COL_LANE,
    COL_KIND,
    COL_UNUSED, /* known, but nothing comes of it */
    COL_COUNT,
    COL_SPLIT = COL_COUNT, /* wide form */
    COL_PIECE,             /* wide form: the time from one distance to another */
    COL_UNKNOWN
} measure_column;

/** What a header cell means. */
typedef struct measure_meaning {
    measure_column column;
    double scale;      /* [1] to SI; 0 = no unit told */
    double distance_m; /* COL_SPLIT, COL_PIECE */
    double from_m;     /* COL_PIECE */
    bool bare;         /* COL_SPLIT: nothing but a number */
} measure_meaning;

measure_meaning measure_column_of(const char *header);
const char *measure_column_name(measure_column c);

/** The known name nearest to an unknown one, NULL = none is near. */
const char *measure_column_nearest(const char *header);

/** Is a key of a `# key: value` line one that is for people? */
bool measure_key_is_remark(const char *key);

/** Scale of the unit behind a number ("75 kg"), 0 = none of the column's. unit: folded */
double measure_unit_of(measure_column c, const char *unit);

/** Bounds of a number in SI, and where it stands in its struct. */
typedef struct measure_bounds {
    size_t offset; /* in hm_trace, or hm_obs from COL_TIME on */
    double lo, hi;
} measure_bounds;

measure_bounds measure_column_bounds(measure_column c);

#endif
