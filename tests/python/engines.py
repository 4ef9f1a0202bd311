"""DuckDB and Spark around duly decide a caseload as `duly batch` does, row for row: the examples are run on a small made-up one."""

HOUSEHOLDS, MONTH = 600, "2026-11"

COMPARE = """
import csv, sys
import pyarrow.parquet as parquet
wanted, found, at_least = sys.argv[1:]
rows = {}
for row in sorted(parquet.read_table(found).to_pylist(), key=lambda r: (len(r["household"]), r["household"])):
    rows.setdefault(row["household"], []).append(row)
with open(wanted, newline="") as file:
    expected = list(csv.DictReader(file))
assert len(expected) >= int(at_least)
found = [row for household in rows.values() for row in household]
shared = [c for c in expected[0] if c in found[0]]
assert {"household", "outcome", "benefit", "missing", "reasons", "members"} <= set(shared), shared
assert len(found) == len(expected), (len(found), len(expected))
for theirs, ours in zip(expected, found):
    assert [theirs[c] for c in shared] == ["" if ours[c] is None else ours[c] for c in shared], (theirs, ours)
print(len(expected), "rows are the same")
"""


def shuffled(source, target):
    """The rows in another order, so that nothing but the grouping and the column `row` puts them right; in several files of several row groups."""
    return f"""
import pathlib, random, pyarrow.parquet as parquet
for path in pathlib.Path({str(source)!r}).glob("*.parquet"):
    table = parquet.read_table(path)
    order = list(range(table.num_rows))
    random.Random(1).shuffle(order)
    folder = pathlib.Path({str(target)!r}) / path.name
    folder.mkdir(parents=True)
    table = table.take(order)
    half = table.num_rows // 2
    parquet.write_table(table.slice(0, half), folder / "1.parquet", row_group_size=100)
    parquet.write_table(table.slice(half), folder / "2.parquet", row_group_size=100)
"""


def check(run, python, site, source, tool, scratch):
    """`run` runs a command and gives what it prints; `site` is where duly is installed."""
    run(tool, "generate", "--households", HOUSEHOLDS, "--seed", 7, "--out", scratch / "csv", "--rules", source / "rules")
    run(tool, "batch", "--program", "us/snap", "--month", MONTH, "--in", scratch / "csv", "--out", scratch / "batch", "--rules", source / "rules")
    run(python, source / "examples/parquet.py", scratch / "csv", scratch / "parquet")
    run(python, "-c", shuffled(scratch / "parquet", scratch / "shuffled"))
    for engine, caseload in (("duckdb", "parquet"), ("spark", "shuffled")):
        shown = run(python, source / f"examples/{engine}/determine.py", scratch / caseload, scratch / engine, MONTH, PYTHONPATH=str(site))
        assert "eligible" in shown and "pending" in shown, shown
        print(engine, run(python, "-c", COMPARE, scratch / "batch/determinations.csv", scratch / engine / "determinations.parquet", HOUSEHOLDS))
