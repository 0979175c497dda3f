#include "ht.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "io/folder.h"

typedef struct place {
    char path[64], file[96];
    hm_arena arena;
} place;

static void open_place(place *p)
{
    strcpy(p->path, "/tmp/hm-folder-XXXXXX");
    assert_non_null(mkdtemp(p->path));
    hm_arena_init(&p->arena, 0);
}

static const char *in(place *p, const char *name)
{
    snprintf(p->file, sizeof p->file, "%s/%s", p->path, name);
    return p->file;
}

static void close_place(place *p)
{
    const char **name;
    int32_t n;
    hm_err err = {0};
    assert_int_equal(hm_folder_list(p->path, &p->arena, &n, &name, &err), HM_OK);
    for (int32_t i = 0; i < n; i++)
        unlink(in(p, name[i]));
    unlink(in(p, ".hidden"));
    rmdir(in(p, "sub"));
    rmdir(p->path);
    hm_arena_free(&p->arena);
}

static void files_are_listed_by_name_without_hidden_ones(void **state)
{
    (void)state;
    place p;
    const char **name;
    int32_t n;
    hm_err err = {0};
    open_place(&p);
    static const char *const made[] = {"b", "a10", "a2", ".hidden"};
    for (int i = 0; i < 4; i++)
        assert_int_equal(hm_file_write(in(&p, made[i]), "x", 1, &err), HM_OK);
    assert_int_equal(hm_folder_make(in(&p, "sub"), &err), HM_OK);
    assert_int_equal(hm_folder_make(in(&p, "sub"), &err), HM_OK); /* twice is fine */
    assert_int_equal(hm_folder_list(p.path, &p.arena, &n, &name, &err), HM_OK);
    assert_int_equal(n, 3);
    assert_string_equal(name[0], "a10");
    assert_string_equal(name[1], "a2");
    assert_string_equal(name[2], "b");
    close_place(&p);
}

static void a_folder_that_is_not_there_is_empty_and_a_file_is_none(void **state)
{
    (void)state;
    place p;
    const char **name;
    int32_t n = -1;
    hm_err err = {0};
    open_place(&p);
    assert_int_equal(hm_folder_list(in(&p, "none"), &p.arena, &n, &name, &err), HM_OK);
    assert_int_equal(n, 0);
    assert_int_equal(hm_file_write(in(&p, "f"), "x", 1, &err), HM_OK);
    assert_int_equal(hm_folder_list(in(&p, "f"), &p.arena, &n, &name, &err), HM_ERR_SYSTEM);
    err = (hm_err){0};
    assert_int_equal(hm_folder_make(in(&p, "f"), &err), HM_ERR_SYSTEM);
    assert_true(hm_folder_has(in(&p, "f")));
    err = (hm_err){0};
    assert_int_equal(hm_folder_remove(in(&p, "f"), &err), HM_OK);
    assert_int_equal(hm_folder_remove(in(&p, "f"), &err), HM_OK);
    assert_false(hm_folder_has(in(&p, "f")));
    close_place(&p);
}

static void one_process_holds_at_a_time(void **state)
{
    (void)state;
    place p;
    hm_hold hold;
    hm_err err = {0};
    open_place(&p);
    assert_int_equal(hm_hold_take(in(&p, "lock"), &hold, &err), HM_OK);
    pid_t child = fork();
    if (child == 0) {
        hm_hold other;
        hm_err why = {0};
        _exit(hm_hold_take(p.file, &other, &why) == HM_ERR_STOPPED ? 0 : 1);
    }
    int status = -1;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    hm_hold_drop(&hold);
    assert_int_equal(hm_hold_take(in(&p, "lock"), &hold, &err), HM_OK);
    hm_hold_drop(&hold);
    close_place(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_are_listed_by_name_without_hidden_ones),
        cmocka_unit_test(a_folder_that_is_not_there_is_empty_and_a_file_is_none),
        cmocka_unit_test(one_process_holds_at_a_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
