/* hecto VERB [ARGS]: find the verb, run it, turn its status into one line and an exit code. */
#include "cli.h"
#include "cmd.h"
#include "crew.h"

#include <string.h>

#include "data/meet.h"
#include "io/nearest.h"

const cli_verb *const cli_verbs[] = {&cmd_measure,   &cmd_fit,   &cmd_race, &cmd_film, &cmd_page,
                                     &cmd_rotoscope, &cmd_photo, &cmd_book, &cmd_life, &cmd_doctor};
const int cli_n_verb = sizeof cli_verbs / sizeof cli_verbs[0];

static const cli_verb *find_verb(const char *name)
{
    for (int i = 0; i < cli_n_verb; i++)
        if (strcmp(cli_verbs[i]->name, name) == 0)
            return cli_verbs[i];
    return NULL;
}

static hm_status no_such_verb(const char *word, hm_err *err)
{
    const char *names[16];
    HM_ASSERT(cli_n_verb <= 16);
    for (int i = 0; i < cli_n_verb; i++)
        names[i] = cli_verbs[i]->name;
    int32_t near = hm_nearest(word, cli_n_verb, names);
    if (near < 0)
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, word, "no such verb; see hecto --help");
    return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, word, "no such verb; did you mean \"%s\"?",
                      names[near]);
}

/* What ranks do together; all else would be done once by each. */
static hm_status check_shared(const cli_args *args, hm_err *err)
{
    if (args->verb == &cmd_life && cli_value(args, "cohort"))
        return HM_OK;
    return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "hecto-mpi",
                      "expected life --cohort DIR; for all else there is hecto");
}

static hm_status run_verb(const cli_verb *verb, int argc, char **argv, const cli_crew *crew,
                          hm_err *err)
{
    hm_arena arena;
    hm_arena_init(&arena, 1 << 20);
    cli_args args;
    hm_status s = cli_parse(verb, argc, argv, &arena, &args, err);
    args.crew = crew;
    if (s == HM_OK && crew && !args.help)
        s = check_shared(&args, err);
    int n_thread; /* every verb takes it, so every verb checks it */
    if (s == HM_OK)
        s = cli_threads(&args, &n_thread, err);
    if (s == HM_OK && args.help)
        cli_print_help(verb);
    else if (s == HM_OK)
        s = verb->run(&args, err);
    hm_arena_free(&arena);
    return s;
}

static hm_status run(int argc, char **argv, const cli_crew *crew, hm_err *err)
{
    if (argc < 2)
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, NULL, "expected a verb; see hecto --help");
    const char *word = argv[1];
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 || strcmp(word, "help") == 0) {
        cli_print_usage();
        return HM_OK;
    }
    if (strcmp(word, "--version") == 0) {
        cmd_print_version();
        return HM_OK;
    }
    if (strcmp(word, "--completion") == 0)
        return cli_print_completion(argc > 2 ? argv[2] : "", err);
    const cli_verb *verb = find_verb(word);
    return verb ? run_verb(verb, argc - 1, argv + 1, crew, err) : no_such_verb(word, err);
}

/* What all ranks find, the first one says. */
static bool says(const cli_crew *crew, hm_status s)
{
    return !crew || crew->rank == 0 || (s != HM_ERR_STOPPED && s != HM_ERR_USAGE);
}

int cli_main(int argc, char **argv, const cli_crew *crew)
{
    cli_signals_catch();
    hm_err err = {0};
    hm_status s = run(argc, argv, crew, &err);
    if (s == HM_OK && fflush(stdout) != 0)
        s = hm_err_set(&err, HM_ERR_SYSTEM, "standard output", 0, 0, NULL, "could not be written");
    if (s != HM_OK && says(crew, s)) {
        char line[1024];
        hm_err_text(&err, line, sizeof line);
        hm_meet_clean(line); /* what was found may be anything */
        fprintf(stderr, "hecto: %s\n", line);
    }
    return hm_status_exit_code(s);
}
