"""The tables that `duly generate` writes, as Parquet: texts, with the order of the rows in a column `row`.

    python examples/parquet.py CSV_FOLDER PARQUET_FOLDER
"""

import sys
from pathlib import Path

import duckdb


def convert(source, target):
    Path(target).mkdir(parents=True, exist_ok=True)
    for path in sorted(Path(source).glob("*.csv")):
        # On one thread, so that rows are counted as they stand in the file.
        connection = duckdb.connect(config={"threads": 1})
        connection.execute("copy (select *, row_number() over () as row from read_csv(?, all_varchar = true, header = true, delim = ',')) "
                           f"to '{Path(target) / path.stem}.parquet' (format parquet)", [str(path)])


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    convert(*sys.argv[1:])
