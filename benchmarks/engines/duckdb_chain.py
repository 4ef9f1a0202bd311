"""The SNAP chain as one statement of SQL over a table that DuckDB holds in memory, in whole cents, on one thread."""

from __future__ import annotations

import duckdb
import numpy as np

from figures import Figures


def statement(f: Figures) -> str:
    c, p = f.cents, f.percent

    def look_up(name: str) -> str:  # a list takes half as long as CASE
        return f"{f.by_size[name]}[unit_size]"

    return f"""
    WITH income AS (
      SELECT *,
        earned_income + unearned_income AS gross_income,
        earned_income * {p['earned_income_deduction_rate']} // 10000 * 100 AS earned_income_deduction,
        CASE WHEN elderly_or_disabled THEN (greatest(0, medical_expenses - {c['medical_threshold']}) + 50) // 100 * 100 ELSE 0 END AS medical_deduction
      FROM facts),
    adjusted AS (
      SELECT *, greatest(0, gross_income - (earned_income_deduction + {look_up('standard_deduction')} + medical_deduction
                                            + dependent_care_costs + child_support_paid)) AS adjusted_income
      FROM income),
    shelter AS (
      SELECT *, greatest(0, 100 * (rent + utility_allowance) - {p['shelter_income_share']} * adjusted_income + 5000) // 10000 * 100 AS excess_shelter_cost
      FROM adjusted),
    net AS (
      SELECT *, greatest(0, adjusted_income - CASE WHEN elderly_or_disabled THEN excess_shelter_cost
                                                   ELSE least(excess_shelter_cost, {c['shelter_cap']}) END) AS net_income
      FROM shelter),
    decided AS (
      SELECT *,
        elderly_or_disabled OR gross_income <= {look_up('gross_income_limit')} AS gross_income_test,
        net_income <= {look_up('net_income_limit')} AS net_income_test,
        (net_income * {p['benefit_reduction_rate']} + 9999) // 10000 * 100 AS thirty_percent,
        CASE WHEN unit_size <= 2 THEN {c['minimum_allotment']} ELSE 0 END AS least_allotment
      FROM net)
    SELECT CASE WHEN gross_income_test AND net_income_test
                THEN greatest(least_allotment, {look_up('maximum_allotment')} - thirty_percent) ELSE 0 END AS allotment
    FROM decided"""


class Chain:
    name = "DuckDB " + duckdb.__version__

    def __init__(self, columns: dict[str, np.ndarray], figures: Figures):
        self.connection = duckdb.connect(":memory:", config={"threads": 1})
        given = {name: column.astype(bool if name == "elderly_or_disabled" else np.int32) for name, column in columns.items()}  # noqa: F841
        self.connection.execute("CREATE TABLE facts AS SELECT * FROM given")
        self.count = len(given["unit_size"])
        self.sql = statement(figures)

    def prepare(self) -> None:
        pass

    def run(self) -> np.ndarray:
        return self.connection.execute(self.sql).fetchnumpy()["allotment"]

    @staticmethod
    def in_cents(answers: np.ndarray) -> np.ndarray:
        return answers.astype(np.int64)
