/* moment.c - the film as a function of time. */
#include "camera_priv.h"

#include <math.h>

#include "num/dmath.h"
#include "stage/shots.h"

static hm_vec3 to_vec3(cam_vec v)
{
    return hm_v3((float)v.x, (float)v.y, (float)v.z);
}

void hm_film_at(const hm_film *film, const hm_race *race, double film_t_s, hm_moment *m)
{
    double t_s = film_t_s < 0 ? 0 : film_t_s > film->duration_s ? film->duration_s : film_t_s;
    int32_t i = 0;
    while (i + 1 < film->n_shot && t_s >= film->shot[i + 1].from_s)
        i++;
    const hm_shot *s = &film->shot[i];
    cam_view v = camera_at(&s->track, t_s);
    *m = (hm_moment){.i_shot = i,
                     .shot = s,
                     .film_t_s = t_s,
                     .shot_t_s = t_s - s->from_s,
                     .shot_left_s = s->to_s - t_s,
                     .race_t_s = s->race_from_s + s->rate * (t_s - s->from_s),
                     .rate = s->rate,
                     .camera = {to_vec3(v.eye_m), to_vec3(v.aim_m), (float)v.vfov_rad, 0, 0.25f},
                     .n_lane = s->n_lane,
                     .overlays = s->overlays};
    const hm_obsession *o = s->obsession.n > 0 ? &s->obsession : &film->obsession;
    m->has_obsession = o->n > 0;
    m->obsession_frac = m->has_obsession ? hm_obsession_at(o, m->race_t_s) : 0;
    for (int32_t k = 0; k < s->n_lane; k++)
        m->lane[k] = s->lane[k];
    for (int32_t k = 0; k < race->n_lane; k++) {
        cam_body b = camera_body(&race->lane[k], m->race_t_s);
        m->head_m[k] = hm_v3((float)b.x_m, (float)b.top_y_m, (float)b.head_z_m);
    }
}

int64_t hm_film_frame_count(const hm_film *film, int32_t per_s)
{
    return (int64_t)ceil(film->duration_s * per_s - 1e-9);
}
