"""A fitted run."""
import ctypes
import html
import math
import weakref

from ._library import HectoError, USAGE, checked, lib, options_text, text_of
from ._vector import Vector, room

TEXTS = ("athlete", "run", "date", "model", "correct", "observe", "interval_method", "altitude_law", "residual_unit",
         "error")
TABLES = ("points", "rows", "steps", "changes", "parameters")
_SHOWN = ("mss_mps", "mac_mps2", "tau_s", "top_speed_mps", "top_speed_at_m", "decay_mps2", "pmax_w_per_kg", "f0_n_per_kg",
          "v0_mps", "slope_n_s_per_m_kg", "fv_pmax_w_per_kg", "rf_max_frac", "drf_per_mps", "correction_tc_s",
          "correction_fd_m", "correction_dc_m", "predicted_100m_s", "still_100m_s")
_UNITS = (("_n_per_kg", "N/kg"), ("_w_per_kg", "W/kg"), ("_n_s_per_m_kg", "N s/m/kg"), ("_per_mps", "1/(m/s)"),
          ("_mps2", "m/s²"), ("_mps", "m/s"), ("_frac", ""), ("_at_m", "m"), ("_m", "m"), ("_s", "s"))


class Handle:
    """Owns a profile of the library; any number of runs read from it."""

    def __init__(self, pointer):
        self.pointer = pointer
        weakref.finalize(self, lib.hm_profile_free, pointer)

    @property
    def n_runs(self):
        return lib.hm_profile_count(self.pointer)

    def notes(self, run):
        found, i = [], 0
        while (note := lib.hm_profile_note(self.pointer, run, i)) is not None:
            found.append(note.decode("utf-8"))
            i += 1
        return found

    def to_json(self, run):
        return text_of(lambda text, size: lib.hm_profile_json(self.pointer, run, text, size))


def made(call):
    """The handle that call(profile, message, message_size) makes."""
    pointer = ctypes.c_void_p()
    checked(lambda message, size: call(ctypes.byref(pointer), message, size))
    return Handle(pointer)


def _split(name):
    """Name and unit for a table that people read."""
    for end, unit in _UNITS:
        if name.endswith(end):
            return name[:-len(end)].replace("_", " "), unit
    return name.replace("_", " "), ""


