/* Opposite forms are told apart: as outlines, from the side and from ahead, and joint by joint in
 * what a coach would say. Same body, same footfalls, same times; only the form differs. */
#include "body_lane.h"
#include "ht.h"
#include "posture.h"
#include "silhouette.h"

static const char *const SHEETS[] = {"2009-berlin-men-100m-final", "2008-beijing-women-100m-final",
                                     "school-100m-by-age"};
enum { N_SHEET = 3, N_WHO = 3, N_PHASE = 8 };

/* One body of a sheet, at the first footfall beyond 55 m. */
typedef struct subject {
    hm_arena arena;
    hm_race race;
    const hm_lane *lane;
    hm_shape shape;
    int32_t k;
} subject;

static void subject_of(int i_sheet, int i_lane, subject *s)
{
    hm_arena_init(&s->arena, 0);
    s->race = body_race(SHEETS[i_sheet], &s->arena);
    s->lane = &s->race.lane[i_lane];
    s->shape = hm_shape_of(s->lane, s->race.seed);
    double from_s = hm_curve_time_s(&s->lane->curve, 55);
    for (s->k = 0; s->lane->step[s->k].on_s < from_s;)
        s->k++;
}

/* His gait in a form; `who` changes the habits that no two runners share, nothing else. */
static hm_gait gait_of(subject *s, const char *form, int who)
{
    hm_form f;
    hm_shape shape = s->shape;
    shape.seed += (uint64_t)who * 977;
    hm_gait g;
    hm_err err = {0};
    assert_int_equal(hm_form_preset(form, &f), 1);
    assert_int_equal(hm_gait_plan(s->lane, &shape, &f, &s->arena, &g, &err), HM_OK);
    return g;
}

static void draw_stride(subject *s, const hm_mesh *mesh, const char *form, int who, sil_view view,
                        silhouette out[N_PHASE])
{
    hm_gait g = gait_of(s, form, who);
    hm_vec3 *pos_m = HM_PUSH(&s->arena, hm_vec3, mesh->n_vert);
    const hm_step *st = &s->lane->step[s->k];
    for (int i = 0; i < N_PHASE; i++) {
        hm_pose p;
        hm_gait_pose(&g, st->on_s + (st[2].on_s - st->on_s) * i / N_PHASE, &p);
        sil_draw(mesh, &p, view, pos_m, &out[i]);
    }
}

static double alike(const silhouette a[N_PHASE], const silhouette b[N_PHASE])
{
    double sum = 0;
    for (int i = 0; i < N_PHASE; i++)
        sum += sil_alike(&a[i], &b[i]) / N_PHASE;
    return sum;
}

/* Shared over joint area, mean of eight instants of a stride. Between the two bounds there is room:
 * no two of equal form are as unlike as any two of opposite form. */
static void opposite_forms_are_told_apart_as_outlines(void **state)
{
    (void)state;
    static const double equal_least = 0.78, opposite_most[2] = {0.60, 0.72};
    static silhouette good[N_WHO][N_PHASE], ragged[N_WHO][N_PHASE];
    for (int i = 0; i < N_SHEET; i++) {
        subject s;
        subject_of(i, 3, &s);
        hm_mesh mesh;
        hm_err err = {0};
        assert_int_equal(hm_mesh_build_detail(&s.shape, HM_DETAIL_FAR, &s.arena, &mesh, &err),
                         HM_OK);
        for (int view = 0; view < 2; view++) {
            for (int k = 0; k < N_WHO; k++) {
                draw_stride(&s, &mesh, "good", k, (sil_view)view, good[k]);
                draw_stride(&s, &mesh, "ragged", k, (sil_view)view, ragged[k]);
            }
            for (int a = 0; a < N_WHO; a++)
                for (int b = 0; b < N_WHO; b++) {
                    double u = alike(good[a], ragged[b]);
                    if (u > opposite_most[view])
                        fail_msg("%s, view %d: opposite forms share %.3f", SHEETS[i], view, u);
                    u = a == b ? 1 : fmin(alike(good[a], good[b]), alike(ragged[a], ragged[b]));
                    if (u < equal_least)
                        fail_msg("%s, view %d: equal forms share only %.3f", SHEETS[i], view, u);
                }
        }
        hm_arena_free(&s.arena);
    }
}

