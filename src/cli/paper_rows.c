/* paper_rows.c - rows of athletes as tables: which columns there are, what stands in a cell, and in
 * what order the athletes follow one another. */
#include "paper.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "race/official.h"

typedef enum field {
    F_RANK,
    F_PLACE,
    F_HEAT,
    F_HEAT_PLACE,
    F_LANE,
    F_BIB,
    F_NAME,
    F_TEAM,
    F_BORN,
    F_BEST,
    F_SEED,
    F_TIME,
    F_MS,
    F_REACTION,
    F_WIND,
    F_QUALIFIED,
    F_NOTE,
    FIELD_COUNT
} field;

enum { FLAG_RIGHT = 1, FLAG_STRONG = 2, FLAG_ROW = 4, FLAG_WRAPS = 8 };

static const struct {
    paper_word_id head, says;
    int flags;
} field_of[FIELD_COUNT] = {
    [F_RANK] = {PAPER_RANK, PAPER_RANK, FLAG_RIGHT | FLAG_STRONG},
    [F_PLACE] = {PAPER_PLACE, PAPER_PLACE, FLAG_RIGHT | FLAG_STRONG},
    [F_HEAT] = {PAPER_HEAT_SHORT, PAPER_HEAT_SHORT, FLAG_RIGHT},
    [F_HEAT_PLACE] = {PAPER_HEAT_PLACE, PAPER_HEAT_PLACE_SAYS, FLAG_RIGHT},
    [F_LANE] = {PAPER_LANE, PAPER_LANE, FLAG_RIGHT},
    [F_BIB] = {PAPER_BIB, PAPER_BIB_SAYS, FLAG_RIGHT},
    [F_NAME] = {PAPER_NAME, PAPER_NAME, FLAG_ROW | FLAG_WRAPS},
    [F_TEAM] = {PAPER_TEAM, PAPER_TEAM, FLAG_WRAPS},
    [F_BORN] = {PAPER_BORN, PAPER_BORN_SAYS, FLAG_RIGHT},
    [F_BEST] = {PAPER_BEST, PAPER_BEST_SAYS, FLAG_RIGHT},
    [F_SEED] = {PAPER_SEED, PAPER_SEED, FLAG_RIGHT},
    [F_TIME] = {PAPER_TIME, PAPER_TIME, FLAG_RIGHT | FLAG_STRONG},
    [F_MS] = {PAPER_MS, PAPER_MS_SAYS, 0},
    [F_REACTION] = {PAPER_REACTION, PAPER_REACTION_SAYS, FLAG_RIGHT},
    [F_WIND] = {PAPER_WIND_HEAD, PAPER_WIND_HEAD, FLAG_RIGHT},
    [F_QUALIFIED] = {PAPER_QUALIFIED, PAPER_QUALIFIED_SAYS, FLAG_STRONG},
    [F_NOTE] = {PAPER_NOTE, PAPER_NOTE, 0},
};

static const field result_order[] = {F_PLACE, F_LANE, F_BIB,      F_NAME,      F_TEAM, F_BORN,
                                     F_TIME,  F_MS,   F_REACTION, F_QUALIFIED, F_NOTE};
static const field start_order[] = {F_LANE, F_BIB, F_NAME, F_TEAM, F_BORN, F_BEST, F_SEED, F_NOTE};
static const field summary_order[] = {F_RANK, F_HEAT, F_HEAT_PLACE, F_BIB,       F_NAME, F_TEAM,
                                      F_TIME, F_MS,   F_WIND,       F_QUALIFIED, F_NOTE};

/* ---- which columns ---- */

typedef struct needs {
    bool has[FIELD_COUNT];
} needs;

static void need_row(needs *n, const paper_heat *heat, const paper_row *r)
{
    n->has[F_LANE] |= r->lane > 0;
    n->has[F_BIB] |= r->id[0] != '\0';
    n->has[F_TEAM] |= r->team[0] != '\0';
    n->has[F_BORN] |= r->born[0] != '\0';
    n->has[F_BEST] |= r->best_cs > 0;
    n->has[F_SEED] |= r->seed > 0;
    n->has[F_MS] |= r->thousandths && !heat->hand;
    n->has[F_REACTION] |= r->reaction_ms >= 0;
    n->has[F_QUALIFIED] |= r->qualified[0] != '\0';
    n->has[F_NOTE] |= r->warned || r->protest;
}

