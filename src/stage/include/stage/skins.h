/* stage/skins.h - the skins of runners, kept from one film to the next: to build them is most of
 * what it takes to open a film. For who opens films of the same race again and again, on one
 * thread, and wants the first picture soon: skins that are seen from near wait until then. */
#ifndef HM_STAGE_SKINS_H
#define HM_STAGE_SKINS_H

#include <stddef.h>

typedef struct hm_skins hm_skins;

/** None yet; NULL without memory. */
hm_skins *hm_skins_new(void);

/** No film that was made with them may be left. NULL is fine. */
void hm_skins_destroy(hm_skins *s);

/** Forget all of them when they take more than this; about 0.6 MB a runner. No film may be left. */
void hm_skins_trim(hm_skins *s, size_t most_bytes);

#endif
