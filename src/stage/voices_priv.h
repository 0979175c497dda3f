/* voices_priv.h - the bank of single voices, read by the crowd. */
#ifndef HM_STAGE_VOICES_PRIV_H
#define HM_STAGE_VOICES_PRIV_H

#include "sound_priv.h"

/* Eight men, eight women, eight children; then whistles; then claps. */
enum {
    BANK_GROUP = 8,
    BANK_WHISTLE = 3 * BANK_GROUP,
    BANK_WHISTLE_N = 4,
    BANK_CLAP = BANK_WHISTLE + BANK_WHISTLE_N,
    BANK_CLAP_N = 6,
    BANK_N = BANK_CLAP + BANK_CLAP_N
};

struct sound_bank {
    int32_t n[BANK_N];
    float *v[BANK_N]; /* (n + 2), mono, two zeros behind */
};

#endif
