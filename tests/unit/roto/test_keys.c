/* Key drawings: what is written is known again, what is changed is carried by the bones, and files
 * from strangers end in an error. */
#include "ht.h"
#include "keys_priv.h"
#include "parts_priv.h"
#include "roto_body.h"
#include "svg_path_priv.h"

#include <stdlib.h>
#include <string.h>

#include "io/file.h"

static roto_body stands_at(float x_px)
{
    roto_body b = {0};
    for (int k = 0; k < HM_POINT_COUNT; k++) {
        float x, y;
        body_point(k, 0.2f, &x, &y);
        b.point[k] = (roto_xy){x_px + 50 * x, 100 + 50 * y};
    }
    roto_body_bones(&b, NULL);
    return b;
}

/* 30 px to the right in each drawing */
static bool body_at(void *ctx, int32_t person, int64_t drawing, roto_body *body)
{
    (void)ctx;
    *body = stands_at(100 + 30 * (float)drawing);
    return person == 1;
}

static roto_drawing drawing_of(hm_arena *a, int64_t number)
{
    roto_drawing d = {.number = number, .n_figure = 1, .figure = HM_PUSH(a, roto_figure, 1)};
    roto_figure *f = d.figure;
    f->id = 1;
    body_at(NULL, 1, number, &f->body);
    f->n_area = 1, f->area = HM_PUSH(a, roto_area, 1);
    f->area[0] = (roto_area){.id = "chest-1", .part = ROTO_CHEST, .colour = {0.5f, 0.25f, 0.75f}};
    f->area[0].n_curve = 1, f->area[0].curve = HM_PUSH(a, roto_curve, 1);
    roto_curve *c = &f->area[0].curve[0];
    *c = (roto_curve){.n = 4, .closed = true, .p = HM_PUSH(a, roto_xy, 13)};
    static const float corner[5][2] = {{-5, 0}, {5, 0}, {5, 30}, {-5, 30}, {-5, 0}};
    for (int s = 0; s < 4; s++)
        for (int k = 0; k < 4; k++) {
            float t = (float)k / 3, x = corner[s][0] + t * (corner[s + 1][0] - corner[s][0]);
            float y = corner[s][1] + t * (corner[s + 1][1] - corner[s][1]);
            c->p[3 * s + k] = (roto_xy){100 + 30 * (float)number + x, 55 + y};
        }
    return d;
}

static char *written(hm_arena *a, const char *dir, const roto_drawing *d)
{
    char path[128], *bytes;
    size_t n;
    bool fresh;
    hm_rgb ink = {0, 0, 0};
    assert_int_equal(roto_key_write(dir, d, 640, 360, &ink, &fresh, NULL), HM_OK);
    assert_true(fresh);
    assert_int_equal(roto_key_write(dir, d, 640, 360, &ink, &fresh, NULL), HM_OK);
    assert_false(fresh); /* what is there stays */
    snprintf(path, sizeof path, "%s/drawing_%05d.svg", dir, (int)d->number + 1);
    assert_int_equal(hm_file_read(path, 1 << 20, a, &bytes, &n, NULL), HM_OK);
    return bytes;
}

