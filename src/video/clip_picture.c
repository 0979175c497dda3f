#include "clip_picture_priv.h"

#ifdef HM_HAS_FILM

#include "turn_priv.h"

#include <libavutil/pixdesc.h>
#include <string.h>

/* ---- what a frame holds ---- */

static bool is_plain_luma(const AVFrame *f)
{
    const AVPixFmtDescriptor *d = av_pix_fmt_desc_get(f->format);
    bool yuv =
        d && !(d->flags & (AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL | AV_PIX_FMT_FLAG_HWACCEL));
    return yuv && d->comp[0].depth == 8 && d->comp[0].step == 1 && d->comp[0].plane == 0 &&
           d->comp[0].offset == 0;
}

static bool has_colour(const AVFrame *f)
{
    const AVPixFmtDescriptor *d = av_pix_fmt_desc_get(f->format);
    return d && d->nb_components >= 3;
}

/* Colour in planes of its own, a quarter as many points. */
static bool is_plain_chroma(const AVFrame *f)
{
    const AVPixFmtDescriptor *d = av_pix_fmt_desc_get(f->format);
    return is_plain_luma(f) && has_colour(f) && d->log2_chroma_w == 1 && d->log2_chroma_h == 1 &&
           d->comp[1].plane == 1 && d->comp[2].plane == 2 && d->comp[1].step == 1 &&
           d->comp[2].step == 1 && f->linesize[1] == f->linesize[2];
}

static bool is_full_range(const AVFrame *f)
{
    const char *name = av_get_pix_fmt_name(f->format);
    return f->color_range == AVCOL_RANGE_JPEG || (name && strncmp(name, "yuvj", 4) == 0) ||
           f->format == AV_PIX_FMT_GRAY8;
}

/* The file's matrix, else BT.709 from 720 rows on, so that every version of libav does the same. */
static const int *matrix_of(const AVFrame *f)
{
    enum AVColorSpace space = f->colorspace;
    bool told = space == AVCOL_SPC_BT709 || space == AVCOL_SPC_BT470BG ||
                space == AVCOL_SPC_SMPTE170M || space == AVCOL_SPC_BT2020_NCL;
    int other = f->height >= 720 ? SWS_CS_ITU709 : SWS_CS_ITU601;
    return sws_getCoefficients(!told                           ? other
                               : space == AVCOL_SPC_BT2020_NCL ? SWS_CS_BT2020
                               : space == AVCOL_SPC_BT709      ? SWS_CS_ITU709
                                                               : SWS_CS_ITU601);
}

/* ---- conversion ---- */

static enum AVPixelFormat without_j(int format)
{
    switch (format) {
    case AV_PIX_FMT_YUVJ420P:
        return AV_PIX_FMT_YUV420P;
    case AV_PIX_FMT_YUVJ422P:
        return AV_PIX_FMT_YUV422P;
    case AV_PIX_FMT_YUVJ444P:
        return AV_PIX_FMT_YUV444P;
    default:
        return format;
    }
}

static enum AVPixelFormat wanted(const clip_picture *p, const AVFrame *f)
{
    return p->pixels == HM_CLIP_RGB ? AV_PIX_FMT_RGB24
           : has_colour(f)          ? AV_PIX_FMT_YUV420P
                                    : AV_PIX_FMT_GRAY8;
}

/* Planes keep the file's range of luma; all else is made 0 .. 255. */
static bool make_sws(clip_picture *p, const AVFrame *f)
{
    if (p->sws && p->sws_w == f->width && p->sws_h == f->height && p->sws_format == f->format)
        return true;
    enum AVPixelFormat to = wanted(p, f);
    sws_freeContext(p->sws);
    p->sws = sws_getContext(f->width, f->height, without_j(f->format), f->width, f->height, to,
                            SWS_BILINEAR | SWS_ACCURATE_RND | SWS_BITEXACT | SWS_FULL_CHR_H_INT,
                            NULL, NULL, NULL);
    p->sws_w = f->width;
    p->sws_h = f->height;
    p->sws_format = f->format;
    const int *matrix = matrix_of(f);
    bool from_full = is_full_range(f), to_full = to != AV_PIX_FMT_YUV420P || from_full;
    return p->sws && sws_setColorspaceDetails(p->sws, matrix, from_full, matrix, to_full, 0,
                                              1 << 16, 1 << 16) >= -1;
}

