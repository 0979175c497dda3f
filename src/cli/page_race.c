/* page_race.c - the page of one race: the result as it stands on paper (paper.h), what the race was
 * run in, the times on the way, the sources; and the race itself for the script. */
#include "page.h"
#include "paper.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "data/race_file.h"
#include "io/sink.h"
#include "race/official.h"

enum { SPLIT_STEP_M = 10, N_SPLIT = 10, N_COLUMN = N_SPLIT + 3 };

/* ---- conditions ---- */

static const char *record_words(hm_doc *doc, hm_lang lang, const hm_race *race)
{
    char time[HM_OFFICIAL_TEXT];
    hm_time_text(hm_official_cs(hm_time_us(race->record_s)), false, time);
    if (!race->record_name || !race->record_name[0])
        return hm_doc_keep(doc, "%s", time);
    return paper_fill(doc, page_word(lang, PAGE_RECORD_SAYS), 2,
                      (const char *const[]){race->record_name, time});
}

static void put_conditions(hm_doc *doc, hm_lang lang, const hm_race *race)
{
    if (race->record_s > 0)
        hm_doc_fact(doc, page_word(lang, PAGE_RECORD), record_words(doc, lang, race));
    hm_doc_fact(doc, page_word(lang, PAGE_ALTITUDE), hm_doc_keep(doc, "%.0f m", race->altitude_m));
    hm_doc_fact(doc, page_word(lang, PAGE_TEMP), hm_doc_keep(doc, "%.0f °C", race->temp_c));
}

/* ---- times on the way ---- */

static const hm_doc_column *split_columns(hm_doc *doc, hm_lang lang)
{
    hm_doc_column *c = HM_PUSH(doc->arena, hm_doc_column, N_COLUMN);
    if (!c) {
        doc->failed = true;
        return NULL;
    }
    c[0] = (hm_doc_column){.head = paper_word(lang, PAPER_LANE), .right = true};
    c[1] = (hm_doc_column){.head = paper_word(lang, PAPER_NAME), .names_row = true, .wraps = true};
    for (int i = 0; i < N_SPLIT; i++)
        c[2 + i] = (hm_doc_column){.head = hm_doc_keep(doc, "%d m", SPLIT_STEP_M * (i + 1)),
                                   .right = true};
    c[2 + N_SPLIT] = (hm_doc_column){.head = page_word(lang, PAGE_TOP_SPEED),
                                     .says = page_word(lang, PAGE_TOP_SPEED_SAYS),
                                     .right = true};
    return c;
}

/* Returns how many of them were measured, the finish apart. */
static int put_split_row(hm_doc *doc, hm_doc_table *t, int32_t row, const hm_lane *lane,
                         hm_lang lang)
{
    int n_measured = 0;
    hm_doc_cell(t, row, 0, hm_doc_keep(doc, "%d", lane->lane));
    hm_doc_cell(t, row, 1, lane->name);
    for (int32_t k = 0; k < lane->n_split && lane->curve.n > 0; k++) {
        const hm_split *s = &lane->split[k];
        int i = (int)lround(s->distance_m / SPLIT_STEP_M) - 1;
        if (i < 0 || i >= N_SPLIT || fabs(s->distance_m - SPLIT_STEP_M * (i + 1)) > 1e-9)
            continue;
        hm_doc_cell(
            t, row, 2 + i,
            hm_doc_keep(doc, "%.2f%s", s->time_s, s->measured && i < N_SPLIT - 1 ? "*" : ""));
        n_measured += s->measured && i < N_SPLIT - 1;
    }
    if (lane->curve.n > 0)
        hm_doc_cell(
            t, row, 2 + N_SPLIT,
            paper_fill(doc, page_word(lang, PAGE_TOP_SPEED_AT), 2,
                       (const char *const[]){hm_doc_keep(doc, "%.2f", lane->top_speed_mps),
                                             hm_doc_keep(doc, "%.0f", lane->top_speed_at_m)}));
    return n_measured;
}

