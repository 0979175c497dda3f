"""libhecto as ctypes sees it: where it is, what its functions take, its errors. See hecto/hecto.h."""
import ctypes
import ctypes.util
import os
from ctypes import POINTER, c_char_p, c_double, c_int, c_size_t, c_void_p

MESSAGE_SIZE = 1024
USAGE, INPUT, NOFILE, NUMERIC, SYSTEM, STOPPED, BUG = range(1, 8)

_doubles = POINTER(c_double)
_curve = [_doubles, c_size_t, c_double, c_double, c_double, _doubles]
_told = [c_char_p, c_size_t]
_fit = [_doubles, _doubles, _doubles, c_size_t, c_char_p, POINTER(c_void_p), *_told]

# name: (what it returns, what it takes)
SIGNATURES = {
    "hm_version": (c_char_p, []),
    "hm_code_text": (c_char_p, [c_int]),
    "hm_sprint_speed": (None, _curve),
    "hm_sprint_distance": (None, _curve),
    "hm_sprint_acceleration": (None, _curve),
    "hm_sprint_time": (None, _curve),
    "hm_air_density": (None, [_doubles, c_size_t, c_double, c_double, _doubles]),
    "hm_wind_gain": (None, [_doubles, c_size_t, c_double, c_double, c_int, _doubles]),
    "hm_drag": (None, [_doubles, c_size_t, *[c_double] * 5, _doubles]),
    "hm_force_velocity": (None, [*[_doubles] * 4, c_size_t, *[c_double] * 3, *[_doubles] * 5]),
    "hm_force_velocity_inverse": (None, [*[_doubles] * 4, c_size_t, *[c_double] * 3, *[_doubles] * 2]),
    "hm_step_spring": (None, [*[_doubles] * 5, c_size_t, *[_doubles] * 5]),
    "hm_fit_times": (c_int, _fit),
    "hm_fit_distances": (c_int, _fit),
    "hm_fit_speeds": (c_int, _fit),
    "hm_fit_file": (c_int, [c_char_p, c_char_p, POINTER(c_void_p), *_told]),
    "hm_fit_in_situ": (c_int, [c_char_p, c_char_p, POINTER(c_void_p), *_told]),
    "hm_fit_help": (c_size_t, _told),
    "hm_profile_free": (None, [c_void_p]),
    "hm_profile_count": (c_int, [c_void_p]),
    "hm_profile_text": (c_char_p, [c_void_p, c_int, c_char_p]),
    "hm_profile_number": (c_int, [c_void_p, c_int, c_char_p, _doubles]),
    "hm_profile_rows": (c_size_t, [c_void_p, c_int, c_char_p]),
    "hm_profile_column_name": (c_char_p, [c_void_p, c_int, c_char_p, c_size_t]),
    "hm_profile_column": (c_int, [c_void_p, c_int, c_char_p, c_char_p, _doubles]),
    "hm_profile_row_name": (c_char_p, [c_void_p, c_int, c_char_p, c_size_t]),
    "hm_profile_note": (c_char_p, [c_void_p, c_int, c_size_t]),
    "hm_profile_predict": (c_int, [c_void_p, c_int, c_char_p, _doubles, c_size_t, _doubles, _doubles, *_told]),
    "hm_profile_json": (c_size_t, [c_void_p, c_int, *_told]),
    "hm_profile_read": (c_int, [c_char_p, POINTER(c_void_p), *_told]),
    "hm_profile_parse": (c_int, [c_char_p, c_size_t, POINTER(c_void_p), *_told]),
}


class HectoError(Exception):
    """What the library refused. code is one of USAGE, INPUT, NOFILE, NUMERIC, SYSTEM, STOPPED, BUG."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


def _open():
    tried = []
    for path in (os.environ.get("HECTO_LIBRARY"), "libhecto.so.0", ctypes.util.find_library("hecto")):
        if not path:
            continue
        try:
            return ctypes.CDLL(path)
        except OSError as why:
            tried.append(f"{path}: {why}")
    raise ImportError("libhecto is not found: install it, or set HECTO_LIBRARY to its path\n" + "\n".join(tried))


lib = _open()
for _name, (_returns, _takes) in SIGNATURES.items():
    _function = getattr(lib, _name)
    _function.restype, _function.argtypes = _returns, _takes


def checked(call):
    """Run call(message, message_size); raise what it refuses."""
    message = ctypes.create_string_buffer(MESSAGE_SIZE)
    code = call(message, MESSAGE_SIZE)
    if code != 0:
        text = message.value.decode("utf-8", "replace") or lib.hm_code_text(code).decode()
        raise HectoError(code, text)


def text_of(call):
    """The text that call(buffer, size) prints, of any length."""
    size = call(None, 0)
    buffer = ctypes.create_string_buffer(size + 1)
    call(buffer, size + 1)
    return buffer.value.decode("utf-8")


def options_text(options):
    """{"mass_kg": 75} as the library reads options. None = not told."""
    pairs = []
    for key, value in options.items():
        if value is None:
            continue
        if isinstance(value, bool):
            value = "true" if value else "false"
        elif not isinstance(value, str):
            value = repr(float(value)) if not isinstance(value, int) else str(value)
        if any(c in value for c in ";\n\r"):
            raise HectoError(USAGE, f"{key}: expected no semicolon and no line end")
        pairs.append(f"{key}={value}")
    return "\n".join(pairs).encode("utf-8")
