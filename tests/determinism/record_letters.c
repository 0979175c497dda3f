/* record_letters RACE OUT: the words of a race's films as a page carries them, for the tests of its
 * engine. */
#include <stdio.h>

#include "data/race_file.h"
#include "io/file.h"
#include "stage/letters_race.h"

static hm_status record(const char *from, const char *to, hm_arena *arena, hm_err *err)
{
    hm_race race;
    unsigned char *bytes;
    size_t n;
    const hm_credits credits = {.program = "Hectometre 0.1.0"};
    HM_TRY(hm_race_read(from, arena, &race, err));
    hm_letters *letters = hm_letters_new();
    hm_status s = hm_letters_record(&race, HM_LANG_EN, &credits, letters, err);
    s = s == HM_OK ? hm_letters_write(letters, arena, &bytes, &n, err) : s;
    s = s == HM_OK ? hm_file_write(to, bytes, n, err) : s;
    if (s == HM_OK)
        printf("%d texts, %zu bytes\n", (int)hm_letters_count(letters), n);
    hm_letters_destroy(letters);
    return s;
}

int main(int argc, char **argv)
{
    hm_err err = {0};
    hm_arena arena;
    char text[512];
    hm_arena_init(&arena, 0);
    hm_status s = argc == 3 ? record(argv[1], argv[2], &arena, &err) : HM_ERR_USAGE;
    hm_arena_free(&arena);
    if (s == HM_OK)
        return 0;
    hm_err_text(&err, text, sizeof text);
    fprintf(stderr, "record_letters: %s\n", text);
    return 1;
}
