"""The C++ sources as the structural tests see them, and how such a test ends."""

import os
import re
import sys
from pathlib import Path

ROOT = Path(os.environ.get("DULY_SOURCE_DIR", Path(__file__).parents[2]))
SKIPPED = 77

_COMMENT_OR_TEXT = re.compile(
    r"""//[^\n]*|/\*.*?\*/|R"(?P<mark>[^()\s]*)\(.*?\)(?P=mark)"|"(?:\\.|[^"\\\n])*"|(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'""", re.DOTALL)


def sources(*folders, suffixes=(".h", ".cc", ".inc")):
    """The files below `folders`, as (path relative to the project, text)."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in suffixes:
                yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def library_folder(path):
    """`base` for src/base/date.cc, `include` for a public header."""
    parts = path.split("/")
    return parts[1] if parts[0] == "src" else "include"


def without_comments_and_texts(text):
    """`text` with comments, string and character literals blanked, lines where they were."""
    return _COMMENT_OR_TEXT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)


def numbered(text):
    return enumerate(text.split("\n"), start=1)


def finish(violations, checked):
    """Prints what is wrong and ends the test; a check of nothing does not pass."""
    for violation in violations:
        print(violation)
    print(f"{len(violations)} violations in {checked} files")
    sys.exit(1 if violations or not checked else 0)
