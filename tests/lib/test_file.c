/* Files of many runs: order, errors that keep their place, any number of threads. */
#include "hecto/hecto.h"
#include "ht.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Three runs; the second has one gate. */
static const char session[] = "athlete,distance_m,time_s\n"
                              "Jim,5,0.89\nJim,10,1.55\nJim,20,2.9\nJim,30,4.14\n"
                              "Short,5,1.2\n"
                              "Kim,5,1.16\nKim,10,1.89\nKim,20,3.15\nKim,30,4.31\n";

static void write_session(char path[])
{
    strcpy(path, "/tmp/hecto_lib_XXXXXX");
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, session, sizeof session - 1), sizeof session - 1);
    close(fd);
}

static hm_profile *read_session(const char *path, const char *options)
{
    hm_profile *p;
    char message[512];
    if (hm_fit_file(path, options, &p, message, sizeof message) != HM_CODE_OK)
        fail_msg("%s", message);
    return p;
}

static void runs_stand_in_the_order_of_the_file(void **state)
{
    (void)state;
    char path[64];
    write_session(path);
    hm_profile *p = read_session(path, "model=mono");
    static const char *const who[] = {"Jim", "Short", "Kim"};
    assert_int_equal(hm_profile_count(p), 3);
    for (int i = 0; i < 3; i++) {
        double mss_mps;
        assert_string_equal(hm_profile_text(p, i, "athlete"), who[i]);
        assert_int_equal(hm_profile_number(p, i, "mss_mps", &mss_mps), HM_CODE_OK);
        assert_true(i == 1 ? isnan(mss_mps) : mss_mps > 7 && mss_mps < 11);
        assert_true((strlen(hm_profile_text(p, i, "error")) > 0) == (i == 1));
    }
    double x_m = 10, t_s = 7;
    char message[256];
    assert_int_equal(hm_profile_predict(p, 1, NULL, &x_m, 1, &t_s, NULL, message, sizeof message),
                     HM_CODE_INPUT);
    assert_string_equal(message, hm_profile_text(p, 1, "error"));
    assert_true(t_s == 7);
    hm_profile_free(p);
    unlink(path);
}

static char *json_of(const char *path, const char *options)
{
    hm_profile *p = read_session(path, options);
    size_t n = hm_profile_json(p, -1, NULL, 0);
    char *text = malloc(n + 1);
    assert_int_equal(hm_profile_json(p, -1, text, n + 1), n);
    hm_profile_free(p);
    return text;
}

static void threads_change_nothing(void **state)
{
    (void)state;
    char path[64];
    write_session(path);
    char *one = json_of(path, "model=mono; threads=1");
    static const char *const more[] = {"model=mono; threads=3", "model=mono; threads=0"};
    for (int i = 0; i < 2; i++) {
        char *many = json_of(path, more[i]);
        assert_string_equal(one, many);
        free(many);
    }
    assert_non_null(strstr(one, "Short is not fitted"));
    free(one);
    unlink(path);
}

static void a_file_that_is_not_there_is_named(void **state)
{
    (void)state;
    hm_profile *p;
    char message[256];
    assert_int_equal(hm_fit_file("/nonexistent/a.csv", NULL, &p, message, sizeof message),
                     HM_CODE_NOFILE);
    assert_null(p);
    assert_non_null(strstr(message, "/nonexistent/a.csv"));
    assert_int_equal(hm_fit_file(NULL, NULL, &p, NULL, 0), HM_CODE_NOFILE);
}

static void options_of_files_are_taken(void **state)
{
    (void)state;
    char path[64];
    write_session(path);
    hm_profile *p = read_session(path, "model=mono; runs_by=athlete");
    assert_int_equal(hm_profile_count(p), 3);
    hm_profile_free(p);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(runs_stand_in_the_order_of_the_file),
        cmocka_unit_test(threads_change_nothing),
        cmocka_unit_test(a_file_that_is_not_there_is_named),
        cmocka_unit_test(options_of_files_are_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
