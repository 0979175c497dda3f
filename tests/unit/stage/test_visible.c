/* Coverage of triangles, against a slow twin that tests every sample of every triangle. */
#include "hot_priv.h"
#include "ht.h"

#include <string.h>

#include "base/rng.h"

enum { W = 96, H = 64, NX = W / RASTER_TILE, NY = H / RASTER_TILE };

typedef struct board {
    raster_tri tri[4096];
    int32_t n;
    uint32_t bin[4096], start[2];
    uint8_t ink_no[1];
} board;

static double draw(uint32_t when, uint32_t k)
{
    return hm_rng_unit(77, HM_FOR_TEST, 1, when, k);
}

static void add(board *b, int32_t p[3][2], float depth_iz)
{
    raster_tri *t = &b->tri[b->n];
    *t = (raster_tri){.iz = {depth_iz, 0, 0}, .iz_lo = depth_iz, .iz_hi = depth_iz};
    int64_t area = (int64_t)(p[1][0] - p[0][0]) * (p[2][1] - p[0][1]) -
                   (int64_t)(p[2][0] - p[0][0]) * (p[1][1] - p[0][1]);
    if (area == 0)
        return;
    for (int i = 0; i < 3; i++) {
        int k = area > 0 ? i : 2 - i;
        t->x[i] = p[k][0], t->y[i] = p[k][1];
    }
    b->bin[b->n] = (uint32_t)b->n;
    b->n++;
}

/* Is the sample at (x, y) [1/256 px] inside? Points on a side belong to the triangle into which
 * they fall when moved a hair to the right, and for level sides down. */
static bool covers(const raster_tri *t, int64_t x, int64_t y)
{
    for (int i = 0; i < 3; i++) {
        int j = (i + 1) % 3;
        int64_t dx = t->x[j] - t->x[i], dy = t->y[j] - t->y[i];
        int64_t e = dx * (y - t->y[i]) - dy * (x - t->x[i]);
        if (e < 0 || (e == 0 && !(dy < 0 || (dy == 0 && dx > 0))))
            return false;
    }
    return true;
}

static const int sample_x[4] = {96, 224, 32, 160}, sample_y[4] = {32, 96, 160, 224};

/* How many samples of the picture differ from the twin; hits counts per sample. */
static int64_t compare(board *b, uint8_t *hits)
{
    static raster_scratch s;
    hm_object o = {0};
    hm_scene scene = {.n_object = 1, .object = &o};
    uint32_t start[NX * NY + 1];
    int64_t wrong = 0;
    for (int i = 0; i < NX * NY; i++) {
        /* every tile gets every triangle: binning is another test */
        start[i] = 0, start[i + 1] = (uint32_t)b->n;
        raster_job job = {.scene = &scene,
                          .n_tx = NX,
                          .n_ty = NY,
                          .tri = b->tri,
                          .bin = b->bin,
                          .bin_start = start,
                          .ink_no = b->ink_no};
        visible_tile_base(&job, i, &s);
        for (int k = 0; k < RASTER_TILE * RASTER_TILE * 4; k++) {
            int px = (i % NX) * RASTER_TILE + k / 4 % RASTER_TILE;
            int py = (i / NX) * RASTER_TILE + k / 4 / RASTER_TILE;
            uint32_t want = 0;
            float best = 0;
            uint8_t n = 0;
            for (int32_t t = 0; t < b->n; t++)
                if (covers(&b->tri[t], px * 256 + sample_x[k % 4], py * 256 + sample_y[k % 4])) {
                    n++;
                    if (b->tri[t].iz[0] > best)
                        best = b->tri[t].iz[0], want = (uint32_t)t + 1;
                }
            if (hits)
                hits[(py * W + px) * 4 + k % 4] = n;
            wrong += s.id[k] != want;
        }
    }
    return wrong;
}

