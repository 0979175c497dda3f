/* overlay_hash.c - the letters of an overlay as a key: another font or another word, another key.
 */
#include "overlay_priv.h"

#include <string.h>

#include "base/hash.h"

static uint64_t add_run(uint64_t h, const text_run *r)
{
    const int32_t box[] = {r->advance_px, r->x_px, r->y_px, r->w_px, r->h_px};
    h = hm_hash(h, box, sizeof box);
    return r->w_px > 0 ? hm_hash(h, r->cover, (size_t)r->w_px * (size_t)r->h_px) : h;
}

static uint64_t add_block(uint64_t h, const text_block *b)
{
    h = hm_hash_u64(h, (uint64_t)b->n);
    for (int32_t i = 0; i < b->n; i++)
        h = add_run(h, &b->line[i]);
    return h;
}

uint64_t overlay_hash(const hm_overlay *o)
{
    uint64_t h = HM_HASH_START;
    for (int32_t s = 0; s < TEXT_STYLE_COUNT; s++)
        for (int32_t i = 0; i < TEXT_GLYPH_COUNT; i++)
            h = add_run(h, &o->text.glyph[s][i]);
    for (int32_t i = 0; i < OV_WORD_COUNT; i++)
        h = add_run(h, &o->word[i]);
    for (int32_t i = 0; i < o->race->n_lane; i++) {
        const ov_lane_text *t = &o->lane[i];
        h = add_run(h, &t->tag);
        h = add_run(h, &t->order);
        h = add_run(h, &t->board);
        h = add_run(h, &t->card);
    }
    for (int32_t i = 0; i < o->ghosts.race.n_lane; i++)
        h = add_run(h, &o->ghost[i].tag);
    return add_run(h, &o->record_name);
}

uint64_t overlay_hash_at(const hm_overlay *o, const hm_moment *m)
{
    uint64_t h = HM_HASH_START;
    const ov_title *t = m->overlays & HM_OVERLAY_TITLE ? o->title[m->i_shot] : NULL;
    if (t) {
        const text_block *block[] = {&t->head, &t->title, &t->where, &t->wind_rule};
        for (int i = 0; i < 4; i++)
            h = add_block(h, block[i]);
        h = add_run(h, &t->wind);
    }
    for (int32_t i = 0; (m->overlays & HM_OVERLAY_CREDITS) && i < o->credits->n; i++) {
        h = hm_hash_u64(h, (uint64_t)o->credits->line[i].base_y);
        h = add_run(h, &o->credits->line[i].run);
    }
    for (int32_t i = 0; i < o->n_caption; i++) {
        const ov_caption *c = &o->caption[i];
        if (m->film_t_s < c->from_s || m->film_t_s >= c->to_s)
            continue;
        h = hm_hash_u64(h, (uint64_t)(uint32_t)c->y << 32 | (uint32_t)c->w);
        for (int32_t k = 0; k < c->n_line; k++)
            h = add_run(h, &c->line[k]);
    }
    return h;
}
