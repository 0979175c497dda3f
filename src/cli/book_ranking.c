/* hecto book ranking: the world ranking of a book, and what its winds are worth in seconds. */
#include "book_db_verb.h"

#include <math.h>
#include <string.h>

#include "book/records.h"
#include "race/official.h"
#include "sprint/air.h"

/* What Mureika's calculator takes (sprint/air.h). */
static const double mureika_a = 0.028;

/* What physics says of a performance: its time in still air, and the points of that. */
typedef struct still {
    bool has;
    int32_t time_cs, points;
} still;

static still still_of(const hm_book_performance *p, hm_sex sex)
{
    still s = {0};
    hm_points_score score;
    if (strcmp(p->code, "100m") != 0 || !p->row.has_wind)
        return s;
    double time_s = hm_wind_mureika_s(p->row.official_cs / 100.0,
                                      hm_wind_dmps(p->row.wind_cmps) / 10.0, 0, mureika_a);
    s.time_cs = hm_official_cs(hm_time_us(time_s));
    s.has = hm_points_scoring(HM_POINTS_100M, sex, HM_POINTS_OUTDOOR, HM_POINTS_TABLE, s.time_cs,
                              &score, NULL) == HM_OK;
    s.points = s.has ? score.points : 0;
    return s;
}

static void put_performance(hm_json_out *o, const hm_book_performance *p, hm_sex sex)
{
    still s = still_of(p, sex);
    hm_json_put_object(o, NULL, HM_JSON_LINE);
    hm_json_put_integer(o, "points", p->points.points);
    hm_json_put_integer(o, "result_points", p->points.result.points);
    hm_json_put_integer(o, "wind_points", p->points.wind_points);
    hm_json_put_integer(o, "placing_points", p->points.placing_points);
    if (s.has) {
        hm_json_put_number(o, "still_air_time_s", s.time_cs / 100.0);
        hm_json_put_integer(o, "still_air_points", s.points);
    }
    hm_json_put_text(o, "event", p->code);
    hm_json_put_text(o, "category", p->category);
    hm_json_put_integer(o, "final_place", p->place_scored);
    book_json_row(o, &p->row);
    hm_json_put_end(o);
}

static void put_ranked(hm_json_out *o, const hm_book_ranked *r, hm_sex sex)
{
    hm_json_put_object(o, NULL, HM_JSON_BLOCK);
    hm_json_put_integer(o, "place", r->place);
    hm_json_put_text(o, "name", r->name);
    hm_json_put_text(o, "team", r->team);
    hm_json_put_integer(o, "person", r->person);
    hm_json_put_number(o, "score", r->sum / (double)HM_BOOK_RANKED_OF);
    hm_json_put_array(o, "performances", HM_JSON_BLOCK);
    for (int i = 0; i < HM_BOOK_RANKED_OF; i++)
        put_performance(o, &r->best[i], sex);
    hm_json_put_end(o);
    hm_json_put_end(o);
}

static hm_status put_ranking(const char *path, const hm_book_ranking *r, hm_sex sex, hm_err *err)
{
    book_answer_file a;
    HM_TRY(book_json_begin(&a, path, "hectometre-book-ranking", err));
    hm_json_put_text(&a.out, "event", "100m");
    hm_json_put_text(&a.out, "sex", sex == HM_SEX_MEN ? "men" : "women");
    hm_json_put_text(&a.out, "after", r->after);
    hm_json_put_text(&a.out, "on", r->on);
    hm_json_put_text(&a.out, "edition", r->edition);
    hm_json_put_text(&a.out, "status", "secondary");
    hm_json_put_integer(&a.out, "too_few", r->n_few);
    hm_json_put_array(&a.out, "ranked", HM_JSON_BLOCK);
    for (int32_t i = 0; i < r->n; i++)
        put_ranked(&a.out, &r->ranked[i], sex);
    hm_json_put_end(&a.out);
    return book_json_end(&a, err);
}

/* ---- the terminal ---- */

/* So many points more or less; empty when there is nothing to tell. */
static void change_cell(cli_table *t, bool told, int32_t points)
{
    if (told)
        cli_table_cell(t, "%+d", points);
    else
        cli_table_cell(t, "%s", "");
}

static void performance_row(cli_table *t, const hm_book_performance *p, hm_sex sex)
{
    char time[HM_OFFICIAL_TEXT];
    still s = still_of(p, sex);
    cli_table_row(t);
    cli_table_cell(t, "%s", "");
    cli_table_cell(t, "%d", p->points.points);
    cli_table_cell(t, "%s", p->code);
    cli_table_cell(t, "%s", hm_time_text(p->row.official_cs, false, time));
    book_wind_cell(t, &p->row);
    cli_table_cell(t, "%d", p->points.result.points);
    change_cell(t, p->points.wind_points != 0, p->points.wind_points);
    change_cell(t, s.has, s.points - p->points.result.points);
    if (p->points.placing_points)
        cli_table_cell(t, "%+d (%s, %d)", p->points.placing_points, p->category, p->place_scored);
    else
        cli_table_cell(t, "%s", "");
    cli_table_cell(t, "%s", p->row.date);
    book_name_cell(t, p->row.meet);
}

static hm_status print_ranking(const cli_args *args, const hm_book_ranking *r, hm_sex sex,
                               hm_err *err)
{
    static const char *const head[] = {">place",    ">score",  "event", ">time s",
                                       ">wind m/s", ">result", ">wind", ">(physics)",
                                       "place",     "date",    "meet"};
    cli_table *t = NULL;
    HM_TRY(cli_table_begin(args->arena, sizeof head / sizeof head[0], head, &t, err));
    for (int32_t i = 0; i < r->n; i++) {
        const hm_book_ranked *one = &r->ranked[i];
        cli_table_row(t);
        cli_table_cell(t, "%d", one->place);
        cli_table_cell(t, "%d.%d", one->sum / HM_BOOK_RANKED_OF,
                       one->sum % HM_BOOK_RANKED_OF * 10 / HM_BOOK_RANKED_OF);
        book_name_cell(t, one->name);
        for (int k = 0; k < HM_BOOK_RANKED_OF; k++)
            performance_row(t, &one->best[k], sex);
    }
    cli_table_print(t, stdout);
    printf("world ranking of the 100 m group on %s, of performances after %s: mean of the best %d, "
           "at least %d at 100 m; %d with fewer are not ranked\n",
           r->on, r->after, HM_BOOK_RANKED_OF, HM_BOOK_RANKED_MAIN, r->n_few);
    printf("rules of wind and places: %s. (physics): what the wind was worth, in points of the "
           "time in still air (Mureika 2001); it does not count\n",
           r->edition);
    return HM_OK;
}

static hm_status ranking_in(hm_book *book, const cli_args *args, hm_err *err)
{
    bool has_sex;
    hm_sex sex;
    int64_t limit = 100;
    char code[HM_BOOK_CODE_MAX];
    hm_book_ranking r;
    HM_TRY(book_read_sex(args->operand[2], &has_sex, &sex, err));
    HM_TRY(cli_integer(args, "limit", 1, HM_BOOK_LIST_MAX, &limit, err));
    if (!has_sex)
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, args->operand[2], "expected men or women");
    HM_TRY(hm_book_rank(book, hm_book_code(args->operand[1], code), sex, cli_value(args, "on"),
                        (int32_t)limit, args->arena, &r, err));
    const char *path = book_json_path(args);
    return path ? put_ranking(path, &r, sex, err) : print_ranking(args, &r, sex, err);
}

hm_status book_ranking(const cli_args *args, hm_err *err)
{
    return book_with(args, HM_BOOK_READ, ranking_in, err);
}
