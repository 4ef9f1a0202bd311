"""Decides a caseload that lies in Parquet files, with DuckDB as the engine around duly: it reads and orders the tables, and writes and sums up what comes out.

    ./dev example duckdb                                          a small made-up caseload
    python examples/duckdb/determine.py CASELOAD RESULTS [MONTH]  CASELOAD: a folder with household.parquet, person.parquet, ...

The tables are those of docs/batch.md. A column `row` (a whole number), where a table has it, is the order of the rows of a household.
"""

import sys
from pathlib import Path

import duckdb
import duly

PROGRAM = "us/snap"


def table(connection, path):
    """The rows in the order that duly wants: keys rise, shorter ones first. The household is kept whole because its rows stand together."""
    columns = connection.execute("select name from parquet_schema(?) where num_children is null", [str(path)]).fetchall()
    row = ", row" if ("row",) in columns else ""
    # A cursor of its own for each table: all of them are read side by side, a batch at a time.
    return connection.cursor().sql(f"select household, * exclude (household{row}) from read_parquet(?) order by strlen(household), household{row}",
                                   params=[str(path)])


def determine(caseload, results, month=None):
    """Outcome, households and benefits in all, by outcome; every row is in RESULTS/determinations.parquet."""
    connection = duckdb.connect()
    tables = {path.stem: table(connection, path) for path in sorted(Path(caseload).glob("*.parquet"))}
    determinations = duly.Ruleset.load().determine_tables(tables, PROGRAM, benefit_month=month).reader()
    Path(results).mkdir(parents=True, exist_ok=True)
    out = str(Path(results) / "determinations.parquet")
    connection.execute(f"copy (select * from determinations) to '{out}' (format parquet)")
    return connection.execute("select outcome, count(*), sum(benefit::decimal(18, 2)) filter (where outcome = 'eligible') from read_parquet(?) "
                              "group by outcome order by outcome", [out]).fetchall()


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    for outcome, households, benefits in determine(*sys.argv[1:]):
        print(f"{outcome:12} {households:>9,} {benefits or 0:>16,}")
