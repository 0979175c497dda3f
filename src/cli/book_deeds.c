/* hecto book merge, conflicts, settle, meets, meet-category, log, undo, backup: what changes a book
 * and what was changed. */
#include "book_db_verb.h"
#include "table.h"

#include <math.h>
#include <string.h>

#include "book/deeds.h"
#include "race/official.h"

static hm_status read_limit(const cli_args *args, int32_t *n, hm_err *err)
{
    int64_t limit = 100;
    HM_TRY(cli_integer(args, "limit", 1, HM_BOOK_LIST_MAX, &limit, err));
    *n = (int32_t)limit;
    return HM_OK;
}

/* ---- conflicts ---- */

static void put_side(hm_json_out *o, const hm_book_side *s)
{
    hm_json_put_object(o, NULL, HM_JSON_LINE);
    hm_json_put_integer(o, "mark", s->mark);
    hm_json_put_bool(o, "stands", s->stands);
    hm_json_put_text(o, "status", s->status);
    hm_json_put_text(o, "rule", s->rule);
    hm_json_put_number(o, "time_s", s->official_cs ? s->official_cs / 100.0 : (double)NAN);
    hm_json_put_bool(o, "hand", s->hand);
    hm_json_put_integer(o, "place", s->place);
    book_json_wind(o, s->has_wind, s->wind_cmps);
    hm_json_put_number(o, "reaction_s",
                       s->reaction_us >= 0 ? (double)s->reaction_us / 1e6 : (double)NAN);
    hm_json_put_text(o, "file", s->file);
    hm_json_put_integer(o, "line", s->line);
    hm_json_put_integer(o, "deed", s->deed);
    hm_json_put_text(o, "at", s->at);
    hm_json_put_end(o);
}

static void put_conflict(hm_json_out *o, const hm_book_conflict *c)
{
    hm_json_put_object(o, NULL, HM_JSON_BLOCK);
    hm_json_put_integer(o, "person", c->person);
    hm_json_put_text(o, "name", c->name);
    hm_json_put_text(o, "event", c->code);
    hm_json_put_text(o, "date", c->date);
    hm_json_put_text(o, "meet", c->meet);
    hm_json_put_text(o, "round", c->round);
    hm_json_put_integer(o, "heat", c->heat);
    hm_json_put_array(o, "versions", HM_JSON_BLOCK);
    for (int32_t i = 0; i < c->n_side; i++)
        put_side(o, &c->side[i]);
    hm_json_put_end(o);
    hm_json_put_end(o);
}

static void print_side(const hm_book_side *s)
{
    char time[HM_OFFICIAL_TEXT], wind[HM_OFFICIAL_TEXT];
    const char *result = s->official_cs ? hm_time_text(s->official_cs, s->hand, time) : s->status;
    printf("  %s mark %lld: %s", s->stands ? "stands" : "      ", (long long)s->mark, result);
    if (s->has_wind)
        printf(" %s", hm_wind_text(hm_wind_dmps(s->wind_cmps), wind));
    if (s->rule[0])
        printf(" %s", s->rule);
    if (s->place)
        printf(", place %d", s->place);
    if (s->reaction_us >= 0)
        printf(", reaction %.3f", (double)s->reaction_us / 1e6);
    printf("  (%s", s->file);
    if (s->line)
        printf(":%lld", (long long)s->line);
    printf(", %s)\n", s->at);
}

static hm_status conflicts_in(hm_book *book, const cli_args *args, hm_err *err)
{
    int32_t n, n_max;
    hm_book_conflict *c;
    book_answer_file a;
    HM_TRY(read_limit(args, &n_max, err));
    HM_TRY(hm_book_conflicts(book, n_max, args->arena, &n, &c, err));
    const char *path = book_json_path(args);
    if (path) {
        HM_TRY(book_json_begin(&a, path, "hectometre-book-conflicts", err));
        hm_json_put_array(&a.out, "conflicts", HM_JSON_BLOCK);
        for (int32_t i = 0; i < n; i++)
            put_conflict(&a.out, &c[i]);
        hm_json_put_end(&a.out);
        return book_json_end(&a, err);
    }
    for (int32_t i = 0; i < n; i++) {
        printf("%s (%lld), %s %s, %s, %s\n", c[i].name, (long long)c[i].person, c[i].code,
               c[i].date, c[i].meet, c[i].round);
        for (int32_t k = 0; k < c[i].n_side; k++)
            print_side(&c[i].side[k]);
    }
    if (n == 0)
        puts("nothing is contested");
    return HM_OK;
}

