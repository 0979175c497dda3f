#include "table_priv.h"

#include <string.h>

#include "base/hash.h"

static hm_status too_many(const table *t, const measure_row *row, const char *what, int most)
{
    return hm_err_set(t->job->err, HM_ERR_INPUT, t->job->source, row->line, 1, NULL,
                      "expected at most %d %s, found more", most, what);
}

static bool same_cell(const measure_cell *a, const measure_cell *b)
{
    return a->n == b->n && (a->n == 0 || memcmp(a->text, b->text, a->n) == 0);
}

static bool same_key(const table *t, const table_run *run, const measure_cell key[TABLE_KEY_MAX])
{
    for (int32_t i = 0; i < t->n_key; i++)
        if (!same_cell(&run->key[i], &key[i]))
            return false;
    return true;
}

static uint64_t hash_of(const table *t, const measure_cell key[TABLE_KEY_MAX])
{
    uint64_t h = HM_HASH_START;
    for (int32_t i = 0; i < t->n_key; i++)
        h = hm_hash_u64(hm_hash(h, key[i].text, key[i].n), key[i].n);
    return h;
}

hm_status table_keep(const table *t, measure_cell *cell)
{
    const char *buf = t->rows->unquoted;
    if (cell->text < buf || cell->text >= buf + MEASURE_LINE_MAX || cell->n == 0)
        return HM_OK;
    char *own = HM_PUSH(t->job->scratch, char, cell->n);
    if (!own)
        return HM_ERR_SYSTEM;
    memcpy(own, cell->text, cell->n);
    cell->text = own;
    return HM_OK;
}

static hm_status rehash(table *t)
{
    int32_t n = t->n_slot ? 2 * t->n_slot : 256;
    int32_t *slot = HM_PUSH(t->job->scratch, int32_t, n);
    if (!slot)
        return HM_ERR_SYSTEM;
    memset(slot, 0xff, (size_t)n * sizeof *slot);
    for (int32_t r = 0; r < t->n_run; r++) {
        uint64_t s = table_run_at(t, r)->hash & (uint64_t)(n - 1);
        while (slot[s] >= 0)
            s = (s + 1) & (uint64_t)(n - 1);
        slot[s] = r;
    }
    t->slot = slot;
    t->n_slot = n;
    return HM_OK;
}

static hm_status add_run(table *t, const measure_row *row, const measure_cell key[TABLE_KEY_MAX],
                         uint64_t hash)
{
    if (t->n_run == HM_MEASURE_RUN_MAX)
        return too_many(t, row, "runs in a file", HM_MEASURE_RUN_MAX);
    table_run **chunk = &t->run_chunk[t->n_run / TABLE_RUN_CHUNK];
    if (!*chunk && !(*chunk = HM_PUSH(t->job->scratch, table_run, TABLE_RUN_CHUNK)))
        return HM_ERR_SYSTEM;
    table_run *run = table_run_at(t, t->n_run);
    run->hash = hash;
    run->first = HM_PUSH(t->job->scratch, measure_cell, t->n_run_col);
    if (!run->first)
        return HM_ERR_SYSTEM;
    t->n_run++;
    for (int32_t i = 0; i < t->n_key; i++) {
        run->key[i] = key[i];
        HM_TRY(table_keep(t, &run->key[i]));
    }
    return HM_OK;
}

static hm_status find_or_add(table *t, const measure_row *row,
                             const measure_cell key[TABLE_KEY_MAX], int32_t *found)
{
    uint64_t hash = hash_of(t, key);
    if (2 * t->n_run >= t->n_slot)
        HM_TRY(rehash(t));
    uint64_t mask = (uint64_t)(t->n_slot - 1), s = hash & mask;
    for (; t->slot[s] >= 0; s = (s + 1) & mask)
        if (table_run_at(t, t->slot[s])->hash == hash &&
            same_key(t, table_run_at(t, t->slot[s]), key)) {
            *found = t->slot[s];
            return HM_OK;
        }
    t->slot[s] = *found = t->n_run;
    return add_run(t, row, key, hash);
}

static hm_status run_of(table *t, const measure_row *row, int32_t *run)
{
    measure_cell key[TABLE_KEY_MAX] = {{0}};
    bool blank = t->n_key > 0;
    for (int32_t i = 0; i < t->n_key; i++) {
        key[i] = table_cell(row, t->key_at[i]);
        blank &= key[i].n == 0;
    }
    int32_t last = t->n_row ? table_run_of_row(t, t->n_row - 1) : -1;
    if (t->n_split) {
        *run = t->n_run;
        return add_run(t, row, key, 0);
    }
    if (last >= 0 && blank) {
        t->n_blank_key++;
        *run = last;
        return HM_OK;
    }
    if (last >= 0 && same_key(t, table_run_at(t, last), key)) {
        *run = last;
        return HM_OK;
    }
    return find_or_add(t, row, key, run);
}

/* How many observations a row may hold. */
static int32_t n_obs_of(const table *t, const measure_row *row)
{
    int32_t n = 0;
    for (int32_t i = 0; i < t->n_split; i++)
        n += table_cell(row, t->split_at[i]).n > 0;
    return t->n_split ? n : 1;
}

hm_status table_assign(table *t, const measure_row *row)
{
    int32_t n = n_obs_of(t, row), i;
    measure_cell distance = table_cell(row, t->at[COL_DISTANCE]);
    size_t dash;
    t->n_obs += n;
    t->n_piece_row += !t->n_split && table_is_piece(&distance, &dash);
    if (t->n_obs > HM_MEASURE_OBS_MAX || t->n_row == HM_MEASURE_OBS_MAX)
        return too_many(t, row, "observations in a file", HM_MEASURE_OBS_MAX);
    HM_TRY(run_of(t, row, &i));
    table_run *run = table_run_at(t, i);
    run->n_obs += n;
    if (run->n_obs > HM_TRACE_OBS_MAX)
        return too_many(t, row,
                        t->n_key ? "observations in a run"
                                 : "observations in a run (a column run would tell runs apart)",
                        HM_TRACE_OBS_MAX);
    int32_t **chunk = &t->row_chunk[t->n_row / TABLE_ROW_CHUNK];
    if (!*chunk && !(*chunk = HM_PUSH(t->job->scratch, int32_t, TABLE_ROW_CHUNK)))
        return HM_ERR_SYSTEM;
    (*chunk)[t->n_row++ % TABLE_ROW_CHUNK] = i;
    return HM_OK;
}
