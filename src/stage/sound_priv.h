/* sound_priv.h - shared by the stems (stem_*.c), the map of time and space (soundmap.c) and the
 * mix. */
#ifndef HM_STAGE_SOUND_PRIV_H
#define HM_STAGE_SOUND_PRIV_H

#include "binaural_priv.h"
#include "filter_priv.h"
#include "spool_priv.h"

#include <math.h>

#include "stage/sound.h"

/* One block of work: all stems give these samples, then they are mixed. */
enum {
    SOUND_CHUNK = 96000,
    SOUND_EVENT_MAX = 2 * HM_AUDIO_HZ,
    SOUND_SECTION_MAX = 9,
    SOUND_PAST = 64
};

/** A run of frames without a cut, and the samples that it covers. */
typedef struct sound_shot {
    int64_t first, n; /* listeners */
    int64_t from, to; /* samples of the film */
} sound_shot;

/** Level of the crowd as the race goes, from SOUND_MOOD_FROM_S on, every 1/50 s. */
enum { SOUND_MOOD_HZ = 50, SOUND_MOOD_FROM_S = -30, SOUND_MOOD_N = 110 * SOUND_MOOD_HZ };

/** Everything that stems read. Built once, then constant. */
typedef struct sound_film {
    const hm_race *race;
    hm_sound_opts o; /* resolved: ground and crowd_frac are set */
    const hm_listener *lis;
    int64_t n_lis;
    double t0_s, dt_s; /* first frame, step */
    int64_t n_sample;
    int32_t n_shot;
    const sound_shot *shot;
    double c_mps;
    bool earth;
    double win_s;                 /* the first torso at the line; < 0 = nobody */
    double last_s;                /* the last one; 0 = nobody */
    double fade_in_s, fade_out_s; /* of the film's ends */
    const float *mood;            /* (SOUND_MOOD_N) 0 .. 1.2 */
    const struct sound_bank *bank;
} sound_film;

/** How one event reaches the ears. */
typedef struct sound_heard {
    double at_s;      /* film time at the nearer ear */
    double d_m;       /* from the middle of the head */
    double gain[2];   /* left, right; distance loss included */
    double late_s[2]; /* after at_s */
    double air_hz;    /* corner of the air's low-pass */
    double high[2];   /* binaural: the head's shadow, see head_ears */
    double rear;
} sound_heard;

/** One sound of finite length, to be placed in the film. */
typedef struct sound_event {
    sound_heard heard;
    int32_t shot; /* faded at this shot's cuts; -1 = plays on over cuts */
    uint32_t key; /* of its noise */
    uint32_t own; /* of the part of it that is the same each time: whose foot it is */
    double len_s;
    double level;  /* [1] */
    double par[5]; /* [1] of its recipe */
} sound_event;

typedef struct sound_events {
    int64_t n;
    sound_event *e;
} sound_events;

/** Recipe: samples i = 0 .. n - 1 of an event at the instants (i - frac) / 48000 s. */
typedef void sound_recipe(const sound_film *f, const sound_event *e, double frac, int64_t n,
                          double *mono);

/** A block of samples of the film: lr is (SOUND_CHUNK x 2), mono scratch (SOUND_EVENT_MAX). */
typedef struct sound_block {
    int64_t from, n;
    float *lr;
    double *mono;
} sound_block;

/* ---- time and space (soundmap.c) ---- */

hm_status sound_film_init(sound_film *f, const hm_race *race, int64_t n, const hm_listener lis[],
                          const hm_sound_opts *o, hm_arena *a, hm_err *err);

/** Race time at a film time; clamped to the film. */
double sound_race_s(const sound_film *f, double film_s);

/** Race seconds a film second there: 1 = real time, 0.25 = slow motion. */
double sound_rate(const sound_film *f, double film_s);

/** The ear at a film time within a shot (its ends beyond). shot < 0: whichever shot is on. */
hm_listener sound_ear(const sound_film *f, int32_t shot, double film_s);

/** Film time of a race time in a shot, going on beyond its ends; false = never there. */
bool sound_film_s(const sound_film *f, int32_t shot, double race_s, double *film_s);

/** What a source at pos, sounding at film time from_s, gives to the ears. */
sound_heard sound_hear(const sound_film *f, int32_t shot, double from_s, hm_vec3 pos_m);

/** Add to list the event of race time race_s in each shot where it can be heard. list may be NULL
 *  to count only. Gives how many. */
int64_t sound_cast(const sound_film *f, double race_s, hm_vec3 pos_m, sound_event like,
                   sound_event *list);

/** Add the events to the block. */
void sound_place(const sound_film *f, const sound_events *ev, sound_recipe *recipe,
                 const sound_block *b);

/* ---- the course of it (mood.c) ---- */

hm_status sound_mood_build(sound_film *f, hm_arena *a, hm_err *err);

/** Crowd level at a film time, 0 .. 1.2. */
double sound_mood(const sound_film *f, double film_s);

/** How much of what is not a runner may be heard at a race time, 0 .. 1: silence before the gun. */
double sound_awake(const sound_film *f, double race_s);

/** Uniform (0, 1) of a named thing of this film. */
double sound_unit(const sound_film *f, uint64_t who, uint32_t when, uint32_t draw);

/** Where torso or foot of a lane is in the world. */
hm_vec3 sound_lane_m(const hm_lane *l, double side_m, double up_m, double x_m);

/* ---- who leads (lead.c) ---- */

/** How far the desk has its hands on the runners: 0 nothing .. 1 in the race. */
double sound_lead_frac(const sound_film *f, double race_s);

