"""A few lines of TAP for tests of the command line."""
import sys


class Tap:
    def __init__(self):
        self.lines = []

    def ok(self, holds, name, why=""):
        n = len(self.lines) + 1
        self.lines.append(f"{'ok' if holds else 'not ok'} {n} - {name}")
        if not holds and why:
            self.lines.append(f"# {str(why)[:400]}")

    def same(self, got, want, name):
        self.ok(got == want, name, f"got {got!r}, want {want!r}")

    def done(self):
        count = sum(not line.startswith("#") for line in self.lines)
        print(f"1..{count}")
        print("\n".join(self.lines))
        sys.exit(0)
