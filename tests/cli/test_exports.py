"""What `hecto film` writes for animators, read by readers of their own and compared with the bodies themselves.
Arguments: hecto, motion_truth, data folder."""
import json
import math
import os
import subprocess
import sys
import tempfile

from motion_files import Bvh, Glb, apply
from tap import Tap

HECTO, TRUTH, DATA = sys.argv[1:4]
BERLIN = os.path.join(DATA, "races/2009-berlin-men-100m-final.csv")
tap = Tap()
tmp = tempfile.TemporaryDirectory()


def place(name):
    return os.path.join(tmp.name, name)


def hecto(*args):
    return subprocess.run([HECTO, *args], capture_output=True, text=True, timeout=150)


def film(*args):
    return hecto("film", place("race.json"), "--cut", "race", "--size", "64x64", "--no-overlay", "--still", "1",
                 "-o", place("still.png"), *args)


def truth(lane, *times_s):
    """Joints by name and vertices by index for each instant."""
    p = subprocess.run([TRUTH, place("race.json"), str(lane), *[f"{t:.6f}" for t in times_s]], capture_output=True,
                       text=True, timeout=60, check=True)
    out = {}
    for line in p.stdout.splitlines():
        what, t, name, *xyz = line.split()
        out.setdefault((what, t), {})[name] = [float(v) for v in xyz]
    return [(out["joint", f"{t:.6f}"], out["vertex", f"{t:.6f}"]) for t in times_s]


hecto("race", BERLIN, "-q", "-o", place("race.json"))
race = json.load(open(place("race.json")))
winner = next(lane for lane in race["lanes"] if lane["place"] == 1)["lane"]
other = next(lane for lane in race["lanes"] if lane["place"] == 3)["lane"]
FROM, TO, GUN = 0.5, 5.5, 1.0  # this film begins a second before the gun
p = film("--from", str(FROM), "--to", str(TO), "--bvh", place("r.bvh"), "--glb", place("r.glb"))
tap.ok(p.returncode == 0, "both files are written", p.stderr)
tap.ok(f"lane {winner}" in p.stderr and "7 files" in p.stderr, "what was written is told", p.stderr)
names = sorted(f for f in os.listdir(tmp.name) if f.endswith(".bvh"))
tap.same(names, sorted(["r.bvh"] + [f"r-lane{n}.bvh" for n in range(1, 9) if n != winner]), "a BVH file for each runner")

FRAMES = (0, 61, 150, 333, 600)  # behind the blocks, in them, pushing, running
for lane, name in ((winner, "r.bvh"), (other, f"r-lane{other}.bvh")):
    bvh = Bvh(open(place(name)).read())
    tap.same(len(bvh.frames), round((TO - FROM) * 120) + 1, f"{name}: 120 frames a second, both ends")
    tap.ok(abs(bvh.frame_s - 1 / 120) < 1e-7, f"{name}: their time is told")
    tap.same(bvh.joints[0]["channels"], ["Xposition", "Yposition", "Zposition", "Zrotation", "Xrotation", "Yrotation"],
             f"{name}: six channels at the root")
    tap.ok(all(j["channels"] == ["Zrotation", "Xrotation", "Yrotation"] for j in bvh.joints[1:]), f"{name}: Z X Y elsewhere")
    real = truth(lane, *[FROM - GUN + k / 120 for k in FRAMES])
    worst = (0, "")
    for k, (joints, _) in zip(FRAMES, real):
        for joint, at in bvh.places(k).items():
            worst = max(worst, (10 * math.dist(at, [100 * v for v in joints[joint]]), f"{joint} in frame {k}"))
    tap.ok(worst[0] < 0.1, f"{name}: joints within 0.1 mm of the bodies'", worst)
    jump = max(abs(a - b) for f, g in zip(bvh.frames, bvh.frames[1:]) for a, b in zip(f[3:], g[3:]))
    tap.ok(jump < 100, f"{name}: no curve jumps by a turn", jump)

glb = Glb(open(place("r.glb"), "rb").read())
doc = glb.json
tap.same(doc["asset"]["version"], "2.0", "glTF 2.0")
tap.same([len(doc[k]) for k in ("skins", "meshes", "animations", "cameras")], [8, 9, 9, 1],
         "a skin, a mesh and an animation each; track and camera")
