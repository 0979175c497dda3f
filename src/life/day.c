#include "life/day.h"

#include "base/rng.h"
#include "num/dmath.h"
#include "num/stat.h"

/* What steady training at load 1 comes to: 1 / (1 - e^(-7/42)), 1 / (1 - e^(-1)). */
static const double fit_steady = 6.5138979, fat_steady = 1.5819767;

static const double return_weeks = 8; /* what a return costs fades so; Mendiguchia 2014 */

double hm_form_of(const hm_life_state *s)
{
    double form = (double)s->fit / fit_steady - (double)s->fat / fat_steady;
    return form < -1 ? -1 : form > 1 ? 1 : form;
}

double hm_injury_ln(const hm_life_params *params, const hm_life_state *s)
{
    double sum = 0;
    for (int i = 0; i < HM_SITE_COUNT; i++)
        if (s->since_weeks[i] != HM_NEVER_WEEKS)
            sum += params->return_ln * hm_exp(-s->since_weeks[i] / return_weeks);
    return sum;
}

static double normal(uint32_t u)
{
    return hm_normal_near((u + 0.5) / 4294967296.0);
}

hm_day_out hm_day_run(const hm_life_params *params, const hm_person *p, const hm_life_state *s,
                      const hm_week *w, const hm_day_in *in)
{
    hm_draw4 d = hm_rng(w->seed, HM_FOR_MEET, p->id, hm_week_when(w), hm_week_draw(w, in->race));
    hm_idea_effect ideas = hm_idea_effect_of(params, s);
    double pressure = hm_pressure(in->level, in->p_win, &ideas);
    hm_level level = hm_level_of(params, p, s, hm_week_age_y(w, p));

    hm_day_out out = {.psych = hm_psych_of(params, p, s, in->level, pressure, &ideas,
                                           normal(d.u[1]), in->n_rival)};
    out.account.ln[HM_TERM_FORM] = -params->form_ln * hm_form_of(s);
    out.account.ln[HM_TERM_INJURY] = hm_injury_ln(params, s);
    out.account.ln[HM_TERM_MIND] = out.psych.mind_ln;
    out.account.ln[HM_TERM_RIVAL] = out.psych.rival_ln;
    out.account.ln[HM_TERM_CONDITIONS] = in->conditions_ln;
    out.account.ln[HM_TERM_LUCK] = params->day_sd_ln * normal(d.u[0]);
    out.expected_ln = hm_level_ln(&level) + in->conditions_ln;
    out.ln_t = hm_level_ln(&level) + hm_account_sum(&out.account);
    return out;
}
