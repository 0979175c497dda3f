# The closed forms: vectors in, vectors out.

hm_version <- function() hm_text("hm_ptr_version", size = 64L)

hm_help <- function() hm_text("hm_ptr_fit_help", size = 16384L)

hm_along <- function(name, x, ...) {
  n <- length(x)
  hm_call(name, as.double(x), n, ..., out = double(n))$out
}

hm_speed <- function(time_s, mss_mps, mac_mps2, decay_mps2 = 0)
  hm_along("hm_ptr_sprint_speed", time_s, as.double(mss_mps), as.double(mac_mps2), as.double(decay_mps2))

hm_distance <- function(time_s, mss_mps, mac_mps2, decay_mps2 = 0)
  hm_along("hm_ptr_sprint_distance", time_s, as.double(mss_mps), as.double(mac_mps2), as.double(decay_mps2))

hm_acceleration <- function(time_s, mss_mps, mac_mps2, decay_mps2 = 0)
  hm_along("hm_ptr_sprint_acceleration", time_s, as.double(mss_mps), as.double(mac_mps2), as.double(decay_mps2))

hm_time <- function(distance_m, mss_mps, mac_mps2, decay_mps2 = 0)
  hm_along("hm_ptr_sprint_time", distance_m, as.double(mss_mps), as.double(mac_mps2), as.double(decay_mps2))

hm_air_density <- function(altitude_m, temp_c = 15, pressure_pa = NaN)
  hm_along("hm_ptr_air_density", altitude_m, as.double(temp_c), as.double(pressure_pa))

hm_wind_gain <- function(time_s, wind_mps, altitude_m = 0, law = c("mureika", "moinat")) {
  law <- match(match.arg(law), c("mureika", "moinat")) - 1L
  hm_along("hm_ptr_wind_gain", time_s, as.double(wind_mps), as.double(altitude_m), law)
}

hm_drag <- function(speed_mps, mass_kg, stature_m, wind_mps = 0, temp_c = 25, pressure_pa = 101325)
  hm_along("hm_ptr_drag", speed_mps, as.double(mass_kg), as.double(stature_m), as.double(wind_mps),
           as.double(temp_c), as.double(pressure_pa))

# Inputs of one length; a data frame with a row for each.
hm_together <- function(name, inputs, parameters, outputs) {
  n <- max(lengths(inputs))
  inputs <- lapply(inputs, function(x) rep_len(as.double(x), n))
  out <- stats::setNames(lapply(outputs, function(o) double(n)), outputs)
  got <- do.call(hm_call, c(name, unname(inputs), n, lapply(parameters, as.double), out))
  as.data.frame(got[outputs])
}

hm_force_velocity <- function(mss_mps, mac_mps2, mass_kg, stature_m, wind_mps = 0, temp_c = 25, pressure_pa = 101325)
  hm_together("hm_ptr_force_velocity", list(mss_mps, mac_mps2, mass_kg, stature_m),
              list(wind_mps, temp_c, pressure_pa),
              c("f0_n_per_kg", "v0_mps", "pmax_w_per_kg", "rf_max_frac", "drf_per_mps"))

hm_force_velocity_inverse <- function(f0_n_per_kg, v0_mps, mass_kg, stature_m, wind_mps = 0, temp_c = 25,
                                      pressure_pa = 101325)
  hm_together("hm_ptr_force_velocity_inverse", list(f0_n_per_kg, v0_mps, mass_kg, stature_m),
              list(wind_mps, temp_c, pressure_pa), c("mss_mps", "mac_mps2"))

hm_step_spring <- function(mass_kg, stature_m, speed_mps, contact_s, flight_s)
  hm_together("hm_ptr_step_spring", list(mass_kg, stature_m, speed_mps, contact_s, flight_s), list(),
              c("fmax_n", "dy_m", "dl_m", "vertical_n_per_m", "leg_n_per_m"))
