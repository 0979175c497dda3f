#include "cli.h"

#include <getopt.h>
#include <string.h>

#include "base/par.h"
#include "io/nearest.h"
#include "io/number.h"
#include "io/optab.h"

static const cli_opt common_opt[] = {
    {"output", 'o', "FILE", "Write to FILE, whole or not at all; - is standard output."},
    {"seed", 0, "N", "Seed of everything that is drawn by chance (default 1)."},
    {"threads", 0, "N", "Threads to use (default: all processors). Changes no byte of a result."},
    {"quiet", 'q', NULL, "Say nothing but errors."},
    {"help", 'h', NULL, "This text."},
};
enum { N_COMMON = sizeof common_opt / sizeof common_opt[0] };

static const cli_opt set_opt = {"set", 0, "NAME=VALUE", "Set any option below by its name."};

static void add_opt(cli_opt_list *list, const cli_opt *opt)
{
    HM_ASSERT(list->n < CLI_OPT_MAX);
    list->opt[list->n++] = *opt;
}

/* A row as an option of its own: wind_mps becomes --wind-mps. */
static void add_row(cli_opt_list *list, const hm_option *row)
{
    HM_ASSERT(list->n < CLI_OPT_MAX && strlen(row->name) < CLI_NAME_MAX);
    char *name = list->name[list->n];
    strcpy(name, row->name);
    for (char *c = name; *c; c++)
        *c = *c == '_' ? '-' : *c;
    static const char *const arg[] = {"X", "N", "N", NULL, "NAME", "NAME"};
    add_opt(list, &(cli_opt){name, 0, arg[row->type], row->sentence});
}

/* A switch that stands on by default can only be set. */
static bool is_direct(const cli_group *group, const hm_option *row)
{
    return !group->prefix[0] && !(row->type == HM_OPTION_BOOL && row->standard != 0);
}

void cli_list_opts(const cli_verb *verb, cli_opt_list *list)
{
    list->n = 0;
    for (int i = 0; i < verb->n_opt; i++)
        add_opt(list, &verb->opt[i]);
    for (int g = 0; g < verb->n_group; g++)
        for (int i = 0; i < verb->group[g].table->n; i++)
            if (is_direct(&verb->group[g], &verb->group[g].table->row[i]))
                add_row(list, &verb->group[g].table->row[i]);
    if (verb->n_group)
        add_opt(list, &set_opt);
    for (int i = 0; i < N_COMMON; i++)
        add_opt(list, &common_opt[i]);
}

static int find_opt(const cli_opt_list *list, const char *name)
{
    for (int i = 0; i < list->n; i++)
        if (strcmp(list->opt[i].name, name) == 0)
            return i;
    return -1;
}

/* The option that getopt refused, and the nearest one that exists. */
static hm_status refuse(const cli_args *args, const char *word, int c, hm_err *err)
{
    if (c == ':')
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, word, "expected a value after it");
    const char *names[CLI_OPT_MAX];
    int n = args->list.n;
    for (int i = 0; i < n; i++)
        names[i] = args->list.opt[i].name;
    size_t len = strcspn(word, "=");
    char bare[64];
    const char *from = word + strspn(word, "-");
    snprintf(bare, sizeof bare, "%.*s", (int)(len - (size_t)(from - word)), from);
    int32_t near = hm_nearest(bare, n, names);
    return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, word,
                      near >= 0 ? "no such option of hecto %s; did you mean --%s?"
                                : "no such option of hecto %s; see hecto %s --help",
                      args->verb->name, near >= 0 ? names[near] : args->verb->name);
}

/* Tables of getopt_long: val = 256 + option number, letters as themselves. */
static void getopt_tables(const cli_opt_list *list, struct option longs[], char shorts[])
{
    *shorts++ = ':'; /* a missing value is told apart */
    for (int i = 0; i < list->n; i++) {
        const cli_opt *o = &list->opt[i];
        longs[i] =
            (struct option){o->name, o->arg ? required_argument : no_argument, NULL, 256 + i};
        if (o->letter) {
            *shorts++ = o->letter;
            if (o->arg)
                *shorts++ = ':';
        }
    }
    longs[list->n] = (struct option){0};
    *shorts = '\0';
}

static int by_letter(const cli_opt_list *list, int c)
{
    for (int i = 0; i < list->n; i++)
        if (list->opt[i].letter == c)
            return i;
    return -1;
}

