#include "data/entries.h"

#include "sheet_priv.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "io/column.h"
#include "io/csv.h"
#include "io/file.h"
#include "io/number.h"
#include "io/utf8.h"

enum { QUOTE = 40 };

static const double fastest_s = 7, slowest_s = 600; /* outside it is a slip of the pen */
static const double wind_most_mps = 20;
static const uint64_t key_mask = (UINT64_C(1) << 56) - 1;

static const hm_unit second[] = {{"s", 1}, {"sec", 1}, {"sek", 1}, {"秒", 1}, {0}};

/* ---- a table: columns by name, cells with their place ---- */

typedef enum column {
    NAME,
    TEAM,
    ID,
    BEST,
    DNS,
    ROUND,
    TIME,
    STATUS,
    REACTION,
    WIND,
    ADVANCE,
    SPRINTER,
    BORN,
    N_COLUMN
} column;

static const hm_column column_row[N_COLUMN] = {
    [NAME] = {"name", NULL, 1, {"name", "athlete", "runner", "athlet", "名前", "氏名", "選手名"}},
    [TEAM] = {"team",
              NULL,
              1,
              {"team", "club", "country", "nation", "nat", "school", "verein", "schule", "land",
               "所属", "国"}},
    [ID] = {"id", NULL, 1, {"id", "bib", "number", "license", "licence", "startnummer", "番号"}},
    [BEST] = {"best_s",
              second,
              1,
              {"best", "sb", "pb", "season_best", "seed_time", "entry_time", "mark", "bestzeit",
               "meldezeit", "自己記録"}},
    [DNS] = {"dns", NULL, 1, {"dns", "withdrawn", "scratched", "欠場"}},
    [ROUND] = {"round", NULL, 1, {"round", "runde", "ラウンド"}},
    [TIME] = {"time_s", second, 1, {"time", "result", "zeit", "記録"}},
    [STATUS] = {"status", NULL, 1, {"status", "状態"}},
    [REACTION] = {"reaction_s", second, 1, {"reaction", "rt", "reaktion", "反応"}},
    [WIND] = {"wind_mps", NULL, 1, {"wind_mps", "wind", "風", "風速"}},
    [ADVANCE] = {"advance", NULL, 1, {"advance", "qualified"}},
    [SPRINTER] = {"sprinter", NULL, 1, {"sprinter", "sprinter_file", "profile", "profil"}},
    [BORN] = {"born",
              NULL,
              1,
              {"born", "year_of_birth", "yob", "date_of_birth", "dob", "jahrgang", "geboren",
               "生年", "生年月日"}},
};

typedef struct table {
    const hm_csv *csv;
    int32_t at[N_COLUMN]; /* cell of each column, -1 = absent */
    hm_arena *arena;
    hm_notes *notes;
    hm_err *err;
} table;

static const char *text_of(const table *t, const hm_csv_row *row, column c)
{
    return t->at[c] < 0 ? "" : row->cell[t->at[c]].text;
}

static hm_status no_memory(const table *t)
{
    return hm_err_set(t->err, HM_ERR_SYSTEM, t->csv->source, 0, 0, NULL, "no memory");
}

static hm_status refuse(const table *t, const hm_csv_row *row, column c, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));

static hm_status refuse(const table *t, const hm_csv_row *row, column c, const char *fmt, ...)
{
    char what[200];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(what, sizeof what, fmt, ap);
    va_end(ap);
    const char *found = text_of(t, row, c);
    int n = hm_utf8_clip(found, QUOTE);
    return hm_err_set(t->err, HM_ERR_INPUT, t->csv->source, row->line,
                      t->at[c] < 0 ? 0 : row->cell[t->at[c]].col, column_row[c].name,
                      "expected %s, found '%.*s'%s", what, n, found, found[n] ? "..." : "");
}

