/* base/status.h - how a function says that it could not do its work. */
#ifndef HM_BASE_STATUS_H
#define HM_BASE_STATUS_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* name, text, exit code of the command line */
#define HM_STATUS_LIST(X)                                                                          \
    X(HM_OK, "ok", 0)                                                                              \
    X(HM_ERR_USAGE, "wrong usage", 2)                                                              \
    X(HM_ERR_INPUT, "bad input", 65)                                                               \
    X(HM_ERR_NOFILE, "no such file", 66)                                                           \
    X(HM_ERR_NUMERIC, "the data do not determine an answer", 65)                                   \
    X(HM_ERR_SYSTEM, "the system refused", 74)                                                     \
    X(HM_ERR_STOPPED, "stopped", 75)                                                               \
    X(HM_ERR_CHECK, "a check did not hold", 1)                                                     \
    X(HM_ERR_BUG, "a fault in hecto", 70)

typedef enum hm_status {
#define HM_STATUS_ENUM(name, text, code) name,
    HM_STATUS_LIST(HM_STATUS_ENUM)
#undef HM_STATUS_ENUM
        HM_STATUS_COUNT
} hm_status;

/** What went wrong and where. Zeroed = no error. line and col count from 1; 0 = not known. */
typedef struct hm_err {
    hm_status status;
    char source[256]; /* file, option or function */
    int64_t line, col;
    char field[64]; /* column, key or option */
    char msg[512];  /* what was expected, what was found */
} hm_err;

#define HM_CHECKED __attribute__((warn_unused_result))

/** Leave the calling function with the status of a call that failed. */
#define HM_TRY(call)                                                                               \
    do {                                                                                           \
        hm_status hm_try_status_ = (call);                                                         \
        if (hm_try_status_ != HM_OK)                                                               \
            return hm_try_status_;                                                                 \
    } while (0)

/** A programmer's error, never a user's: stops the program, in every build. */
#define HM_ASSERT(cond)                                                                            \
    do {                                                                                           \
        if (!(cond)) {                                                                             \
            fprintf(stderr, "%s:%d: %s: assertion failed: %s\n", __FILE__, __LINE__, __func__,     \
                    #cond);                                                                        \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

/**
 * Record an error; the first one wins, later calls change nothing.
 *
 * in     err     may be NULL
 *        status  not HM_OK
 *        source, field  may be NULL; long ones are cut
 *        line, col      from 1; 0 = unknown
 *        control characters in the texts become '?': an error is one line
 * out    returns status, so that `return hm_err_set(...)` reads well
 * errors none.  memory none.  threads: one err per thread
 */
hm_status hm_err_set(hm_err *err, hm_status status, const char *source, int64_t line, int64_t col,
                     const char *field, const char *fmt, ...) __attribute__((format(printf, 7, 8)));

/** Text of a status, static. */
const char *hm_status_text(hm_status s);

/** Exit code of the command line for a status. */
int hm_status_exit_code(hm_status s);

/**
 * The one line a user sees: "source:line:col: field: msg"; parts that are unknown are left out.
 * out    buf   always terminated; cut when n is short
 */
void hm_err_text(const hm_err *err, char *buf, size_t n);

#endif
