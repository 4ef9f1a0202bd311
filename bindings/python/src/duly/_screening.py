"""Every program for one household at once."""

from __future__ import annotations

import json
from typing import Any, Dict, List, Optional, Tuple

from . import _native
from ._determination import Decided, format_number, framed
from ._errors import Diagnostic, diagnostics_of
from ._values import Value, value_of


class Screened(Decided):
    """What one program decided about one unit or person."""

    def __init__(self, raw: Dict[str, Any]) -> None:
        super().__init__(raw["determination"])
        self._next = raw.get("next")
        self.program_title: str = raw["program_title"]

    @property
    def next(self) -> Optional[Tuple[str, Value]]:
        """The next date that matters, by its name; None where there is none."""
        return (self._next["name"], value_of(self._next["value"])) if self._next else None

    def as_dict(self) -> Dict[str, Any]:
        """All that was decided, as `duly schema determination` describes. A copy."""
        return json.loads(json.dumps(self._raw))


class Screening:
    """One household by every program that covers it: what each decides, what is still to be asked by any of them, what must be proved. Immutable."""

    def __init__(self, native: _native.Screening) -> None:
        self._native = native
        raw: Dict[str, Any] = json.loads(native.shown(_native.JSON))
        self.decided: List[Screened] = [Screened(each) for each in raw["decided"]]
        """Program by program, those that others read first."""
        self.missing: List[Dict[str, Any]] = raw["missing"]
        """Facts that are not known, the most useful first, each once with the programs that need it."""
        self.to_verify: List[Dict[str, Any]] = raw["to_verify"]
        """Facts that want proof, with the programs that want it and by when."""
        self.passed_over: List[Dict[str, Any]] = raw["passed_over"]
        """Programs that do not decide here, and why not."""
        self.warnings: List[Diagnostic] = diagnostics_of(native.warnings())

    def of(self, program: str) -> List[Screened]:
        """What `program` decided, for each unit or person."""
        return [each for each in self.decided if each.program == program]

    def shown(self, format: str = "text") -> str:
        """All of it, as `text`, `json` or `html`. Raises ValueError for another format."""
        return self._native.shown(format_number(format))

    def __repr__(self) -> str:
        return self.shown()

    def _repr_html_(self) -> str:
        return framed(self.shown("html"))