static hm_status read_header(table *t, uint32_t known, uint32_t needed)
{
    const hm_csv_row *head = &t->csv->head;
    for (int c = 0; c < N_COLUMN; c++)
        t->at[c] = -1;
    for (int32_t i = 0; i < head->n_cell; i++) {
        char key[HM_COLUMN_KEY];
        double scale = 1;
        hm_column_fold(head->cell[i].text, key);
        int32_t c = hm_column_find(key, N_COLUMN, column_row, &scale);
        if (c >= 0 && t->at[c] >= 0)
            return hm_err_set(t->err, HM_ERR_INPUT, t->csv->source, head->line, head->cell[i].col,
                              column_row[c].name, "expected one column of this name, found two");
        if (c >= 0 && (known >> c & 1))
            t->at[c] = i;
        else if (head->cell[i].text[0] &&
                 hm_notes_add(t->notes, t->arena, "line %lld, column %d: '%.*s' is not used",
                              (long long)head->line, head->cell[i].col,
                              hm_utf8_clip(head->cell[i].text, QUOTE), head->cell[i].text) != HM_OK)
            return no_memory(t);
    }
    for (int c = 0; c < N_COLUMN; c++)
        if ((needed >> c & 1) && t->at[c] < 0)
            return hm_err_set(t->err, HM_ERR_INPUT, t->csv->source, head->line, 1,
                              column_row[c].name,
                              "expected a column of this name in the header, found none");
    return HM_OK;
}

static hm_status read_text(const table *t, const hm_csv_row *row, column c, const char **out)
{
    const char *text = text_of(t, row, c);
    if (strlen(text) > HM_ENTRY_TEXT_MAX)
        return refuse(t, row, c, "at most %d bytes", HM_ENTRY_TEXT_MAX);
    for (const char *s = text; *s; s++)
        if ((unsigned char)*s < 0x20 || *s == 0x7f)
            return hm_err_set(t->err, HM_ERR_INPUT, t->csv->source, row->line,
                              row->cell[t->at[c]].col, column_row[c].name,
                              "expected printable text, found a control character");
    *out = text;
    return HM_OK;
}

static hm_status read_number(const table *t, const hm_csv_row *row, column c, double lo, double hi,
                             double *out, int32_t *digits)
{
    const char *text = text_of(t, row, c);
    double v;
    hm_number_fault fault = strchr(text, ':')
                                ? hm_number_parse_clock(text, t->csv->decimal, &v, digits)
                                : hm_number_parse(text, t->csv->decimal, &v);
    if (fault != HM_NUMBER_OK || !(v >= lo && v <= hi))
        return refuse(t, row, c, "a number from %g to %g", lo, hi);
    if (digits) {
        const char *mark = strpbrk(text, ".,");
        *digits = mark ? (int32_t)strspn(mark + 1, "0123456789") : 0;
    }
    *out = v;
    return HM_OK;
}

/* To the nearest microsecond, as race/official.h has it: takes away what binary fractions add. */
static int64_t us_of(double s)
{
    return (int64_t)floor(s * 1e6 + 0.5);
}

/* A remark `# meet: Club evening`; other keys are for people. */
static void read_remarks(const hm_csv *csv, hm_entries *e)
{
    static const char *const key[] = {"meet", "event", "date", "venue"};
    const char **value[] = {&e->meet, &e->event, &e->date, &e->venue};
    for (int32_t i = 0; i < csv->n_remark; i++)
        for (int k = 0; k < 4; k++) {
            const char *text = csv->remark[i].text + strspn(csv->remark[i].text, " ");
            size_t n = strlen(key[k]);
            if (strncmp(text, key[k], n) == 0 && text[n] == ':')
                *value[k] = text + n + 1 + strspn(text + n + 1, " ");
        }
    for (int32_t i = 0; i < csv->n_remark; i++) {
        const char *text = csv->remark[i].text + strspn(csv->remark[i].text, " ");
        if (strncmp(text, "sex:", 4) == 0)
            e->has_sex = sheet_sex_of(text + 4 + strspn(text + 4, " "), &e->sex);
    }
}

/* ---- entries ---- */

static bool is_one_of(const char *text, const char *const list[])
{
    char word[16];
    hm_utf8_fold(text, word, sizeof word);
    for (; *list; list++)
        if (strcmp(word, *list) == 0)
            return true;
    return false;
}

