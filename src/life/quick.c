#include "life/quick.h"

#include "injury_priv.h"
#include "week_priv.h"

#include <math.h>

#include "life/growth.h"
#include "num/dmath.h"
#include "num/stat.h"

void hm_quick_init(const hm_life_params *q, hm_quick *k)
{
    static const double return_weeks = 8; /* as in day.c */
    double r = q->drift_weight;
    double kept = hm_pow(q->drift_kept_per_y, (double)HM_DRIFT_WEEKS / HM_YEAR_WEEKS);
    *k = (hm_quick){.params = *q,
                    .calm = *q,
                    .talent_ln = q->talent_ln * sqrt(1 - r * r),
                    .drift_ln = q->talent_ln * r,
                    .drift_kept = kept,
                    .drift_new = sqrt(1 - kept * kept)};
    k->calm.injury = false;
    injury_hazards(q, &k->hazard);
    for (int n = 0; n <= HM_NEVER_WEEKS; n++)
        k->return_ln[n] = n < HM_NEVER_WEEKS ? q->return_ln * hm_exp(-n / return_weeks) : 0;
}

/* ---- a month ---- */

static double fourth(double x)
{
    return x * x * x * x;
}

/* e^x or a little more: from the fourth on, terms of the series fall by a quarter of x or faster.
 */
static double exp_bound(double x)
{
    if (x < 0)
        return 1 / (1 - x);
    return x < 2 ? 1 + x * (1 + x * (0.5 + x * (2.0 / 3) / (4 - x))) : hm_exp(x);
}

/* Where months part from weeks: it decides how they are rounded, so it stays. */
static double month_bound(double x)
{
    return x < 0.5 ? 1 / (1 - x) : hm_exp(x);
}

/* What all weeks of a month that begins whole share of the hazard, or a little more: ratio e^ln. */
typedef struct shared_hazard {
    double ratio, ln;
} shared_hazard;

static shared_hazard shared_hazard_of(const hm_quick *k, const hm_person *p, const hm_week *w,
                                      double load, const hm_life_state *s)
{
    static const double aged_y = 22, spike_from = 1.3; /* as in injury.c */
    const hm_life_params *q = &k->params;
    double over_y = hm_week_age_y(w, p) + 3.0 / HM_YEAR_WEEKS - aged_y;
    double ln = q->load_ln * (load - 1) + (over_y > 0 ? q->age_ln_per_y * over_y : 0);
    double chronic = (double)s->chronic;
    if (load > spike_from * chronic && q->spike_ln > 0)
        ln += q->spike_ln * (load > (spike_from + 2) * chronic ? 2 : load / chronic - spike_from);
    double child = w->school_age < 15 ? q->child_hazard_ratio : 1;
    return (shared_hazard){p->fragility * child, ln};
}

/* Of one site in week i of the month. */
static double site_hazard(const hm_quick *k, const hm_life_state *s, hm_site site, int i)
{
    static const uint8_t had[] = {HM_HAD_HAMSTRING, HM_HAD_OTHER};
    const hm_life_params *q = &k->params;
    if (!(s->history & had[site]))
        return site == HM_SITE_HAMSTRING ? q->hamstring_per_week : q->other_per_week;
    int since = s->since_weeks[site] + i; /* no more than the truth: it falls with time */
    return k->hazard.again[site][since < HM_NEVER_WEEKS ? since : HM_NEVER_WEEKS];
}

/* May the number u bring an injury in a week i weeks on? */
static bool week_may_hurt(const hm_quick *k, const hm_life_state *s, const hm_week *w, uint32_t u,
                          double shared, int i)
{
    const hm_life_params *q = &k->params;
    bool early = w->week + i < HM_SEASON_EARLY_WEEKS;
    double season = early ? q->early_season_ratio : q->late_season_ratio;
    double sites = site_hazard(k, s, HM_SITE_HAMSTRING, i) + site_hazard(k, s, HM_SITE_OTHER, i);
    return (u + 0.5) / 4294967296.0 < shared * (1 + 1e-9) * season * sites;
}

static bool month_may_hurt(const hm_quick *k, const hm_life_state *s, const hm_week *w,
                           const hm_draw4 *d, double shared)
{
    for (int i = 0; i < HM_MONTH_WEEKS; i++)
        if (week_may_hurt(k, s, w, d->u[i], shared, i))
            return true;
    return false;
}

