#!/usr/bin/env python3
"""hecto measure --slit, --gates, --gun: a body of boxes runs past a camera that stands square to the track. TAP.

usage: test_measure.py HECTO"""
import base64
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from tap import Tap

HECTO = sys.argv[1]
W, H, FPS, N, FOCAL, FAR, HIGH = 640, 360, 240, 200, 900.0, 10.0, 1.4
PLANE, CROSS, SPEED, GUN, SOUND_M = 2.0, 0.60, 9.0, 0.05, 17.16
# from and to behind the front, heights, luma
PARTS = [(0.0, 0.24, 0.95, 1.46, 60), (-0.03, 0.17, 1.5, 1.76, 90), (-0.3, 0.0, 1.16, 1.25, 70),
         (0.05, 0.2, 0.45, 0.95, 200), (-0.25, -0.1, 0.05, 0.45, 80), (0.3, 0.42, 0.1, 0.45, 80)]
tap = Tap()
if not shutil.which("ffmpeg"):
    print("1..0 # SKIP no program ffmpeg")
    sys.exit(0)


def hecto(*args):
    return subprocess.run([HECTO, "measure", *map(str, args)], capture_output=True, text=True, timeout=120, check=False)


def see(x, y, z):
    """Lane 1's middle, y = 0.61, is FAR off; the run goes to the left."""
    depth = FAR + y - 0.61
    return W / 2 - FOCAL * (x - PLANE) / depth, H / 2 + FOCAL * (HIGH - z) / depth


