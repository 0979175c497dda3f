/* cli/book_db_verb.h - the parts of hecto book that work on the results book. */
#ifndef HM_CLI_BOOK_DB_VERB_H
#define HM_CLI_BOOK_DB_VERB_H

#include "cli.h"
#include "table.h"

#include "book/book.h"
#include "io/file.h"
#include "io/json.h"
#include "io/sink.h"

/** A part of hecto book: its name, how many operands follow it, what it does. */
typedef struct book_part {
    const char *name, *operand;
    int n_min, n_max;
    hm_status (*run)(const cli_args *args, hm_err *err);
} book_part;

/** By name, NULL = none of these. */
const book_part *book_db_part(const char *name);

/** The part that a misspelt word may mean, NULL = none. */
const char *book_db_nearest(const char *word);

/** Check the operands and run. errors HM_ERR_USAGE and those of the part */
HM_CHECKED hm_status book_db_run(const book_part *part, const cli_args *args, hm_err *err);

/** men, women, or all (*has_sex = false). errors HM_ERR_USAGE */
HM_CHECKED hm_status book_read_sex(const char *word, bool *has_sex, hm_sex *sex, hm_err *err);

/** Where JSON goes: --output, else standard output with --json, else NULL. */
const char *book_json_path(const cli_args *args);

/** The book of --db. */
HM_CHECKED hm_status book_open(const cli_args *args, hm_book_mode mode, hm_book **book,
                               hm_err *err);

typedef hm_status book_in_fn(hm_book *book, const cli_args *args, hm_err *err);

/** Open the book of --db, do it, close. */
HM_CHECKED hm_status book_with(const cli_args *args, hm_book_mode mode, book_in_fn *fn,
                               hm_err *err);

/** One JSON object on its way to a file. */
typedef struct book_answer_file {
    hm_file file;
    hm_json_out out;
} book_answer_file;

/** "format" and "version" are put, the members follow; the end commits the file. */
HM_CHECKED hm_status book_json_begin(book_answer_file *a, const char *path, const char *format,
                                     hm_err *err);
HM_CHECKED hm_status book_json_end(book_answer_file *a, hm_err *err);

/** Cells of a table on the terminal: wind, "" = none; a name, cut where it is too long. */
void book_wind_cell(cli_table *t, const hm_book_row *row);
void book_name_cell(cli_table *t, const char *name);

/** "wind_mps", null where there is none. */
void book_json_wind(hm_json_out *o, bool has_wind, int32_t wind_cmps);

/** A number of the book: what = "person", found by hecto book find. errors HM_ERR_USAGE */
HM_CHECKED hm_status book_read_id(const char *word, const char *what, int64_t *id, hm_err *err);

/**
 * Event, sex and the options of list and records as a filter.
 * out    code  where the filter's discipline stands
 * errors HM_ERR_USAGE the option, what was expected
 */
HM_CHECKED hm_status book_read_filter(const cli_args *args, char code[HM_BOOK_CODE_MAX],
                                      hm_book_filter *filter, hm_err *err);

/** "U20", "M35", "" = everybody, written into text. */
const char *book_group_text(const hm_book_filter *filter, char text[16]);

/** Members of a row of a list, in an object that is open. */
void book_json_row(hm_json_out *o, const hm_book_row *row);

/** A list as CSV. errors those of the sink */
HM_CHECKED hm_status book_put_csv(hm_sink sink, const hm_book_rows *rows, hm_err *err);

HM_CHECKED hm_status book_import(const cli_args *args, hm_err *err);
HM_CHECKED hm_status book_export(const cli_args *args, hm_err *err);
HM_CHECKED hm_status book_convert(const cli_args *args, hm_err *err);
/** A list of the book on paper. errors HM_ERR_USAGE the file's ending; those of the disk */
HM_CHECKED hm_status book_sheet_list(const cli_args *args, const char *path,
                                     const hm_book_filter *filter, const hm_book_rows *rows,
                                     hm_err *err);

HM_CHECKED hm_status book_show(const cli_args *args, hm_err *err);
HM_CHECKED hm_status book_meet(const cli_args *args, hm_err *err);
HM_CHECKED hm_status book_list(const cli_args *args, hm_err *err);
HM_CHECKED hm_status book_records(const cli_args *args, hm_err *err);
HM_CHECKED hm_status book_ranking(const cli_args *args, hm_err *err);
HM_CHECKED hm_status book_find(const cli_args *args, hm_err *err);
HM_CHECKED hm_status book_person(const cli_args *args, hm_err *err);
HM_CHECKED hm_status book_versus(const cli_args *args, hm_err *err);
HM_CHECKED hm_status book_merge(const cli_args *args, hm_err *err);
HM_CHECKED hm_status book_undo(const cli_args *args, hm_err *err);
HM_CHECKED hm_status book_log(const cli_args *args, hm_err *err);
HM_CHECKED hm_status book_conflicts(const cli_args *args, hm_err *err);
HM_CHECKED hm_status book_settle(const cli_args *args, hm_err *err);
HM_CHECKED hm_status book_meets(const cli_args *args, hm_err *err);
HM_CHECKED hm_status book_meet_category(const cli_args *args, hm_err *err);
HM_CHECKED hm_status book_backup(const cli_args *args, hm_err *err);

#endif
