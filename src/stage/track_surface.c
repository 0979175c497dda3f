/* The ground of a stadium: tartan, painted lines, infield, apron. Eight points at once; a choice
 * is worked out both ways where any of them needs it. */
#include "venue_row_priv.h"

#define NUMBER_M 1.3f /* height of a lane number with its margin */

static const hm_rgb tartan = {0.73f, 0.33f, 0.25f}, paint = {0.96f, 0.95f, 0.92f};
static const hm_rgb grass_a = {0.35f, 0.54f, 0.30f}, grass_b = {0.29f, 0.48f, 0.27f};
static const hm_rgb apron = {0.45f, 0.52f, 0.58f};

/* Points on the ground, and the width of the filter both ways. */
typedef struct ground8 {
    hot_f8 x, z, fx, fz;
} ground8;

/* Where points lie across the oval: 0 at the inner edge of lane 1, growing outward, and the
 * width of the filter in that direction. */
typedef struct across8 {
    hot_f8 q_m, f_m;
} across8;

HOT_INLINE across8 oval(const venue_track *t, const ground8 *p)
{
    hot_f8 xx = pick8(p->x > t->bend_x_m, 2.0f * t->bend_x_m - p->x, p->x);
    hot_i8 beside = (p->z >= t->bend_lo_m) & (p->z <= t->bend_hi_m);
    hot_f8 dx = t->bend_x_m - xx;
    hot_f8 dz = pick8(p->z < t->bend_lo_m, t->bend_lo_m - p->z, p->z - t->bend_hi_m);
    hot_f8 r = sqrt8(dx * dx + dz * dz) + 1e-6f;
    return (across8){pick8(beside, t->left_m - xx, r - t->bend_r_m),
                     pick8(beside, p->fx, (p->fx * dx + p->fz * dz) / r)};
}

/* Share of white from the lines at q: one at the right of each lane, one left of lane 1. worn gets
 * the place between the lines, -1..1 as a parabola: 1 in the middle of a lane. */
HOT_INLINE hot_f8 lane_lines(const across8 *o, float width_m, hot_f8 *worn)
{
    const float w = VENUE_LINE_M / VENUE_LANE_M;
    hot_f8 g = 0.5f * o->f_m * (1.0f / VENUE_LANE_M);
    hot_f8 k = (o->q_m + VENUE_LINE_M) * (1.0f / VENUE_LANE_M), in = k - to_f8(floor8(k));
    *worn = 4.0f * in * (1.0f - in);
    hot_i8 clear = ((in - g > w) & (in + g < 1.0f)) | (o->q_m > width_m + o->f_m);
    return pick8(clear, all8(0), clamp8(stripes8(k, 2.0f * g, w), 0.0f, 1.0f));
}

HOT_INLINE rgb8 infield(const uint32_t *noise, const ground8 *p, hot_f8 q)
{
    hot_f8 k = clamp8(1.0f - p->fz * 1.5f, 0.0f, 1.0f);
    hot_f8 stripe = stripes8(p->z * (1.0f / 12.0f), p->fz * (1.0f / 12.0f) + 0.002f, 0.5f);
    rgb8 c = mix8(rgb_all8(grass_b), rgb_all8(grass_a), pick8(q < -1.5f, stripe, all8(0.5f)));
    return mul8(c, 1.0f + 0.06f * k * noise8(noise, p->x * 5.0f, p->z * 5.0f));
}

/* Rubber: worn a little in the middle of the lanes, mottled. */
HOT_INLINE rgb8 rubber(const uint32_t *noise, const ground8 *p, hot_f8 worn, hot_f8 f_m)
{
    hot_f8 k = clamp8(1.0f - f_m * 1.2f, 0.0f, 1.0f);
    hot_f8 fine = clamp8(1.0f - p->fz * 3.0f, 0.0f, 1.0f);
    hot_f8 tint = 1.0f + 0.05f * k * (worn - 0.67f);
    if (any8(fine > 0.0f))
        tint += 0.035f * fine * noise8(noise, p->x * 16.0f, p->z * 11.0f);
    return mul8(rgb_all8(tartan), tint);
}

/* Lane numbers: after the start line to be read from behind, after the finish line to be read
 * from beyond. */
static float lane_number(const venue_now *now, float x, float z, float f)
{
    const venue_track *t = &now->set->track;
    bool finish = z > 50.0f;
    float y = finish ? VENUE_FINISH_M + 0.8f + NUMBER_M - z : z - 2.0f;
    float k = (t->left_m - x) * (1.0f / VENUE_LANE_M);
    int32_t lane = venue_floor(k) + 1;
    float off = ((float)lane - 0.5f - k) * VENUE_LANE_M -
                0.5f * VENUE_LINE_M; /* to the left of the middle */
    float right = (finish ? off : -off) * (1.0f / (0.75f * NUMBER_M));
    float v = y * (1.0f / NUMBER_M);
    if (lane >= 10) {
        float two = right + 1.0f;
        int32_t digit = two < 1.0f ? lane / 10 : lane % 10;
        two -= two < 1.0f ? 0.0f : 1.0f;
        return two < 0.0f || two > 1.0f
                   ? 0.0f
                   : venue_text_cover(&now->set->digits, two + (float)digit, v, f);
    }
    right += 0.5f;
    if (right < 0.0f || right > 1.0f)
        return 0.0f;
    return venue_text_cover(&now->set->digits, right + (float)lane, v, f);
}

