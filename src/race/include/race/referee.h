/* race/referee.h - raw readings of one race judged by the rule book: who is out and by which rule,
 * official times, places, wind. TR, CR = World Athletics Technical, Competition Rules;
 * docs/rules.md has them all. */
#ifndef HM_RACE_REFEREE_H
#define HM_RACE_REFEREE_H

#include "data/sheet.h"
#include "race/rules.h"

/** What is known of one athlete at one start. */
typedef struct hm_start_call {
    int32_t lane;
    bool on_marks;       /* else: not there, or out by an earlier start */
    bool has_reaction;   /* read by the start information system */
    int32_t reaction_ms; /* hm_reaction_ms */
    bool seen;           /* the Starter saw a false start himself */
    bool protest;        /* would run under protest (TR8.4.1) */
} hm_start_call;

/** Memory of one race over its recalls (TR16.8 note); zeroed when it begins, not carried further.
 */
typedef struct hm_start_state {
    bool field_warned;
    int32_t n_own[HM_LANE_MAX + 1]; /* false starts by lane number */
    bool out[HM_LANE_MAX + 1];      /* disqualified, by lane number */
    bool warned[HM_LANE_MAX + 1], protest[HM_LANE_MAX + 1];
} hm_start_state;

/**
 * One start. A reaction below 100 ms (TR16.6) or what the Starter saw (TR16.7) makes it false,
 * whoever is held responsible is warned or out by the policy; under protest he runs on unless the
 * system showed it, or he is a master with two false starts (TR8.4.1, WMA8.4.1).
 *
 * in     call    (n) n <= HM_LANE_MAX, lanes 1 .. HM_LANE_MAX (asserted)
 *        green   recalled by nobody's fault: no charges
 * out    state   carried on
 *        charge  (n) room; ruling->charge is set to it
 * errors none.  memory none.  threads: pure
 * test   tests/unit/race/test_start_rule.c
 */
void hm_start_judge(const hm_rules *rules, int32_t n, const hm_start_call call[], bool green,
                    hm_start_state *state, hm_charge charge[], hm_start_ruling *ruling);

/**
 * The sheet with one time for each runner: watches combined (TR19.10-11), with timing = hand every
 * time to the next longer 0.1 s.
 * out    timed   shares its texts with sheet; untouched on failure
 * errors HM_ERR_INPUT with the line: some have watches and others an automatic time (TR20.8)
 * memory arena
 */
HM_CHECKED hm_status hm_referee_times(const hm_sheet *sheet, const hm_rules *rules, hm_arena *arena,
                                      hm_sheet *timed, hm_err *err);

/**
 * Judge a replayed race by the readings of its sheet.
 *
 * in     timed   of hm_referee_times
 *        rules   passes hm_rules_check
 * out    race    as hm_race_replay made it from timed: status, places, official times and wind
 * become those of the rules; race->ruling says why; notes tell what does not fit. Passes
 *                hm_race_check. Untouched on failure but for what it points to
 * errors HM_ERR_SYSTEM no memory
 * memory arena
 * test   tests/unit/race/test_referee.c
 */
HM_CHECKED hm_status hm_referee_judge(const hm_sheet *timed, const hm_rules *rules, hm_arena *arena,
                                      hm_race *race, hm_err *err);

/**
 * What the rules would not allow in a race that is believed: a note for each lane whose status,
 * place or time a referee would change. out    race  notes only errors HM_ERR_SYSTEM no memory
 */
HM_CHECKED hm_status hm_referee_remark(const hm_sheet *timed, const hm_rules *rules,
                                       hm_arena *arena, hm_race *race, hm_err *err);

#endif
