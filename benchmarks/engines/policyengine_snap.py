"""SNAP by PolicyEngine-US, of households that `duly generate` made: `policyengine_snap.py FOLDER`.

FOLDER holds their tables in `caseload` and, in `decided.csv`, those that can be decided from what is known. Those of them that PolicyEngine can be told the
same of are taken: `taken` gets their tables, in which both sides then decide. One simulation holds them all, for one month.
"""

from __future__ import annotations

import os
import pathlib
import sys

for library in ("OMP", "OPENBLAS", "MKL", "NUMEXPR"):
    os.environ[library + "_NUM_THREADS"] = "1"

import calendar
import csv
import datetime
import gc
import importlib.metadata

import numpy as np
from policyengine_core.simulations.simulation_builder import SimulationBuilder
from policyengine_us import Simulation
from policyengine_us.system import system

import answer

MONTH, YEAR = "2026-06", "2026"
LAST_DAY = datetime.date(2026, 6, calendar.monthrange(2026, 6)[1])
GROUPS = ("household", "spm_unit", "tax_unit", "family", "marital_unit")
TABLES = ("household", "person", "income", "expenses", "utilities", "assets", "medical_expenses", "relation")
# What a payment is in a month, 7 CFR 273.10(c)(2)(i): PolicyEngine takes a twelfth of a year and knows no weeks.
IN_A_MONTH = {"week": 4.3, "month": 1}
INCOME = {
    "wages": "employment_income_before_lsr",
    "self_employment": "self_employment_income_before_lsr",
    "social_security": "social_security",
    "ssi": "ssi",
    "unemployment": "total_unemployment_compensation",
    "child_support_received": "child_support_received",
}
EXPENSES = {
    "rent": ("person", "rent"),
    "mortgage": ("spm_unit", "mortgage_payments"),
    "child_support_paid": ("person", "child_support_expense"),
    "dependent_care": ("spm_unit", "childcare_expenses"),
}
UTILITIES = {"electricity": ("spm_unit", "pre_subsidy_electricity_expense"), "telephone": ("spm_unit", "phone_expense")}
NO_PREMIUMS = ("medical_expense_health_insurance_premiums", "pre_tax_health_insurance_premiums")
NEAREST = ("DE", "OR")  # round every step to the nearest dollar: rules/us/snap/rounding.yaml
# Reasons why PolicyEngine may say another amount, each a method of `Snap` that tells it otherwise; in the order in which they rest on each other.
OTHERWISE = {
    "bills": "bills that count where the state has no allowance for a utility",
    "cents": "cents rounded at each step",
    "assets": "assets of people who get SSI left out",
    "limits": "a state's limit of gross income rounded up",
    "minimum": "a state's own least allotment left out",
}


