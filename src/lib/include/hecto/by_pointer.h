/* hecto/by_pointer.h - hecto.h for languages that pass addresses alone: R's .C(), Fortran.
 *
 * Same names with ptr in them, same order, every argument by its address; what a function of
 * hecto.h returns comes back in the last argument. A handle is 8 bytes (R: raw(8)), a text an array
 * of one text that its owner made long enough: text_size bytes with the end. Length -1 = no such
 * text. */
#ifndef HM_HECTO_BY_POINTER_H
#define HM_HECTO_BY_POINTER_H

#include "hecto/hecto.h"

#ifdef __cplusplus
extern "C" {
#endif

#define HM_HANDLE_SIZE 8 /* bytes */

HM_API void hm_ptr_version(char **text, const int *text_size, int *length);
HM_API void hm_ptr_code_text(const int *code, char **text, const int *text_size, int *length);

HM_API void hm_ptr_sprint_speed(const double *time_s, const int *n, const double *mss_mps,
                                const double *mac_mps2, const double *decay_mps2,
                                double *speed_mps);
HM_API void hm_ptr_sprint_distance(const double *time_s, const int *n, const double *mss_mps,
                                   const double *mac_mps2, const double *decay_mps2,
                                   double *distance_m);
HM_API void hm_ptr_sprint_acceleration(const double *time_s, const int *n, const double *mss_mps,
                                       const double *mac_mps2, const double *decay_mps2,
                                       double *acceleration_mps2);
HM_API void hm_ptr_sprint_time(const double *distance_m, const int *n, const double *mss_mps,
                               const double *mac_mps2, const double *decay_mps2, double *time_s);
HM_API void hm_ptr_air_density(const double *altitude_m, const int *n, const double *temp_c,
                               const double *pressure_pa, double *density_kgm3);
HM_API void hm_ptr_wind_gain(const double *time_s, const int *n, const double *wind_mps,
                             const double *altitude_m, const int *law, double *gain_s);
HM_API void hm_ptr_drag(const double *speed_mps, const int *n, const double *mass_kg,
                        const double *stature_m, const double *wind_mps, const double *temp_c,
                        const double *pressure_pa, double *force_n);
HM_API void hm_ptr_force_velocity(const double *mss_mps, const double *mac_mps2,
                                  const double *mass_kg, const double *stature_m, const int *n,
                                  const double *wind_mps, const double *temp_c,
                                  const double *pressure_pa, double *f0_n_per_kg, double *v0_mps,
                                  double *pmax_w_per_kg, double *rf_max_frac, double *drf_per_mps);
HM_API void hm_ptr_force_velocity_inverse(const double *f0_n_per_kg, const double *v0_mps,
                                          const double *mass_kg, const double *stature_m,
                                          const int *n, const double *wind_mps,
                                          const double *temp_c, const double *pressure_pa,
                                          double *mss_mps, double *mac_mps2);
HM_API void hm_ptr_step_spring(const double *mass_kg, const double *stature_m,
                               const double *speed_mps, const double *contact_s,
                               const double *flight_s, const int *n, double *fmax_n, double *dy_m,
                               double *dl_m, double *vertical_n_per_m, double *leg_n_per_m);

/** observe 0 = times at distances, 1 = distances at times, 2 = speeds at times; sigma is read when
 *  has_sigma is not 0. */
HM_API void hm_ptr_fit(const int *observe, const double *at, const double *observed,
                       const double *sigma, const int *has_sigma, const int *n,
                       const char *const *options, unsigned char *handle, char **message,
                       const int *message_size, int *code);
HM_API void hm_ptr_fit_file(const char *const *path, const char *const *options,
                            unsigned char *handle, char **message, const int *message_size,
                            int *code);
HM_API void hm_ptr_fit_in_situ(const char *const *path, const char *const *options,
                               unsigned char *handle, char **message, const int *message_size,
                               int *code);
HM_API void hm_ptr_fit_help(char **text, const int *text_size, int *length);

/** The handle is zeroed; freeing it again does nothing. */
HM_API void hm_ptr_profile_free(unsigned char *handle);
HM_API void hm_ptr_profile_count(const unsigned char *handle, int *count);
HM_API void hm_ptr_profile_text(const unsigned char *handle, const int *run,
                                const char *const *name, char **text, const int *text_size,
                                int *length);
HM_API void hm_ptr_profile_number(const unsigned char *handle, const int *run,
                                  const char *const *name, double *number, int *code);
HM_API void hm_ptr_profile_rows(const unsigned char *handle, const int *run,
                                const char *const *table, int *rows);
HM_API void hm_ptr_profile_column_name(const unsigned char *handle, const int *run,
                                       const char *const *table, const int *i, char **text,
                                       const int *text_size, int *length);
HM_API void hm_ptr_profile_column(const unsigned char *handle, const int *run,
                                  const char *const *table, const char *const *column,
                                  double *value, int *code);
HM_API void hm_ptr_profile_row_name(const unsigned char *handle, const int *run,
                                    const char *const *table, const int *i, char **text,
                                    const int *text_size, int *length);
HM_API void hm_ptr_profile_note(const unsigned char *handle, const int *run, const int *i,
                                char **text, const int *text_size, int *length);
HM_API void hm_ptr_profile_predict(const unsigned char *handle, const int *run,
                                   const char *const *conditions, const double *distance_m,
                                   const int *n, double *time_s, double *speed_mps, char **message,
                                   const int *message_size, int *code);
HM_API void hm_ptr_profile_json(const unsigned char *handle, const int *run, char **text,
                                const int *text_size, int *length);
HM_API void hm_ptr_profile_read(const char *const *path, unsigned char *handle, char **message,
                                const int *message_size, int *code);
HM_API void hm_ptr_profile_parse(const char *const *json, unsigned char *handle, char **message,
                                 const int *message_size, int *code);

#ifdef __cplusplus
}
#endif

#endif
