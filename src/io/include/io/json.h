/* io/json.h - JSON read as a tree whose values know their path, and written piece by piece. */
#ifndef HM_IO_JSON_H
#define HM_IO_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/notes.h"
#include "base/status.h"
#include "io/sink.h"

/* ---- reading ---- */

typedef enum hm_json_kind {
    HM_JSON_NULL,
    HM_JSON_BOOL,
    HM_JSON_NUMBER,
    HM_JSON_TEXT,
    HM_JSON_ARRAY,
    HM_JSON_OBJECT
} hm_json_kind;

typedef struct hm_json hm_json;

/** One value. Members and elements stand in item[] in the order of the file. */
struct hm_json {
    hm_json_kind kind;
    bool truth;      /* HM_JSON_BOOL */
    bool is_integer; /* HM_JSON_NUMBER without point or exponent */
    int32_t n;       /* members or elements */
    union {
        double number;    /* also when is_integer */
        const char *text; /* UTF-8 */
        hm_json *item;    /* (n) */
    } as;
    int64_t integer;       /* when is_integer */
    const char *key;       /* name as a member; of the root: what errors call the file */
    const hm_json *parent; /* NULL = the root */
};

/**
 * Read n bytes: one object, or one array, no key twice, nothing behind it.
 *
 * out    root    the tree; untouched on failure
 * errors HM_ERR_INPUT with line and column
 * memory arena
 * test   tests/unit/io/test_json.c
 */
HM_CHECKED hm_status hm_json_parse(const char *source, const char *bytes, size_t n, hm_arena *arena,
                                   const hm_json **root, hm_err *err);

/** A member by name; NULL when it is absent, null, or v is no object. */
const hm_json *hm_json_find(const hm_json *v, const char *key);

/**
 * A member that must be there, of one kind and within bounds.
 * out    *out   untouched on failure
 * errors HM_ERR_INPUT with the path (lanes[2].time_s), what was expected and what was found
 */
HM_CHECKED hm_status hm_json_get_number(const hm_json *v, const char *key, double lo, double hi,
                                        double *out, hm_err *err);
HM_CHECKED hm_status hm_json_get_integer(const hm_json *v, const char *key, int64_t lo, int64_t hi,
                                         int64_t *out, hm_err *err);
HM_CHECKED hm_status hm_json_get_bool(const hm_json *v, const char *key, bool *out, hm_err *err);
HM_CHECKED hm_status hm_json_get_text(const hm_json *v, const char *key, const char **out,
                                      hm_err *err);
HM_CHECKED hm_status hm_json_get_array(const hm_json *v, const char *key, const hm_json **out,
                                       hm_err *err);
HM_CHECKED hm_status hm_json_get_object(const hm_json *v, const char *key, const hm_json **out,
                                        hm_err *err);

/** A number that may be left out: then *out = NAN. */
HM_CHECKED hm_status hm_json_get_optional(const hm_json *v, const char *key, double lo, double hi,
                                          double *out, hm_err *err);

/** The texts of a member as notes, added to *notes. */
HM_CHECKED hm_status hm_json_get_notes(const hm_json *v, const char *key, hm_arena *arena,
                                       hm_notes *notes, hm_err *err);

/** One of n words; *out = which. */
HM_CHECKED hm_status hm_json_get_word(const hm_json *v, const char *key, int32_t n,
                                      const char *const word[], int32_t *out, hm_err *err);

/** An element of an array that must be a number within bounds. */
HM_CHECKED hm_status hm_json_element(const hm_json *array, int32_t i, double lo, double hi,
                                     double *out, hm_err *err);

/** Say that v is not what was expected. Returns HM_ERR_INPUT. */
hm_status hm_json_refuse(const hm_json *v, hm_err *err, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/** The file begins with this format and version 1 .. version. */
HM_CHECKED hm_status hm_json_check_format(const hm_json *root, const char *format, int64_t version,
                                          hm_err *err);

/** A note for each member of v that is not one of the n names. */
HM_CHECKED hm_status hm_json_note_unknown(const hm_json *v, int32_t n, const char *const name[],
                                          hm_arena *arena, hm_notes *notes);

/* ---- writing ---- */

enum { HM_JSON_DEPTH = 16 };

/** Members and elements of a block stand on lines of their own, those of a line on one. */
typedef enum hm_json_layout { HM_JSON_BLOCK, HM_JSON_LINE } hm_json_layout;

/** A text in the making. The first failure is kept; later calls then do nothing. */
typedef struct hm_json_out {
    hm_sink sink;
    hm_err *err;
    hm_status status;
    int32_t depth;
    struct {
        char close;
        hm_json_layout layout;
        bool any; /* something stands in it */
    } level[HM_JSON_DEPTH];
} hm_json_out;

hm_json_out hm_json_out_make(hm_sink sink, hm_err *err);

/* key: the member's name in an object, NULL in an array and for the root (asserted) */
void hm_json_put_object(hm_json_out *o, const char *key, hm_json_layout layout);
void hm_json_put_array(hm_json_out *o, const char *key, hm_json_layout layout);
void hm_json_put_end(hm_json_out *o);

/** Fewest digits that read back the same; NaN and infinity become null. */
void hm_json_put_number(hm_json_out *o, const char *key, double v);
/** Leaves the member out when v is NaN. */
void hm_json_put_optional(hm_json_out *o, const char *key, double v);
void hm_json_put_numbers(hm_json_out *o, const char *key, int64_t n, const double v[]);
void hm_json_put_integer(hm_json_out *o, const char *key, int64_t v);
void hm_json_put_bool(hm_json_out *o, const char *key, bool v);
void hm_json_put_text(hm_json_out *o, const char *key, const char *utf8);
void hm_json_put_null(hm_json_out *o, const char *key);
void hm_json_put_notes(hm_json_out *o, const char *key, const hm_notes *notes);

/** End the text with a line feed. All that was opened is closed (asserted). */
HM_CHECKED hm_status hm_json_finish(hm_json_out *o);

#endif
