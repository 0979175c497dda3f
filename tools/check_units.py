#!/usr/bin/env python3
"""Each double or float field of the contract headers says its unit.

Reads the headers given as arguments. A field passes when its name ends in a known unit (an
uncertainty may follow: _sd _se _lo90 _median _hi90), or when the comment of its line holds [1], a pure
number. Prints one line per field that does not, and exits 1."""
import re
import sys

UNITS = """m mm cm km s ms us mps mps2 mps3 n n_per_kg w w_per_kg j per_mps m2 kg hz rad deg c pa kgm3 frac px
frame yr week day db lufs per_m""".split()
UNIT_END = re.compile(r"(^|_)(" + "|".join(sorted(UNITS, key=len, reverse=True)) +
                      r")(_(sd|se|lo90|median|hi90))?$")
FIELD = re.compile(r"^\s*(?:const\s+)?(?:double|float)\b([^();]*);(.*)$")


def fields(text):
    """Line number, name and rest of the line of each field; comments over lines are kept as is."""
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        if not inside and (m := FIELD.match(line)):
            for part in m.group(1).split(","):
                name = re.sub(r"\[[^\]]*\]|[*\s]|\bconst\b", "", part)
                yield number, name, m.group(2)
        comment = line.rfind("/*")
        if comment >= 0 or inside:
            inside = "*/" not in line[max(comment, 0):]


def main():
    bad = 0
    for path in sys.argv[1:]:
        with open(path, encoding="utf-8") as f:
            for number, name, rest in fields(f.read()):
                if not UNIT_END.search(name) and "[1]" not in rest:
                    print(f"{path}:{number}: {name}: expected a unit at the end or [1] in the comment")
                    bad += 1
    sys.exit(1 if bad else 0)


main()