/* Three bytes a pixel hold every kind of picture that is asked for. */
static bool make_room(const clip_picture *p, const AVFrame *f, uint8_t **room)
{
    enum { ROW_SPARE = 64 }; /* libswscale writes past the end of rows */
    size_t w = (size_t)f->width, h = (size_t)f->height;
    size_t n = (3 * w + ROW_SPARE) * h, m = (3 * h + ROW_SPARE) * w;
    if (!*room)
        *room = HM_PUSH(p->arena, uint8_t, n > m ? n : m);
    return *room != NULL;
}

static int32_t half(int32_t px)
{
    return (px + 1) / 2;
}

/* Planes one behind the other, rows of luma with room to spare. */
static bool convert(clip_picture *p, const AVFrame *f, hm_clip_image *image)
{
    if (!make_room(p, f, &p->coded) || !make_sws(p, f))
        return false;
    enum AVPixelFormat to_format = wanted(p, f);
    bool planar = to_format == AV_PIX_FMT_YUV420P;
    int stride = to_format == AV_PIX_FMT_RGB24 ? 3 * f->width : (f->width + 31) & ~31;
    int half_stride = planar ? stride / 2 : 0;
    uint8_t *to[4] = {p->coded};
    if (planar) {
        to[1] = to[0] + (size_t)stride * (size_t)f->height;
        to[2] = to[1] + (size_t)half_stride * (size_t)half(f->height);
    }
    int to_stride[4] = {stride, half_stride, half_stride};
    sws_scale(p->sws, (const uint8_t *const *)f->data, f->linesize, 0, f->height, to, to_stride);
    image->bytes = to[0];
    image->stride = stride;
    image->black = planar && !is_full_range(f) ? 16 : 0;
    image->white = planar && !is_full_range(f) ? 235 : 255;
    for (int k = 0; k < 2 && planar; k++)
        image->chroma[k] = to[1 + k];
    image->chroma_stride = half_stride;
    return true;
}

/* ---- turning ---- */

/* All planes, one behind the other. */
static bool turn(clip_picture *p, const AVFrame *f, int32_t turn_deg, hm_clip_image *image)
{
    if (!make_room(p, f, &p->turned))
        return false;
    int32_t n = p->pixels == HM_CLIP_RGB ? 3 : 1, w = half(f->width), h = half(f->height);
    turn_picture(image->bytes, image->stride, f->width, f->height, n, turn_deg, p->turned);
    uint8_t *to = p->turned + (size_t)f->width * (size_t)f->height;
    for (int k = 0; k < 2 && image->chroma[0]; k++, to += (size_t)w * (size_t)h) {
        turn_picture(image->chroma[k], image->chroma_stride, w, h, 1, turn_deg, to);
        image->chroma[k] = to;
    }
    bool lies = turn_deg != 180;
    image->bytes = p->turned;
    image->width_px = lies ? f->height : f->width;
    image->height_px = lies ? f->width : f->height;
    image->stride = (int64_t)image->width_px * n;
    image->chroma_stride = lies ? h : w;
    return true;
}

bool clip_picture_take(clip_picture *p, const AVFrame *f, int32_t turn_deg, hm_clip_image *image)
{
    bool plain =
        p->pixels == HM_CLIP_LUMA && is_plain_luma(f) && (is_plain_chroma(f) || !has_colour(f));
    image->width_px = f->width;
    image->height_px = f->height;
    if (plain) {
        image->black = is_full_range(f) ? 0 : 16;
        image->white = is_full_range(f) ? 255 : 235;
        image->bytes = f->data[0];
        image->stride = f->linesize[0];
        for (int k = 0; k < 2 && is_plain_chroma(f); k++)
            image->chroma[k] = f->data[1 + k];
        image->chroma_stride = f->linesize[1];
    }
    if (!plain && !convert(p, f, image))
        return false;
    return turn_deg == 0 || turn(p, f, turn_deg, image);
}

void clip_picture_free(clip_picture *p)
{
    sws_freeContext(p->sws);
    p->sws = NULL;
}

#endif
