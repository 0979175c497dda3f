/* stage/look_sheet.h - every look of one race on one sheet: a row a look, a column an instant. */
#ifndef HM_STAGE_LOOK_SHEET_H
#define HM_STAGE_LOOK_SHEET_H

#include "base/arena.h"
#include "base/status.h"
#include "data/race.h"
#include "stage/scene.h"

enum { HM_LOOK_SHEET_COLUMNS = 4 };

/**
 * Draw the sheet: set, the drive, the middle, the line; each look as it stages the race itself.
 *
 * in     race   valid
 *        only   name of one look; NULL = all
 *        w_px, h_px  of one picture, even, 64 .. 960
 * out    sheet  its pixels in arena; untouched on failure
 * errors HM_ERR_USAGE an unknown look or size; those of hm_look_direct and hm_show_new
 * memory arena, and a show at a time
 * threads: n_thread on each picture; the same bytes for any number
 * test   tests/unit/stage/test_look_body.c
 */
HM_CHECKED hm_status hm_look_sheet(const hm_race *race, const char *only, int32_t w_px,
                                   int32_t h_px, int n_thread, hm_arena *arena, hm_picture *sheet,
                                   hm_err *err);

#endif
