/* score_samples.h - music where no synthesiser is: the samples that the native program made of the
 * same score, played into the same mix. */
#ifndef HM_ENGINE_SCORE_SAMPLES_H
#define HM_ENGINE_SCORE_SAMPLES_H

#include "stage/score.h"

/** A score that the mix takes as any other, and its sound. */
typedef struct page_score {
    hm_score score;  /* first: whoever is given the score finds the rest behind it */
    const float *lr; /* (n_sample x 2) as hm_sound_stem gives HM_STEM_SCORE */
    int64_t n_sample;
} page_score;

#endif
