"""Answers duly_bench over its pipes, so that what is compared takes turns in one run: starting, importing and reading are not measured.

A line in, a line out. `answers NAME` writes what contender NAME answers for every household to NAME.answers, in whole cents as int64; `run NAME` lets it
compute once and says how many nanoseconds the process was running, for each household.
"""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Callable
from typing import Protocol

import numpy as np


class Contender(Protocol):
    name: str  # with its version
    count: int  # of its households

    def prepare(self) -> None: ...
    def run(self) -> object: ...
    def in_cents(self, answers) -> np.ndarray: ...


def pipe_for_answers():
    """Standard output, for answers alone: whatever a library prints goes to standard error."""
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)
    return answers


def timed(contender: Contender) -> float:
    contender.prepare()
    gc.collect()
    began = time.process_time_ns()
    contender.run()
    return (time.process_time_ns() - began) / contender.count


def serve(folder: str, contenders_of: Callable[[], dict[str, Contender]]) -> None:
    out = pipe_for_answers()
    contenders = contenders_of()
    print("ready", *(f"{key}={contender.name}" for key, contender in contenders.items()), sep="\t", file=out)
    for line in sys.stdin:
        what, key = line.split()
        contender = contenders[key]
        if what == "answers":
            contender.prepare()
            contender.in_cents(contender.run()).tofile(os.path.join(folder, key + ".answers"))
            print("written", file=out)
        else:
            print(timed(contender), file=out)
