"""Records and ghosts on the command line: who is asked for, what is told, what is refused. Arguments: hecto, data
folder."""
import json
import os
import subprocess
import sys
import tempfile

from tap import Tap

HECTO, DATA = sys.argv[1:3]
BERLIN = os.path.join(DATA, "races/2009-berlin-men-100m-final.csv")
BEIJING = os.path.join(DATA, "races/2008-beijing-men-100m-final.csv")  # lanes 2 to 9
tap = Tap()
tmp = tempfile.TemporaryDirectory()


def film(*args):
    return subprocess.run([HECTO, "film", BEIJING, "--cut", "race", "--size", "64x64", "--still", "5", "-o",
                           os.path.join(tmp.name, "s.png"), *args], capture_output=True, text=True, timeout=120)


p = film("--ghost", BERLIN)
tap.ok(p.returncode == 0 and "ghost in lane 1: Usain Bolt, 9.58" in p.stderr,
       "the winner is the ghost, in the free lane", p.stderr)
tap.ok("wind +0.9 m/s, altitude 34 m" in p.stderr, "in which air he ran is said", p.stderr)
p = film("--ghost", BERLIN + ":5,4@9")
tap.ok("lane 1: Tyson Gay" in p.stderr and "lane 9: Usain Bolt" in p.stderr, "lanes of both races can be named", p.stderr)
tap.ok(film("--ghost", BERLIN + ":all").stderr.count("ghost in lane") == 8, "all of a race can be ghosts")
tap.ok(film("--record-line", "9.58", "--record-name", "WR").returncode == 0, "a record is a time")
tap.ok(film("--record-line", BERLIN).returncode == 0, "or a race")
tap.ok(film("--record-line", BERLIN + ":5").returncode == 0, "or a lane of a race")
for args, code, word in [(("--ghost", BERLIN + ":9"), 2, "lane 9"), (("--ghost", BERLIN + ":4@11"), 2, "4,5@9"),
                         (("--ghost", BERLIN + ":"), 2, "4,5@9"), (("--ghost", "/none.csv"), 66, "none.csv"),
                         (("--record-line", "0.5"), 2, "5 to 600"), (("--record-line", "nosuch"), 66, "nosuch"),
                         (("--record-line", BERLIN + ":x"), 2, "lane"), (("--record-name", "WR"), 2, "--record-line")]:
    p = film(*args)
    tap.ok(p.returncode == code and word in p.stderr, f"{os.path.basename(args[1])} is refused with {code}", p.stderr)

# what the sheet says: bests on cards, a record that is drawn unless it is switched off
sheet, kept = os.path.join(tmp.name, "s.csv"), os.path.join(tmp.name, "r.json")
with open(sheet, "w") as f:
    f.write("# record_s: 9.58\n# record_name: WR\nlane,name,team,pb_s,sb_s,time_s\n3,Ada Low,GBR,10.01,10.1,10.02\n4,Ben Okoro,USA,9.9,,10.05\n")
subprocess.run([HECTO, "race", sheet, "-q", "-o", kept])
race = json.load(open(kept))
tap.same((race["record_s"], race["record_name"], [(r.get("pb_s"), r.get("sb_s")) for r in race["lanes"]]),
         (9.58, "WR", [(10.01, 10.1), (9.9, None)]), "bests and the record are kept in the race file")


def shown(path, *args):
    return subprocess.run([HECTO, "film", path, "--cut", "race", "--size", "160x90", "--from", "6", "--to", "6.05", "--no-overlay",
                           "-q", "--hash", *args], capture_output=True, text=True).stdout


tap.ok(shown(sheet) == shown(kept) == shown(sheet, "--record-line", "9.58"), "the line of the sheet's record is drawn")
tap.ok(shown(sheet) != shown(sheet, "--record-line", "off"), "and can be switched off")
tap.done()
