/* Clips are made here by the program ffmpeg: pictures whose brightness is the number of the image,
 * at stamps that we chose. */
#include "ht.h"

#ifndef HM_HAS_FILM

int main(void)
{
    return ht_skip_all("built without libav");
}

#else

#include "video/clip.h"
#include "video/still.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "io/file.h"

static char dir[] = "/tmp/hm_clip_XXXXXX";
static hm_arena arena;

static const char *file(const char *name)
{
    return hm_arena_printf(&arena, "%s/%s", dir, name);
}

/* Image n of the source has luma 16 + 4 n; 128 x 64, 30 a second, 50 images. */
#define SOURCE                                                                                     \
    "ffmpeg -v error -y -f lavfi -i \"color=black:s=128x64:r=30:d=1.66,format=yuv420p,"            \
    "geq=lum='if(lt(X,64),16+4*N,235)':cb=128:cr=128\" "

static const char *made(const char *name, const char *how)
{
    const char *path = file(name);
    if (access(path, R_OK) == 0)
        return path;
    char *command = hm_arena_printf(&arena, SOURCE "%s %s", how, path);
    if (system(command) != 0)
        fail_msg("cannot run: %s", command);
    return path;
}

static hm_clip *opened(const char *path, const hm_clip_opts *opts)
{
    hm_clip *clip = NULL;
    hm_err err = {0};
    if (hm_clip_open(path, opts, &arena, &clip, &err) != HM_OK)
        fail_msg("%s", err.msg);
    return clip;
}

static bool next(hm_clip *clip, hm_clip_image *image)
{
    bool more = false;
    hm_err err = {0};
    if (hm_clip_next(clip, image, &more, &err) != HM_OK)
        fail_msg("%s", err.msg);
    return more;
}

static void each_image_comes_once_at_its_time(void **state)
{
    (void)state;
    hm_clip *clip = opened(made("plain.mp4", "-c:v libx264 -qp 0 -bf 3"), NULL);
    hm_clip_image image;
    int n = 0;
    while (next(clip, &image)) {
        ht_near(image.time_s, n / 30.0, 1e-9, 0);
        assert_int_equal(image.bytes[20 * image.stride + 10], 16 + 4 * n);
        assert_int_equal(image.bytes[20 * image.stride + 100], 235);
        assert_true(image.black == 16 && image.white == 235);
        n++;
    }
    assert_int_equal(n, 50);
    assert_true(hm_clip_is_whole(clip));
    assert_int_equal(hm_clip_notes(clip)->n, 0);
    hm_clip_close(clip);
}

static void a_span_begins_and_ends_where_it_should(void **state)
{
    (void)state;
    hm_clip_opts o = hm_clip_opts_default();
    o.from_s = 0.99;
    o.to_s = 1.2;
    hm_clip *clip = opened(made("plain.mp4", "-c:v libx264 -qp 0 -bf 3"), &o);
    hm_clip_image image;
    for (int n = 30; n < 36; n++) {
        assert_true(next(clip, &image));
        ht_near(image.time_s, n / 30.0, 1e-9, 0);
        assert_int_equal(image.bytes[0], 16 + 4 * n);
    }
    assert_false(next(clip, &image));
    assert_true(hm_clip_is_whole(clip));
    hm_clip_close(clip);
}

static void stamps_are_believed_not_counts(void **state)
{
    (void)state;
    /* image n is shown at n (n + 1) / 2 hundredths of a second, 0.7 s late */
    hm_clip *clip = opened(made("variable.mkv", "-vf settb=1/100,setpts='70+N*(N+1)/2' -vsync "
                                                "passthrough -enc_time_base 1/100 -c:v ffv1"),
                           NULL);
    hm_clip_image image;
    int n = 0;
    for (; next(clip, &image); n++)
        ht_near(image.time_s, n * (n + 1) / 2 * 0.01, 0.0006, 0); /* Matroska keeps 1 ms */
    assert_int_equal(n, 50);
    hm_clip_close(clip);
    hm_clip_times t;
    hm_err err = {0};
    assert_int_equal(hm_clip_times_read(file("variable.mkv"), NULL, &arena, &t, &err), HM_OK);
    assert_int_equal(t.n, 50);
    ht_near(t.min_s, 0.01, 0.0006, 0);
    ht_near(t.median_s, 0.25, 0.0106, 0);
    ht_near(t.max_s, 0.49, 0.0006, 0);
    ht_near(t.last_s, 12.25, 0.0006, 0);
    ht_near(t.tick_s, 0.001, 1e-12, 0);
    assert_true(t.n_off > 35 && t.whole);
}

