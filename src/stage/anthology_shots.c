/* anthology_shots.c - one chapter in shots: its title on plain ground, the faces of those who say
 * why they run, then the race from "set" on as its look stages it, and what is left afterwards. */
#include "anthology_priv.h"
#include "camera_priv.h"
#include "staging_priv.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "stage/describe.h"

/* Pace, own choice: titles and words stand as long as they take to read twice over. */
#define TITLE_S       3.4
#define SAY_LEAST_S   2.8
#define SAY_MOST_S    4.6
#define SAY_FIXED_S   1.3
#define SAY_BYTE_S    0.052 /* of English; kana and kanji take three bytes and more time each */
#define SAY_BYTE_JA_S 0.040
#define PAUSE_S       0.25   /* from one voice to the next */
#define BEFORE_S      (-9.3) /* everybody still stands */
#define BOARD_MOST_S  4.6
#define DARK_S        8.4 /* before "set", of a race told by sound: a name of eight every 0.8 s */

enum { SAID_BEFORE = 2 }; /* lines before the race; the others come after it */

/* ---- titles ---- */

static void join(char *buf, size_t n, const char *part)
{
    size_t used = strlen(buf);
    if (part && part[0] && used + 1 < n)
        snprintf(buf + used, n - used, "%s%s", used ? "  \xc2\xb7  " : "", part);
}

/* Which meeting of the two it is, what the story says, else when and where. */
static const char *subtitle_of(const antho_chapter *c)
{
    char text[HM_CARD_TEXT_MAX] = "", number[16];
    hm_lang lang = c->o->lang;
    int32_t count = antho_count(c->story, c->is->race);
    const char *own = lang == HM_LANG_JA ? c->is->subtitle_ja : c->is->subtitle;
    if (count > 0) {
        snprintf(number, sizeof number, "%d", (int)count);
        join(text, sizeof text, antho_say(c->arena, lang, ANTHO_MEETING, number, NULL));
    }
    if (own[0])
        join(text, sizeof text, own);
    else
        join(text, sizeof text, hm_lang_date(c->arena, lang, c->told->date));
    return hm_arena_text(c->arena, text);
}

static hm_shot *add_plain(staging *s, const char *name, double from_s, double len_s,
                          const char *title, const char *subtitle)
{
    hm_shot *shot =
        staging_add(s, name, HM_RIG_CRANE, staging_at(HM_AT_GUN, from_s),
                    staging_at(HM_AT_GUN, from_s + len_s), HM_ROLE_ALL, HM_OVERLAY_TITLE);
    shot->plain = true;
    shot->card = (hm_film_card){title, subtitle};
    return shot;
}

static void add_title(const antho_chapter *c, staging *s)
{
    hm_lang lang = c->o->lang;
    const hm_story *story = c->story;
    if (c->index == 0) {
        bool ja = lang == HM_LANG_JA && story->title_ja && story->title_ja[0];
        int32_t pair[2];
        const char *who = "";
        if (antho_pair(story, pair))
            who = hm_arena_printf(c->arena, "%s  \xc2\xb7  %s",
                                  antho_name(&story->person[pair[0]], lang),
                                  antho_name(&story->person[pair[1]], lang));
        const char *title = ja ? story->title_ja : story->title;
        if (title && title[0])
            add_plain(s, "film", -44, TITLE_S + 0.6, title, who);
    }
    add_plain(s, "title", -38, TITLE_S, lang == HM_LANG_JA ? c->is->title_ja : c->is->title,
              subtitle_of(c));
}

/* ---- words ---- */

static double say_s(const char *text, hm_lang lang)
{
    double s =
        SAY_FIXED_S + (lang == HM_LANG_JA ? SAY_BYTE_JA_S : SAY_BYTE_S) * (double)strlen(text);
    return s < SAY_LEAST_S ? SAY_LEAST_S : s > SAY_MOST_S ? SAY_MOST_S : s;
}

static const hm_lane *lane_of(const hm_race *race, int32_t number)
{
    for (int32_t i = 0; i < race->n_lane; i++)
        if (race->lane[i].lane == number)
            return &race->lane[i];
    HM_ASSERT(false); /* anthology.c has looked */
    return NULL;
}

static hm_film_card card_of(const antho_chapter *c, const hm_story_line *line, hm_lang lang)
{
    char age[16] = "";
    const hm_story_run *run = antho_run_of(c->told, line->person);
    const char *name = antho_name(&c->story->person[line->person], lang);
    bool ja = lang == HM_LANG_JA && line->text_ja && line->text_ja[0];
    if (run)
        snprintf(age, sizeof age, "%d", (int)floor(run->age_yr));
    return (hm_film_card){
        antho_say(c->arena, lang, ANTHO_QUOTE, ja ? line->text_ja : line->text, NULL),
        run ? antho_say(c->arena, lang, ANTHO_SAYS, name, age) : name};
}