def image(t):
    front = PLANE + SPEED * (t - CROSS)
    rows = [bytearray([128 + (u // 64) % 2 * 20 for u in range(W)]) for _ in range(H)]
    for near, far, low, high, luma in PARTS:
        u0, v0 = see(front - near, 0.61, high)
        u1, v1 = see(front - far, 0.61, low)
        for u in range(max(0, int(u0)), min(W, int(u1) + 1)):
            part = min(u + 1, u1) - max(u, u0)
            for v in range(max(0, round(v0)), min(H, round(v1))):
                rows[v][u] = round(rows[v][u] + part * (luma - rows[v][u]))
    return b"".join(rows)


def film(path):
    bang = (f"aevalsrc='if(gte(t,{GUN + 0.05}),0.8*exp(-(t-{GUN + 0.05})*30)*(2*mod(floor(t*48000),2)-1),"
            "0.0005*(2*mod(floor(t*48000),2)-1))':s=48000:d=0.8")
    with subprocess.Popen(["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "gray", "-s", f"{W}x{H}", "-r",
                           str(FPS), "-i", "-", "-f", "lavfi", "-i", bang, "-c:v", "libx264", "-preset", "ultrafast",
                           "-qp", "0", "-pix_fmt", "yuv420p", "-c:a", "pcm_s16le", str(path)],
                          stdin=subprocess.PIPE) as p:
        for i in range(N):
            p.stdin.write(image(i / FPS))
        p.stdin.close()


def marks(path, **more):
    points = [(x, y, z) for x in (1, 2, 3) for y in (0, 1.22) for z in (0, 1.5)]
    data = {"format": "hectometre-marks", "version": 1, "width_px": W, "height_px": H, "finish_x_m": PLANE,
            "focal_px": FOCAL, "readout_s": 0, "gun_distance_m": SOUND_M, "temp_c": 20, "temp_sigma_c": 1,
            "av_offset_s": 0, "av_offset_sigma_s": 0.001,
            "points": [dict(x_m=x, y_m=y, z_m=z, u_px=see(x, y, z)[0], v_px=see(x, y, z)[1], sigma_px=0.3)
                       for x, y, z in points],
            "lanes": [{"lane": 1, "name": "Aoki", "from_y_m": 0, "to_y_m": 1.22}], "notes": []}
    data.update(more)
    path.write_text(json.dumps({k: v for k, v in data.items() if v is not None}))
    return path


with tempfile.TemporaryDirectory() as folder:
    at = pathlib.Path(folder)
    clip, m, trace = at / "clip.mov", marks(at / "m.json"), at / "trace.json"
    film(clip)

    p = hecto(clip, "--slit", "--marks", m, "-o", trace, "--plot", at / "p.png", "--sheet", at / "s.csv", "--lif",
              at / "r.lif")
    tap.same(p.returncode, 0, "slit: exit code")
    t = json.loads(trace.read_text()) if trace.exists() else {"observations": [{"time_s": 9}], "time_zero": ""}
    finish = [o for o in t["observations"] if o.get("kind") == "finish"]
    tap.same(t["time_zero"], "gun", "slit: the clock begins with the gun")
    tap.ok(len(finish) == 1 and abs(finish[0]["time_s"] - (CROSS - GUN)) < 0.003, "slit: time from the gun",
           (finish, p.stderr))
    tap.ok("Aoki" in p.stdout and "independent" in p.stdout, "slit: table with names and budget", p.stdout)
    tap.ok("official" not in (p.stdout + p.stderr).lower(), "nothing is called official", p.stdout)
    tap.ok("photo-finish grade" not in p.stderr, "240 images a second are enough")
    tap.ok((at / "p.png").exists() and (at / "p.png").read_bytes()[:4] == b"\x89PNG", "slit: the print is a picture")
    tap.ok((at / "s.csv").exists() and "1,Aoki,0.5" in (at / "s.csv").read_text(), "slit: the sheet has the time")
    tap.ok((at / "r.lif").exists() and "Aoki" in (at / "r.lif").read_text(), "slit: the Lynx file has the runner")

    # a person moves the hashline
    lines, moved = at / "lines.json", CROSS + 0.012
    p = hecto(clip, "--slit", "--marks", m, "--hashlines", lines)
    slit = json.loads(lines.read_text()) if lines.exists() else {"torsos": [{}], "format": p.stderr}
    torso = slit["torsos"][0]
    tap.same((slit["format"], slit.get("version"), slit.get("from_gun")), ("hectometre-slit", 1, True), "hashlines: a slit file")
    tap.ok(abs(torso.get("time_s", 9) - CROSS) < 0.003 and torso["seen"] and not torso["by_hand"] and torso["name"] == "Aoki",
           "hashlines: the torso on the clip's clock", torso)
    tap.ok(abs(slit.get("zero_s", 9) - GUN) < 0.002 and 0 < torso["v_px"] < slit["h_px"], "hashlines: clock and row", slit["torsos"])
    jpeg = base64.b64decode(slit["picture"].removeprefix("data:image/jpeg;base64,"))
    (at / "slit.jpg").write_bytes(jpeg)
    rgb = subprocess.run(["ffmpeg", "-v", "error", "-i", str(at / "slit.jpg"), "-f", "rawvideo", "-pix_fmt", "gray", "-"],
                         capture_output=True, check=False).stdout
    tap.same(len(rgb), slit["w_px"] * slit["h_px"], "hashlines: the picture has the size it says")
    column = round((CROSS - slit["from_s"]) * slit["line_hz"])
    near = [rgb[v * slit["w_px"]:][:slit["w_px"]] for v in range(round(torso["v_px"]) - 60, round(torso["v_px"]) + 60)]
    tap.ok(sum(abs(r[column - 12] - 138) < 25 and abs(r[column + 12] - 60) < 25 for r in near) > 20,
           "hashlines: the chest begins at its time", [(r[column - 12], r[column + 12]) for r in near])
    mh = marks(at / "mh.json", hashes=[{"lane": 1, "x_m": PLANE, "time_s": moved, "sigma_s": 0.002}])
    p = hecto(clip, "--slit", "--marks", mh, "--hashlines", lines, "--sheet", at / "s.csv")
    torso = json.loads(lines.read_text())["torsos"][0]
    tap.ok(torso["by_hand"] and torso["time_s"] == moved and "by hand" in p.stdout, "hashlines: a person's wins", p.stdout)
    tap.ok(f"1,Aoki,{moved - GUN:.2f}" in (at / "s.csv").read_text(), "hashlines: and stands on the sheet",
           (at / "s.csv").read_text())

    p = hecto(clip, "--marks", m)
    tap.ok(p.returncode == 0 and json.loads(p.stdout)["format"] == "hectometre-trace",
           "marks alone: the trace on standard output", p.stdout + p.stderr)
    m2 = marks(at / "m2.json", gates_x_m=[1, 3], finish_x_m=None)
    p = hecto(clip, "--gates", "--marks", m2, "-o", trace)
    gates = [o for o in json.loads(trace.read_text())["observations"] if o["kind"] == "gate"]
    tap.ok(len(gates) == 2 and abs(gates[1]["time_s"] - gates[0]["time_s"] - 2 / SPEED) < 0.003, "gates: split",
           (gates, p.stderr))
    p = hecto(clip, "--gun", "--marks", m)
    tap.ok("start 0.05" in p.stdout, "gun: start before the sound", p.stdout + p.stderr)
    p = hecto(clip, "--gates", "--marks", marks(at / "m3.json", gates_x_m=[100], finish_x_m=None), "-o", at / "no.json")
    tap.ok(p.returncode == 65 and not (at / "no.json").exists(), "a plane outside of the picture", p.stderr)
    far = marks(at / "m4.json", finish_x_m=PLANE + 60,
                points=[dict(x_m=x + 60, y_m=y, z_m=z, u_px=see(x, y, z)[0], v_px=see(x, y, z)[1])
                        for x in (1, 2, 3) for y in (0, 1.22) for z in (0, 1.5)])
    p = hecto(clip, "--slit", "--marks", far)
    tap.ok(p.returncode == 0 and "cannot be the start" in p.stderr, "a bang that cannot be the start is not taken",
           p.stderr)

    # hostile
    (at / "text.mp4").write_text("not a film")
    (at / "empty.mp4").write_bytes(b"")
    cut = at / "cut.mov"
    cut.write_bytes(clip.read_bytes()[:20000])
    for name in ("text.mp4", "empty.mp4"):
        p = hecto(at / name, "--slit", "--marks", m, "-o", at / "no.json")
        tap.ok(p.returncode == 65 and name in p.stderr and not (at / "no.json").exists(), f"{name} is refused", p.stderr)
    p = hecto(cut, "--slit", "--marks", m, "-o", at / "no.json")
    tap.ok(p.returncode in (0, 65), "a cut clip ends in an answer or an error", p.stderr)

    def ffmpeg(*args):
        subprocess.run(["ffmpeg", "-v", "error", "-y", *map(str, args)], check=True)

    def most_memory_kb(path):
        env = {**os.environ, "ASAN_OPTIONS": "quarantine_size_mb=0"}  # else it keeps what was given back
        with subprocess.Popen([HECTO, "measure", str(path), "--slit", "--marks", str(m), "-q"], env=env,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as child:
            _, _, used = os.wait4(child.pid, 0)
            child.returncode = 0
        return used.ru_maxrss

    ffmpeg("-f", "lavfi", "-i", "color=s=100000x16:d=0.1:r=20", "-c:v", "ffv1", at / "wide.mkv")
    p = hecto(at / "wide.mkv", "--slit", "--marks", m)
    tap.ok(p.returncode == 65 and "8192" in p.stderr, "100,000 pixels are too wide", p.stderr)
    data = clip.read_bytes()
    head = data.index(b"avc1", data.index(b"stsd")) + 28
    for name, size in (("none", b"\0\0\0\0"), ("huge", b"\xff\xff\xff\xff"), ("lies", b"\2\0\1\0")):
        (at / f"{name}.mov").write_bytes(data[:head] + size + data[head + 4:])
        p = hecto(at / f"{name}.mov", "--slit", "--marks", m, "-o", at / "no.json")
        tap.ok(p.returncode in (0, 65) and (p.returncode == 0 or f"{name}.mov" in p.stderr),
               f"a header with a size that is {name} ends in an answer or an error", (p.returncode, p.stderr))
    ffmpeg("-f", "lavfi", "-i", f"color=s={W}x{H}:d=1:r=20", "-t", "0", "-c:v", "ffv1", at / "zero.mkv")
    p = hecto(at / "zero.mkv", "--slit", "--marks", m, "-o", at / "no.json")
    tap.ok(p.returncode == 65 and "zero.mkv" in p.stderr, "a film without images is refused", p.stderr)
    ffmpeg("-f", "lavfi", "-i", f"color=s={W}x{H}:d=3600:r=0.2", "-c:v", "libx264", "-preset", "ultrafast", at / "hour.mov")
    p = hecto(at / "hour.mov", "--slit", "--marks", m)
    tap.ok(p.returncode == 0 and "no torso" in p.stderr, "an hour in which nobody comes", p.stderr)
    ffmpeg("-stream_loop", "5", "-i", clip, "-c", "copy", at / "six.mov")
    once, six = most_memory_kb(clip), most_memory_kb(at / "six.mov")
    tap.ok(six < once + 4096, "six times the length takes no more memory", (once, six))
    print(f"# memory: {once} kB, six times as long {six} kB")
    p = hecto(clip, "--slit", "--marks", marks(at / "m5.json", width_px=W + 8))
    tap.ok(p.returncode == 65 and "648 x 360" in p.stderr, "marks of another size are refused", p.stderr)
    p = hecto(clip, "--slit", "--marks", at / "text.mp4")
    tap.same(p.returncode, 65, "marks that are no JSON")
    p = hecto(clip, "--slit")
    tap.ok(p.returncode == 2 and "--marks" in p.stderr, "slit needs marks", p.stderr)
    p = hecto(clip, "--slit", "--marks", marks(at / "m6.json", lanes=[]))
    tap.ok(p.returncode == 65 and "lanes" in p.stderr, "no lanes", p.stderr)
    p = hecto(clip, "--slit", "--marks", m, "--from", "1", "--to", "0.5")
    tap.same(p.returncode, 2, "a span that ends before it begins")
tap.done()
