#define _DEFAULT_SOURCE /* mkdtemp, setrlimit, truncate */
#include "ht.h"

#ifndef HM_HAS_FILM

int main(void)
{
    return ht_skip_all("built without libav");
}

#else

#include <dirent.h>
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "stage/encode.h"
#include "stage/sound.h"

enum { W = 96, H = 64 };

static char dir[64];

static const char *at(const char *name)
{
    static char path[4][400];
    static int k;
    k = (k + 1) % 4;
    snprintf(path[k], sizeof path[k], "%s/%s", dir, name);
    return path[k];
}

static int make_dir(void **state)
{
    (void)state;
    snprintf(dir, sizeof dir, "/tmp/hm-encode-XXXXXX");
    return mkdtemp(dir) ? 0 : -1;
}

static int files_in_dir(void)
{
    DIR *d = opendir(dir);
    int n = 0;
    for (struct dirent *e; (e = readdir(d)) != NULL;)
        n += strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
    closedir(d);
    return n;
}

static int drop_dir(void **state)
{
    (void)state;
    DIR *d = opendir(dir);
    for (struct dirent *e; (e = readdir(d)) != NULL;)
        unlink(at(e->d_name));
    closedir(d);
    return rmdir(dir);
}

/** A grey level that says the frame's number, a bright bar that moves, some texture. */
static void draw(void *ctx, int worker, int64_t frame, uint8_t *nv12)
{
    (void)worker;
    if (ctx)
        ((uint8_t *)ctx)[frame]++;
    for (int y = 0; y < H; y++)
        for (int x = 0; x < W; x++) {
            int bar = (x + 3 * (int)frame) % W < 20;
            nv12[y * W + x] = (uint8_t)(bar ? 200 : 40 + (x * y + (int)frame * 7) % 64);
        }
    /* Top left 64 x 64: plain, to be read back. */
    for (int y = 0; y < 64; y++)
        memset(nv12 + y * W, 30 + (int)(frame % 180), 64);
    memset(nv12 + W * H, 128, W * H / 2);
}

/** Decode the sound of a film: n_sample of it, from the first that is to be heard. */
static float *hear(const char *path, int64_t *n_sample)
{
    AVFormatContext *in = NULL;
    assert_int_equal(avformat_open_input(&in, path, NULL, NULL), 0);
    assert_true(avformat_find_stream_info(in, NULL) >= 0);
    const AVCodec *codec = avcodec_find_decoder(AV_CODEC_ID_AAC);
    AVCodecContext *dec = avcodec_alloc_context3(codec);
    assert_int_equal(avcodec_parameters_to_context(dec, in->streams[1]->codecpar), 0);
    assert_int_equal(avcodec_open2(dec, codec, NULL), 0);
    AVPacket *p = av_packet_alloc();
    AVFrame *f = av_frame_alloc();
    float *lr = NULL;
    *n_sample = 0;
    for (bool end = false; !end;) {
        end = av_read_frame(in, p) < 0;
        if (end || p->stream_index == 1)
            assert_int_equal(avcodec_send_packet(dec, end ? NULL : p), 0);
        while (avcodec_receive_frame(dec, f) >= 0) {
            lr = realloc(lr, (size_t)(*n_sample + f->nb_samples) * 2 * sizeof *lr);
            for (int i = 0; i < f->nb_samples; i++)
                for (int c = 0; c < 2; c++)
                    lr[2 * (*n_sample + i) + c] = ((const float *)(const void *)f->data[c])[i];
            *n_sample += f->nb_samples;
        }
        av_packet_unref(p);
    }
    av_frame_free(&f);
    av_packet_free(&p);
    avcodec_free_context(&dec);
    avformat_close_input(&in);
    return lr;
}

typedef struct made {
    hm_encode_opts o;
    hm_encode_source s;
    float *lr;
} made;

static hm_status sound(void *ctx, int64_t from, int64_t n, float *lr, hm_err *err)
{
    (void)err;
    memcpy(lr, (const float *)ctx + 2 * from, (size_t)n * 2 * sizeof *lr);
    return HM_OK;
}

