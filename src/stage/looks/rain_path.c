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
    rain_path_key(p, -140, AT(w.gate_in_m + 0.16, 1.64, gz + 0.05), AT(r - 1, 1.30, gz - 0.2), 47);
    rain_path_key(p, -130, AT(w.gate_in_m + 0.22, 1.62, gz + 0.02), AT(r - 1, 1.28, gz - 0.2), 48);
    rain_path_key(p, -120.5, AT(w.gate_in_m + 0.42, 1.55, gz + 0.08), AT(r - 1, 1.24, gz - 0.6), 48);
    /* out, after him, past the blocks */
    rain_path_key(p, -115, AT(w.gate_out_m - 0.9, 1.40, gz - 0.25), AT(r - 0.9, 1.10, gz - 4.6), 46);
    rain_path_key(p, -111, AT(r - 1.75, 1.18, gz - 3.6), AT(r - 0.2, 1.02, gz - 8.5), 44);
    rain_path_key(p, -106.5, AT(r - 1.2, 1.10, -4.6), AT(hx - 2.2, 1.02, -10.8), 42);
    rain_path_key(p, -102.5, AT(r + 1.0, 1.14, -10.6), AT(hx - 0.6, 1.12, -14.2), 38);
    /* the jacket */
    rain_path_key(p, -98.5, AT(hx - 2.9, 1.22, -12.9), AT(hx - 0.1, 1.20, -14.4), 33);
    rain_path_key(p, -95, AT(hx - 3.0, 1.05, -12.2), AT(hx + 0.1, 1.00, -13.8), 36);
    /* down to the water and to where they run */
    rain_path_key(p, -91.5, AT(r + 0.0, 0.55, -7.6), AT(hx - 1.8, 0.62, -2.2), 44);
    rain_path_key(p, -87.5, AT(r - 0.95, 0.34, -0.8), AT(hx - 1.8, 0.70, 3.6), 46);
    rain_path_key(p, -83, AT(r - 1.0, 0.32, 5.2), AT(hx - 1.9, 0.75, 3.4), 44);
    rain_path_key(p, -78, AT(r - 1.05, 0.38, 9.4), AT(hx - 1.0, 0.88, 3.4), 39);
    rain_path_key(p, -73, AT(r - 1.1, 0.46, 12.8), AT(hx - 0.6, 0.95, 5.0), 37);
    rain_path_key(p, -69, AT(r - 1.4, 0.66, 18.0), AT(hx, 1.00, 18.5), 38);
    /* a lamp on its tower, the rain in its light */
    rain_path_key(p, -65, AT(r - 2.1, 1.15, 22.8), AT(hx - 2.4, 1.30, 32.5), 40);
    rain_path_key(p, -61, AT(r - 2.6, 1.48, 23.8), AT(w.tower_x_m + 0.7, 3.1, 30.2), 42);
    rain_path_key(p, -57.5, AT(r - 3.1, 1.54, 23.2), AT(w.tower_x_m - 0.3, 3.3, 29.6), 40);
    /* along those who wait behind the boards, under umbrellas; a coat */
    rain_path_key(p, -53, AT(w.board_m + 2.5, 1.62, 20.0), AT(w.board_m - 0.9, 1.62, 20.6), 40);
    rain_path_key(p, -47.5, AT(w.board_m + 2.0, 1.52, 15.2), AT(w.board_m - 0.6, 1.45, 14.6), 37);
    rain_path_key(p, -43, AT(w.board_m + 1.9, 1.38, 11.9), AT(w.board_m, 1.00, w.coat_z_m - 0.1), 36);
    rain_path_key(p, -38.5, AT(w.board_m + 2.9, 1.22, 9.6), AT(w.board_m + 3.0, 1.05, 3.0), 38);
    rain_path_key(p, -34, AT(r - 2.0, 0.95, 8.4), AT(hx - 2.4, 0.85, -0.2), 42);
    rain_path_key(p, -27, AT(r - 1.6, 0.48, 7.2), AT(hx - 2.4, 0.66, -0.6), 42);
    rain_path_key(p, -20.5, AT(r - 1.15, 0.26, 6.2), AT(r + 1.2, 0.40, -0.2), 44);
    rain_path_key(p, -16.5, AT(r - 1.2, 0.45, 2.2), AT(r + 1.7, 0.64, -0.9), 44);
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
