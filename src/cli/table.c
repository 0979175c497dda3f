#include "table.h"

#include <stdarg.h>
#include <string.h>

#include "base/status.h"
#include "base/width.h"
#include "data/meet.h"

void cli_table_init(cli_table *t, hm_arena *arena)
{
    *t = (cli_table){.arena = arena, .n_row = 0};
}

static int column_count(const cli_table *t, int row)
{
    int n = 0;
    while (n < CLI_COLUMN_MAX && t->cell[row][n])
        n++;
    return n;
}

hm_status cli_table_begin(hm_arena *arena, int n, const char *const head[], cli_table **table,
                          hm_err *err)
{
    cli_table *t = HM_PUSH(arena, cli_table, 1);
    if (!t)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    cli_table_init(t, arena);
    cli_table_row(t);
    for (int i = 0; i < n; i++)
        cli_table_cell(t, "%s", head[i]);
    *table = t;
    return HM_OK;
}

void cli_table_row(cli_table *t)
{
    void *grown = HM_GROW(t->arena, t->cell, t->n_row, &t->cap_row);
    if (!grown)
        return;
    t->cell = grown;
    t->n_row++;
}

void cli_table_cell(cli_table *t, const char *fmt, ...)
{
    int row = t->n_row - 1, column = row < 0 ? 0 : column_count(t, row);
    if (row < 0 || column == CLI_COLUMN_MAX)
        return; /* a row stayed out for want of memory */
    char text[512];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    hm_meet_clean(text); /* books and files may tell anything */
    const char *kept = hm_arena_text(t->arena, text);
    t->cell[row][column] = kept ? kept : "";
    if (column + 1 > t->n_column)
        t->n_column = column + 1;
}

/* Text of a cell: the head's '>' is a mark, not a letter. */
static const char *shown(const cli_table *t, int row, int column)
{
    const char *s = t->cell[row][column] ? t->cell[row][column] : "";
    return row == 0 && *s == '>' ? s + 1 : s;
}

void cli_table_print(const cli_table *t, FILE *out)
{
    int width[CLI_COLUMN_MAX] = {0};
    for (int r = 0; r < t->n_row; r++)
        for (int c = 0; c < t->n_column; c++) {
            int w = hm_text_width(shown(t, r, c));
            width[c] = w > width[c] ? w : width[c];
        }
    for (int r = 0; r < t->n_row; r++) {
        int owed = 0; /* blanks that are printed only if something follows */
        for (int c = 0; c < t->n_column; c++) {
            const char *s = shown(t, r, c);
            int pad = width[c] - hm_text_width(s);
            int right = t->cell[0][c] && t->cell[0][c][0] == '>';
            int before = owed + (right ? pad : 0);
            if (*s)
                fprintf(out, "%*s%s", before, "", s);
            owed = (*s ? 0 : owed + width[c]) + (right || !*s ? 0 : pad) + 2;
        }
        fputc('\n', out);
    }
}
