#!/usr/bin/env python3
"""Shares of the hips' speed that the middle of a foot has when it lands and leaves, as a net sees it:
the constants of src/measure/steps_speed.c.

usage: fit_contact_speed.py FOLDER

FOLDER is that of fit_pose_sigma.py, after it ran. Prints for each share how far the foot passes it
from the end of the contact, mean and standard deviation over all clips, by the net and by the true
points; take the share whose deviation is least, its mean for touch-down is ON_LATE_S. Toe-off: the
share whose mean is about 0."""
import csv
import glob
import json
import os
import statistics
import sys

FOLDER = sys.argv[1]
WITHIN_S, NEAR_S = 0.030, 0.045
PARTS = ("toe", "heel", "ankle")


def track(path):
    """time -> point -> x_m"""
    out = {}
    with open(path, encoding="utf-8") as f:
        for r in csv.DictReader(line for line in f if not line.startswith("#")):
            if r["x_m"]:
                out.setdefault(float(r["time_s"]), {})[r["point"]] = float(r["x_m"])
    return out


def speeds(places):
    """(time, slope of the line through what lies near) of (time, place)."""
    out = []
    for i, (t, _) in enumerate(places):
        near = [(u, x) for k, (u, x) in enumerate(places) if abs(k - i) <= 1 or abs(u - t) <= WITHIN_S]
        if len(near) > 2:
            out.append((t, statistics.linear_regression(*zip(*near)).slope))
    return out


def passes(v, k, step, level):
    while 0 <= k + step < len(v):
        (ta, a), (tb, b) = v[k], v[k + step]
        if a < level <= b:
            return ta + (level - a) / (b - a) * (tb - ta)
        k += step
    return None


def errors(seen, contacts, share, is_on):
    hips = [(t, 0.5 * (p["hip_l"] + p["hip_r"])) for t, p in sorted(seen.items()) if "hip_l" in p and "hip_r" in p]
    level = share * (hips[-1][1] - hips[0][1]) / (hips[-1][0] - hips[0][0])
    for c in contacts:
        points = [f"{p}_{c['foot'][0]}" for p in PARTS]
        v = speeds([(t, sum(p[q] for q in points) / 3) for t, p in sorted(seen.items()) if all(q in p for q in points)])
        middle = 0.5 * (c["on_s"] + c["off_s"])
        stands = [k for k in range(len(v)) if abs(v[k][0] - middle) < NEAR_S]
        if stands:
            at = passes(v, min(stands, key=lambda k: v[k][1]), -1 if is_on else 1, level)
            if at is not None:
                yield at - c["on_s" if is_on else "off_s"]


def main():
    print("end        share  by net: mean, sd   by truth: mean, sd [ms]")
    clips = [p[:-len("-net.csv")] for p in sorted(glob.glob(os.path.join(FOLDER, "joints-*-net.csv")))]
    for is_on, shares in ((True, (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5)), (False, (0.6, 0.65, 0.7, 0.75, 0.8))):
        for share in shares:
            row = []
            for kind in ("-net.csv", "-truth.csv"):
                e = []
                for clip in clips:
                    with open(clip + ".json", encoding="utf-8") as f:
                        contacts = [c for lane in json.load(f)["lanes"] for c in lane["contacts"]]
                    e += errors(track(clip + kind), contacts, share, is_on)
                row += [1000 * statistics.mean(e), 1000 * statistics.stdev(e)]
            print(f"{'touch-down' if is_on else 'toe-off   '} {share:5.2f}  {row[0]:+12.1f} {row[1]:5.1f}   {row[2]:+12.1f} {row[3]:5.1f}")


main()
