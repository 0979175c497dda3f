/* show_key.c - what each frame of a show is made from, as a key: the program, the race, look and
 * options, venue, size, and the instant with its camera, its graphics and their letters. Two frames
 * with one key have the same bytes; a frame may have another key for nothing, which costs only a
 * drawing. */
#include "encode_priv.h"
#include "overlay_priv.h"
#include "show_priv.h"

#include <math.h>
#include <string.h>

#include "base/hash.h"
#include "data/race_file.h"

static uint64_t add_text(uint64_t h, const char *text)
{
    size_t n = text ? strlen(text) : 0;
    return hm_hash(hm_hash_u64(h, n), text ? text : "", n);
}

static uint64_t add_double(uint64_t h, double v)
{
    uint64_t bits;
    memcpy(&bits, &v, sizeof bits);
    return hm_hash_u64(h, bits);
}

static uint64_t add_options(uint64_t h, const hm_look *look, const void *own)
{
    const hm_option_table *t = hm_look_table(look);
    h = add_text(h, hm_look_name(look));
    for (int32_t i = 0; i < t->n; i++) {
        const char *at = (const char *)own + t->row[i].offset;
        static const size_t bytes[] = {[HM_OPTION_DOUBLE] = sizeof(double),
                                       [HM_OPTION_INT] = sizeof(int32_t),
                                       [HM_OPTION_SEED] = sizeof(uint64_t),
                                       [HM_OPTION_BOOL] = sizeof(bool),
                                       [HM_OPTION_WORD] = sizeof(int32_t)};
        const char *text = NULL;
        if (t->row[i].type == HM_OPTION_TEXT) {
            memcpy(&text, at, sizeof text);
            h = add_text(h, text);
        } else {
            h = hm_hash(h, at, bytes[t->row[i].type]);
        }
    }
    return h;
}

static hm_status add_race(uint64_t *h, const hm_race *race, hm_err *err)
{
    hm_arena a;
    char *text;
    size_t n;
    hm_arena_init(&a, 1 << 20);
    hm_status s = hm_race_print(race, &a, &text, &n, err);
    if (s == HM_OK)
        *h = hm_hash(*h, text, n);
    for (int32_t i = 0; i < race->n_lane; i++)
        *h = add_text(*h, race->lane[i].person);
    hm_arena_free(&a);
    return s;
}

static hm_status add_rivals(uint64_t *h, const hm_rivals *r, hm_err *err)
{
    if (!r)
        return HM_OK;
    *h = add_text(*h, r->record.name);
    *h = hm_hash_u64(*h, (uint64_t)r->record.official_cs);
    const hm_curve *c = r->record.curve;
    if (c) {
        *h = add_double(*h, c->dt_s);
        *h = hm_hash(*h, c->x_m, (size_t)c->n * sizeof *c->x_m);
        *h = hm_hash(*h, c->v_mps, (size_t)c->n * sizeof *c->v_mps);
    }
    for (int32_t i = 0; i < r->n_ghost; i++) {
        HM_TRY(add_race(h, r->ghost[i].race, err));
        *h = hm_hash_u64(*h, (uint64_t)r->ghost[i].i_lane * 64 + (uint64_t)r->ghost[i].lane);
    }
    return HM_OK;
}

/* What all frames share. */
static hm_status base_key(const show_parts *p, uint64_t program, const hm_encode_opts *e,
                          uint64_t *key, hm_err *err)
{
    const hm_show_opts *o = p->opts;
    double first_s = (double)INFINITY; /* a look may ask whether the film shows what was before */
    uint64_t h = hm_hash_u64(HM_HASH_START, program);
    h = hm_hash_u64(h, stage_codec_version());
    const int64_t numbers[] = {e->w_px,
                               e->h_px,
                               e->fps,
                               e->crf,
                               o->n_hold,
                               o->overlays,
                               o->venue.kind,
                               o->venue.hour,
                               o->burn,
                               p->film->lang,
                               (int64_t)p->film->seed};
    h = hm_hash(h, numbers, sizeof numbers);
    h = add_double(h, (double)o->venue.attendance_frac);
    for (int32_t i = 0; i < p->film->n_shot; i++)
        first_s = fmin(first_s, p->film->shot[i].race_from_s);
    h = add_double(h, first_s);
    HM_TRY(add_race(&h, p->race, err));
    HM_TRY(add_rivals(&h, p->film->rivals, err));
    if (p->overlay)
        h = hm_hash_u64(h, overlay_hash(p->overlay));
    *key = h;
    return HM_OK;
}

static uint64_t add_moment(uint64_t h, const hm_moment *m)
{
    const double numbers[] = {m->film_t_s, m->shot_t_s, m->shot_left_s,
                              m->race_t_s, m->rate,     m->obsession_frac};
    const float camera[] = {m->camera.eye_m.x, m->camera.eye_m.y,  m->camera.eye_m.z,
                            m->camera.aim_m.x, m->camera.aim_m.y,  m->camera.aim_m.z,
                            m->camera.near_m,  m->camera.vfov_rad, m->camera.roll_rad};
    h = hm_hash(h, numbers, sizeof numbers);
    h = hm_hash(h, camera, sizeof camera);
    h = hm_hash(h, m->lane, (size_t)m->n_lane * sizeof m->lane[0]);
    h = hm_hash_u64(h, m->overlays);
    return hm_hash_u64(h, (uint64_t)m->has_obsession * 2 + m->shot->plain);
}

static uint64_t frame_key(const show_parts *p, uint64_t base, double film_t_s)
{
    hm_moment m, mid;
    hm_film_at(p->film, p->race, film_t_s, &m);
    const drawing_look *use = &p->set->look[p->set->look_of_shot[m.i_shot]];
    uint64_t h = add_moment(base, &m);
    h = add_options(h, use->look, use->film.own);
    /* graphics fade by what stands before and after, and keep their rows from the shot's middle */
    int32_t i = m.i_shot, last = p->film->n_shot - 1;
    h = hm_hash_u64(h, i > 0 ? p->film->shot[i - 1].overlays : 0);
    h = hm_hash_u64(h, i < last ? p->film->shot[i + 1].overlays : 0);
    hm_film_at(p->film, p->race, 0.5 * (m.shot->from_s + m.shot->to_s), &mid);
    h = add_moment(h, &mid);
    return p->overlay ? hm_hash_u64(h, overlay_hash_at(p->overlay, &m)) : h;
}

hm_status show_frame_keys(const hm_show *s, uint64_t program, const hm_encode_opts *encode,
                          int64_t n, uint64_t key[], hm_err *err)
{
    show_parts p = show_parts_of(s);
    uint64_t base;
    HM_TRY(base_key(&p, program, encode, &base, err));
    for (int64_t k = 0; k < n; k++)
        key[k] = frame_key(&p, base, hm_show_film_s(s, k));
    return HM_OK;
}

const uint64_t (*stage_segment_keys(int64_t n_frame, const uint64_t frame[], hm_arena *arena))[2]
{
    int64_t n = (n_frame - 1) / HM_ENCODE_SEGMENT_FRAME + 1;
    uint64_t(*key)[2] = hm_arena_push(arena, (size_t)n, sizeof *key);
    for (int64_t i = 0; key && i < n; i++)
        key[i][0] = HM_HASH_START, key[i][1] = ~HM_HASH_START;
    for (int64_t k = 0; key && k < n_frame; k++) {
        uint64_t *at = key[k / HM_ENCODE_SEGMENT_FRAME];
        at[0] = hm_hash_u64(at[0], frame[k]);
        at[1] = hm_hash_u64(at[1], frame[k]);
    }
    return (const uint64_t(*)[2])key;
}
