#include "ht.h"

#include <dirent.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/file.h"

static char dir[64], path[128];

static int make_dir(void **state)
{
    (void)state;
    snprintf(dir, sizeof dir, "/tmp/hm-test-file-XXXXXX");
    if (!mkdtemp(dir))
        return -1;
    snprintf(path, sizeof path, "%s/out.txt", dir);
    return 0;
}

static int files_in_dir(void)
{
    DIR *d = opendir(dir);
    assert_non_null(d);
    int n = 0;
    for (struct dirent *e; (e = readdir(d));)
        n += strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
    closedir(d);
    return n;
}

static int drop_dir(void **state)
{
    (void)state;
    unlink(path);
    assert_int_equal(files_in_dir(), 0);
    return rmdir(dir);
}

static void assert_content(const char *want)
{
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_err err = {0};
    char *bytes;
    size_t n;
    assert_int_equal(hm_file_read(path, 1 << 20, &a, &bytes, &n, &err), HM_OK);
    assert_int_equal(n, strlen(want));
    assert_string_equal(bytes, want);
    hm_arena_free(&a);
}

static void a_file_appears_only_when_it_is_whole(void **state)
{
    (void)state;
    hm_err err = {0};
    assert_int_equal(hm_file_write(path, "old", 3, &err), HM_OK);
    hm_file f;
    assert_int_equal(hm_file_create(path, &f, &err), HM_OK);
    for (int i = 0; i < 5000; i++)
        assert_int_equal(hm_file_put(&f, "12345", 5, &err), HM_OK);
    assert_content("old");
    assert_int_equal(files_in_dir(), 2);
    assert_int_equal(hm_file_commit(&f, &err), HM_OK);
    assert_int_equal(files_in_dir(), 1);
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_size, 25000);
    mode_t mask = umask(0);
    umask(mask);
    assert_int_equal(st.st_mode & 0777, 0666 & ~mask);
}

static void an_abort_leaves_what_was_there(void **state)
{
    (void)state;
    hm_err err = {0};
    assert_int_equal(hm_file_write(path, "old", 3, &err), HM_OK);
    hm_file f;
    assert_int_equal(hm_file_create(path, &f, &err), HM_OK);
    assert_int_equal(hm_file_put(&f, "new", 3, &err), HM_OK);
    hm_file_abort(&f);
    hm_file_abort(&f);
    assert_content("old");
    assert_int_equal(files_in_dir(), 1);
}

static void a_link_stays_a_link(void **state)
{
    (void)state;
    char link[128];
    snprintf(link, sizeof link, "%s/link", dir);
    hm_err err = {0};
    assert_int_equal(hm_file_write(path, "old", 3, &err), HM_OK);
    assert_int_equal(symlink(path, link), 0);
    assert_int_equal(hm_file_write(link, "new", 3, &err), HM_OK);
    assert_content("new");
    struct stat st;
    assert_int_equal(lstat(link, &st), 0);
    assert_true(S_ISLNK(st.st_mode));
    unlink(link);
}

static void a_full_disk_is_the_systems_fault(void **state)
{
    (void)state;
    if (access("/dev/full", W_OK) != 0) {
        print_message("# no /dev/full here\n");
        return;
    }
    hm_err err = {0};
    assert_int_equal(hm_file_write("/dev/full", "x", 1, &err), HM_ERR_SYSTEM);
    assert_string_equal(err.source, "/dev/full");
    assert_non_null(strstr(err.msg, "No space"));
    struct stat st;
    assert_int_equal(stat("/dev/full", &st), 0);
    assert_true(S_ISCHR(st.st_mode)); /* not replaced by a file */
}

/* A limit on file size stands for a disk that fills up under the temporary file. */
static void a_disk_that_fills_up_leaves_nothing(void **state)
{
    (void)state;
    static const char block[100000];
    struct rlimit before, small;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small = before;
    small.rlim_cur = 20000;
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    hm_err err = {0};
    hm_status status = hm_file_write(path, block, sizeof block, &err);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    signal(SIGXFSZ, handler);
    assert_int_equal(status, HM_ERR_SYSTEM);
    assert_string_equal(err.source, path);
    assert_int_equal(files_in_dir(), 0);
}

static void unwritable_places_are_the_systems_fault(void **state)
{
    (void)state;
    static const char *const bad[] = {"/nowhere/x.mp4", "", "/proc/none/x"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        hm_err err = {0};
        assert_int_equal(hm_file_write(bad[i], "x", 1, &err), HM_ERR_SYSTEM);
        assert_string_equal(err.source, bad[i]);
    }
    hm_err err = {0};
    assert_int_equal(hm_file_write(dir, "x", 1, &err), HM_ERR_SYSTEM); /* a directory */
    assert_int_equal(files_in_dir(), 0);
}

static void reading_stops_at_the_bound(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_err err = {0}, large = {0}, endless = {0};
    char *bytes;
    size_t n;
    assert_int_equal(hm_file_write(path, "0123456789", 10, &err), HM_OK);
    assert_int_equal(hm_file_read(path, 10, &a, &bytes, &n, &err), HM_OK);
    assert_int_equal(n, 10);
    assert_int_equal(hm_file_read(path, 9, &a, &bytes, &n, &large), HM_ERR_INPUT);
    assert_int_equal(hm_file_read("/dev/zero", 100000, &a, &bytes, &n, &endless), HM_ERR_INPUT);
    assert_true(a.total_bytes < 1000000);
    hm_arena_free(&a);
}

static void what_is_not_there_is_its_own_error(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_err err = {0};
    char *bytes;
    size_t n;
    assert_int_equal(hm_file_read(path, 10, &a, &bytes, &n, &err), HM_ERR_NOFILE);
    assert_string_equal(err.source, path);
    assert_int_equal(hm_file_read(dir, 10, &a, &bytes, &n, NULL), HM_ERR_NOFILE);
    hm_arena_free(&a);
}

#define WITH_DIR(test) cmocka_unit_test_setup_teardown(test, make_dir, drop_dir)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_DIR(a_file_appears_only_when_it_is_whole),
        WITH_DIR(an_abort_leaves_what_was_there),
        WITH_DIR(a_link_stays_a_link),
        WITH_DIR(a_full_disk_is_the_systems_fault),
        WITH_DIR(a_disk_that_fills_up_leaves_nothing),
        WITH_DIR(unwritable_places_are_the_systems_fault),
        WITH_DIR(reading_stops_at_the_bound),
        WITH_DIR(what_is_not_there_is_its_own_error),
    };
    return cmocka_run_group_tests_name("io/file", tests, NULL, NULL);
}
