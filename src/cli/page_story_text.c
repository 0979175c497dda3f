/* page_story_text.c - a story as a document: each life year by year with its largest reasons, where
 * they meet, what the chapters say. What the views of the page show stands here too, for whoever
 * has no script, a screen reader or paper. */
#include "life_print.h"
#include "page_story.h"
#include "page_story_words.h"
#include "paper_words.h"

#include <math.h>
#include <string.h>

#include "race/official.h"

enum { SEASON_COLUMNS = 8, MEETING_COLUMNS = 4, REASONS = 3 };

static const char *const words[STORY_WORD_COUNT][HM_LANG_COUNT] = {
#define STORY_WORD_ROW(name, en, ja) {en, ja},
    STORY_WORD_LIST(STORY_WORD_ROW)
#undef STORY_WORD_ROW
};

/* A document in one language. */
typedef struct telling {
    hm_doc *doc;
    hm_lang lang;
    const hm_story *s;
} telling;

static const char *say(const telling *t, story_word_id id)
{
    return words[id][t->lang];
}

/* In the page's language; the other, where there is none. */
static const char *text_of(const telling *t, const char *en, const char *ja)
{
    return t->lang == HM_LANG_JA && ja && ja[0] ? ja : en ? en : "";
}

static const char *name_of(const telling *t, int32_t person)
{
    const hm_story_person *p = &t->s->person[person];
    return text_of(t, p->name, p->name_ja);
}

static const char *race_name(const telling *t, const hm_story_race *r)
{
    bool said = !r->round || !r->round[0] || strstr(r->name, r->round);
    if (said || (t->lang == HM_LANG_JA && r->name_ja && r->name_ja[0]))
        return text_of(t, r->name, r->name_ja);
    return hm_doc_keep(t->doc, "%s, %s", r->name, r->round);
}

/* As it is announced: the next longer hundredth, by hand the next longer tenth. */
static const char *announced(const telling *t, double time_s, bool by_hand)
{
    char text[HM_OFFICIAL_TEXT];
    int64_t time_us = hm_time_us(time_s);
    return hm_doc_keep(
        t->doc, "%s",
        hm_time_text(by_hand ? 10 * hm_hand_ds(time_us) : hm_official_cs(time_us), by_hand, text));
}

/* ---- a life ---- */

static story_word_id standing_id(const char *standing)
{
    static const char *const word[] = {"outside", "club", "squad"};
    for (int i = 0; i < 3; i++)
        if (strcmp(standing, word[i]) == 0)
            return (story_word_id)(STORY_OUTSIDE + i);
    return STORY_LEFT;
}

static const char *reasons(const telling *t, const hm_story_season *y)
{
    static const double least_ln = 0.0005;
    int32_t term[HM_STORY_TERM_COUNT];
    const char *text = "";
    life_rank_terms(y->term_ln, term);
    for (int32_t i = 0; i < REASONS && fabs(y->term_ln[term[i]]) >= least_ln; i++)
        text = hm_doc_keep(t->doc, "%s%s%s %s%.1f %%", text, text[0] ? ", " : "",
                           say(t, (story_word_id)(STORY_GROWTH + term[i])),
                           y->term_ln[term[i]] < 0 ? "−" : "+", 100 * fabs(y->term_ln[term[i]]));
    return text;
}

static void put_season(const telling *t, hm_doc_table *table, int32_t row, const hm_story_season *y)
{
    hm_doc *d = t->doc;
    hm_doc_cell(table, row, 0, hm_doc_keep(d, "%d", (int)y->year));
    hm_doc_cell(table, row, 1, hm_doc_keep(d, "%.1f", y->age_yr));
    hm_doc_cell(table, row, 2, say(t, (story_word_id)(STORY_PRIMARY + (int)y->stage)));
    hm_doc_cell(table, row, 3, say(t, standing_id(y->standing)));
    if (isfinite(y->best_s))
        hm_doc_cell(table, row, 4, announced(t, y->best_s, false));
    hm_doc_cell(table, row, 5, hm_doc_keep(d, "%.2f", y->start_s));
    hm_doc_cell(table, row, 6, hm_doc_keep(d, "%.2f", y->end_s));
    hm_doc_cell(table, row, 7, reasons(t, y));
}

static const hm_doc_column *columns(const telling *t, int n, const story_word_id head[],
                                    const char *right)
{
    hm_doc_column *c = HM_PUSH(t->doc->arena, hm_doc_column, n);
    if (!c) {
        t->doc->failed = true;
        return NULL;
    }
    for (int i = 0; i < n; i++)
        c[i] = (hm_doc_column){.head = say(t, head[i]),
                               .right = right[i] == 'r',
                               .strong = right[i] == 's',
                               .names_row = i == 0,
                               .wraps = i + 1 == n};
    return c;
}

