/* phone_truth.c - what the clip does not say and we know: camera, crossings, contacts, gun. */
#include "phone_priv.h"

#include <math.h>

#include "io/number.h"
#include "num/dmath.h"

#define LANE_M 1.22

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, "phone", 0, 0, NULL, "no memory for the truth");
}

static void set_camera(const hm_phone *p, hm_truth_camera *out)
{
    const phone_camera *c = &p->cam;
    hm_truth_camera t = {.width_px = c->w_px,
                         .height_px = c->h_px,
                         .focal_px = c->f_px,
                         .centre_u_px = c->cu_px,
                         .centre_v_px = c->cv_px,
                         .k1 = c->k1,
                         .k2 = c->k2,
                         .shutter_s = p->o.shutter_s,
                         .readout_s = p->o.readout_s,
                         .readout = (hm_readout)p->o.readout};
    const double *axis[3] = {c->right, c->up, c->fwd};
    phone_to_marks(c->eye_m, t.eye_m);
    for (int i = 0; i < 3; i++) {
        double sign = i == 1 ? -1 : 1; /* down, not up */
        t.r[3 * i + 0] = sign * axis[i][2];
        t.r[3 * i + 1] = -sign * axis[i][0];
        t.r[3 * i + 2] = sign * axis[i][1];
        for (int k = 0; k < 3; k++)
            t.t_m[i] -= t.r[3 * i + k] * t.eye_m[k];
    }
    *out = t;
}

static double clip_s(const hm_phone *p, double race_s)
{
    return race_s - p->clock.race_zero_s;
}

static hm_status set_crossings(const hm_phone *p, const hm_player *pl, hm_arena *scratch,
                               hm_arena *arena, hm_truth_lane *out, hm_err *err)
{
    const hm_marks *m = &p->truth.marks;
    phone_trunk trunk;
    HM_TRY(phone_trunk_make(pl, p->detail, scratch, &trunk, err));
    out->crossing = HM_PUSH(arena, hm_truth_crossing, m->n_gate + 1);
    if (!out->crossing)
        return no_memory(err);
    bool has_finish = isnan(m->finish_x_m);
    for (int32_t i = 0; i <= m->n_gate; i++) {
        double x_m = i < m->n_gate ? m->gate_x_m[i] : (double)INFINITY;
        if (!has_finish && m->finish_x_m < x_m) {
            has_finish = true;
            x_m = m->finish_x_m;
            i--;
        }
        double race_s = isinf(x_m) ? (double)NAN : phone_crossing_s(&trunk, x_m);
        if (!isnan(race_s))
            out->crossing[out->n_crossing++] =
                (hm_truth_crossing){.x_m = x_m, .race_s = race_s, .clip_s = clip_s(p, race_s)};
    }
    return HM_OK;
}

static hm_status set_contacts(const hm_phone *p, const hm_lane *l, hm_arena *arena,
                              hm_truth_lane *out, hm_err *err)
{
    double end_s = p->clock.time_s[p->clock.n_frame - 1];
    out->contact = HM_PUSH(arena, hm_truth_contact, l->n_step + 1);
    if (!out->contact)
        return no_memory(err);
    for (int32_t i = 0; i < l->n_step && out->n_contact < HM_CLIP_TRUTH_CONTACT_MAX; i++) {
        const hm_step *s = &l->step[i];
        if (clip_s(p, s->off_s) < 0 || clip_s(p, s->on_s) > end_s)
            continue;
        out->contact[out->n_contact++] =
            (hm_truth_contact){.foot = s->foot,
                               .on_s = clip_s(p, s->on_s),
                               .off_s = clip_s(p, s->off_s),
                               .x_m = s->x_m,
                               .y_m = (l->lane - 0.5) * LANE_M - s->side_m};
    }
    return HM_OK;
}

static hm_status set_lanes(hm_phone *p, hm_arena *scratch, hm_err *err)
{
    hm_clip_truth *t = &p->truth;
    t->lane = HM_PUSH(&p->arena, hm_truth_lane, HM_LANE_MAX);
    if (!t->lane)
        return no_memory(err);
    for (int32_t i = 0; i < p->cast.n_player; i++) {
        const hm_player *pl = &p->cast.player[i];
        const hm_lane *l = pl->lane;
        if (pl->absent)
            continue;
        hm_truth_lane *out = &t->lane[t->n_lane++];
        *out = (hm_truth_lane){.lane = l->lane,
                               .name = l->name,
                               .stature_m = pl->shape.stature_m,
                               .time_s = l->time_us > 0 ? 1e-6 * (double)l->time_us : (double)NAN};
        HM_TRY(set_crossings(p, pl, scratch, &p->arena, out, err));
        HM_TRY(set_contacts(p, l, &p->arena, out, err));
        hm_arena_free(scratch);
    }
    return HM_OK;
}

