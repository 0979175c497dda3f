/* hecto book show, list --sheet: what the book holds, on paper. */
#include "book_db_verb.h"
#include "paper.h"

#include <string.h>

#include "book/meets.h"
#include "io/number.h"
#include "race/official.h"

/* ---- a list ---- */

enum { L_PLACE, L_TIME, L_WIND, L_NAME, L_TEAM, L_DATE, L_MEET, L_NOTE, N_LIST };

static const hm_doc_column *list_columns(hm_doc *doc, hm_lang lang)
{
    static const paper_word_id head[N_LIST] = {PAPER_PLACE, PAPER_TIME, PAPER_WIND_HEAD,
                                               PAPER_NAME,  PAPER_TEAM, PAPER_DATE,
                                               PAPER_MEET,  PAPER_NOTE};
    hm_doc_column *c = HM_PUSH(doc->arena, hm_doc_column, N_LIST);
    if (!c) {
        doc->failed = true;
        return NULL;
    }
    for (int i = 0; i < N_LIST; i++)
        c[i] = (hm_doc_column){.head = paper_word(lang, head[i])};
    c[L_PLACE].right = c[L_TIME].right = c[L_WIND].right = true;
    c[L_TIME].strong = c[L_NAME].names_row = true;
    c[L_NAME].wraps = c[L_TEAM].wraps = c[L_MEET].wraps = true;
    return c;
}

static void put_row(hm_doc *doc, hm_doc_table *t, int32_t i, const hm_book_row *r, hm_lang lang)
{
    char text[HM_OFFICIAL_TEXT];
    const char *time = hm_time_text(r->official_cs, r->hand, text);
    hm_doc_cell(t, i, L_PLACE, paper_number(doc, r->place));
    hm_doc_cell(t, i, L_TIME, hm_doc_keep(doc, "%s%s", time, r->hand ? "h" : ""));
    if (r->has_wind)
        hm_doc_cell(t, i, L_WIND,
                    hm_doc_keep(doc, "%s", hm_wind_text(hm_wind_dmps(r->wind_cmps), text)));
    hm_doc_cell(t, i, L_NAME, r->name);
    hm_doc_cell(t, i, L_TEAM, r->team);
    hm_doc_cell(t, i, L_DATE, r->date);
    hm_doc_cell(t, i, L_MEET, r->meet);
    hm_doc_cell(t, i, L_NOTE, r->disputed ? paper_word(lang, PAPER_DISPUTED) : "");
}

hm_status book_sheet_list(const cli_args *args, const char *path, const hm_book_filter *filter,
                          const hm_book_rows *rows, hm_err *err)
{
    paper_opts opts;
    HM_TRY(paper_read_opts(args, &opts, err));
    hm_doc doc = hm_doc_make(args->arena);
    hm_lang lang = opts.lang;
    const char *sex = paper_word(lang, !filter->has_sex            ? PAPER_ALL
                                       : filter->sex == HM_SEX_MEN ? PAPER_MEN
                                                                   : PAPER_WOMEN);
    doc.lang = hm_lang_word[lang];
    doc.paper = opts.paper;
    doc.page_of = paper_word(lang, PAPER_PAGE_OF);
    doc.continued = paper_word(lang, PAPER_CONTINUED);
    const char *event = paper_say(&doc, lang, PAPER_EVENT_OF, filter->code, sex, NULL);
    doc.title = paper_say(&doc, lang, PAPER_LIST, event, NULL, NULL);
    if (filter->year)
        doc.subtitle =
            paper_say(&doc, lang, PAPER_OF_YEAR, paper_number(&doc, filter->year), NULL, NULL);
    doc.line = filter->legal ? paper_word(lang, PAPER_LEGAL) : "";
    const hm_doc_column *column = list_columns(&doc, lang);
    hm_doc_table *t = column ? hm_doc_add_table(&doc, event, "", N_LIST, column, rows->n) : NULL;
    for (int32_t i = 0; i < rows->n; i++)
        put_row(&doc, t, i, &rows->row[i], lang);
    return paper_write(&doc, path, args->arena, err);
}

/* ---- a meet ---- */

/* Numbers of people in the book are no bibs. */
static void forget_numbers(int32_t n, paper_event event[])
{
    for (int32_t i = 0; i < n; i++) {
        event[i].kept = true;
        for (int32_t r = 0; r < event[i].n_round; r++)
            for (int32_t h = 0; h < event[i].round[r].n_heat; h++)
                for (int32_t k = 0; k < event[i].round[r].heat[h].n_row; k++)
                    event[i].round[r].heat[h].row[k].id = "";
    }
}

static hm_status read_meet(const cli_args *args, hm_meet *meet, hm_err *err)
{
    hm_book *book;
    int64_t id;
    if (hm_number_parse_int(args->operand[1], &id) != HM_NUMBER_OK)
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, args->operand[1],
                          "expected the number of a meet; hecto book meets lists them");
    HM_TRY(book_open(args, HM_BOOK_READ, &book, err));
    hm_status s = hm_book_meet_read(book, id, args->arena, meet, err);
    hm_book_close(book);
    return s;
}

hm_status book_show(const cli_args *args, hm_err *err)
{
    hm_meet meet;
    paper_event *event;
    int32_t n;
    const char *path = cli_value(args, "sheet");
    HM_TRY(read_meet(args, &meet, err));
    HM_TRY(paper_of_meet(&meet, args->arena, &n, &event, err));
    forget_numbers(n, event);
    return paper_write_events(args, path ? path : "-", n, event, err);
}
