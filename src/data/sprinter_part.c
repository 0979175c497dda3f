#include "data/sprinter_part.h"

#include "sprinter_priv.h"

#include <math.h>
#include <string.h>

const char *const hm_sprinter_part_word[] = {"run",     "points",     "rows", "steps",
                                             "changes", "parameters", NULL};

static const record_row parameter_field[] = {
    {.name = "value"},
    {.name = "sd"},
};
static const record_table parameter_fields = {2, parameter_field};

/* What the file holds beside its numbers: bools and counts, after the other columns. */
static const char *const run_flag[] = {"converged", "n_points", NULL};
static const char *const point_flag[] = {"outlier", "used", NULL};
static const char *const no_flag[] = {NULL};

static const record_table *fields_of(const hm_sprinter_run *run, hm_sprinter_part part)
{
    switch (part) {
    case HM_PART_POINTS:
        return &data_point_fields[run->observe];
    case HM_PART_ROWS:
        return &data_row_fields;
    case HM_PART_STEPS:
        return &data_step_fields;
    case HM_PART_CHANGES:
        return &data_change_fields;
    case HM_PART_PARAMETERS:
        return &parameter_fields;
    default:
        return &data_run_fields;
    }
}

static const char *const *flags_of(hm_sprinter_part part)
{
    return part == HM_PART_RUN ? run_flag : part == HM_PART_POINTS ? point_flag : no_flag;
}

int32_t hm_sprinter_part_rows(const hm_sprinter_run *run, hm_sprinter_part part)
{
    switch (part) {
    case HM_PART_RUN:
        return 1;
    case HM_PART_POINTS:
        return run->point ? run->n_point : 0;
    case HM_PART_ROWS:
        return run->n_row;
    case HM_PART_STEPS:
        return run->n_step;
    case HM_PART_CHANGES:
        return run->n_change;
    case HM_PART_PARAMETERS:
        return run->n_param;
    default:
        return 0;
    }
}

const char *hm_sprinter_part_column(const hm_sprinter_run *run, hm_sprinter_part part, int32_t i)
{
    const record_table *t = fields_of(run, part);
    if (i < 0)
        return NULL;
    if (i < t->n)
        return t->row[i].name;
    const char *const *flag = flags_of(part);
    for (int32_t k = t->n; *flag; k++, flag++)
        if (k == i)
            return *flag;
    return NULL;
}

static const void *row_of(const hm_sprinter_run *run, hm_sprinter_part part, int32_t i)
{
    switch (part) {
    case HM_PART_POINTS:
        return &run->point[i];
    case HM_PART_ROWS:
        return &run->row[i];
    case HM_PART_STEPS:
        return &run->step[i];
    case HM_PART_CHANGES:
        return &run->change[i];
    default:
        return run;
    }
}

/* Does the name of the column ask for this field? */
static bool is_asked(const record_row *f, const char *column, double *value, const void *at)
{
    size_t n = strlen(f->name);
    if (strncmp(column, f->name, n) != 0)
        return false;
    if (column[n] == '\0') {
        *value = record_number(at, f);
        return true;
    }
    bool lo = strcmp(column + n, "_lo90") == 0;
    if (f->kind != RECORD_ESTIMATE || !(lo || strcmp(column + n, "_hi90") == 0))
        return false;
    hm_estimate e = record_estimate(at, f);
    *value = lo ? e.lo90 : e.hi90;
    return true;
}

static bool flag_cell(const hm_sprinter_run *run, hm_sprinter_part part, int32_t i,
                      const char *column, double *value)
{
    if (part == HM_PART_RUN && strcmp(column, "converged") == 0)
        *value = run->converged;
    else if (part == HM_PART_RUN && strcmp(column, "n_points") == 0)
        *value = run->n_point;
    else if (part == HM_PART_POINTS && strcmp(column, "outlier") == 0)
        *value = run->point[i].outlier;
    else if (part == HM_PART_POINTS && strcmp(column, "used") == 0)
        *value = run->point[i].used;
    else
        return false;
    return true;
}

static bool parameter_cell(const hm_sprinter_run *run, int32_t i, const char *column, double *value)
{
    if (strcmp(column, "value") == 0)
        *value = run->param[i];
    else if (strcmp(column, "sd") == 0)
        *value = sqrt(run->covariance[i][i]);
    else
        return false;
    return true;
}

bool hm_sprinter_part_cell(const hm_sprinter_run *run, hm_sprinter_part part, int32_t i_row,
                           const char *column, double *value)
{
    HM_ASSERT(i_row >= 0 && i_row < hm_sprinter_part_rows(run, part));
    if (part == HM_PART_PARAMETERS)
        return parameter_cell(run, i_row, column, value);
    const record_table *t = fields_of(run, part);
    const void *at = row_of(run, part, i_row);
    for (int32_t i = 0; i < t->n; i++)
        if (is_asked(&t->row[i], column, value, at))
            return true;
    return flag_cell(run, part, i_row, column, value);
}
