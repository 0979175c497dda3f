#include "body/form.h"

#include <stddef.h>
#include <string.h>

#define OPTION(field, help)                                                                        \
    {                                                                                              \
#field, (uint32_t)offsetof(hm_form, field), 0, 1, help                                     \
    }

static const hm_form_option OPTIONS[] = {
    OPTION(lean, "trunk hunched forward"),
    OPTION(sway, "trunk rolls and wanders"),
    OPTION(sit, "hips sunk"),
    OPTION(knee, "thigh lifts less and later"),
    OPTION(kick, "heel flies out behind"),
    OPTION(overstride, "foot reaches ahead and lands flat"),
    OPTION(arms, "arms cross the body and chop"),
    OPTION(shoulders, "shoulders raised and rolling"),
    OPTION(hands, "hands clenched"),
    OPTION(head, "head rolls, chin out"),
    OPTION(asymmetry, "left unlike right"),
    OPTION(tension, "what the last 30 m add to all of these"),
};

static const struct {
    const char *name;
    hm_form form;
} PRESETS[] = {
    {"good", {.hands = .1, .tension = .2}},
    {"ragged",
     {.lean = .75,
      .sway = .85,
      .sit = .8,
      .knee = .85,
      .kick = .85,
      .overstride = .7,
      .arms = .9,
      .shoulders = .9,
      .hands = .9,
      .head = .8,
      .asymmetry = .7,
      .tension = .7}},
    {"child",
     {.sway = .45,
      .knee = .25,
      .kick = .3,
      .overstride = .3,
      .arms = .4,
      .shoulders = .25,
      .hands = .3,
      .head = .25,
      .asymmetry = .25,
      .tension = .4}},
};

const hm_form_option *hm_form_options(int32_t *n)
{
    *n = (int32_t)(sizeof OPTIONS / sizeof OPTIONS[0]);
    return OPTIONS;
}

const char *hm_form_preset_name(int32_t i)
{
    int32_t n = (int32_t)(sizeof PRESETS / sizeof PRESETS[0]);
    return i >= 0 && i < n ? PRESETS[i].name : NULL;
}

int hm_form_preset(const char *name, hm_form *form)
{
    const char *want = name[0] ? name : "good";
    for (size_t i = 0; i < sizeof PRESETS / sizeof PRESETS[0]; i++) {
        if (strcmp(want, PRESETS[i].name) == 0) {
            *form = PRESETS[i].form;
            return 1;
        }
    }
    return 0;
}
