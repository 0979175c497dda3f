/* costume_priv.h - the parts of hm_costume_of. */
#ifndef HM_STAGE_COSTUME_PRIV_H
#define HM_STAGE_COSTUME_PRIV_H

#include "stage/costume.h"

/** Who somebody is: his person, else his name. */
const char *costume_who(const hm_lane *lane);

/** Hash of that, or of the lane when there is none; below 2^56. */
uint64_t costume_entity(const hm_lane *lane);

/** Uniform draw in 0 .. 1 for this runner; what names the trait. */
float costume_draw(uint64_t seed, uint64_t entity, uint32_t what);

/** Colours and pattern of the kit: one choice for the race, so that neighbours differ. */
void costume_kit(const hm_race *race, const hm_lane *lane, uint64_t seed, hm_costume *c);

/** Skin, hair colour, face. */
void costume_person(const hm_lane *lane, const hm_shape *shape, uint64_t seed, hm_costume *c);

/** Who makes the text of bibs: opened by the first that is not recorded, closed after a few, since
 *  that gives all memory of the text library back. */
typedef struct bib_maker {
    hm_letters *letters; /* NULL = none */
    void *fonts;         /* text_make_priv.h */
} bib_maker;

void bib_maker_close(bib_maker *maker);

/** Draw a line of text, and a smaller one below (may be ""), into a coverage pyramid. */
HM_CHECKED hm_status costume_bib(bib_maker *maker, const char *text, const char *small,
                                 float width_m, float height_m, hm_arena *arena, hm_bib *out,
                                 hm_err *err);

#endif