static made film_of(int64_t n_frame, int n_thread)
{
    made m = {.o = hm_encode_opts_default()};
    m.o.w_px = W;
    m.o.h_px = H;
    m.o.n_thread = n_thread;
    m.s.n_frame = n_frame;
    m.s.draw = draw;
    m.s.title = "a film";
    m.s.n_sample = n_frame * HM_AUDIO_HZ / 24;
    m.lr = calloc((size_t)m.s.n_sample, 2 * sizeof(float));
    for (int64_t i = 0; i < 2 * m.s.n_sample; i++)
        m.lr[i] = (float)(i / 2 % 218 - 109) / 500.0f; /* 220 Hz */
    m.s.sound = sound;
    m.s.sound_ctx = m.lr;
    return m;
}

static uint8_t *slurp(const char *path, size_t *n)
{
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    struct stat is;
    assert_int_equal(fstat(fileno(f), &is), 0);
    *n = (size_t)is.st_size;
    uint8_t *b = malloc(*n + 1);
    assert_int_equal(fread(b, 1, *n, f), *n);
    fclose(f);
    return b;
}

static uint64_t hash_of(const char *path)
{
    size_t n;
    uint8_t *b = slurp(path, &n);
    uint64_t h = hm_hash(HM_HASH_START, b, n);
    free(b);
    return h;
}

static void same_bytes_for_any_number_of_threads(void **state)
{
    (void)state;
    uint64_t want = 0;
    for (int n = 1; n <= 3; n++) {
        uint8_t drawn[200] = {0};
        made m = film_of(150, n);
        m.s.draw_ctx = drawn;
        assert_int_equal(hm_encode_film(&m.o, &m.s, at("a.mp4"), NULL), HM_OK);
        for (int i = 0; i < 150; i++)
            assert_int_equal(drawn[i], 1);
        uint64_t h = hash_of(at("a.mp4"));
        if (n == 1)
            want = h;
        assert_true(h == want);
        free(m.lr);
    }
    assert_int_equal(files_in_dir(), 1);
}

/** Decode all pictures of path: each must show its own number, in order. Gives how many. */
static int64_t count_pictures(AVFormatContext *in, int stream, int fps)
{
    const AVCodec *codec = avcodec_find_decoder(in->streams[stream]->codecpar->codec_id);
    AVCodecContext *dec = avcodec_alloc_context3(codec);
    assert_int_equal(avcodec_parameters_to_context(dec, in->streams[stream]->codecpar), 0);
    assert_int_equal(avcodec_open2(dec, codec, NULL), 0);
    AVPacket *p = av_packet_alloc();
    AVFrame *f = av_frame_alloc();
    int64_t n = 0;
    for (bool end = false; !end;) {
        end = av_read_frame(in, p) < 0;
        if (end || p->stream_index == stream)
            assert_int_equal(avcodec_send_packet(dec, end ? NULL : p), 0);
        while (avcodec_receive_frame(dec, f) >= 0) {
            double t = (double)f->pts * av_q2d(in->streams[stream]->time_base);
            ht_near(t, (double)n / fps, 1e-9, 0);
            assert_int_equal(f->format, AV_PIX_FMT_YUV420P);
            ht_near(f->data[0][32 * f->linesize[0] + 32], 30 + (double)(n % 180), 2, 0);
            n++;
        }
        av_packet_unref(p);
    }
    av_frame_free(&f);
    av_packet_free(&p);
    avcodec_free_context(&dec);
    return n;
}