class Profile:
    """One fitted run. Every number of docs/formats/sprinter.md is an attribute: p.mss_mps, p.rse, p.predicted_100m_s."""

    def __init__(self, handle, run=0):
        self._handle, self._run = handle, run

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        if name in TEXTS:
            key = "interval" if name == "interval_method" else name
            return lib.hm_profile_text(self._handle.pointer, self._run, key.encode()).decode("utf-8")
        if name in TABLES:
            return self._table(name)
        number = room(1)
        if lib.hm_profile_number(self._handle.pointer, self._run, name.encode(), number) != 0:
            raise AttributeError(f"a profile has no {name}; dir(profile) has all names")
        if name == "converged":
            return bool(number[0]) and not self.error
        return int(number[0]) if name == "n_points" else number[0]

    def _columns(self, table):
        names, i = [], 0
        while (name := lib.hm_profile_column_name(self._handle.pointer, self._run, table.encode(), i)) is not None:
            names.append(name.decode())
            i += 1
        return names

    def _table(self, table):
        """A dict of columns; estimates have name_lo90 and name_hi90 beside them."""
        n = lib.hm_profile_rows(self._handle.pointer, self._run, table.encode())
        found = {}
        if table in ("changes", "parameters"):
            found["name"] = [lib.hm_profile_row_name(self._handle.pointer, self._run, table.encode(), i).decode("utf-8")
                             for i in range(n)]
        for base in self._columns(table):
            for name in (base, base + "_lo90", base + "_hi90"):
                value = room(n)
                if n and lib.hm_profile_column(self._handle.pointer, self._run, table.encode(), name.encode(), value) == 0:
                    found[name] = list(value[:n])
        return found

    def __dir__(self):
        return sorted({*super().__dir__(), *TEXTS, *TABLES, *self._columns("run")})

    @property
    def notes(self):
        """Remarks: extrapolated, outliers, what to doubt."""
        return self._handle.notes(self._run)

    def interval(self, name):
        """(lo, hi) of the 90 % interval of an estimate; nan where nothing could be said."""
        lo, hi = room(1), room(1)
        for number, end in ((lo, "_lo90"), (hi, "_hi90")):
            if lib.hm_profile_number(self._handle.pointer, self._run, (name + end).encode(), number) != 0:
                raise HectoError(USAGE, f"{name} is no estimate of a profile")
        return lo[0], hi[0]

    def _predicted(self, distance_m, conditions, still):
        x = Vector(distance_m)
        time_s, speed_mps = room(x.n), room(x.n)
        text = (b"still\n" if still else b"") + options_text(conditions)
        checked(lambda message, size: lib.hm_profile_predict(self._handle.pointer, self._run, text, x.pointer, x.n, time_s,
                                                             speed_mps, message, size))
        return x.shaped(time_s), x.shaped(speed_mps)

    def predict(self, distance_m, still=False, **conditions):
        """Times in seconds at distances up to 400 m, in the air of the run, or with wind_mps, altitude_m, temp_c,
        pressure_pa, reaction_s, altitude_law changed; still=True: no wind, sea level, 15 C."""
        return self._predicted(distance_m, conditions, still)[0]

    def predict_speed(self, distance_m, still=False, **conditions):
        """Speeds in m/s, as predict."""
        return self._predicted(distance_m, conditions, still)[1]

    def to_json(self):
        """The file that `hecto fit --json` writes, of this run; hecto.read takes it back."""
        return self._handle.to_json(self._run)

    def _estimates(self):
        for name in _SHOWN:
            value = getattr(self, name)
            if not math.isnan(value):
                yield (name, value, *self.interval(name))

    def _title(self):
        what = " ".join(filter(None, (self.athlete, self.run, self.date)))
        how = self.model + ("" if self.correct == "none" else ", " + self.correct)
        return f"{what or 'run'} ({how}, {self.n_points if not self.error else 0} points)"

    def __repr__(self):
        if self.error:
            return f"<hecto.Profile {self._title()}: {self.error}>"
        return f"<hecto.Profile {self._title()}: mss {self.mss_mps:.3f} m/s, mac {self.mac_mps2:.3f} m/s2>"

    def _repr_html_(self):
        if self.error:
            return f"<p>{html.escape(self._title())}: {html.escape(self.error)}</p>"
        rows = []
        for name, value, lo, hi in self._estimates():
            what, unit = _split(name)
            span = "" if math.isnan(lo) or math.isnan(hi) else f"{lo:.4g} to {hi:.4g}"
            rows.append(f"<tr><td>{html.escape(what)}</td><td>{value:.4g}</td><td>{span}</td><td>{unit}</td></tr>")
        notes = "".join(f"<li>{html.escape(n)}</li>" for n in self.notes)
        return (f"<table><caption>{html.escape(self._title())}; 90 % intervals: {html.escape(self.interval_method)}</caption>"
                f"<tr><th></th><th>value</th><th>90 % interval</th><th></th></tr>{''.join(rows)}</table>"
                + (f"<ul>{notes}</ul>" if notes else ""))


class Session(list):
    """The runs of a file, in its order: a list of Profile. .notes are about the file."""

    def __init__(self, handle):
        super().__init__(Profile(handle, i) for i in range(handle.n_runs))
        self._handle = handle

    @property
    def notes(self):
        return self._handle.notes(-1)

    @property
    def errors(self):
        """{place in the list: why it could not be fitted}"""
        return {i: p.error for i, p in enumerate(self) if p.error}

    def to_json(self):
        """All runs that were fitted, as `hecto fit --json` writes them."""
        return self._handle.to_json(-1)
