"""libduly.so shows the functions of the C API and what carries DULY_API, under the version node DULY_0, and nothing else; every C function
that the header declares is there."""

import os
import re
import subprocess

from source_tree import ROOT, finish

OURS = re.compile(r"^(duly_\w+|_ZN4duly\w+|_ZNK4duly\w+|_ZT[ISV]N4duly\w+)$")
NODE = "DULY_0"
C_FUNCTION = re.compile(r"\b(duly_\w+)\s*\(")


def exported(listing):
    """(name, version) of each symbol that `nm -D --defined-only` lists."""
    for fields in map(str.split, listing.splitlines()):
        name, _, version = fields[-1].partition("@")
        yield name, version.lstrip("@")


def violations(symbols, declared):
    names = {name for name, _ in symbols}
    for name, version in symbols:
        if name == NODE:
            continue
        if not OURS.match(name):
            yield f"leaks {name}"
        elif version != NODE:
            yield f"{name} has the version `{version}` instead of {NODE}"
    for name in sorted(declared - names):
        yield f"declares {name}, which the library does not show"


def declared_in(header):
    """The functions a C header declares: what stands between DULY_API and the first parenthesis."""
    return {C_FUNCTION.search(part)[1] for part in header.split("DULY_API")[1:] if C_FUNCTION.search(part.split(";")[0])}


if __name__ == "__main__":
    listing = subprocess.run(["nm", "--dynamic", "--defined-only", "--with-symbol-versions", os.environ["DULY_LIBRARY"]],
                             capture_output=True, text=True, check=True).stdout
    header = ROOT / "include/duly/c.h"
    finish(list(violations(list(exported(listing)), declared_in(header.read_text()) if header.exists() else set())), 1)
