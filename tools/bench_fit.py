#!/usr/bin/env python3
"""How many times faster than R a fit is: the same models on the same data, in one run.

usage: bench_fit.py BUILD_DIR [TEST_DATA_DIR]

R: the models of the package shorts through minpack.lm::nlsLM with their summary (standard errors, RSE), R already
loaded (tools/bench_r.R). C: the same parameters, standard errors and RSE through the shared library, options read
and profile freed in each fit (bench/fit_library.c). Both tell the median over rounds of the processor time of one
fit, so that other work on the machine counts little; what is compared is their ratio. A case is the mean over its
data sets. Prints CSV lines job,unit,value; without R only our side."""
import pathlib
import shutil
import subprocess
import sys

CASES = [("gates", "none"), ("gates", "tc"), ("gates", "fd"), ("radar", "tc")]
CLOSE = 2e-5  # relative: how far R stops from the optimum, and from us


def rows(path):
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    head = lines[0].split(",")
    return [dict(zip(head, line.split(","))) for line in lines[1:]]


def blocks(data):
    """{(case, data set): lines of one block}"""
    splits, radar = rows(data / "shorts_split_times.csv"), rows(data / "shorts_jb_morin.csv")
    found = {}
    for kind, correct in CASES:
        if kind == "radar":
            found[f"{kind}_{correct}", "jb_morin"] = [f"{r['time_s']} {r['velocity_mps']}" for r in radar]
            continue
        for who in dict.fromkeys(r["athlete"] for r in splits):
            found[f"{kind}_{correct}", who] = [f"{r['distance_m']} {r['time_s']}" for r in splits if r["athlete"] == who]
    return found


def measured(command, given):
    """{(case, data set): (us, mss, mac)} and remarks."""
    text = "".join(f"{who} {case.replace('_', ' ')} {len(lines)}\n" + "\n".join(lines) + "\n"
                   for (case, who), lines in given.items())
    out = subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout.splitlines()
    told = [line.split() for line in out if not line.startswith("#")]
    found = {key: tuple(map(float, t[2:5])) for key, t in zip(given, told)}
    return found, [line for line in out if line.startswith("#")]


def has_r():
    return shutil.which("Rscript") and subprocess.run(
        ["Rscript", "-e", 'q(status = !requireNamespace("minpack.lm", quietly = TRUE))'], capture_output=True).returncode == 0


def main():
    build = pathlib.Path(sys.argv[1])
    here = pathlib.Path(__file__).resolve().parent
    given = blocks(pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else here.parent / "tests" / "data")
    ours, _ = measured([build / "bench" / "fit_library"], given)
    theirs, remarks = measured(["Rscript", "--vanilla", here / "bench_r.R"], given) if has_r() else ({}, [])
    print("\n".join(remarks or ["# no R with minpack.lm: nothing to compare with"]))
    for case in (f"{k}_{c}" for k, c in CASES):
        keys = [key for key in given if key[0] == case]
        us = sum(ours[k][0] for k in keys) / len(keys)
        print(f"fit_library_{case},us,{us:.2f}")
        if not theirs:
            continue
        r_us = sum(theirs[k][0] for k in keys) / len(keys)
        apart = max(abs(a / b - 1) for k in keys for a, b in zip(ours[k][1:], theirs[k][1:]))
        print(f"fit_r_{case},us,{r_us:.0f}\nfit_r_over_library_{case},times,{r_us / us:.0f}")
        if apart > CLOSE:
            sys.exit(f"{case}: R and the library differ by {apart:.1e}")


main()
