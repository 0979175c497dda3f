/* aac_priv.h - the sound of a film, coded; between aac.c and mux.c. */
#ifndef HM_STAGE_AAC_PRIV_H
#define HM_STAGE_AAC_PRIV_H

#ifdef HM_HAS_FILM

#include <libavcodec/avcodec.h>

#include "stage/encode.h"

/** The coder, and the packets that wait in a file without a name. */
typedef struct stage_aac stage_aac;

/** out: par, what the container has to know. s and beside are kept, not copied. */
hm_status stage_aac_new(const hm_encode_opts *o, const hm_encode_source *s, const char *beside,
                        AVCodecParameters *par, stage_aac **out, hm_err *err);

/** Code the sound, all of it. Where it would pass the ceiling once decoded, it is taken down and
 *  coded again. */
hm_status stage_aac_run(stage_aac *a, hm_err *err);

/** The packet at the head, times in samples; NULL = no more. Valid until it is dropped. */
hm_status stage_aac_first(stage_aac *a, AVPacket **out, hm_err *err);
void stage_aac_drop(stage_aac *a);

void stage_aac_destroy(stage_aac *a);

/** An error of libav's. */
hm_status stage_av_fail(hm_err *err, int code, const char *source);

#endif

#endif
