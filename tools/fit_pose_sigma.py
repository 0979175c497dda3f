#!/usr/bin/env python3
"""How far the net's points lie from the joints of a drawn runner: the constants joint_sd_m of
src/pose/smooth.c.

usage: fit_pose_sigma.py HECTO FOLDER

Films a runner from the side with the synthetic camera into FOLDER (clips that are there already are
taken as they are; 10 and 20 m off, 60, 120 and 240 images a second, 1080p), finds the points with the
default net, and prints for each part of the body what has to be added to the sigma that a track gives
(joint_sd_m = 0 while this runs, or its present value is taken off) so that 90 % of the errors of an
axis lie within 1.645 of it. Needs the nets (make models)."""
import csv
import json
import math
import os
import subprocess
import sys

HECTO, FOLDER = sys.argv[1:3]
ONE = ("lane,name,reaction_s,split_20_s,split_60_s,time_s,stature_m,mass_kg\n"
       "4,Runner,0.146,2.88,6.29,9.58,1.96,94\n")
TO_90 = 1.6449
PARTS = {"head": ("nose", "eye", "ear", "mouth"), "trunk": ("shoulder", "hip"), "elbow": ("elbow",),
         "hand": ("wrist", "little", "index", "thumb"), "knee": ("knee",), "foot": ("ankle", "heel", "toe")}


def path(name):
    return os.path.join(FOLDER, name)


def track(name):
    """(time, point) -> (x_px, y_px, sigma_px, x_m, z_m)."""
    with open(path(name), encoding="utf-8") as f:
        rows = csv.DictReader(line for line in f if not line.startswith("#"))
        return {(round(float(r["time_s"]), 3), r["point"]): [float(r[k]) if r[k] else math.nan for k in
                                                             ("x_px", "y_px", "sigma_px", "x_m", "z_m")] for r in rows}


def px_per_m(want, time_s):
    """Of the runner in an image: from the ankle to the ear of one side, in both."""
    a, b = want.get((time_s, "ankle_l")), want.get((time_s, "ear_l"))
    return math.nan if a is None or b is None else math.hypot(a[0] - b[0], a[1] - b[1]) / math.hypot(a[3] - b[3], a[4] - b[4])


def clip(fps, away_m):
    name = f"joints-{fps}-{away_m}"
    sheet = path("one.csv")
    with open(sheet, "w", encoding="utf-8") as f:
        f.write(ONE)
    sets = [f"phone.{s}" for s in ("place=side", f"fps={fps}", "only_lane=4", f"distance_m={away_m}")]
    if not os.path.exists(path(name + ".mp4")):
        subprocess.run([HECTO, "film", sheet, "--camera", "phone", *[a for s in sets for a in ("--set", s)], "--size",
                        "1920x1080", "--from", "3.9", "--to", "6.2", "--truth", path(name + ".json"), "--truth-track",
                        path(name + "-truth.csv"), "-o", path(name + ".mp4"), "-q"], check=True)
    subprocess.run([HECTO, "measure", path(name + ".mp4"), "--pose", "--marks", path(name + ".json"), "-o",
                    path(name + "-net.csv"), "-q"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return track(name + "-net.csv"), track(name + "-truth.csv")


def main():
    os.makedirs(FOLDER, exist_ok=True)
    error, told = {part: [] for part in PARTS}, {part: [] for part in PARTS}
    for fps in (60, 120, 240):
        for away_m in (10, 20):
            got, want = clip(fps, away_m)
            for key in got.keys() & want.keys():
                scale = px_per_m(want, key[0])
                part = next(p for p, names in PARTS.items() if key[1].startswith(names))
                for axis in (0, 1):
                    d = abs(got[key][axis] - want[key][axis]) / scale
                    if math.isfinite(d):
                        error[part].append(d)
                        told[part].append(got[key][2] / scale)
    print("part    errors  median_m  p90_m  sigma_m  inside   sd_m that holds 90 %")
    for part, e in error.items():
        inside = sum(d <= TO_90 * s for d, s in zip(e, told[part])) / len(e)
        ordered = sorted(e)
        p90 = ordered[int(0.9 * len(e))]
        print(f"{part:6} {len(e):7}  {ordered[len(e) // 2]:8.3f} {p90:6.3f}  {sum(told[part]) / len(e):7.3f}  "
              f"{100 * inside:4.0f} %   {p90 / TO_90:.3f}")


main()
