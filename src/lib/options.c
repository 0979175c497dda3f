#include "lib_priv.h"

#include <math.h>
#include <string.h>

#include "io/optab.h"

static const char *const no_text[] = {"", NULL};
static const char *const zero_word[] = {"gun", "first_movement", "first_gate", "unknown", NULL};

#define AT(field) #field, offsetof(lib_opts, field)
static const hm_option row[] = {
    {AT(athlete), HM_OPTION_TEXT, "", 0, 0, 0, no_text, "who ran", ""},
    {AT(run), HM_OPTION_TEXT, "", 0, 0, 0, no_text, "tells several runs of one athlete apart", ""},
    {AT(date), HM_OPTION_TEXT, "", 0, 0, 0, no_text, "day of the run, ISO 8601", ""},
    {AT(time_zero), HM_OPTION_WORD, "", HM_ZERO_UNKNOWN, 0, 0, zero_word,
     "where the clock of the times begins", ""},
    {AT(threads), HM_OPTION_INT, "", 1, 0, 1024, NULL,
     "runs of one file fitted at a time, 0 = all processors", ""},
};
#undef AT

_Static_assert(sizeof(lib_opts) == 40, "a field of lib_opts lacks its row");
const hm_option_table lib_table = {"library", sizeof(lib_opts), sizeof row / sizeof *row, row};

static bool is_end(char c)
{
    return c == ';' || c == '\n' || c == '\r';
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

hm_status lib_next_pair(const char **text, hm_arena *arena, const char **pair, hm_err *err)
{
    const char *at = *text;
    *pair = NULL;
    while (is_end(*at) || is_blank(*at))
        at++;
    const char *end = at;
    while (*end && !is_end(*end))
        end++;
    *text = end;
    while (end > at && is_blank(end[-1]))
        end--;
    if (end == at)
        return HM_OK;
    char *copy = HM_PUSH(arena, char, end - at + 1);
    if (!copy)
        return hm_err_set(err, HM_ERR_SYSTEM, "options", 0, 0, NULL, "no memory");
    memcpy(copy, at, (size_t)(end - at));
    *pair = copy;
    return HM_OK;
}

/* Set in the first table that knows the key; in the last, for its message, when none does. */
static hm_status set_pair(const char *pair, unsigned take, hm_arena *arena, lib_options *o,
                          hm_err *err)
{
    const struct {
        const hm_option_table *table;
        void *opts;
        bool taken;
    } place[] = {{&lib_table, &o->own, true},
                 {&hm_measure_table, &o->measure, take & LIB_TAKE_FILE},
                 {&hm_insitu_table, &o->insitu, take & LIB_TAKE_INSITU},
                 {&hm_fit_table, &o->fit, take & LIB_TAKE_FIT}};
    char name[64];
    size_t n = strcspn(pair, "="), last = 0;
    n = n < sizeof name ? n : sizeof name - 1;
    memcpy(name, pair, n);
    name[n] = '\0';
    for (size_t i = 0; i < sizeof place / sizeof *place; i++) {
        if (!place[i].taken)
            continue;
        last = i;
        if (hm_option_find(place[i].table, name))
            break;
    }
    return hm_optab_set(place[last].table, place[last].opts, pair, arena, err);
}

hm_status lib_options_read(const char *text, unsigned take, hm_arena *arena, lib_options *out,
                           hm_err *err)
{
    lib_options o = {.fit = hm_fit_opts_default()};
    if (take & LIB_TAKE_FILE)
        o.measure = hm_measure_opts_default();
    if (take & LIB_TAKE_INSITU)
        o.insitu = hm_insitu_opts_default();
    hm_option_defaults(&lib_table, &o.own);
    const char *pair;
    for (const char *at = text ? text : "";;) {
        HM_TRY(lib_next_pair(&at, arena, &pair, err));
        if (!pair)
            break;
        HM_TRY(set_pair(pair, take, arena, &o, err));
    }
    *out = o;
    return HM_OK;
}

size_t hm_fit_help(char *text, size_t text_size)
{
    const hm_option_table *table[] = {&hm_fit_table, &lib_table, &hm_measure_table,
                                      &hm_insitu_table};
    static const char *const title[] = {"of the fit", "of the library", "of files",
                                        "of in-situ profiles"};
    hm_arena arena;
    hm_arena_init(&arena, 0);
    const char *all = "";
    for (int i = 0; all && i < 4; i++) {
        char *help;
        hm_status status = hm_optab_help(table[i], "", &arena, &help, NULL);
        all = status == HM_OK ? hm_arena_printf(&arena, "%s%s:\n%s", all, title[i], help) : NULL;
    }
    size_t n = all ? lib_copy(all, strlen(all), text, text_size) : 0;
    hm_arena_free(&arena);
    return n;
}
