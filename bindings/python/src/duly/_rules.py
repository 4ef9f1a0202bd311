"""Rules, loaded once and shared by any number of threads."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from typing import Any, Callable, Dict, List, Mapping, Optional, Sequence, Union

from . import _native
from ._determination import Determinations
from ._document import Document, text_of_document
from ._errors import Diagnostic, diagnostics_of
from ._screening import Screening
from ._tables import ArrowRows, DeterminationStream

Day = Union[str, date]

_SHIPPED = Path(__file__).with_name("rules")


def _text(day: Optional[Day]) -> Optional[str]:
    return day.isoformat() if isinstance(day, date) else day


def _month(month: Optional[Day]) -> Optional[str]:
    return month.strftime("%Y-%m") if isinstance(month, date) else month


class Ruleset:
    """Rules of one or more programs. Immutable; a program is read when it is first asked for."""

    def __init__(self, native: _native.Rules) -> None:
        self._native = native

    @classmethod
    def load(cls, source: Union[None, str, os.PathLike[str], Mapping[str, str]] = None) -> "Ruleset":
        """From a folder, from texts by path (`{"us/snap/program.yaml": "..."}`), or, with nothing given, those that ship with this package.
        Raises FileError where there is no such folder."""
        if isinstance(source, Mapping):
            return cls(_native.Rules.from_texts(sorted(source.items())))
        return cls(_native.Rules.from_folder(os.fspath(source if source is not None else _SHIPPED)))

    @property
    def programs(self) -> List[str]:
        """Ids of all programs, sorted."""
        return self._native.programs()

    def program(self, id: str) -> Dict[str, Any]:
        """Title, coverage, tests, outputs, what is not modelled, doubts, hash of the rules."""
        return json.loads(self._native.program(id))["programs"][0]

    def check(self, id: str) -> List[Diagnostic]:
        """All mistakes and warnings of a program's rules; empty if they are sound."""
        return diagnostics_of(self._native.check(id))

    def determine(
        self,
        household: Document,
        program: str,
        *,
        benefit_month: Optional[Day] = None,
        decided: Optional[Day] = None,
        applied: Optional[Day] = None,
        occasion: Optional[str] = None,
        languages: Sequence[str] = ("en",),
        trials: int = 0,
    ) -> Determinations:
        """Decides `program` for every unit or person of `household`: a mapping as docs/household.md describes it, or its text as YAML or JSON.
        What is given here wins over the document's own `request`. A missing fact is no error: that determination is pending and names it.
        Raises FactsError, RequestError or RulesError."""
        return Determinations(
            self._native.determine(
                program,
                text_of_document(household),
                benefit_month=_month(benefit_month),
                decided=_text(decided),
                applied=_text(applied),
                occasion=occasion,
                languages=" ".join(languages),
                trials=trials,
            )
        )

    def screen(
        self,
        household: Document,
        *,
        only: str = "",
        benefit_month: Optional[Day] = None,
        decided: Optional[Day] = None,
        applied: Optional[Day] = None,
        occasion: Optional[str] = None,
        languages: Sequence[str] = ("en",),
        trials: int = 0,
    ) -> Screening:
        """Decides every program that covers the place and month of `household`, those that others read first: what one decided of a person fills what
        another reads from it, where the document does not state it. With `only`, that program and those it reads.
        Raises RequestError where no program decides, FactsError or RulesError."""
        return Screening(
            self._native.screen(
                text_of_document(household),
                only=only,
                benefit_month=_month(benefit_month),
                decided=_text(decided),
                applied=_text(applied),
                occasion=occasion,
                languages=" ".join(languages),
                trials=trials,
            )
        )

    def determine_tables(
        self,
        tables: Mapping[str, ArrowRows],
        program: str,
        *,
        benefit_month: Optional[Day] = None,
        decided: Optional[Day] = None,
        applied: Optional[Day] = None,
        occasion: Optional[str] = None,
        trials: int = 0,
        threads: int = 0,
        households_in_tile: int = 0,
        progress: Optional[Callable[[int], Optional[bool]]] = None,
    ) -> DeterminationStream:
        """Decides `program` for every household of a caseload: tables by name (`household`, `person`, `relation`, `income`, ...), with the columns
        that docs/batch.md names, in the order of `household`, whose keys rise. A table is a pyarrow Table or RecordBatchReader, a DuckDB relation,
        or whatever else has `__arrow_c_stream__`. Its columns are read where they lie, not copied. A value that is null is unknown.

        `threads` is how many run at once, 0 as many as the machine has; `households_in_tile` are decided together (1 to 65536, 0 is 1024): no result
        depends on either. `progress` is called between tiles with how many households were decided; what it raises, or False, stops the stream.

        A household with a mistake is a row whose outcome is `error`, with its table, row, column, code and message; all others are decided.
        Raises RequestError, RulesError, or FileError for columns the dictionary does not know or whose type is not exact, such as floats."""
        given = []
        for name, rows in tables.items():
            if not hasattr(rows, "__arrow_c_stream__"):
                raise TypeError(f"the table {name!r} is a {type(rows).__name__}, which has no __arrow_c_stream__")
            given.append((name, rows.__arrow_c_stream__()))
        return DeterminationStream(
            self._native.determine_tables(
                program,
                given,
                benefit_month=_month(benefit_month),
                decided=_text(decided),
                applied=_text(applied),
                occasion=occasion,
                trials=trials,
                threads=threads,
                households_in_tile=households_in_tile,
                progress=progress,
            )
        )

    def __repr__(self) -> str:
        return f"<duly.Ruleset of {', '.join(self.programs)}>"
