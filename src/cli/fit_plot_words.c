/* fit_plot_words.c - titles and footers: who, when, by which method, in what air. */
#include "fit_plot_priv.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define NBSP "\xc2\xa0" /* number and unit stay on one line */

const char *plot_run_name(plot *p, const hm_sprinter_run *run)
{
    const char *name = *run->athlete ? run->athlete : *run->run ? run->run : "One run";
    const char *which = *run->athlete ? run->run : "";
    return plot_text(p, "%s%s%s%s%s", name, *which ? PLOT_DOT : "", which,
                     *run->date ? PLOT_DOT : "", run->date);
}

const char *plot_run_method(plot *p, const hm_sprinter_run *run)
{
    static const char *const observed[] = {"times at distances", "distances at times",
                                           "speeds at times", "hardest accelerations of training"};
    const char *reaction = "";
    if (!isnan(run->reaction_s))
        reaction = plot_text(p, ", reaction %.3f" NBSP "s taken off", run->reaction_s);
    return plot_text(p, "Model %s%s%s, %d %s%s%s", hm_fit_model_word[run->model],
                     run->correct != HM_CORRECT_NONE ? " with " : "",
                     run->correct != HM_CORRECT_NONE ? hm_fit_correct_word[run->correct] : "",
                     run->n_point, observed[run->observe], reaction,
                     run->converged ? "" : ". DID NOT CONVERGE: not to be trusted");
}

const char *plot_run_conditions(plot *p, const hm_sprinter_run *run)
{
    const char *wind = "", *place = "", *body = "";
    if (!isnan(run->air.wind_mps))
        wind = plot_text(p, "wind %s" NBSP "m/s", plot_number(p, run->air.wind_mps, 1, true));
    if (!isnan(run->air.altitude_m) && run->air.altitude_m > 0)
        place = plot_text(p, ", altitude %.0f" NBSP "m", run->air.altitude_m);
    if (!isnan(run->air.temp_c))
        place = plot_text(p,
                          "%s, %s" NBSP "\xc2\xb0"
                          "C",
                          place, plot_number(p, run->air.temp_c, 0, false));
    if (!isnan(run->mass_kg) && !isnan(run->stature_m))
        body = plot_text(p, "; %.4g" NBSP "kg," NBSP "%.2f" NBSP "m", run->mass_kg, run->stature_m);
    return plot_text(p, "%s%s%s", *wind ? wind : "air not told", place, body);
}

static const char *interval_words(hm_interval_method method)
{
    static const char *const words[] = {"as many points as parameters: no intervals",
                                        "90 % intervals from the covariance and Student t",
                                        "90 % intervals by profile likelihood",
                                        "90 % intervals from priors and data together"};
    return words[method];
}

const char *plot_method_footer(plot *p, const hm_sprinter_run *run)
{
    const char *force =
        run->model == HM_MODEL_DRIVE
            ? "Force and power are propulsion per kg body mass, air drag included."
        : !isnan(run->f0_n_per_kg.value)
            ? "Force and power with air drag after Samozino et al. 2016, per kg body mass."
            : "Without body size: acceleration alone, air drag left out.";
    return plot_text(p, "Hectometre fit: %s. %s", interval_words(run->interval), force);
}

const char *plot_run_footer(plot *p, const hm_sprinter_run *run)
{
    const char *steps = run->n_step > 0 ? " Steps from stature and speed, not observed." : "";
    const char *law = "", *notes = "";
    if (run->n_change > 0)
        law = plot_text(p, " Altitude by the law \xe2\x80\x9c%s\xe2\x80\x9d.",
                        hm_altitude_law_word[run->altitude_law]);
    for (int32_t i = 0; i < run->notes.n && i < 3; i++)
        notes = plot_text(p, "%s%s%s", notes, i ? "; " : " Notes: ", run->notes.text[i]);
    if (run->notes.n > 0)
        notes = run->notes.n > 3 ? plot_text(p, "%s; %d more.", notes, run->notes.n - 3)
                                 : plot_text(p, "%s.", notes);
    return plot_text(p, "%s%s%s%s", plot_method_footer(p, run), steps, law, notes);
}

const char *plot_model_words(plot *p, int32_t n, const hm_sprinter_run *const run[])
{
    for (int32_t i = 1; i < n; i++)
        if (run[i]->model != run[0]->model || run[i]->correct != run[0]->correct)
            return "several models";
    bool is_plain = run[0]->correct == HM_CORRECT_NONE;
    return plot_text(p, "model %s%s%s", hm_fit_model_word[run[0]->model], is_plain ? "" : " with ",
                     is_plain ? "" : hm_fit_correct_word[run[0]->correct]);
}

const char *plot_typeset(plot *p, const char *text)
{
    const char *out = "";
    size_t from = 0, n = strlen(text);
    for (size_t i = 0; i < n; i++) {
        bool digit_before = i > 1 && isdigit((unsigned char)text[i - 2]) && text[i - 1] == ' ';
        bool is_minus =
            text[i] == '-' && isdigit((unsigned char)text[i + 1]) && (i == 0 || text[i - 1] == ' ');
        bool is_celsius = text[i] == 'C' && digit_before && !isalpha((unsigned char)text[i + 1]);
        if (!is_minus && !is_celsius)
            continue;
        out = plot_text(p, "%s%.*s%s", out, (int)(i - from), text + from,
                        is_minus ? PLOT_MINUS
                                 : "\xc2\xb0"
                                   "C");
        from = i + 1;
    }
    return plot_text(p, "%s%s", out, text + from);
}

double plot_day_of(const char *date)
{
    int y, m, d;
    static const int before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    if (sscanf(date, "%4d-%2d-%2d", &y, &m, &d) != 3 || m < 1 || m > 12 || d < 1 || d > 31 || y < 1)
        return (double)NAN;
    bool is_leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
    int64_t years = y - 1;
    int64_t day = 365 * years + years / 4 - years / 100 + years / 400;
    return (double)(day - 719162 + before[m - 1] + (m > 2 && is_leap) + d - 1);
}
