/* hecto book import: files into the results book, one transaction a meet. */
#include "book_db_verb.h"
#include "book_files.h"

#include <string.h>

#include "io/file.h"
#include "io/json.h"

/* What came of one meet of a file. */
typedef struct taken {
    const char *source;
    hm_book_report report;
} taken;

typedef struct taking {
    const cli_args *args;
    hm_book *book;
    int32_t n;
    taken *row; /* (n) */
} taking;

/* ---- the report ---- */

static void put_counts(hm_json_out *o, const char *source, const hm_book_report *r)
{
    hm_json_put_text(o, "source", source);
    hm_json_put_integer(o, "import", r->import_id);
    hm_json_put_integer(o, "added", r->added);
    hm_json_put_integer(o, "already", r->already);
    hm_json_put_integer(o, "conflicts", r->conflicts);
    hm_json_put_integer(o, "people", r->people);
    hm_json_put_notes(o, "notes", &r->notes);
}

static hm_book_report sum_of(const taking *t)
{
    hm_book_report sum = {0};
    for (int32_t i = 0; i < t->n; i++) {
        const hm_book_report *r = &t->row[i].report;
        sum.import_id = r->import_id;
        sum.added += r->added;
        sum.already += r->already;
        sum.conflicts += r->conflicts;
        sum.people += r->people;
    }
    return sum;
}

/* One meet as it always was; several with the sum before them. */
static hm_status put_report(hm_sink sink, const taking *t, hm_err *err)
{
    hm_json_out out = hm_json_out_make(sink, err), *o = &out;
    hm_book_report sum = sum_of(t);
    hm_json_put_object(o, NULL, HM_JSON_BLOCK);
    hm_json_put_text(o, "format", "hectometre-book-import");
    hm_json_put_integer(o, "version", 1);
    if (t->n == 1)
        put_counts(o, t->row[0].source, &t->row[0].report);
    else {
        put_counts(o, "", &sum);
        hm_json_put_array(o, "files", HM_JSON_BLOCK);
        for (int32_t i = 0; i < t->n; i++) {
            hm_json_put_object(o, NULL, HM_JSON_BLOCK);
            put_counts(o, t->row[i].source, &t->row[i].report);
            hm_json_put_end(o);
        }
        hm_json_put_end(o);
    }
    hm_json_put_end(o);
    return hm_json_finish(o);
}

static void print_counts(const char *source, const hm_book_report *r)
{
    printf("%s: %lld marks added, %lld already there, %lld in conflict; %lld new people\n", source,
           (long long)r->added, (long long)r->already, (long long)r->conflicts,
           (long long)r->people);
}

static hm_status tell(const taking *t, hm_err *err)
{
    const char *path = book_json_path(t->args);
    if (!path) {
        for (int32_t i = 0; i < t->n; i++)
            print_counts(t->row[i].source, &t->row[i].report);
        hm_book_report sum = sum_of(t);
        if (t->n > 1)
            print_counts("all", &sum);
        return HM_OK;
    }
    hm_file f;
    HM_TRY(hm_file_create(path, &f, err));
    hm_status s = put_report(hm_sink_file(&f), t, err);
    if (s == HM_OK)
        return hm_file_commit(&f, err);
    hm_file_abort(&f);
    return s;
}

/* ---- taking ---- */

static hm_status take_meet(taking *t, const char *path, const hm_meet *meet, hm_err *err)
{
    taken *row = &t->row[t->n];
    cli_print_notes(t->args, &meet->notes);
    HM_TRY(hm_book_import(t->book, meet, t->args->arena, &row->report, err));
    row->source = *meet->source ? meet->source : path;
    cli_print_notes(t->args, &row->report.notes);
    t->n++;
    return HM_OK;
}

static hm_status take_files(taking *t, int n, const book_file file[], hm_err *err)
{
    for (int i = 0; i < n; i++)
        for (int32_t k = 0; k < file[i].meets.n && !file[i].is_order; k++)
            HM_TRY(take_meet(t, file[i].path, &file[i].meets.meet[k], err));
    return HM_OK;
}

/* A schedule orders heats; it holds nothing of its own for a book. */
static hm_status count_meets(int n, const book_file file[], int64_t *n_meet, hm_err *err)
{
    *n_meet = 0;
    bool only_order = true;
    for (int i = 0; i < n; i++) {
        *n_meet += file[i].meets.n;
        only_order = only_order && file[i].is_order;
    }
    if (only_order)
        return hm_err_set(err, HM_ERR_INPUT, file[0].path, 0, 0, NULL,
                          "a schedule orders the heats of other files: name them too");
    return HM_OK;
}

hm_status book_import(const cli_args *args, hm_err *err)
{
    int n = args->n_operand - 1;
    int64_t n_meet;
    book_file *file = HM_PUSH(args->arena, book_file, n);
    if (!file)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    HM_TRY(book_load_files(args, n, args->operand + 1, file, err));
    HM_TRY(count_meets(n, file, &n_meet, err));
    taking t = {.args = args, .row = HM_PUSH(args->arena, taken, n_meet + 1)};
    if (!t.row)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    HM_TRY(book_open(args, HM_BOOK_WRITE, &t.book, err));
    hm_status s = take_files(&t, n, file, err);
    hm_book_close(t.book);
    return s == HM_OK ? tell(&t, err) : s;
}
