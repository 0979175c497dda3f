/* hecto book points: ask the tables, print what they say. */
#include "book_verb.h"

#include "io/file.h"
#include "io/json.h"
#include "race/official.h"

static const char *const sex_word[] = {"men", "women"};

/* ---- asking ---- */

static int32_t wind_points(const book_query *q)
{
    return hm_points_wind(q->gauge, q->wind_dmps);
}

static int32_t placing_points(const book_query *q)
{
    return q->has_place ? hm_points_placing(q->category, q->place) : 0;
}

/* The slowest time that is worth what was asked; by hand, the slowest tenth. */
static hm_status find_time(book_query *q, hm_err *err)
{
    int32_t t_cs = 0;
    if (q->table == BOOK_SCORING)
        HM_TRY(
            hm_points_scoring_worth(q->event, q->sex, q->venue, q->source, q->worth, &t_cs, err));
    else if (q->table == BOOK_COMBINED)
        HM_TRY(hm_points_combined_worth(q->event, q->sex, q->worth, &t_cs, err));
    else if (q->table == BOOK_AGE)
        HM_TRY(hm_points_masters_worth(q->event, q->sex, q->age_yr, q->worth, &t_cs, err));
    else
        HM_TRY(hm_points_ranking_worth(q->event, q->sex, q->venue, wind_points(q),
                                       placing_points(q), q->worth, &t_cs, err));
    q->time_cs = t_cs;
    if (!q->hand)
        return HM_OK;
    q->hand_ds = hm_points_hand_from_cs(t_cs);
    q->time_cs = hm_points_hand_cs(q->hand_ds);
    if (q->hand_ds < 1)
        return hm_err_set(err, HM_ERR_INPUT, NULL, 0, 0, "--worth",
                          "no time by hand is worth %d points", q->worth);
    return HM_OK;
}

static hm_status ask_age(const cli_args *args, const book_query *q, book_answer *a, hm_notes *notes,
                         hm_err *err)
{
    a->title = "Age factors of masters";
    a->edition = hm_points_age_edition;
    HM_TRY(hm_points_age_grade(q->event, q->sex, q->age_yr, q->time_cs, &a->grade, err));
    a->has_points = q->age_yr >= HM_POINTS_MASTERS_AGE_MIN;
    if (!a->has_points) {
        hm_notes_add(notes, args->arena, "points of masters begin at %d",
                     HM_POINTS_MASTERS_AGE_MIN);
        return HM_OK;
    }
    HM_TRY(hm_points_masters_score(q->event, q->sex, q->age_yr, q->time_cs, &a->masters, err));
    a->points = a->masters.points;
    return HM_OK;
}

static void note_score(const cli_args *args, const hm_points_score *s, hm_notes *notes)
{
    if (s->extrapolated)
        hm_notes_add(notes, args->arena, "extrapolated: the book ends at %d points",
                     HM_POINTS_PRINTED_MAX);
    if (s->points != s->formula_points)
        hm_notes_add(notes, args->arena, "as the book prints it; its formula gives %d",
                     s->formula_points);
}

static hm_status ask(const cli_args *args, const book_query *q, book_answer *a, hm_notes *notes,
                     hm_err *err)
{
    *a = (book_answer){.has_points = true};
    switch (q->table) {
    case BOOK_COMBINED:
        a->title = "Tables for Combined Events";
        a->edition = hm_points_combined_edition;
        return hm_points_combined(q->event, q->sex, q->time_cs, &a->points, err);
    case BOOK_AGE:
        return ask_age(args, q, a, notes, err);
    case BOOK_RANKING:
        a->title = "World Rankings, group of the 100 m";
        a->edition = hm_points_ranking_edition;
        if (q->hand)
            hm_notes_add(notes, args->arena,
                         "no text that was read says whether rankings take times by hand");
        HM_TRY(hm_points_ranking(q->event, q->sex, q->venue, q->time_cs, wind_points(q),
                                 placing_points(q), &a->performance, err));
        a->score = a->performance.result;
        a->points = a->performance.points;
        break;
    default:
        HM_TRY(
            hm_points_scoring(q->event, q->sex, q->venue, q->source, q->time_cs, &a->score, err));
        a->title = q->venue == HM_POINTS_INDOOR ? "Scoring Tables of Athletics, indoor"
                                                : "Scoring Tables of Athletics, outdoor";
        a->edition = a->score.edition;
        a->points = a->score.points;
    }
    note_score(args, &a->score, notes);
    return HM_OK;
}

/* ---- telling ---- */

static void print_details(const book_query *q, const book_answer *a)
{
    char text[HM_OFFICIAL_TEXT];
    if (q->table == BOOK_AGE) {
        if (a->has_points)
            printf("  %s after the factor 0.%04d of the group from %d\n",
                   hm_time_text(a->masters.factored_cs, false, text), a->masters.factor_x10000,
                   a->masters.group_yr);
        printf("  age grade %d.%02d %%, against %s\n", a->grade.percent_x100 / 100,
               a->grade.percent_x100 % 100, hm_time_text(a->grade.open_standard_cs, false, text));
    } else if (q->table == BOOK_RANKING) {
        printf("  result %d, wind %+d, place %+d\n", a->score.points, a->performance.wind_points,
               a->performance.placing_points);
    }
}

