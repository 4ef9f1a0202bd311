"""The pages that the tool writes, opened in Chromium: everything that is to be drawn is drawn, nothing complains, nothing is asked of the network, and they
print on paper."""

import json
import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import chromium

ROOT = Path(os.environ["DULY_SOURCE_DIR"])
TOOL = os.environ["DULY_TOOL"]
SKIPPED = 77
HAS_SCRIPT = (Path(os.environ["DULY_BINARY_DIR"]) / "share/duly/charts.js").is_file()  # npm made it; else the pages are plain
MOTHER = "examples/households/working_mother.yaml"
FAMILY = "examples/households/family_of_three.yaml"


def duly(*words, status=0):
    ran = subprocess.run([TOOL, *map(str, words)], cwd=ROOT, capture_output=True, text=True, check=False)
    if ran.returncode != status:
        raise RuntimeError(f"duly {' '.join(map(str, words))}: {ran.stderr}")
    return ran.stdout


class Pages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        cls.browser = cls.enterClassContext(chromium.Chromium(chromium.find(), cls.folder / "profile"))

    def written(self, *words, status=0):
        """A page that a command wrote, opened, with what the command says as JSON."""
        path = self.folder / f"{self._testMethodName}.html"
        said = duly(*words, "--html", path, status=status)
        page = self.browser.open(path.as_uri())
        self.address = path.as_uri()
        return page, said

    def stands_alone(self, page):
        self.assertEqual(set(page.requests), {self.address})
        self.assertEqual(page.complaints, [])

    def prints(self, page, at_least=1):
        pdf = page.pdf()
        self.assertTrue(pdf.startswith(b"%PDF-"))
        self.assertGreaterEqual(len(re.findall(rb"/Type\s*/Page\b", pdf)), at_least)

    def drawn(self, page, selector):
        """How many such marks take up room on the page."""
        return page.value_of(f"[...document.querySelectorAll({json.dumps(selector)})].filter(mark => {{"
                             " const box = mark.getBoundingClientRect(); return box.width > 0 || box.height > 0; }).length")

    def fits(self, page):
        """Nothing lies beyond the right edge."""
        self.assertLessEqual(page.value_of("document.documentElement.scrollWidth"), page.value_of("document.documentElement.clientWidth"))

    def test_a_page_that_asks_for_something_or_complains_is_found_out(self):
        path = self.folder / "bad.html"
        path.write_text("<!DOCTYPE html><title>bad</title><img src='missing.png'><script>console.log('said'); nowhere();</script>")
        page = self.browser.open(path.as_uri())
        self.assertEqual(set(page.requests), {path.as_uri(), (self.folder / "missing.png").as_uri()})
        self.assertRegex("\n".join(page.complaints), "(?s)said.*nowhere is not defined")

    def test_a_determination(self):
        page, _ = self.written("determine", FAMILY, "--program", "us/snap")
        self.stands_alone(page)
        self.assertGreater(self.drawn(page, "section"), 0)
        self.fits(page)
        self.prints(page)

    def charted(self, page):
        """Waits until the charts stand where the plain drawings did, and says nothing of a page without a script."""
        page.wait_for("document.documentElement.dataset.charts !== undefined")
        self.assertEqual(page.value_of("document.documentElement.dataset.charts"), "drawn")
        self.assertEqual(self.drawn(page, ".plain"), 0)
        self.stands_alone(page)

    def marks(self, page, name):
        """How many marks a chart drew in the layer of that name."""
        return page.value_of(f"document.querySelectorAll('.chart svg .{name}_marks > path, .chart svg .{name}_marks > text').length")

    def plain(self, page):
        """The same page where no script may run."""
        again = self.browser.open(self.address, runs_scripts=False)
        self.stands_alone(again)
        self.assertEqual(again.value_of("document.querySelectorAll('.chart svg').length"), 0)
        return again

    def swept(self, *words):
        page, said = self.written("sweep", MOTHER, *words, "--program", "us/snap", "--json")
        return page, json.loads(said)

    def test_a_sweep_draws_a_line_and_a_mark_at_each_cliff(self):
        page, swept = self.swept("--vary", "people.ana.wages=0..6000:500")
        cliffs = [turn for turn in swept["turns"] if turn["is_cliff"]]
        self.assertGreater(len(cliffs), 0)
        if HAS_SCRIPT:
            self.charted(page)
            self.assertEqual(page.value_of("document.querySelectorAll('.chart svg').length"), 3)
            for name in ("cliffs", "rules", "labels"):
                self.assertEqual(page.value_of(f"document.querySelectorAll('.{name}_marks > *').length"), len(cliffs), name)
            self.assertGreaterEqual(self.marks(page, "served"), 1)
            labels = page.value_of("[...document.querySelectorAll('.labels_marks text')].map(one => one.textContent)")
            self.assertEqual([label for label in labels if label.startswith("-$")],
                             [f"-${float(turn['lost']):,.2f}" for turn in cliffs if turn.get("lost")])
            self.assertEqual(page.value_of("[...document.querySelectorAll('.chart [role=graphics-document]')].filter(one => one.getAttribute('aria-label')).length"), 3)
            self.fits(page)
            self.prints(page)
            page = self.plain(page)
        self.stands_alone(page)
        self.assertEqual(self.drawn(page, "figure svg polyline"), 1)
        self.assertEqual(self.drawn(page, "figure svg circle"), len(cliffs))
        self.assertEqual(self.drawn(page, "tbody tr"), len(swept["points"]))
        self.fits(page)
        self.prints(page)

    def test_a_sweep_along_two_facts_draws_a_line_for_each_value_of_the_other(self):
        page, swept = self.swept("--vary", "people.ana.wages=0..3000:500", "--by", "pays_heating_or_cooling=yes,no")
        if HAS_SCRIPT:
            self.charted(page)
            self.assertEqual(self.marks(page, "map"), len([point for point in swept["points"] if point.get("net")]))
            self.assertGreater(self.marks(page, "map"), 0)
            page = self.plain(page)
        self.stands_alone(page)
        self.assertEqual(self.drawn(page, "figure svg polyline"), 2)
        self.prints(page)

    def test_a_sweep_along_words_draws_a_bar_for_each(self):
        page, swept = self.swept("--vary", "place.state=TX,GA,NY", "--by", "pays_heating_or_cooling=yes,no")
        self.assertEqual(len(swept["points"]), 6)
        known = [point for point in swept["points"] if point.get("net")]
        self.assertGreater(len(known), 2)
        if HAS_SCRIPT:
            self.charted(page)
            self.assertEqual(self.marks(page, "nets"), len(known))
            self.assertEqual(self.marks(page, "outcomes"), sum(len(point["decisions"]) for point in swept["points"]))
            self.fits(page)
            self.prints(page)
            page = self.plain(page)
        self.stands_alone(page)
        self.assertEqual(self.drawn(page, "figure svg .bar"), len(known))
        self.fits(page)
        self.prints(page)

    def test_a_comparison_draws_a_bar_for_each_change_and_step(self):
        caseload = self.folder / "caseload"
        duly("generate", "--households", 500, "--seed", 7, "--out", caseload)
        page, said = self.written("diff", "rules", "--set", "us/snap/shelter_cap=600", "--in", caseload, "--program", "us/snap", "--json", status=1)
        compared = json.loads(said)
        changes = [change for change in compared["all"].values() if change["decisions"] > 0]
        self.assertGreater(len(changes), 1)
        self.assertGreater(len(compared["worst"]), 0)
        self.assertGreater(len(compared["distribution"]), 0)
        if HAS_SCRIPT:
            self.charted(page)
            self.assertEqual(self.marks(page, "bars"), len(changes))
            self.assertEqual(self.marks(page, "steps"), len(compared["distribution"]))
            moved = [count for group in compared["groups"].values() for word, count in group.items()
                     if word in ("newly_eligible", "lost", "up", "down") and count["decisions"] > 0]
            self.assertEqual(self.marks(page, "groups"), len(moved))
            self.fits(page)
            self.prints(page)
            page = self.plain(page)
        self.stands_alone(page)
        self.assertEqual(self.drawn(page, ".bars svg rect"), len(changes) + len(compared["distribution"]))
        self.assertEqual(self.drawn(page, "details"), len(compared["worst"]))
        self.fits(page)
        self.prints(page)

    def test_a_tool_without_the_script_says_that_charts_are_plain(self):
        page, _ = self.swept("--vary", "people.ana.wages=0..1000:500")
        told = "document.body.textContent.includes('The charts of this page are plain drawings')"
        self.assertEqual(page.value_of(told), not HAS_SCRIPT)
        self.assertIn("charts of pages: " + ("Vega-Lite 6." if HAS_SCRIPT else "plain drawings"), duly("version"))

    def test_a_screening(self):
        page, _ = self.written("screen", FAMILY)
        self.stands_alone(page)
        self.prints(page)


if __name__ == "__main__":
    if chromium.find() is None:
        print("no chromium (Debian: chromium): the pages are not tried in a browser, SKIPPED")
        sys.exit(SKIPPED)
    unittest.main()