times = [t for t, in glb.read(doc["animations"][0]["samplers"][0]["input"])]
tap.ok(times[0] == 0 and abs(times[-1] - (TO - FROM)) < 1e-5 and all(a < b for a, b in zip(times, times[1:])),
       "instants rise from nought to the end", times[:3])
for start in (9, 9.5, 10):  # cuts that fall on a key, or beside it, also as numbers of 32 bits
    hecto("film", place("race.json"), "--cut", "broadcast", "--size", "64x64", "--no-overlay", "--still", "1", "-o", place("still.png"),
          "--from", str(start), "--to", str(start + 3), "--glb", place("cuts.glb"))
    cuts = Glb(open(place("cuts.glb"), "rb").read())
    rising = [t for t, in cuts.read(cuts.json["animations"][0]["samplers"][0]["input"])]
    tap.ok(all(a < b for a, b in zip(rising, rising[1:])), f"across cuts from {start} s too")
n_lane = sorted(lane["lane"] for lane in race["lanes"])
for lane in (winner, other):
    i = n_lane.index(lane)
    skin, mesh = doc["skins"][i], doc["meshes"][i]["primitives"][0]
    at = mesh["attributes"]
    rest, joint, weight = (glb.read(at[k]) for k in ("POSITION", "JOINTS_0", "WEIGHTS_0"))
    bind = glb.read(skin["inverseBindMatrices"])
    tap.ok(all(abs(sum(w) - 1) < 1e-9 for w in weight), f"lane {lane}: weights make one")
    tap.ok(all(max(t) < len(rest) for t in glb.read(mesh["indices"])), f"lane {lane}: triangles are within the mesh")
    colours = set(glb.read(at["COLOR_0"]))
    tap.ok(len(colours) > 20 and all(c[3] == 1 for c in colours), f"lane {lane}: has colours", len(colours))
    worst = (0, 0)
    for k, (_, vertices) in zip(FRAMES, truth(lane, *[FROM - GUN + times[k] for k in FRAMES])):
        world = glb.nodes_at(i, k)
        bones = [world[n] for n in skin["joints"]]
        # column-major matrices; ours have no turn in them
        moved = [b[12:15] for b in bind]
        for v in range(0, len(rest), 3):
            out = [0, 0, 0]
            for j, w in zip(joint[v], weight[v]):
                if w:
                    turn, at_m = bones[j]
                    q = apply(turn, [a + b for a, b in zip(rest[v], moved[j])])
                    out = [o + w * (a + b) for o, a, b in zip(out, q, at_m)]
            worst = max(worst, (1000 * math.dist(out, vertices[str(v)]), k))
    tap.ok(worst[0] < 0.5, f"lane {lane}: skin within 0.5 mm of the bodies'", worst)
lo, hi = (doc["accessors"][doc["meshes"][8]["primitives"][0]["attributes"]["POSITION"]][k] for k in ("min", "max"))
tap.ok(lo[2] < 0 and hi[2] > 100 and hi[0] - lo[0] > 8 * 1.22, "the track lies under the race", (lo, hi))
camera = next(i for i, n in enumerate(doc["nodes"]) if n.get("name") == "camera")
channel = doc["animations"][8]["channels"]
tap.ok({c["target"]["path"] for c in channel} == {"translation", "rotation"} and
       all(c["target"]["node"] == camera for c in channel), "the camera moves")
turn, at = glb.nodes_at(8, 300)[camera]
ahead = apply(turn, [0, 0, -1])
head = truth(winner, FROM - GUN + times[300])[0][0]["head"]
to = [a - b for a, b in zip(head, at)]
cosine = sum(a * b for a, b in zip(ahead, to)) / math.hypot(*to)
tap.ok(cosine > math.cos(doc["cameras"][0]["extras"]["vfov_rad"][300]), "and sees the winner", cosine)

for what in ("bvh", "glb"):
    p = film(f"--{what}", place(f"nowhere/r.{what}"))
    tap.ok(p.returncode == 74 and "nowhere" in p.stderr, f"{what}: a folder that is not there is told", p.stderr)
film("--to", "0.2", "--bvh", place("again.bvh"), "--glb", place("again.glb"), "--threads", "1")
film("--to", "0.2", "--bvh", place("twice.bvh"), "--glb", place("twice.glb"), "--threads", "2")
for what in ("bvh", "glb"):
    tap.ok(open(place("again." + what), "rb").read() == open(place("twice." + what), "rb").read(),
           f"{what}: the same bytes on one thread and two")
tap.done()
