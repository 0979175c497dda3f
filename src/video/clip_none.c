/* clip_none.c - a program built without libav opens no clip. */
#include "video/clip.h"
#include "video/still.h"

#ifndef HM_HAS_FILM

#include <stddef.h>

static hm_status none(const char *path, hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, path, 0, 0, NULL,
                      "this hecto was built without libav, so it cannot read clips");
}

hm_status hm_clip_open(const char *path, const hm_clip_opts *opts, hm_arena *arena, hm_clip **clip,
                       hm_err *err)
{
    (void)opts, (void)arena, (void)clip;
    return none(path, err);
}

/* There is never a clip to ask. */
void hm_clip_skip(hm_clip *clip, double from_s)
{
    (void)clip, (void)from_s;
}

const hm_clip_info *hm_clip_info_of(const hm_clip *clip)
{
    (void)clip;
    return NULL;
}

hm_status hm_clip_next(hm_clip *clip, hm_clip_image *image, bool *more, hm_err *err)
{
    (void)clip, (void)image, (void)more;
    return none("clip", err);
}

bool hm_clip_is_whole(const hm_clip *clip)
{
    (void)clip;
    return false;
}

const hm_notes *hm_clip_notes(const hm_clip *clip)
{
    (void)clip;
    return NULL;
}

void hm_clip_close(hm_clip *clip)
{
    (void)clip;
}

hm_status hm_clip_times_read(const char *path, const hm_clip_opts *opts, hm_arena *arena,
                             hm_clip_times *times, hm_err *err)
{
    (void)opts, (void)arena, (void)times;
    return none(path, err);
}

hm_status hm_clip_stamps_read(const char *path, hm_arena *arena, int64_t *n, double **time_s,
                              hm_err *err)
{
    (void)arena, (void)n, (void)time_s;
    return none(path, err);
}

hm_status hm_still_jpeg(int32_t w_px, int32_t h_px, int64_t stride, const uint8_t *rgb,
                        hm_arena *arena, uint8_t **bytes, size_t *n, hm_err *err)
{
    (void)w_px, (void)h_px, (void)stride, (void)rgb, (void)arena, (void)bytes, (void)n;
    return none("picture", err);
}

hm_status hm_clip_sound_read(const char *path, double from_s, double to_s, hm_arena *arena,
                             hm_clip_sound *sound, hm_err *err)
{
    (void)from_s, (void)to_s, (void)arena, (void)sound;
    return none(path, err);
}

#else

typedef int clip_is_read; /* a file must hold something */

#endif
