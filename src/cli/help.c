#include "cli.h"

#include <stdio.h>
#include <string.h>

#include "base/notes.h"
#include "data/meet.h"
#include "io/optab.h"

void cli_print_usage(void)
{
    puts("hecto: the 100 metres as software\n\nusage: hecto VERB [ARGS]\n");
    for (int i = 0; i < cli_n_verb; i++)
        printf("  %-10s %s\n", cli_verbs[i]->name, cli_verbs[i]->summary);
    puts("\n  hecto VERB --help          what a verb does and takes\n"
         "  hecto --completion bash    a completion script (bash or zsh)\n"
         "  hecto --version            version, libraries, licences\n\n"
         "exit: 0 done, 1 a check did not hold, 2 wrong usage, 65 bad input, 66 no such file,\n"
         "      70 our fault, 74 disk, 75 stopped");
}

static void print_opt(const cli_opt *o)
{
    char left[64];
    snprintf(left, sizeof left, "%s%c%s--%s%s%s", o->letter ? "-" : " ",
             o->letter ? o->letter : ' ', o->letter ? ", " : "  ", o->name, o->arg ? " " : "",
             o->arg ? o->arg : "");
    printf("  %-26s %s\n", left, o->help);
}

/* The rows of a group with default, range and source. */
static void print_group(const cli_group *group)
{
    char prefix[CLI_NAME_MAX] = "";
    if (group->prefix[0])
        snprintf(prefix, sizeof prefix, "%s.", group->prefix);
    hm_arena arena;
    hm_arena_init(&arena, 0);
    char *text;
    if (hm_optab_help(group->table, prefix, &arena, &text, NULL) == HM_OK)
        printf("\n--set NAME=VALUE, %s:\n%s", group->table->name, text);
    hm_arena_free(&arena);
}

void cli_print_help(const cli_verb *verb)
{
    printf("usage: hecto %s %s [options]\n%s\n", verb->name, verb->operand, verb->summary);
    if (verb->parts)
        printf("\nparts:\n%s", verb->parts);
    printf("\nexamples:\n%s\n\noptions:\n", verb->example);
    cli_opt_list list;
    cli_list_opts(verb, &list);
    for (int i = 0; i < list.n; i++)
        print_opt(&list.opt[i]);
    for (int g = 0; g < verb->n_group; g++)
        print_group(&verb->group[g]);
}

/* Every option of a verb as words, for a shell. */
static void print_words(const cli_verb *verb)
{
    cli_opt_list list;
    cli_list_opts(verb, &list);
    for (int i = 0; i < list.n; i++)
        printf(" --%s", list.opt[i].name);
}

static void print_bash(void)
{
    puts("# bash completion of hecto; made by: hecto --completion bash\n_hecto() {\n"
         "    local word=${COMP_WORDS[COMP_CWORD]} words=\n"
         "    if [ \"$COMP_CWORD\" -eq 1 ]; then");
    printf("        words=\"--help --version --completion");
    for (int i = 0; i < cli_n_verb; i++)
        printf(" %s", cli_verbs[i]->name);
    puts("\"\n    else\n        case ${COMP_WORDS[1]} in");
    for (int i = 0; i < cli_n_verb; i++) {
        printf("        %s) words=\"", cli_verbs[i]->name);
        print_words(cli_verbs[i]);
        puts("\" ;;");
    }
    puts("        esac\n    fi\n"
         "    case $word in\n"
         "    -*) mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$word\") ;;\n"
         "    *)\n"
         "        [ \"$COMP_CWORD\" -eq 1 ] && mapfile -t COMPREPLY < <(compgen -W \"$words\" -- "
         "\"$word\") ||\n"
         "            mapfile -t COMPREPLY < <(compgen -f -- \"$word\")\n"
         "        ;;\n"
         "    esac\n}\ncomplete -o filenames -F _hecto hecto");
}

/* A sentence inside a zsh [..] description: brackets, colons and quotes would end it. */
static void print_zsh_text(const char *s)
{
    for (; *s; s++) {
        if (strchr("[]:\\", *s))
            putchar('\\');
        if (*s == '\'')
            fputs("'\\'", stdout);
        putchar(*s);
    }
}

static void print_zsh_opt(const cli_opt *o)
{
    printf("                '--%s[", o->name);
    print_zsh_text(o->help);
    printf("]%s%s%s' \\\n", o->arg ? ":" : "", o->arg ? o->arg : "",
           o->arg && strcmp(o->arg, "FILE") == 0 ? ":_files"
           : o->arg                              ? ":"
                                                 : "");
}

static void print_zsh(void)
{
    puts("#compdef hecto\n# zsh completion of hecto; made by: hecto --completion zsh\n_hecto() {\n"
         "    if (( CURRENT == 2 )); then\n        local -a verbs=(");
    for (int i = 0; i < cli_n_verb; i++) {
        printf("            '%s:", cli_verbs[i]->name);
        print_zsh_text(cli_verbs[i]->summary);
        puts("'");
    }
    puts("        )\n        _describe verb verbs\n        return\n    fi\n    case $words[2] in");
    cli_opt_list list;
    for (int i = 0; i < cli_n_verb; i++) {
        printf("        %s)\n            _arguments \\\n", cli_verbs[i]->name);
        cli_list_opts(cli_verbs[i], &list);
        for (int k = 0; k < list.n; k++)
            print_zsh_opt(&list.opt[k]);
        puts("                '*:file:_files'\n            ;;");
    }
    puts("    esac\n}\n_hecto \"$@\"");
}

hm_status cli_print_completion(const char *shell, hm_err *err)
{
    if (strcmp(shell, "bash") == 0)
        print_bash();
    else if (strcmp(shell, "zsh") == 0)
        print_zsh();
    else
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--completion",
                          "expected bash or zsh, found \"%s\"", shell);
    return HM_OK;
}

void cli_print_notes(const cli_args *args, const hm_notes *notes)
{
    for (int i = 0; i < notes->n && !args->quiet; i++) {
        const char *text = hm_meet_text(args->arena, notes->text[i]); /* files may tell anything */
        fprintf(stderr, "hecto: note: %s\n", text ? text : "no memory");
    }
}
