#include <string.h>

#include "base/rng.h"
#include "race/rounds.h"

uint64_t hm_lot(uint64_t seed, uint32_t round, uint32_t purpose, uint64_t key)
{
    hm_draw4 d = hm_rng(seed, HM_FOR_LOT, key & ((UINT64_C(1) << 56) - 1), round, purpose);
    return (uint64_t)d.u[0] << 32 | d.u[1];
}

/* Lanes in the order in which the best ranks want them, and how many ranks draw together. */
typedef struct scheme {
    int32_t lanes;
    int32_t want[HM_LANE_MAX], group[HM_LANE_MAX];
} scheme;

/* data/rules/lane_draw.csv; a test holds them equal. */
static const scheme wa_8 = {8, {3, 4, 5, 6, 2, 7, 1, 8}, {4, 2, 2}};      /* TR20.4.3 */
static const scheme wa_9 = {9, {4, 5, 6, 7, 3, 8, 1, 2, 9}, {4, 2, 3}};   /* recommended */
static const scheme wa_9_of_8 = {9, {4, 5, 6, 7, 3, 8, 2, 9}, {4, 2, 2}}; /* note iii: 2 is as 1 */
static const scheme wa_6 = {6, {3, 4, 2, 5, 1, 6}, {2, 2, 2}};            /* recommended */
static const scheme iaaf_8 = {8, {3, 4, 5, 6, 7, 8, 1, 2}, {4, 2, 2}};    /* recalled */
static const scheme vi_4 = {4, {2, 3, 4, 1}, {2, 1, 1}}; /* WPA21.4: pairs of lanes */

/* Any other number of lanes: outward from the middle, in pairs (ours). */
static scheme outward(int32_t lanes)
{
    scheme s = {.lanes = lanes};
    int32_t left = (lanes + 1) / 2, right = left + 1, n = 0;
    while (n < lanes) {
        if (left >= 1)
            s.want[n++] = left--;
        if (right <= lanes)
            s.want[n++] = right++;
    }
    for (int32_t i = 0, k = 0; i < lanes; k++) {
        s.group[k] = lanes - i < 2 ? 1 : 2;
        i += s.group[k];
    }
    return s;
}

static scheme scheme_of(const hm_rules *rules, int32_t n)
{
    switch (rules->track_lanes) {
    case 6:
        return wa_6;
    case 8:
        return rules->lane_scheme == HM_SCHEME_IAAF_2019 ? iaaf_8 : wa_8;
    case 9:
        return n == 9 ? wa_9 : wa_9_of_8;
    default:
        return outward(rules->track_lanes);
    }
}

/* Ranks from .. to - 1 take the lanes of their group in the order of their lots. */
static void draw_group(int32_t from, int32_t to, const uint64_t lot[], const int32_t want[],
                       int32_t lane[])
{
    for (int32_t i = from; i < to; i++) {
        int32_t before = 0;
        for (int32_t k = from; k < to; k++)
            before += lot[k] < lot[i] || (lot[k] == lot[i] && k < i);
        lane[i] = want[from + before];
    }
}

void hm_lanes_draw(const hm_rules *rules, bool by_rank, int32_t n, const uint64_t lot[],
                   int32_t lane[])
{
    bool pairs = rules->lane_scheme == HM_SCHEME_WPA_2024_VI;
    int32_t per_heat = pairs ? rules->track_lanes / 2 : rules->track_lanes;
    HM_ASSERT(n >= 0 && n <= per_heat && per_heat <= HM_LANE_MAX);
    scheme s = pairs && per_heat == 4 ? vi_4 : pairs ? outward(per_heat) : scheme_of(rules, n);
    int32_t want[HM_LANE_MAX], n_want = 0;
    for (int32_t i = 0; i < HM_LANE_MAX && n_want < n; i++) /* the inside stays empty, note iii */
        if (s.want[i] > per_heat - n)
            want[n_want++] = s.want[i];
    int32_t from = 0;
    for (int32_t g = 0; from < n; g++) {
        int32_t to = by_rank ? from + s.group[g] : n;
        draw_group(from, to < n ? to : n, lot, want, lane);
        from = to;
    }
    for (int32_t i = 0; pairs && i < n; i++)
        lane[i] = 2 * lane[i] - 1;
}
