/* The crowd: seats of the stands, looked up by the ray that sees them.
 *
 * The mesh of a stand is only the skin over its heads. Under it each row is an upright plane of
 * spectators; a ray that enters walks down two or three rows and meets heads,
 * shoulders, empty seats, at last the step itself. So rows hide one another rightly from every
 * camera. All of a spectator follows from his seat: who he is stands in the plan of
 * seats, what he does by that and the time. Contrast falls with the pixel's size: a far crowd is
 * a quiet texture. */
#include "crowd_priv.h"

#define PLANE_M   0.45f   /* of the sitters behind the edge of their step */
#define SITTER_M  1.34f   /* clear of the heads of all who sit */
#define SEAT_BIAS 4096.0f /* makes the cast of a negative column a floor */

static const hm_rgb concrete = {0.47f, 0.48f, 0.51f}, hole = {0.13f, 0.14f, 0.18f};
static const hm_rgb mean_person = {0.40f, 0.39f, 0.41f};

/* One ray on its way down the rows of a stand. */
typedef struct walk {
    const venue_now *now;
    const crowd_cast *cast;
    int32_t part, level;
    float narrow, per_texel;
    float rise, cheer;   /* how much of the crowd is up, and waves */
    float r, g, b, left; /* seen so far, and what is still open behind it */
} walk;

static inline int32_t column(float c)
{
    return (int32_t)(c + SEAT_BIAS) - (int32_t)SEAT_BIAS;
}

/* Add what the ray meets in one row, at c seats along the facet and h over the step. How far
 * people are up and how high their arms are (0..3) follows from their own thresholds against the
 * noise around them: all of it changes slowly, so nothing flickers. */
static inline void look_at_row(walk *w, int32_t row, float c, float h)
{
    int32_t col = column(c), arms = 0;
    uint32_t seat = crowd_seat_at(w->cast, w->part, row, col);
    if (seat > CROWD_NOBODY)
        return;
    const crowd_person *p = &w->cast->person[seat];
    if (w->rise > 0.0f) {
        float up = venue_clamp(w->rise - (float)p->rise * (4.5f / 255.0f), 0.0f, 1.0f);
        float cheer = venue_clamp(w->cheer - (float)p->cheer * (12.0f / 255.0f), 0.0f, 3.0f);
        arms = p->build < CROWD_BUILDS ? (int32_t)(cheer * up) : 0;
        h -= p->build < CROWD_BUILDS ? up * w->now->stand_m[p->sway] : 0.0f;
    }
    h -= (float)p->size * 0.0005f;
    float a = (c - (float)col - 0.5f) * w->narrow + 0.5f;
    int32_t lw = 32 >> w->level, lh = 128 >> w->level;
    int32_t x = (int32_t)(a * (float)lw);
    int32_t y = (int32_t)venue_clamp((h - CROWD_LOW_M) * w->per_texel, 0.0f, 128.0f);
    if (y >= lh)
        return;
    const crowd_texel *t =
        &w->cast->card[w->level][((p->build * CROWD_ARMS + arms) * lh + y) * lw + x];
    float k = w->left * (1.0f / 65025.0f);
    w->r += k * (float)(t->hair * p->hair[0] + t->skin * p->skin[0] + t->cloth * p->cloth[0]);
    w->g += k * (float)(t->hair * p->hair[1] + t->skin * p->skin[1] + t->cloth * p->cloth[1]);
    w->b += k * (float)(t->hair * p->hair[2] + t->skin * p->skin[2] + t->cloth * p->cloth[2]);
    w->left -= w->left * (float)t->cover * (1.0f / 255.0f);
}

/* The step itself: stair, doorway, or concrete in the shade of those who sit there. */
static hm_rgb step_at(const walk *w, int32_t row, float c)
{
    uint32_t seat = crowd_seat_at(w->cast, w->part, row, column(c));
    if (seat == CROWD_MOUTH)
        return hole;
    return venue_rgb_mul(concrete, seat == CROWD_STAIR ? (row & 1 ? 1.04f : 0.96f) : 0.5f);
}

/* Light that falls on a place of the stand. */
static hm_rgb stand_light(const venue_facet_light *l, float y, float u)
{
    float shade = u - (l->roof_y_m - y) * l->lean - l->roof_u_m; /* > 0: in the roof's shadow */
    float k = venue_clamp(0.5f - shade * 0.8f, 0.0f, 1.0f);
    float fall = 1.0f - l->fall * venue_clamp(u * 0.03f, 0.0f, 1.0f);
    return venue_rgb_mul(venue_rgb_mix(l->shade, l->lit, k), fall);
}

