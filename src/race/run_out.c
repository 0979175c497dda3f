#include "torso_priv.h"

#include <math.h>

/* All own; docs/physics/replay.md. Mean braking, and the speed below which it is gentler */
static const double brake_mps2 = 2.0, brake_full_mps = 9.0;
static const double walk_s = 1.5, halt_s = 1.2;
/* mean braking of one who breaks off, and where he stands at the latest */
static const double pull_up_mps2 = 2.6, before_line_m = 98.5;

static race_motion phase_at(const race_phase *p, double t_s)
{
    double T = p->length_s, u = (t_s - p->t_s) / T;
    u = u < 0 ? 0 : u > 1 ? 1 : u;
    double d = p->v1_mps - p->v0_mps, a = p->a0_mps2 * T;
    double c2 = 3 * d - 2 * a, c3 = a - 2 * d;
    double v = p->v0_mps + u * (a + u * (c2 + u * c3));
    double x = p->x_m + T * u * (p->v0_mps + u * (a / 2 + u * (c2 / 3 + u * c3 / 4)));
    return (race_motion){x, v > 0 ? v : 0, 0};
}

static race_phase phase_after(const race_phase *p, double v1, double length_s)
{
    double t_s = p->t_s + p->length_s;
    return (race_phase){t_s, phase_at(p, t_s).x_m, p->v1_mps, 0, v1, length_s};
}

int race_run_out(const race_marks *m, double end_s, race_motion k, race_phase out[3])
{
    if (m->finishes) {
        double walk = fmin(m->walk_mps, 0.5 * k.v_mps);
        double brake = brake_mps2 * fmax(0.4, fmin(1, k.v_mps / brake_full_mps));
        double length_s = (k.v_mps - walk) / brake;
        double a = fmax(-2.5 * brake, fmin(0.5, k.a_mps2));
        out[0] = (race_phase){end_s, k.x_m, k.v_mps, a, walk, length_s};
        out[1] = phase_after(&out[0], walk, walk_s);
        out[2] = phase_after(&out[1], 0, halt_s);
        return 3;
    }
    double length_s = k.v_mps / pull_up_mps2, room_m = before_line_m - k.x_m;
    if (0.5 * k.v_mps * length_s > room_m)
        length_s = fmax(0.5, 2 * room_m / k.v_mps);
    out[0] = (race_phase){end_s, k.x_m, k.v_mps, 0, 0, length_s};
    return 1;
}

race_motion race_phases_at(int n, const race_phase p[], double t_s)
{
    int i = 0;
    while (i < n - 1 && t_s >= p[i + 1].t_s)
        i++;
    return phase_at(&p[i], t_s);
}
