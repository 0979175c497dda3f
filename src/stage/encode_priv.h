/* encode_priv.h - between the schedule of a film (encode.c) and the libraries that code it (mux.c,
 * aac.c). */
#ifndef HM_STAGE_ENCODE_PRIV_H
#define HM_STAGE_ENCODE_PRIV_H

#include "io/sink.h"
#include "stage/encode.h"

/** One segment: its own encoder, and the packets that came out so far. */
typedef struct stage_segment stage_segment;

/** The file being written: container, sound encoder, sound packets that wait for their place. */
typedef struct stage_mux stage_mux;

hm_status stage_segment_new(const hm_encode_opts *o, stage_segment **out, hm_err *err);

/** Encode one frame; nv12 may be used again after the call. */
hm_status stage_segment_push(stage_segment *g, uint8_t *nv12, hm_err *err);

/** No more frames: the rest of the packets, and the encoder is gone. */
hm_status stage_segment_end(stage_segment *g, hm_err *err);
void stage_segment_destroy(stage_segment *g);

/** An ended segment as bytes, and one made of them again. False: no memory, or no segment with the
 *  headers that are asked for; the bytes need not be sound. */
bool stage_segment_pack(const stage_segment *g, hm_memory *m);
bool stage_segment_unpack(const uint8_t *bytes, size_t n, const uint8_t *head, size_t n_head,
                          stage_segment **out);

/** The codec headers of a segment. */
const uint8_t *stage_segment_head(const stage_segment *g, size_t *n);

/** Version of the encoder's library, for keys. */
uint64_t stage_codec_version(void);

/** Open the file at path with headers as head has them; errors call it name (kept, not copied). */
hm_status stage_mux_new(const hm_encode_opts *o, const hm_encode_source *s, const char *path,
                        const char *name, const stage_segment *head, stage_mux **out, hm_err *err);

/** The codec headers of the file's pictures. */
const uint8_t *stage_mux_head(const stage_mux *m, size_t *n);

/** Encode the sound, all of it; before the first segment is written. */
hm_status stage_mux_sound(stage_mux *m, hm_err *err);

/** Write an ended segment that starts at first_frame, and the sound that belongs before its end. */
hm_status stage_mux_segment(stage_mux *m, stage_segment *g, int64_t first_frame, hm_err *err);

/** Write what is left and the index. */
hm_status stage_mux_end(stage_mux *m, hm_err *err);
void stage_mux_destroy(stage_mux *m);

#endif
