/* hecto book records: the record, and each before it. */
#include "book_records.h"

#include "book_db_verb.h"
#include "fit_plot.h"

#include <math.h>
#include <string.h>

#include "race/official.h"

enum { HIGH_M = 1000 /* an A of statisticians; it refuses nothing */ };

/* Altitude above 1000 m, as statisticians mark it (recalled). */
static bool is_high(const hm_book_row *r)
{
    return r->altitude_m > HIGH_M; /* NAN is not */
}

/* ---- JSON ---- */

static void put_line(hm_json_out *o, const char *key, const hm_book_line *line)
{
    hm_json_put_array(o, key, HM_JSON_BLOCK);
    for (int32_t i = 0; i < line->n; i++) {
        const hm_book_record *r = &line->record[i];
        hm_json_put_object(o, NULL, HM_JSON_LINE);
        hm_json_put_bool(o, "equalled", r->equalled);
        hm_json_put_number(o, "by_s", r->by_cs ? r->by_cs / 100.0 : (double)NAN);
        if (r->stood_days >= 0)
            hm_json_put_integer(o, "stood_days", r->stood_days);
        else
            hm_json_put_null(o, "stood_days");
        hm_json_put_bool(o, "altitude", is_high(&r->row));
        book_json_row(o, &r->row);
        hm_json_put_end(o);
    }
    hm_json_put_end(o);
}

static hm_status put_records(const char *path, const hm_book_filter *f, const hm_book_records *r,
                             hm_err *err)
{
    char group[16];
    book_answer_file a;
    HM_TRY(book_json_begin(&a, path, "hectometre-book-records", err));
    hm_json_put_text(&a.out, "event", f->code);
    hm_json_put_text(&a.out, "sex", !f->has_sex ? "all" : f->sex == HM_SEX_MEN ? "men" : "women");
    hm_json_put_text(&a.out, "age_group", book_group_text(f, group));
    put_line(&a.out, "records", &r->legal);
    put_line(&a.out, "wind_aided", &r->aided);
    put_line(&a.out, "by_hand", &r->hand);
    return book_json_end(&a, err);
}

/* ---- the terminal ---- */

/* Years and days: "12 y 34 d". */
static void stood_cell(cli_table *t, const hm_book_record *r, bool is_last)
{
    enum { DAYS_400_YR = 146097 };
    if (r->stood_days < 0) {
        cli_table_cell(t, "%s", is_last ? "stands" : "");
        return;
    }
    int64_t years = r->stood_days * 400 / DAYS_400_YR;
    int64_t days = r->stood_days - years * DAYS_400_YR / 400;
    if (years)
        cli_table_cell(t, "%lld y %lld d", (long long)years, (long long)days);
    else
        cli_table_cell(t, "%lld d", (long long)days);
}

static void record_row(cli_table *t, const hm_book_record *r, bool aided, bool is_last)
{
    char time[HM_OFFICIAL_TEXT];
    const hm_book_row *row = &r->row;
    cli_table_row(t);
    cli_table_cell(t, "%s", row->date);
    cli_table_cell(t, "%s%s%s%s", r->equalled ? "= " : "",
                   hm_time_text(row->official_cs, row->hand, time),
                   aided && row->has_wind ? "w" : "", is_high(row) ? "A" : "");
    if (aided && !row->has_wind)
        cli_table_cell(t, "NWI");
    else
        book_wind_cell(t, row);
    if (r->by_cs)
        cli_table_cell(t, "%d.%02d", r->by_cs / 100, r->by_cs % 100);
    else
        cli_table_cell(t, "%s", "");
    stood_cell(t, r, is_last);
    book_name_cell(t, row->name);
    book_name_cell(t, row->team);
    book_name_cell(t, row->meet);
    book_name_cell(t, row->venue);
}

static hm_status print_line(const cli_args *args, const char *title, const hm_book_line *line,
                            bool aided, hm_err *err)
{
    static const char *const head[] = {"date", ">time s", ">wind m/s", ">by s", ">stood",
                                       "name", "team",    "meet",      "venue"};
    cli_table *t = NULL;
    if (line->n == 0)
        return HM_OK;
    HM_TRY(cli_table_begin(args->arena, sizeof head / sizeof head[0], head, &t, err));
    int32_t last_cs = line->record[line->n - 1].row.official_cs;
    for (int32_t i = 0; i < line->n; i++)
        record_row(t, &line->record[i], aided,
                   !aided && line->record[i].row.official_cs == last_cs);
    if (title)
        printf("\n%s\n", title);
    cli_table_print(t, stdout);
    return HM_OK;
}

static hm_status print_records(const cli_args *args, const hm_book_records *r, hm_err *err)
{
    if (r->legal.n == 0)
        puts("no automatic time with a legal wind and a date");
    HM_TRY(print_line(args, NULL, &r->legal, false, err));
    HM_TRY(print_line(args,
                      "faster than all before, but wind above 2.0 m/s (w) or not measured "
                      "(NWI): no record",
                      &r->aided, true, err));
    HM_TRY(print_line(args, "by hand", &r->hand, false, err));
    puts("\n= the same time as the record that stood; A above 1000 m; by: better than the record "
         "before");
    return HM_OK;
}

/* ---- what of ---- */

static const char *title_of(const hm_book_filter *f, hm_arena *arena)
{
    char group[16];
    book_group_text(f, group);
    return hm_arena_printf(arena, "%s %s%s%s%s%s%s%s%s%s", f->code,
                           !f->has_sex            ? "men and women"
                           : f->sex == HM_SEX_MEN ? "men"
                                                  : "women",
                           group[0] ? ", " : "", group, f->team ? ", " : "", f->team ? f->team : "",
                           f->meet ? ", " : "", f->meet ? f->meet : "", f->venue ? ", " : "",
                           f->venue ? f->venue : "");
}

static hm_status draw(const cli_args *args, const hm_book_filter *f, const hm_book_records *r,
                      hm_err *err)
{
    const char *path = cli_value(args, "plot");
    hm_chart_format format;
    char *bytes;
    size_t n;
    HM_TRY(fit_plot_format_of(path, &format, err));
    const char *title = title_of(f, args->arena);
    if (!title)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    HM_TRY(book_records_plot(r, title, format, args->arena, &bytes, &n, err));
    return hm_file_write(path, bytes, n, err);
}

static hm_status records_in(hm_book *book, const cli_args *args, hm_err *err)
{
    hm_book_records r;
    hm_book_filter filter;
    char code[HM_BOOK_CODE_MAX];
    HM_TRY(book_read_filter(args, code, &filter, err));
    if (filter.graded)
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--age-graded",
                          "is for lists; records know --age-group");
    HM_TRY(hm_book_record_lines(book, &filter, args->arena, &r, err));
    if (cli_value(args, "plot"))
        HM_TRY(draw(args, &filter, &r, err));
    const char *path = book_json_path(args);
    return path ? put_records(path, &filter, &r, err) : print_records(args, &r, err);
}

hm_status book_records(const cli_args *args, hm_err *err)
{
    return book_with(args, HM_BOOK_READ, records_in, err);
}
