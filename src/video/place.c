#include "video/place.h"

#include <math.h>

/* The lane whose ground the lower foot stands on in most images; 0 = none. */
static int32_t lane_of(const hm_view *view, const hm_marks *marks, const hm_track_person *who)
{
    int32_t seen[HM_MARKS_LANE_MAX] = {0}, best = -1;
    for (int32_t f = 0; f < who->n_frame; f++) {
        const hm_seen_point *p = who->frame[f].point;
        const hm_seen_point *foot = p[HM_POINT_TOE_L].y_px > p[HM_POINT_TOE_R].y_px
                                        ? &p[HM_POINT_TOE_L]
                                        : &p[HM_POINT_TOE_R];
        double x_m, y_m;
        if (isnan(foot->sigma_px) ||
            !hm_view_ground(view, (double)foot->x_px, (double)foot->y_px, &x_m, &y_m))
            continue;
        for (int32_t k = 0; k < marks->n_lane; k++)
            if (y_m >= marks->lane[k].from_y_m && y_m < marks->lane[k].to_y_m)
                seen[k]++;
    }
    for (int32_t k = 0; k < marks->n_lane; k++)
        if (seen[k] > (best < 0 ? 0 : seen[best]))
            best = k;
    return best < 0 ? 0 : marks->lane[best].lane;
}

static const hm_marks_lane *lane_row(const hm_marks *marks, int32_t lane)
{
    for (int32_t k = 0; k < marks->n_lane; k++)
        if (marks->lane[k].lane == lane)
            return &marks->lane[k];
    return NULL;
}

static void place_point(const hm_view *view, double y_m, hm_seen_point *p)
{
    double x_m, z_m;
    if (isnan(p->sigma_px) ||
        !hm_view_lane_plane(view, (double)p->x_px, (double)p->y_px, y_m, &x_m, &z_m))
        return;
    p->x_m = (float)x_m;
    p->z_m = (float)z_m;
}

void hm_view_place_track(const hm_view *view, const hm_marks *marks, hm_place_which which,
                         hm_track *track)
{
    for (int32_t i = 0; view->has_camera && i < track->n_person; i++) {
        hm_track_person *who = &track->person[i];
        if (!who->lane)
            who->lane = lane_of(view, marks, who);
        const hm_marks_lane *lane = lane_row(marks, who->lane);
        for (int32_t f = 0; lane && f < who->n_frame; f++)
            for (int k = 0; k < HM_POINT_COUNT; k++) {
                hm_seen_point *p = &who->frame[f].point[k];
                if (which == HM_PLACE_ALL || isnan(p->x_m) || isnan(p->z_m))
                    place_point(view, 0.5 * (lane->from_y_m + lane->to_y_m), p);
            }
    }
}
