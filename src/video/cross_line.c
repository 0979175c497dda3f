/* Where the lines of lanes at planes lie in the picture. */
#include "cross_priv.h"

#include <math.h>

/* ---- constants, own ---- */
static const double low_m = -0.45, high_m = 2.45; /* of a line: feet of the next lane, hands */
static const double open_m = 0.17; /* a forearm, and an upper arm at half height, is less high */
static const double near_m = 0.35; /* fronts are sought so far from the line at least */
static const double fast_mps = 12.5, fronts_wanted = 4;

/* u at which row v shows the plane x_m in the lane's plane y_m; and metres a pixel there. */
static bool find_on_row(const hm_view *view, double x_m, double y_m, double v_px, double *u_px,
                        double *px_per_m, double *z_m)
{
    for (int i = 0; i < 6; i++) {
        double x0, x1, z0, z1;
        if (!hm_view_lane_plane(view, *u_px, v_px, y_m, &x0, &z0) ||
            !hm_view_lane_plane(view, *u_px + 1, v_px, y_m, &x1, &z1) || x0 == x1)
            return false;
        *px_per_m = 1 / (x1 - x0);
        *z_m = z0;
        if (fabs(x_m - x0) < 1e-5)
            return true;
        *u_px += (x_m - x0) * *px_per_m;
    }
    return true;
}

static void fill_rows(const hm_crossing_job *job, cross_line *l, int32_t v0, int32_t v1)
{
    int32_t n = v1 - v0 + 1, by = (n + CROSS_ROW_MAX - 1) / CROSS_ROW_MAX;
    const double chest_m[3] = {l->x_m, l->y_m, 1.2};
    double u, v;
    if (!hm_view_pixel(job->view, chest_m, &u, &v))
        return;
    for (int32_t row = v0; row <= v1 && l->n_row < CROSS_ROW_MAX; row += by) {
        cross_row *r = &l->row[l->n_row];
        r->v_px = row;
        r->u_px = u;
        if (!find_on_row(job->view, l->x_m, l->y_m, row + 0.5, &r->u_px, &r->px_per_m, &r->z_m) ||
            r->u_px < 2 || r->u_px > job->view->width_px - 2)
            continue;
        u = r->u_px;
        r->delay_s = hm_view_row_delay_s(job->view, job->marks, r->u_px, row + 0.5);
        l->n_row++;
    }
}

/* Lay out a line; n_row stays 0 when it is not in the picture. */
static void lay_line(const hm_crossing_job *job, double interval_s, cross_line *l)
{
    double u, v_low, v_high;
    const double low[3] = {l->x_m, l->y_m, low_m}, high[3] = {l->x_m, l->y_m, high_m};
    if (!hm_view_pixel(job->view, low, &u, &v_low) || !hm_view_pixel(job->view, high, &u, &v_high))
        return;
    double most = job->view->height_px - 1;
    int32_t v0 = (int32_t)floor(fmin(most, fmax(0, v_high))),
            v1 = (int32_t)floor(fmin(most, fmax(0, v_low)));
    if (v1 - v0 < 8)
        return;
    fill_rows(job, l, v0, v1);
    l->open_px = open_m * fabs(v_low - v_high) / (high_m - low_m);
    l->half_m = fmax(near_m, 0.5 * fronts_wanted * fast_mps * interval_s);
    for (int32_t i = 0; i < l->n_row; i++)
        l->cover_on_s[i] = NAN;
}

/* Corners of what the lines of a plane need of the picture. */
static void extent(const cross_plane *p, double box[4])
{
    box[0] = box[1] = 1e9;
    box[2] = box[3] = -1e9;
    for (int32_t k = 0; k < p->n_line; k++)
        for (int32_t i = 0; i < p->line[k].n_row; i++) {
            const cross_row *r = &p->line[k].row[i];
            double half = p->line[k].half_m * fabs(r->px_per_m) + 6;
            box[0] = fmin(box[0], r->u_px - half);
            box[2] = fmax(box[2], r->u_px + half);
            box[1] = fmin(box[1], r->v_px);
            box[3] = fmax(box[3], r->v_px + 1);
        }
}

/* Of each row the silhouette looks only at where fronts are sought: between rows of a line as at
 * the row above. */