static needs needs_of(const paper_event *e)
{
    needs n = {.has = {[F_RANK] = true,
                       [F_PLACE] = true,
                       [F_HEAT] = true,
                       [F_HEAT_PLACE] = true,
                       [F_NAME] = true,
                       [F_TIME] = true}};
    for (int32_t i = 0; i < e->n_round; i++)
        for (int32_t h = 0; h < e->round[i].n_heat; h++) {
            const paper_heat *heat = &e->round[i].heat[h];
            n.has[F_WIND] |= heat->run && !heat->no_gauge;
            for (int32_t k = 0; k < heat->n_row; k++)
                need_row(&n, heat, &heat->row[k]);
        }
    return n;
}

/* Start lists say who is absent in their notes; all else of the note is of results. */
static int32_t take_columns(hm_doc *doc, const needs *n, int32_t n_field, const field order[],
                            hm_lang lang, const hm_doc_column **out, const int32_t **out_field)
{
    hm_doc_column *column = HM_PUSH(doc->arena, hm_doc_column, n_field);
    int32_t *kept = HM_PUSH(doc->arena, int32_t, n_field);
    int32_t count = 0;
    if (!column || !kept) {
        doc->failed = true;
        return 0;
    }
    for (int32_t i = 0; i < n_field; i++) {
        field f = order[i];
        if (!n->has[f])
            continue;
        int flags = field_of[f].flags;
        kept[count] = (int32_t)f;
        column[count++] = (hm_doc_column){.head = paper_word(lang, field_of[f].head),
                                          .says = paper_word(lang, field_of[f].says),
                                          .right = flags & FLAG_RIGHT,
                                          .strong = flags & FLAG_STRONG,
                                          .names_row = flags & FLAG_ROW,
                                          .wraps = flags & FLAG_WRAPS};
    }
    *out = column;
    *out_field = kept;
    return count;
}

static bool has_absent(const paper_event *e)
{
    for (int32_t i = 0; i < e->n_round; i++)
        for (int32_t h = 0; h < e->round[i].n_heat; h++)
            for (int32_t k = 0; k < e->round[i].heat[h].n_row; k++)
                if (e->round[i].heat[h].row[k].absent)
                    return true;
    return false;
}

#define TAKE(doc, n, order, lang, out, out_field)                                                  \
    take_columns(doc, n, sizeof order / sizeof order[0], order, lang, out, out_field)

paper_columns paper_columns_make(hm_doc *doc, const paper_event *event, hm_lang lang)
{
    paper_columns c = {0};
    needs n = needs_of(event);
    c.n_result = TAKE(doc, &n, result_order, lang, &c.result, &c.result_field);
    c.n_summary = TAKE(doc, &n, summary_order, lang, &c.summary, &c.summary_field);
    n.has[F_NOTE] = has_absent(event);
    c.n_start = TAKE(doc, &n, start_order, lang, &c.start, &c.start_field);
    return c;
}

/* ---- cells ---- */

static const char *time_cell(hm_doc *doc, const paper_heat *heat, const paper_row *r)
{
    static const char *const word[] = {
        [HM_MARK_ENTERED] = "", [HM_MARK_FINISHED] = "", [HM_MARK_DNS] = "DNS",
        [HM_MARK_DNF] = "DNF",  [HM_MARK_DQ] = "DQ",     [HM_MARK_UNKNOWN] = "?"};
    char text[HM_OFFICIAL_TEXT];
    if (r->status == HM_MARK_FINISHED)
        return r->official_cs
                   ? hm_doc_keep(doc, "%s%s", hm_time_text(r->official_cs, heat->hand, text),
                                 heat->hand ? "h" : "")
                   : "";
    return hm_doc_keep(doc, "%s%s%s", word[r->status], r->rule[0] ? " " : "", r->rule);
}

static const char *wind_cell(hm_doc *doc, const paper_heat *heat)
{
    char text[HM_OFFICIAL_TEXT];
    if (heat->no_gauge)
        return "";
    return heat->has_wind ? hm_doc_keep(doc, "%s", hm_wind_text(heat->wind_dmps, text)) : "NWI";
}

static const char *whole(hm_doc *doc, int32_t n)
{
    return n > 0 ? paper_number(doc, n) : "";
}

/* "1988" of "1988-03-04". */
static const char *year_of(hm_doc *doc, const char *born)
{
    return hm_doc_keep(doc, "%.*s", (int)strcspn(born, "-"), born);
}

