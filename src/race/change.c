#include "race/change.h"

#include "luck_priv.h"

#include <math.h>
#include <string.h>

#include "race/official.h"
#include "race/rank.h"
#include "race/replay.h"
#include "race/wind.h"

static const double finish_m = 100;

/* wind, altitude, temperature as a day's (hm_day_table); the others own: what people do */
const hm_change_bounds hm_change_bound = {.wind_mps = {-10, 10},
                                          .altitude_m = {-500, 6000},
                                          .temp_c = {-30, 50},
                                          .reaction_s = {0, 2},
                                          .force_frac = {0.7, 1.3},
                                          .top_speed_mps = {-2, 2}};

enum { MARK_MAX = 256, PEAK_TRY = 12 };
static const double peak_slack_mps = 1e-9;

hm_change hm_change_none(void)
{
    hm_change c = {.wind_mps = (double)NAN, .altitude_m = (double)NAN, .temp_c = (double)NAN};
    for (int32_t i = 0; i < HM_LANE_MAX; i++)
        c.lane[i] = (hm_change_lane){.reaction_s = (double)NAN, .force_frac = 1};
    return c;
}

/* One lane at work: who runs, as he ran, and in which airs. */
typedef struct job_lane {
    const hm_change_lane *ask;
    const hm_lane *who;
    const hm_runner *runner;
    race_air was, is;
    double reaction_s; /* as it will be */
    bool known;        /* the runner is */
    bool changed;
    double mark_s[MARK_MAX]; /* (n_mark of the job) NAN = not one of his */
    double time_s;           /* NAN = none */
} job_lane;

typedef struct job {
    const hm_race *race;
    const hm_change *ask;
    hm_arena *arena;
    hm_err *err;
    race_air air; /* changed */
    int32_t n_mark;
    double mark_m[MARK_MAX];
    job_lane *lane; /* (race->n_lane) */
} job;

