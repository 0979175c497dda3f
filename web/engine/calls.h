/* calls.h - what an engine can be asked, and the file that answers: one line a call. */
#ifndef HM_ENGINE_CALLS_H
#define HM_ENGINE_CALLS_H

#include "engine_priv.h"

/* name in the request, function */
#define ENGINE_CALL_LIST(X)                                                                        \
    X("film.looks", film_looks)                                                                    \
    X("film.open", film_open)                                                                      \
    X("film.close", film_close)                                                                    \
    X("film.hash", film_hash)                                                                      \
    X("film.warm", film_warm)                                                                      \
    X("marks.read", marks_read)                                                                    \
    X("marks.fit", marks_fit)                                                                      \
    X("marks.track", marks_track_read)                                                             \
    X("marks.correct", marks_track_save)                                                           \
    X("marks.results", marks_results)                                                              \
    X("lab.open", lab_call_open)                                                                   \
    X("lab.series", lab_call_series)                                                               \
    X("lab.change", lab_call_change)                                                               \
    X("lab.race", lab_call_race)                                                                   \
    X("lab.photo", lab_call_photo)                                                                 \
    X("lab.close", lab_call_close)                                                                 \
    X("film.texts", film_texts)                                                                    \
    X("sound.make", sound_make)                                                                    \
    X("life.live", life_live)                                                                      \
    X("story.race", story_call_race)

#define ENGINE_CALL_DECLARE(name, fn) engine_call_fn fn;
ENGINE_CALL_LIST(ENGINE_CALL_DECLARE)
#undef ENGINE_CALL_DECLARE

#endif
