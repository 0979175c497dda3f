/* How far the outline of a figure jitters against the figure itself, on a clip whose figure is
 * known: the picture is noisy, the place has a pattern, and the track strays as a net's does. */
#include "ht.h"
#include "parts_priv.h"
#include "roto/roto.h"
#include "roto_body.h"

#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "io/file.h"
#include "io/folder.h"
#include "io/png.h"
#include "num/dmath.h"
#include "stage/encode.h"
#include "stage/nv12.h"

enum { W = 320, H = 224, N = 28, FPS = 24, SPOT = ROTO_PART_COUNT * 3 * 2 };

static roto_body body_at(int64_t frame)
{
    roto_body b = {0};
    for (int k = 0; k < HM_POINT_COUNT; k++) {
        float x, y;
        body_point(k, 0.3f * (float)hm_sin(0.25 * (double)frame), &x, &y);
        b.point[k] = (roto_xy){80 + 5 * (float)frame + 54 * x, 104 + 54 * y};
    }
    roto_body_bones(&b, NULL);
    return b;
}

/* -1 .. 1 */
static float chance(uint64_t who, int64_t frame, uint32_t draw)
{
    return 2 * (float)hm_rng_unit(7, HM_FOR_TEST, who, (uint32_t)frame, draw) - 1;
}

static void draw(void *ctx, int worker, int64_t frame, uint8_t *nv12)
{
    static uint8_t rgbx[2][4 * W * H];
    uint8_t *p = rgbx[worker];
    roto_body b = body_at(frame);
    (void)ctx;
    for (int32_t i = 0; i < W * H; i++) {
        roto_xy at = {(float)(i % W) + 0.5f, (float)(i / W) + 0.5f};
        float v = 150 + 25 * chance((uint64_t)(i % W / 6 + 100 * (i / W / 6)), 0, 1);
        float d = INFINITY;
        for (int k = 0; k < ROTO_PART_COUNT; k++)
            d = fminf(d, roto_bone_distance(&b.bone[k], at));
        float in = roto_clamp(0.5f - d, 0, 1);
        v += in * (95 - v) + 16 * chance((uint64_t)i, frame, 2);
        memset(p + 4 * i, (int)roto_clamp(v, 0, 255), 3);
        p[4 * i + 2] = (uint8_t)roto_clamp(v + 25 * in, 0, 255);
    }
    hm_nv12_from_rgbx(&(hm_picture){W, H, 4 * W, p}, nv12);
}

static hm_track stray_track(hm_arena *a)
{
    hm_track t = {.n_person = 1, .person = HM_PUSH(a, hm_track_person, 1)};
    t.person[0] = (hm_track_person){.id = 1, .n_frame = N, .frame = HM_PUSH(a, hm_track_frame, N)};
    for (int f = 0; f < N; f++) {
        roto_body b = body_at(f);
        t.person[0].frame[f].time_s = (double)f / FPS;
        for (int k = 0; k < HM_POINT_COUNT; k++)
            t.person[0].frame[f].point[k] =
                (hm_seen_point){.x_px = b.point[k].x + 1.2f * chance((uint64_t)k, f, 3),
                                .y_px = b.point[k].y + 1.2f * chance((uint64_t)k, f, 4),
                                .x_m = NAN,
                                .z_m = NAN,
                                .sigma_px = 1,
                                .source = HM_SEEN_HAND};
    }
    return t;
}

static hm_png matte_of(const char *dir, int drawing, hm_arena *a)
{
    char path[160], *bytes;
    size_t n;
    hm_png png;
    snprintf(path, sizeof path, "%s/layers/matte_%05d.png", dir, drawing + 1);
    assert_int_equal(hm_file_read(path, 64 << 20, a, &bytes, &n, NULL), HM_OK);
    assert_int_equal(hm_png_parse(path, bytes, n, 1 << 22, a, &png, NULL), HM_OK);
    return png;
}

