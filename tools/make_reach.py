#!/usr/bin/env python3
"""The table in src/fit/reach.c: u / q as polynomials by pieces of q, where u + e^-u - 1 = q^2 / 2.

usage: tools/make_reach.py      prints its rows

Interpolated at Chebyshev nodes in 60 digits. The rest of degree 8 is below 1e-16 on pieces of 1/4: the nearest
singularity of u(q) lies at |q| = 3.54, 45 degrees off the real line.
"""
import decimal
import math
from decimal import Decimal

PIECES, WIDTH, DEGREE = 16, 0.25, 8


def inverse(q):
    """u > 0 by Newton's method."""
    y = q * q / 2
    u = y + 1 if q > 2 else q * (1 + q / 6)
    for _ in range(60):
        step = (u + (-u).exp() - 1 - y) / (1 - (-u).exp())
        u -= step
        if abs(step) < u * Decimal(10) ** -45:
            break
    return u


def piece(middle):
    """Coefficients of u / q by powers of q - middle: Newton's interpolation, multiplied out."""
    n = DEGREE + 1
    nodes = [Decimal(WIDTH / 2 * math.cos(math.pi * (2 * k + 1) / (2 * n))) for k in range(n)]
    divided = [inverse(middle + x) / (middle + x) for x in nodes]
    for j in range(1, n):
        for i in range(n - 1, j - 1, -1):
            divided[i] = (divided[i] - divided[i - 1]) / (nodes[i] - nodes[i - j])
    power = [divided[-1]]
    for i in range(n - 2, -1, -1):
        shifted = [Decimal(0)] + power
        for k, c in enumerate(power):
            shifted[k] -= c * nodes[i]
        shifted[0] += divided[i]
        power = shifted
    return power


def main():
    decimal.getcontext().prec = 60
    for k in range(PIECES):
        c = [f"{float(v):.17g}" for v in piece(Decimal((k + 0.5) * WIDTH))]
        print("    {" + ", ".join(c) + "},")


main()
