/* data/film.h - the staging of one film: which shot when, what camera, what graphics.
 *
 * A shot says its span in race time by anchors ("set-1", "leader@40", "finish+1.5"), a camera rig
 * by name and whom to look at by role, so one staging serves any race. hm_film_bind (stage/shots.h)
 * ties it to one race and fills the fields marked "bound". As JSON: data/film_file.h,
 * docs/formats/film.md. Film time counts in seconds from the film's beginning, race time from the
 * gun. All pointers live in the arena of the maker. */
#ifndef HM_DATA_FILM_H
#define HM_DATA_FILM_H

#include "data/race.h"
#include "data/rival.h"
#include "io/lang.h"

enum {
    HM_SHOT_MAX = 64,
    HM_CAM_KEY_MAX = 96,
    HM_OBSESSION_KEY_MAX = 32,
    HM_LOOK_VALUE_MAX = 16,
    HM_CARD_TEXT_MAX = 240 /* bytes of a line */
};

/** When the starter says "set" in every race [s from the gun]: the bodies begin to rise then and
 *  are still 0.9 s later. Own choice; the rules name no time. */
#define HM_SET_S (-2.75)

typedef enum hm_anchor_at {
    HM_AT_GUN,
    HM_AT_SET,
    HM_AT_FINISH, /* winner's torso at the line */
    HM_AT_LAST,   /* last finisher's torso at the line */
    HM_AT_LEADER, /* first torso at x_m */
    HM_AT_LANE    /* torso of `lane` at x_m */
} hm_anchor_at;

/** A moment of the race: something that happens, and seconds after it. */
typedef struct hm_anchor {
    hm_anchor_at at;
    int32_t lane; /* HM_AT_LANE */
    double x_m;   /* HM_AT_LEADER, HM_AT_LANE: 0 .. 100 */
    double plus_s;
} hm_anchor;

/** Kinds of camera; each is a rule that looks at the race (stage/camera.c). */
typedef enum hm_rig {
    HM_RIG_KEYS,     /* the shot's own keys */
    HM_RIG_CRANE,    /* high behind the start, sinking */
    HM_RIG_LANES,    /* along the lanes before the start, one runner after the other */
    HM_RIG_BREATH,   /* long lens on a face in the blocks */
    HM_RIG_BLOCKS,   /* low at the side of the start, all backs */
    HM_RIG_BEHIND,   /* low behind the blocks */
    HM_RIG_STEPS,    /* low in front at the side, going along */
    HM_RIG_RAIL,     /* side tracking at hip height */
    HM_RIG_OVERHEAD, /* steep from above */
    HM_RIG_HEAD_ON,  /* from beyond the line, very long lens */
    HM_RIG_QUARTER,  /* three-quarter front, going along */
    HM_RIG_LINE,     /* exact side view of the line */
    HM_RIG_REVERSE,  /* from behind the line, low, looking back up the track */
    HM_RIG_FACE,     /* long lens on a face in the run-out */
    HM_RIG_WIDE,     /* high behind the line, everybody */
    HM_RIG_COUNT
} hm_rig;

/** Whom a shot is about. */
typedef enum hm_role {
    HM_ROLE_LANE, /* by number */
    HM_ROLE_ALL,  /* everybody who runs, as far as the rig can hold them */
    HM_ROLE_WINNER,
    HM_ROLE_SECOND,
    HM_ROLE_THIRD,
    HM_ROLE_LAST,
    HM_ROLE_CLOSEST,  /* the two that the line parts least */
    HM_ROLE_STARTER,  /* shortest reaction */
    HM_ROLE_FASTEST,  /* highest top speed */
    HM_ROLE_INTEREST, /* who matters most while the shot lasts (hm_interest); again: the next one */
    HM_ROLE_COUNT
} hm_role;

/** What makes a runner matter; each term is 0 .. 1 (stage/interest.h says how). */
typedef enum hm_interest_term {
    HM_INTEREST_PLACE,    /* 1 / place at the end of the shot */
    HM_INTEREST_CLOSING,  /* ground made up on whoever leads */
    HM_INTEREST_RIVAL,    /* how near the next runner is */
    HM_INTEREST_RECORD,   /* on the way to record_s */
    HM_INTEREST_BEST,     /* on the way to a time he never ran */
    HM_INTEREST_FOLLOWED, /* one of the film's lanes */
    HM_INTEREST_START,    /* before the gun: shortest reaction */
    HM_INTEREST_COUNT
} hm_interest_term;

/** Weights of the terms, for the role HM_ROLE_INTEREST. */
typedef struct hm_interest {
    double weight[HM_INTEREST_COUNT]; /* [1] 0 .. 10 */
    double record_s;                  /* 0 = none */
    int32_t n_lane;
    int32_t lane[HM_LANE_MAX]; /* (n_lane) numbers of those whom the film follows */
} hm_interest;

/** The director's own weights; nobody is followed. */
hm_interest hm_interest_default(void);

typedef struct hm_focus {
    hm_role role;
    int32_t lane; /* HM_ROLE_LANE */
} hm_focus;