static const char *cell(hm_doc *doc, field f, const paper_heat *heat, const paper_row *r,
                        int32_t rank)
{
    char text[HM_OFFICIAL_TEXT];
    switch (f) {
    case F_RANK:
        return whole(doc, rank);
    case F_PLACE:
    case F_HEAT_PLACE:
        return whole(doc, r->place);
    case F_HEAT:
        return whole(doc, heat->number);
    case F_LANE:
        return whole(doc, r->lane);
    case F_BIB:
        return r->id;
    case F_NAME:
        return r->name;
    case F_TEAM:
        return r->team;
    case F_BORN:
        return year_of(doc, r->born);
    case F_BEST:
        return r->best_cs ? hm_doc_keep(doc, "%s", hm_time_text(r->best_cs, false, text)) : "";
    case F_SEED:
        return whole(doc, r->seed);
    case F_TIME:
        return time_cell(doc, heat, r);
    case F_MS:
        return r->thousandths && !heat->hand ? hm_doc_keep(doc, ".%03d", r->time_ms % 1000) : "";
    case F_REACTION:
        return r->reaction_ms >= 0
                   ? hm_doc_keep(doc, "%d.%03d", r->reaction_ms / 1000, r->reaction_ms % 1000)
                   : "";
    case F_WIND:
        return wind_cell(doc, heat);
    case F_QUALIFIED:
        return r->qualified;
    case F_NOTE:
        return hm_doc_keep(doc, "%s%s%s", r->warned ? "YC" : "", r->warned && r->protest ? " " : "",
                           r->protest ? "P" : "");
    case FIELD_COUNT:
        break;
    }
    return "";
}

/* ---- order ---- */

typedef struct entry {
    const paper_heat *heat;
    const paper_row *row;
    int32_t key; /* smaller comes first */
} entry;

/* After the finishers DNF, DQ, DNS (docs/rules.md 3). */
static int32_t after_finishers(hm_mark_status s)
{
    static const int32_t at[] = {
        [HM_MARK_ENTERED] = 5, [HM_MARK_FINISHED] = 0, [HM_MARK_DNS] = 4,
        [HM_MARK_DNF] = 2,     [HM_MARK_DQ] = 3,       [HM_MARK_UNKNOWN] = 1};
    return at[s];
}

static int by_key(const void *a, const void *b)
{
    const entry *ea = a, *eb = b;
    int32_t sa = after_finishers(ea->row->status), sb = after_finishers(eb->row->status);
    if (sa != sb)
        return sa < sb ? -1 : 1;
    if (ea->key != eb->key)
        return ea->key < eb->key ? -1 : 1;
    if (ea->heat->number != eb->heat->number)
        return ea->heat->number < eb->heat->number ? -1 : 1;
    if (ea->row->place != eb->row->place)
        return ea->row->place < eb->row->place ? -1 : 1;
    if (ea->row->lane != eb->row->lane)
        return ea->row->lane < eb->row->lane ? -1 : 1;
    return ea->row < eb->row ? -1 : ea->row > eb->row;
}

static hm_doc_table *table_of(hm_doc *doc, const char *caption, const char *aside, int32_t n_column,
                              const hm_doc_column column[], int32_t n, const entry e[])
{
    hm_doc_table *t =
        n_column > 0 ? hm_doc_add_table(doc, caption, aside, n_column, column, n) : NULL;
    for (int32_t i = 1; t && i < n; i++)
        t->apart[i] =
            e[i].row->status != HM_MARK_FINISHED && e[i - 1].row->status == HM_MARK_FINISHED;
    return t;
}

void paper_put_result(hm_doc *doc, const paper_columns *c, const char *caption, const char *aside,
                      const paper_heat *heat)
{
    entry *e = HM_PUSH(doc->arena, entry, heat->n_row + 1);
    if (!e) {
        doc->failed = true;
        return;
    }
    for (int32_t i = 0; i < heat->n_row; i++)
        e[i] = (entry){heat, &heat->row[i], heat->row[i].place ? heat->row[i].place : INT32_MAX};
    qsort(e, (size_t)heat->n_row, sizeof *e, by_key);
    hm_doc_table *t = table_of(doc, caption, aside, c->n_result, c->result, heat->n_row, e);
    for (int32_t i = 0; i < heat->n_row; i++)
        for (int32_t k = 0; k < c->n_result; k++)
            hm_doc_cell(t, i, k, cell(doc, (field)c->result_field[k], heat, e[i].row, 0));
}

static int by_lane(const void *a, const void *b)
{
    const paper_row *const *ra = a, *const *rb = b;
    if ((*ra)->lane_drawn != (*rb)->lane_drawn)
        return (*ra)->lane_drawn < (*rb)->lane_drawn ? -1 : 1;
    return *ra < *rb ? -1 : *ra > *rb;
}

