/* life_plot_file.c - which picture the command line asks for, into its file. */
#include "life_plot.h"

#include <string.h>

#include "io/file.h"

static hm_status person_of(const hm_story *story, const char *id, const char *option,
                           int32_t *person, hm_err *err)
{
    for (int32_t i = 0; i < story->n_person; i++)
        if (strcmp(story->person[i].id, id) == 0) {
            *person = i;
            return HM_OK;
        }
    return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, option, "nobody is called \"%s\" here", id);
}

static hm_status belief_of(const char *name, int32_t *belief, hm_err *err)
{
    for (int32_t i = 0; i < HM_STORY_BELIEF_COUNT; i++)
        if (strcmp(hm_story_belief_word(i), name) == 0) {
            *belief = i;
            return HM_OK;
        }
    return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--idea",
                      "expected joy, fastest, effort, order, form or fear; found \"%s\"", name);
}

hm_status life_plot(const cli_args *args, const hm_story *story, int32_t person, hm_err *err)
{
    const char *path = cli_value(args, "plot"), *beside = cli_value(args, "beside");
    const char *idea = cli_value(args, "idea");
    fit_plot_opts o = fit_plot_opts_default();
    int32_t other = -1, belief = -1;
    char *bytes = NULL;
    size_t n = 0;
    if (!path && (beside || idea))
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, beside ? "--beside" : "--idea",
                          "goes with --plot FILE");
    if (!path)
        return HM_OK;
    HM_TRY(fit_plot_format_of(path, &o.format, err));
    if (beside)
        HM_TRY(person_of(story, beside, "--beside", &other, err));
    if (idea)
        HM_TRY(belief_of(idea, &belief, err));
    person = person < 0 ? 0 : person;
    hm_status s = idea     ? life_plot_idea(story, belief, &o, args->arena, &bytes, &n, err)
                  : beside ? life_plot_pair(story, person, other, &o, args->arena, &bytes, &n, err)
                  : cli_offers(args, "futures") && cli_value(args, "futures")
                      ? life_plot_futures(story, person, &o, args->arena, &bytes, &n, err)
                      : life_plot_person(story, person, &o, args->arena, &bytes, &n, err);
    return s == HM_OK ? hm_file_write(path, bytes, n, err) : s;
}
