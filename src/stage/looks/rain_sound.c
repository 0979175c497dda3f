/* rain_sound.c - what is heard besides the race: steps of the errands, water at its places. */
#include "rain_priv.h"

enum { N_SOURCE = 12 };

static int32_t list_treads(const rain_state *s, int32_t n_lane, hm_tread *out)
{
    int32_t n = 0;
    for (int32_t i = 0; i < n_lane; i++)
        for (int which = 0; s->life[i].has && which < 2; which++) {
            const hm_errands *e = which ? &s->life[i].after : &s->life[i].before;
            for (int32_t k = 0; k < e->n_step; k++, n++)
                if (out)
                    out[n] = (hm_tread){e->step[k].on_s, hm_v3(e->step[k].x_m, 0, e->step[k].z_m),
                                        0.9 * (double)e->step[k].force, (uint32_t)i};
        }
    return n;
}

static int32_t list_sources(const rain_place *p, hm_source *s)
{
    float left = (float)p->left_m + 0.2f, roof = RAIN_ROOF_M;
    float in = (float)p->gate_in_m + 0.8f, out = (float)p->gate_out_m - 0.9f;
    int32_t n = 0;
    for (int k = 0; k < 2; k++) {
        float z = (float)(k ? p->exit_z_m : p->gate_z_m);
        s[n++] = (hm_source){hm_v3(in, roof, z), HM_SOURCE_ROOF, 1.0};
        s[n++] = (hm_source){hm_v3(out, roof, z), HM_SOURCE_ROOF, 1.0};
    }
    for (int k = -1; k <= 2; k++) { /* drains lie eight metres apart (rain_world.c) */
        float z = (float)p->drain_z_m + 8.0f * (float)k;
        s[n++] = (hm_source){hm_v3(left, 0, z + 0.3f), HM_SOURCE_DRAIN, 0.9};
        if (k < 1)
            s[n++] = (hm_source){hm_v3(left, 0, z + 4.0f), HM_SOURCE_GUTTER, 0.8};
    }
    s[n++] = (hm_source){hm_v3((float)p->board_m - 0.5f, 1.9f, (float)p->coat_z_m + 3.4f),
                         HM_SOURCE_UMBRELLA, 1.0};
    s[n++] = (hm_source){hm_v3((float)p->board_m - 0.5f, 1.9f, (float)p->coat_z_m + 9.0f),
                         HM_SOURCE_UMBRELLA, 1.0};
    return n;
}

hm_status rain_hear(const look_film *f, hm_arena *arena, hm_sound_opts *sound, hm_err *err)
{
    const rain_state *s = f->state;
    rain_place p = rain_place_of(f->race);
    int32_t n = list_treads(s, f->race->n_lane, NULL);
    hm_tread *tread = HM_PUSH(arena, hm_tread, n + 1);
    hm_source *source = HM_PUSH(arena, hm_source, N_SOURCE);
    if (!tread || !source)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the sound");
    sound->n_tread = list_treads(s, f->race->n_lane, tread);
    sound->tread = tread;
    sound->n_source = list_sources(&p, source);
    sound->source = source;
    return HM_OK;
}
