/* hecto book list: marks by time or by age grade, of everybody, a team, an age group, a meet. */
#include "book_db_verb.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "io/number.h"
#include "io/utf8.h"
#include "race/official.h"

/* ---- what is asked ---- */

/* U18, U20, or the age at which a group of masters begins, with M, W or nothing before it. */
static hm_status read_group(const char *word, hm_book_filter *f, hm_err *err)
{
    int64_t age = 0;
    if (strcmp(word, "U18") == 0 || strcmp(word, "U20") == 0) {
        f->group = word[1] == '1' ? HM_BOOK_U18 : HM_BOOK_U20;
        return HM_OK;
    }
    const char *digits = word + (word[0] == 'M' || word[0] == 'W');
    bool other_sex = f->has_sex && digits != word && (word[0] == 'M') != (f->sex == HM_SEX_MEN);
    if (hm_number_parse_int(digits, &age) != HM_NUMBER_OK || age < HM_POINTS_MASTERS_AGE_MIN ||
        age > HM_POINTS_AGE_MAX || age % 5 != 0 || other_sex)
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--age-group",
                          "expected U18, U20, or M35, M40 ... (W of women), found \"%s\"", word);
    f->group = HM_BOOK_MASTERS;
    f->group_yr = (int32_t)age;
    return HM_OK;
}

static hm_status read_day(const cli_args *args, const char *option, const char **day, hm_err *err)
{
    const char *text = cli_value(args, option);
    for (int i = 0; text && i < 10; i++)
        if (i == 4 || i == 7 ? text[i] != '-' : text[i] < '0' || text[i] > '9')
            return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, option,
                              "expected a day such as 2009-08-16, found \"%s\"", text);
    *day = text;
    return HM_OK;
}

hm_status book_read_filter(const cli_args *args, char code[HM_BOOK_CODE_MAX], hm_book_filter *f,
                           hm_err *err)
{
    int64_t year = 0, limit = 100;
    *f = (hm_book_filter){.code = hm_book_code(args->operand[1], code),
                          .legal = cli_flag(args, "legal"),
                          .every = cli_flag(args, "every"),
                          .ties = true,
                          .graded = cli_flag(args, "age-graded"),
                          .younger = cli_flag(args, "younger"),
                          .timing = cli_flag(args, "hand") ? HM_BOOK_BY_HAND : HM_BOOK_AUTOMATIC,
                          .team = cli_value(args, "team"),
                          .meet = cli_value(args, "meet"),
                          .venue = cli_value(args, "at")};
    HM_TRY(book_read_sex(args->operand[2], &f->has_sex, &f->sex, err));
    HM_TRY(cli_integer(args, "year", 1, 9999, &year, err));
    HM_TRY(cli_integer(args, "limit", 1, HM_BOOK_LIST_MAX, &limit, err));
    HM_TRY(read_day(args, "from", &f->from, err));
    HM_TRY(read_day(args, "to", &f->to, err));
    f->year = (int32_t)year;
    f->n_max = (int32_t)limit;
    return cli_value(args, "age-group") ? read_group(cli_value(args, "age-group"), f, err) : HM_OK;
}

const char *book_group_text(const hm_book_filter *f, char text[16])
{
    const char *letter = !f->has_sex ? "" : f->sex == HM_SEX_MEN ? "M" : "W";
    text[0] = '\0';
    if (f->group == HM_BOOK_MASTERS)
        snprintf(text, 16, "%s%d", letter, f->group_yr);
    else if (f->group != HM_BOOK_OPEN)
        snprintf(text, 16, "U%d", f->group == HM_BOOK_U18 ? 18 : 20);
    return text;
}

/* ---- JSON ---- */

static void put_age(hm_json_out *o, const hm_book_row *r)
{
    hm_json_put_text(o, "born", r->born);
    if (r->age_yr < 0) {
        hm_json_put_null(o, "age_yr");
        return;
    }
    hm_json_put_integer(o, "age_yr", r->age_yr);
    hm_json_put_bool(o, "age_exact", r->age_exact);
}

