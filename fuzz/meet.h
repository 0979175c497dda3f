/* fuzz/meet.h - what must hold of meets that were read: they pass the check, and written and read
 * again they are the same text; every other format takes them or says why not. */
#ifndef HM_FUZZ_MEET_H
#define HM_FUZZ_MEET_H

#include "harness.h"

#include "data/meet_file.h"
#include "measure/meet_format.h"

typedef hm_status meet_parse_fn(const char *source, const char *bytes, size_t n, hm_arena *arena,
                                hm_meets *meets, hm_err *err);
typedef hm_status meet_write_fn(hm_sink sink, int32_t n, const hm_meet meet[], hm_err *err);

static inline void meet_same_again(hm_arena *a, const hm_meets *meets, meet_parse_fn *parse,
                                   meet_write_fn *write)
{
    hm_memory one = {.arena = a}, two = {.arena = a};
    hm_meets again;
    hm_err err = {0};
    if (write(hm_sink_memory(&one), meets->n, meets->meet, &err) != HM_OK) {
        HM_ASSERT(err.status == HM_ERR_INPUT); /* a row too long for CSV */
        return;
    }
    HM_ASSERT(parse("f", one.bytes, one.n, a, &again, &err) == HM_OK);
    HM_ASSERT(again.n == meets->n && again.notes.n == 0);
    HM_ASSERT(write(hm_sink_memory(&two), again.n, again.meet, &err) == HM_OK);
    HM_ASSERT(one.n == two.n && memcmp(one.bytes, two.bytes, one.n) == 0);
}

/* The writers of other programs' formats, for the first meet. */
static inline void meet_any_format(hm_arena *a, const hm_meet *meet)
{
    for (int f = HM_MEET_LIF; f < HM_MEET_N_FORMAT; f++) {
        hm_memory m = {.arena = a};
        hm_notes notes = {0};
        hm_err err = {0};
        if (hm_meet_format_scope((hm_meet_format)f) == HM_MEET_SCOPE_HEAT && !meet->n_heat)
            continue;
        hm_status s =
            hm_meet_put((hm_meet_format)f, hm_sink_memory(&m), 1, meet, 0, a, &notes, &err);
        HM_ASSERT(s == HM_OK || (s == HM_ERR_INPUT && err.msg[0] && err.field[0]));
    }
}

static inline int meet_try(const uint8_t *data, size_t size, meet_parse_fn *parse)
{
    hm_arena a;
    hm_arena_init(&a, 16 * 1024);
    hm_err err = {0};
    hm_meets meets;
    hm_status status = parse("f", (const char *)data, size, &a, &meets, &err);
    if (status != HM_OK)
        harness_refused(status, &err);
    else {
        for (int32_t i = 0; i < meets.n; i++)
            HM_ASSERT(hm_meet_check(&meets.meet[i], &err) == HM_OK);
        meet_same_again(&a, &meets, hm_meets_parse_json, hm_meets_write_json);
        meet_same_again(&a, &meets, hm_meets_parse_csv, hm_meets_write_csv);
        if (meets.n)
            meet_any_format(&a, &meets.meet[0]);
    }
    hm_arena_free(&a);
    return 0;
}

#endif
