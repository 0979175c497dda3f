/* page_curves.c - the curves of a race for its page: as JSON they are its largest part. A number is
 * foretold from the five before it; what the bits of the number are apart from those of the
 * foretelling is small, and its bytes lie by their place, so that gzip finds the high ones to be
 * nothing. web/src/curves.js reads them; not a bit is lost. */
#include "page.h"

#include <string.h>

enum { N_PLACE = 8 };

static uint64_t bits_of(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

/* The polynomial of fourth degree through the five before; zeros before the first. */
static double foretell(const double x[], int32_t i)
{
    double a = i > 0 ? x[i - 1] : 0, b = i > 1 ? x[i - 2] : 0, c = i > 2 ? x[i - 3] : 0;
    double d = i > 3 ? x[i - 4] : 0, e = i > 4 ? x[i - 5] : 0;
    return 5 * (a - d) - 10 * (b - c) + e;
}

/* Number i of all n goes into the planes, a byte into each. */
static void put_numbers(unsigned char *planes, size_t n_all, size_t *at, const double x[],
                        int32_t n)
{
    for (int32_t i = 0; i < n; i++, (*at)++) {
        uint64_t apart = bits_of(x[i]) - bits_of(foretell(x, i));
        uint64_t folded = apart >> 63 ? ~(apart << 1) : apart << 1;
        for (int k = 0; k < N_PLACE; k++)
            planes[(size_t)k * n_all + *at] = (unsigned char)(folded >> 8 * k);
    }
}

static void put_count(unsigned char *to, uint32_t n)
{
    for (int k = 0; k < 4; k++)
        to[k] = (unsigned char)(n >> 8 * k);
}

hm_status page_curves(const hm_race *race, hm_arena *arena, page_block *block, hm_race *bare,
                      hm_err *err)
{
    size_t n_all = 0, at = 0, head = 4 * (size_t)race->n_lane;
    for (int32_t i = 0; i < race->n_lane; i++)
        n_all += 2 * (size_t)race->lane[i].curve.n;
    unsigned char *bytes = HM_PUSH(arena, unsigned char, head + N_PLACE * n_all + 1);
    hm_lane *lanes = HM_PUSH(arena, hm_lane, race->n_lane);
    if (!bytes || !lanes)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the page");
    for (int32_t i = 0; i < race->n_lane; i++) {
        const hm_curve *c = &race->lane[i].curve;
        put_count(bytes + 4 * (size_t)i, (uint32_t)c->n);
        put_numbers(bytes + head, n_all, &at, c->x_m, c->n);
        put_numbers(bytes + head, n_all, &at, c->v_mps, c->n);
        lanes[i] = race->lane[i];
        lanes[i].curve.n = 0;
    }
    *bare = *race;
    bare->lane = lanes;
    *block = (page_block){.name = "curves", .bytes = bytes, .n = head + N_PLACE * n_all};
    return HM_OK;
}
