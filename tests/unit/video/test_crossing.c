/* Bodies of boxes run past a pinhole at known speeds; every edge is known in closed form. The clips
 * are made by the program ffmpeg from pictures drawn here. */
#include "ht.h"

#ifndef HM_HAS_FILM

int main(void)
{
    return ht_skip_all("built without libav");
}

#else

#include "video/crossing.h"
#include "video/slit.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { W = 640, H = 360, N_LANE = 3, N_POINT = 8 };

static char dir[] = "/tmp/hm_cross_XXXXXX";
static hm_arena arena;

/* infield, 6 m up: 8 m from lane 1; looks across the finish at 100 m and runs go to the left */
static const double eye[3] = {100, -8, 6}, focal_px = 900;
static const double way[3] = {0, 0.86, -0.51}; /* of looking, nearly of length 1 */
static const double finish_m = 100;

/* heights of an arm that swings back, and how far it is before the trunk when that is at the line
 */
static const double arm_low_m = 1.3, arm_high_m = 1.46, arm_before_m = 0.02;

/* who leans has shoulders before the belly; below that a thigh comes forward, past the shoulders */
static const double belly_m = 1.16, lean = 0.1, thigh_lean = 0.5; /* [m/m] */

typedef struct body {
    double y_m, cross_s, speed_mps;
} body;

static const body field[N_LANE] = {{0.61, 0.30, 10.2}, {1.83, 0.47, 11.1}, {3.05, 0.20, 9.6}};

/* boxes of a body: from and to behind its front, heights, luma; an arm reaches 0.3 m ahead */
static const double part[][5] = {{0.00, 0.24, 0.95, 1.46, 60},  {-0.03, 0.17, 1.50, 1.76, 90},
                                 {-0.30, 0.00, 1.16, 1.25, 70}, {0.05, 0.20, 0.45, 0.95, 200},
                                 {-0.25, -0.1, 0.05, 0.45, 80}, {0.30, 0.42, 0.10, 0.45, 80}};
enum { TRUNK, HEAD, ARM, N_PART = sizeof part / sizeof part[0] };

typedef struct scene {
    double fps;
    int n, keep_of, keep; /* images; of every keep_of the first keep are in the file */
    double readout_s;
    bool mirrored, turning;
    bool swinging; /* an arm before the trunk, at half its speed */
    bool leaning;  /* the trunk, with a thigh before the shoulders */
} scene;

static void axes(double right[3], double down[3], double ahead[3])
{
    double n = sqrt(way[0] * way[0] + way[1] * way[1] + way[2] * way[2]);
    for (int i = 0; i < 3; i++)
        ahead[i] = way[i] / n;
    /* the world is left-handed: looking outwards from the infield the run goes to the left */
    const double r[3] = {-1, 0, 0}, d[3] = {0, ahead[2], -ahead[1]};
    memcpy(right, r, sizeof r);
    memcpy(down, d, sizeof d);
}

static void see(const double at[3], double *u, double *v)
{
    double r[3], d[3], a[3], to[3], x = 0, y = 0, z = 0;
    axes(r, d, a);
    for (int i = 0; i < 3; i++) {
        to[i] = at[i] - eye[i];
        x += to[i] * r[i];
        y += to[i] * d[i];
        z += to[i] * a[i];
    }
    *u = W / 2.0 + focal_px * x / z;
    *v = H / 2.0 + focal_px * y / z;
}

/* place in the lane's plane that a point of the picture shows */
static void lane_plane(double u, double v, double y_m, double *x, double *z)
{
    double r[3], d[3], a[3], ray[3];
    axes(r, d, a);
    for (int i = 0; i < 3; i++)
        ray[i] = a[i] + (u - W / 2.0) / focal_px * r[i] + (v - H / 2.0) / focal_px * d[i];
    double far = (y_m - eye[1]) / ray[1];
    *x = eye[0] + far * ray[0];
    *z = eye[2] + far * ray[2];
}

