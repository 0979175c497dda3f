#include "people_priv.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/par.h"

/* The clip is cut into ranges of about a hundred images, whatever the number of threads: each is
 * followed by one thread with a net of its own, and the paths are joined afterwards. So the result
 * hangs on the clip alone. */

enum { CHUNK_IMAGES = 96, SPLIT_IMAGES = 32, CHUNK_MAX = 4096, THREAD_MAX = 64 };

hm_people_opts hm_people_opts_default(void)
{
    return (hm_people_opts){.size = HM_POSE_FULL, .n_thread = 1, .person_max = HM_TRACK_PERSON_MAX};
}

typedef struct job {
    const hm_people_clip *clip;
    hm_pose_net *net[THREAD_MAX];
    int32_t n_chunk;
    people_chunk *chunk;
} job;

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
}

static void run_chunk(void *ctx, int64_t i, int worker)
{
    job *j = ctx;
    people_chunk_run(j->clip, j->net[worker], &j->chunk[i]);
}

/* Ranges of equal time; two at least where there is work for two. */
static hm_status cut_chunks(job *j, hm_arena *arena, hm_err *err)
{
    const hm_people_clip *c = j->clip;
    int32_t n = (c->n_image + CHUNK_IMAGES / 2) / CHUNK_IMAGES;
    n = n < 2 ? 1 + (c->n_image >= SPLIT_IMAGES) : n > CHUNK_MAX ? CHUNK_MAX : n;
    j->n_chunk = n;
    j->chunk = HM_PUSH(arena, people_chunk, n);
    if (!j->chunk)
        return no_memory(err);
    double step_s = (c->until_s - c->from_s) / n;
    for (int32_t i = 0; i < n; i++) {
        j->chunk[i].from_s = c->from_s + i * step_s;
        j->chunk[i].to_s = i + 1 == n ? c->until_s : c->from_s + (i + 1) * step_s;
        hm_arena_init(&j->chunk[i].arena, 256 * 1024);
    }
    return HM_OK;
}

/* ---- results ---- */

static hm_status list_paths(const job *j, hm_arena *arena, const people_path ***list, int32_t *n,
                            hm_err *err)
{
    int32_t n_path = 0;
    for (int32_t i = 0; i < j->n_chunk; i++)
        n_path += j->chunk[i].n_path;
    *list = HM_PUSH(arena, const people_path *, n_path + 1);
    if (!*list)
        return no_memory(err);
    *n = 0;
    for (int32_t i = 0; i < j->n_chunk; i++)
        for (int32_t k = 0; k < j->chunk[i].n_path; k++)
            if (j->chunk[i].path[k].n > 0)
                (*list)[(*n)++] = &j->chunk[i].path[k];
    return HM_OK;
}

static const hm_track_person *hand_of(const hm_track *hand, int32_t id)
{
    for (int32_t i = 0; hand && i < hand->n_person; i++)
        if (hand->person[i].id == id)
            return &hand->person[i];
    return NULL;
}

const hm_track_frame *people_hand_at(const hm_track_person *hand, const people_path *path,
                                     int32_t i)
{
    double t = path->frame[i].time_s;
    double before = i > 0 ? t - path->frame[i - 1].time_s : 1e-3;
    double after = i + 1 < path->n ? path->frame[i + 1].time_s - t : before;
    double reach = fmax(0.5e-3, 0.5 * fmin(before, after));
    for (int32_t k = 0; hand && k < hand->n_frame; k++)
        if (fabs(hand->frame[k].time_s - t) <= reach)
            return &hand->frame[k];
    return NULL;
}

/* The net's own points, with the sigma that one look has. */
static void raw_frames(const people_path *path, hm_track_frame *frame)
{
    for (int32_t i = 0; i < path->n; i++) {
        const people_frame *f = &path->frame[i];
        frame[i] = (hm_track_frame){.time_s = f->time_s};
        for (int k = 0; k < HM_POINT_COUNT; k++)
            frame[i].point[k] = (hm_seen_point){
                f->point[k].x_px, f->point[k].y_px, NAN, NAN, (float)(0.02 * people_px_per_m(f)),
                HM_SEEN_NET};
    }
}

