#!/usr/bin/env python3
"""What `meson install` lays down is enough to build and run the program of docs/library.md in C and in C++. TAP.

usage: test_install.py BUILD_DIR LIBRARY_PAGE"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

def run(*args, **kw):
    return subprocess.run(args, check=True, capture_output=True, text=True, **kw).stdout


def option(build, name):
    with open(build / "meson-info" / "intro-buildoptions.json", encoding="utf-8") as f:
        return next(o["value"] for o in json.load(f) if o["name"] == name)


def example(page):
    """The page's program and what it prints."""
    text = pathlib.Path(page).read_text(encoding="utf-8")
    program = re.search(r"^```c\n(.*?)^```$", text, re.S | re.M)
    printed = re.search(r"^```\n(.*?)^```$", text[program.end():], re.S | re.M)
    return program.group(1), printed.group(1)


def build_and_run(compiler, suffix, flags, root, library, program_text):
    with tempfile.TemporaryDirectory() as d:
        source, program = os.path.join(d, "p" + suffix), os.path.join(d, "p")
        with open(source, "w", encoding="utf-8") as f:
            f.write(program_text)
        env = {**os.environ, "PKG_CONFIG_PATH": str(library / "pkgconfig"), "PKG_CONFIG_SYSROOT_DIR": str(root)}
        how = run("pkg-config", "--cflags", "--libs", "hecto", env=env).split()
        run(compiler, *flags, source, "-o", program, *how)
        return run(program, env={**os.environ, "LD_LIBRARY_PATH": str(library)})


def main():
    build = pathlib.Path(sys.argv[1])
    if option(build, "b_sanitize") != "none":
        print("1..0 # SKIP the library is built with sanitizers")
        return
    if not shutil.which("pkg-config"):
        print("1..0 # SKIP no pkg-config")
        return
    compilers = [(c, s, f) for c, s, f in (("cc", ".c", ["-std=c17"]), ("g++", ".cpp", ["-std=c++17"]))
                 if shutil.which(c)]
    with tempfile.TemporaryDirectory() as d:
        root = pathlib.Path(d)
        run("meson", "install", "-C", str(build), "--no-rebuild", "--quiet", "--destdir", d)
        library = next(root.rglob("libhecto.so.0")).parent
        program, printed = example(sys.argv[2])
        print(f"1..{len(compilers)}")
        for i, (compiler, suffix, flags) in enumerate(compilers, 1):
            said = build_and_run(compiler, suffix, flags, root, library, program)
            good = said == printed
            print(f"{'ok' if good else 'not ok'} {i} - the page's program builds by pkg-config with {compiler} and runs")
            if not good:
                print(f"# {said!r}, expected {printed!r}")


main()
