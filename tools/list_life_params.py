#!/usr/bin/env python3
"""Constants of the model of lives as CSV, from src/life/params.c: list_life_params.py > data/life/parameters.csv

Run it where params.c changed; women's are those that hm_life_params_default sets apart."""
import csv
import pathlib
import re
import sys

text = (pathlib.Path(__file__).resolve().parent.parent / "src/life/params.c").read_text(encoding="utf-8")
women = dict(re.findall(r"p\.(\w+) = ([-\d.e]+);", text[text.index("HM_SEX_WOMEN"):]))
out = csv.writer(sys.stdout, lineterminator="\n")
out.writerow(["name", "men", "women", "unit", "meaning", "source"])
row = re.compile(r'\{AT\((\w+)\), REAL, "([^"]*)", ([-\d.e]+), [^,]+, [^,]+, NULL,\s*"([^"]*)",\s*"([^"]*)"\}')
for name, unit, value, meaning, source in row.findall(text):
    out.writerow([name, value, women.get(name, value), unit, meaning, source])