static void draw_background(uint8_t *to)
{
    for (int v = 0; v < H; v++)
        for (int u = 0; u < W; u++) {
            bool corner = v > 310 && (u / 31 + v / 13) % 2;
            to[v * W + u] = (uint8_t)(corner ? 190 : 128 + 20 * ((u / 64) % 2) + v / 20);
        }
    for (int v = 0; v < H; v++) /* the finish line itself, roughly */
        memset(to + v * W + W / 2 - 1, 225, 3);
}

/* Is a point on the trunk that leans, or on the thigh below it? */
static bool is_leaning(double behind_m, double z)
{
    double high_m = part[TRUNK][3], belly = lean * (high_m - belly_m);
    double from = z > belly_m ? lean * (high_m - z) : belly - thigh_lean * (belly_m - z);
    return z >= part[TRUNK][2] && z < high_m && behind_m >= from && behind_m < part[TRUNK][1];
}

static double luma_of(const scene *s, const body *b, double x, double z, double t_s)
{
    double run_m = (t_s - b->cross_s) * b->speed_mps, front = finish_m + run_m;
    if (s->swinging && z >= arm_low_m && z < arm_high_m && x > front - 0.2 &&
        x < finish_m + arm_before_m + 0.5 * run_m)
        return 70;
    if (s->leaning && is_leaning(front - x, z))
        return part[TRUNK][4];
    for (int k = 0; k < N_PART; k++)
        if (!(s->leaning && (k == TRUNK || k == ARM)) && front - x >= part[k][0] &&
            front - x < part[k][1] && z >= part[k][2] && z < part[k][3])
            return part[k][4];
    return -1;
}

/* far lanes first, so that near ones hide them; 4 x 2 samples a pixel */
static void draw_body(const scene *s, const body *b, double t_s, uint8_t *to)
{
    double front = finish_m + (t_s - b->cross_s) * b->speed_mps, u0, v0, u1, v1;
    const double low[3] = {front - 0.5, b->y_m, 0}, high[3] = {front + 0.4, b->y_m, 1.8};
    see(high, &u0, &v0);
    see(low, &u1, &v1);
    for (int v = (int)fmax(0, v0 - 4); v < fmin(H, v1 + 4); v++)
        for (int u = (int)fmax(0, u0 - 12); u < fmin(W, u1 + 12); u++) {
            double row_s = t_s + s->readout_s * (v / (H - 1.0) - 0.5), sum = 0;
            for (int k = 0; k < 8; k++) {
                double x, z, l;
                lane_plane(u + (k % 4 + 0.5) / 4, v + (k / 4 + 0.5) / 2, b->y_m, &x, &z);
                l = luma_of(s, b, x, z, row_s);
                sum += l < 0 ? to[v * W + u] : l;
            }
            to[v * W + u] = (uint8_t)(sum / 8 + 0.5);
        }
}

static void draw(const scene *s, int image, uint8_t *to)
{
    static uint8_t from[W * H];
    draw_background(from);
    for (int k = N_LANE - 1; k >= 0; k--)
        draw_body(s, &field[k], image / s->fps, from);
    for (int v = 0; v < H; v++)
        for (int u = 0; u < W; u++) {
            int at = s->mirrored ? W - 1 - u : s->turning ? (u + image) % W : u;
            to[v * W + u] = from[v * W + at];
        }
}

static const char *film(const char *name, const scene *s)
{
    static uint8_t image[W * H];
    const char *path = hm_arena_printf(&arena, "%s/%s", dir, name);
    if (access(path, R_OK) == 0)
        return path;
    /* a line of stamps apart: dropped images leave holes */
    char *command = hm_arena_printf(
        &arena,
        "ffmpeg -v error -y -f rawvideo -pix_fmt gray -s %dx%d -r %g -i - -vf "
        "\"select='lt(mod(n,%d),%d)'\" -vsync passthrough -c:v libx264 -preset ultrafast -qp 0 "
        "-pix_fmt yuv420p %s",
        W, H, s->fps, s->keep_of, s->keep, path);
    FILE *pipe = popen(command, "w");
    assert_non_null(pipe);
    for (int i = 0; i < s->n; i++) {
        draw(s, i, image);
        assert_int_equal(fwrite(image, 1, sizeof image, pipe), sizeof image);
    }
    assert_int_equal(pclose(pipe), 0);
    return path;
}

