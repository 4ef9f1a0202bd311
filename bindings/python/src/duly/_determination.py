"""What was decided, for whom, and why."""

from __future__ import annotations

import json
from collections.abc import Sequence
from types import MappingProxyType
from typing import Any, Dict, Iterator, List, Mapping, Tuple, Union, overload

from . import _native
from ._errors import Diagnostic, diagnostics_of
from ._values import Plain, Value, value_of

_FORMATS = {"text": _native.TEXT, "json": _native.JSON, "html": _native.HTML}


def format_number(format: str) -> int:
    """Of `text`, `json` or `html`. Raises ValueError for another word."""
    try:
        return _FORMATS[format]
    except KeyError:
        raise ValueError(f"a format is one of {', '.join(_FORMATS)}, not {format!r}") from None


def framed(page: str) -> str:
    """A page in a frame, so that its styles stay its own."""
    inside = page.replace("&", "&amp;").replace('"', "&quot;")
    return f'<iframe srcdoc="{inside}" style="width:100%;height:40em;border:1px solid #ccc" sandbox></iframe>'


class Decided:
    """What was decided for one unit or person: an outcome, outputs, reasons, and what is missing. Immutable."""

    def __init__(self, raw: Dict[str, Any]) -> None:
        self._raw = raw
        self._outputs = MappingProxyType({o["name"]: value_of(o["value"]) for o in raw["outputs"]})

    @property
    def program(self) -> str:
        return self._raw["program"]

    @property
    def outcome(self) -> str:
        """eligible, ineligible, conditional, pending or error"""
        return self._raw["outcome"]

    @property
    def scope(self) -> str:
        """full, or what the outcome is limited to"""
        return self._raw.get("scope", "full")

    @property
    def key(self) -> str:
        """The person decided, or the first person of the unit."""
        return self._raw["subject"]["key"]

    @property
    def people(self) -> Tuple[str, ...]:
        """Everyone who was looked at together."""
        return tuple(self._raw["subject"]["people"])

    @property
    def members(self) -> Tuple[str, ...]:
        """Those of them the outcome is for."""
        return tuple(self._raw["subject"]["members"])

    @property
    def outputs(self) -> Mapping[str, Value]:
        """By name; the benefit is one of them."""
        return self._outputs

    def __getitem__(self, output: str) -> Plain:
        """An output as a Python value, such as `d["benefit"]`. Raises KeyError, or UnknownValue where it is not known."""
        return self._outputs[output].get()

    @property
    def reasons(self) -> List[Dict[str, Any]]:
        """The tests that failed, each with its code, citation, the values compared, the margin, and the sentence by language."""
        return self._raw["reasons"]

    @property
    def basis(self) -> List[Dict[str, Any]]:
        """The tests that settled the outcome."""
        return self._raw["basis"]

    @property
    def missing(self) -> List[Dict[str, Any]]:
        """Facts that could still change the outcome, the most decisive first, each with its question."""
        return self._raw["missing"]

    @property
    def versions(self) -> Dict[str, Any]:
        """Of the rules, the engine and the language."""
        return self._raw["versions"]

    def __repr__(self) -> str:
        shown = [f"{self.program} for {', '.join(self.people)}: {self.outcome}"]
        shown += [f"  {name}: {value}" for name, value in self._outputs.items()]
        shown += [f"  because: {reason.get('text', {}).get('en') or reason['code']}" for reason in self.reasons]
        shown += [f"  missing: {fact['ask'] or fact['fact']} ({fact['of']})" for fact in self.missing]
        return "\n".join(shown)


class Determination(Decided):
    """The decision for one unit or person, which can explain itself."""

    def __init__(self, native: _native.Set, index: int) -> None:
        super().__init__(json.loads(native.at(index))["determinations"][0])
        self._native = native
        self._index = index

    def as_dict(self) -> Dict[str, Any]:
        """All of it, as `duly schema determination` describes. A copy."""
        return json.loads(self._native.at(self._index))["determinations"][0]

    def explain(self, format: str = "text") -> str:
        """Every step down to the facts, as `text`, `json` or `html`."""
        return self._native.explain(self._index, format_number(format))

    def _repr_html_(self) -> str:
        return framed(self.explain("html"))


class Determinations(Sequence[Determination]):
    """All units or people that a program decided in one document, in the order of the document."""

    def __init__(self, native: _native.Set) -> None:
        self._items = [Determination(native, index) for index in range(len(native))]
        self.warnings: List[Diagnostic] = diagnostics_of(native.warnings())

    def __len__(self) -> int:
        return len(self._items)

    @overload
    def __getitem__(self, index: int) -> Determination: ...
    @overload
    def __getitem__(self, index: slice) -> List[Determination]: ...
    def __getitem__(self, index: Union[int, slice]) -> Union[Determination, List[Determination]]:
        return self._items[index]

    def __iter__(self) -> Iterator[Determination]:
        return iter(self._items)

    def of(self, person: str) -> Determination:
        """The one that decides about `person`. Raises KeyError where none does."""
        for item in self._items:
            if person == item.key or person in item.people:
                return item
        raise KeyError(person)

    def __repr__(self) -> str:
        return "\n".join(repr(item) for item in self._items)

    def _repr_html_(self) -> str:
        return "".join(item._repr_html_() for item in self._items)
