/* overlay_rivals.c - what is said of the record's line and of ghosts: who they are, how far off. */
#include "camera_priv.h"
#include "overlay_priv.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* The gap to a record is told once the leader has come so far [m]: before, it says who reacts. */
#define GAP_FROM_M 5.0

/* ---- texts ---- */

static void add(char *buf, size_t n, const char *gap, const char *part)
{
    size_t used = strlen(buf);
    if (part[0] && used + 1 < n)
        snprintf(buf + used, n - used, "%s%s", used ? gap : "", part);
}

/* "12th World Championships  -  2009-08-16  -  wind +0.9 m/s  -  altitude 34 m": in which air. */
static void tell_race(const hm_race *r, char *buf, size_t n)
{
    static const char *const dot = "  \xc2\xb7  ";
    char part[48];
    add(buf, n, dot, r->meet);
    add(buf, n, dot, r->date);
    if (r->has_wind) {
        snprintf(part, sizeof part, "wind %s%.1f m/s",
                 r->wind_mps < -0.05  ? "\xe2\x88\x92"
                 : r->wind_mps > 0.05 ? "+"
                                      : "",
                 fabs(r->wind_mps));
        add(buf, n, dot, part);
    }
    if (r->altitude_m >= 1) {
        snprintf(part, sizeof part, "altitude %.0f m", r->altitude_m);
        add(buf, n, dot, part);
    }
}

static hm_status ghost_texts(hm_overlay *o, int32_t i, hm_err *err)
{
    const hm_ghost *g = &o->film->rivals->ghost[i];
    const hm_lane *r = &o->ghosts.lane[i];
    ov_ghost_text *t = &o->ghost[i];
    char year[8] = "", tag[96] = "";
    const char *brief = ov_short_name(&o->arena, r->name);
    if (!brief)
        return hm_err_set(err, HM_ERR_SYSTEM, "overlay", 0, 0, NULL, "no memory");
    snprintf(year, sizeof year, "%.4s", g->race->date);
    snprintf(tag, sizeof tag, "%.80s", brief);
    add(tag, sizeof tag, " ", year);
    HM_TRY(text_draw(&o->text, TEXT_SMALL, tag, ov_px(o, 190), &t->tag, err));
    HM_TRY(text_draw(&o->text, TEXT_BODY, r->name, ov_px(o, 416), &t->board, err));
    return text_draw(&o->text, TEXT_BODY, year[0] ? year : "ghost", ov_px(o, 130), &t->team, err);
}

/* The rows of the title that say what the ghosts are. */
static hm_status title_texts(hm_overlay *o, hm_err *err)
{
    const hm_rivals *r = o->film->rivals;
    char who[256] = "", air[512] = "", time[16];
    if (r->n_ghost == 0)
        return HM_OK;
    const hm_lane *first = &o->ghosts.lane[0];
    if (r->n_ghost > 1)
        snprintf(who, sizeof who, "%d ghosts", (int)r->n_ghost);
    else
        snprintf(who, sizeof who, "Ghost in lane %d: %.160s", (int)first->lane, first->name);
    if (r->n_ghost == 1 && first->official_cs > 0) {
        ov_time_text(time, first->official_cs, false);
        add(who, sizeof who, "  ", time);
    }
    tell_race(r->ghost[0].race, air, sizeof air);
    HM_TRY(text_draw(&o->text, TEXT_BODY, who, ov_px(o, 1060), &o->ghost_who, err));
    return text_draw(&o->text, TEXT_SMALL, air, ov_px(o, 1060), &o->ghost_air, err);
}

static hm_status record_texts(hm_overlay *o, hm_err *err)
{
    const hm_record_line *r = &o->film->rivals->record;
    char time[16], name[192], line[256], result[320];
    if (!r->curve)
        return HM_OK;
    ov_time_text(time, r->official_cs, false);
    snprintf(name, sizeof name, "%.160s %s", r->name, time);
    snprintf(line, sizeof line, "Green line: %s", name);
    HM_TRY(text_draw(&o->text, TEXT_SMALL, name, ov_px(o, 200), &o->record_name, err));
    HM_TRY(text_draw(&o->text, TEXT_SMALL, line, ov_px(o, 1060), &o->record_title, err));
    HM_TRY(text_draw(&o->text, TEXT_SMALL, "behind", 0, &o->word_behind, err));
    HM_TRY(text_draw(&o->text, TEXT_SMALL, "ahead", 0, &o->word_ahead, err));
    if (o->winner < 0)
        return HM_OK;
    int64_t gap_cs = o->race->lane[o->winner].official_cs - r->official_cs;
    char gap[16];
    ov_time_text(gap, gap_cs < 0 ? -gap_cs : gap_cs, false);
    if (gap_cs == 0)
        snprintf(result, sizeof result, "%s: equalled", name);
    else
        snprintf(result, sizeof result, "%s: %s s %s", name, gap, gap_cs < 0 ? "faster" : "slower");
    return text_draw(&o->text, TEXT_BODY, result, ov_px(o, 560), &o->record_result, err);
}