static char *with(hm_arena *a, const char *text, const char *from, const char *to)
{
    const char *at = strstr(text, from);
    assert_non_null(at);
    return hm_arena_printf(a, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
}

static roto_key parsed(hm_arena *a, const char *text, int64_t number)
{
    roto_key k = {.number = number};
    hm_err err = {0};
    if (roto_key_parse("key.svg", text, strlen(text), a, &k, &err) != HM_OK)
        print_error("%s\n", err.msg);
    assert_int_equal(err.status, HM_OK);
    return k;
}

static void changes_are_known_and_carried(void **state)
{
    hm_arena *a = *state;
    char dir[] = "/tmp/hm-keys-XXXXXX", command[64];
    assert_non_null(mkdtemp(dir));
    roto_drawing d2 = drawing_of(a, 2);
    char *text = written(a, dir, &d2);
    assert_int_equal(parsed(a, text, 2).n, 0); /* as it was written */

    /* lifted by 8 px, as Inkscape does it, and red */
    char *lifted = with(a, text, "<g id=\"p1\">", "<g id=\"p1\" transform=\"translate(0,-8)\">");
    lifted = with(a, lifted, "fill=\"#8040bf\"", "style=\"stroke:none;fill:#ff0000\"");
    roto_key key = parsed(a, lifted, 2);
    assert_int_equal(key.n, 1);
    assert_true(key.edit[0].moved && key.edit[0].coloured);
    assert_string_equal(key.edit[0].area.id, "chest-1");

    roto_keys keys = {1, &key};
    for (int64_t number = 1; number <= 16; number += 5) {
        roto_drawing d = drawing_of(a, number), plain = drawing_of(a, number);
        assert_int_equal(roto_keys_apply(&keys, 12, body_at, NULL, a, &d, NULL), HM_OK);
        bool reached = llabs(number - 2) <= 12;
        for (int i = 0; i < 13; i++) {
            roto_xy p = d.figure[0].area[0].curve[0].p[i];
            roto_xy q = plain.figure[0].area[0].curve[0].p[i];
            ht_near((double)p.x, (double)q.x, 0.02, 0);
            ht_near((double)p.y, (double)q.y - (reached ? 8 : 0), 0.02, 0);
        }
        bool red = d.figure[0].area[0].colour.r > 0.99f;
        assert_true(red == (number > 2 || reached)); /* colours hold to the next key */
    }
    snprintf(command, sizeof command, "rm -r %s", dir);
    assert_int_equal(system(command), 0);
}

static void two_keys_blend(void **state)
{
    hm_arena *a = *state;
    char dir[] = "/tmp/hm-keys-XXXXXX", command[64];
    assert_non_null(mkdtemp(dir));
    roto_key key[2];
    for (int k = 0; k < 2; k++) {
        roto_drawing d = drawing_of(a, 2 + 4 * k);
        key[k] = parsed(a,
                        with(a, written(a, dir, &d), "<g id=\"p1\">",
                             k ? "<g id=\"p1\" transform=\"matrix(1 0 0 1 0 -12)\">"
                               : "<g id=\"p1\" transform=\"translate(0 -4)\">"),
                        2 + 4 * k);
    }
    roto_keys keys = {2, key};
    for (int64_t number = 2; number <= 6; number++) {
        roto_drawing d = drawing_of(a, number), plain = drawing_of(a, number);
        assert_int_equal(roto_keys_apply(&keys, 12, body_at, NULL, a, &d, NULL), HM_OK);
        double up =
            (double)(plain.figure[0].area[0].curve[0].p[0].y - d.figure[0].area[0].curve[0].p[0].y);
        ht_near(up, 4 + 2.0 * (double)(number - 2), 0.02, 0);
    }
    snprintf(command, sizeof command, "rm -r %s", dir);
    assert_int_equal(system(command), 0);
}

static void path_commands_are_understood(void **state)
{
    hm_arena *a = *state;
    svg_matrix one = {1, 0, 0, 1, 0, 0};
    int32_t n;
    roto_curve *c;
    const char *wrong;
    const char *d = "m10,20 5 0v.5e1h-5z M0 0C1 2 3 4 5 6S9 10 11 12Q1 1 2 2T4 4A1 1 0 0 1 7-8";
    assert_int_equal(svg_path_read(d, &one, a, &n, &c, &wrong), HM_OK);
    assert_int_equal(n, 2);
    assert_int_equal(c[0].n, 3);
    ht_near((double)c[0].p[6].x, 15, 1e-5, 0);
    ht_near((double)c[0].p[6].y, 25, 1e-5, 0);
    ht_near((double)c[1].p[4].x, 7, 1e-5, 0); /* S: mirrored handle of (3, 4) about (5, 6) */
    ht_near((double)c[1].p[4].y, 8, 1e-5, 0);
    ht_near((double)c[1].p[15].y, -8, 1e-5, 0);
    static const char *const bad[] = {"L1 2",   "M1",           "M1 2 C1 2 3", "M1 2 X",
                                      "M1e9 2", "M1 2 L nan 3", "5 5"};
    for (size_t k = 0; k < sizeof bad / sizeof bad[0]; k++)
        assert_int_equal(svg_path_read(bad[k], &one, a, &n, &c, &wrong), HM_ERR_INPUT);
    svg_matrix m;
    assert_true(svg_transform_read("translate(3) scale(2,4) rotate(90)", &m));
    ht_near((double)(m.a * 1 + m.c * 0 + m.e), 3, 1e-5, 0); /* (1, 0) turned to (0, 1) */
    ht_near((double)(m.b * 1 + m.d * 0 + m.f), 4, 1e-5, 0);
    assert_false(svg_transform_read("skewX(3)", &m));
}

static void strangers_files_end_in_an_error(void **state)
{
    hm_arena *a = *state;
    static const char *const bad[] = {
        "",
        "<svg",
        "<svg><g></svg>",
        "<!DOCTYPE svg [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><svg>&b;</svg>",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><path id=\"p1-head-1\" d=\"M1 2 L3\"/></svg>",
        "<svg><g transform=\"explode(1)\"/></svg>",
    };
    for (size_t k = 0; k < sizeof bad / sizeof bad[0]; k++) {
        roto_key key = {.number = 7};
        hm_err err = {0};
        assert_int_equal(roto_key_parse("x.svg", bad[k], strlen(bad[k]), a, &key, &err),
                         HM_ERR_INPUT);
        assert_string_equal(err.source, "x.svg");
        assert_int_equal(key.n, 0);
    }
    char deep[2000] = "";
    for (int k = 0; k < 300; k++)
        strcat(deep, "<g>");
    roto_key key = {0};
    assert_int_equal(roto_key_parse("x.svg", deep, strlen(deep), a, &key, NULL), HM_ERR_INPUT);
    const char *odd =
        "<svg><path id=\"p99999-head\" d=\"M1 1Z\"/><path id=\"other\" d=\"junk\"/></svg>";
    assert_int_equal(roto_key_parse("x.svg", odd, strlen(odd), a, &key, NULL), HM_OK);
    assert_int_equal(key.n, 0);
}

static int set_up(void **state)
{
    hm_arena *a = calloc(1, sizeof *a);
    hm_arena_init(a, 0);
    *state = a;
    return 0;
}

static int tear_down(void **state)
{
    hm_arena_free(*state);
    free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(changes_are_known_and_carried),
        cmocka_unit_test(two_keys_blend),
        cmocka_unit_test(path_commands_are_understood),
        cmocka_unit_test(strangers_files_end_in_an_error),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
