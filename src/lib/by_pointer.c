#include "hecto/by_pointer.h"

#include "lib_priv.h"

#include <limits.h>
#include <string.h>

_Static_assert(sizeof(hm_profile *) <= HM_HANDLE_SIZE, "a handle holds an address");

static size_t size_of(const int *n)
{
    return *n > 0 ? (size_t)*n : 0;
}

static hm_profile *profile_of(const unsigned char *handle)
{
    hm_profile *p;
    memcpy(&p, handle, sizeof p);
    return p;
}

static void keep(hm_profile *p, unsigned char *handle)
{
    memset(handle, 0, HM_HANDLE_SIZE);
    memcpy(handle, &p, sizeof p);
}

static void tell(const char *from, char **text, const int *text_size, int *length)
{
    size_t n = from ? lib_copy(from, strlen(from), *text, size_of(text_size)) : 0;
    if (!from)
        lib_copy("", 0, *text, size_of(text_size));
    *length = !from ? -1 : n < INT_MAX ? (int)n : INT_MAX;
}

void hm_ptr_version(char **text, const int *text_size, int *length)
{
    tell(hm_version(), text, text_size, length);
}

void hm_ptr_code_text(const int *code, char **text, const int *text_size, int *length)
{
    tell(hm_code_text(*code), text, text_size, length);
}

/* ---- vectors ---- */

void hm_ptr_sprint_speed(const double *time_s, const int *n, const double *mss_mps,
                         const double *mac_mps2, const double *decay_mps2, double *speed_mps)
{
    hm_sprint_speed(time_s, size_of(n), *mss_mps, *mac_mps2, *decay_mps2, speed_mps);
}

void hm_ptr_sprint_distance(const double *time_s, const int *n, const double *mss_mps,
                            const double *mac_mps2, const double *decay_mps2, double *distance_m)
{
    hm_sprint_distance(time_s, size_of(n), *mss_mps, *mac_mps2, *decay_mps2, distance_m);
}

void hm_ptr_sprint_acceleration(const double *time_s, const int *n, const double *mss_mps,
                                const double *mac_mps2, const double *decay_mps2,
                                double *acceleration_mps2)
{
    hm_sprint_acceleration(time_s, size_of(n), *mss_mps, *mac_mps2, *decay_mps2, acceleration_mps2);
}

void hm_ptr_sprint_time(const double *distance_m, const int *n, const double *mss_mps,
                        const double *mac_mps2, const double *decay_mps2, double *time_s)
{
    hm_sprint_time(distance_m, size_of(n), *mss_mps, *mac_mps2, *decay_mps2, time_s);
}

void hm_ptr_air_density(const double *altitude_m, const int *n, const double *temp_c,
                        const double *pressure_pa, double *density_kgm3)
{
    hm_air_density(altitude_m, size_of(n), *temp_c, *pressure_pa, density_kgm3);
}

void hm_ptr_wind_gain(const double *time_s, const int *n, const double *wind_mps,
                      const double *altitude_m, const int *law, double *gain_s)
{
    hm_wind_gain(time_s, size_of(n), *wind_mps, *altitude_m, *law, gain_s);
}

void hm_ptr_drag(const double *speed_mps, const int *n, const double *mass_kg,
                 const double *stature_m, const double *wind_mps, const double *temp_c,
                 const double *pressure_pa, double *force_n)
{
    hm_drag(speed_mps, size_of(n), *mass_kg, *stature_m, *wind_mps, *temp_c, *pressure_pa, force_n);
}

void hm_ptr_force_velocity(const double *mss_mps, const double *mac_mps2, const double *mass_kg,
                           const double *stature_m, const int *n, const double *wind_mps,
                           const double *temp_c, const double *pressure_pa, double *f0_n_per_kg,
                           double *v0_mps, double *pmax_w_per_kg, double *rf_max_frac,
                           double *drf_per_mps)
{
    hm_force_velocity(mss_mps, mac_mps2, mass_kg, stature_m, size_of(n), *wind_mps, *temp_c,
                      *pressure_pa, f0_n_per_kg, v0_mps, pmax_w_per_kg, rf_max_frac, drf_per_mps);
}

void hm_ptr_force_velocity_inverse(const double *f0_n_per_kg, const double *v0_mps,
                                   const double *mass_kg, const double *stature_m, const int *n,
                                   const double *wind_mps, const double *temp_c,
                                   const double *pressure_pa, double *mss_mps, double *mac_mps2)
{
    hm_force_velocity_inverse(f0_n_per_kg, v0_mps, mass_kg, stature_m, size_of(n), *wind_mps,
                              *temp_c, *pressure_pa, mss_mps, mac_mps2);
}

void hm_ptr_step_spring(const double *mass_kg, const double *stature_m, const double *speed_mps,
                        const double *contact_s, const double *flight_s, const int *n,
                        double *fmax_n, double *dy_m, double *dl_m, double *vertical_n_per_m,
                        double *leg_n_per_m)
{
    hm_step_spring(mass_kg, stature_m, speed_mps, contact_s, flight_s, size_of(n), fmax_n, dy_m,
                   dl_m, vertical_n_per_m, leg_n_per_m);
}