static void stamps_are_those_of_the_images(void **state)
{
    (void)state;
    /* images 10 to 14 are missing */
    const char *path =
        made("gap.mp4", "-vf \"select='not(between(n,10,14))'\" -vsync vfr -c:v libx264 -qp 0");
    hm_clip *clip = opened(path, NULL);
    hm_clip_image image;
    int64_t n = 0, i = 0;
    double *time_s = NULL;
    assert_int_equal(hm_clip_stamps_read(path, &arena, &n, &time_s, NULL), HM_OK);
    assert_int_equal(n, 45);
    ht_near(time_s[10] - time_s[9], 6 / 30.0, 1e-9, 0);
    for (; next(clip, &image); i++)
        ht_near(time_s[i], image.time_s, 1e-12, 0);
    assert_int_equal(i, n);
    hm_clip_close(clip);
    hm_err err = {0};
    assert_int_equal(hm_clip_stamps_read("no-such.mp4", &arena, &n, &time_s, &err), HM_ERR_NOFILE);
}

static void a_still_is_seen_as_it_was(void **state)
{
    (void)state;
    enum { W = 37, H = 21, STRIDE = 3 * W + 5 };
    static uint8_t rgb[STRIDE * H], back[3 * W * H + 1];
    for (int v = 0; v < H; v++)
        for (int u = 0; u < W; u++) { /* slow ramps, as JPEG likes them */
            rgb[STRIDE * v + 3 * u] = (uint8_t)(40 + 4 * u);
            rgb[STRIDE * v + 3 * u + 1] = (uint8_t)(200 - 6 * v);
            rgb[STRIDE * v + 3 * u + 2] = (uint8_t)(90 + 2 * u + v);
        }
    uint8_t *bytes;
    size_t n;
    assert_int_equal(hm_still_jpeg(W, H, STRIDE, rgb, &arena, &bytes, &n, NULL), HM_OK);
    assert_int_equal(hm_file_write(file("still.jpg"), bytes, n, NULL), HM_OK);
    char *command =
        hm_arena_printf(&arena, "ffmpeg -v error -y -i %s -f rawvideo -pix_fmt rgb24 %s",
                        file("still.jpg"), file("still.rgb"));
    assert_int_equal(system(command), 0);
    FILE *f = fopen(file("still.rgb"), "rb");
    assert_non_null(f);
    assert_int_equal(fread(back, 1, sizeof back, f), 3 * W * H);
    fclose(f);
    for (int v = 0; v < H; v++)
        for (int u = 0; u < 3 * W; u++)
            ht_near(back[3 * W * v + u], rgb[STRIDE * v + u], 6, 0);
}

static void a_clip_is_shown_upright(void **state)
{
    (void)state;
    (void)made("plain.mp4", "-c:v libx264 -qp 0 -bf 3");
    const char *path = file("turned.mp4");
    char *command =
        hm_arena_printf(&arena, "ffmpeg -v error -y -i %s -c copy -metadata:s:v:0 rotate=90 %s",
                        file("plain.mp4"), path);
    assert_int_equal(system(command), 0);
    hm_clip *clip = opened(path, NULL);
    const hm_clip_info *info = hm_clip_info_of(clip);
    hm_clip_image image;
    assert_true(next(clip, &image));
    assert_true(info->width_px == 64 && info->height_px == 128 && image.height_px == 128);
    /* the program ffmpeg shows this file with its right half on top */
    assert_int_equal(info->rotation_deg, 270);
    assert_int_equal(image.bytes[10 * image.stride + 30], 235);
    assert_int_equal(image.bytes[100 * image.stride + 30], 16);
    hm_clip_close(clip);
}

