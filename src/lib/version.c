#include "hecto/hecto.h"
#include "lib_priv.h"

/* Codes never change their numbers, statuses of the house may: each code names its status. */
static const hm_status status_of[] = {
    [HM_CODE_OK] = HM_OK,
    [HM_CODE_USAGE] = HM_ERR_USAGE,
    [HM_CODE_INPUT] = HM_ERR_INPUT,
    [HM_CODE_NOFILE] = HM_ERR_NOFILE,
    [HM_CODE_NUMERIC] = HM_ERR_NUMERIC,
    [HM_CODE_SYSTEM] = HM_ERR_SYSTEM,
    [HM_CODE_STOPPED] = HM_ERR_STOPPED,
    [HM_CODE_BUG] = HM_ERR_BUG,
};
enum { N_CODE = sizeof status_of / sizeof *status_of };

int lib_code(hm_status status)
{
    for (int code = 0; code < N_CODE; code++)
        if (status_of[code] == status)
            return code;
    return HM_CODE_BUG; /* one that no function here may return */
}

const char *hm_version(void)
{
    return HM_VERSION;
}

const char *hm_code_text(int code)
{
    return code >= 0 && code < N_CODE ? hm_status_text(status_of[code]) : "unknown";
}
