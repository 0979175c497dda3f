/* hecto photo: the photo finish of a race as a picture, and what is read off it. */
#include "cmd.h"
#include "table.h"

#include <string.h>

#include "io/png.h"
#include "stage/photo.h"

static const cli_opt opts[] = {
    {"lines", 0, "N", "Lines a second (default 2000; the rules ask for 1000 or more)."},
    {"height", 0, "PX", "Rows of the picture (default 1000)."},
    {"allow-implausible", 0, NULL, "Take a sheet with speeds above 13 m/s over 10 m."},
};

hm_status cmd_write_picture(const char *path, const hm_picture *pic, hm_err *err)
{
    const hm_png png = {HM_PNG_RGBX, pic->w_px, pic->h_px, pic->stride, pic->rgbx};
    return hm_png_write(path, &png, err);
}

/* Reading of each torso beside the official time. */
static hm_status print_readings(const cli_args *args, const hm_photo *photo, const hm_race *race,
                                hm_err *err)
{
    static const char *const head[] = {">place", ">lane", "name", ">read s", ">official s"};
    cli_table *t;
    HM_TRY(cli_table_begin(args->arena, 5, head, &t, err));
    for (int32_t place = 1; place <= race->n_lane; place++)
        for (int32_t i = 0; i < race->n_lane; i++) {
            const hm_lane *lane = &race->lane[i];
            double read_s = hm_photo_read_s(photo, i);
            if (lane->place != place || read_s < 0)
                continue;
            cli_table_row(t);
            cli_table_cell(t, "%d", place);
            cli_table_cell(t, "%d", lane->lane);
            cli_table_cell(t, "%s", lane->name);
            cli_table_cell(t, "%.4f", read_s);
            cli_table_cell(t, "%d.%02d", lane->official_cs / 100, lane->official_cs % 100);
        }
    cli_table_print(t, stdout);
    return HM_OK;
}

static hm_status run(cli_args *args, hm_err *err)
{
    hm_photo_opts o = hm_photo_opts_default();
    int64_t line_hz = o.line_hz, h_px = o.h_px;
    hm_race race;
    hm_cast cast;
    hm_photo photo;
    hm_picture sheet;
    const char *path = cli_value(args, "output");
    HM_TRY(cli_integer(args, "lines", 100, 20000, &line_hz, err));
    HM_TRY(cli_integer(args, "height", 200, 4000, &h_px, err));
    HM_TRY(cli_threads(args, &o.n_thread, err));
    o.line_hz = (int32_t)line_hz;
    o.h_px = (int32_t)h_px;
    HM_TRY(cmd_load_race(args, args->operand[0], &race, err));
    cli_print_notes(args, &race.notes);
    HM_TRY(hm_cast_build(&race, NULL, o.n_thread, args->arena, &cast, err));
    HM_TRY(hm_photo_record(&cast, &o, args->arena, &photo, err));
    if (path) {
        HM_TRY(hm_photo_print(&photo, &race, args->arena, &sheet, err));
        HM_TRY(cmd_write_picture(path, &sheet, err));
    }
    if (!path || strcmp(path, "-") != 0)
        HM_TRY(print_readings(args, &photo, &race, err));
    return HM_OK;
}

const cli_verb cmd_photo = {
    .name = "photo",
    .operand = "SHEET|RACE",
    .summary = "The photo finish: 2000 lines a second, time scale, hashlines.",
    .n_operand_min = 1,
    .n_operand_max = 1,
    .opt = opts,
    .n_opt = sizeof opts / sizeof opts[0],
    .example = "  hecto photo data/races/2009-berlin-men-100m-final.csv -o photo.png",
    .run = run,
};