void paper_put_start_list(hm_doc *doc, const paper_columns *c, const char *caption,
                          const char *aside, const paper_heat *heat)
{
    const paper_row **row = HM_PUSH(doc->arena, const paper_row *, heat->n_row + 1);
    if (!row) {
        doc->failed = true;
        return;
    }
    for (int32_t i = 0; i < heat->n_row; i++)
        row[i] = &heat->row[i];
    qsort(row, (size_t)heat->n_row, sizeof *row, by_lane);
    hm_doc_table *t = c->n_start
                          ? hm_doc_add_table(doc, caption, aside, c->n_start, c->start, heat->n_row)
                          : NULL;
    for (int32_t i = 0; i < heat->n_row; i++)
        for (int32_t k = 0; k < c->n_start; k++) {
            field f = (field)c->start_field[k];
            bool absent = f == F_NOTE && row[i]->absent;
            if (f == F_LANE) {
                hm_doc_cell(t, i, k, whole(doc, row[i]->lane_drawn));
                continue;
            }
            hm_doc_cell(t, i, k, f == F_NOTE ? absent ? "DNS" : "" : cell(doc, f, heat, row[i], 0));
        }
}

/* Thousandths decide between heats (TR21.2); by hand there are none. */
static int32_t time_key(const paper_row *r)
{
    return r->status != HM_MARK_FINISHED || !r->official_cs ? INT32_MAX
           : r->time_ms                                     ? r->time_ms
                                                            : 10 * r->official_cs;
}

void paper_put_summary(hm_doc *doc, const paper_columns *c, const char *caption,
                       const paper_round *round)
{
    int32_t n = 0, rank = 0;
    for (int32_t h = 0; h < round->n_heat; h++)
        n += round->heat[h].n_row;
    entry *e = HM_PUSH(doc->arena, entry, n + 1);
    if (!e) {
        doc->failed = true;
        return;
    }
    n = 0;
    for (int32_t h = 0; h < round->n_heat; h++)
        for (int32_t i = 0; i < round->heat[h].n_row && round->heat[h].run; i++) {
            const paper_row *r = &round->heat[h].row[i];
            e[n++] = (entry){&round->heat[h], r, time_key(r)};
        }
    qsort(e, (size_t)n, sizeof *e, by_key);
    hm_doc_table *t = table_of(doc, caption, "", c->n_summary, c->summary, n, e);
    for (int32_t i = 0; i < n; i++) {
        if (i == 0 || e[i].key != e[i - 1].key)
            rank = i + 1; /* equal ones share it, the next is skipped */
        bool ranked = e[i].key != INT32_MAX;
        for (int32_t k = 0; k < c->n_summary; k++)
            hm_doc_cell(
                t, i, k,
                cell(doc, (field)c->summary_field[k], e[i].heat, e[i].row, ranked ? rank : 0));
    }
}

/* ---- names ---- */

static bool begins(const char *text, const char *with)
{
    return strncasecmp(text, with, strlen(with)) == 0;
}

static bool holds_word(const char *text, const char *word)
{
    for (; *text; text++)
        if (begins(text, word))
            return true;
    return false;
}

const char *paper_round_code(const char *name)
{
    static const char *const known[][2] = {
        {"semi", "SF"},    {"half-final", "SF"}, {"halbfinale", "SF"}, {"demi", "SF"},
        {"SF", "SF"},      {"準決勝", "SF"},     {"final", "F"},       {"決勝", "F"},
        {"heats", "R1"},   {"予選", "R1"},       {"1次予選", "R1"},    {"2次予選", "R2"},
        {"round 1", "R1"}, {"round 2", "R2"},    {"round 3", "R3"},    {"vorlauf", "R1"}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (begins(name, known[i][0]))
            return known[i][1];
    return strcmp(name, "F") == 0 ? "F" : "";
}

const char *paper_event_words(hm_doc *doc, const paper_event *e, hm_lang lang)
{
    static const char *const told[] = {"men",    "women",  "boys",   "girls", "mixed", "male",
                                       "female", "Männer", "Frauen", "男",    "女"};
    for (size_t i = 0; i < sizeof told / sizeof told[0]; i++)
        if (holds_word(e->name, told[i]))
            return e->name;
    if (!e->has_sex)
        return e->name;
    const char *sex = paper_word(lang, e->sex == HM_SEX_MEN ? PAPER_MEN : PAPER_WOMEN);
    return paper_say(doc, lang, PAPER_EVENT_OF, e->name, sex, NULL);
}
