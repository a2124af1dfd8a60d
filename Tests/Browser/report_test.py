"""The report page of a sweep, used as a person would: REPORT_PROGRAM, REPORT_STORE and REPORT_PICTURES say
which program, which store of the demo sweep, and where the screenshots go. `make browser-test` sets them."""

import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

from page import Page

PROGRAM = os.environ["REPORT_PROGRAM"]
STORE = os.environ["REPORT_STORE"]
PICTURES = os.environ["REPORT_PICTURES"]


def report(*arguments):
    ending = subprocess.run([PROGRAM, *arguments, "--store", STORE], capture_output=True, text=True, check=True)
    return ending.stdout


class ReportPage(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.file = Path(cls.folder.name) / "demo.html"
        report("html", "demo", "-o", str(cls.file))
        cls.runs = json.loads(report("runs", "--sweep", "demo", "--json"))
        cls.comparison = json.loads(report("compare", "--sweep", "demo", "--json"))
        cls.page = Page(cls.file.as_uri(), PICTURES)
        cls.addClassCleanup(cls.page.driver.quit)

    def setUp(self):
        self.page.resize(1280, 900)
        self.page.emulate(prefers_reduced_motion="reduce")
        self.page.driver.get("about:blank")
        self.open()

    def tearDown(self):
        self.assertEqual(self.page.complaints(), [], "the console is not empty")

    def open(self, fragment=""):
        self.page.driver.get(self.file.as_uri() + fragment)
        self.page.until(lambda: self.page.text("#headline h1"))

    def run_ids(self, condition):
        return {run["run_id"] for run in self.runs if condition(run)}

    def shown(self):
        return {run for row in self.page.shown_runs() for run in row}

    def test_every_section_is_drawn(self):
        page = self.page
        self.assertEqual(page.text("#headline h1"), "demo")
        self.assertIn("45 of 45 jobs done.", page.text("#progress"))
        self.assertEqual(len(page.all("#effects .panels svg")), 2)
        self.assertEqual(len(page.all("#heat g.tile")), 9)
        self.assertEqual(len(page.all("#boxes rect")), 3)
        self.assertEqual(len(page.all("#parallel .brush")), 4)
        for canvas in ["#parallel canvas", "#curves canvas", "#scatter canvas"]:
            inked = page.script(
                "const c = document.querySelector(arguments[0]);"
                "return c.getContext('2d').getImageData(0, 0, c.width, c.height).data.filter((v, i) => i % 4 === 3 && v).length",
                canvas)
            self.assertGreater(inked, 200, canvas)
        self.assertEqual(len(page.shown_runs()), 9)
        self.assertIn("Differences in validation/map@r to the best, margin 0.8, lambda 0.5", page.text("#comparisons"))
        self.assertIn("rll-sweep", page.text("#provenance pre"))

    def test_figures_are_those_of_the_commands(self):
        rows = {tuple(sorted(row)): position for position, row in enumerate(self.page.shown_runs())}
        self.assertEqual(len(rows), len(self.comparison["cells"]))
        listing = report("compare", "--sweep", "demo", "--format", "markdown")
        for cell in self.page.data()["sweeps"][0]["cells"]:
            self.assertIn(f" {cell['texts'][self.place('test/map@r')]} ", listing)
        best = self.page.text("#grid tbody tr:first-child td.best")
        self.assertIn(best, listing)
        self.assertEqual(
            max(cell["metrics"]["validation/map@r"]["mean"] for cell in self.comparison["cells"]),
            self.page.data()["sweeps"][0]["cells"][0]["means"][self.place("validation/map@r")])

    def place(self, measure):
        return self.page.data()["sweeps"][0]["cell_measures"].index(measure)

    def test_figures_that_the_page_works_out_look_like_those_of_the_program(self):
        different = self.page.script("""
          return sweep.columns.filter((column) => ["ratio", "seconds", "bytes"].includes(column.format)
            || (column.kind === "measure" && column.texts.every((text) => text.includes("."))))
            .flatMap((column) => sweep.runs.map((run) => [column.name, column.text(run), figureText(column.value(run), column.format)]))
            .filter(([, given, own]) => given !== own)""")
        self.assertEqual(different, [])

    def test_a_filter_keeps_the_runs_that_the_command_keeps(self):
        expressions = [
            "margin = 0.4", "m >= 0.4 AND lambda < 0.7", '"validation/map@r" > 0.4', "NOT (margin = 0.2) OR seed IN (0, 3)",
            "state LIKE 'COMP%' AND seed BETWEEN 1 AND 2", "loss.margin * 10 > 2 + 1", "error IS NULL AND seed <> 4",
            "temperature = inf", "wall_seconds IS NOT NULL AND seed % 2 = 1", "state = 'failed'", "note = 'x' OR seed = 1",
            "note <> 'x'", "coalesce(note, 'none') = 'none' AND seed = 0", "[margin] > 0.3 and abs(seed - 2) = 2",
            "P = 60", "K / 2 >= 1", "tag('keep')", "seed > 'text'", "state || seed = 'completed3'", "seed not in (1, NULL)",
            "lambda is 0.5", "lambda is not 0.5 and not seed", "run_id GLOB '*a?' OR margin = 0.8", "(-seed) <= -3",
        ]
        for expression in expressions:
            with self.subTest(expression):
                kept = json.loads(report("runs", "--sweep", "demo", "--where", expression, "--json"))
                self.page.filter(expression)
                self.assertEqual(self.page.text("#filter-message"), "")
                self.assertEqual(self.shown(), {run["run_id"] for run in kept})

    def test_a_wrong_filter_says_what_is_wrong_and_hides_nothing(self):
        for expression, message in [
            ("margni = 0.4", "'margni' is no column (at character 1)"),
            ("margin >", "a value is missing (at character 9)"),
            ("margin = 0.4)", "the expression should end here, or go on with AND or OR (at character 13)"),
            ("seed = 'one", "''one' cannot be read; text stands in 'single quotes', names with signs in \"double quotes\" (at character 8)"),
            ("random() > 0", "random() is not known here; there are tag('name'), abs, lower, upper, length, coalesce, ifnull (at character 1)"),
            ("CASE WHEN seed THEN 1 END", "'CASE' cannot stand here; the page knows comparisons, AND, OR, NOT, IN, LIKE, GLOB, BETWEEN, IS NULL, arithmetic and parentheses, and rll-report runs --where knows all of SQL (at character 1)"),
        ]:
            with self.subTest(expression):
                self.page.filter(expression)
                self.assertEqual(self.page.text("#filter-message"), message)
                self.assertEqual(len(self.shown()), 45)

    def test_rows_are_sorted_both_ways(self):
        page = self.page
        page.click('[data-sort="test/recall@1"]')
        values = self.column_means("test/recall@1")
        self.assertEqual(values, sorted(values, reverse=True))
        self.assertIn("These are figures on the test classes", page.text("#table .summary"))
        page.click('[data-sort="test/recall@1"]')
        self.assertEqual(self.column_means("test/recall@1"), sorted(values))
        self.assertEqual(page.find('th[aria-sort="ascending"]').text, "test/recall@1 ▴")

    def column_means(self, measure):
        """Means of a measure in the order of the table's rows."""
        means = self.means(measure)
        return [means[tuple(sorted(row))] for row in self.page.shown_runs()]

    def means(self, measure):
        sweep = self.page.data()["sweeps"][0]
        ids = next(column for column in sweep["columns"] if column["name"] == "run_id")["values"]
        return {tuple(sorted(ids[run] for run in cell["runs"])): cell["means"][self.place(measure)] for cell in sweep["cells"]}

    def test_a_brush_restricts_table_curves_and_boxes(self):
        page = self.page
        page.brush("loss.margin", 0.6, 1.0)
        expected = self.run_ids(lambda run: run["settings"]["loss.margin"] == 0.8)
        self.assertEqual(self.shown(), expected)
        self.assertEqual(len(page.all("#boxes rect")), 1)
        self.assertIn("15 runs", page.text("#curves .summary"))
        self.assertEqual(len(page.all("#heat g.tile")), 3)
        page.brush("loss.lambda", 0.0, 0.3)
        self.assertEqual(self.shown(), {run["run_id"] for run in self.runs
                                        if run["settings"]["loss.margin"] == 0.8 and run["settings"]["loss.lambda"] == 0.3})
        page.click("#clear-brushes")
        self.assertEqual(len(self.shown()), 45)

    def test_a_brush_can_be_set_by_keyboard(self):
        page = self.page
        page.click("#ranges summary")
        slider = page.find('#ranges input[data-column="loss.margin"][data-end="0"]')
        slider.send_keys(*["\ue014"] * 60)
        page.drawn()
        self.assertEqual(self.shown(), self.run_ids(lambda run: run["settings"]["loss.margin"] == 0.8))

    def test_two_selected_settings_are_compared(self):
        page = self.page
        self.assertIn("Select two runs", page.text("#difference"))
        page.click("#grid tbody tr:nth-child(1) input")
        page.click("#grid tbody tr:nth-child(2) input")
        text = page.text("#difference")
        self.assertIn("Seed by seed", text)
        self.assertIn("margin 0.4, lambda 0.5 minus margin 0.8, lambda 0.5, over 5 common seeds", text)
        self.assertIn("loss.margin", text)
        self.assertIn("10 runs (the selection)", page.text("#curves .summary"))
        difference = self.paired("test/map@r")
        row = next(row.text for row in page.all("#differences tr") if row.text.startswith("test/map@r"))
        self.assertEqual(row, f"test/map@r {difference}")
        page.click("#unselect")
        self.assertIn("Select two runs", page.text("#difference"))

    def paired(self, measure):
        """Mean and interval by the book, from the figures of the command: t of 4 degrees is 2.7764451."""
        def values(margin):
            return {run["seed"]: run["metrics"][measure] for run in self.runs
                    if run["settings"]["loss.margin"] == margin and run["settings"]["loss.lambda"] == 0.5}
        first, second = values(0.8), values(0.4)
        differences = [second[seed] - first[seed] for seed in first]
        mean = sum(differences) / len(differences)
        spread = (sum((value - mean) ** 2 for value in differences) / (len(differences) - 1)) ** 0.5
        half = 2.7764451051977987 * spread / len(differences) ** 0.5
        return " ".join(f"{value * 100:.2f}%" for value in [mean, mean - half, mean + half])

    def test_two_selected_runs_are_compared(self):
        page = self.page
        page.click("#table button:nth-of-type(2)")
        self.assertEqual(len(page.shown_runs()), 45)
        for row in [1, 7]:
            page.click(f"#grid tbody tr:nth-child({row}) input")
        self.assertIn("2 runs side by side.", page.text("#difference"))
        self.assertIn("2 runs selected", page.text("#table .summary"))

    def test_seeds_of_a_setting_unfold(self):
        self.page.click("#grid tbody tr:first-child button[aria-expanded]")
        self.assertEqual(len(self.page.all("#grid tr.member")), 5)

    def test_the_theme_switches(self):
        page = self.page
        paper = lambda: page.script("return getComputedStyle(document.body).backgroundColor")
        self.assertEqual(paper(), "rgb(255, 255, 255)")
        page.click("#theme")
        self.assertEqual(paper(), "rgb(21, 23, 26)")
        page.picture("demo-wide-dark")
        self.assertIn("theme=dark", page.driver.current_url)

    def test_the_address_brings_the_view_back(self):
        page = self.page
        page.filter("lambda = 0.5")
        page.click('[data-sort="test/recall@1"]')
        page.click("#grid tbody tr:nth-child(1) input")
        rows, address = page.shown_runs(), page.driver.current_url
        self.assertEqual(len(rows), 3)
        page.driver.get("about:blank")
        page.driver.get(address)
        page.until(lambda: page.shown_runs())
        self.assertEqual(page.shown_runs(), rows)
        self.assertEqual(len(page.all("#grid input:checked")), 1)

    def test_charts_can_be_read_as_tables(self):
        page = self.page
        for section in ["effects", "heat", "boxes", "parallel", "curves", "scatter"]:
            page.click(f"#{section} details.numbers summary")
            self.assertGreater(len(page.all(f"#{section} details.numbers tbody tr")), 2, section)
        unlabelled = [svg.get_attribute("outerHTML")[:80] for svg in page.all("svg[role=img]:not([aria-hidden])")
                      if not svg.get_attribute("aria-label")]
        self.assertEqual(unlabelled, [])

    def test_it_is_copied_for_papers(self):
        for kind, begin in [("Markdown", "| n | loss.margin |"), ("LaTeX", "\\begin{tabular}{rrr"), ("CSV", "loss.margin,loss.lambda,")]:
            number = next(place for place, button in enumerate(self.page.all("#table .controls > button"), start=1) if button.text == kind)
            self.page.click(f"#table .controls > button:nth-of-type({number})")
            self.assertTrue(self.page.find("#copy textarea").get_attribute("value").startswith(begin), kind)
            self.page.find("#copy button").click()

    def test_it_fits_wide_and_narrow_screens_and_paper(self):
        page = self.page
        page.picture("demo-wide-light")
        page.printed("demo-print")
        for theme in ["light", "dark"]:
            page.resize(400, 800)
            page.emulate(prefers_color_scheme=theme, prefers_reduced_motion="reduce")
            page.drawn()
            page.drawn()
            self.assertLessEqual(page.script("return document.documentElement.scrollWidth"), 400)
            page.picture(f"demo-narrow-{theme}")

    def test_it_asks_for_nothing_from_elsewhere(self):
        self.assertEqual(self.page.script("return performance.getEntriesByType('resource').map((entry) => entry.name).filter((name) => !name.startsWith('data:'))"), [])
        policy = self.page.find("meta[http-equiv='Content-Security-Policy']").get_attribute("content")
        self.assertIn("default-src 'none'", policy)
        self.assertIn("connect-src 'none'", policy)
        self.assertNotIn("unsafe", policy)


if __name__ == "__main__":
    unittest.main(verbosity=2)
