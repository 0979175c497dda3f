#include "clip_priv.h"

#include <math.h>
#include <string.h>

hm_clip_opts hm_clip_opts_default(void)
{
    return (hm_clip_opts){HM_CLIP_LUMA, 0, INFINITY, NAN};
}

#ifdef HM_HAS_FILM

#include "clip_picture_priv.h"

#include <libavutil/display.h>

enum {
    BROKEN_MAX = 200 /* images in a row that cannot be decoded: then the clip has ended */
};

struct hm_clip {
    clip_file file;
    hm_clip_opts opts;
    hm_clip_info info;
    hm_arena *arena;
    hm_notes notes;
    AVCodecContext *dec;
    AVPacket *packet;
    AVFrame *frame;
    clip_picture picture;
    int64_t n_packet, n_seen; /* read, and decoded, since the file was opened or sought */
    int64_t last_stamp;
    bool any, flushing, ended, sought, damaged;
    int32_t n_broken; /* in a row */
    int32_t n_note;
};

/* ---- what the file says ---- */

static int32_t rotation_of(const AVStream *st)
{
    const uint8_t *m = av_stream_get_side_data(st, AV_PKT_DATA_DISPLAYMATRIX, NULL);
    int32_t matrix[9];
    if (!m)
        return 0;
    memcpy(matrix, m, sizeof matrix);
    double turn = -av_display_rotation_get(matrix); /* libav counts the other way round */
    int quarter = isnan(turn) ? 0 : (int)floor(turn / 90 + 0.5);
    return 90 * ((quarter % 4 + 4) % 4);
}

/* iPhones and Androids write the rate of slow motion into tags of the file. */
static double camera_fps(const clip_file *f)
{
    const AVDictionaryEntry *e = av_dict_get(f->fmt->metadata, "com.android.capture.fps", NULL, 0);
    double fps = e ? strtod(e->value, NULL) : (double)NAN;
    return fps > 0 && fps < 1e5 ? fps : (double)NAN;
}

static void fill_info(hm_clip *c)
{
    const clip_file *f = &c->file;
    const AVStream *st = f->video;
    hm_clip_info *i = &c->info;
    i->rotation_deg = rotation_of(st);
    bool lies = i->rotation_deg % 180 != 0;
    i->width_px = lies ? st->codecpar->height : st->codecpar->width;
    i->height_px = lies ? st->codecpar->width : st->codecpar->height;
    i->codec = avcodec_get_name(st->codecpar->codec_id);
    i->container = f->fmt->iformat->long_name ? f->fmt->iformat->long_name : f->fmt->iformat->name;
    i->time_base_num = st->time_base.num;
    i->time_base_den = st->time_base.den;
    i->fps = st->avg_frame_rate.num > 0 ? av_q2d(st->avg_frame_rate) : (double)NAN;
    i->slow = clip_slow(f, c->opts.capture_fps);
    i->camera_fps = camera_fps(f);
    i->duration_s = st->duration > 0       ? (double)st->duration * av_q2d(st->time_base) / i->slow
                    : f->fmt->duration > 0 ? (double)f->fmt->duration / AV_TIME_BASE / i->slow
                                           : (double)NAN;
    i->n_frame = st->nb_frames;
    i->has_sound = f->audio != NULL;
}

static hm_status check_picture(const hm_clip *c, hm_err *err)
{
    const AVCodecParameters *p = c->file.video->codecpar;
    if (p->width < 16 || p->height < 16 || p->width > HM_CLIP_SIDE_MAX ||
        p->height > HM_CLIP_SIDE_MAX)
        return hm_err_set(err, HM_ERR_INPUT, c->file.path, 0, 0, NULL,
                          "expected a picture of 16 to %d pixels a side, found %d x %d",
                          HM_CLIP_SIDE_MAX, p->width, p->height);
    bool woven = p->field_order != AV_FIELD_UNKNOWN && p->field_order != AV_FIELD_PROGRESSIVE;
    if (woven)
        return hm_err_set(err, HM_ERR_INPUT, c->file.path, 0, 0, NULL,
                          "expected whole images, found interlaced ones; part the fields first");
    return HM_OK;
}

/* ---- opening ---- */

/* To the key image at or before from_s. The count of images starts anew, so messages then count
 * from there. */
static void seek(hm_clip *c)
{
    const AVStream *st = c->file.video;
    if (!(c->opts.from_s > 0))
        return;
    double stamp = (double)c->file.zero + c->opts.from_s * c->info.slow / av_q2d(st->time_base);
    c->sought = stamp < 9e18 &&
                av_seek_frame(c->file.fmt, st->index, (int64_t)stamp, AVSEEK_FLAG_BACKWARD) >= 0;
}

static hm_status start(hm_clip *c, const char *path, hm_err *err)
{
    HM_TRY(clip_file_open(&c->file, path, c->arena, err));
    if (!c->file.video)
        return hm_err_set(err, HM_ERR_INPUT, path, 0, 0, NULL, "expected pictures, found none");
    HM_TRY(check_picture(c, err));
    HM_TRY(clip_decoder_open(&c->file, c->file.video, &c->dec, err));
    if (c->file.audio)
        c->file.audio->discard = AVDISCARD_ALL;
    c->packet = av_packet_alloc();
    c->frame = av_frame_alloc();
    if (!c->packet || !c->frame)
        return hm_err_set(err, HM_ERR_SYSTEM, path, 0, 0, NULL, "no memory");
    fill_info(c);
    seek(c);
    return HM_OK;
}

