/* stage/equipment.h - what this machine gives to a film: encoders, letters, music,
 * instructions. */
#ifndef HM_STAGE_EQUIPMENT_H
#define HM_STAGE_EQUIPMENT_H

#include <stdbool.h>

#include "base/arena.h"

/** One thing that was looked for. Texts are static or in the arena. */
typedef struct hm_equipment {
    const char *what, *found; /* found: version or name, or what stands in for it */
    const char *package;      /* Debian package that brings it, "" = nothing to install */
    bool works;
    bool needed; /* no film without it */
} hm_equipment;

enum { HM_EQUIPMENT_COUNT = 7 };

/**
 * Look for everything.
 * out    item  (HM_EQUIPMENT_COUNT)
 * errors none: what cannot be looked at does not work
 * memory arena.  threads: not while another thread draws text
 */
void hm_equipment_look(hm_arena *arena, hm_equipment item[HM_EQUIPMENT_COUNT]);

#endif
