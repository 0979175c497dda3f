#include "film_output.h"

#include <string.h>

hm_status film_output_path(const cli_args *args, const char *end, const char **path, hm_err *err)
{
    *path = cli_value(args, "output");
    if (*path)
        return HM_OK;
    const char *in = args->operand[0], *slash = strrchr(in, '/');
    const char *base = slash ? slash + 1 : in, *dot = strrchr(base, '.');
    int n = dot && dot > base ? (int)(dot - base) : (int)strlen(base);
    *path = strcmp(in, "-") == 0 ? hm_arena_printf(args->arena, "race%s", end)
                                 : hm_arena_printf(args->arena, "%.*s%s", n, base, end);
    return *path ? HM_OK : hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
}

bool film_tell(void *ctx, int64_t done, int64_t total)
{
    return cli_progress_tell(ctx, done, total);
}
