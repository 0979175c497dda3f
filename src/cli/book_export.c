/* hecto book export and convert: meets out of the book, and from one format to another. */
#include "book_db_verb.h"
#include "book_files.h"

#include <string.h>

#include "book/deeds.h"
#include "book/meets.h"
#include "io/number.h"

/* ---- which meets ---- */

static bool same_name(hm_arena *arena, const char *a, const char *b)
{
    size_t na = 4 * strlen(a) + 1, nb = 4 * strlen(b) + 1;
    char *fa = HM_PUSH(arena, char, na), *fb = HM_PUSH(arena, char, nb);
    return fa && fb && strcmp(hm_book_fold(a, fa, na), hm_book_fold(b, fb, nb)) == 0;
}

/* By name, date and place as far as they are told; a number is that of the meet. */
static bool is_meant(const cli_args *args, const hm_book_meet *m)
{
    const char *name = cli_value(args, "meet"), *date = cli_value(args, "date"),
               *at = cli_value(args, "at");
    int64_t id;
    bool by_id = name && hm_number_parse_int(name, &id) == HM_NUMBER_OK && id == m->id;
    if (name && !by_id && !same_name(args->arena, name, m->name))
        return false;
    if (date && strcmp(date, m->date) != 0)
        return false;
    return !at || same_name(args->arena, at, m->venue);
}

/* The one that is meant; 0 = all. */
static hm_status choose(const cli_args *args, hm_book *book, int64_t *id, hm_err *err)
{
    hm_book_meet *meet;
    int32_t n, n_meant = 0;
    *id = 0;
    if (cli_flag(args, "all"))
        return HM_OK;
    HM_TRY(hm_book_meets(book, "", HM_BOOK_LIST_MAX, args->arena, &n, &meet, err));
    for (int32_t i = 0; i < n; i++)
        if (is_meant(args, &meet[i])) {
            *id = meet[i].id;
            n_meant++;
        }
    if (n_meant == 1)
        return HM_OK;
    return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--meet",
                      "expected one meet, found %d: name it, with --date, or by its number (hecto "
                      "book meets lists them), or say --all",
                      n_meant);
}

/* ---- export ---- */

/* Our own formats hold all that was imported, rivals too; the others what the book believes. */
static hm_status read_meets(const cli_args *args, hm_book *book, hm_meet_format format, int32_t *n,
                            hm_meet **meet, hm_err *err)
{
    int64_t id;
    int32_t n_listed = 1;
    hm_book_meet one = {0}, *listed = &one;
    HM_TRY(choose(args, book, &id, err));
    if (format == HM_MEET_JSON || format == HM_MEET_CSV)
        return hm_book_history(book, id, args->arena, n, meet, err);
    one.id = id;
    if (!id)
        HM_TRY(hm_book_meets(book, "", HM_BOOK_LIST_MAX, args->arena, &n_listed, &listed, err));
    *n = n_listed;
    *meet = HM_PUSH(args->arena, hm_meet, n_listed + 1);
    if (!*meet)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    for (int32_t i = 0; i < n_listed; i++)
        HM_TRY(hm_book_meet_read(book, listed[n_listed - 1 - i].id, args->arena, &(*meet)[i], err));
    return HM_OK;
}

hm_status book_export(const cli_args *args, hm_err *err)
{
    hm_book *book;
    hm_meet *meet;
    hm_meet_format format;
    int32_t n;
    HM_TRY(book_read_format(args, cli_value(args, "output"), &format, err));
    HM_TRY(book_open(args, HM_BOOK_READ, &book, err));
    hm_status s = read_meets(args, book, format, &n, &meet, err);
    hm_book_close(book);
    HM_TRY(s);
    for (int32_t i = 0; i < n; i++)
        cli_print_notes(args, &meet[i].notes);
    return book_write_meets(args, NULL, n, meet, err);
}

/* ---- convert ---- */

/* All meets of the files; people and a schedule of their own belong to the first other. */
static hm_status gather(const cli_args *args, int n, const book_file file[], int32_t *n_meet,
                        hm_meet **meet, hm_err *err)
{
    int64_t room = 1;
    for (int i = 0; i < n; i++)
        room += file[i].meets.n;
    hm_meet *out = HM_PUSH(args->arena, hm_meet, room);
    if (!out)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    *n_meet = 0;
    for (int i = 0; i < n; i++)
        for (int32_t k = 0; k < file[i].meets.n && !file[i].is_people && !file[i].is_order; k++)
            out[(*n_meet)++] = file[i].meets.meet[k];
    for (int i = 0; i < n; i++) {
        const hm_meet *from = file[i].meets.meet;
        if (!file[i].is_people && !file[i].is_order)
            continue;
        if (!*n_meet)
            out[(*n_meet)++] = *from;
        if (file[i].is_people && !out[0].n_person) {
            out[0].person = from->person;
            out[0].n_person = from->n_person;
        }
        if (file[i].is_order && !out[0].n_order) {
            out[0].order = from->order;
            out[0].n_order = from->n_order;
        }
    }
    *meet = out;
    return HM_OK;
}

hm_status book_convert(const cli_args *args, hm_err *err)
{
    int n = args->n_operand - 2;
    const char *to = args->operand[args->n_operand - 1];
    hm_meet_format format;
    hm_meet *meet = NULL;
    int32_t n_meet = 0;
    book_file *file = HM_PUSH(args->arena, book_file, n);
    if (!file)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    if (cli_flag(args, "output"))
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--output",
                          "convert writes to its last operand");
    HM_TRY(book_read_format(args, to, &format, err));
    HM_TRY(book_load_files(args, n, args->operand + 1, file, err));
    HM_TRY(gather(args, n, file, &n_meet, &meet, err));
    for (int32_t i = 0; i < n_meet; i++)
        cli_print_notes(args, &meet[i].notes);
    return book_write_meets(args, to, n_meet, meet, err);
}