static void check_film(const char *path, int64_t n_frame)
{
    AVFormatContext *in = NULL;
    assert_int_equal(avformat_open_input(&in, path, NULL, NULL), 0);
    assert_true(avformat_find_stream_info(in, NULL) >= 0);
    assert_int_equal(in->nb_streams, 2);
    const AVStream *v = in->streams[0], *a = in->streams[1];
    assert_int_equal(v->codecpar->codec_id, AV_CODEC_ID_H264);
    assert_int_equal(v->codecpar->format, AV_PIX_FMT_YUV420P);
    assert_int_equal(v->codecpar->color_space, AVCOL_SPC_BT709);
    assert_int_equal(v->codecpar->color_range, AVCOL_RANGE_MPEG);
    assert_int_equal(v->r_frame_rate.num, 24);
    assert_int_equal(v->r_frame_rate.den, 1);
    assert_int_equal(a->codecpar->codec_id, AV_CODEC_ID_AAC);
    assert_int_equal(a->codecpar->sample_rate, HM_AUDIO_HZ);
    assert_int_equal(v->start_time, 0);
    assert_int_equal(a->start_time, 0);
    ht_near((double)a->duration / HM_AUDIO_HZ, (double)n_frame / 24, 1024.0 / HM_AUDIO_HZ, 0);
    assert_string_equal(av_dict_get(in->metadata, "title", NULL, 0)->value, "a film");
    assert_null(av_dict_get(in->metadata, "creation_time", NULL, 0));
    assert_int_equal(count_pictures(in, 0, 24), n_frame);
    avformat_close_input(&in);
}

static void every_frame_is_there_in_order_across_segments(void **state)
{
    (void)state;
    static const int64_t length[] = {1, 2, 98};
    for (size_t i = 0; i < sizeof length / sizeof *length; i++) {
        made m = film_of(length[i], 2);
        assert_int_equal(hm_encode_film(&m.o, &m.s, at("b.mp4"), NULL), HM_OK);
        check_film(at("b.mp4"), length[i]);
        free(m.lr);
    }
}

static void index_stands_before_the_pictures(void **state)
{
    (void)state;
    made m = film_of(30, 1);
    assert_int_equal(hm_encode_film(&m.o, &m.s, at("c:1.mp4"), NULL), HM_OK);
    size_t n;
    uint8_t *b = slurp(at("c:1.mp4"), &n);
    /* Boxes: 32-bit size, big end first, then four letters. */
    char order[16] = "";
    for (size_t k = 0; k + 8 <= n;) {
        size_t size =
            (size_t)b[k] << 24 | (size_t)b[k + 1] << 16 | (size_t)b[k + 2] << 8 | b[k + 3];
        if (memcmp(b + k + 4, "moov", 4) == 0 || memcmp(b + k + 4, "mdat", 4) == 0)
            strncat(order, (char *)b + k + 6, 2);
        assert_true(size >= 8);
        k += size;
    }
    assert_string_equal(order, "ovat");
    free(b);
    free(m.lr);
}

static void film_without_sound_has_one_stream(void **state)
{
    (void)state;
    made m = film_of(10, 1);
    m.s.n_sample = 0;
    assert_int_equal(hm_encode_film(&m.o, &m.s, at("d.mp4"), NULL), HM_OK);
    AVFormatContext *in = NULL;
    assert_int_equal(avformat_open_input(&in, at("d.mp4"), NULL, NULL), 0);
    assert_int_equal(in->nb_streams, 1);
    avformat_close_input(&in);
    free(m.lr);
}

/* Samples of a stream of timed text: "from to text" a line; empty ones left out. */
static void read_texts(AVFormatContext *in, int stream, char *out, size_t n)
{
    AVPacket *p = av_packet_alloc();
    out[0] = 0;
    assert_true(av_seek_frame(in, 0, 0, AVSEEK_FLAG_BACKWARD) >= 0);
    while (av_read_frame(in, p) >= 0) {
        AVRational base = in->streams[p->stream_index]->time_base;
        size_t at = strlen(out), len = p->size >= 2 ? (size_t)(p->data[0] << 8 | p->data[1]) : 0;
        if (p->stream_index == stream && len > 0)
            snprintf(out + at, n - at, "%.2f %.2f %.*s\n", (double)p->pts * av_q2d(base),
                     (double)(p->pts + p->duration) * av_q2d(base), (int)len, p->data + 2);
        av_packet_unref(p);
    }
    av_packet_free(&p);
}

