/* paper_event.c - an event as a document: head, facts, results, start lists, legend. */
#include "paper.h"

#include <stdio.h>
#include <string.h>

#include "race/official.h"
#include "race/records.h"

enum { WIND_MOST_DMPS = 20, PROTEST_MIN = 30 }; /* CR31.14.3; TR8.2 */

/* ---- head ---- */

bool paper_has_result(const paper_event *e)
{
    for (int32_t i = 0; i < e->n_round; i++)
        for (int32_t h = 0; h < e->round[i].n_heat; h++)
            if (e->round[i].heat[h].run)
                return true;
    return false;
}

static const char *edition_words(hm_lang lang, const char *edition)
{
    if (strcmp(edition, "wa_2025") == 0)
        return paper_word(lang, PAPER_EDITION_WA);
    if (strcmp(edition, "wma_2025") == 0)
        return paper_word(lang, PAPER_EDITION_WMA);
    if (strcmp(edition, "wpa_2024") == 0)
        return paper_word(lang, PAPER_EDITION_WPA);
    return edition[0] ? edition : paper_word(lang, PAPER_BELIEVED);
}

hm_doc paper_doc_make(const paper_event *e, const paper_opts *opts, hm_arena *arena)
{
    hm_doc doc = hm_doc_make(arena);
    const char *date = paper_date(&doc, opts->lang, e->date);
    const char *between = e->venue[0] && date[0] ? " · " : "";
    doc.lang = hm_lang_word[opts->lang];
    doc.paper = opts->paper;
    doc.title = e->meet[0] ? e->meet : paper_event_words(&doc, e, opts->lang);
    doc.subtitle = e->meet[0] ? paper_event_words(&doc, e, opts->lang) : "";
    doc.line = hm_doc_keep(&doc, "%s%s%s", e->venue, between, date);
    doc.page_of = paper_word(opts->lang, PAPER_PAGE_OF);
    doc.continued = paper_word(opts->lang, PAPER_CONTINUED);
    doc.footer =
        e->kept ? paper_word(opts->lang, PAPER_FROM_BOOK) : edition_words(opts->lang, e->edition);
    if (e->practice)
        doc.stamp = paper_word(opts->lang, PAPER_PRACTICE);
    else if (paper_has_result(e) && !e->kept)
        doc.stamp = paper_word(opts->lang, opts->official && !e->protest_open ? PAPER_OFFICIAL
                                                                              : PAPER_UNOFFICIAL);
    return doc;
}

/* ---- facts ---- */

/* "14:50" of "14:20", past midnight too; "" if it is no time of day. */
static const char *half_an_hour_on(hm_doc *doc, const char *clock)
{
    int h = 0, m = 0;
    if (strlen(clock) < 5 || clock[2] != ':')
        return "";
    for (int i = 0; i < 5; i++)
        if (i != 2 && (clock[i] < '0' || clock[i] > '9'))
            return "";
    h = 10 * (clock[0] - '0') + (clock[1] - '0');
    m = 10 * (clock[3] - '0') + (clock[4] - '0') + PROTEST_MIN;
    return hm_doc_keep(doc, "%02d:%02d", (h + m / 60) % 24, m % 60);
}

static const char *timing_words(hm_doc *doc, const paper_event *e, hm_lang lang)
{
    if (e->timing == HM_TIMING_HAND)
        return paper_word(lang, PAPER_HAND);
    if (e->timing == HM_TIMING_UNKNOWN)
        return "";
    return e->rate_hz
               ? paper_say(doc, lang, PAPER_FAT_RATE, paper_number(doc, e->rate_hz), NULL, NULL)
               : paper_word(lang, PAPER_FAT);
}

static void put_program(hm_doc *doc, const paper_event *e, hm_lang lang)
{
    if (e->table[0])
        hm_doc_fact(doc, paper_word(lang, PAPER_PROGRAM),
                    paper_say(doc, lang, PAPER_ENTRIES, paper_number(doc, e->n_entry),
                              paper_number(doc, e->n_lane_of_track), e->table));
}

