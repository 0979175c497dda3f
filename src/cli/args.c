#include "cli.h"

#include <getopt.h>
#include <string.h>

#include "base/par.h"
#include "io/nearest.h"
#include "io/number.h"

static const cli_opt common_opt[] = {
    {"output", 'o', "FILE", "Write to FILE, whole or not at all; - is standard output."},
    {"seed", 0, "N", "Seed of everything that is drawn by chance (default 1)."},
    {"threads", 0, "N", "Threads to use (default: all processors). Changes no byte of a result."},
    {"quiet", 'q', NULL, "Say nothing but errors."},
    {"help", 'h', NULL, "This text."},
};
enum { N_COMMON = sizeof common_opt / sizeof common_opt[0] };

const cli_opt *cli_common_opts(int *n)
{
    *n = N_COMMON;
    return common_opt;
}

/* Option i of a verb: its own first, then the common ones. */
static const cli_opt *opt_at(const cli_verb *verb, int i)
{
    return i < verb->n_opt ? &verb->opt[i] : &common_opt[i - verb->n_opt];
}

static int find_opt(const cli_verb *verb, const char *name)
{
    for (int i = 0; i < verb->n_opt + N_COMMON; i++)
        if (strcmp(opt_at(verb, i)->name, name) == 0)
            return i;
    return -1;
}

/* The option that getopt refused, and the nearest one that exists. */
static hm_status refuse(const cli_verb *verb, const char *word, int c, hm_err *err)
{
    if (c == ':')
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, word, "expected a value after it");
    const char *names[CLI_OPT_MAX];
    int n = verb->n_opt + N_COMMON;
    for (int i = 0; i < n; i++)
        names[i] = opt_at(verb, i)->name;
    size_t len = strcspn(word, "=");
    char bare[64];
    const char *from = word + strspn(word, "-");
    snprintf(bare, sizeof bare, "%.*s", (int)(len - (size_t)(from - word)), from);
    int32_t near = hm_nearest(bare, n, names);
    return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, word,
                      near >= 0 ? "no such option of hecto %s; did you mean --%s?"
                                : "no such option of hecto %s; see hecto %s --help",
                      verb->name, near >= 0 ? names[near] : verb->name);
}

/* Tables of getopt_long: val = 256 + option number, letters as themselves. */
static void getopt_tables(const cli_verb *verb, struct option longs[], char shorts[])
{
    int n = verb->n_opt + N_COMMON;
    *shorts++ = ':'; /* a missing value is told apart */
    for (int i = 0; i < n; i++) {
        const cli_opt *o = opt_at(verb, i);
        longs[i] =
            (struct option){o->name, o->arg ? required_argument : no_argument, NULL, 256 + i};
        if (o->letter) {
            *shorts++ = o->letter;
            if (o->arg)
                *shorts++ = ':';
        }
    }
    longs[n] = (struct option){0};
    *shorts = '\0';
}

static int by_letter(const cli_verb *verb, int c)
{
    for (int i = 0; i < verb->n_opt + N_COMMON; i++)
        if (opt_at(verb, i)->letter == c)
            return i;
    return -1;
}

static void take(cli_args *args, int i, const char *value)
{
    const char *name = opt_at(args->verb, i)->name;
    args->value[i] = value ? value : "";
    args->help |= strcmp(name, "help") == 0;
    args->quiet |= strcmp(name, "quiet") == 0;
}

hm_status cli_parse(const cli_verb *verb, int argc, char **argv, hm_arena *arena, cli_args *args,
                    hm_err *err)
{
    HM_ASSERT(verb->n_opt + N_COMMON < CLI_OPT_MAX);
    *args = (cli_args){.verb = verb, .arena = arena};
    struct option longs[CLI_OPT_MAX + 1];
    char shorts[3 * CLI_OPT_MAX];
    getopt_tables(verb, longs, shorts);
    optind = 1;
    opterr = 0;
    for (;;) {
        int c = getopt_long(argc, argv, shorts, longs, NULL);
        if (c == -1)
            break;
        if (c == '?' || c == ':')
            return refuse(verb, argv[optind - 1], c, err); /* it has stepped over the word */
        take(args, c >= 256 ? c - 256 : by_letter(verb, c), optarg);
    }
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

const char *cli_value(const cli_args *args, const char *name)
{
    int i = find_opt(args->verb, name);
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
    int64_t n = hm_par_cpu_count();
    HM_TRY(cli_integer(args, "threads", 1, 256, &n, err));
    *n_thread = (int)n;
    return HM_OK;
}
