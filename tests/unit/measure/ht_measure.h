/* ht_measure.h - reading measurements in tests: from a text, or from the shipped examples. */
#ifndef HT_MEASURE_H
#define HT_MEASURE_H

#include "ht.h"

#include <stdlib.h>
#include <string.h>

#include "io/file.h"
#include "measure/read.h"

static inline void ht_no_error(hm_status status, const hm_err *err)
{
    char line[900];
    hm_err_text(err, line, sizeof line);
    if (status != HM_OK)
        fail_msg("%s", line);
}

static inline hm_traces ht_traces(const char *text, const hm_measure_opts *opts, hm_arena *a)
{
    hm_traces t;
    hm_err err = {0};
    ht_no_error(hm_measure_parse("t.csv", text, strlen(text), opts, a, &t, &err), &err);
    return t;
}

static inline hm_traces ht_traces_file(const char *name, const hm_measure_opts *opts, hm_arena *a)
{
    hm_traces t;
    hm_err err = {0};
    const char *dir = getenv("HM_DATA_DIR");
    assert_non_null(dir);
    ht_no_error(hm_measure_read(hm_arena_printf(a, "%s/%s", dir, name), opts, a, &t, &err), &err);
    return t;
}

/* A text that is refused: status, and line:column: field: message as a user reads it. */
static inline void ht_refused(const char *text, const hm_measure_opts *opts, hm_status want,
                              const char *said)
{
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_err err = {0};
    hm_traces t = {.n = -7};
    char line[900];
    hm_status status = hm_measure_parse("t.csv", text, strlen(text), opts, &a, &t, &err);
    hm_err_text(&err, line, sizeof line);
    if (status != want || !strstr(line, said))
        fail_msg("'%.60s': status %d, said '%s', expected '%s'", text, status, line, said);
    assert_int_equal(t.n, -7);
    hm_arena_free(&a);
}

static inline bool ht_noted(const hm_notes *notes, const char *said)
{
    for (int32_t i = 0; i < notes->n; i++)
        if (strstr(notes->text[i], said))
            return true;
    return false;
}

static inline void ht_print_notes(const hm_notes *notes)
{
    for (int32_t i = 0; i < notes->n; i++)
        print_message("# note: %s\n", notes->text[i]);
}

#endif
