#!/usr/bin/env python3
"""Shares of the hips' speed that the middle of a foot has when it lands and leaves, as a net sees it:
the constants of src/measure/steps_speed.c.

usage: fit_contact_speed.py HECTO FOLDER [RUNNERS]

Films made-up runners from the side with the synthetic camera into FOLDER (tracks that are there
already are taken as they are; two minutes each), finds the points with the default net, and prints
for each share how far from the end of the contact the foot passes it: the mean over runners, the
standard deviation between runners and that within one, in ms, and each runner's own mean. Take the
share whose deviations are least: its mean for touch-down is ON_LATE_S; toe-off is the share whose
mean is about 0. Needs the nets (make models)."""
import csv
import json
import os
import random
import statistics
import subprocess
import sys

HECTO, FOLDER = sys.argv[1:3]
RUNNERS = int(sys.argv[3]) if len(sys.argv) > 3 else 8
FPS, WITHIN_S, NEAR_S = 240, 0.030, 0.045
LOST_S = 0.06  # so far off the foot was lost at the edge of the picture
PARTS = ("toe", "heel", "ankle")
SHARES = {True: (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6), False: (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8)}


def path(name):
    return os.path.join(FOLDER, name)


def film(seed):
    """A runner of 9.8 to 13.5 s, 11 to 20 m off, somewhere between 40 and 65 m: points by the net and the truth."""
    chance = random.Random(1000 + seed)
    time_s, stature_m = chance.uniform(9.8, 13.5), chance.uniform(1.55, 1.98)
    mass_kg = 22 * stature_m**2 * chance.uniform(0.88, 1.12)
    lane, away_m, height_m = chance.choice([3, 4, 5, 6]), chance.uniform(11, 20), chance.uniform(1, 2)
    x_m, reaction_s = chance.uniform(40, 65), chance.uniform(0.13, 0.18)
    name, sheet = f"contact-{seed}", path(f"contact-{seed}.csv")
    if not os.path.exists(path(name + "-net.csv")):
        with open(sheet, "w", encoding="utf-8") as f:
            f.write("lane,name,reaction_s,time_s,stature_m,mass_kg\n"
                    f"{lane},R,{reaction_s:.3f},{time_s:.2f},{stature_m:.2f},{mass_kg:.0f}\n")
        half_m = 0.52 * away_m  # of what the picture shows, nearly
        seen_s = [time_s * (0.14 + 0.86 * x / 100) for x in (x_m - half_m, x_m + half_m)]
        sets = ["place=side", f"fps={FPS}", f"only_lane={lane}", f"distance_m={away_m:.2f}", f"height_m={height_m:.2f}",
                f"x_m={x_m:.1f}", f"seed={seed}"]
        subprocess.run([HECTO, "film", sheet, "--camera", "phone", *[a for s in sets for a in ("--set", "phone." + s)], "--size",
                        "1920x1080", "--from", f"{max(1.5, seen_s[0] - 0.15):.2f}", "--to", f"{seen_s[1] + 0.15:.2f}", "--truth",
                        path(name + ".json"), "-o", path(name + ".mp4"), "-q"], check=True)
        subprocess.run([HECTO, "measure", path(name + ".mp4"), "--pose", "--marks", path(name + ".json"), "-o",
                        path(name + "-net.csv"), "-q"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.remove(path(name + ".mp4"))
    with open(path(name + ".json"), encoding="utf-8") as f:
        return track(path(name + "-net.csv")), [c for lane in json.load(f)["lanes"] for c in lane["contacts"]]


def track(name):
    """time -> point -> x_m"""
    out = {}
    with open(name, encoding="utf-8") as f:
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


def hips_mps(seen):
    hips = [(t, 0.5 * (p["hip_l"] + p["hip_r"])) for t, p in sorted(seen.items()) if "hip_l" in p and "hip_r" in p]
    return (hips[-1][1] - hips[0][1]) / (hips[-1][0] - hips[0][0])


def stands(seen, contacts):
    """(contact, speeds of its foot, the slowest of them) where it is seen."""
    for c in contacts:
        points = [f"{p}_{c['foot'][0]}" for p in PARTS]
        v = speeds([(t, sum(p[q] for q in points) / 3) for t, p in sorted(seen.items()) if all(q in p for q in points)])
        near = [k for k in range(len(v)) if abs(v[k][0] - 0.5 * (c["on_s"] + c["off_s"])) < NEAR_S]
        if near:
            yield c, v, min(near, key=lambda k: v[k][1])


def late_ms(runner, share, is_on):
    hip_mps, feet = runner
    for c, v, slowest in feet:
        at = passes(v, slowest, -1 if is_on else 1, share * hip_mps)
        late_s = None if at is None else at - c["on_s" if is_on else "off_s"]
        if late_s is not None and abs(late_s) < LOST_S:
            yield 1000 * late_s


def main():
    os.makedirs(FOLDER, exist_ok=True)
    runners = []
    for seed in range(RUNNERS):
        seen, contacts = film(seed)
        runners.append((hips_mps(seen), list(stands(seen, contacts))))
        print(f"runner {seed}: {runners[-1][0]:.2f} m/s, {len(contacts)} contacts", file=sys.stderr)
    print("end         share    mean  between  within  runners' means [ms]")
    for is_on, shares in SHARES.items():
        for share in shares:
            late = [e for e in (list(late_ms(r, share, is_on)) for r in runners) if len(e) > 2]
            means = [statistics.mean(e) for e in late]
            print(f"{'touch-down' if is_on else 'toe-off   '}  {share:5.2f}  {statistics.mean(means):+6.1f}  "
                  f"{statistics.stdev(means):7.1f}  {statistics.mean(map(statistics.stdev, late)):6.1f}  "
                  + " ".join(f"{m:+.1f}" for m in means))


main()
