#include "life/club.h"

#include <math.h>

#include "base/rng.h"
#include "num/stat.h"

/* Numbers of the key HM_FOR_CLUB; only grow. */
enum { OF_CLUB, CHOICE };

static double unit(uint32_t u)
{
    return (u + 0.5) / 4294967296.0;
}

hm_club hm_club_draw(const hm_life_params *q, uint64_t seed, uint64_t club)
{
    static const double cut = 2.5;
    hm_draw4 d = hm_rng(seed, HM_FOR_CLUB, club, 0, OF_CLUB);
    double to = hm_normal_cut(unit(d.u[0]), q->technique_club, q->club_technique_sd, cut);
    double autonomy = hm_normal_cut(unit(d.u[1]), 0, q->club_autonomy_sd, cut);
    return (hm_club){fmin(fmax(to, 0), 1), fmin(fmax(autonomy, -1), 1)};
}

hm_stage_of_life hm_stage_of(int32_t school_age)
{
    return school_age <= 12   ? HM_STAGE_PRIMARY
           : school_age <= 15 ? HM_STAGE_JUNIOR_HIGH
           : school_age <= 18 ? HM_STAGE_HIGH_SCHOOL
           : school_age <= 22 ? HM_STAGE_UNIVERSITY
                              : HM_STAGE_CORPORATE;
}

int32_t hm_club_choice(uint64_t seed, uint64_t person, hm_stage_of_life stage, int32_t n_club)
{
    HM_ASSERT(n_club > 0);
    hm_draw4 d = hm_rng(seed, HM_FOR_CLUB, person, (uint32_t)stage, CHOICE);
    return (int32_t)((uint64_t)d.u[0] * (uint64_t)n_club >> 32);
}

hm_week_plan hm_club_plan(const hm_life_params *q, const hm_club *club, bool squad,
                          const hm_idea_effect *ideas, double age_y)
{
    hm_week_plan plan = hm_week_plan_of(q, age_y, club->technique_to);
    if (squad && q->support) {
        plan.load *= q->squad_load_frac;
        plan.trainable_ratio = q->squad_trainable_frac;
        plan.technique_to = fmax(plan.technique_to, q->technique_teacher);
    }
    plan.load_idea = plan.load * (ideas->load_ratio - 1);
    plan.technique_idea = ideas->technique_ratio - 1;
    plan.return_frac = ideas->return_frac;
    return plan;
}
