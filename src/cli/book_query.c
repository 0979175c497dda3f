/* Operands and options of hecto book points. */
#include "book_verb.h"

#include <string.h>
#include <strings.h>

#include "io/number.h"
#include "race/official.h"

static const char *const table_word[BOOK_N_TABLE] = {"scoring", "combined", "age", "ranking"};

const char *book_table_text(book_table table)
{
    return table_word[table];
}

static hm_status read_event(const char *word, hm_points_event *event, hm_err *err)
{
    for (int e = 0; e < HM_POINTS_N_EVENT; e++) {
        const char *name = hm_points_event_text((hm_points_event)e);
        size_t n_digit = strlen(name) - 1; /* "100" will do */
        if (strcasecmp(word, name) == 0 ||
            (strlen(word) == n_digit && strncmp(word, name, n_digit) == 0)) {
            *event = (hm_points_event)e;
            return HM_OK;
        }
    }
    return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, word,
                      "expected an event: 50m, 55m, 60m, 100m or 200m");
}

static hm_status read_sex(const char *word, hm_sex *sex, hm_err *err)
{
    if (strcasecmp(word, "men") == 0 || strcasecmp(word, "m") == 0)
        *sex = HM_SEX_MEN;
    else if (strcasecmp(word, "women") == 0 || strcasecmp(word, "f") == 0 ||
             strcasecmp(word, "w") == 0)
        *sex = HM_SEX_WOMEN;
    else
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, word, "expected men or women (M, F)");
    return HM_OK;
}

/* One of the words of an option; *which stands when the option was not given. */
static hm_status read_word(const cli_args *args, const char *name, int n, const char *(*word)(int),
                           const char *want, int *which, hm_err *err)
{
    const char *given = cli_value(args, name);
    if (!given)
        return HM_OK;
    for (int i = 0; i < n; i++)
        if (strcasecmp(given, word(i)) == 0) {
            *which = i;
            return HM_OK;
        }
    char option[32];
    snprintf(option, sizeof option, "--%s", name);
    return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, option, "expected %s, found \"%s\"", want,
                      given);
}

static const char *table_at(int i)
{
    return table_word[i];
}
static const char *venue_at(int i)
{
    return hm_points_venue_text((hm_points_venue)i);
}
static const char *source_at(int i)
{
    return hm_points_source_text((hm_points_source)i);
}
static const char *category_at(int i)
{
    return hm_points_category_text((hm_points_category)i);
}

/* Options that only some tables know. The first that was given also chooses its table. */
static const struct belonging {
    const char *option;
    bool of[BOOK_N_TABLE];
} belonging[] = {
    {"age", {[BOOK_AGE] = true}},
    {"wind-mps", {[BOOK_RANKING] = true}},
    {"category", {[BOOK_RANKING] = true}},
    {"place", {[BOOK_RANKING] = true}},
    {"venue", {[BOOK_SCORING] = true, [BOOK_RANKING] = true}},
    {"points-source", {[BOOK_SCORING] = true}},
};
enum { N_BELONGING = sizeof belonging / sizeof *belonging };

static book_table table_of_options(const cli_args *args)
{
    if (cli_flag(args, "age"))
        return BOOK_AGE;
    bool ranked =
        cli_flag(args, "wind-mps") || cli_flag(args, "category") || cli_flag(args, "place");
    return ranked ? BOOK_RANKING : BOOK_SCORING;
}

static hm_status read_table(const cli_args *args, book_query *q, hm_err *err)
{
    int table = (int)table_of_options(args);
    HM_TRY(read_word(args, "table", BOOK_N_TABLE, table_at, "scoring, combined, age or ranking",
                     &table, err));
    q->table = (book_table)table;
    for (int i = 0; i < N_BELONGING; i++) {
        char option[32];
        snprintf(option, sizeof option, "--%s", belonging[i].option);
        if (cli_flag(args, belonging[i].option) && !belonging[i].of[table])
            return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, option,
                              "the %s table does not ask for it", table_word[table]);
    }
    if (q->table == BOOK_AGE && !cli_flag(args, "age"))
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--table", "age wants --age N");
    return HM_OK;
}

static hm_status read_wind(const cli_args *args, book_query *q, hm_notes *notes, hm_err *err)
{
    q->gauge = q->venue == HM_POINTS_INDOOR ? HM_POINTS_NO_WIND : HM_POINTS_NO_READING;
    double wind_mps = 0;
    if (!cli_flag(args, "wind-mps")) {
        if (q->gauge == HM_POINTS_NO_READING)
            hm_notes_add(notes, args->arena, "no wind is given, which takes %d points",
                         -hm_points_wind(HM_POINTS_NO_READING, 0));
        return HM_OK;
    }
    HM_TRY(cli_number(args, "wind-mps", -20, 20, &wind_mps, err));
    if (q->venue == HM_POINTS_INDOOR)
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--wind-mps",
                          "no wind is measured indoors");
    q->gauge = HM_POINTS_WIND;
    q->wind_dmps = hm_wind_dmps(hm_wind_cmps(wind_mps));
    return HM_OK;
}

