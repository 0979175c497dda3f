#include "models_priv.h"

#include <stdlib.h>
#include <string.h>

#include "io/file.h"

#ifdef HM_HAS_POSE
#include <libavutil/mem.h>
#include <libavutil/sha.h>
#endif

enum { SHA_BYTES = 32, SHA_BITS = 256 };

/* npm @mediapipe/pose 0.5.1675469404, Apache-2.0; data/pose/models.sha256 says the same. */
static const struct {
    const char *file, *sha256;
} model[POSE_MODEL_COUNT] = {
    [HM_POSE_LITE] = {"pose_landmark_lite.tflite",
                      "f17bfbecadb61c3be1baa8b8d851cc6619c870a87167b32848ad20db306b9d61"},
    [HM_POSE_FULL] = {"pose_landmark_full.tflite",
                      "e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f"},
    [HM_POSE_HEAVY] = {"pose_landmark_heavy.tflite",
                       "59e42d71bcd44cbdbabc419f0ff76686595fd265419566bd4009ef703ea8e1fe"},
    /* the package packs the bare file under another name */
    [POSE_MODEL_DETECTOR] = {"pose_solution_packed_assets.data",
                             "a63c614bef30d35947f13be361820b1e4e3bec9cfeebf4d11216a18373108e85"},
};

const char *hm_pose_size_word(hm_pose_size size)
{
    static const char *const word[HM_POSE_SIZE_COUNT] = {"lite", "full", "heavy"};
    return (unsigned)size < HM_POSE_SIZE_COUNT ? word[size] : NULL;
}

bool hm_pose_is_built(void)
{
#ifdef HM_HAS_POSE
    return true;
#else
    return false;
#endif
}

static const char *path_of(const char *models, int32_t which, hm_arena *arena)
{
    const char *own = getenv("HECTO_MODELS"), *home = getenv("HOME");
    if (!models && own && own[0])
        models = own;
    if (models)
        return hm_arena_printf(arena, "%s/%s", models, model[which].file);
    return hm_arena_printf(arena, "%s/.cache/hecto/models/%s", home ? home : "", model[which].file);
}

#ifdef HM_HAS_POSE
static hm_status check_hash(const char *path, int32_t which, const char *bytes, size_t n,
                            hm_err *err)
{
    uint8_t digest[SHA_BYTES];
    char text[2 * SHA_BYTES + 1];
    struct AVSHA *sha = av_sha_alloc();
    if (!sha || av_sha_init(sha, SHA_BITS) < 0) {
        av_free(sha);
        return hm_err_set(err, HM_ERR_SYSTEM, path, 0, 0, NULL, "no memory");
    }
    av_sha_update(sha, (const uint8_t *)bytes, n);
    av_sha_final(sha, digest);
    av_free(sha);
    for (size_t i = 0; i < SHA_BYTES; i++)
        snprintf(text + 2 * i, 3, "%02x", digest[i]);
    if (strcmp(text, model[which].sha256) == 0)
        return HM_OK;
    return hm_err_set(err, HM_ERR_INPUT, path, 0, 0, NULL,
                      "expected the pinned file of SHA-256 %.12s..., found %.12s...: 'make models' "
                      "fetches it",
                      model[which].sha256, text);
}
#else
static hm_status check_hash(const char *path, int32_t which, const char *bytes, size_t n,
                            hm_err *err)
{
    (void)which, (void)bytes, (void)n;
    return hm_err_set(err, HM_ERR_SYSTEM, path, 0, 0, NULL,
                      "this hecto was built without XNNPACK (Debian: libxnnpack-dev and "
                      "libpthreadpool-dev): no pose");
}
#endif

hm_status pose_model_bytes(const char *models, int32_t which, hm_arena *arena, char **bytes,
                           size_t *n, const char **path, hm_err *err)
{
    hm_err why = {0};
    *path = path_of(models, which, arena);
    if (!*path)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    hm_status status = hm_file_read(*path, HM_TFLITE_FILE_MAX, arena, bytes, n, &why);
    if (status == HM_ERR_NOFILE)
        return hm_err_set(err, HM_ERR_NOFILE, *path, 0, 0, NULL,
                          "the pose nets are not there: 'make models' or tools/fetch_models gets "
                          "them (npm @mediapipe/pose, Apache-2.0, 41 MB); --models or "
                          "$HECTO_MODELS names another folder");
    if (status != HM_OK)
        return hm_err_set(err, status, *path, 0, 0, NULL, "%s", why.msg);
    return check_hash(*path, which, *bytes, *n, err);
}

hm_status pose_model_read(const char *models, int32_t which, hm_arena *arena, hm_tflite *net,
                          const char **path, hm_err *err)
{
    hm_arena scratch;
    hm_arena_init(&scratch, 0);
    char *bytes;
    const char *found;
    size_t n;
    hm_status status = pose_model_bytes(models, which, &scratch, &bytes, &n, &found, err);
    if (status == HM_OK)
        status = hm_tflite_parse(found, (const uint8_t *)bytes, n, arena, net, err);
    if (status == HM_OK && path && !(*path = hm_arena_text(arena, found)))
        status = hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    hm_arena_free(&scratch);
    return status;
}

hm_status hm_pose_models_check(const char *models, hm_pose_size size, hm_arena *arena, hm_err *err)
{
    hm_arena_mark mark = hm_arena_mark_get(arena);
    char *bytes;
    const char *path;
    size_t n;
    hm_status status = pose_model_bytes(models, POSE_MODEL_DETECTOR, arena, &bytes, &n, &path, err);
    if (status == HM_OK)
        status = pose_model_bytes(models, (int32_t)size, arena, &bytes, &n, &path, err);
    hm_arena_release(arena, mark);
    return status;
}
