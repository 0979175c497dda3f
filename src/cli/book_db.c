/* hecto book list, and what its parts on the results book share. */
#include "book_db_verb.h"
#include "table.h"

#include <string.h>

#include "io/number.h"
#include "io/utf8.h"
#include "race/official.h"

#define DEFAULT_DB "hecto-book.db"

static const book_part parts[] = {
    {"import", "FILE...", 1, CLI_OPERAND_MAX, book_import},
    {"export", "", 0, 0, book_export},
    {"convert", "IN... OUT", 2, CLI_OPERAND_MAX, book_convert},
    {"list", "EVENT SEX", 2, 2, book_list},
    {"find", "NAME", 1, 1, book_find},
    {"person", "ID", 1, 1, book_person},
    {"versus", "ID ID", 2, 2, book_versus},
    {"merge", "KEEP DROP", 2, 2, book_merge},
    {"conflicts", "", 0, 0, book_conflicts},
    {"settle", "MARK", 1, 1, book_settle},
    {"meet", "FOLDER", 1, 1, book_meet},
    {"meets", "[NAME]", 0, 1, book_meets},
    {"show", "MEET", 1, 1, book_show},
    {"meet-category", "MEET CATEGORY", 2, 2, book_meet_category},
    {"log", "", 0, 0, book_log},
    {"undo", "[DEED]", 0, 1, book_undo},
    {"backup", "FILE", 1, 1, book_backup},
};

const book_part *book_db_part(const char *name)
{
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (strcmp(parts[i].name, name) == 0)
            return &parts[i];
    return NULL;
}

hm_status book_db_run(const book_part *part, const cli_args *args, hm_err *err)
{
    int n = args->n_operand - 1;
    if (n < part->n_min || n > part->n_max)
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, part->name,
                          "expected hecto book %s %s, found %d words behind it", part->name,
                          part->operand, n);
    return part->run(args, err);
}

hm_status book_read_sex(const char *word, bool *has_sex, hm_sex *sex, hm_err *err)
{
    static const struct {
        const char *word;
        bool has;
        hm_sex sex;
    } known[] = {{"men", true, HM_SEX_MEN},     {"M", true, HM_SEX_MEN},
                 {"women", true, HM_SEX_WOMEN}, {"W", true, HM_SEX_WOMEN},
                 {"F", true, HM_SEX_WOMEN},     {"all", false, HM_SEX_MEN}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (strcmp(known[i].word, word) == 0) {
            *has_sex = known[i].has;
            *sex = known[i].sex;
            return HM_OK;
        }
    return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, word, "expected men, women or all");
}

const char *book_json_path(const cli_args *args)
{
    const char *path = cli_value(args, "output");
    return path ? path : cli_flag(args, "json") ? "-" : NULL;
}

hm_status book_open(const cli_args *args, hm_book_mode mode, hm_book **book, hm_err *err)
{
    const char *path = cli_value(args, "db");
    return hm_book_open(path ? path : DEFAULT_DB, mode, args->arena, book, err);
}

hm_status book_with(const cli_args *args, hm_book_mode mode, book_in_fn *fn, hm_err *err)
{
    hm_book *book;
    HM_TRY(book_open(args, mode, &book, err));
    hm_status s = fn(book, args, err);
    hm_book_close(book);
    return s;
}

hm_status book_json_begin(book_answer_file *a, const char *path, const char *format, hm_err *err)
{
    HM_TRY(hm_file_create(path, &a->file, err));
    a->out = hm_json_out_make(hm_sink_file(&a->file), err);
    hm_json_put_object(&a->out, NULL, HM_JSON_BLOCK);
    hm_json_put_text(&a->out, "format", format);
    hm_json_put_integer(&a->out, "version", 1);
    return HM_OK;
}

hm_status book_json_end(book_answer_file *a, hm_err *err)
{
    hm_json_put_end(&a->out);
    hm_status s = hm_json_finish(&a->out);
    if (s == HM_OK)
        return hm_file_commit(&a->file, err);
    hm_file_abort(&a->file);
    return s;
}

void book_json_wind(hm_json_out *o, bool has_wind, int32_t wind_cmps)
{
    if (has_wind)
        hm_json_put_number(o, "wind_mps", hm_wind_dmps(wind_cmps) / 10.0);
    else
        hm_json_put_null(o, "wind_mps");
}

hm_status book_read_id(const char *word, const char *what, int64_t *id, hm_err *err)
{
    if (hm_number_parse_int(word, id) == HM_NUMBER_OK && *id >= 1)
        return HM_OK;
    return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, word, "expected the number of a %s", what);
}

/* ---- list ---- */

static hm_status read_filter(const cli_args *args, char code[HM_BOOK_CODE_MAX], hm_book_filter *f,
                             hm_err *err)
{
    int64_t year = 0, limit = 100;
    *f = (hm_book_filter){.code = hm_book_code(args->operand[1], code),
                          .legal = cli_flag(args, "legal"),
                          .every = cli_flag(args, "every")};
    HM_TRY(book_read_sex(args->operand[2], &f->has_sex, &f->sex, err));
    HM_TRY(cli_integer(args, "year", 1, 9999, &year, err));
    HM_TRY(cli_integer(args, "limit", 1, HM_BOOK_LIST_MAX, &limit, err));
    f->year = (int32_t)year;
    f->n_max = (int32_t)limit;
    return HM_OK;
}