static hm_status read_place(const cli_args *args, book_query *q, hm_notes *notes, hm_err *err)
{
    if (cli_flag(args, "category") != cli_flag(args, "place"))
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--place",
                          "--category and --place go together");
    int category = 0;
    int64_t place = 1;
    HM_TRY(read_word(args, "category", HM_POINTS_N_CATEGORY, category_at,
                     "OW, DF, GW, GL, A, B, C, D, E or F", &category, err));
    HM_TRY(cli_integer(args, "place", 1, 1000, &place, err));
    q->has_place = cli_flag(args, "place");
    q->category = (hm_points_category)category;
    q->place = (int32_t)place;
    if (!q->has_place)
        hm_notes_add(notes, args->arena, "no place is given: placing points are left out");
    else if (q->place > hm_points_n_place(q->category))
        hm_notes_add(notes, args->arena, "in category %s only places to %d score",
                     category_at(category), hm_points_n_place(q->category));
    return HM_OK;
}

static hm_status read_options(const cli_args *args, book_query *q, hm_notes *notes, hm_err *err)
{
    int64_t age_yr = 0;
    int venue = (int)hm_points_usual_venue(q->event), source = HM_POINTS_TABLE;
    HM_TRY(read_table(args, q, err));
    HM_TRY(read_word(args, "venue", 2, venue_at, "outdoor or indoor", &venue, err));
    HM_TRY(read_word(args, "points-source", 2, source_at, "table or formula", &source, err));
    q->venue = (hm_points_venue)venue;
    q->source = (hm_points_source)source;
    HM_TRY(cli_integer(args, "age", HM_POINTS_GRADE_AGE_MIN, HM_POINTS_AGE_MAX, &age_yr, err));
    q->age_yr = (int32_t)age_yr;
    if (q->table != BOOK_RANKING)
        return HM_OK;
    HM_TRY(read_wind(args, q, notes, err));
    return read_place(args, q, notes, err);
}

/* A mark as people write it: 9.58, 10,03, 10.4h. What is finer goes to the next longer unit. */
static hm_status read_mark(const cli_args *args, const char *word, book_query *q, hm_notes *notes,
                           hm_err *err)
{
    char text[32];
    double time_s;
    int32_t n_digit;
    size_t n = strlen(word);
    bool marked = n > 1 && (word[n - 1] == 'h' || word[n - 1] == 'H');
    snprintf(text, sizeof text, "%.*s", (int)(n - marked), word);
    if (n >= sizeof text || hm_number_parse_clock(text, ',', &time_s, &n_digit) != HM_NUMBER_OK ||
        time_s < 0.005 || time_s > 600)
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, word,
                          "expected a time such as 9.58, above 0 and up to 10:00");
    q->hand |= marked;
    int64_t us = hm_time_us(time_s);
    q->hand_ds = hm_hand_ds(us);
    q->time_cs = q->hand ? hm_points_hand_cs(q->hand_ds) : hm_official_cs(us);
    if (q->hand && q->hand_ds * INT64_C(100000) != us)
        hm_notes_add(notes, args->arena, "read as %d.%d, the next longer tenth (TR19.10.1)",
                     q->hand_ds / 10, q->hand_ds % 10);
    else if (!q->hand && q->time_cs * INT64_C(10000) != us)
        hm_notes_add(notes, args->arena, "read as %d.%02d, the next longer hundredth (TR19.23.1)",
                     q->time_cs / 100, q->time_cs % 100);
    else if (!q->hand && n_digit < 2)
        hm_notes_add(notes, args->arena, "read as %d.%02d; if it was taken by hand, say --hand",
                     q->time_cs / 100, q->time_cs % 100);
    return HM_OK;
}

hm_status book_read_query(const cli_args *args, book_query *q, hm_notes *notes, hm_err *err)
{
    *q = (book_query){.hand = cli_flag(args, "hand")};
    bool by_worth = cli_flag(args, "worth");
    int64_t worth = 0;
    if (args->n_operand != (by_worth ? 3 : 4))
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "points",
                          "expected EVENT SEX and a MARK or --worth P, not both");
    HM_TRY(read_event(args->operand[1], &q->event, err));
    HM_TRY(read_sex(args->operand[2], &q->sex, err));
    HM_TRY(read_options(args, q, notes, err));
    HM_TRY(cli_integer(args, "worth", 1, 100000, &worth, err));
    q->worth = (int32_t)worth;
    return by_worth ? HM_OK : read_mark(args, args->operand[3], q, notes, err);
}
