#include "table.h"

#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include "base/status.h"

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

void cli_table_row(cli_table *t)
{
    if (t->n_row == t->cap_row) {
        int cap = t->cap_row ? 2 * t->cap_row : 32;
        void *grown = hm_arena_push(t->arena, (size_t)cap, sizeof *t->cell);
        if (!grown)
            return;
        if (t->n_row)
            memcpy(grown, t->cell, (size_t)t->n_row * sizeof *t->cell);
        t->cell = grown;
        t->cap_row = cap;
    }
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
    const char *kept = hm_arena_text(t->arena, text);
    t->cell[row][column] = kept ? kept : "";
    if (column + 1 > t->n_column)
        t->n_column = column + 1;
}

/* Code point at *p, and step over it. Input is valid UTF-8: the readers refuse the rest. */
static uint32_t next_code(const unsigned char **p)
{
    uint32_t c = *(*p)++;
    int more = c >= 0xf0 ? 3 : c >= 0xe0 ? 2 : c >= 0xc0 ? 1 : 0;
    if (more)
        c &= 0x3fu >> more;
    for (; more > 0 && (**p & 0xc0) == 0x80; more--)
        c = c << 6 | (*(*p)++ & 0x3fu);
    return c;
}

/* Unicode 15 EastAsianWidth W and F in coarse blocks; combining marks of the common scripts. */
static int code_width(uint32_t c)
{
    if ((c >= 0x300 && c < 0x370) || (c >= 0x200b && c < 0x2010) || (c >= 0xfe00 && c < 0xfe10))
        return 0;
    if ((c >= 0x1100 && c < 0x1160) || (c >= 0x2e80 && c < 0xa4d0) || (c >= 0xac00 && c < 0xd7a4) ||
        (c >= 0xf900 && c < 0xfb00) || (c >= 0xfe30 && c < 0xfe70) || (c >= 0xff00 && c < 0xff61) ||
        (c >= 0xffe0 && c < 0xffe7) || (c >= 0x1f300 && c < 0x1f650) ||
        (c >= 0x20000 && c < 0x3fffe))
        return 2;
    return 1;
}

int cli_text_width(const char *utf8)
{
    int n = 0;
    for (const unsigned char *p = (const unsigned char *)utf8; *p;)
        n += code_width(next_code(&p));
    return n;
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
            int w = cli_text_width(shown(t, r, c));
            width[c] = w > width[c] ? w : width[c];
        }
    for (int r = 0; r < t->n_row; r++) {
        int owed = 0; /* blanks that are printed only if something follows */
        for (int c = 0; c < t->n_column; c++) {
            const char *s = shown(t, r, c);
            int pad = width[c] - cli_text_width(s);
            int right = t->cell[0][c] && t->cell[0][c][0] == '>';
            int before = owed + (right ? pad : 0);
            if (*s)
                fprintf(out, "%*s%s", before, "", s);
            owed = (*s ? 0 : owed + width[c]) + (right || !*s ? 0 : pad) + 2;
        }
        fputc('\n', out);
    }
}
