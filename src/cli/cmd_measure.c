/* hecto measure: times out of a clip of a fixed camera. The deeds stand in measure_*.c. */
#include "cmd.h"
#include "measure_verb.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

static const cli_opt opts[] = {
    {"info", 0, NULL,
     "Images, their times and what is odd about them (when nothing else is asked)."},
    {"gun", 0, NULL, "Bangs in the sound, and the start they tell."},
    {"pose", 0, NULL, "Where the points of people are, image by image: a track."},
    {"models", 0, "DIR",
     "Folder of the pose nets (default: $HECTO_MODELS, ~/.cache/hecto/models)."},
    {"net", 0, "NAME", "lite, full or heavy (default: full)."},
    {"hand", 0, "FILE", "Corrections of the track by hand; they win."},
    {"raw", 0, NULL, "Of --pose: points as the net gives them, image by image."},
    {"skeletons", 0, "FILE", "Of --pose: a dozen images with the points drawn in (.png)."},
    {"steps", 0, NULL, "Contacts, flights, lengths, angles of one runner of a track."},
    {"track", 0, "FILE", "Points of people, image by image, for --steps; written by --pose."},
    {"person", 0, "N", "Whose steps (default: whoever is seen longest)."},
    {"kinogram", 0, "FILE", "The runner at each contact as a picture (.svg, .png, .pdf)."},
    {"angles", 0, "FILE", "Joint angles of every image as CSV."},
    {"slit", 0, NULL, "The finish: torsos at the line, lane by lane, from a finish-line clip."},
    {"gates", 0, NULL, "Times at the gates of the marks, from a side view."},
    {"marks", 0, "FILE", "Points, lanes and planes of this camera; a truth file will do."},
    {"plot", 0, "FILE",
     "Of --slit: the photo-finish picture as a PNG, with its time scale and hashlines."},
    {"hashlines", 0, "FILE",
     "Of --slit: picture, scale and torsos as one file, for the marking page."},
    {"lif", 0, "FILE", "Of --slit: the result as a Lynx file. Needs times from the gun."},
    {"sheet", 0, "FILE", "Of --slit or --gates: a sheet that hecto race reads."},
    {"from", 0, "S", "Measure from this time of the clip on (default: its beginning)."},
    {"to", 0, "S", "Measure up to this time of the clip (default: its end)."},
    {"gun-distance-m", 0, "M", "From the gun to the microphone (default: what the marks say)."},
    {"temp-c", 0, "C", "Temperature of the air (default: what the marks say)."},
    {"av-offset-s", 0, "S", "Sound minus picture of one instant (default: what the marks say)."},
    {"readout-s", 0, "S", "First to last row of the sensor (default: what the marks say)."},
    {"capture-fps", 0, "N",
     "True images a second of a slow-motion file (default: its times hold)."},
};

/* Without a deed: the report of the times; with marks all that they ask for, in one pass. */
static bool implies_info(const measure_job *job)
{
    return !job->has_marks && !job->has_track;
}

static bool implies_steps(const measure_job *job)
{
    return job->has_track;
}

static bool implies_gates(const measure_job *job)
{
    return job->has_marks && !job->has_track && job->marks.n_gate > 0;
}

static bool implies_slit(const measure_job *job)
{
    return job->has_marks && !job->has_track && job->marks.n_gate == 0;
}

/* In the order in which they are done and printed. */
static const measure_deed deeds[] = {
    {"info", false, measure_info, implies_info}, {"gun", false, measure_gun, NULL},
    {"pose", false, measure_pose, NULL},         {"steps", false, measure_steps, implies_steps},
    {"slit", true, measure_slit, implies_slit},  {"gates", true, measure_gates, implies_gates},
};
enum { N_DEED = sizeof deeds / sizeof deeds[0] };

hm_status measure_note(measure_job *job, hm_err *err, const char *fmt, ...)
{
    char text[512];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    if (hm_notes_add(&job->trace.notes, job->args->arena, "%s", text) != HM_OK)
        return hm_err_set(err, HM_ERR_SYSTEM, job->path, 0, 0, NULL, "no memory");
    return HM_OK;
}

hm_status measure_observe(measure_job *job, const hm_obs *obs, hm_err *err)
{
    hm_trace *t = &job->trace;
    hm_obs *room = HM_GROW(job->args->arena, t->obs, t->n_obs, &job->cap_obs);
    if (!room)
        return hm_err_set(err, HM_ERR_SYSTEM, job->path, 0, 0, NULL, "no memory");
    t->obs = room;
    t->obs[t->n_obs++] = *obs;
    return HM_OK;
}

hm_status measure_view(measure_job *job, hm_err *err)
{
    hm_err found = {0};
    if (job->view_made)
        return HM_OK;
    hm_status status = hm_view_fit(&job->marks, job->args->arena, &job->view, &found);
    if (status != HM_OK)
        return hm_err_set(err, status, cli_value(job->args, "marks"), 0, 0, found.field, "%s",
                          found.msg);
    job->view_made = true;
    return HM_OK;
}

static hm_status read_clip_opts(measure_job *job, hm_err *err)
{
    const cli_args *args = job->args;
    hm_marks *m = &job->marks;
    double capture_fps = m->capture_fps;
    job->clip = hm_clip_opts_default();
    HM_TRY(cli_number(args, "from", 0, 1e6, &job->clip.from_s, err));
    HM_TRY(cli_number(args, "to", 0, 1e6, &job->clip.to_s, err));
    if (!(job->clip.from_s < job->clip.to_s))
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--from",
                          "expected a time before --to, found %g and %g", job->clip.from_s,
                          job->clip.to_s);
    HM_TRY(cli_number(args, "capture-fps", 1, 1e5, &capture_fps, err));
    job->clip.capture_fps = capture_fps;
    return HM_OK;
}

