/* stage/contact.h - a contact sheet: frames of a film side by side, to look at them all at once. */
#ifndef HM_STAGE_CONTACT_H
#define HM_STAGE_CONTACT_H

#include "stage/show.h"

/**
 * Two frames of every shot, a quarter and three quarters through, four in a row.
 *
 * in     show   drawn from one thread; frames have its size
 *        film   the film of the show
 * out    sheet  picture in the arena
 * errors those of hm_show_draw_at; HM_ERR_SYSTEM no memory
 */
HM_CHECKED hm_status hm_contact_sheet(hm_show *show, const hm_film *film, hm_arena *arena,
                                      hm_picture *sheet, hm_err *err);

#endif
