/* data/trace.h - what was seen of one run, each number with its sigma.
 *
 * Made by MEASURE, read by FIT, kept as JSON (docs/formats/trace.md). All pointers live in the
 * arena that the maker was given. NAN = not known, in every double that may be so. */
#ifndef HM_DATA_TRACE_H
#define HM_DATA_TRACE_H

#include <stddef.h>
#include <stdint.h>

#include "base/notes.h"

#define HM_TRACE_FORMAT "hectometre-trace"

enum {
    HM_TRACE_VERSION = 1,
    HM_TRACE_OBS_MAX = 200 * 1000,
    HM_TRACE_FILE_MAX = 16 * 1024 * 1024 /* bytes */
};

/** What one observation is; it holds at least the quantities named. */
typedef enum hm_obs_kind {
    HM_OBS_GATE,     /* time_s at distance_m: a gate, a mark passed on film */
    HM_OBS_FINISH,   /* time_s of the torso at the line, distance_m */
    HM_OBS_POSITION, /* distance_m at time_s: laser, GPS */
    HM_OBS_SPEED,    /* speed_mps at time_s: radar */
    HM_OBS_STEP_ON,  /* touch-down at time_s */
    HM_OBS_STEP_OFF, /* toe-off at time_s */
    HM_OBS_GUN,      /* time_s of the gun on the clock of the trace */
    HM_OBS_KIND_COUNT
} hm_obs_kind;

/** Where the clock of the trace begins. Most misfits come from here. */
typedef enum hm_time_zero {
    HM_ZERO_GUN,
    HM_ZERO_FIRST_MOVEMENT,
    HM_ZERO_FIRST_GATE,
    HM_ZERO_UNKNOWN,
    HM_ZERO_COUNT
} hm_time_zero;

typedef struct hm_obs {
    hm_obs_kind kind;
    int32_t lane; /* 0 = not told */
    double distance_m, time_s, speed_mps;
    double sigma_m, sigma_s, sigma_mps; /* standard deviations of the three, > 0 */
} hm_obs;

typedef struct hm_trace {
    const char *athlete, *run, *date; /* "" = not known; date ISO 8601 */
    const char *device;               /* what measured: "gates", "radar", a clip's name */
    hm_time_zero time_zero;
    double gate0_m;    /* where the first gate stood */
    double reaction_s; /* part of the times when they count from the gun */
    /* step to which times were rounded up, as official ones are (0.01): those of finishes, where
     * there are none those of all gates. The true time lies in (t - step, t] */
    double rounded_up_s;
    double mass_kg, stature_m, age_yr;
    double wind_mps, altitude_m, temp_c, pressure_pa;
    int32_t n_obs;
    hm_obs *obs; /* (n_obs) in the order in which they were made */
    hm_notes notes;
} hm_trace;

/** Many runs, in the order of their file. */
typedef struct hm_traces {
    int32_t n;
    hm_trace *trace; /* (n) */
    hm_notes notes;  /* about the file; what concerns one run is in its own notes */
} hm_traces;

/** An empty trace: texts "", numbers NAN. */
hm_trace hm_trace_default(void);

/**
 * Does each observation hold what its kind needs, is every number possible?
 * errors HM_ERR_INPUT with "observation N" as source and the field at fault
 */
HM_CHECKED hm_status hm_trace_check(const hm_trace *trace, hm_err *err);

/** Write a checked trace; what is read back is the same, bit for bit. "-" = standard output. */
HM_CHECKED hm_status hm_trace_write(const char *path, const hm_trace *trace, hm_err *err);

/** The same text in memory, terminated; n may be NULL. */
HM_CHECKED hm_status hm_trace_print(const hm_trace *trace, hm_arena *arena, char **text, size_t *n,
                                    hm_err *err);

/**
 * Read and check. Unknown keys become notes.
 * out    trace  untouched on failure
 * errors HM_ERR_NOFILE; HM_ERR_INPUT with line and column or the path of the value
 * memory arena
 */
HM_CHECKED hm_status hm_trace_read(const char *path, hm_arena *arena, hm_trace *trace, hm_err *err);
HM_CHECKED hm_status hm_trace_parse(const char *source, const char *bytes, size_t n,
                                    hm_arena *arena, hm_trace *trace, hm_err *err);

#endif
