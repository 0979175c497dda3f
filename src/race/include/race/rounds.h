/* race/rounds.h - from an entry list to a winner: heats, lanes, who advances. TR = World Athletics
 * Technical Rules; the numbers of docs/rules.md stand beside each part. Only whole numbers decide.
 */
#ifndef HM_RACE_ROUNDS_H
#define HM_RACE_ROUNDS_H

#include "data/entries.h"
#include "race/rules.h"

enum { HM_ROUND_MAX = 16 };

/* ---- the program: how many heats, who advances (TR20.1, TR20.8) ---- */

typedef struct hm_round_plan {
    char code[8]; /* R1, R2 ..., SF, F */
    int32_t n_heat;
    int32_t by_place, by_time; /* 0 in the final */
} hm_round_plan;

typedef struct hm_program {
    const char *table; /* "WPA2024", "WMA2025_8" ... or "own" */
    bool beyond;       /* the table asked for does not go so far: own rows */
    int32_t per_heat;  /* athletes that a heat holds */
    int32_t n_round;
    hm_round_plan round[HM_ROUND_MAX];
} hm_program;

/**
 * The rounds of a field.
 * in     n_entry  1 .. HM_ENTRY_MAX (asserted)
 * out    program  each round but the last fills the next or leaves lanes free
 * errors HM_ERR_USAGE the table is not for this number of lanes
 * source WPA Rules 2024 Rule 21.2, WMA Rules 2025 Appendix C (data/rules/progression_tables.csv);
 *        own rows: docs/rules.md
 * test   tests/unit/race/test_program.c
 */
HM_CHECKED hm_status hm_program_make(const hm_rules *rules, int32_t n_entry, hm_program *program,
                                     hm_err *err);

/* ---- heats (TR20.2, TR20.3) ---- */

/** Heat of seed number `seed`, both from 0: 0 1 2 2 1 0 0 1 2 ... (TR20.3.3). */
int32_t hm_zigzag_heat(int32_t seed, int32_t n_heat);

typedef struct hm_swap {
    int32_t seed, with; /* from 0 */
} hm_swap;

/**
 * Heats by zigzag, then swaps so that fewer of one team meet (TR20.2.2-3): the worse-seeded of each
 * pair, worst first, against seeds of the same zigzag row, nearest first, while the number of pairs
 * falls.
 *
 * in     team    (n) by seed; -1 = none
 * out    heat    (n) heat of each seed
 *        swap    (n_swap) in order, in the arena
 * errors HM_ERR_SYSTEM no memory
 * test   tests/unit/race/test_heats.c
 */
HM_CHECKED hm_status hm_heats_zigzag(int32_t n, const int32_t team[], int32_t n_heat,
                                     hm_arena *arena, int32_t heat[], hm_swap **swap,
                                     int32_t *n_swap, hm_err *err);

/** Similar marks together, sizes that differ by one at most (TR39.7). */
void hm_heats_similar(int32_t n, int32_t n_heat, int32_t heat[]);

/* ---- lanes (TR20.4) ---- */

/** Lots: the smaller goes first. Keyed by who and for what, not by the order of a file. */
uint64_t hm_lot(uint64_t seed, uint32_t round, uint32_t purpose, uint64_t key);

/**
 * Lanes of one heat. Inside lanes stay empty (TR20.4 note iii); a pair of lanes counts by its
 * first. in     by_rank  ranks draw within their groups (TR20.4.3); false = all draw from all n <=
 * athletes that a heat holds (asserted) lot      (n) by rank out    lane     (n) by rank test
 * tests/unit/race/test_lanes.c
 */
void hm_lanes_draw(const hm_rules *rules, bool by_rank, int32_t n, const uint64_t lot[],
                   int32_t lane[]);

/* ---- who advances (TR20.8, TR21) ---- */

typedef enum hm_advance {
    HM_OUT,
    HM_BY_PLACE,   /* Q */
    HM_BY_TIME,    /* q */
    HM_BY_DRAW,    /* qD */
    HM_BY_REFEREE, /* qR: given, never taken away */
    HM_BY_JURY     /* qJ */
} hm_advance;

/** "Q", "q", "qD", "qR", "qJ", "". */
const char *hm_advance_text(hm_advance a);

/** One athlete of a round that was run. */
typedef struct hm_finish {
    int32_t heat;       /* from 0 */
    int32_t place;      /* 0 = no result */
    int32_t time_ms;    /* 0 = none; what decides between heats (TR21.5) */
    uint64_t lot;       /* hm_lot: decides when nothing else does */
    hm_advance advance; /* in: OUT, BY_REFEREE or BY_JURY; out: how he goes on */
    bool by_time;       /* out: of BY_DRAW, for a time place; else for a place */
} hm_finish;

