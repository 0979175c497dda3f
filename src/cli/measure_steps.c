/* hecto measure --steps: contacts, steps, joint angles and a kinogram of one runner of a track. */
#include "measure_verb.h"
#include "table.h"
#include "video/place.h"

#include <math.h>
#include <string.h>

#include "io/csv.h"
#include "io/sink.h"
#include "measure/steps.h"

#define TO_90 1.6449 /* half a 90 % interval of a normal number, in standard deviations */

/* ---- whose steps ---- */

static hm_status read_track(measure_job *job, hm_err *err)
{
    const char *path = cli_value(job->args, "track");
    if (job->has_track)
        return HM_OK;
    if (!path)
        return hm_err_set(
            err, HM_ERR_USAGE, NULL, 0, 0, "--steps",
            "expected the points of a runner: --track FILE, or a track in place of the "
            "clip");
    HM_TRY(hm_track_read(path, job->args->arena, &job->track, err));
    job->has_track = true;
    return HM_OK;
}

/* Points that a person has moved have no metres of their own: the marks give them. */
static hm_status take_track(measure_job *job, hm_err *err)
{
    HM_TRY(read_track(job, err));
    if (!job->has_marks)
        return HM_OK;
    HM_TRY(measure_view(job, err));
    hm_view_place_track(&job->view, &job->marks, HM_PLACE_MISSING, &job->track);
    return HM_OK;
}

/* The person asked for, else the one seen longest. */
static hm_status pick(const measure_job *job, const hm_track_person **person, hm_err *err)
{
    int64_t id = 0;
    const hm_track *t = &job->track;
    HM_TRY(cli_integer(job->args, "person", 1, HM_TRACK_PERSON_MAX, &id, err));
    *person = NULL;
    for (int32_t i = 0; i < t->n_person; i++)
        if (id ? t->person[i].id == id : !*person || t->person[i].n_frame > (*person)->n_frame)
            *person = &t->person[i];
    if (!*person)
        return hm_err_set(err, HM_ERR_INPUT, job->path, 0, 0, "--person",
                          "expected a person of the track, found none of that number");
    return HM_OK;
}

/* ---- tables ---- */

static void cell(cli_table *t, hm_measured v, double unit, int decimals)
{
    if (isnan(v.is))
        cli_table_cell(t, "-");
    else if (isnan(v.sigma))
        cli_table_cell(t, "%.*f", decimals, v.is * unit);
    else
        cli_table_cell(t, "%.*f +- %.*f", decimals, v.is * unit, decimals, TO_90 * v.sigma * unit);
}

static void step_row(cli_table *t, const char *name, const char *foot, const hm_stride_step *s)
{
    cli_table_row(t);
    cli_table_cell(t, "%s", name);
    cli_table_cell(t, "%s%s", foot, s->ambiguous ? " ?" : "");
    cell(t, s->contact_s, 1000, 0);
    cell(t, s->flight_s, 1000, 0);
    cell(t, s->length_m, 1, 2);
    cell(t, s->rate_hz, 1, 2);
    cell(t, s->speed_mps, 1, 2);
}

static hm_status print_steps(const measure_job *job, const hm_steps *s, hm_err *err)
{
    static const char *const head[] = {">step",     "foot",      ">contact ms", ">flight ms",
                                       ">length m", ">rate 1/s", ">speed m/s"};
    cli_table *t;
    char name[16];
    HM_TRY(cli_table_begin(job->args->arena, 7, head, &t, err));
    for (int32_t i = 0; i < s->n_step; i++) {
        snprintf(name, sizeof name, "%d", (int)i + 1);
        step_row(t, name, s->step[i].from == HM_SIDE_LEFT ? "left" : "right", &s->step[i]);
    }
    step_row(t, "mean", "", &s->mean);
    cli_table_print(t, job->table);
    fprintf(job->table, "+- is half a 90 %% interval; ? rests on images in which left and right "
                        "could not be told apart\n");
    return HM_OK;
}

static hm_status print_observations(const measure_job *job, const hm_track_person *person,
                                    const hm_steps *s, hm_err *err)
{
    static const char *const head[] = {"observed", ">value", "unit", ">n", ">range", "of"};
    hm_observation seen[HM_OBSERVATION_MAX];
    int32_t n = hm_steps_observe(person, s, seen);
    cli_table *t;
    if (n == 0)
        return HM_OK;
    HM_TRY(cli_table_begin(job->args->arena, 6, head, &t, err));
    for (int32_t i = 0; i < n; i++) {
        int decimals = strcmp(seen[i].unit, "m") == 0 ? 2 : 0;
        cli_table_row(t);
        cli_table_cell(t, "%s", seen[i].what);
        cell(t, seen[i].value, 1, decimals);
        cli_table_cell(t, "%s", seen[i].unit);
        cli_table_cell(t, "%d", (int)seen[i].n);
        cli_table_cell(t, "%.*f to %.*f", decimals, seen[i].lo, decimals, seen[i].hi);
        cli_table_cell(t, "%s", seen[i].reference);
    }
    fprintf(job->table, "\n");
    cli_table_print(t, job->table);
    return HM_OK;
}