static hm_status finish_person(people_path *path, const hm_people_opts *opts, hm_arena *arena,
                               hm_arena *scratch, hm_track_person *who, hm_people_report *report,
                               hm_err *err)
{
    const hm_track_person *hand = hand_of(opts->hand, who->id);
    int32_t n_leg = 0, n_arm = 0;
    who->n_frame = path->n;
    who->frame = HM_PUSH(arena, hm_track_frame, path->n);
    if (!who->frame)
        return no_memory(err);
    if (opts->raw) {
        raw_frames(path, who->frame);
        return HM_OK;
    }
    HM_TRY(people_sides(path, hand, scratch, &n_leg, &n_arm, err));
    HM_TRY(people_smooth(path, hand, scratch, who->frame, err));
    report->n_swap_leg += n_leg;
    report->n_swap_arm += n_arm;
    for (int32_t i = 0; i < path->n; i++)
        report->n_ambiguous += who->frame[i].ambiguous;
    return HM_OK;
}

static hm_status collect(const job *j, const hm_people_opts *opts, hm_arena *arena,
                         hm_arena *scratch, hm_track *track, hm_people_report *report, hm_err *err)
{
    const people_path **list = NULL;
    people_path *person = NULL;
    int32_t n_path = 0, n_person = 0;
    HM_TRY(list_paths(j, scratch, &list, &n_path, err));
    HM_TRY(people_join(n_path, list, opts->person_max, scratch, &person, &n_person,
                       &report->n_dropped, err));
    hm_track out = {.n_person = n_person};
    out.person = HM_PUSH(arena, hm_track_person, n_person + 1);
    if (!out.person)
        return no_memory(err);
    for (int32_t i = 0; i < n_person; i++) {
        out.person[i].id = i + 1;
        HM_TRY(finish_person(&person[i], opts, arena, scratch, &out.person[i], report, err));
    }
    if (opts->hand)
        HM_TRY(hm_track_correct(&out, opts->hand, arena, err));
    if (hm_notes_add(
            &out.notes, arena,
            "net %s, %lld images, %d persons; left and right exchanged in %d (legs) and %d "
            "(arms) images of a person, ambiguous in %d",
            hm_pose_size_word(opts->size), (long long)report->n_image, n_person, report->n_swap_leg,
            report->n_swap_arm, report->n_ambiguous) != HM_OK)
        return no_memory(err);
    *track = out;
    return HM_OK;
}

static hm_status run_job(job *j, const hm_people_opts *opts, hm_arena *arena, hm_arena *scratch,
                         hm_track *track, hm_people_report *report, hm_err *err)
{
    int n_thread = opts->n_thread > THREAD_MAX ? THREAD_MAX : opts->n_thread;
    HM_TRY(cut_chunks(j, scratch, err));
    if (n_thread > j->n_chunk)
        n_thread = j->n_chunk;
    for (int k = 0; k < n_thread; k++)
        HM_TRY(hm_pose_open(opts->models, opts->size, scratch, &j->net[k], err));
    hm_par_for(n_thread, j->n_chunk, run_chunk, j);
    for (int32_t i = 0; i < j->n_chunk; i++) {
        const people_chunk *c = &j->chunk[i];
        if (c->status != HM_OK)
            return hm_err_set(err, c->status, c->err.source[0] ? c->err.source : NULL, c->err.line,
                              c->err.col, c->err.field[0] ? c->err.field : NULL, "%s", c->err.msg);
        report->n_image += c->n_image;
        report->n_net += c->n_net;
        report->n_detect += c->n_detect;
    }
    return collect(j, opts, arena, scratch, track, report, err);
}

hm_status hm_people_find(const hm_people_clip *clip, const hm_people_opts *opts, hm_arena *arena,
                         hm_track *track, hm_people_report *report, hm_err *err)
{
    HM_ASSERT(opts->n_thread >= 1 && opts->person_max >= 1 &&
              opts->person_max <= HM_TRACK_PERSON_MAX && (unsigned)opts->size < HM_POSE_SIZE_COUNT);
    hm_arena scratch;
    hm_arena_init(&scratch, 0);
    job j = {.clip = clip};
    hm_people_report done = {0};
    hm_status status = run_job(&j, opts, arena, &scratch, track, &done, err);
    for (int k = 0; k < THREAD_MAX; k++)
        hm_pose_close(j.net[k]);
    for (int32_t i = 0; j.chunk && i < j.n_chunk; i++)
        hm_arena_free(&j.chunk[i].arena);
    hm_arena_free(&scratch);
    if (status == HM_OK && report)
        *report = done;
    return status;
}