static void put_row(hm_json_out *o, const hm_book_row *r)
{
    hm_json_put_object(o, NULL, HM_JSON_LINE);
    hm_json_put_integer(o, "place", r->place);
    hm_json_put_text(o, "name", r->name);
    hm_json_put_text(o, "team", r->team);
    hm_json_put_text(o, "sex", r->sex);
    hm_json_put_number(o, "time_s", r->official_cs / 100.0);
    hm_json_put_bool(o, "hand", r->hand);
    book_json_wind(o, r->has_wind, r->wind_cmps);
    if (r->reaction_us >= 0)
        hm_json_put_number(o, "reaction_s", (double)r->reaction_us / 1e6);
    else
        hm_json_put_null(o, "reaction_s");
    hm_json_put_text(o, "date", r->date);
    hm_json_put_text(o, "meet", r->meet);
    hm_json_put_text(o, "venue", r->venue);
    hm_json_put_text(o, "round", r->round);
    hm_json_put_bool(o, "disputed", r->disputed);
    hm_json_put_integer(o, "person", r->person);
    hm_json_put_integer(o, "mark", r->mark);
    hm_json_put_end(o);
}

static hm_status put_list(hm_sink sink, const hm_book_filter *f, const hm_book_rows *rows,
                          hm_err *err)
{
    hm_json_out out = hm_json_out_make(sink, err), *o = &out;
    hm_json_put_object(o, NULL, HM_JSON_BLOCK);
    hm_json_put_text(o, "format", "hectometre-book-list");
    hm_json_put_integer(o, "version", 1);
    hm_json_put_text(o, "event", f->code);
    hm_json_put_text(o, "sex", !f->has_sex ? "all" : f->sex == HM_SEX_MEN ? "men" : "women");
    hm_json_put_array(o, "marks", HM_JSON_BLOCK);
    for (int32_t i = 0; i < rows->n; i++)
        put_row(o, &rows->row[i]);
    hm_json_put_end(o);
    hm_json_put_end(o);
    return hm_json_finish(o);
}

static void wind_cell(cli_table *t, const hm_book_row *r)
{
    char text[HM_OFFICIAL_TEXT];
    cli_table_cell(t, "%s", r->has_wind ? hm_wind_text(hm_wind_dmps(r->wind_cmps), text) : "");
}

/* A name as long as a line would push all else off the terminal. */
static void name_cell(cli_table *t, const char *name)
{
    enum { WIDEST = 40 };
    int n = hm_utf8_clip(name, WIDEST);
    cli_table_cell(t, "%.*s%s", n, name, name[n] ? "..." : "");
}

static hm_status print_list(const cli_args *args, const hm_book_rows *rows, hm_err *err)
{
    static const char *const head[] = {">place", ">time s", ">wind m/s", "name",
                                       "team",   "date",    "meet",      ""};
    char text[HM_OFFICIAL_TEXT];
    cli_table *t = HM_PUSH(args->arena, cli_table, 1);
    if (!t)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    cli_table_init(t, args->arena);
    cli_table_row(t);
    for (size_t i = 0; i < sizeof head / sizeof head[0]; i++)
        cli_table_cell(t, "%s", head[i]);
    for (int32_t i = 0; i < rows->n; i++) {
        const hm_book_row *r = &rows->row[i];
        cli_table_row(t);
        cli_table_cell(t, "%d", r->place);
        cli_table_cell(t, "%s", hm_time_text(r->official_cs, r->hand, text));
        wind_cell(t, r);
        name_cell(t, r->name);
        name_cell(t, r->team);
        cli_table_cell(t, "%s", r->date);
        name_cell(t, r->meet);
        cli_table_cell(t, "%s", r->disputed ? "disputed" : "");
    }
    cli_table_print(t, stdout);
    return HM_OK;
}

static hm_status write_list(const cli_args *args, const hm_book_filter *filter,
                            const hm_book_rows *rows, hm_err *err)
{
    bool csv = cli_flag(args, "csv");
    const char *path = book_json_path(args), *sheet = cli_value(args, "sheet");
    if (sheet)
        HM_TRY(book_sheet_list(args, sheet, filter, rows, err));
    if (!path && !csv && sheet)
        return HM_OK;
    if (!path && !csv)
        return print_list(args, rows, err);
    hm_file f;
    HM_TRY(hm_file_create(path ? path : "-", &f, err));
    hm_status s = csv ? book_put_csv(hm_sink_file(&f), rows, err)
                      : put_list(hm_sink_file(&f), filter, rows, err);
    if (s == HM_OK)
        return hm_file_commit(&f, err);
    hm_file_abort(&f);
    return s;
}

hm_status book_list(const cli_args *args, hm_err *err)
{
    hm_book *book;
    hm_book_rows rows;
    hm_book_filter filter;
    char code[HM_BOOK_CODE_MAX];
    HM_TRY(read_filter(args, code, &filter, err));
    HM_TRY(book_open(args, HM_BOOK_READ, &book, err));
    hm_status s = hm_book_list(book, &filter, args->arena, &rows, err);
    hm_book_close(book);
    return s == HM_OK ? write_list(args, &filter, &rows, err) : s;
}
