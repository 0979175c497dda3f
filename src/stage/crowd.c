/* The crowd: seats of the stands, looked up by the ray that sees them.
 *
 * The mesh of a stand is only the skin over its heads. Under it each row is an upright plane of
 * spectators; a ray that enters walks down two or three rows and meets heads,
 * shoulders, empty seats, at last the step itself. So rows hide one another rightly from every
 * camera. All of a spectator follows from his seat: who he is stands in the plan of
 * seats, what he does by that and the time. Contrast falls with the pixel's size: a far crowd is
 * a quiet texture. */
#include "crowd_priv.h"
#include "venue_row_priv.h"

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

/* Eight rays where they meet the first row that can show anything. */
typedef struct rays {
    hot_i8 row, last, level; /* first row, end of the rows to look at, cards to take */
    hot_f8 h, c;             /* over the step [m], along the facet from its middle [seats] */
    hot_f8 sink, step_c;     /* change of both from row to row: h falls by sink */
    hot_f8 narrow, rise, cheer;
} rays;

/* Noise at places along a facet: what all hear, and more where the leaders pass. */
HOT_INLINE hot_f8 heat_at(const venue_now *now, const venue_facet *f, hot_f8 s)
{
    hot_f8 z = f->foot_m.z + f->along.z * s - now->leader_z_m;
    hot_f8 near_by = 1.0f - abs8(z) * 0.03f;
    return now->heat * pick8(near_by > 0.0f, 1.0f + 0.25f * near_by, all8(1.0f));
}

/* Where rays through places on the skin of a tier come down on its rows. */
HOT_INLINE rays rays_at(const venue_now *now, int32_t facet, const venue_tier *t, hot_f8 x,
                        hot_f8 y, hot_f8 z, hot_f8 px_m)
{
    const venue_facet *fc = &now->set->bowl.facet[facet];
    const hm_vec3 eye = now->eye_facet_m[facet];
    rays r;
    hot_f8 du = z - eye.z, inv = 1.0f / pick8(du > 0.01f, du, all8(0.01f));
    hot_f8 turn = clamp8((x - eye.x) * inv, -3.0f, 3.0f);
    /* how far the ray sinks against the rows, per row; from steep above people are not cards but
     * have depth: as if the ray were less steep */
    r.sink = clamp8(t->rise_m - VENUE_TREAD_M * (y - eye.y) * inv, 0.05f, 1.2f);
    hot_f8 slope = (t->rise_m - r.sink) * (1.0f / VENUE_TREAD_M);
    hot_f8 back = (z - t->u_m - PLANE_M) * (1.0f / VENUE_TREAD_M);
    r.row = floor8(back) + 1;
    r.row &= r.row >= 0; /* in front of the stand: as seen from its first row */
    hot_f8 ahead = (to_f8(r.row) - back) * VENUE_TREAD_M;
    r.h = y + ahead * slope - t->y_m - t->rise_m * to_f8(r.row);
    r.c = (x + ahead * turn - 0.5f * fc->len_m) * (1.0f / VENUE_SEAT_M);
    r.step_c = turn * (VENUE_TREAD_M / VENUE_SEAT_M);
    hot_f8 heat = heat_at(now, fc, x);
    r.rise = (heat - 0.15f) * 6.0f;
    r.cheer = (heat - 0.30f) * 15.0f;
    hot_f8 clear = SITTER_M + 0.5f * clamp8(r.rise, 0.0f, 1.0f);
    hot_i8 skip = (to_i8((r.h - clear) / r.sink) + 1) & (r.h > clear);
    r.row += skip;
    r.h -= r.sink * to_f8(skip);
    r.c = clamp8(r.c + r.step_c * to_f8(skip), -600.0f, 600.0f);
    /* cards for a pixel this wide: from 3 cm on one level for each doubling (a true mask is -1) */
    hot_f8 k = px_m * (1.0f / 0.03f);
    r.level = -((k >= 1.0f) + (k >= 2.0f) + (k >= 4.0f));
    /* who is seen from the side is as wide as from the front */
    hot_f8 wide = 1.0f + 0.4f * abs8(turn);
    r.narrow = pick8(wide < 2.0f, 1.0f / wide, all8(0.5f));
    /* near by what is left open after two rows would show when people stand */
    r.last = r.row + 2 - ((r.rise > 0.0f) & (r.level < 2));
    hot_i8 over = r.last > t->n_row;
    r.last = (r.last & ~over) | (t->n_row & over);
    return r;
}

/* What ray i meets. */
static inline venue_v4 follow(const crowd_cast *cast, const crowd_block *block,
                              const float *stand_m, int32_t n_row, const rays *r, int i)
{
    walk w = {.cast = cast,
              .block = block,
              .stand_m = stand_m,
              .level = r->level[i],
              .card = cast->card[r->level[i]],
              .narrow = r->narrow[i],
              .per_texel = (float)(128 >> r->level[i]) * (1.0f / CROWD_TALL_M),
              .rise = r->rise[i],
              .cheer = r->cheer[i],
              .left = 1.0f};
    int32_t row = r->row[i], last = r->last[i];
    float h = r->h[i], c = r->c[i], sink = r->sink[i], step_c = r->step_c[i];
    while (row < last && h > 0.0f && w.left > 0.1f) {
        look_at_row(&w, row++, c, h);
        h -= sink;
        c += step_c;
    }
    venue_v4 rest = row >= n_row ? concrete * all(0.6f) : step_at(&w, row, c);
    return w.sum + all(w.left) * rest;
}

void VENUE_HOT(venue_crowd_colours)(const void *ctx, const hm_frags *f, float *const albedo[3])
{
    const venue_now *now = ctx;
    bool upper = f->part >= VENUE_FACET_MAX;
    int32_t facet = upper ? f->part - VENUE_FACET_MAX : f->part;
    const venue_tier *t = &venue_tiers[upper];
    const venue_facet_light *l = &now->set->facet_light[facet];
    const crowd_cast *cast = now->set->cast;
    for (int32_t i = 0; i < f->n; i += 8) {
        hot_f8 y = load8(&f->rest_m[1][i]), u = load8(&f->rest_m[2][i]);
        hot_f8 px_m = load8(&f->depth_m[i]) * f->px_frac;
        const rays r = rays_at(now, facet, t, load8(&f->rest_m[0][i]), y, u, px_m);
        hot_f8 far = clamp8(0.10f + px_m * 3.2f, 0.0f, 0.92f);
        /* light that falls there; > 0: in the roof's shadow */
        hot_f8 shade = u - (l->roof_y_m - y) * l->lean - l->roof_u_m;
        hot_f8 lit = clamp8(0.5f - shade * 0.8f, 0.0f, 1.0f);
        hot_f8 fall = 1.0f - l->fall * clamp8(u * 0.03f, 0.0f, 1.0f);
        for (int k = 0; k < 8 && i + k < f->n; k++) {
            venue_v4 v = follow(cast, &cast->block[f->part], now->stand_m, t->n_row, &r, k);
            v += all(far[k]) * (mean_person - v);
            v *= (l->shade + all(lit[k]) * (l->lit - l->shade)) * all(fall[k]);
            albedo[0][i + k] = v[0], albedo[1][i + k] = v[1], albedo[2][i + k] = v[2];
        }
    }
}
