/* Kit by team. Colours are our own reading of a code's usual ones; no badges, no makers' marks. */
#include "costume_priv.h"
#include "figure_priv.h"

#include <string.h>

#include "base/hash.h"
#include "base/rng.h"

typedef struct kit {
    hm_rgb main, second, trim, shorts;
} kit;

typedef struct team_kit {
    char code[4]; /* as in start lists */
    kit kit;
} team_kit;

/* clang-format off */
#define NAVY   {0.086f, 0.145f, 0.345f}
#define BLUE   {0.094f, 0.318f, 0.702f}
#define SKY    {0.333f, 0.667f, 0.863f}
#define TEAL   {0.047f, 0.482f, 0.490f}
#define GREEN  {0.055f, 0.455f, 0.255f}
#define LIME   {0.620f, 0.800f, 0.180f}
#define YELLOW {0.976f, 0.796f, 0.114f}
#define ORANGE {0.937f, 0.459f, 0.106f}
#define RED    {0.784f, 0.122f, 0.153f}
#define WINE   {0.467f, 0.086f, 0.188f}
#define PINK   {0.902f, 0.373f, 0.545f}
#define VIOLET {0.420f, 0.220f, 0.600f}
#define WHITE  {0.945f, 0.945f, 0.930f}
#define GREY   {0.520f, 0.545f, 0.580f}
#define BLACK  {0.110f, 0.110f, 0.125f}

static const team_kit TEAM[] = {
    {"ANT", {RED, BLACK, YELLOW, BLACK}},     {"AUS", {YELLOW, GREEN, GREEN, GREEN}},
    {"BAH", {TEAL, YELLOW, BLACK, BLACK}},    {"BAR", {BLUE, YELLOW, BLACK, BLUE}},
    {"BOT", {SKY, BLACK, WHITE, BLACK}},      {"BRA", {YELLOW, GREEN, BLUE, BLUE}},
    {"CAN", {RED, WHITE, WHITE, BLACK}},      {"CHN", {RED, YELLOW, YELLOW, RED}},
    {"CIV", {ORANGE, GREEN, WHITE, GREEN}},   {"CUB", {BLUE, RED, WHITE, RED}},
    {"ESP", {RED, YELLOW, YELLOW, NAVY}},     {"FRA", {BLUE, WHITE, RED, WHITE}},
    {"GBR", {WHITE, NAVY, RED, NAVY}},        {"GER", {WHITE, BLACK, RED, BLACK}},
    {"GHA", {YELLOW, RED, GREEN, BLACK}},     {"ITA", {BLUE, WHITE, GREEN, BLUE}},
    {"JAM", {YELLOW, GREEN, BLACK, BLACK}},   {"JPN", {WHITE, RED, RED, RED}},
    {"KEN", {BLACK, RED, GREEN, RED}},        {"NAM", {SKY, RED, GREEN, NAVY}},
    {"NED", {ORANGE, WHITE, NAVY, NAVY}},     {"NGR", {GREEN, WHITE, WHITE, GREEN}},
    {"NOR", {RED, NAVY, WHITE, NAVY}},        {"POL", {WHITE, RED, RED, RED}},
    {"POR", {WINE, GREEN, YELLOW, GREEN}},    {"QAT", {WINE, WHITE, WHITE, WINE}},
    {"RSA", {GREEN, YELLOW, WHITE, GREEN}},   {"SKN", {GREEN, RED, YELLOW, BLACK}},
    {"SUI", {RED, WHITE, WHITE, RED}},        {"TTO", {RED, BLACK, WHITE, BLACK}},
    {"URS", {RED, WHITE, YELLOW, WHITE}},     {"USA", {NAVY, RED, WHITE, NAVY}},
    {"FRG", {WHITE, GREEN, BLACK, GREEN}},    {"GDR", {BLUE, WHITE, RED, WHITE}},
    {"BUL", {WHITE, GREEN, RED, GREEN}},      {"IVB", {VIOLET, LIME, WHITE, BLACK}},
    {"CMR", {GREEN, RED, YELLOW, RED}},       {"ZAM", {GREEN, ORANGE, BLACK, GREEN}},
};
enum { N_TEAM = sizeof TEAM / sizeof TEAM[0] };

/* Clubs, schools and runners without a team. */
static const kit CLUB[] = {
    {RED, WHITE, WHITE, BLACK},   {BLUE, YELLOW, WHITE, NAVY},  {GREEN, WHITE, YELLOW, BLACK},
    {YELLOW, BLACK, BLACK, BLACK},{VIOLET, PINK, WHITE, BLACK}, {ORANGE, NAVY, WHITE, NAVY},
    {SKY, NAVY, WHITE, NAVY},     {WHITE, RED, RED, BLACK},     {WINE, SKY, WHITE, WINE},
    {TEAL, ORANGE, WHITE, BLACK}, {BLACK, LIME, LIME, BLACK},   {PINK, NAVY, WHITE, NAVY},
    {NAVY, SKY, WHITE, NAVY},     {LIME, BLUE, WHITE, BLUE},    {GREY, ORANGE, WHITE, BLACK},
};
enum { N_CLUB = sizeof CLUB / sizeof CLUB[0] };

