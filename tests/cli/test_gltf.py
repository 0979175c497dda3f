"""The scene of `hecto film --glb` before the validator of Khronos. Skips without node and `make gltf`. Arguments: hecto,
data folder, tools/gltf."""
import json
import os
import shutil
import subprocess
import sys
import tempfile

from tap import Tap

HECTO, DATA, TOOL = sys.argv[1:4]
if not shutil.which("node") or not os.path.isdir(os.path.join(TOOL, "node_modules", "gltf-validator")):
    print("1..0 # SKIP needs node, and make gltf once")
    sys.exit(0)
tap = Tap()
tmp = tempfile.TemporaryDirectory()
for race, look in (("2009-berlin-men-100m-final", "broadcast"), ("1987-rome-men-100m-final", "elastic"),
                   ("school-100m-by-age", "rain")):
    path = os.path.join(tmp.name, look + ".glb")
    p = subprocess.run([HECTO, "film", os.path.join(DATA, "races", race + ".csv"), "--look", look, "--size", "64x64", "--no-overlay",
                        "--from", "9", "--to", "13", "--glb", path, "--still", "10", "-o", path + ".png", "-q"],
                       capture_output=True, text=True, timeout=150)
    tap.ok(p.returncode == 0, f"{race}, {look}: written", p.stderr)
    q = subprocess.run(["node", os.path.join(TOOL, "validate.js"), path], capture_output=True, text=True, timeout=150)
    found = json.loads(q.stdout)["issues"] if q.returncode == 0 else {"messages": q.stderr}
    tap.same([found.get(k) for k in ("numErrors", "numWarnings", "numInfos", "numHints")], [0, 0, 0, 0],
             f"{race}, {look}: nothing to remark")
tap.done()
