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

    def test_a_sweep_draws_a_line_and_a_mark_at_each_cliff(self):
        page, said = self.written("sweep", MOTHER, "--vary", "people.ana.wages=0..6000:500", "--program", "us/snap", "--json")
        self.stands_alone(page)
        swept = json.loads(said)
        cliffs = [turn for turn in swept["turns"] if turn["is_cliff"]]
        self.assertGreater(len(cliffs), 0)
        self.assertEqual(self.drawn(page, "figure svg polyline"), 1)
        self.assertEqual(self.drawn(page, "figure svg circle"), len(cliffs))
        self.assertEqual(self.drawn(page, "tbody tr"), len(swept["points"]))
        self.fits(page)
        self.prints(page)

    def test_a_sweep_along_two_facts_draws_a_line_for_each_value_of_the_other(self):
        page, _ = self.written("sweep", MOTHER, "--vary", "people.ana.wages=0..3000:500", "--by", "pays_heating_or_cooling=yes,no", "--program", "us/snap")
        self.stands_alone(page)
        self.assertEqual(self.drawn(page, "figure svg polyline"), 2)
        self.prints(page)

    def test_a_comparison_draws_a_bar_for_each_change_and_step(self):
        caseload = self.folder / "caseload"
        duly("generate", "--households", 500, "--seed", 7, "--out", caseload)
        page, said = self.written("diff", "rules", "--set", "us/snap/shelter_cap=600", "--in", caseload, "--program", "us/snap", "--json", status=1)
        self.stands_alone(page)
        compared = json.loads(said)
        changes = [change for change in compared["all"].values() if change["decisions"] > 0]
        self.assertGreater(len(changes), 1)
        self.assertGreater(len(compared["worst"]), 0)
        self.assertGreater(len(compared["distribution"]), 0)
        self.assertEqual(self.drawn(page, ".bars svg rect"), len(changes) + len(compared["distribution"]))
        self.assertEqual(self.drawn(page, "details"), len(compared["worst"]))
        self.fits(page)
        self.prints(page)

    def test_a_screening(self):
        page, _ = self.written("screen", FAMILY)
        self.stands_alone(page)
        self.prints(page)


if __name__ == "__main__":
    if chromium.find() is None:
        print("no chromium (Debian: chromium): the pages are not tried in a browser, SKIPPED")
        sys.exit(SKIPPED)
    unittest.main()
