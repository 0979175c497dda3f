"""Captions of a film in two languages, as files and as a text track that ffprobe reads. Arguments: hecto, data folder."""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

from tap import Tap

HECTO, DATA = sys.argv[1:3]
BERLIN = os.path.join(DATA, "races/2009-berlin-men-100m-final.csv")
tap = Tap()
tmp = tempfile.TemporaryDirectory()


def at(name):
    return os.path.join(tmp.name, name)


def film(*args):
    return subprocess.run([HECTO, "film", BERLIN, "--cut", "race", "--size", "64x64", *args], capture_output=True, text=True,
                          timeout=120)


def read(name):
    with open(at(name), encoding="utf-8") as f:
        return f.read()


p = film("--still", "5", "-o", at("s.png"), "--captions", at("en.vtt"))
tap.ok(p.returncode == 0 and read("en.vtt").startswith("WEBVTT\nKind: captions\nLanguage: en\n"), "WebVTT by its ending", p.stderr)
tap.ok("[Gunshot]" in read("en.vtt") and "Usain Bolt wins in 9.58 s." in read("en.vtt"), "English says gun and winner")
film("--still", "5", "-o", at("s.png"), "--captions", at("ja.srt"), "--lang", "ja")
tap.ok(read("ja.srt").startswith("1\n00:00:00,000 --> "), "SubRip by its ending", read("ja.srt")[:60])
tap.ok("（号砲）" in read("ja.srt") and "1着 Usain Bolt、9.58秒" in read("ja.srt"), "Japanese says gun and winner")
film("--look", "sound", "--still", "5", "-o", at("s.png"), "--describe", at("d.vtt"))
tap.ok(read("d.vtt").startswith("WEBVTT\nKind: descriptions\nLanguage: en\n") and "60 metres. Bolt" in read("d.vtt"),
       "a description by its ending", read("d.vtt")[:200])
for args, word in [(("--captions", at("x.txt")), ".srt"), (("--lang", "fr"), "en or ja"), (("--sound", "loud"), "stereo, binaural")]:
    p = film("--still", "5", "-o", at("s.png"), *args)
    tap.ok(p.returncode == 2 and word in p.stderr, f"{args[0]} is refused", p.stderr)

p = film("--from", "0.5", "--to", "2.5", "--lang", "ja", "-o", at("f.mp4"), "--captions", at("f.srt"))
if shutil.which("ffprobe") and "no film encoder" not in p.stderr:
    probe = json.loads(subprocess.run(["ffprobe", "-v", "error", "-show_streams", "-of", "json", at("f.mp4")],
                                      capture_output=True, text=True, timeout=60).stdout)
    text = [s for s in probe["streams"] if s["codec_type"] == "subtitle"]
    tap.ok([t["codec_name"] for t in text] == ["mov_text"] * 2, "the MP4 has two tracks of timed text", probe)
    tap.ok(text[1]["disposition"]["descriptions"] == 1 and text[1]["disposition"]["default"] == 0,
           "the second is a description, which nobody sees unasked", text[1])
    tap.same(text[0]["tags"]["language"], "jpn", "its language is told")
    tap.same(text[0]["disposition"]["captions"], 1, "its purpose is told")
    srt = subprocess.run(["ffmpeg", "-v", "error", "-i", at("f.mp4"), "-map", "0:s:0", "-f", "srt", "-"], capture_output=True,
                         text=True, timeout=60).stdout
    srt = re.sub(r"<[^>]*>", "", srt)  # the decoder puts the font in
    want = read("f.srt").strip().splitlines()
    tap.same([s for s in srt.strip().splitlines() if s], [s for s in want if s], "track and file say the same at the same time")
tap.done()
