#!/usr/bin/env python3
"""What libhecto shows is what its headers promise and its map lists: no more, no less. TAP.

usage: test_symbols.py LIBRARY HEADER... MAP"""
import re
import shutil
import subprocess
import sys


def promised(path):
    with open(path, encoding="utf-8") as f:
        text = re.sub(r"/\*.*?\*/", "", f.read(), flags=re.S)
    return set(re.findall(r"^HM_API\s[^(;]*?\b(hm_\w+)\(", text, flags=re.M))


def listed(path):
    with open(path, encoding="utf-8") as f:
        return set(re.findall(r"^\s+(hm_\w+);", f.read(), flags=re.M))


def shown(library):
    out = subprocess.run(["nm", "-D", "--defined-only", library], capture_output=True, text=True, check=True)
    rows = [line.split() for line in out.stdout.splitlines()]
    # 'A' is the version's own name; what the linker adds begins with '_'
    return {r[-1].split("@")[0] for r in rows if r[-2] != "A" and not r[-1].startswith("_")}


def soname(library):
    out = subprocess.run(["readelf", "-d", library], capture_output=True, text=True, check=True)
    return re.findall(r"SONAME.*\[(.*)\]", out.stdout), re.findall(r"NEEDED.*\[(.*)\]", out.stdout)


def main():
    library, *headers, map_path = sys.argv[1:]
    if not (shutil.which("nm") and shutil.which("readelf")):
        print("1..0 # SKIP no nm and readelf (binutils)")
        return
    promise = set().union(*(promised(h) for h in headers))
    names, needed = soname(library)
    heavy = [n for n in needed if re.match(r"lib(pango|cairo|av|x264|ebur|glib)", n)]
    checks = [
        ("the headers promise something", not promise and "nothing"),
        ("the map lists what the headers promise", promise ^ listed(map_path)),
        ("the library shows what the headers promise", promise ^ shown(library)),
        ("the soname is libhecto.so.0", names != ["libhecto.so.0"] and names),
        ("it needs no library of pictures or sound", heavy),
    ]
    print(f"1..{len(checks)}")
    for i, (name, trouble) in enumerate(checks, 1):
        print(f"{'not ok' if trouble else 'ok'} {i} - {name}")
        if trouble:
            print(f"# {trouble}")
    sys.exit(any(trouble for _, trouble in checks))


main()