static void put_facts(hm_doc *doc, const paper_event *e, const paper_opts *opts)
{
    hm_lang lang = opts->lang;
    const char *timing = timing_words(doc, e, lang);
    if (timing[0])
        hm_doc_fact(doc, paper_word(lang, PAPER_TIMING), timing);
    put_program(doc, e, lang);
    if (!paper_has_result(e) || e->practice || e->kept)
        return;
    const char *until = half_an_hour_on(doc, opts->announced);
    if (e->protest_open)
        hm_doc_fact(doc, paper_word(lang, PAPER_PROTESTS), paper_word(lang, PAPER_PROTEST_OPEN));
    else if (until[0])
        hm_doc_fact(doc, paper_word(lang, PAPER_PROTESTS),
                    paper_say(doc, lang, PAPER_PROTEST_UNTIL, opts->announced, until, NULL));
    else if (!opts->official)
        hm_doc_fact(doc, paper_word(lang, PAPER_PROTESTS), paper_word(lang, PAPER_PROTEST_30));
}

/* ---- rounds ---- */

static int32_t preliminary_rounds(const paper_event *e)
{
    int32_t n = 0;
    for (int32_t i = 0; i < e->n_round; i++)
        n += e->round[i].code[0] == 'R';
    return n;
}

static const char *round_words(hm_doc *doc, const paper_event *e, const paper_round *r,
                               hm_lang lang)
{
    if (strcmp(r->code, "F") == 0)
        return paper_word(lang, r->n_heat > 1 ? PAPER_TIMED_FINAL : PAPER_FINAL);
    if (strcmp(r->code, "SF") == 0)
        return paper_word(lang, PAPER_SEMI);
    if (r->code[0] == 'R' && preliminary_rounds(e) == 1)
        return paper_word(lang, PAPER_HEATS);
    if (r->code[0] == 'R')
        return paper_say(doc, lang, PAPER_ROUND, r->code + 1, NULL, NULL);
    return r->name[0] ? r->name : paper_word(lang, PAPER_RESULT);
}

static const char *advance_words(hm_doc *doc, const paper_round *r, hm_lang lang)
{
    const char *place = paper_number(doc, r->by_place), *time = paper_number(doc, r->by_time);
    if (r->by_place && r->by_time)
        return paper_say(doc, lang, PAPER_BY_BOTH, place, time, NULL);
    if (r->by_place)
        return paper_say(doc, lang, PAPER_BY_PLACE, place, NULL, NULL);
    return r->by_time ? paper_say(doc, lang, PAPER_BY_TIME, time, NULL, NULL) : "";
}

static const char *wind_words(hm_doc *doc, const paper_heat *h, hm_lang lang)
{
    char text[HM_OFFICIAL_TEXT];
    if (h->no_gauge)
        return "";
    if (!h->has_wind)
        return paper_word(lang, PAPER_NWI);
    return paper_say(doc, lang, PAPER_WIND, hm_wind_text(h->wind_dmps, text), NULL, NULL);
}

static const char *heat_aside(hm_doc *doc, const paper_heat *h, bool result, hm_lang lang)
{
    const char *wind = result ? wind_words(doc, h, lang) : "";
    const char *clock =
        h->clock[0] ? paper_say(doc, lang, PAPER_START_AT, h->clock, NULL, NULL) : "";
    return hm_doc_keep(doc, "%s%s%s", clock, clock[0] && wind[0] ? " · " : "", wind);
}

/* "Heat 2 of 3", or, of the only one, what it is. */
static const char *heat_caption(hm_doc *doc, const paper_round *r, const paper_heat *h,
                                paper_word_id alone, hm_lang lang)
{
    if (r->n_heat == 1)
        return paper_word(lang, alone);
    return paper_say(doc, lang, PAPER_HEAT, paper_number(doc, h->number),
                     paper_number(doc, r->n_heat), NULL);
}

static bool all_run(const paper_round *r)
{
    for (int32_t h = 0; h < r->n_heat; h++)
        if (!r->heat[h].run)
            return false;
    return r->n_heat > 0;
}

static bool any_run(const paper_round *r)
{
    for (int32_t h = 0; h < r->n_heat; h++)
        if (r->heat[h].run)
            return true;
    return false;
}

typedef struct printing {
    hm_doc *doc;
    const paper_event *e;
    const paper_opts *opts;
    paper_columns columns;
    const char *prefix; /* before each section: the event, where several stand in one document */
} printing;

static const char *section_words(const printing *p, const char *words)
{
    return p->prefix[0] ? hm_doc_keep(p->doc, "%s: %s", p->prefix, words) : words;
}

