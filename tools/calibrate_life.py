#!/usr/bin/env python3
"""Fit constants of the model of lives to what is publicly known of careers.

usage: tools/calibrate_life.py HECTO [--sex men|women] [--people N] [--rounds N] [--start FILE]
                               [--free NAME,...] [-o FILE]

Damped least squares (Levenberg-Marquardt) over `hecto life --validate --quick --json --set ...`.
A residual is (got - middle of the bounds) / half their width; its square counts in full up to the
bounds and grows on beyond, so that the fit first brings in what is out. Each constant is held to
where it began by a residual of its own, (value - start) / spread, as one more datum of weight 0.3.
Derivatives are differences over a third of the spread: steps large against the Monte Carlo error of
the quick run, with the same seed, so that most luck is common. One round costs 1 + constants runs and
up to three trials: with 20 classes of 150,000 boys 6 minutes on two idle cores, of girls 2. Figures
of lists (T4, T7, T8) are meant for that size: at a smaller one use it to come near, not to end.

Participation is not fitted but given (club_13_frac), the growth table has a program of its own
(tools/fit_growth_ratio.py, to be run before), and only then come these, men first: women share the
men's careers and have a floor, a distance, a spread of talent and a senior's level of their own. Writes CSV: name, value, start, spread, sex; with --apply FILE also into that params.c
(then data/life/parameters.csv by tools/list_life_params.py).
"""
import argparse
import csv
import json
import math
import pathlib
import re
import subprocess
import sys

# name: spread within which a value is believed; docs/physics/life.md says why
SPREAD = {
    "men": {
        "distance_ln": 0.04, "talent_ln": 0.02, "timing_weight": 0.1, "drift_weight": 0.04,
        "trainable_ln": 0.04, "trainable_log_sd": 0.06, "train_rate_per_y": 0.02,
        "join_slope": 0.3, "join_early_logit": 0.5, "join_high_logit": 0.5, "join_late_logit": 0.7,
        "leave_15_logit": 0.3, "leave_18_logit": 0.4, "leave_18_slope": 0.3, "leave_slope": 0.15,
        "leave_senior_logit": 0.4, "rejoin_logit": 0.7, "squad_trainable_frac": 0.05, "squad_stay_logit": 0.4,
        "rival_from": 0.3,
    },
    "women": {"distance_ln": 0.04, "talent_ln": 0.02, "senior_s": 0.3},
}
PRIOR_WEIGHT = 0.3
STEP = 0.33
OTHERS = {"men": ("girls", "women", "both"), "women": ("boys", "men", "both")}


def run(hecto, sex, people, values):
    cmd = [hecto, "life", "--validate", "--quick", "--json", "-q", "--people", str(people),
           "--no-women" if sex == "men" else "--no-men"]
    for name, v in values.items():
        cmd += ["--set", "life.%s=%.6g" % (name, v)]
    out = subprocess.run(cmd, check=True, capture_output=True, text=True).stdout
    return json.loads(out)["targets"]


def residuals(targets, sex):
    """Of the targets that this sex decides and constants can move (bodies' heights they cannot)."""
    out = []
    for t in targets:
        if t["got"] is None or t["id"].startswith("T3") or t["group"].startswith(OTHERS[sex]):
            continue
        lo, hi = t["lo"], t["hi"]
        if hi is None:
            hi = lo + 2
        out.append((t["got"] - (lo + hi) / 2) / ((hi - lo) / 2))
    return out


def loss_of(r):
    """Within bounds counts a quarter of beyond."""
    return sum(0.25 * v * v if abs(v) <= 1 else v * v - 0.75 for v in r)


def solve(a, b):
    """Gauss with pivots, for a few unknowns."""
    n = len(b)
    m = [row[:] + [b[i]] for i, row in enumerate(a)]
    for c in range(n):
        p = max(range(c, n), key=lambda r: abs(m[r][c]))
        m[c], m[p] = m[p], m[c]
        for r in range(c + 1, n):
            f = m[r][c] / m[c][c]
            for k in range(c, n + 1):
                m[r][k] -= f * m[c][k]
    x = [0.0] * n
    for c in reversed(range(n)):
        x[c] = (m[c][n] - sum(m[c][k] * x[k] for k in range(c + 1, n))) / m[c][c]
    return x


