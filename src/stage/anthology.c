/* anthology.c - chapters become parts of a reel. */
#include "anthology_priv.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "body/form.h"

enum { COOKIE = 0x616e7468, PARTS_PER_CHAPTER = 3 };

/* Between two parts: dark and quiet, as between two breaths. Own choice. */
#define FADE_IN_S  0.30
#define FADE_OUT_S 0.45
#define HUSH_IN_S  0.60
#define HUSH_OUT_S 1.20
#define CUT_S      0.02 /* inside a chapter */

hm_anthology_opts hm_anthology_opts_default(void)
{
    return (hm_anthology_opts){
        .cookie = COOKIE, .w_px = 1280, .h_px = 720, .fps = 24, .overlays = true};
}

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, "story", 0, 0, NULL, "no memory for the film");
}

/* Parts and lines as they come. */
typedef struct making {
    const hm_story *story;
    const hm_anthology_opts *o;
    hm_arena *arena;
    hm_anthology a;
    size_t line_cap;
} making;

/* ---- races as they are filmed ---- */

static bool has_form(const char *name)
{
    hm_form form;
    return hm_form_preset(name, &form) != 0;
}

/* Technique as the body shows it. */
static const char *form_of(double technique, double age_yr)
{
    if (technique >= 0.88 && has_form("immaculate"))
        return "immaculate";
    if (technique < 0.30)
        return "ragged";
    return technique < 0.70 && age_yr < 13 ? "child" : "good";
}

static hm_lane *lane_of(hm_race *race, int32_t number)
{
    for (int32_t i = 0; i < race->n_lane; i++)
        if (race->lane[i].lane == number)
            return &race->lane[i];
    return NULL;
}

static void dress_lane(const hm_story *story, const hm_story_run *run, hm_lang lang, hm_lane *lane)
{
    const hm_story_person *p = &story->person[run->person];
    lane->name = antho_name(p, lang);
    lane->person = antho_name(p, HM_LANG_JA);
    lane->stature_m = run->height_cm / 100;
    lane->mass_kg = run->mass_kg;
    lane->age_yr = run->age_yr;
    if (!lane->form || !lane->form[0])
        lane->form = form_of(run->technique, run->age_yr);
}

/* For the credits: which scenario, without its folder, and which seed. */
static hm_status add_source(const making *m, hm_notes *sources, hm_err *err)
{
    char seed[24];
    const char *path = m->story->scenario ? m->story->scenario : "";
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    snprintf(seed, sizeof seed, "%llu", (unsigned long long)m->story->seed);
    const char *text =
        antho_say(m->arena, m->o->lang, ANTHO_LIVED, name[0] ? name : m->story->title, seed);
    return text && hm_notes_add(sources, m->arena, "%s", text) == HM_OK ? HM_OK : no_memory(err);
}

/* A copy of the race with the story's people in its lanes, and its words in the film's language. */
static hm_status dress(const making *m, const hm_story_race *told, const hm_race *race,
                       hm_race *out, hm_err *err)
{
    hm_race r = *race;
    r.lane = HM_PUSH(m->arena, hm_lane, race->n_lane);
    if (!r.lane)
        return no_memory(err);
    memcpy(r.lane, race->lane, (size_t)race->n_lane * sizeof *r.lane);
    for (int32_t i = 0; i < told->n_run; i++) {
        hm_lane *lane = lane_of(&r, told->run[i].lane);
        if (!lane)
            return hm_err_set(err, HM_ERR_INPUT, told->id, 0, 0, "lane",
                              "lane %d is not in the race that was made of it",
                              (int)told->run[i].lane);
        dress_lane(m->story, &told->run[i], m->o->lang, lane);
    }
    r.seed = m->story->seed; /* the same faces in every race */
    r.sources = (hm_notes){0};
    HM_TRY(add_source(m, &r.sources, err));
    r.meet = "";
    r.event = antho_race_name(told, m->o->lang);
    r.round = "";
    r.date = hm_lang_date(m->arena, m->o->lang, told->date);
    *out = r;
    return r.date ? HM_OK : no_memory(err);
}

/* What a look is told of the runners: whose shoes fall apart. */
static hm_status look_options(const making *m, const hm_look *look, const hm_story_race *told,
                              const void **own, hm_err *err)
{
    const hm_option_table *table = hm_look_table(look);
    char *opts = hm_arena_push(m->arena, table->size, 1);
    if (!opts)
        return no_memory(err);
    hm_option_defaults(table, opts);
    const hm_option *torn = hm_option_find(table, "torn_lane");
    for (int32_t i = 0; torn && i < told->n_run; i++) {
        const char *kit = m->story->person[told->run[i].person].kit;
        double lane = told->run[i].lane;
        if (kit && strstr(kit, "torn"))
            memcpy(opts + torn->offset, &lane, sizeof lane);
    }
    *own = opts;
    return HM_OK;
}