static hm_marks marks_of(bool mirrored)
{
    static hm_marks_point point[N_POINT];
    static hm_marks_lane lane[N_LANE];
    static const double at[N_POINT][3] = {{98, 0, 0},     {102, 0, 0},     {98, 3.66, 0},
                                          {102, 3.66, 0}, {100, 0, 0},     {100, 3.66, 0},
                                          {100, 0, 1.5},  {100, 3.66, 1.5}};
    hm_marks m = hm_marks_default();
    m.width_px = W;
    m.height_px = H;
    m.point = point;
    m.n_point = N_POINT;
    m.lane = lane;
    m.n_lane = N_LANE;
    m.finish_x_m = finish_m;
    m.readout_s = 0;
    for (int i = 0; i < N_POINT; i++) {
        double u, v;
        see(at[i], &u, &v);
        point[i] = (hm_marks_point){"", at[i][0], at[i][1], at[i][2], mirrored ? W - u : u, v, 0.2};
    }
    for (int i = 0; i < N_LANE; i++)
        lane[i] = (hm_marks_lane){i + 1, "", 1.22 * i, 1.22 * (i + 1)};
    return m;
}

static hm_crossings found(const char *path, const hm_marks *m, hm_view *view)
{
    hm_crossings c;
    hm_err err = {0};
    assert_int_equal(hm_view_fit(m, &arena, view, NULL), HM_OK);
    const hm_crossing_job job = {.path = path,
                                 .clip = hm_clip_opts_default(),
                                 .marks = m,
                                 .view = view,
                                 .n_plane = 1,
                                 .plane_x_m = &m->finish_x_m};
    if (hm_crossings_find(&job, &arena, &c, &err) != HM_OK)
        fail_msg("%s", err.msg);
    assert_int_equal(c.n, N_LANE);
    return c;
}

static void near_truth(const hm_crossings *c, double tol_s, double tol_speed)
{
    for (int i = 0; i < N_LANE; i++) {
        const hm_torso *t = &c->torso[i];
        assert_true(t->seen);
        ht_near(t->time_s, field[i].cross_s, tol_s, 0);
        ht_near(t->speed_mps, field[i].speed_mps, 0, tol_speed);
    }
}

static const scene plain = {.fps = 240, .n = 160, .keep_of = 1, .keep = 1};

static void torsos_are_timed_to_a_millisecond_at_240(void **state)
{
    (void)state;
    hm_marks m = marks_of(false);
    hm_view v;
    hm_crossings c = found(film("plain.mp4", &plain), &m, &v);
    near_truth(&c, 0.001, 0.05);
    ht_near(c.fps, 240, 0.01, 0);
    for (int i = 0; i < N_LANE; i++) {
        assert_false(c.torso[i].hidden || c.torso[i].unsure || c.torso[i].by_hand);
        assert_true(c.torso[i].sigma_s < 0.003);
        assert_true(c.torso[i].budget.readout_s == 0);
    }
    assert_true(c.n_corner >= 3);
    assert_true(c.drift_px < 0.05);
    /* a gap is surer than the two times are apart */
    const hm_torso *a = &c.torso[0], *b = &c.torso[1];
    double gap = hm_torso_gap_sigma_s(&v, a, b);
    assert_true(gap > 0 && gap <= sqrt(a->sigma_s * a->sigma_s + b->sigma_s * b->sigma_s) + 1e-9);
}

static void an_arm_before_the_trunk_is_known_by_its_speed(void **state)
{
    (void)state;
    const scene s = {.fps = 240, .n = 160, .keep_of = 1, .keep = 1, .swinging = true};
    hm_marks m = marks_of(false);
    hm_view view;
    hm_crossings c = found(film("swinging.mp4", &s), &m, &view);
    /* the arm passes 0.02 m at half of the speed before the trunk: 3.6 to 4.2 ms early */
    near_truth(&c, 0.0015, 0.5);
}

