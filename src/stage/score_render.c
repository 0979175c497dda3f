/* score_render.c - a score through FluidSynth, block by block.
 *
 * The synthesiser works in pieces of 64 samples and hears of events between two of them only: each
 * event goes to the nearest border, at most 0.67 ms from its time. Reverb is set by number, since
 * its defaults differ between versions; there is no chorus. Nothing is played aloud. */
#include "sound_priv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "stage/score.h"

/* First the better one: docs/decisions/004-music.md. */
static const hm_soundfont fonts[] = {
    {"/usr/share/sounds/sf2/FluidR3_GM.sf2", "FluidR3 GM", "MIT"},
    {"/usr/share/sounds/sf2/TimGM6mb.sf2", "TimGM6mb", "GPL-2"},
    {"/usr/share/sounds/sf3/default-GM.sf3", "the default of this machine", "see its package"},
    {"/usr/share/sounds/sf2/default-GM.sf2", "the default of this machine", "see its package"}};

bool hm_soundfont_find(const char *path, hm_soundfont *font)
{
    if (path && access(path, R_OK) == 0) {
        *font = (hm_soundfont){path, path, "as given"};
        return true;
    }
    for (size_t i = 0; !path && i < sizeof fonts / sizeof fonts[0]; i++)
        if (access(fonts[i].path, R_OK) == 0) {
            *font = fonts[i];
            return true;
        }
    return false;
}

#ifdef HM_HAS_FLUIDSYNTH
#include <fluidsynth.h>

enum { GRAIN = 64 };

#define LEAD_IN_S 2.5 /* a film that begins later is joined with what still sounds */
#define GAIN      0.5 /* [1] the synthesiser's own: far from full scale */

/* Sampled instruments answer late: percussion by the time to a tenth of its peak, brass to a half
 * [s]; measured with FluidR3 GM (docs/physics/score.md). Notes are given as much sooner. */
static const double answer_s[HM_SCORE_PART_COUNT] = {
    [HM_SCORE_PART_TRUMPET] = 0.010, [HM_SCORE_PART_TRUMPET_2] = 0.010,
    [HM_SCORE_PART_BRASS] = 0.025,   [HM_SCORE_PART_TIMPANI] = 0.004,
    [HM_SCORE_PART_TAIKO] = 0.0058,  [HM_SCORE_PART_MUTED] = 0.012,
    [HM_SCORE_PART_DRUMS] = 0.0022,  [HM_SCORE_PART_TROMBONE] = 0.025};

typedef enum doing { DO_OFF, DO_CONTROL, DO_ON } doing;

typedef struct event {
    int64_t grain; /* from the film's first sample */
    doing what;
    uint8_t part, a, b;
} event;

struct score_player {
    fluid_settings_t *settings;
    fluid_synth_t *synth;
    int64_t n_event, next;
    event *event; /* (n_event) in order */
    int64_t grain;
    float grain_lr[2 * GRAIN]; /* what is left of the last piece */
    int32_t n_left;
};

const char *hm_score_player(void)
{
    return fluid_version_str();
}

/* ---- events ---- */

static int64_t grain_of(double at_s, double from_s)
{
    return (int64_t)floor((at_s - from_s) * HM_AUDIO_HZ / GRAIN + 0.5);
}

static int compare(const void *a, const void *b)
{
    const event *x = a, *y = b;
    if (x->grain != y->grain)
        return x->grain < y->grain ? -1 : 1;
    if (x->what != y->what)
        return (int)x->what - (int)y->what;
    return 256 * ((int)x->part - (int)y->part) + (int)x->a - (int)y->a;
}

/* Controls before the beginning are set there, the last of each only; notes that still sound begin
 * again there. */
