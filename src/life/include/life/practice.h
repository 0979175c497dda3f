/* life/practice.h - costly practices: what one takes up only when several around him do it. A
 * belief passes in one talk; getting up at five does not (complex contagion, arXiv 1810.03579), but
 * for a little noise.
 *
 * Lived in stories, where it is known who is around whom; what they do is booked to `idea`, and
 * they go with the switch `ideas`. All sizes are assumptions: docs/physics/life.md. */
#ifndef HM_LIFE_PRACTICE_H
#define HM_LIFE_PRACTICE_H

#include "life/state.h"

/* name, word, what one does, load, technique learned, motivation, days out: ratios but for z */
#define HM_PRACTICE_LIST(X)                                                                        \
    X(MORNING, "morning", "trains before the day begins", 1.04, 1, -0.10, 1)                       \
    X(WEIGHTS, "weights", "lifts all winter", 1.03, 1, -0.05, 1)                                   \
    X(FILM, "film", "films his runs and looks at them", 0.99, 1.25, 0, 1)                          \
    X(SLEEP, "sleep", "goes to bed early", 1, 1, -0.05, 0.95)

typedef enum hm_practice {
#define HM_PRACTICE_ENUM(name, word, text, load, technique, motivation, out) HM_PRACTICE_##name,
    HM_PRACTICE_LIST(HM_PRACTICE_ENUM)
#undef HM_PRACTICE_ENUM
        HM_PRACTICE_COUNT
} hm_practice;

const char *hm_practice_word(hm_practice practice);
const char *hm_practice_text(hm_practice practice);

/** What one practice does to whoever keeps it. */
typedef struct hm_practice_effect {
    double load_ratio, technique_ratio, motivation_z, return_frac; /* [1] */
} hm_practice_effect;

hm_practice_effect hm_practice_effect_of(hm_practice practice);

static inline bool hm_practice_kept(const hm_life_state *s, hm_practice practice)
{
    return s->practice >> practice & 1;
}

/**
 * Chance that one who does not keep a practice takes it up in some weeks.
 * in     n_around  of those around him who keep it; the stubborn need up to three, others one
 * errors none.  memory none.  threads: pure
 * test   tests/unit/life/test_practice.c (closed form)
 */
double hm_practice_chance(const hm_life_params *params, const hm_person *person, int32_t n_around,
                          double weeks);

#endif
