#!/usr/bin/env python3
"""What `meson install` lays down is enough to build and run a program in C and in C++. TAP.

usage: test_install.py BUILD_DIR"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

PROGRAM = r"""
#include <hecto/hecto.h>
#include <stdio.h>
int main(void)
{
    double x_m = 100, t_s;
    hm_sprint_time(&x_m, 1, 8, 9, 0, &t_s);
    printf("%s %.9f\n", hm_version(), t_s);
    return 0;
}
"""
TIME_S = "13.388888633"  # mono, MSS 8, MAC 9: tests/data/sprint_model_checks.csv


def run(*args, **kw):
    return subprocess.run(args, check=True, capture_output=True, text=True, **kw).stdout


def option(build, name):
    with open(build / "meson-info" / "intro-buildoptions.json", encoding="utf-8") as f:
        return next(o["value"] for o in json.load(f) if o["name"] == name)


def build_and_run(compiler, suffix, flags, root, library):
    with tempfile.TemporaryDirectory() as d:
        source, program = os.path.join(d, "p" + suffix), os.path.join(d, "p")
        with open(source, "w", encoding="utf-8") as f:
            f.write(PROGRAM)
        env = {**os.environ, "PKG_CONFIG_PATH": str(library / "pkgconfig"), "PKG_CONFIG_SYSROOT_DIR": str(root)}
        how = run("pkg-config", "--cflags", "--libs", "hecto", env=env).split()
        run(compiler, *flags, source, "-o", program, *how)
        return run(program, env={**os.environ, "LD_LIBRARY_PATH": str(library)}).split()


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
        version = run("pkg-config", "--modversion", str(library / "pkgconfig" / "hecto.pc")).strip()
        print(f"1..{len(compilers)}")
        for i, (compiler, suffix, flags) in enumerate(compilers, 1):
            said = build_and_run(compiler, suffix, flags, root, library)
            good = said == [version, TIME_S]
            print(f"{'ok' if good else 'not ok'} {i} - a program builds by pkg-config with {compiler} and runs")
            if not good:
                print(f"# {said}, expected {[version, TIME_S]}")


main()
