/* sprint/spring_mass.h - how stiff a runner is in a step: the sine-wave method of Morin et al.
 * 2005, from mass, stature, speed, contact and flight.
 *
 * Glossary: dy = how far the centre of mass sinks in contact; dL = how far the leg is pressed;
 * vertical stiffness = peak force / dy, leg stiffness = peak force / dL. */
#ifndef HM_SPRINT_SPRING_MASS_H
#define HM_SPRINT_SPRING_MASS_H

/** One step as a spring. NAN = none (the numbers make no step). */
typedef struct hm_spring_mass {
    double fmax_n; /* peak vertical force */
    double dy_m, dl_m;
    double vertical_n_per_m, leg_n_per_m;
} hm_spring_mass;

/**
 * in     contact_s, flight_s  > 0; v_mps over ground
 * range  constant speed; biases against a force plate: peak force 3-7 %, vertical 0.1-2.3 %, leg
 *        2.5-6.1 % (recalled)
 * errors none.  memory none.  threads: pure
 * source Morin, Dalleau, Kyrolainen, Jeannin & Belli 2005; docs/physics/spring_mass.md
 * test   tests/unit/sprint/test_spring_mass.c (1e-9)
 */
hm_spring_mass hm_spring_mass_of(double mass_kg, double stature_m, double v_mps, double contact_s,
                                 double flight_s);

#endif
