"""The SNAP chain as a decision of the GoRules ZEN engine (JDM), evaluated for one household after the other. In dollars: ZEN computes with decimals, exactly.

One node of expressions, each for a rule of the chain; amounts by size are lists. Decision tables for them and a node for each chapter were slower.
"""

from __future__ import annotations

import decimal
import importlib.metadata

import numpy as np
import zen

from figures import Figures

AMOUNTS = ("earned_income", "unearned_income", "medical_expenses", "dependent_care_costs", "child_support_paid", "rent", "utility_allowance")


def dollars(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02}" if cents % 100 else str(cents // 100)


def expressions(f: Figures) -> dict[str, str]:
    def by_size(name: str) -> str:
        return "[" + ", ".join(dollars(amount) for amount in f.by_size[name]) + "][unit_size - 1]"

    cents = {name: dollars(amount) for name, amount in f.cents.items()}
    rate = {name: dollars(percent) for name, percent in f.percent.items()}
    return {
        "gross_income": "earned_income + unearned_income",
        "gross_income_test": f"elderly_or_disabled or $.gross_income <= {by_size('gross_income_limit')}",
        "earned_income_deduction": f"floor(earned_income * {rate['earned_income_deduction_rate']})",
        "medical_deduction": f"elderly_or_disabled ? max([0, floor(medical_expenses - {cents['medical_threshold']} + 0.5)]) : 0",
        "total_deductions": f"$.earned_income_deduction + {by_size('standard_deduction')} + $.medical_deduction + dependent_care_costs + child_support_paid",
        "adjusted_income": "max([0, $.gross_income - $.total_deductions])",
        "shelter_costs": "rent + utility_allowance",
        "excess_shelter_cost": f"max([0, floor($.shelter_costs - $.adjusted_income * {rate['shelter_income_share']} + 0.5)])",
        "shelter_deduction": f"elderly_or_disabled ? $.excess_shelter_cost : min([$.excess_shelter_cost, {cents['shelter_cap']}])",
        "net_income": "max([0, $.adjusted_income - $.shelter_deduction])",
        "net_income_test": f"$.net_income <= {by_size('net_income_limit')}",
        "thirty_percent": f"ceil($.net_income * {rate['benefit_reduction_rate']})",
        "least_allotment": f"unit_size <= 2 ? {cents['minimum_allotment']} : 0",
        "full_allotment": f"max([$.least_allotment, {by_size('maximum_allotment')} - $.thirty_percent])",
        "allotment": "$.gross_income_test and $.net_income_test ? $.full_allotment : 0",
    }


def decision(f: Figures) -> dict:
    rules = [{"id": name, "key": name, "value": value} for name, value in expressions(f).items()]
    nodes = [
        {"id": "in", "type": "inputNode", "name": "Household", "position": {"x": 0, "y": 0}},
        {"id": "chain", "type": "expressionNode", "name": "SNAP", "position": {"x": 0, "y": 0}, "content": {"expressions": rules}},
        {"id": "out", "type": "outputNode", "name": "Allotment", "position": {"x": 0, "y": 0}},
    ]
    edges = [{"id": "1", "sourceId": "in", "targetId": "chain", "type": "edge"}, {"id": "2", "sourceId": "chain", "targetId": "out", "type": "edge"}]
    return {"nodes": nodes, "edges": edges}


class Chain:
    name = "ZEN engine " + importlib.metadata.version("zen-engine")

    def __init__(self, columns: dict[str, np.ndarray], figures: Figures):
        # From its own loader, which keeps what it compiled: `create_decision(...).evaluate(...)` takes nine times as long.
        self.engine = zen.ZenEngine({"loader": {"type": "static", "content": {"chain": decision(figures)}}})
        self.count = len(columns["unit_size"])
        self.households = [
            {name: int(columns[name][h]) / 100 for name in AMOUNTS}
            | {"unit_size": int(columns["unit_size"][h]), "elderly_or_disabled": bool(columns["elderly_or_disabled"][h])}
            for h in range(self.count)
        ]

    def prepare(self) -> None:
        pass

    def run(self) -> list[dict]:
        evaluate = self.engine.evaluate
        return [evaluate("chain", household) for household in self.households]

    @staticmethod
    def in_cents(answers: list[dict]) -> np.ndarray:
        return np.array([int(decimal.Decimal(str(answer["result"]["allotment"])) * 100) for answer in answers], dtype=np.int64)
