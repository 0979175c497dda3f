/* Bones of a body, and points that are carried by them. */
#include "ht.h"
#include "parts_priv.h"
#include "roto_body.h"

static roto_body standing(float swing, float way)
{
    roto_body b = {.sure = true};
    for (int k = 0; k < HM_POINT_COUNT; k++) {
        float x, y;
        body_point(k, swing, &x, &y);
        b.point[k] = (roto_xy){200 + way * 100 * x, 250 + 100 * y};
    }
    roto_body_bones(&b, NULL);
    return b;
}

static void who_runs_to_the_right_shows_his_right_side(void **state)
{
    (void)state;
    roto_body right = standing(0.3f, 1), left = standing(0.3f, -1);
    ht_near((double)right.trunk_px, 100, 15, 0);
    assert_true(right.facing > 0.5f && left.facing < -0.5f);
    assert_true(right.bone[ROTO_FOREARM_R].depth > right.bone[ROTO_CHEST].depth);
    assert_true(right.bone[ROTO_FOREARM_L].depth < right.bone[ROTO_CHEST].depth);
    assert_true(left.bone[ROTO_SHANK_L].depth > left.bone[ROTO_SHANK_R].depth);
}

static void carried_points_keep_their_place_on_the_bone(void **state)
{
    (void)state;
    roto_bone from = {.a = {10, 10}, .b = {10, 50}}, to = {.a = {100, 20}, .b = {140, 20}};
    roto_xy p = roto_carry(&from, &to, (roto_xy){13, 30}); /* half way, 3 px aside */
    ht_near((double)p.x, 120, 1e-4, 0);
    ht_near((double)p.y, 17, 1e-4, 0);
    p = roto_carry(&from, &to, (roto_xy){10, 55}); /* 5 px beyond the end */
    ht_near((double)p.x, 145, 1e-4, 0);
    for (int k = 0; k < 50; k++) { /* there and back */
        roto_xy q = {(float)(k * 7 % 60), (float)(k * 13 % 70)};
        roto_xy r = roto_carry(&to, &from, roto_carry(&from, &to, q));
        ht_near((double)r.x, (double)q.x, 1e-3, 0);
        ht_near((double)r.y, (double)q.y, 1e-3, 0);
    }
}

static void cells_belong_to_the_bone_they_lie_on(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    uint8_t *part = HM_PUSH(&a, uint8_t, ROTO_CELL);
    float *d = HM_PUSH(&a, float, ROTO_CELL);
    roto_body b = standing(0.5f, 1);
    roto_grid g = roto_body_grid(&b);
    roto_window win;
    roto_parts_label(&b, &g, part, d, &win);
    for (int k = 0; k < ROTO_PART_COUNT; k++) {
        const roto_bone *o = &b.bone[k];
        if (o->depth < 0.3f && k > ROTO_HIPS)
            continue; /* may lie behind another */
        int32_t x = (int32_t)(0.5f + roto_cell_x(&g, 0.4f * o->a.x + 0.6f * o->b.x));
        int32_t y = (int32_t)(0.5f + roto_cell_y(&g, 0.4f * o->a.y + 0.6f * o->b.y));
        assert_true(x >= 0 && y >= 0 && x < ROTO_SIDE && y < ROTO_SIDE);
        assert_true(d[y * ROTO_SIDE + x] < 0);
        if (k == ROTO_HEAD || roto_kind(k) == ROTO_FOREARM_L || roto_kind(k) == ROTO_HAND_L)
            assert_int_equal(part[y * ROTO_SIDE + x], k);
    }
    assert_int_equal(part[0], ROTO_NONE);
    hm_arena_free(&a);
}

/* Squares of cells share their near bones; a twin asks all bones at each cell. */
static void cells_are_told_as_by_asking_every_bone(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    uint8_t *part = HM_PUSH(&a, uint8_t, ROTO_CELL);
    float *d = HM_PUSH(&a, float, ROTO_CELL);
    for (int pose = 0; pose < 4; pose++) {
        roto_body b = standing(0.3f * (float)pose, pose % 2 ? 1 : -1);
        roto_grid g = roto_body_grid(&b);
        roto_window win;
        roto_parts_label(&b, &g, part, d, &win);
        float inside = 0.05f * b.trunk_px, layer = inside, far = 0.4f * b.trunk_px;
        int32_t n_other = 0, n_out = 0;
        for (int32_t i = 0; i < ROTO_CELL; i++) {
            roto_xy p = roto_cell_at(&g, (float)(i % ROTO_SIDE), (float)(i / ROTO_SIDE));
            float best = INFINITY, skin = INFINITY;
            int who = ROTO_NONE;
            for (int k = 0; k < ROTO_PART_COUNT; k++) {
                float q = roto_bone_distance(&b.bone[k], p);
                float s = fmaxf(q, -inside) - (q < 0 ? layer * b.bone[k].depth : 0);
                skin = fminf(skin, q);
                who = s < best ? k : who, best = fminf(s, best);
            }
            if (skin < far - 0.01f)
                ht_near((double)d[i], (double)skin, 2e-3, 0);
            n_other += part[i] != (skin < far ? who : ROTO_NONE);
            n_out += part[i] != ROTO_NONE && (i % ROTO_SIDE < win.x0 || i % ROTO_SIDE >= win.x1 ||
                                              i / ROTO_SIDE < win.y0 || i / ROTO_SIDE >= win.y1);
        }
        assert_int_equal(n_out, 0);
        assert_true(n_other < ROTO_CELL / 2000); /* ties, by the last bit */
    }
    hm_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_runs_to_the_right_shows_his_right_side),
        cmocka_unit_test(carried_points_keep_their_place_on_the_bone),
        cmocka_unit_test(cells_belong_to_the_bone_they_lie_on),
        cmocka_unit_test(cells_are_told_as_by_asking_every_bone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
