/* rotoscope_priv.h - the parts of the look of adolescence. */
#ifndef HM_STAGE_ROTOSCOPE_PRIV_H
#define HM_STAGE_ROTOSCOPE_PRIV_H

#include "look_priv.h"

/* Shots for HM_CUT_LOOK: shoulders, breath, two who run unlike, feet, the line, and afterwards. */
hm_status rotoscope_direct(const hm_race *race, const hm_direct_opts *opts, hm_arena *arena,
                           hm_film *film, hm_err *err);

#endif
