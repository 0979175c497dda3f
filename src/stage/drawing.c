#include "drawing_priv.h"
#include "ghost_priv.h"

#include <string.h>

#include "io/number.h"
#include "io/optab.h"
#include "num/dmath.h"

/* A runner is drawn with the finer skin from this height in the picture on [px]. */
static const double near_px = 520.0, middle_px = 150.0;

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the drawing");
}

/* ---- looks made ready ---- */

/* Options of a look: those given, or its defaults. */
static hm_status own_options(const hm_look *look, const void *given, hm_arena *arena,
                             const void **own, hm_err *err)
{
    void *opts = hm_arena_push(arena, look->table->size, 1);
    if (!opts)
        return no_memory(err);
    if (given)
        memcpy(opts, given, look->table->size);
    else
        hm_option_defaults(look->table, opts);
    *own = opts;
    return hm_option_check(look->table, opts, err);
}

/* "1.2", "true", a word: as after --set. */
static const char *value_text(const hm_look_value *v, hm_arena *arena)
{
    char number[HM_NUMBER_BUF];
    const char *name = strchr(v->name, '.') + 1;
    if (v->kind == HM_VALUE_NUMBER)
        hm_number_print(v->number, number);
    return hm_arena_printf(arena, "%s=%s", name,
                           v->kind == HM_VALUE_NUMBER ? number
                           : v->kind == HM_VALUE_BOOL ? (v->truth ? "true" : "false")
                                                      : v->text);
}

/* The options of a look as one shot wants them. */
static hm_status shot_options(const hm_look *look, const hm_shot *s, const void *given,
                              hm_arena *arena, const void **own, hm_err *err)
{
    HM_TRY(own_options(look, given, arena, own, err));
    size_t n_name = strlen(look->name);
    for (int32_t i = 0; i < s->n_value; i++) {
        const hm_look_value *v = &s->value[i];
        if (strncmp(v->name, look->name, n_name) != 0 || v->name[n_name] != '.')
            return hm_err_set(err, HM_ERR_INPUT, s->name, 0, 0, "set",
                              "expected options of the look %s, in which the shot is drawn; found "
                              "\"%.60s\"",
                              look->name, v->name);
        const char *pair = value_text(v, arena);
        void *opts = hm_arena_push(arena, look->table->size, 1);
        hm_err wrong = {0};
        if (!pair || !opts)
            return no_memory(err);
        memcpy(opts, *own, look->table->size);
        if (hm_optab_set(look->table, opts, pair, arena, &wrong) != HM_OK)
            return hm_err_set(err, HM_ERR_INPUT, s->name, 0, 0, "set", "%.40s: %.200s", v->name,
                              wrong.msg);
        *own = opts;
    }
    return HM_OK;
}

/* The runners as the look sees them; looks that change nothing share those of the first such. */
static hm_status own_cast(drawing_set *d, drawing_look *use, const void *own, int n_thread,
                          hm_arena *arena, hm_err *err)
{
    const hm_cast_change change = {use->look->shape, use->look->costume, own, d->letters, d->skins};
    bool plain = !change.shape && !change.costume;
    for (int32_t i = 0; plain && i < d->n_look; i++)
        if (!d->look[i].look->shape && !d->look[i].look->costume) {
            use->cast = d->look[i].cast;
            return HM_OK;
        }
    return hm_cast_build(d->race, &change, n_thread, arena, &use->cast, err);
}

/* Ghosts as the look sees bodies. */
static hm_status own_ghosts(const drawing_set *d, drawing_look *use, const void *own, int n_thread,
                            hm_arena *arena, hm_err *err)
{
    const hm_cast_change change = {use->look->shape, NULL, own, d->letters, d->skins};
    if (d->ghosts->race.n_lane == 0)
        return HM_OK;
    return hm_cast_build(&d->ghosts->race, &change, n_thread, arena, &use->ghosts, err);
}

static hm_status open_workers(drawing_look *use, int n_worker, hm_arena *arena, hm_err *err)
{
    use->work = HM_PUSH(arena, void *, n_worker);
    if (!use->work)
        return no_memory(err);
    for (int i = 0; i < n_worker; i++, use->n_work++)
        if (use->look->open)
            HM_TRY(use->look->open(&use->film, arena, &use->work[i], err));
    return HM_OK;
}

