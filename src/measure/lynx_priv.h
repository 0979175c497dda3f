/* lynx_priv.h - the parts of the reader of Lynx files. */
#ifndef HM_MEASURE_LYNX_PRIV_H
#define HM_MEASURE_LYNX_PRIV_H

#include "measure/lynx.h"

/* ---- text ---- */

/** A file as UTF-8 without a mark. */
typedef struct lynx_text {
    const char *bytes; /* (n) */
    size_t n;
    bool guessed;     /* neither a mark nor UTF-8: read as Windows-1252 */
    bool replaced;    /* bytes that mean nothing became U+FFFD */
    bool odd;         /* UTF-16 with half a character at the end: nothing was read */
    int64_t nul_line; /* before the first NUL; 0 = there is none */
} lynx_text;

/** errors HM_ERR_SYSTEM.  memory arena (none when the bytes are UTF-8: then text points to them) */
HM_CHECKED hm_status lynx_decode(const char *bytes, size_t n, hm_arena *arena, lynx_text *text);

/* ---- fields ---- */

typedef enum lynx_split {
    LYNX_SPLIT_OK,
    LYNX_SPLIT_OPEN, /* a quote that does not end */
    LYNX_SPLIT_MANY  /* more than HM_LYNX_FIELD_MAX */
} lynx_split;

/** Fields of a line; those that it leaves out are "". */
typedef struct lynx_fields {
    int32_t n;
    const char *f[HM_LYNX_FIELD_MAX];
    int32_t col[HM_LYNX_FIELD_MAX];  /* (n) where each begins in its line, in characters from 1 */
    char held[HM_LYNX_LINE_MAX + 1]; /* a comma makes room for the end of a text */
} lynx_fields;

/** Cut n bytes (at most HM_LYNX_LINE_MAX) at commas; blanks around a field are taken off. */
lynx_split lynx_split_line(const char *line, size_t n, lynx_fields *out);

/** digits only, 0 to max */
bool lynx_whole(const char *s, int32_t max, int32_t *v);

/** Any time of `[[hh:]mm:]ss[.x]`, 0 to 4 decimals, below 100 h; digits may be NULL. */
bool lynx_time(const char *s, int64_t *time_us, int32_t *digits);

/** As lynx_time, with a sign. */
bool lynx_signed_time(const char *s, int64_t *time_us);

/** [+-] up to two digits, up to two decimals. */
bool lynx_wind(const char *s, int32_t *wind_cmps);

/** A-Z without regard to case. */
bool lynx_same_word(const char *s, const char *word);

/* ---- rows ---- */

/** A file on its way to a meet. Results in arena, all else in scratch. */
typedef struct lynx_job {
    const char *source;
    hm_lynx_kind kind;
    bool lenient;
    int64_t line;
    const char *at;  /* field that the next message is about; NULL = the line */
    int32_t skipped; /* characters of the line before the fields */
    hm_arena *arena, *scratch;
    hm_err *err;
    int64_t n_fault; /* E-... so far */
    hm_notes notes;
    lynx_fields fields;
} lynx_job;

/** One message about the line that is read. E-... ends the reading unless it is lenient. */
HM_CHECKED hm_status lynx_say(lynx_job *job, const char *code, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/** The same about one field of the line: an error tells its column. */
#define lynx_say_at(job, field, ...) ((job)->at = (field), lynx_say((job), __VA_ARGS__))

hm_status lynx_no_memory(const lynx_job *job);

/** Copy of a text in the arena. */
HM_CHECKED hm_status lynx_keep(lynx_job *job, const char *s, const char **kept);

/** What job->fields tell of an event; usable = false after an error that drops it. */
HM_CHECKED hm_status lynx_event_row(lynx_job *job, hm_heat *heat, bool *usable);

/** Event, round and heat of fields 0 to 2. */
HM_CHECKED hm_status lynx_event_key(lynx_job *job, hm_heat *heat, bool *usable);

/** A competitor of a start list, fields from ID. */
HM_CHECKED hm_status lynx_start_row(lynx_job *job, hm_mark *mark, bool *usable);

/** A row of results, fields from place. */
HM_CHECKED hm_status lynx_result_row(lynx_job *job, hm_mark *mark, bool *usable);

HM_CHECKED hm_status lynx_person_row(lynx_job *job, hm_person *p, bool *usable);

/** Places and gaps against times: of the last mark of a heat of results. */
HM_CHECKED hm_status lynx_check_result(lynx_job *job, const hm_mark *mark, int32_t n);

#endif
