"""What can go wrong, with the place, the stable code and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterable, List, Tuple


@dataclass(frozen=True)
class Diagnostic:
    """One mistake or warning. Codes such as E104 are stable; docs/errors.md has a paragraph on each."""

    code: str
    name: str
    is_warning: bool
    message: str
    help: str
    """What to do, or empty."""
    file: str
    """Empty where there is none."""
    line: int
    """From 1; 0 where there is no place."""
    column: int
    text: str
    """All of it, with the line and a caret, as people read it."""

    def __str__(self) -> str:
        return self.text


class Error(Exception):
    """Something could not be done. `diagnostics` has every reason that was found, not only the first."""

    def __init__(self, diagnostics: List[Diagnostic]) -> None:
        self.diagnostics = diagnostics
        super().__init__("\n".join(str(d) for d in diagnostics))

    @property
    def code(self) -> str:
        """The code of the first diagnostic, such as E202."""
        return self.diagnostics[0].code if self.diagnostics else "E900"


class RulesError(Error):
    """The rules have mistakes (E1xx)."""


class RequestError(Error):
    """There is no such program, no rules for the month, or a date is missing (E2xx)."""


class FactsError(Error):
    """The household document has mistakes (E3xx)."""


class EvaluationError(Error):
    """A value could not be computed (E4xx)."""


class FileError(Error):
    """A file could not be read or written (E5xx)."""


class UnknownValue(ValueError):
    """A value was asked for that is not known. It is never taken for nothing or for a no."""


_BY_STATUS = {1: RulesError, 2: RequestError, 3: FactsError, 4: EvaluationError, 5: FileError}


def diagnostics_of(raw: Iterable[Tuple[int, str, bool, str, str, str, int, int, str]]) -> List[Diagnostic]:
    return [Diagnostic(f"E{d[0]}", d[1], d[2], d[3], d[4], d[5], d[6], d[7], d[8]) for d in raw]


def exception_of(status: int, raw: Iterable[Tuple[int, str, bool, str, str, str, int, int, str]]) -> Error:
    """The exception for a status of the C interface; called by the extension module."""
    return _BY_STATUS.get(status, Error)(diagnostics_of(raw))