static void put_results(const printing *p, const paper_round *r)
{
    hm_lang lang = p->opts->lang;
    const char *name = round_words(p->doc, p->e, r, lang);
    if (!any_run(r))
        return;
    hm_doc_section(p->doc, section_words(p, name), advance_words(p->doc, r, lang), false);
    for (int32_t h = 0; h < r->n_heat; h++)
        if (r->heat[h].run)
            paper_put_result(p->doc, &p->columns,
                             heat_caption(p->doc, r, &r->heat[h], PAPER_RESULT, lang),
                             heat_aside(p->doc, &r->heat[h], true, lang), &r->heat[h]);
    for (int32_t h = 0; h < r->n_heat; h++)
        if (r->heat[h].run && r->heat[h].has_wind && r->heat[h].wind_dmps > WIND_MOST_DMPS) {
            hm_doc_note(p->doc, paper_word(lang, PAPER_AIDED));
            break;
        }
    if (r->n_heat > 1 && all_run(r))
        paper_put_summary(p->doc, &p->columns, paper_word(lang, PAPER_ALL_HEATS), r);
}

static void put_log(const printing *p, const paper_round *r)
{
    for (int32_t i = 0; r->log && i < r->log->n; i++)
        hm_doc_note(p->doc, paper_phrase(p->doc, p->opts->lang, r->log->text[i]));
}

static void put_start_lists(const printing *p, const paper_round *r)
{
    hm_lang lang = p->opts->lang;
    hm_doc_section(p->doc,
                   section_words(p, paper_say(p->doc, lang, PAPER_START_LIST,
                                              round_words(p->doc, p->e, r, lang), NULL, NULL)),
                   advance_words(p->doc, r, lang), false);
    for (int32_t h = 0; h < r->n_heat; h++)
        paper_put_start_list(p->doc, &p->columns,
                             heat_caption(p->doc, r, &r->heat[h], PAPER_START_LIST_ONE, lang),
                             heat_aside(p->doc, &r->heat[h], false, lang), &r->heat[h]);
    put_log(p, r);
}

/* ---- starts and record of a judged race ---- */

static void put_charge(const printing *p, int32_t k, const hm_charge *c)
{
    hm_lang lang = p->opts->lang;
    const char *how = paper_word(lang, PAPER_START_SEEN);
    if (c->has_reaction)
        how = paper_say(p->doc, lang, PAPER_START_REACTION,
                        hm_doc_keep(p->doc, "%.3f", c->reaction_ms / 1000.0), NULL, NULL);
    const char *said = paper_say(p->doc, lang, PAPER_START_FALSE, paper_number(p->doc, k + 1),
                                 paper_number(p->doc, c->lane), how);
    const char *card = c->card == HM_CARD_YC   ? paper_word(lang, PAPER_START_YC)
                       : c->card == HM_CARD_RC ? paper_word(lang, PAPER_START_RC)
                                               : "";
    hm_doc_note(p->doc, hm_doc_keep(p->doc, "%s%s%s", said, card,
                                    c->protest ? paper_word(lang, PAPER_START_P) : ""));
}

static void put_starts(const printing *p, const hm_ruling *r)
{
    hm_lang lang = p->opts->lang;
    for (int32_t k = 0; k < r->n_start; k++) {
        const char *number = paper_number(p->doc, k + 1);
        if (r->start[k].verdict == HM_START_GREEN)
            hm_doc_note(p->doc, paper_say(p->doc, lang, PAPER_START_GREEN, number, NULL, NULL));
        for (int32_t i = 0; i < r->start[k].n_charge; i++)
            put_charge(p, k, &r->start[k].charge[i]);
        if (r->start[k].field_warned)
            hm_doc_note(p->doc, paper_say(p->doc, lang, PAPER_START_FIELD, number, NULL, NULL));
    }
}

static hm_doc_column word_column(hm_lang lang, paper_word_id id, bool wraps)
{
    return (hm_doc_column){.head = paper_word(lang, id), .wraps = wraps, .names_row = wraps};
}

