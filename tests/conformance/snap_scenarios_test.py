"""SNAP scenarios of FY 2020 and 2021 of the conformance folder: each agrees, or differs for a reason that is known and cited."""

import os
import subprocess
import sys
from pathlib import Path

SKIPPED = 77

if __name__ == "__main__":
    here = Path(os.environ["DULY_SOURCE_DIR"]) / "tests/conformance"
    scenarios = Path(os.environ.get("DULY_CONFORMANCE", here.parents[2] / "shared/conformance")) / "snap_scenarios.jsonl"
    if not scenarios.exists():
        print(f"SKIPPED: no {scenarios}; set DULY_CONFORMANCE")
        sys.exit(SKIPPED)
    sys.exit(subprocess.run([sys.executable, here / "snap_scenarios", scenarios]).returncode)
