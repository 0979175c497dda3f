/* stage/sound.h - what a film of a race sounds like.
 *
 * Words used here: a listener is the ear at one frame of the film; a shot is a run of frames
 * without a cut; a stem is the sound of one kind of source, before mixing; a bed is a sound without
 * beginning or end (crowd, wind); LUFS is loudness by ITU-R BS.1770 (EBU R128), dBTP the true peak,
 * between the samples, against full scale. 48 kHz stereo throughout.
 *
 * Every event of the race goes through the map from race time to film time that the listeners give,
 * so a cut, a replay and slow motion carry their own sound: slow motion stretches the times of
 * events, not their pitch. The crowd and the wind run in film time and only their level follows the
 * race. */
#ifndef HM_STAGE_SOUND_H
#define HM_STAGE_SOUND_H

#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"
#include "data/race.h"
#include "num/vec.h"
#include "stage/encode.h"
#include "stage/scene.h"

/** The ear at one frame. */
typedef struct hm_listener {
    double film_t_s; /* of the frame; equal steps from frame to frame */
    double race_t_s; /* from the gun; never falls within a shot */
    hm_vec3 ear_m;
    hm_vec3 right; /* unit, to the right of the picture */
    int32_t shot;  /* a change = a cut */
} hm_listener;

typedef enum hm_ground {
    HM_GROUND_AUTO,   /* earth when everybody stands at the start or is under 13 */
    HM_GROUND_TARTAN, /* spikes */
    HM_GROUND_EARTH   /* trainers; a school field without stands */
} hm_ground;

/** How the two channels are made. */
typedef enum hm_space {
    HM_SPACE_AUTO,    /* as the look wants it, else stereo */
    HM_SPACE_STEREO,  /* loudspeakers: panned by level, a third of a millisecond between channels */
    HM_SPACE_BINAURAL /* headphones: two ears on a head (docs/physics/sound.md) */
} hm_space;

typedef enum hm_stem {
    HM_STEM_STEPS, /* touch-downs and toe-offs */
    HM_STEM_BREATH,
    HM_STEM_START,  /* "set", the gun and its echoes */
    HM_STEM_CROWD,  /* the bed and the many voices in it */
    HM_STEM_VOICES, /* single shouts, whistles, claps */
    HM_STEM_PLACE,  /* wind */
    HM_STEM_SCORE,  /* music, if there is a score */
    HM_STEM_COUNT
} hm_stem;

typedef enum hm_source_kind {
    HM_SOURCE_GUTTER, /* water that runs */
    HM_SOURCE_DRAIN,  /* and falls into the ground */
    HM_SOURCE_ROOF,   /* rain on canvas; who is under it hears less of the rest */
    HM_SOURCE_UMBRELLA,
    HM_SOURCE_KINDS
} hm_source_kind;

enum { HM_SOURCE_MAX = 16 };

/** Something in the rain that sounds all the time, where it is. */
typedef struct hm_source {
    hm_vec3 at_m;
    hm_source_kind kind;
    double level; /* [1] */
} hm_source;

/** A footfall that is not the race's. */
typedef struct hm_tread {
    double race_t_s;
    hm_vec3 at_m;
    double level; /* against a landing at top speed [1] */
    uint32_t own; /* whose */
} hm_tread;

typedef struct hm_sound_opts {
    uint32_t cookie; /* set by hm_sound_opts_default */
    hm_ground ground;
    double crowd_frac; /* size of the crowd against a full stadium, 0 .. 1; < 0 = by the ground */
    double rain_frac;  /* rain and wet ground, 0 none .. 2 */
    hm_space space;
    double lead_db_per_m;   /* 0 = true levels; else runners are as loud as they are well placed: so
                             * much less a metre behind the leader, 15 dB at most, until the last
                             * finisher; directions and times stay true */
    double crowd_race_frac; /* level of the crowd between gun and line, 1 = a full roar */
    double crowd_line_frac; /* and from the winner's line on */
    double hush_frac;       /* from "set" to the gun everything but breath falls silent, 0 .. 1 */
    double breath_gain;     /* [1] */
    double set_s;           /* the starter says "set", from the gun */
    double echo_frac;       /* of what stands give back of gun and starter, 0 .. 1 */
    double loud_lufs;       /* integrated loudness of the whole */
    double peak_dbtp;       /* not exceeded */
    int32_t n_source;       /* heard where it rains */
    const hm_source *source; /* (n_source) HM_SOURCE_MAX at most */
    int32_t n_tread;
    const hm_tread *tread;        /* (n_tread) by race_t_s within each runner */
    const struct hm_score *score; /* stage/score.h; NULL = none */
    const char *soundfont;        /* file that the score is played with */
    int32_t n_thread;
    hm_encode_progress_fn *progress; /* samples mixed, of how many; NULL = nobody asks */
    void *progress_ctx;
} hm_sound_opts;