/* ---- deeds ---- */

static hm_status tell_deed(const cli_args *args, int64_t deed, hm_err *err)
{
    book_answer_file a;
    const char *path = book_json_path(args);
    if (!path) {
        printf("deed %lld\n", (long long)deed);
        return HM_OK;
    }
    HM_TRY(book_json_begin(&a, path, "hectometre-book-deed", err));
    hm_json_put_integer(&a.out, "deed", deed);
    return book_json_end(&a, err);
}

static hm_status settle_in(hm_book *book, const cli_args *args, hm_err *err)
{
    int64_t mark, deed;
    bool take = cli_flag(args, "take");
    HM_TRY(book_read_id(args->operand[1], "mark", &mark, err));
    if (take == cli_flag(args, "keep"))
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "settle",
                          "expected --take (this mark stands) or --keep (what stands goes on)");
    HM_TRY(hm_book_settle(book, mark, take, &deed, err));
    return tell_deed(args, deed, err);
}

static hm_status merge_in(hm_book *book, const cli_args *args, hm_err *err)
{
    int64_t keep, drop;
    HM_TRY(book_read_id(args->operand[1], "person", &keep, err));
    HM_TRY(book_read_id(args->operand[2], "person", &drop, err));
    return hm_book_merge(book, keep, drop, args->arena, err);
}

static hm_status meet_category_in(hm_book *book, const cli_args *args, hm_err *err)
{
    int64_t meet, deed;
    const char *word = args->operand[2];
    HM_TRY(book_read_id(args->operand[1], "meet", &meet, err));
    HM_TRY(hm_book_categorise(book, meet, strcmp(word, "none") == 0 ? "" : word, &deed, err));
    return tell_deed(args, deed, err);
}

static void put_deed(hm_json_out *o, const hm_book_deed *d)
{
    hm_json_put_integer(o, "deed", d->id);
    hm_json_put_text(o, "kind", hm_book_deed_text(d->kind));
    hm_json_put_text(o, "at", d->at);
    hm_json_put_text(o, d->kind == HM_BOOK_IMPORTED ? "source" : "what", d->what);
    if (d->kind == HM_BOOK_IMPORTED) {
        hm_json_put_integer(o, "added", d->added);
        hm_json_put_integer(o, "already", d->already);
        hm_json_put_integer(o, "conflicts", d->conflicts);
    }
    hm_json_put_bool(o, "undone", d->undone);
}

static hm_status undo_in(hm_book *book, const cli_args *args, hm_err *err)
{
    int64_t which = 0;
    hm_book_deed d;
    book_answer_file a;
    if (args->n_operand > 1)
        HM_TRY(book_read_id(args->operand[1], "deed", &which, err));
    HM_TRY(hm_book_undo(book, which, args->arena, &d, err));
    const char *path = book_json_path(args);
    if (!path) {
        puts(d.id ? d.what : "nothing is left to take back");
        return HM_OK;
    }
    HM_TRY(book_json_begin(&a, path, "hectometre-book-undo", err));
    if (d.id)
        put_deed(&a.out, &d);
    else
        hm_json_put_null(&a.out, "deed");
    return book_json_end(&a, err);
}

static void print_deed(const hm_book_deed *d)
{
    printf("%6lld  %s  %-8s  %s", (long long)d->id, d->at, hm_book_deed_text(d->kind), d->what);
    if (d->kind == HM_BOOK_IMPORTED)
        printf(": %lld added, %lld already there, %lld in conflict", (long long)d->added,
               (long long)d->already, (long long)d->conflicts);
    puts(d->undone ? "  (taken back)" : "");
}

