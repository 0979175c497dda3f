#!/usr/bin/env python3
"""Slit scan against plain decoding of clips of the synthetic camera: the 0.6 s in which all run through, and 3 s about it, as one
who holds a phone takes them. usage: bench_slit.py BUILD SHEET"""
import os
import subprocess
import sys
import tempfile

build, sheet = sys.argv[1:3]
with tempfile.TemporaryDirectory() as folder:
    for name, size, from_s, to_s in (
            ("slit_360p", "640x360", "9.4", "10"), ("slit_720p", "1280x720", "9.4", "10"), ("slit_1080p", "1920x1080", "9.4", "10"),
            ("slit_360p_3s", "640x360", "8", "11"), ("slit_720p_3s", "1280x720", "8", "11")):
        clip, truth = os.path.join(folder, name + ".mp4"), os.path.join(folder, name + ".json")
        subprocess.run([os.path.join(build, "hecto"), "film", sheet, "--camera", "phone", "--set", "phone.place=finish",
                        "--from", from_s, "--to", to_s, "--size", size, "--truth", truth, "-o", clip, "-q"], check=True)
        subprocess.run([os.path.join(build, "bench", "slit_decode"), clip, truth, name], check=True)
