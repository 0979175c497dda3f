/* results_priv.h - results as the files of meet programs have them. */
#ifndef HM_MEASURE_RESULTS_PRIV_H
#define HM_MEASURE_RESULTS_PRIV_H

#include "data/meet.h"
#include "io/sink.h"

enum { RESULTS_TEXT = 40, RESULTS_CODE = 64 };

/** Passes hm_meet_check, and whoever has a time has an official one. */
HM_CHECKED hm_status results_check(const hm_meet *meet, hm_err *err);

/**
 * Official time "9.58", "1:02.34", by hand "10.4" and `by_hand` behind it; or DNF, DNS, DQ; "" for
 * those who have no result.
 */
const char *results_mark(const hm_heat *h, const hm_mark *m, const char *by_hand,
                         char text[RESULTS_TEXT]);

/** "0.9", "-1.2", with plus "+0.9"; "" = not measured. Tenths, hundredths where they are needed. */
const char *results_wind(const hm_heat *h, bool plus, char text[RESULTS_TEXT]);

/** Discipline without its unit: "100", "110H"; "" = not known. */
const char *results_discipline(const hm_heat *h, char text[RESULTS_CODE]);

/** Class of an athlete: his own, else that of the heat. False = not known. */
bool results_sex(const hm_heat *h, const hm_mark *m, hm_sex *sex);

/** A whole date, 2009-08-16. */
bool results_is_date(const char *text);

/** Is it a code of a National Olympic Committee: JAM, USA? */
bool results_is_country(const char *text);

typedef enum results_stage {
    RESULTS_PRELIMINARY,
    RESULTS_QUARTERFINAL,
    RESULTS_SEMIFINAL,
    RESULTS_FINAL
} results_stage;

/** By the name of the round, else by its number among the rounds of the event. */
results_stage results_stage_of(const hm_meet *meet, const hm_heat *h);

/** Are two heats of one event: number, discipline and class? */
bool results_same_event(const hm_heat *a, const hm_heat *b);

/** Semicolon text. notes: what was changed. errors as hm_meet_put */
HM_CHECKED hm_status hytek_write(hm_sink sink, const hm_meet *meet, hm_arena *arena,
                                 hm_notes *notes, hm_err *err);

/** Competition JSON of the draft of the W3C group. */
HM_CHECKED hm_status opentrack_write(hm_sink sink, const hm_meet *meet, hm_arena *arena,
                                     hm_notes *notes, hm_err *err);

/** race.json of athlib: one heat. */
HM_CHECKED hm_status athlib_write(hm_sink sink, const hm_meet *meet, int32_t i_heat, hm_err *err);

#endif