/* ---- parts ---- */

static hm_venue_kind venue_of(const hm_story_race *told)
{
    return !told->venue                          ? HM_VENUE_AUTO
           : strcmp(told->venue, "stadium") == 0 ? HM_VENUE_STADIUM
           : strcmp(told->venue, "school") == 0  ? HM_VENUE_SCHOOL
                                                 : HM_VENUE_AUTO;
}

static hm_status pane(const making *m, const hm_race *race, const hm_film *film,
                      const hm_story_race *told, const void *own, hm_reel_pane *out, hm_err *err)
{
    hm_film *kept = HM_PUSH(m->arena, hm_film, 1);
    if (!kept)
        return no_memory(err);
    *kept = *film;
    hm_show_opts o = hm_show_opts_default();
    o.w_px = film->w_px, o.h_px = film->h_px;
    o.look = film->look;
    o.look_own = own;
    o.overlays = m->o->overlays;
    o.venue.kind = venue_of(told);
    *out = (hm_reel_pane){.race = race, .film = kept, .opts = o};
    return HM_OK;
}

static hm_reel_part *next_part(making *m, int32_t chapter, const char *tail)
{
    hm_reel_part *p = &m->a.part[m->a.n_part];
    m->a.chapter[m->a.n_part++] = chapter;
    *p = (hm_reel_part){.name = hm_arena_printf(m->arena, "%d%s", (int)chapter + 1, tail),
                        .n_pane = 1,
                        .fade_in_s = FADE_IN_S,
                        .fade_out_s = FADE_OUT_S,
                        .hush_in_s = HUSH_IN_S,
                        .hush_out_s = HUSH_OUT_S};
    return p;
}

static hm_status keep_lines(making *m, const antho_chapter *c, const antho_film *f, double at_s,
                            hm_err *err)
{
    for (int32_t i = 0; i < f->n_cue; i++) {
        const hm_shot *shot = &f->film.shot[f->cue[i].i_shot];
        const hm_story_line *line = &c->is->line[f->cue[i].i_line];
        bool ja = line->text_ja && line->text_ja[0];
        hm_anthology_line *all = HM_GROW(m->arena, m->a.line, m->a.n_line, &m->line_cap);
        if (!all)
            return no_memory(err);
        m->a.line = all;
        all[m->a.n_line++] =
            (hm_anthology_line){.from_s = at_s + shot->from_s,
                                .to_s = at_s + shot->to_s,
                                .person = line->person,
                                .text = {line->text, ja ? line->text_ja : line->text}};
    }
    return HM_OK;
}

static hm_status add_piece(making *m, const antho_chapter *c, antho_piece piece, bool with_end,
                           const char *tail, hm_err *err)
{
    antho_film f;
    double at_s = hm_reel_part_s(m->a.part, m->a.n_part, m->o->fps);
    HM_TRY(antho_direct(c, piece, with_end, &f, err));
    hm_reel_part *p = next_part(m, c->index, tail);
    if (!p->name)
        return no_memory(err);
    HM_TRY(pane(m, c->race, &f.film, c->told, c->look_own, &p->pane[0], err));
    return keep_lines(m, c, &f, at_s, err);
}

/* ---- then and now ---- */

/* Lanes of the pair in a race; false = not both of them run. */
static bool pair_lanes(const hm_story *story, const hm_story_race *told, int32_t lane[2])
{
    int32_t pair[2];
    if (!antho_pair(story, pair))
        return false;
    const hm_story_run *a = antho_run_of(told, pair[0]), *b = antho_run_of(told, pair[1]);
    if (!a || !b)
        return false;
    lane[0] = a->lane, lane[1] = b->lane;
    return true;
}

/* Half of the picture, whole pixels of colour, and a line of dark between. */
static int32_t half_px(int32_t w_px)
{
    return (w_px / 2 - (w_px / 320 + 1)) & ~1;
}

static double finish_of(const hm_race *race, const int32_t lane[2])
{
    double last_s = 0;
    for (int32_t i = 0; i < race->n_lane; i++)
        if (race->lane[i].lane == lane[0] || race->lane[i].lane == lane[1])
            last_s = fmax(last_s, 1e-6 * (double)race->lane[i].time_us);
    return last_s;
}

static hm_status add_half(making *m, const antho_chapter *c, int32_t i, const int32_t lane[2],
                          double end_s, hm_reel_part *p, hm_err *err)
{
    bool then = i == 0;
    const hm_story_race *told = then ? &m->story->race[c->first->race] : c->told;
    const hm_race *race = then ? c->first_race : c->race;
    const void *own = then ? c->first_own : c->look_own;
    hm_film film;
    antho_half h = {.race = race,
                    .look = then ? c->first->look : c->is->look,
                    .look_own = own,
                    .title = hm_arena_printf(m->arena, "%.4s", told->date),
                    .lane = {lane[0], lane[1]},
                    .end_s = end_s,
                    .w_px = half_px(m->o->w_px),
                    .h_px = m->o->h_px,
                    .fps = m->o->fps,
                    .seed = race->seed,
                    .lang = m->o->lang};
    if (!h.title)
        return no_memory(err);
    HM_TRY(antho_direct_half(&h, m->arena, &film, err));
    HM_TRY(pane(m, race, &film, told, own, &p->pane[i], err));
    p->pane[i].x_px = then ? 0 : m->o->w_px - h.w_px;
    return HM_OK;
}