static void put_life(const telling *t, int32_t person, const hm_doc_column *column)
{
    hm_doc *d = t->doc;
    const hm_story_person *p = &t->s->person[person];
    hm_doc_section(d, name_of(t, person), "", false);
    hm_doc_fact(d, say(t, STORY_BORN), p->born);
    if (p->kind && p->kind[0])
        hm_doc_fact(d, say(t, STORY_KIND), p->kind);
    if (isfinite(p->pb_s))
        hm_doc_fact(d, say(t, STORY_BEST),
                    paper_fill(d, say(t, STORY_BEST_SAYS), 2,
                               (const char *const[]){announced(t, p->pb_s, false),
                                                     hm_doc_keep(d, "%.1f", p->pb_age_yr)}));
    if (p->exit && p->exit[0])
        hm_doc_fact(d, say(t, STORY_EXIT), p->exit);
    hm_doc_table *table = hm_doc_add_table(d, "", "", SEASON_COLUMNS, column, p->n_season);
    for (int32_t i = 0; table && i < p->n_season; i++)
        put_season(t, table, i, &p->season[i]);
}

static int32_t put_lives(const telling *t)
{
    static const story_word_id head[SEASON_COLUMNS] = {
        STORY_YEAR,        STORY_AGE,  STORY_SCHOOL, STORY_STANDING,
        STORY_SEASON_BEST, STORY_FROM, STORY_TO,     STORY_WHY};
    const hm_doc_column *column = columns(t, SEASON_COLUMNS, head, "lrllsrrl");
    int32_t n = 0;
    for (int32_t i = 0; column && i < t->s->n_person; i++)
        if (t->s->person[i].n_season > 0) {
            put_life(t, i, column);
            n++;
        }
    return n;
}

/* ---- where they meet ---- */

static const char *who_was_there(const telling *t, const hm_story_race *r)
{
    const char *text = "";
    for (int32_t i = 0; i < r->n_run; i++)
        if (t->s->person[r->run[i].person].pinned)
            text = hm_doc_keep(t->doc, "%s%s%d. %s %s", text, text[0] ? ", " : "",
                               (int)r->run[i].place, name_of(t, r->run[i].person),
                               announced(t, 1e-6 * (double)r->run[i].time_us, r->hand_timed));
    return text;
}

static int32_t count_met(const hm_story *s)
{
    int32_t n = 0, last = -1;
    for (int32_t i = 0; i < s->n_meeting; i++) {
        n += s->meeting[i].race != last;
        last = s->meeting[i].race;
    }
    return n;
}

static void put_meetings(const telling *t)
{
    static const story_word_id head[MEETING_COLUMNS] = {STORY_DATE, STORY_RACE, STORY_WIND,
                                                        STORY_WHO};
    const hm_doc_column *column = columns(t, MEETING_COLUMNS, head, "llrl");
    int32_t last = -1, row = 0, n = count_met(t->s);
    if (!column || n == 0)
        return;
    hm_doc_section(t->doc, say(t, STORY_MEET), "", false);
    hm_doc_table *table = hm_doc_add_table(t->doc, "", "", MEETING_COLUMNS, column, n);
    for (int32_t i = 0; table && i < t->s->n_meeting; i++) {
        const hm_story_race *r = &t->s->race[t->s->meeting[i].race];
        if (t->s->meeting[i].race == last)
            continue;
        last = t->s->meeting[i].race;
        hm_doc_cell(table, row, 0, r->date);
        hm_doc_cell(table, row, 1, race_name(t, r));
        hm_doc_cell(table, row, 2,
                    hm_doc_keep(t->doc, "%s%.1f", r->wind_mps < 0 ? "−" : "+", fabs(r->wind_mps)));
        hm_doc_cell(table, row++, 3, who_was_there(t, r));
    }
}

static void put_chapters(const telling *t)
{
    if (t->s->n_chapter == 0)
        return;
    hm_doc_section(t->doc, say(t, STORY_CHAPTERS), "", false);
    for (int32_t i = 0; i < t->s->n_chapter; i++) {
        const hm_story_chapter *c = &t->s->chapter[i];
        const hm_story_race *r = &t->s->race[c->race];
        hm_doc_note(t->doc, hm_doc_keep(t->doc, "%s: %s, %s", text_of(t, c->title, c->title_ja),
                                        r->date, race_name(t, r)));
        for (int32_t k = 0; k < c->n_line; k++)
            hm_doc_note(t->doc, hm_doc_keep(t->doc, "“%s” %s",
                                            text_of(t, c->line[k].text, c->line[k].text_ja),
                                            name_of(t, c->line[k].person)));
    }
}

static void put_notes(const telling *t)
{
    if (t->s->notes.n == 0)
        return;
    hm_doc_section(t->doc, say(t, STORY_NOTES), "", false);
    for (int32_t i = 0; i < t->s->notes.n; i++)
        hm_doc_note(t->doc, t->s->notes.text[i]);
}

hm_doc page_story_doc(const hm_story *story, hm_lang lang, hm_arena *arena)
{
    hm_doc doc = hm_doc_make(arena);
    telling t = {&doc, lang, story};
    const char *title = text_of(&t, story->title, story->title_ja);
    doc.lang = hm_lang_word[lang];
    doc.title = title[0] ? title : say(&t, STORY_TITLE);
    put_chapters(&t);
    int32_t n = put_lives(&t);
    doc.subtitle =
        paper_fill(&doc, say(&t, STORY_SUBTITLE), 4,
                   (const char *const[]){hm_doc_keep(&doc, "%d", (int)n),
                                         hm_doc_keep(&doc, "%d", (int)story->first_year),
                                         hm_doc_keep(&doc, "%d", (int)story->last_year + 1),
                                         hm_doc_keep(&doc, "%d", (int)story->n_race)});
    put_meetings(&t);
    put_notes(&t);
    return doc;
}