typedef struct hm_loudness {
    double integrated_lufs; /* -inf = silence, or shorter than 0.4 s */
    double peak_dbtp;       /* the louder channel; -inf = silence */
} hm_loudness;

/** -16 LUFS, -2.5 dBTP (AAC at 160 kb/s adds up to 1 dB), true levels, stereo, one thread.
 */
hm_sound_opts hm_sound_opts_default(void);

/**
 * The ear of a camera: where the picture seems to be taken from. A lens longer than 50 degrees
 * brings the ear nearer along the view as it brings the picture nearer, as a microphone at the
 * track does; a wider one leaves it at the eye.
 */
hm_listener hm_listener_of(double film_t_s, double race_t_s, const hm_camera *camera, int32_t shot);

/** The sound of a whole film, mixed and brought to its loudness; in a file without a name. */
typedef struct hm_sound hm_sound;

/**
 * Render it.
 *
 * in     race      any race that hm_race_check accepts
 *        n         1 or more frames, equal steps of film_t_s, race_t_s not falling within a shot
 *        listener  (n)
 *        beside    a path: the sound waits in the same folder; NULL = where the system has it
 * out    sound     from the first frame to the end of the last: round(n / fps * 48000) samples
 *                  without rounding errors adding up; untouched on failure
 * range  the loudness is met within 0.5 LU unless that needs more than 30 dB of gain (silence
 *        stays silent) or the film is shorter than 0.4 s
 * errors HM_ERR_USAGE   listeners out of order, options out of range
 *        HM_ERR_STOPPED progress said so
 *        HM_ERR_SYSTEM  no memory, no place for the file (0.8 MB for each second)
 *        a score: HM_ERR_USAGE built without FluidSynth, HM_ERR_INPUT no soundfont that it reads
 * memory 40 MB while it renders, however long the film; with a score what its instruments take
 * threads: n_thread; the same samples for any number (a score's depend on the version of
 * FluidSynth) source recipes: docs/physics/sound.md; air: c = 331.3 + 0.606 T test
 * tests/unit/stage/test_sound.c
 */
HM_CHECKED hm_status hm_sound_new(const hm_race *race, int64_t n, const hm_listener listener[],
                                  const hm_sound_opts *opts, const char *beside, hm_sound **sound,
                                  hm_err *err);

/** One race of a film that has several: hm_sound_join. */
typedef struct hm_sound_part {
    const hm_race *race;
    int64_t n;
    const hm_listener *listener; /* (n) its film_t_s go on from part to part */
    hm_sound_opts opts;          /* place, crowd, weather; the rest is that of the whole */
    double fade_in_s, fade_out_s;
} hm_sound_part;

/**
 * The sound of several races, one after the other, with the tone of a quiet room where they fade.
 *
 * in     part      (n_part) 1 or more, by time, without gaps
 *        whole     loudness, peak, score (in time of the whole film), soundfont, n_thread
 * out    sound     as hm_sound_new
 * range, errors, threads: as hm_sound_new
 * memory as hm_sound_new, for one part at a time
 * test   tests/unit/stage/test_sound_join.c
 */
HM_CHECKED hm_status hm_sound_join(int32_t n_part, const hm_sound_part part[],
                                   const hm_sound_opts *whole, const char *beside, hm_sound **sound,
                                   hm_err *err);

int64_t hm_sound_sample_count(const hm_sound *sound);

/** Samples from .. from + n - 1 (n x 2) of a hm_sound: an hm_encode_sound_fn. */
HM_CHECKED hm_status hm_sound_read(void *sound, int64_t from, int64_t n, float *lr, hm_err *err);

void hm_sound_destroy(hm_sound *sound);

/** The same in memory, all of it in arena. As hm_sound_new otherwise. */
HM_CHECKED hm_status hm_sound_render(const hm_race *race, int64_t n, const hm_listener listener[],
                                     const hm_sound_opts *opts, hm_arena *arena, hm_audio *audio,
                                     hm_err *err);

/** One stem of the same film, before mixing and loudness; lane 0 = all, else of that lane only
 *  (steps and breath). As hm_sound_render otherwise. */
HM_CHECKED hm_status hm_sound_stem(const hm_race *race, int64_t n, const hm_listener listener[],
                                   const hm_sound_opts *opts, hm_stem stem, int32_t lane,
                                   hm_arena *arena, hm_audio *audio, hm_err *err);

/** Measure with libebur128. errors HM_ERR_SYSTEM no memory */
HM_CHECKED hm_status hm_loudness_of(const hm_audio *audio, hm_loudness *out, hm_err *err);

#endif
