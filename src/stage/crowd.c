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

static const venue_v4 concrete = {0.47f, 0.48f, 0.51f, 0.0f}, hole = {0.13f, 0.14f, 0.18f, 0.0f};
static const venue_v4 mean_person = {0.40f, 0.39f, 0.41f, 0.0f};

static inline venue_v4 all(float k)
{
    return (venue_v4){k, k, k, k};
}

/* One ray on its way down the rows of a stand. */
typedef struct walk {
    const crowd_cast *cast;
    const crowd_block *block;
    const crowd_texel *card; /* of the level */
    const float *stand_m;
    int32_t level;
    float narrow, per_texel;
    float rise, cheer; /* how much of the crowd is up, and waves */
    venue_v4 sum;      /* seen so far */
    float left;        /* what is still open behind it */
} walk;

static inline uint32_t seat_at(const walk *w, int32_t row, int32_t col)
{
    const crowd_block *b = w->block;
    col = col < b->lo ? b->lo : col;
    col = col > b->hi ? b->hi : col;
    return w->cast->seat[b->first + row * b->width + col];
}

static inline int32_t column(float c)
{
    return (int32_t)(c + SEAT_BIAS) - (int32_t)SEAT_BIAS;
}

/* Add what the ray meets in one row, at c seats along the facet and h over the step. How far
 * people are up and how high their arms are (0..3) follows from their own thresholds against the
 * noise around them: all of it changes slowly, so nothing flickers. */
static inline void look_at_row(walk *w, int32_t row, float c, float h)
{
    int32_t col = column(c);
    uint32_t seat = seat_at(w, row, col);
    if (seat > CROWD_NOBODY)
        return;
    const crowd_person *p = &w->cast->person[seat];
    int32_t card = p->card;
    h -= CROWD_SIZE(p);
    if (w->rise > 0.0f) {
        float up = venue_clamp(w->rise - CROWD_RISE(p), 0.0f, 1.0f);
        float cheer = venue_clamp(w->cheer - CROWD_CHEER(p), 0.0f, 3.0f);
        h -= up * w->stand_m[p->sway];
        int32_t arms = (int32_t)(cheer * up);
        card += arms < p->card_max ? arms : p->card_max;
    }
    /* a card is 32 x 128 texels at level 0, half of each at the next */
    int32_t wide = 5 - w->level, tall = 7 - w->level;
    float a = (c - (float)col - 0.5f) * w->narrow + 0.5f;
    int32_t x = (int32_t)(a * (float)(1 << wide));
    int32_t y = (int32_t)venue_clamp((h - CROWD_LOW_M) * w->per_texel, 0.0f, 128.0f);
    if (y >> tall)
        return;
    const crowd_texel *t = &w->card[(((card << tall) | y) << wide) | x];
    venue_v4 colour = all((float)t->hair) * p->hair + all((float)t->skin) * p->skin +
                      all((float)t->cloth) * p->cloth;
    w->sum += all(w->left) * colour;
    w->left -= w->left * (float)t->cover * (1.0f / 255.0f);
}

/* The step itself: stair, doorway, or concrete in the shade of those who sit there. */
static inline venue_v4 step_at(const walk *w, int32_t row, float c)
{
    uint32_t seat = seat_at(w, row, column(c));
    if (seat == CROWD_MOUTH)
        return hole;
    return concrete * all(seat == CROWD_STAIR ? (row & 1 ? 1.04f : 0.96f) : 0.5f);
}

/* Light that falls on a place of the stand. */
static inline venue_v4 stand_light(const venue_facet_light *l, float y, float u)
{
    float shade = u - (l->roof_y_m - y) * l->lean - l->roof_u_m; /* > 0: in the roof's shadow */
    float k = venue_clamp(0.5f - shade * 0.8f, 0.0f, 1.0f);
    float fall = 1.0f - l->fall * venue_clamp(u * 0.03f, 0.0f, 1.0f);
    return (l->shade + all(k) * (l->lit - l->shade)) * all(fall);
}

/* Noise at a place: what all hear, and more where the leaders pass. */
static float heat_at(const venue_now *now, const venue_facet *f, float s)
{
    float z = f->foot_m.z + f->along.z * s - now->leader_z_m;
    float near_by = 1.0f - venue_abs(z) * 0.03f;
    return now->heat * (near_by > 0.0f ? 1.0f + 0.25f * near_by : 1.0f);
}

/* Cards to take for a pixel this wide: from 3 cm on one level for each doubling. */
static inline int32_t level_of(float px_m)
{
    float k = px_m * (1.0f / 0.03f);
    return (k >= 1.0f) + (k >= 2.0f) + (k >= 4.0f);
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
    row = row < 0 ? 0 : row; /* in front of the stand: as seen from its first row */
    float ahead = ((float)row - back) * VENUE_TREAD_M;
    float h = at.y + ahead * slope - t->y_m - t->rise_m * (float)row;
    /* along the facet in seats, from its middle */
    float c = (at.x + ahead * turn - 0.5f * fc->len_m) * (1.0f / VENUE_SEAT_M);
    float step_c = turn * (VENUE_TREAD_M / VENUE_SEAT_M);
    float heat = heat_at(now, fc, at.x);
    const crowd_cast *cast = now->set->cast;
    walk w = {.cast = cast, .block = &cast->block[f->part], .stand_m = now->stand_m, .left = 1.0f};
    w.rise = (heat - 0.15f) * 6.0f;
    w.cheer = (heat - 0.30f) * 15.0f;
    float clear = SITTER_M + 0.5f * venue_clamp(w.rise, 0.0f, 1.0f);
    if (h > clear) {
        int32_t skip = (int32_t)((h - clear) / sink) + 1;
        row += skip;
        h -= sink * (float)skip;
        c += step_c * (float)skip;
    }
    c = venue_clamp(c, -600.0f, 600.0f);
    w.level = level_of(f->px_m);
    w.card = w.cast->card[w.level];
    w.per_texel = (float)(128 >> w.level) * (1.0f / CROWD_TALL_M);
    /* who is seen from the side is as wide as from the front */
    float wide = 1.0f + 0.4f * venue_abs(turn);
    w.narrow = wide < 2.0f ? 1.0f / wide : 0.5f;
    /* near by what is left open after two rows would show when people stand */
    int32_t last = row + (w.rise > 0.0f && w.level < 2 ? 3 : 2);
    last = last < t->n_row ? last : t->n_row;
    while (row < last && h > 0.0f && w.left > 0.1f) {
        look_at_row(&w, row++, c, h);
        h -= sink;
        c += step_c;
    }
    venue_v4 rest = row >= t->n_row ? concrete * all(0.6f) : step_at(&w, row, c);
    venue_v4 v = w.sum + all(w.left) * rest;
    v += all(venue_clamp(0.10f + f->px_m * 3.2f, 0.0f, 0.92f)) * (mean_person - v);
    v *= stand_light(&now->set->facet_light[facet], at.y, at.z);
    *out = (hm_surface){.albedo = {v[0], v[1], v[2]}, .emit = 1.0f};
}
