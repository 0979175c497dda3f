/* libhecto with its k-th allocation refused: a code and a message, no profile, nothing left. */
#include "hecto/hecto.h"
#include "ht.h"

#include <stdlib.h>
#include <string.h>

static long n_call, fail_at, n_live;

void *__real_malloc(size_t size);
void __real_free(void *p);
void *__wrap_malloc(size_t size);
void __wrap_free(void *p);

void *__wrap_malloc(size_t size)
{
    if (n_call++ == fail_at)
        return NULL;
    n_live++;
    return __real_malloc(size);
}

void __wrap_free(void *p)
{
    n_live -= p != NULL;
    __real_free(p);
}

static const double gate_m[] = {5, 10, 15, 20, 30, 40};
static const double gate_s[] = {1.158, 1.893, 2.541, 3.149, 4.313, 5.444};
enum { N_GATE = 6 };

typedef int make_fn(hm_profile **p, char *message, size_t size);

static int from_arrays(hm_profile **p, char *message, size_t size)
{
    return hm_fit_times(gate_m, gate_s, NULL, N_GATE, "model=mono; correct=tc; athlete=Kim", p,
                        message, size);
}

static char saved[32768];

static int from_json(hm_profile **p, char *message, size_t size)
{
    return hm_profile_parse(saved, strlen(saved), p, message, size);
}

/* k = 0, 1, ... until it works. The library's own calls alone are counted: jansson has its own. */
static void sweep(make_fn *make)
{
    for (long k = 0;; k++) {
        hm_profile *p;
        char message[256] = "";
        n_call = n_live = 0;
        fail_at = k;
        int code = make(&p, message, sizeof message);
        if (code == HM_CODE_OK && n_call <= k) {
            hm_profile_free(p);
            assert_int_equal(n_live, 0);
            assert_true(k > 2);
            break;
        }
        if (code ==
            HM_CODE_OK) { /* what failed was a remark or an interval that it can do without */
            hm_profile_free(p);
        } else {
            assert_int_equal(code, HM_CODE_SYSTEM);
            assert_null(p);
            assert_true(strlen(message) > 3);
        }
        assert_int_equal(n_live, 0);
    }
    fail_at = -1;
}

static void fits_fail_whole_or_not_at_all(void **state)
{
    (void)state;
    sweep(from_arrays);
}

static void files_fail_whole_or_not_at_all(void **state)
{
    (void)state;
    hm_profile *p;
    fail_at = -1;
    assert_int_equal(from_arrays(&p, NULL, 0), HM_CODE_OK);
    assert_true(hm_profile_json(p, 0, saved, sizeof saved) < sizeof saved);
    hm_profile_free(p);
    sweep(from_json);
}

static void what_is_asked_of_a_profile_fails_without_a_trace(void **state)
{
    (void)state;
    hm_profile *p;
    fail_at = -1;
    assert_int_equal(from_arrays(&p, NULL, 0), HM_CODE_OK);
    const double x_m = 50;
    for (long k = 0; k < 3; k++) {
        double t_s = 7;
        char message[256], text[64];
        n_call = n_live = 0;
        fail_at = k;
        int code = hm_profile_predict(p, 0, "wind_mps=1", &x_m, 1, &t_s, NULL, message, 256);
        assert_true(n_call <= k ? code == HM_CODE_OK : code == HM_CODE_SYSTEM && t_s == 7);
        n_call = 0;
        size_t n = hm_profile_json(p, -1, text, sizeof text);
        assert_true(n_call <= k ? n > 0 : n == 0 && text[0] == '\0');
        n_call = 0;
        n = hm_fit_help(text, sizeof text);
        assert_true(n_call <= k ? n > 0 : n == 0);
        assert_int_equal(n_live, 0);
    }
    fail_at = -1;
    hm_profile_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fits_fail_whole_or_not_at_all),
        cmocka_unit_test(files_fail_whole_or_not_at_all),
        cmocka_unit_test(what_is_asked_of_a_profile_fails_without_a_trace),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