/* Make a look ready, once for the same options. */
static hm_status use_look(drawing_set *d, const hm_look *look, const void *own,
                          const look_film *frames, int n_worker, int n_thread, hm_arena *arena,
                          uint8_t *index, hm_err *err)
{
    for (int32_t i = 0; i < d->n_look; i++)
        if (d->look[i].look == look && memcmp(d->look[i].film.own, own, look->table->size) == 0) {
            *index = (uint8_t)i;
            return HM_OK;
        }
    if (d->n_look == DRAWING_LOOK_MAX)
        return hm_err_set(err, HM_ERR_INPUT, "film", 0, 0, "set",
                          "expected at most %d looks with options of their own", DRAWING_LOOK_MAX);
    drawing_look *use = &d->look[d->n_look];
    *use = (drawing_look){.look = look, .paint = hm_paint_find(look->paint), .film = *frames};
    HM_ASSERT(use->paint);
    use->film.own = own;
    HM_TRY(own_cast(d, use, own, n_thread, arena, err));
    HM_TRY(own_ghosts(d, use, own, n_thread, arena, err));
    use->film.race = d->race, use->film.film = d->film, use->film.venue = d->venue;
    use->film.cast = &use->cast;
    *index = (uint8_t)d->n_look++;
    if (look->begin)
        HM_TRY(look->begin(&use->film, arena, &use->film.state, err));
    return open_workers(use, n_worker, arena, err);
}

hm_status drawing_begin(drawing_set *d, const char *name, const void *given,
                        const look_film *frames, int n_worker, int n_thread, hm_arena *arena,
                        hm_err *err)
{
    const hm_look *film_look, *look;
    const void *own;
    uint8_t first;
    d->w_px = frames->w_px, d->h_px = frames->h_px;
    d->ghosts = HM_PUSH(arena, rival_ghosts, 1);
    if (!d->ghosts)
        return no_memory(err);
    rival_ghosts_of(d->film->rivals, d->ghosts);
    HM_TRY(hm_look_get(name, &film_look, err));
    HM_TRY(own_options(film_look, given, arena, &own, err));
    HM_TRY(use_look(d, film_look, own, frames, n_worker, n_thread, arena, &first, err));
    for (int32_t i = 0; i < d->film->n_shot; i++) {
        const hm_shot *s = &d->film->shot[i];
        look = film_look;
        if (s->look && s->look[0])
            HM_TRY(hm_look_get(s->look, &look, err));
        HM_TRY(shot_options(look, s, look == film_look ? given : NULL, arena, &own, err));
        HM_TRY(use_look(d, look, own, frames, n_worker, n_thread, arena, &d->look_of_shot[i], err));
    }
    return HM_OK;
}

hm_status drawing_warm(const drawing_set *d, bool *warm, hm_err *err)
{
    for (int32_t k = 0; k < d->n_look; k++)
        for (int32_t i = 0; i < d->look[k].cast.n_player; i++) {
            const hm_player *pl = &d->look[k].cast.player[i];
            const hm_mesh *mesh;
            if (pl->absent || pl->mesh[HM_DETAIL_NEAR].n_vert > 0)
                continue;
            *warm = false;
            return hm_cast_skin(pl, HM_DETAIL_NEAR, d->skins, &mesh, err);
        }
    *warm = true;
    return HM_OK;
}

void drawing_end(drawing_set *d)
{
    for (int32_t i = 0; i < d->n_look; i++)
        for (int k = 0; k < d->look[i].n_work; k++)
            if (d->look[i].look->close)
                d->look[i].look->close(d->look[i].work[k]);
}

/* ---- one drawing ---- */

/* Where a body stands in the picture. */
typedef struct body_sight {
    bool seen;        /* it, or a shadow that it throws, may be in the picture */
    double height_px; /* of a standing body */
} body_sight;