static hm_status log_in(hm_book *book, const cli_args *args, hm_err *err)
{
    int32_t n, n_max;
    hm_book_deed *d;
    book_answer_file a;
    HM_TRY(read_limit(args, &n_max, err));
    HM_TRY(hm_book_log(book, n_max, args->arena, &n, &d, err));
    const char *path = book_json_path(args);
    if (!path) {
        for (int32_t i = 0; i < n; i++)
            print_deed(&d[i]);
        return HM_OK;
    }
    HM_TRY(book_json_begin(&a, path, "hectometre-book-log", err));
    hm_json_put_array(&a.out, "deeds", HM_JSON_BLOCK);
    for (int32_t i = 0; i < n; i++) {
        hm_json_put_object(&a.out, NULL, HM_JSON_LINE);
        put_deed(&a.out, &d[i]);
        hm_json_put_end(&a.out);
    }
    hm_json_put_end(&a.out);
    return book_json_end(&a, err);
}

/* ---- meets ---- */

static void put_meet(hm_json_out *o, const hm_book_meet *m)
{
    hm_json_put_object(o, NULL, HM_JSON_LINE);
    hm_json_put_integer(o, "id", m->id);
    hm_json_put_text(o, "date", m->date);
    hm_json_put_text(o, "name", m->name);
    hm_json_put_text(o, "venue", m->venue);
    hm_json_put_text(o, "category", m->category);
    hm_json_put_number(o, "altitude_m", m->altitude_m); /* null when it is not known */
    hm_json_put_integer(o, "marks", m->n_mark);
    hm_json_put_end(o);
}

static hm_status meets_in(hm_book *book, const cli_args *args, hm_err *err)
{
    int32_t n, n_max;
    hm_book_meet *m;
    book_answer_file a;
    HM_TRY(read_limit(args, &n_max, err));
    HM_TRY(hm_book_meets(book, args->n_operand > 1 ? args->operand[1] : "", n_max, args->arena, &n,
                         &m, err));
    const char *path = book_json_path(args);
    if (!path) {
        for (int32_t i = 0; i < n; i++)
            printf("%6lld  %-10s  %s  %s  %s  %lld marks\n", (long long)m[i].id, m[i].date,
                   m[i].name, m[i].venue, m[i].category, (long long)m[i].n_mark);
        return HM_OK;
    }
    HM_TRY(book_json_begin(&a, path, "hectometre-book-meets", err));
    hm_json_put_array(&a.out, "meets", HM_JSON_BLOCK);
    for (int32_t i = 0; i < n; i++)
        put_meet(&a.out, &m[i]);
    hm_json_put_end(&a.out);
    return book_json_end(&a, err);
}

static hm_status backup_in(hm_book *book, const cli_args *args, hm_err *err)
{
    return hm_book_backup(book, args->operand[1], err);
}

/* ---- parts ---- */

hm_status book_conflicts(const cli_args *args, hm_err *err)
{
    return book_with(args, HM_BOOK_READ, conflicts_in, err);
}

hm_status book_settle(const cli_args *args, hm_err *err)
{
    return book_with(args, HM_BOOK_CHANGE, settle_in, err);
}

hm_status book_merge(const cli_args *args, hm_err *err)
{
    return book_with(args, HM_BOOK_CHANGE, merge_in, err);
}

hm_status book_meets(const cli_args *args, hm_err *err)
{
    return book_with(args, HM_BOOK_READ, meets_in, err);
}

hm_status book_meet_category(const cli_args *args, hm_err *err)
{
    return book_with(args, HM_BOOK_CHANGE, meet_category_in, err);
}

hm_status book_log(const cli_args *args, hm_err *err)
{
    return book_with(args, HM_BOOK_READ, log_in, err);
}

hm_status book_undo(const cli_args *args, hm_err *err)
{
    return book_with(args, HM_BOOK_CHANGE, undo_in, err);
}

hm_status book_backup(const cli_args *args, hm_err *err)
{
    return book_with(args, HM_BOOK_READ, backup_in, err);
}