static hm_status set_frames(hm_phone *p, hm_err *err)
{
    hm_clip_truth *t = &p->truth;
    const phone_clock *c = &p->clock;
    t->n_frame = c->n_frame;
    t->time_s = c->time_s;
    t->stamp_tick = HM_PUSH(&p->arena, double, c->n_frame);
    t->shake_u_px = HM_PUSH(&p->arena, double, c->n_frame);
    t->shake_v_px = HM_PUSH(&p->arena, double, c->n_frame);
    if (!t->stamp_tick || !t->shake_u_px || !t->shake_v_px)
        return no_memory(err);
    for (int32_t k = 0; k < c->n_frame; k++) {
        t->stamp_tick[k] = (double)c->stamp[k];
        phone_shake(&p->o, c->race_zero_s + c->time_s[k], &t->shake_u_px[k], &t->shake_v_px[k]);
    }
    return HM_OK;
}

/* name=value of each row of the table. */
static hm_status set_settings(hm_phone *p, hm_err *err)
{
    for (int32_t i = 0; i < hm_phone_table.n; i++) {
        const hm_option *r = &hm_phone_table.row[i];
        const unsigned char *at = (const unsigned char *)&p->o + r->offset;
        char text[HM_NUMBER_BUF] = "";
        const char *value = text;
        double number = r->type == HM_OPTION_DOUBLE ? *(const double *)(const void *)at : 0;
        if (isnan(number)) /* left to the place */
            continue;
        if (r->type == HM_OPTION_DOUBLE)
            hm_number_print(number, text);
        else if (r->type == HM_OPTION_INT)
            hm_number_print(*(const int32_t *)(const void *)at, text);
        else if (r->type == HM_OPTION_SEED)
            hm_number_print((double)*(const uint64_t *)(const void *)at, text);
        else if (r->type == HM_OPTION_BOOL)
            value = *(const bool *)at ? "true" : "false";
        else
            value = r->word[*(const int32_t *)(const void *)at];
        if (hm_notes_add(&p->truth.settings, &p->arena, "phone.%s=%s", r->name, value) != HM_OK)
            return no_memory(err);
    }
    return HM_OK;
}

/* By how much the drawn trunks miss the official times: the race's curve is of the torso, the body
 * is built around it. */
static hm_status note_residual(hm_phone *p, hm_err *err)
{
    double most_s = 0;
    for (int32_t i = 0; i < p->truth.n_lane; i++)
        for (int32_t k = 0; k < p->truth.lane[i].n_crossing; k++) {
            const hm_truth_lane *l = &p->truth.lane[i];
            if (l->crossing[k].x_m == 100 && !isnan(l->time_s))
                most_s = fmax(most_s, fabs(l->crossing[k].race_s - l->time_s));
        }
    if (isnan(p->truth.marks.finish_x_m) ||
        hm_notes_add(
            &p->truth.notes, &p->arena,
            "the trunks that are drawn reach the finish within %.2f ms of the times of the "
            "race; crossings are those of the drawn trunks",
            1e3 * most_s) == HM_OK)
        return HM_OK;
    return no_memory(err);
}

hm_status phone_truth_make(hm_phone *p, hm_err *err)
{
    hm_arena scratch;
    hm_clip_truth *t = &p->truth;
    t->clip = "";
    t->seed = p->o.seed;
    t->race_zero_s = p->clock.race_zero_s;
    t->play_frac = p->clock.play_frac;
    t->gun_s = clip_s(p, 0);
    t->gun_distance_m = p->gun_distance_m;
    t->temp_c = p->aired.temp_c;
    t->av_offset_s = p->o.av_offset_s;
    t->gun_heard_s = t->gun_s + p->gun_distance_m / (331.3 + 0.606 * t->temp_c) + t->av_offset_s;
    t->tick_hz = p->o.tick_hz;
    set_camera(p, &t->camera);
    HM_TRY(set_frames(p, err));
    HM_TRY(set_settings(p, err));
    hm_arena_init(&scratch, 1 << 20);
    hm_status status = set_lanes(p, &scratch, err);
    hm_arena_free(&scratch);
    HM_TRY(status);
    HM_TRY(note_residual(p, err));
    return hm_clip_truth_check(t, err);
}