hm_status ov_rival_texts(hm_overlay *o, hm_err *err)
{
    if (!o->film->rivals)
        return HM_OK;
    rival_ghosts_of(o->film->rivals, &o->ghosts);
    HM_TRY(record_texts(o, err));
    HM_TRY(title_texts(o, err));
    for (int32_t i = 0; i < o->ghosts.race.n_lane; i++)
        HM_TRY(ghost_texts(o, i, err));
    return HM_OK;
}

/* ---- the record, beside the clock and on the track ---- */

bool ov_record_gap(const hm_overlay *o, double t_s, double *gap_s)
{
    const hm_record_line *r = &o->film->rivals->record;
    const hm_lane *first = o->winner >= 0 ? &o->race->lane[o->winner] : NULL;
    if (first && first->time_us > 0 && t_s >= 1e-6 * (double)first->time_us) {
        *gap_s = 0.01 * (first->official_cs - r->official_cs);
        return true;
    }
    t_s = floor(t_s * 4) / 4; /* four times a second: digits that can be read */
    int32_t lead = ov_leader(o, t_s);
    double x_m = lead < 0 ? 0 : hm_curve_x_m(&o->race->lane[lead].curve, t_s);
    double at_s = x_m < GAP_FROM_M ? -1 : hm_curve_time_s(r->curve, x_m < 100 ? x_m : 100);
    *gap_s = t_s - at_s;
    return at_s >= 0;
}

void ov_record(const hm_overlay *o, const hm_moment *m, ov_list *l)
{
    double gap_s;
    if (!o->film->rivals || !o->film->rivals->record.curve ||
        !ov_record_gap(o, m->race_t_s, &gap_s))
        return;
    char s[24];
    snprintf(s, sizeof s, "%.2f s", fabs(gap_s));
    bool is_ahead = gap_s < -0.005, is_level = fabs(gap_s) < 0.005, is_official;
    const text_run *word = is_ahead ? &o->word_ahead : &o->word_behind;
    int32_t clock[4], pad = ov_px(o, 14), h = ov_px(o, 38), bar = ov_px(o, 8);
    ov_clock_box(o, clock);
    ov_clock_cs(o, m->race_t_s, &is_official);
    int32_t number_w = text_number_px(&o->text, TEXT_SMALL, "00.00 s");
    int32_t word_w = o->word_behind.advance_px + ov_px(o, 8);
    int32_t w = o->record_name.advance_px + number_w + word_w + 3 * pad + bar;
    int32_t x1 = clock[0] + clock[2], x = x1 - w;
    int32_t y = clock[1] - ov_px(o, 6) - h - (is_official ? ov_px(o, 38) : 0);
    int32_t base = ov_base(o, TEXT_SMALL, y, h);
    ov_panel(l, x, y, w, h, 0, OV_GROUND, OV_GROUND_ALPHA);
    ov_panel(l, x, y, bar, h, 0, OV_RECORD, 255);
    ov_text(l, &o->record_name, x + bar + pad, base, OV_RECORD);
    ov_number(o, l, TEXT_SMALL, s, x1 - pad - (is_level ? 0 : word_w), base, true, OV_WHITE);
    if (!is_level)
        ov_text(l, word, x1 - pad - word_w + ov_px(o, 8), base, is_ahead ? OV_RECORD : OV_WHITE);
}