/**
 * Who goes on, docs/rules.md 7.1.
 * in     plan   of the round
 *        room   lanes of the next round
 * out    f      (n) advance, by_time
 *        log    a line for each tie and lot; may be NULL
 * errors HM_ERR_CHECK tie_overflow = ask and a tie is larger than time places and lanes
 *        HM_ERR_SYSTEM no memory
 * test   tests/unit/race/test_progress.c
 */
HM_CHECKED hm_status hm_advance_judge(const hm_rules *rules, const hm_round_plan *plan,
                                      int32_t room, int32_t n, hm_finish f[], hm_arena *arena,
                                      hm_notes *log, hm_err *err);

/**
 * Seeding of those who advanced (TR20.3.2a, TR21.2): winners by time, seconds by time ..., time
 * qualifiers, then qR and qJ.
 * out    order  indices into f; returns how many
 */
int32_t hm_advance_rank(int32_t n, const hm_finish f[], int32_t order[]);

/* ---- all rounds ---- */

typedef struct hm_rounds_lane {
    int32_t lane, entry; /* entry: index */
    int32_t seed;        /* rank of the round, from 1 */
    hm_run_status status;
    const char *rule; /* of a DQ */
    int32_t place;    /* 0 = none */
    int64_t time_us;  /* 0 = none */
    int32_t official_cs;
    int32_t reaction_ms; /* -1 = none */
    bool thousandths;    /* they decided, in the heat or between heats */
    hm_advance advance;
} hm_rounds_lane;

typedef struct hm_rounds_heat {
    bool run;  /* else a start list */
    bool hand; /* hand times, TR19.10 */
    bool has_wind;
    int32_t wind_cmps;
    int32_t n_lane;
    hm_rounds_lane *lane; /* (n_lane) by lane */
} hm_rounds_heat;

typedef struct hm_rounds_round {
    hm_round_plan plan;
    const char *name;     /* "Round 1", "Semi-finals", "Final" */
    bool run;             /* all heats are */
    bool by_rank;         /* lanes by rank, else by lot */
    hm_rounds_heat *heat; /* (plan.n_heat) in running order */
    hm_notes log;         /* swaps, ties, lots */
} hm_rounds_round;

typedef struct hm_rounds {
    const hm_entries *entries;
    hm_program program;
    uint64_t seed;
    int32_t n_round; /* those that have a start list */
    hm_rounds_round round[HM_ROUND_MAX];
    hm_notes notes;
} hm_rounds;

/** One heat to be run. */
typedef struct hm_heat_call {
    const hm_entries *entries;
    const hm_rounds_round *round;
    int32_t i_round, i_heat;
    uint64_t seed;
} hm_heat_call;

/**
 * How a heat gets its results: readings of a file, or a simulation.
 * out    heat   run = true and, for those who start (status OK): status, rule, time_us,
 * reaction_ms; wind, hand. run = false: there are none yet
 */
typedef hm_status hm_heat_fn(void *ctx, const hm_heat_call *call, hm_rounds_heat *heat,
                             hm_err *err);

/**
 * Readings of a file: ctx = const hm_readings *. A heat nobody is read in is not run yet.
 * errors HM_ERR_INPUT: one of the heat lacks a reading, is not of the round, two winds, two systems
 * of timing (TR20.8)
 */
hm_status hm_heat_read(void *ctx, const hm_heat_call *call, hm_rounds_heat *heat, hm_err *err);

/**
 * A plain draw: each runs his best times a normal factor (mean 1, sd 0.8 %, cut at 3 sd), keyed by
 * seed, athlete and round; one without a best runs 3 % above the slowest best. Knows no wind. ctx
 * unused. source the sd: spread of a sprinter's finals around his best, own choice
 */
hm_status hm_heat_draw(void *ctx, const hm_heat_call *call, hm_rounds_heat *heat, hm_err *err);

/**
 * Run an event: seeds, heats, lanes, results, who advances, until the final or the first round
 * without results. The order of the entries does not matter.
 *
 * in     rules  passes hm_rules_check
 *        run    hm_heat_read, hm_heat_draw, hm_heat_simulate (race/heat.h) or another
 * out    rounds keeps pointers into entries; untouched on failure
 * errors HM_ERR_INPUT no entries; those of run, hm_program_make and hm_advance_judge
 * memory arena
 * test   tests/unit/race/test_rounds.c
 */
HM_CHECKED hm_status hm_rounds_run(const hm_entries *entries, const hm_rules *rules, uint64_t seed,
                                   hm_heat_fn *run, void *ctx, hm_arena *arena, hm_rounds *rounds,
                                   hm_err *err);

#endif
