#!/usr/bin/env python3
"""Points of one person in four calibrated views: do the views agree, and do bones keep their length?

usage: check_four_views.py HECTO CLIPS [--net NAME] [--raw]

CLIPS holds pose2sim/cam01.mp4 .. cam04.mp4 and Calib.qca.txt (perfanalytics/pose2sim, BSD-3-Clause; a
man of about 900 px balances, 100 images). Sixteen joints are placed in space from three or four views by
least squares of the reprojection; with four, one view is left out where that brings the mean error
below 60 %. Prints the median reprojection error and the spread of bone lengths; the bars are 12 px and
25 mm. No lens correction. Two views differ by 8 px in width from their calibration: nothing is scaled."""
import csv
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile

POINTS = [f"{p}_{s}" for p in ("shoulder", "elbow", "wrist", "hip", "knee", "ankle", "heel", "toe") for s in "lr"]
BONES = [("thigh", "hip", "knee"), ("shank", "knee", "ankle"), ("upper arm", "shoulder", "elbow")]
REPROJECTION_BAR_PX, BONE_BAR_MM = 12, 25
FOUR_VIEWS_BETTER = 0.6


def attributes(tag):
    return {k: v for k, v in re.findall(r'(\w+)="([^"]*)"', tag)}


def cameras(path):
    """Rows of K [R | t] for each camera, world in metres."""
    text = path.read_text(encoding="utf-8", errors="replace")
    out = []
    for block in re.findall(r"<camera .*?</camera>", text, re.S):
        fov = attributes(re.search(r"<fov_video\s[^>]*>", block).group(0))
        turn = attributes(re.search(r"<transform\s[^>]*>", block).group(0))
        lens = attributes(re.search(r"<intrinsic\s[^>]*>", block).group(0))
        r = [[float(turn[f"r{i}{j}"]) for j in (1, 2, 3)] for i in (1, 2, 3)]
        r = [r[0], [-v for v in r[1]], [-v for v in r[2]]]
        at = [float(turn[k]) / 1000 for k in "xyz"]
        t = [-sum(r[i][k] * at[k] for k in range(3)) for i in range(3)]
        fu, fv = float(lens["focalLengthU"]) / 64, float(lens["focalLengthV"]) / 64
        cu = float(lens["centerPointU"]) / 64 - float(fov["left"])
        cv = float(lens["centerPointV"]) / 64 - float(fov["top"])
        row = [r[i] + [t[i]] for i in range(3)]
        out.append([[fu * row[0][k] + cu * row[2][k] for k in range(4)],
                    [fv * row[1][k] + cv * row[2][k] for k in range(4)], row[2]])
    return out


def seen_at(p, x):
    w = [sum(p[i][k] * x[k] for k in range(3)) + p[i][3] for i in range(3)]
    return w[0] / w[2], w[1] / w[2], w[2]


def solve3(a, b):
    """Cramer's rule; a is symmetric."""
    def det(m):
        return (m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1])
                - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
                + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]))
    d = det(a)
    return [det([[b[i] if j == k else a[i][j] for j in range(3)] for i in range(3)]) / d for k in range(3)]


def place(views):
    """Point in space from [(P, u, v)]: linear equations, weighted by depth until they are pixels."""
    weight, x = [1.0] * len(views), None
    for _ in range(4):
        ata, atb = [[0.0] * 3 for _ in range(3)], [0.0] * 3
        for (p, u, v), w in zip(views, weight):
            for at, row in ((u, p[0]), (v, p[1])):
                a = [(row[k] - at * p[2][k]) / w for k in range(4)]
                for i in range(3):
                    atb[i] -= a[i] * a[3]
                    for j in range(3):
                        ata[i][j] += a[i] * a[j]
        x = solve3(ata, atb)
        weight = [seen_at(p, x)[2] for p, _, _ in views]
    error = 0
    for p, u, v in views:
        a, b, _ = seen_at(p, x)
        error += ((a - u) ** 2 + (b - v) ** 2) ** 0.5 / len(views)
    return x, error


def best_place(views):
    x, error = place(views)
    if len(views) == 4:
        for leave in range(4):
            y, other = place(views[:leave] + views[leave + 1:])
            if other < FOUR_VIEWS_BETTER * error:
                x, error = y, other
    return x, error


def track(hecto, clip, options):
    """{image: {point: (x, y)}} of the most prominent person."""
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder) / "track.csv"
        subprocess.run([hecto, "measure", clip, "--pose", "-q", "-o", out, *options], check=True,
                       stdout=subprocess.DEVNULL)
        lines = [s for s in out.read_text().splitlines() if not s.startswith("#")]
    frames = {}
    for row in csv.DictReader(lines):
        if row["person"] == "1" and row["x_px"] and row["point"] in POINTS:
            frames.setdefault(round(float(row["time_s"]) * 60), {})[row["point"]] = (
                float(row["x_px"]), float(row["y_px"]))
    return frames


def measure(hecto, clips, options):
    folder = pathlib.Path(clips) / "pose2sim"
    cams = cameras(folder / "Calib.qca.txt")
    tracks = [track(hecto, folder / f"cam0{k}.mp4", options) for k in (1, 2, 3, 4)]
    errors, places = {p: [] for p in POINTS}, {}
    for i in sorted(set().union(*tracks)):
        for p in POINTS:
            views = [(cams[k], *t[i][p]) for k, t in enumerate(tracks) if p in t.get(i, {})]
            if len(views) >= 3:
                x, error = best_place(views)
                errors[p].append(error)
                places[i, p] = x
    bones = {}
    for name, a, b in BONES:
        for s in "lr":
            length = [sum((u - v) ** 2 for u, v in zip(places[i, f"{a}_{s}"], places[i, f"{b}_{s}"])) ** 0.5
                      for i in range(200) if (i, f"{a}_{s}") in places and (i, f"{b}_{s}") in places]
            bones[f"{name} {s}"] = (statistics.mean(length), 1000 * statistics.stdev(length))
    return errors, bones


def main():
    hecto, clips, *options = sys.argv[1:]
    errors, bones = measure(hecto, clips, options)
    every = [e for list_ in errors.values() for e in list_]
    median, worst = statistics.median(every), max(sd for _, sd in bones.values())
    for name in ("shoulder", "elbow", "wrist", "hip", "knee", "ankle", "heel", "toe"):
        both = errors[f"{name}_l"] + errors[f"{name}_r"]
        print(f"  {name}: median {statistics.median(both):.1f} px of {len(both)}")
    for name, (mean, sd) in bones.items():
        print(f"  {name}: {mean:.3f} m, SD {sd:.0f} mm")
    print(f"four views {' '.join(options)}: median reprojection {median:.2f} px (bar {REPROJECTION_BAR_PX}), "
          f"largest SD of a bone {worst:.1f} mm (bar {BONE_BAR_MM})")
    sys.exit(0 if median <= REPROJECTION_BAR_PX and worst <= BONE_BAR_MM else 1)


main()
