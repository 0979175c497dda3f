/* Key drawings of the rotoscope: SVG that a person, or a stranger, has changed. */
#include "harness.h"
#include "keys_priv.h"
#include "parts_priv.h"

#include <math.h>

static bool body_at(void *ctx, int32_t person, int64_t drawing, roto_body *body)
{
    (void)ctx;
    *body = (roto_body){0};
    for (int k = 0; k < HM_POINT_COUNT; k++)
        body->point[k] =
            (roto_xy){100 + 7.0f * (float)(k % 5) + 3 * (float)drawing, 8.0f * (float)k};
    roto_body_bones(body, NULL);
    return person == 1;
}

/* What is accepted is made of numbers, within bounds, and can be put into drawings. */
static void use(roto_key *key, hm_arena *a)
{
    for (int32_t i = 0; i < key->n; i++)
        for (int32_t c = 0; c < key->edit[i].area.n_curve; c++) {
            const roto_curve *curve = &key->edit[i].area.curve[c];
            HM_ASSERT(curve->n >= 0);
            for (int32_t k = 0; curve->n > 0 && k <= 3 * curve->n; k++)
                HM_ASSERT(isfinite(curve->p[k].x) && isfinite(curve->p[k].y));
        }
    roto_keys keys = {1, key};
    for (int64_t number = 0; number < 3; number++) {
        hm_err err = {0};
        roto_figure figure = {.id = 1};
        roto_drawing d = {.number = number, .n_figure = 1, .figure = &figure};
        body_at(NULL, 1, number, &figure.body);
        HM_ASSERT(roto_keys_apply(&keys, 12, body_at, NULL, a, &d, &err) == HM_OK);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    hm_arena a;
    hm_arena_init(&a, 16 * 1024);
    hm_err err = {0};
    roto_key key = {.number = 1};
    hm_status status = roto_key_parse("key.svg", (const char *)data, size, &a, &key, &err);
    if (status == HM_OK)
        use(&key, &a);
    else
        harness_refused(status, &err);
    hm_arena_free(&a);
    return 0;
}
