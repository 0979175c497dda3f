#!/usr/bin/env python3
"""The two standard deviations of a slit scan that no closed form gives: of what is torso (torso_m in
src/video/crossing.c) and of a torso that others hide (hidden_s in src/video/cross_read.c).

usage: fit_torso_sigma.py HECTO FOLDER

Films made-up finals with the synthetic camera into FOLDER (clips that are there already are taken as
they are; else two hours), measures them, and prints for each of the two the value with which nine of
ten torsos lie within their 90 % intervals. A torso that stands apart and is further off than 45 ms is
another figure, counted apart. Seeds differ from those of validate_video.py, from which figures are quoted."""
import json
import os
import random
import subprocess
import sys

SEEDS = [*range(21, 37), *range(51, 67), *range(71, 95), *(s for s in range(101, 140) if s % 3 < 2)]  # the last: no 240/s
TO_90 = 1.6449  # half a 90 % interval of a normal number, in standard deviations
ANOTHER_S = 0.045


def sheet_of(path, seed):
    """Eight runners about 0.09 s apart in random lanes."""
    chance, order = random.Random(seed), list(range(8))
    chance.shuffle(order)
    first = chance.uniform(9.8, 11.4)
    with open(path, "w", encoding="utf-8") as f:
        f.write("lane,name,reaction_s,time_s,stature_m,mass_kg\n")
        for lane in range(1, 9):
            time = first + 0.09 * order[lane - 1] + chance.uniform(-0.015, 0.015)
            f.write(f"{lane},R{lane},{chance.uniform(0.13, 0.18):.3f},{time:.2f},{chance.uniform(1.6, 1.95):.2f},"
                    f"{chance.uniform(55, 92):.0f}\n")


def film(hecto, folder, seed):
    name = os.path.join(folder, f"field-{seed}")
    if not os.path.exists(name + ".mp4"):
        sheet_of(name + ".csv", seed)
        sets = ["place=finish", f"fps={(60, 120, 240)[seed % 3]}", f"yaw_deg={random.Random(seed + 100).uniform(-1.5, 1.5):.3f}"]
        subprocess.run([hecto, "film", name + ".csv", "--camera", "phone", *(a for s in sets for a in ("--set", "phone." + s)),
                        "--size", "1280x720", "--truth", name + ".json", "-o", name + ".mp4", "-q"], check=True)
    return name


def torsos(hecto, name):
    """(error in s, hidden, speed in m/s, SD of edges, of what is torso, of all the rest) of each row without doubt of its lane."""
    table = subprocess.run([hecto, "measure", name + ".mp4", "--marks", name + ".json", "--slit", "-q"], capture_output=True,
                           text=True, check=True).stdout.split("\n\n")
    with open(name + ".json", encoding="utf-8") as f:
        truth = {r["lane"]: next(c["clip_s"] for c in r["crossings"] if c["x_m"] == 100) for r in json.load(f)["lanes"]}
    budget = {}
    for line in table[1].splitlines()[2:]:
        row = [float(w) for w in line.replace("|", "").split()]
        budget[int(row[1])] = [v * 1e-3 / TO_90 for v in row[2:]]
    for line in table[0].splitlines()[2:]:
        row = line.split()
        lane, speed = int(row[1]), next(float(w) for w in reversed(row) if w[0].isdigit())
        edges, torso, *rest = budget[lane]
        if "unsure" not in row:
            yield float(row[3]) - truth[lane], "hidden" in row, speed, edges, torso, sum(v * v for v in rest) ** 0.5


def inside(rows, sigma):
    return sum(abs(r[0]) <= TO_90 * sigma(r) for r in rows) / len(rows)


def smallest(rows, sigma, step):
    """The smallest multiple of a step with which nine of ten are inside."""
    k = 0
    while k < 1000 and inside(rows, lambda r: sigma(r, k * step)) < 0.9:
        k += 1
    return k * step


def main():
    hecto, folder = sys.argv[1:3]
    os.makedirs(folder, exist_ok=True)
    all_rows = [r for seed in SEEDS for r in torsos(hecto, film(hecto, folder, seed))]
    apart, hidden = [r for r in all_rows if not r[1] and abs(r[0]) < ANOTHER_S], [r for r in all_rows if r[1]]
    print(f"{len(apart)} torsos apart, {len(hidden)} hidden, {len(all_rows) - len(apart) - len(hidden)} apart of another figure")
    torso_m = smallest(apart, lambda r, m: (r[3] ** 2 + (m / r[2]) ** 2 + r[5] ** 2) ** 0.5, 0.0005)
    print(f"torso_m = {torso_m:.4f}; RMS {1000 * (sum(r[0] ** 2 for r in apart) / len(apart)) ** 0.5:.2f} ms")
    if hidden:  # hidden_s is already in the edges of these rows
        now_s = float(sys.argv[3]) if len(sys.argv) > 3 else 0.010
        hidden_s = smallest(hidden, lambda r, s: ((r[3] - now_s + s) ** 2 + (torso_m / r[2]) ** 2 + r[5] ** 2) ** 0.5, 0.0005)
        print(f"hidden_s = {hidden_s:.4f}, when it was {now_s} (third argument)")


main()