/* May an injury happen in these four weeks? Only then is each looked at. */
static bool may_be_hurt(const hm_quick *k, const hm_person *p, const hm_week *w, const hm_draw4 *d,
                        const hm_week_plan *plan, const hm_life_state *s)
{
    double load = plan->load + plan->load_idea;
    if (!k->params.injury || load <= 0)
        return false;
    shared_hazard h = shared_hazard_of(k, p, w, load, s);
    /* mostly the cheap bound will do */
    if (h.ln >= 0.5 && !month_may_hurt(k, s, w, d, h.ratio * exp_bound(h.ln)))
        return false;
    return month_may_hurt(k, s, w, d, h.ratio * month_bound(h.ln));
}

static void grow_stock(const hm_quick *k, const hm_person *p, const hm_week_plan *plan, bool out,
                       hm_life_state *s)
{
    const hm_life_params *q = &k->params;
    double stock = (double)s->stock_ln;
    if (out || plan->load <= 0) {
        s->stock_ln = (float)(stock * fourth(1 - 1 / (HM_YEAR_WEEKS * q->detrain_y)));
        return;
    }
    double most = q->stock_frac * p->trainable_ln * plan->trainable_ratio;
    double rate = q->train_rate_per_y / HM_YEAR_WEEKS * plan->train_ratio;
    if (stock < most)
        s->stock_ln = (float)(most - (most - stock) * fourth((1 - rate * plan->load) *
                                                             (1 - rate * plan->load_idea)));
}

static void learn(const hm_quick *k, const hm_week_plan *plan, hm_life_state *s)
{
    double rate = k->params.technique_rate_per_y / HM_YEAR_WEEKS;
    double gap = plan->technique_to - (double)s->technique;
    if (plan->taught && gap > 0)
        s->technique = (float)(plan->technique_to -
                               gap * fourth((1 - rate) * (1 - rate * plan->technique_idea)));
}

static void remember(double load, hm_life_state *s)
{
    /* four weeks of e^(-7/42), e^(-1), 3/4, and what is added meanwhile */
    static const double fit = 0.513417119, fit_sum = 3.169543695, fat = 0.018315639,
                        fat_sum = 1.553001793, chronic = 0.31640625;
    s->fit = (float)((double)s->fit * fit + load * fit_sum);
    s->fat = (float)((double)s->fat * fat + load * fat_sum);
    s->chronic = (float)(load + ((double)s->chronic - load) * chronic);
}

static void drift(const hm_quick *k, double u, hm_life_state *s)
{
    s->drift = (float)(k->drift_kept * (double)s->drift + k->drift_new * hm_normal_near(u));
}

/* Only weeks that may bring an injury reckon how likely it is. */
static void weeks_one_by_one(const hm_quick *k, const hm_person *p, const hm_week *w,
                             const hm_draw4 *d, const hm_week_plan *plan, hm_life_state *s,
                             hm_quick_event *event)
{
    static const double long_days = 21;
    double load = plan->load + plan->load_idea;
    for (int i = 0; i < HM_MONTH_WEEKS; i++) {
        hm_week week = *w;
        hm_week_event e;
        week.week += i;
        bool risk = k->params.injury && load > 0 && s->out_weeks == 0;
        if (risk) {
            shared_hazard h = shared_hazard_of(k, p, &week, load, s);
            risk = week_may_hurt(k, s, &week, d->u[i], h.ratio * exp_bound(h.ln), 0);
        }
        week_but_drift(risk ? &k->params : &k->calm, &k->hazard, p, &week, plan, s, NULL, &e);
        event->n_injury += e.injured;
        event->n_hamstring += e.injured && e.site == HM_SITE_HAMSTRING;
        event->n_long += e.injured && e.days_out > long_days;
        event->days_out += e.days_out;
    }
}

