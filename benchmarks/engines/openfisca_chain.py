"""The SNAP chain as a country package of OpenFisca: a variable for each rule, one formula each, over columns.

In whole cents, as int32: OpenFisca keeps numbers with a fraction as float32, in which dollars and cents are not exact.
"""

from __future__ import annotations

import importlib.metadata

import numpy as np
from openfisca_core import periods
from openfisca_core.entities import Entity
from openfisca_core.simulations import Simulation
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from figures import Figures

MONTH = "2026-06"
INPUTS = ("earned_income", "unearned_income", "medical_expenses", "dependent_care_costs", "child_support_paid", "rent", "utility_allowance", "unit_size")


def rules(f: Figures) -> tuple[Entity, list[type[Variable]]]:
    household = Entity("household", "households", "A household", "")
    tables = {name: np.array(amounts, dtype=np.int32) for name, amounts in f.by_size.items()}
    cents, percent = f.cents, f.percent

    def variable(name, value_type, **more):
        described = {"value_type": value_type, "entity": household, "definition_period": periods.DateUnit.MONTH, "label": name}
        variables.append(type(name, (Variable,), described | more))

    def rule(formula, value_type=int):
        variable(formula.__name__, value_type, formula=formula)

    variables: list[type[Variable]] = []
    for name in INPUTS:
        variable(name, int)
    variable("elderly_or_disabled", bool)

    def by_size(name):
        variable(name, int, formula=lambda h, period: tables[name].take(h("unit_size", period) - 1))

    for name in tables:
        by_size(name)

    @rule
    def gross_income(h, period):
        return h("earned_income", period) + h("unearned_income", period)

    def gross_income_test(h, period):
        return h("elderly_or_disabled", period) | (h("gross_income", period) <= h("gross_income_limit", period))

    rule(gross_income_test, bool)

    @rule
    def earned_income_deduction(h, period):
        return h("earned_income", period) * percent["earned_income_deduction_rate"] // 10_000 * 100

    @rule
    def medical_deduction(h, period):
        excess = np.maximum(0, h("medical_expenses", period) - cents["medical_threshold"])
        return np.where(h("elderly_or_disabled", period), (excess + 50) // 100 * 100, 0)

    @rule
    def total_deductions(h, period):
        before = h("earned_income_deduction", period) + h("standard_deduction", period) + h("medical_deduction", period)
        return before + h("dependent_care_costs", period) + h("child_support_paid", period)

    @rule
    def adjusted_income(h, period):
        return np.maximum(0, h("gross_income", period) - h("total_deductions", period))

    @rule
    def shelter_costs(h, period):
        return h("rent", period) + h("utility_allowance", period)

    @rule
    def excess_shelter_cost(h, period):
        hundredfold = 100 * h("shelter_costs", period) - percent["shelter_income_share"] * h("adjusted_income", period)
        return np.maximum(0, hundredfold + 5_000) // 10_000 * 100

    @rule
    def shelter_deduction(h, period):
        excess = h("excess_shelter_cost", period)
        return np.where(h("elderly_or_disabled", period), excess, np.minimum(excess, cents["shelter_cap"]))

    @rule
    def net_income(h, period):
        return np.maximum(0, h("adjusted_income", period) - h("shelter_deduction", period))

    def net_income_test(h, period):
        return h("net_income", period) <= h("net_income_limit", period)

    rule(net_income_test, bool)

    @rule
    def thirty_percent(h, period):
        return (h("net_income", period) * percent["benefit_reduction_rate"] + 9_999) // 10_000 * 100

    @rule
    def least_allotment(h, period):
        return np.where(h("unit_size", period) <= 2, cents["minimum_allotment"], 0)

    @rule
    def full_allotment(h, period):
        return np.maximum(h("least_allotment", period), h("maximum_allotment", period) - h("thirty_percent", period))

    @rule
    def allotment(h, period):
        return np.where(h("gross_income_test", period) & h("net_income_test", period), h("full_allotment", period), 0)

    return household, variables


class Chain:
    name = "OpenFisca-Core " + importlib.metadata.version("OpenFisca-Core")

    def __init__(self, columns: dict[str, np.ndarray], figures: Figures):
        household, variables = rules(figures)
        self.system = TaxBenefitSystem([household])
        self.system.add_variables(*variables)
        self.inputs = {name: column.astype(np.int32) for name, column in columns.items() if name != "elderly_or_disabled"}
        self.inputs["elderly_or_disabled"] = columns["elderly_or_disabled"].astype(bool)
        self.count = len(self.inputs["unit_size"])

    def prepare(self) -> None:
        """A simulation that holds the facts and has computed nothing; not measured."""
        populations = self.system.instantiate_entities()
        populations["household"].count = self.count
        populations["household"].ids = range(self.count)
        self.simulation = Simulation(self.system, populations)
        for name, column in self.inputs.items():
            self.simulation.set_input(name, MONTH, column)

    def run(self) -> np.ndarray:
        return self.simulation.calculate("allotment", MONTH)

    @staticmethod
    def in_cents(answers: np.ndarray) -> np.ndarray:
        return answers.astype(np.int64)
