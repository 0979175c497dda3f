#include "io/grid.h"

#include <math.h>

#include "io/csv.h"
#include "io/number.h"

hm_grid hm_grid_make(hm_arena *arena, const char *name, const char *about, int32_t n_column,
                     const hm_grid_column *column)
{
    return (hm_grid){
        .name = name, .about = about, .n_column = n_column, .column = column, .arena = arena};
}

static void add(hm_grid *g, hm_grid_cell cell)
{
    hm_grid_cell *grown = HM_GROW(g->arena, g->cell, g->n_cell, &g->cap_cell);
    if (!grown) {
        g->failed = true;
        return;
    }
    g->cell = grown;
    g->cell[g->n_cell++] = cell;
}

void hm_grid_number(hm_grid *g, double v)
{
    HM_ASSERT(g->failed || g->column[g->n_cell % g->n_column].kind != HM_GRID_TEXT);
    add(g, (hm_grid_cell){.number = v});
}

void hm_grid_text(hm_grid *g, const char *text)
{
    HM_ASSERT(g->failed || g->column[g->n_cell % g->n_column].kind == HM_GRID_TEXT);
    add(g, (hm_grid_cell){.text = text});
}

int64_t hm_grid_rows(const hm_grid *g)
{
    HM_ASSERT(g->failed || g->n_cell % g->n_column == 0);
    return g->n_cell / g->n_column;
}

static hm_status refuse(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
}

enum { COLUMN_MAX = 64, TEXT_MAX = 40 };

hm_status hm_grid_write_csv(const hm_grid *g, hm_sink sink, hm_err *err)
{
    const char *cell[COLUMN_MAX];
    char text[COLUMN_MAX][TEXT_MAX];
    HM_ASSERT(g->n_column <= COLUMN_MAX);
    if (g->failed)
        return refuse(err);
    for (int32_t c = 0; c < g->n_column; c++)
        cell[c] = g->column[c].name;
    HM_TRY(hm_csv_put_row(sink, g->n_column, cell, err));
    for (int64_t r = 0; r < hm_grid_rows(g); r++) {
        for (int32_t c = 0; c < g->n_column; c++) {
            const hm_grid_cell *v = &g->cell[r * g->n_column + c];
            cell[c] = g->column[c].kind == HM_GRID_TEXT ? v->text : text[c];
            if (g->column[c].kind == HM_GRID_TEXT)
                continue;
            if (isfinite(v->number))
                hm_number_print(v->number, text[c]);
            else
                text[c][0] = '\0';
        }
        HM_TRY(hm_csv_put_row(sink, g->n_column, cell, err));
    }
    return HM_OK;
}

hm_status hm_grid_put_json(const hm_grid *g, hm_json_out *o, hm_err *err)
{
    if (g->failed)
        return refuse(err);
    hm_json_put_array(o, g->name, HM_JSON_BLOCK);
    for (int64_t r = 0; r < hm_grid_rows(g); r++) {
        hm_json_put_object(o, NULL, HM_JSON_LINE);
        for (int32_t c = 0; c < g->n_column; c++) {
            const hm_grid_cell *v = &g->cell[r * g->n_column + c];
            if (g->column[c].kind == HM_GRID_TEXT)
                hm_json_put_text(o, g->column[c].name, v->text);
            else if (g->column[c].kind == HM_GRID_INTEGER && isfinite(v->number))
                hm_json_put_integer(o, g->column[c].name, (int64_t)v->number);
            else
                hm_json_put_number(o, g->column[c].name, v->number);
        }
        hm_json_put_end(o);
    }
    hm_json_put_end(o);
    return HM_OK;
}
