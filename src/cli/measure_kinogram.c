/* measure_kinogram.c - a runner's contacts as figures: touch-down, mid-stance, toe-off, each where
 * it was on the track. Drawn from the points, so no pixel of a person leaves the clip. */
#include "fit_plot_priv.h"
#include "measure_verb.h"

#include <math.h>

#include "io/file.h"

enum { COLUMNS = 3, CONTACT_MOST = 9, LINE_MOST = 9, BREAK = -1 };

/* A line through points, broken where it says so. */
typedef struct line_row {
    int n;
    int at[LINE_MOST];
    hm_chart_ink ink;
} line_row;

static const line_row lines[] = {
    {9,
     {HM_POINT_HIP_R, HM_POINT_KNEE_R, HM_POINT_ANKLE_R, HM_POINT_HEEL_R, HM_POINT_TOE_R, BREAK,
      HM_POINT_SHOULDER_R, HM_POINT_ELBOW_R, HM_POINT_WRIST_R},
     HM_INK_RED},
    {5,
     {HM_POINT_SHOULDER_R, HM_POINT_SHOULDER_L, HM_POINT_HIP_L, HM_POINT_HIP_R,
      HM_POINT_SHOULDER_R},
     HM_INK_DARK},
    {9,
     {HM_POINT_HIP_L, HM_POINT_KNEE_L, HM_POINT_ANKLE_L, HM_POINT_HEEL_L, HM_POINT_TOE_L, BREAK,
      HM_POINT_SHOULDER_L, HM_POINT_ELBOW_L, HM_POINT_WRIST_L},
     HM_INK_BLUE},
};
enum { N_LINE = sizeof lines / sizeof lines[0] };

/* Where a point is relative to the toe that stands, along the run; NAN = not seen. */
static void place(const hm_seen_point *p, double origin_m, double direction, double *x, double *z)
{
    bool seen = isfinite(p->sigma_px) && isfinite(p->x_m) && isfinite(p->z_m);
    *x = seen ? direction * ((double)p->x_m - origin_m) : (double)NAN;
    *z = seen ? (double)p->z_m : (double)NAN;
}

static void add_line(plot *p, const hm_track_frame *f, const line_row *line, double origin_m,
                     double direction, double pale_frac)
{
    double *x = plot_numbers(p, line->n), *z = plot_numbers(p, line->n);
    if (p->out_of_memory)
        return;
    for (int k = 0; k < line->n; k++)
        if (line->at[k] == BREAK)
            x[k] = z[k] = NAN;
        else
            place(&f->point[line->at[k]], origin_m, direction, &x[k], &z[k]);
    hm_chart_series *s = plot_add(p, HM_CHART_LINE, line->n, line->ink);
    s->x = x, s->y = z;
    s->pale_frac = pale_frac;
    s->size_pt = 3;
}

static void add_head(plot *p, const hm_track_frame *f, double origin_m, double direction,
                     double pale_frac)
{
    double x[3], z[3];
    static const hm_body_point at[3] = {HM_POINT_NOSE, HM_POINT_EAR_L, HM_POINT_EAR_R};
    for (int k = 0; k < 3; k++)
        place(&f->point[at[k]], origin_m, direction, &x[k], &z[k]);
    double hx = (x[1] + x[2]) / 2, hz = (z[1] + z[2]) / 2;
    if (isnan(hx) || p->out_of_memory)
        return;
    hm_chart_series *s = plot_add(p, HM_CHART_POINTS, 1, HM_INK_DARK);
    s->x = plot_one(p, isnan(x[0]) ? hx : (hx + x[0]) / 2);
    s->y = plot_one(p, hz);
    s->size_pt = 13;
    s->pale_frac = pale_frac;
}

/* One contact: three figures, the earlier ones paler. */
static void add_contact(plot *p, const hm_track_person *person, const hm_steps *steps,
                        const hm_contact *c)
{
    static const double pale_frac[3] = {0.65, 0.4, 0};
    int32_t frame[3], n = hm_contact_moments(c, frame);
    for (int32_t i = 0; i < n; i++) {
        const hm_track_frame *f = &person->frame[frame[i]];
        double pale = pale_frac[3 - n + i];
        for (int k = 0; k < N_LINE; k++)
            add_line(p, f, &lines[k], c->toe_x_m.is, steps->direction, pale);
        add_head(p, f, c->toe_x_m.is, steps->direction, pale);
    }
    hm_chart_series *ground = plot_add(p, HM_CHART_RULE, 1, HM_INK_GREY);
    if (ground)
        ground->y = plot_one(p, 0);
}

static const char *title_of(plot *p, const hm_contact *c)
{
    const char *foot = c->side == HM_SIDE_LEFT ? "left" : "right";
    if (isnan(c->contact_s.is))
        return plot_text(p, "%s", foot);
    return plot_text(p, "%s, %.0f ms", foot, 1000 * c->contact_s.is);
}

static void build(plot *p, const hm_track_person *person, const hm_steps *steps)
{
    int32_t row = -1, drawn = 0;
    for (int32_t i = 0; i < steps->n_contact && drawn < CONTACT_MOST; i++) {
        const hm_contact *c = &steps->contact[i];
        bool whole = !isnan(c->on_s.is) && !isnan(c->off_s.is);
        if (!whole)
            continue;
        if (drawn % COLUMNS == 0)
            row = plot_row(p, 1);
        hm_chart_panel *panel = plot_panel(p, row, drawn % COLUMNS, title_of(p, c));
        panel->equal_units = true;
        panel->x.lo = -1.3, panel->x.hi = 1.3;
        panel->y.lo = 0, panel->y.hi = 2.05;
        panel->x.title = drawn == 0 ? "m from the toe" : NULL;
        panel->y.title = drawn % COLUMNS == 0 ? "m" : NULL;
        add_contact(p, person, steps, c);
        drawn++;
    }
}

hm_status measure_kinogram(const measure_job *job, const hm_track_person *person,
                           const hm_steps *steps, hm_err *err)
{
    const char *path = cli_value(job->args, "kinogram");
    fit_plot_opts o = fit_plot_opts_default();
    hm_arena scratch;
    char *bytes = NULL;
    size_t n = 0;
    plot p;
    if (!path)
        return HM_OK;
    HM_TRY(fit_plot_format_of(path, &o.format, err));
    hm_arena_init(&scratch, 0);
    hm_status s = plot_begin(&p, &scratch, COLUMNS, err);
    if (s == HM_OK) {
        p.fig.title = "Contacts";
        p.fig.h_pt = NAN;
        p.fig.subtitle = plot_text(
            &p,
            "touch-down (palest), mid-stance, toe-off; left blue, right red" PLOT_DOT
            "mean contact %.0f ms, rate %.2f a second, %.2f m/s",
            1000 * steps->mean.contact_s.is, steps->mean.rate_hz.is, steps->mean.speed_mps.is);
        build(&p, person, steps);
        s = plot_finish(&p, &o, job->args->arena, &bytes, &n, err);
    }
    hm_arena_free(&scratch);
    return s == HM_OK ? hm_file_write(path, bytes, n, err) : s;
}
