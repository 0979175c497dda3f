#!/usr/bin/env python3
"""The Python package against the golden tables and the JSON of the same fit. TAP.

usage: HECTO_LIBRARY=... test_python.py PACKAGE_DIR"""
import csv
import json
import math
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import unittest

import tap

if os.environ.get("HM_SANITIZE", "none") != "none":
    tap.skip_all("the library is built with sanitizers")
sys.path.insert(0, sys.argv[1])
import hecto  # noqa: E402 - after the path is known

DATA = pathlib.Path(os.environ["HM_TEST_DATA_DIR"])
GATES = dict(distance_m=[5, 10, 15, 20, 30, 40], time_s=[1.158, 1.893, 2.541, 3.149, 4.313, 5.444])


def table(name):
    with open(DATA / name, newline="", encoding="utf-8") as f:
        return list(csv.DictReader(line for line in f if not line.startswith("#")))


def observations():
    """{(dataset, athlete): what to give to hecto.fit}"""
    found = {}
    for r in table("shorts_split_times.csv"):
        runs = found.setdefault(("split_times", r["athlete"]), dict(distance_m=[], time_s=[]))
        runs["distance_m"].append(float(r["distance_m"]))
        runs["time_s"].append(float(r["time_s"]))
    for r in table("shorts_vescovi_01_26.csv"):
        found["vescovi", r["athlete"]] = dict(distance_m=[5, 10, 20, 30, 35],
                                              time_s=[float(r[f"t_{d}m_s"]) for d in (5, 10, 20, 30, 35)])
    rows = table("shorts_jb_morin.csv")
    found["jb_morin", ""] = dict(time_s=[float(r["time_s"]) for r in rows],
                                 speed_mps=[float(r["velocity_mps"]) for r in rows])
    return found


def asked(row):
    correct = row["correct"]
    options = {"model": "mono", "correct": correct.split("=")[0], "report": False}
    if "=" in correct:
        options["fixed_fd_m"] = float(correct.split("=")[1])
    if row["observed"].startswith("distance"):
        options["observe"] = "distance"
    return options


class Goldens(unittest.TestCase):
    def test_every_golden_fit_is_reached(self):
        given = observations()
        rows = table("shorts_golden_fits.csv")
        self.assertEqual(len(rows), 135)
        for row in rows:
            what = next(v for k, v in given.items() if k[0] == row["dataset"] and k[1] in ("", row["athlete"]))
            with self.subTest(dataset=row["dataset"], athlete=row["athlete"], correct=row["correct"]):
                p = hecto.fit(**what, **asked(row))
                for name in ("mss_mps", "mac_mps2", "tau_s", "pmax_w_per_kg", "correction_tc_s", "correction_fd_m",
                             "correction_dc_m"):
                    if row[name]:
                        want = float(row[name])
                        self.assertLessEqual(abs(getattr(p, name) - want), 1e-6 * max(abs(want), 1e-3), name)
                for name in ("rse", "rmse", "max_abs"):
                    self.assertAlmostEqual(getattr(p, name), float(row[name]), delta=1e-9, msg=name)
                self.assertEqual(p.n_points, int(row["n"]))
                self.assertTrue(p.converged)

    def test_closed_forms_are_those_of_the_reference(self):
        checks = 0
        for row in table("sprint_model_checks.csv"):
            arguments = dict(pair.split("=") for pair in row["arguments"].split() if "=" in pair)
            if row["quantity"] != "mono time_s":
                continue
            got = hecto.time(float(arguments["distance_m"]), float(arguments["mss_mps"]), float(arguments["mac_mps2"]))
            self.assertAlmostEqual(got / float(row["value"]), 1, delta=1e-12)
            checks += 1
        self.assertEqual(checks, 10)


