#include "stage/equipment.h"

#include "hot_priv.h"

#include <pango/pangocairo.h>
#include <strings.h>

#include "stage/score.h"

#ifdef HM_HAS_FILM
#include <libavcodec/avcodec.h>
#include <libavutil/avutil.h>

static const char *libav_version(void)
{
    return av_version_info();
}
static bool has_encoder(const char *name)
{
    return avcodec_find_encoder_by_name(name) != NULL;
}
#else
static const char *libav_version(void)
{
    return "built without";
}
static bool has_encoder(const char *name)
{
    (void)name;
    return false;
}
#endif

static hm_equipment encoder(hm_arena *arena, const char *what, const char *name)
{
    bool has = has_encoder(name);
    const char *found = hm_arena_printf(arena, "%s%s%s", has ? name : "", has ? ", FFmpeg " : "",
                                        has ? libav_version() : "not in this build");
    return (hm_equipment){what, found ? found : "",
                          has ? "" : "libavcodec-dev libavformat-dev, then build again", has, true};
}

/* The family that pango takes when it is asked for this one. */
static hm_equipment font(hm_arena *arena, const char *what, const char *family, const char *package)
{
    PangoFontMap *map = pango_cairo_font_map_new();
    PangoContext *context = pango_font_map_create_context(map);
    PangoFontDescription *want = pango_font_description_new();
    pango_font_description_set_family(want, family);
    PangoFont *got = pango_font_map_load_font(map, context, want);
    PangoFontDescription *d = got ? pango_font_describe(got) : NULL;
    const char *name = d ? pango_font_description_get_family(d) : NULL;
    bool works = name && strcasecmp(name, family) == 0;
    const char *found = hm_arena_text(arena, name ? name : "none");
    if (d)
        pango_font_description_free(d);
    if (got)
        g_object_unref(got);
    pango_font_description_free(want);
    g_object_unref(context);
    g_object_unref(map);
    return (hm_equipment){what, found ? found : "", works ? "" : package, works, false};
}

/* Films are made without, only silent of music. */
static hm_equipment player(hm_arena *arena)
{
    const char *version = hm_score_player();
    bool has = version[0] != '\0';
    const char *found =
        has ? hm_arena_printf(arena, "FluidSynth %s", version) : "not in this build";
    return (hm_equipment){"player of music", found ? found : "",
                          has ? "" : "libfluidsynth-dev, then build again", has, false};
}

static hm_equipment instruments(hm_arena *arena)
{
    hm_soundfont font = {.name = "none", .licence = ""};
    bool has = hm_soundfont_find(NULL, &font);
    const char *found = has ? hm_arena_printf(arena, "%s (%s)", font.name, font.licence) : "none";
    return (hm_equipment){"instruments for music", found ? found : "",
                          has ? "" : "fluid-soundfont-gm", has, false};
}

void hm_equipment_look(hm_arena *arena, hm_equipment item[HM_EQUIPMENT_COUNT])
{
    item[0] = encoder(arena, "H.264 encoder", "libx264");
    item[1] = encoder(arena, "AAC encoder", "aac");
    item[2] = font(arena, "Latin letters", "Inter", "fonts-inter");
    item[3] = font(arena, "Japanese letters", "Noto Sans CJK JP", "fonts-noto-cjk");
    item[4] = player(arena);
    item[5] = instruments(arena);
    item[6] = (hm_equipment){"instructions for drawing",
                             hot_has_v3() ? "x86-64-v3 (AVX2)" : "baseline", "", true, false};
}
