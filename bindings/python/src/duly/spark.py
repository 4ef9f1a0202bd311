"""A caseload larger than a machine, by Apache Spark:

    import duly.spark

    tables = {"household": spark.read.parquet("caseload/household.parquet"), "person": ..., "income": ...}
    determinations = duly.spark.determine(tables, "us/snap")

Needs pyspark 4 with pyarrow and pandas, as `pip install duly[spark]` brings them, and this package, on the driver and the workers.
"""

from __future__ import annotations

import os
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Callable, Dict, Iterator, List, Mapping, Optional, Tuple, Union

import pyarrow as pa
import pyarrow.compute as pc
from pyspark.sql import functions as F

from ._rules import Day, Ruleset

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

Rules = Union[None, str, "os.PathLike[str]", Mapping[str, str]]
_Source = Union[None, str, Tuple[Tuple[str, str], ...]]

KEY = "household"
ORDER = "row"


@lru_cache(maxsize=4)
def _ruleset(source: _Source) -> Ruleset:
    """Rules are read once in each worker process."""
    return Ruleset.load(dict(source) if isinstance(source, tuple) else source)


def determine(
    tables: Mapping[str, "DataFrame"],
    program: str,
    *,
    rules: Rules = None,
    benefit_month: Optional[Day] = None,
    decided: Optional[Day] = None,
    applied: Optional[Day] = None,
    occasion: Optional[str] = None,
    trials: int = 0,
) -> "DataFrame":
    """Decides `program` for every household of a caseload: a row for each unit or person, with the columns of `Ruleset.determine_tables`.

    `tables` by name (`household`, `person`, `relation`, `income`, ...) have the columns that docs/batch.md names. They are grouped so that each household
    is decided whole, in one place, whatever the partitions were. A key that stands twice in `household` ends the run.

    Rows of a Spark table have no order, but people and records of a household have one: the column `row` (a whole number), where a table has it; else
    they are ordered by their columns, a person's key by its length first. `error_row` counts the rows of the household.

    `rules` is a folder that every worker sees, texts by path, or nothing for those that ship with the package. Nothing runs before the result is
    asked for. Raises what `Ruleset.determine_tables` raises for the program and the columns, on the driver, before anything runs."""
    source = tuple(sorted(rules.items())) if isinstance(rules, Mapping) else None if rules is None else os.fspath(rules)
    asked: Dict[str, Any] = dict(benefit_month=benefit_month, decided=decided, applied=applied, occasion=occasion, trials=trials)
    grouped = _grouped(tables)
    return grouped.mapInArrow(_decider(source, program, asked), _result_schema(grouped, source, program, asked))


def _order(columns: List[str]) -> List[Any]:
    """The fields by which rows of a household are sorted, before the others."""
    if ORDER in columns:
        return [F.col(ORDER).alias("_order")]
    return [F.octet_length(F.col("person")).alias("_order")] if "person" in columns else []


def _grouped(tables: Mapping[str, "DataFrame"]) -> "DataFrame":
    """A row for each household, each table an array of structs: all tables on top of each other, grouped once."""
    if KEY not in tables:
        raise ValueError(f"there is no table `{KEY}`; given are {', '.join(sorted(tables))}")
    one_table: Optional["DataFrame"] = None
    for name, table in tables.items():
        if KEY not in table.columns:
            raise ValueError(f"the table `{name}` has no column `{KEY}`")
        fields = _order(table.columns) + [F.col(c) for c in table.columns if c not in (KEY, ORDER)]
        rows = table.select(F.col(KEY).cast("string").alias(KEY), F.struct(*(fields or [F.lit(True).alias("_order")])).alias(f"_{name}"))
        one_table = rows if one_table is None else one_table.unionByName(rows, allowMissingColumns=True)
    assert one_table is not None
    lists = [F.sort_array(F.collect_list(f"_{name}")).alias(name if name != KEY else "_household") for name in tables]
    return _in_order(one_table.groupBy(KEY).agg(*lists))


def _in_order(grouped: "DataFrame") -> "DataFrame":
    """Keys rise in each partition: shorter ones first, those of one length by their bytes."""
    return grouped.sortWithinPartitions(F.octet_length(KEY), KEY)


def _tables_of(batch: pa.RecordBatch) -> Dict[str, pa.Table]:
    """The tables of a batch of households, without copying what stands in them."""
    keys = batch.column(KEY)
    tables = {}
    for field, column in zip(batch.schema, batch.columns):
        if field.name == KEY:
            continue
        rows = column.flatten()
        names, columns = [KEY], [keys.take(pc.list_parent_indices(column))]
        for inner, values in zip(rows.type, rows.flatten()):
            if inner.name != "_order":
                names.append(inner.name)
                columns.append(values)
        tables[KEY if field.name == "_household" else field.name] = pa.Table.from_arrays(columns, names=names)
    return tables


def _decider(source: _Source, program: str, asked: Mapping[str, Any]) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    def decide(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            if batch.num_rows > 0:
                yield from _ruleset(source).determine_tables(_tables_of(batch), program, threads=1, **asked)

    return decide


def _result_schema(grouped: "DataFrame", source: _Source, program: str, asked: Mapping[str, Any]) -> Any:
    """The columns of the result, from a caseload of these columns that holds nobody."""
    from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema

    nobody = to_arrow_schema(grouped.schema).empty_table().combine_chunks()
    batch = pa.RecordBatch.from_arrays([pa.array([], type=field.type) for field in nobody.schema], schema=nobody.schema)
    return from_arrow_schema(_ruleset(source).determine_tables(_tables_of(batch), program, **asked).reader().schema)