/* The group to which option i of the list belongs, NULL = none; *row gets its row. */
static const cli_group *group_of(const cli_args *args, int i, const hm_option **row)
{
    for (int g = 0; g < args->verb->n_group; g++)
        for (int k = 0; k < args->verb->group[g].table->n; k++) {
            const cli_group *group = &args->verb->group[g];
            *row = &group->table->row[k];
            char name[CLI_NAME_MAX];
            snprintf(name, sizeof name, "%s", (*row)->name);
            for (char *c = name; *c; c++)
                *c = *c == '_' ? '-' : *c;
            if (is_direct(group, *row) && strcmp(name, args->list.opt[i].name) == 0)
                return group;
        }
    return NULL;
}

/* Options that are rows, and --set itself, are kept as name=value pairs in their order. */
static hm_status take(cli_args *args, int i, const char *value, hm_err *err)
{
    const char *name = args->list.opt[i].name;
    const hm_option *row;
    args->value[i] = value ? value : "";
    args->help |= strcmp(name, "help") == 0;
    args->quiet |= strcmp(name, "quiet") == 0;
    const char *pair = NULL;
    if (strcmp(name, "set") == 0)
        pair = value;
    else if (group_of(args, i, &row))
        pair = hm_arena_printf(args->arena, "%s=%s", row->name, value ? value : "true");
    else
        return HM_OK;
    if (!pair || args->n_set == CLI_SET_MAX)
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, name, "expected at most %d settings",
                          CLI_SET_MAX);
    args->set[args->n_set++] = pair;
    return HM_OK;
}

/* Does the pair name a row of this group? Then *rest is name=value without the prefix. */
static bool names_group(const char *pair, const cli_group *group, const char **rest)
{
    size_t n = strlen(group->prefix);
    const char *dot = strchr(pair, '.'), *equals = strchr(pair, '=');
    if (n == 0) {
        *rest = pair;
        return !dot || (equals && dot > equals);
    }
    *rest = pair + n + 1;
    return strncmp(pair, group->prefix, n) == 0 && pair[n] == '.';
}

static bool has_row(const cli_group *group, const char *pair)
{
    char name[64];
    snprintf(name, sizeof name, "%.*s", (int)strcspn(pair, "="), pair);
    return hm_option_find(group->table, name) != NULL;
}

/* Every --set must name a row of some group; several groups may share a prefix. */
static hm_status check_sets(const cli_args *args, hm_err *err)
{
    for (int i = 0; i < args->n_set; i++) {
        const cli_group *near = NULL;
        const char *rest;
        bool found = false;
        for (int g = 0; g < args->verb->n_group && !found; g++)
            if (names_group(args->set[i], &args->verb->group[g], &rest)) {
                near = near ? near : &args->verb->group[g];
                found = has_row(&args->verb->group[g], rest);
            }
        if (found)
            continue;
        if (!near)
            return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--set",
                              "expected NAME=VALUE, found \"%s\"; see hecto %s --help",
                              args->set[i], args->verb->name);
        /* the table itself words the refusal, with the nearest name */
        names_group(args->set[i], near, &rest);
        unsigned char scratch[1024] = {0};
        HM_ASSERT(near->table->size <= sizeof scratch);
        HM_TRY(hm_optab_set(near->table, scratch, rest, args->arena, err));
    }
    return HM_OK;
}

hm_status cli_fill(const cli_args *args, const hm_option_table *table, void *opts, hm_err *err)
{
    const char *rest;
    for (int g = 0; g < args->verb->n_group; g++) {
        const cli_group *group = &args->verb->group[g];
        for (int i = 0; i < args->n_set && group->table == table; i++)
            if (names_group(args->set[i], group, &rest) && has_row(group, rest))
                HM_TRY(hm_optab_set(table, opts, rest, args->arena, err));
    }
    return HM_OK;
}

hm_status cli_parse(const cli_verb *verb, int argc, char **argv, hm_arena *arena, cli_args *args,
                    hm_err *err)
{
    *args = (cli_args){.verb = verb, .arena = arena};
    cli_list_opts(verb, &args->list);
    struct option longs[CLI_OPT_MAX + 1];
    char shorts[3 * CLI_OPT_MAX];
    getopt_tables(&args->list, longs, shorts);
    optind = 1;
    opterr = 0;
    for (;;) {
        int c = getopt_long(argc, argv, shorts, longs, NULL);
        if (c == -1)
            break;
        if (c == '?' || c == ':')
            return refuse(args, argv[optind - 1], c, err); /* it has stepped over the word */
        HM_TRY(take(args, c >= 256 ? c - 256 : by_letter(&args->list, c), optarg, err));
    }
    HM_TRY(check_sets(args, err));
    args->n_operand = argc - optind;
    if (args->help)
        return HM_OK;
    if (args->n_operand < verb->n_operand_min)
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, verb->name, "expected %s", verb->operand);
    if (args->n_operand > verb->n_operand_max)
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, argv[optind + verb->n_operand_max],
                          "one argument too many for hecto %s %s", verb->name, verb->operand);
    for (int i = 0; i < args->n_operand; i++)
        args->operand[i] = argv[optind + i];
    return HM_OK;
}