class Profiles(unittest.TestCase):
    def setUp(self):
        self.p = hecto.fit(**GATES, model="mono", correct="tc", mass_kg=75, stature_m=1.72, athlete="Kim <b>")

    def test_attributes_are_the_numbers_of_the_file(self):
        run = json.loads(self.p.to_json())["runs"][0]
        numbers = 0
        for name, want in run.items():
            if isinstance(want, (int, float)) and not name.endswith(("_lo90", "_hi90")):
                self.assertEqual(getattr(self.p, name), want, name)
                self.assertIn(name, dir(self.p))
                numbers += 1
            elif isinstance(want, str) and name != "interval":
                self.assertEqual(getattr(self.p, name), want, name)
        self.assertGreater(numbers, 12)
        self.assertEqual(self.p.interval_method, run["interval"])
        for name in ("mss_mps", "mac_mps2", "correction_tc_s"):
            lo, hi = self.p.interval(name)
            if not math.isnan(lo):
                self.assertEqual((lo, hi), (run[name + "_lo90"], run[name + "_hi90"]))
                self.assertTrue(lo < run[name] < hi)

    def test_tables_are_columns_of_the_file(self):
        run = json.loads(self.p.to_json())["runs"][0]
        for name in ("points", "rows", "steps", "changes"):
            columns = getattr(self.p, name)
            for i, row in enumerate(run[name]):
                for key, want in row.items():
                    self.assertEqual(columns[key][i], want, (name, key, i))
        self.assertEqual(self.p.points["distance_m"], GATES["distance_m"])
        self.assertEqual(self.p.parameters["name"], [q["name"] for q in run["parameters"]])

    def test_predictions_go_through_the_gates_and_feel_the_wind(self):
        for t, fitted in zip(self.p.predict(GATES["distance_m"]), self.p.points["fitted_s"]):
            self.assertAlmostEqual(t, fitted, delta=2e-6)
        self.assertLess(self.p.predict(100, still=True, wind_mps=2), self.p.predict(100, still=True))
        self.assertGreater(self.p.predict_speed(30), self.p.predict_speed(10))
        self.assertTrue(math.isnan(self.p.predict(-1)))

    def test_a_profile_comes_back_from_its_file(self):
        with tempfile.TemporaryDirectory() as d:
            path = pathlib.Path(d, "kim.json")
            path.write_text(self.p.to_json(), encoding="utf-8")
            back = hecto.read(path)
        self.assertEqual([q.athlete for q in back], [self.p.athlete])
        self.assertEqual(back[0].predict([7, 77], wind_mps=1), self.p.predict([7, 77], wind_mps=1))
        self.assertEqual(hecto.parse(back.to_json())[0].to_json(), self.p.to_json())

    def test_what_is_not_there_is_an_attribute_error(self):
        with self.assertRaises(AttributeError):
            self.p.mss
        with self.assertRaises(hecto.HectoError):
            self.p.interval("rse")
        self.assertFalse(hasattr(self.p, "_repr_pdf_"))

    def test_a_notebook_gets_a_table_that_is_escaped(self):
        text = self.p._repr_html_()
        self.assertIn("Kim &lt;b&gt;", text)
        self.assertIn(f"<td>{self.p.mss_mps:.4g}</td>", text)
        self.assertIn("8.975", repr(self.p))

    def test_profiles_outlive_their_session_and_many_are_freed(self):
        for _ in range(2000):
            p = hecto.fit(**GATES, model="mono", report=False)
        self.assertAlmostEqual(p.mss_mps, 8.5911430, delta=1e-6)

    def test_threads_read_and_fit_at_once(self):
        found = []

        def work():
            for _ in range(50):
                found.append((hecto.fit(**GATES, model="mono", correct="tc", report=False).mss_mps, self.p.mss_mps))

        threads = [threading.Thread(target=work) for _ in range(4)]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
        self.assertEqual(set(found), {(self.p.mss_mps, self.p.mss_mps)})
        self.assertEqual(len(found), 200)


class Errors(unittest.TestCase):
    def refused(self, code, says, call, *args, **kw):
        with self.assertRaises(hecto.HectoError) as caught:
            call(*args, **kw)
        self.assertEqual(caught.exception.code, code)
        self.assertIn(says, str(caught.exception))

    def test_errors_have_code_and_message(self):
        from hecto import _library as codes
        self.refused(codes.USAGE, "did you mean 'model'", hecto.fit, **GATES, modell="mono")
        self.refused(codes.USAGE, "as many of each", hecto.fit, distance_m=[5, 10], time_s=[1.0])
        self.refused(codes.USAGE, "either", hecto.fit, time_s=[1.0])
        self.refused(codes.USAGE, "semicolon", hecto.fit, **GATES, athlete="a;model=drive")
        self.refused(codes.INPUT, "observation 2", hecto.fit, distance_m=[5, 10, 15], time_s=[1, None, 3], model="mono")
        self.refused(codes.NOFILE, "/nonexistent", hecto.fit_file, "/nonexistent")
        self.refused(codes.USAGE, "mureika, moinat", hecto.wind_gain, 10, 2, law="x")
        self.refused(codes.USAGE, "wind_mps", hecto.fit(**GATES, model="mono").predict, 10, wind_mp=1)

    def test_without_the_library_the_import_says_what_to_do(self):
        env = {**os.environ, "HECTO_LIBRARY": "/nonexistent/libhecto.so.0", "PYTHONPATH": sys.argv[1], "LD_LIBRARY_PATH": ""}
        p = subprocess.run([sys.executable, "-c", "import hecto; print(hecto.version())"], env=env, capture_output=True,
                           text=True)
        if p.returncode:  # unless one is installed on this machine
            self.assertIn("set HECTO_LIBRARY", p.stderr)


