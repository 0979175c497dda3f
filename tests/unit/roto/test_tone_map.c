/* What is learnt of a left thigh is known of the right one. */
#include "ht.h"
#include "parts_priv.h"
#include "tone_map_priv.h"

#include <string.h>

/* Of a cell that lies at a share u along a bone; -1: there is none. */
static int32_t cell_on(const roto_cells *w, int part, float u)
{
    const roto_bone *o = &w->body.bone[part];
    roto_xy p = {o->a.x + u * (o->b.x - o->a.x), o->a.y + u * (o->b.y - o->a.y)};
    int32_t x = (int32_t)(roto_cell_x(&w->grid, p.x) + 0.5f);
    int32_t y = (int32_t)(roto_cell_y(&w->grid, p.y) + 0.5f);
    return w->part[y * ROTO_SIDE + x] == part ? y * ROTO_SIDE + x : -1;
}

static void both_thighs_have_the_hem_at_the_same_place(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 1 << 20);
    roto_cells w;
    assert_int_equal(roto_cells_init(&a, &w, NULL), HM_OK);
    float *where = HM_PUSH(&a, float, ROTO_CELL), *skin_px = HM_PUSH(&a, float, ROTO_CELL);
    uint8_t *seen = HM_PUSH(&a, uint8_t, ROTO_CELL);
    roto_tone_map *map = HM_PUSH(&a, roto_tone_map, 1);
    assert_true(where && skin_px && seen && map);
    memset(map, 0, sizeof *map);
    w.grid = (roto_grid){0, 0, 0.5f};
    w.body.trunk_px = 80;
    for (int k = 0; k < ROTO_PART_COUNT; k++)
        w.body.bone[k] = (roto_bone){{-500, -500}, {-500, -480}, 9, 9, 0};
    w.body.bone[ROTO_THIGH_L] = (roto_bone){{60, 60}, {60, 120}, 14, 10, 0};
    w.body.bone[ROTO_THIGH_R] = (roto_bone){{120, 60}, {150, 112}, 14, 10, 0};
    roto_parts_label(&w.body, &w.grid, w.part, skin_px, &w.win);
    ROTO_EACH (i, &w.win) { /* shorts to the middle of the left thigh, then skin */
        roto_xy p = roto_cell_at(&w.grid, (float)(i % ROTO_SIDE), (float)(i / ROTO_SIDE));
        w.alpha[i] = skin_px[i] < 0 ? 1 : 0;
        seen[i] = (uint8_t)(w.part[i] != ROTO_THIGH_L ? ROTO_NONE : p.y < 90 ? 0 : 1);
    }
    roto_tone_map_place(&w, where);
    roto_tone_map_follow(map, 2, &w, where, seen, true);
    float shorts[ROTO_MAP_PLOT], skin[ROTO_MAP_PLOT], alike[ROTO_KIND_COUNT];
    for (int k = 0; k < ROTO_KIND_COUNT; k++)
        alike[k] = 0.5f;
    roto_tone_map_rare(map, 0, alike, shorts);
    roto_tone_map_rare(map, 1, alike, skin);
    int32_t high = cell_on(&w, ROTO_THIGH_R, 0.2f), low = cell_on(&w, ROTO_THIGH_R, 0.8f);
    assert_true(high >= 0 && low >= 0);
    assert_true(shorts[(int32_t)where[high]] + 1 < skin[(int32_t)where[high]]);
    assert_true(skin[(int32_t)where[low]] + 1 < shorts[(int32_t)where[low]]);
    hm_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_thighs_have_the_hem_at_the_same_place)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
