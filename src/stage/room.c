/* room.c - the bowl answers: eight delay lines that feed one another (a Householder network). */
#include "sound_priv.h"

#include "num/dmath.h"

enum { LINES = 8 };

/* Samples, prime, 31 to 100 ms: no two echoes fall together. */
static const int32_t length[LINES] = {1499, 1889, 2399, 2777, 3209, 3779, 4231, 4801};
#define DECAY_60_DB_S 1.9
#define DULL_HZ       3600.0
#define BEFORE_SAMPLE 2400 /* 50 ms until the first answer: walls 9 m away */

struct sound_room {
    double *line[LINES];
    double *before; /* (BEFORE_SAMPLE x 2) */
    int32_t at[LINES], before_at;
    double gain[LINES], low[LINES], pole;
};

sound_room *sound_room_new(hm_arena *a)
{
    sound_room *r = HM_PUSH(a, sound_room, 1);
    if (!r || !(r->before = HM_PUSH(a, double, 2 * BEFORE_SAMPLE)))
        return NULL;
    for (int k = 0; k < LINES; k++) {
        if (!(r->line[k] = HM_PUSH(a, double, length[k])))
            return NULL;
        r->gain[k] = hm_pow(10.0, -3.0 * length[k] / HM_AUDIO_HZ / DECAY_60_DB_S);
    }
    r->pole = sound_pole(DULL_HZ);
    return r;
}

static void one(sound_room *r, double left, double right, double out[2])
{
    double y[LINES], sum = 0.0;
    for (int k = 0; k < LINES; k++) {
        r->low[k] += r->pole * (r->line[k][r->at[k]] - r->low[k]);
        y[k] = r->low[k] * r->gain[k];
        sum += y[k];
    }
    sum *= 2.0 / LINES;
    for (int k = 0; k < LINES; k++) {
        /* The trace of a constant keeps the tail out of the slow numbers next to zero. */
        r->line[k][r->at[k]] = y[k] - sum + (k % 2 ? right : left) + 1e-18;
        r->at[k] = r->at[k] + 1 == length[k] ? 0 : r->at[k] + 1;
    }
    out[0] = y[0] - y[2] + y[4] - y[6];
    out[1] = y[1] - y[3] + y[5] - y[7];
}

void sound_room_block(sound_room *r, int64_t n, const float *send, double gain, float *out)
{
    for (int64_t i = 0; i < n; i++) {
        double *old = r->before + 2 * r->before_at, wet[2];
        one(r, old[0], old[1], wet);
        old[0] = (double)send[2 * i];
        old[1] = (double)send[2 * i + 1];
        r->before_at = r->before_at + 1 == BEFORE_SAMPLE ? 0 : r->before_at + 1;
        out[2 * i] += (float)(gain * wet[0]);
        out[2 * i + 1] += (float)(gain * wet[1]);
    }
}
