/* subtitle.c - text tracks as 3GPP timed text (TS 26.245): a sample is the length of the text in
 * two bytes, big end first, then the text in UTF-8; a length of 0 shows nothing. The description of
 * all samples ("tx3g", without its head) says where and how text stands:
 *
 *   bytes  what
 *   4      display flags: 0
 *   1 1    horizontal 1 = centred, vertical -1 = at the bottom
 *   4      ground, RGBA: nothing
 *   4 x 2  box, top left bottom right: 0, the player's
 *   2 2    style: first and last character, 0 0 = all
 *   2      font 1
 *   1 1    plain, 18 lines high
 *   4      colour, RGBA: white
 *   4+4    "ftab" and its size, 18; 2 fonts: 1; 2 id: 1; 1 length: 5; "Serif" */
#include "subtitle_priv.h"

#ifdef HM_HAS_FILM

#include "aac_priv.h"

#include <math.h>
#include <string.h>

static const uint8_t how[] = {0, 0,  0,   0,   1,   255, 0, 0, 0, 0,  0,   0,   0,   0,   0,   0,
                              0, 0,  0,   0,   0,   0,   0, 1, 0, 18, 255, 255, 255, 255, 0,   0,
                              0, 18, 'f', 't', 'a', 'b', 0, 1, 0, 1,  5,   'S', 'e', 'r', 'i', 'f'};

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, "film", 0, 0, NULL, "no memory left");
}

static int64_t tick_of(double t_s)
{
    return (int64_t)floor(t_s * STAGE_SUBTITLE_HZ + 0.5);
}

hm_status stage_subtitle_open(AVFormatContext *fmt, const hm_text_track *track, double film_s,
                              stage_subtitle *out, hm_err *err)
{
    static const char *const language[HM_LANG_COUNT] = {"eng", "jpn"}; /* ISO 639-2 */
    HM_TRY(hm_text_track_check(track, err));
    AVStream *s = avformat_new_stream(fmt, NULL);
    if (!s)
        return no_memory(err);
    s->time_base = (AVRational){1, STAGE_SUBTITLE_HZ};
    s->codecpar->codec_type = AVMEDIA_TYPE_SUBTITLE;
    s->codecpar->codec_id = AV_CODEC_ID_MOV_TEXT;
    s->codecpar->extradata = av_mallocz(sizeof how + AV_INPUT_BUFFER_PADDING_SIZE);
    if (!s->codecpar->extradata)
        return no_memory(err);
    memcpy(s->codecpar->extradata, how, sizeof how);
    s->codecpar->extradata_size = (int)sizeof how;
    s->disposition = track->kind == HM_TEXT_CAPTIONS
                         ? AV_DISPOSITION_CAPTIONS | AV_DISPOSITION_HEARING_IMPAIRED
                         : AV_DISPOSITION_DESCRIPTIONS | AV_DISPOSITION_VISUAL_IMPAIRED;
    av_dict_set(&s->metadata, "language", language[track->lang], 0);
    if (track->title)
        av_dict_set(&s->metadata, "handler_name", track->title, 0);
    *out = (stage_subtitle){.track = track, .stream = s, .end = tick_of(film_s)};
    return HM_OK;
}

static hm_status sample(const char *text, int64_t from, int64_t to, AVPacket **out, hm_err *err)
{
    size_t n = strlen(text);
    AVPacket *p = av_packet_alloc();
    if (!p || av_new_packet(p, (int)n + 2) < 0) {
        av_packet_free(&p);
        return no_memory(err);
    }
    p->data[0] = (uint8_t)(n >> 8);
    p->data[1] = (uint8_t)(n & 255);
    memcpy(p->data + 2, text, n);
    p->pts = p->dts = from;
    p->duration = to - from;
    p->flags |= AV_PKT_FLAG_KEY;
    *out = p;
    return HM_OK;
}

hm_status stage_subtitle_next(stage_subtitle *s, AVPacket **p, hm_err *err)
{
    *p = NULL;
    if (s->at >= s->end)
        return HM_OK;
    const char *text = "";
    int64_t from = s->at, to = s->end;
    if (s->i_cue < s->track->n_cue) {
        const hm_cue *c = &s->track->cue[s->i_cue];
        int64_t first = tick_of(c->from_s), last = tick_of(c->to_s);
        bool is_due = first <= from;
        text = is_due ? c->text : "";
        to = is_due ? last : first;
        s->i_cue += is_due;
    }
    to = to < s->end ? to : s->end;
    HM_TRY(sample(text, from, to, p, err));
    s->at = to;
    return HM_OK;
}

#else

typedef int stage_no_subtitle; /* a file must hold something */

#endif
