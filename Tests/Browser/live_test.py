"""The served page, which follows a sweep while it runs. REPORT_PROGRAM, SWEEP_PROGRAM, REPORT_DATA and
REPORT_PICTURES say which programs, the practice set, and where the screenshots go."""

import os
import re
import signal
import subprocess
import tempfile
import unittest
from pathlib import Path

from page import Page

PROGRAM = os.environ["REPORT_PROGRAM"]
PICTURES = os.environ["REPORT_PICTURES"]

SWEEP = f"""
name: live
description: Does </script><b>&amp; "the" λ page follow?
base:
  dataset: {{path: '{os.path.abspath(os.environ["REPORT_DATA"])}', levels: [high]}}
  model: {{embedding: 16}}
  steps: 40
  evaluation: {{every: 10}}
sweep: {{m: [0.2, 0.4]}}
seeds: 4
"""


class ServedPage(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.store = str(self.folder / "store.sqlite")
        self.file = self.folder / "live.yaml"
        self.file.write_text(SWEEP)

    def launch(self, *arguments):
        return subprocess.Popen(
            [os.environ["SWEEP_PROGRAM"], "launch", str(self.file), "--store", self.store, *arguments],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def serve(self):
        server = subprocess.Popen(
            [PROGRAM, "serve", "--port", "0", "--store", self.store], stderr=subprocess.PIPE, text=True)
        self.addCleanup(server.stderr.close)
        self.addCleanup(lambda: server.poll() is None and server.kill())
        for line in server.stderr:
            if address := re.fullmatch(r"(http://\S+)\n", line):
                return server, address[1]
        self.fail("the server did not say where it is")

    def test_it_follows_a_sweep_and_ends_on_a_signal(self):
        first = self.launch()
        self.assertEqual(first.wait(), 0)
        server, address = self.serve()
        with Page(address, PICTURES) as page:
            self.assertEqual(page.text("#headline h1"), "live")
            self.assertEqual(page.text("#headline .question"), 'Does </script><b>&amp; "the" λ page follow?')
            self.assertIn("8 of 8 jobs done.", page.text("#progress"))
            self.file.write_text(SWEEP.replace("0.4]", "0.4, 0.6]"))
            page.filter("seed <= 2")
            second = self.launch()
            page.until(lambda: "12 of 12 jobs done." in page.text("#progress"), seconds=120)
            self.assertEqual(second.wait(), 0)
            self.assertEqual(sum(len(row) for row in page.shown_runs()), 9)
            page.picture("live-wide")
            page.resize(400, 800)
            page.drawn()
            page.drawn()
            self.assertLessEqual(page.script("return document.documentElement.scrollWidth"), 400)
            page.picture("live-narrow")
            self.assertEqual(page.complaints(), [])
            server.send_signal(signal.SIGTERM)
            self.assertEqual(server.wait(timeout=10), 0)
            page.until(lambda: "no answer from the server" in page.text("#live"), seconds=20)


if __name__ == "__main__":
    unittest.main(verbosity=2)