static void text_tracks_are_read_back_with_language_and_purpose(void **state)
{
    (void)state;
    made m = film_of(96, 2);
    hm_cue said[] = {{0.5, 1.25, "[銃声]"}, {1.25, 2, "9秒58"}, {3, 60, "終"}};
    hm_cue seen[] = {{0, 4, "Eight runners rise."}};
    hm_text_track track[] = {{HM_TEXT_CAPTIONS, HM_LANG_JA, "日本語字幕", 3, said},
                             {HM_TEXT_DESCRIPTION, HM_LANG_EN, NULL, 1, seen}};
    m.s.n_text = 2;
    m.s.text = track;
    assert_int_equal(hm_encode_film(&m.o, &m.s, at("t.mp4"), NULL), HM_OK);
    AVFormatContext *in = NULL;
    char text[256];
    assert_int_equal(avformat_open_input(&in, at("t.mp4"), NULL, NULL), 0);
    assert_true(avformat_find_stream_info(in, NULL) >= 0);
    assert_int_equal(in->nb_streams, 4);
    const AVStream *ja = in->streams[2], *en = in->streams[3];
    assert_int_equal(ja->codecpar->codec_id, AV_CODEC_ID_MOV_TEXT);
    assert_string_equal(av_dict_get(ja->metadata, "language", NULL, 0)->value, "jpn");
    assert_string_equal(av_dict_get(ja->metadata, "handler_name", NULL, 0)->value, "日本語字幕");
    assert_string_equal(av_dict_get(en->metadata, "language", NULL, 0)->value, "eng");
    assert_true(ja->disposition & AV_DISPOSITION_CAPTIONS);
    assert_true(en->disposition & AV_DISPOSITION_DESCRIPTIONS);
    read_texts(in, 2, text, sizeof text);
    assert_string_equal(text, "0.50 1.25 [銃声]\n1.25 2.00 9秒58\n3.00 4.00 終\n");
    read_texts(in, 3, text, sizeof text);
    assert_string_equal(text, "0.00 4.00 Eight runners rise.\n");
    avformat_close_input(&in);
    seen[0].to_s = 0; /* ends before it begins */
    assert_int_equal(hm_encode_film(&m.o, &m.s, at("t.mp4"), NULL), HM_ERR_INPUT);
    free(m.lr);
}

static int drawn_of(const uint8_t drawn[], int from, int to)
{
    int n = 0;
    for (int i = from; i < to; i++)
        n += drawn[i];
    return n;
}

/* Film of 300 frames, four segments, by keys; how many frames were drawn of each segment. */
static void film_kept(made *m, hm_encode_cache *c, const char *path, int n_drawn[4])
{
    static uint8_t drawn[300];
    memset(drawn, 0, sizeof drawn);
    m->s.draw_ctx = drawn;
    m->s.cache = c;
    assert_int_equal(hm_encode_film(&m->o, &m->s, path, NULL), HM_OK);
    for (int i = 0; i < 4; i++)
        n_drawn[i] = drawn_of(drawn, 96 * i, i < 3 ? 96 * (i + 1) : 300);
}

