/* engine_priv.h - what the files of the engine share. */
#ifndef HM_ENGINE_ENGINE_PRIV_H
#define HM_ENGINE_ENGINE_PRIV_H

#include "engine.h"

#include "base/arena.h"
#include "base/status.h"
#include "io/json.h"

/** What one part of the engine keeps between calls; its own file knows what. Zeroed = nothing. */
typedef struct engine_part {
    void *state;
    void (*close)(void *state); /* NULL = nothing to do */
} engine_part;

typedef enum engine_part_name {
    ENGINE_FILM,    /* before the letters, which it reads */
    ENGINE_LETTERS, /* hm_letters */
    ENGINE_SKINS,   /* hm_skins */
    ENGINE_LAB,
    ENGINE_SOUND,
    ENGINE_PART_COUNT
} engine_part_name;

struct engine {
    hm_arena answer_memory;
    hm_memory answer;
    double race_s; /* of the picture that was drawn last */
    engine_part part[ENGINE_PART_COUNT];
};

/**
 * Answer one call.
 * in     request  the whole object that was sent
 *        arena    for this call; gone when it is answered
 * out    answer   its outermost object is open: put members into it
 * errors any; what was put into the answer is then thrown away
 */
typedef hm_status engine_call_fn(engine *e, const hm_json *request, hm_arena *arena,
                                 hm_json_out *answer, hm_err *err);

/** Close what a part has kept and keep this instead. */
void engine_keep(engine *e, engine_part_name part, void *state, void (*close)(void *state));

/** Say {"error": ...} in place of an answer. */
void engine_refuse(engine *e, const hm_err *err);

#endif
