/* body/form.h - how well a runner runs: few numbers, 0 = immaculate, 1 = collapsing. */
#ifndef HM_BODY_FORM_H
#define HM_BODY_FORM_H

#include <stdint.h>

typedef struct hm_form {
    double lean;       /* trunk: hunched forward */
    double sway;       /* trunk rolls and wanders */
    double sit;        /* hips sunk */
    double knee;       /* thigh lifts less and later */
    double kick;       /* heel flies out behind instead of under the hip */
    double overstride; /* foot reaches ahead, lands flat */
    double arms;       /* arms cross the midline and chop */
    double shoulders;  /* raised and rolling */
    double hands;      /* clenched */
    double head;       /* rolls, chin out */
    double asymmetry;  /* left unlike right */
    double tension;    /* how much of all this the last 30 m add */
} hm_form;

/** One row of the option table: the command line binds it, `--set form.lean=0.4`. */
typedef struct hm_form_option {
    const char *name;
    uint32_t offset; /* of a double in hm_form */
    double lo, hi;
    const char *help;
} hm_form_option;

/** The option table; *n its length. Static. */
const hm_form_option *hm_form_options(int32_t *n);

/** Names of the presets: "good", "ragged", .., NULL at the end of the list. */
const char *hm_form_preset_name(int32_t i);

/**
 * A preset by name; "" is "good".
 * out    1 and *form set, or 0 and *form untouched: no such preset
 */
int hm_form_preset(const char *name, hm_form *form);

#endif
