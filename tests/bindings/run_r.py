#!/usr/bin/env python3
"""Install the R package into a folder of its own and run its test there. TAP.

usage: HECTO_LIBRARY=... run_r.py PACKAGE_DIR TEST"""
import os
import shutil
import subprocess
import sys
import tempfile

import tap

package, test = sys.argv[1:]
if os.environ.get("HM_SANITIZE", "none") != "none":
    tap.skip_all("the library is built with sanitizers")
if not shutil.which("Rscript"):
    tap.skip_all("no R (package r-base-core)")
with tempfile.TemporaryDirectory() as library:
    env = {**os.environ, "R_LIBS": library, "LC_ALL": "C.UTF-8"}
    install = subprocess.run(["R", "CMD", "INSTALL", "--no-test-load", f"--library={library}", package], env=env,
                             capture_output=True, text=True)
    if install.returncode:
        print("1..1\nnot ok 1 - the package installs")
        print("".join(f"# {line}\n" for line in install.stderr.splitlines()[-10:]), end="")
        sys.exit(1)
    sys.exit(subprocess.run(["Rscript", "--vanilla", test], env=env).returncode)
