"""An installation of duly in a scratch folder, as its users see it."""

import os
import subprocess
from pathlib import Path

SOURCE = Path(os.environ["DULY_SOURCE_DIR"])
BINARY = Path(os.environ["DULY_BINARY_DIR"])
CMAKE = os.environ["CMAKE_COMMAND"]
CONSUMER = SOURCE / "tests/package/consumer"
EXPECTED = {"in_c": "duly ", "in_cxx": "E104"}
FILES = ["include/duly/c.h", "include/duly/diagnostic.h", "include/duly/codes.inc", "share/duly/rules/README.md", "share/doc/duly/LICENSE",
         "share/doc/duly/NOTICE", "share/doc/duly/THIRD_PARTY.md", "share/bash-completion/completions/duly", "bin/duly"]


def run(*command, **more):
    """What `command` prints; its failure, with all it said, is the test's."""
    done = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **more)
    if done.returncode != 0:
        raise AssertionError(f"{' '.join(map(str, command))}\n{done.stdout}")
    return done.stdout


def library_folder(prefix):
    return next(prefix.rglob("libduly.so")).parent


def check_files(prefix):
    missing = [name for name in FILES if not (prefix / name).exists()]
    assert not missing, f"not installed: {missing}"
    rules = {path.relative_to(SOURCE / "rules") for path in (SOURCE / "rules").rglob("*") if path.is_file()}
    installed = {path.relative_to(prefix / "share/duly/rules") for path in (prefix / "share/duly/rules").rglob("*") if path.is_file()}
    assert rules == installed, f"rules that differ: {sorted(map(str, rules ^ installed))}"


def check_find_package(prefix, scratch):
    build = scratch / "consumer"
    run(CMAKE, "-S", CONSUMER, "-B", build, "-G", "Ninja", f"-DCMAKE_PREFIX_PATH={prefix}", "-DCMAKE_FIND_USE_SYSTEM_PACKAGE_REGISTRY=OFF")
    run(CMAKE, "--build", build)
    for program, begins in EXPECTED.items():
        assert run(build / program).startswith(begins), program


def check_pkg_config(prefix, scratch):
    environment = {**os.environ, "PKG_CONFIG_PATH": str(library_folder(prefix) / "pkgconfig"), "LD_LIBRARY_PATH": str(library_folder(prefix))}
    flags = run("pkg-config", "--cflags", "--libs", "duly", env=environment).split()
    for program, compiler in (("in_c", [os.environ["CC"], "-std=c11", CONSUMER / "consumer.c"]),
                              ("in_cxx", [os.environ["CXX"], "-std=c++20", CONSUMER / "consumer.cc"])):
        run(*compiler, *flags, "-o", scratch / program)
        assert run(scratch / program, env=environment).startswith(EXPECTED[program]), program


def check_tool(prefix, scratch):
    """The installed tool decides by the rules installed beside it, from any folder, and says what the built one says."""
    request = ["determine", SOURCE / "examples/households/family_of_three.yaml", "--program", "us/snap", "--explain"]
    assert run(prefix / "bin/duly", *request, cwd=scratch) == run(os.environ["DULY_TOOL"], *request)


def check_charts(prefix):
    """The installed tool draws charts with what the built one does."""
    assert (prefix / "share/duly/charts.js").exists() == (BINARY / "share/duly/charts.js").exists()
    assert run(prefix / "bin/duly", "version") == run(os.environ["DULY_TOOL"], "version")


def check(prefix, scratch):
    scratch.mkdir(parents=True)
    check_files(prefix)
    check_find_package(prefix, scratch)
    check_pkg_config(prefix, scratch)
    check_tool(prefix, scratch)
    check_charts(prefix)