/** Graphics; a shot switches them on. */
typedef enum hm_overlay_bit {
    HM_OVERLAY_TITLE = 1,
    HM_OVERLAY_LANE_CARD = 2, /* who stands here, one after the other */
    HM_OVERLAY_TAGS = 4,      /* names above heads */
    HM_OVERLAY_CLOCK = 8,
    HM_OVERLAY_REACTIONS = 16,
    HM_OVERLAY_ORDER = 32,    /* order and gaps at the last 10 m mark */
    HM_OVERLAY_SPEED = 64,    /* leader, km/h and m/s */
    HM_OVERLAY_GRAPH = 128,   /* speed over distance */
    HM_OVERLAY_BOARD = 256,   /* the result */
    HM_OVERLAY_REPLAY = 512,  /* slow motion mark */
    HM_OVERLAY_MARGIN = 1024, /* what parted first and second */
    HM_OVERLAY_MARK = 2048,   /* distance mark on the track */
    HM_OVERLAY_NAME = 4096,   /* card of the shot's first focus */
    HM_OVERLAY_CREDITS = 8192 /* where the numbers come from, what plays, what made it */
} hm_overlay_bit;

enum { HM_OVERLAY_COUNT = 14 };

/** Camera key of HM_RIG_KEYS. */
typedef struct hm_cam_key {
    double at_frac;  /* of the shot, ascending, 0 .. 1 */
    double eye_m[3]; /* world x, y, z; z counts from the focus with `follow` */
    double aim_m[3];
    double vfov_deg;
} hm_cam_key;

/** What a shot's title says instead of the race's name. */
typedef struct hm_film_card {
    const char *title, *subtitle; /* "" = none; a subtitle only under a title */
} hm_film_card;

typedef enum hm_value_kind { HM_VALUE_NUMBER, HM_VALUE_BOOL, HM_VALUE_TEXT } hm_value_kind;

/** An option of a look as one shot wants it. Which there are the looks know (stage/look.h). */
typedef struct hm_look_value {
    const char *name; /* LOOK.OPTION */
    hm_value_kind kind;
    bool truth;
    double number; /* [1] in the option's unit */
    const char *text;
} hm_look_value;

/** How far the race has taken hold of those who run it, 0 .. 1, at moments of the race; straight
 *  between them, even before the first and after the last. n = 0: left to the race. */
typedef struct hm_obsession_key {
    hm_anchor at;
    double frac;
    double race_s; /* bound */
} hm_obsession_key;

typedef struct hm_obsession {
    int32_t n;
    hm_obsession_key *key; /* (n) in time */
} hm_obsession;

enum { HM_TRACK_EYE = 0, HM_TRACK_AIM = 3, HM_TRACK_VFOV = 6, HM_TRACK_CHANNELS = 7 };

/** Camera path: natural cubic spline, C2, through evenly spaced knots. Channels: eye x y z [m],
 *  aim x y z [m], vertical field of view [rad]. */
typedef struct hm_camera_path {
    int32_t n;
    double t0_s, dt_s; /* of knot 0 in film time, and from knot to knot */
    double *value;     /* (n x HM_TRACK_CHANNELS) [1] mixed, see above */
    double *bend;      /* (n x HM_TRACK_CHANNELS) [1] second derivatives per s^2 */
} hm_camera_path;

typedef struct hm_shot {
    const char *name;
    const char *look; /* "" = the film's */
    hm_anchor from, to;
    double rate; /* [1] race seconds per film second, > 0 */
    hm_rig rig;
    bool follow; /* HM_RIG_KEYS: keys travel with the focus */
    int32_t n_key;
    hm_cam_key *key;   /* (n_key) */
    double drift_frac; /* hand-held: 0 = on a stand, 1 = full */
    int32_t n_focus;
    hm_focus focus[HM_LANE_MAX];
    uint32_t overlays; /* hm_overlay_bit */
    hm_film_card card;
    bool plain;   /* no picture: graphics on the ground of the look */
    bool crosses; /* may cross the line of action (docs/director.md) */
    int32_t n_value;
    hm_look_value *value;   /* (n_value) */
    hm_obsession obsession; /* stronger than the film's */

    /* bound */
    double from_s, to_s;           /* film time */
    double race_from_s, race_to_s; /* race_s = race_from_s + rate (film_s - from_s) */
    int32_t n_lane;
    int32_t lane[HM_LANE_MAX]; /* (n_lane) indices into race->lane: who must be in the picture */
    hm_camera_path track;
} hm_shot;

typedef struct hm_film {
    const char *look;
    int32_t w_px, h_px;
    int32_t fps;
    uint64_t seed;
    hm_lang lang; /* of titles, credits, captions */
    hm_obsession obsession;
    hm_interest interest; /* all weights 0: the director's own */
    int32_t n_shot;
    hm_shot *shot; /* (n_shot) in film order, without gaps */

    /* bound */
    double duration_s;
    const hm_rivals *rivals; /* put there by who films; NULL = none */
} hm_film;

/**
 * Can this staging be used: spans, rates, keys, lanes, size in range.
 * errors HM_ERR_INPUT with the shot in source and the field at fault
 */
HM_CHECKED hm_status hm_film_check(const hm_film *film, hm_err *err);

/** Words of the file format; NULL past the end. */
const char *hm_rig_word(hm_rig rig);
const char *hm_role_word(hm_role role);
const char *hm_interest_word(hm_interest_term term);
const char *hm_overlay_word(int32_t i_bit);

/**
 * An anchor from its text: gun | set | finish | last | leader@M | laneN@M, then optionally +S or
 * -S. out    a   untouched on failure errors HM_ERR_INPUT (message only; the caller knows the
 * place)
 */
HM_CHECKED hm_status hm_anchor_parse(const char *text, hm_anchor *a, hm_err *err);

/** The value of a bound track with keys at race time t_s; NAN without. threads: pure */
double hm_obsession_at(const hm_obsession *o, double t_s);

/** The text of an anchor into buf, always terminated. */
void hm_anchor_text(const hm_anchor *a, char *buf, size_t n);

#endif
