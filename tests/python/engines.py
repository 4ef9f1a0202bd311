"""DuckDB and Spark around duly decide a caseload as `duly batch` does, row for row: the examples are run on a small made-up one, and Spark
on one of a million households in many partitions."""

import os
import time

HOUSEHOLDS, MONTH = 600, "2026-11"
MANY, FILES, PARTITIONS = int(os.environ.get("DULY_SPARK_HOUSEHOLDS", 1_000_000)), 8, 32

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


# All rows in an order that nobody chose, over many files: a household's people and records lie in any of them.
SCATTER = """
import sys, duckdb
from pathlib import Path
source, target, files = sys.argv[1:]
for path in sorted(Path(source).glob("*.csv")):
    connection = duckdb.connect()
    connection.execute("create table scattered as select * from (select *, row_number() over () as row from "
                       "read_csv(?, all_varchar = true, header = true, delim = ',', parallel = false)) order by hash(row)", [str(path)])
    rows = connection.execute("select count(*) from scattered").fetchone()[0]
    folder = Path(target) / f"{path.stem}.parquet"
    folder.mkdir(parents=True)
    ends = [rows * i // int(files) for i in range(int(files) + 1)]
    for begin, end in zip(ends, ends[1:]):
        connection.execute(f"copy (select * from scattered where rowid >= {begin} and rowid < {end}) to '{folder}/{begin}.parquet' (format parquet)")
"""

DETERMINE = """
import sys
sys.path.insert(0, sys.argv[1])
import determine
caseload, results, month, partitions = sys.argv[2:]
for row in determine.determine(caseload, results, month, int(partitions)):
    print(*row)
"""

# Rows of a household stand together and in order in one of Spark's files; a stable sort by the key is the order of the batch.
COMPARE_ALL = """
import sys
import pyarrow as pa, pyarrow.compute as pc, pyarrow.csv as csv, pyarrow.parquet as parquet
from pathlib import Path
wanted, found, households, partitions = sys.argv[1:]
with open(wanted) as file:
    names = file.readline().rstrip().split(",")
texts = csv.ConvertOptions(column_types={name: pa.string() for name in names}, strings_can_be_null=False)
expected = csv.read_csv(wanted, convert_options=texts)
assert pc.count_distinct(expected["household"]).as_py() == int(households)
files = [parquet.read_table(path) for path in sorted(Path(found).glob("*.parquet"))]
assert len(files) == int(partitions), len(files)
found = pa.concat_tables(files)
assert sum(pc.count_distinct(file["household"]).as_py() for file in files) == int(households), "a household was torn apart, or is not there"
errors = [name for name in found.column_names if name not in names]  # the batch has them in a file of their own
assert set(names) <= set(found.column_names) and all(name.startswith("error_") for name in errors), (names, found.column_names)
assert all(found[name].null_count == len(found) for name in errors), "an error row"
assert len(found) == len(expected), (len(found), len(expected))
found = found.take(pc.sort_indices(found["household"]))  # keys are of one length
for name in names:
    ours = pc.fill_null(found[name].cast(pa.string()), "")
    if not ours.equals(expected[name]):
        differ = pc.indices_nonzero(pc.not_equal(ours, expected[name]))
        at = differ[0].as_py()
        sys.exit(f"{len(differ)} rows differ in {name}, first {expected.slice(at, 1).to_pylist()} but {found.slice(at, 1).to_pylist()}")
print(len(expected), "rows of", households, "households are the same in", len(names), "columns, from", partitions, "partitions")
"""


def check_many(run, python, site, source, tool, scratch):
    """As `check`, with `MANY` households in files and partitions of a size that a large caseload has."""
    at = time.monotonic()

    def step(name, *command, **environment):
        nonlocal at
        shown = run(*command, **environment)
        print(f"{name}: {time.monotonic() - at:.0f} s")
        at = time.monotonic()
        return shown

    place = scratch / "many"
    step("generate", tool, "generate", "--households", MANY, "--seed", 8, "--out", place / "csv", "--rules", source / "rules")
    step("batch", tool, "batch", "--program", "us/snap", "--month", MONTH, "--in", place / "csv", "--out", place / "batch", "--rules", source / "rules")
    step("scatter", python, "-c", SCATTER, place / "csv", place / "parquet", FILES)
    step("spark", python, "-c", DETERMINE, source / "examples/spark", place / "parquet", place / "spark", MONTH, PARTITIONS,
         PYTHONPATH=str(site), PYSPARK_SUBMIT_ARGS="--driver-memory 3g pyspark-shell", SPARK_LOCAL_DIRS=str(place / "shuffles"))
    print(step("compare", python, "-c", COMPARE_ALL, place / "batch/determinations.csv", place / "spark/determinations.parquet", MANY, PARTITIONS))
