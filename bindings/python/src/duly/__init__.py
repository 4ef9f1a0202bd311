"""Who may get a public benefit, and how much, by rules that people who know the law can read: exact, and explained.

    import duly

    rules = duly.Ruleset.load()
    decided = rules.determine(household, "us/snap", benefit_month="2026-06")
    decided[0].outcome, decided[0]["benefit"]
    print(decided[0].explain())

Threads: everything here may be used by several threads at once; the interpreter's lock is released while a household is decided.
"""

from ._determination import Determination, Determinations
from ._errors import Diagnostic, Error, EvaluationError, FactsError, FileError, RequestError, RulesError, UnknownValue
from ._native import version as _version
from ._rules import Ruleset
from ._screening import Screened, Screening
from ._tables import ArrowRows, DeterminationStream
from ._values import Value

__version__ = _version()

__all__ = [
    "ArrowRows",
    "Determination",
    "DeterminationStream",
    "Determinations",
    "Diagnostic",
    "Error",
    "EvaluationError",
    "FactsError",
    "FileError",
    "RequestError",
    "RulesError",
    "Ruleset",
    "Screened",
    "Screening",
    "UnknownValue",
    "Value",
]
