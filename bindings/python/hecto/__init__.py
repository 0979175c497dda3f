"""Sprints as numbers: fits of gates, laser and radar with honest intervals, and the laws around them.

    p = hecto.fit(distance_m=[5, 10, 20, 30], time_s=[1.2, 1.97, 3.31, 4.59], model="mono", correct="tc")
    p.mss_mps, p.interval("mss_mps"), p.predict(100)

Names carry units; wind > 0 blows from behind; nan = not known. hecto.help() names every option."""
import math
import os

from ._library import HectoError, USAGE, lib, options_text, text_of
from ._profile import Profile, Session, made
from ._vector import Vector, along, together

__all__ = ["HectoError", "Profile", "Session", "acceleration", "air_density", "distance", "drag", "fit", "fit_file", "fit_in_situ",
           "force_velocity", "force_velocity_inverse", "help", "parse", "read", "speed", "step_spring", "time", "version", "wind_gain"]

HectoError.__module__ = Profile.__module__ = Session.__module__ = "hecto"  # where people find them
_LAWS = {"mureika": 0, "moinat": 1}


def version():
    """Version of the library."""
    return lib.hm_version().decode()


def help():  # noqa: A001 - the name people look for
    """All options of fit and fit_file, with default, range, unit and sentence."""
    return text_of(lib.hm_fit_help)


def _same_length(a, b, sigma):
    if a.n != b.n or (sigma and sigma.n != a.n):
        raise HectoError(USAGE, f"expected as many of each, found {a.n}, {b.n}" + (f", {sigma.n}" if sigma else ""))


def fit(*, time_s, distance_m=None, speed_mps=None, sigma=None, observe=None, **options):
    """Fit one run.

    time_s with distance_m    times at distances (gates); with observe="distance" distances at times (laser)
    time_s with speed_mps     speeds at times (radar)
    sigma                     sd of each of what is observed, in its unit
    options                   model="drive|mono|decay", correct="none|tc|fd|dc|tc+dc", mass_kg=75, ...: hecto.help()
    """
    if (distance_m is None) == (speed_mps is None):
        raise HectoError(USAGE, "expected time_s with either distance_m or speed_mps")
    t = Vector(time_s)
    y = Vector(distance_m if speed_mps is None else speed_mps)
    sd = None if sigma is None else Vector(sigma)
    _same_length(t, y, sd)
    if speed_mps is not None:
        call, at, observed = lib.hm_fit_speeds, t, y
    elif observe == "distance":
        call, at, observed = lib.hm_fit_distances, t, y
    else:
        call, at, observed = lib.hm_fit_times, y, t
    if observe is not None:
        options["observe"] = observe
    text = options_text(options)
    return Profile(made(lambda *out: call(at.pointer, observed.pointer, sd and sd.pointer, at.n, text, *out)))


def fit_file(path, threads=0, **options):
    """Fit every run of a timing, radar or positioning file, on all processors unless told: a list of Profile."""
    text = options_text({"threads": threads, **options})
    return Session(made(lambda *out: lib.hm_fit_file(os.fsencode(path), text, *out)))


def fit_in_situ(path, **options):
    """Acceleration-speed profiles of ordinary training, a file of sessions of speeds or positions: a list of Profile,
    one for each athlete and rolling window."""
    text = options_text(options)
    return Session(made(lambda *out: lib.hm_fit_in_situ(os.fsencode(path), text, *out)))


def read(path):
    """Profiles that to_json or `hecto fit --json` wrote: a list of Profile."""
    return Session(made(lambda *out: lib.hm_profile_read(os.fsencode(path), *out)))


def parse(json):
    """The same from text."""
    data = json.encode("utf-8") if isinstance(json, str) else json
    return Session(made(lambda *out: lib.hm_profile_parse(data, len(data), *out)))


def speed(time_s, mss_mps, mac_mps2, decay_mps2=0.0):
    """Speed at times since the first movement."""
    return along(lib.hm_sprint_speed, time_s, mss_mps, mac_mps2, decay_mps2)


def distance(time_s, mss_mps, mac_mps2, decay_mps2=0.0):
    """Distance at times since the first movement."""
    return along(lib.hm_sprint_distance, time_s, mss_mps, mac_mps2, decay_mps2)


def acceleration(time_s, mss_mps, mac_mps2, decay_mps2=0.0):
    """Acceleration at times since the first movement."""
    return along(lib.hm_sprint_acceleration, time_s, mss_mps, mac_mps2, decay_mps2)


def time(distance_m, mss_mps, mac_mps2, decay_mps2=0.0):
    """Time since the first movement at distances."""
    return along(lib.hm_sprint_time, distance_m, mss_mps, mac_mps2, decay_mps2)


def air_density(altitude_m, temp_c=15.0, pressure_pa=math.nan):
    """kg/m3; pressure_pa instead of the standard atmosphere's."""
    return along(lib.hm_air_density, altitude_m, temp_c, pressure_pa)


def wind_gain(time_s, wind_mps, altitude_m=0.0, law="mureika"):
    """Seconds that wind and altitude were worth over 100 m, > 0 = helped; law "mureika" or "moinat"."""
    if law not in _LAWS:
        raise HectoError(USAGE, f"law: expected one of {', '.join(_LAWS)}, found {law!r}")
    return along(lib.hm_wind_gain, time_s, wind_mps, altitude_m, _LAWS[law])


def drag(speed_mps, mass_kg, stature_m, wind_mps=0.0, temp_c=25.0, pressure_pa=101325.0):
    """Air resistance in newtons, Samozino et al. 2016."""
    return along(lib.hm_drag, speed_mps, mass_kg, stature_m, wind_mps, temp_c, pressure_pa)


def force_velocity(mss_mps, mac_mps2, mass_kg, stature_m, wind_mps=0.0, temp_c=25.0, pressure_pa=101325.0):
    """F0, V0, peak power and ratio of forces of mono-exponential runs: a dict."""
    return together(lib.hm_force_velocity, (mss_mps, mac_mps2, mass_kg, stature_m), (wind_mps, temp_c, pressure_pa),
                    ("f0_n_per_kg", "v0_mps", "pmax_w_per_kg", "rf_max_frac", "drf_per_mps"))


def force_velocity_inverse(f0_n_per_kg, v0_mps, mass_kg, stature_m, wind_mps=0.0, temp_c=25.0, pressure_pa=101325.0):
    """MSS and MAC of the run with this line of force against speed: a dict."""
    return together(lib.hm_force_velocity_inverse, (f0_n_per_kg, v0_mps, mass_kg, stature_m),
                    (wind_mps, temp_c, pressure_pa), ("mss_mps", "mac_mps2"))


def step_spring(mass_kg, stature_m, speed_mps, contact_s, flight_s):
    """Peak force and stiffness of steps, Morin et al. 2005: a dict."""
    return together(lib.hm_step_spring, (mass_kg, stature_m, speed_mps, contact_s, flight_s), (),
                    ("fmax_n", "dy_m", "dl_m", "vertical_n_per_m", "leg_n_per_m"))