static void colours_and_deep_pictures_are_converted(void **state)
{
    (void)state;
    hm_clip_opts o = hm_clip_opts_default();
    o.pixels = HM_CLIP_RGB;
    hm_clip *clip = opened(made("deep.mkv", "-pix_fmt yuv420p10le -c:v ffv1"), &o);
    hm_clip_image image;
    assert_true(next(clip, &image));
    const uint8_t *dark = image.bytes + 20 * image.stride + 30, *light = dark + 3 * 90;
    for (int i = 0; i < 3; i++)
        assert_true(dark[i] <= 1 && light[i] >= 254);
    hm_clip_close(clip);
    clip = opened(file("deep.mkv"), NULL); /* 10 bits become 8 */
    assert_true(next(clip, &image));
    assert_true(image.black == 16 && image.white == 235);
    assert_true(abs(image.bytes[0] - 16) <= 1 && abs(image.bytes[100] - 235) <= 1);
    hm_clip_close(clip);
}

/* Left half red, right half green, however the file codes it. */
static void colour_is_there_however_it_is_coded(void **state)
{
    (void)state;
    static const struct {
        const char *name, *range;
        double red_cb, red_cr, green_cr; /* BT.601 of (255, 0, 0) and (0, 128, 0) */
    } format[] = {{"yuv420p", "tv", 90, 240, 81},     {"yuvj420p", "pc", 85, 255, 74},
                  {"yuv420p10le", "tv", 90, 240, 81}, {"yuv422p", "tv", 90, 240, 81},
                  {"yuv422p10le", "tv", 90, 240, 81}, {"yuv444p", "tv", 90, 240, 81},
                  {"yuv444p12le", "tv", 90, 240, 81}, {"bgr0", "tv", 90, 240, 81}};
    for (size_t i = 0; i < sizeof format / sizeof *format; i++) {
        const char *path = file(hm_arena_printf(&arena, "colour-%zu.mkv", i));
        char *command = hm_arena_printf(
            &arena,
            "ffmpeg -v error -y -f lavfi -i color=red:s=64x64:r=30:d=0.1 -f lavfi -i "
            "color=green:s=64x64:r=30:d=0.1 -filter_complex \"[0][1]hstack,scale=130:66:"
            "flags=neighbor:out_color_matrix=bt601:out_range=%s\" -pix_fmt %s -c:v ffv1 %s",
            format[i].range, format[i].name, path);
        assert_int_equal(system(command), 0);
        for (int turned = 0; turned < 2; turned++) {
            if (turned) {
                const char *other = file("colour-turned.mov");
                assert_int_equal(
                    system(hm_arena_printf(&arena,
                                           "ffmpeg -v error -y -i %s -c copy -metadata:s:v:0 "
                                           "rotate=180 %s",
                                           path, other)),
                    0);
                path = other;
            }
            hm_clip *clip = opened(path, NULL);
            hm_clip_image image;
            assert_true(next(clip, &image));
            assert_non_null(image.chroma[0]);
            assert_true(image.width_px == 130 && image.height_px == 66);
            const int64_t row = 20 * image.chroma_stride;
            bool left = turned == 0;
            ht_near(image.chroma[0][row + (left ? 10 : 54)], format[i].red_cb, 2, 0);
            ht_near(image.chroma[1][row + (left ? 10 : 54)], format[i].red_cr, 2, 0);
            ht_near(image.chroma[1][row + (left ? 54 : 10)], format[i].green_cr, 2, 0);
            hm_clip_close(clip);
        }
    }
}

static void slow_motion_is_brought_back_to_life(void **state)
{
    (void)state;
    hm_clip_opts o = hm_clip_opts_default();
    o.capture_fps = 240; /* shown at 30 */
    o.from_s = 0.1;
    hm_clip *clip = opened(made("plain.mp4", "-c:v libx264 -qp 0 -bf 3"), &o);
    hm_clip_image image;
    assert_true(next(clip, &image));
    ht_near(image.time_s, 24 / 240.0, 1e-9, 0);
    ht_near(hm_clip_info_of(clip)->slow, 8, 1e-9, 0);
    hm_clip_close(clip);
}

static void sound_lies_on_the_line_of_the_pictures(void **state)
{
    (void)state;
    /* a click at 0.5 s of a sound that begins 0.2 s after the pictures */
    const char *path =
        made("click.mkv", "-itsoffset 0.2 -f lavfi -i \"aevalsrc='if(between(t,0.5,0.501),0.9,0)'"
                          ":s=44100:d=1\" -map 0 -map 1 -c:v ffv1 -c:a pcm_s16le");
    hm_clip_sound s;
    hm_err err = {0};
    assert_int_equal(hm_clip_sound_read(path, 0, INFINITY, &arena, &s, &err), HM_OK);
    int64_t first = 0;
    while (first < s.n && s.sample[first] < 0.45F)
        first++;
    ht_near(s.first_s + (double)first / HM_CLIP_SOUND_HZ, 0.7, 0.0006, 0);
    ht_near((double)s.n / HM_CLIP_SOUND_HZ, 1, 0.002, 0);
}

