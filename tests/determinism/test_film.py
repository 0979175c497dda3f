"""A film is the same from every compiler, level, instruction set and number of threads.

usage: test_film.py HECTO DATA-FOLDER GOLDEN [--golden]

Hashes slices of two films, frames as they go into the encoder, without letters (fonts differ between machines), and
compares with the golden lines; the check runs this with gcc -O2, gcc -O3 for x86-64-v3, and clang under sanitizers.
--golden writes the lines anew: say why in the commit."""
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "cli"))
from tap import Tap  # noqa: E402

HECTO, DATA, GOLDEN = sys.argv[1:4]
SLICES = [("2009-berlin-men-100m-final", "race", 0.5, 1.5), ("2009-berlin-men-100m-final", "broadcast", 5.0, 5.6),
          ("2009-berlin-men-100m-final", "race", 9.8, 10.8), ("school-100m-by-age", "race", 3.0, 3.6),
          ("school-100m-by-age", "look", 12.0, 13.0, "elastic"),
          ("2009-berlin-men-100m-final", "look", 9.0, 9.8, "rotoscope"),
          ("2009-berlin-men-100m-final", "race", 7.0, 7.4, "smear"),
          ("2009-berlin-men-100m-final", "look", 10.0, 10.6, "sound"),
          ("2009-berlin-men-100m-final", "look", 21.0, 22.0, "rain")]


def frames(race, cut, start, end, look="broadcast", threads=1):
    p = subprocess.run([HECTO, "film", f"{DATA}/races/{race}.csv", "--look", look, "--cut", cut, "--from", str(start), "--to", str(end),
                        "--size", "160x90", "--no-overlay", "--hash", "--threads", str(threads), "-q"],
                       capture_output=True, text=True, timeout=300)
    return p.stdout.strip() or p.stderr.strip()


def film(path, threads):
    subprocess.run([HECTO, "film", f"{DATA}/races/{SLICES[0][0]}.csv", "--cut", "race", "--from", "1", "--to", "5.5",
                    "--size", "128x72", "--threads", str(threads), "-q", "-o", path], timeout=300, check=True)
    with open(path, "rb") as f:
        return f.read()


lines = [" ".join(map(str, s)) + ": " + frames(*s) for s in SLICES]
if "--golden" in sys.argv:
    with open(GOLDEN, "w", encoding="utf-8") as f:
        f.write("\n".join(lines) + "\n")
    sys.exit(0)
tap = Tap()
with open(GOLDEN, encoding="utf-8") as f:
    for want, got in zip(f.read().splitlines(), lines, strict=True):
        tap.same(got, want, got.split(":")[0])
for line, s in zip(lines, SLICES, strict=True):
    if len(s) > 4 or s is SLICES[0]:  # each look once
        tap.same(frames(*s, threads=2), line.split(": ")[1], f"two threads draw the same frames: {' '.join(map(str, s))}")
with tempfile.TemporaryDirectory() as d:
    tap.ok(film(f"{d}/1.mp4", 1) == film(f"{d}/2.mp4", 2), "two threads write the same file, byte for byte")
tap.done()