/* R1, R2, SF, F in any case; yes, x, 1 and dns mean the first round. */
static hm_status read_round(const table *t, const hm_csv_row *row, column c, const char **out)
{
    static const char *const first[] = {"yes", "x", "1", "dns", "true", "ja", "r1", NULL};
    static const char *const no[] = {"", "no", "0", "false", "nein", NULL};
    static const char *const code[] = {"F",  "SF", "R1",  "R2",  "R3",  "R4",  "R5",  "R6", "R7",
                                       "R8", "R9", "R10", "R11", "R12", "R13", "R14", NULL};
    const char *text = text_of(t, row, c);
    if (c == DNS && (is_one_of(text, first) || is_one_of(text, no))) {
        *out = is_one_of(text, first) ? "R1" : "";
        return HM_OK;
    }
    char word[16];
    hm_utf8_fold(text, word, sizeof word);
    for (int i = 0; code[i]; i++) {
        char folded[16];
        hm_utf8_fold(code[i], folded, sizeof folded);
        if (strcmp(word, folded) == 0) {
            *out = code[i];
            return HM_OK;
        }
    }
    return refuse(t, row, c, "a round: R1, R2 ..., SF or F");
}

/* Who it is, whatever the order of the file: the id, or name and team. */
static uint64_t key_of(const hm_entry *e)
{
    uint64_t h = hm_hash(HM_HASH_START, e->id, strlen(e->id) + 1);
    if (!e->id[0]) {
        h = hm_hash(h, e->name, strlen(e->name) + 1);
        h = hm_hash(h, e->team, strlen(e->team) + 1);
    }
    return h & key_mask;
}

/* 1988, 1988-03 or 1988-03-04. */
static hm_status read_born(const table *t, const hm_csv_row *row, const char **out)
{
    static const char form[] = "0000-00-00";
    const char *text = text_of(t, row, BORN);
    size_t n = strlen(text);
    bool fits = n == 0 || n == 4 || n == 7 || n == 10;
    for (size_t i = 0; i < n && fits; i++)
        fits = form[i] == '-' ? text[i] == '-' : text[i] >= '0' && text[i] <= '9';
    if (!fits)
        return refuse(t, row, BORN, "a year or a date such as 1988-03-04");
    *out = text;
    return HM_OK;
}

static hm_status read_entry(const table *t, const hm_csv_row *row, hm_entry *e)
{
    double best_s;
    *e = (hm_entry){.line = row->line, .dns = "", .born = ""};
    HM_TRY(read_text(t, row, NAME, &e->name));
    HM_TRY(read_text(t, row, TEAM, &e->team));
    HM_TRY(read_text(t, row, ID, &e->id));
    HM_TRY(read_text(t, row, SPRINTER, &e->sprinter));
    HM_TRY(read_born(t, row, &e->born));
    if (!e->name[0])
        return refuse(t, row, NAME, "a name");
    if (text_of(t, row, BEST)[0]) {
        HM_TRY(read_number(t, row, BEST, fastest_s, slowest_s, &best_s, NULL));
        e->best_us = us_of(best_s);
    }
    if (t->at[DNS] >= 0)
        HM_TRY(read_round(t, row, DNS, &e->dns));
    e->key = key_of(e);
    return HM_OK;
}

static int by_key(const void *a, const void *b)
{
    const hm_entry *const *ea = a, *const *eb = b;
    if ((*ea)->key != (*eb)->key)
        return (*ea)->key < (*eb)->key ? -1 : 1;
    return (*ea)->line < (*eb)->line ? -1 : (*ea)->line > (*eb)->line;
}

static hm_status check_twice(const table *t, const hm_entries *e)
{
    const hm_entry **list = HM_PUSH(t->arena, const hm_entry *, e->n);
    if (!list)
        return no_memory(t);
    for (int32_t i = 0; i < e->n; i++)
        list[i] = &e->entry[i];
    qsort(list, (size_t)e->n, sizeof *list, by_key);
    for (int32_t i = 1; i < e->n; i++)
        if (list[i]->key == list[i - 1]->key)
            return hm_err_set(t->err, HM_ERR_INPUT, t->csv->source, list[i]->line, 0,
                              list[i]->id[0] ? "id" : "name",
                              "expected each athlete once, found '%.*s' again (line %lld)",
                              hm_utf8_clip(list[i]->name, QUOTE), list[i]->name,
                              (long long)list[i - 1]->line);
    return HM_OK;
}

