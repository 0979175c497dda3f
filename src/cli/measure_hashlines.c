/* hecto measure --slit --hashlines: the slit picture, its scale and what was found in it, as one
 * file in which a person can move the hashlines (docs/formats/slit.md). */
#include "measure_torso.h"
#include "page.h"
#include "video/still.h"

#include <math.h>

#include "io/json.h"

enum { SLIT_VERSION = 1 };

/* Row of the slit picture that shows where a torso was read. */
static double row_of(const measure_job *job, const hm_slit *slit, const hm_torso *t)
{
    double u, v;
    return hm_view_pixel(&job->view, t->at_m, &u, &v) ? (v - slit->top_v_px) * slit->row_per_px
                                                      : (double)NAN;
}

static void put_torso(hm_json_out *j, const measure_job *job, const hm_slit *slit,
                      const hm_torso *t)
{
    const hm_budget *b = &t->budget;
    hm_json_put_object(j, NULL, HM_JSON_LINE);
    hm_json_put_integer(j, "lane", t->lane);
    hm_json_put_text(j, "name", measure_name(job, t));
    hm_json_put_bool(j, "seen", t->seen);
    hm_json_put_optional(j, "v_px", row_of(job, slit, t));
    if (t->seen) {
        hm_json_put_number(j, "time_s", t->time_s);
        hm_json_put_number(j, "sigma_s", t->sigma_s);
        hm_json_put_number(j, "own_sigma_s",
                           sqrt(b->sampling_s * b->sampling_s + b->torso_s * b->torso_s +
                                b->stamp_s * b->stamp_s + b->depth_s * b->depth_s));
        hm_json_put_bool(j, "by_hand", t->by_hand);
        hm_json_put_bool(j, "hidden", t->hidden);
        hm_json_put_bool(j, "unsure", t->unsure);
    }
    hm_json_put_end(j);
}

/* Gaps of all pairs; what is not seen has none. */
static void put_gaps(hm_json_out *j, const measure_job *job, int32_t n, const hm_torso torso[])
{
    hm_json_put_array(j, "gap_sigma_s", HM_JSON_BLOCK);
    for (int32_t a = 0; a < n; a++) {
        hm_json_put_array(j, NULL, HM_JSON_LINE);
        for (int32_t b = 0; b < n; b++) {
            bool both = torso[a].seen && torso[b].seen;
            hm_json_put_number(j, NULL,
                               both ? hm_torso_gap_sigma_s(&job->view, &torso[a], &torso[b])
                                    : (double)NAN);
        }
        hm_json_put_end(j);
    }
    hm_json_put_end(j);
}

static void put_head(hm_json_out *j, const measure_job *job, const measure_torsos *t,
                     const hm_slit *slit)
{
    hm_json_put_text(j, "format", "hectometre-slit");
    hm_json_put_integer(j, "version", SLIT_VERSION);
    hm_json_put_text(j, "clip", job->path);
    hm_json_put_number(j, "finish_x_m", job->marks.finish_x_m);
    hm_json_put_bool(j, "from_gun", t->from_gun);
    hm_json_put_number(j, "zero_s", t->zero_s);
    hm_json_put_number(j, "zero_sigma_s", t->zero_sigma_s);
    hm_json_put_number(j, "fps", t->found.fps);
    hm_json_put_integer(j, "w_px", slit->w_px);
    hm_json_put_integer(j, "h_px", slit->h_px);
    hm_json_put_number(j, "from_s", slit->from_s);
    hm_json_put_number(j, "line_hz", slit->line_hz);
}

hm_status measure_write_hashlines(const measure_job *job, const measure_torsos *t,
                                  const hm_slit *slit, const char *path, hm_err *err)
{
    const hm_torso *torso = t->found.torso;
    int32_t n = t->found.n, from = 0;
    uint8_t *jpeg;
    size_t n_jpeg;
    const char *picture;
    hm_file f;
    while (from < n && torso[from].x_m != job->marks.finish_x_m)
        from++;
    if (from < n)
        n = job->marks.n_lane;
    HM_TRY(hm_still_jpeg(slit->w_px, slit->h_px, 3 * (int64_t)slit->w_px, slit->rgb,
                         job->args->arena, &jpeg, &n_jpeg, err));
    HM_TRY(page_base64(jpeg, n_jpeg, job->args->arena, &picture, err));
    picture = hm_arena_printf(job->args->arena, "data:image/jpeg;base64,%s", picture);
    if (!picture)
        return hm_err_set(err, HM_ERR_SYSTEM, path, 0, 0, NULL, "no memory");
    HM_TRY(hm_file_create(path, &f, err));
    hm_json_out j = hm_json_out_make(hm_sink_file(&f), err);
    hm_json_put_object(&j, NULL, HM_JSON_BLOCK);
    put_head(&j, job, t, slit);
    hm_json_put_array(&j, "torsos", HM_JSON_BLOCK);
    for (int32_t i = 0; i < n; i++)
        put_torso(&j, job, slit, &torso[from + i]);
    hm_json_put_end(&j);
    put_gaps(&j, job, n, torso + from);
    hm_json_put_text(&j, "picture", picture);
    hm_json_put_end(&j);
    hm_status status = hm_json_finish(&j);
    if (status == HM_OK)
        return hm_file_commit(&f, err);
    hm_file_abort(&f);
    return status;
}