hm_status hm_clip_open(const char *path, const hm_clip_opts *opts, hm_arena *arena, hm_clip **clip,
                       hm_err *err)
{
    hm_clip *c = HM_PUSH(arena, hm_clip, 1);
    if (!c)
        return hm_err_set(err, HM_ERR_SYSTEM, path, 0, 0, NULL, "no memory");
    c->opts = opts ? *opts : hm_clip_opts_default();
    c->arena = arena;
    c->picture = (clip_picture){.pixels = c->opts.pixels, .arena = arena};
    hm_status status = start(c, path, err);
    if (status == HM_OK)
        *clip = c;
    else
        hm_clip_close(c);
    return status;
}

void hm_clip_close(hm_clip *c)
{
    if (!c)
        return;
    clip_picture_free(&c->picture);
    av_frame_free(&c->frame);
    av_packet_free(&c->packet);
    avcodec_free_context(&c->dec);
    clip_file_close(&c->file);
}

void hm_clip_skip(hm_clip *c, double from_s)
{
    c->opts.from_s = from_s > c->opts.from_s ? from_s : c->opts.from_s;
}

const hm_clip_info *hm_clip_info_of(const hm_clip *clip)
{
    return &clip->info;
}

const hm_notes *hm_clip_notes(const hm_clip *clip)
{
    return &clip->notes;
}

bool hm_clip_is_whole(const hm_clip *c)
{
    bool short_of = c->flushing && !c->sought && c->n_packet < c->info.n_frame;
    return !c->damaged && !short_of;
}

/* ---- decoding ---- */

static void say(hm_clip *c, const char *what)
{
    enum { NOTE_MAX = 20 };
    if (c->n_note++ < NOTE_MAX)
        (void)hm_notes_add(&c->notes, c->arena, "image %lld%s: %s", (long long)c->n_seen,
                           c->sought ? " from where reading began" : "", what);
}

/* The next packet of the picture to the decoder; at the end of the file, the end. */
static int feed(hm_clip *c)
{
    for (;;) {
        int code = av_read_frame(c->file.fmt, c->packet);
        if (code < 0) {
            c->flushing = true;
            c->damaged |= code != AVERROR_EOF;
            return avcodec_send_packet(c->dec, NULL);
        }
        bool ours = c->packet->stream_index == c->file.video->index;
        c->n_packet += ours;
        code = ours ? avcodec_send_packet(c->dec, c->packet) : 0;
        av_packet_unref(c->packet);
        if (ours)
            return code;
    }
}

/* One image into frame. Returns 0 when there is none left. */
static int decode(hm_clip *c)
{
    for (;;) {
        int code = avcodec_receive_frame(c->dec, c->frame);
        if (code == 0) {
            c->n_broken = 0;
            return 1;
        }
        if (code == AVERROR_EOF || (code == AVERROR(EAGAIN) && c->flushing))
            return 0;
        if (code == AVERROR(EAGAIN))
            code = feed(c);
        if (code < 0 && code != AVERROR(EAGAIN)) {
            c->damaged = true;
            say(c, "cannot be decoded");
            if (++c->n_broken >= BROKEN_MAX || c->flushing)
                return 0;
        }
    }
}

/* ---- one image after the other ---- */

static hm_status give(hm_clip *c, double time_s, hm_clip_image *image, hm_err *err)
{
    hm_clip_image out = {.number = c->n_seen - 1, .time_s = time_s};
    if (!clip_picture_take(&c->picture, c->frame, c->info.rotation_deg, &out))
        return hm_err_set(err, HM_ERR_SYSTEM, c->file.path, 0, 0, NULL, "no memory");
    *image = out;
    return HM_OK;
}

/* Can the image in frame be used? */
static bool has_place(hm_clip *c)
{
    const AVFrame *f = c->frame;
    int64_t stamp = f->best_effort_timestamp;
    if (f->flags & AV_FRAME_FLAG_CORRUPT || f->decode_error_flags) {
        c->damaged = true;
        say(c, "is damaged");
    }
    if (f->width != c->file.video->codecpar->width ||
        f->height != c->file.video->codecpar->height) {
        say(c, "has another size than the first and is left out");
        return false;
    }
    if (stamp == AV_NOPTS_VALUE) {
        say(c, "has no time stamp and is left out");
        return false;
    }
    if (c->any && stamp <= c->last_stamp) {
        say(c, "has a time stamp that does not rise and is left out");
        return false;
    }
    c->any = true;
    c->last_stamp = stamp;
    return true;
}

static hm_status check_image(const hm_clip *c, hm_err *err)
{
    if (c->frame->interlaced_frame)
        return hm_err_set(err, HM_ERR_INPUT, c->file.path, 0, 0, NULL,
                          "expected whole images, found interlaced ones; part the fields first");
    if (c->n_seen > HM_CLIP_FRAME_MAX)
        return hm_err_set(err, HM_ERR_INPUT, c->file.path, 0, 0, NULL, "expected at most %d images",
                          HM_CLIP_FRAME_MAX);
    return HM_OK;
}

hm_status hm_clip_next(hm_clip *c, hm_clip_image *image, bool *more, hm_err *err)
{
    while (!c->ended) {
        if (!decode(c)) {
            c->ended = true;
            break;
        }
        c->n_seen++;
        HM_TRY(check_image(c, err));
        if (!has_place(c))
            continue;
        double time_s = clip_time_s(&c->file, c->file.video, c->last_stamp) / c->info.slow;
        if (time_s < c->opts.from_s)
            continue;
        if (time_s >= c->opts.to_s)
            break;
        *more = true;
        return give(c, time_s, image, err);
    }
    if (!c->any && c->n_seen > 0)
        return hm_err_set(err, HM_ERR_INPUT, c->file.path, 0, 0, NULL,
                          "expected images with time stamps, found none");
    *more = false;
    return HM_OK;
}

#endif