/* Noise at a place: what all hear, and more where the leaders pass. */
static float heat_at(const venue_now *now, const venue_facet *f, float s)
{
    float z = f->foot_m.z + f->along.z * s - now->leader_z_m;
    float near_by = 1.0f - venue_abs(z) * 0.03f;
    return now->heat * (near_by > 0.0f ? 1.0f + 0.25f * near_by : 1.0f);
}

void VENUE_HOT(venue_crowd_surface)(const void *ctx, const hm_frag *f, hm_surface *out)
{
    const venue_now *now = ctx;
    bool upper = f->part >= VENUE_FACET_MAX;
    int32_t facet = upper ? f->part - VENUE_FACET_MAX : f->part;
    const venue_facet *fc = &now->set->bowl.facet[facet];
    const venue_tier *t = &venue_tiers[upper];
    const hm_vec3 eye = now->eye_facet_m[facet], at = f->rest_m;
    float du = at.z - eye.z, inv = 1.0f / (du > 0.01f ? du : 0.01f);
    float turn = venue_clamp((at.x - eye.x) * inv, -3.0f, 3.0f);
    /* how far the ray sinks against the rows, per row; from steep above people are not cards but
     * have depth: as if the ray were less steep */
    float sink = venue_clamp(t->rise_m - VENUE_TREAD_M * (at.y - eye.y) * inv, 0.05f, 1.2f);
    float slope = (t->rise_m - sink) * (1.0f / VENUE_TREAD_M);
    float back = (at.z - t->u_m - PLANE_M) * (1.0f / VENUE_TREAD_M);
    int32_t row = venue_floor(back) + 1;
    float ahead = ((float)row - back) * VENUE_TREAD_M;
    float h = at.y + ahead * slope - t->y_m - t->rise_m * (float)row;
    /* along the facet in seats, from its middle */
    float c = (at.x + ahead * turn - 0.5f * fc->len_m) * (1.0f / VENUE_SEAT_M);
    float step_c = turn * (VENUE_TREAD_M / VENUE_SEAT_M);
    float heat = heat_at(now, fc, at.x);
    walk w = {.now = now, .cast = now->set->cast, .part = f->part, .left = 1.0f};
    w.rise = (heat - 0.15f) * 6.0f;
    w.cheer = (heat - 0.30f) * 15.0f;
    float clear = SITTER_M + 0.6f * venue_clamp(w.rise, 0.0f, 1.0f);
    if (h > clear) {
        int32_t skip = (int32_t)((h - clear) / sink) + 1;
        row += skip;
        h -= sink * (float)skip;
        c += step_c * (float)skip;
    }
    c = venue_clamp(c, -600.0f, 600.0f);
    w.level = f->px_m < 0.028f ? 0 : f->px_m < 0.06f ? 1 : f->px_m < 0.12f ? 2 : 3;
    w.per_texel = (float)(128 >> w.level) * (1.0f / CROWD_TALL_M);
    /* who is seen from the side is as wide as from the front */
    float wide = 1.0f + 0.4f * venue_abs(turn);
    w.narrow = wide < 2.0f ? 1.0f / wide : 0.5f;
    int32_t last = row + (w.rise > 0.0f ? 3 : 2);
    last = last < t->n_row ? last : t->n_row;
    while (row < last && h > 0.0f && w.left > 0.06f) {
        look_at_row(&w, row++, c, h);
        h -= sink;
        c += step_c;
    }
    hm_rgb rest = row >= t->n_row ? venue_rgb_mul(concrete, 0.6f) : step_at(&w, row, c);
    hm_rgb sum = {w.r + w.left * rest.r, w.g + w.left * rest.g, w.b + w.left * rest.b};
    sum = venue_rgb_mix(sum, mean_person, venue_clamp(0.10f + f->px_m * 3.2f, 0.0f, 0.92f));
    hm_rgb light = stand_light(&now->set->facet_light[facet], at.y, at.z);
    *out =
        (hm_surface){.albedo = {sum.r * light.r, sum.g * light.g, sum.b * light.b}, .emit = 1.0f};
}