/* A value that the command line tells is exact; its sigma in the marks belonged to the marks'. */
static hm_status override(measure_job *job, const char *name, double lo, double hi, double *value,
                          double *sigma, hm_err *err)
{
    if (cli_value(job->args, name) && sigma)
        *sigma = NAN;
    return cli_number(job->args, name, lo, hi, value, err);
}

static hm_status read_marks(measure_job *job, hm_err *err)
{
    const char *path = cli_value(job->args, "marks");
    hm_marks *m = &job->marks;
    *m = hm_marks_default();
    if (path)
        HM_TRY(hm_marks_read(path, job->args->arena, m, err));
    job->has_marks = path != NULL;
    cli_print_notes(job->args, &m->notes);
    HM_TRY(override(job, "gun-distance-m", 0, 1000, &m->gun_distance_m, &m->gun_distance_sigma_m,
                    err));
    HM_TRY(override(job, "temp-c", -60, 60, &m->temp_c, &m->temp_sigma_c, err));
    HM_TRY(override(job, "av-offset-s", -10, 10, &m->av_offset_s, &m->av_offset_sigma_s, err));
    return override(job, "readout-s", 0, 0.2, &m->readout_s, NULL, err);
}

/* The marks must be of this picture: nothing is scaled silently. */
static hm_status check_size(const measure_job *job, hm_err *err)
{
    hm_clip *clip;
    if (!job->has_marks || job->has_track)
        return HM_OK;
    HM_TRY(hm_clip_open(job->path, &job->clip, job->args->arena, &clip, err));
    int32_t w_px = hm_clip_info_of(clip)->width_px, h_px = hm_clip_info_of(clip)->height_px;
    hm_clip_close(clip);
    if (w_px == job->marks.width_px && h_px == job->marks.height_px)
        return HM_OK;
    return hm_err_set(err, HM_ERR_INPUT, cli_value(job->args, "marks"), 0, 0, "width_px",
                      "the marks are of a picture of %d x %d, the clip's is %d x %d",
                      job->marks.width_px, job->marks.height_px, w_px, h_px);
}

/* A track in place of the clip. */
static hm_status read_track(measure_job *job, hm_err *err)
{
    size_t n = strlen(job->path);
    job->has_track = n > 4 && strcmp(job->path + n - 4, ".csv") == 0;
    return job->has_track ? hm_track_read(job->path, job->args->arena, &job->track, err) : HM_OK;
}

static hm_status run_deeds(measure_job *job, bool any, hm_err *err)
{
    for (int i = 0; i < N_DEED; i++) {
        const measure_deed *d = &deeds[i];
        if (any ? !cli_flag(job->args, d->flag) : !(d->implied && d->implied(job)))
            continue;
        if (d->needs_marks && !job->has_marks)
            return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--marks",
                              "expected the marks of this camera for --%s", d->flag);
        HM_TRY(d->run(job, err));
    }
    return HM_OK;
}

static hm_status write_trace(const measure_job *job, bool to_stdout, hm_err *err)
{
    const char *path = cli_value(job->args, "output");
    if (!path && !to_stdout)
        return HM_OK;
    if (job->trace.n_obs == 0 && job->has_pose)
        return path ? hm_track_write(path, &job->track, err) : HM_OK;
    if (job->trace.n_obs == 0)
        return hm_err_set(err, HM_ERR_INPUT, job->path, 0, 0, NULL,
                          "nothing was seen that a trace could hold; nothing is written");
    if (path)
        HM_TRY(hm_trace_write(path, &job->trace, err));
    return to_stdout && !(path && strcmp(path, "-") == 0) ? hm_trace_write("-", &job->trace, err)
                                                          : HM_OK;
}

static hm_status run(cli_args *args, hm_err *err)
{
    measure_job job = {.args = args, .path = args->operand[0], .trace = hm_trace_default()};
    const char *path = cli_value(args, "output");
    bool any = false;
    for (int i = 0; i < N_DEED; i++)
        any |= cli_flag(args, deeds[i].flag);
    HM_TRY(read_track(&job, err));
    HM_TRY(read_marks(&job, err));
    HM_TRY(read_clip_opts(&job, err));
    HM_TRY(check_size(&job, err));
    /* marks and no deed: all that they ask for, as a filter */
    bool to_stdout = job.has_marks && !job.has_track && !any;
    job.table = to_stdout || (path && strcmp(path, "-") == 0) ? stderr : stdout;
    job.trace.device = job.path;
    hm_status status = run_deeds(&job, any, err);
    cli_print_notes(args, &job.trace.notes);
    HM_TRY(status);
    return write_trace(&job, to_stdout, err);
}

const cli_verb cmd_measure = {
    .name = "measure",
    .operand = "CLIP|TRACK",
    .summary = "Times out of a clip of a fixed camera, every number with its interval.",
    .n_operand_min = 1,
    .n_operand_max = 1,
    .opt = opts,
    .n_opt = sizeof opts / sizeof opts[0],
    .example = "  hecto measure clip.mp4\n"
               "  hecto measure clip.mp4 --gun --gun-distance-m 100 --temp-c 20\n"
               "  hecto measure clip.mp4 --pose -o track.csv --skeletons seen.png\n"
               "  hecto measure track.csv --kinogram steps.png\n"
               "  hecto measure finish.mp4 --slit --marks finish.json -o trace.json\n"
               "  hecto measure finish.mp4 --slit --marks finish.json --hashlines slit.json\n"
               "  hecto measure side.mp4 --marks side.json -o trace.json | hecto fit -\n",
    .run = run,
};
