"""A caseload from Python: columns in, columns out, each household decided as it is alone."""

import datetime
import threading
from decimal import Decimal

import duly
import pyarrow as pa
import pytest

MONTH = {"benefit_month": "2026-06", "decided": "2026-06-25", "applied": "2026-06-20", "occasion": "application"}
COMPLETE = "income expenses assets utilities medical_expenses parent_of spouse_of buys_food_with"


def caseload(households=3):
    """Parents with a small child; wages rise from household to household, the second's are not known."""
    keys = [f"H{n:05}" for n in range(households)]
    wages = [None if n == 1 else Decimal(1500 + n) for n in range(households)]
    day = datetime.date
    return {
        "household": pa.table({"household": keys, "state": ["TX"] * households, "homeless": [False] * households,
                               "pays_heating_or_cooling": [True] * households, "no_other": [COMPLETE] * households}),
        "person": pa.table({"household": [k for k in keys for _ in "ab"], "person": ["ana", "leo"] * households,
                            "birth_date": pa.array([day(1991, 3, 2), day(2019, 8, 11)] * households, pa.date32()),
                            "disabled": pa.array(["no"] * 2 * households).dictionary_encode()}),
        "relation": pa.table({"household": keys, "relation": ["parent_of"] * households, "person": ["ana"] * households, "other": ["leo"] * households}),
        "expenses": pa.table({"household": keys, "kind": ["rent"] * households, "amount": [900] * households, "every": ["month"] * households}),
        "income": pa.table({"household": keys, "person": ["ana"] * households, "kind": ["wages"] * households,
                            "amount": pa.array(wages, pa.decimal128(12, 2)), "every": ["month"] * households}),
    }


@pytest.fixture(scope="module")
def rules():
    return duly.Ruleset.load()


def test_tables_are_decided_like_documents(rules):
    decided = rules.determine_tables(caseload(), "us/snap", **MONTH).read_all().to_pylist()
    assert [row["household"] for row in decided] == ["H00000", "H00001", "H00002"]
    assert [row["outcome"] for row in decided] == ["eligible", "pending", "eligible"]
    document = {"duly": 1, "request": MONTH, "place": {"state": "TX"}, "no_other": COMPLETE.split()[:5], "homeless": False, "rent": 900,
                "pays_heating_or_cooling": True,
                "people": {"ana": {"birth_date": "1991-03-02", "disabled": False, "parent_of": ["leo"],
                                   "income": [{"kind": "wages", "amount": 1500, "every": "month"}]},
                           "leo": {"birth_date": "2019-08-11", "disabled": False}}}
    alone = rules.determine(document, "us/snap")[0]
    assert Decimal(decided[0]["benefit"]) == alone["benefit"]
    assert decided[0]["members"].split() == list(alone.members)


def test_a_value_that_is_null_is_unknown_and_never_a_no(rules):
    pending = rules.determine_tables(caseload(), "us/snap", **MONTH).read_all().to_pylist()[1]
    assert pending["benefit"] is None
    assert "income" in pending["missing"] and "amount" in pending["missing"]


def test_a_benefit_that_is_open_lies_between_two_amounts(rules):
    known, pending, _ = rules.determine_tables(caseload(), "us/snap", **MONTH).read_all().to_pylist()
    assert known["benefit_low"] is None and known["benefit_high"] is None
    assert Decimal(pending["benefit_low"]) < Decimal(pending["benefit_high"])


def test_a_row_of_no_household_is_told_of_by_the_names_of_tables(rules):
    tables = caseload()
    tables["income"] = tables["income"].set_column(0, "household", pa.array(["H00000", "H00001", "H00009"]))
    rows = rules.determine_tables(tables, "us/snap", **MONTH).read_all().to_pylist()
    assert rows[-1]["outcome"] == "error" and rows[-1]["error_table"] == "income"
    assert "stands here in household" in rows[-1]["error_message"] and ".csv" not in rows[-1]["error_message"]


class Wrapped:
    """Not of pyarrow: only the capsule."""

    def __init__(self, table):
        self.table = table

    def __arrow_c_stream__(self, requested_schema=None):
        return self.table.__arrow_c_stream__(requested_schema)


@pytest.mark.parametrize("given", [Wrapped, lambda t: t.to_reader(max_chunksize=1), lambda t: pa.RecordBatchReader.from_batches(
    t.schema, (batch for batch in t.to_batches(max_chunksize=2)))])
def test_whatever_has_the_arrow_capsule_may_be_a_table(rules, given):
    expected = rules.determine_tables(caseload(), "us/snap", **MONTH).read_all()
    tables = {name: given(table) for name, table in caseload().items()}
    assert pa.table(rules.determine_tables(tables, "us/snap", **MONTH)) == expected


