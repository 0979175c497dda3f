/* record_priv.h - structs of plain fields in JSON objects: one table a struct, from which reading,
 * writing and checking come, and whatever else goes through a struct field by field. Lists and
 * links are left to each format. */
#ifndef HM_DATA_RECORD_PRIV_H
#define HM_DATA_RECORD_PRIV_H

#include <stddef.h>

#include "data/estimate.h"
#include "io/json.h"

typedef enum record_kind {
    RECORD_NUMBER,   /* double, must be there */
    RECORD_MAYBE,    /* double, NAN = left out */
    RECORD_ESTIMATE, /* hm_estimate: value, name_lo90, name_hi90, each NAN = left out */
    RECORD_INT,      /* int32_t, must be there */
    RECORD_COUNT,    /* int32_t, left out = stays as it is */
    RECORD_BOOL,     /* left out = false */
    RECORD_TEXT,     /* const char *, left out = "" */
    RECORD_NAME,     /* const char *, must be there and not be "" */
    RECORD_DATE,     /* const char *, YYYY-MM-DD, must be there */
    RECORD_DAY,      /* the same, left out = "" */
    RECORD_WORD,     /* enum, one of word[], must be there */
    RECORD_CHOICE    /* the same or int32_t, left out = stays as it is; -1 = not written */
} record_kind;

typedef struct record_row {
    const char *name;
    record_kind kind;
    size_t offset;
    double lo, hi; /* [1] in the field's own unit */
    int32_t n_word;
    const char *const *word;
} record_row;

typedef struct record_table {
    int32_t n;
    const record_row *row; /* (n) */
} record_table;

/* Rows of a table: the member is named as the field. */
/* clang-format off */
#define RECORD_ROW_NUMBER(type, f, lo, hi) {#f, RECORD_NUMBER, offsetof(type, f), lo, hi, 0, NULL}
#define RECORD_ROW_MAYBE(type, f, lo, hi) {#f, RECORD_MAYBE, offsetof(type, f), lo, hi, 0, NULL}
#define RECORD_ROW_ESTIMATE(type, f, lo, hi) {#f, RECORD_ESTIMATE, offsetof(type, f), lo, hi, 0, NULL}
#define RECORD_ROW_INT(type, f, lo, hi) {#f, RECORD_INT, offsetof(type, f), lo, hi, 0, NULL}
#define RECORD_ROW_COUNT(type, f, lo, hi) {#f, RECORD_COUNT, offsetof(type, f), lo, hi, 0, NULL}
#define RECORD_ROW_DAY(type, f) {#f, RECORD_DAY, offsetof(type, f), 0, 0, 0, NULL}
#define RECORD_ROW_CHOICE(type, f, words)                                                          \
    {#f, RECORD_CHOICE, offsetof(type, f), 0, 0, sizeof words / sizeof *words, words}
#define RECORD_ROW_BOOL(type, f) {#f, RECORD_BOOL, offsetof(type, f), 0, 0, 0, NULL}
#define RECORD_ROW_TEXT(type, f) {#f, RECORD_TEXT, offsetof(type, f), 0, 0, 0, NULL}
#define RECORD_ROW_NAME(type, f) {#f, RECORD_NAME, offsetof(type, f), 0, 0, 0, NULL}
#define RECORD_ROW_DATE(type, f) {#f, RECORD_DATE, offsetof(type, f), 0, 0, 0, NULL}
#define RECORD_ROW_WORD(type, f, words)                                                            \
    {#f, RECORD_WORD, offsetof(type, f), 0, 0, sizeof words / sizeof *words, words}
#define RECORD_TABLE(rows) {sizeof rows / sizeof *rows, rows}
/* clang-format on */

/** A field of RECORD_NUMBER or RECORD_MAYBE, or the value of an estimate; the whole estimate. */
double record_number(const void *at, const record_row *r);
hm_estimate record_estimate(const void *at, const record_row *r);

/** Fields of v into the struct at `at`; texts stay in v's tree. */
HM_CHECKED hm_status record_get(const hm_json *v, const record_table *t, void *at, hm_err *err);

/** Members of the object that is open. */
void record_put(hm_json_out *o, const record_table *t, const void *at);

/** Are all fields possible? Values within their bounds, estimates inside their intervals. errors
 * HM_ERR_INPUT with `where` and the field */
HM_CHECKED hm_status record_check(const record_table *t, const void *at, const char *where,
                                  hm_err *err);

/** Members of v that neither the table nor `more` knows: refused, with the nearest one. */
HM_CHECKED hm_status record_known(const hm_json *v, const record_table *t, int32_t n_more,
                                  const char *const more[], hm_err *err);

/** The same as notes; of tables without estimates. errors HM_ERR_SYSTEM */
HM_CHECKED hm_status record_note_unknown(const hm_json *v, const record_table *t, int32_t n_more,
                                         const char *const more[], hm_arena *arena,
                                         hm_notes *notes);

#endif
