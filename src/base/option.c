#include "base/option.h"

#include <math.h>
#include <string.h>

static void *field_of(const hm_option *row, void *opts)
{
    return (unsigned char *)opts + row->offset;
}

static const void *const_field_of(const hm_option *row, const void *opts)
{
    return (const unsigned char *)opts + row->offset;
}

int32_t hm_option_n_word(const hm_option *row)
{
    int32_t n = 0;
    while (row->word && row->word[n])
        n++;
    return n;
}

void hm_option_defaults(const hm_option_table *table, void *opts)
{
    for (int32_t i = 0; i < table->n; i++) {
        const hm_option *row = &table->row[i];
        void *field = field_of(row, opts);
        switch (row->type) {
        case HM_OPTION_DOUBLE:
            *(double *)field = row->standard;
            break;
        case HM_OPTION_INT:
        case HM_OPTION_WORD:
            *(int32_t *)field = (int32_t)row->standard;
            break;
        case HM_OPTION_SEED:
            *(uint64_t *)field = (uint64_t)row->standard;
            break;
        case HM_OPTION_BOOL:
            *(bool *)field = row->standard != 0;
            break;
        case HM_OPTION_TEXT:
            *(const char **)field = row->word ? row->word[0] : "";
            break;
        }
    }
}

static hm_status refuse(const hm_option_table *table, const hm_option *row, double found,
                        hm_err *err)
{
    return hm_err_set(err, HM_ERR_USAGE, table->name, 0, 0, row->name,
                      "expected %.15g to %.15g%s%s, found %.15g", row->min, row->max,
                      row->unit[0] ? " " : "", row->unit, found);
}

static hm_status check_row(const hm_option_table *table, const hm_option *row, const void *opts,
                           hm_err *err)
{
    const void *field = const_field_of(row, opts);
    double v = 0;
    switch (row->type) {
    case HM_OPTION_DOUBLE:
        v = *(const double *)field;
        if (isnan(v) && isnan(row->standard))
            return HM_OK;
        break;
    case HM_OPTION_INT:
        v = *(const int32_t *)field;
        break;
    case HM_OPTION_WORD:
        v = *(const int32_t *)field;
        return v >= 0 && v < hm_option_n_word(row)
                   ? HM_OK
                   : hm_err_set(err, HM_ERR_USAGE, table->name, 0, 0, row->name,
                                "expected one of %d words, found number %g", hm_option_n_word(row),
                                v);
    case HM_OPTION_SEED:
        return *(const uint64_t *)field <= INT64_MAX
                   ? HM_OK
                   : hm_err_set(err, HM_ERR_USAGE, table->name, 0, 0, row->name,
                                "expected a number below 2^63");
    case HM_OPTION_TEXT:
        return *(const char *const *)field ? HM_OK
                                           : hm_err_set(err, HM_ERR_USAGE, table->name, 0, 0,
                                                        row->name, "expected a text, found none");
    default:
        return HM_OK;
    }
    return v >= row->min && v <= row->max ? HM_OK : refuse(table, row, v, err);
}

hm_status hm_option_check(const hm_option_table *table, const void *opts, hm_err *err)
{
    for (int32_t i = 0; i < table->n; i++)
        HM_TRY(check_row(table, &table->row[i], opts, err));
    return HM_OK;
}

const hm_option *hm_option_find(const hm_option_table *table, const char *name)
{
    for (int32_t i = 0; i < table->n; i++)
        if (table->row[i].name[0] == name[0] && strcmp(table->row[i].name, name) == 0)
            return &table->row[i];
    return NULL;
}
