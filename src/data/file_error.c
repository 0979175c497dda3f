#include "file_error_priv.h"

hm_status data_refuse_file(const char *source, const hm_err *found, hm_err *err)
{
    char field[64];
    snprintf(field, sizeof field, "%.24s: %.36s", found->source, found->field);
    return hm_err_set(err, found->status, source, 0, 0, field, "%s", found->msg);
}
