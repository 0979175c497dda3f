/* rain_path.c - the long path besides the race: out of the gate behind the one it is about, to the
 * baskets, low beside the strides, up to a lamp, along the wet stand, to the blocks; and after the
 * race across the empty lanes to a drain, along the gutter, back to the line. Distances are those
 * of the script (rain_script.c) and of what stands there (rain_world.c). */
#include "rain_priv.h"

#define AT(x, y, z) ((rain_at){x, y, z})

void rain_path_arrival(rain_path *p)
{
    rain_place w = rain_place_of(p->race);
    double r = w.right_m, hx = p->hero_x_m, gz = w.gate_z_m;
    /* in the gate, behind the backs; light at its mouth */
    rain_path_key(p, -140, AT(w.gate_in_m + 0.30, 1.62, gz + 0.05), AT(r - 2, 1.30, gz - 0.2), 44);
    rain_path_key(p, -132, AT(w.gate_in_m + 0.42, 1.60, gz + 0.02), AT(r - 2, 1.28, gz - 0.2), 45);
    rain_path_key(p, -124.5, AT(w.gate_in_m + 0.75, 1.52, gz + 0.05), AT(r - 2, 1.25, gz - 0.5),
                  46);
    /* out, after him */
    rain_path_key(p, -119.5, AT(w.gate_out_m - 1.6, 1.38, gz + 0.1), AT(r + 0.8, 1.15, gz - 1.6),
                  46);
    rain_path_key(p, -115.5, AT(r - 2.0, 1.22, gz - 1.2), AT(hx - 2.2, 1.10, gz - 4.6), 44);
    rain_path_key(p, -111.5, AT(hx - 3.6, 1.16, -12.3), AT(hx - 0.2, 1.12, -14.3), 40);
    /* the jacket */
    rain_path_key(p, -107, AT(hx - 2.5, 1.20, -13.5), AT(hx - 0.1, 1.18, -14.4), 36);
    rain_path_key(p, -103.5, AT(hx - 2.6, 1.05, -12.6), AT(hx + 0.2, 0.95, -13.0), 38);
    /* down to the water and to where they run */
    rain_path_key(p, -99, AT(r - 0.2, 0.55, -7.0), AT(hx - 1.6, 0.60, -0.5), 44);
    rain_path_key(p, -94.5, AT(r - 0.9, 0.34, 0.5), AT(hx - 1.8, 0.70, 4.5), 46);
    rain_path_key(p, -89, AT(r - 0.95, 0.30, 7.5), AT(r + 2.0, 0.75, 3.6), 44);
    rain_path_key(p, -83, AT(r - 1.0, 0.36, 11.5), AT(hx - 1.0, 0.85, 6.5), 40);
    rain_path_key(p, -79, AT(r - 1.1, 0.48, 15.0), AT(hx - 0.6, 0.95, 10.5), 38);
    rain_path_key(p, -75.5, AT(r - 1.4, 0.70, 20.5), AT(hx, 1.00, 23.5), 38);
    /* he walks back; a lamp on its tower, the rain in its light */
    rain_path_key(p, -71, AT(r - 2.0, 1.15, 23.5), AT(hx - 2.0, 1.25, 31.5), 40);
    rain_path_key(p, -66.5, AT(r - 2.6, 1.45, 22.6), AT(w.tower_x_m + 0.7, 3.1, 30.0), 42);
    rain_path_key(p, -62, AT(r - 3.2, 1.50, 22.0), AT(w.tower_x_m, 3.9, w.tower_z_m), 40);
    rain_path_key(p, -57.5, AT(r - 4.0, 1.55, 19.5), AT(w.wall_m - 0.6, 2.5, 23.0), 40);
    /* along the front of the stand */
    rain_path_key(p, -52, AT(w.wall_m + 2.9, 1.62, 14.0), AT(w.wall_m - 0.8, 2.1, 13.0), 40);
    rain_path_key(p, -46.5, AT(w.wall_m + 2.7, 1.55, 9.2), AT(w.wall_m - 0.3, 1.55, w.coat_z_m),
                  38);
    rain_path_key(p, -42, AT(w.wall_m + 2.9, 1.45, 5.9), AT(w.wall_m + 0.2, 1.45, 4.5), 38);
    rain_path_key(p, -37.5, AT(r - 4.4, 1.20, 4.2), AT(r + 0.5, 0.95, 0.6), 42);
    rain_path_key(p, -32, AT(r - 2.7, 0.75, 5.2), AT(hx - 1.8, 0.85, 0.2), 42);
    rain_path_key(p, -25, AT(r - 1.5, 0.40, 6.8), AT(hx - 2.2, 0.62, -0.4), 42);
    rain_path_key(p, -19, AT(r - 1.2, 0.26, 6.6), AT(r + 1.4, 0.42, 0.4), 44);
    rain_path_key(p, -16, AT(r - 1.3, 0.42, 2.6), AT(r + 1.7, 0.62, -0.6), 44);
}

