#include "life/practice.h"

#include <math.h>

static const struct {
    const char *word, *text;
    hm_practice_effect effect;
} practice[] = {
#define HM_PRACTICE_ROW(name, word, text, load, technique, motivation, out)                        \
    {word, text, {load, technique, motivation, out}},
    HM_PRACTICE_LIST(HM_PRACTICE_ROW)
#undef HM_PRACTICE_ROW
};

const char *hm_practice_word(hm_practice which)
{
    return practice[which].word;
}

const char *hm_practice_text(hm_practice which)
{
    return practice[which].text;
}

hm_practice_effect hm_practice_effect_of(hm_practice which)
{
    return practice[which].effect;
}

double hm_practice_chance(const hm_life_params *params, const hm_person *person, int32_t n_around,
                          double weeks)
{
    double threshold = 1 + 2 * person->stubborn_frac;
    double over = fmax(n_around - threshold, 0);
    return fmin((params->practice_chance + params->practice_pull * over) * weeks, 1);
}
