#include "told_priv.h"

#include <math.h>

#include "stage/look.h"

float roto_told(const char *look, const char *option)
{
    const hm_look *l = hm_look_find(look);
    const hm_option *row = l ? hm_option_find(hm_look_table(l), option) : NULL;
    return row && !isnan(row->standard) ? (float)row->standard : 0;
}
