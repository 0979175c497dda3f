/* cli/book_db_verb.h - the parts of hecto book that work on the results book. */
#ifndef HM_CLI_BOOK_DB_VERB_H
#define HM_CLI_BOOK_DB_VERB_H

#include "cli.h"

#include "book/book.h"
#include "io/sink.h"

/** A part of hecto book: its name, how many operands follow it, what it does. */
typedef struct book_part {
    const char *name, *operand;
    int n_min, n_max;
    hm_status (*run)(const cli_args *args, hm_err *err);
} book_part;

/** By name, NULL = none of these. */
const book_part *book_db_part(const char *name);

/** Check the operands and run. errors HM_ERR_USAGE and those of the part */
HM_CHECKED hm_status book_db_run(const book_part *part, const cli_args *args, hm_err *err);

/**
 * A sheet or a file of a timing system as a meet; --meet, --date, --at and --sex say what the
 * file leaves out.
 * errors those of the readers; HM_ERR_INPUT a file of another kind
 */
HM_CHECKED hm_status book_load_meet(const cli_args *args, const char *path, hm_meet *meet,
                                    hm_err *err);

/** men, women, or all (*has_sex = false). errors HM_ERR_USAGE */
HM_CHECKED hm_status book_read_sex(const char *word, bool *has_sex, hm_sex *sex, hm_err *err);

/** Where JSON goes: --output, else standard output with --json, else NULL. */
const char *book_json_path(const cli_args *args);

/** The book of --db. */
HM_CHECKED hm_status book_open(const cli_args *args, hm_book_mode mode, hm_book **book,
                               hm_err *err);

/** A list as CSV. errors those of the sink */
HM_CHECKED hm_status book_put_csv(hm_sink sink, const hm_book_rows *rows, hm_err *err);

HM_CHECKED hm_status book_import(const cli_args *args, hm_err *err);
HM_CHECKED hm_status book_list(const cli_args *args, hm_err *err);
HM_CHECKED hm_status book_find(const cli_args *args, hm_err *err);
HM_CHECKED hm_status book_person(const cli_args *args, hm_err *err);
HM_CHECKED hm_status book_versus(const cli_args *args, hm_err *err);
HM_CHECKED hm_status book_merge(const cli_args *args, hm_err *err);
HM_CHECKED hm_status book_undo(const cli_args *args, hm_err *err);
HM_CHECKED hm_status book_backup(const cli_args *args, hm_err *err);

#endif
