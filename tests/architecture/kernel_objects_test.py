"""A kernel object must not give the linker anything but its table: an inline function compiled for a newer processor, weak as they are,
could be the copy that an older one runs. One global symbol each, no weak or unique ones, nothing undefined but memory functions."""

import os
import re
import subprocess
import sys

from source_tree import SKIPPED, finish

TABLE = re.compile(r"(^|\d)kernels_(v2|v3|v4|base)(E|$)")
ALLOWED_UNDEFINED = re.compile(r"^(mem(cpy|move|set|cmp)|_GLOBAL_OFFSET_TABLE_|__stack_chk_fail|__(asan|ubsan|tsan|sanitizer|sancov)_.*)$")
OF_SANITIZERS = re.compile(r"^_+((odr_)?asan|(start|stop)_(asan|__sancov))")


def violations_in(listing):
    """`listing` as nm prints the external symbols of one object: value (if defined), type, name."""
    tables = 0
    for fields in map(str.split, listing.splitlines()):
        kind, name = fields[-2], fields[-1]
        if OF_SANITIZERS.match(name):
            continue
        if kind == "U":
            if not ALLOWED_UNDEFINED.match(name):
                yield f"needs {name}"
        elif kind in "WwVvu":
            yield f"weak or unique symbol {name}"
        elif TABLE.search(name):
            tables += 1
        else:
            yield f"second global symbol {name}"
    if tables != 1:
        yield f"{tables} tables instead of one"


if __name__ == "__main__":
    objects = [path for path in os.environ["DULY_KERNEL_OBJECTS"].split(":") if path]
    if not objects:
        print("there are no kernels")
        sys.exit(SKIPPED)
    found = []
    for path in objects:
        listing = subprocess.run(["nm", "--extern-only", path], capture_output=True, text=True, check=True).stdout
        found += [f"{path}: {v}" for v in violations_in(listing)]
    finish(found, len(objects))
