/* engine/marks.h - the marking page's questions to the program: calibrate, read and save a track,
 * write results. What the page shows is what `hecto measure` will say of the same files.
 *
 * in     in   an object; its members below
 * out    out  members are put into the object that is open there
 * errors those of the readers and of hm_view_fit, for the page to show
 * memory arena
 * test   tests/unit/web/test_marks.c, web/tests/mark.test.mjs */
#ifndef HM_ENGINE_MARKS_H
#define HM_ENGINE_MARKS_H

#include "io/json.h"

typedef struct engine engine; /* these calls keep nothing in it */

/** in: marks (text of a marks or truth file). out: text, the file as the program writes it, and all
 *  it says as an object. */
HM_CHECKED hm_status marks_read(engine *e, const hm_json *in, hm_arena *arena, hm_json_out *out,
                                hm_err *err);

/** in: marks (text). out: camera, ground, residual_px, residual_mm, leave_out_px, rms_px ... */
HM_CHECKED hm_status marks_fit(engine *e, const hm_json *in, hm_arena *arena, hm_json_out *out,
                               hm_err *err);

/** in: track (CSV). out: points (words), sources (words), persons: time_s and, for each frame and
 *  point in turn, x_px, y_px, sigma_px (null = not there), source. */
HM_CHECKED hm_status marks_track_read(engine *e, const hm_json *in, hm_arena *arena,
                                      hm_json_out *out, hm_err *err);

/** in: track (CSV), hand (CSV of corrections), marks (text or absent: places what was moved).
 *  out: text, the track as CSV with the corrections in it. */
HM_CHECKED hm_status marks_track_save(engine *e, const hm_json *in, hm_arena *arena,
                                      hm_json_out *out, hm_err *err);

/** in: clip, finish_x_m, rows of lane, name, time_s from the gun. out: sheet, lif. */
HM_CHECKED hm_status marks_results(engine *e, const hm_json *in, hm_arena *arena, hm_json_out *out,
                                   hm_err *err);

#endif