bool cli_offers(const cli_args *args, const char *name)
{
    return find_opt(&args->list, name) >= 0;
}

const char *cli_value(const cli_args *args, const char *name)
{
    int i = find_opt(&args->list, name);
    HM_ASSERT(i >= 0);
    return args->value[i];
}

bool cli_flag(const cli_args *args, const char *name)
{
    return cli_value(args, name) != NULL;
}

static hm_status wrong_value(const char *name, const char *want, const char *got, hm_err *err)
{
    char option[64];
    snprintf(option, sizeof option, "--%s", name);
    return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, option, "expected %s, found \"%s\"", want,
                      got);
}

hm_status cli_number(const cli_args *args, const char *name, double lo, double hi, double *value,
                     hm_err *err)
{
    const char *text = cli_value(args, name);
    double x = *value;
    if (!text)
        return HM_OK;
    char want[96];
    snprintf(want, sizeof want, "a number from %g to %g", lo, hi);
    if (hm_number_parse(text, '.', &x) != HM_NUMBER_OK || x < lo || x > hi)
        return wrong_value(name, want, text, err);
    *value = x;
    return HM_OK;
}

hm_status cli_integer(const cli_args *args, const char *name, int64_t lo, int64_t hi,
                      int64_t *value, hm_err *err)
{
    const char *text = cli_value(args, name);
    int64_t x = *value;
    if (!text)
        return HM_OK;
    char want[96];
    snprintf(want, sizeof want, "a whole number from %lld to %lld", (long long)lo, (long long)hi);
    if (hm_number_parse_int(text, &x) != HM_NUMBER_OK || x < lo || x > hi)
        return wrong_value(name, want, text, err);
    *value = x;
    return HM_OK;
}

hm_status cli_word(const cli_args *args, const char *name, int n, const char *const word[],
                   int *which, hm_err *err)
{
    const char *text = cli_value(args, name);
    if (!text)
        return HM_OK;
    for (int i = 0; i < n; i++)
        if (strcmp(word[i], text) == 0) {
            *which = i;
            return HM_OK;
        }
    char option[64], list[128] = "";
    snprintf(option, sizeof option, "--%s", name);
    for (int i = 0; i < n; i++) {
        size_t at = strlen(list);
        const char *comma = i == 0 ? "" : n == 2 ? " or " : ", ";
        snprintf(list + at, sizeof list - at, "%s%s", comma, word[i]);
    }
    int32_t near = hm_nearest(text, n, word);
    return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, option, "expected %s; found \"%s\"%s%s", list,
                      text, near >= 0 ? "; did you mean " : "", near >= 0 ? word[near] : "");
}

hm_status cli_size(const cli_args *args, const char *name, int *w_px, int *h_px, hm_err *err)
{
    const char *text = cli_value(args, name);
    if (!text)
        return HM_OK;
    const char *want = "WIDTHxHEIGHT, both even, 64x64 to 7680x4320";
    char word[32];
    int64_t w = 0, h = 0;
    const char *x = strchr(text, 'x');
    if (!x || strlen(text) >= sizeof word)
        return wrong_value(name, want, text, err);
    snprintf(word, sizeof word, "%.*s", (int)(x - text), text);
    if (hm_number_parse_int(word, &w) != HM_NUMBER_OK ||
        hm_number_parse_int(x + 1, &h) != HM_NUMBER_OK || w < 64 || w > 7680 || h < 64 ||
        h > 4320 || w % 2 || h % 2)
        return wrong_value(name, want, text, err);
    *w_px = (int)w;
    *h_px = (int)h;
    return HM_OK;
}

hm_status cli_threads(const cli_args *args, int *n_thread, hm_err *err)
{
    int64_t n = args->crew ? 1 : hm_par_cpu_count();
    HM_TRY(cli_integer(args, "threads", 1, 256, &n, err));
    *n_thread = (int)n;
    return HM_OK;
}