void hm_quick_month(const hm_quick *k, const hm_person *p, const hm_week *w,
                    const hm_week_plan *plan, hm_life_state *s, hm_quick_event *event)
{
    bool out = s->out_weeks > HM_MONTH_WEEKS; /* all month */
    /* both draws first: neither waits for the other, nor for what the other decides */
    double u = hm_rng_unit(w->seed, HM_FOR_WEEK, p->id, hm_week_when(w), hm_week_draw(w, 1));
    hm_draw4 d = injury_month_draw(p, w);
    drift(k, u, s);
    if (!out && (s->out_weeks > 0 || may_be_hurt(k, p, w, &d, plan, s))) {
        weeks_one_by_one(k, p, w, &d, plan, s, event);
        return;
    }
    for (int i = 0; i < HM_SITE_COUNT; i++)
        if (s->since_weeks[i] < HM_NEVER_WEEKS - 1) {
            int32_t n = s->since_weeks[i] + HM_MONTH_WEEKS;
            s->since_weeks[i] = (uint8_t)(n < HM_NEVER_WEEKS - 1 ? n : HM_NEVER_WEEKS - 1);
        }
    if (out)
        s->out_weeks = (uint8_t)(s->out_weeks - HM_MONTH_WEEKS);
    remember(!out && plan->load > 0 ? plan->load + plan->load_idea : 0, s);
    grow_stock(k, p, plan, out, s);
    if (!out)
        learn(k, plan, s);
}

void hm_quick_mind(const hm_quick *k, const hm_person *p, hm_life_state *s,
                   const hm_week_mood *mood, const hm_idea_effect *ideas)
{
    static const double most_z = 4;
    /* four weeks of 1 - 1/26, 1 - 1/40, 1 - 1/30 */
    static const double k_kept = 0.85480419, m_kept = 0.90368789, u_kept = 0.87318642;
    if (!k->params.mind)
        return;
    double pain = mood->injured ? 1 : 0;
    double felt = mood->progress + mood->belonging + mood->autonomy - pain -
                  mood->pressure * (1 - ideas->joy_frac);
    double to = p->motivation_z + ideas->motivation_z + 40 * 0.02 * felt;
    double demand = 0.4 * mood->load + 0.4 * mood->pressure + 0.2 * pain;
    double resource = 0.25 + 0.15 * (mood->autonomy + mood->belonging + ideas->joy_frac);
    double burnt_to = 30 * 0.05 * (demand - resource);
    double m = to + ((double)s->motivation_z - to) * m_kept;
    double u = burnt_to + ((double)s->burnout_frac - burnt_to) * u_kept;
    s->confidence_z =
        (float)(p->confidence_z + ((double)s->confidence_z - p->confidence_z) * k_kept);
    s->motivation_z = (float)(m < -most_z ? -most_z : m > most_z ? most_z : m);
    s->burnout_frac = (float)(u < 0 ? 0 : u > 1 ? 1 : u);
}

/* ---- a day ---- */

hm_quick_parts hm_quick_parts_of(const hm_quick *k, const hm_person *p, const hm_life_state *s,
                                 double age_y)
{
    const hm_life_params *q = &k->params;
    double skill = (1 - q->stock_frac) * p->trainable_ln * (double)s->technique;
    double over = q->distance_ln - k->talent_ln * p->talent_z - k->drift_ln * (double)s->drift -
                  (double)s->stock_ln - skill;
    hm_quick_parts parts = {over, hm_ageing_ln(q, age_y), 1};
    if (age_y < 21) /* beyond 19.5 the timing is over, at 17.5 the growth */
        parts.body_ratio = hm_growth_ratio(p->sex, hm_bio_age_y(q, p, age_y));
    return parts;
}

double hm_quick_level_s(const hm_quick *k, const hm_person *p, const hm_life_state *s, double age_y)
{
    hm_quick_parts q = hm_quick_parts_of(k, p, s, age_y);
    double core_s = k->params.floor_s + hm_exp(q.distance_ln);
    return core_s * hm_exp(q.ageing_ln) * q.body_ratio;
}

double hm_quick_race_ln(const hm_quick *k, const hm_person *p, const hm_life_state *s,
                        const hm_week *w, const hm_day_in *in, const hm_idea_effect *ideas)
{
    hm_draw4 d = hm_rng(w->seed, HM_FOR_MEET, p->id, hm_week_when(w), hm_week_draw(w, in->race));
    double pressure = hm_pressure(in->level, in->p_win, ideas);
    hm_psych psych = hm_psych_of(&k->params, p, s, in->level, pressure, ideas,
                                 hm_normal_near((d.u[1] + 0.5) / 4294967296.0), in->n_rival);
    double luck = k->params.day_sd_ln * hm_normal_near((d.u[0] + 0.5) / 4294967296.0);
    return luck - k->params.form_ln * hm_form_of(s) + k->return_ln[s->since_weeks[0]] +
           k->return_ln[s->since_weeks[1]] + psych.mind_ln + psych.rival_ln + in->conditions_ln;
}
