/* stage/score.h - music for a film, composed by rule from its race.
 *
 * Words used here: a beat is a footfall of the focus runner, the one whose steps the music goes by;
 * a part is one instrument, and its number is its MIDI channel; a key is a MIDI note (60 = middle
 * C) and a pitch class is a key without its octave, 0 = C; a tonic is the pitch class that a scale
 * begins on. All times are film seconds unless they are called race time.
 *
 * The score follows the film, not the race: what is heard happens when the film shows it, so slow
 * motion slows the drums down, a replay has its own music and a cut is played through. Nothing here
 * makes sound: hm_sound_new does, with FluidSynth, and hm_score_midi writes a file. */
#ifndef HM_STAGE_SCORE_H
#define HM_STAGE_SCORE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"
#include "data/film.h"
#include "data/race.h"
#include "stage/motif.h"

typedef enum hm_score_part {
    HM_SCORE_PART_TRUMPET,   /* the theme */
    HM_SCORE_PART_TRUMPET_2, /* the rival */
    HM_SCORE_PART_BRASS,     /* chords from top speed on */
    HM_SCORE_PART_HORN,      /* long tones */
    HM_SCORE_PART_STRINGS,   /* low, held */
    HM_SCORE_PART_TREMOLO,   /* strings, rising to the line */
    HM_SCORE_PART_TIMPANI,
    HM_SCORE_PART_TAIKO, /* feet, heart */
    HM_SCORE_PART_MUTED, /* trumpet with a mute: before the start, slow motion */
    HM_SCORE_PART_DRUMS, /* kit; channel 9 is that by General MIDI */
    HM_SCORE_PART_TROMBONE,
    HM_SCORE_PART_COUNT
} hm_score_part;

typedef enum hm_score_kind {
    HM_SCORE_BEFORE,   /* held strings, heartbeat, one trumpet tone */
    HM_SCORE_SET,      /* the heart alone, then nothing */
    HM_SCORE_DRUMS,    /* from the gun: percussion alone */
    HM_SCORE_THEME,    /* trumpets in */
    HM_SCORE_LAST,     /* the last 20 m: everything, or nothing */
    HM_SCORE_WAIT,     /* after the line, the order not yet known: timpani roll */
    HM_SCORE_REPLAY,   /* slow motion, or what was seen before */
    HM_SCORE_RESOLVED, /* the official order is known */
    HM_SCORE_KINDS
} hm_score_kind;

typedef enum hm_score_end {
    HM_SCORE_END_AUTO,    /* nothing when undecided at 80 m: within 0.5 m, or the lead turns */
    HM_SCORE_END_ALL,     /* every part */
    HM_SCORE_END_NOTHING, /* steps and breath */
    HM_SCORE_ENDS
} hm_score_end;

typedef struct hm_score_note {
    double on_s, off_s; /* 0 <= on < off <= the film's end */
    uint8_t part;       /* hm_score_part */
    uint8_t key;        /* within hm_score_range; on HM_SCORE_PART_DRUMS a drum of General MIDI */
    uint8_t velocity;   /* 1 .. 127 */
} hm_score_note;

/** A MIDI controller is set: loudness of held notes, place, room. */
typedef struct hm_score_control {
    double at_s;
    uint8_t part, number, value;
} hm_score_control;

typedef struct hm_score_section {
    double from_s, to_s;
    hm_score_kind kind;
} hm_score_section;

/** A footfall that the music counts by. */
typedef struct hm_score_beat {
    double at_s;
    double race_s; /* race time of the footfall */
    hm_foot foot;
    hm_score_kind kind; /* of the section that it is in */
} hm_score_beat;

/** From here on this scale; the first stands at 0, each later one at a change of the lead. */
typedef struct hm_score_key {
    double at_s;
    double race_s; /* when the lead changed; of the first: the gun */
    int32_t lane;  /* who leads from here on; 0 = nobody runs */
    int32_t tonic; /* pitch class 0 .. 11 */
    bool minor;
} hm_score_key;

/** From here on this harmony: the triad on a degree of the scale, or with the fourth instead of the
 *  third (held open, wants to resolve). */
typedef struct hm_score_chord {
    double at_s;
    int32_t tonic, degree; /* pitch class; 0 .. 6 */
    bool minor, fourth;
} hm_score_chord;