/* A sheet of triangles with shaken corners that covers the whole picture. */
static void jittered_sheet_has_no_crack_and_no_double_hit(void **state)
{
    (void)state;
    enum { G = 12 };
    static board b;
    static uint8_t hits[W * H * 4];
    int32_t grid[G + 1][G + 1][2];
    for (int j = 0; j <= G; j++)
        for (int i = 0; i <= G; i++) {
            bool rim = i == 0 || j == 0 || i == G || j == G;
            double jx = rim ? 0 : draw((uint32_t)(j * 64 + i), 0) - 0.5;
            double jy = rim ? 0 : draw((uint32_t)(j * 64 + i), 1) - 0.5;
            grid[j][i][0] = (int32_t)(((i + 0.8 * jx) * (W + 4) / G - 2) * 256);
            grid[j][i][1] = (int32_t)(((j + 0.8 * jy) * (H + 4) / G - 2) * 256);
            if (i % 3 == 0) /* corners right on samples and pixel borders */
                grid[j][i][0] &= ~31, grid[j][i][1] &= ~31;
        }
    b.n = 0;
    for (int j = 0; j < G; j++)
        for (int i = 0; i < G; i++) {
            const int32_t *p = grid[j][i], *q = grid[j][i + 1], *r = grid[j + 1][i],
                          *s = grid[j + 1][i + 1];
            int32_t one[3][2] = {{p[0], p[1]}, {q[0], q[1]}, {s[0], s[1]}};
            int32_t two[3][2] = {{p[0], p[1]}, {s[0], s[1]}, {r[0], r[1]}};
            add(&b, one, 1.0f);
            add(&b, two, 1.0f);
        }
    assert_int_equal(compare(&b, hits), 0);
    int64_t uncovered = 0, doubled = 0;
    for (int k = 0; k < W * H * 4; k++)
        uncovered += hits[k] == 0, doubled += hits[k] > 1;
    /* a shaken sheet may fold over itself, but folding covers in pairs: none is left open */
    assert_int_equal(uncovered, 0);
    assert_true(doubled < W * H * 4 / 20);
}

static void random_triangles_equal_the_slow_twin_at_any_size(void **state)
{
    (void)state;
    static board b;
    const double reach[4] = {3, 40, 900, 5900};
    for (uint32_t size = 0; size < 4; size++) {
        b.n = 0;
        for (uint32_t i = 0; i < 150; i++) {
            int32_t p[3][2];
            double cx = draw(i, 10 + size) * W, cy = draw(i, 20 + size) * H;
            for (uint32_t k = 0; k < 3; k++) {
                double x = cx + (draw(i * 3 + k, 30 + size) - 0.5) * reach[size];
                double y = cy + (draw(i * 3 + k, 40 + size) - 0.5) * reach[size];
                p[k][0] = (int32_t)(x * 256), p[k][1] = (int32_t)(y * 256);
                if (i % 5 == 0)
                    p[k][0] &= ~127, p[k][1] &= ~127;
            }
            add(&b, p, 1.0f + (float)draw(i, 50 + size));
        }
        assert_int_equal(compare(&b, NULL), 0);
    }
}

static void both_builds_see_the_same(void **state)
{
    (void)state;
    if (!hot_has_v3())
        return;
    static board b;
    static raster_scratch s[2];
    b.n = 0;
    for (uint32_t i = 0; i < 300; i++) {
        int32_t p[3][2];
        for (uint32_t k = 0; k < 3; k++) {
            p[k][0] = (int32_t)(draw(i * 3 + k, 60) * 40 * 256);
            p[k][1] = (int32_t)(draw(i * 3 + k, 61) * 40 * 256);
        }
        add(&b, p, 1.0f);
        raster_tri *t = &b.tri[b.n - 1];
        t->iz[0] = 0.5f + 0.1f * (float)draw(i, 62), t->iz[1] = 0.003f * (float)draw(i, 63);
        t->iz[2] = 0.003f * (float)draw(i, 64), t->iz_lo = 0.4f, t->iz_hi = 0.65f;
        t->sliver = i % 2, t->kind = i % 3 == 2 ? RASTER_CAST : RASTER_FACE;
    }
    hm_object o = {0};
    hm_scene scene = {.n_object = 1, .object = &o};
    uint32_t start[2] = {0, (uint32_t)b.n};
    raster_job job = {.scene = &scene,
                      .n_tx = 1,
                      .n_ty = 1,
                      .tri = b.tri,
                      .bin = b.bin,
                      .bin_start = start,
                      .ink_no = b.ink_no};
    visible_tile_base(&job, 0, &s[0]);
    visible_tile_v3(&job, 0, &s[1]);
    assert_memory_equal(s[0].id, s[1].id, sizeof s[0].id);
    assert_memory_equal(s[0].iz, s[1].iz, sizeof s[0].iz);
    assert_memory_equal(s[0].cast, s[1].cast, sizeof s[0].cast);
    assert_true(s[0].has_cast);
}

int main(void)
{
    const struct CMUnitTest t[] = {
        cmocka_unit_test(jittered_sheet_has_no_crack_and_no_double_hit),
        cmocka_unit_test(random_triangles_equal_the_slow_twin_at_any_size),
        cmocka_unit_test(both_builds_see_the_same),
    };
    return cmocka_run_group_tests(t, NULL, NULL);
}
