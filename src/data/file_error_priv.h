/* file_error_priv.h - a check says which lane or run; the user must also see which file. */
#ifndef HM_DATA_FILE_ERROR_PRIV_H
#define HM_DATA_FILE_ERROR_PRIV_H

#include "base/status.h"

/** Record what a check found as an error of the file `source`. Returns found's status. */
hm_status data_refuse_file(const char *source, const hm_err *found, hm_err *err);

#endif
