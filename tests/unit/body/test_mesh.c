#include "body_lane.h"
#include "ht.h"

#include "base/hash.h"
#include "body/mesh.h"

typedef struct edge {
    int32_t a, b;
} edge;

static int by_ends(const void *p, const void *q)
{
    const edge *a = p, *b = q;
    if (a->a != b->a)
        return a->a < b->a ? -1 : 1;
    return a->b < b->b ? -1 : a->b > b->b;
}

static hm_mesh build(const hm_lane *l, hm_detail d, hm_arena *arena)
{
    hm_mesh m;
    hm_err err = {0};
    hm_shape s = hm_shape_of(l, 7);
    assert_int_equal(hm_mesh_build_detail(&s, d, arena, &m, &err), HM_OK);
    return m;
}

static const hm_lane *runners(int *n)
{
    static hm_lane all[4];
    all[0] = body_lane(4, HM_SEX_MEN, 25, 1.95, 94);
    all[1] = body_lane(3, HM_SEX_WOMEN, 24, 1.67, 54);
    all[2] = body_lane(2, HM_SEX_MEN, 7, 1.20, 22);
    all[3] = body_lane(7, HM_SEX_MEN, 55, 1.74, 92);
    *n = 4;
    return all;
}

/* Every edge is walked once in each direction: no hole, no flipped triangle. */
static void each_shell_is_closed_and_turned_one_way(void **state)
{
    (void)state;
    int n;
    const hm_lane *l = runners(&n);
    for (int i = 0; i < n; i++)
        for (int d = 0; d < HM_DETAIL_COUNT; d++) {
            hm_arena a;
            hm_arena_init(&a, 0);
            hm_mesh m = build(&l[i], (hm_detail)d, &a);
            int32_t ne = 3 * m.n_tri;
            edge *out = HM_PUSH(&a, edge, ne), *back = HM_PUSH(&a, edge, ne);
            for (int32_t t = 0; t < m.n_tri; t++)
                for (int c = 0; c < 3; c++) {
                    int32_t p = m.tri[t][c], q = m.tri[t][(c + 1) % 3];
                    out[3 * t + c] = (edge){p, q};
                    back[3 * t + c] = (edge){q, p};
                }
            qsort(out, (size_t)ne, sizeof *out, by_ends);
            qsort(back, (size_t)ne, sizeof *back, by_ends);
            assert_memory_equal(out, back, (size_t)ne * sizeof *out);
            hm_arena_free(&a);
        }
}

/* Signed volume by the divergence theorem: positive only when triangles face outward; and of the
 * size of a body (mass over 1 kg/l; shells overlap and cloth adds). */
static void triangles_face_outward_round_a_body_of_its_mass(void **state)
{
    (void)state;
    int n;
    const hm_lane *l = runners(&n);
    for (int i = 0; i < n; i++) {
        hm_arena a;
        hm_arena_init(&a, 0);
        hm_mesh m = build(&l[i], HM_DETAIL_NEAR, &a);
        double six = 0;
        for (int32_t t = 0; t < m.n_tri; t++) {
            hm_vec3 p = m.rest_m[m.tri[t][0]], q = m.rest_m[m.tri[t][1]], r = m.rest_m[m.tri[t][2]];
            six += (double)hm_v3_dot(p, hm_v3_cross(q, r));
        }
        double litres = 1000 * six / 6;
        assert_true(litres > .65 * l[i].mass_kg && litres < 1.35 * l[i].mass_kg);
        hm_arena_free(&a);
    }
}

static void normals_are_unit_and_agree_with_the_triangles(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_lane l = body_lane(4, HM_SEX_MEN, 25, 1.80, 78);
    hm_mesh m = build(&l, HM_DETAIL_NEAR, &a);
    int32_t against = 0;
    for (int32_t v = 0; v < m.n_vert; v++)
        ht_near((double)hm_v3_len(m.rest_nrm[v]), 1, 1e-4, 0);
    for (int32_t t = 0; t < m.n_tri; t++) {
        hm_vec3 p = m.rest_m[m.tri[t][0]], q = m.rest_m[m.tri[t][1]], r = m.rest_m[m.tri[t][2]];
        hm_vec3 face = hm_v3_cross(hm_v3_sub(q, p), hm_v3_sub(r, p)), sum = {0, 0, 0};
        for (int c = 0; c < 3; c++)
            sum = hm_v3_add(sum, m.rest_nrm[m.tri[t][c]]);
        against += hm_v3_dot(face, sum) < 0;
    }
    assert_true(against * 200 < m.n_tri); /* only slivers at sharp rims */
    hm_arena_free(&a);
}