/* Short ticks on the lane lines every ten metres. */
HOT_INLINE hot_f8 ten_metres(const ground8 *p, hot_f8 q)
{
    hot_f8 k = p->z * 0.1f, g = p->fz * 0.1f;
    hot_i8 n = floor8(k + 0.5f);
    hot_f8 off = k - to_f8(n), lane = q * (1.0f / VENUE_LANE_M);
    hot_i8 none = (n <= 0) | (n >= 10) | (abs8(off) > 0.5f * g + 0.01f);
    hot_f8 side = lane - to_f8(floor8(lane + 0.5f));
    hot_f8 tick = cover8(off, g + 1e-4f, all8(-0.004f), all8(0.004f)) *
                  cover8(side, p->fx * (1.0f / VENUE_LANE_M) + 1e-4f, all8(-0.15f), all8(0.11f));
    return pick8(none, all8(0), tick);
}

/* What is painted across the lanes: ticks, and where they are `near` the start or the finish a
 * line or a number. dark gets the black corners that help to read the photo finish (lane line and
 * finish line cross). */
HOT_INLINE hot_f8 track_marks(const venue_now *now, const ground8 *p, hot_f8 line, hot_i8 near,
                              hot_f8 *dark)
{
    hot_f8 q = now->set->track.left_m - p->x, more = 0.8f * ten_metres(p, q);
    *dark = all8(0);
    if (!any8(near))
        return pick8(more > line, more, line);
    hot_f8 at = pick8(p->z < 50.0f, all8(0), all8(VENUE_FINISH_M)), end = at + VENUE_LINE_M;
    hot_i8 on = (p->z > at - p->fz) & (p->z < end + p->fz);
    hot_f8 f = pick8(p->fx > p->fz, p->fx, p->fz) * (1.0f / NUMBER_M);
    for (int i = 0; i < 8; i++)
        if ((p->z[i] > 2.0f && p->z[i] < 2.0f + NUMBER_M) ||
            (p->z[i] > VENUE_FINISH_M + 0.8f && p->z[i] < VENUE_FINISH_M + 0.8f + NUMBER_M))
            more[i] = lane_number(now, p->x[i], p->z[i], f[i]);
    hot_f8 c = cover8(p->z, p->fz, at, end);
    *dark = pick8(on & (at > 0.0f), c * line, all8(0));
    more = pick8(on, c, more);
    return pick8(more > line, more, line);
}

/* Lanes, their lines and what is painted on them. */
HOT_INLINE rgb8 lanes(const venue_now *now, const ground8 *p, const across8 *o, hot_i8 straight)
{
    const venue_track *t = &now->set->track;
    hot_f8 worn, dark = all8(0), line = lane_lines(o, t->width_m, &worn);
    rgb8 base = rubber(now->set->noise, p, worn, o->f_m);
    hot_i8 inside = o->q_m < 0.0f;
    if (any8(inside)) {
        hot_f8 grass = cover8(o->q_m, o->f_m, all8(-1e3f), all8(-VENUE_LINE_M));
        rgb8 with = mix8(base, infield(now->set->noise, p, o->q_m), grass);
        base = rgb_pick8(inside, with, base);
        line = pick8(inside, cover8(o->q_m, o->f_m, all8(-VENUE_LINE_M), all8(0)), line);
    }
    if (any8(straight)) {
        const float number_m = 0.8f + NUMBER_M;
        hot_i8 near =
            ((p->z > -p->fz) & (p->z < 2.0f + NUMBER_M + p->fz)) |
            ((p->z > VENUE_FINISH_M - p->fz) & (p->z < VENUE_FINISH_M + number_m + p->fz));
        hot_f8 own_dark, marks = track_marks(now, p, line, near & straight, &own_dark);
        line = pick8(straight, marks, line);
        dark = pick8(straight, own_dark, dark);
    }
    return mul8(mix8(base, rgb_all8(paint), line), 1.0f - 0.8f * dark);
}

HOT_INLINE rgb8 ground_at(const venue_now *now, const ground8 *p)
{
    const venue_track *t = &now->set->track;
    hot_f8 q = t->left_m - p->x;
    hot_i8 straight = (p->z > t->back_m) & (p->z < t->out_m) & (q > -VENUE_LINE_M) &
                      (q < t->width_m + VENUE_LINE_M);
    across8 o = {q, p->fx};
    if (any8(~straight)) {
        across8 bend = oval(t, p);
        o.q_m = pick8(straight, q, bend.q_m);
        o.f_m = pick8(straight, p->fx, bend.f_m);
    }
    hot_i8 in = o.q_m<-VENUE_LINE_M - o.f_m, out = o.q_m> t->width_m + 1.2f;
    rgb8 c = {all8(0), all8(0), all8(0)};
    if (any8(~(in | out)))
        c = lanes(now, p, &o, straight);
    if (any8(in))
        c = rgb_pick8(in, infield(now->set->noise, p, o.q_m), c);
    if (any8(out & ~in)) {
        hot_f8 n = noise8(now->set->noise, p->x * 1.3f, p->z * 1.3f);
        c = rgb_pick8(out & ~in, mul8(rgb_all8(apron), 1.0f + 0.03f * n), c);
    }
    return c;
}

void VENUE_HOT(venue_track_colours)(const void *ctx, const hm_frags *f, float *const albedo[3])
{
    const venue_now *now = ctx;
    for (int32_t i = 0; i < f->n; i += 8) {
        ground8 p = {.x = load8(&f->rest_m[0][i]), .z = load8(&f->rest_m[2][i])};
        /* a pixel covers px x px/sin(elevation) of ground, stretched along the view */
        hot_f8 px_m = load8(&f->depth_m[i]) * f->px_frac, per_h = px_m * now->per_eye_y;
        p.fx = px_m + per_h * abs8(p.x - now->eye_m.x);
        p.fz = px_m + per_h * abs8(p.z - now->eye_m.z);
        rgb8 c = ground_at(now, &p);
        store8(&albedo[0][i], c.r);
        store8(&albedo[1][i], c.g);
        store8(&albedo[2][i], c.b);
    }
}
