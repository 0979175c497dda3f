#!/usr/bin/env python3
"""Time whole films as a user makes them: wall and processor seconds, most memory. usage: bench_film.py HECTO SHEET"""
import os
import subprocess
import sys
import tempfile
import time

JOBS = [("film_12s_720p_twos", []), ("film_12s_720p_ones", ["--on", "ones"]), ("film_12s_1080p_twos", ["--size", "1920x1080"])]

hecto, sheet = sys.argv[1:3]
with tempfile.TemporaryDirectory() as folder:
    for name, options in JOBS:
        start = time.monotonic()
        child = subprocess.Popen([hecto, "film", sheet, "--cut", "race", "-q", "-o", os.path.join(folder, "f.mp4"), *options])
        _, status, used = os.wait4(child.pid, 0)
        wall = time.monotonic() - start
        if status != 0:
            sys.exit(f"{name}: hecto failed")
        print(f"{name},wall_s,{wall:.2f}")
        print(f"{name},cpu_s,{used.ru_utime + used.ru_stime:.2f}")
        print(f"{name},memory_mb,{used.ru_maxrss / 1024:.0f}")
