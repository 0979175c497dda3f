/* race/heat.h - heats of an event that are simulated: hm_heat_simulate is a hm_heat_fn of
 * race/rounds.h. docs/physics/simulate.md */
#ifndef HM_RACE_HEAT_H
#define HM_RACE_HEAT_H

#include "race/rounds.h"
#include "race/simulate.h"

/** How heats are simulated. Laid out by hm_heat_table. */
typedef struct hm_heat_opts {
    uint32_t cookie;
    int32_t races_of_best;   /* an entered best is the best of so many races */
    double heat_wind_sd_mps; /* mean wind from heat to heat */
    double dns_frac;         /* chance of each to stay away from a round; 0 = all come */
    double false_start_frac; /* chance of each to jump a start; 0 = nobody does */
} hm_heat_opts;

hm_heat_opts hm_heat_opts_default(void);
extern const hm_option_table hm_heat_table;

/** Mean and spread of the best of n normal numbers, in their sd: a best lies `below` sds below the
 * mean and is known to `spread` sds. */
typedef struct hm_best_law {
    double below, spread; /* [1] */
} hm_best_law;

/**
 * in     n   races, >= 1
 * range  error below 1e-4
 * memory none.  threads: pure
 * source order statistics of the normal law (Tippett 1925), by quadrature
 * test   tests/unit/race/test_heat_simulate.c
 */
hm_best_law hm_best_law_of(int32_t n);

/** Time that stands for one who entered without a best: 3 % above the slowest best, s (own). */
double hm_entry_level_s(const hm_entries *entries, const hm_entry *who);

/** Context of hm_heat_simulate. */
typedef struct hm_heat_sim {
    const hm_runner *runner; /* (entries->n) beside the entries; person = key of the entry */
    const hm_day *day;       /* wind_mps NAN = still air on average */
    const hm_heat_opts *opts;
    const hm_rules *rules; /* what a false start brings */
    hm_arena *arena;       /* of log */
    hm_notes log;          /* out: who stayed away, who jumped, in the order of the heats */
} hm_heat_sim;

/**
 * A heat as hm_race_result_of runs it: reactions, times and the gauge's reading.
 *
 * Draws are keyed by seed, athlete, and meet, date and heat: neither threads nor the order of
 * heats change anything. Form hangs together through the rounds (hm_day.form_day_frac).
 *
 * in     ctx    hm_heat_sim
 * out    heat   one who stays away is DNS; one who jumps is judged by the rules (hm_start_judge)
 * errors as hm_race_result_of; HM_ERR_SYSTEM no memory
 * test   tests/unit/race/test_heat_simulate.c
 */
hm_status hm_heat_simulate(void *ctx, const hm_heat_call *call, hm_rounds_heat *heat, hm_err *err);

#endif