static void below_a_hollow_a_thigh_begins(void **state)
{
    (void)state;
    const scene s = {.fps = 240, .n = 160, .keep_of = 1, .keep = 1, .leaning = true};
    hm_marks m = marks_of(false);
    hm_view view;
    hm_crossings c = found(film("leaning.mp4", &s), &m, &view);
    /* the knee's end of the thigh passes 0.07 m before the shoulders: 7 ms early */
    near_truth(&c, 0.002, 0.3);
}

static void fewer_images_still_give_the_time(void **state)
{
    (void)state;
    static const scene quarter = {.fps = 240, .n = 160, .keep_of = 4, .keep = 1},
                       holes = {.fps = 240, .n = 160, .keep_of = 3, .keep = 2};
    hm_marks m = marks_of(false);
    hm_view v;
    hm_crossings c = found(film("quarter.mp4", &quarter), &m, &v);
    ht_near(c.fps, 60, 0.01, 0);
    near_truth(&c, 0.002, 0.12);
    c = found(film("holes.mp4", &holes), &m, &v);
    near_truth(&c, 0.002, 0.12);
}

/* Three planes half a metre apart, as gates of a side view. */
static void splits_hold(const char *path, const hm_marks *m, double tol_s, double time_s[])
{
    static const double gate_m[3] = {99.5, 100, 100.5};
    hm_view v;
    hm_crossings c;
    hm_err err = {0};
    assert_int_equal(hm_view_fit(m, &arena, &v, NULL), HM_OK);
    const hm_crossing_job job = {.path = path,
                                 .clip = hm_clip_opts_default(),
                                 .marks = m,
                                 .view = &v,
                                 .n_plane = 3,
                                 .plane_x_m = gate_m};
    if (hm_crossings_find(&job, &arena, &c, &err) != HM_OK)
        fail_msg("%s", err.msg);
    assert_int_equal(c.n, 3 * N_LANE);
    for (int i = 0; i < 3 * N_LANE; i++) {
        const body *b = &field[i % N_LANE];
        assert_true(c.torso[i].seen);
        ht_near(c.torso[i].time_s, b->cross_s + (gate_m[i / N_LANE] - finish_m) / b->speed_mps,
                tol_s, 0);
        time_s[i] = c.torso[i].time_s;
    }
}

static void gates_hold_at_60_and_with_half_of_the_images_dropped(void **state)
{
    (void)state;
    static const scene at_60 = {.fps = 240, .n = 160, .keep_of = 4, .keep = 1},
                       half = {.fps = 240, .n = 160, .keep_of = 2, .keep = 1};
    hm_marks m = marks_of(false);
    double all_s[3 * N_LANE], half_s[3 * N_LANE], sixty_s[3 * N_LANE];
    splits_hold(film("plain.mp4", &plain), &m, 0.003, all_s);
    splits_hold(film("half.mp4", &half), &m, 0.003, half_s);
    splits_hold(film("quarter.mp4", &at_60), &m, 0.005, sixty_s);
    for (int i = N_LANE; i < 3 * N_LANE; i++) {
        double split_s = all_s[i] - all_s[i - N_LANE];
        ht_near(half_s[i] - half_s[i - N_LANE], split_s, 0.003, 0);
        ht_near(sixty_s[i] - sixty_s[i - N_LANE], split_s, 0.006, 0);
    }
}

static void mirrored_gates_give_the_same(void **state)
{
    (void)state;
    static const scene s = {.fps = 240, .n = 160, .keep_of = 1, .keep = 1, .mirrored = true};
    double a_s[3 * N_LANE], b_s[3 * N_LANE];
    hm_marks n = marks_of(true);
    splits_hold(film("mirrored.mp4", &s), &n, 0.003, b_s);
    hm_marks m = marks_of(false);
    splits_hold(film("plain.mp4", &plain), &m, 0.003, a_s);
    for (int i = 0; i < 3 * N_LANE; i++)
        ht_near(a_s[i], b_s[i], 0.0003, 0);
}