static void what_was_kept_is_not_drawn_again_and_makes_the_same_file(void **state)
{
    (void)state;
    made m = film_of(300, 3);
    uint64_t key[4][2] = {{1, 1}, {2, 1}, {3, 1}, {4, 1}};
    uint8_t extra[300];
    int n[4];
    memset(extra, 7, sizeof extra);
    hm_encode_cache c = {dir, 1 << 30, (const uint64_t(*)[2])key, extra, 1, 0, 0};
    film_kept(&m, NULL, at("plain.mp4"), n);
    film_kept(&m, &c, at("first.mp4"), n);
    assert_true(n[0] == 96 && n[1] == 96 && n[2] == 96 && n[3] == 12 && c.n_kept == 0);
    memset(extra, 0, sizeof extra);
    film_kept(&m, &c, at("again.mp4"), n);
    assert_true(n[0] + n[1] + n[2] + n[3] == 0 && c.n_kept == 4 && c.n_segment == 4);
    for (int i = 0; i < 300; i++)
        assert_int_equal(extra[i], 7); /* what belongs to the frames is back */
    key[2][0] = 99;                    /* one has changed */
    film_kept(&m, &c, at("one.mp4"), n);
    assert_true(n[0] == 0 && n[1] == 0 && n[2] == 96 && n[3] == 0 && c.n_kept == 3);
    size_t n_byte[4];
    static const char *const name[] = {"plain.mp4", "first.mp4", "again.mp4", "one.mp4"};
    uint8_t *bytes[4];
    for (int i = 0; i < 4; i++) {
        bytes[i] = slurp(at(name[i]), &n_byte[i]);
        assert_int_equal(n_byte[i], n_byte[0]);
        assert_memory_equal(bytes[i], bytes[0], n_byte[0]);
    }
    for (int i = 0; i < 4; i++)
        free(bytes[i]);
    free(m.lr);
}

static void a_broken_piece_is_drawn_again_and_old_ones_go(void **state)
{
    (void)state;
    made m = film_of(300, 1);
    uint64_t key[4][2] = {{11, 5}, {12, 5}, {13, 5}, {14, 5}};
    uint8_t extra[300] = {0};
    int n[4];
    hm_encode_cache c = {dir, 1 << 30, (const uint64_t(*)[2])key, extra, 1, 0, 0};
    film_kept(&m, &c, at("x.mp4"), n);
    size_t size;
    char name[64];
    snprintf(name, sizeof name, "%016x%016x.hmseg", 12, 5);
    uint8_t *b = slurp(at(name), &size);
    FILE *f = fopen(at(name), "r+b"); /* one bit, somewhere */
    fseek(f, (long)size / 2, SEEK_SET);
    fputc(b[size / 2] ^ 4, f);
    fclose(f);
    free(b);
    film_kept(&m, &c, at("x.mp4"), n);
    assert_true(n[1] == 96 && c.n_kept == 3);
    snprintf(name, sizeof name, "%016x%016x.hmseg", 14, 5);
    assert_int_equal(truncate(at(name), 40), 0);
    film_kept(&m, &c, at("x.mp4"), n);
    assert_true(n[3] == 12 && c.n_kept == 3);
    c.most_bytes = 1;
    int before = files_in_dir();
    film_kept(&m, &c, at("x.mp4"), n);
    assert_true(c.n_kept == 4 && files_in_dir() <= before - 4); /* there is no room for any */
    free(m.lr);
}

static void decoded_sound_keeps_its_peaks_down(void **state)
{
    (void)state;
    made m = film_of(48, 1);
    /* Hard bursts of noise at full scale, a coder's worst case. */
    uint32_t x = 1;
    for (int64_t i = 0; i < m.s.n_sample; i++) {
        x = x * 1664525u + 1013904223u;
        double t = (double)(i % 9000) / HM_AUDIO_HZ, v = (double)x / 4294967296.0 - 0.5;
        double burst = 2.0 * v / (1.0 + 2e5 * t * t);
        m.lr[2 * i] = (float)burst;
        m.lr[2 * i + 1] = (float)(0.3 * burst);
    }
    assert_int_equal(hm_encode_film(&m.o, &m.s, at("f.mp4"), NULL), HM_OK);
    hm_audio heard = {0};
    heard.lr = hear(at("f.mp4"), &heard.n_sample);
    hm_loudness l;
    assert_int_equal(hm_loudness_of(&heard, &l, NULL), HM_OK);
    assert_true(l.peak_dbtp <= -1.0);
    assert_true(l.peak_dbtp >= -4.0); /* and no lower than needed */
    free(heard.lr);
    free(m.lr);
}

static bool stop_at_half(void *ctx, int64_t done, int64_t total)
{
    *(int64_t *)ctx = done;
    return done < total / 2;
}