static body_sight sight_of(const drawing_set *d, const hm_camera *c, hm_vec3 centre_m,
                           double stature_m)
{
    const double reach_m = 4.5; /* a body and the shadow at its feet */
    hm_vec3 ahead = hm_v3_unit(hm_v3_sub(c->aim_m, c->eye_m));
    hm_vec3 to = hm_v3_sub(centre_m, c->eye_m);
    double depth_m = (double)hm_v3_dot(to, ahead);
    double aside_m = (double)hm_v3_len(hm_v3_mad(to, (float)-depth_m, ahead));
    double half = 0.5 * (double)c->vfov_rad;
    double tan_v = hm_sin(half) / hm_cos(half);
    double aspect = (double)d->w_px / d->h_px;
    double tan_corner = tan_v * sqrt(1.0 + aspect * aspect);
    double at_m = depth_m > 0.5 ? depth_m : 0.5;
    return (body_sight){.seen = depth_m > -reach_m &&
                                aside_m < at_m * tan_corner +
                                              reach_m * sqrt(1.0 + tan_corner * tan_corner),
                        .height_px = stature_m / at_m * d->h_px / (2.0 * tan_v)};
}

/* A body in a drawing, before anybody bends its skin. */
typedef struct drawn_body {
    const hm_mesh *mesh; /* NULL = out of sight */
    hm_vec3 *pos_m, *nrm;
    hm_object object;
} drawn_body;

/* Skin and dress a runner who has his pose. */
static hm_status dress(const drawing_set *set, const hm_camera *camera, const look_body *body,
                       hm_arena *scratch, drawn_body *out, hm_err *err)
{
    const hm_player *pl = body->player;
    body_sight sight = sight_of(set, camera, body->pose->com_m, pl->shape.stature_m);
    *out = (drawn_body){.mesh = NULL};
    if (!sight.seen)
        return HM_OK;
    hm_detail detail = sight.height_px > near_px     ? HM_DETAIL_NEAR
                       : sight.height_px > middle_px ? HM_DETAIL_MIDDLE
                                                     : HM_DETAIL_FAR;
    const hm_mesh *mesh;
    HM_TRY(hm_cast_skin(pl, detail, set->skins, &mesh, err));
    hm_vec3 *pos_m = HM_PUSH(scratch, hm_vec3, mesh->n_vert);
    hm_vec3 *nrm = HM_PUSH(scratch, hm_vec3, mesh->n_vert);
    hm_figure *figure = HM_PUSH(scratch, hm_figure, 1);
    if (!pos_m || !nrm || !figure)
        return no_memory(err);
    hm_mesh_skin(mesh, body->pose, pos_m, nrm);
    hm_figure_of(&pl->costume, &pl->shape, body->mien, body->pose, figure);
    *out = (drawn_body){.mesh = mesh,
                        .pos_m = pos_m,
                        .nrm = nrm,
                        .object = {.n_vert = mesh->n_vert,
                                   .n_tri = mesh->n_tri,
                                   .pos_m = pos_m,
                                   .nrm = nrm,
                                   .rest_m = mesh->rest_m,
                                   .tri = (const int32_t(*)[3])mesh->tri,
                                   .part = mesh->part,
                                   .surface = hm_figure_surface,
                                   .surface_ctx = figure,
                                   .flags = HM_OBJECT_SHADOW | HM_OBJECT_INK,
                                   .actor = (uint16_t)(body->i_player + 1)}};
    return HM_OK;
}

/* Pose one runner, as the look has it, and dress him into the next object. */
static hm_status add_player(const drawing_set *set, const look_drawing *d, const hm_look *look,
                            int32_t i, hm_moment *m, hm_object objects[], int32_t *n_object,
                            hm_err *err)
{
    const hm_player *pl = &d->film->cast->player[i];
    hm_pose *pose = HM_PUSH(d->scratch, hm_pose, 1);
    if (!pose)
        return no_memory(err);
    hm_mien mien;
    const look_body body = {i, pl, pose, &mien};
    hm_gait_pose(&pl->gait, m->race_t_s, pose);
    hm_mien_at(set->race, pl->lane, m->race_t_s, &mien);
    if (look->body)
        look->body(d, &body);
    hm_vec3 crown = pl->shape.head.centre_m;
    crown.y = pl->shape.head.crown_y_m;
    m->head_m[i] = hm_frame_point(&pose->bone[HM_BONE_HEAD], crown);
    drawn_body drawn;
    HM_TRY(dress(set, &m->camera, &body, d->scratch, &drawn, err));
    if (!drawn.mesh)
        return HM_OK;
    if (look->skin)
        look->skin(d, &body, drawn.mesh, drawn.pos_m, drawn.nrm);
    objects[(*n_object)++] = drawn.object;
    return HM_OK;
}

