"""Household documents from Python values."""

from __future__ import annotations

import json
import math
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, Mapping, Union

Document = Union[str, bytes, Mapping[str, Any]]


def _plain(value: Any) -> Any:
    """Exact numbers and dates as texts; everything else as it is."""
    if isinstance(value, bool) or value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise ValueError(f"{value} is no value of a fact")
        return format(value, "f")
    if isinstance(value, float):
        # 391.62 means 391.62, not the nearest binary fraction: the shortest text that gives it back is what was written.
        if not math.isfinite(value):
            raise ValueError(f"{value} is no value of a fact")
        return format(Decimal(repr(value)), "f")
    if isinstance(value, datetime):
        raise TypeError("times of day are not facts; give a date")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Fraction):
        raise TypeError(f"{value} has no exact decimal form; give a Decimal or a text")
    if isinstance(value, Mapping):
        for key in value:
            if not isinstance(key, str):
                raise TypeError(f"keys are texts, and {key!r} is none")
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    raise TypeError(f"{type(value).__name__} is no value of a fact")


def text_of_document(document: Document) -> str:
    """A text is taken as it is, YAML or JSON; a mapping is written as JSON."""
    if isinstance(document, bytes):
        return document.decode("utf-8")
    if isinstance(document, str):
        return document
    if isinstance(document, Mapping):
        return json.dumps(_plain(document), ensure_ascii=False)
    raise TypeError(f"a household is a mapping or a text, not {type(document).__name__}")
