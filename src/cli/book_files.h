/* cli/book_files.h - files of meets for hecto book: read in any format, filled from the files that
 * belong to them, written in any format. */
#ifndef HM_CLI_BOOK_FILES_H
#define HM_CLI_BOOK_FILES_H

#include "cli.h"

#include "data/meet_file.h"
#include "measure/meet_format.h"

/** One file of the command line. */
typedef struct book_file {
    const char *path;
    bool is_people, is_order; /* a .ppl or .sch: it also tells about the other files */
    hm_meets meets;
} book_file;

/**
 * Read one file: a sheet, a file of a timing system, meets as JSON or CSV; readings get their
 * official times. --meet, --date, --at and --sex say what the file leaves out.
 * errors those of the readers; HM_ERR_INPUT a file of another kind
 */
HM_CHECKED hm_status book_load_file(const cli_args *args, const char *path, book_file *file,
                                    hm_err *err);

/**
 * Read n files. Names that a heat leaves out come from the people of --people, of the .ppl files
 * among the n, or of one that stands beside the file under its name; the order of heats from the
 * .sch files likewise.
 * out    file  (n)
 */
HM_CHECKED hm_status book_load_files(const cli_args *args, int n, const char *const path[],
                                     book_file file[], hm_err *err);

/** The sheet of a path as a meet, with official times. */
HM_CHECKED hm_status book_meet_of_sheet(const char *path, const char *bytes, size_t n,
                                        hm_arena *arena, hm_meet *meet, hm_err *err);

/**
 * Write meets to --output (or path, where it is not NULL) in the format of --as, else of its
 * ending. A folder takes one file for each heat or meet, where the format holds no more; meets of
 * one name, date and place are one there.
 * errors HM_ERR_USAGE no format, more than one file can hold
 */
HM_CHECKED hm_status book_write_meets(const cli_args *args, const char *path, int32_t n,
                                      hm_meet meet[], hm_err *err);

/** The format that --as or the ending of path tells. errors HM_ERR_USAGE */
HM_CHECKED hm_status book_read_format(const cli_args *args, const char *path,
                                      hm_meet_format *format, hm_err *err);

#endif
