"""The nights of a sweep on its report page, over a copy of the demo store (see `report_test.py`)."""

import json
import os
import shutil
import sqlite3
import subprocess
import tempfile
import unittest
from pathlib import Path

from page import Page

PROGRAM = os.environ["REPORT_PROGRAM"]
STORE = os.environ["REPORT_STORE"]
PICTURES = os.environ["REPORT_PICTURES"]
GATE = [{"measure": "test/map@r", "margin": 0.005}, {"measure": "test/recall@1", "margin": 0.01}]


class Nightly(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.store = Path(cls.folder.name) / "nights.sqlite"
        shutil.copy(STORE, cls.store)
        cls.report("baseline", "list")
        cls.sql("UPDATE launch SET gate = ?", (json.dumps(GATE),))
        # Where the demo was made before, its last launch ran nothing, which is no night.
        cls.sql("UPDATE launchJob SET action = 'run'")
        cls.report("baseline", "set", "main", "demo")
        cls.report("gate", "demo", "--record")
        cls.sql(
            "INSERT INTO night SELECT '0123456789abcdef', sweep, setDigest, '2020-01-01T02:30:00.000Z', recordedAt, host,"
            " 'regression', 'a measure fell', baselineId, processorSeconds, steps, peakMemoryBytes FROM night")
        file = Path(cls.folder.name) / "demo.html"
        cls.report("html", "demo", "-o", str(file))
        cls.page = Page(file.as_uri(), PICTURES)
        cls.addClassCleanup(cls.page.driver.quit)

    @classmethod
    def report(cls, *arguments):
        subprocess.run([PROGRAM, *arguments, "--store", str(cls.store)], capture_output=True, check=True)

    @classmethod
    def sql(cls, statement, values=()):
        with sqlite3.connect(cls.store) as store:
            store.execute(statement, values)
        store.close()

    def test_nights_stand_beside_the_baseline_with_their_verdicts(self):
        page = self.page
        self.assertEqual(page.text("#nightly h2"), "Nightly")
        self.assertEqual(len(page.all("#nightly .night-line")), 9)
        self.assertEqual(len(page.all("#nightly .margin")), 1)
        signs = page.script("return [...document.querySelectorAll('#nightly .verdict')].map((mark) => mark.firstChild.data)")
        self.assertEqual(signs, ["✕", "✓"])
        self.assertIn("The last of 2 nights", page.text("#nightly .summary"))
        self.assertIn("the band is the margin of 0.5%", page.text("#nightly .summary"))
        page.choose("#nightly select", "test/recall@1")
        self.assertIn("the band is the margin of 1%", page.text("#nightly .summary"))
        self.assertIn("nightly=", page.driver.current_url)
        page.picture("nightly", 900)
        self.assertEqual(page.complaints(), [], "the console is not empty")

    def test_without_nights_there_is_no_such_section(self):
        file = Path(self.folder.name) / "plain.html"
        subprocess.run([PROGRAM, "html", "demo", "-o", str(file), "--store", STORE], capture_output=True, check=True)
        self.page.driver.get(file.as_uri())
        self.page.until(lambda: self.page.text("#headline h1"))
        self.assertFalse(self.page.find("#nightly").is_displayed())


if __name__ == "__main__":
    unittest.main()
