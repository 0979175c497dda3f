#include "film_export.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "stage/cast.h"
#include "stage/layers.h"
#include "stage/mocap.h"

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
}

/* ---- motion ---- */

/* r.bvh of lane 4 -> r-lane4.bvh */
static hm_status lane_path(const cli_args *args, const char *path, int lane, const char **out,
                           hm_err *err)
{
    const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path;
    const char *dot = strrchr(base, '.');
    int n = dot && dot > base ? (int)(dot - path) : (int)strlen(path);
    *out = hm_arena_printf(args->arena, "%.*s-lane%d%s", n, path, lane, path + n);
    return *out ? HM_OK : no_memory(err);
}

/* Whose file has the name that was given: the first of the result, else the first who runs. */
static int32_t first_player(const hm_cast *cast)
{
    int32_t first = -1;
    for (int32_t i = 0; i < cast->n_player; i++) {
        if (cast->player[i].absent)
            continue;
        int32_t place = cast->player[i].lane->place;
        if (first < 0 || (place > 0 && (cast->player[first].lane->place <= 0 ||
                                        place < cast->player[first].lane->place)))
            first = i;
    }
    return first;
}

static hm_status write_bvh(const cli_args *args, const hm_mocap *m, hm_err *err)
{
    const char *path = cli_value(args, "bvh");
    if (!path)
        return HM_OK;
    int32_t first = first_player(m->cast), n = 0;
    if (first < 0)
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--bvh", "nobody runs in this race");
    for (int32_t i = 0; i < m->cast->n_player; i++) {
        const char *own = path;
        if (m->cast->player[i].absent || (i != first && strcmp(path, "-") == 0))
            continue;
        if (i != first)
            HM_TRY(lane_path(args, path, (int)m->cast->player[i].lane->lane, &own, err));
        HM_TRY(hm_bvh_write(m, i, own, err));
        n++;
    }
    if (!args->quiet)
        fprintf(stderr, "hecto: %s: lane %d, and %d files beside it\n", path,
                (int)m->cast->player[first].lane->lane, (int)n - 1);
    return HM_OK;
}

static hm_status write_glb(const cli_args *args, const hm_mocap *m, hm_err *err)
{
    const char *path = cli_value(args, "glb");
    if (!path)
        return HM_OK;
    HM_TRY(hm_glb_write(m, path, err));
    if (!args->quiet)
        fprintf(stderr, "hecto: %s: %d runners, track, camera, %.2f s\n", path,
                (int)m->cast->n_player, m->to_s - m->from_s);
    return HM_OK;
}

/* ---- layers ---- */

static bool tell(void *ctx, int64_t done, int64_t total)
{
    return cli_progress_tell(ctx, done, total);
}

hm_status film_make_folder(const char *path, hm_err *err)
{
    if (mkdir(path, 0777) == 0 || errno == EEXIST)
        return HM_OK;
    return hm_err_set(err, HM_ERR_SYSTEM, path, 0, 0, NULL, "cannot make the folder: %s",
                      strerror(errno));
}

static hm_status write_layers(const cli_args *args, hm_show *show, hm_err *err)
{
    const char *dir = cli_value(args, "layers"), *only = cli_value(args, "layers-only");
    hm_layers_count n;
    uint32_t want = HM_LAYERS_ALL;
    if (!dir && only)
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--layers-only",
                          "expected --layers DIR too");
    if (!dir)
        return HM_OK;
    if (only)
        HM_TRY(hm_layers_choose(only, &want, err));
    HM_TRY(hm_layers_plan(show, want, &n, err));
    HM_TRY(film_make_folder(dir, err));
    for (int32_t i = 0; i < n.n_shot; i++) {
        char path[HM_LAYERS_PATH_MAX];
        HM_TRY(hm_layers_folder(dir, n.shot[i], path, err));
        HM_TRY(film_make_folder(path, err));
    }
    cli_progress p = cli_progress_begin(args, "layers");
    hm_status s = hm_layers_write(show, dir, want, tell, &p, err);
    cli_progress_end(&p);
    if (s == HM_OK && !args->quiet)
        fprintf(stderr, "hecto: %s: %lld files: %d layers of %lld drawings in %d shot%s\n", dir,
                (long long)n.n_file, (int)n.n_layer, (long long)n.n_drawing, (int)n.n_shot,
                n.n_shot == 1 ? "" : "s");
    return s;
}

hm_status film_export(const cli_args *args, hm_show *show, hm_err *err)
{
    hm_mocap m = hm_show_mocap(show);
    HM_TRY(write_bvh(args, &m, err));
    HM_TRY(write_glb(args, &m, err));
    return write_layers(args, show, err);
}
