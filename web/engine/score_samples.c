#include "score_samples.h"

#include "sound_priv.h"

struct score_player {
    const page_score *score;
    int64_t at; /* sample */
};

hm_status score_player_new(const hm_score *score, const char *soundfont, double from_s, hm_arena *a,
                           score_player **out, hm_err *err)
{
    (void)soundfont;
    score_player *p = HM_PUSH(a, score_player, 1);
    if (!p)
        return hm_err_set(err, HM_ERR_SYSTEM, "sound", 0, 0, NULL, "no memory left");
    *p = (score_player){(const page_score *)score, (int64_t)(from_s * (double)HM_AUDIO_HZ + 0.5)};
    *out = p;
    return HM_OK;
}

void score_player_block(score_player *p, int64_t n, float *lr)
{
    int64_t left = p->score->n_sample - p->at;
    for (int64_t i = 0; i < 2 * (n < left ? n : left); i++)
        lr[i] += p->score->lr[2 * p->at + i];
    p->at += n;
}

void score_player_free(score_player *p)
{
    (void)p; /* it lies in the arena */
}