hm_status drawing_figure(const drawing_set *set, const hm_race *race, const hm_player *pl,
                         const hm_moment *m, hm_arena *scratch, hm_object *out, bool *seen,
                         hm_err *err)
{
    hm_pose *pose = HM_PUSH(scratch, hm_pose, 1);
    if (!pose)
        return no_memory(err);
    hm_mien mien;
    drawn_body drawn;
    hm_gait_pose(&pl->gait, m->race_t_s, pose);
    hm_mien_at(race, pl->lane, m->race_t_s, &mien);
    HM_TRY(dress(set, &m->camera, &(look_body){0, pl, pose, &mien}, scratch, &drawn, err));
    *seen = drawn.mesh != NULL;
    *out = drawn.object;
    return HM_OK;
}

/* The record's line goes onto the ground right after the look has made the scene. */
static hm_status add_record(const drawing_set *set, const hm_moment *m, hm_arena *scratch,
                            look_scene *s, hm_err *err)
{
    const hm_rivals *r = set->film->rivals;
    if (!r || !r->record.curve || s->scene->n_object >= s->object_cap)
        return HM_OK;
    record_mark *mark = HM_PUSH(scratch, record_mark, 1);
    if (!mark)
        return no_memory(err);
    if (rival_record_mark(&r->record, set->venue, &s->object[0], m->camera.eye_m, m->race_t_s,
                          mark))
        s->object[s->scene->n_object++] = mark->object;
    return HM_OK;
}

/* Place and runners. */
static hm_status set_scene(const drawing_set *set, const look_drawing *d, const hm_look *look,
                           hm_moment *m, hm_object objects[], hm_scene *scene, hm_err *err)
{
    const hm_venue *v = set->venue;
    double place_s = look->place_s ? look->place_s(d) : m->race_t_s;
    HM_TRY(hm_venue_at(v, set->race, place_s, m->camera.eye_m, d->scratch, objects, err));
    int32_t n_object = v->n_object;
    for (int32_t i = 0; i < d->film->cast->n_player; i++)
        if (!d->film->cast->player[i].absent)
            HM_TRY(add_player(set, d, look, i, m, objects, &n_object, err));
    *scene = (hm_scene){.n_object = n_object,
                        .object = objects,
                        .sky = v->sky,
                        .sky_ctx = v->sky_ctx,
                        .light = v->light,
                        .camera = m->camera,
                        .haze = v->haze,
                        .haze_per_m = v->haze_per_m};
    return HM_OK;
}

hm_status drawing_scene(const drawing_set *set, drawing_hand *hand, int64_t number, hm_moment *m,
                        drawing_job *job, hm_err *err)
{
    const drawing_look *use = &set->look[set->look_of_shot[m->i_shot]];
    drawing_job j = {.look = use->look, .paint = use->paint};
    j.d = (look_drawing){&use->film, m, number, use->work[hand->worker], &hand->scratch};
    int32_t cap = set->venue->n_object + HM_LANE_MAX + LOOK_OBJECT_MAX;
    hm_object *objects = HM_PUSH(&hand->scratch, hm_object, cap);
    if (!objects)
        return no_memory(err);
    HM_TRY(set_scene(set, &j.d, j.look, m, objects, &j.scene, err));
    j.params = hm_paint_params_of(j.paint);
    j.params.drawing = (uint32_t)number;
    look_scene made = {&j.scene, objects, cap, &j.params};
    if (j.look->scene)
        HM_TRY(j.look->scene(&j.d, &made, err));
    HM_TRY(add_record(set, m, &hand->scratch, &made, err));
    *job = j;
    return HM_OK;
}

