/* The people of the crowd: their colours, and the cards that they are drawn from. */
#include "crowd_priv.h"

#include "base/rng.h"

/* Few, quiet colours: runners and boards shall be the only pure ones. 0..255 */
static const uint8_t cloth[16][3] = {
    {214, 211, 203}, {66, 80, 112},   {133, 140, 153}, {52, 54, 66},
    {156, 92, 78},   {180, 154, 102}, {87, 119, 148},  {107, 122, 104},
    {190, 186, 184}, {76, 87, 107},   {162, 164, 170}, {60, 70, 92},
    {128, 82, 88},   {150, 144, 128}, {102, 133, 160}, {84, 86, 102}};
static const uint8_t club[CROWD_CLUBS][3] = {
    {205, 200, 190}, {170, 84, 68}, {68, 100, 152}, {190, 158, 84}};
static const uint8_t skin[8][3] = {{219, 173, 143}, {204, 153, 120}, {184, 133, 100},
                                   {153, 107, 79},  {117, 79, 59},   {87, 59, 46},
                                   {214, 166, 133}, {199, 148, 115}};
static const uint8_t hair[8][3] = {{34, 29, 28},    {52, 40, 32}, {82, 57, 40},    {134, 104, 64},
                                   {140, 137, 134}, {42, 34, 31}, {186, 176, 160}, {62, 46, 36}};

/* Colour times a weight of a texel (0..255) gives 0..1; w goes into the fourth place. */
static venue_v4 paint(const uint8_t c[3], float w)
{
    const float k = 1.0f / 65025.0f;
    return (venue_v4){(float)c[0] * k, (float)c[1] * k, (float)c[2] * k, w};
}

static crowd_person person_of(uint32_t seed, uint32_t who, uint32_t team)
{
    hm_draw4 d = hm_rng(seed, HM_FOR_CROWD, who, team, 0);
    uint32_t kind = d.u[0] % 10u;
    int32_t build = kind < 5u ? 0 : kind < 8u ? 1 : (int32_t)kind - 6;
    /* in a block of a club a little more than half wear its colour */
    bool fan = team > 0 && d.u[2] % 100u < 58u;
    crowd_person p = {.card = build * CROWD_ARMS, .card_max = CROWD_ARMS - 1, .sway = d.u[1] & 255};
    p.hair = paint(build == 2 ? cloth[d.u[3] >> 4 & 15u] : hair[d.u[3] >> 4 & 7u],
                   4.5f * venue_bits(d.u[1], 24));
    p.skin = paint(skin[d.u[3] & 7u], 12.0f * venue_bits(d.u[1], 16));
    p.cloth = paint(fan ? club[team] : cloth[d.u[2] >> 8 & 15u], 0.1275f * venue_bits(d.u[1], 8));
    return p;
}

/* What is at (a across from the middle, y over the step) of a card: 0 nothing, 1 hair, 2 skin,
 * 3 cloth, 4 cloth in shade, 5 legs. */
static int card_at(int build, int arms, float a, float y)
{
    float side = a < 0.0f ? -a : a;
    float small = build == 3 ? 0.84f : 1.0f;
    float ys = y / small, ss = side / small;
    float dy = ys - 1.17f;
    /* arms: from the shoulder out and up, a hand at the end */
    if (arms > 0) {
        float tip = 0.92f + 0.19f * (float)arms, lean = 0.19f + 0.07f * (ys - 0.9f);
        float d = ss - lean;
        if (d > -0.045f && d < 0.045f && ys > 0.80f && ys < tip)
            return ys > tip - 0.13f ? 2 : 3;
    }
    if (ss * ss + 0.72f * dy * dy < 0.0125f) {
        bool face = dy < 0.045f && ss < 0.088f && (build != 1 || dy > -0.13f);
        return build == 2 && dy > 0.015f ? 1 : face ? 2 : 1;
    }
    if (build == 1 && ss < 0.12f && ys > 0.96f && ys < 1.17f && ss > 0.06f)
        return 1;
    if (build == 2 && venue_abs(dy - 0.02f) < 0.02f && ss < 0.16f)
        return 1;
    if (ss < 0.055f && ys > 0.98f && ys < 1.1f)
        return 2;
    float top = 1.02f - 0.5f * (ss > 0.09f ? ss - 0.09f : 0.0f);
    if (ss < 0.225f && ys < top)
        return ys < 0.46f ? 5 : ss > 0.155f || ys < 0.62f ? 4 : 3;
    return 0;
}

