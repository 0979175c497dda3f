"""Cohorts over the ranks of Open MPI: the same bytes as of one process, a killed rank, a bad line.
Arguments: hecto, hecto-mpi or nothing where it is not built."""
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from tap import Tap

HECTO, MPI = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None
MPIRUN = shutil.which("mpirun")
if not MPI or not MPIRUN:
    print("1..0 # SKIP Open MPI is not installed")
    sys.exit(0)
tap = Tap()
temp = tempfile.TemporaryDirectory()
TABLES = ["seasons.csv", "births.csv", "transitions.csv", "lists.csv", "value.csv", "earners.csv", "summary.json", "setup.json"]
# Ranks that share a core must not spin. Open MPI keeps memory of plugins that it has closed, for which
# no suppression can be named; the cohort's own leaks show in test_cohort.py.
env = dict(os.environ, OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1",
           OMPI_MCA_mpi_yield_when_idle="1", ASAN_OPTIONS="detect_leaks=0")


def folder(name):
    return os.path.join(temp.name, name)


def life(name, people=2000, n=12):
    return ["life", "--cohort", folder(name), "--people", str(people), "--classes", str(n), "-q"]


def ranks(n, *args):
    return [MPIRUN, "--oversubscribe", "-n", str(n), MPI, *args]


def run(command):
    return subprocess.run(command, capture_output=True, text=True, timeout=120, env=env)


def classes(name):
    try:
        return sorted(f for f in os.listdir(os.path.join(folder(name), "classes")) if f.endswith(".class"))
    except FileNotFoundError:
        return []


def read(name, file):
    with open(os.path.join(folder(name), file), "rb") as f:
        return f.read()


def same(name, what, as_of="alone"):
    files = TABLES + ["classes/" + c for c in classes(as_of)]
    tap.same([f for f in files if read(name, f) != read(as_of, f)], [], f"{what}: the same bytes")


def rank_of(job):
    """A process of hecto-mpi below this mpirun."""
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/stat", encoding="utf-8") as f:
                name, rest = f.read().split("(", 1)[1].rsplit(")", 1)
        except OSError:
            continue
        if name == "hecto-mpi" and int(rest.split()[1]) == job.pid:
            return int(pid)
    return None


tap.same(run([HECTO, *life("alone"), "--threads", "1"]).returncode, 0, "one process")
for n in (1, 2, 3):
    p = run(ranks(n, *life(f"np{n}")))
    tap.same(p.returncode, 0, f"{n} ranks end well")
    same(f"np{n}", f"{n} ranks")

# one rank is killed as soon as two classes are done
job = subprocess.Popen(ranks(2, *life("killed")), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env)
until = time.time() + 60
while len(classes("killed")) < 2 and time.time() < until and job.poll() is None:
    time.sleep(0.002)
victim = rank_of(job)
if victim:
    os.kill(victim, signal.SIGKILL)
code = job.wait(timeout=60)
left = classes("killed")
tap.ok(victim and code != 0 and 2 <= len(left) < 12, "a killed rank ends the job", (victim, code, left))
tap.ok(not os.path.exists(folder("killed") + "/summary.json"), "without tables")
before = {c: os.stat(f"{folder('killed')}/classes/{c}").st_mtime_ns for c in left}
tap.same(run(ranks(2, *life("killed"))).returncode, 0, "the same command goes on")
after = {c: os.stat(f"{folder('killed')}/classes/{c}").st_mtime_ns for c in left}
tap.same(after, before, "finished classes are not lived again")
same("killed", "killed and gone on with")

# a stop leaves a folder that one process goes on with
job = subprocess.Popen(ranks(2, *life("stopped", 150000, 6)), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env)
until = time.time() + 60
while not os.path.exists(folder("stopped") + "/setup.json") and time.time() < until and job.poll() is None:
    time.sleep(0.002)
job.send_signal(signal.SIGTERM)
code = job.wait(timeout=60)
tap.ok(code != 0 and not os.path.exists(folder("stopped") + "/summary.json"), "a stop", (code, classes("stopped")))
tap.same([run([HECTO, *life(f, 150000, 6)]).returncode for f in ("stopped", "big")], [0, 0], "hecto goes on from there")
same("stopped", "stopped and gone on with", "big")

p = run(ranks(2, "life", "--cohort", folder("alone"), "--people", "1000", "-q"))
tap.ok(p.returncode == 65 and p.stderr.count("other settings") == 1, "other settings are refused, once", (p.returncode, p.stderr))
p = run(ranks(2, "doctor"))
tap.ok(p.returncode == 2 and p.stderr.count("hecto-mpi") >= 1, "nothing else is shared", (p.returncode, p.stderr))
tap.done()
