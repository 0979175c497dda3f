#include "measure_priv.h"

static const uint32_t measure_cookie = 0x6d656173;

static const char *const kind_word[] = {"gate", "position", "speed", "auto", NULL};
static const char *const unit_word[] = {"mps", "kmh", "mph", "auto", NULL};
static const char *const runs_by_word[] = {"athlete"};

#define AT(field) #field, offsetof(hm_measure_opts, field)
static const hm_option row[] = {
    {AT(kind), HM_OPTION_WORD, "", HM_MEASURE_AUTO, 0, 0, kind_word,
     "what is observed: times at gates, positions or speeds at times", "docs/formats/measure.md"},
    {AT(speed_unit), HM_OPTION_WORD, "", HM_SPEED_AUTO, 0, 0, unit_word,
     "unit of speeds whose column names none", ""},
    {AT(lane), HM_OPTION_INT, "", 0, 0, 10, NULL, "lane of a race sheet; 0 = all with splits", ""},
    {AT(runs_by), HM_OPTION_TEXT, "", 0, 0, 0, runs_by_word,
     "column that tells runs apart, beside athlete, run and date", ""},
    {AT(sample_rate_hz), HM_OPTION_DOUBLE, "Hz", 46.875, 0.1, 10000, NULL,
     "samples per second of a file without times", "Stalker ATS"},
    {AT(crop), HM_OPTION_BOOL, "", 0, 0, 1, NULL,
     "leave out the idle before a run and the slowing behind it", "docs/formats/measure.md"},
    {AT(doubt), HM_OPTION_BOOL, "", 1, 0, 1, NULL,
     "look for marks that are mistyped, copied or made up, and note them",
     "docs/formats/measure.md"},
};
#undef AT

_Static_assert(sizeof(hm_measure_opts) == 40, "a field of hm_measure_opts lacks its row");

const hm_option_table hm_measure_table = {"measure", sizeof(hm_measure_opts),
                                          sizeof row / sizeof *row, row};

hm_measure_opts hm_measure_opts_default(void)
{
    hm_measure_opts o = {.cookie = measure_cookie};
    hm_option_defaults(&hm_measure_table, &o);
    return o;
}

bool measure_opts_made(const hm_measure_opts *opts)
{
    return opts->cookie == measure_cookie;
}