/** Level of a lane against the leader's, 0.18 .. 1. */
double sound_lead_level(const sound_film *f, const hm_lane *l, double race_s);

/** Force of everybody's landings then, whoever lands. */
double sound_lead_force(const sound_film *f, double race_s);

/** Give the n events of a lane, all of race time race_s, the levels of its place. */
void sound_lead(const sound_film *f, const hm_lane *l, double race_s, int64_t n, sound_event *list);

/* ---- stems ---- */

/** Where the starter's gun is. */
hm_vec3 sound_gun_m(void);

hm_status sound_steps(const sound_film *f, const hm_lane *l, hm_arena *a, sound_events *touch,
                      sound_events *scrape, hm_err *err);
sound_recipe sound_touch_recipe, sound_scrape_recipe, sound_breath_recipe, sound_gun_recipe,
    sound_set_recipe, sound_grain_recipe, sound_bird_recipe;
hm_status sound_breaths(const sound_film *f, const hm_lane *l, hm_arena *a, sound_events *out,
                        hm_err *err);
hm_status sound_starts(const sound_film *f, hm_arena *a, sound_events *gun, sound_events *set,
                       hm_err *err);

/** Short sounds of single people, made once. */
typedef struct sound_bank sound_bank;
hm_status sound_bank_new(const sound_film *f, hm_arena *a, const sound_bank **out, hm_err *err);
hm_status sound_voices(const sound_film *f, hm_arena *a, sound_events *out, hm_err *err);

/** Birds around a school field; none in a stadium. */
hm_status sound_birds(const sound_film *f, hm_arena *a, sound_events *out, hm_err *err);

/** One section of the crowd: filters that go on from block to block. */
typedef struct sound_section {
    uint32_t key;
    hm_vec3 pos_m;
    double size; /* [1] share of people against a main section */
    double pink[6];
    sound_biquad band[4];
    double air[2];  /* one-pole low-pass */
    double gain[2]; /* reached so far */
    double late[2]; /* [1] samples, reached so far: binaural */
    head_shadow ear[2];
    double past[SOUND_PAST]; /* a ring of the last samples */
    uint32_t n_past;
    double slow; /* smoothed level */
    bool begun;
} sound_section;

int32_t sound_sections(const sound_film *f, sound_section s[SOUND_SECTION_MAX]);
void sound_section_block(const sound_film *f, sound_section *s, const sound_block *b);

typedef struct sound_wind {
    double brown[2];
    sound_biquad low[2], high[2];
    bool begun;
} sound_wind;

void sound_wind_block(const sound_film *f, sound_wind *w, const sound_block *b);

typedef struct sound_rain {
    sound_biquad hiss[2], roar[2];
    double open; /* to the sky, reached so far */
    bool begun;
} sound_rain;

/** Water at one place. */
typedef struct sound_water {
    sound_biquad low[2], high[2];
    double gain[2]; /* reached so far */
    bool begun;
} sound_water;

/** The options' sources. */
void sound_water_block(const sound_film *f, sound_water w[HM_SOURCE_MAX], const sound_block *b);

/** How far the ear is under a roof, 0 .. 1. */
double sound_sheltered(const sound_film *f, double film_s);

/** The options' footfalls, for sound_touch_recipe. */
hm_status sound_treads(const sound_film *f, hm_arena *a, sound_events *out, hm_err *err);

/** Rain as far as the options want it. */
void sound_rain_block(const sound_film *f, sound_rain *r, const sound_block *b);

/** The splash of a footfall on a wet track, added to mono. */
void sound_splash(uint32_t key, int64_t n, double level, double *mono);

/* ---- music (score_render.c) ---- */

/** A score on its way through the synthesiser; NULL = there is none. */
typedef struct score_player score_player;

/** in from_s  film time of the first sample. Takes handles of a library: free it. */
hm_status score_player_new(const struct hm_score *score, const char *soundfont, double from_s,
                           hm_arena *a, score_player **out, hm_err *err);

/** The next n samples of the film (n x 2), added; SOUND_CHUNK of them, fewer at the end only. */
void score_player_block(score_player *p, int64_t n, float *lr);
void score_player_free(score_player *p);

/* ---- room and loudness ---- */

typedef struct sound_room sound_room;
sound_room *sound_room_new(hm_arena *a);

/** Add the room's answer to send (n x 2) onto out (n x 2). */
void sound_room_block(sound_room *r, int64_t n, const float *send, double gain, float *out);

/** Bring a sound (n_sample x 2) to the options' loudness and peak. */
hm_status sound_level(int64_t n_sample, const hm_sound_opts *o, const stage_spool *in,
                      const stage_spool *out, hm_arena *scratch, hm_err *err);

/** What is heard where nothing is: the tone of a quiet room, so that a pause is no fault. */
typedef struct sound_hush {
    sound_biquad low[2];
    uint32_t at; /* sample */
} sound_hush;

void sound_hush_start(sound_hush *h);

/** Add the next n samples to lr (n x 2). */
void sound_hush_block(sound_hush *h, int64_t n, float *lr);

/** All stems together (only < 0), or one alone, block by block. */
typedef struct sound_mix sound_mix;
hm_status sound_mix_new(const sound_film *f, int32_t only, int32_t lane, hm_arena *a,
                        sound_mix **out, hm_err *err);

/** The next block into lr, SOUND_CHUNK samples or what is left. Gives how many. */
int64_t sound_mix_block(sound_mix *m, float *lr);

/** Give back what is not in the arena. */
void sound_mix_close(sound_mix *m);

#endif
