"""The Debian package, unpacked, serves the same, and names the libraries it needs."""

import shutil
import sys
import tempfile
from pathlib import Path

from installed import BINARY, CMAKE, check, run

SKIPPED = 77
NEEDS = ["libyaml-cpp", "libicu", "libssl", "libc6", "libstdc++6"]

if __name__ == "__main__":
    if not shutil.which("dpkg-shlibdeps"):
        print("no dpkg-shlibdeps: not Debian, or dpkg-dev is missing")
        sys.exit(SKIPPED)
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        run(Path(CMAKE).with_name("cpack"), "-G", "DEB", "-B", scratch, cwd=BINARY)
        package = next(scratch.glob("duly_*.deb"))
        depends = run("dpkg-deb", "--field", package, "Depends")
        missing = [name for name in NEEDS if name not in depends]
        assert not missing, f"{missing} not in Depends: {depends}"
        run("dpkg-deb", "--extract", package, scratch / "root")
        check(scratch / "root/usr", scratch / "work")
