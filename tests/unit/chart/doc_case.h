/* doc_case.h - a document to try the writers with. */
#ifndef DOC_CASE_H
#define DOC_CASE_H

#include "ht.h"

#include <stdlib.h>
#include <string.h>

#include "chart/doc.h"

static const hm_doc_column doc_case_column[] = {
    {.head = "Pl.", .says = "Place", .right = true, .strong = true},
    {.head = "Name", .names_row = true, .wraps = true},
    {.head = "Time", .right = true},
};

static inline hm_doc doc_case(hm_arena *arena, int32_t n_table, int32_t n_row, const char *name)
{
    hm_doc d = hm_doc_make(arena);
    d.title = "A meet";
    d.subtitle = "100 m";
    d.line = "Here, today";
    d.stamp = "Unofficial";
    d.footer = "Rules 2025";
    hm_doc_section(&d, "Heats", "first 3", false);
    hm_doc_fact(&d, "Timing", "photo");
    for (int32_t i = 0; i < n_table; i++) {
        hm_doc_table *t = hm_doc_add_table(&d, hm_doc_keep(&d, "Heat %d", i + 1), "Wind +0.9", 3,
                                           doc_case_column, n_row);
        for (int32_t r = 0; r < n_row; r++) {
            hm_doc_cell(t, r, 0, hm_doc_keep(&d, "%d", r + 1));
            hm_doc_cell(t, r, 1, name);
            hm_doc_cell(t, r, 2, "10.24");
        }
    }
    hm_doc_note(&d, "Q by place");
    return d;
}

static inline char *doc_written(const hm_doc *d, hm_doc_format format, size_t *n)
{
    hm_err err = {0};
    char *bytes = NULL;
    size_t len = 0;
    if (hm_doc_write(d, format, d->arena, &bytes, &len, &err) != HM_OK)
        fail_msg("%s", err.msg);
    assert_int_equal(bytes[len], 0);
    if (n)
        *n = len;
    return bytes;
}

static inline int doc_count(const char *bytes, const char *what)
{
    int n = 0;
    for (size_t len = strlen(what); *bytes; bytes++)
        n += strncmp(bytes, what, len) == 0;
    return n;
}

#endif
