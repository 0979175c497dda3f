/* hecto book find, person, versus. */
#include "book_db_verb.h"

#include "race/official.h"

static void put_time(hm_json_out *o, const char *key, int32_t official_cs)
{
    if (official_cs)
        hm_json_put_number(o, key, official_cs / 100.0);
    else
        hm_json_put_null(o, key);
}

/* ---- find ---- */

static void put_person(hm_json_out *o, const hm_book_person *p)
{
    hm_json_put_integer(o, "id", p->id);
    hm_json_put_text(o, "name", p->name);
    hm_json_put_text(o, "sex", p->sex);
    hm_json_put_text(o, "born", p->born);
    hm_json_put_integer(o, "marks", p->n_mark);
}

static hm_status find_in(hm_book *book, const cli_args *args, hm_err *err)
{
    hm_book_person *p;
    int32_t n;
    int64_t limit = 100;
    book_answer_file a;
    HM_TRY(cli_integer(args, "limit", 1, HM_BOOK_LIST_MAX, &limit, err));
    HM_TRY(hm_book_find(book, args->operand[1], (int32_t)limit, args->arena, &n, &p, err));
    const char *path = book_json_path(args);
    if (!path) {
        for (int32_t i = 0; i < n; i++)
            printf("%6lld  %s  %s %s  %lld marks\n", (long long)p[i].id, p[i].name, p[i].sex,
                   p[i].born, (long long)p[i].n_mark);
        return HM_OK;
    }
    HM_TRY(book_json_begin(&a, path, "hectometre-book-people", err));
    hm_json_put_array(&a.out, "people", HM_JSON_BLOCK);
    for (int32_t i = 0; i < n; i++) {
        hm_json_put_object(&a.out, NULL, HM_JSON_LINE);
        put_person(&a.out, &p[i]);
        hm_json_put_end(&a.out);
    }
    hm_json_put_end(&a.out);
    return book_json_end(&a, err);
}

/* ---- person ---- */

static void print_bests(const hm_book_person *who, int32_t n, const hm_book_best *b)
{
    char time[HM_OFFICIAL_TEXT], wind[HM_OFFICIAL_TEXT];
    printf("%s  %s %s  %lld marks\n", who->name, who->sex, who->born, (long long)who->n_mark);
    for (int32_t i = 0; i < n; i++) {
        const char *w = b[i].has_wind ? hm_wind_text(hm_wind_dmps(b[i].wind_cmps), wind) : "";
        if (b[i].year)
            printf("  %d  ", b[i].year);
        else
            printf("  best  ");
        printf("%s  %s  %s  %s  %s\n", b[i].code, hm_time_text(b[i].official_cs, false, time), w,
               b[i].date, b[i].meet);
    }
}

static void put_best(hm_json_out *o, const hm_book_best *b)
{
    hm_json_put_object(o, NULL, HM_JSON_LINE);
    hm_json_put_text(o, "event", b->code);
    if (b->year)
        hm_json_put_integer(o, "year", b->year);
    else
        hm_json_put_null(o, "year");
    put_time(o, "time_s", b->official_cs);
    book_json_wind(o, b->has_wind, b->wind_cmps);
    hm_json_put_text(o, "date", b->date);
    hm_json_put_text(o, "meet", b->meet);
    hm_json_put_end(o);
}

static hm_status person_in(hm_book *book, const cli_args *args, hm_err *err)
{
    int64_t id;
    hm_book_person who;
    int32_t n;
    hm_book_best *b;
    book_answer_file a;
    HM_TRY(book_read_id(args->operand[1], "person", &id, err));
    HM_TRY(hm_book_bests(book, id, cli_flag(args, "legal"), args->arena, &who, &n, &b, err));
    const char *path = book_json_path(args);
    if (!path) {
        print_bests(&who, n, b);
        return HM_OK;
    }
    HM_TRY(book_json_begin(&a, path, "hectometre-book-person", err));
    put_person(&a.out, &who);
    hm_json_put_array(&a.out, "bests", HM_JSON_BLOCK);
    for (int32_t i = 0; i < n; i++)
        put_best(&a.out, &b[i]);
    hm_json_put_end(&a.out);
    return book_json_end(&a, err);
}

/* ---- versus ---- */

static void print_duels(int32_t n, const hm_book_duel *d, int32_t wins_a, int32_t wins_b)
{
    char a[HM_OFFICIAL_TEXT], b[HM_OFFICIAL_TEXT];
    for (int32_t i = 0; i < n; i++)
        printf("%s  %s  %s  %s  %s : %s\n", d[i].date, d[i].meet, d[i].code, d[i].round,
               d[i].official_a_cs ? hm_time_text(d[i].official_a_cs, false, a) : "-",
               d[i].official_b_cs ? hm_time_text(d[i].official_b_cs, false, b) : "-");
    printf("the two met %d times: %d to %d\n", n, wins_a, wins_b);
}

static void put_duel(hm_json_out *o, const hm_book_duel *d)
{
    hm_json_put_object(o, NULL, HM_JSON_LINE);
    hm_json_put_text(o, "date", d->date);
    hm_json_put_text(o, "meet", d->meet);
    hm_json_put_text(o, "event", d->code);
    hm_json_put_text(o, "round", d->round);
    put_time(o, "time_a_s", d->official_a_cs);
    put_time(o, "time_b_s", d->official_b_cs);
    hm_json_put_end(o);
}

static hm_status versus_in(hm_book *book, const cli_args *args, hm_err *err)
{
    int64_t id_a, id_b;
    int32_t n, wins_a, wins_b;
    hm_book_duel *d;
    book_answer_file a;
    HM_TRY(book_read_id(args->operand[1], "person", &id_a, err));
    HM_TRY(book_read_id(args->operand[2], "person", &id_b, err));
    HM_TRY(hm_book_duels(book, id_a, id_b, args->arena, &n, &d, &wins_a, &wins_b, err));
    const char *path = book_json_path(args);
    if (!path) {
        print_duels(n, d, wins_a, wins_b);
        return HM_OK;
    }
    HM_TRY(book_json_begin(&a, path, "hectometre-book-versus", err));
    hm_json_put_integer(&a.out, "wins_a", wins_a);
    hm_json_put_integer(&a.out, "wins_b", wins_b);
    hm_json_put_array(&a.out, "heats", HM_JSON_BLOCK);
    for (int32_t i = 0; i < n; i++)
        put_duel(&a.out, &d[i]);
    hm_json_put_end(&a.out);
    return book_json_end(&a, err);
}

/* ---- parts ---- */

hm_status book_find(const cli_args *args, hm_err *err)
{
    return book_with(args, HM_BOOK_READ, find_in, err);
}

hm_status book_person(const cli_args *args, hm_err *err)
{
    return book_with(args, HM_BOOK_READ, person_in, err);
}

hm_status book_versus(const cli_args *args, hm_err *err)
{
    return book_with(args, HM_BOOK_READ, versus_in, err);
}
