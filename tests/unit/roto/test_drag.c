/* What is drawn out behind: nothing of what stands, only the trailing side of what moves, no
 * further than its way and the look's measure. */
#include "drag_priv.h"
#include "ht.h"
#include "parts_priv.h"
#include "roto_body.h"

#include <math.h>

static roto_figure figure_at(double time_s, float x_px)
{
    roto_figure f = {.id = 3};
    for (int k = 0; k < HM_POINT_COUNT; k++) {
        float x, y;
        body_point(k, 0, &x, &y);
        f.body.point[k] = (roto_xy){x_px + 60 * x, 200 + 60 * y};
    }
    f.body.time_s = time_s;
    roto_body_bones(&f.body, NULL);
    return f;
}

/* Three drawings of a figure that goes to the right by so much a drawing. */
typedef struct scene {
    roto_figure figure[3];
    roto_drawing drawing[2];
    roto_past past;
    roto_drag drag;
} scene;

static void set_scene(scene *s, float step_px, float drag_m, float trail_s)
{
    roto_look look = {.drag_m = drag_m, .trail_s = trail_s};
    for (int k = 0; k < 3; k++)
        s->figure[k] = figure_at(1 - k / 12.0, 400 - step_px * (float)k);
    for (int k = 0; k < 2; k++) {
        s->drawing[k] = (roto_drawing){.n_figure = 1, .figure = &s->figure[k + 1]};
        s->past.drawing[k] = &s->drawing[k];
    }
    s->past.n = 2;
    roto_drag_of(&look, &s->figure[0], &s->past, 1, &s->drag);
}

static roto_xy side_of_trunk(const scene *s, float way, float along)
{
    const roto_bone *b = &s->figure[0].body.bone[ROTO_CHEST];
    return (roto_xy){b->a.x + way * b->half_a_px, b->a.y + along * (b->b.y - b->a.y)};
}

static void what_stands_or_walks_keeps_its_shape(void **state)
{
    (void)state;
    for (int k = 0; k < 2; k++) {
        scene s;
        set_scene(&s, k ? 10.0f : 0, 0.75f, 0.2f); /* 2 trunks a second: a walk */
        for (float along = 0; along <= 1; along += 0.1f) {
            roto_xy p = side_of_trunk(&s, -1, along), q = roto_drag_bend(&s.drag, p);
            ht_near((double)q.x, (double)p.x, 1e-3, 0);
            ht_near((double)q.y, (double)p.y, 1e-3, 0);
        }
    }
}

static void the_trailing_side_of_who_runs_stays_behind(void **state)
{
    (void)state;
    const float step = 100; /* 20 trunks a second */
    scene s;
    set_scene(&s, step, 0.75f, 0.2f);
    float most = 0.5f * 0.75f / 0.51f * s.figure[0].body.trunk_px, longest = 0, shortest = INFINITY;
    for (float along = 0; along <= 1; along += 0.02f) {
        roto_xy back = side_of_trunk(&s, -1, along), front = side_of_trunk(&s, 1, along);
        roto_xy q = roto_drag_bend(&s.drag, back), r = roto_drag_bend(&s.drag, front);
        float by = back.x - q.x;
        assert_true(by >= 0 && by <= most + 1e-3f);
        longest = fmaxf(longest, by), shortest = fminf(shortest, by);
        ht_near((double)q.y, (double)back.y, 0.5, 0); /* along the way it came */
        ht_near((double)r.x, (double)front.x, 1e-3, 0);
    }
    assert_true(longest > 0.15f * most);
    assert_true(shortest < 0.5f * longest); /* strands */
}

static void no_further_than_the_way_of_the_trail(void **state)
{
    (void)state;
    const float step = 60, trail_s = 0.05f;
    scene s;
    set_scene(&s, step, 2, trail_s);
    float way = step * 12 * trail_s; /* px in the trail's time */
    for (float along = 0; along <= 1; along += 0.05f) {
        roto_xy p = side_of_trunk(&s, -1, along), q = roto_drag_bend(&s.drag, p);
        assert_true(p.x - q.x <= way + 1e-2f);
    }
}

static void without_a_drawing_before_or_a_measure_there_is_none(void **state)
{
    (void)state;
    scene s;
    set_scene(&s, 100, 0, 0.2f);
    assert_int_equal(s.drag.n, 0);
    set_scene(&s, 100, 0.75f, 0);
    assert_int_equal(s.drag.n, 0);
    set_scene(&s, 100, 0.75f, 0.2f);
    assert_int_equal(s.drag.n, 2);
    s.figure[1].id = 4; /* somebody else: the way has a gap, but is known from before */
    roto_look look = {.drag_m = 0.75f, .trail_s = 0.2f};
    roto_drag_of(&look, &s.figure[0], &s.past, 1, &s.drag);
    assert_int_equal(s.drag.n, 1);
    s.past.n = 0;
    roto_drag_of(&look, &s.figure[0], &s.past, 1, &s.drag);
    assert_int_equal(s.drag.n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_stands_or_walks_keeps_its_shape),
        cmocka_unit_test(the_trailing_side_of_who_runs_stays_behind),
        cmocka_unit_test(no_further_than_the_way_of_the_trail),
        cmocka_unit_test(without_a_drawing_before_or_a_measure_there_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