/* The ruling says in English of whom and which mark; its numbers are put into other words. */
static const char *record_words(const printing *p, const hm_ruling *r)
{
    static const paper_word_id verdict[] = {PAPER_NOT_RATIFIABLE, PAPER_RATIFIABLE,
                                            PAPER_MAYBE_RATIFIABLE};
    const paper_heat *heat = &p->e->round[0].heat[0];
    char mark[HM_OFFICIAL_TEXT], old[HM_OFFICIAL_TEXT];
    int lane = 0;
    if (sscanf(r->record, "lane %d, %23[^,], against %23[^:]", &lane, mark, old) != 3)
        return r->record;
    const char *name = "";
    for (int32_t i = 0; i < heat->n_row; i++)
        if (heat->row[i].lane == lane)
            name = heat->row[i].name;
    const char *said =
        paper_word(p->opts->lang, verdict[hm_record_ratifiable(r->n_condition, r->condition)]);
    return paper_fill(p->doc, paper_word(p->opts->lang, PAPER_AGAINST), 4,
                      (const char *const[]){name, mark, old, said});
}

static void put_conditions(const printing *p, const hm_ruling *r)
{
    static const paper_word_id answer[] = {PAPER_NO, PAPER_YES, PAPER_UNKNOWN};
    hm_lang lang = p->opts->lang;
    if (!r->n_condition)
        return;
    hm_doc_column *c = HM_PUSH(p->doc->arena, hm_doc_column, 4);
    if (!c) {
        p->doc->failed = true;
        return;
    }
    c[0] = word_column(lang, PAPER_CONDITION, true);
    c[1] = word_column(lang, PAPER_RULE, false);
    c[2] = word_column(lang, PAPER_ANSWER, false);
    c[3] = word_column(lang, PAPER_WHY, false);
    c[3].wraps = true;
    c[2].strong = true;
    hm_doc_section(p->doc, section_words(p, paper_word(lang, PAPER_RECORD)), "", false);
    hm_doc_table *t = hm_doc_add_table(p->doc, record_words(p, r), "", 4, c, r->n_condition);
    for (int32_t i = 0; i < r->n_condition; i++) {
        hm_doc_cell(t, i, 0, paper_phrase(p->doc, lang, r->condition[i].what));
        hm_doc_cell(t, i, 1, r->condition[i].rule);
        hm_doc_cell(t, i, 2, paper_word(lang, answer[r->condition[i].answer]));
        hm_doc_cell(t, i, 3, paper_phrase(p->doc, lang, r->condition[i].why));
    }
}

static void put_records(const printing *p)
{
    static const paper_word_id head[] = {PAPER_RECORDS, PAPER_NAME, PAPER_TIME, PAPER_NOTE,
                                         PAPER_RECORD_OLD};
    const paper_event *e = p->e;
    hm_lang lang = p->opts->lang;
    char text[HM_OFFICIAL_TEXT];
    hm_doc_column *c = HM_PUSH(p->doc->arena, hm_doc_column, 5);
    if (!e->n_record || !c) {
        p->doc->failed |= !c;
        return;
    }
    for (int i = 0; i < 5; i++)
        c[i] = word_column(lang, head[i], i == 1);
    c[0].wraps = c[4].wraps = true;
    c[2].right = c[2].strong = true;
    hm_doc_section(p->doc, section_words(p, paper_word(lang, PAPER_RECORDS)), "", false);
    hm_doc_table *t =
        hm_doc_add_table(p->doc, paper_word(lang, PAPER_RECORDS), "", 5, c, e->n_record);
    for (int32_t i = 0; i < e->n_record; i++) {
        const paper_record *r = &e->record[i];
        hm_doc_cell(t, i, 0, r->what);
        hm_doc_cell(t, i, 1, r->name);
        hm_doc_cell(t, i, 2,
                    hm_doc_keep(p->doc, "%s", hm_time_text(r->official_cs, r->hand, text)));
        hm_doc_cell(t, i, 3, paper_word(lang, r->equal ? PAPER_RECORD_EVEN : PAPER_RECORD_NEW));
        hm_doc_cell(t, i, 4, r->old);
    }
}

/* ---- legend ---- */

typedef struct codes {
    bool dns, dnf, dq, big_q, small_q, q_draw, q_referee, q_jury, warned, protest, nwi, hand;
} codes;

