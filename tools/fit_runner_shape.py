#!/usr/bin/env python3
"""What a runner covers of a finish plane before, while and after the trunk reaches it: the tables in
src/video/cross_shape.c.

usage: fit_runner_shape.py HECTO FOLDER

Films made-up runners one at a time, each in a lane of its own draw, with the synthetic camera into
FOLDER (clips that are there already are taken as they are), sorts them into a few strides of like
shape (k-means), and prints for each the share of its runners who cover the plane at a height, of
which 1.76 m is the top of the head, and a time after the first point of the trunk. Seeds differ from
those of validate_video.py. Needs the program ffmpeg."""
import json
import os
import random
import subprocess
import sys

SEEDS = range(201, 265)
STRIDES, STATURE_M = 4, 1.76
W, H, FPS = 640, 360, 120
CHANGE = 9  # levels of luma or colour
LOW_M, BIN_M, N_HEIGHT = 0.0, 0.1, 19  # shadows lie below
FROM_S, BIN_S, N_TIME = -0.072, 0.008, 24


def film(hecto, folder, seed):
    chance = random.Random(seed)
    lane, time = chance.randint(1, 8), chance.uniform(9.8, 12.4)
    name = os.path.join(folder, f"one-{seed}")
    with open(name + ".csv", "w", encoding="utf-8") as f:
        f.write("lane,name,reaction_s,time_s,stature_m,mass_kg\n")
        f.write(f"{lane},R,{chance.uniform(0.13, 0.18):.3f},{time:.2f},{chance.uniform(1.6, 1.95):.2f},"
                f"{chance.uniform(50, 95):.0f}\n")
    if not os.path.exists(name + ".mp4"):
        subprocess.run([hecto, "film", name + ".csv", "--camera", "phone", "--set", "phone.place=finish", "--set",
                        f"phone.fps={FPS}", "--size", f"{W}x{H}", "--from", f"{time - 0.3:.2f}", "--to", f"{time + 0.25:.2f}",
                        "--truth", name + ".json", "-o", name + ".mp4", "-q"], check=True)
    return name


def images(path):
    """Planes of luma and colour, image by image."""
    raw = subprocess.run(["ffmpeg", "-v", "error", "-i", path, "-f", "rawvideo", "-pix_fmt", "yuv420p", "-"],
                         capture_output=True, check=True).stdout
    size = W * H * 3 // 2
    return [raw[i:i + size] for i in range(0, len(raw), size)]


def pixel(camera, at):
    x, y, z = (sum(r * p for r, p in zip(camera["r"][3 * k:3 * k + 3], at)) + camera["t_m"][k] for k in range(3))
    return (int(camera["centre_u_px"] + camera["focal_px"] * x / z), int(camera["centre_v_px"] + camera["focal_px"] * y / z))


def changed(now, still, u, v):
    if not (0 <= u < W and 0 <= v < H):
        return False
    half = W * H + (v // 2) * (W // 2) + u // 2
    return any(abs(now[i] - still[i]) > CHANGE for i in (v * W + u, half, half + W * H // 4))


def shape_of(name):
    """Rows of height by instants: 1 = covers, 0 = does not, None = not seen."""
    with open(name + ".csv", encoding="utf-8") as f:
        scale = float(f.read().split()[1].split(",")[4]) / STATURE_M
    hit, seen = ([[0] * N_TIME for _ in range(N_HEIGHT)] for _ in range(2))
    with open(name + ".json", encoding="utf-8") as f:
        truth = json.load(f)
    camera, picture = truth["camera"], images(name + ".mp4")
    row = truth["lanes"][0]
    lane = next(m for m in truth["marks"]["lanes"] if m["lane"] == row["lane"])
    y_m = 0.5 * (lane["from_y_m"] + lane["to_y_m"])
    first_s = next(c["clip_s"] for c in row["crossings"] if c["x_m"] == 100)
    for k in range(N_HEIGHT):
        u, v = pixel(camera, (100, y_m, scale * (LOW_M + (k + 0.5) * BIN_M)))
        row_s = camera["readout_s"] * ((v + 0.5) / H - 0.5) * (-1 if camera["readout"] == "up" else 1)
        for time_s, now in zip(truth["frames"]["time_s"], picture):
            i = int((time_s + row_s - first_s - FROM_S) // BIN_S)
            if 0 <= i < N_TIME and 0 <= v < H:
                seen[k][i] += 1
                hit[k][i] += changed(now, picture[0], u, v)
    return [[h / n if n else None for h, n in zip(*row)] for row in zip(hit, seen)]


def mean_of(shapes):
    cells = [[[s[k][i] for s in shapes if s[k][i] is not None] for i in range(N_TIME)] for k in range(N_HEIGHT)]
    return [[sum(c) / len(c) if c else 0 for c in row] for row in cells]


def far(a, b):
    return sum((p - q) ** 2 for r, s in zip(a, b) for p, q in zip(r, s) if p is not None and q is not None)


def sort_out(shapes):
    """Middles of STRIDES groups and how many are in each."""
    middle = [mean_of(shapes[k::STRIDES]) for k in range(STRIDES)]
    for _ in range(20):
        groups = [[] for _ in middle]
        for s in shapes:
            groups[min(range(STRIDES), key=lambda k: far(s, middle[k]))].append(s)
        middle = [mean_of(g) for g in groups]
    return middle, [len(g) for g in groups]


def main():
    hecto, folder = sys.argv[1:3]
    os.makedirs(folder, exist_ok=True)
    middle, counts = sort_out([shape_of(film(hecto, folder, seed)) for seed in SEEDS])
    for rows, n in zip(middle, counts):
        print(f"    {{ /* {n} runners */")
        for row in rows:
            print("        {" + ", ".join(f"{round(100 * a)}" for a in row) + "},")
        print("    },")


main()