static int shell_at(float a, float y)
{
    float side = a < 0.0f ? -a : a;
    return side < 0.215f && y > 0.32f && y < 0.84f ? (y > 0.78f ? 3 : 4) : 0;
}

/* The texel of a card at level 0: four looks at it. */
static crowd_texel texel_of(int card, int32_t x, int32_t y)
{
    static const uint16_t weight[6][4] = {{0, 0, 0, 0},   {64, 0, 0, 64}, {0, 64, 0, 64},
                                          {0, 0, 64, 64}, {0, 0, 53, 64}, {0, 0, 30, 64}};
    uint32_t sum[4] = {0};
    for (int k = 0; k < 4; k++) {
        float a = ((float)x + 0.25f + 0.5f * (float)(k & 1)) * CROWD_TEXEL_M - 0.25f;
        float h = ((float)y + 0.25f + 0.5f * (float)(k >> 1)) * CROWD_TEXEL_M + CROWD_LOW_M;
        int what = card == CROWD_SHELL ? shell_at(a, h)
                                       : card_at(card / CROWD_ARMS, card % CROWD_ARMS, a, h);
        for (int c = 0; c < 4; c++)
            sum[c] += weight[what][c];
    }
    for (int c = 0; c < 4; c++)
        sum[c] = sum[c] > 255u ? 255u : sum[c];
    return (crowd_texel){(uint8_t)sum[0], (uint8_t)sum[1], (uint8_t)sum[2], (uint8_t)sum[3]};
}

/* A texel of the next level: mean of 4 x 4 texels, twice as wide as itself. */
static crowd_texel shrink(const crowd_texel *from, int32_t w, int32_t h, int32_t x, int32_t y)
{
    uint32_t sum[4] = {0};
    for (int32_t k = 0; k < 16; k++) {
        int32_t sx = 2 * x - 1 + k % 4, sy = 2 * y - 1 + k / 4;
        if (sx < 0 || sy < 0 || sx >= w || sy >= h)
            continue;
        const crowd_texel *t = &from[sy * w + sx];
        sum[0] += t->hair;
        sum[1] += t->skin;
        sum[2] += t->cloth;
        sum[3] += t->cover;
    }
    return (crowd_texel){(uint8_t)((sum[0] + 8u) / 16u), (uint8_t)((sum[1] + 8u) / 16u),
                         (uint8_t)((sum[2] + 8u) / 16u), (uint8_t)((sum[3] + 8u) / 16u)};
}

static hm_status make_cards(crowd_cast *cast, hm_arena *arena, hm_err *err)
{
    for (int32_t l = 0; l < CROWD_LEVELS; l++) {
        int32_t w = 32 >> l, h = 128 >> l;
        cast->card[l] = HM_PUSH(arena, crowd_texel, CROWD_CARDS * w * h);
        if (!cast->card[l])
            return hm_err_set(err, HM_ERR_SYSTEM, "venue", 0, 0, NULL, "no memory for the crowd");
        for (int32_t c = 0; c < CROWD_CARDS; c++)
            for (int32_t i = 0; i < w * h; i++)
                cast->card[l][c * w * h + i] =
                    l == 0 ? texel_of(c, i % w, i / w)
                           : shrink(cast->card[l - 1] + c * 4 * w * h, 2 * w, 2 * h, i % w, i / w);
    }
    return HM_OK;
}

/* Blocks of twenty seats and a stair; stair wells open in every other block of the lower tier. */
enum { BLOCK_COLS = 22, STAIR_COLS = 2, MOUTH_COLS = 4, MOUTH_LO = 9, MOUTH_HI = 13 };