static void list_events(score_player *p, const hm_score *s, double from_s, int64_t first)
{
    int64_t seen[HM_SCORE_PART_COUNT][128];
    memset(seen, -1, sizeof seen);
    for (int64_t i = 0; i < s->n_control; i++) {
        const hm_score_control *c = &s->control[i];
        int64_t g = grain_of(c->at_s, from_s), *old = &seen[c->part][c->number];
        g = g > first ? g : first;
        if (*old < 0 || p->event[*old].grain != g)
            *old = p->n_event++;
        p->event[*old] = (event){g, DO_CONTROL, c->part, c->number, c->value};
    }
    for (int64_t i = 0; i < s->n_note; i++) {
        const hm_score_note *x = &s->note[i];
        double sooner_s = from_s + answer_s[x->part];
        int64_t on = grain_of(x->on_s, sooner_s), off = grain_of(x->off_s, sooner_s);
        if (off <= first)
            continue;
        on = on > first ? on : first;
        p->event[p->n_event++] = (event){on, DO_ON, x->part, x->key, x->velocity};
        p->event[p->n_event++] = (event){off > on ? off : on + 1, DO_OFF, x->part, x->key, 0};
    }
    qsort(p->event, (size_t)p->n_event, sizeof *p->event, compare);
}

static void act(score_player *p, const event *e)
{
    if (e->what == DO_ON)
        fluid_synth_noteon(p->synth, e->part, e->a, e->b);
    else if (e->what == DO_OFF)
        fluid_synth_noteoff(p->synth, e->part, e->a);
    else
        fluid_synth_cc(p->synth, e->part, e->a, e->b);
}

/* ---- the synthesiser ---- */

static bool set_up(fluid_settings_t *s)
{
    static const struct {
        const char *name;
        int value;
    } whole[] = {{"synth.cpu-cores", 1},       {"synth.polyphony", 80},
                 {"synth.midi-channels", 16},  {"synth.reverb.active", 1},
                 {"synth.chorus.active", 0},   {"synth.dynamic-sample-loading", 1},
                 {"synth.threadsafe-api", 0},  {"synth.lock-memory", 0},
                 {"synth.min-note-length", 0}, {"synth.chorus.nr", 3}};
    static const struct {
        const char *name;
        double value;
    } part[] = {{"synth.sample-rate", HM_AUDIO_HZ}, {"synth.gain", GAIN},
                {"synth.reverb.room-size", 0.62},   {"synth.reverb.damp", 0.35},
                {"synth.reverb.width", 0.9},        {"synth.reverb.level", 0.5},
                {"synth.chorus.level", 0.6},        {"synth.chorus.speed", 0.2},
                {"synth.chorus.depth", 4.25}};
    bool ok = fluid_settings_setstr(s, "synth.midi-bank-select", "gm") == FLUID_OK;
    for (size_t i = 0; i < sizeof whole / sizeof whole[0]; i++)
        ok &= fluid_settings_setint(s, whole[i].name, whole[i].value) == FLUID_OK;
    for (size_t i = 0; i < sizeof part / sizeof part[0]; i++)
        ok &= fluid_settings_setnum(s, part[i].name, part[i].value) == FLUID_OK;
    return ok;
}

/* What the library has to say is said by our own errors. */
static void hush(void)
{
    for (int level = 0; level < LAST_LOG_LEVEL; level++)
        fluid_set_log_function(level, NULL, NULL);
}

/* SoundFont 2 and 3 begin so; the library tries other formats and writes to the terminal. */
static bool is_soundfont(const char *path)
{
    char head[12] = "";
    FILE *f = fopen(path, "rb");
    bool is = f && fread(head, 1, sizeof head, f) == sizeof head && memcmp(head, "RIFF", 4) == 0 &&
              memcmp(head + 8, "sfbk", 4) == 0;
    if (f)
        fclose(f);
    return is;
}

static const int dull[] = {HM_SCORE_PART_TAIKO, HM_SCORE_PART_TIMPANI, HM_SCORE_PART_STRINGS,
                           HM_SCORE_PART_HORN, HM_SCORE_PART_TREMOLO};