def tell(text):
    print(text, file=sys.stderr, flush=True)


def defaults(sex, names):
    """As data/life/parameters.csv has them."""
    table = pathlib.Path(__file__).resolve().parent.parent / "data/life/parameters.csv"
    with open(table, encoding="utf-8") as f:
        return {r["name"]: float(r[sex]) for r in csv.DictReader(f) if r["name"] in names}


def apply(path, sex, values):
    """Men's defaults stand in the rows, women's in hm_life_params_default."""
    text = open(path, encoding="utf-8").read()
    for name, v in values.items():
        if sex == "men":
            at = r'(\{AT\(%s\), REAL, "[^"]*", )[-\d.e]+' % name
        else:
            at = r"(p\.%s = )[-\d.e]+" % name
        text, n = re.subn(at, lambda m: m.group(1) + "%.4g" % v, text, count=1)
        if n == 0:
            tell("%s has no place in %s: write it by hand" % (name, path))
    open(path, "w", encoding="utf-8").write(text)


def main():
    ap = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ap.add_argument("hecto")
    ap.add_argument("--sex", choices=("men", "women"), default="men")
    ap.add_argument("--people", type=int, default=150000)
    ap.add_argument("--rounds", type=int, default=2)
    ap.add_argument("--start", help="CSV of an earlier fit")
    ap.add_argument("--free", help="constants to fit, all others stay (default: all of the list)")
    ap.add_argument("--apply", metavar="FILE", help="src/life/params.c, to write the values into")
    ap.add_argument("-o", "--output", default="-")
    args = ap.parse_args()

    spread = SPREAD[args.sex]
    if args.free:
        spread = {n: spread[n] for n in args.free.split(",")}
    names = list(spread)
    start = defaults(args.sex, names)
    fixed = {}  # of --start, those that are not free
    if args.start:
        for line in open(args.start).read().splitlines()[1:]:
            cell = line.split(",")
            (start if cell[0] in names else fixed)[cell[0]] = float(cell[1])
    x = [start[n] for n in names]

    def at(v):
        return residuals(run(args.hecto, args.sex, args.people, {**fixed, **dict(zip(names, v))}), args.sex)

    r = at(x)
    best = loss_of(r)
    tell("start: loss %.2f, %d of %d held" % (best, sum(abs(v) <= 1 for v in r), len(r)))
    for k in range(args.rounds):
        jac = []
        for i, n in enumerate(names):
            v = x[:]
            v[i] += STEP * spread[n]
            jac.append([(b - a) / STEP for a, b in zip(r, at(v))])
            tell("  d/d %s" % n)
        w = [1.0 if abs(v) > 1 else 0.5 for v in r]
        improved = False
        for damp in (0.1, 1.0, 5.0):
            a = [[sum(wk * wk * p * q for wk, p, q in zip(w, jac[i], jac[j])) for j in range(len(x))]
                 for i in range(len(x))]
            g = [sum(wk * wk * p * v for wk, p, v in zip(w, jac[i], r)) for i in range(len(x))]
            for i, n in enumerate(names):
                pull = (x[i] - start[n]) / spread[n]
                a[i][i] += PRIOR_WEIGHT ** 2 + damp
                g[i] += PRIOR_WEIGHT ** 2 * pull
            step = solve(a, g)
            v = [x[i] - max(-2.0, min(2.0, step[i])) * spread[n] for i, n in enumerate(names)]
            trial = at(v)
            tell("round %d, damping %g: loss %.2f, %d of %d held" %
                 (k + 1, damp, loss_of(trial), sum(abs(q) <= 1 for q in trial), len(trial)))
            if loss_of(trial) < best:
                x, r, best, improved = v, trial, loss_of(trial), True
                break
        if not improved:
            break
    rows = ["name,value,start,spread,sex"]
    rows += ["%s,%.4g,%.4g,%g,%s" % (n, v, start[n], spread[n], args.sex) for n, v in zip(names, x)]
    text = "\n".join(rows) + "\n"
    if args.apply:
        apply(args.apply, args.sex, dict(zip(names, x)))
    if args.output == "-":
        sys.stdout.write(text)
    else:
        open(args.output, "w").write(text)


if __name__ == "__main__":
    main()