static void note_codes(codes *c, const paper_heat *heat, const paper_row *r)
{
    c->dns |= r->status == HM_MARK_DNS;
    c->dnf |= r->status == HM_MARK_DNF;
    c->dq |= r->status == HM_MARK_DQ;
    c->big_q |= strcmp(r->qualified, "Q") == 0;
    c->small_q |= strcmp(r->qualified, "q") == 0;
    c->q_draw |= strcmp(r->qualified, "qD") == 0;
    c->q_referee |= strcmp(r->qualified, "qR") == 0;
    c->q_jury |= strcmp(r->qualified, "qJ") == 0;
    c->warned |= r->warned;
    c->protest |= r->protest;
    c->hand |= heat->hand && r->official_cs;
}

static codes codes_of(const paper_event *e)
{
    codes c = {0};
    for (int32_t i = 0; i < e->n_round; i++)
        for (int32_t h = 0; h < e->round[i].n_heat; h++) {
            const paper_heat *heat = &e->round[i].heat[h];
            c.nwi |= heat->run && !heat->has_wind && !heat->no_gauge;
            for (int32_t k = 0; k < heat->n_row; k++)
                note_codes(&c, heat, &heat->row[k]);
        }
    return c;
}

static void put_legend(const printing *p)
{
    codes c = codes_of(p->e);
    hm_lang lang = p->opts->lang;
    const struct {
        bool used;
        paper_word_id says;
    } code[] = {{c.big_q, PAPER_Q_BIG},  {c.small_q, PAPER_Q_SMALL}, {c.q_draw, PAPER_QD},
                {c.q_referee, PAPER_QR}, {c.q_jury, PAPER_QJ},       {c.dnf, PAPER_DNF},
                {c.dq, PAPER_DQ},        {c.dns, PAPER_DNS},         {c.warned, PAPER_YC},
                {c.protest, PAPER_P},    {c.nwi, PAPER_NWI_SAYS},    {c.hand, PAPER_HAND_SAYS}};
    const char *all = "";
    for (size_t i = 0; i < sizeof code / sizeof code[0]; i++)
        if (code[i].used)
            all = hm_doc_keep(p->doc, "%s%s%s", all, all[0] ? " · " : "",
                              paper_word(lang, code[i].says));
    if (all[0])
        hm_doc_note(p->doc, paper_say(p->doc, lang, PAPER_LEGEND, all, NULL, NULL));
}

/* TR18, TR19: who answers for places and times. */
static void put_signatures(const printing *p)
{
    hm_lang lang = p->opts->lang;
    hm_doc_sign(p->doc, paper_word(lang, p->e->timing == HM_TIMING_HAND ? PAPER_CHIEF_TIMER
                                                                        : PAPER_CHIEF_JUDGE));
    hm_doc_sign(p->doc, paper_word(lang, PAPER_REFEREE));
}

/* ---- all of it ---- */

static printing printing_of(hm_doc *doc, const paper_event *e, const paper_opts *opts,
                            bool sections)
{
    return (printing){doc, e, opts, paper_columns_make(doc, e, opts->lang),
                      sections ? paper_event_words(doc, e, opts->lang) : ""};
}

void paper_put_event(hm_doc *doc, const paper_event *e, const paper_opts *opts, bool sections)
{
    printing p = printing_of(doc, e, opts, sections);
    if (!sections)
        put_facts(doc, e, opts);
    for (int32_t i = e->n_round - 1; i >= 0; i--)
        put_results(&p, &e->round[i]);
    if (e->ruling) {
        put_starts(&p, e->ruling);
        put_conditions(&p, e->ruling);
    }
    put_records(&p);
    put_legend(&p);
    if (paper_has_result(e) && !e->practice && !e->kept)
        put_signatures(&p);
    for (int32_t i = e->n_round - 1; i >= 0; i--)
        if (!all_run(&e->round[i]) || e->round[i].log) /* a single result has no list to show */
            put_start_lists(&p, &e->round[i]);
    for (int32_t i = 0; e->notes && i < e->notes->n; i++)
        hm_doc_note(doc, paper_phrase(doc, opts->lang, e->notes->text[i]));
}

void paper_put_lists_of(hm_doc *doc, const paper_event *e, const paper_opts *opts, int32_t i_round)
{
    printing p = printing_of(doc, e, opts, false);
    put_program(doc, e, opts->lang);
    put_start_lists(&p, &e->round[i_round]);
}
