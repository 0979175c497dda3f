"""unittest cases told as TAP."""
import sys
import unittest


class TapResult(unittest.TestResult):
    def __init__(self):
        super().__init__()
        self.lines = []

    def _tell(self, good, test, remark="", why=""):
        self.lines.append(f"{'ok' if good else 'not ok'} {len(self.lines) + 1} - {test.id().split('.', 1)[-1]}{remark}")
        for line in why.splitlines():
            print("# " + line)

    def addSuccess(self, test):
        self._tell(True, test)

    def addFailure(self, test, err):
        self._tell(False, test, why=self._exc_info_to_string(err, test))

    addError = addFailure

    def addSkip(self, test, reason):
        self._tell(True, test, f" # SKIP {reason}")

    def addSubTest(self, test, subtest, err):
        if err is not None:
            self._tell(False, test, why=f"{subtest}\n" + self._exc_info_to_string(err, test))


def run(module):
    suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules[module])
    result = TapResult()
    suite.run(result)
    print(f"1..{len(result.lines)}")
    print("\n".join(result.lines))
    sys.exit(any(line.startswith("not ok") for line in result.lines) or not result.lines)


def skip_all(why):
    print(f"1..0 # SKIP {why}")
    sys.exit(0)
