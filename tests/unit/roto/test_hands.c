/* Fingers against a place that is known. */
#include "hands_priv.h"
#include "ht.h"
#include "parts_priv.h"

#include <string.h>

enum { W = 240, H = 160 };

/* A palm, and three fingers of 3 px with 4 px between them. */
static bool is_palm(roto_xy p)
{
    return p.x >= 96 && p.x < 122 && p.y >= 70 && p.y < 91;
}

static bool is_finger(roto_xy p)
{
    float y = p.y - 71;
    return p.x >= 122 && p.x < 136 && y >= 0 && y < 17 && y - 7 * (float)(int)(y / 7) < 3;
}

static bool is_gap(roto_xy p)
{
    float y = p.y - 71, in = y - 7 * (float)(int)(y / 7);
    return p.x >= 124 && p.x < 134 && y >= 3 && y < 14 && in > 3.5f && in < 6.5f;
}

static void fingers_part_where_the_place_shows_between_them(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 1 << 20);
    roto_cells w;
    assert_int_equal(roto_cells_init(&a, &w, NULL), HM_OK);
    float *distance_px = HM_PUSH(&a, float, ROTO_CELL), *change = HM_PUSH(&a, float, ROTO_CELL);
    uint8_t *place = HM_PUSH(&a, uint8_t, 3 * W * H);
    assert_true(distance_px && change && place);
    memset(place, 110, 3 * W * H);
    w.grid = (roto_grid){30, 20, 0.4f};
    w.body.trunk_px = 150;
    for (int k = 0; k < ROTO_PART_COUNT; k++)
        w.body.bone[k] = (roto_bone){{-500, -500}, {-500, -480}, 9, 9, 0};
    w.body.bone[ROTO_FOREARM_L] = (roto_bone){{50, 80}, {96, 80}, 12, 10, 0};
    w.body.bone[ROTO_HAND_L] = (roto_bone){{96, 80}, {126, 80}, 10.5f, 10.5f, 0.1f};
    roto_parts_label(&w.body, &w.grid, w.part, distance_px, &w.win);
    ROTO_EACH (i, &w.win) { /* the matte so far: a mitten */
        roto_xy p = roto_cell_at(&w.grid, (float)(i % ROTO_SIDE), (float)(i / ROTO_SIDE));
        bool hand = is_palm(p) || is_finger(p) || (p.x < 96 && distance_px[i] < 0);
        w.luma[i] = hand ? 150 : 110, w.cb[i] = hand ? -12 : 0, w.cr[i] = hand ? 18 : 0;
        change[i] = hand ? 60 : 3;
        w.alpha[i] = distance_px[i] < 0 ? 0.9f : distance_px[i] < 4 ? 0.6f : 0.1f;
    }
    roto_hands_find(&w, &(roto_image){W, H, 3 * W, place}, distance_px, change);
    double finger = 0, drawn = 0, gap = 0, free_cells = 0;
    ROTO_EACH (i, &w.win) {
        roto_xy p = roto_cell_at(&w.grid, (float)(i % ROTO_SIDE), (float)(i / ROTO_SIDE));
        finger += is_finger(p), drawn += is_finger(p) && w.alpha[i] > 0.5f;
        gap += is_gap(p), free_cells += is_gap(p) && w.alpha[i] < 0.5f;
    }
    assert_true(finger > 300 && gap > 150);
    assert_true(drawn > 0.9 * finger);
    assert_true(free_cells > 0.9 * gap);
    /* where hand and place look the same the matte stays */
    ROTO_EACH (i, &w.win)
        w.luma[i] = 110, w.cb[i] = 0, w.cr[i] = 0, w.alpha[i] = 0.85f;
    roto_hands_find(&w, &(roto_image){W, H, 3 * W, place}, distance_px, change);
    ROTO_EACH (i, &w.win)
        assert_float_equal(w.alpha[i], 0.85f, 1e-6f);
    hm_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fingers_part_where_the_place_shows_between_them)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
