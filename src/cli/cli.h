/* cli/cli.h - what the verbs of the command line share: options, output, progress, stopping. */
#ifndef HM_CLI_CLI_H
#define HM_CLI_CLI_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/notes.h"
#include "base/option.h"
#include "base/status.h"

enum { CLI_OPT_MAX = 64, CLI_OPERAND_MAX = 1024, CLI_SET_MAX = 64, CLI_NAME_MAX = 32 };

/** One option. Help, manual page check and shell completion all come from the verb's table. */
typedef struct cli_opt {
    const char *name; /* without -- */
    char letter;      /* 0 = none */
    const char *arg;  /* what follows, as in help; NULL = a flag */
    const char *help; /* one sentence, default included */
} cli_opt;

/** A struct of options that a verb fills (base/option.h). Each row can be set by --set. Where the
 * prefix is "", each row is an option of its own too: wind_mps is --wind-mps. */
typedef struct cli_group {
    const char *prefix; /* put before the row's name, with a dot: "insitu" */
    const hm_option_table *table;
} cli_group;

typedef struct cli_args cli_args;
struct cli_crew; /* crew.h */

typedef struct cli_verb {
    const char *name, *operand, *summary; /* operand: as in help, "" = none */
    const char *parts;                    /* lines: what the first operand may be; NULL = none */
    int n_operand_min, n_operand_max;
    const cli_opt *opt; /* (n_opt) own options, besides the common ones */
    int n_opt;
    const cli_group *group; /* (n_group) */
    int n_group;
    const char *example; /* lines, each a command */
    hm_status (*run)(cli_args *args, hm_err *err);
} cli_verb;

/** Every option that a verb takes: its own, the rows of its groups, --set, the common ones. */
typedef struct cli_opt_list {
    int n;
    cli_opt opt[CLI_OPT_MAX];
    char name[CLI_OPT_MAX][CLI_NAME_MAX]; /* of those that come from rows */
} cli_opt_list;

/** The parsed command line of one verb. */
struct cli_args {
    const cli_verb *verb;
    hm_arena *arena; /* for everything that the verb makes */
    cli_opt_list list;
    const char *value[CLI_OPT_MAX]; /* by option of the list, NULL = not given */
    const char *set[CLI_SET_MAX];   /* (n_set) name=value, in the order of the command line */
    int n_set;
    const char *operand[CLI_OPERAND_MAX];
    int n_operand;
    bool help, quiet;
    const struct cli_crew *crew; /* who shares the work; NULL = nobody */
};

/** All verbs, in the order of help (n_verb). */
extern const cli_verb *const cli_verbs[];
extern const int cli_n_verb;

/** Lay out the options of a verb. */
void cli_list_opts(const cli_verb *verb, cli_opt_list *list);

/**
 * Read argv of a verb (argv[0] = the verb) with getopt_long.
 * errors HM_ERR_USAGE: the option, and the nearest valid one
 */
HM_CHECKED hm_status cli_parse(const cli_verb *verb, int argc, char **argv, hm_arena *arena,
                               cli_args *args, hm_err *err);

/** Is there such an option of the verb? */
bool cli_offers(const cli_args *args, const char *name);

/** Value of an option, NULL = not given. The option must be in a table (asserted). */
const char *cli_value(const cli_args *args, const char *name);
bool cli_flag(const cli_args *args, const char *name);

/**
 * What the command line says of one group, over the struct's defaults.
 * in     table  of the group
 * out    opts   checked, value by value
 * errors HM_ERR_USAGE the option, what was expected
 */
HM_CHECKED hm_status cli_fill(const cli_args *args, const hm_option_table *table, void *opts,
                              hm_err *err);

/** Typed values; the default stands when the option was not given. */
HM_CHECKED hm_status cli_number(const cli_args *args, const char *name, double lo, double hi,
                                double *value, hm_err *err);
HM_CHECKED hm_status cli_integer(const cli_args *args, const char *name, int64_t lo, int64_t hi,
                                 int64_t *value, hm_err *err);
HM_CHECKED hm_status cli_size(const cli_args *args, const char *name, int *w_px, int *h_px,
                              hm_err *err);
/** One of n words; *which = its index. errors HM_ERR_USAGE with all of them and the nearest */
HM_CHECKED hm_status cli_word(const cli_args *args, const char *name, int n,
                              const char *const word[], int *which, hm_err *err);
HM_CHECKED hm_status cli_threads(const cli_args *args, int *n_thread, hm_err *err);

/** Help of the program, of a verb; completion scripts. To standard output. */
void cli_print_usage(void);
void cli_print_help(const cli_verb *verb);
HM_CHECKED hm_status cli_print_completion(const char *shell, hm_err *err);

/** Notes of a result, one a line on stderr, unless quiet. */

void cli_print_notes(const cli_args *args, const hm_notes *notes);

/** A bar with time to go, on a terminal only and after a second of work; none with -q. */
typedef struct cli_progress {
    const char *what;
    double start_s, shown_s;
    bool on, drawn;
} cli_progress;

cli_progress cli_progress_begin(const cli_args *args, const char *what);
/** done of total; returns false once the user has asked to stop (Ctrl-C, SIGTERM). */
bool cli_progress_tell(cli_progress *p, int64_t done, int64_t total);
void cli_progress_end(cli_progress *p);

/** Catch SIGINT and SIGTERM: the first asks for a clean stop, the second kills. */
void cli_signals_catch(void);
bool cli_stop_asked(void);

#endif
