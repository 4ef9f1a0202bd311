"""Every public header says how it may be used from threads, can be included first and alone, and needs nothing that is not installed."""

import os
import re
import subprocess
import tempfile
from pathlib import Path

from source_tree import ROOT, finish, sources

STANDARD_OR_OWN = re.compile(r'^\s*#\s*include\s+(<[a-z0-9_]+(\.h)?>|"duly/[a-z0-9_]+\.(h|inc)")', re.MULTILINE)
ANY_INCLUDE = re.compile(r"^\s*#\s*include\b", re.MULTILINE)


def violations_in(path, text):
    if "Threads:" not in text:
        yield f"{path}: no `Threads:` statement"
    if "#pragma once" not in text:
        yield f"{path}: no `#pragma once`"
    if len(ANY_INCLUDE.findall(text)) != len(STANDARD_OR_OWN.findall(text)):
        yield f"{path}: includes something else than the standard library and duly/"


def compiles_alone(path, compiler, language):
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"alone.{'c' if language == 'c11' else 'cc'}"
        source.write_text(f'#include "{path.removeprefix("include/")}"\nextern int not_empty;\n')
        command = [compiler, f"-std={language}", "-fsyntax-only", "-Wall", "-Wextra", "-Wpedantic", "-Werror", f"-I{ROOT}/include", str(source)]
        run = subprocess.run(command, capture_output=True, text=True)
    return [] if run.returncode == 0 else [f"{path}: not alone as {language}\n{run.stderr}"]


if __name__ == "__main__":
    headers = list(sources("include", suffixes=(".h",)))
    found = [v for path, text in headers for v in violations_in(path, text)]
    for path, _ in headers:
        found += compiles_alone(path, os.environ.get("CXX", "c++"), "c++20")
        if path in ("include/duly/c.h", "include/duly/export.h"):
            found += compiles_alone(path, os.environ.get("CC", "cc"), "c11")
    finish(found, len(headers))