static hm_status opens(const char *path, char line[900])
{
    hm_clip *clip = NULL;
    hm_err err = {0};
    hm_status status = hm_clip_open(path, NULL, &arena, &clip, &err);
    hm_err_text(&err, line, 900);
    hm_clip_close(clip);
    return status;
}

static void what_is_no_clip_is_refused_by_name(void **state)
{
    (void)state;
    char line[900];
    assert_int_equal(opens(file("absent.mp4"), line), HM_ERR_NOFILE);
    FILE *f = fopen(file("text.mp4"), "w");
    assert_non_null(f);
    fputs("#EXTM3U\n/etc/passwd\n", f);
    fclose(f);
    assert_int_equal(opens(file("text.mp4"), line), HM_ERR_INPUT);
    assert_non_null(strstr(line, "text.mp4"));
    (void)made("click.wav", "-f lavfi -i anullsrc -map 1 -t 0.1");
    assert_int_equal(opens(file("click.wav"), line), HM_ERR_INPUT);
    assert_non_null(strstr(line, "expected pictures"));
}

/* The first half of a file whose index stands in front. */
static void a_cut_clip_gives_what_it_has(void **state)
{
    (void)state;
    const char *path = made("front.mp4", "-c:v libx264 -qp 0 -movflags +faststart");
    char *command = hm_arena_printf(&arena, "head -c $(($(stat -c %%s %s) * 7 / 10)) %s > %s", path,
                                    path, file("cut.mp4"));
    assert_int_equal(system(command), 0);
    hm_clip *clip = opened(file("cut.mp4"), NULL);
    hm_clip_image image;
    int n = 0;
    while (next(clip, &image))
        n++;
    assert_true(n > 0 && n < 50);
    assert_false(hm_clip_is_whole(clip));
    hm_clip_close(clip);
    hm_clip_times t;
    hm_err err = {0};
    assert_int_equal(hm_clip_times_read(file("cut.mp4"), NULL, &arena, &t, &err), HM_OK);
    assert_false(t.whole);
}

static void woven_pictures_are_refused(void **state)
{
    (void)state;
    char line[900];
    const char *path = made("woven.mkv", "-vf interlace -c:v mpeg2video -flags +ildct+ilme");
    hm_clip *clip = NULL;
    hm_err err = {0};
    hm_clip_image image;
    bool more;
    hm_status status = hm_clip_open(path, NULL, &arena, &clip, &err);
    if (status == HM_OK)
        status = hm_clip_next(clip, &image, &more, &err);
    hm_err_text(&err, line, sizeof line);
    assert_int_equal(status, HM_ERR_INPUT);
    assert_non_null(strstr(line, "interlaced"));
    hm_clip_close(clip);
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
    char *command = hm_arena_printf(&arena, "rm -r %s", dir);
    int code = system(command);
    hm_arena_free(&arena);
    return code;
}

int main(void)
{
    if (system("ffmpeg -version >/dev/null 2>&1") != 0)
        return ht_skip_all("no ffmpeg here to make clips with");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_image_comes_once_at_its_time),
        cmocka_unit_test(a_span_begins_and_ends_where_it_should),
        cmocka_unit_test(stamps_are_believed_not_counts),
        cmocka_unit_test(stamps_are_those_of_the_images),
        cmocka_unit_test(a_still_is_seen_as_it_was),
        cmocka_unit_test(a_clip_is_shown_upright),
        cmocka_unit_test(colours_and_deep_pictures_are_converted),
        cmocka_unit_test(colour_is_there_however_it_is_coded),
        cmocka_unit_test(slow_motion_is_brought_back_to_life),
        cmocka_unit_test(sound_lies_on_the_line_of_the_pictures),
        cmocka_unit_test(what_is_no_clip_is_refused_by_name),
        cmocka_unit_test(a_cut_clip_gives_what_it_has),
        cmocka_unit_test(woven_pictures_are_refused),
    };
    return cmocka_run_group_tests(tests, begin, end);
}

#endif