static hm_status start(score_player *p, const char *soundfont, hm_err *err)
{
    if (!is_soundfont(soundfont))
        return hm_err_set(err, HM_ERR_INPUT, soundfont, 0, 0, "soundfont",
                          "expected a soundfont (RIFF sfbk)");
    hush();
    p->settings = new_fluid_settings();
    if (!p->settings || !set_up(p->settings) || !(p->synth = new_fluid_synth(p->settings)))
        return hm_err_set(err, HM_ERR_SYSTEM, "score", 0, 0, NULL, "FluidSynth does not start");
    if (fluid_synth_sfload(p->synth, soundfont, 1) < 0)
        return hm_err_set(err, HM_ERR_INPUT, soundfont, 0, 0, "soundfont",
                          "expected a soundfont that FluidSynth can read");
    for (int i = 0; i < HM_SCORE_PART_COUNT; i++)
        if (fluid_synth_program_change(p->synth, i, hm_score_part_program((hm_score_part)i)) !=
            FLUID_OK)
            return hm_err_set(err, HM_ERR_INPUT, soundfont, 0, 0, "soundfont",
                              "has no %s (General MIDI program %d)",
                              hm_score_part_name((hm_score_part)i),
                              (int)hm_score_part_program((hm_score_part)i));
    /* Dull instruments lose nothing by straight lines between samples, and cost a third less. */
    for (size_t i = 0; i < sizeof dull / sizeof dull[0]; i++)
        fluid_synth_set_interp_method(p->synth, dull[i], FLUID_INTERP_LINEAR);
    return HM_OK;
}

static void next_grain(score_player *p, float *lr)
{
    for (; p->next < p->n_event && p->event[p->next].grain <= p->grain; p->next++)
        act(p, &p->event[p->next]);
    fluid_synth_write_float(p->synth, GRAIN, lr, 0, 2, lr, 1, 2);
    p->grain++;
}

hm_status score_player_new(const hm_score *score, const char *soundfont, double from_s, hm_arena *a,
                           score_player **out, hm_err *err)
{
    score_player *p = HM_PUSH(a, score_player, 1);
    event *list = HM_PUSH(a, event, 2 * score->n_note + score->n_control + 1);
    if (!p || !list)
        return hm_err_set(err, HM_ERR_SYSTEM, "score", 0, 0, NULL, "no memory left");
    *p = (score_player){.event = list};
    int64_t first = grain_of(-fmin(from_s, LEAD_IN_S), 0.0);
    list_events(p, score, from_s, first);
    hm_status st = start(p, soundfont, err);
    if (st != HM_OK) {
        score_player_free(p);
        return st;
    }
    for (p->grain = first; p->grain < 0;)
        next_grain(p, p->grain_lr);
    *out = p;
    return HM_OK;
}

void score_player_block(score_player *p, int64_t n, float *lr)
{
    for (int64_t i = 0; i < 2 * n; i++) {
        if (p->n_left == 0) {
            next_grain(p, p->grain_lr);
            p->n_left = 2 * GRAIN;
        }
        lr[i] += p->grain_lr[2 * GRAIN - p->n_left--];
    }
}

void score_player_free(score_player *p)
{
    if (!p)
        return;
    if (p->synth)
        delete_fluid_synth(p->synth);
    if (p->settings)
        delete_fluid_settings(p->settings);
    p->synth = NULL;
    p->settings = NULL;
}

#else

const char *hm_score_player(void)
{
    return "";
}

hm_status score_player_new(const hm_score *score, const char *soundfont, double from_s, hm_arena *a,
                           score_player **out, hm_err *err)
{
    (void)score, (void)soundfont, (void)from_s, (void)a, (void)out;
    return hm_err_set(err, HM_ERR_USAGE, "score", 0, 0, NULL,
                      "built without FluidSynth: install libfluidsynth-dev and build again");
}

void score_player_block(score_player *p, int64_t n, float *lr)
{
    (void)p, (void)n, (void)lr;
}

void score_player_free(score_player *p)
{
    (void)p;
}
#endif
