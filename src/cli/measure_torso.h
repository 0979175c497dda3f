/* cli/measure_torso.h - torsos at planes as tables, observations and files: what --slit and --gates
 * share. */
#ifndef HM_CLI_MEASURE_TORSO_H
#define HM_CLI_MEASURE_TORSO_H

#include "measure_verb.h"
#include "video/crossing.h"
#include "video/slit.h"

#define MEASURE_TO_90 1.6449 /* half a 90 % interval of a normal number, in standard deviations */

/** Torsos of one pass over the clip. */
typedef struct measure_torsos {
    hm_crossings found;
    double zero_s;       /* of the clock that is printed, on the clip's time line */
    double zero_sigma_s; /* common to all: gun, way of the sound, offset */
    bool from_gun;
} measure_torsos;

/** Go through the clip; find the start; remark what is doubtful. */
HM_CHECKED hm_status measure_cross(measure_job *job, int32_t n_plane, const double plane_x_m[],
                                   measure_torsos *out, hm_err *err);

/** Name of a lane of the marks, "lane 4" when it has none. */
const char *measure_name(const measure_job *job, const hm_torso *t);

/** Remarks of one torso: "by hand", "hidden", "unsure lane". */
const char *measure_remark(const measure_job *job, const hm_torso *t);

/** The table of what the times rest on, 90 % parts in ms, own and common apart. */
HM_CHECKED hm_status measure_print_budget(const measure_job *job, const measure_torsos *t,
                                          hm_err *err);

/** All that are seen as observations; the plane at finish_x_m is a finish. */
HM_CHECKED hm_status measure_observe_torsos(measure_job *job, const measure_torsos *t, hm_err *err);

/** The finishers by time. out order (n) indices of torsos that are seen at the plane; returns n */
int32_t measure_order(const measure_torsos *t, double x_m, int32_t order[HM_MARKS_LANE_MAX]);

/** --lif and --sheet, when asked. */
HM_CHECKED hm_status measure_write_results(const measure_job *job, const measure_torsos *t,
                                           hm_err *err);

/** The slit picture with its scale and its torsos, for the marking page (docs/formats/slit.md). */
HM_CHECKED hm_status measure_write_hashlines(const measure_job *job, const measure_torsos *t,
                                             const hm_slit *slit, const char *path, hm_err *err);

#endif
