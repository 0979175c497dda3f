/* lib/lib_priv.h - shared by the files of this room. */
#ifndef HM_LIB_PRIV_H
#define HM_LIB_PRIV_H

#include "hecto/hecto.h"

#include "data/sprinter.h"
#include "fit/fit.h"
#include "fit/insitu.h"
#include "measure/read.h"

/** HM_CODE_x of a status. */
int lib_code(hm_status status);

/** Message of err into the caller's buffer, "" without error; returns the code. */
int lib_report(hm_status status, const hm_err *err, char *message, size_t message_size);

/** Copy a text as snprintf would; returns its length. */
size_t lib_copy(const char *from, size_t n, char *text, size_t text_size);

/** What a caller may say about a run whose numbers he gives, and about the work. */
typedef struct lib_opts {
    uint32_t cookie;
    const char *athlete, *run, *date;
    int32_t time_zero; /* hm_time_zero */
    int32_t threads;   /* 0 = all processors */
} lib_opts;
extern const hm_option_table lib_table;

/** All options of one call. */
typedef struct lib_options {
    lib_opts own;
    hm_fit_opts fit;
    hm_insitu_opts insitu;
    hm_measure_opts measure;
} lib_options;

/** Which of them a call takes, beside its own. */
typedef enum lib_take { LIB_TAKE_FIT = 1, LIB_TAKE_FILE = 2, LIB_TAKE_INSITU = 4 } lib_take;

/**
 * Read "key=value; key=value".
 * in     take  lib_take, joined
 * errors HM_ERR_USAGE as hm_optab_set
 * memory texts in arena
 */
HM_CHECKED hm_status lib_options_read(const char *text, unsigned take, hm_arena *arena,
                                      lib_options *out, hm_err *err);

/** Next pair of *text into pair (arena), blanks around it off; NULL = none left, or no memory. */
HM_CHECKED hm_status lib_next_pair(const char **text, hm_arena *arena, const char **pair,
                                   hm_err *err);

struct hm_profile {
    hm_arena arena; /* this struct, the traces, the texts */
    int n_worker;
    hm_arena *worker; /* (n_worker) what each thread made */
    int32_t n;
    hm_sprinter_run *run; /* (n) default where it could not be fitted */
    hm_status *status;    /* (n) */
    const char **error;   /* (n) why it could not be fitted, "" = it was */
    hm_notes notes;
};

#endif
