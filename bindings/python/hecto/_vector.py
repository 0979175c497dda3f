"""Numbers in and out: a number, any sequence, or a numpy array, given back as it came."""
import ctypes
import math
import sys


def _is_array(x):
    numpy = sys.modules.get("numpy")  # who has an array has numpy loaded
    return numpy is not None and isinstance(x, numpy.ndarray)


class Vector:
    """Doubles for the library: .pointer, .n, and .shape_like() to give results the form they came in."""

    def __init__(self, x):
        self.scalar = self.array = False
        if _is_array(x):
            import numpy
            self.array = True
            self._held = numpy.ascontiguousarray(x, dtype=numpy.float64)
            self._shape = self._held.shape
            self.n = self._held.size
            self.pointer = self._held.ctypes.data_as(ctypes.POINTER(ctypes.c_double))
            return
        if isinstance(x, (int, float)) or (hasattr(x, "__float__") and not hasattr(x, "__len__")):
            self.scalar, x = True, [x]
        values = [math.nan if v is None else float(v) for v in x]
        self.n = len(values)
        self.pointer = (ctypes.c_double * max(self.n, 1))(*values)

    def shaped(self, values):
        """values, a ctypes array of n doubles, in the form of the input."""
        if self.scalar:
            return values[0]
        if self.array:
            import numpy
            return numpy.array(values[:self.n]).reshape(self._shape)
        return list(values[:self.n])


def room(n):
    return (ctypes.c_double * max(n, 1))()


def along(function, x, *parameters):
    """function(in, n, *parameters, out) over x."""
    v = Vector(x)
    out = room(v.n)
    function(v.pointer, v.n, *parameters, out)
    return v.shaped(out)


def together(function, inputs, parameters, names):
    """function(*in, n, *parameters, *out) over inputs of one length, single numbers repeated: {name: result}."""
    vectors = [Vector(x) for x in inputs]
    longest = max(vectors, key=lambda v: (not v.scalar, v.n))
    wide = [(ctypes.c_double * longest.n)(*[v.pointer[0]] * longest.n) if v.scalar else v.pointer for v in vectors]
    if any(not v.scalar and v.n != longest.n for v in vectors):
        raise ValueError(f"expected as many of each, found {[v.n for v in vectors]}")
    out = [room(longest.n) for _ in names]
    function(*wide, longest.n, *parameters, *out)
    return {name: longest.shaped(o) for name, o in zip(names, out)}
