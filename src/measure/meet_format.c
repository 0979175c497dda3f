#include "measure/meet_format.h"

#include "results_priv.h"

#include <string.h>
#include <strings.h>

#include "data/meet_file.h"
#include "measure/lynx.h"

static const struct row {
    const char *name, *ending;
    hm_meet_scope scope;
    bool by_ending; /* the ending tells the format */
} formats[HM_MEET_N_FORMAT] = {
    [HM_MEET_JSON] = {"json", ".json", HM_MEET_SCOPE_MANY, true},
    [HM_MEET_CSV] = {"csv", ".csv", HM_MEET_SCOPE_MANY, true},
    [HM_MEET_LIF] = {"lif", ".lif", HM_MEET_SCOPE_HEAT, true},
    [HM_MEET_EVT] = {"evt", ".evt", HM_MEET_SCOPE_MEET, true},
    [HM_MEET_PPL] = {"ppl", ".ppl", HM_MEET_SCOPE_MEET, true},
    [HM_MEET_SCH] = {"sch", ".sch", HM_MEET_SCOPE_MEET, true},
    [HM_MEET_HYTEK] = {"hytek", ".txt", HM_MEET_SCOPE_MEET, false},
    [HM_MEET_OPENTRACK] = {"opentrack", ".json", HM_MEET_SCOPE_MEET, false},
    [HM_MEET_ATHLIB] = {"athlib", ".json", HM_MEET_SCOPE_HEAT, false},
};

const char *hm_meet_format_name(hm_meet_format format)
{
    return formats[format].name;
}

const char *hm_meet_format_ending(hm_meet_format format)
{
    return formats[format].ending;
}

hm_meet_scope hm_meet_format_scope(hm_meet_format format)
{
    return formats[format].scope;
}

bool hm_meet_format_find(const char *name, hm_meet_format *format)
{
    for (int f = 0; f < HM_MEET_N_FORMAT; f++)
        if (strcasecmp(name, formats[f].name) == 0) {
            *format = (hm_meet_format)f;
            return true;
        }
    return false;
}

bool hm_meet_format_of(const char *path, hm_meet_format *format)
{
    size_t n = strlen(path);
    for (int f = 0; f < HM_MEET_N_FORMAT; f++) {
        size_t end = strlen(formats[f].ending);
        if (formats[f].by_ending && n > end && strcasecmp(path + n - end, formats[f].ending) == 0) {
            *format = (hm_meet_format)f;
            return true;
        }
    }
    return false;
}

hm_status hm_meet_put(hm_meet_format format, hm_sink sink, int32_t n, const hm_meet meet[],
                      int32_t i_heat, hm_arena *arena, hm_notes *notes, hm_err *err)
{
    HM_ASSERT(formats[format].scope == HM_MEET_SCOPE_MANY || n == 1);
    HM_ASSERT(formats[format].scope != HM_MEET_SCOPE_HEAT ||
              (i_heat >= 0 && i_heat < meet->n_heat));
    switch (format) {
    case HM_MEET_CSV:
        return hm_meets_write_csv(sink, n, meet, err);
    case HM_MEET_LIF:
        return hm_lynx_write_lif(sink, meet, i_heat, err);
    case HM_MEET_EVT:
        return hm_lynx_write_evt(sink, meet, err);
    case HM_MEET_PPL:
        return hm_lynx_write_ppl(sink, meet, err);
    case HM_MEET_SCH:
        return hm_lynx_write_sch(sink, meet, err);
    case HM_MEET_HYTEK:
        return hytek_write(sink, meet, arena, notes, err);
    case HM_MEET_OPENTRACK:
        return opentrack_write(sink, meet, arena, notes, err);
    case HM_MEET_ATHLIB:
        return athlib_write(sink, meet, i_heat, err);
    default:
        return hm_meets_write_json(sink, n, meet, err);
    }
}