def test_tables_are_read_only_as_the_determinations_are_and_let_go_of_afterwards(rules):
    asked, before = [], pa.total_allocated_bytes()

    def batches(table):
        for batch in table.to_batches():
            asked.append(batch.num_rows)
            yield batch

    tables = {name: pa.RecordBatchReader.from_batches(table.schema, batches(table)) for name, table in caseload().items()}
    stream = rules.determine_tables(tables, "us/snap", **MONTH)
    assert not asked
    assert stream.read_all().num_rows == 3
    assert sorted(asked) == [3, 3, 3, 3, 6]
    del tables, stream
    assert pa.total_allocated_bytes() <= before


@pytest.mark.parametrize(("threads", "tile"), [(1, 1), (2, 7), (4, 1000)])
def test_no_result_depends_on_threads_or_tiles(rules, threads, tile):
    expected = rules.determine_tables(caseload(100), "us/snap", **MONTH).read_all().combine_chunks()
    stream = rules.determine_tables(caseload(100), "us/snap", threads=threads, households_in_tile=tile, **MONTH)
    assert stream.read_all().combine_chunks() == expected


def test_determinations_are_read_once_and_batch_by_batch(rules):
    stream = rules.determine_tables(caseload(), "us/snap", households_in_tile=2, threads=1, **MONTH)
    assert "not read yet" in repr(stream)
    assert [batch.num_rows for batch in stream] == [2, 1]
    with pytest.raises(ValueError, match="read before"):
        stream.read_all()


def test_a_stream_that_nobody_reads_is_released(rules):
    before = pa.total_allocated_bytes()
    tables = caseload(1000)
    stream = rules.determine_tables(tables, "us/snap", **MONTH)
    del tables, stream
    assert pa.total_allocated_bytes() == before


def test_a_household_with_a_mistake_is_a_row_and_the_others_are_decided(rules):
    tables = caseload()
    tables["income"] = tables["income"].set_column(2, "kind", pa.array(["wages", "wages", "wagers"]))
    rows = rules.determine_tables(tables, "us/snap", **MONTH).read_all().to_pylist()
    assert [row["outcome"] for row in rows] == ["eligible", "pending", "error"]
    assert rows[2]["error_table"] == "income" and rows[2]["error_column"] == "kind"
    assert "wagers" in rows[2]["error_message"]


def test_columns_that_are_not_exact_or_not_known_are_refused(rules):
    tables = caseload()
    tables["household"] = tables["household"].append_column("energy_costs", pa.array([1.5, 2.5, 3.5]))
    with pytest.raises(duly.FileError, match="energy_costs") as raised:
        rules.determine_tables(tables, "us/snap", **MONTH)
    assert raised.value.code == "E512"
    with pytest.raises(duly.RequestError, match="us/snap"):
        rules.determine_tables(caseload(), "us/snop", **MONTH)
    with pytest.raises(TypeError, match="__arrow_c_stream__"):
        rules.determine_tables({"household": [{"household": "a"}]}, "us/snap", **MONTH)


def test_keys_that_do_not_rise_end_the_stream(rules):
    tables = {name: table.take(list(reversed(range(table.num_rows)))) for name, table in caseload().items()}
    with pytest.raises(pa.ArrowInvalid, match="do not rise"):
        rules.determine_tables(tables, "us/snap", **MONTH).read_all()


def test_progress_is_told_and_may_stop_the_run(rules):
    told = []
    rules.determine_tables(caseload(10), "us/snap", households_in_tile=4, threads=1, progress=told.append, **MONTH).read_all()
    assert told == [4, 8, 10]
    with pytest.raises(pa.ArrowInvalid, match="E515"):
        rules.determine_tables(caseload(10), "us/snap", households_in_tile=4, progress=lambda done: done < 8, **MONTH).read_all()
    with pytest.raises(pa.ArrowInvalid, match="no more"):
        rules.determine_tables(caseload(10), "us/snap", households_in_tile=4, progress=lambda done: {}["no more"], **MONTH).read_all()


def test_other_threads_of_python_run_while_a_caseload_is_decided(rules):
    # The stream is read in a thread; this one holds the progress back until it has run itself, which it could not if the lock were kept.
    reached, go_on = threading.Event(), threading.Event()

    def progress(done):
        reached.set()
        assert go_on.wait(60)

    rows = []
    stream = rules.determine_tables(caseload(10), "us/snap", households_in_tile=4, progress=progress, **MONTH)
    reader = threading.Thread(target=lambda: rows.append(stream.read_all().num_rows))
    reader.start()
    assert reached.wait(60)
    go_on.set()
    reader.join(60)
    assert rows == [10]
