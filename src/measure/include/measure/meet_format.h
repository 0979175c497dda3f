/* measure/meet_format.h - a meet in the formats of others and our own: one door over all writers.
 *
 * What is written is what stands in the meet: official times and winds are made before, by the
 * rules (race/official.h). */
#ifndef HM_MEASURE_MEET_FORMAT_H
#define HM_MEASURE_MEET_FORMAT_H

#include "data/meet.h"
#include "io/sink.h"

typedef enum hm_meet_format {
    HM_MEET_JSON, /* data/meet_file.h: everything, any number of meets */
    HM_MEET_CSV,  /* the same */
    HM_MEET_LIF,  /* measure/lynx.h */
    HM_MEET_EVT,
    HM_MEET_PPL,
    HM_MEET_SCH,
    HM_MEET_HYTEK,     /* semicolon text of results: docs/formats/hytek.md */
    HM_MEET_OPENTRACK, /* competition JSON of the W3C group's draft: docs/formats/opentrack.md */
    HM_MEET_ATHLIB,    /* race.json of athlib: the same page */
    HM_MEET_N_FORMAT
} hm_meet_format;

/** How much one file of a format holds. */
typedef enum hm_meet_scope {
    HM_MEET_SCOPE_MANY,
    HM_MEET_SCOPE_MEET,
    HM_MEET_SCOPE_HEAT
} hm_meet_scope;

/** "json", "lif", ... as --as has it. */
const char *hm_meet_format_name(hm_meet_format format);

/** What a file of it ends in, with the dot: ".json", ".txt". */
const char *hm_meet_format_ending(hm_meet_format format);

hm_meet_scope hm_meet_format_scope(hm_meet_format format);

/** By name. False: none such. */
bool hm_meet_format_find(const char *name, hm_meet_format *format);

/** By the ending of a path that one format alone has by default: .json .csv .lif .evt .ppl .sch. */
bool hm_meet_format_of(const char *path, hm_meet_format *format);

/**
 * Write meets in a format.
 *
 * in     n, meet   one meet unless the scope is HM_MEET_SCOPE_MANY (asserted)
 *        i_heat    of HM_MEET_SCOPE_HEAT: which (asserted); else unused
 * out    notes     what the format cannot hold and was changed or left out
 * errors HM_ERR_INPUT a meet that does not pass hm_meet_check, one that the format cannot hold (its
 *        header says), or for results a time without an official one; those of the sink
 * memory notes in arena
 * test   tests/unit/measure/test_meet_format.c
 */
HM_CHECKED hm_status hm_meet_put(hm_meet_format format, hm_sink sink, int32_t n,
                                 const hm_meet meet[], int32_t i_heat, hm_arena *arena,
                                 hm_notes *notes, hm_err *err);

#endif