hm_status drawing_paint(const drawing_set *set, drawing_hand *hand, const drawing_job *j,
                        hm_err *err)
{
    const drawing_look *use = &set->look[set->look_of_shot[j->d.moment->i_shot]];
    HM_TRY(hm_raster_draw(hand->raster, &j->scene, j->paint, &j->params, &hand->pic, err));
    HM_TRY(ghost_draw(set, use, hand, j, j->d.moment, err));
    return j->look->picture ? j->look->picture(&j->d, &j->scene, &hand->pic, err) : HM_OK;
}

hm_status drawing_draw(const drawing_set *set, drawing_hand *hand, int64_t number, hm_moment *m,
                       hm_err *err)
{
    drawing_job j;
    HM_TRY(drawing_scene(set, hand, number, m, &j, err));
    return drawing_paint(set, hand, &j, err);
}

/* ---- where things go ---- */

/* The mesh that an object shows of a runner; NULL for what is not his skin (a trail). */
static const hm_mesh *mesh_of(const hm_cast *cast, const hm_object *o)
{
    if (!o->actor)
        return NULL;
    const hm_player *pl = &cast->player[o->actor - 1];
    for (int k = 0; k < HM_DETAIL_COUNT; k++)
        if (o->rest_m == pl->mesh[k].rest_m && o->n_vert == pl->mesh[k].n_vert)
            return &pl->mesh[k];
    return NULL;
}

bool drawing_is_runner(const drawing_job *job, const hm_object *o)
{
    return mesh_of(job->d.film->cast, o) != NULL;
}

/* The corners of a runner's object at another instant; NULL for what is not his skin. */
static hm_status next_skin(const drawing_set *set, const look_drawing *d, const hm_look *look,
                           const hm_object *o, const hm_vec3 **out, hm_err *err)
{
    int32_t i = (int32_t)o->actor - 1;
    const hm_player *pl = &d->film->cast->player[i];
    const hm_mesh *mesh = mesh_of(d->film->cast, o);
    *out = NULL;
    if (!mesh)
        return HM_OK;
    hm_pose *pose = HM_PUSH(d->scratch, hm_pose, 1);
    hm_vec3 *pos_m = HM_PUSH(d->scratch, hm_vec3, mesh->n_vert);
    hm_vec3 *nrm = HM_PUSH(d->scratch, hm_vec3, mesh->n_vert);
    if (!pose || !pos_m || !nrm)
        return no_memory(err);
    hm_mien mien;
    const look_body body = {i, pl, pose, &mien};
    hm_gait_pose(&pl->gait, d->moment->race_t_s, pose);
    hm_mien_at(set->race, pl->lane, d->moment->race_t_s, &mien);
    if (look->body)
        look->body(d, &body);
    hm_mesh_skin(mesh, pose, pos_m, nrm);
    if (look->skin)
        look->skin(d, &body, mesh, pos_m, nrm);
    *out = pos_m;
    return HM_OK;
}

hm_status drawing_next(const drawing_set *set, drawing_hand *hand, const drawing_job *job,
                       hm_moment *m, const hm_vec3 *const **pos_m, hm_err *err)
{
    const hm_venue *v = set->venue;
    const hm_scene *scene = &job->scene;
    look_drawing d = job->d;
    d.moment = m;
    d.number++;
    const hm_vec3 **to = HM_PUSH(&hand->scratch, const hm_vec3 *, scene->n_object + 1);
    hm_object *place = HM_PUSH(&hand->scratch, hm_object, v->n_object + 1);
    if (!to || !place)
        return no_memory(err);
    HM_TRY(hm_venue_at(v, set->race, m->race_t_s, m->camera.eye_m, &hand->scratch, place, err));
    for (int32_t i = 0; i < scene->n_object; i++) {
        const hm_object *o = &scene->object[i];
        if (o->actor)
            HM_TRY(next_skin(set, &d, job->look, o, &to[i], err));
        else if (i < v->n_object && place[i].tri == o->tri && place[i].n_vert == o->n_vert)
            to[i] = place[i].pos_m;
    }
    *pos_m = (const hm_vec3 *const *)to;
    return HM_OK;
}
