"""The installed line under a real cron, at minute granularity: a quiet night, a regression, one that cannot be judged
and one whose lock is held. SWEEP_PROGRAM and REPORT_PROGRAM say which programs; `make cron-test` sets them. With
CRON_REQUIRED it fails where it would be skipped."""

import fcntl
import os
import subprocess
import tempfile
import unittest
import xml.etree.ElementTree
from pathlib import Path

import private_cron

SWEEP_PROGRAM = os.environ["SWEEP_PROGRAM"]
REPORT_PROGRAM = os.environ["REPORT_PROGRAM"]

# A minute until cron looks, and what a night takes on a busy machine.
PATIENCE = 100

SWEEP = """
name: {name}
base:
  dataset: {{path: practice.h5, levels: [high]}}
  model: {{embedding: 16}}
  batch: 8x3
  steps: 60
  evaluation: {{every: 20}}
  learning_rate: {rate}
sweep: {{m: [0.2, 0.4]}}
seeds: 4
gate: {{test/map@r: {{margin: 0.02}}}}
"""


OBSTACLE = private_cron.obstacle()


@unittest.skipIf(OBSTACLE and not os.environ.get("CRON_REQUIRED"), OBSTACLE)
class NightsUnderCron(unittest.TestCase):
    def setUp(self):
        self.assertIsNone(OBSTACLE)
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        (self.folder / "cron").mkdir()
        self.program("data", "synthesize", "practice.h5", "--train-classes", "24", "--test-classes", "12", "--samples", "8")
        self.cron = private_cron.PrivateCron(self.folder / "cron")
        self.addCleanup(self.cron.stop)

    def program(self, *arguments, program=SWEEP_PROGRAM, status=0):
        ending = subprocess.run([program, *arguments], cwd=self.folder, capture_output=True, text=True)
        self.assertEqual(ending.returncode, status, ending.stderr + ending.stdout)
        return ending.stdout

    def write(self, name, rate=0.1):
        (self.folder / f"{name}.yaml").write_text(SWEEP.format(name=name, rate=rate))

    def install(self, name):
        ending = self.cron.run(
            SWEEP_PROGRAM, "nightly", "install", f"{name}.yaml", "--store", f"{name}.sqlite", "--log", f"{name}.log",
            "--heartbeat", f"{name}.beat", "--workers", "1", folder=self.folder)
        self.assertEqual(ending.returncode, 0, ending.stderr)

    def every_minute(self):
        """Nights come every minute now; nothing else of the installed lines changes."""
        lines = self.cron.run("crontab", "-l").stdout.replace("30 2 * * * ", "* * * * * ")
        self.assertEqual(self.cron.run("crontab", "-", input=lines).returncode, 0)

    def log(self, name):
        file = self.folder / f"{name}.log"
        return file.read_text() if file.exists() else ""

    def test_nights_come_by_themselves_and_tell_what_matters(self):
        for name in ["quiet", "unknown", "held"]:
            self.write(name)
        self.program("nightly", "quiet.yaml", "--store", "quiet.sqlite", status=3)
        self.program("baseline", "set", "main", "quiet", "--store", "quiet.sqlite", program=REPORT_PROGRAM)
        lock = self.folder / "held.nightly" / "held" / "lock"
        lock.parent.mkdir(parents=True)
        with open(lock, "w") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            for name in ["quiet", "unknown", "held"]:
                self.install(name)
            self.install("quiet")
            self.assertEqual(self.cron.run("crontab", "-l").stdout.count("\n"), 3, "installed twice is installed once")
            self.every_minute()
            self.cron.until(lambda: "(exit code 0" in self.log("quiet"), "a quiet night", PATIENCE)
            self.cron.until(lambda: self.cron.mails("held.yaml"), "mail of a held lock", PATIENCE)
        self.cron.until(lambda: self.cron.mails("unknown.yaml"), "mail of a night without baseline", PATIENCE)

        self.assertIn("(exit code 75)", self.log("held"))
        self.assertIn("error: a nightly of the sweep 'held' is under way", self.cron.mails("held.yaml")[0])
        self.assertIn("(exit code 3", self.log("unknown"))
        self.assertRegex(self.cron.mails("unknown.yaml")[0], r"\Acannot judge: unknown on \S+: the sweep has no baseline")
        self.assertIn("rll-report baseline set main unknown", self.cron.mails("unknown.yaml")[0])
        self.assertRegex((self.folder / "quiet.beat").read_text(), r"\A20\S+Z pass quiet\n\Z")

        # An edit that ruins the training, as the next night finds it.
        self.assertEqual(self.cron.mails("quiet.yaml"), [], "a night that is as it was says nothing")
        self.write("quiet", rate=0.001)
        self.cron.until(lambda: self.cron.mails("quiet.yaml"), "mail of a regression", PATIENCE)
        self.assertIn("(exit code 2", self.log("quiet"))
        self.assertRegex(
            self.cron.mails("quiet.yaml")[0],
            r"\AREGRESSION: quiet on \S+: test/map@r of \S+ fell by [0-9.]+ points, from [0-9.]+% of the baseline to "
            r"[0-9.]+% \(interval \[-[0-9.]+, -[0-9.]+\] points, margin 2.00, 4 seeds\)\n")
        tests = xml.etree.ElementTree.parse(self.folder / "quiet.nightly" / "quiet" / "latest.junit.xml").getroot()
        failures = [test for test in tests.iter("testcase") if test.find("failure") is not None]
        self.assertEqual({test.get("classname") for test in failures}, {"quiet.test/map@r"})
        self.assertEqual(len(failures), 2, "both cells fell")
        for test in failures:
            self.assertRegex(
                test.find("failure").get("message"), r"^test/map@r of .* fell by .* of the baseline to .*\(interval \[")


if __name__ == "__main__":
    unittest.main()
