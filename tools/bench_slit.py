#!/usr/bin/env python3
"""Slit scan against plain decoding of clips of the synthetic camera. usage: bench_slit.py BUILD SHEET"""
import os
import subprocess
import sys
import tempfile

build, sheet = sys.argv[1:3]
with tempfile.TemporaryDirectory() as folder:
    for name, size in (("slit_360p", "640x360"), ("slit_720p", "1280x720"), ("slit_1080p", "1920x1080")):
        clip, truth = os.path.join(folder, name + ".mp4"), os.path.join(folder, name + ".json")
        subprocess.run([os.path.join(build, "hecto"), "film", sheet, "--camera", "phone", "--set", "phone.place=finish",
                        "--from", "9.4", "--to", "10", "--size", size, "--truth", truth, "-o", clip, "-q"], check=True)
        subprocess.run([os.path.join(build, "bench", "slit_decode"), clip, truth, name], check=True)
