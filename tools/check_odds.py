#!/usr/bin/env python3
"""How probable was what happened? Odds of real finals from the semi-finals, against the finals.

usage: tools/check_odds.py [HECTO [options of hecto race --runs ...]]
  e.g. tools/check_odds.py build/hecto --form-sd-frac 0.006

Each finalist is fitted to his semi-final (time, reaction, wind), hecto race draws the final in the
wind of the final, and the official result is laid beside the odds. Data and their sources:
data/odds/semi_to_final.csv. The last part needs no odds: what the same pairs say of race-to-race
variation, for form_sd_frac and the law of reactions. docs/physics/simulate.md quotes the figures.
"""

import csv
import json
import math
import pathlib
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATA = ROOT / "data/odds/semi_to_final.csv"
RUNS = "50000"


def finals():
    with open(DATA, encoding="utf-8") as f:
        rows = list(csv.DictReader(line for line in f if line[0] != "#"))
    for r in rows:
        for k in r:
            if k not in ("final", "sex", "name", "pulled_up"):
                r[k] = float(r[k])
    by = {}
    for r in rows:
        by.setdefault(r["final"], []).append(r)
    return by


def run(*args):
    p = subprocess.run(args, capture_output=True, text=True, timeout=600)
    if p.returncode:
        sys.exit(f"{' '.join(args)}: {p.stderr}")
    return p.stdout


def odds_of(hecto, field, options, folder):
    """The odds of a final from its semi-finals, in the order of the rows."""
    lanes = []
    for k, r in enumerate(field, 1):
        sheet, fitted = folder / f"{k}.csv", folder / f"{k}.json"
        sheet.write_text(f"# wind_mps: {r['semi_wind_mps']}\n# sex: {r['sex']}\nlane,name,reaction_s,time_s\n"
                         f"{k},{r['name']},{r['semi_reaction_s']:.3f},{r['semi_time_s']:.2f}\n", encoding="utf-8")
        run(hecto, "fit", str(sheet), "--lane", str(k), "-q", "-o", str(fitted))
        lanes.append(f"{k}={fitted}")
    final = folder / "final.csv"
    final.write_text(f"# wind_mps: {field[0]['final_wind_mps']}\n# sex: {field[0]['sex']}\nlane,name,time_s,status\n"
                     + "".join(f"{k},{r['name']},,DNS\n" for k, r in enumerate(field, 1)), encoding="utf-8")
    text = run(hecto, "race", str(final), "--runs", RUNS, "--json", "-q", "--lane", ",".join(lanes), *options)
    odds = json.loads(text)["odds"]
    assert [o["name"] for o in odds] == [r["name"] for r in field]
    return odds


class Bins:
    """Chances told and outcomes that came, by range of the chance."""

    def __init__(self, *edges):
        self.edges = edges
        self.sums = [[0, 0.0, 0, 0.0] for _ in range(len(edges) + 1)]

    def add(self, chance, came):
        s = self.sums[sum(chance >= e for e in self.edges)]
        s[0] += 1
        s[1] += chance
        s[2] += came
        s[3] += chance * (1 - chance)

    def show(self, what):
        print(f"\n{what}\n   chance       n   told   came   sd by chance")
        for lo, hi, s in zip((0, *self.edges), (*self.edges, 1), self.sums):
            print(f"{100 * lo:4.0f}-{100 * hi:3.0f} %  {s[0]:5d}  {s[1]:5.1f}  {s[2]:5d}   {math.sqrt(s[3]):5.1f}")


