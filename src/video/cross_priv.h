/* cross_priv.h - fronts at lines, image by image, and the events that come of them. */
#ifndef HM_VIDEO_CROSS_PRIV_H
#define HM_VIDEO_CROSS_PRIV_H

#include "video/crossing.h"
#include "video/silhouette.h"

enum {
    CROSS_ROW_MAX = 160, /* rows of a line that are looked at */
    CROSS_FRONT_MAX = 3, /* fronts of a row in one image */
    CROSS_RING_MAX = 32, /* images that a crossing is fitted to */
    CROSS_EVENT_MAX = 400 * 1000
};

/** One row of a line. */
typedef struct cross_row {
    int32_t v_px;    /* image row */
    double u_px;     /* where the line is in it */
    double px_per_m; /* along the row, signed: > 0 = the run goes to the right */
    double z_m;      /* height of the line there */
    double delay_s;  /* of the read-out */
} cross_row;

/** A front passed the line in one row, or something began or ceased to cover it. */
typedef struct cross_event {
    int16_t row;
    bool weak; /* no clean edge: an arm before it, or little contrast */
    float speed_mps;
    double time_s;
} cross_event;

typedef struct cross_cover {
    int16_t row;
    double on_s, off_s;
} cross_cover;

typedef struct cross_front {
    float x_m; /* from the line, > 0 = past it */
    bool weak;
} cross_front;

typedef struct cross_fronts {
    int32_t n;
    cross_front front[CROSS_FRONT_MAX];
} cross_fronts;

/** The line of one lane at one plane. */
typedef struct cross_line {
    int32_t i_lane, i_plane;
    double x_m, y_m;
    int32_t n_row;
    cross_row row[CROSS_ROW_MAX];
    double open_px;                       /* runs shorter than this are no trunk */
    double half_m;                        /* fronts are sought so far to both sides */
    cross_fronts (*ring)[CROSS_RING_MAX]; /* (n_row) by image number modulo ring length */
    double cover_on_s[CROSS_ROW_MAX];     /* NAN = free */
    int32_t n_event, n_cover;
    size_t cap_event, cap_cover;
    cross_event *event; /* (n_event) */
    cross_cover *cover; /* (n_cover) */
} cross_line;

/** All lines of a plane share one silhouette. */
typedef struct cross_plane {
    int32_t n_line;
    cross_line *line; /* (n_line) */
    hm_silhouette moving;
    int32_t n_quiet; /* images since something moved */
} cross_plane;

typedef struct cross_state {
    const hm_crossing_job *job;
    hm_arena *arena;
    double interval_s; /* median between images */
    int32_t n_ring;
    int32_t n_plane;
    cross_plane *plane;            /* (n_plane) */
    uint8_t *open;                 /* (widest silhouette) of a row, see find_fronts */
    double time_s[CROSS_RING_MAX]; /* of images, by number modulo n_ring */
    int64_t n_image;
    bool full; /* too many events: the rest is left out */
} cross_state;

/** Lines and silhouettes of the job's planes. */
HM_CHECKED hm_status cross_lay_out(cross_state *s, int32_t w_px, int32_t h_px, hm_err *err);

/** Fronts of the image that the silhouettes have just taken, and crossings of rows. */
HM_CHECKED hm_status cross_step(cross_state *s, double time_s, double shift_u_px, double shift_v_px,
                                hm_err *err);

/** The figure that was given to the lane of a line. */
typedef struct cross_figure {
    double time_s;    /* about when the chest's middle passes; NAN = nobody */
    bool unsure;      /* others fit nearly as well */
    double stature_m; /* of three, which fits best */
} cross_figure;

/** Which figure runs in which lane: (n_line) of the plane. */
HM_CHECKED hm_status cross_lanes(const cross_state *s, const cross_plane *plane,
                                 cross_figure figure[], hm_err *err);

/** Is a trunk looked for at this height? */
bool cross_is_chest(double z_m);

enum { CROSS_SHAPE_STRIDE = 4, CROSS_SHAPE_HEIGHT = 19, CROSS_SHAPE_TIME = 24 };

/* The stature to which tools/fit_runner_shape.py brings all runners whose mean the shape is. */
#define CROSS_SHAPE_STATURE_M 1.76

/** Row of the shape at a height, as of a runner of that stature; -1 = none. */
int32_t cross_shape_height(double z_m);

/** Instant i of the shape after the first point of the trunk [s]. */
double cross_shape_time_s(int32_t i);

/** Share of runners in this stride, of CROSS_SHAPE_STRIDE, who cover the plane at this height so
 * long after the trunk's first point. */
double cross_shape_frac(int32_t stride, int32_t i_height, double time_s);

/** A parabola through points in time; those far off it have no weight. */
typedef struct cross_curve_opts {
    double middle, unit;         /* of what the parabola runs over */
    double first_spread_s;       /* of the points, at most */
    double least_spread_s;       /* and at least */
    double bend_s, bend_sigma_s; /* known of p[2], mean and SD; SD 0 = nothing */
    bool least_median;           /* nearly half may lie anywhere; for some ten points */
} cross_curve_opts;

typedef struct cross_curve {
    cross_curve_opts opts;
    double p[3], cov[9]; /* of 1, h and h h; h = (x - middle) / unit */
    double spread_s;     /* SD of what is kept */
    double kept;         /* sum of the weights */
} cross_curve;

/** in x, t_s, weight (n); n 4 .. CROSS_ROW_MAX. Returns false where no parabola fits. */
bool cross_curve_fit(int32_t n, const double x[], const double t_s[], const double weight[],
                     const cross_curve_opts *opts, cross_curve *c);
double cross_curve_at(const cross_curve *c, double x);
/** SD of the curve there, by the spread of its points; INFINITY = they do not determine it. */
double cross_curve_sigma_s(const cross_curve *c, double x);

/** Where the front of a trunk is looked for. */
typedef struct cross_sought {
    double about_s;
    double near_s;    /* a front so far off counts half */
    double gap_m;     /* rows that may be missing in it: an arm before the trunk */
    double stature_m; /* NAN = not known */
} cross_sought;

/** The torso of a line there; t stays as it is when there is none. */
void cross_read_near(const cross_state *s, const cross_line *l, const cross_sought *at,
                     hm_torso *t);

/** What a lane's gates tell of each other: out of step ones are read again where the others say. */
void cross_along(const cross_state *s, hm_torso torso[]);

/** What the events of a plane's lines tell: a torso for each lane of the marks, seen or not. */
HM_CHECKED hm_status cross_read(const cross_state *s, const cross_plane *plane, hm_torso torso[],
                                hm_err *err);

#endif