/* Long enough to be read in every language, so that films in two languages are cut alike, and to be
 * spoken with the name of who says it. */
static double line_s(const antho_chapter *c, const hm_story_line *line)
{
    double most_s = 0;
    for (int lang = 0; lang < HM_LANG_COUNT; lang++) {
        bool ja = lang == HM_LANG_JA && line->text_ja && line->text_ja[0];
        hm_film_card card = card_of(c, line, (hm_lang)lang);
        double spoken_s = 0;
        if (card.title && card.subtitle)
            spoken_s =
                hm_describe_spoken_s(card.title) + hm_describe_spoken_s(card.subtitle) + PAUSE_S;
        most_s =
            fmax(most_s, fmax(say_s(ja ? line->text_ja : line->text, (hm_lang)lang), spoken_s));
    }
    return most_s;
}

/* Face and shoulders of one who waits, a little to the right where the picture is wide enough, over
 * the words; slowly nearer. */
static void face_keys(staging *s, const hm_lane *lane)
{
    double aspect = (double)s->opts->w_px / s->opts->h_px;
    double aside = fmin(fmax((aspect - 0.6) / 0.8, 0), 1);
    double x = hm_lane_centre_m(lane->lane), z = camera_wait_z_m(lane), h = lane->stature_m;
    bool child = lane->age_yr < 13; /* a larger head, and looks that make more of it */
    for (int k = 0; k < 2; k++)
        staging_key(s, &(hm_cam_key){.at_frac = k,
                                     .eye_m = {x - 0.25, 0.90 * h, z + 3.5 - 0.35 * k},
                                     .aim_m = {x + 0.28 * aside, (child ? 0.80 : 0.775) * h, z},
                                     .vfov_deg = (child ? 24 : 21) * h / 1.75});
}

/* Somebody says why he runs: his face, or words alone where the look has no faces or who speaks
 * does not run. */
static void add_line(const antho_chapter *c, staging *s, int32_t i_line, hm_rig rig, double from_s,
                     bool words_alone, antho_film *out)
{
    const hm_story_line *line = &c->is->line[i_line];
    const hm_story_run *run = antho_run_of(c->told, line->person);
    double len_s = line_s(c, line);
    hm_shot *shot = add_plain(s, "says", from_s - len_s, len_s, "", "");
    shot->card = card_of(c, line, c->o->lang);
    if (run && !words_alone) {
        shot->plain = false;
        shot->rig = rig;
        shot->n_focus = 1;
        shot->focus[0] = (hm_focus){HM_ROLE_LANE, run->lane};
        shot->drift_frac = 0.25;
    }
    if (shot->rig == HM_RIG_KEYS)
        face_keys(s, lane_of(c->race, run->lane));
    if (out->n_cue < ANTHO_CUE_MAX)
        out->cue[out->n_cue++] = (antho_cue){s->n_shot - 1, i_line};
}

/* ---- the race ---- */

/* A shot of the look's own staging, keys and all. */
static void take(staging *s, const hm_shot *from)
{
    hm_shot *shot =
        staging_add(s, from->name, from->rig, from->from, from->to, HM_ROLE_ALL, from->overlays);
    hm_cam_key *key = shot->key;
    *shot = *from;
    shot->key = key;
    shot->n_key = 0;
    for (int32_t k = 0; k < from->n_key; k++)
        staging_key(s, &from->key[k]);
    shot->overlays &= ~(uint32_t)(HM_OVERLAY_TITLE | HM_OVERLAY_LANE_CARD);
    double over_s = (from->race_to_s - from->race_from_s) / from->rate - BOARD_MOST_S;
    if ((from->overlays & HM_OVERLAY_BOARD) && over_s > 0)
        shot->to.plus_s -= over_s * from->rate;
}

/* In the dark names stand where nothing is to be seen yet, and it does not take long. */
static void shorten_dark(const hm_film *look, hm_shot *shot)
{
    double lead_s = HM_SET_S - shot->race_from_s - DARK_S;
    if (strcmp(look->look, "sound") != 0 || shot->race_to_s > HM_SET_S || lead_s <= 0)
        return;
    shot->from = staging_at(HM_AT_SET, -DARK_S);
    shot->overlays |= HM_OVERLAY_LANE_CARD;
}

