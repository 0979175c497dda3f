/* overlay_priv.h - a drawing's graphics as a list: panels, texts, lines. Laid out first, then
 * painted, so that tests can ask the list whether anything is cut off or lies over another. */
#ifndef STAGE_OVERLAY_PRIV_H
#define STAGE_OVERLAY_PRIV_H

#include "rival_priv.h"
#include "text_priv.h"

#include "stage/overlay.h"

typedef struct ov_colour {
    uint8_t r, g, b;
} ov_colour;

/* One dark ground, one accent. Contrast (WCAG 2 relative luminance) on the ground as it shows over
 * a white picture: white 13, soft 8.4, accent 8.9; dark on accent 11. Tested. */
#define OV_GROUND ((ov_colour){12, 18, 30})
#define OV_RAISED ((ov_colour){32, 43, 64})
#define OV_WHITE  ((ov_colour){255, 255, 255})
#define OV_SOFT   ((ov_colour){190, 201, 219})
#define OV_ACCENT ((ov_colour){255, 198, 41})
#define OV_DARK   ((ov_colour){16, 18, 24})
#define OV_RECORD ((ov_colour){92, 255, 158})
#define OV_GHOST  ((ov_colour){170, 214, 240})

#define OV_GROUND_ALPHA 230 /* of 255 */

typedef enum ov_kind { OV_PANEL, OV_TEXT, OV_LINE, OV_DISC } ov_kind;

typedef struct ov_item {
    ov_kind kind;
    ov_colour colour;
    uint8_t alpha;
    int32_t x, y, w, h;   /* panel, text's ink, bounds of a line or disc */
    int32_t slant_px;     /* panel: the top edge lies this much to the right of the bottom */
    const uint8_t *cover; /* text: (h x w) */
    float x0, y0, x1, y1, half_px; /* line from 0 to 1; disc around 0 */
} ov_item;

/** What must not overlap: each text, and each group of panels as one box. */
typedef struct ov_box {
    int32_t x, y, w, h;
    bool is_text;
    int32_t group; /* panels and texts of one graphic share it */
} ov_box;

enum { OV_ITEM_MAX = 2000, OV_BOX_MAX = 200 };

typedef struct ov_list {
    int32_t n_item, n_box, group;
    uint8_t fade; /* 0..255, multiplies what is added */
    ov_item item[OV_ITEM_MAX];
    ov_box box[OV_BOX_MAX];
} ov_list;

/** Texts of one lane in the styles that the graphics use. */
typedef struct ov_lane_text {
    text_run tag, order, board, card; /* name: short, short, whole, whole large */
    text_run team, team_card;
    text_run status; /* DNS, DNF, DQ or empty */
} ov_lane_text;

/** Fixed words. */
typedef enum ov_word {
    OV_WORD_WIND,
    OV_WORD_BOARD, /* event and round */
    OV_WORD_REACTION,
    OV_WORD_OFFICIAL,
    OV_WORD_REPLAY,
    OV_WORD_WON_BY,
    OV_WORD_PHOTO,
    OV_WORD_RESULT,
    OV_WORD_SPEED,
    OV_WORD_COUNT
} ov_word;

/** Texts of one ghost. */
typedef struct ov_ghost_text {
    text_run tag, board, team;
} ov_ghost_text;

/** How a look letters its cards and draws the rule on them. */
typedef enum ov_manner {
    OV_MANNER_PLAIN,  /* a scale of 100 m */
    OV_MANNER_CRAYON, /* letters off the line, a wobbling stroke */
    OV_MANNER_PENCIL, /* a thin line that breaks off */
    OV_MANNER_SMEAR,  /* letters that trail, bands of speed */
    OV_MANNER_STEPS,  /* the winner's footfalls */
    OV_MANNER_WET     /* a line of light, letters mirrored below it */
} ov_manner;

/** Colours and letters of a look's cards. Contrast of ink, soft and accent on the ground: 4.5 and
 *  more. Tested. */
typedef struct ov_palette {
    const char *look;
    ov_colour ground, ink, soft, accent;
    ov_manner manner;
    const char *family;
    int32_t title_weight, text_weight;
    double track_em;
} ov_palette;

/** Of a look by name; unknown looks have the first. */
const ov_palette *ov_palette_of(const char *look);

/** Palette number i from 0; NULL after the last. */
const ov_palette *ov_palette_at(int32_t i);

/** The title of one shot. */
typedef struct ov_title {
    const ov_palette *palette;
    double line_em_px; /* of the other lines; the title has its own */
    text_block head, title, where, wind_rule;
    text_run mirror, wind;
} ov_title;

/** A line of the credits, where it stands. */
typedef struct ov_credit {
    text_run run;
    int32_t x, base_y;
    bool is_head;
} ov_credit;

