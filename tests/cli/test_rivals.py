"""Records and ghosts on the command line: who is asked for, what is told, what is refused. Arguments: hecto, data
folder."""
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
tap.done()