/* What a coach says of the ragged one beside the immaculate one, and by how much at least. Signs
 * and sizes: stage notes on form (estimates), with room for children. */
typedef struct sign {
    const char *says;
    size_t at;      /* in posture */
    double least;   /* ragged - good, at least; < 0: at most */
    bool grown_ups; /* a child's own stride hides it */
} sign;

#define SIGN(says, field, least, grown)                                                            \
    {                                                                                              \
        says, offsetof(posture, field), least, grown                                               \
    }

static const sign SIGNS[] = {
    SIGN("trunk hunched forward", lean_deg, 5, false),
    SIGN("trunk sways from side to side", sway_deg, 1.5, false),
    SIGN("hips sunk", hip_frac, -0.010, false),
    SIGN("hips drop to the free side", hip_drop_deg, 2.5, false),
    SIGN("thigh lifts less", thigh_deg, -10, true),
    SIGN("free leg trails when the other foot lands", trail_deg, 15, false),
    SIGN("sits into the bearing knee", knee_deg, 6, false),
    SIGN("elbows locked closed", elbow_deg, 12, false),
    SIGN("elbows stand out", elbow_out_deg, 12, false),
    SIGN("arms chop: little swing", arm_range_deg, -20, false),
    SIGN("one arm swings unlike the other", arm_odd_deg, 10, false),
    SIGN("hands come toward the midline", hand_in_m, -0.04, true),
    SIGN("shoulders raised", shoulder_m, 0.012, false),
    SIGN("chin up, head back", head_deg, 8, false),
    SIGN("hands clenched", curl_deg, 30, false),
    SIGN("toes turned out", toes_out_deg, 4, false),
};
enum { N_SIGN = sizeof SIGNS / sizeof SIGNS[0] };

static void a_coach_reads_the_same_faults_off_every_body(void **state)
{
    (void)state;
    for (int i = 0; i < N_SHEET; i++)
        for (int lane = 1; lane < 8; lane += 3) {
            subject s;
            subject_of(i, lane, &s);
            hm_gait good = gait_of(&s, "good", 0), ragged = gait_of(&s, "ragged", 0);
            posture a = posture_of(s.lane, &s.shape, &good, s.k);
            posture b = posture_of(s.lane, &s.shape, &ragged, s.k);
            for (int k = 0; k < N_SIGN; k++) {
                const sign *g = &SIGNS[k];
                double was, is;
                memcpy(&was, (const char *)&a + g->at, sizeof was);
                memcpy(&is, (const char *)&b + g->at, sizeof is);
                bool shows = g->least > 0 ? is - was >= g->least : is - was <= g->least;
                if (!shows && !(g->grown_ups && s.shape.child > 0.1f))
                    fail_msg("%s, lane %d: \"%s\" does not show: %.3f, then %.3f", SHEETS[i],
                             (int)s.lane->lane, g->says, was, is);
            }
            hm_arena_free(&s.arena);
        }
}

/* Forms change how a body runs, never where the race has it. */
static void form_does_not_move_the_race(void **state)
{
    (void)state;
    subject s;
    subject_of(0, 3, &s);
    hm_gait good = gait_of(&s, "good", 0), ragged = gait_of(&s, "ragged", 0);
    for (int32_t k = s.k; k < s.k + 6; k++) {
        const hm_step *st = &s.lane->step[k];
        hm_pose a, b;
        hm_gait_pose(&good, st->on_s + 0.01, &a), hm_gait_pose(&ragged, st->on_s + 0.01, &b);
        assert_true(fabs(a.torso_front_m - b.torso_front_m) < 0.002);
        assert_true(hm_v3_len(hm_v3_sub(a.ball_m[st->foot], b.ball_m[st->foot])) < 0.005f);
    }
    hm_arena_free(&s.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(opposite_forms_are_told_apart_as_outlines),
        cmocka_unit_test(a_coach_reads_the_same_faults_off_every_body),
        cmocka_unit_test(form_does_not_move_the_race),
    };
    return cmocka_run_group_tests_name("body/form_pose", tests, NULL, NULL);
}
