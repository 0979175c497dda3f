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
    rain_path_key(p, -140, AT(w.gate_in_m + 0.22, 1.64, gz + 0.05), AT(r - 1, 1.30, gz - 0.2), 47);
    rain_path_key(p, -130, AT(w.gate_in_m + 0.24, 1.62, gz + 0.02), AT(r - 1, 1.28, gz - 0.2), 48);
    rain_path_key(p, -119.3, AT(w.gate_in_m + 0.24, 1.58, gz + 0.06), AT(r - 1, 1.24, gz - 0.6),
                  48);
    /* out, after him, past the blocks */
    rain_path_key(p, -114.5, AT(w.gate_out_m - 1.1, 1.42, gz - 0.15), AT(r - 0.9, 1.10, gz - 4.6),
                  46);
    rain_path_key(p, -112.6, AT(w.gate_out_m + 0.5, 1.32, gz - 0.9), AT(r - 0.8, 1.06, gz - 6.6),
                  45);
    rain_path_key(p, -110, AT(r - 1.85, 1.18, gz - 4.2), AT(r - 0.2, 1.02, gz - 9.6), 44);
    rain_path_key(p, -106, AT(r - 1.3, 1.10, -5.0), AT(hx - 2.2, 1.02, -11.2), 40);
    /* the jacket: from outside of the lanes, with a longer lens */
    rain_path_key(p, -101.5, AT(r - 0.75, 1.14, -9.6), AT(hx - 0.6, 1.12, -14.2), 33);
    rain_path_key(p, -97.5, AT(r - 0.5, 1.20, -12.0), AT(hx - 0.1, 1.18, -14.4), 25);
    rain_path_key(p, -93.8, AT(r - 0.45, 1.18, -12.4), AT(hx - 0.1, 1.16, -14.3), 24);
    rain_path_key(p, -91, AT(r - 0.6, 0.95, -10.8), AT(hx - 0.6, 0.95, -11.4), 32);
    /* down to the water and to where they run */
    rain_path_key(p, -88.2, AT(r - 0.75, 0.58, -7.0), AT(hx - 1.8, 0.66, -2.6), 42);
    rain_path_key(p, -85.5, AT(r - 0.95, 0.34, -1.6), AT(hx - 1.8, 0.70, 2.8), 46);
    rain_path_key(p, -82, AT(r - 1.0, 0.32, 5.0), AT(hx - 1.9, 0.75, 3.6), 44);
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
    rain_path_key(p, -43, AT(w.board_m + 1.9, 1.38, 11.9), AT(w.board_m, 1.00, w.coat_z_m - 0.1),
                  36);
    rain_path_key(p, -39, AT(w.board_m + 3.3, 1.20, 10.8), AT(r + 0.6, 0.95, 1.4), 38);
    rain_path_key(p, -34, AT(r - 2.2, 0.95, 8.6), AT(hx - 2.4, 0.85, -0.2), 40);
    rain_path_key(p, -27, AT(r - 1.6, 0.48, 7.2), AT(hx - 2.4, 0.66, -0.6), 42);
    rain_path_key(p, -21, AT(r - 1.15, 0.26, 5.6), AT(r + 1.6, 0.42, 0.0), 44);
    rain_path_key(p, -17.2, AT(r - 1.45, 0.60, 1.2), AT(r + 2.4, 0.72, -0.5), 44);
}

void rain_path_after(rain_path *p)
{
    rain_place w = rain_place_of(p->race);
    double r = p->right_x_m, hx = p->hero_x_m, left = w.left_m, k = 0.01 * p->reach_m;
    double end = p->to_s, last = end - RAIN_AFTER_S;
    /* rings on the empty lanes */
    rain_path_key(p, last + 7, AT(r + 1.3, 0.26, 71.0 * k), AT(r + 4.0, 0.22, 80.0 * k), 40);
    rain_path_key(p, last + 12, AT(0.4, 0.44, 73.2 * k), AT(left - 0.4, 0.06, 75.6 * k), 40);
    /* a drain, a gutter */
    /* and what the gutter carries (rain_bib.c) */
    rain_path_key(p, last + 17, AT(left - 1.00, 0.42, w.drain_z_m - 1.1),
                  AT(left + 0.22, 0.00, w.drain_z_m + 0.1), 32);
    rain_path_key(p, last + 22, AT(left - 0.50, 0.30, w.drain_z_m - 0.65),
                  AT(left + 0.20, 0.00, w.drain_z_m + 0.6), 32);
    rain_path_key(p, last + 27, AT(left + 0.02, 0.24, w.drain_z_m + 2.1),
                  AT(left + 0.20, 0.04, w.drain_z_m + 4.3), 36);
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
