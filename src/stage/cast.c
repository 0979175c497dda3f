#include "stage/cast.h"

#include "skins_priv.h"

#include "base/par.h"

typedef struct cast_job {
    hm_cast *cast;
    hm_arena *arena; /* (n_player x HM_DETAIL_COUNT) one for each skin */
    hm_status *status;
    hm_err *err;
    bool near_later; /* most of the work, and many are never seen from near */
} cast_job;

/* One skin of one runner: the slow part, so these run side by side. */
static void build_skin(void *ctx, int64_t i, int worker)
{
    (void)worker;
    cast_job *job = ctx;
    hm_player *pl = &job->cast->player[i / HM_DETAIL_COUNT];
    int detail = (int)(i % HM_DETAIL_COUNT);
    bool kept = pl->absent || pl->mesh[detail].n_vert > 0; /* from another film */
    bool later = job->near_later && detail == HM_DETAIL_NEAR;
    job->status[i] = kept || later
                         ? HM_OK
                         : hm_mesh_build_detail(&pl->shape, (hm_detail)detail, &job->arena[i],
                                                &pl->mesh[detail], &job->err[i]);
}

/* The skins that are there already. */
static void take_skins(hm_cast *cast, const hm_skins *skins, bool kept[])
{
    for (int i = 0; i < cast->n_player * HM_DETAIL_COUNT; i++) {
        hm_player *pl = &cast->player[i / HM_DETAIL_COUNT];
        int detail = i % HM_DETAIL_COUNT;
        kept[i] = skins && !pl->absent &&
                  skins_find(skins, &pl->shape, (hm_detail)detail, &pl->mesh[detail]);
    }
}

static hm_status build_skins(hm_cast *cast, hm_skins *skins, int n_thread, hm_arena *arena,
                             hm_err *err)
{
    enum { MAX = HM_LANE_MAX * HM_DETAIL_COUNT };
    hm_arena own[MAX];
    hm_status status[MAX];
    hm_err errs[MAX] = {{0}};
    bool kept[MAX];
    int n = cast->n_player * HM_DETAIL_COUNT;
    cast_job job = {cast, own, status, errs, skins != NULL};
    for (int i = 0; i < n; i++)
        hm_arena_init(&own[i], 1 << 20);
    take_skins(cast, skins, kept);
    hm_par_for(n_thread, n, build_skin, &job);
    hm_status s = HM_OK;
    for (int i = 0; i < n && s == HM_OK; i++) {
        s = status[i];
        if (s != HM_OK && err && err->status == HM_OK)
            *err = errs[i];
        hm_player *pl = &cast->player[i / HM_DETAIL_COUNT];
        if (s != HM_OK || pl->absent || kept[i])
            continue;
        hm_mesh *mesh = &pl->mesh[i % HM_DETAIL_COUNT];
        if (mesh->n_vert == 0) /* left for later */
            continue;
        s = skins ? skins_keep(skins, &pl->shape, (hm_detail)(i % HM_DETAIL_COUNT), mesh, err)
                  : skins_copy(arena, mesh, err);
    }
    for (int i = 0; i < n; i++)
        hm_arena_free(&own[i]);
    return s;
}

hm_status hm_cast_skin(const hm_player *player, hm_detail detail, hm_skins *skins,
                       const hm_mesh **out, hm_err *err)
{
    hm_mesh *mesh = &player->mesh[detail];
    *out = mesh;
    HM_ASSERT(mesh->n_vert > 0 || skins);
    if (mesh->n_vert > 0 || skins_find(skins, &player->shape, detail, mesh))
        return HM_OK;
    hm_arena own;
    hm_arena_init(&own, 1 << 20);
    hm_mesh made;
    hm_status s = hm_mesh_build_detail(&player->shape, detail, &own, &made, err);
    if (s == HM_OK)
        s = skins_keep(skins, &player->shape, detail, &made, err);
    if (s == HM_OK)
        *mesh = made;
    hm_arena_free(&own);
    return s;
}

/* One runner, all but the skins. */
static hm_status build_player(const hm_race *race, const hm_cast_change *change, hm_player *pl,
                              hm_arena *arena, hm_err *err)
{
    pl->shape = hm_shape_of(pl->lane, race->seed);
    if (change && change->shape)
        change->shape(change->own, pl->lane, &pl->shape);
    pl->mesh = HM_PUSH(arena, hm_mesh, HM_DETAIL_COUNT);
    if (!pl->mesh)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for a runner");
    HM_TRY(hm_gait_plan(pl->lane, &pl->shape, NULL, arena, &pl->gait, err));
    HM_TRY(hm_costume_of(race, pl->lane, &pl->shape, race->seed, change ? change->letters : NULL,
                         arena, &pl->costume, err));
    if (change && change->costume)
        change->costume(change->own, pl, &pl->costume);
    return HM_OK;
}

hm_status hm_cast_build(const hm_race *race, const hm_cast_change *change, int n_thread,
                        hm_arena *arena, hm_cast *cast, hm_err *err)
{
    HM_ASSERT(race->n_lane <= HM_LANE_MAX);
    hm_cast c = {.race = race, .n_player = race->n_lane};
    c.player = HM_PUSH(arena, hm_player, race->n_lane);
    if (!c.player)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the runners");
    for (int32_t i = 0; i < race->n_lane; i++) {
        hm_player *pl = &c.player[i];
        pl->lane = &race->lane[i];
        pl->absent = pl->lane->status == HM_RUN_DNS || pl->lane->curve.n == 0;
        if (!pl->absent)
            HM_TRY(build_player(race, change, pl, arena, err));
    }
    HM_TRY(build_skins(&c, change ? change->skins : NULL, n_thread, arena, err));
    *cast = c;
    return HM_OK;
}
