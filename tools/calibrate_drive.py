#!/usr/bin/env python3
"""Prior of the drive model, and what it is worth on runs that it has not seen.

usage: tools/calibrate_drive.py > data/priors/drive.csv
       tools/calibrate_drive.py --report      what it predicts, each athlete left out in turn

Mean and spread of F0^2 / V0 (rise), fade and burst of the elite runs of data/priors/drive_runs.csv (use = 1)
by expectation maximisation: fit each run with the prior, take mean and spread (what each fit is
unsure of included) as the next prior. Fade goes with the square of the level, burst with the level.
How the rise goes with the level is read off 26 women of team sports (tests/data); their own spread
is that of the slow. The constants go to src/fit/drive_prior.c; its test compares.

A run counts only as far as fatigue explains it. From his marks up to N m (40 and more), by the prior
of the other athletes, his last mark is predicted; where he is later than at odds of one in a hundred
for all N together, he slowed after N by his own will or by mishap. src/fit/drive_ease.c says the same
of any run that is fitted. The rule and its odds stood before it was tried on these runs.
"""

import csv
import math
import pathlib
import statistics
import sys

import drive_twin as twin

ROOT = pathlib.Path(__file__).resolve().parent.parent
LEVEL = 12.0  # m/s, where the constants hold
FLOOR = (0.25, 0.02, 0.15)  # six runs must not make anyone too sure; own
EASE_FROM_M, EASE_ODDS = 40, 0.01  # src/fit/drive_ease.c
REACTION = (0.15, 0.02)  # s, of elite runs that tell none; mean of finals


def table(path):
    with open(ROOT / path, encoding="utf-8") as f:
        return list(csv.DictReader(x for x in f if x[0] != "#"))


def air_scale():
    return {r["model"]: float(r["cda_scale"]) for r in table("data/priors/air.csv")}["drive"]


def fade_factor(k, level):
    """Below the slowest of the runs nobody was measured over 100 m: up to four times as unsure; own."""
    beyond = (k["fade_known_mps"] - level) / (k["fade_known_mps"] - k["slow_level_mps"])
    return 1 + 2 * min(max(beyond, 0.0), 1.5)


class Run:
    def __init__(self, row, scale):
        self.name, self.athlete = row["run"] + " " + row["athlete"], row["athlete"]
        self.use = row["use"] == "1"
        at = [float(x) for x in row["at_m"].split()] or [10.0 * i for i in range(1, 11)]
        rt = float(row["reaction_s"]) if row["reaction_s"] else None
        time = [float(t) - (rt or 0) for t in row["times_s"].split()]
        time[-1] -= 0.005  # official times are rounded up
        self.all = list(zip(at, time))
        self.until, self.sigma = 999.0, float(row["sigma_s"])
        self.drag = twin.drag_per_m(scale, float(row["mass_kg"] or 78), float(row["stature_m"]))
        self.wind, self.tc = float(row["wind_mps"]), None if rt else REACTION
        x, t = [m for m in self.all if m[0] <= 60][-1]
        self.level = twin.level_mps(x, t - (0 if rt else REACTION[0]))

    def fit(self, k, until=None):
        marks = [m for m in self.all if m[0] <= (until or self.until)]
        rise = self.level / LEVEL
        prior = [None,
                 (k["rise_mps3"] + k["rise_by_level"] * (self.level - LEVEL), k["rise_sd"]),
                 (k["fade_mps3"] * rise**2, k["fade_sd"] * rise**2 * fade_factor(k, self.level)),
                 (k["burst_m"] * rise, k["burst_sd"] * rise)] + ([self.tc] if self.tc else [])
        start = [1.08 * self.level] + [q[0] for q in prior[1:]]
        return twin.Fit(*zip(*marks), self.sigma, self.drag, self.wind, prior, start)

    def slowed_after(self, k):
        """First mark from which on he lost more than k explains; 999 = none. And the largest excess."""
        last = self.all[-1]
        tried = [m[0] for m in self.all[2:-1] if m[0] >= EASE_FROM_M]
        limit, most = statistics.NormalDist().inv_cdf(1 - EASE_ODDS / len(tried)), -math.inf
        for until in tried:
            t, sd = self.fit(k, until).predict(last[0])
            excess = (last[1] - t) / math.hypot(sd, self.sigma)
            if excess > limit:
                return until, excess
            most = max(most, excess)
        return 999.0, most

    def scaled(self, k, fit):
        """What the fit says of the prior's constants, and its variances."""
        rise = self.level / LEVEL
        unit = (1.0, rise**2, rise)
        value = (fit.p[1] - k["rise_by_level"] * (self.level - LEVEL), fit.p[2], fit.p[3])
        return ([v if j == 0 else v / unit[j] for j, v in enumerate(value)],
                [fit.cov[j + 1][j + 1] / unit[j]**2 for j in range(3)])


