"""`duly diff`: what is another in the rules, and for whom; held against a count of its own from the rows of both runs."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(os.environ["DULY_SOURCE_DIR"])
TOOL = os.environ["DULY_TOOL"]
failures = []


def expect(sentence, holds, seen=""):
    if not holds:
        failures.append(f"{sentence}\n{seen}")


def run(*words, status=None):
    done = subprocess.run([TOOL, *map(str, words)], capture_output=True, text=True)
    if status is not None:
        expect(f"`duly {' '.join(map(str, words))}` ends with {status}", done.returncode == status, f"{done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done


def rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        return {(row["household"], row["subject"]): row for row in csv.DictReader(file)}


def a_cap_touches_exactly_those_it_binds(place):
    sample, kept, changed = place / "sample", place / "kept", place / "changed.csv"
    run("generate", "--households", 600, "--seed", 11, "--out", sample, status=0)
    page = place / "report.html"
    done = run("diff", ROOT / "rules", "--set", "us/snap/shelter_cap=800", "--program", "us/snap", "--in", sample, "--month", "2026-06", "--keep", kept, "--csv", changed,
               "--html", page, "--json", status=1)
    report = json.loads(done.stdout)
    before, after = rows(kept / "before/determinations.csv"), rows(kept / "after/determinations.csv")
    deducts_more = {key for key in before if key in after and before[key]["shelter_deduction"] != after[key]["shelter_deduction"]}
    expect("somebody is bound by the cap", len(deducts_more) > 5, str(len(deducts_more)))
    for key in deducts_more:
        if before[key]["shelter_deduction"] and after[key]["shelter_deduction"]:
            at_cap = before[key]["shelter_deduction"] in ("744", "1189", "1003", "873", "606")
            expect(f"{key} had the cap as deduction", at_cap, before[key]["shelter_deduction"])
    pays = {"eligible", "ineligible"}
    own_count = {key for key in before if before[key]["outcome"] != after[key]["outcome"]
                 or (before[key]["outcome"] == "eligible" and before[key]["benefit"] != after[key]["benefit"])}
    told = set(rows(changed))
    expect("the rows that are told are those whose outcome or benefit differs", told == own_count, f"{sorted(told ^ own_count)[:5]}")
    expect("nobody else's deduction moves a benefit", {key for key in own_count if before[key]["outcome"] in pays} <= deducts_more, "")
    counted = sum(group["decisions"] for word, group in report["all"].items() if word != "same")
    expect("the counts are those of the rows", counted == len(told), f"{counted} {len(told)}")
    money = sum(float(row["after"]) - float(row["before"]) for row in rows(changed).values() if row["before"] and row["after"])
    summed = sum(float(group["amount"].replace(",", "")) for group in report["all"].values())
    expect("the money is that of the rows", money == summed, f"{money} {summed}")
    by_group = sum(count["decisions"] for group in report["groups"].values() for count in group.values())
    expect("the groups hold everybody", by_group == sum(group["decisions"] for group in report["all"].values()))
    expect("the change of the figure is told", any(change["name"] == "shelter_cap" and change["after"].startswith("$800") for change in report["rules"]))
    text = page.read_text(encoding="utf-8")
    expect("the page may load nothing", "default-src 'none'" in text)
    shown = re.sub(r"<script.*?</script>", "", text, flags=re.DOTALL)  # the script names addresses that it never asks for
    expect("the page stands alone", "http://" not in shown and "https://" not in shown and "src=" not in shown and "<svg" in shown)


def a_lower_cap_explains_who_loses(place):
    sample = place / "sample"
    done = run("diff", ROOT / "rules", "--set", "shelter_cap=700", "--program", "us/snap", "--in", sample, "--month", "2026-06", "--json", "--worst", 2, status=1)
    worst = json.loads(done.stdout)["worst"]
    expect("two who lose are shown", len(worst) == 2, str(worst)[:300])
    for one in worst:
        expect("the first value that differs is the cap", one.get("first", {}).get("name") == "shelter_cap", str(one))


def an_overlay_takes_the_place_of_definitions(place):
    overlay = place / "overlay.yaml"
    overlay.write_text("""# A cap of 800, and a new figure that nothing reads yet.
shelter_cap:
  title: Most that the shelter deduction can be
  cite: 7 CFR 273.9(d)(6)(ii)
  type: money per month by state
  values:
    - from: 2020-01-01
      source: tried
      confidence: projected
      rows: |
        state | is
        any   | 800
tried_figure:
  title: A figure to be tried
  cite: none yet
  type: money
  values:
    - {from: 2020-01-01, is: 5, source: tried, confidence: projected}
