#include "skins_priv.h"

#include <string.h>

#include "base/arena.h"

typedef struct skin {
    hm_shape shape;
    hm_detail detail;
    hm_mesh mesh;
} skin;

struct hm_skins {
    hm_arena home;  /* this lies in it */
    hm_arena arena; /* of the skins */
    int32_t n;
    size_t cap;
    skin *skin; /* (n) */
};

hm_skins *hm_skins_new(void)
{
    hm_arena home;
    hm_arena_init(&home, sizeof(hm_skins));
    hm_skins *s = HM_PUSH(&home, hm_skins, 1);
    if (!s)
        return NULL;
    *s = (hm_skins){.home = home};
    hm_arena_init(&s->arena, (size_t)1 << 20);
    return s;
}

void hm_skins_destroy(hm_skins *s)
{
    if (!s)
        return;
    hm_arena_free(&s->arena);
    hm_arena home = s->home;
    hm_arena_free(&home);
}

void hm_skins_trim(hm_skins *s, size_t most_bytes)
{
    if (s->arena.total_bytes <= most_bytes)
        return;
    hm_arena_free(&s->arena);
    s->n = 0;
    s->cap = 0;
    s->skin = NULL;
}

bool skins_find(const hm_skins *s, const hm_shape *shape, hm_detail detail, hm_mesh *mesh)
{
    for (int32_t i = 0; i < s->n; i++)
        if (s->skin[i].detail == detail && memcmp(&s->skin[i].shape, shape, sizeof *shape) == 0) {
            *mesh = s->skin[i].mesh;
            return true;
        }
    return false;
}

hm_status skins_copy(hm_arena *arena, hm_mesh *m, hm_err *err)
{
    hm_mesh k = *m;
    size_t nv = (size_t)m->n_vert, nt = (size_t)m->n_tri;
    k.rest_m = hm_arena_push(arena, nv, sizeof *k.rest_m);
    k.rest_nrm = hm_arena_push(arena, nv, sizeof *k.rest_nrm);
    k.bone = hm_arena_push(arena, nv, sizeof *k.bone);
    k.weight = hm_arena_push(arena, nv, sizeof *k.weight);
    k.tri = hm_arena_push(arena, nt, sizeof *k.tri);
    k.part = hm_arena_push(arena, nt, sizeof *k.part);
    if (!k.rest_m || !k.rest_nrm || !k.bone || !k.weight || !k.tri || !k.part)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for a skin");
    memcpy(k.rest_m, m->rest_m, nv * sizeof *k.rest_m);
    memcpy(k.rest_nrm, m->rest_nrm, nv * sizeof *k.rest_nrm);
    memcpy(k.bone, m->bone, nv * sizeof *k.bone);
    memcpy(k.weight, m->weight, nv * sizeof *k.weight);
    memcpy(k.tri, m->tri, nt * sizeof *k.tri);
    memcpy(k.part, m->part, nt * sizeof *k.part);
    *m = k;
    return HM_OK;
}

hm_status skins_keep(hm_skins *s, const hm_shape *shape, hm_detail detail, hm_mesh *mesh,
                     hm_err *err)
{
    HM_TRY(skins_copy(&s->arena, mesh, err));
    skin *grown = HM_GROW(&s->arena, s->skin, s->n, &s->cap);
    if (!grown)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for a skin");
    s->skin = grown;
    s->skin[s->n++] = (skin){*shape, detail, *mesh};
    return HM_OK;
}
