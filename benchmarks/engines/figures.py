"""The figures of benchmarks/rules/snap_chain, read from the rule files, so that every engine computes with the same ones. Amounts in whole cents."""

from __future__ import annotations

import pathlib
from dataclasses import dataclass
from fractions import Fraction

import yaml

LARGEST_UNIT = 20  # the range of unit_size


@dataclass(frozen=True)
class Figures:
    """`by_size` holds an amount for each size from 1 to LARGEST_UNIT, at its index less one."""

    by_size: dict[str, list[int]]
    cents: dict[str, int]
    percent: dict[str, int]


def whole(number: Fraction) -> int:
    if number.denominator != 1:
        raise ValueError(f"{number} is not whole")
    return number.numerator


def rows_by_size(rows: str) -> list[int]:
    heads, amounts = ([cell.strip() for cell in line.split("|")] for line in rows.strip().splitlines())
    named = dict(zip(heads, (int(amount) * 100 for amount in amounts), strict=True))
    each_more = named.pop("each_more", 0)
    out = [amount for _, amount in sorted((int(head.rstrip("+")), amount) for head, amount in named.items())]
    while len(out) < LARGEST_UNIT:
        out.append(out[-1] + each_more)
    return out


def read(folder: pathlib.Path) -> Figures:
    figures = Figures({}, {}, {})
    for path in sorted(folder.glob("*.yaml")):
        # As text: 0.20 is a fifth, not the binary number next to it.
        for name, rule in yaml.load(path.read_text(), Loader=yaml.BaseLoader).items():
            if not isinstance(rule, dict) or "values" not in rule:
                continue
            (value,) = rule["values"]
            if "rows" in value:
                figures.by_size[name] = rows_by_size(value["rows"])
            elif rule["type"] == "rate":
                figures.percent[name] = whole(Fraction(value["is"]) * 100)
            else:
                figures.cents[name] = whole(Fraction(value["is"]) * 100)
    return figures