static hm_status no_memory(const job *j)
{
    return hm_err_set(j->err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the changed race");
}

/* ---- is it possible? ---- */

static hm_status check_one(const char *lane, const char *field, double v,
                           const hm_change_range *bound, hm_err *err)
{
    if (isnan(v) || (v >= bound->lo && v <= bound->hi))
        return HM_OK;
    return hm_err_set(err, HM_ERR_USAGE, lane, 0, 0, field, "expected %g to %g, found %g",
                      bound->lo, bound->hi, v);
}

static hm_status check_change(const job *j)
{
    const hm_change_bounds *b = &hm_change_bound;
    int32_t n_empty = 0;
    HM_TRY(check_one(NULL, "wind_mps", j->ask->wind_mps, &b->wind_mps, j->err));
    HM_TRY(check_one(NULL, "altitude_m", j->ask->altitude_m, &b->altitude_m, j->err));
    HM_TRY(check_one(NULL, "temp_c", j->ask->temp_c, &b->temp_c, j->err));
    for (int32_t i = 0; i < j->race->n_lane; i++) {
        const hm_change_lane *l = &j->ask->lane[i];
        char lane[32];
        snprintf(lane, sizeof lane, "lane %d", j->race->lane[i].lane);
        HM_TRY(check_one(lane, "reaction_s", l->reaction_s, &b->reaction_s, j->err));
        HM_TRY(check_one(lane, "force_frac", l->force_frac, &b->force_frac, j->err));
        HM_TRY(check_one(lane, "top_speed_mps", l->top_speed_mps, &b->top_speed_mps, j->err));
        n_empty += l->empty;
    }
    if (n_empty == j->race->n_lane)
        return hm_err_set(j->err, HM_ERR_USAGE, NULL, 0, 0, "lanes",
                          "expected somebody who runs, found every lane empty");
    return HM_OK;
}

/* ---- who runs in which air ---- */

static race_air air_of_lane(const hm_race *r, const hm_lane *l)
{
    return (race_air){l->has_wind ? l->wind_mps : r->wind_mps, r->altitude_m, r->temp_c};
}

static bool same_air(const race_air *a, const race_air *b)
{
    return a->wind_mps == b->wind_mps && a->altitude_m == b->altitude_m && a->temp_c == b->temp_c;
}

static double asked(double v, double was)
{
    return isnan(v) ? was : v;
}

static void find_air(job *j)
{
    const hm_race *r = j->race;
    j->air = (race_air){asked(j->ask->wind_mps, r->wind_mps),
                        asked(j->ask->altitude_m, r->altitude_m), asked(j->ask->temp_c, r->temp_c)};
}

static void find_lane(const job *j, const hm_runner runner[], int32_t i, job_lane *out)
{
    const hm_race *r = j->race;
    const hm_change_lane *ask = &j->ask->lane[i];
    bool guest = ask->guest.lane != NULL;
    job_lane l = {.ask = ask,
                  .who = guest ? ask->guest.lane : &r->lane[i],
                  .runner = guest ? ask->guest.runner : &runner[i],
                  .is = j->air};
    bool runs = l.who->status != HM_RUN_DNS && (guest || l.who->curve.n > 0);
    l.was = air_of_lane(guest ? ask->guest.race : r, l.who);
    if (!guest) /* his own gusts stay */
        l.is.wind_mps = j->air.wind_mps == r->wind_mps
                            ? l.was.wind_mps
                            : l.was.wind_mps + (j->air.wind_mps - r->wind_mps);
    l.known = runs && l.runner->drive.v0_mps > 0;
    l.reaction_s = asked(ask->reaction_s, l.who->reaction_s);
    l.changed =
        guest || (runs && l.reaction_s != l.who->reaction_s) ||
        (l.known && (!same_air(&l.was, &l.is) || ask->force_frac != 1 || ask->top_speed_mps != 0));
    *out = l;
}

/* ---- what the runner becomes ---- */

/* Highest speed of a run over 100 m; 0 = never arrives. */
static double peak_mps(const hm_drive *d, double drag_per_m, double wind_mps)
{
    double x_m[HM_DRIVE_SAMPLE_MAX], v_mps[HM_DRIVE_SAMPLE_MAX], peak = 0;
    hm_drive_curve c = {.x_m = x_m, .v_mps = v_mps};
    if (!hm_drive_run(d, drag_per_m, wind_mps, finish_m, &c))
        return 0;
    for (int32_t i = 0; i < c.n; i++)
        peak = fmax(peak, v_mps[i]);
    return peak;
}

/* V0 that lifts the highest speed by gain_mps: secants, as it is nearly a straight line. */
static bool lift_peak(hm_drive *d, double drag_per_m, double wind_mps, double gain_mps)
{
    double goal = peak_mps(d, drag_per_m, wind_mps) + gain_mps;
    double a = d->v0_mps, fa = -gain_mps, b = a + gain_mps;
    for (int k = 0; k < PEAK_TRY && b > 1; k++) {
        d->v0_mps = b;
        double fb = peak_mps(d, drag_per_m, wind_mps) - goal;
        if (fabs(fb) < peak_slack_mps || fb == fa)
            return fabs(fb) < 1e-3;
        double next = b - fb * (b - a) / (fb - fa);
        a = b;
        fa = fb;
        b = next;
    }
    return false;
}

/* The runner of a lane with what was asked of him; d is how he ran. */
static bool change_drive(const job_lane *l, hm_drive *d)
{
    d->f0_n_per_kg *= l->ask->force_frac;
    return l->ask->top_speed_mps == 0 || lift_peak(d, race_drag_per_m(l->runner, &l->was),
                                                   l->was.wind_mps, l->ask->top_speed_mps);
}

static bool run_times(const job_lane *l, const hm_drive *d, const race_air *air, int32_t n,
                      const double x_m[], double t_s[])
{
    double even[HM_WIND_CELL_MAX];
    for (int k = 0; k < HM_WIND_CELL_MAX; k++)
        even[k] = air->wind_mps;
    return race_run_gusty(d, race_drag_per_m(l->runner, air), even, n, x_m, t_s);
}

/* Time that the change costs at each place, reaction apart; d becomes the changed runner. */
static bool shifts_of(const job_lane *l, hm_drive *d, int32_t n, const double x_m[],
                      double shift_s[])
{
    double was_s[MARK_MAX];
    if (!run_times(l, d, &l->was, n, x_m, was_s) || !change_drive(l, d) ||
        !run_times(l, d, &l->is, n, x_m, shift_s))
        return false;
    for (int32_t k = 0; k < n; k++)
        shift_s[k] -= was_s[k];
    return true;
}

/* By what the shift at the line varies with the fit: its spread along each column of the root. */
static bool shift_sd_of(const job_lane *l, double *sd_s)
{
    race_slopes slopes;
    double var = 0;
    if (!race_slopes_of(l->runner, &l->was, &slopes))
        return false;
    for (int j = 0; j < HM_DRIVE_BY_COUNT; j++) {
        double z[HM_DRIVE_BY_COUNT] = {0}, side_s[2];
        for (int side = 0; side < 2; side++) {
            z[j] = side ? 1 : -1;
            hm_drive d = race_drive_of_day(l->runner, &slopes, z, 0, 0);
            if (!shifts_of(l, &d, 1, &finish_m, &side_s[side]))
                return false;
        }
        var += 0.25 * (side_s[1] - side_s[0]) * (side_s[1] - side_s[0]);
    }
    *sd_s = sqrt(var);
    return true;
}

/* ---- marks ---- */

static void add_mark(job *j, double x_m)
{
    int32_t k = j->n_mark;
    while (k > 0 && j->mark_m[k - 1] > x_m)
        k--;
    if ((k > 0 && j->mark_m[k - 1] == x_m) || j->n_mark == MARK_MAX - 1)
        return;
    memmove(&j->mark_m[k + 1], &j->mark_m[k], sizeof(double) * (size_t)(j->n_mark - k));
    j->mark_m[k] = x_m;
    j->n_mark++;
}

static void collect_marks(job *j)
{
    for (int32_t i = 0; i < j->race->n_lane; i++)
        for (int32_t k = 0; k < j->lane[i].who->n_split; k++) {
            double x_m = j->lane[i].who->split[k].distance_m;
            if (x_m > 0 && x_m < finish_m)
                add_mark(j, x_m);
        }
}

/* Splits and time of a lane, moved. */
static hm_status move_lane(const job *j, job_lane *l, hm_change_effect *effect)
{
    double x_m[MARK_MAX], shift_s[MARK_MAX] = {0};
    double later_s = l->reaction_s - l->who->reaction_s;
    memcpy(x_m, j->mark_m, sizeof(double) * (size_t)j->n_mark);
    x_m[j->n_mark] = finish_m;
    effect->drive = l->runner->drive;
    bool arrives = !l->known || !l->changed ||
                   (shifts_of(l, &effect->drive, j->n_mark + 1, x_m, shift_s) &&
                    shift_sd_of(l, &effect->longer_s_sd));
    if (!arrives)
        return hm_err_set(j->err, HM_ERR_INPUT, NULL, 0, 0, "lanes",
                          "expected a runner who arrives at 100 m after this change, found %s",
                          l->who->name);
    for (int32_t k = 0; k < j->n_mark; k++)
        l->mark_s[k] = (double)NAN;
    for (int32_t i = 0, k = 0; i < l->who->n_split; i++) {
        while (k < j->n_mark && j->mark_m[k] < l->who->split[i].distance_m)
            k++;
        if (k < j->n_mark && j->mark_m[k] == l->who->split[i].distance_m)
            l->mark_s[k] = l->who->split[i].time_s + later_s + shift_s[k];
    }
    l->time_s = l->who->time_us > 0 ? (double)l->who->time_us * 1e-6 + later_s + shift_s[j->n_mark]
                                    : (double)NAN;
    effect->changed = l->changed;
    effect->longer_s = isnan(l->time_s) ? (double)NAN : later_s + shift_s[j->n_mark];
    return HM_OK;
}

/* ---- the race ---- */

static hm_sheet_row row_of(job_lane *l, const hm_lane *at)
{
    const hm_lane *who = l->who;
    hm_run_status status = l->ask->guest.lane ? HM_RUN_OK : who->status;
    return (hm_sheet_row){.lane = at->lane,
                          .name = who->name,
                          .team = who->team,
                          .bib = l->ask->guest.lane ? at->bib : who->bib,
                          .form = who->form,
                          .has_sex = true,
                          .sex = who->sex,
                          .reaction_s = l->reaction_s,
                          .time_s = l->time_s,
                          .stature_m = who->stature_m,
                          .mass_kg = who->mass_kg,
                          .age_yr = who->age_yr,
                          .pb_s = who->pb_s > 0 ? who->pb_s : (double)NAN,
                          .sb_s = who->sb_s > 0 ? who->sb_s : (double)NAN,
                          .status = status,
                          .place = l->changed ? 0 : at->place,
                          .split_s = l->mark_s};
}

static bool standing(const hm_race *r)
{
    for (int32_t i = 0; i < r->n_lane; i++)
        if (r->lane[i].curve.n > 0)
            return r->lane[i].start.standing;
    return false;
}

static hm_status replay(job *j, hm_race *out)
{
    const hm_race *r = j->race;
    hm_sheet_row row[HM_LANE_MAX];
    hm_sheet s = {.meet = r->meet,
                  .event = r->event,
                  .date = r->date,
                  .round = r->round,
                  .venue = r->venue,
                  .wind_mps =
                      r->has_wind || !isnan(j->ask->wind_mps) ? j->air.wind_mps : (double)NAN,
                  .altitude_m = j->air.altitude_m,
                  .temp_c = j->air.temp_c,
                  .standing_start = standing(r),
                  .age_yr = (double)NAN,
                  .record_s = r->record_s > 0 ? r->record_s : (double)NAN,
                  .record_name = r->record_name ? r->record_name : "",
                  .n_split = j->n_mark,
                  .split_m = j->mark_m,
                  .row = row};
    for (int32_t i = 0; i < r->n_lane; i++)
        if (!j->lane[i].ask->empty)
            row[s.n_row++] = row_of(&j->lane[i], &r->lane[i]);
    hm_replay_opts opts = hm_replay_opts_default();
    opts.seed = r->seed;
    return hm_race_replay(&s, &opts, j->arena, out, j->err);
}

/* What the replay cannot know of a lane: where its numbers came from. */
static void mark_lane(const job_lane *l, hm_lane *out)
{
    out->filled |= l->who->filled;
    if (!isnan(l->ask->reaction_s))
        out->filled &= ~(uint32_t)HM_FILLED_REACTION;
    for (int32_t k = 0; k < out->n_split; k++)
        out->split[k].measured = false;
    if (l->who->has_wind) {
        out->has_wind = true;
        out->wind_mps = l->is.wind_mps;
    }
}

/* Lanes that nothing was changed of stand as they were, but for their place. */
static void keep_lanes(const job *j, hm_race *out)
{
    int32_t given[HM_LANE_MAX] = {0};
    for (int32_t i = 0, k = 0; i < j->race->n_lane; i++) {
        if (j->lane[i].ask->empty)
            continue;
        if (j->lane[i].changed) {
            mark_lane(&j->lane[i], &out->lane[k]);
        } else {
            out->lane[k] = j->race->lane[i];
            given[k] = j->race->lane[i].place;
        }
        k++;
    }
    hm_rank(out->n_lane, out->lane, given);
}

/* ---- what was changed, in words ---- */

static hm_status note_lane(const job *j, int32_t i, hm_notes *notes)
{
    const hm_change_lane *a = &j->ask->lane[i];
    const job_lane *l = &j->lane[i];
    int32_t lane = j->race->lane[i].lane;
    hm_status status = HM_OK;
    if (a->empty)
        return hm_notes_add(notes, j->arena, "what if: lane %d left empty, without %s", lane,
                            j->race->lane[i].name);
    if (a->guest.lane)
        status = hm_notes_add(notes, j->arena, "what if: lane %d: %s as in %s %s, in place of %s",
                              lane, l->who->name, a->guest.race->meet, a->guest.race->date,
                              j->race->lane[i].name);
    if (status == HM_OK && l->changed && l->reaction_s != l->who->reaction_s)
        status = hm_notes_add(notes, j->arena, "what if: lane %d: reaction %.3f s, was %.3f s",
                              lane, l->reaction_s, l->who->reaction_s);
    if (status == HM_OK && l->changed && a->force_frac != 1)
        status = hm_notes_add(notes, j->arena, "what if: lane %d: starting force %+.1f %%", lane,
                              100 * (a->force_frac - 1));
    if (status == HM_OK && l->changed && a->top_speed_mps != 0)
        status = hm_notes_add(notes, j->arena, "what if: lane %d: top speed %+.2f m/s", lane,
                              a->top_speed_mps);
    return status;
}

static hm_status note_changes(const job *j, hm_race *out)
{
    const hm_race *r = j->race;
    const hm_notes replayed = out->notes;
    hm_notes notes = {0};
    hm_status status = HM_OK;
    for (int32_t i = 0; i < r->notes.n && status == HM_OK; i++)
        status = hm_notes_add(&notes, j->arena, "%s", r->notes.text[i]);
    for (int32_t i = 0; i < replayed.n && status == HM_OK; i++)
        status = hm_notes_add(&notes, j->arena, "%s", replayed.text[i]);
    if (status == HM_OK && j->air.wind_mps != r->wind_mps)
        status = hm_notes_add(&notes, j->arena, "what if: wind %+.1f m/s, was %+.1f m/s%s",
                              j->air.wind_mps, r->wind_mps, r->has_wind ? "" : " (assumed)");
    if (status == HM_OK && j->air.altitude_m != r->altitude_m)
        status = hm_notes_add(&notes, j->arena, "what if: altitude %.0f m, was %.0f m",
                              j->air.altitude_m, r->altitude_m);
    if (status == HM_OK && j->air.temp_c != r->temp_c)
        status =
            hm_notes_add(&notes, j->arena, "what if: %.1f C, was %.1f C", j->air.temp_c, r->temp_c);
    for (int32_t i = 0; i < r->n_lane && status == HM_OK; i++)
        status = note_lane(j, i, &notes);
    if (status == HM_OK)
        status = hm_notes_add(&notes, j->arena,
                              "what if: changed lanes are computed from their fitted runs, not "
                              "measured");
    out->notes = notes;
    return status == HM_OK ? HM_OK : no_memory(j);
}

static bool nothing_asked(const job *j)
{
    bool same = j->air.wind_mps == j->race->wind_mps && j->air.altitude_m == j->race->altitude_m &&
                j->air.temp_c == j->race->temp_c;
    for (int32_t i = 0; i < j->race->n_lane && same; i++)
        same = !j->lane[i].changed && !j->lane[i].ask->empty;
    return same;
}

static hm_status make(job *j, hm_race *made, hm_change_effect effect[])
{
    hm_race out;
    collect_marks(j);
    for (int32_t i = 0; i < j->race->n_lane; i++)
        if (!j->lane[i].ask->empty)
            HM_TRY(move_lane(j, &j->lane[i], &effect[i]));
        else
            effect[i] = (hm_change_effect){.changed = true, .longer_s = (double)NAN};
    HM_TRY(replay(j, &out));
    keep_lanes(j, &out);
    HM_TRY(note_changes(j, &out));
    out.mode = HM_RACE_SIMULATE;
    out.sources = j->race->sources;
    *made = out;
    return HM_OK;
}

hm_status hm_race_change(const hm_race *race, const hm_runner runner[], const hm_change *change,
                         hm_arena *arena, hm_race *made, hm_change_effect effect[], hm_err *err)
{
    hm_change_effect told[HM_LANE_MAX] = {{0}};
    job j = {.race = race,
             .ask = change,
             .arena = arena,
             .err = err,
             .lane = HM_PUSH(arena, job_lane, race->n_lane)};
    if (!j.lane)
        return no_memory(&j);
    HM_TRY(check_change(&j));
    find_air(&j);
    for (int32_t i = 0; i < race->n_lane; i++)
        find_lane(&j, runner, i, &j.lane[i]);
    if (nothing_asked(&j))
        *made = *race;
    else
        HM_TRY(make(&j, made, told));
    memcpy(effect, told, sizeof told);
    return HM_OK;
}