/* As masters count it: the time times the factor, rounded up. */
static int32_t graded_cs(const hm_book_row *r)
{
    return (int32_t)hm_ceil_div((int64_t)r->official_cs * r->grade.factor_x10000, 10000);
}

void book_json_row(hm_json_out *o, const hm_book_row *r)
{
    hm_json_put_text(o, "name", r->name);
    hm_json_put_text(o, "team", r->team);
    hm_json_put_text(o, "sex", r->sex);
    hm_json_put_number(o, "time_s", r->official_cs / 100.0);
    hm_json_put_bool(o, "hand", r->hand);
    book_json_wind(o, r->has_wind, r->wind_cmps);
    hm_json_put_number(o, "reaction_s",
                       r->reaction_us >= 0 ? (double)r->reaction_us / 1e6 : (double)NAN);
    put_age(o, r);
    if (r->grade.percent_x100) {
        hm_json_put_number(o, "age_grade_percent", r->grade.percent_x100 / 100.0);
        hm_json_put_number(o, "age_factor", r->grade.factor_x10000 / 10000.0);
        hm_json_put_number(o, "graded_time_s", graded_cs(r) / 100.0);
    }
    hm_json_put_text(o, "date", r->date);
    hm_json_put_text(o, "meet", r->meet);
    hm_json_put_text(o, "venue", r->venue);
    hm_json_put_text(o, "round", r->round);
    hm_json_put_number(o, "altitude_m", r->altitude_m); /* null when it is not known */
    hm_json_put_bool(o, "disputed", r->disputed);
    hm_json_put_integer(o, "person", r->person);
    hm_json_put_integer(o, "mark", r->mark);
}

static hm_status put_list(hm_sink sink, const hm_book_filter *f, const hm_book_rows *rows,
                          hm_err *err)
{
    char group[16];
    hm_json_out out = hm_json_out_make(sink, err), *o = &out;
    hm_json_put_object(o, NULL, HM_JSON_BLOCK);
    hm_json_put_text(o, "format", "hectometre-book-list");
    hm_json_put_integer(o, "version", 1);
    hm_json_put_text(o, "event", f->code);
    hm_json_put_text(o, "sex", !f->has_sex ? "all" : f->sex == HM_SEX_MEN ? "men" : "women");
    hm_json_put_text(o, "age_group", book_group_text(f, group));
    if (f->graded)
        hm_json_put_text(o, "edition", hm_points_age_edition);
    hm_json_put_array(o, "marks", HM_JSON_BLOCK);
    for (int32_t i = 0; i < rows->n; i++) {
        hm_json_put_object(o, NULL, HM_JSON_LINE);
        hm_json_put_integer(o, "place", rows->row[i].place);
        book_json_row(o, &rows->row[i]);
        hm_json_put_end(o);
    }
    hm_json_put_end(o);
    hm_json_put_end(o);
    return hm_json_finish(o);
}

/* ---- the terminal ---- */

void book_wind_cell(cli_table *t, const hm_book_row *r)
{
    char text[HM_OFFICIAL_TEXT];
    cli_table_cell(t, "%s", r->has_wind ? hm_wind_text(hm_wind_dmps(r->wind_cmps), text) : "");
}

/* A name as long as a line would push all else off the terminal. */
void book_name_cell(cli_table *t, const char *name)
{
    enum { WIDEST = 40 };
    int n = hm_utf8_clip(name, WIDEST);
    cli_table_cell(t, "%.*s%s", n, name, name[n] ? "..." : "");
}

static void age_cells(cli_table *t, const hm_book_row *r, bool graded)
{
    char text[HM_OFFICIAL_TEXT];
    if (r->age_yr < 0)
        cli_table_cell(t, "%s", "");
    else
        cli_table_cell(t, "%s%d", r->age_exact ? "" : "~", r->age_yr);
    if (!graded)
        return;
    cli_table_cell(t, "%d.%02d", r->grade.percent_x100 / 100, r->grade.percent_x100 % 100);
    cli_table_cell(t, "%s", hm_time_text(graded_cs(r), false, text));
}