/* Two parts without dark between them. */
static void cut_straight(hm_reel_part *before, hm_reel_part *after)
{
    before->fade_out_s = after->fade_in_s = 0;
    before->hush_out_s = after->hush_in_s = CUT_S;
}

/* The last race of the two, and their first one beside it: in place of it, or, where the look does
 * not let it be cut, after it. */
static hm_status add_then_and_now(making *m, const antho_chapter *c, hm_err *err)
{
    int32_t then[2], now[2];
    bool both = pair_lanes(m->story, &m->story->race[c->first->race], then) &&
                pair_lanes(m->story, c->told, now);
    bool after = antho_is_unbroken(c->is->look);
    HM_ASSERT(both);
    double end_s = fmax(finish_of(c->first_race, then), finish_of(c->race, now)) + 2.4;
    HM_TRY(add_piece(m, c, after ? ANTHO_WHOLE : ANTHO_BEFORE, false, "", err));
    hm_reel_part *p = next_part(m, c->index, "-then-and-now");
    if (!p->name)
        return no_memory(err);
    p->n_pane = 2, p->heard = 1;
    HM_TRY(add_half(m, c, 0, then, end_s, p, err));
    HM_TRY(add_half(m, c, 1, now, end_s, p, err));
    HM_TRY(add_piece(m, c, after ? ANTHO_END : ANTHO_AFTER, true, "-after", err));
    if (!after) {
        cut_straight(p - 1, p);
        cut_straight(p, p + 1);
    }
    return HM_OK;
}

static bool is_side_by_side(const hm_story *story, int32_t n, const hm_story_chapter chapter[])
{
    int32_t lane[2];
    return n > 1 && chapter[0].race != chapter[n - 1].race &&
           pair_lanes(story, &story->race[chapter[0].race], lane) &&
           pair_lanes(story, &story->race[chapter[n - 1].race], lane);
}

/* ---- the whole ---- */

static hm_status add_chapters(making *m, int32_t n, const hm_story_chapter chapter[],
                              const hm_race race[], hm_err *err)
{
    hm_race *filmed = HM_PUSH(m->arena, hm_race, n);
    const void **own = HM_PUSH(m->arena, const void *, n);
    if (!filmed || !own)
        return no_memory(err);
    for (int32_t i = 0; i < n; i++) {
        const hm_story_race *told = &m->story->race[chapter[i].race];
        const hm_look *look;
        HM_TRY(hm_look_get(chapter[i].look, &look, err));
        HM_TRY(dress(m, told, &race[i], &filmed[i], err));
        HM_TRY(look_options(m, look, told, &own[i], err));
        const antho_chapter c = {.story = m->story,
                                 .is = &chapter[i],
                                 .told = told,
                                 .race = &filmed[i],
                                 .o = m->o,
                                 .arena = m->arena,
                                 .index = i,
                                 .n_chapter = n,
                                 .look_own = own[i],
                                 .first = &chapter[0],
                                 .first_race = &filmed[0],
                                 .first_own = own[0]};
        if (i + 1 == n && is_side_by_side(m->story, n, chapter))
            HM_TRY(add_then_and_now(m, &c, err));
        else
            HM_TRY(add_piece(m, &c, ANTHO_WHOLE, i + 1 == n, "", err));
    }
    return HM_OK;
}

hm_status hm_anthology_stage(const hm_story *story, int32_t n, const hm_story_chapter chapter[],
                             const hm_race race[], const hm_anthology_opts *opts, hm_arena *arena,
                             hm_anthology *out, hm_err *err)
{
    HM_ASSERT(opts->cookie == COOKIE && n >= 1 && n <= HM_ANTHOLOGY_CHAPTER_MAX);
    making m = {.story = story, .o = opts, .arena = arena};
    m.a.part = HM_PUSH(arena, hm_reel_part, PARTS_PER_CHAPTER * n);
    m.a.chapter = HM_PUSH(arena, int32_t, PARTS_PER_CHAPTER * n);
    if (!m.a.part || !m.a.chapter)
        return no_memory(err);
    HM_TRY(add_chapters(&m, n, chapter, race, err));
    m.a.duration_s = hm_reel_part_s(m.a.part, m.a.n_part, opts->fps);
    *out = m.a;
    return HM_OK;
}