static void weights_are_whole_and_bones_exist(void **state)
{
    (void)state;
    int n;
    const hm_lane *l = runners(&n);
    for (int i = 0; i < n; i++) {
        hm_arena a;
        hm_arena_init(&a, 0);
        hm_mesh m = build(&l[i], HM_DETAIL_MIDDLE, &a);
        for (int32_t v = 0; v < m.n_vert; v++) {
            int sum = 0;
            for (int c = 0; c < 4; c++) {
                sum += m.weight[v][c];
                assert_true(m.bone[v][c] < HM_BONE_COUNT);
            }
            assert_int_equal(sum, 255);
        }
        for (int32_t t = 0; t < m.n_tri; t++)
            assert_true(m.part[t] < HM_PART_COUNT);
        hm_arena_free(&a);
    }
}

/* Left limbs hang on left bones only, and lie on the left. */
static void sides_are_not_mixed_up(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_lane l = body_lane(4, HM_SEX_WOMEN, 25, 1.70, 58);
    hm_mesh m = build(&l, HM_DETAIL_MIDDLE, &a);
    for (int32_t t = 0; t < m.n_tri; t++) {
        bool left = m.part[t] == HM_PART_HAND_L || m.part[t] == HM_PART_FOOT_L;
        bool right = m.part[t] == HM_PART_HAND_R || m.part[t] == HM_PART_FOOT_R;
        for (int c = 0; c < 3 && (left || right); c++) {
            int32_t v = m.tri[t][c];
            assert_true(left ? m.rest_m[v].x > 0 : m.rest_m[v].x < 0);
            for (int k = 0; k < 4; k++)
                if (m.weight[v][k] > 0)
                    assert_true((m.bone[v][k] >= HM_BONE_RIGHT) == right);
        }
    }
    hm_arena_free(&a);
}

/* Budgets of the drawing: 1.2-3 k, 4-6.5 k, 11-16 k triangles. */
static void levels_of_detail_keep_their_budgets(void **state)
{
    (void)state;
    static const int32_t lo[] = {1200, 4000, 11000}, hi[] = {3000, 6500, 16500};
    int n;
    const hm_lane *l = runners(&n);
    for (int i = 0; i < n; i++)
        for (int d = 0; d < HM_DETAIL_COUNT; d++) {
            hm_arena a;
            hm_arena_init(&a, 0);
            hm_mesh m = build(&l[i], (hm_detail)d, &a);
            assert_true(m.n_tri > lo[d] && m.n_tri < hi[d]);
            hm_arena_free(&a);
        }
}

/* A pose of identity frames gives the rest pose back. */
static void skinning_at_rest_changes_nothing(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_lane l = body_lane(4, HM_SEX_MEN, 25, 1.80, 78);
    hm_mesh m = build(&l, HM_DETAIL_MIDDLE, &a);
    static hm_pose pose;
    for (int b = 0; b < HM_BONE_COUNT; b++)
        pose.bone[b] = (hm_frame){{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {0, 0, 0}};
    hm_vec3 *pos = HM_PUSH(&a, hm_vec3, m.n_vert), *nrm = HM_PUSH(&a, hm_vec3, m.n_vert);
    hm_mesh_skin(&m, &pose, pos, nrm);
    for (int32_t v = 0; v < m.n_vert; v++) {
        assert_true(hm_v3_len(hm_v3_sub(pos[v], m.rest_m[v])) < 1e-5f);
        assert_true(hm_v3_dot(nrm[v], m.rest_nrm[v]) > 0.9999f);
    }
    hm_arena_free(&a);
}

static void the_same_runner_has_the_same_skin(void **state)
{
    (void)state;
    hm_lane l = body_lane(4, HM_SEX_MEN, 25, 1.80, 78);
    uint64_t h[2];
    for (int i = 0; i < 2; i++) {
        hm_arena a;
        hm_arena_init(&a, 0);
        hm_mesh m = build(&l, HM_DETAIL_MIDDLE, &a);
        h[i] = hm_hash(HM_HASH_START, m.rest_m, (size_t)m.n_vert * sizeof *m.rest_m);
        h[i] = hm_hash(h[i], m.weight, (size_t)m.n_vert * 4);
        h[i] = hm_hash(h[i], m.tri, (size_t)m.n_tri * sizeof *m.tri);
        hm_arena_free(&a);
    }
    assert_true(h[0] == h[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_shell_is_closed_and_turned_one_way),
        cmocka_unit_test(triangles_face_outward_round_a_body_of_its_mass),
        cmocka_unit_test(normals_are_unit_and_agree_with_the_triangles),
        cmocka_unit_test(weights_are_whole_and_bones_exist),
        cmocka_unit_test(sides_are_not_mixed_up),
        cmocka_unit_test(levels_of_detail_keep_their_budgets),
        cmocka_unit_test(skinning_at_rest_changes_nothing),
        cmocka_unit_test(the_same_runner_has_the_same_skin),
    };
    return cmocka_run_group_tests_name("body/mesh", tests, NULL, NULL);
}