static hm_status print_list(const cli_args *args, const hm_book_filter *f, const hm_book_rows *rows,
                            hm_err *err)
{
    static const char *const head[] = {">place", ">time s", ">wind m/s", "name",
                                       "team",   "date",    "meet",      ""};
    static const char *const aged[] = {">age", ">grade %", ">graded s"};
    char text[HM_OFFICIAL_TEXT];
    cli_table *t = NULL;
    bool with_age = f->graded || f->group != HM_BOOK_OPEN;
    HM_TRY(cli_table_begin(args->arena, 8, head, &t, err));
    for (int i = 0; i < (f->graded ? 3 : with_age ? 1 : 0); i++)
        cli_table_cell(t, "%s", aged[i]);
    for (int32_t i = 0; i < rows->n; i++) {
        const hm_book_row *r = &rows->row[i];
        cli_table_row(t);
        cli_table_cell(t, "%d", r->place);
        cli_table_cell(t, "%s", hm_time_text(r->official_cs, r->hand, text));
        book_wind_cell(t, r);
        book_name_cell(t, r->name);
        book_name_cell(t, r->team);
        cli_table_cell(t, "%s", r->date);
        book_name_cell(t, r->meet);
        cli_table_cell(t, "%s", r->disputed ? "disputed" : "");
        if (with_age)
            age_cells(t, r, f->graded);
    }
    cli_table_print(t, stdout);
    if (f->graded)
        printf("age factors: %s; ~ the younger of two ages: a day is not known\n",
               hm_points_age_edition);
    return HM_OK;
}

static hm_status write_list(const cli_args *args, const hm_book_filter *filter,
                            const hm_book_rows *rows, hm_err *err)
{
    bool csv = cli_flag(args, "csv");
    const char *path = book_json_path(args), *sheet = cli_value(args, "sheet");
    if (sheet)
        HM_TRY(book_sheet_list(args, sheet, filter, rows, err));
    if (!path && !csv)
        return sheet ? HM_OK : print_list(args, filter, rows, err);
    hm_file f;
    HM_TRY(hm_file_create(path ? path : "-", &f, err));
    hm_status s = csv ? book_put_csv(hm_sink_file(&f), rows, err)
                      : put_list(hm_sink_file(&f), filter, rows, err);
    if (s == HM_OK)
        return hm_file_commit(&f, err);
    hm_file_abort(&f);
    return s;
}

/* Times by hand are a list of their own: who finds nothing should know of them. */
static hm_status note_hand(hm_book *book, const cli_args *args, hm_book_filter filter, hm_err *err)
{
    hm_notes notes = {0};
    hm_book_rows rows;
    filter.timing = HM_BOOK_BY_HAND;
    filter.n_max = 1;
    HM_TRY(hm_book_list(book, &filter, args->arena, &rows, err));
    if (rows.n > 0)
        hm_notes_add(&notes, args->arena, "times by hand are a list of their own: --hand");
    cli_print_notes(args, &notes);
    return HM_OK;
}

static hm_status list_in(hm_book *book, const cli_args *args, hm_err *err)
{
    hm_book_rows rows;
    hm_book_filter filter;
    char code[HM_BOOK_CODE_MAX];
    HM_TRY(book_read_filter(args, code, &filter, err));
    HM_TRY(hm_book_list(book, &filter, args->arena, &rows, err));
    if (rows.n == 0 && !cli_flag(args, "hand"))
        HM_TRY(note_hand(book, args, filter, err));
    return write_list(args, &filter, &rows, err);
}

hm_status book_list(const cli_args *args, hm_err *err)
{
    return book_with(args, HM_BOOK_READ, list_in, err);
}