enum { OV_CREDIT_MAX = 96, OV_CAPTION_LINES = 6 };

typedef struct ov_credits {
    const ov_palette *palette;
    int32_t n, left, top, right, bottom;
    ov_credit line[OV_CREDIT_MAX];
} ov_credits;

/** A caption in the picture: its lines, and where nothing else stands while it does. */
typedef struct ov_caption {
    double from_s, to_s;
    int32_t n_line, x, y, w, h; /* w = 0: no room */
    text_run line[OV_CAPTION_LINES];
} ov_caption;

enum { OV_MARKS = 10, OV_GRAPH_POINTS = 64, OV_BOARD_ROWS = 12 };

struct hm_overlay {
    hm_arena arena;
    const hm_film *film;
    const hm_race *race;
    int32_t w_px, h_px;
    double scale;      /* [1] of a 1280 x 720 picture */
    double card_scale; /* [1] of cards and captions: by area, so that tall pictures can be read */
    text_store text;
    text_run word[OV_WORD_COUNT];
    ov_lane_text lane[HM_LANE_MAX];
    int32_t result[HM_LANE_MAX];                   /* lanes in the order of the result */
    double mark_s[HM_LANE_MAX][OV_MARKS];          /* at 10, 20 .. 100 m; < 0 = never */
    float speed_mps[HM_LANE_MAX][OV_GRAPH_POINTS]; /* over distance, 0 where not run */
    int32_t winner;                                /* index, -1 = nobody */

    hm_credits credits_of;
    ov_title *title[HM_SHOT_MAX]; /* of shots that show one */
    ov_credits *credits;          /* NULL = no shot shows them */
    int32_t n_caption;
    ov_caption *caption; /* (n_caption) in time */

    /* of film->rivals; empty without */
    rival_ghosts ghosts;
    ov_ghost_text ghost[HM_LANE_MAX];
    text_run ghost_who, ghost_air;
    text_run record_name, record_title, record_result, word_behind, word_ahead;
    float ghost_mps[HM_LANE_MAX][OV_GRAPH_POINTS], record_mps[OV_GRAPH_POINTS];
};

/** Everything that is to be painted at one instant. */
void overlay_lay_out(const hm_overlay *o, const hm_moment *m, ov_list *l);

/** The letters of all graphics as a key, and of what only some moments show. */
uint64_t overlay_hash(const hm_overlay *o);
uint64_t overlay_hash_at(const hm_overlay *o, const hm_moment *m);

/** Blend a list into a picture. */
void overlay_paint(const ov_list *l, hm_picture *picture);

/* ---- building blocks; all places in pixels ---- */

/** Reference pixels (of 1280 x 720) to pixels. */
int32_t ov_px(const hm_overlay *o, double ref_px);

/** Safe area: 5 % from each edge. */
void ov_safe(const hm_overlay *o, int32_t *x0, int32_t *y0, int32_t *x1, int32_t *y1);

/** Begin a graphic of its own: later panels and texts belong together. */
void ov_begin(ov_list *l, uint8_t fade);

void ov_panel(ov_list *l, int32_t x, int32_t y, int32_t w, int32_t h, int32_t slant_px,
              ov_colour colour, uint8_t alpha);

/** A prepared text with the pen at x on the baseline; returns its advance. */
int32_t ov_text(ov_list *l, const text_run *run, int32_t x, int32_t base_y, ov_colour colour);

/** A number, left or right aligned at x. Returns its width. */
int32_t ov_number(const hm_overlay *o, ov_list *l, text_style style, const char *s, int32_t x,
                  int32_t base_y, bool from_right, ov_colour colour);

/** Baseline of a style that centres its capitals in a row. */
int32_t ov_base(const hm_overlay *o, text_style style, int32_t y, int32_t h);

/** Lane number on its chip; returns the chip's width. */
int32_t ov_chip(const hm_overlay *o, ov_list *l, int32_t lane, int32_t x, int32_t y, int32_t h,
                bool is_accent);

void ov_line(ov_list *l, double x0, double y0, double x1, double y1, double half_px,
             ov_colour colour, uint8_t alpha);

void ov_disc(ov_list *l, double x, double y, double r_px, ov_colour colour, uint8_t alpha);

/** Would a box of its own lie in the safe area and over none of the list's? */
bool ov_is_free(const hm_overlay *o, const ov_list *l, int32_t x, int32_t y, int32_t w, int32_t h);

/* ---- the graphics ---- */

