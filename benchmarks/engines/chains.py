"""The SNAP chain by other engines: `chains.py FOLDER RULES ONE_BY_ONE`. FOLDER holds a file of int64 for each fact, in whole cents; an engine that decides one
household after the other takes the first ONE_BY_ONE of them only.
"""

from __future__ import annotations

import os
import pathlib
import sys

for library in ("OMP", "OPENBLAS", "MKL", "NUMEXPR"):
    os.environ[library + "_NUM_THREADS"] = "1"

import numpy as np

import answer
import duckdb_chain
import figures
import openfisca_chain
import zen_chain


def contenders(folder: pathlib.Path, rules: pathlib.Path, one_by_one: int) -> dict[str, answer.Contender]:
    columns = {path.stem: np.fromfile(path, dtype=np.int64) for path in folder.glob("*.column")}
    first = {name: column[:one_by_one] for name, column in columns.items()}
    read = figures.read(rules)
    return {
        "openfisca": openfisca_chain.Chain(columns, read),
        "duckdb": duckdb_chain.Chain(columns, read),
        "zen": zen_chain.Chain(first, read),
    }


if __name__ == "__main__":
    folder, rules, one_by_one = sys.argv[1:]
    answer.serve(folder, lambda: contenders(pathlib.Path(folder), pathlib.Path(rules), int(one_by_one)))