static void put_splits(hm_doc *doc, hm_lang lang, const hm_race *race)
{
    const hm_doc_column *columns = split_columns(doc, lang);
    int n_measured = 0;
    if (!columns)
        return;
    hm_doc_section(doc, page_word(lang, PAGE_SPLITS), "", true);
    hm_doc_table *t = hm_doc_add_table(doc, "", "", N_COLUMN, columns, race->n_lane);
    for (int32_t i = 0; i < race->n_lane; i++)
        n_measured += put_split_row(doc, t, i, &race->lane[i], lang);
    hm_doc_note(doc, page_word(lang, n_measured ? PAGE_MEASURED : PAGE_FROM_MODEL));
}

static void put_sources(hm_doc *doc, hm_lang lang, const hm_race *race)
{
    if (race->sources.n + race->notes.n == 0)
        return;
    hm_doc_section(doc, page_word(lang, PAGE_SOURCES), "", false);
    for (int32_t i = 0; i < race->sources.n; i++)
        hm_doc_note(doc, race->sources.text[i]);
    for (int32_t i = 0; i < race->notes.n; i++)
        hm_doc_note(doc, paper_phrase(doc, lang, race->notes.text[i]));
}

/* ---- all of it ---- */

/* What the page has to know of its music to mix it in. */
static void put_music(hm_json_out *j, const page_music *music)
{
    if (music->n_sample == 0)
        return;
    hm_json_put_object(j, "score", HM_JSON_LINE);
    hm_json_put_integer(j, "n_sample", music->n_sample);
    hm_json_put_text(j, "soundfont", music->soundfont);
    hm_json_put_text(j, "licence", music->licence);
    hm_json_put_end(j);
}

/* The race as JSON, its curves apart from it. */
static hm_status make_data(const hm_race *race, const page_opts *opts, const page_music *music,
                           hm_arena *arena, page_block *block, page_block *curves, hm_err *err)
{
    hm_memory m = {.arena = arena};
    hm_json_out j = hm_json_out_make(hm_sink_memory(&m), err);
    hm_race bare;
    HM_TRY(page_curves(race, arena, curves, &bare, err));
    hm_json_put_object(&j, NULL, HM_JSON_BLOCK);
    hm_race_put(&j, "race", &bare);
    hm_json_put_text(&j, "look", opts->look);
    hm_json_put_object(&j, "options", HM_JSON_LINE);
    hm_json_put_end(&j);
    put_music(&j, music);
    hm_json_put_notes(&j, "sources", &race->sources);
    hm_json_put_end(&j);
    HM_TRY(hm_json_finish(&j));
    *block = (page_block){.name = "data", .bytes = m.bytes, .n = m.n};
    return HM_OK;
}

hm_status page_of_race(const hm_race *race, const page_opts *opts, hm_arena *arena,
                       page_content *page, hm_err *err)
{
    const paper_opts paper = {.lang = opts->lang, .official = true, .announced = ""};
    paper_event event;
    const char *header, *body, *poster;
    page_block data, curves, runners, letters;
    page_music music;
    HM_TRY(paper_of_race(race, arena, &event, err));
    event.kept = !event.practice; /* nothing is pending, nobody signs */
    hm_doc doc = paper_doc_make(&event, &paper, arena);
    put_conditions(&doc, opts->lang, race);
    paper_put_event(&doc, &event, &paper, false);
    put_splits(&doc, opts->lang, race);
    put_sources(&doc, opts->lang, race);
    HM_TRY(hm_doc_write_parts(&doc, arena, &header, &body, err));
    HM_TRY(page_score(race, opts, arena, &music, err));
    HM_TRY(make_data(race, opts, &music, arena, &data, &curves, err));
    HM_TRY(page_runners(arena, &runners, err));
    HM_TRY(page_poster(race, opts, arena, &poster, err));
    const char *between = doc.subtitle[0] ? " · " : "";
    const char *title = hm_arena_printf(arena, "%s%s%s", doc.title, between, doc.subtitle);
    if (!title)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the page");
    *page = (page_content){.kind = "race",
                           .title = opts->title ? opts->title : title,
                           .lang = opts->lang,
                           .header = header,
                           .poster = poster,
                           .body = body};
    page_add_block(page, data);
    page_add_block(page, curves);
    page_add_block(page, runners);
    if (music.n_sample > 0)
        page_add_block(page, music.block);
    page_add_engine(page);
    if (!page_lacks()) {
        HM_TRY(page_letters(race, opts->lang, arena, &letters, err));
        page_add_block(page, letters);
    }
    return HM_OK;
}
