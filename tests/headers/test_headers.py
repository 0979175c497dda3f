#!/usr/bin/env python3
"""Each public header compiles alone, twice in a row, as C17; the installed ones also as C++17. TAP.

usage: test_headers.py SOURCE_ROOT CC ROOM:MAY,SEE,... ...

A header sees what its room may include (the table of src/meson.build), nothing else. The installed
headers see nothing but the C library."""
import pathlib
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

STRICT = ["-fsyntax-only", "-Wall", "-Wextra", "-Wpedantic", "-Wundef", "-Werror", "-x"]
C17 = ["c", "-std=c17", "-Wstrict-prototypes", "-D_POSIX_C_SOURCE=200809L"]
CXX17 = ["c++", "-std=c++17", "-Wold-style-cast"]
INSTALLED = "lib"  # the room whose headers others get


def compiled(job):
    """None, or what the compiler said."""
    compiler, mode, include, header = job
    text = f'#include "{header}"\n' * 2 + "int one;\n"
    p = subprocess.run([compiler, *STRICT, *mode, *(f"-I{i}" for i in include), "-"], input=text,
                       capture_output=True, text=True)
    return None if p.returncode == 0 else p.stderr


def main():
    src = pathlib.Path(sys.argv[1]) / "src"
    cc = sys.argv[2]
    jobs, names = [], []
    for row in sys.argv[3:]:
        room, see = row.split(":")
        include = [src / r / "include" for r in [room, *filter(None, see.split(","))]]
        for path in sorted((src / room / "include").rglob("*.h")):
            header = path.relative_to(src / room / "include")
            jobs.append((cc, C17, include, header))
            names.append(f"{header} as C17")
            for cxx in filter(shutil.which, ["g++", "clang++"] if room == INSTALLED else []):
                jobs.append((cxx, CXX17, include, header))
                names.append(f"{header} as C++17 by {cxx}")
    rooms = {row.split(":")[0] for row in sys.argv[3:]}
    forgotten = {p.parent.parent.name for p in src.glob("*/include/*")} - rooms
    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(compiled, jobs))
    print(f"1..{len(jobs) + 1}")
    for i, (name, trouble) in enumerate(zip(names, said), 1):
        print(f"{'not ok' if trouble else 'ok'} {i} - {name} compiles alone")
        for line in (trouble or "").splitlines()[:8]:
            print("# " + line)
    print(f"{'not ok' if forgotten or not jobs else 'ok'} {len(jobs) + 1} - no room's headers are forgotten"
          f" {sorted(forgotten) or ''}")
    sys.exit(1 if any(said) or forgotten or not jobs else 0)


main()
