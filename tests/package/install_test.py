"""`cmake --install` into a folder of one's own, moved afterwards, serves find_package, pkg-config and the tool."""

import tempfile
from pathlib import Path

from installed import BINARY, CMAKE, check, run

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        run(CMAKE, "--install", BINARY, "--prefix", scratch / "first")
        (scratch / "first").rename(scratch / "moved")
        check(scratch / "moved", scratch / "work")