static void print_text(const book_query *q, const book_answer *a)
{
    char text[HM_OFFICIAL_TEXT];
    printf("%s %s ", hm_points_event_text(q->event), sex_word[q->sex]);
    if (q->hand)
        printf("%s by hand, taken as ", hm_time_text(q->hand_ds * 10, true, text));
    printf("%s", hm_time_text(q->time_cs, false, text));
    if (q->table == BOOK_AGE)
        printf(", at %d", q->age_yr);
    if (a->has_points)
        printf(": %d points", a->points);
    printf("\n");
    print_details(q, a);
    if (q->worth)
        printf("  the slowest time that is worth %d\n", q->worth);
    printf("  %s (%s)\n", a->title, a->edition);
}

static void put_query(hm_json_out *j, const book_query *q)
{
    bool placed = q->table == BOOK_SCORING || q->table == BOOK_RANKING;
    hm_json_put_text(j, "event", hm_points_event_text(q->event));
    hm_json_put_text(j, "sex", sex_word[q->sex]);
    hm_json_put_text(j, "table", book_table_text(q->table));
    if (placed)
        hm_json_put_text(j, "venue", hm_points_venue_text(q->venue));
    if (q->worth)
        hm_json_put_integer(j, "worth", q->worth);
    hm_json_put_number(j, "time_s", q->time_cs / 100.0);
    hm_json_put_bool(j, "hand", q->hand);
    if (q->hand)
        hm_json_put_number(j, "hand_time_s", q->hand_ds / 10.0);
}

static void put_age(hm_json_out *j, const book_query *q, const book_answer *a)
{
    hm_json_put_integer(j, "age_yr", q->age_yr);
    hm_json_put_number(j, "age_grade_percent", a->grade.percent_x100 / 100.0);
    hm_json_put_number(j, "age_factor", a->grade.factor_x10000 / 10000.0);
    hm_json_put_number(j, "open_standard_s", a->grade.open_standard_cs / 100.0);
    if (!a->has_points)
        return;
    hm_json_put_integer(j, "group_yr", a->masters.group_yr);
    hm_json_put_number(j, "group_factor", a->masters.factor_x10000 / 10000.0);
    hm_json_put_number(j, "factored_time_s", a->masters.factored_cs / 100.0);
}

static void put_ranking(hm_json_out *j, const book_query *q, const book_answer *a)
{
    hm_json_put_integer(j, "result_points", a->score.points);
    if (q->gauge == HM_POINTS_WIND)
        hm_json_put_number(j, "wind_mps", q->wind_dmps / 10.0);
    hm_json_put_integer(j, "wind_points", a->performance.wind_points);
    if (q->has_place) {
        hm_json_put_text(j, "category", hm_points_category_text(q->category));
        hm_json_put_integer(j, "place", q->place);
    }
    hm_json_put_integer(j, "placing_points", a->performance.placing_points);
    hm_json_put_text(j, "scoring_edition", a->score.edition);
}

static void put_answer(hm_json_out *j, const book_query *q, const book_answer *a)
{
    if (a->has_points)
        hm_json_put_integer(j, "points", a->points);
    else
        hm_json_put_null(j, "points");
    if (q->table == BOOK_AGE)
        put_age(j, q, a);
    if (q->table == BOOK_RANKING)
        put_ranking(j, q, a);
    if (q->table == BOOK_SCORING || q->table == BOOK_RANKING) {
        hm_json_put_text(j, "points_source", hm_points_source_text(q->source));
        hm_json_put_integer(j, "formula_points", a->score.formula_points);
        hm_json_put_bool(j, "extrapolated", a->score.extrapolated);
    }
    hm_json_put_text(j, "edition", a->edition);
    hm_json_put_text(j, "source", a->title);
}

static hm_status write_json(const char *path, const book_query *q, const book_answer *a,
                            const hm_notes *notes, hm_err *err)
{
    hm_file file;
    HM_TRY(hm_file_create(path, &file, err));
    hm_json_out j = hm_json_out_make(hm_sink_file(&file), err);
    hm_json_put_object(&j, NULL, HM_JSON_BLOCK);
    hm_json_put_text(&j, "format", "hectometre-points");
    hm_json_put_integer(&j, "version", 1);
    put_query(&j, q);
    put_answer(&j, q, a);
    hm_json_put_notes(&j, "notes", notes);
    hm_json_put_end(&j);
    hm_status s = hm_json_finish(&j);
    if (s == HM_OK)
        return hm_file_commit(&file, err);
    hm_file_abort(&file);
    return s;
}

hm_status book_points(const cli_args *args, hm_err *err)
{
    book_query q;
    book_answer a;
    hm_notes notes = {0};
    HM_TRY(book_read_query(args, &q, &notes, err));
    if (q.worth)
        HM_TRY(find_time(&q, err));
    HM_TRY(ask(args, &q, &a, &notes, err));
    const char *path = cli_value(args, "output");
    if (path || cli_flag(args, "json"))
        HM_TRY(write_json(path ? path : "-", &q, &a, &notes, err));
    else
        print_text(&q, &a);
    cli_print_notes(args, &notes);
    return HM_OK;
}