static const hm_rgb SHOE[] = {
    {0.95f, 0.30f, 0.20f}, {0.98f, 0.85f, 0.15f}, {0.20f, 0.75f, 0.85f}, {0.93f, 0.93f, 0.93f},
    {0.85f, 0.20f, 0.50f}, {0.55f, 0.85f, 0.20f}, {0.15f, 0.17f, 0.22f}, {0.98f, 0.58f, 0.15f},
};
enum { N_SHOE = sizeof SHOE / sizeof SHOE[0] };
/* clang-format on */

#define KIT_APART 0.30f /* least distance of main colours in display RGB, neighbours */

static float apart(hm_rgb a, hm_rgb b)
{
    float r = a.r - b.r, g = a.g - b.g, c = a.b - b.b;
    return sqrtf(r * r + g * g + c * c);
}

static kit swapped(kit k)
{
    bool bright = fig_luma(k.second) > fig_luma(k.main);
    hm_rgb shorts = bright || apart(k.main, k.shorts) < KIT_APART ? k.shorts : k.main;
    return (kit){k.second, k.main, k.trim, shorts};
}

static const kit *team_of(const char *team)
{
    for (int i = 0; i < N_TEAM; i++)
        if (strncmp(TEAM[i].code, team, 4) == 0)
            return &TEAM[i].kit;
    return NULL;
}

/* First choice for a lane, then others until it stands off from the lane before. */
static kit kit_of(const hm_lane *lane, uint64_t seed, const kit *before)
{
    const char *team = lane->team ? lane->team : "";
    const kit *own = team_of(team);
    uint64_t h = hm_hash(HM_HASH_START, team, strlen(team));
    if (team[0] == '\0' && lane->person)
        h = costume_entity(lane) >> 3;
    else if (team[0] == '\0')
        h = hm_hash_u64(hm_hash_u64(h, (uint64_t)lane->lane), costume_entity(lane) ^ seed);
    for (uint32_t k = 0; k < 2u * N_CLUB; k++) {
        kit t = own ? *own : CLUB[(h + k / 2u) % N_CLUB];
        if (k % 2u == 1u)
            t = swapped(t);
        if (!before || apart(t.main, before->main) >= KIT_APART)
            return t;
    }
    return CLUB[h % N_CLUB];
}

void costume_kit(const hm_race *race, const hm_lane *lane, uint64_t seed, hm_costume *c)
{
    kit k = {0}, before = {0};
    for (int32_t i = 0; i < race->n_lane; i++) {
        k = kit_of(&race->lane[i], seed, i > 0 ? &before : NULL);
        before = k;
        if (race->lane[i].lane == lane->lane)
            break;
    }
    const char *team = lane->team ? lane->team : "";
    uint64_t who = costume_entity(lane);
    uint32_t r = hm_rng(seed, HM_FOR_COSTUME, who, 100, 0).u[0];
    uint64_t th = hm_hash(HM_HASH_START, team, strlen(team));
    c->main_rgb = k.main;
    c->second_rgb = k.second;
    c->trim_rgb = k.trim;
    c->shorts_rgb = k.shorts;
    c->pattern = (hm_pattern)((team[0] ? th >> 7 : r) % HM_PATTERN_COUNT);
    bool school = lane->age_yr < 15.0;
    c->name_patch = school;
    c->top = school                                             ? HM_TOP_TEE
             : lane->sex == HM_SEX_WOMEN && (r >> 4) % 100 < 62 ? HM_TOP_CROP
                                                                : HM_TOP_SINGLET;
    if (school) {
        /* Gym wear: a white shirt with coloured collar and hems. */
        hm_rgb dye = fig_luma(k.main) < 0.8f ? k.main : k.second;
        c->trim_rgb = c->second_rgb = dye;
        c->main_rgb = (hm_rgb)WHITE;
        c->shorts_rgb = fig_luma(dye) < 0.5f ? dye : (hm_rgb)NAVY;
        c->pattern = HM_PATTERN_PLAIN;
    }
    c->half_tights = !school && (r >> 12) % 100 < 45;
    c->shoe_rgb = SHOE[(r >> 18) % N_SHOE];
    c->sole_rgb = SHOE[((r >> 18) + 1 + (r >> 24) % (N_SHOE - 1)) % N_SHOE];
    c->lace_rgb = fig_luma(c->shoe_rgb) > 0.5f ? (hm_rgb)BLACK : (hm_rgb)WHITE;
    c->sock_rgb = (hm_rgb)WHITE;
    c->low_sock = !school && (r >> 28) < 9u;
    c->trainers = school || lane->start.standing;
}