hm_status hm_entries_parse(const char *source, const char *bytes, size_t n, hm_arena *arena,
                           hm_entries *entries, hm_err *err)
{
    static const uint32_t known =
        1u << NAME | 1u << TEAM | 1u << ID | 1u << BEST | 1u << DNS | 1u << SPRINTER | 1u << BORN;
    hm_csv csv;
    HM_TRY(hm_csv_parse(source, bytes, n, arena, &csv, err));
    hm_entries out = {.source = csv.source, .meet = "", .event = "", .date = "", .venue = ""};
    table t = {.csv = &csv, .arena = arena, .notes = &out.notes, .err = err};
    HM_TRY(read_header(&t, known, 1u << NAME | 1u << BEST));
    read_remarks(&csv, &out);
    if (csv.n_row == 0 || csv.n_row > HM_ENTRY_MAX)
        return hm_err_set(err, HM_ERR_INPUT, csv.source, csv.head.line + 1, 1, "name",
                          "expected 1 to %d entries, found %d", HM_ENTRY_MAX, csv.n_row);
    out.n = csv.n_row;
    out.entry = HM_PUSH(arena, hm_entry, out.n);
    if (!out.entry)
        return no_memory(&t);
    for (int32_t i = 0; i < out.n; i++)
        HM_TRY(read_entry(&t, &csv.row[i], &out.entry[i]));
    HM_TRY(check_twice(&t, &out));
    *entries = out;
    return HM_OK;
}

hm_status hm_entries_read(const char *path, hm_arena *arena, hm_entries *entries, hm_err *err)
{
    char *bytes;
    size_t n;
    HM_TRY(hm_file_read(path, HM_CSV_FILE_MAX, arena, &bytes, &n, err));
    return hm_entries_parse(strcmp(path, "-") == 0 ? "standard input" : path, bytes, n, arena,
                            entries, err);
}

/* ---- readings ---- */

/* The entry of a row: by id where there is one, else by name, and by team where two bear the name.
 */
static hm_status find_entry(const table *t, const hm_csv_row *row, const hm_entries *e,
                            int32_t *found)
{
    const char *id = text_of(t, row, ID), *name = text_of(t, row, NAME);
    const char *team = text_of(t, row, TEAM);
    int32_t n = 0;
    for (int32_t i = 0; i < e->n; i++) {
        const hm_entry *who = &e->entry[i];
        bool is = id[0]
                      ? strcmp(who->id, id) == 0
                      : strcmp(who->name, name) == 0 && (!team[0] || strcmp(who->team, team) == 0);
        if (is)
            *found = i;
        n += is;
    }
    if (n == 1)
        return HM_OK;
    return refuse(t, row, id[0] ? ID : NAME,
                  n ? "id or team beside a name that several bear" : "one who entered");
}

static hm_status read_status(const table *t, const hm_csv_row *row, const char *text,
                             hm_reading *out)
{
    static const char *const word[] = {"dns", "dnf", "dq", NULL};
    static const hm_run_status status[] = {HM_RUN_DNS, HM_RUN_DNF, HM_RUN_DQ};
    char first[16];
    snprintf(first, sizeof first, "%.*s", (int)strcspn(text, " ("), text);
    for (int i = 0; word[i]; i++)
        if (is_one_of(first, (const char *const[]){word[i], NULL})) {
            out->status = status[i];
            const char *rule = text + strcspn(text, " (");
            char *copy = hm_arena_text(t->arena, rule + strspn(rule, " ("));
            if (!copy)
                return no_memory(t);
            copy[strcspn(copy, ")")] = '\0';
            out->rule = copy;
            return HM_OK;
        }
    return is_one_of(text, (const char *const[]){"", "ok", NULL})
               ? HM_OK
               : refuse(t, row, STATUS, "ok, DNS, DNF or DQ");
}