/* Its name at the end of the line, where there is room. */
void ov_record_line(const hm_overlay *o, const hm_moment *m, ov_list *l)
{
    if (!o->film->rivals || !o->film->rivals->record.curve)
        return;
    double alpha, z = rival_record_z_m(&o->film->rivals->record, m->race_t_s, &alpha);
    double edge_m[2] = {0, 0};
    for (int32_t i = 0; i < o->race->n_lane; i++) {
        double x = hm_lane_centre_m(o->race->lane[i].lane);
        edge_m[0] = fmin(edge_m[0], x - 0.9), edge_m[1] = fmax(edge_m[1], x + 0.9);
    }
    int32_t w = o->record_name.advance_px + ov_px(o, 24), h = ov_px(o, 38);
    for (int k = 0; k < 2 && alpha > 0.5; k++) {
        double x, y, d;
        hm_vec3 p = hm_v3((float)edge_m[k], 0, (float)z);
        if (!hm_camera_project(&m->camera, o->w_px, o->h_px, p, &x, &y, &d))
            continue;
        int32_t bx = (int32_t)floor(x) - w / 2, by = (int32_t)floor(y) + ov_px(o, 6);
        if (!ov_is_free(o, l, bx, by, w, h))
            continue;
        ov_begin(l, l->fade);
        ov_panel(l, bx, by, w, h, 0, OV_GROUND, OV_GROUND_ALPHA);
        ov_panel(l, bx, by, w, ov_px(o, 4), 0, OV_RECORD, 255);
        ov_text(l, &o->record_name, bx + ov_px(o, 12), ov_base(o, TEXT_SMALL, by + ov_px(o, 2), h),
                OV_WHITE);
        return;
    }
}

/* ---- ghosts among the result ---- */

void ov_ghost_row(const hm_overlay *o, ov_list *l, int32_t i, int32_t x, int32_t y, int32_t w,
                  int32_t rh)
{
    const hm_lane *r = &o->ghosts.lane[i];
    const ov_ghost_text *t = &o->ghost[i];
    int32_t pad = ov_px(o, 16), base = ov_base(o, TEXT_BODY, y, rh), chip = ov_px(o, 36);
    char s[17]; /* with a sign before it */
    ov_panel(l, x + ov_px(o, 66), y + ov_px(o, 4), chip, rh - 2 * ov_px(o, 4), 0, OV_GHOST, 255);
    snprintf(s, sizeof s, "%d", (int)r->lane);
    ov_number(o, l, TEXT_SMALL, s,
              x + ov_px(o, 66) + (chip - text_number_px(&o->text, TEXT_SMALL, s)) / 2,
              ov_base(o, TEXT_SMALL, y, rh), false, OV_DARK);
    ov_text(l, &t->board, x + ov_px(o, 116), base, OV_GHOST);
    ov_text(l, &t->team, x + ov_px(o, 546), base, OV_GHOST);
    if (r->official_cs <= 0)
        return;
    ov_time_text(s, r->official_cs, false);
    ov_number(o, l, TEXT_BODY, s, x + ov_px(o, 896), base, true, OV_GHOST);
    int64_t gap_cs = r->official_cs - o->race->lane[o->result[0]].official_cs;
    if (o->winner < 0 || gap_cs == 0)
        return;
    ov_time_text(s + 1, gap_cs < 0 ? -gap_cs : gap_cs, false);
    s[0] = gap_cs < 0 ? '-' : '+';
    ov_number(o, l, TEXT_BODY, s, x + w - pad, base, true, OV_GHOST);
}

/* Ghosts by time, those without one last. */
static void sort_ghosts(const hm_overlay *o, int32_t order[HM_LANE_MAX])
{
    for (int32_t i = 0; i < o->ghosts.race.n_lane; i++) {
        int32_t at = i, cs = o->ghosts.lane[i].official_cs;
        for (; at > 0; at--) {
            int32_t before_cs = o->ghosts.lane[order[at - 1]].official_cs;
            if (cs <= 0 || (before_cs > 0 && before_cs <= cs))
                break;
            order[at] = order[at - 1];
        }
        order[at] = i;
    }
}

int32_t ov_board_rows(const hm_overlay *o, ov_board_line row[OV_BOARD_ROWS])
{
    int32_t n = 0, n_lane = o->race->n_lane, n_ghost = o->ghosts.race.n_lane, ghost[HM_LANE_MAX];
    for (int32_t i = 0; i < n_lane; i++)
        row[n++] = (ov_board_line){false, i};
    sort_ghosts(o, ghost);
    for (int32_t i = 0; i < n_ghost && n < OV_BOARD_ROWS; i++) {
        int32_t cs = o->ghosts.lane[ghost[i]].official_cs, at = n++;
        for (; at > 0; at--) { /* before everybody who was slower, or has no time */
            const ov_board_line *b = &row[at - 1];
            const hm_lane *r =
                b->is_ghost ? &o->ghosts.lane[b->i] : &o->race->lane[o->result[b->i]];
            if (cs <= 0 || (r->official_cs > 0 && r->official_cs <= cs))
                break;
            row[at] = *b;
        }
        row[at] = (ov_board_line){true, ghost[i]};
    }
    return n;
}
