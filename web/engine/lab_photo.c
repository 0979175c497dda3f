/* lab_photo.c - the photo finish for a canvas, with what is read off it. */
#include "lab.h"

#include <math.h>

#include "stage/photo.h"

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the photo finish");
}

static hm_status with_alpha(const hm_photo *p, hm_arena *arena, lab_picture *out, hm_err *err)
{
    int64_t n = (int64_t)p->w_px * p->h_px;
    uint8_t *rgba = HM_PUSH(arena, uint8_t, n * 4);
    if (!rgba)
        return no_memory(err);
    for (int64_t i = 0; i < n; i++) {
        for (int k = 0; k < 3; k++)
            rgba[4 * i + k] = p->rgb[3 * i + k];
        rgba[4 * i + 3] = 255;
    }
    *out = (lab_picture){p->w_px, p->h_px, rgba};
    return HM_OK;
}

/* Topmost row of a runner in a line: where its hashline points to. -1 = not there */
static int32_t row_of(const hm_photo *p, int32_t i_lane, int32_t line)
{
    for (int32_t y = 0; y < p->h_px; y++)
        if (p->actor[(int64_t)y * p->w_px + line] == i_lane + 1)
            return y;
    return -1;
}

static void tell(const hm_photo *p, const hm_race *race, hm_json_out *o)
{
    hm_json_put_integer(o, "line_hz", p->line_hz);
    hm_json_put_number(o, "from_s", p->from_s);
    hm_json_put_integer(o, "w_px", p->w_px);
    hm_json_put_integer(o, "h_px", p->h_px);
    hm_json_put_array(o, "lanes", HM_JSON_BLOCK);
    for (int32_t i = 0; i < race->n_lane; i++) {
        double read_s = hm_photo_read_s(p, i);
        int32_t line = (int32_t)floor((read_s - p->from_s) * p->line_hz + 0.5);
        if (read_s < 0 || line < 0 || line >= p->w_px)
            continue;
        hm_json_put_object(o, NULL, HM_JSON_LINE);
        hm_json_put_integer(o, "lane", race->lane[i].lane);
        hm_json_put_number(o, "read_s", read_s);
        hm_json_put_integer(o, "line", line);
        hm_json_put_integer(o, "row", row_of(p, i, line));
        hm_json_put_end(o);
    }
    hm_json_put_end(o);
}

hm_status lab_photo(const lab *l, bool made, int32_t line_hz, int32_t h_px, hm_arena *arena,
                    lab_picture *picture, hm_json_out *o, hm_err *err)
{
    if (made && !l->has_made)
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "made",
                          "expected a race that was changed");
    const hm_race *race = made ? &l->made : &l->base;
    hm_cast cast;
    hm_photo photo;
    hm_photo_opts opts = hm_photo_opts_default();
    opts.line_hz = line_hz;
    opts.h_px = h_px;
    HM_TRY(hm_cast_build(race, NULL, opts.n_thread, arena, &cast, err));
    HM_TRY(hm_photo_record(&cast, &opts, arena, &photo, err));
    HM_TRY(with_alpha(&photo, arena, picture, err));
    tell(&photo, race, o);
    return HM_OK;
}