/* The same images, their stamps later by a third of a second after a first image that stays. */
static void shifted_clock_keeps_the_gaps(void **state)
{
    (void)state;
    hm_marks m = marks_of(false);
    hm_view v;
    const char *path = film("plain.mp4", &plain),
               *late = hm_arena_printf(&arena, "%s/late.mkv", dir);
    char *command = hm_arena_printf(
        &arena,
        "ffmpeg -v error -y -i %s -vf \"setpts='PTS+gt(N,0)*0.333/TB'\" -vsync passthrough "
        "-c:v libx264 -preset ultrafast -qp 0 %s",
        path, late);
    assert_int_equal(system(command), 0);
    hm_crossings a = found(path, &m, &v), b = found(late, &m, &v);
    for (int i = 0; i < N_LANE; i++) {
        ht_near(b.torso[i].time_s - a.torso[i].time_s, 0.333, 0.0015, 0);
        ht_near(b.torso[i].time_s - b.torso[0].time_s, a.torso[i].time_s - a.torso[0].time_s,
                0.0008, 0);
    }
}

static void mirrored_clip_gives_the_same(void **state)
{
    (void)state;
    static const scene s = {.fps = 240, .n = 160, .keep_of = 1, .keep = 1, .mirrored = true};
    hm_marks m = marks_of(true);
    hm_view v;
    hm_crossings c = found(film("mirrored.mp4", &s), &m, &v);
    m = marks_of(false);
    hm_crossings d = found(film("plain.mp4", &plain), &m, &v);
    for (int i = 0; i < N_LANE; i++)
        ht_near(c.torso[i].time_s, d.torso[i].time_s, 0.0002, 0);
}

static void known_read_out_is_taken_off(void **state)
{
    (void)state;
    static const scene s = {.fps = 240, .n = 160, .keep_of = 1, .keep = 1, .readout_s = 0.012};
    hm_marks m = marks_of(false);
    hm_view v;
    m.readout_s = 0.012;
    hm_crossings c = found(film("rolling.mp4", &s), &m, &v);
    near_truth(&c, 0.001, 0.05);
    m.readout_s = NAN;
    c = found(film("rolling.mp4", &s), &m, &v);
    for (int i = 0; i < N_LANE; i++) {
        const hm_torso *t = &c.torso[i];
        ht_near(t->time_s, field[i].cross_s, 3 * t->sigma_s, 0);
        assert_true(t->budget.readout_s > 0);
    }
    /* top and bottom lanes are wrong by different amounts, as told */
    assert_true(fabs(c.torso[0].time_s - field[0].cross_s) > 0.0005 ||
                fabs(c.torso[2].time_s - field[2].cross_s) > 0.0005);
}

static void hand_wins(void **state)
{
    (void)state;
    hm_marks m = marks_of(false);
    hm_marks_hash hash = {2, finish_m, 0.4711, 0.003};
    hm_view v;
    m.hash = &hash;
    m.n_hash = 1;
    hm_crossings c = found(film("plain.mp4", &plain), &m, &v);
    assert_true(c.torso[1].by_hand);
    ht_near(c.torso[1].time_s, 0.4711, 0, 0);
    ht_near(c.torso[1].sigma_s, 0.003, 0, 0.2);
    assert_false(c.torso[0].by_hand);
}

static void lane_without_runner_stays_empty(void **state)
{
    (void)state;
    hm_marks m = marks_of(false);
    hm_view v;
    m.lane[2].from_y_m += 2.44; /* lane 5: nobody runs there */
    m.lane[2].to_y_m += 2.44;
    m.lane[2].lane = 5;
    hm_crossings c = found(film("plain.mp4", &plain), &m, &v);
    assert_true(c.torso[0].seen && c.torso[1].seen);
    assert_false(c.torso[2].seen);
}