static hm_status read_result(const table *t, const hm_csv_row *row, hm_reading *out)
{
    const char *time = text_of(t, row, TIME);
    double v;
    int32_t digits = 0;
    HM_TRY(read_status(t, row, text_of(t, row, STATUS), out));
    if (time[0] && strchr("0123456789.", time[0])) {
        HM_TRY(read_number(t, row, TIME, fastest_s, slowest_s, &v, &digits));
        out->time_us = us_of(v);
        out->hand = digits < 2; /* 0.1 s: hand times, TR19.10 */
    } else if (time[0]) {
        HM_TRY(read_status(t, row, time, out));
    }
    if (out->status == HM_RUN_OK && !out->time_us)
        return refuse(t, row, TIME, "a time or DNS, DNF, DQ");
    if (out->status != HM_RUN_OK && out->status != HM_RUN_DQ && out->time_us)
        return refuse(t, row, TIME, "no time with DNS or DNF");
    if (text_of(t, row, REACTION)[0]) {
        HM_TRY(read_number(t, row, REACTION, -5, 60, &v, NULL));
        out->reaction_ms = (int32_t)(us_of(v) / 1000);
    }
    return HM_OK;
}

static hm_status read_reading(const table *t, const hm_csv_row *row, const hm_entries *entries,
                              hm_reading *out)
{
    static const char *const given[] = {"qR", "qJ", ""};
    double v;
    *out = (hm_reading){.line = row->line, .rule = "", .reaction_ms = -1, .advance = ""};
    HM_TRY(read_round(t, row, ROUND, &out->round));
    HM_TRY(find_entry(t, row, entries, &out->entry));
    HM_TRY(read_result(t, row, out));
    if (text_of(t, row, WIND)[0]) {
        HM_TRY(read_number(t, row, WIND, -wind_most_mps, wind_most_mps, &v, NULL));
        out->has_wind = true;
        out->wind_cmps = (int32_t)floor((double)us_of(v) / 1e4 + 0.5);
    }
    const char *advance = text_of(t, row, ADVANCE);
    for (int i = 0; i < 3; i++)
        if (strcmp(advance, given[i]) == 0) {
            out->advance = given[i];
            return HM_OK;
        }
    return refuse(t, row, ADVANCE, "qR or qJ (Q and q are worked out)");
}

static hm_status check_once(const table *t, const hm_readings *r)
{
    for (int32_t i = 0; i < r->n; i++)
        for (int32_t k = 0; k < i; k++)
            if (r->reading[i].entry == r->reading[k].entry &&
                strcmp(r->reading[i].round, r->reading[k].round) == 0)
                return refuse(t, &t->csv->row[i], NAME, "each athlete once in a round (line %lld)",
                              (long long)r->reading[k].line);
    return HM_OK;
}

hm_status hm_readings_parse(const char *source, const char *bytes, size_t n,
                            const hm_entries *entries, hm_arena *arena, hm_readings *readings,
                            hm_err *err)
{
    static const uint32_t known = 1u << NAME | 1u << TEAM | 1u << ID | 1u << ROUND | 1u << TIME |
                                  1u << STATUS | 1u << REACTION | 1u << WIND | 1u << ADVANCE;
    hm_csv csv;
    HM_TRY(hm_csv_parse(source, bytes, n, arena, &csv, err));
    hm_readings out = {.source = csv.source};
    table t = {.csv = &csv, .arena = arena, .notes = &out.notes, .err = err};
    HM_TRY(read_header(&t, known, 1u << ROUND | 1u << NAME | 1u << TIME));
    if (csv.n_row > 4 * HM_ENTRY_MAX)
        return hm_err_set(err, HM_ERR_INPUT, csv.source, csv.head.line + 1, 1, "name",
                          "expected at most %d results, found %d", 4 * HM_ENTRY_MAX, csv.n_row);
    out.n = csv.n_row;
    out.reading = HM_PUSH(arena, hm_reading, out.n);
    if (!out.reading)
        return no_memory(&t);
    for (int32_t i = 0; i < out.n; i++)
        HM_TRY(read_reading(&t, &csv.row[i], entries, &out.reading[i]));
    HM_TRY(check_once(&t, &out));
    *readings = out;
    return HM_OK;
}

hm_status hm_readings_read(const char *path, const hm_entries *entries, hm_arena *arena,
                           hm_readings *readings, hm_err *err)
{
    char *bytes;
    size_t n;
    HM_TRY(hm_file_read(path, HM_CSV_FILE_MAX, arena, &bytes, &n, err));
    return hm_readings_parse(path, bytes, n, entries, arena, readings, err);
}