void rain_path_after(rain_path *p)
{
    rain_place w = rain_place_of(p->race);
    double r = p->right_x_m, hx = p->hero_x_m, left = w.left_m, k = 0.01 * p->reach_m;
    double end = p->to_s, last = end - RAIN_AFTER_S;
    /* rings on the empty lanes */
    rain_path_key(p, last + 7, AT(r + 1.3, 0.30, 71.0 * k), AT(r + 4.6, 0.03, 74.5 * k), 42);
    rain_path_key(p, last + 12, AT(0.4, 0.44, 73.2 * k), AT(left - 0.6, 0.04, 76.0 * k), 42);
    /* a drain, a gutter */
    rain_path_key(p, last + 17, AT(left - 1.55, 0.52, w.drain_z_m - 1.1),
                  AT(left + 0.30, 0.00, w.drain_z_m), 38);
    rain_path_key(p, last + 22, AT(left - 0.85, 0.42, w.drain_z_m - 0.35),
                  AT(left + 0.22, -0.02, w.drain_z_m + 0.35), 36);
    rain_path_key(p, last + 27, AT(left - 0.45, 0.32, w.drain_z_m + 3.2),
                  AT(left + 0.15, 0.0, w.drain_z_m + 5.6), 40);
    /* across to the stand, its lamps on the wet lanes */
    rain_path_key(p, last + 32, AT(left - 1.2, 0.60, w.drain_z_m + 6.6),
                  AT(left - 6.5, 0.75, w.drain_z_m + 13.5), 42);
    rain_path_key(p, last + 37, AT(left - 2.4, 0.78, w.drain_z_m + 8.6),
                  AT(w.right_m - 4, 1.3, w.drain_z_m + 15.5), 40);
    /* back to the line */
    rain_path_key(p, last + 43, AT(hx + 0.2, 0.66, 91.5), AT(hx + 0.6, 0.85, 103), 38);
    rain_path_key(p, last + 49, AT(hx - 1.3, 0.95, 96.6), AT(hx, 1.00, 102.6), 36);
    rain_path_key(p, last + 54, AT(hx - 1.75, 1.18, 98.3), AT(hx - 0.1, 1.12, 101.6), 36);
    rain_path_key(p, last + 60, AT(hx - 1.9, 1.22, 99.2), AT(hx, 1.22, 101.5), 34);
    rain_path_key(p, last + 65.5, AT(hx - 1.65, 1.28, 99.8), AT(hx, 1.32, 101.5), 33);
    rain_path_key(p, last + 70.5, AT(hx - 1.3, 1.00, 99.0), AT(hx - 0.4, 0.85, 103), 38);
    rain_path_key(p, end, AT(hx - 0.9, 0.42, 97.9), AT(hx + 1.4, 0.42, 106), 42);
}
