"""`pip install bindings/python` on an installed duly gives a package that passes its own tests, and whose types hold."""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

SKIPPED = 77
SOURCE = Path(os.environ["DULY_SOURCE_DIR"])
PACKAGE = SOURCE / "bindings/python"


def run(*command, **environment):
    done = subprocess.run([str(part) for part in command], env={**os.environ, **environment}, cwd=PACKAGE, capture_output=True, text=True)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def snippet_of(readme):
    return re.search(r"```python\n(.*?)```", readme.read_text(), re.DOTALL).group(1)


if __name__ == "__main__":
    python = os.environ.get("DULY_PYTHON")
    if not python:
        print("SKIPPED: DULY_PYTHON names no Python that has bindings/python/requirements.txt; ./dev test makes one")
        sys.exit(SKIPPED)
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        run(os.environ["CMAKE_COMMAND"], "--install", os.environ["DULY_BINARY_DIR"], "--prefix", scratch / "duly")
        run(python, "-m", "pip", "install", "--quiet", "--no-build-isolation", "--no-deps", "--target", scratch / "site", ".",
            "-C", f"cmake.define.duly_ROOT={scratch / 'duly'}", "-C", f"build-dir={scratch / 'build'}")
        (scratch / "duly").rename(scratch / "elsewhere")  # the package stands alone
        site = str(scratch / "site")
        print(run(python, "-m", "pytest", "--quiet", "tests", PYTHONPATH=site))
        print(run(python, "-m", "mypy", "--strict", "--no-warn-return-any", "--no-incremental", "--cache-dir", scratch / "mypy", scratch / "site/duly"))
        print(run(python, "-c", snippet_of(PACKAGE / "README.md") + snippet_of(SOURCE / "README.md"), PYTHONPATH=site))
