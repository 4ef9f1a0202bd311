"""FEEL cases of the DMN Technology Compatibility Kit, judged by the conformance folder's own script: at least 98 percent of the values agree and
95 percent of the mistakes are refused."""

import os
import subprocess
import sys
from pathlib import Path

SKIPPED = 77

if __name__ == "__main__":
    folder = Path(os.environ.get("DULY_CONFORMANCE", Path(os.environ["DULY_SOURCE_DIR"]).parent / "shared/conformance"))
    judge, cases = folder / "check_feel.py", folder / "feel_cases.jsonl"
    if not judge.exists() or not cases.exists():
        print(f"SKIPPED: no FEEL cases in {folder}; set DULY_CONFORMANCE")
        sys.exit(SKIPPED)
    sys.exit(subprocess.run([sys.executable, judge, cases, "--", os.environ["DULY_TOOL"], "eval", "--lines"]).returncode)
