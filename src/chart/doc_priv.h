/* doc_priv.h - what the writers of a document share. */
#ifndef CHART_DOC_PRIV_H
#define CHART_DOC_PRIV_H

#include "chart/doc.h"

/** Bytes in the making. The first failure is kept; later calls then do nothing. */
typedef struct doc_bytes {
    hm_arena *arena;
    char *at; /* (n) terminated once something came */
    size_t n, cap;
    bool failed;
} doc_bytes;

void doc_put_n(doc_bytes *b, const char *text, size_t n);
void doc_put(doc_bytes *b, const char *text);
void doc_put_blanks(doc_bytes *b, int n);

/**
 * A text as it may stand on paper: one line of valid UTF-8 without control characters and without
 * marks that change the direction of what follows; no letter bears more than four marks.
 * out    "" for NULL and without memory: then b->failed
 */
const char *doc_plain(doc_bytes *b, const char *text);

/** Does a text hold letters that run from right to left? */
bool doc_runs_left(const char *utf8);

HM_CHECKED hm_status doc_write_text(const hm_doc *doc, doc_bytes *out, hm_err *err);
HM_CHECKED hm_status doc_write_html(const hm_doc *doc, doc_bytes *out, hm_err *err);
HM_CHECKED hm_status doc_write_pdf(const hm_doc *doc, doc_bytes *out, hm_err *err);

#endif
