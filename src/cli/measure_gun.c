/* hecto measure --gun: bangs in the sound of a clip, and the start they tell. */
#include "measure_verb.h"
#include "table.h"

#include <math.h>

#define TO_90 1.6449 /* half a 90 % interval of a normal number, in standard deviations */

static hm_status find(measure_job *job, hm_bangs *bangs, bool *has_sound, hm_err *err)
{
    hm_clip_sound sound;
    hm_arena scratch;
    hm_arena_init(&scratch, 0);
    /* the whole sound: the gun may be long before what is measured */
    hm_status s = hm_clip_sound_read(job->path, 0, INFINITY, &scratch, &sound, err);
    if (s == HM_OK)
        s = hm_bangs_find(&sound, &scratch, bangs, err);
    *has_sound = s == HM_OK && sound.n > 0;
    hm_arena_free(&scratch);
    return s;
}

static hm_status doubts(measure_job *job, const hm_bangs *bangs, hm_err *err)
{
    const hm_gun_start *s = &job->start;
    if (!bangs->clear)
        HM_TRY(measure_note(job, err,
                            "several bangs are about as loud: the loudest, at %.4f s, is taken for "
                            "the gun; --gun lists them, --from and --to leave others out",
                            bangs->bang[bangs->loudest].time_s));
    if (s->relative_only)
        return measure_note(job, err,
                            "the distance of the gun is not known: times from the gun "
                            "are relative only (--gun-distance-m)");
    if (s->temp_assumed)
        HM_TRY(measure_note(job, err, "temperature assumed: 15 +- 10 deg C (--temp-c)"));
    if (s->offset_assumed)
        HM_TRY(measure_note(job, err,
                            "sound assumed to lie within 20 ms (1 sigma) of the picture "
                            "(--av-offset-s; a clap filmed close up tells it)"));
    return HM_OK;
}

static hm_status seek(measure_job *job, hm_bangs *bangs, bool *has_sound, hm_err *err)
{
    job->start_sought = true;
    HM_TRY(find(job, bangs, has_sound, err));
    job->has_start = bangs->loudest >= 0;
    if (!job->has_start)
        return measure_note(job, err, *has_sound ? "no gun in the sound" : "the clip has no sound");
    job->start = hm_gun_start_of(&bangs->bang[bangs->loudest], &job->marks);
    return doubts(job, bangs, err);
}

hm_status measure_start(measure_job *job, hm_err *err)
{
    hm_bangs bangs;
    bool has_sound;
    return job->start_sought ? HM_OK : seek(job, &bangs, &has_sound, err);
}

static hm_status print_bangs(const measure_job *job, const hm_bangs *bangs, hm_err *err)
{
    static const char *const head[] = {">bang", ">heard s", ">+- ms", ">rise dB", ">peak", "what"};
    cli_table *t;
    HM_TRY(cli_table_begin(job->args->arena, 6, head, &t, err));
    for (int32_t i = 0; i < bangs->n; i++) {
        const hm_bang *b = &bangs->bang[i];
        cli_table_row(t);
        cli_table_cell(t, "%d", i + 1);
        cli_table_cell(t, "%.4f", b->time_s);
        cli_table_cell(t, "%.1f", 1000 * TO_90 * b->sigma_s);
        cli_table_cell(t, "%.0f", b->rise_db);
        cli_table_cell(t, "%.3f", b->peak_frac);
        cli_table_cell(t, "%s", i == bangs->loudest ? "taken for the gun" : b->echo ? "echo" : "");
    }
    cli_table_print(t, job->table);
    return HM_OK;
}

static void print_start(const measure_job *job)
{
    const hm_gun_start *s = &job->start;
    fprintf(job->table,
            "%s %.4f s +- %.1f ms (90 %%): onset %.1f, distance %.1f, temperature "
            "%.1f, offset of the sound %.1f ms\n",
            s->relative_only ? "heard" : "start", s->time_s, 1000 * TO_90 * s->sigma_s,
            1000 * TO_90 * s->onset_sigma_s, 1000 * TO_90 * s->distance_sigma_s,
            1000 * TO_90 * s->temp_sigma_s, 1000 * TO_90 * s->offset_sigma_s);
}

hm_status measure_gun(measure_job *job, hm_err *err)
{
    hm_bangs bangs;
    bool has_sound;
    HM_TRY(seek(job, &bangs, &has_sound, err));
    if (!job->has_start)
        return HM_OK;
    HM_TRY(print_bangs(job, &bangs, err));
    print_start(job);
    const hm_obs gun = {.kind = HM_OBS_GUN,
                        .time_s = job->start.time_s,
                        .distance_m = NAN,
                        .speed_mps = NAN,
                        .sigma_s = job->start.sigma_s,
                        .sigma_m = NAN,
                        .sigma_mps = NAN};
    return measure_observe(job, &gun, err);
}
