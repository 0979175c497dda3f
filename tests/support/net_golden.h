/* net_golden.h - check values of the pose nets (tests/data/pose), and the nets, where they are. */
#ifndef NET_GOLDEN_H
#define NET_GOLDEN_H

#include "ht.h"
#include "models_priv.h"
#include "net_priv.h"

#include <stdlib.h>
#include <string.h>

#include "io/csv.h"
#include "io/file.h"
#include "io/number.h"

/** Why the nets cannot be run here, NULL = they can. */
static inline const char *net_golden_absent(void)
{
    static hm_err err;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_status status = HM_OK;
    for (int k = 0; k < HM_POSE_SIZE_COUNT && status == HM_OK; k++)
        status = hm_pose_models_check(NULL, (hm_pose_size)k, &a, &err);
    hm_arena_free(&a);
    return status == HM_OK ? NULL : err.msg;
}

static inline hm_csv net_golden_read(const char *name, hm_arena *a)
{
    hm_csv csv;
    char *bytes;
    size_t n;
    const char *path = hm_arena_printf(a, "%s/pose/%s", getenv("HM_TEST_DATA_DIR"), name);
    assert_int_equal(hm_file_read(path, HM_CSV_FILE_MAX, a, &bytes, &n, NULL), HM_OK);
    assert_int_equal(hm_csv_parse(path, bytes, n, a, &csv, NULL), HM_OK);
    return csv;
}

static inline double net_golden_number(const hm_csv_row *row, int cell)
{
    double v = NAN;
    assert_int_equal(hm_number_parse(row->cell[cell].text, '.', &v), HM_NUMBER_OK);
    return v;
}

/* Which output a row speaks of: by name, and by its count where several share one. */
static inline int32_t net_golden_output(const hm_tflite *m, const hm_csv_row *row)
{
    static const char *const name[] = {"Identity", "Identity_1", "Identity_2", "Identity_3",
                                       "Identity_4"};
    double n = net_golden_number(row, 2);
    for (int32_t k = 0; k < m->n_output; k++)
        if ((double)m->tensor[m->output[k]].n == n &&
            (strncmp(row->cell[1].text, "reshaped", 8) == 0 ||
             strcmp(row->cell[1].text, name[k]) == 0))
            return k;
    fail_msg("no output %s of %g", row->cell[1].text, n);
    return -1;
}

/** Runs a net on x[i] = (i mod 255) / 255 (the detector: 2x - 1) and compares all its rows. */
static inline void net_golden_check(int32_t which, const char *word, bool by_ref)
{
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_tflite m;
    hm_err err = {0};
    pose_net net;
    hm_csv csv = net_golden_read("net_golden.csv", &a);
    assert_int_equal(pose_model_read(NULL, which, &a, &m, NULL, NULL), HM_OK);
    if ((by_ref ? pose_net_ref(&m, &a, &net, &err) : pose_net_xnn(word, &m, &a, &net, &err)) !=
        HM_OK)
        fail_msg("%s", err.msg);
    for (int64_t i = 0; i < m.tensor[m.input].n; i++) {
        float x = (float)(i % 255) / 255;
        net.input[i] = which == POSE_MODEL_DETECTOR ? 2 * x - 1 : x;
    }
    assert_true(net.run(&net));
    int n_checked = 0;
    double rms = 0;
    for (int32_t r = 0; r < csv.n_row; r++) {
        const hm_csv_row *row = &csv.row[r];
        if (strcmp(row->cell[0].text, word) != 0)
            continue;
        int32_t k = net_golden_output(&m, row);
        int64_t n = m.tensor[m.output[k]].n;
        const char *what = row->cell[3].text;
        double sum = 0, squares = 0, got;
        for (int64_t i = 0; i < n; i++) {
            sum += (double)net.output[k][i];
            squares += (double)net.output[k][i] * (double)net.output[k][i];
        }
        rms = sqrt(squares / (double)n);
        if (strcmp(what, "mean") == 0)
            got = sum / (double)n;
        else if (strcmp(what, "rms") == 0)
            got = rms;
        else
            got = (double)net.output[k][(int64_t)net_golden_number(row, 3)];
        ht_near(got, net_golden_number(row, 4), 5e-4 * fmax(1, rms), 0);
        n_checked++;
    }
    assert_true(n_checked > 20);
    net.close(&net);
    hm_arena_free(&a);
}

#endif
