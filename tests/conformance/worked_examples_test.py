"""Worked examples of medical aid: each agrees, or differs for a reason that is known and cited."""

import os
import subprocess
import sys
from pathlib import Path

SKIPPED = 77

if __name__ == "__main__":
    here = Path(os.environ["DULY_SOURCE_DIR"]) / "tests/conformance"
    conformance = Path(os.environ.get("DULY_CONFORMANCE", here.parents[2] / "shared/conformance"))
    examples = conformance.parent / "facts/medical/worked_examples.jsonl"
    if not examples.exists():
        print(f"SKIPPED: no {examples}; set DULY_CONFORMANCE")
        sys.exit(SKIPPED)
    sys.exit(subprocess.run([sys.executable, here / "worked_examples", examples]).returncode)
