"""Codes stand sorted, each number and name once, and each has its paragraph in docs/errors.md."""

import re
import sys

from source_tree import ROOT, SKIPPED, finish

CODE = re.compile(r"^DULY_CODE\((\d+), (\w+), ", re.MULTILINE)
HEADING = re.compile(r"^\W*E(\d{3})\b", re.MULTILINE)  # a heading, a bold word or a table row that begins with the code


def list_violations(codes):
    """`codes` as (number, name) in the order of the file."""
    numbers, names = [int(number) for number, _ in codes], [name for _, name in codes]
    for before, after in zip(numbers, numbers[1:]):
        if after <= before:
            yield f"codes.inc: {after} stands after {before}"
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"codes.inc: `{name}` stands twice"


def page_violations(codes, page):
    explained = {number for number in HEADING.findall(page)}
    for number, name in codes:
        if number not in explained:
            yield f"docs/errors.md: no paragraph begins with E{number} {name}"
    for number in sorted(explained - {number for number, _ in codes}):
        yield f"docs/errors.md: explains E{number}, which does not exist"


if __name__ == "__main__":
    listed = CODE.findall((ROOT / "include/duly/codes.inc").read_text())
    page = ROOT / "docs/errors.md"
    found = list(list_violations(listed))
    if not page.exists() and not found:
        print("docs/errors.md is not there")
        sys.exit(SKIPPED)
    finish(found + list(page_violations(listed, page.read_text() if page.exists() else "")), len(listed))
