/* A class file: 8 bytes "HMCLASS1"; three 64-bit numbers of this machine: setup, bytes that follow,
 * hash (base/hash.h) of those; then one hm_class as it lies in memory. It goes from one run of a
 * program to the next on one machine and no further: what is told to people are tables. */
#include "life/class_file.h"

#include <string.h>

#include "base/hash.h"
#include "io/file.h"
#include "io/optab.h"

typedef struct head {
    char magic[8];
    uint64_t setup, n_byte, hash;
} head;

static const char magic[8] = {'H', 'M', 'C', 'L', 'A', 'S', 'S', '1'};

hm_status hm_setup_number(const hm_cohort_opts *opts, const hm_policy *policy,
                          const hm_life_params *params, hm_arena *arena, uint64_t *number,
                          hm_err *err)
{
    hm_memory text = {.arena = arena};
    hm_json_out o = hm_json_out_make(hm_sink_memory(&text), err);
    hm_json_put_object(&o, NULL, HM_JSON_BLOCK);
    hm_optab_put(&o, "cohort", &hm_cohort_table, opts);
    hm_optab_put(&o, "policy", &hm_policy_table, policy);
    hm_optab_put(&o, "life", &hm_life_params_table, params);
    hm_json_put_end(&o);
    HM_TRY(hm_json_finish(&o));
    *number = hm_hash(HM_HASH_START, text.bytes, text.n);
    return HM_OK;
}

static hm_status put(hm_file *f, const head *h, const hm_class *c, hm_err *err)
{
    HM_TRY(hm_file_put(f, h, sizeof *h, err));
    return hm_file_put(f, c, sizeof *c, err);
}

hm_status hm_class_write(const char *path, uint64_t setup, const hm_class *c, hm_err *err)
{
    hm_file f;
    head h = {.setup = setup, .n_byte = sizeof *c, .hash = hm_hash(HM_HASH_START, c, sizeof *c)};
    memcpy(h.magic, magic, sizeof magic);
    HM_TRY(hm_file_create(path, &f, err));
    hm_status s = put(&f, &h, c, err);
    if (s == HM_OK)
        return hm_file_commit(&f, err);
    hm_file_abort(&f);
    return s;
}

hm_status hm_class_read(const char *path, uint64_t setup, int64_t index, hm_arena *arena,
                        hm_class *c, hm_err *err)
{
    char *bytes;
    size_t n;
    head h;
    HM_TRY(hm_file_read(path, sizeof h + sizeof *c + 1, arena, &bytes, &n, err));
    if (n != sizeof h + sizeof *c || memcmp(bytes, magic, sizeof magic) != 0)
        return hm_err_set(err, HM_ERR_INPUT, path, 0, 0, NULL,
                          "expected a class that this version has lived, found another file");
    memcpy(&h, bytes, sizeof h);
    if (h.n_byte != sizeof *c || h.hash != hm_hash(HM_HASH_START, bytes + sizeof h, sizeof *c))
        return hm_err_set(err, HM_ERR_INPUT, path, 0, 0, NULL, "is damaged: remove it");
    int64_t found;
    memcpy(&found, bytes + sizeof h + offsetof(hm_class, index), sizeof found);
    if (h.setup != setup || found != index)
        return hm_err_set(err, HM_ERR_INPUT, path, 0, 0, NULL,
                          "belongs to a study with other settings: take another folder, or remove "
                          "this one");
    memcpy(c, bytes + sizeof h, sizeof *c);
    return HM_OK;
}
