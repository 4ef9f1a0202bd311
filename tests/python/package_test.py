"""`pip install bindings/python` on an installed duly gives a package that passes its own tests, whose types hold, and which DuckDB and
Spark can use."""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import engines

SKIPPED = 77
SOURCE = Path(os.environ["DULY_SOURCE_DIR"])
PACKAGE = SOURCE / "bindings/python"


def run(*command, **environment):
    done = subprocess.run([str(part) for part in command], env={**os.environ, **environment}, cwd=PACKAGE, capture_output=True, text=True)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def snippets_of(readme):
    found = re.findall(r"```python\n(.*?)```", readme.read_text(), re.DOTALL)
    assert found, readme
    return "".join(found)


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
        print(run(python, "-c", snippets_of(PACKAGE / "README.md") + snippets_of(SOURCE / "README.md"), PYTHONPATH=site))
        engines.check(run, python, site, SOURCE, os.environ["DULY_TOOL"], scratch)
        engines.check_many(run, python, site, SOURCE, os.environ["DULY_TOOL"], scratch)