/* ---- fits ---- */

void hm_ptr_fit(const int *observe, const double *at, const double *observed, const double *sigma,
                const int *has_sigma, const int *n, const char *const *options,
                unsigned char *handle, char **message, const int *message_size, int *code)
{
    const double *sd = *has_sigma ? sigma : NULL;
    hm_profile *p;
    if (*observe == HM_OBSERVE_DISTANCE)
        *code = hm_fit_distances(at, observed, sd, size_of(n), *options, &p, *message,
                                 size_of(message_size));
    else if (*observe == HM_OBSERVE_SPEED)
        *code = hm_fit_speeds(at, observed, sd, size_of(n), *options, &p, *message,
                              size_of(message_size));
    else
        *code = hm_fit_times(at, observed, sd, size_of(n), *options, &p, *message,
                             size_of(message_size));
    keep(p, handle);
}

void hm_ptr_fit_file(const char *const *path, const char *const *options, unsigned char *handle,
                     char **message, const int *message_size, int *code)
{
    hm_profile *p;
    *code = hm_fit_file(*path, *options, &p, *message, size_of(message_size));
    keep(p, handle);
}

void hm_ptr_fit_in_situ(const char *const *path, const char *const *options, unsigned char *handle,
                        char **message, const int *message_size, int *code)
{
    hm_profile *p;
    *code = hm_fit_in_situ(*path, *options, &p, *message, size_of(message_size));
    keep(p, handle);
}

void hm_ptr_fit_help(char **text, const int *text_size, int *length)
{
    *length = (int)hm_fit_help(*text, size_of(text_size));
}

void hm_ptr_profile_free(unsigned char *handle)
{
    hm_profile_free(profile_of(handle));
    keep(NULL, handle);
}

void hm_ptr_profile_count(const unsigned char *handle, int *count)
{
    *count = hm_profile_count(profile_of(handle));
}

void hm_ptr_profile_text(const unsigned char *handle, const int *run, const char *const *name,
                         char **text, const int *text_size, int *length)
{
    tell(hm_profile_text(profile_of(handle), *run, *name), text, text_size, length);
}

void hm_ptr_profile_number(const unsigned char *handle, const int *run, const char *const *name,
                           double *number, int *code)
{
    *code = hm_profile_number(profile_of(handle), *run, *name, number);
}

void hm_ptr_profile_rows(const unsigned char *handle, const int *run, const char *const *table,
                         int *rows)
{
    *rows = (int)hm_profile_rows(profile_of(handle), *run, *table);
}

void hm_ptr_profile_column_name(const unsigned char *handle, const int *run,
                                const char *const *table, const int *i, char **text,
                                const int *text_size, int *length)
{
    tell(hm_profile_column_name(profile_of(handle), *run, *table, size_of(i)), text, text_size,
         length);
}

void hm_ptr_profile_column(const unsigned char *handle, const int *run, const char *const *table,
                           const char *const *column, double *value, int *code)
{
    *code = hm_profile_column(profile_of(handle), *run, *table, *column, value);
}

void hm_ptr_profile_row_name(const unsigned char *handle, const int *run, const char *const *table,
                             const int *i, char **text, const int *text_size, int *length)
{
    tell(hm_profile_row_name(profile_of(handle), *run, *table, size_of(i)), text, text_size,
         length);
}

void hm_ptr_profile_note(const unsigned char *handle, const int *run, const int *i, char **text,
                         const int *text_size, int *length)
{
    tell(hm_profile_note(profile_of(handle), *run, size_of(i)), text, text_size, length);
}

void hm_ptr_profile_predict(const unsigned char *handle, const int *run,
                            const char *const *conditions, const double *distance_m, const int *n,
                            double *time_s, double *speed_mps, char **message,
                            const int *message_size, int *code)
{
    *code = hm_profile_predict(profile_of(handle), *run, *conditions, distance_m, size_of(n),
                               time_s, speed_mps, *message, size_of(message_size));
}

void hm_ptr_profile_json(const unsigned char *handle, const int *run, char **text,
                         const int *text_size, int *length)
{
    size_t n = hm_profile_json(profile_of(handle), *run, *text, size_of(text_size));
    *length = n < INT_MAX ? (int)n : INT_MAX;
}

void hm_ptr_profile_read(const char *const *path, unsigned char *handle, char **message,
                         const int *message_size, int *code)
{
    hm_profile *p;
    *code = hm_profile_read(*path, &p, *message, size_of(message_size));
    keep(p, handle);
}

void hm_ptr_profile_parse(const char *const *json, unsigned char *handle, char **message,
                          const int *message_size, int *code)
{
    hm_profile *p;
    *code = hm_profile_parse(*json, strlen(*json), &p, *message, size_of(message_size));
    keep(p, handle);
}