class Files(unittest.TestCase):
    def test_a_session_is_a_list_in_the_order_of_the_file(self):
        with tempfile.TemporaryDirectory() as d:
            path = pathlib.Path(d, "séance.csv")
            path.write_text("athlete,distance_m,time_s\nJim,5,0.89\nJim,10,1.55\nJim,20,2.9\nJim,30,4.14\nOne,5,1.2\n"
                            "Kim,5,1.16\nKim,10,1.89\nKim,20,3.15\nKim,30,4.31\n", encoding="utf-8")
            s = hecto.fit_file(path, model="mono", report=False)
        self.assertEqual([p.athlete for p in s], ["Jim", "One", "Kim"])
        self.assertEqual(list(s.errors), [1])
        self.assertTrue(math.isnan(s[1].mss_mps))
        self.assertIn(s.errors[1], repr(s[1]))
        self.assertEqual(len(json.loads(s.to_json())["runs"]), 2)
        kim = s[2]
        del s
        self.assertGreater(kim.mss_mps, 8)


class Vectors(unittest.TestCase):
    def test_results_come_in_the_form_of_the_input(self):
        self.assertIsInstance(hecto.time(100, 8, 9), float)
        self.assertEqual(hecto.time((100,), 8, 9), [hecto.time(100, 8, 9)])
        self.assertEqual(hecto.speed([], 8, 9), [])
        self.assertAlmostEqual(hecto.distance(hecto.time([10, 20], 8, 9, 0.1), 8, 9, 0.1)[1], 20, delta=1e-9)
        self.assertEqual(hecto.acceleration(0, 8, 9), 9)
        self.assertAlmostEqual(hecto.wind_gain(10, 2), 0.1008, delta=1e-6)
        self.assertAlmostEqual(hecto.wind_gain(10, 2, law="moinat"), 0.08258, delta=1e-6)
        self.assertAlmostEqual(hecto.air_density(0, 25), 1.293 * 273 / 298, delta=1e-12)

    def test_bodies_are_those_of_the_reference(self):
        fv = hecto.force_velocity([9.20667822, 8.0], [6.91659243, 9.0], 75, [1.72, 1.75])
        self.assertAlmostEqual(fv["v0_mps"][0], 9.646874111909, delta=1e-8)
        self.assertAlmostEqual(fv["v0_mps"][1], 8.21590607043255, delta=1e-8)
        self.assertAlmostEqual(fv["drf_per_mps"][0], -0.0651787574724, delta=1e-10)
        back = hecto.force_velocity_inverse(fv["f0_n_per_kg"][0], fv["v0_mps"][0], 75, 1.72)
        self.assertAlmostEqual(back["mss_mps"], 9.20667822, delta=1e-8)
        self.assertAlmostEqual(hecto.drag(10, 75, 1.75, wind_mps=-2), 38.8624521335843, delta=1e-10)
        self.assertAlmostEqual(hecto.step_spring(70, 1.75, 10, 0.1, 0.125)["leg_n_per_m"], 14345.82784, delta=1e-5)
        with self.assertRaises(ValueError):
            hecto.force_velocity([9, 8], [7, 7, 7], 75, 1.7)

    def test_numpy_arrays_go_in_and_out(self):
        try:
            import numpy
        except ImportError:
            self.skipTest("no numpy")
        x = numpy.array([[10.0, 20.0], [30.0, 40.0]])
        t = hecto.time(x, 8, 9)
        self.assertEqual(t.shape, (2, 2))
        self.assertEqual(t[1, 0], hecto.time(30, 8, 9))
        self.assertEqual(hecto.fit(distance_m=numpy.array(GATES["distance_m"]), time_s=numpy.array(GATES["time_s"]),
                                   model="mono").mss_mps, hecto.fit(**GATES, model="mono").mss_mps)

    def test_help_and_version(self):
        self.assertIn("fixed_fd_m", hecto.help())
        self.assertEqual(len(hecto.version().split(".")), 3)


tap.run(__name__)
