"""Values as the engine tells them, and what Python makes of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, List, Mapping, Union

from ._errors import UnknownValue

Plain = Union[bool, int, Decimal, Fraction, date, str, List[str], None]


@dataclass(frozen=True)
class Value:
    """An exact value. Of an unknown one `low` and `high` say what it can be, where that is known."""

    kind: str
    """unknown, absent, boolean, number, money, date, month, code, codes, people, months or text"""
    text: str
    low: str = ""
    high: str = ""
    unit: str = ""
    label: str = ""

    @property
    def known(self) -> bool:
        return self.kind != "unknown"

    def get(self) -> Plain:
        """As a Python value: money and numbers as Decimal (as Fraction where no decimal is exact), nothing there as None, dates as date,
        months as "YYYY-MM", several codes or people as a list. Raises UnknownValue where it is not known."""
        if self.kind == "unknown":
            within = f": it is {self}" if self.low or self.high else ""
            raise UnknownValue(f"this value is not known{within}")
        if self.kind == "absent":
            return None
        if self.kind == "boolean":
            return self.text == "true"
        if self.kind in ("number", "money"):
            return Fraction(self.text) if "/" in self.text else Decimal(self.text)
        if self.kind == "date":
            return date.fromisoformat(self.text)
        if self.kind in ("codes", "people", "months"):
            return self.text.split()
        return self.text

    def __str__(self) -> str:
        if not self.known:
            if self.low and self.high:
                return f"between {self.low} and {self.high}"
            if self.low or self.high:
                return f"at least {self.low}" if self.low else f"at most {self.high}"
            return "not known"
        return self.label or (f"{self.text} {self.unit}" if self.unit else self.text)


def value_of(raw: Mapping[str, Any]) -> Value:
    return Value(**raw)
