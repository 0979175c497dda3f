#!/usr/bin/env python3
"""Make the invented examples of data/traces: a GPS session and a squad between gates.

usage: tools/make_traces.py DIR

Each runner has a true MSS, MAC (mono-exponential, docs/physics) and fade; what is written is that run
with noise: 0.08 m/s (10 Hz GPS), 0.008 s and rounding (gates). The same files come from every run.
"""
import math
import random
import sys

SQUAD = ["Aoi", "Ben", "Chiara", "Dries", "Emre", "Freya", "Goran", "Hana", "Ines", "Jonas", "Keiko", "Liam",
         "Mats", "Nadia", "Oskar", "Paula", "Quinn", "Rosa", "Sota", "Tarek", "Ulla", "Viktor", "Wanda", "Yuki"]
GATES_M = [5, 10, 15, 20, 30, 40]


def position(mss, mac, fade, s):
    tau = mss / mac
    return mss * (s - tau * (1 - math.exp(-s / tau))) - fade * s * s / 2


def speed(mss, mac, fade, s):
    return mss * (1 - math.exp(-s * mac / mss)) - fade * s


def time_at(mss, mac, fade, x):
    lo, hi = 0.0, 60.0
    for _ in range(80):
        mid = (lo + hi) / 2
        lo, hi = (mid, hi) if position(mss, mac, fade, mid) < x else (lo, mid)
    return (lo + hi) / 2


def gps(out, rng):
    """Four sprints each of three players: idle, 4 to 6 s of effort, braking, idle. Speeds in km/h."""
    out.write("# source: invented (tools/make_traces.py): 10 Hz, noise 0.08 m/s\n# device: GPS 10 Hz\n")
    out.write("Name;Lauf;Datum;Zeit [s];Geschwindigkeit [km/h];Gewicht [kg]\n")
    for name, mss, mac, mass in [("Aoi", 8.1, 6.4, 58.5), ("Ben", 9.0, 6.9, 77), ("Chiara", 8.5, 7.2, 61)]:
        for run in range(1, 5):
            begin, effort = rng.uniform(1.5, 3), rng.uniform(4, 6)
            top = speed(mss, mac, 0.05, effort)
            for i in range(120):
                s = i / 10 - begin
                v = 0 if s < 0 else speed(mss, mac, 0.05, s) if s < effort else max(0, top - 2.2 * (s - effort))
                v = max(0, v + rng.gauss(0, 0.08) * (1 if v > 0 else 0.3))
                cells = [name, str(run), "14.03.2026", f"{i / 10:.1f}", f"{3.6 * v:.1f}", f"{mass:g}"]
                out.write(";".join(c.replace(".", ",") if c[:1].isdigit() and k > 2 else c
                                   for k, c in enumerate(cells)) + "\n")


def squad(out, rng):
    """24 runners, three days, two trials, six gates, start 0.3 m behind the first gate."""
    out.write("# source: invented (tools/make_traces.py): noise 0.008 s, rounded to 0.01 s, flying start 0.3 m\n")
    out.write("# device: gates\n# time_zero: first_gate\n# gate0_m: 0.3\n")
    out.write("athlete,date,trial,mass_kg," + ",".join(f"{x} m" for x in GATES_M) + "\n")
    people = [(n, rng.gauss(8.4, 0.6), rng.gauss(7.0, 0.6), rng.gauss(70, 9)) for n in SQUAD]
    for day in ("2026-03-02", "2026-04-13", "2026-06-01"):
        for name, mss, mac, mass in people:
            for trial in (1, 2):
                form = rng.gauss(1, 0.008)
                zero = time_at(mss * form, mac, 0.05, 0.3)
                times = [time_at(mss * form, mac, 0.05, x + 0.3) - zero + rng.gauss(0, 0.008) for x in GATES_M]
                out.write(f"{name},{day},{trial},{mass:.1f}," + ",".join(f"{t:.2f}" for t in times) + "\n")


def main():
    folder = sys.argv[1]
    for name, make, seed in (("gps-session.csv", gps, 1), ("gates-squad.csv", squad, 2)):
        with open(f"{folder}/{name}", "w", encoding="utf-8", newline="") as out:
            make(out, random.Random(seed))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main()
