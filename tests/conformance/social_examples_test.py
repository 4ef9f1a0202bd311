"""Worked examples of shelter and housing beside the conformance folder: each agrees, or is refuted with its citation. The runner finds what is wrong."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

SKIPPED = 77
COMPLETE = ["HO-", "SH-"]


def run(runner, path, prefixes):
    return subprocess.run([sys.executable, runner, path, "--complete", *prefixes], capture_output=True, text=True)


def main():
    here = Path(os.environ["DULY_SOURCE_DIR"]) / "tests/conformance"
    conformance = Path(os.environ.get("DULY_CONFORMANCE", here.parents[2] / "shared/conformance"))
    examples = conformance.parent / "facts/social/worked_examples.csv"
    if not examples.exists():
        print(f"SKIPPED: no {examples}; set DULY_CONFORMANCE")
        return SKIPPED
    done = run(here / "social_examples", examples, COMPLETE)
    print(done.stdout + done.stderr)
    if done.returncode != 0:
        return 1
    wrong = {
        "a figure that is not the rule's": ("HO-4,assets=105574 2026,fail", "unexplained"),
        "a text that no block fits": ("HO-4,assets of 105574,pass", "no block of its .rows fits"),
        "a rule of a prefix without a map": ("HO-99,n=3,pass", "without a map: HO-99 (1)"),
    }
    failed = 0
    for what, (line, said) in wrong.items():
        with tempfile.NamedTemporaryFile("w", suffix=".csv") as table:
            table.write(f"rule_id,inputs,expected\n{line}\n")
            table.flush()
            found = run(here / "social_examples", table.name, COMPLETE)
        if found.returncode != 1 or said not in found.stdout or not found.stdout.endswith("agree 0 of 1\n"):
            print(f"{what} goes unnoticed:\n{found.stdout}{found.stderr}")
            failed = 1
    return failed


if __name__ == "__main__":
    sys.exit(main())