typedef struct hm_score_silence {
    double from_s, to_s; /* steps and breath alone: the mix lowers the crowd too */
} hm_score_silence;

typedef struct hm_score {
    double duration_s; /* the film's */
    int32_t focus_lane;
    int64_t n_note;
    hm_score_note *note; /* (n_note) by time */
    int64_t n_control;
    hm_score_control *control; /* (n_control) by time */
    int32_t n_section;
    hm_score_section *section; /* (n_section) without gaps, from 0 to the end */
    int32_t n_beat;
    hm_score_beat *beat; /* (n_beat) by time */
    int32_t n_key;
    hm_score_key *key; /* (n_key) 1 or more */
    int32_t n_chord;
    hm_score_chord *chord; /* (n_chord) 1 or more */
    int32_t n_silence;
    hm_score_silence *silence;   /* (n_silence) */
    hm_motif motif[HM_LANE_MAX]; /* by index into race->lane, as played */
} hm_score;

/** A motif given by hand, and whose it quotes. */
typedef struct hm_score_voice {
    int32_t lane;
    bool has_motif; /* else the runner's own */
    hm_motif motif;
    int32_t quotes_lane; /* the teacher; 0 = nobody */
} hm_score_voice;

typedef struct hm_score_opts {
    uint32_t cookie;
    int32_t focus_lane; /* 0 = the winner, else whoever gets farthest */
    hm_score_end end;
    int32_t n_voice;
    hm_score_voice voice[HM_LANE_MAX]; /* (n_voice) */
} hm_score_opts;

/** The winner's steps, automatic end, everybody's own motif. */
hm_score_opts hm_score_opts_default(void);

/** Looks whose staging asks for music: rain, smear, elastic. Elsewhere it is played on request. */
bool hm_score_by_look(const char *look);

/**
 * Compose.
 *
 * in     race   as hm_race_check wants it
 *        film   bound to it
 * out    score  untouched on failure
 * errors HM_ERR_USAGE a lane of the options that is not in the race, or a voice given twice;
 *        HM_ERR_SYSTEM no memory
 * memory arena, about 24 bytes a note, 40 notes a second
 * threads: pure but for the arena; the same race, film and options give the same notes
 * source docs/physics/score.md
 * test   tests/unit/stage/test_score.c
 */
HM_CHECKED hm_status hm_score_compose(const hm_race *race, const hm_film *film,
                                      const hm_score_opts *opts, hm_arena *arena, hm_score *score,
                                      hm_err *err);

/** Lowest and highest key that is written for a part. Own choice within what players reach
 *  (recalled); lo = 27, hi = 87 for the kit. */
void hm_score_range(hm_score_part part, int32_t *lo, int32_t *hi);

/** Name of a part, and its General MIDI program counted from 0. */
const char *hm_score_part_name(hm_score_part part);
int32_t hm_score_part_program(hm_score_part part);

/** Semitones above the tonic of a degree, any octave. */
int32_t hm_score_semitones(bool minor, int32_t degree);

/** Does a key belong to the chord? */
bool hm_score_chord_has(const hm_score_chord *c, int32_t key);

/** The chord, section at a time; before the first the first. */
const hm_score_chord *hm_score_chord_at(const hm_score *s, double at_s);
hm_score_kind hm_score_kind_at(const hm_score *s, double at_s);

/**
 * Write a standard MIDI file, format 1: a track of tempo, keys and sections, then one for each
 * part. A quarter note is two beats where there are beats, so notes stand on the grid of an editor
 * although the tempo moves with every step; times are kept within 0.6 ms.
 * errors HM_ERR_USAGE built without libsmf; HM_ERR_SYSTEM the file cannot be written, memory
 */
HM_CHECKED hm_status hm_score_midi(const hm_score *score, const char *path, hm_err *err);

/** A set of sampled instruments on this machine. */
typedef struct hm_soundfont {
    const char *path, *name, *licence; /* static, or path as given */
} hm_soundfont;

/**
 * Where instruments are.
 * in     path  a file; NULL = the first of the known ones that is installed
 * out    font  untouched when false
 * memory none.  threads: pure
 */
bool hm_soundfont_find(const char *path, hm_soundfont *font);

/** Can this build play a score: was it built with FluidSynth? Its version, else "". */
const char *hm_score_player(void);

#endif