static float alpha_at(const hm_png *m, float x, float y)
{
    x = roto_clamp(x - 0.5f, 0, W - 2), y = roto_clamp(y - 0.5f, 0, H - 2);
    int ix = (int)x, iy = (int)y;
    float fx = x - (float)ix, fy = y - (float)iy;
    const uint8_t *p = m->pixel + iy * m->stride + 4 * ix + 3, *q = p + m->stride;
    float top = (float)p[0] + fx * (float)(p[4] - p[0]);
    return top + fy * ((float)q[0] + fx * (float)(q[4] - q[0]) - top);
}

/* Where the drawn outline lies beyond the skin at a spot of a bone [px]; NAN: it has none there. */
static float stray_at(const hm_png *m, const roto_body *b, int spot)
{
    int part = spot / 6;
    const roto_bone *o = &b->bone[part];
    float t = 0.2f + 0.3f * (float)(spot % 6 / 2), way = spot % 2 ? 1 : -1;
    float dx = o->b.x - o->a.x, dy = o->b.y - o->a.y, len = sqrtf(dx * dx + dy * dy) + 1e-3f;
    roto_xy out = {way * -dy / len, way * dx / len};
    float half = o->half_a_px + t * (o->half_b_px - o->half_a_px);
    roto_xy skin = {o->a.x + t * dx + half * out.x, o->a.y + t * dy + half * out.y};
    for (int k = 0; k < ROTO_PART_COUNT; k++)
        if (k != part && roto_bone_distance(&b->bone[k], skin) < 5)
            return NAN;
    float best = NAN, was = alpha_at(m, skin.x - 6 * out.x, skin.y - 6 * out.y);
    for (float s = -5.75f; s <= 6; s += 0.25f) {
        float a = alpha_at(m, skin.x + s * out.x, skin.y + s * out.y);
        if (was >= 127.5f && a < 127.5f) {
            float at = s - 0.25f + 0.25f * (was - 127.5f) / (was - a);
            best = isnan(best) || fabsf(at) < fabsf(best) ? at : best;
        }
        was = a;
    }
    return best;
}

static void the_outline_stays_on_the_figure(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 1 << 20);
    char dir[64] = "/tmp/hm-jitter-XXXXXX", path[96], film[96], layers[96];
    assert_non_null(mkdtemp(dir));
    snprintf(path, sizeof path, "%s/clip.mp4", dir);
    snprintf(film, sizeof film, "%s/film.mp4", dir);
    snprintf(layers, sizeof layers, "%s/layers", dir);
    assert_int_equal(hm_folder_make(layers, NULL), HM_OK);
    hm_encode_opts e = hm_encode_opts_default();
    e.w_px = W, e.h_px = H, e.fps = FPS;
    hm_encode_source src = {.n_frame = N, .draw = draw, .title = "", .comment = ""};
    assert_int_equal(hm_encode_film(&e, &src, path, NULL), HM_OK);
    hm_track track = stray_track(&a);
    hm_roto_opts o = hm_roto_opts_default();
    o.track = &track, o.models = dir, o.layers = layers; /* there are no nets */
    hm_notes notes = {0};
    assert_int_equal(hm_roto_film(path, &o, film, NULL, NULL, &a, &notes, NULL, NULL), HM_OK);
    double jump = 0, stray = 0, n_jump = 0, n_stray = 0;
    float was[SPOT];
    for (int k = 0; k < N / 2; k++) {
        hm_png m = matte_of(dir, k, &a);
        roto_body b = body_at(2 * k);
        for (int s = 0; s < SPOT; s++) {
            float now = stray_at(&m, &b, s);
            if (k >= 3 && !isnan(now))
                stray += (double)(now * now), n_stray++;
            if (k >= 3 && !isnan(now) && !isnan(was[s]))
                jump += (double)((now - was[s]) * (now - was[s])), n_jump++;
            was[s] = now;
        }
    }
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", dir);
    assert_int_equal(system(command), 0);
    hm_arena_free(&a);
    assert_true(n_jump > 120); /* held by the bones alone: 0.53 and 0.42 */
    assert_true(sqrt(jump / n_jump) < 0.35);
    assert_true(sqrt(stray / n_stray) < 0.35);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_outline_stays_on_the_figure)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
