#include "injury_priv.h"

#include <math.h>

#include "base/rng.h"
#include "num/dmath.h"
#include "num/stat.h"

static const double recent_weeks = 26; /* the memory of a return */
static const double spike_from = 1.3;  /* [1] load against that of the last four weeks */
static const double aged_y = 22;       /* from here on hazards rise */
static const int32_t child_below = 15; /* school age */

static const uint8_t history_bit[] = {HM_HAD_HAMSTRING, HM_HAD_OTHER};

/* What all sites share. */
static double hazard_ratio(const hm_life_params *q, const hm_person *p, const hm_week *w,
                           double load, double chronic)
{
    double spike = chronic > 0 ? fmax(load / chronic - spike_from, 0) : 0;
    double ln = q->age_ln_per_y * fmax(hm_week_age_y(w, p) - aged_y, 0) + q->load_ln * (load - 1) +
                q->spike_ln * fmin(spike, 2);
    bool early = w->week < HM_SEASON_EARLY_WEEKS;
    double season = early ? q->early_season_ratio : q->late_season_ratio;
    double child = w->school_age < child_below ? q->child_hazard_ratio : 1;
    return p->fragility * season * child * hm_exp(ln);
}

/* Of one who had it and has been back for so long. */
static double again_hazard(const hm_life_params *q, hm_site site, int since_weeks)
{
    double base = site == HM_SITE_HAMSTRING ? q->hamstring_per_week : q->other_per_week;
    double ln = q->history_ln;
    if (since_weeks != HM_NEVER_WEEKS)
        ln += q->recent_ln * hm_exp(-since_weeks / recent_weeks);
    return base * hm_exp(ln);
}

void injury_hazards(const hm_life_params *params, hm_hazards *table)
{
    for (int i = 0; i < HM_SITE_COUNT; i++)
        for (int n = 0; n <= HM_NEVER_WEEKS; n++)
            table->again[i][n] = again_hazard(params, (hm_site)i, n);
}

static double site_hazard(const hm_life_params *q, const hm_hazards *table, const hm_life_state *s,
                          hm_site site)
{
    if (!(s->history & history_bit[site]))
        return site == HM_SITE_HAMSTRING ? q->hamstring_per_week : q->other_per_week;
    int since = s->since_weeks[site];
    return table ? table->again[site][since] : again_hazard(q, site, since);
}

static double unit(uint32_t u)
{
    return (u + 0.5) / 4294967296.0;
}

static double days_of(const hm_life_params *q, hm_site site, const hm_draw4 *d)
{
    double z = hm_normal_near(unit(d->u[0]));
    if (site == HM_SITE_OTHER)
        return q->other_days * hm_exp(q->other_days_log_sd * z);
    double longer = unit(d->u[1]) < q->tendon_frac ? q->tendon_ratio : 1;
    return longer * q->hamstring_days * hm_exp(q->hamstring_days_log_sd * z);
}

static void come_back(hm_life_state *s)
{
    s->since_weeks[s->site] = 0;
}

static void fall_out(hm_life_state *s, hm_site site, double days, double return_frac,
                     hm_week_event *event)
{
    static const double most_weeks = 200;
    *event = (hm_week_event){true, site, days, (s->history & history_bit[site]) != 0};
    s->history |= history_bit[site];
    s->site = (uint8_t)site;
    s->out_weeks = (uint8_t)fmin(floor(days * return_frac / 7 + 0.5), most_weeks);
    if (s->out_weeks == 0)
        come_back(s);
}

static void count_weeks(hm_life_state *s)
{
    for (int i = 0; i < HM_SITE_COUNT; i++)
        if (s->since_weeks[i] < HM_NEVER_WEEKS - 1)
            s->since_weeks[i]++;
}

hm_draw4 injury_month_draw(const hm_person *p, const hm_week *w)
{
    return hm_rng(w->seed, HM_FOR_WEEK, p->id, hm_week_when(w) / HM_INJURY_WEEKS,
                  hm_week_draw(w, 0));
}

bool injury_week(const hm_life_params *q, const hm_hazards *table, const hm_person *p,
                 const hm_week *w, const hm_week_plan *plan, hm_life_state *s, hm_week_event *event)
{
    *event = (hm_week_event){0};
    count_weeks(s);
    if (s->out_weeks > 0) {
        if (--s->out_weeks == 0)
            come_back(s);
        return true;
    }
    double load = plan->load + plan->load_idea;
    if (!q->injury || load <= 0)
        return false;
    double ratio = hazard_ratio(q, p, w, load, (double)s->chronic);
    double hamstring = ratio * site_hazard(q, table, s, HM_SITE_HAMSTRING);
    double both = hamstring + ratio * site_hazard(q, table, s, HM_SITE_OTHER);
    /* one number a week, four weeks a draw */
    hm_draw4 d = injury_month_draw(p, w);
    double u = unit(d.u[hm_week_when(w) % HM_INJURY_WEEKS]);
    if (u >= both) /* 1 - e^-x is below x */
        return false;
    double chance = -hm_expm1(-both);
    if (u >= chance || plan->spared)
        return false;
    /* below hamstring's share of the hazard: that */
    hm_site site = u * both < hamstring * chance ? HM_SITE_HAMSTRING : HM_SITE_OTHER;
    d = hm_rng(w->seed, HM_FOR_WEEK, p->id, hm_week_when(w), hm_week_draw(w, 2));
    fall_out(s, site, days_of(q, site, &d), plan->return_frac, event);
    return s->out_weeks > 0;
}
