/* engine.h - what the page may call of the C behind it: one engine, made by engine_new, asked in
 * JSON for everything that is not hot, and by typed calls for pictures and samples. All of it runs
 * on one thread; a page has as many engines as it has workers.
 *
 * Texts and bytes go in through memory that the page asks for with engine_alloc and gives back with
 * engine_free. No call traps: what is wrong comes back as {"error": {"message", "where"}}. */
#ifndef HM_ENGINE_ENGINE_H
#define HM_ENGINE_ENGINE_H

#include <stdbool.h>
#include <stdint.h>

typedef struct engine engine;

#define ENGINE_EXPORT(name) __attribute__((export_name(#name)))

/** A fresh engine with nothing open; NULL without memory. */
ENGINE_EXPORT(engine_new) engine *engine_new(void);

/** Everything it holds is given back. */
ENGINE_EXPORT(engine_delete) void engine_delete(engine *e);

ENGINE_EXPORT(engine_alloc) void *engine_alloc(uint32_t n);
ENGINE_EXPORT(engine_free) void engine_free(void *p);

/**
 * Ask in JSON: {"call": NAME, ...}. calls.h lists what can be asked, each in the file that answers.
 * in     json  (n) bytes of UTF-8
 * out    bytes of the answer, which stands at engine_answer until the next call of any kind
 */
ENGINE_EXPORT(engine_call) uint32_t engine_call(engine *e, const char *json, uint32_t n);
ENGINE_EXPORT(engine_answer) const char *engine_answer(const engine *e);

/**
 * Take recorded words (stage/letters.h) for all films that are opened from here on; the open film
 * is closed.
 * in     bytes   (n) copied
 * out    1; 0: engine_answer has the error
 */
ENGINE_EXPORT(engine_letters) int32_t engine_letters(engine *e, const void *bytes, uint32_t n);

/**
 * Draw the open film at an instant.
 * in     film_t_s   [s]
 *        camera     NULL = as directed; else 7 numbers: eye x y z [m], at x y z [m], vertical field
 * of view [deg] out    pixels R G B 255, rows top down without gaps, as wide and high as the film
 * was opened; valid until the next call. NULL: engine_answer has the error, of engine_answer_n
 * bytes
 */
ENGINE_EXPORT(engine_draw)
const uint8_t *engine_draw(engine *e, double film_t_s, const double *camera);
ENGINE_EXPORT(engine_answer_n) uint32_t engine_answer_n(const engine *e);

/**
 * Music for the next sound.make (sound.c): as the native program renders it for this film.
 * in     lr  (n_sample x 2) 48 kHz, of engine_alloc; the engine's from here on. NULL = no music
 * out    false without memory; lr is then still the caller's
 */
ENGINE_EXPORT(engine_sound_score) bool engine_sound_score(engine *e, float *lr, uint32_t n_sample);

/** Race time of the picture that was drawn last [s]. */
ENGINE_EXPORT(engine_race_s) double engine_race_s(const engine *e);

#endif