static uint16_t seat_of(uint32_t seed, uint32_t taken, int32_t part, int32_t row, int32_t col)
{
    uint32_t c = (uint32_t)(col + BLOCK_COLS * 64), block = c / BLOCK_COLS, in = c % BLOCK_COLS;
    if (part < VENUE_FACET_MAX && block % 2 == 0 && in < MOUTH_COLS && row >= MOUTH_LO &&
        row <= MOUTH_HI)
        return CROWD_MOUTH;
    if (in < STAIR_COLS)
        return CROWD_STAIR;
    uint32_t h = venue_hash(c + (uint32_t)row * 4096u, seed + (uint32_t)part);
    if ((h & 0xFFFFu) >= taken)
        return CROWD_NOBODY;
    uint32_t team = venue_hash(block, seed + 977u * (uint32_t)part) & 15u;
    return (uint16_t)((team < CROWD_CLUBS ? team : 0u) * CROWD_PEOPLE + (h >> 16) % CROWD_PEOPLE);
}

static hm_status make_plan(crowd_cast *r, const venue_bowl *bowl, uint32_t seed, uint32_t taken,
                           hm_arena *arena, hm_err *err)
{
    int32_t n = 0;
    for (int32_t p = 0; p < VENUE_TIER_COUNT * VENUE_FACET_MAX; p++) {
        int32_t k = p % VENUE_FACET_MAX, tier = p / VENUE_FACET_MAX;
        if (k >= bowl->n_facet || tier >= bowl->facet[k].n_tier)
            continue;
        const venue_facet *f = &bowl->facet[k];
        const venue_tier *t = &venue_tiers[tier];
        float deep = t->u_m + VENUE_TREAD_M * (float)t->n_row;
        float flare = f->flare_lo > f->flare_hi ? f->flare_lo : f->flare_hi;
        int32_t half = venue_floor((0.5f * f->len_m + flare * deep) / VENUE_SEAT_M) + 2;
        r->block[p] = (crowd_block){n + half, 2 * half + 1, -half, half};
        n += (2 * half + 1) * t->n_row;
    }
    r->seat = HM_PUSH(arena, uint16_t, n);
    if (!r->seat)
        return hm_err_set(err, HM_ERR_SYSTEM, "venue", 0, 0, NULL, "no memory for seats");
    for (int32_t p = 0; p < VENUE_TIER_COUNT * VENUE_FACET_MAX; p++) {
        const crowd_block *b = &r->block[p];
        for (int32_t i = 0; i < b->width * venue_tiers[p / VENUE_FACET_MAX].n_row; i++)
            r->seat[b->first + b->lo + i] =
                seat_of(seed, taken, p, i / b->width, i % b->width + b->lo);
    }
    return HM_OK;
}

hm_status crowd_cast_of(const venue_bowl *bowl, uint32_t seed, float attendance_frac,
                        hm_arena *arena, const crowd_cast **cast, hm_err *err)
{
    crowd_cast *r = HM_PUSH(arena, crowd_cast, 1);
    if (!r)
        return hm_err_set(err, HM_ERR_SYSTEM, "venue", 0, 0, NULL, "no memory for the crowd");
    HM_TRY(make_cards(r, arena, err));
    HM_TRY(make_plan(r, bowl, seed, (uint32_t)(attendance_frac * 65536.0f), arena, err));
    for (uint32_t i = 0; i < CROWD_NOBODY; i++)
        r->person[i] = person_of(seed, i % CROWD_PEOPLE, i / CROWD_PEOPLE);
    static const uint8_t shell[3] = {92, 107, 133};
    r->person[CROWD_NOBODY] = (crowd_person){.card = CROWD_SHELL,
                                             .hair = {0.0f, 0.0f, 0.0f, 1e3f},
                                             .skin = {0.0f, 0.0f, 0.0f, 1e3f},
                                             .cloth = paint(shell, 0.064f)};
    *cast = r;
    return HM_OK;
}