""", encoding="utf-8")
    words = ("--program", "us/snap", "--in", place / "sample", "--month", "2026-06", "--json")
    laid = json.loads(run("diff", ROOT / "rules", "--overlay", overlay, *words, status=1).stdout)
    by_hand = json.loads(run("diff", ROOT / "rules", "--set", "us/snap/shelter_cap=800", *words, status=1).stdout)
    expect("an overlay does what the figure set by hand does", laid["all"] == by_hand["all"], str(laid["all"]))
    expect("a new name is added", any(change["name"] == "tried_figure" for change in laid["rules"]), str(laid["rules"])[:500])
    for text, code in (("shelter_cap: [\n", "E10"), ("note: nothing\n", "E142"), ("program: us/nothing\nshelter_cap: {}\n", "E202"), ("shelter_cap:\n  title: No type\n", "E1")):
        overlay.write_text(text, encoding="utf-8")
        done = run("diff", ROOT / "rules", "--overlay", overlay, *words, status=2)
        expect(f"an overlay of {text!r} is told with {code}", code in done.stderr, done.stderr[:300])


def two_months_differ_by_the_figures_between(place):
    done = run("diff", ROOT / "rules", "--month", "2026-09", "--against", "2026-10", "--program", "us/snap", "--in", place / "sample", "--json", status=1)
    report = json.loads(done.stdout)
    expect("the figures of October are told", any(change["name"] == "shelter_cap" and change["from"] == "2026-10-01" and change["before"] for change in report["rules"]))
    expect("figures of other days are not", all(change["from"].startswith("2026-10") for change in report["rules"]), str(report["rules"])[:300])


def changes_of_rules_are_told_in_words(place):
    old, new = place / "old", place / "new"
    for folder in (old, new):
        shutil.copytree(ROOT / "tests/programs/heating", folder / "heating")
        shutil.copytree(ROOT / "tests/programs/south", folder / "south")
    chapter = new / "heating/grant.yaml"
    text = chapter.read_text(encoding="utf-8")
    text = text.replace("is: 130,", "is: 140,").replace("value: heating_cost / 2", "value: heating_cost / 4")
    chapter.write_text(text, encoding="utf-8")
    sample = place / "homes.jsonl"
    sample.write_text('{"key": "H1", "request": {"benefit_month": "2026-03", "decided": "2026-03-15"}, "place": {"region": "south"}, "people": {"ana": {"wages": 1000}},'
                      ' "fuel": "oil", "heating_cost": 100}\n', encoding="utf-8")
    done = run("diff", old, new, "--program", "south/heating", "--in", sample, status=1)
    expect("the new figure is told with the one before", "$130.00 a month becomes $140.00 a month" in done.stdout, done.stdout)
    expect("the rewritten rule is shown before and after", "value: heating_cost / 2" in done.stdout and "value: heating_cost / 4" in done.stdout, done.stdout)
    expect("who loses is named with both amounts", "H1, ana: 50 becomes 25" in done.stdout, done.stdout)
    same = run("diff", old, old, "--program", "south/heating", "--in", sample, status=0)
    expect("the same rules change nothing", "nothing" in same.stdout, same.stdout)
    weights = place / "weights.csv"
    weights.write_text("household,weight\nH1,2.5\n", encoding="utf-8")
    weighted = json.loads(run("diff", old, new, "--program", "south/heating", "--in", sample, "--weights", weights, "--json", status=1).stdout)
    page = place / "weighted.html"
    said = run("diff", old, new, "--program", "south/heating", "--in", sample, "--weights", weights, "--html", page, status=1).stdout
    expect("weights stand in the text, by group too", said.count("-62.5") == 2, said)
    shown = page.read_text(encoding="utf-8")
    expect("weights stand on the page, by group too", shown.count("-62.50</td>") + shown.count("-62.5</td>") == 2, shown[:2000])
    expect("weights are taken into the money", weighted["all"]["down"]["weighted_amount"] == "-62.50", str(weighted["all"]))

    for wrong, told in (("H1,abc", "the weight of household `H1`"), ("H1,-5", "is `-5`"), ("H2,1", "has no weight of household `H1`")):
        weights.write_text(f"household,weight\n{wrong}\n", encoding="utf-8")
        refused = run("diff", old, new, "--program", "south/heating", "--in", sample, "--weights", weights, status=2)
        expect(f"the weights `{wrong}` are refused", "E502" in refused.stderr and told in refused.stderr, refused.stderr)

    if shutil.which("git") is None:
        print("git is not there: commits are SKIPPED")
        return
    repository = place / "repository"
    shutil.copytree(old, repository / "rules")

    def git(*words):
        subprocess.run(["git", "-C", repository, "-c", "user.name=a", "-c", "user.email=a@example.org", *words], check=True, capture_output=True)

    git("init", "-q")
    git("add", "-A")
    git("commit", "-qm", "first")
    shutil.copytree(new, repository / "rules", dirs_exist_ok=True)
    git("commit", "-qam", "second")
    commits = run("diff", "HEAD~1:rules", "HEAD:rules", "--repository", repository, "--program", "south/heating", "--in", sample, status=1)
    expect("commits are compared like folders", "$130.00 a month becomes $140.00 a month" in commits.stdout, commits.stdout)
    gone = run("diff", "HEAD~9:rules", "HEAD:rules", "--repository", repository, "--program", "south/heating", "--in", sample, status=2)
    expect("a commit that is none is told", "E500" in gone.stderr, gone.stderr)


def what_cannot_be_compared_is_told(place):
    sample = place / "sample"
    for words, code in (((ROOT / "rules",), "E504"), ((ROOT / "rules", "--against", "2026-10"), "E504"), ((ROOT / "rules", "--set", "us/snap/shelter_cup=1"), "E504"),
                        ((ROOT / "rules", "--set", "shelter_cap"), "E504"), ((ROOT / "rules", place / "nowhere"), "E500"),
                        ((ROOT / "rules", "--set", "shelter_cap=much"), "E1"), ((ROOT / "rules", "--set", "shelter_cap=800", "--month", "2026-06", "--group-by", "color"), "E512")):
        done = run("diff", *words, "--program", "us/snap", "--in", sample, status=2)
        expect(f"{words[1:]} is told with {code}", code in done.stderr, done.stderr[:500])


with tempfile.TemporaryDirectory() as folder:
    for part in (a_cap_touches_exactly_those_it_binds, a_lower_cap_explains_who_loses, an_overlay_takes_the_place_of_definitions, two_months_differ_by_the_figures_between, changes_of_rules_are_told_in_words,
                 what_cannot_be_compared_is_told):
        part(Path(folder))
for failure in failures:
    print(failure)
print(f"{len(failures)} failed")
sys.exit(1 if failures else 0)
