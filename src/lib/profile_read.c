/* What a profile shows. */
#include "lib_priv.h"

#include <math.h>
#include <string.h>

#include "data/sprinter_part.h"

int hm_profile_count(const hm_profile *p)
{
    return p ? p->n : 0;
}

static const hm_sprinter_run *run_of(const hm_profile *p, int run)
{
    return p && run >= 0 && run < p->n ? &p->run[run] : NULL;
}

static const char *residual_unit(const hm_sprinter_run *r)
{
    static const char *const unit[] = {"s", "m", "m/s"};
    return unit[r->observe];
}

static const char *observe(const hm_sprinter_run *r)
{
    static const char *const word[] = {"time", "distance", "speed"};
    return word[r->observe];
}

const char *hm_profile_text(const hm_profile *p, int run, const char *name)
{
    const hm_sprinter_run *r = run_of(p, run);
    if (!r || !name)
        return NULL;
    const struct {
        const char *name, *text;
    } row[] = {
        {"athlete", r->athlete},
        {"run", r->run},
        {"date", r->date},
        {"model", hm_fit_model_word[r->model]},
        {"correct", hm_fit_correct_word[r->correct]},
        {"observe", observe(r)},
        {"residual_unit", residual_unit(r)},
        {"interval", hm_interval_method_word[r->interval]},
        {"altitude_law", hm_altitude_law_word[r->altitude_law]},
        {"error", p->error[run]},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++)
        if (strcmp(name, row[i].name) == 0)
            return row[i].text;
    return NULL;
}

/* HM_PART_COUNT = no such table */
static hm_sprinter_part part_of(const char *table)
{
    int i = 0;
    while (table && hm_sprinter_part_word[i] && strcmp(table, hm_sprinter_part_word[i]) != 0)
        i++;
    return table ? (hm_sprinter_part)i : HM_PART_COUNT;
}

size_t hm_profile_rows(const hm_profile *p, int run, const char *table)
{
    const hm_sprinter_run *r = run_of(p, run);
    return r ? (size_t)hm_sprinter_part_rows(r, part_of(table)) : 0;
}

const char *hm_profile_column_name(const hm_profile *p, int run, const char *table, size_t i)
{
    const hm_sprinter_run *r = run_of(p, run);
    hm_sprinter_part part = part_of(table);
    if (!r || part == HM_PART_COUNT || i > 1000)
        return NULL;
    return hm_sprinter_part_column(r, part, (int32_t)i);
}

int hm_profile_column(const hm_profile *p, int run, const char *table, const char *column,
                      double *value)
{
    const hm_sprinter_run *r = run_of(p, run);
    hm_sprinter_part part = part_of(table);
    if (!r || part == HM_PART_COUNT || !column)
        return HM_CODE_USAGE;
    int32_t n = hm_sprinter_part_rows(r, part);
    for (int32_t i = 0; i < n; i++)
        if (!hm_sprinter_part_cell(r, part, i, column, &value[i]))
            return HM_CODE_USAGE;
    return HM_CODE_OK;
}

int hm_profile_number(const hm_profile *p, int run, const char *name, double *number)
{
    *number = (double)NAN;
    return hm_profile_column(p, run, hm_sprinter_part_word[HM_PART_RUN], name, number);
}

const char *hm_profile_row_name(const hm_profile *p, int run, const char *table, size_t i)
{
    const hm_sprinter_run *r = run_of(p, run);
    hm_sprinter_part part = part_of(table);
    if (!r || i >= hm_profile_rows(p, run, table))
        return NULL;
    if (part == HM_PART_CHANGES)
        return r->change[i].name;
    return part == HM_PART_PARAMETERS ? r->param_name[i] : "";
}

const char *hm_profile_note(const hm_profile *p, int run, size_t i)
{
    const hm_sprinter_run *r = run_of(p, run);
    const hm_notes *notes = r ? &r->notes : p && run == -1 ? &p->notes : NULL;
    return notes && i < (size_t)notes->n ? notes->text[i] : NULL;
}

/* ---- as a file ---- */

/* All runs that could be fitted; of the others a note each. */
static hm_status fitted_runs(const hm_profile *p, hm_arena *arena, hm_sprinter *s)
{
    s->run = HM_PUSH(arena, hm_sprinter_run, p->n);
    if (!s->run)
        return HM_ERR_SYSTEM;
    for (int32_t i = 0; i < p->notes.n; i++)
        HM_TRY(hm_notes_add(&s->notes, arena, "%s", p->notes.text[i]));
    for (int32_t i = 0; i < p->n; i++) {
        if (p->status[i] == HM_OK)
            s->run[s->n_run++] = p->run[i];
        else
            HM_TRY(hm_notes_add(&s->notes, arena, "run %d %s%sis not fitted: %s", i + 1,
                                p->run[i].athlete, p->run[i].athlete[0] ? " " : "", p->error[i]));
    }
    return s->n_run ? HM_OK : HM_ERR_INPUT;
}

static hm_status one_run(const hm_profile *p, int run, hm_arena *arena, hm_sprinter *s)
{
    if (!run_of(p, run) || p->status[run] != HM_OK)
        return HM_ERR_INPUT;
    s->run = HM_PUSH(arena, hm_sprinter_run, 1);
    if (!s->run)
        return HM_ERR_SYSTEM;
    *s->run = p->run[run];
    s->n_run = 1;
    return HM_OK;
}

size_t hm_profile_json(const hm_profile *p, int run, char *text, size_t text_size)
{
    hm_arena arena;
    hm_sprinter s = {0};
    char *all;
    size_t n = 0, length = 0;
    lib_copy("", 0, text, text_size);
    if (!p)
        return 0;
    hm_arena_init(&arena, 0);
    hm_status status = run == -1 ? fitted_runs(p, &arena, &s) : one_run(p, run, &arena, &s);
    if (status == HM_OK && hm_sprinter_print(&s, &arena, &all, &n, NULL) == HM_OK)
        length = lib_copy(all, n, text, text_size);
    hm_arena_free(&arena);
    return length;
}