def team_women(scale):
    """Level, rise and its spread in 26 women who started behind the first gate."""
    rows, found = table("tests/data/shorts_vescovi_01_26.csv"), []
    for r in rows:
        at = [5.0, 10.0, 20.0, 30.0, 35.0]
        time = [float(r[f"t_{x:.0f}m_s"]) for x in at]
        drag = twin.drag_per_m(scale, float(r["mass_kg"]), float(r["stature_cm"]) / 100)
        prior = [None, (5.5, 3.0), (0.03, 0.015), (0.3, 0.15), (-0.2, 0.3)]
        fit = twin.Fit(at, time, 0.008, drag, 0.0, prior, [8.4, 5.5, 0.03, 0.3, -0.2])
        found.append((twin.level_mps(35, time[-1] - fit.p[4]), fit.p[1], fit.cov[1][1]))
    mean = [sum(f[i] for f in found) / len(found) for i in range(3)]
    spread = sum((f[1] - mean[1])**2 for f in found) / (len(found) - 1) - mean[2]
    return mean[0], mean[1], math.sqrt(max(spread, 0.25))


NAMES = (("rise_mps3", "rise_sd"), ("fade_mps3", "fade_sd"), ("burst_m", "burst_sd"))


def expect(runs, slow, rounds=12):
    k = {"rise_mps3": 5.6, "rise_sd": 0.6, "fade_mps3": 0.06, "fade_sd": 0.03, "burst_m": 1.2,
         "burst_sd": 0.3, "rise_by_level": -0.08, "slow_level_mps": slow[0],
         "fade_known_mps": min(r.level for r in runs)}
    for _ in range(rounds):
        said = [r.scaled(k, r.fit(k)) for r in runs]
        for j, (mean, sd) in enumerate(NAMES):
            k[mean] = sum(s[0][j] for s in said) / len(said)
            var = sum((s[0][j] - k[mean])**2 + s[1][j] for s in said) / len(said)
            k[sd] = max(FLOOR[j], math.sqrt(var))
        k["rise_by_level"] = (k["rise_mps3"] - slow[1]) / (LEVEL - slow[0])
    return k


def others(runs, r):
    return [q for q in runs if q.use and q.athlete != r.athlete]


def settle(runs, slow, rounds=5):
    """Until where each run counts, by the prior of those who are not he."""
    for _ in range(rounds):
        was = [r.until for r in runs]
        for r in runs:
            if r.use:
                r.until = r.slowed_after(expect(others(runs, r), slow, 6))[0]
        if was == [r.until for r in runs]:
            return


def report(runs, slow):
    print("run,rmse_s,max_s,predicted_from_60m_error_s,sd_s,within_90,slowed_after_m,excess_sd")
    for r in runs:
        k = expect(others(runs, r), slow, 6)
        r.until, excess = r.slowed_after(k)
        whole, part = r.fit(k), r.fit(k, 60)
        t, sd = part.predict(100.0)
        miss = t - r.all[-1][1]
        rmse = math.sqrt(sum(m * m for m in whole.miss_s) / len(whole.miss_s))
        print(f"{r.name},{rmse:.4f},{max(map(abs, whole.miss_s)):.4f},{miss:+.3f},{sd:.3f},"
              f"{abs(miss) <= 1.645 * sd},{'' if r.until > 100 else f'{r.until:g}'},{excess:.1f}")


def main():
    scale = air_scale()
    runs, slow = [Run(r, scale) for r in table("data/priors/drive_runs.csv")], team_women(scale)
    settle(runs, slow)
    if "--report" in sys.argv:
        report(runs, slow)
        return
    k = expect([r for r in runs if r.use], slow)
    print("# Made by tools/calibrate_drive.py from drive_runs.csv; see there. Values at level_mps:")
    print("# fade goes with the square of the level, burst with the level; computed")
    print("name,value")
    print(f"level_mps,{LEVEL:g}")
    for name in ("rise_mps3", "rise_by_level", "rise_sd", "fade_mps3", "fade_sd", "burst_m",
                 "burst_sd"):
        print(f"{name},{k[name]:.4g}")
    print(f"slow_level_mps,{slow[0]:.4g}\nslow_rise_sd,{slow[2]:.4g}")
    print(f"fade_known_mps,{k['fade_known_mps']:.4g}")


if __name__ == "__main__":
    main()
