/* rain_kit.c - what the rain does to clothes, and jackets over them: on before the warm-up, taken
 * off as the body takes them off. */
#include "rain_priv.h"
#include "surface_priv.h"

#define THICK_M 0.016f /* a jacket stands off the body by this */

/* One runner's skin in one drawing. */
typedef struct rain_wear {
    const hm_figure *figure;
    const hm_player *player;
    float off;  /* 0 the jacket is on .. 1 off */
    float open; /* of its front */
    bool has;
} rain_wear;

static float jacket_off(const rain_life *life, double t_s, float *open)
{
    double u = life->undress_for_s > 0 ? (t_s - life->undress_s) / life->undress_for_s : 1;
    *open = (float)look_ramp(u, 0.05, 0.30);
    return hm_undress_frac(u);
}

/* How much of a place is under the jacket, 0 .. 1; along: from the shoulder to the wrist. */
static float covered(const hm_shape *s, hm_vec3 rest, int part, float off, float open, float *along)
{
    const hm_landmarks *m = &s->mark;
    float k = (float)s->stature_m / 1.8f, edge = 0.012f * k;
    *along = -1;
    if (part == HM_PART_ARM_L || part == HM_PART_ARM_R) {
        int side = part == HM_PART_ARM_L ? 0 : 1;
        hm_vec3 a = s->joint_m[hm_bone_of(side, HM_SIDE_UPPER_ARM)];
        hm_vec3 b = s->joint_m[hm_bone_of(side, HM_SIDE_HAND)], d = hm_v3_sub(b, a);
        *along = hm_v3_dot(hm_v3_sub(rest, a), d) / hm_v3_dot(d, d);
        float in = (*along - 1.25f * off + 0.15f) * 8, out = (0.97f - *along) * 30;
        in = off <= 0 ? 1 : in;
        in = in < out ? in : out;
        return in < 0 ? 0 : in > 1 ? 1 : in;
    }
    if (part != HM_PART_TORSO && part != HM_PART_SHORTS && part != HM_PART_NECK)
        return 0;
    float low = m->waistband_y_m - 0.085f * k, high = m->neck_y_m + 0.045f * k;
    float top = high - 1.5f * off * (high - low);
    float in = (rest.y - low) / edge, over = (top - rest.y) / edge;
    if (rest.z > 0) { /* the open front */
        float x = rest.x < 0 ? -rest.x : rest.x;
        float gap =
            open * (0.035f + 0.25f * off) * k * (0.4f + 0.6f * (high - rest.y) / (high - low));
        float aside = (x - gap) / edge;
        over = open > 0 && aside < over ? aside : over;
    }
    in = in < over ? in : over;
    return in < 0 ? 0 : in > 1 ? 1 : in;
}

/* Woven stuff: two tones, stripes down the sleeve, a zip. */
static void jacket(const rain_wear *w, const hm_frag *f, float along, hm_surface *o)
{
    const hm_costume *c = &w->player->costume;
    float k = (float)w->player->shape.stature_m / 1.8f;
    hm_rgb main = {0.10f + 0.42f * c->second_rgb.r, 0.10f + 0.42f * c->second_rgb.g,
                   0.12f + 0.42f * c->second_rgb.b};
    hm_rgb trim = {0.25f + 0.6f * c->main_rgb.r, 0.25f + 0.6f * c->main_rgb.g,
                   0.25f + 0.6f * c->main_rgb.b};
    *o = (hm_surface){.albedo = main, .gloss = 0.45f, .id = 201};
    hm_vec3 r = f->rest_m;
    float x = r.x < 0 ? -r.x : r.x, z = r.z < 0 ? -r.z : r.z;
    if (along >= 0) {
        bool stripe = z < 0.018f * k && r.y > 0; /* along the outer seam */
        if (stripe)
            o->albedo = trim;
        if (along > 0.93f)
            o->albedo = trim;
        float fold = along * 17.0f + 2.2f * r.z / k;
        fold -= (float)(int32_t)fold;
        o->ink = f->px_m < 0.008f && fold < 0.07f ? 0.4f : 0;
        return;
    }
    if (r.z > 0 && x < 0.006f * k && w->open <= 0)
        o->ink = 0.8f; /* the zip */
    if (r.y > w->player->shape.mark.chest_y_m + 0.055f * k)
        o->albedo = trim; /* yoke */
    float wave = (r.y + 0.35f * x) * 26.0f / k;
    wave -= (float)(int32_t)wave;
    if (f->px_m < 0.008f && wave < 0.06f && x > 0.05f * k)
        o->ink = 0.35f;
}

static void wear_surface(const void *ctx, const hm_frag *f, hm_surface *o)
{
    const rain_wear *w = ctx;
    float along,
        k = w->has ? covered(&w->player->shape, f->rest_m, f->part, w->off, w->open, &along) : 0;
    if (k >= 0.5f) {
        jacket(w, f, along, o);
        return;
    }
    hm_figure_surface(w->figure, f, o);
    /* soaked: cloth goes dark and shines, skin shines */
    bool cloth = o->id == SURFACE_TOP || o->id == SURFACE_SHORTS || o->id == SURFACE_SOCK;
    float keep = cloth ? 0.72f : 0.94f;
    o->albedo = (hm_rgb){keep * o->albedo.r, keep * o->albedo.g, keep * o->albedo.b};
    o->gloss += cloth ? 0.45f : 0.35f;
}

/* Which part each corner of a skin belongs to. */
static uint8_t *part_of_corners(const hm_mesh *m, hm_arena *scratch)
{
    uint8_t *part = HM_PUSH(scratch, uint8_t, m->n_vert);
    for (int32_t t = 0; part && t < m->n_tri; t++)
        for (int c = 0; c < 3; c++)
            part[m->tri[t][c]] = m->part[t];
    return part;
}

void rain_kit_skin(const look_drawing *d, const look_body *b, const hm_mesh *mesh, hm_vec3 pos_m[],
                   const hm_vec3 nrm[])
{
    const rain_state *s = d->film->state;
    const rain_life *life = &s->life[b->i_player];
    float open, along, off = jacket_off(life, d->moment->race_t_s, &open);
    if (!life->has || off >= 1)
        return;
    uint8_t *part = part_of_corners(mesh, d->scratch);
    if (!part) /* what is made next says so */
        return;
    for (int32_t v = 0; v < mesh->n_vert; v++) {
        float k = covered(&b->player->shape, mesh->rest_m[v], part[v], off, open, &along);
        if (k > 0)
            pos_m[v] = hm_v3_mad(pos_m[v], THICK_M * k, nrm[v]);
    }
}

hm_status rain_kit_wear(const look_drawing *d, const look_scene *s, hm_err *err)
{
    const rain_state *state = d->film->state;
    for (int32_t i = 0; i < s->scene->n_object; i++) {
        hm_object *o = &s->object[i];
        if (!o->actor || o->surface != hm_figure_surface)
            continue;
        rain_wear *w = HM_PUSH(d->scratch, rain_wear, 1);
        if (!w)
            return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the drawing");
        int32_t who = (int32_t)o->actor - 1;
        const rain_life *life = &state->life[who];
        *w = (rain_wear){.figure = o->surface_ctx, .player = &d->film->cast->player[who]};
        w->off = jacket_off(life, d->moment->race_t_s, &w->open);
        w->has = life->has && w->off < 1;
        o->surface = wear_surface;
        o->surface_ctx = w;
    }
    return HM_OK;
}