static void narrow(cross_plane *p, int32_t from_px[], int32_t to_px[])
{
    hm_silhouette *s = &p->moving;
    for (int32_t v = 0; v < s->h_px; v++) {
        from_px[v] = s->w_px;
        to_px[v] = 0;
    }
    for (int32_t k = 0; k < p->n_line; k++)
        for (int32_t i = 0; i < p->line[k].n_row; i++) {
            const cross_row *r = &p->line[k].row[i];
            double half = p->line[k].half_m * fabs(r->px_per_m) + 6;
            int32_t next = i + 1 < p->line[k].n_row ? r[1].v_px : r->v_px + 1;
            for (int32_t v = r->v_px - 2; v < next + 2; v++) {
                int32_t at = v - s->v0_px, from = (int32_t)floor(r->u_px - half) - s->u0_px,
                        to = (int32_t)ceil(r->u_px + half) - s->u0_px;
                if (at < 0 || at >= s->h_px)
                    continue;
                from_px[at] = from < from_px[at] ? from : from_px[at];
                to_px[at] = to > to_px[at] ? to : to_px[at];
            }
        }
    hm_silhouette_narrow(s, from_px, to_px);
}

static hm_status lay_plane(cross_state *s, int32_t i_plane, cross_plane *p, int32_t w_px,
                           int32_t h_px, hm_err *err)
{
    const hm_marks *m = s->job->marks;
    p->line = HM_PUSH(s->arena, cross_line, m->n_lane);
    if (!p->line)
        return hm_err_set(err, HM_ERR_SYSTEM, s->job->path, 0, 0, NULL, "no memory");
    for (int32_t i = 0; i < m->n_lane; i++) {
        cross_line *l = &p->line[p->n_line];
        *l = (cross_line){.i_lane = i,
                          .i_plane = i_plane,
                          .x_m = s->job->plane_x_m[i_plane],
                          .y_m = 0.5 * (m->lane[i].from_y_m + m->lane[i].to_y_m)};
        lay_line(s->job, s->interval_s, l);
        if (l->n_row < 8)
            continue;
        l->ring = hm_arena_push(s->arena, (size_t)l->n_row, sizeof *l->ring);
        if (!l->ring)
            return hm_err_set(err, HM_ERR_SYSTEM, s->job->path, 0, 0, NULL, "no memory");
        p->n_line++;
    }
    double box[4];
    extent(p, box);
    if (p->n_line == 0)
        return HM_OK;
    HM_TRY(hm_silhouette_init(&p->moving, w_px, h_px, (int32_t)floor(box[0]),
                              (int32_t)floor(box[1]), (int32_t)ceil(box[2]), (int32_t)ceil(box[3]),
                              s->arena, err));
    int32_t *from_px = HM_PUSH(s->arena, int32_t, p->moving.h_px),
            *to_px = HM_PUSH(s->arena, int32_t, p->moving.h_px);
    if (!from_px || !to_px)
        return hm_err_set(err, HM_ERR_SYSTEM, s->job->path, 0, 0, NULL, "no memory");
    narrow(p, from_px, to_px);
    return HM_OK;
}

hm_status cross_lay_out(cross_state *s, int32_t w_px, int32_t h_px, hm_err *err)
{
    int32_t n_line = 0, widest = 1;
    s->n_plane = s->job->n_plane;
    s->plane = HM_PUSH(s->arena, cross_plane, s->n_plane);
    if (!s->plane)
        return hm_err_set(err, HM_ERR_SYSTEM, s->job->path, 0, 0, NULL, "no memory");
    for (int32_t i = 0; i < s->n_plane; i++) {
        HM_TRY(lay_plane(s, i, &s->plane[i], w_px, h_px, err));
        n_line += s->plane[i].n_line;
        widest = s->plane[i].moving.w_px > widest ? s->plane[i].moving.w_px : widest;
    }
    s->open = HM_PUSH(s->arena, uint8_t, widest);
    if (!s->open)
        return hm_err_set(err, HM_ERR_SYSTEM, s->job->path, 0, 0, NULL, "no memory");
    if (n_line == 0)
        return hm_err_set(err, HM_ERR_INPUT, "marks", 0, 0, NULL,
                          "no plane to be timed lies in the picture");
    return HM_OK;
}
