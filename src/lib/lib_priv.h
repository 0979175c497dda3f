/* lib/lib_priv.h - shared by the files of this room. */
#ifndef HM_LIB_PRIV_H
#define HM_LIB_PRIV_H

#include "base/status.h"

/** HM_CODE_x of a status. */
int lib_code(hm_status status);

#endif