static void stopping_leaves_the_old_file_and_no_other(void **state)
{
    (void)state;
    FILE *f = fopen(at("old.mp4"), "w");
    fputs("old", f);
    fclose(f);
    int before = files_in_dir();
    made m = film_of(100, 2);
    int64_t done = 0;
    m.s.progress = stop_at_half;
    m.s.progress_ctx = &done;
    hm_err err = {0};
    assert_int_equal(hm_encode_film(&m.o, &m.s, at("old.mp4"), &err), HM_ERR_STOPPED);
    assert_int_equal(err.status, HM_ERR_STOPPED);
    assert_true(done >= 50 && done < 100);
    assert_int_equal(files_in_dir(), before);
    size_t n;
    uint8_t *b = slurp(at("old.mp4"), &n);
    assert_int_equal(n, 3);
    free(b);
    free(m.lr);
}

static void unwritable_place_is_known_before_drawing(void **state)
{
    (void)state;
    uint8_t drawn[20] = {0};
    made m = film_of(20, 1);
    m.s.draw_ctx = drawn;
    hm_err err = {0};
    assert_int_equal(hm_encode_film(&m.o, &m.s, at("none/x.mp4"), &err), HM_ERR_SYSTEM);
    assert_non_null(strstr(err.msg, "No such file"));
    assert_non_null(strstr(err.source, "none/x.mp4"));
    assert_int_equal(hm_encode_film(&m.o, &m.s, dir, NULL), HM_ERR_SYSTEM);
    assert_int_equal(hm_encode_film(&m.o, &m.s, "/dev/null", NULL), HM_ERR_SYSTEM);
    for (int i = 0; i < 20; i++)
        assert_int_equal(drawn[i], 0);
    free(m.lr);
}

static void full_disk_leaves_nothing(void **state)
{
    (void)state;
    struct rlimit was, small;
    getrlimit(RLIMIT_FSIZE, &was);
    small = was;
    small.rlim_cur = 20000; /* as a disk that fills up: writes beyond fail */
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &small);
    int before = files_in_dir();
    made m = film_of(100, 2);
    hm_err err = {0};
    hm_status st = hm_encode_film(&m.o, &m.s, at("e.mp4"), &err);
    setrlimit(RLIMIT_FSIZE, &was);
    assert_int_equal(st, HM_ERR_SYSTEM);
    assert_non_null(strstr(err.source, "e.mp4"));
    assert_non_null(strstr(err.msg, "File too large"));
    assert_int_equal(files_in_dir(), before);
    free(m.lr);
}

static void bad_options_name_the_field(void **state)
{
    (void)state;
    hm_encode_opts o = hm_encode_opts_default();
    assert_int_equal(hm_encode_opts_check(&o, NULL), HM_OK);
    o.w_px = 321;
    hm_err err = {0};
    assert_int_equal(hm_encode_opts_check(&o, &err), HM_ERR_USAGE);
    assert_string_equal(err.field, "size");
    o = hm_encode_opts_default();
    o.fps = 0;
    err = (hm_err){0};
    assert_int_equal(hm_encode_opts_check(&o, &err), HM_ERR_USAGE);
    assert_string_equal(err.field, "fps");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_bytes_for_any_number_of_threads),
        cmocka_unit_test(every_frame_is_there_in_order_across_segments),
        cmocka_unit_test(index_stands_before_the_pictures),
        cmocka_unit_test(film_without_sound_has_one_stream),
        cmocka_unit_test(text_tracks_are_read_back_with_language_and_purpose),
        cmocka_unit_test(what_was_kept_is_not_drawn_again_and_makes_the_same_file),
        cmocka_unit_test(a_broken_piece_is_drawn_again_and_old_ones_go),
        cmocka_unit_test(decoded_sound_keeps_its_peaks_down),
        cmocka_unit_test(stopping_leaves_the_old_file_and_no_other),
        cmocka_unit_test(unwritable_place_is_known_before_drawing),
        cmocka_unit_test(full_disk_leaves_nothing),
        cmocka_unit_test(bad_options_name_the_field),
    };
    return cmocka_run_group_tests(tests, make_dir, drop_dir);
}

#endif
