#!/usr/bin/env python3
"""Time by bio-age over the adult's: fit_growth_ratio.py [--data DIR] > data/life/growth_ratio.csv

The survey of untrained pupils (jp_50m_by_age.csv, by T100 = 2 T50 - 0.6) and what a year within the class
costs young athletes (relative_age_60m.csv) pull apart: the survey's slopes are the flatter. Both
stand in validation_targets.csv with bounds. This takes, of boys, the curve that is nearest to both,
each weighted by its bounds (T1: half of 2.5 %; T11: 2.5 points), smooth and never rising, with the
figures that are targets inside their bounds: T11_LEAST_PCT, T1_MOST_PCT (at 13 less, for the club
means of T5). Who enters a sport is a little ahead in his growth (AHEAD_Y), and T11 speaks of those; girls, of whom no athletes' slopes are known, keep the
survey's. Gauss-Newton over square roots of the falls from node to node; 2 s.

The age of one's speed is spread by the timing of growth: 0.86 y, times WEIGHT, times w(age).
"""
import argparse
import csv
import math
import pathlib
import sys

WEIGHT = 0.5       # life.timing_weight, near enough: it only smooths
TIMING_SD_Y = 0.86
ADULT_S = 13.61    # mean 100 m of untrained adults of the program, which makes 7.1 s in 50 m (the survey: 7.15)
FIRST_Y, N = 6.5, 12
T1_SD_PCT, T11_SD_PCT, BEND_PCT = 1.25, 2.5, 3.0
T11_LEAST_PCT = {9: 6.4, 12: 4.0, 15: 3.1}
T1_MOST_PCT = {8: 1.7, 13: -0.3, 14: 1.0}
AHEAD_Y = 0.25
NORMAL = [(-2.35, 0.0125), (-1.5, 0.08), (-0.75, 0.24), (0, 0.335), (0.75, 0.24), (1.5, 0.08), (2.35, 0.0125)]


def timing_at(age_y):
    """How far timing moves the age of one's speed: src/life/growth.c."""
    if age_y < 12:
        return 0.45 + 0.55 * max(age_y - 9, 0) / 3
    return max(0.0, 1 - max(age_y - 15.5, 0) / 4)


def ln_at(node, age_y):
    at = min(max(age_y - FIRST_Y, 0), N - 1 - 1e-9)
    i = int(at)
    r = math.exp(node[i]) + (at - i) * (math.exp(node[i + 1]) - math.exp(node[i]))
    return math.log(r)


def mean_over_timing(node, age_y, of):
    s = TIMING_SD_Y * WEIGHT * timing_at(age_y)
    return sum(p * of(ln_at(node, age_y - s * z)) for z, p in NORMAL)


def nodes(root):
    """From the square roots of the falls to logarithms, the last one 0."""
    node = [0.0] * N
    for i in reversed(range(N - 1)):
        node[i] = node[i + 1] + root[i] ** 2
    return node


def figures(node, survey, slope):
    t1 = {a: ((mean_over_timing(node, a + 0.6, math.exp) * ADULT_S + 0.6) / 2 / t - 1) * 100
          for a, t in survey.items()}
    t11 = {a: 100 * (mean_over_timing(node, a + AHEAD_Y * timing_at(a), float)
                     - mean_over_timing(node, a + 1 + AHEAD_Y * timing_at(a), float)) for a in slope}
    return t1, t11


def residuals(root, survey, slope):
    node = nodes(root)
    t1, t11 = figures(node, survey, slope)
    r = [v / T1_SD_PCT for v in t1.values()]
    r += [(t11[a] - v) / T11_SD_PCT for a, v in slope.items()]
    r += [8 * min(0.0, t11[a] - least) for a, least in T11_LEAST_PCT.items()]
    r += [8 * max(0.0, t1[a] - most) for a, most in T1_MOST_PCT.items()]
    r += [100 * (node[i - 1] - 2 * node[i] + node[i + 1]) / BEND_PCT for i in range(1, N - 1)]
    return r


def solve(a, b):
    n = len(b)
    m = [row[:] + [b[i]] for i, row in enumerate(a)]
    for c in range(n):
        p = max(range(c, n), key=lambda k: abs(m[k][c]))
        m[c], m[p] = m[p], m[c]
        for k in range(c + 1, n):
            f = m[k][c] / m[c][c]
            for j in range(c, n + 1):
                m[k][j] -= f * m[c][j]
    x = [0.0] * n
    for c in reversed(range(n)):
        x[c] = (m[c][n] - sum(m[c][j] * x[j] for j in range(c + 1, n))) / m[c][c]
    return x


def fit(start, survey, slope):
    root = [math.sqrt(max(a - b, 1e-4)) for a, b in zip(start, start[1:])]
    r = residuals(root, survey, slope)
    damp = 0.1
    for _ in range(200):
        jac = []
        for i in range(len(root)):
            moved = root[:]
            moved[i] += 1e-5
            jac.append([(q - p) / 1e-5 for p, q in zip(r, residuals(moved, survey, slope))])
        a = [[sum(p * q for p, q in zip(u, v)) + (damp if u is v else 0) for v in jac] for u in jac]
        step = solve(a, [sum(p * q for p, q in zip(u, r)) for u in jac])
        trial = [x - s for x, s in zip(root, step)]
        q = residuals(trial, survey, slope)
        if sum(v * v for v in q) < sum(v * v for v in r):
            root, r, damp = trial, q, damp / 3
        else:
            damp *= 4
    return nodes(root)


def main():
    ap = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    here = pathlib.Path(__file__).resolve().parent.parent
    ap.add_argument("--data", type=pathlib.Path, default=here / "data/life")
    args = ap.parse_args()

    def rows(name):
        with open(args.data / name, encoding="utf-8") as f:
            return list(csv.DictReader(f))

    table = {s: [r for r in rows("bio_age_ratio.csv") if r["sex"] == s] for s in "mf"}
    survey = {int(r["age_completed_y"]): float(r["value"]) for r in rows("jp_50m_by_age.csv")
              if r["statistic"] == "mean" and r["sex"] == "m" and r["source"] == "SA2017"
              and int(r["age_completed_y"]) <= 14}
    slope = {int(r["age_y"]): float(r["cost_of_one_year_pct"]) for r in rows("relative_age_60m.csv")}
    boys = [math.log(float(r["ratio_to_adult_1"])) for r in table["m"]]
    node = fit(boys[:N], survey, slope)
    t1, t11 = figures(node, survey, slope)
    print("T1, % from the survey: " + " ".join("%d %+.1f" % v for v in t1.items()), file=sys.stderr)
    print("T11, % a year: " + " ".join("%d %.1f" % v for v in t11.items()), file=sys.stderr)
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["sex", "bio_age_y", "survey_1", "ratio_1"])
    for sex in "mf":
        for i, r in enumerate(table[sex]):
            own = math.exp(node[i]) if sex == "m" and i < N else float(r["ratio_to_adult_1"])
            out.writerow([sex, r["bio_age_y"], r["ratio_to_adult_1"], "%.5f" % own])


if __name__ == "__main__":
    main()
