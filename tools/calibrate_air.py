#!/usr/bin/env python3
"""Drag area and altitude law of each model, so that the reference man gains what was published.

usage: tools/calibrate_air.py > data/priors/air.csv

Reference man: 78 kg, 1.80 m, 10.00 s with a reaction of 0.15 s, in the reference air. +2 m/s is
worth 0.100 s to him (Linthorne 1994), 1000 m 0.100 s (Linthorne 2016). The constants go to
src/sprint/air.c; tests/unit/sprint/test_air.c compares.
"""

import csv
import math
import pathlib

import drive_twin as twin

ROOT = pathlib.Path(__file__).resolve().parent.parent
MODEL_S = 10.00 - 0.15
MODEL_60_S = 6.50 - 0.15  # where he is at 60 m
DEFICIT_1000 = 1 - math.exp(-0.000125 * 1000)


def bisect(f, lo, hi):
    up = f(hi) > 0
    for _ in range(40):
        mid = (lo + hi) / 2
        lo, hi = (lo, mid) if (f(mid) > 0) == up else (mid, hi)
    return (lo + hi) / 2


def drive_shape():
    """Centre of the prior at the level of the reference man; V0 is about 1.08 of that."""
    with open(ROOT / "data/priors/drive.csv", encoding="utf-8") as f:
        k = {r["name"]: float(r["value"]) for r in csv.DictReader(x for x in f if x[0] != "#")}
    level = twin.level_mps(60, MODEL_60_S)
    rise = level / k["level_mps"]
    rise_mps3 = k["rise_mps3"] + k["rise_by_level"] * (level - k["level_mps"])
    return (math.sqrt(1.08 * level / rise_mps3),
            k["fade_mps3"] * rise**2, k["burst_m"] * rise, 0.0)


# ratio, fade, burst, TC of the man; is his drag fitted (drive) or inside (mono, decay)?
SHAPES = {
    "mono": ((1.25, 0.0, 0.0, 0.0), True),
    "decay": ((1.61, 0.14 / 1.61, 0.0, -0.17), True),
    "drive": (drive_shape(), False),
}


class Man:
    def __init__(self, shape, inside, scale):
        self.shape, self.inside = shape, inside
        self.ref = twin.drag_per_m(scale)
        want = MODEL_S - shape[3]
        v0 = bisect(lambda v: want - self.time((v,) + shape[:3], self.ref, 0.0), 9, 20)
        self.p = (v0,) + shape[:3]
        self.still = self.time(self.p, self.ref, 0.0)

    def time(self, p, drag, wind):
        at = twin.run(p, drag, wind, [100.0], (self.ref, 0.0) if self.inside else (0.0, 0.0))
        return at[0][0] if at else 99.0

    def gain(self, wind=0.0, share=1.0):
        return self.still - self.time(self.p, self.ref * share, wind)


def main():
    print("# Made by tools/calibrate_air.py; see there. cda_scale [1] of 0.9 A; deficit_scale [1];")
    print("# gains in s of the reference man; computed")
    print("model,cda_scale,deficit_scale,gain_plus_2,gain_minus_2,gain_1000m_density,gain_1000m_observed")
    for name, (shape, inside) in SHAPES.items():
        scale = bisect(lambda c: Man(shape, inside, c).gain(2.0) - 0.100, 0.3, 1.5)
        scale = round(scale, 4)
        man = Man(shape, inside, scale)
        deficit = bisect(lambda k: man.gain(0.0, 1 - k * DEFICIT_1000) - 0.100, 1.0, 6.0)
        deficit = round(deficit, 3)
        print(f"{name},{scale},{deficit},{man.gain(2.0):.4f},{man.gain(-2.0):.4f},"
              f"{man.gain(0.0, 1 - DEFICIT_1000):.4f},"
              f"{man.gain(0.0, 1 - deficit * DEFICIT_1000):.4f}")


if __name__ == "__main__":
    main()