def read(path: pathlib.Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def write(path: pathlib.Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", newline="") as file:
        out = csv.DictWriter(file, rows[0], lineterminator="\n")
        out.writeheader()
        out.writerows(rows)


def age(person: dict[str, str]) -> int:
    """Reached in the month: somebody is 60 in the month of the 60th birthday."""
    born = datetime.date.fromisoformat(person["birth_date"])
    return LAST_DAY.year - born.year - ((LAST_DAY.month, LAST_DAY.day) < (born.month, born.day))


class Caseload:
    """The households that are taken, as arrays by variable."""

    def __init__(self, folder: pathlib.Path):
        tables = {name: read(folder / "caseload" / (name + ".csv")) for name in TABLES}
        if any(row["benefit_month"] != MONTH for row in tables["household"]):
            raise ValueError(f"a household asks for another month than {MONTH}")
        wanted = {row["household"] for row in read(folder / "decided.csv")} - self.cannot_be_told(tables)
        self.ids = [row["household"] for row in tables["household"] if row["household"] in wanted]
        taken = set(self.ids)
        self.tables = {name: [row for row in rows if row["household"] in taken] for name, rows in tables.items()}
        (folder / "taken").mkdir(exist_ok=True)
        for name, rows in self.tables.items():
            write(folder / "taken" / (name + ".csv"), rows)
        place = {household: h for h, household in enumerate(self.ids)}
        persons = self.tables["person"]
        self.household_of_person = np.array([place[row["household"]] for row in persons])
        self.person = {(row["household"], row["person"]): p for p, row in enumerate(persons)}

    @staticmethod
    def disabled(tables: dict[str, list[dict[str, str]]]) -> set[tuple[str, str]]:
        """Who is said to be, and who gets SSI, 7 CFR 271.2."""
        said = {(row["household"], row["person"]) for row in tables["person"] if row["disabled"] == "yes"}
        return said | {(row["household"], row["person"]) for row in tables["income"] if row["kind"] == "ssi"}

    @staticmethod
    def cannot_be_told(tables: dict[str, list[dict[str, str]]]) -> set[str]:
        """Whose heating or a cost nobody knows, and whose help with energy may give the allowance for heating, which PolicyEngine does not ask for."""
        elderly_or_disabled = {row["household"] for row in tables["person"] if age(row) >= 60}
        elderly_or_disabled |= {household for household, _ in Caseload.disabled(tables)}
        heating = {
            row["household"]
            for row in tables["household"]
            if not row["pays_heating_or_cooling"]
            or (row["pays_heating_or_cooling"] == "no" and row["energy_assistance"] == "yes" and row["household"] in elderly_or_disabled)
        }
        return heating | {row["household"] for row in tables["expenses"] if not row["amount"]}

    def inputs(self) -> dict[str, np.ndarray]:
        """By variable. Amounts of money are of a year, but those of SSI, which PolicyEngine has by month."""
        place = {household: h for h, household in enumerate(self.ids)}
        values: dict[str, np.ndarray] = {}

        def start(entity: str, *names: str) -> None:
            for name in names:
                values[name] = np.zeros(len(self.person) if entity == "person" else len(self.ids))

        def in_a_year(row: dict[str, str], amount: str = "amount") -> float:
            return 12 * IN_A_MONTH[row["every"]] * float(row[amount])

        start("person", *INCOME.values(), "other_medical_expenses", "bank_account_assets")
        for entity, name in (*EXPENSES.values(), *UTILITIES.values()):
            start(entity, name)
        for row in self.tables["income"]:
            yearly = in_a_year(row)
            values[INCOME[row["kind"]]][self.person[row["household"], row["person"]]] += yearly / 12 if row["kind"] == "ssi" else yearly
        for table, kinds, amount in (("expenses", EXPENSES, "amount"), ("utilities", UTILITIES, "cost")):
            for row in self.tables[table]:
                entity, name = kinds[row["kind"]]
                at = place[row["household"]] if entity == "spm_unit" else self.person[row["household"], "p1"]
                values[name][at] += in_a_year(row, amount)
        for row in self.tables["medical_expenses"]:
            values["other_medical_expenses"][self.person[row["household"], row["person"]]] += in_a_year(row)
        for row in self.tables["assets"]:
            values["bank_account_assets"][self.person[row["household"], row["person"]]] += float(row["value"])
        households, persons = self.tables["household"], self.tables["person"]
        values["state_code"] = np.array([row["state"] for row in households])
        values["is_homeless"] = np.array([row["homeless"] == "yes" for row in households])
        values["has_heating_cooling_expense"] = np.array([row["pays_heating_or_cooling"] == "yes" for row in households])
        values["age"] = np.array([age(row) for row in persons])
        disabled = self.disabled(self.tables)
        values["is_usda_disabled"] = np.array([(row["household"], row["person"]) in disabled for row in persons])
        # Nobody has a month counted against the time limit, which PolicyEngine does not ask: it takes everyone who does not work enough out at once.
        values["is_snap_abawd_discretionary_exempt"] = np.ones(len(persons), dtype=bool)
        return values


def half_up(amounts: np.ndarray) -> np.ndarray:
    """To the dollar, 50 cents up. What float32 left beside a cent is no cent."""
    return np.floor(np.round(amounts, 4) + 0.5)


class Snap:
    """SNAP of all households by PolicyEngine as it is, or with what `otherwise` names undone: those variables are told in place of its own.

    The made-up caseload has nobody in Alaska, Hawaii or an island, so amounts of the contiguous states are taken there.
    """

    def __init__(self, caseload: Caseload, inputs: dict[str, np.ndarray], otherwise: tuple[str, ...] = (), name: str | None = None):
        self.name = name or "PolicyEngine-US " + importlib.metadata.version("policyengine-us")
        self.caseload, self.inputs, self.otherwise = caseload, inputs, otherwise
        self.count = len(caseload.ids)
        self.parameters = system.parameters(MONTH + "-01")
        self.state = inputs["state_code"]

    def prepare(self) -> None:
        """A simulation that holds the facts and has computed nothing; not measured."""
        builder = SimulationBuilder()
        builder.populations = system.instantiate_entities()
        people = len(self.caseload.household_of_person)
        builder.declare_person_entity("person", np.arange(people))
        for group in GROUPS:
            population = builder.declare_entity(group, np.arange(self.count))
            builder.join_with_persons(population, self.caseload.household_of_person, np.repeat("member", people))
        self.simulation = Simulation(tax_benefit_system=system, populations=builder.populations)
        for name, value in self.inputs.items():
            self.tell(name, value)
        # Whatever else counts as income is nothing: PolicyEngine would make up what a state adds to SSI, and aid that nobody gets.
        sources = self.parameters.gov.usda.snap.income.sources
        for name in {*sources.unearned, *sources.unearned_spm_unit, *NO_PREMIUMS} - self.inputs.keys():
            self.tell(name, np.zeros(people if system.get_variable(name).entity.is_person else self.count))
        for what in self.otherwise:
            getattr(self, what)()

    def period(self, name: str) -> str:
        return MONTH if system.get_variable(name).definition_period == "month" else YEAR

    def tell(self, name: str, value: np.ndarray) -> None:
        self.simulation.set_input(name, self.period(name), value)

    def ask(self, name: str) -> np.ndarray:
        value = self.simulation.calculate(name, self.period(name))
        return value.decode_to_str() if hasattr(value, "decode_to_str") else np.asarray(value, dtype=np.float64)

    def run(self) -> np.ndarray:
        return self.simulation.calculate("snap", MONTH)

    @staticmethod
    def in_cents(answers: np.ndarray) -> np.ndarray:
        return np.round(np.asarray(answers, dtype=np.float64) * 100).astype(np.int64)

    # --- what is done otherwise ---------------------------------------------------------------------------------------------------------

    def bills(self) -> None:
        """Bills count where the state has no allowance for that utility."""
        single = self.parameters.gov.usda.snap.income.deductions.utility.single
        region = self.simulation.calculate("snap_utility_region_str", YEAR)
        one_by_one = self.ask("snap_utility_allowance_type") == "IUA"
        total = self.ask("snap_individual_utility_allowance")
        for utility, name in (("electricity", "pre_subsidy_electricity_expense"), ("phone", "phone_expense")):
            total += np.where(one_by_one & (single[utility][region] == 0), self.inputs[name] / 12, 0)
        self.tell("snap_individual_utility_allowance", total)

    def cents(self) -> None:
        """Cents are rounded at each step and not only of net income."""
        nearest = np.isin(self.state, NEAREST)

        def by_person(amounts: np.ndarray) -> np.ndarray:
            each = np.where(nearest[self.caseload.household_of_person], half_up(amounts), amounts)
            return np.bincount(self.caseload.household_of_person, each, self.count)

        kept = 1 - np.maximum(self.parameters.gov.usda.snap.income.deductions.self_employment.rate[self.state], 0)
        earned = half_up(by_person(self.inputs["employment_income_before_lsr"] / 12) + kept * by_person(self.inputs["self_employment_income_before_lsr"] / 12))
        unearned = by_person(self.inputs["ssi"])
        for name in ("social_security", "total_unemployment_compensation", "child_support_received"):
            unearned = unearned + by_person(self.inputs[name] / 12)
        self.tell("snap_earned_income", earned)
        self.tell("snap_unearned_income", half_up(unearned))
        self.tell("snap_earned_income_deduction", np.where(nearest, half_up(earned / 5), np.floor(np.round(earned / 5, 4))))
        for name in ("snap_countable_child_support_expense", "snap_dependent_care_deduction", "snap_excess_medical_expense_deduction"):
            self.tell(name, half_up(self.ask(name)))
        self.tell("snap_excess_shelter_expense_deduction", self.shelter_deduction(nearest))

    def shelter_deduction(self, nearest: np.ndarray) -> np.ndarray:
        deductions = self.parameters.gov.usda.snap.income.deductions.excess_shelter_expense
        half = self.ask("snap_net_income_pre_shelter") / 2
        costs = half_up(self.ask("housing_cost") / 12)
        excess = np.maximum(half_up(costs + self.ask("snap_utility_allowance") - np.where(nearest, half_up(half), half)), 0)
        capped = np.where(self.ask("has_snap_elderly_disabled_member") > 0, excess, np.minimum(excess, deductions.cap.CONTIGUOUS_US))
        homeless = half_up(deductions.homeless.deduction * deductions.homeless.available[self.state])
        return np.where(self.inputs["is_homeless"] & (costs > 0), np.maximum(capped, homeless), capped)

    def assets(self) -> None:
        """What people who get SSI own does not count."""
        self.tell("bank_account_assets", np.where(self.inputs["ssi"] > 0, 0, self.inputs["bank_account_assets"]))

    def limits(self) -> None:
        """A state's limit of gross income is rounded up as the federal ones are."""
        self.tell("tanf_non_cash_gross_income_limit", np.ceil(np.round(self.ask("tanf_non_cash_gross_income_limit"), 2)))

    def minimum(self) -> None:
        """The least allotment is the federal one in every state."""
        snap = self.parameters.gov.usda.snap
        least = np.round(snap.min_allotment.rate * snap.max_allotment.main.CONTIGUOUS_US["1"])
        self.tell("snap_min_allotment", np.where(self.ask("snap_unit_size") <= snap.min_allotment.maximum_household_size, least, 0))


def contenders(folder: pathlib.Path) -> dict[str, answer.Contender]:
    caseload = Caseload(folder)
    inputs = caseload.inputs()
    caseload.tables.clear()
    out = {"policyengine": Snap(caseload, inputs)}
    for what in OTHERWISE:
        out[what] = Snap(caseload, inputs, (what,), OTHERWISE[what])
    out["together"] = Snap(caseload, inputs, tuple(OTHERWISE), "several of these")
    # Spares the collector what stays: parameters, variables, households.
    gc.collect()
    gc.freeze()
    return out


if __name__ == "__main__":
    folder = sys.argv[1]
    answer.serve(folder, lambda: contenders(pathlib.Path(folder)))