/* ---- angles as a file ---- */

static hm_status put_angle_row(hm_sink to, const char *cell[], hm_arena *arena, double time_s,
                               const double angle_rad[], hm_err *err)
{
    cell[0] = hm_arena_printf(arena, "%.6f", time_s);
    for (int k = 0; k < HM_JOINT_COUNT; k++)
        cell[1 + k] = isnan(angle_rad[k]) ? "" : hm_arena_printf(arena, "%.5f", angle_rad[k]);
    for (int k = 0; k <= HM_JOINT_COUNT; k++)
        if (!cell[k])
            return hm_err_set(err, HM_ERR_SYSTEM, "--angles", 0, 0, NULL, "no memory");
    return hm_csv_put_row(to, 1 + HM_JOINT_COUNT, cell, err);
}

static hm_status put_angles(hm_sink to, const hm_track_person *person, const hm_steps *s,
                            hm_arena *arena, hm_err *err)
{
    const char *cell[1 + HM_JOINT_COUNT] = {"time_s"};
    for (int k = 0; k < HM_JOINT_COUNT; k++)
        cell[1 + k] = hm_arena_printf(arena, "%s_rad", hm_joint_word((hm_joint)k));
    HM_TRY(hm_csv_put_row(to, 1 + HM_JOINT_COUNT, cell, err));
    for (int32_t i = 0; i < s->n_frame; i++) {
        hm_arena_mark mark = hm_arena_mark_get(arena);
        HM_TRY(put_angle_row(to, cell, arena, person->frame[i].time_s, s->angle_rad[i], err));
        hm_arena_release(arena, mark);
    }
    return HM_OK;
}

static hm_status write_angles(const measure_job *job, const hm_track_person *person,
                              const hm_steps *s, hm_err *err)
{
    const char *path = cli_value(job->args, "angles");
    hm_arena scratch;
    hm_file f;
    if (!path)
        return HM_OK;
    HM_TRY(hm_file_create(path, &f, err));
    hm_arena_init(&scratch, 0);
    hm_status status = put_angles(hm_sink_file(&f), person, s, &scratch, err);
    hm_arena_free(&scratch);
    if (status == HM_OK)
        return hm_file_commit(&f, err);
    hm_file_abort(&f);
    return status;
}

/* ---- what a trace holds of it ---- */

/* Lanes that a trace knows. */
static int32_t lane_of(const hm_track_person *p)
{
    return p->lane >= 1 && p->lane <= 10 ? p->lane : 0;
}

static hm_status observe_contacts(measure_job *job, const hm_track_person *p, const hm_steps *s,
                                  hm_err *err)
{
    for (int32_t i = 0; i < s->n_contact; i++) {
        const hm_contact *c = &s->contact[i];
        const hm_measured when[2] = {c->on_s, c->off_s};
        for (int k = 0; k < 2; k++) {
            hm_obs o = {k ? HM_OBS_STEP_OFF : HM_OBS_STEP_ON,
                        lane_of(p),
                        NAN,
                        when[k].is,
                        NAN,
                        NAN,
                        when[k].sigma,
                        NAN};
            if (!isnan(o.time_s))
                HM_TRY(measure_observe(job, &o, err));
        }
    }
    return HM_OK;
}

/* Hips as places along the run, so that a fit has more than steps to go by. */
static hm_status observe_hips(measure_job *job, const hm_track_person *p, const hm_steps *s,
                              hm_err *err)
{
    for (int32_t i = 0; i < s->n_frame; i++) {
        hm_obs o = {HM_OBS_POSITION,
                    lane_of(p),
                    s->hip_x_m[i],
                    p->frame[i].time_s,
                    NAN,
                    s->hip_sigma_m,
                    NAN,
                    NAN};
        if (!isnan(o.distance_m))
            HM_TRY(measure_observe(job, &o, err));
    }
    return HM_OK;
}

hm_status measure_steps(measure_job *job, hm_err *err)
{
    const hm_track_person *person;
    hm_steps steps;
    HM_TRY(take_track(job, err));
    HM_TRY(pick(job, &person, err));
    HM_TRY(hm_steps_find(person, NULL, job->args->arena, &steps, err));
    HM_TRY(print_steps(job, &steps, err));
    HM_TRY(print_observations(job, person, &steps, err));
    HM_TRY(write_angles(job, person, &steps, err));
    HM_TRY(measure_kinogram(job, person, &steps, err));
    HM_TRY(observe_contacts(job, person, &steps, err));
    HM_TRY(
        measure_note(job, err,
                     "times count from the beginning of the clip: a fit of a whole run wants the "
                     "start in it"));
    return observe_hips(job, person, &steps, err);
}
