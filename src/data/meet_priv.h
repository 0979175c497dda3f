/* meet_priv.h - words that the files of meets share. */
#ifndef HM_DATA_MEET_PRIV_H
#define HM_DATA_MEET_PRIV_H

#include "data/meet.h"
#include "io/sink.h"

enum {
    DATA_N_MARK_STATUS = HM_MARK_UNKNOWN + 1,
    DATA_N_TIMING = HM_TIMING_HAND + 1,
    DATA_LANE_MAX = 99, /* this and the next two as hm_meet_check */
    DATA_ROUND_MAX = 999,
    DATA_TIME_MAX_S = 100 * 3600,
    DATA_DIGITS_MAX = 1000,
    DATA_ALTITUDE_MIN_M = -1000,
    DATA_ALTITUDE_MAX_M = 10000
};
#define DATA_LINE_MAX (INT64_C(1) << 52) /* a double holds it */

/** By hm_mark_status: "entered", "ok", "dns", "dnf", "dq", "unknown". */
extern const char *const data_mark_status_word[DATA_N_MARK_STATUS];

/** By hm_timing: "", "fat", "hand". */
extern const char *const data_timing_word[DATA_N_TIMING];

/** By hm_sex: "men", "women". */
extern const char *const data_class_word[2];

/** Passes bytes on up to a limit: what is written can be read. */
typedef struct data_limit {
    hm_sink sink;
    size_t n, max;
    const char *what; /* "JSON of a meet": for the message */
} data_limit;

hm_sink data_limited(data_limit *limit);

/** Can a file hold them? errors HM_ERR_INPUT */
HM_CHECKED hm_status data_check_meets(int32_t n, const hm_meet meet[], hm_err *err);

/** Seconds as whole microseconds. */
int64_t data_us(double time_s);

#endif