static void turned_camera_is_refused(void **state)
{
    (void)state;
    static const scene s = {.fps = 60, .n = 60, .keep_of = 1, .keep = 1, .turning = true};
    hm_marks m = marks_of(false);
    hm_view v;
    hm_crossings c = {.n = -3};
    hm_err err = {0};
    assert_int_equal(hm_view_fit(&m, &arena, &v, NULL), HM_OK);
    hm_crossing_job job = {.path = film("turning.mp4", &s),
                           .clip = hm_clip_opts_default(),
                           .marks = &m,
                           .view = &v,
                           .n_plane = 1,
                           .plane_x_m = &finish_m};
    assert_int_equal(hm_crossings_find(&job, &arena, &c, &err), HM_ERR_INPUT);
    assert_non_null(strstr(err.msg, "moved"));
    assert_int_equal(c.n, -3);
    /* nothing of the planes is in the picture */
    const double far_m = 4000;
    job.path = film("plain.mp4", &plain);
    job.plane_x_m = &far_m;
    assert_int_equal(hm_crossings_find(&job, &arena, &c, NULL), HM_ERR_INPUT);
}

static void slit_picture_has_a_body_where_its_torso_crosses(void **state)
{
    (void)state;
    hm_marks m = marks_of(false);
    hm_view v;
    hm_slit s;
    const hm_clip_opts o = hm_clip_opts_default();
    assert_int_equal(hm_view_fit(&m, &arena, &v, NULL), HM_OK);
    assert_int_equal(
        hm_slit_record(film("plain.mp4", &plain), &o, &m, &v, finish_m, 0.1, 0.6, &arena, &s, NULL),
        HM_OK);
    ht_near(s.w_px, 0.5 * s.line_hz, 2, 0.01);
    assert_true(s.h_px >= HM_SLIT_H_MIN);
    /* lane 1 is alone in its lowest rows: chest luma 60 from 0.30 s on for 0.24 m */
    const double chest[3] = {finish_m, field[0].y_m, 1.05};
    double u, w, top_u, top;
    see(chest, &u, &w);
    const double over[3] = {finish_m, field[2].y_m, 2.2};
    see(over, &top_u, &top);
    int32_t row = (int32_t)((w - floor(top)) * s.h_px / (floor(H) - floor(top)));
    for (int k = -2; k <= 2; k++) {
        double t_s = field[0].cross_s + 0.012 + 0.020 * k;
        int32_t col = (int32_t)((t_s - s.from_s) * s.line_hz);
        uint8_t got = s.rgb[3 * ((size_t)row * (size_t)s.w_px + (size_t)col)];
        assert_true(k == 0 ? got < 110 : abs(k) == 1 || got > 150);
    }
    assert_int_equal(
        hm_slit_record(film("plain.mp4", &plain), &o, &m, &v, finish_m, 20, 21, &arena, &s, NULL),
        HM_ERR_INPUT);
}

static int begin(void **state)
{
    (void)state;
    hm_arena_init(&arena, 0);
    return mkdtemp(dir) ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    char command[64];
    snprintf(command, sizeof command, "rm -rf %s", dir);
    int rc = system(command);
    hm_arena_free(&arena);
    return rc;
}

int main(void)
{
    if (system("ffmpeg -version >/dev/null 2>&1") != 0)
        return ht_skip_all("no program ffmpeg");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(torsos_are_timed_to_a_millisecond_at_240),
        cmocka_unit_test(an_arm_before_the_trunk_is_known_by_its_speed),
        cmocka_unit_test(below_a_hollow_a_thigh_begins),
        cmocka_unit_test(fewer_images_still_give_the_time),
        cmocka_unit_test(mirrored_clip_gives_the_same),
        cmocka_unit_test(gates_hold_at_60_and_with_half_of_the_images_dropped),
        cmocka_unit_test(mirrored_gates_give_the_same),
        cmocka_unit_test(shifted_clock_keeps_the_gaps),
        cmocka_unit_test(known_read_out_is_taken_off),
        cmocka_unit_test(hand_wins),
        cmocka_unit_test(lane_without_runner_stays_empty),
        cmocka_unit_test(turned_camera_is_refused),
        cmocka_unit_test(slit_picture_has_a_body_where_its_torso_crosses),
    };
    return cmocka_run_group_tests(tests, begin, end);
}

#endif
