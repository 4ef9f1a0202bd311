"""A run that is killed at any moment, again and again, ends with the bytes of one that never was."""

import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TOOL = os.environ["DULY_TOOL"]
KILLS_WANTED = max(5, 50 // int(os.environ.get("DULY_RANDOM_SHARE") or 1))  # fewer under sanitizers, which are slow
HOUSEHOLDS = 2500


def batch(caseload, out, *more):
    return [TOOL, "batch", "--program", "us/snap", "--in", str(caseload), "--out", str(out), "--tile", "8", "--threads", "2", "--quiet", *more]


def bytes_of(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def run_killed(line, seconds):
    """Whether the run was still going when it was killed."""
    process = subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        _, said = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return True
    assert process.returncode == 0, said.decode()
    return False


def main():
    chance = random.Random(1)
    with tempfile.TemporaryDirectory() as place:
        place = Path(place)
        for form, name in (("csv", "tables"), ("jsonl", "documents")):
            subprocess.run([TOOL, "generate", "--households", str(HOUSEHOLDS), "--seed", "3", "--format", form, "--out", str(place / name)],
                           check=True, stdout=subprocess.DEVNULL)
        kills = {}
        for name in ("tables", "documents"):
            whole = place / f"{name}_whole"
            begin = time.monotonic()
            subprocess.run(batch(place / name, whole), check=True, stdout=subprocess.DEVNULL)
            took = time.monotonic() - begin
            kills[name] = 0
            for attempt in range(1000):
                out = place / f"{name}_{attempt}"
                for _ in range(1000):
                    if not run_killed(batch(place / name, out, "--resume"), chance.uniform(0.01, took)):
                        break
                    kills[name] += 1
                    assert not (out / "manifest.json").exists() or bytes_of(out).keys() >= bytes_of(whole).keys(), "a manifest before its results"
                subprocess.run(batch(place / name, out, "--resume"), check=True, stdout=subprocess.DEVNULL)
                assert bytes_of(out) == bytes_of(whole), f"{out} differs after {kills[name]} kills"
                if kills[name] >= KILLS_WANTED:
                    break
        print(", ".join(f"{count} kills of a run over {name}" for name, count in kills.items()))
        return 0 if min(kills.values()) >= KILLS_WANTED else 1


if __name__ == "__main__":
    sys.exit(main())