bool antho_is_unbroken(const char *look)
{
    return strcmp(look, "rain") == 0 || strcmp(look, "sound") == 0;
}

static bool is_introduction(const hm_film *film, const hm_shot *shot)
{
    return !antho_is_unbroken(film->look) && shot->race_to_s <= HM_SET_S - 0.5;
}

static bool is_aftermath(const hm_shot *shot, double finish_s)
{
    return shot->race_from_s > finish_s + 0.5 && shot->rate > 0.9;
}

static void add_race(const antho_chapter *c, const hm_film *look, antho_piece piece, staging *s,
                     antho_film *out)
{
    int32_t first_after = look->n_shot;
    for (int32_t i = 0; i < look->n_shot; i++)
        if (is_aftermath(&look->shot[i], s->finish_s)) {
            first_after = i;
            break;
        }
    for (int32_t i = 0; i < first_after && piece == ANTHO_WHOLE; i++)
        if (!is_introduction(look, &look->shot[i])) {
            take(s, &look->shot[i]);
            shorten_dark(look, &s->shot[s->n_shot - 1]);
        }
    bool alone = antho_is_unbroken(look->look);
    for (int32_t k = SAID_BEFORE; k < c->is->n_line; k++)
        add_line(c, s, k, HM_RIG_FACE, s->last_s + 1.8 + line_s(c, &c->is->line[k]), alone, out);
    for (int32_t i = first_after; i < look->n_shot; i++)
        take(s, &look->shot[i]);
}

static void add_end(const antho_chapter *c, staging *s)
{
    char met[16], best[HM_CARD_TEXT_MAX] = "";
    int32_t pair[2], count = 0;
    hm_lang lang = c->o->lang;
    if (!antho_pair(c->story, pair))
        return;
    for (int k = 0; k < 2; k++) {
        const hm_story_person *p = &c->story->person[pair[k]];
        char time[16];
        snprintf(time, sizeof time, "%.2f", p->pb_s);
        if (isfinite(p->pb_s))
            join(best, sizeof best,
                 antho_say(c->arena, lang, ANTHO_BEST, antho_name(p, lang), time));
    }
    for (int32_t i = 0; i < c->story->n_meeting; i++) {
        int32_t n = antho_count(c->story, c->story->meeting[i].race);
        count = n > count ? n : count;
    }
    snprintf(met, sizeof met, "%d", (int)count);
    add_plain(s, "met", s->last_s + 14, TITLE_S + 0.8,
              antho_say(c->arena, lang, ANTHO_MET, met, NULL), hm_arena_text(c->arena, best));
}

static void add_credits(staging *s)
{
    hm_shot *shot = add_plain(s, "credits", s->last_s + 20, 5.5, "", "");
    shot->overlays = HM_OVERLAY_CREDITS;
}

hm_status antho_direct(const antho_chapter *c, antho_piece piece, bool with_end, antho_film *out,
                       hm_err *err)
{
    staging s;
    hm_film look_film;
    const hm_look *look;
    hm_direct_opts o = hm_direct_opts_default();
    o.cut = HM_CUT_LOOK;
    o.w_px = c->o->w_px, o.h_px = c->o->h_px, o.fps = c->o->fps;
    o.look = c->is->look;
    o.look_own = c->look_own;
    o.lang = c->o->lang;
    o.seed = c->race->seed;
    for (int32_t i = 0; i < c->told->n_run; i++)
        if (c->story->person[c->told->run[i].person].pinned && o.n_followed < HM_LANE_MAX)
            o.followed[o.n_followed++] = c->told->run[i].lane;
    HM_TRY(hm_look_get(o.look, &look, err));
    HM_TRY(hm_look_direct(look, c->race, &o, c->arena, &look_film, err));
    HM_TRY(staging_begin(&s, c->race, &o, err));
    antho_film made = {0};
    if (piece == ANTHO_WHOLE || piece == ANTHO_BEFORE) {
        add_title(c, &s);
        for (int32_t k = 0; k < c->is->n_line && k < SAID_BEFORE; k++)
            add_line(c, &s, k, HM_RIG_KEYS, BEFORE_S, antho_is_unbroken(c->is->look), &made);
    }
    if (piece == ANTHO_WHOLE || piece == ANTHO_AFTER)
        add_race(c, &look_film, piece, &s, &made);
    if (piece == ANTHO_END || with_end) {
        add_end(c, &s);
        add_credits(&s);
    }
    HM_TRY(staging_bind(&s, c->arena, &made.film, err));
    made.film.obsession = look_film.obsession;
    *out = made;
    return HM_OK;
}
