/* hecto page: a sheet or a race becomes one HTML file that plays and explains it. */
#include "cmd.h"
#include "film_output.h"
#include "page.h"
#include "page_story.h"

#include <stdio.h>

#include "stage/look.h"

static const cli_opt opts[] = {
    {"look", 0, "NAME", "The look that the page begins with (default broadcast)."},
    {"lang", 0, "NAME", "Language of the page: en (default), ja."},
    {"title", 0, "TEXT", "Title of the page (default: the meet and the event)."},
    {"score", 0, NULL, "Music for the film; looks that ask for it have it anyway."},
    {"no-score", 0, NULL, "No music in the page."},
    {"site", 0, "DIR",
     "A page and a picture of each race in DIR, and an index; what has not changed is kept."},
    {"marking", 0, NULL, "The page on which a person marks a clip; CLIP may be left out."},
    {"marks", 0, "FILE", "Of a marking page: marks to begin with."},
    {"slit", 0, "FILE", "Of a marking page: a finish, as hecto measure writes it for hashlines."},
    {"track", 0, "FILE", "Of a marking page: points of people, to be corrected."},
    {"stills", 0, "N", "Of a marking page: still images of the clip to lie in it."},
    {"allow-implausible", 0, NULL, "Take a sheet with speeds above 13 m/s over 10 m."},
};

hm_status page_read_opts(const cli_args *args, page_opts *o, hm_err *err)
{
    const hm_look *look;
    int lang = HM_LANG_EN;
    HM_TRY(cli_word(args, "lang", HM_LANG_COUNT, hm_lang_word, &lang, err));
    o->lang = (hm_lang)lang;
    o->look = cli_value(args, "look") ? cli_value(args, "look") : "broadcast";
    o->title = cli_value(args, "title");
    if (cli_flag(args, "score") && cli_flag(args, "no-score"))
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--no-score", "goes against --score");
    o->score = cli_flag(args, "score")      ? PAGE_SCORE_ON
               : cli_flag(args, "no-score") ? PAGE_SCORE_OFF
                                            : PAGE_SCORE_AUTO;
    HM_TRY(cli_threads(args, &o->n_thread, err));
    return hm_look_get(o->look, &look, err);
}

static hm_status run_mark(const cli_args *args, const page_opts *o, hm_err *err)
{
    page_content page;
    const char *path = "mark.html";
    if (args->n_operand > 0 || cli_value(args, "output"))
        HM_TRY(film_output_path(args, ".html", &path, err));
    HM_TRY(page_of_mark(args, o, &page, err));
    if (page_lacks())
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "%s", page_lacks());
    return page_write(&page, path, args->arena, err);
}

/* What a page of this program leaves out, once it is written. */
static void tell_lack(const cli_args *args, const char *path)
{
    if (page_lacks() && !args->quiet)
        fprintf(stderr, "hecto: %s: the result without the film: %s\n", path, page_lacks());
}

static hm_status run_story(const cli_args *args, hm_data_kind kind, const page_opts *o, hm_err *err)
{
    hm_story story;
    page_content page;
    const char *path;
    HM_TRY(film_output_path(args, ".html", &path, err));
    HM_TRY(page_story_load(args, kind, &story, err));
    cli_print_notes(args, &story.notes);
    HM_TRY(page_of_story(args, &story, o, &page, err));
    if (story.n_race > PAGE_STORY_RACE_MAX && !args->quiet)
        fprintf(stderr,
                "hecto: %s: %d of %d races: those of chapters, meetings, and of the followed\n",
                path, PAGE_STORY_RACE_MAX, (int)story.n_race);
    HM_TRY(page_write(&page, path, args->arena, err));
    tell_lack(args, path);
    return HM_OK;
}

static hm_status run(cli_args *args, hm_err *err)
{
    page_opts o;
    hm_race race;
    page_content page;
    const char *path;
    hm_data_kind kind;
    HM_TRY(page_read_opts(args, &o, err));
    if (args->n_operand > 0 && cli_value(args, "site"))
        return page_site(args, &o, err);
    if (page_is_mark(args))
        return run_mark(args, &o, err);
    if (args->n_operand != 1)
        return hm_err_set(
            err, HM_ERR_USAGE, NULL, 0, 0, "page",
            "expected one sheet, race, story or clip, found %d; several make a --site",
            args->n_operand);
    HM_TRY(cmd_operand_kind(args, &kind, err));
    if (kind == HM_DATA_STORY || kind == HM_DATA_SCENARIO)
        return run_story(args, kind, &o, err);
    HM_TRY(film_output_path(args, ".html", &path, err));
    HM_TRY(cmd_load_race(args, args->operand[0], &race, err));
    cli_print_notes(args, &race.notes);
    HM_TRY(page_of_race(&race, &o, args->arena, &page, err));
    HM_TRY(page_write(&page, path, args->arena, err));
    tell_lack(args, path);
    return HM_OK;
}

const cli_verb cmd_page = {
    .name = "page",
    .operand = "[SHEET|RACE|STORY|CLIP ...]",
    .summary = "One HTML file that plays and explains a race, without any network.",
    .n_operand_min = 0,
    .n_operand_max = CLI_OPERAND_MAX,
    .opt = opts,
    .n_opt = sizeof opts / sizeof opts[0],
    .example = "  hecto page data/races/2009-berlin-men-100m-final.csv -o berlin.html\n"
               "  hecto page --site races data/races/*.csv\n"
               "  hecto page data/scenarios/rivals.json -o rivals.html\n"
               "  hecto page finish.mp4 --marks finish.json -o mark.html\n"
               "  hecto page --marking -o mark.html",
    .run = run,
};
