"""Data flow one way: which folder of src may include which. The table of the architecture, `base` below everything."""

import re

from source_tree import finish, library_folder, numbered, sources

STAGES = {"syntax", "resolve", "check", "compile", "facts", "evaluate", "determine", "explain", "render"}

# A folder, or one header of it. Public headers, `base` and a folder's own headers are allowed to all (to `base` only its own).
MAY_INCLUDE = {
    "include": set(),
    "base": set(),
    "syntax": set(),
    "resolve": {"syntax"},
    "check": {"resolve"},
    "compile": {"resolve", "check"},
    "facts": {"resolve", "syntax/tree.h"},
    "evaluate": {"compile/plan.h", "facts/fact_table.h"},
    "determine": {"compile/plan.h", "compile/lookup_table.h", "compile/drawn_in.h", "evaluate/values.h", "facts/household.h", "facts/fact_table.h", "facts/columns.h"},
    "explain": {"compile/plan.h", "evaluate/values.h", "determine"},
    "render": set(),
    "engine": STAGES,
    "caseload": STAGES | {"engine"},
    "what_if": STAGES | {"engine", "caseload"},
    "capi": set(),
    "batch": STAGES | {"engine", "caseload"},
    "cases": STAGES | {"engine"},
    "compare": STAGES | {"engine", "caseload", "batch"},
    "generate": {"syntax", "batch/out_file.h"},
    "language": STAGES | {"engine", "cases"},
    "lint": STAGES | {"engine", "cases"},
    "skeleton": STAGES | {"engine"},
    "cli": {"batch", "cases", "compare", "generate", "language", "lint", "skeleton", "resolve/rule_files.h"},
}
SEES_PUBLIC_ONLY = {"render", "capi", "cli"}

# Libraries that stay behind one door, by the start of their headers' names.
ONLY_IN = {"yaml-cpp/": {"syntax"}, "unicode/": {"render"}, "CLI/": {"cli"}, "fmt/": {"batch", "cases", "cli"}}

INCLUDE = re.compile(r'^\s*#\s*include\s+(["<])([^">]+)[">]')


def violation(folder, bracket, header):
    """Why `folder` may not include `header`, or nothing."""
    if bracket == "<":
        for prefix, folders in ONLY_IN.items():
            if header.startswith(prefix) and folder not in folders:
                return f"<{prefix}...> belongs to {' and '.join(sorted(folders))} only"
        return None
    if header.startswith("duly/"):
        return None
    if folder not in MAY_INCLUDE:
        return f"src/{folder} has no row in the include table"
    target = header.split("/")[0]
    allowed = MAY_INCLUDE[folder]
    if target == folder != "include" or target in allowed or header in allowed:
        return None
    if target == "base" and folder not in {"include", "base"}:
        return None
    return f"{folder} may not include {header}"


def violations_in(path, text):
    for line, content in numbered(text):
        found = INCLUDE.match(content)
        if found and (why := violation(library_folder(path), *found.groups())):
            yield f"{path}:{line}: {why}"


if __name__ == "__main__":
    files = list(sources("src", "include"))
    finish([v for path, text in files for v in violations_in(path, text)], len(files))
