#include "film_phone.h"

#include "cmd.h"
#include "film_output.h"

#include <math.h>
#include <string.h>

#include "data/clip_truth.h"
#include "stage/phone.h"

hm_status film_is_phone(const cli_args *args, bool *is_phone, hm_err *err)
{
    const char *camera = cli_value(args, "camera");
    *is_phone = camera && strcmp(camera, "phone") == 0;
    if (camera && !*is_phone && strcmp(camera, "director") != 0)
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--camera",
                          "expected director or phone, found \"%s\"", camera);
    if (!*is_phone && (cli_value(args, "truth") || cli_value(args, "truth-track")))
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--truth",
                          "only a clip of --camera phone has a truth of its own");
    return HM_OK;
}

static const char *const strangers[] = {"look",  "cut",     "staging",       "write-staging",
                                        "fps",   "on",      "contact-sheet", "look-sheet",
                                        "cache", "cache-mb"};

static hm_status refuse_strangers(const cli_args *args, hm_err *err)
{
    for (size_t i = 0; i < sizeof strangers / sizeof *strangers; i++)
        if (cli_value(args, strangers[i])) {
            char option[40];
            snprintf(option, sizeof option, "--%s", strangers[i]);
            return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, option,
                              "is not for --camera phone; see --set phone.NAME=VALUE");
        }
    return HM_OK;
}

static hm_status settings(const cli_args *args, hm_phone_opts *o, hm_phone_film *f, hm_err *err)
{
    int64_t crf;
    HM_TRY(refuse_strangers(args, err));
    hm_option_defaults(&hm_phone_table, o);
    HM_TRY(cli_fill(args, &hm_phone_table, o, err));
    crf = o->crf;
    HM_TRY(cli_integer(args, "crf", 0, 51, &crf, err));
    o->crf = (int32_t)crf;
    HM_TRY(cli_size(args, "size", &f->w_px, &f->h_px, err));
    HM_TRY(cli_number(args, "from", -60, 600, &f->from_s, err));
    HM_TRY(cli_number(args, "to", -60, 600, &f->to_s, err));
    return cli_threads(args, &f->n_thread, err);
}

static hm_status write_truth(const cli_args *args, hm_phone *phone, const char *clip, hm_err *err)
{
    const char *path = cli_value(args, "truth"), *track = cli_value(args, "truth-track");
    const char *slash = strrchr(clip, '/');
    const hm_clip_truth *truth;
    if (track)
        HM_TRY(hm_phone_track_write(phone, track, err));
    if (!path)
        return HM_OK;
    HM_TRY(hm_phone_truth(phone, slash ? slash + 1 : clip, &truth, err));
    return hm_clip_truth_write(path, truth, err);
}

static hm_status print_hash(const cli_args *args, hm_phone *phone, hm_err *err)
{
    uint64_t hash = 0;
    cli_progress p = cli_progress_begin(args, "drawing");
    hm_status s = hm_phone_hash(phone, film_tell, &p, &hash, err);
    cli_progress_end(&p);
    if (s == HM_OK)
        printf("frames %lld hash %016llx\n", (long long)hm_phone_frame_count(phone),
               (unsigned long long)hash);
    return s;
}

/* The image nearest to a race time. */
static hm_status write_still(const cli_args *args, hm_phone *phone, hm_err *err)
{
    const hm_clip_truth *t;
    const hm_picture *pic;
    const char *path;
    double at_s = 0;
    int32_t best = 0;
    HM_TRY(cli_number(args, "still", -60, 600, &at_s, err));
    HM_TRY(film_output_path(args, ".png", &path, err));
    HM_TRY(hm_phone_truth(phone, "", &t, err));
    for (int32_t k = 0; k < t->n_frame; k++)
        if (fabs(t->race_zero_s + t->time_s[k] - at_s) <
            fabs(t->race_zero_s + t->time_s[best] - at_s))
            best = k;
    HM_TRY(hm_phone_draw(phone, 0, best, &pic, err));
    return cmd_write_picture(path, pic, err);
}

static hm_status write_clip(const cli_args *args, hm_phone *phone, const hm_phone_film *f,
                            hm_err *err)
{
    const char *path;
    HM_TRY(film_output_path(args, ".mp4", &path, err));
    cli_progress p = cli_progress_begin(args, "filming");
    hm_status s = hm_phone_write(phone, path, film_tell, &p, err);
    cli_progress_end(&p);
    if (s == HM_OK && !args->quiet)
        fprintf(stderr, "hecto: %s: %lld images, %dx%d\n", path,
                (long long)hm_phone_frame_count(phone), f->w_px, f->h_px);
    return s;
}

static hm_status make(const cli_args *args, hm_phone *phone, const hm_phone_film *f, hm_err *err)
{
    const char *clip;
    HM_TRY(film_output_path(args, ".mp4", &clip, err));
    HM_TRY(write_truth(args, phone, clip, err));
    if (cli_value(args, "still"))
        return write_still(args, phone, err);
    return cli_flag(args, "hash") ? print_hash(args, phone, err) : write_clip(args, phone, f, err);
}

hm_status film_phone(const cli_args *args, const hm_race *race, const hm_venue_opts *venue,
                     hm_err *err)
{
    hm_phone_opts o;
    hm_phone_film f = {
        .w_px = 1280, .h_px = 720, .from_s = NAN, .to_s = NAN, .venue = *venue, .n_thread = 1};
    hm_phone *phone;
    HM_TRY(settings(args, &o, &f, err));
    HM_TRY(hm_phone_new(race, &o, &f, &phone, err));
    hm_status s = make(args, phone, &f, err);
    hm_phone_destroy(phone);
    return s;
}
