#!/usr/bin/env python3
"""hecto measure TRACK --steps: a runner of rods whose contacts are known. TAP.

usage: test_steps.py HECTO"""
import json
import pathlib
import subprocess
import sys
import tempfile

HECTO = sys.argv[1]
SPEED, CONTACT, FLIGHT, FPS, N = 9.0, 0.11, 0.12, 240, 8
STEP = CONTACT + FLIGHT
ON = [0.1 + k * STEP for k in range(N + 3)]


def toe(side, t):
    """Place and height: still while it stands, a cubic that leaves at rest in between."""
    k = side
    while k + 2 < len(ON) and ON[k + 2] <= t:
        k += 2
    x = SPEED * ON[k] + 0.35
    if t < ON[k]:
        return x + 2 * (t - ON[k]), 0.03 - 1.5 * (t - ON[k])
    off = ON[k] + CONTACT
    if t <= off:
        return x, 0.03
    h = STEP * 2 - CONTACT
    u = (t - off) / h
    return x + 2 * STEP * SPEED * (3 * u**2 - 2 * u**3) + 2 * h * (u**3 - u**2), 0.03 + 1.5 * h * (u**2 - u**3)


def track(path):
    rows = ["time_s,person,lane,point,x_px,y_px,x_m,z_m,sigma_px,source"]
    for i in range(int((ON[N] + 0.05) * FPS)):
        t = i / FPS
        at = {"hip_l": (SPEED * t, 0.95), "hip_r": (SPEED * t, 0.95), "toe_l": toe(0, t), "toe_r": toe(1, t)}
        for point, (x, z) in at.items():
            rows.append(f"{t:.6f},1,4,{point},{200 * x:.3f},{-200 * z:.3f},{x:.5f},{z:.5f},0.2,truth")
    path.write_text("\n".join(rows) + "\n")


# a camera square to lane 4, 20 m from its middle, that sees a metre there as 200 pixels
W, H, FAR, FOCAL, EYE_X, EYE_Z, LANE_Y = 8000, 2000, 20.0, 4000.0, 19.5, 1.0, 4.27


def pixel(x, y, z):
    f = FOCAL / (FAR + y - LANE_Y)
    return W / 2 + f * (x - EYE_X), H / 2 - f * (z - EYE_Z)


def marks(path):
    points = [dict(zip(("x_m", "y_m", "z_m", "u_px", "v_px"), (x, y, z, *pixel(x, y, z))))
              for x in (5, 19, 34) for y in (3.66, 4.88) for z in (0, 1.5)]
    path.write_text(json.dumps({"format": "hectometre-marks", "version": 1, "width_px": W, "height_px": H, "points": points,
                                "lanes": [{"lane": 4, "from_y_m": 3.66, "to_y_m": 4.88}]}))
    return path


def by_hand(path):
    """The left toe put anew in every image, in pixels only: a track as a person leaves it."""
    rows = ["time_s,person,lane,point,x_px,y_px,source"]
    for i in range(int((ON[N] + 0.05) * FPS)):
        u, v = pixel(toe(0, i / FPS)[0], LANE_Y, toe(0, i / FPS)[1])
        rows.append(f"{i / FPS:.6f},1,4,toe_l,{u:.3f},{v:.3f},hand")
    rest = [line for line in path.read_text().splitlines()[1:] if "toe_l" not in line]
    name = path.with_name("hand.csv")
    name.write_text("\n".join(["time_s,person,lane,point,x_px,y_px,x_m,z_m,sigma_px,source"] + rest +
                              [f"{','.join(r.split(',')[:6])},,,,hand" for r in rows[1:]]) + "\n")
    return name


def run(*args):
    return subprocess.run([HECTO, "measure", *map(str, args)], capture_output=True, text=True)


def checks(tmp):
    path, out = tmp / "track.csv", tmp / "trace.json"
    track(path)
    p = run(path, "--kinogram", tmp / "k.svg", "--angles", tmp / "a.csv", "-o", out)
    yield "a track is measured", p.returncode == 0 and p.stderr == "" or "beginning of the clip" in p.stderr
    obs = json.loads(out.read_text())["observations"]
    on = [o["time_s"] for o in obs if o["kind"] == "step_on"]
    off = [o["time_s"] for o in obs if o["kind"] == "step_off"]
    yield "each touch-down is in the trace", len(on) == N + 1 and all(abs(a - b) < 0.003 for a, b in zip(on, ON))
    yield "each toe-off too", len(off) == N and all(abs(a - b - CONTACT) < 0.004 for a, b in zip(off, ON))
    yield "the hips are places along the run", all(
        abs(o["distance_m"] - SPEED * o["time_s"]) < 1e-3 for o in obs if o["kind"] == "position")
    yield "lanes travel with the numbers", all(o["lane"] == 4 for o in obs)
    mean = [line for line in p.stdout.splitlines() if line.startswith("mean")][0]
    yield "the mean length is printed", abs(float(mean.split("+-")[2].split()[-1]) - STEP * SPEED) < 0.011
    yield "the kinogram shows each contact", (tmp / "k.svg").read_text().count("<svg") == 1
    yield "angles have a row an image", len((tmp / "a.csv").read_text().splitlines()) == len(
        {line.split(",")[0] for line in path.read_text().splitlines()})
    hand = by_hand(path)
    p = run(hand, "--steps", "--marks", marks(tmp / "m.json"), "-o", out)
    obs = json.loads(out.read_text())["observations"]
    on = [o["time_s"] for o in obs if o["kind"] == "step_on"]
    yield "points by hand get their metres from the marks", p.returncode == 0 and len(on) == N + 1 and all(
        abs(a - b) < 0.004 for a, b in zip(on, ON))
    p = run(path, "--person", 7)
    yield "a person who is not there is an error", p.returncode == 65 and "--person" in p.stderr
    p = run(path, "--kinogram", tmp / "k.xyz")
    yield "a picture of no known kind is an error", p.returncode == 2
    path.write_text("time_s,person,point,x_px,y_px\n0.1,1,elbow,1,1\n")
    p = run(path)
    yield "a point that is none is an error with its place", p.returncode == 65 and "track.csv:2" in p.stderr


def main():
    with tempfile.TemporaryDirectory() as tmp:
        results = list(checks(pathlib.Path(tmp)))
    print(f"1..{len(results)}")
    for i, (name, ok) in enumerate(results, 1):
        print(f"{'ok' if ok else 'not ok'} {i} - {name}")
    sys.exit(not all(ok for _, ok in results))


main()