void ov_title_card(const hm_overlay *o, const hm_moment *m, ov_list *l);
void ov_credits_card(const hm_overlay *o, const hm_moment *m, ov_list *l);
void ov_caption_now(const hm_overlay *o, const hm_moment *m, ov_list *l);
void ov_card(const hm_overlay *o, int32_t i_lane, bool with_time, ov_list *l);
void ov_clock(const hm_overlay *o, const hm_moment *m, ov_list *l);
void ov_speed(const hm_overlay *o, const hm_moment *m, ov_list *l);
void ov_order(const hm_overlay *o, const hm_moment *m, ov_list *l);
void ov_reactions(const hm_overlay *o, const hm_moment *m, ov_list *l);
void ov_replay(const hm_overlay *o, const hm_moment *m, ov_list *l);
void ov_margin(const hm_overlay *o, const hm_moment *m, ov_list *l);
void ov_graph(const hm_overlay *o, const hm_moment *m, ov_list *l);
void ov_board(const hm_overlay *o, const hm_moment *m, ov_list *l);
void ov_tags(const hm_overlay *o, const hm_moment *m, ov_list *l);
void ov_mark(const hm_overlay *o, const hm_moment *m, ov_list *l);
void ov_record(const hm_overlay *o, const hm_moment *m, ov_list *l);
void ov_record_line(const hm_overlay *o, const hm_moment *m, ov_list *l);

/** Everything at one instant but captions and what gives way to them. */
void overlay_lay_out_still(const hm_overlay *o, const hm_moment *m, ov_list *l);

/** Texts of titles, credits and captions, before the text store is closed. */
HM_CHECKED hm_status ov_title_texts(hm_overlay *o, hm_err *err);
HM_CHECKED hm_status ov_credit_texts(hm_overlay *o, hm_err *err);
HM_CHECKED hm_status ov_caption_texts(hm_overlay *o, const hm_text_track *track, hm_err *err);

/** Where captions stand; after everything else is ready. */
void ov_caption_places(hm_overlay *o);

/** The rule of a card, k of it drawn (0 .. 1). */
void ov_rule(const hm_overlay *o, ov_list *l, const ov_palette *p, int32_t x, int32_t y, int32_t w,
             double k);

/** A text of a share of its strength that may lie over others, and takes no room. */
void ov_text_faint(ov_list *l, const text_run *run, int32_t x, int32_t base_y, ov_colour colour,
                   uint8_t alpha);

/** A panel that takes no room: a ground under other things. */
void ov_wash(ov_list *l, int32_t x, int32_t y, int32_t w, int32_t h, ov_colour colour,
             uint8_t alpha);

/** Take room for texts that have no panel of their own. */
void ov_claim(ov_list *l, int32_t x, int32_t y, int32_t w, int32_t h);

/** A round as the film's language calls it; what is not known stays. */
const char *ov_round_text(const hm_overlay *o, const char *round);

/** Name of the look that a shot is drawn in. */
const char *ov_look_of(const hm_overlay *o, int32_t i_shot);

/** 0 at first, 1 after last_s, quick then slow. */
double ov_ease(double t_s, double last_s);

/** Texts of the film's rivals, before the text store is closed. */
HM_CHECKED hm_status ov_rival_texts(hm_overlay *o, hm_err *err);

/** How far behind the record the leader is: live where the record was when it was there, at the
 *  end by the official times. False: not yet told. */
bool ov_record_gap(const hm_overlay *o, double t_s, double *gap_s);

/** One line of the board: a rank of the result, or a ghost. */
typedef struct ov_board_line {
    bool is_ghost;
    int32_t i;
} ov_board_line;

/** The result with ghosts where their times would be; as many ghosts as there is room for. */
int32_t ov_board_rows(const hm_overlay *o, ov_board_line row[OV_BOARD_ROWS]);
void ov_ghost_row(const hm_overlay *o, ov_list *l, int32_t i, int32_t x, int32_t y, int32_t w,
                  int32_t rh);

/** Panel of the clock: x, y, width, height. */
void ov_clock_box(const hm_overlay *o, int32_t box[4]);

/** What a name is called for short; NULL no memory. */
const char *ov_short_name(hm_arena *a, const char *name);

/** Was the reaction measured; one taken from a prior is not shown. */
bool ov_has_reaction(const hm_lane *r);

/** Who leads at race time t_s: index, -1 = nobody runs. */
int32_t ov_leader(const hm_overlay *o, double t_s);

/** "+0.9", "0.0" from metres a second, with a true minus. */
void ov_wind_text(char buf[32], double wind_mps);

/** "9.58", "1:02.30" from hundredths; "+0.13" with plus. */
void ov_time_text(char buf[16], int64_t cs, bool with_plus);

/** What the clock shows at race time t_s: hundredths, and whether it has stopped for good. */
int64_t ov_clock_cs(const hm_overlay *o, double t_s, bool *is_official);

#endif
