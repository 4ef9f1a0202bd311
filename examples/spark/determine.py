"""Decides a caseload that lies in Parquet files with Apache Spark: here on this machine, with another master on as many as you have.

    ./dev example spark                                         a small made-up caseload
    python examples/spark/determine.py CASELOAD RESULTS [MONTH]  CASELOAD: a folder with household.parquet, person.parquet, ...

The tables are those of docs/batch.md. A column `row` (a whole number), where a table has it, is the order of the rows of a household.
"""

import os
import sys
from pathlib import Path

import duly.spark
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

PROGRAM = "us/snap"


def determine(caseload, results, month=None, partitions=8):
    """Outcome, households and benefits in all, by outcome; every row is in RESULTS/determinations.parquet."""
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # the workers need this Python, which has duly
    spark = (SparkSession.builder.master(os.environ.get("SPARK_MASTER", "local[*]")).appName("duly")
             .config("spark.ui.enabled", "false").config("spark.sql.shuffle.partitions", partitions)
             .config("spark.sql.adaptive.coalescePartitions.enabled", "false").getOrCreate())
    spark.sparkContext.setLogLevel("ERROR")
    tables = {path.stem: spark.read.parquet(str(path)) for path in sorted(Path(caseload).glob("*.parquet"))}
    duly.spark.determine(tables, PROGRAM, benefit_month=month).write.mode("overwrite").parquet(str(Path(results) / "determinations.parquet"))
    decided = spark.read.parquet(str(Path(results) / "determinations.parquet"))
    paid = F.when(F.col("outcome") == "eligible", F.col("benefit").cast("decimal(18, 2)"))
    return [tuple(row) for row in decided.groupBy("outcome").agg(F.count("*"), F.sum(paid)).orderBy("outcome").collect()]


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    for outcome, households, benefits in determine(*sys.argv[1:]):
        print(f"{outcome:12} {households:>9,} {benefits or 0:>16,}")
