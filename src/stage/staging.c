#include "camera_priv.h"
#include "shots_priv.h"
#include "staging_priv.h"

#include <math.h>
#include <string.h>

#include "stage/shots.h"

hm_status staging_begin(staging *s, const hm_race *race, const hm_direct_opts *opts, hm_err *err)
{
    *s = (staging){.race = race, .opts = opts};
    s->finish_s = shots_finish_s(race, false);
    s->last_s = shots_finish_s(race, true);
    for (int32_t i = 0; i < race->n_lane; i++) {
        s->n_runner += camera_is_running(&race->lane[i]);
        s->n_finisher += race->lane[i].time_us > 0;
    }
    if (s->n_runner == 0)
        return hm_err_set(err, HM_ERR_INPUT, "race", 0, 0, "lanes",
                          "expected somebody who runs, found none");
    return HM_OK;
}

hm_anchor staging_at(hm_anchor_at what, double plus_s)
{
    return (hm_anchor){.at = what, .plus_s = plus_s};
}

hm_anchor staging_leader(double x_m)
{
    return (hm_anchor){.at = HM_AT_LEADER, .x_m = x_m};
}

hm_shot *staging_add(staging *s, const char *name, hm_rig rig, hm_anchor from, hm_anchor to,
                     hm_role role, uint32_t overlays)
{
    HM_ASSERT(s->n_shot < HM_SHOT_MAX);
    hm_shot *shot = &s->shot[s->n_shot++];
    *shot = (hm_shot){.name = name,
                      .look = "",
                      .card = {"", ""},
                      .from = from,
                      .to = to,
                      .rate = 1,
                      .rig = rig,
                      .n_focus = 1,
                      .focus = {{role, 0}},
                      .overlays = overlays};
    return shot;
}

void staging_key(staging *s, const hm_cam_key *key)
{
    HM_ASSERT(s->n_shot > 0 && s->n_key < STAGING_KEY_MAX);
    hm_shot *shot = &s->shot[s->n_shot - 1];
    if (shot->n_key == 0)
        shot->key = &s->key[s->n_key];
    s->key[s->n_key++] = *key;
    shot->n_key++;
}

/* Who wants no titles gets none; who does gets one over the first shot, where no shot has it, and
 * credits on a plain ground after the last shot, long enough to find a line. */
static void add_titles(staging *s)
{
    const hm_direct_opts *o = s->opts;
    for (int32_t i = 0; i < s->n_shot && !o->titles; i++)
        s->shot[i].overlays &= ~(uint32_t)HM_OVERLAY_TITLE;
    if (!o->titles || o->cut == HM_CUT_RACE || s->n_shot == HM_SHOT_MAX)
        return;
    bool has_title = false;
    for (int32_t i = 0; i < s->n_shot; i++)
        has_title |= s->shot[i].overlays & HM_OVERLAY_TITLE;
    if (!has_title)
        s->shot[0].overlays |= HM_OVERLAY_TITLE;
    const hm_shot *last = &s->shot[s->n_shot - 1];
    hm_anchor to = last->to;
    to.plus_s += fmin(4 + 0.4 * s->race->sources.n, 8);
    hm_shot *shot =
        staging_add(s, "credits", HM_RIG_WIDE, last->to, to, HM_ROLE_ALL, HM_OVERLAY_CREDITS);
    shot->plain = true;
}

hm_status staging_end(staging *s, hm_arena *arena, hm_film *film, hm_err *err)
{
    add_titles(s);
    return staging_bind(s, arena, film, err);
}

hm_interest staging_interest(const hm_direct_opts *o)
{
    hm_interest w = hm_interest_default();
    w.record_s = o->record_s;
    for (; w.n_lane < o->n_followed && w.n_lane < HM_LANE_MAX; w.n_lane++)
        w.lane[w.n_lane] = o->followed[w.n_lane];
    return w;
}

hm_status staging_bind(staging *s, hm_arena *arena, hm_film *film, hm_err *err)
{
    const hm_direct_opts *o = s->opts;
    hm_film made = {.look = o->look,
                    .w_px = o->w_px,
                    .h_px = o->h_px,
                    .fps = o->fps,
                    .seed = o->seed,
                    .lang = o->lang,
                    .interest = staging_interest(o),
                    .n_shot = s->n_shot,
                    .shot = s->shot};
    hm_err wrong = {0};
    if (hm_film_check(&made, &wrong) != HM_OK)
        return hm_err_set(err, HM_ERR_USAGE, "film", 0, 0, wrong.field, "%s", wrong.msg);
    made.look = hm_arena_text(arena, o->look);
    if (!made.look)
        return hm_err_set(err, HM_ERR_SYSTEM, "film", 0, 0, NULL, "no memory");
    hm_cam_key *key = HM_PUSH(arena, hm_cam_key, s->n_key + 1);
    if (!key)
        return hm_err_set(err, HM_ERR_SYSTEM, "film", 0, 0, NULL, "no memory");
    memcpy(key, s->key, (size_t)s->n_key * sizeof *key);
    for (int32_t i = 0; i < s->n_shot; i++)
        if (s->shot[i].n_key)
            s->shot[i].key = key + (s->shot[i].key - s->key);
    HM_TRY(hm_film_bind(&made, s->race, arena, err));
    *film = made;
    return HM_OK;
}