def told_and_came(hecto, by, options):
    wins, medals, pairs = Bins(0.05, 0.2, 0.5), Bins(0.1, 0.3, 0.6), Bins(0.6, 0.7, 0.8, 0.9)
    log_loss, brier, reach, z, shift, within = [], [], [0, 0, 0], [], [], 0
    print(f"{'final':20s} {'winner':23s} chance   favourite               chance  log2 1/p")
    for name, field in by.items():
        with tempfile.TemporaryDirectory() as d:
            odds = odds_of(hecto, field, options, pathlib.Path(d))
        order = [r["final_time_s"] for r in field]
        favourite = max(range(len(odds)), key=lambda i: odds[i]["p_win"])
        p = odds[0]["p_win"]  # rows stand in the order of the result
        log_loss.append(-math.log2(p))
        brier.append(sum((o["p_win"] - (i == 0)) ** 2 for i, o in enumerate(odds)))
        print(f"{name:20s} {field[0]['name']:23s} {100 * p:5.1f}    {field[favourite]['name']:23s}"
              f" {100 * odds[favourite]['p_win']:5.1f}   {log_loss[-1]:5.2f}")
        off = []
        for i, o in enumerate(odds):
            wins.add(o["p_win"], i == 0)
            medals.add(sum(o["p_place"][:3]), i < 3)
            for j in range(len(odds)):
                if o["p_ahead"][j] > 0.5 and order[i] != order[j]:
                    pairs.add(o["p_ahead"][j], order[i] < order[j])
            miss = order[i] - 0.005 - o["time_s_mean"]  # official times are rounded up
            reach[0] += order[i] - 0.005 < o["time_s_lo90"]
            reach[2] += order[i] - 0.005 > o["time_s_hi90"]
            if not field[i]["pulled_up"]:
                off.append(miss / o["time_s_sd"])
        z += off
        shift.append(statistics.mean(off))
        within += sum((x - shift[-1]) ** 2 for x in off)
    n = sum(len(f) for f in by.values())
    wins.show("winning")
    medals.show("first three (finalists who were annulled are not in the field)")
    pairs.show("ahead of a rival (pairs of one final hang together: the sd is too small)")
    print(f"\nwinners: {statistics.mean(log_loss):.2f} bits a final, knowing nothing"
          f" {statistics.mean(math.log2(len(f)) for f in by.values()):.2f};"
          f" Brier {statistics.mean(brier):.3f}, knowing nothing"
          f" {statistics.mean(1 - 1 / len(f) for f in by.values()):.3f}")
    print(f"times of {n}: {100 * reach[0] / n:.0f} % faster than the 90 % interval, {100 * reach[2] / n:.0f} % slower")
    print(f"in sds of the odds: mean {statistics.mean(z):+.2f}, sd {statistics.stdev(z):.2f};"
          f" finals as a whole {min(shift):+.2f} to {max(shift):+.2f}")
    df = len(z) - len(by)
    lo, hi = chi2_interval(df)
    sd = math.sqrt(within / df)
    print(f"within a final, which is what places depend on: sd {sd:.2f} (90 % {lo * sd:.2f} to {hi * sd:.2f})")


def chi2_interval(df):
    """90 % interval of sd / true sd, inverted; Wilson and Hilferty 1931."""
    q = [df * (1 - 2 / (9 * df) + s * 1.6449 * math.sqrt(2 / (9 * df))) ** 3 for s in (1, -1)]
    return [math.sqrt(df / x) for x in q]


def still(time_s, wind_mps):
    """The run in still air: what wind is worth to a runner of 10 to 11 s, air.md."""
    return time_s + 0.050 * wind_mps - 0.0015 * wind_mps * wind_mps


def change(r):
    """Logarithm of the run of the final over that of the semi-final."""
    runs = [still(r[k + "_time_s"] - r[k + "_reaction_s"], r[k + "_wind_mps"]) for k in ("final", "semi")]
    return math.log(runs[0] / runs[1])


def variation(what, by):
    runs, reactions, df = 0, [], 0
    for field in by.values():
        rows = [r for r in field if not r["pulled_up"]]
        mean = statistics.mean(change(r) for r in rows)
        runs += sum((change(r) - mean) ** 2 for r in rows)
        reactions += [r["final_reaction_s"] - r["semi_reaction_s"] for r in rows]
        df += len(rows) - 1
    lo, hi = chi2_interval(df)
    sd = math.sqrt(runs / df / 2)
    print(f"\n{what}: run from the reaction, wind taken off, one race of two on a day: sd {100 * sd:.2f} %"
          f" (90 % {100 * lo * sd:.2f} to {100 * hi * sd:.2f}; {len(reactions)} pairs, {df} degrees of freedom)")
    sd = statistics.stdev(reactions) / math.sqrt(2)
    lo, hi = chi2_interval(len(reactions) - 1)
    print(f"{what}: reaction of one runner in one of two races: sd {sd:.4f} s (90 % {lo * sd:.4f} to {hi * sd:.4f})")


def main():
    hecto = sys.argv[1] if len(sys.argv) > 1 else str(ROOT / "build/hecto")
    by = finals()
    told_and_came(hecto, by, sys.argv[2:])
    variation("all", by)
    for sex in ("men", "women"):
        variation(sex, {name: f for name, f in by.items() if f[0]["sex"] == sex})


if __name__ == "__main__":
    main()
